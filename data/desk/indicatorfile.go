package desk

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/exchange"
	"giaoban/data/exchange/sheet"
	"giaoban/data/indicator"
	"giaoban/data/logbook"
	"giaoban/data/text"
)

// indicatorTable is what ExportIndicators writes and ImportIndicators reads.
var indicatorTable = exchange.Table{Sheet: "Chỉ tiêu", Columns: []exchange.TableColumn{
	{Heading: "Mã", Width: 20}, {Heading: "Chỉ tiêu", Width: 60}, {Heading: "Đơn vị tính", Width: 14}, {Heading: "Đơn vị", Width: 32}, {Heading: "Kỳ", Width: 22},
	{Heading: "Giá trị", Width: 18}, {Heading: "Chú thích", Width: 40},
}}

// ExportIndicators writes values, blank ones too, to a workbook that ImportIndicators
// reads back without a difference. Value is taken from the book, not from the entries.
func (d *Desk) ExportIndicators(path string, list []IndicatorEntry) error {
	return d.WriteOut(context.Background(), Issue{What: "Số liệu chỉ tiêu"}, path, func(_ context.Context, w io.Writer) error { return d.writeIndicators(w, list, "") })
}

// writeIndicators is ExportIndicators where the office as a whole is named as others
// know it.
func (d *Desk) writeIndicators(w io.Writer, list []IndicatorEntry, office string) error {
	book, err := d.IndicatorBook()
	if err != nil {
		return err
	}
	j := &indicatorJudge{cat: d.Catalogue()}
	table := indicatorTable
	table.Titles = []string{"SỐ LIỆU CHỈ TIÊU", fmt.Sprintf("%s dòng, lập ngày %s. Ô «Giá trị» để trống là chưa có số, không phải số 0.", data.FormatInt(int64(len(list))), d.Today())}
	return exchange.WriteTable(w, table, func(yield func([]any) bool) {
		for _, e := range list {
			x := book.Definition(e.Code)
			if x == nil {
				continue
			}
			c, unit := book.Cell(e.Code, e.Unit, e.Period), j.unitName(e.Unit)
			if e.Unit == 0 && office != "" {
				unit = office
			}
			if !yield([]any{x.Code, x.Name, x.Unit, unit, periodTitle(e.Period), x.Typed(c.Value), c.Note}) {
				return
			}
		}
	})
}

// IndicatorImport is what became of the rows of a table of values.
type IndicatorImport struct {
	Source                             string
	Rows, New, Changed, Same, Rejected int
	Faults                             []logbook.Fault
	Doubts                             []IndicatorDoubt // after the import
}

// ImportIndicators reads values from a table of any format that dossiers are imported
// from: a heading with Mã or Chỉ tiêu, Kỳ and Giá trị; Đơn vị where it is not the office,
// Chú thích. A dry run changes nothing. Rows that are wrong are refused one by one with
// their reason, the others are kept in one change; a blank says nothing.
func (d *Desk) ImportIndicators(ctx context.Context, path string, dry bool) (IndicatorImport, error) {
	f, book, err := openSheets(path)
	if err != nil {
		return IndicatorImport{}, err
	}
	defer f.Close()
	return d.importIndicators(ctx, text.Line(filepath.Base(path)), book, indicatorTaking{dry: dry})
}

// indicatorTaking says how values are taken.
type indicatorTaking struct {
	dry bool
	by  string // who is named as the one who entered them; "" for the officer
	// guard tells why a value must not be changed, "" where it may; nil for all.
	guard func(old indicator.Cell) string
	also  func(tx Tx, out *IndicatorImport) error // ends the change; nil for nothing
}

// PasteIndicators is ImportIndicators of a table that was copied to the clipboard.
func (d *Desk) PasteIndicators(ctx context.Context, pasted string, dry bool) (IndicatorImport, error) {
	book, err := sheet.OpenPasted(pasted)
	if err != nil {
		return IndicatorImport{}, err
	}
	return d.importIndicators(ctx, "bảng đã dán", book, indicatorTaking{dry: dry})
}

// indicatorHeads are the headings of the columns, folded.
var indicatorHeads = map[string][]string{
	"code": {"ma", "ma chi tieu", "code"}, "name": {"chi tieu", "ten chi tieu", "chi tieu thong ke"}, "unit": {"don vi", "ten don vi", "co quan, don vi", "co quan"},
	"period": {"ky", "ky bao cao", "ky so lieu"}, "value": {"gia tri", "so lieu", "so lieu ky nay", "ket qua", "so"}, "note": {"chu thich", "ghi chu"},
}

