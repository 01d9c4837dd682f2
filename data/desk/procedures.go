package desk

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/exchange"
	"giaoban/data/matter"
	"giaoban/data/shipped"
	"giaoban/data/text"
)

// ProcedureLine is one row of a list of procedures and what its import does.
type ProcedureLine struct {
	Row        int
	Fate       Fate
	Code, Name string
	Changes    []string // «Thời hạn: 5 ngày, nay là 3 ngày làm việc»
	Reason     string   // of a rejected row
}

// ProcedureImport is a list of procedures read from a file, compared with the
// catalogue; nothing is written yet.
type ProcedureImport struct {
	Source                             string
	Lines                              []ProcedureLine
	New, Changed, Same, Rejected, Rows int

	desk   *Desk
	procs  []data.Procedure // to be stored; the new ones with a zero id
	fields []string         // name of the field of each, "" to keep
	units  []string
}

// OpenProcedures reads a list of procedures (workbook, HTML table or text) and
// compares it with the catalogue: by base code and level, else by name and
// level. Empty cells change nothing. A row that names several levels is compared
// with each of them.
func (d *Desk) OpenProcedures(ctx context.Context, path string) (*ProcedureImport, error) {
	rows, _, err := readProcedures(ctx, path)
	if err != nil {
		return nil, err
	}
	im := &ProcedureImport{Source: filepath.Base(path), desk: d, Rows: len(rows)}
	c := d.Catalogue()
	seen := map[string]int{}
	for _, r := range rows {
		im.read(c, r, seen)
	}
	if len(im.Lines) == 0 {
		return nil, data.Fail(data.Refused, fmt.Sprintf("%s có tiêu đề nhưng không có dòng thủ tục nào.", im.Source), nil)
	}
	return im, nil
}

// read compares one row with the catalogue.
func (im *ProcedureImport) read(c *Catalogue, r procedureRow, seen map[string]int) {
	line := ProcedureLine{Row: r.num, Code: wholeCode(r.cells[colCode]), Name: r.cells[colName]}
	next, levels, wrong := r.procedure(line)
	if err := matter.Refuse(line.Code, line.Name, im.desk.Bases(), im.desk.Today()); err != nil && wrong == "" {
		wrong = err.Error()
	}
	if wrong == "" {
		key := line.Code
		if key == "" {
			key = text.NameKey(line.Name)
		}
		key += "|" + text.Words(r.cells[colLevel]) + "|" + next.From.ISO() + "|" + next.To.ISO()
		if first := seen[key]; first != 0 {
			wrong = fmt.Sprintf("trùng với dòng %d; chỉ dòng đầu được dùng", first)
		}
		seen[key] = r.num
	}
	if wrong != "" {
		line.Fate, line.Reason = Rejected, wrong
		im.Rejected++
		im.Lines = append(im.Lines, line)
		return
	}
	targets := im.targets(c, line, next, levels)
	if line.Name == "" && len(targets) == 1 && targets[0].ID == 0 {
		line.Fate, line.Reason = Rejected, "mã chưa có trong danh mục và dòng không có tên thủ tục"
		im.Rejected++
		im.Lines = append(im.Lines, line)
		return
	}
	line.Fate = Same
	for _, old := range targets {
		one := old
		changes := im.merge(c, &one, next, r)
		switch {
		case old.ID == 0:
			line.Fate = New
		case len(changes) == 0:
			continue
		case line.Fate == Same:
			line.Fate, line.Changes = Changed, changes
		}
		im.procs = append(im.procs, one)
		im.fields = append(im.fields, r.cells[colField])
		im.units = append(im.units, r.cells[colUnit])
	}
	switch line.Fate {
	case New:
		im.New++
		for _, text := range []string{next.Term.String(), r.cells[colField], r.cells[colLevel], onlineCell(&next), systemCell(&next), wayCell(&next)} {
			if text != "" {
				line.Changes = append(line.Changes, text)
			}
		}
	case Changed:
		im.Changed++
	default:
		im.Same++
	}
	if line.Name == "" {
		line.Name = targets[0].Name
	}
	im.Lines = append(im.Lines, line)
}

