package desk

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/indicator"
	"giaoban/data/logbook"
	"giaoban/data/text"
)

// KindIndicator is the kind of records that hold indicator.Sheet: what a unit has for a
// period. What was read of them is kept in memory until the revision changes, as of
// logbooks.
const (
	KindIndicator = "indicator"
	// SettingIndicators is the setting with the definitions of the office.
	SettingIndicators  = "indicators"     // []indicator.Definition of the office
	settingJump        = "indicator-jump" // per cent from which a value is doubted
	indicatorsRevision = "indicator"
	usualJump          = 30
)

// indicatorShelf is what was read of indicators.
type indicatorShelf struct {
	revision string
	book     *indicator.Book
}

// IndicatorBook returns the definitions of indicators with what was typed.
func (d reading) IndicatorBook() (*indicator.Book, error) {
	return Viewed(d, func(v View) (*indicator.Book, error) { return d.from.shelves().readIndicators(v) })
}

func (s *shelves) readIndicators(v View) (*indicator.Book, error) {
	revision := string(v.Setting(kindRevision + indicatorsRevision))
	s.mu.Lock()
	known := s.indicators
	s.mu.Unlock()
	if known.book != nil && known.revision == revision {
		return known.book, nil
	}
	own, err := ownIndicators(v)
	if err != nil {
		return nil, err
	}
	jump := int64(usualJump)
	if raw := v.Setting(settingJump); raw != nil {
		if jump, err = strconv.ParseInt(string(raw), 10, 64); err != nil {
			return nil, data.Fail(data.Damaged, "Mức lệch của chỉ tiêu ghi trong tệp dữ liệu không đọc được. Khôi phục từ bản sao lưu.", err)
		}
	}
	var sheets []*indicator.Sheet
	err = v.EachRecord(KindIndicator, func(id uint64, raw []byte) error {
		x := &indicator.Sheet{ID: id}
		sheets = append(sheets, x)
		return decodeRecord(KindIndicator, id, raw, x)
	})
	if err != nil {
		return nil, err
	}
	book := indicator.NewBook(indicator.With(own), sheets, jump)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.indicators = indicatorShelf{revision, book}
	return book, nil
}

func ownIndicators(v View) (own []indicator.Definition, err error) {
	err = ReadJSON(v.Setting(SettingIndicators), &own, "Định nghĩa chỉ tiêu ghi trong tệp dữ liệu không đọc được. Khôi phục từ bản sao lưu.")
	return own, err
}

// OwnIndicators returns the definitions that the office added or changed.
func (d reading) OwnIndicators() ([]indicator.Definition, error) {
	return Viewed(d, func(v View) ([]indicator.Definition, error) { return ownIndicators(v) })
}

// SaveIndicator stores a definition of the office: a new one where add is set, else the
// one of the same code, in the place of a shipped one too. The error names the field.
func (d *Desk) SaveIndicator(ctx context.Context, x indicator.Definition, add bool) error {
	x = text.All(x)
	x.Code = strings.ToUpper(x.Code)
	return d.changeDefinitions(ctx, fmt.Sprintf("%s chỉ tiêu %s: %s", addOrEdit(add), x.Code, x.Name), func(book *indicator.Book, own []indicator.Definition) ([]indicator.Definition, error) {
		old := book.Definition(x.Code)
		switch {
		case add && old != nil:
			return nil, &data.Error{Code: data.Conflict, Field: "code", Message: fmt.Sprintf("Mã %s đã dùng cho «%s». Chọn mã khác.", x.Code, old.Name)}
		case !add && old == nil:
			return nil, data.Fail(data.NotFound, "Chỉ tiêu này không còn. Mở lại danh sách rồi làm lại.", nil)
		case old != nil && (old.Kind != x.Kind || x.Formula != "" && old.Formula == "" || x.Decimals < old.Decimals) && typedOf(book, x.Code) > 0:
			return nil, &data.Error{Code: data.Conflict, Field: "kind", Message: fmt.Sprintf("«%s» đã có %d số liệu gõ vào nên không đổi được kiểu, bớt số thập phân hay đặt công thức. Cho chỉ tiêu này hết hiệu lực rồi thêm chỉ tiêu mới.", old.Name, typedOf(book, x.Code))}
		}
		own = slices.DeleteFunc(own, func(o indicator.Definition) bool { return o.Code == x.Code })
		return append(own, x), nil
	})
}