// indicatorHeading finds the heading within the first lines: the place of each column.
func indicatorHeading(lines []logbook.Line) (at int, columns map[string]int) {
	for i := range lines[:min(15, len(lines))] {
		found := map[string]int{}
		for k, cell := range lines[i].Cells {
			for key, heads := range indicatorHeads {
				if _, taken := found[key]; !taken && slices.Contains(heads, text.Fold(text.Line(cell))) {
					found[key] = k
				}
			}
		}
		_, code := found["code"]
		_, name := found["name"]
		_, period := found["period"]
		if _, value := found["value"]; value && period && (code || name) {
			return i, found
		}
	}
	return -1, nil
}

func (d *Desk) importIndicators(ctx context.Context, name string, book *sheet.Book, how indicatorTaking) (IndicatorImport, error) {
	out := IndicatorImport{Source: name}
	names, err := d.indicatorNames()
	if err != nil {
		return out, err
	}
	var list []IndicatorEntry
	var at []logbook.Fault // where each of them stands
	found := false
	for i, info := range book.Infos() {
		lines, err := entryLines(ctx, book, i)
		if err != nil {
			return out, err
		}
		head, columns := indicatorHeading(lines)
		if head < 0 || info.Hidden {
			continue
		}
		found = true
		for _, line := range lines[head+1:] {
			cell := func(key string) string {
				if k, ok := columns[key]; ok && k < len(line.Cells) {
					return text.Line(line.Cells[k])
				}
				return ""
			}
			if cell("value") == "" && cell("note") == "" || cell("code") == "" && cell("name") == "" {
				continue // a blank, a title or a signature
			}
			out.Rows++
			e, fault := names.entry(cell)
			fault.Row = line.Row
			if fault.Reason != "" {
				out.Rejected++
				out.Faults = append(out.Faults, fault)
				continue
			}
			list, at = append(list, e), append(at, fault)
		}
	}
	if !found {
		return out, data.Fail(data.Refused, name+": không thấy dòng tiêu đề trong 15 dòng đầu. Cần các cột «Mã» hoặc «Chỉ tiêu», «Kỳ», «Giá trị»; «Đơn vị», «Chú thích» nếu có.", nil)
	}
	kept, err := d.sift(list, at, &out, how.guard)
	if err != nil || how.dry || out.New+out.Changed == 0 {
		return out, err
	}
	out.Doubts, err = d.keepIndicators(ctx, fmt.Sprintf("Nhập %s số liệu chỉ tiêu từ %s", data.FormatInt(int64(out.New+out.Changed)), name), how.by, kept, func(tx Tx) error {
		if how.also == nil {
			return nil
		}
		return how.also(tx, &out)
	})
	return out, err
}

// sift parts what can be kept from what is the same, said twice or wrong.
func (d *Desk) sift(list []IndicatorEntry, at []logbook.Fault, out *IndicatorImport, guard func(indicator.Cell) string) (kept []IndicatorEntry, err error) {
	faults, err := d.TryIndicators(list)
	if err != nil {
		return nil, err
	}
	book, err := d.IndicatorBook()
	if err != nil {
		return nil, err
	}
	seen := map[string]int{}
	for i, e := range list {
		fault := at[i]
		fault.Value = e.Value
		key := fmt.Sprint(e.Code, "/", e.Unit, "/", e.Period.From, "/", e.Period.To)
		old := book.Cell(e.Code, e.Unit, e.Period)
		if e.Value == "" { // a comment alone leaves the value
			e.Value = book.Definition(e.Code).Typed(old.Value)
		}
		switch first := seen[key]; {
		case faults[i] != nil:
			fault.Column, fault.Reason = "Giá trị", faults[i].Error()
		case first != 0:
			fault.Column, fault.Reason = "Mã", fmt.Sprintf("Chỉ tiêu này của đơn vị này trong kỳ này đã ghi ở dòng %d. Bỏ một trong hai dòng.", first)
		default:
			seen[key] = fault.Row
			value, _ := book.Definition(e.Code).Parse(e.Value)
			if guard != nil && old.Value != "" && value != old.Value {
				if fault.Reason = guard(old); fault.Reason != "" {
					fault.Column = "Giá trị"
					break
				}
			}
			switch {
			case value == old.Value && text.Line(e.Note) == old.Note:
				out.Same++
				continue
			case old.Value == "":
				out.New++
			default:
				out.Changed++
			}
			kept = append(kept, e)
			continue
		}
		out.Rejected++
		out.Faults = append(out.Faults, fault)
	}
	slices.SortStableFunc(out.Faults, func(a, b logbook.Fault) int { return a.Row - b.Row })
	return kept, nil
}