// procedure reads the cells of a row; wrong says what cannot be read.
func (r procedureRow) procedure(line ProcedureLine) (p data.Procedure, levels []data.Level, wrong string) {
	p = data.Procedure{Code: line.Code, Name: line.Name, Decision: r.cells[colDecision]}
	if r.lost != "" {
		return p, nil, r.lost
	}
	if n := len([]rune(p.Name)); n > data.MaxText {
		return p, nil, fmt.Sprintf("tên thủ tục dài %d chữ, nhiều nhất %d", n, data.MaxText)
	}
	ok := true
	if text := r.cells[colLevel]; text != "" {
		if levels, ok = levelsText(text); !ok {
			return p, nil, fmt.Sprintf("cột «Cấp thực hiện»: không hiểu «%s»", text)
		}
	}
	if text := r.cells[colTerm]; text != "" {
		if p.Term, ok = termText(text, r.cells[colTermUnit]); !ok {
			return p, nil, fmt.Sprintf("cột «Thời hạn»: không hiểu «%s». Viết như «5 ngày làm việc»", text)
		}
	}
	if text := r.cells[colOnlineTerm]; text != "" {
		if p.OnlineTerm, ok = termText(text, r.cells[colTermUnit]); !ok {
			return p, nil, fmt.Sprintf("cột «Thời hạn trực tuyến»: không hiểu «%s»", text)
		}
	}
	if text := r.cells[colOnline]; text != "" {
		if !readOnline(&p, text) {
			return p, nil, fmt.Sprintf("cột «Mức độ»: không hiểu «%s». Viết «Toàn trình», «Một phần», «Cung cấp thông tin» hoặc «Chủ động mức 1», có thể thêm «từ 01/07/2026»", text)
		}
	}
	if text := r.cells[colSystem]; text != "" {
		readSystem(&p, text)
	}
	if text := r.cells[colWays]; text != "" {
		if wrong := readWays(&p, text); wrong != "" {
			return p, nil, fmt.Sprintf("cột «Cách thực hiện»: không hiểu «%s». Viết như «%s từ 01/07/2025; %s», mỗi cách một quãng thời gian", wrong, data.Ways[0].Name, data.Ways[1].Name)
		}
	}
	if word := r.cells[colFeeKind]; word != "" {
		i := slices.IndexFunc(feeKinds, func(k struct{ id, name string }) bool { return text.Words(k.name) == text.Words(word) })
		if i < 0 {
			return p, nil, fmt.Sprintf("cột «Phí hay lệ phí»: không hiểu «%s». Viết «Phí» hoặc «Lệ phí»", word)
		}
		p.FeeKind = feeKinds[i].id
	}
	if fee := r.cells[colFee]; fee != "" {
		if strings.HasPrefix(text.Words(fee), "khong") {
			p.Fee = 0
		} else if p.Fee, ok = exchange.ParseMoney(fee); !ok {
			p.Fee = -1 // words such as «theo quy định» say nothing that could be kept
		}
	} else {
		p.Fee = -1
	}
	for _, x := range []struct {
		column procedureColumn
		to     *data.Day
		name   string
	}{{colFrom, &p.From, "Hiệu lực từ"}, {colTo, &p.To, "Hiệu lực đến"}} {
		text := r.cells[x.column]
		if text == "" {
			continue
		}
		if *x.to, ok = dayText(text); !ok {
			return p, nil, fmt.Sprintf("cột «%s»: không hiểu ngày «%s»", x.name, text)
		}
	}
	if p.From.Known() && p.To.Known() && p.To < p.From {
		return p, nil, "ngày hết hiệu lực ở trước ngày có hiệu lực"
	}
	return p, levels, ""
}

// dayText reads 05/03/2024, 2024-03-05 and the start of an ISO moment.
func dayText(text string) (data.Day, bool) {
	if len(text) >= 10 && text[4] == '-' {
		d, err := data.ParseISO(text[:10])
		return d, err == nil
	}
	if d, ok := serialDay(text, false); ok && !strings.ContainsAny(text, "/-") {
		return d, true
	}
	d, err := data.ParseFullDay(text)
	return d, err == nil
}

// targets returns the entries that a row is about; a new one for a level that
// the catalogue lacks. Where the catalogue has several versions of a procedure,
// those with the days of the row are meant, else those in force.
func (im *ProcedureImport) targets(c *Catalogue, line ProcedureLine, row data.Procedure, levels []data.Level) []data.Procedure {
	today := im.desk.Today()
	inForce := func(p data.Procedure) bool { return !p.To.Known() || p.To >= today }
	var coded, named []data.Procedure
	for _, p := range c.Procedures {
		if len(levels) > 0 && p.Level != "" && !slices.Contains(levels, p.Level) {
			continue
		}
		switch {
		case line.Code != "" && p.Code == line.Code:
			coded = append(coded, p)
		case line.Name == "" || text.NameKey(p.Name) != text.NameKey(line.Name):
		case line.Code == "", p.Code == "" && inForce(p):
			named = append(named, p)
		}
	}
	found := coded
	if len(found) == 0 {
		found = narrow(named, func(p data.Procedure) bool { return p.Code == "" })
	}
	same := func(p data.Procedure) bool { return p.From == row.From && p.To == row.To }
	if (row.From.Known() || row.To.Known()) && slices.ContainsFunc(found, same) {
		found = narrow(found, same)
	} else {
		found = narrow(found, inForce)
	}
	if len(found) == 0 && len(levels) == 0 {
		return []data.Procedure{{Source: data.Imported}}
	}
	for _, l := range levels {
		if !slices.ContainsFunc(found, func(p data.Procedure) bool { return p.Level == l || p.Level == "" }) {
			found = append(found, data.Procedure{Level: l, Source: data.Imported})
		}
	}
	return found
}

