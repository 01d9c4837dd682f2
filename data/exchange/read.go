package exchange

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"hash/maphash"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"giaoban/data"
	"giaoban/data/exchange/sheet"
)

// Read goes through the whole file and hands every row that tells of a dossier
// to each, in order. The file is sound to its end only when Read returns nil:
// on an error nothing that was handed over may be kept. An error of each ends
// the reading and is returned as it is.
func (s *Source) Read(ctx context.Context, each func(*Record) error) (Summary, error) {
	sum := Summary{Kind: s.mapping.Kind, Classes: map[Class]int{}, Notes: slices.Clone(s.mapping.Notes)}
	if s.mapping.Kind == Aggregated {
		return sum, s.readThrough(ctx)
	}
	w, err := s.walk(ctx)
	if err != nil {
		return sum, err
	}
	defer w.close()
	r := &reader{walker: w, src: s, lines: map[uint64]uint64{}, seed: maphash.MakeSeed(), names: interner{}, status: map[string]data.Status{}, table: w.sheet}
	rec := new(Record)
	var count tally
	for {
		err := w.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return sum, err
		}
		if sum.Rows&255 == 0 {
			if err := ctx.Err(); err != nil {
				return sum, data.Fail(data.Cancelled, "Đã dừng nhập; dữ liệu giữ nguyên.", err)
			}
			if s.opt.Progress != nil {
				s.opt.Progress(w.progress())
			}
		}
		r.read(rec)
		count.add(w, rec)
		sum.Rows++
		switch rec.Verdict {
		case Accepted:
			sum.Accepted++
			table := ""
			if len(s.mapping.More) > 0 {
				table = s.mapping.SheetName(rec.Sheet) + ":"
			}
			r.tell(rec, table)
			if rec.Matched {
				sum.Matched++
			}
		case Duplicate:
			sum.Duplicate++
		case Rejected:
			r.identify(rec)
			sum.Rejected++
			sum.Classes[rec.Class]++
		}
		if rec.Reason != "" && len(s.mapping.More) > 0 {
			rec.Reason = fmt.Sprintf("Trang tính «%s»: %s", s.mapping.SheetName(rec.Sheet), rec.Reason)
		}
		if err := each(rec); err != nil {
			return sum, err
		}
	}
	sum.Notes = append(sum.Notes, r.told()...)
	if w.unread.rows > 0 {
		sum.Notes = append(sum.Notes, Note{Code: NoteLostRows, Text: fmt.Sprintf("%d dòng (từ dòng %d) chỉ có công thức chưa có kết quả hoặc báo lỗi nên không đọc. "+
			"Nếu đó là hồ sơ, mở tệp bằng Excel, lưu lại rồi nhập lại.", w.unread.rows, w.unread.first)})
	}
	if s.opt.Progress != nil {
		_, total := w.progress()
		s.opt.Progress(total, total)
	}
	sum.Notes = append(sum.Notes, count.notes(&s.mapping)...)
	if s.mapping.Kind == Annex && sum.Accepted == 0 {
		sum.Kind = Aggregated
	}
	return sum, nil
}

// readThrough makes sure that a table of counts is sound, so that a broken file
// is not taken for a report.
func (s *Source) readThrough(ctx context.Context) error {
	for _, err := range sheet.Each(s.book.Rows(ctx, s.mapping.Sheet-1)) {
		if err != nil {
			return err
		}
	}
	return nil
}

var errEnough = errors.New("enough rows")