// ResetIndicator takes what the office changed in a shipped definition back.
func (d *Desk) ResetIndicator(ctx context.Context, code string) error {
	return d.changeDefinitions(ctx, "Đưa chỉ tiêu "+code+" về mặc định", func(_ *indicator.Book, own []indicator.Definition) ([]indicator.Definition, error) {
		return slices.DeleteFunc(own, func(o indicator.Definition) bool { return o.Code == code }), nil
	})
}

// ResetIndicators takes all that the office changed in shipped definitions back; its own
// ones stay.
func (d *Desk) ResetIndicators(ctx context.Context) error {
	shipped := indicator.Shipped()
	return d.changeDefinitions(ctx, "Đưa các chỉ tiêu kèm theo về mặc định", func(_ *indicator.Book, own []indicator.Definition) ([]indicator.Definition, error) {
		return slices.DeleteFunc(own, func(o indicator.Definition) bool {
			return slices.ContainsFunc(shipped, func(s indicator.Definition) bool { return s.Code == o.Code })
		}), nil
	})
}

// KeepIndicatorJump stores the change against the period before, in per cent, from which
// a value is doubted; 0 for never.
func (d *Desk) KeepIndicatorJump(ctx context.Context, percent int64) error {
	if percent < 0 || percent > 1000 {
		return &data.Error{Code: data.Invalid, Field: "jump", Message: "Mức lệch từ 0 đến 1.000 %; 0 để không hỏi."}
	}
	return d.Change(ctx, Work{Title: fmt.Sprintf("Đặt mức lệch cần xem lại của chỉ tiêu: %d %%", percent)}, func(tx Tx) error {
		if _, err := revise(tx, indicatorsRevision); err != nil {
			return err
		}
		return tx.PutSetting(settingJump, []byte(strconv.FormatInt(percent, 10)))
	})
}

// typedOf counts the values typed of an indicator.
func typedOf(book *indicator.Book, code string) (n int) {
	for _, s := range book.Sheets {
		if s.Cells[code].Value != "" {
			n++
		}
	}
	return n
}

// changeDefinitions stores what edit makes of the definitions of the office; what comes
// of it is checked as a whole, so that no formula is left without its parts.
func (d *Desk) changeDefinitions(ctx context.Context, title string, edit func(*indicator.Book, []indicator.Definition) ([]indicator.Definition, error)) error {
	return d.Change(ctx, Work{Title: title}, func(tx Tx) error {
		book, err := d.shelves().readIndicators(tx)
		if err != nil {
			return err
		}
		own, err := ownIndicators(tx)
		if err != nil {
			return err
		}
		if own, err = edit(book, own); err != nil {
			return err
		}
		all := indicator.With(own)
		if len(own) > 0 { // the one that was edited stands last: its fault is told first
			if err := indicator.Check(all, &own[len(own)-1]); err != nil {
				return err
			}
		}
		for i := range all {
			if err := indicator.Check(all, &all[i]); err != nil {
				return data.Fail(data.Conflict, fmt.Sprintf("Chưa đổi được, vì chỉ tiêu %s sẽ sai: %s", all[i].Code, err), nil)
			}
		}
		if _, err := revise(tx, indicatorsRevision); err != nil {
			return err
		}
		if len(own) == 0 {
			return tx.PutSetting(SettingIndicators, nil)
		}
		return putJSON(tx, SettingIndicators, own)
	})
}

// IndicatorEntry is one value as it was typed.
type IndicatorEntry struct {
	Code   string
	Unit   uint32 // 0 for the office as a whole
	Period data.Period
	Value  string // "" for a blank
	Note   string
}

// IndicatorDoubt is what is odd about a value that was kept.
type IndicatorDoubt struct {
	Entry IndicatorEntry
	Text  string
}

// indicatorJudge tells what of entries can be kept.
type indicatorJudge struct {
	book   *indicator.Book
	closed []Stored[closedPeriod]
	cat    *Catalogue
	today  data.Day
}