// narrow keeps the entries that fit, or all where none does.
func narrow(list []data.Procedure, fits func(data.Procedure) bool) []data.Procedure {
	out := data.Where(list, fits)
	if len(out) == 0 {
		return list
	}
	return out
}

// merge puts what the row says over an entry and tells the differences.
func (im *ProcedureImport) merge(c *Catalogue, p *data.Procedure, row data.Procedure, r procedureRow) (changes []string) {
	say := func(label, old, new string) {
		if old != new {
			changes = append(changes, label+": "+orDash(old)+", nay là "+orDash(new))
		}
	}
	if row.Code != "" {
		say("Mã", p.Code, row.Code)
		p.Code = row.Code
	}
	if row.Name != "" {
		say("Tên", p.Name, row.Name)
		p.Name = row.Name
	}
	if name := r.cells[colField]; name != "" {
		if old := c.Field(p.Field).Name; text.NameKey(old) != text.NameKey(name) {
			say("Lĩnh vực", old, name)
		}
	}
	if name := r.cells[colUnit]; name != "" {
		if old := c.Unit(p.Unit).Name; text.NameKey(old) != text.NameKey(name) && im.unit(c, name) != 0 {
			say("Đơn vị", old, name)
		}
	}
	for _, t := range []struct {
		label    string
		old, new *data.Term
	}{{"Thời hạn", &p.Term, &row.Term}, {"Thời hạn trực tuyến", &p.OnlineTerm, &row.OnlineTerm}} {
		if t.new.Known() {
			say(t.label, t.old.String(), t.new.String())
			*t.old = *t.new
		}
	}
	online, system := onlineCell(p), systemCell(p)
	takeOnline(p, row, im.desk.Today())
	takeSystem(p, row, im.desk.Today())
	say("Mức độ", online, onlineCell(p))
	say("Hệ thống xử lý", system, systemCell(p))
	if len(row.Ways) > 0 {
		say("Cách thực hiện", wayCell(p), wayCell(&row))
		p.Ways = row.Ways
	}
	if row.FeeKind != "" {
		say("Phí hay lệ phí", FeeKindName(p.FeeKind), FeeKindName(row.FeeKind))
		p.FeeKind = row.FeeKind
	}
	if row.Fee >= 0 {
		say("Phí", data.FormatInt(p.Fee), data.FormatInt(row.Fee))
		p.Fee = row.Fee
	}
	if row.Decision != "" {
		say("Quyết định", p.Decision, row.Decision)
		p.Decision = row.Decision
	}
	if row.From.Known() {
		say("Hiệu lực từ", p.From.String(), row.From.String())
		p.From = row.From
	}
	if row.To.Known() {
		say("Hiệu lực đến", p.To.String(), row.To.String())
		p.To = row.To
	}
	if !p.Certain && p.Term.Known() && row.Term.Known() {
		if p.ID != 0 {
			changes = append(changes, "Đã đối chiếu với tệp")
		}
		p.Certain = true
	}
	return changes
}

func (im *ProcedureImport) unit(c *Catalogue, name string) uint32 {
	for _, u := range c.Units {
		if text.NameKey(u.Name) == text.NameKey(name) {
			return u.ID
		}
	}
	return 0
}

func orDash(s string) string {
	if s == "" {
		return "(trống)"
	}
	return s
}

// Apply stores what is new or changed in one change. Fields that the catalogue
// lacks are added; units are only taken over when they are known.
func (im *ProcedureImport) Apply(ctx context.Context) error {
	if im.New+im.Changed == 0 {
		return data.Fail(data.Conflict, "Tệp không có gì mới so với danh mục.", nil)
	}
	c := im.desk.Catalogue()
	return im.desk.Change(ctx, Work{Title: fmt.Sprintf("Nhập %s thủ tục từ %s", data.FormatInt(int64(im.New+im.Changed)), im.Source)}, func(tx Tx) error {
		names := newResolver(c)
		names.tx = tx
		for i := range im.procs {
			p := im.procs[i]
			if im.fields[i] != "" {
				id, err := names.field(im.fields[i])
				if err != nil {
					return err
				}
				p.Field = id
			}
			if u := im.unit(c, im.units[i]); u != 0 {
				p.Unit = u
			}
			if err := tx.PutProcedure(&p); err != nil {
				return err
			}
		}
		return nil
	})
}