// Preview returns the first n rows of dossiers, as Read would judge them.
func (s *Source) Preview(ctx context.Context, n int) ([]Record, error) {
	var list []Record
	if n < 1 {
		return nil, nil
	}
	_, err := s.Read(ctx, func(r *Record) error {
		list = append(list, *r)
		if len(list) >= n {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	return list, nil
}

// reader turns rows into records.
type reader struct {
	*walker
	src    *Source
	lines  map[uint64]uint64 // hash of a code to hash of its row, of the table that is read
	table  int               // the table that is read
	seed   maphash.Seed
	hash   maphash.Hash
	names  interner
	status map[string]data.Status
	losses
}

func (r *reader) read(rec *Record) {
	*rec = Record{Row: r.row.Num, Sheet: r.sheet + 1, File: r.src.name}
	if r.table != r.sheet {
		// A dossier that comes again in the next table, such as that of the next
		// month, is the same one some time later: no double.
		clear(r.lines)
		r.table = r.sheet
	}
	d := &rec.Dossier
	d.Origin.Row = uint32(r.row.Num)
	r.blanks = r.blanks[:0]
	if rec.stray = r.row.Stray; rec.stray {
		rec.note("Dòng có dấu ngoặc kép mở mà không đóng nên dấu ấy được đọc như chữ. Xem lại các ô của dòng này.")
	}
	known := r.src.opt.Known

	code := &r.vals[FactCode]
	if code.text == nil && !r.m.Has(FactCode) {
		code = &r.vals[FactReceiptNo]
	}
	if code.loss != sheet.Kept {
		rec.reject(LostValue, code, "%s", code.reasonOf())
		return
	}
	if code.cell != nil && spoiled(code.text, code.cell.Kind) {
		rec.reject(LostValue, code, "%s", r.spoiledReason(code))
		return
	}
	if !blank(code.text) {
		d.Code = string(code.text)
	}
	if !r.lost(rec) {
		return
	}
	if d.Code == "" && !r.m.OwnCodes {
		col := r.m.Column(FactCode)
		if col == nil {
			col = r.m.Column(FactReceiptNo)
		}
		rec.reject(MissingCode, &value{text: code.text, col: col}, "Dòng không có mã hồ sơ. Ghi mã hồ sơ rồi nhập lại dòng này.")
		return
	}

	received := r.vals[FactReceived]
	at, verdict := r.date(FactReceived)
	if r.m.OwnCodes && verdict == dateOK {
		d.Code = r.ownCode(at)
	}
	if verdict == dateBlank || !r.m.Has(FactReceived) {
		if !r.missing(rec, known) {
			return
		}
	} else if !r.accept(rec, &received, at, verdict, data.Moment{}) {
		return
	}
	d.Received = at
	if verdict != dateOK {
		d.Received = data.Moment{}
	}
	if r.m.Kind == Annex && !rec.Matched {
		if known == nil || !known(d.Code) {
			rec.reject(AnnexOnly, code, "Phụ lục không ghi thủ tục và chủ hồ sơ nên không thêm được hồ sơ %s. Nhập danh sách đầy đủ trước.", d.Code)
			return
		}
		rec.Matched = true
	}
	if !r.state(rec) || !r.dates(rec) {
		return
	}
	r.facts(rec)
	if rec.Verdict == Rejected {
		return
	}
	build(rec, r.supplements())
	r.doubles(rec, code)
}

// identify tells whose dossier a rejected row is about, so that it can be found
// and mended.
func (r *reader) identify(rec *Record) {
	if rec.Dossier.Owner.Name == "" {
		rec.Dossier.Owner.Name = r.text(FactOwner)
	}
	if rec.Dossier.Owner.Name == "" {
		rec.Dossier.Owner.Name, _, _ = strings.Cut(r.text(FactOwnerAddress), "\n")
	}
}

// missing deals with a row that has no day of receipt: it may still add to a
// dossier that the base holds.
func (r *reader) missing(rec *Record, known func(string) bool) bool {
	if rec.Dossier.Code != "" && known != nil && known(rec.Dossier.Code) {
		rec.Matched = true
		return true
	}
	v := r.vals[FactReceived]
	if v.col == nil {
		v.col = r.m.Column(FactReceived)
	}
	switch {
	case v.col == nil:
		rec.reject(MissingDate, nil, "Tệp không có cột ngày tiếp nhận và dữ liệu chưa có hồ sơ %s. Nhập danh sách hồ sơ có ngày tiếp nhận trước.", rec.Dossier.Code)
		rec.Column = "Ngày tiếp nhận"
	case r.statusText() == data.Registered:
		rec.reject(MissingDate, &v, "Hồ sơ mới đăng ký, chưa có ngày tiếp nhận. Nhập lại khi hồ sơ đã được tiếp nhận.")
	default:
		rec.reject(MissingDate, &v, "Dòng không có ngày tiếp nhận. Ghi ngày tiếp nhận rồi nhập lại dòng này.")
	}
	return false
}

// date reads the date of a fact.
func (r *reader) date(f Fact) (data.Moment, verdict) {
	v := &r.vals[f]
	if v.text == nil || blank(v.text) {
		return data.Moment{}, dateBlank
	}
	return lexDate(v.text, v.cell.Kind).resolve(v.col, r.src.book.Date1904)
}

// accept rejects the record when a date is impossible; received is the day
// before which it must not lie, unknown for the receipt itself.
func (r *reader) accept(rec *Record, v *value, at data.Moment, verdict verdict, received data.Moment) bool {
	name := leaf(v.col.Heading)
	switch {
	case verdict == dateBad && v.col.Order == SwapDoubt && v.cell.Kind == sheet.Number:
		rec.reject(BadDate, v, "Ô «%s» có thể đã bị Excel đảo ngày và tháng. Xuất lại tệp từ phần mềm gốc rồi nhập lại dòng này.", name)
	case verdict == dateBad:
		rec.reject(BadDate, v, "Ô «%s» ghi «%s» không phải là một ngày có thật. Sửa ngày rồi nhập lại dòng này.", name, clip(v.text))
	case verdict == dateYear && at.Day == data.MaxDay && v.col.Fact != FactDue:
		rec.reject(FutureDate, v, "Ô «%s» ghi «%s», năm còn ở phía trước. Sửa năm rồi nhập lại dòng này.", name, clip(v.text))
	case verdict == dateYear:
		rec.reject(BadYear, v, "Ô «%s» ghi «%s», năm không hợp lý. Sửa năm rồi nhập lại dòng này.", name, clip(v.text))
	case v.col.Fact != FactDue && v.col.Fact != FactRedue && r.src.opt.Today.Known() && at.Day > r.src.opt.Today:
		rec.reject(FutureDate, v, "Ô «%s» ghi ngày %s, ở sau hôm nay (%s). Sửa ngày rồi nhập lại dòng này.", name, at.Day, r.src.opt.Today)
	case received.Known() && at.Day < received.Day && v.col.Fact == FactDue:
		rec.reject(DueBeforeReceipt, v, "Ngày hẹn trả %s ở trước ngày tiếp nhận %s. Sửa một trong hai ngày rồi nhập lại dòng này.", at.Day, received.Day)
	case received.Known() && at.Day < received.Day && v.col.Fact != FactRedue:
		rec.reject(EndedBeforeReceipt, v, "«%s» ghi ngày %s, ở trước ngày tiếp nhận %s. Sửa một trong hai ngày rồi nhập lại dòng này.", name, at.Day, received.Day)
	default:
		return true
	}
	return false
}

func clip(b []byte) string {
	s := string(b)
	if utf8.RuneCountInString(s) > 60 {
		return string([]rune(s)[:60]) + "…"
	}
	return s
}

// dates reads due, second appointment, end and hand-over.
func (r *reader) dates(rec *Record) bool {
	d := &rec.Dossier
	for _, f := range [...]Fact{FactDue, FactRedue, FactEnded, FactReturned} {
		at, verdict := r.date(f)
		if verdict == dateBlank {
			continue
		}
		v := &r.vals[f]
		if verdict == dateYear && at.Day != data.MaxDay && (f == FactEnded || f == FactReturned) && rec.Status >= data.Registered && rec.Status <= data.AwaitPayment {
			// 01/01/0001 is how some exports write "not yet" (peers 4.5).
			rec.note("Ô «%s» ghi «%s»; hồ sơ chưa xong nên coi như để trống.", leaf(v.col.Heading), clip(v.text))
			continue
		}
		if !r.accept(rec, v, at, verdict, d.Received) {
			return false
		}
		switch f {
		case FactDue:
			d.Due = at
		case FactRedue:
			rec.Redue = at
		case FactEnded:
			rec.Ended = at
		case FactReturned:
			rec.Returned = at
		}
	}
	for _, f := range [...]Fact{FactReceived, FactDue, FactEnded, FactReturned} {
		if v := &r.vals[f]; v.text != nil && v.col.ambiguous {
			if x := lexDate(v.text, v.cell.Kind); x.form == formSlash && x.a <= 12 && x.b <= 12 && x.a != x.b {
				d.Flags |= data.DoubtDates
			}
		}
	}
	return true
}

// statusText returns the state that the row names, 0 when none or unknown.
func (r *reader) statusText() data.Status {
	v := &r.vals[FactStatus]
	if v.text == nil || len(v.text) == 1 && v.text[0] == '-' {
		return 0
	}
	if s, ok := r.status[string(v.text)]; ok {
		return s
	}
	s := statusOf(string(v.text), r.m.Statuses)
	if s == 0 {
		s = statusOf(string(v.text), r.src.opt.Statuses)
	}
	if len(r.status) < 1000 {
		r.status[string(v.text)] = s
	}
	return s
}

func (r *reader) state(rec *Record) bool {
	rec.Status = r.statusText()
	if v := &r.vals[FactStatus]; rec.Status == 0 && len(v.text) > 0 && !blank(v.text) {
		rec.reject(UnknownStatus, v, "Chưa rõ trạng thái «%s». Chọn trạng thái tương ứng rồi nhập lại dòng này.", clip(v.text))
		return false
	}
	return true
}

// text returns the clean text of a fact, "" when it is blank.
func (r *reader) text(f Fact) string {
	if v := &r.vals[f]; !blank(v.text) {
		return string(v.text)
	}
	return ""
}

// name is text for values that repeat.
func (r *reader) name(f Fact) string {
	if v := &r.vals[f]; !blank(v.text) {
		return r.names.get(v.text)
	}
	return ""
}

// facts reads everything that is neither a date nor a state.
func (r *reader) facts(rec *Record) {
	d := &rec.Dossier
	for f := range r.vals {
		if v := &r.vals[f]; len(v.text) > data.MaxText && utf8.RuneCount(v.text) > data.MaxText {
			rec.reject(TextTooLong, v, "Ô «%s» dài hơn %d chữ. Rút gọn rồi nhập lại dòng này.", leaf(v.col.Heading), data.MaxText)
			rec.Value = clip(v.text)
			return
		}
	}
	rec.Unit = r.name(FactUnit)
	if rec.Unit == "" {
		rec.Unit = r.unit
	}
	if rec.Unit == "" {
		rec.Unit = r.src.opt.Unit
	}
	rec.Receiver, rec.Helper = r.name(FactReceiver), r.name(FactHelper)
	rec.Field = r.name(FactField)
	if rec.Field == "" {
		rec.Field = r.field
	}
	rec.FieldCode = r.name(FactFieldCode)
	rec.Procedure = r.name(FactProcedure)
	rec.ProcedureCode = baseCode(r.name(FactProcedureCode))
	if v := &r.vals[FactProcedureCode]; v.cell != nil && v.cell.Kind == sheet.Number {
		rec.ProcedureCode = wholeProcedureCode(v.text)
	}
	d.Content = r.name(FactContent)
	if d.Content == rec.Procedure {
		d.Content = ""
	}
	d.Officer = r.name(FactOfficer)
	d.Owner.Name = r.text(FactOwner)
	d.Owner.Address = r.text(FactAddress)
	d.Owner.Area = r.name(FactArea)
	d.Owner.Email = r.text(FactEmail)
	if v := &r.vals[FactOwnerAddress]; !blank(v.text) {
		d.Owner.Name, d.Owner.Address = splitOwner(v.raw, &r.arena)
	}
	number := r.vals[FactPhone]
	if v := &r.vals[FactAddressPhone]; !blank(v.text) {
		var digits []byte
		d.Owner.Address, digits = splitPhone(v.text)
		if digits != nil && number.text == nil {
			number = value{text: digits, cell: &sheet.Cell{}, col: v.col}
		}
	}
	if !blank(number.text) {
		var doubt bool
		if d.Owner.Phone, doubt = phone(number.text, number.cell.Kind); doubt {
			d.Flags |= data.DoubtPhone
		}
		r.personal(rec, &number)
	}
	if v := &r.vals[FactIdentity]; !blank(v.text) {
		var doubt bool
		if d.Owner.Identity, doubt = identity(v.text, v.cell.Kind); doubt {
			d.Flags |= data.DoubtID
		}
		r.personal(rec, v)
	}
	if agent := r.text(FactAgent); agent != d.Owner.Name {
		d.Agent.Name = agent
		if d.Owner.Name == "" {
			d.Owner.Name, d.Agent.Name = agent, ""
		}
	}
	if v := &r.vals[FactCopies]; v.text != nil {
		d.Copies = countOf(v.text)
	}
	if v := &r.vals[FactChannel]; !blank(v.text) {
		d.Channel = channelOf(r.names.get(v.text))
	}
	if v := &r.vals[FactReturnWay]; v.text != nil {
		d.Return = returnOf(v.text, v.col.Heading)
	}
	if v := &r.vals[FactFee]; v.text != nil {
		if crossed(v.text) {
			d.Flags |= data.FeeDue
		} else if n, ok := moneyOf(v.text); ok && n > 0 {
			d.Fee = n
			d.Flags |= data.FeeDue
		}
	}
	if v := &r.vals[FactTerm]; !blank(v.text) {
		d.Term = termOf(r.names.get(v.text))
	}
	d.ExternalCode, d.ExternalSystem = r.text(FactExternalCode), r.name(FactExternalSystem)
	if v := &r.vals[FactExternalCode]; !blank(v.text) && spoiled(v.text, v.cell.Kind) {
		r.lose(rec, v.col, r.spoiledReason(v))
		d.ExternalCode = ""
	}
	d.Note = r.text(FactNote)
	rec.Result = r.text(FactResult)
	if rec.EResult = tickOf(r.vals[FactEResult].text); rec.EResult == Yes {
		d.Flags |= data.EResult
	}
}

// doubles compares the row with the earlier lines of the file that bear its
// code. The running number does not count.
func (r *reader) doubles(rec *Record, code *value) {
	r.hash.SetSeed(r.seed)
	r.hash.WriteString(rec.Dossier.Code)
	key := r.hash.Sum64()
	r.hash.Reset()
	var scratch []byte
	var col [4]byte
	for i := range r.row.Cells {
		c := &r.row.Cells[i]
		if c.Col < len(r.byCol) && r.byCol[c.Col] != nil && r.byCol[c.Col].Fact == FactOrdinal {
			continue
		}
		text := clean(c.Text, &scratch)
		if len(text) == 0 {
			continue
		}
		if c.Kind == sheet.Number {
			text = sheet.PlainNumber(text, &scratch)
		}
		binary.LittleEndian.PutUint32(col[:], uint32(c.Col))
		r.hash.Write(col[:])
		r.hash.Write(text)
	}
	r.hash.WriteString(rec.Unit)
	line := r.hash.Sum64()
	r.hash.Reset()
	first, seen := r.lines[key]
	switch {
	case !seen:
		r.lines[key] = line
	case first == line:
		rec.Verdict, rec.Class = Duplicate, ""
		rec.Reason = fmt.Sprintf("Dòng lặp lại hồ sơ %s, nội dung như dòng trước; chỉ nhập một lần.", rec.Dossier.Code)
	default:
		rec.reject(DuplicateDiffers, &value{text: []byte(rec.Dossier.Code), col: code.col},
			"Mã hồ sơ %s đã có ở một dòng trên với nội dung khác; đã giữ dòng trên. Kiểm tra hai dòng rồi nhập lại dòng đúng.", rec.Dossier.Code)
	}
}

// ownCode makes a code for a row of a file without codes: the same dossier gets
// the same code in every import, so that it is never doubled.
func (r *reader) ownCode(received data.Moment) string {
	h := fnv.New64a()
	for _, f := range [...]Fact{FactOwner, FactOwnerAddress, FactProcedure, FactContent} {
		h.Write(r.vals[f].text)
		h.Write([]byte{0})
	}
	y, m, d := received.Day.Civil()
	return fmt.Sprintf("SO-%02d%02d%02d-%010X", y%100, int(m), d, h.Sum64()&(1<<40-1))
}

// Statuses returns the state names of the file that are not understood, with
// how many rows bear each, for the officer to explain.
func (s *Source) Statuses(ctx context.Context) (map[string]int, error) {
	unknown := map[string]int{}
	_, err := s.Read(ctx, func(r *Record) error {
		if r.Class == UnknownStatus {
			unknown[r.Value]++
		}
		return nil
	})
	return unknown, err
}