// cell reads an entry. The error tells unit, period and what to do.
func (j *indicatorJudge) cell(e IndicatorEntry) (value, note string, err error) {
	d := j.book.Definition(e.Code)
	if d == nil {
		return "", "", &data.Error{Code: data.Invalid, Field: "code", Message: fmt.Sprintf("Không có chỉ tiêu mang mã «%s». Ghi mã có trong danh sách chỉ tiêu.", e.Code)}
	}
	unit := j.unitName(e.Unit)
	say := func(code data.ErrorCode, field, format string, args ...any) error {
		return &data.Error{Code: code, Field: field, Message: fmt.Sprintf("%s, %s, «%s»: ", unit, periodTitle(e.Period), d.Name) + fmt.Sprintf(format, args...)}
	}
	note = text.Line(e.Note)
	old := j.book.Cell(e.Code, e.Unit, e.Period)
	if value, err = d.Parse(e.Value); err != nil {
		return "", "", say(data.Invalid, "value", "%s", err)
	}
	if value == old.Value && note == old.Note {
		return value, note, nil
	}
	switch {
	case unit == "":
		return "", "", &data.Error{Code: data.Invalid, Field: "unit", Message: fmt.Sprintf("Đơn vị số %d không có trong danh mục. Chọn đơn vị của cơ quan.", e.Unit)}
	case d.Formula != "":
		return "", "", say(data.Invalid, "value", "chỉ tiêu này tính bằng công thức, không gõ được. Sửa các chỉ tiêu thành phần.")
	case e.Period.From > j.today:
		return "", "", say(data.Invalid, "period", "kỳ chưa bắt đầu. Chọn kỳ đến hôm nay %s.", j.today)
	case !d.ValidIn(e.Period):
		return "", "", say(data.Invalid, "period", "chỉ tiêu không còn hoặc chưa có hiệu lực trong kỳ này. Chọn kỳ khác, hoặc sửa hiệu lực ở Định nghĩa.")
	case len([]rune(note)) > data.MaxText:
		return "", "", say(data.Invalid, "note", "chú thích dài quá %s chữ. Viết ngắn lại.", data.FormatInt(data.MaxText))
	}
	for _, c := range j.closed {
		if p := c.Value.Period; e.Period.From >= p.From && e.Period.To <= p.To {
			return "", "", say(data.Conflict, "period", "số liệu %s đã chốt ngày %s nên không sửa được. Ghi số điều chỉnh vào kỳ sau kèm chú thích.", periodTitle(p), data.DayOf(time.Unix(c.Value.At, 0)))
		}
	}
	return value, note, nil
}

// unitName names a unit; "" for one that is not of the office.
func (j *indicatorJudge) unitName(id uint32) string {
	if id == 0 {
		return WholeOffice
	}
	return j.cat.Unit(id).Name
}

// closedPeriod is what is asked of a Closing, without its dossiers.
type closedPeriod struct {
	Period data.Period `json:"period"`
	At     int64       `json:"at"`
}

func (d *Desk) judge(v View) (*indicatorJudge, error) {
	j := &indicatorJudge{cat: d.Catalogue(), today: d.Today()}
	var err error
	if j.book, err = d.shelves().readIndicators(v); err == nil {
		j.closed, err = Records[closedPeriod](v, KindClosing)
	}
	return j, err
}

// TryIndicators tells which entries cannot be kept, by their place, and why.
func (d *Desk) TryIndicators(list []IndicatorEntry) (faults map[int]error, err error) {
	faults = map[int]error{}
	err = d.Read(func(v View) error {
		j, err := d.judge(v)
		if err != nil {
			return err
		}
		for i, e := range list {
			if _, _, err := j.cell(e); err != nil {
				faults[i] = err
			}
		}
		return nil
	})
	return faults, err
}

// KeepIndicators stores values in one change: all, or none where one cannot be kept. It
// tells what is odd about them.
func (d *Desk) KeepIndicators(ctx context.Context, title string, list []IndicatorEntry) ([]IndicatorDoubt, error) {
	return d.keepIndicators(ctx, title, "", list, func(Tx) error { return nil })
}