// procedureTable is a list of procedures as OpenProcedures reads it back.
var procedureTable = exchange.Table{Sheet: "Danh mục thủ tục", Columns: []exchange.TableColumn{
	{Heading: "Mã TTHC", Width: 12}, {Heading: "Tên TTHC", Width: 60}, {Heading: "Lĩnh vực", Width: 24}, {Heading: "Cấp thực hiện", Width: 14},
	{Heading: "Thời hạn", Width: 18}, {Heading: "Thời hạn trực tuyến", Width: 18}, {Heading: "Mức độ DVC", Width: 18}, {Heading: "Hệ thống xử lý", Width: 24}, {Heading: "Phí, lệ phí (đồng)", Width: 14}, {Heading: "Phí hay lệ phí", Width: 12}, {Heading: "Cách thực hiện", Width: 40},
	{Heading: "Cơ quan thực hiện", Width: 30}, {Heading: "Quyết định công bố", Width: 24}, {Heading: "Hiệu lực từ", Width: 12}, {Heading: "Hiệu lực đến", Width: 12},
	{Heading: "Ghi chú", Width: 18},
}}

// ExportProcedures writes procedures to a workbook that OpenProcedures reads
// back without a difference.
func (d *Desk) ExportProcedures(path string, list []data.Procedure) error {
	c := d.Catalogue()
	table := procedureTable
	table.Titles = []string{"DANH MỤC THỦ TỤC HÀNH CHÍNH", fmt.Sprintf("%s thủ tục, lập ngày %s", data.FormatInt(int64(len(list))), d.Today())}
	return d.WriteOut(context.Background(), Issue{What: "Danh mục thủ tục"}, path, func(_ context.Context, w io.Writer) error {
		return exchange.WriteTable(w, table, func(yield func([]any) bool) {
			for _, p := range list {
				level, note := "", ""
				if p.Level != "" {
					level = p.Level.Name()
				}
				if !p.Certain {
					note = "Cần đối chiếu"
				}
				if !yield([]any{p.Code, p.Name, c.Field(p.Field).Name, level, p.Term.String(), p.OnlineTerm.String(), onlineCell(&p), systemCell(&p), p.Fee, FeeKindName(p.FeeKind), wayCell(&p),
					c.Unit(p.Unit).Name, p.Decision, p.From, p.To, note}) {
					return
				}
			}
		})
	})
}

// ShippedProcedure returns the procedure that the program ships under the code
// and level of p, and whether p differs from it; ok is false when it ships none.
func (d *Desk) ShippedProcedure(p data.Procedure) (original data.Procedure, differs, ok bool) {
	catalogue := shipped.Procedures()
	same := func(s data.Procedure) bool {
		return s.Level == p.Level && s.Code == p.Code && (s.Code != "" || text.NameKey(s.Name) == text.NameKey(p.Name))
	}
	// Versions of one procedure differ in their days of validity.
	at := slices.IndexFunc(catalogue.Procedures, func(s data.Procedure) bool { return same(s) && s.From == p.From && s.To == p.To })
	if at < 0 {
		at = slices.IndexFunc(catalogue.Procedures, same)
	}
	if at < 0 {
		return p, false, false
	}
	original = catalogue.Procedures[at]
	field := catalogue.Fields[original.Field-1].Name
	original.ID, original.Field = p.ID, p.Field // where the office merged or renamed the field
	for _, f := range d.Catalogue().Fields {
		if text.NameKey(f.Name) == text.NameKey(field) {
			original.Field = f.ID
		}
	}
	return original, !reflect.DeepEqual(original, p), true
}

// ResetProcedure brings a shipped procedure back to how the program ships it.
func (d *Desk) ResetProcedure(ctx context.Context, id uint32) error {
	p := d.Catalogue().Procedure(id)
	original, differs, ok := d.ShippedProcedure(p)
	switch {
	case !ok:
		return data.Fail(data.NotFound, fmt.Sprintf("«%s» không có trong danh mục kèm theo chương trình nên không có mặc định.", p.Name), nil)
	case !differs:
		return data.Fail(data.Conflict, fmt.Sprintf("«%s» đang đúng như mặc định.", p.Name), nil)
	}
	return d.Change(ctx, Work{Title: "Đưa thủ tục về mặc định: " + original.Name}, func(tx Tx) error { return tx.PutProcedure(&original) })
}