// indicatorNames find what the cells of a row mean.
type indicatorNames struct {
	book  *indicator.Book
	names EntryNames
}

func (d *Desk) indicatorNames() (*indicatorNames, error) {
	book, err := d.IndicatorBook()
	return &indicatorNames{book, EntryNames{Cat: d.Catalogue()}}, err
}

// entry reads the cells of a row; the fault has a reason where they mean nothing.
func (n *indicatorNames) entry(cell func(string) string) (e IndicatorEntry, fault logbook.Fault) {
	e.Value, e.Note = cell("value"), cell("note")
	code, name := strings.ToUpper(cell("code")), text.NameKey(cell("name"))
	for i := range n.book.Definitions {
		if d := &n.book.Definitions[i]; code != "" && d.Code == code || code == "" && text.NameKey(d.Name) == name {
			e.Code = d.Code
			break
		}
	}
	if e.Code == "" {
		return e, logbook.Fault{Column: "Mã", Value: code + cell("name"), Reason: fmt.Sprintf("Không có chỉ tiêu «%s». Ghi mã có trong danh sách chỉ tiêu, hoặc thêm chỉ tiêu trước.", strings.TrimSpace(code+" "+cell("name")))}
	}
	if unit := cell("unit"); unit != "" && text.Fold(unit) != "toan co quan" {
		id, err := n.names.UnitID(unit)
		if err != nil {
			return e, logbook.Fault{Column: "Đơn vị", Value: unit, Reason: err.Error()}
		}
		e.Unit = id
	}
	p, err := PeriodNamed(cell("period"))
	if err != nil {
		return e, logbook.Fault{Column: "Kỳ", Value: cell("period"), Reason: err.Error()}
	}
	e.Period = p
	return e, fault
}

// periodTitle names a period so that PeriodNamed finds it again.
func periodTitle(p data.Period) string {
	if strings.HasPrefix(p.Key, "nd09:") {
		return p.Label + " (15–14)"
	}
	return p.Label
}

var yearPattern = regexp.MustCompile(`\d{4}`)

// periodKinds are the ends of the keys of periods.
var periodKinds = func() []string {
	kinds := []string{"", "-H1", "-H2", "-Q1", "-Q2", "-Q3", "-Q4"}
	for m := 1; m <= 12; m++ {
		kinds = append(kinds, fmt.Sprintf("-%02d", m), fmt.Sprintf("-%dM", m))
	}
	return kinds
}()

// PeriodNamed reads a period by its key or as people write it: 2023-06, Tháng 6/2023,
// 6/2023, Quý III/2023, Quý 3 năm 2023, 6 tháng đầu năm 2023, Năm 2023; with (15–14)
// after it that of Decree 09/2019.
func PeriodNamed(typed string) (data.Period, error) {
	if p, err := data.ParsePeriod(typed); err == nil {
		return p, nil
	}
	norm := func(s string) string {
		return strings.NewReplacer(" nam ", "/", " / ", "/").Replace(strings.Join(strings.Fields(text.Fold(s)), " "))
	}
	bare := strings.NewReplacer("(15–14)", "", "(15-14)", "").Replace(typed)
	prefix := ""
	if bare != typed {
		prefix = "nd09:"
	}
	year := yearPattern.FindString(bare)
	for _, kind := range periodKinds {
		p, err := data.ParsePeriod(prefix + year + kind)
		if err != nil {
			continue
		}
		forms := []string{p.Label}
		if q, ok := strings.CutPrefix(kind, "-Q"); ok {
			forms = append(forms, "quý "+q+"/"+year)
		} else if n, ok := strings.CutSuffix(kind, "M"); ok {
			forms = append(forms, n[1:]+" tháng/"+year)
		} else if m, err := strconv.Atoi(strings.TrimPrefix(kind, "-")); err == nil {
			forms = append(forms, fmt.Sprintf("%d/%s", m, year), fmt.Sprintf("%02d/%s", m, year), fmt.Sprintf("tháng %02d/%s", m, year))
		}
		if slices.ContainsFunc(forms, func(form string) bool { return norm(form) == norm(bare) }) {
			return p, nil
		}
	}
	return data.Period{}, data.Fail(data.Invalid, fmt.Sprintf("Kỳ «%s» không hiểu được. Ghi như Tháng 6/2023, Quý II/2023, 6 tháng đầu năm 2023, Năm 2023.", typed), nil)
}