// keepIndicators names who entered the values, "" for the officer; also ends the change.
func (d *Desk) keepIndicators(ctx context.Context, title, by string, list []IndicatorEntry, also func(Tx) error) ([]IndicatorDoubt, error) {
	if by == "" {
		by = d.Officer()
	}
	entry := &Entry{Title: title}
	err := d.change(ctx, entry, func(tx Tx) error {
		j, err := d.judge(tx)
		if err != nil {
			return err
		}
		switch {
		case entry.Title != "" || len(list) == 0:
		case len(list) > 1:
			entry.Title = fmt.Sprintf("Ghi %s số liệu chỉ tiêu", data.FormatInt(int64(len(list))))
		default:
			entry.Title = fmt.Sprintf("Ghi chỉ tiêu %s của %s, %s", list[0].Code, j.unitName(list[0].Unit), periodTitle(list[0].Period))
		}
		if err := j.put(tx, list, d.Now().Unix(), by); err != nil {
			return err
		}
		return also(tx)
	})
	if err == errDryRun {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return d.doubts(list)
}

// FoundIndicators stores definitions and values in a file that is being made, as part of
// its birth: one change that undo stops at, typed at a time (Unix seconds).
func (d *Desk) FoundIndicators(ctx context.Context, title string, definitions []indicator.Definition, list []IndicatorEntry, at int64) error {
	return d.change(ctx, &Entry{Title: title, Kind: entryStart}, func(tx Tx) error {
		if _, err := revise(tx, indicatorsRevision); err != nil {
			return err
		}
		if err := putJSON(tx, SettingIndicators, definitions); err != nil {
			return err
		}
		j, err := d.judge(tx)
		if err != nil {
			return err
		}
		return j.put(tx, list, at, d.Officer())
	})
}

// put stores entries, typed at a time by somebody; errDryRun where nothing is new.
func (j *indicatorJudge) put(tx Tx, list []IndicatorEntry, at int64, by string) error {
	changed := map[*indicator.Sheet]bool{}
	sheets := map[string]*indicator.Sheet{}
	for _, e := range list {
		value, note, err := j.cell(e)
		if err != nil {
			return err
		}
		key := fmt.Sprint(e.Unit, e.Period.From, e.Period.To)
		s := sheets[key]
		if s == nil {
			s = &indicator.Sheet{Unit: e.Unit, Period: e.Period, Cells: map[string]indicator.Cell{}}
			if old := j.book.Sheet(e.Unit, e.Period); old != nil {
				s.ID, s.Cells = old.ID, maps.Clone(old.Cells)
			}
			sheets[key] = s
		}
		switch old := s.Cells[e.Code]; {
		case old.Value == value && old.Note == note:
			continue
		case value == "" && note == "":
			delete(s.Cells, e.Code)
		default:
			s.Cells[e.Code] = indicator.Cell{Value: value, Note: note, At: at, By: by}
		}
		changed[s] = true
	}
	if len(changed) == 0 {
		return errDryRun
	}
	ordered := slices.SortedFunc(maps.Keys(changed), func(a, b *indicator.Sheet) int {
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Period.From, b.Period.From), cmp.Compare(a.Period.To, b.Period.To))
	})
	for _, s := range ordered {
		var err error
		if len(s.Cells) == 0 {
			err = tx.DropRecord(KindIndicator, s.ID)
		} else {
			id := s.ID
			err = tx.PutRecord(KindIndicator, &id, s)
		}
		if err != nil {
			return err
		}
	}
	_, err := revise(tx, indicatorsRevision)
	return err
}

func (d *Desk) doubts(list []IndicatorEntry) (out []IndicatorDoubt, err error) {
	book, err := d.IndicatorBook()
	if err != nil {
		return nil, err
	}
	for _, e := range list {
		for _, text := range book.Doubts(e.Code, e.Unit, e.Period, Preceding(e.Period)) {
			out = append(out, IndicatorDoubt{e, text})
		}
	}
	return out, nil
}

// indicatorMeasures are the measures indicator.CODE of those that hold in the period.
func (s *Snapshot) indicatorMeasures(q MeasureQuery) (out []Measured, err error) {
	book, err := s.IndicatorBook()
	if err != nil {
		return nil, err
	}
	c := s.Catalogue()
	for i := range book.Definitions {
		d := &book.Definitions[i]
		if !q.wants("indicator."+d.Code) || len(q.Only) == 0 && !d.ValidIn(q.Period) {
			continue
		}
		total, parts := book.Over(d.Code, q.Period)
		m := Measured{ID: "indicator." + d.Code, Name: d.Name, Unit: d.Unit, Decimals: d.Decimals}
		if d.Rate() {
			m.Unit, m.Denominator = "%", cmp.Or(d.Denominator, "đơn vị đã ghi")
		} else if d.OverUnits == indicator.Mean || d.OverPeriods == indicator.Mean || d.Formula != "" {
			m.Decimals = max(d.Decimals, 2)
		}
		m.Value = m.value(total)
		if q.By == logbook.ByUnit {
			for _, part := range parts {
				v := m.value(part.Amount)
				v.Key, v.Name = strconv.FormatUint(uint64(part.Unit), 10), c.Unit(part.Unit).Name
				m.Parts = append(m.Parts, v)
			}
			slices.SortStableFunc(m.Parts, func(a, b logbook.Value) int { return strings.Compare(a.Name, b.Name) })
		}
		out = append(out, m)
	}
	return out, nil
}

// value writes an amount in the numbers of the measure; what does not fit them is a bare
// quotient, or rounded half up where it is no rate.
func (m *Measured) value(a indicator.Amount) logbook.Value {
	if !a.Known() {
		return logbook.Value{Unknown: true}
	}
	if !m.Rate() {
		return logbook.Value{B: indicator.Scaled(a.B, m.Decimals).Int64(), Sign: a.Sign}
	}
	b, a2 := indicator.Scaled(a.B, m.Decimals), indicator.Scaled(a.A, m.Decimals)
	exact := new(big.Rat).SetInt(a2)
	if exact.Sign() == 0 && a.A.Sign() == 0 {
		return logbook.Value{B: b.Int64()}
	}
	if !a.Percent && new(big.Rat).Mul(a.B, exact).Cmp(new(big.Rat).Mul(a.A, new(big.Rat).SetInt(b))) == 0 {
		return logbook.Value{B: b.Int64(), A: a2.Int64()}
	}
	quotient := new(big.Rat).Quo(a.B, a.A)
	if !quotient.Num().IsInt64() || !quotient.Denom().IsInt64() {
		return logbook.Value{Unknown: true}
	}
	return logbook.Value{B: quotient.Num().Int64(), A: quotient.Denom().Int64(), Bare: true}
}

// Plain writes a number of the measure with a decimal point, without noughts at its end:
// 12.5.
func (m *Measured) Plain(n int64) string {
	s := big.NewRat(n, pow10(m.Decimals)).FloatString(m.Decimals)
	if strings.Contains(s, ".") {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	return s
}

func pow10(n int) int64 {
	out := int64(1)
	for range n {
		out *= 10
	}
	return out
}

// Number writes a number of the measure as people read it, without its unit: 1.234,5.
func (m *Measured) Number(n int64) string {
	whole, frac, _ := strings.Cut(m.Plain(n), ".")
	i, _ := strconv.ParseInt(whole, 10, 64)
	out := data.FormatInt(i)
	if strings.HasPrefix(whole, "-0") {
		out = "–" + out
	}
	if frac != "" {
		out += "," + frac
	}
	return out
}

// Shown writes a value as people read it: "67/76 = 88,16 %", "12,5 ngày", "chưa có số".
func (m *Measured) Shown(v logbook.Value) string {
	number := m.Number
	switch {
	case v.Unknown:
		return "chưa có số"
	case v.Bare:
		return v.Ratio().Percent() + " %"
	case m.Rate():
		return number(v.B) + "/" + number(v.A) + " = " + v.Ratio().Percent() + " %"
	case v.Sign != "":
		return v.Sign + " " + number(v.B) + " " + m.Unit
	}
	return number(v.B) + " " + m.Unit
}
