package papers

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/exchange"
	"giaoban/data/inspect"
	"giaoban/reports/form"
	"giaoban/reports/paper"
)

// ExportList writes the dossiers of a query to a workbook, as of a day, and
// returns how many there are. The number stands in the file too.
func ExportList(ctx context.Context, d *desk.Desk, q desk.Query, day data.Day, path string, progress func(done, total int64)) (int, error) {
	n := 0
	err := d.WriteOut(ctx, desk.Issue{What: dossierList}, path, func(ctx context.Context, w io.Writer) (err error) {
		n, err = WriteList(ctx, d, q, day, w, progress)
		return err
	})
	return n, err
}

// dossierList is what the register of exports and prints calls a list of dossiers.
const dossierList = "Danh sách hồ sơ"

// WriteList is ExportList into what is not the office's last word, such as a part of a package.
func WriteList(ctx context.Context, d *desk.Desk, q desk.Query, day data.Day, w io.Writer, progress func(done, total int64)) (n int, err error) {
	err = onState(d, func(s *desk.Snapshot) error {
		ids := s.List(q).IDs
		n = len(ids)
		s.Settle()
		return exportAs(ctx, s, Export{Layout: FullLayout, IDs: ids, AsOf: day}, w, progress)
	})
	return n, err
}

// The layouts of lists beside those of exchange.Families.
const (
	ScreenLayout = "man-hinh" // the columns of the screen, as they show
	FullLayout   = exchange.Full
)

// ListedColumn is one column of a list as the screen shows it.
type ListedColumn struct {
	Title string
	Width float64 // millimetres at least; 0 takes it from the content
}

// Layout is one layout in which a list can be exported.
type Layout struct{ ID, Name string }

// Layouts returns the layouts, the one of the screen first.
func Layouts() []Layout {
	out := []Layout{{ScreenLayout, "Như đang xem (các cột trên màn hình)"}, {FullLayout, "Danh sách đầy đủ, nhập lại được"}}
	for _, f := range exchange.Families() {
		out = append(out, Layout{f[0], "Mẫu " + f[0] + ": " + f[1]})
	}
	return out
}

// Export is a list of dossiers to write in a layout.
type Export struct {
	Layout  string   // of Layouts
	CSV     bool     // delimited text in place of a workbook
	IDs     []uint32 // in order
	AsOf    data.Day
	Columns []ListedColumn               // of ScreenLayout
	Cells   func(*data.Dossier) []string // of ScreenLayout, one text a column
}

// ExportAs writes a list in a layout. The file appears whole or not at all. An
// unknown layout is an error of code Invalid.
func ExportAs(ctx context.Context, d *desk.Desk, e Export, path string, progress func(done, total int64)) error {
	return d.WriteOut(ctx, desk.Issue{What: dossierList}, path, func(ctx context.Context, w io.Writer) error {
		return onState(d, func(s *desk.Snapshot) error {
			s.Settle()
			return exportAs(ctx, s, e, w, progress)
		})
	})
}

func exportAs(ctx context.Context, d desk.Reading, e Export, w io.Writer, progress func(done, total int64)) error {
	desk.Holds(ctx, len(e.IDs), false)
	each := exporting{ctx: ctx, d: d, ids: e.IDs, progress: progress}
	about := fmt.Sprintf("%s hồ sơ, tình trạng tính đến %s", data.FormatInt(int64(len(e.IDs))), e.AsOf)
	var err error
	if e.Layout == ScreenLayout {
		err = e.writeScreen(w, about, &each)
	} else {
		err = exchange.WriteFamily(w, e.Layout, exchange.FamilyOptions{AsOf: e.AsOf, Titles: []string{about}, CSV: e.CSV}, listedRows(&each))
	}
	return cmp.Or(each.fault, err)
}

func (e *Export) writeScreen(w io.Writer, about string, x *exporting) error {
	table, rows := exchange.Table{Sheet: "Danh sách hồ sơ", Columns: e.screenColumns(), Titles: []string{"DANH SÁCH HỒ SƠ", about}}, e.screenRows(x)
	if e.CSV {
		return exchange.WriteDelimited(w, table, rows)
	}
	return exchange.WriteTable(w, table, rows)
}

// screenWidth is the width of a column of the screen, in characters; dates need
// less.
const (
	screenWidth = 26
	dayWidth    = 13
)

func (e *Export) screenColumns() []exchange.TableColumn {
	out := []exchange.TableColumn{{Heading: "STT", Width: 7}}
	for _, c := range e.Columns {
		width := float64(screenWidth)
		if c.Width > 0 {
			width = dayWidth
		}
		out = append(out, exchange.TableColumn{Heading: c.Title, Width: width})
	}
	return out
}

// screenRows are the lines of the screen; what stands there as a date becomes a
// true one.
func (e *Export) screenRows(x *exporting) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		x.each(func(n int, one *data.Dossier) bool {
			row := []any{n}
			for _, text := range e.Cells(one) {
				row = append(row, typed(text, false))
			}
			return yield(row)
		})
	}
}

func listedRows(x *exporting) iter.Seq[exchange.Listed] {
	c := x.d.Catalogue()
	return func(yield func(exchange.Listed) bool) {
		x.each(func(_ int, one *data.Dossier) bool {
			p := c.Procedure(one.Procedure)
			return yield(exchange.Listed{Dossier: one, Unit: c.Unit(one.Unit).Name, Field: c.Field(one.Field).Name, Procedure: p.Name, ProcedureCode: p.Code,
				Receiver: c.Unit(one.Receiver).Name, Helper: c.Unit(one.Helper).Name})
		})
	}
}

// exporting hands out the dossiers of a list one after the other.
type exporting struct {
	ctx      context.Context
	d        desk.Reading
	ids      []uint32
	progress func(done, total int64)
	fault    error // why it ended early
}

// each calls fn with every dossier and its number from 1, until it returns
// false.
func (x *exporting) each(fn func(n int, one *data.Dossier) bool) {
	n := 0
	x.fault = x.d.Dossiers(x.ids, func(one *data.Dossier) error {
		if n++; n%1000 == 0 {
			if x.ctx.Err() != nil {
				return data.Fail(data.Cancelled, "Đã hủy xuất. Không có tệp nào được ghi.", x.ctx.Err())
			}
			if x.progress != nil {
				x.progress(int64(n), int64(len(x.ids)))
			}
		}
		if !fn(n, one) {
			return errStopped
		}
		return nil
	})
	if x.fault == errStopped {
		x.fault = nil
	}
}

var errStopped = fmt.Errorf("stopped")

// ExportFigures writes form II.06a of a request and the rates to a workbook.
func ExportFigures(d *desk.Desk, r Request, path string) error {
	report, err := ReportOf(r.Name)
	if err != nil {
		return err
	}
	return d.WriteOut(context.Background(), desk.Issue{What: r.Label()}, path, func(_ context.Context, w io.Writer) error { return writeFigures(d, report, r, w) })
}

func writeFigures(d *desk.Desk, report Report, r Request, w io.Writer) error {
	s, err := d.At()
	if err != nil {
		return err
	}
	defer s.Close()
	if err := report.takes(s, r); err != nil {
		return err
	}
	t := s.Figures(r.Period, r.AsOf, report.Group, r.Filter)
	before := s.SamePeriodBefore(t, r.Filter)
	table := exchange.Table{Sheet: "II.06a", Titles: []string{
		"TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
		fmt.Sprintf("Kỳ báo cáo: %s (%s), số liệu tính đến %s", r.Period.Label, r.Period.Span(), t.AsOf),
	}, Columns: []exchange.TableColumn{{Heading: "TT", Width: 6}, {Heading: "Lĩnh vực, công việc giải quyết theo cấp", Width: 48}}}
	if text := Condition(s.Catalogue(), r.Filter); text != "" {
		table.Titles = append(table.Titles, text)
	}
	for _, c := range data.FormColumns {
		table.Columns = append(table.Columns, exchange.TableColumn{Heading: c.Label(), Width: 14})
	}
	return exchange.WriteTable(w, table, func(yield func([]any) bool) {
		line := func(no any, name string, c data.Counts) bool {
			row := []any{no, name}
			for _, col := range data.FormColumns {
				row = append(row, int(col.Of(c)))
			}
			return yield(row)
		}
		for i, row := range t.Rows {
			if !line(i+1, row.Name, row.Counts) {
				return
			}
		}
		if !line(nil, "Tổng cộng", t.Total) || before.Total.Received() == 0 {
			return
		}
		name := "Cùng kỳ năm trước"
		if before.AsOf < before.Period.To {
			name += ", số liệu đến " + before.AsOf.String()
		}
		line(nil, name, before.Total)
	})
}

// ExportFindings writes the dossiers that a data check found to a workbook, with
// what is wrong with each. The file appears whole or not at all.
func ExportFindings(ctx context.Context, d *desk.Desk, k *inspect.Kind, hits []inspect.Hit, path string, progress func(done, total int64)) error {
	return d.WriteOut(ctx, desk.Issue{What: "Kiểm tra dữ liệu: " + k.Name}, path, func(ctx context.Context, w io.Writer) error { return writeFindings(ctx, d, k, hits, w, progress) })
}

func writeFindings(ctx context.Context, d *desk.Desk, k *inspect.Kind, hits []inspect.Hit, w io.Writer, progress func(done, total int64)) error {
	s, err := d.At()
	if err != nil {
		return err
	}
	defer s.Close()
	s.Settle()
	office, c := s.Inspector(), s.Catalogue()
	table := exchange.Table{Sheet: "Kiểm tra dữ liệu", Titles: []string{
		"KIỂM TRA DỮ LIỆU: " + k.Name,
		fmt.Sprintf("%s hồ sơ, ngày %s. %s", data.FormatInt(int64(len(hits))), s.Today(), k.Reason(s.Bases())),
	}, Columns: []exchange.TableColumn{
		{Heading: "STT", Width: 7}, {Heading: "Mã hồ sơ", Width: 24}, {Heading: "Chủ hồ sơ", Width: 28}, {Heading: "Tên thủ tục hành chính", Width: 44},
		{Heading: "Đơn vị giải quyết", Width: 28}, {Heading: "Ngày tiếp nhận", Width: 17}, {Heading: "Ngày hẹn trả", Width: 17}, {Heading: "Cần xem", Width: 60},
	}}
	return writeLines(ctx, w, table, len(hits), progress, func(i int) ([]any, error) {
		h := hits[i]
		one, err := s.Dossier(uint64(h.ID))
		if err != nil {
			return nil, err
		}
		var other *data.Dossier
		if o, err := s.Dossier(uint64(h.Other)); h.Other != 0 && err == nil {
			other = &o
		}
		return []any{i + 1, one.Code, one.Owner.Name, c.ProcedureOf(&one), c.Unit(one.Unit).Name, one.Received, one.On(data.MaxDay).Due, k.Says(office, &one, other)}, nil
	})
}

// writeLines writes a workbook line by line, each about a dossier; one whose dossier is gone
// is left out. progress may be nil.
func writeLines(ctx context.Context, w io.Writer, table exchange.Table, n int, progress func(done, total int64), line func(i int) ([]any, error)) error {
	desk.Holds(ctx, n, false)
	var fault error
	err := exchange.WriteTable(w, table, func(yield func([]any) bool) {
		for i := range n {
			if i%1000 == 0 && ctx.Err() != nil {
				fault = data.Fail(data.Cancelled, "Đã hủy xuất. Không có tệp nào được ghi.", ctx.Err())
			} else if i%1000 == 0 && progress != nil {
				progress(int64(i), int64(n))
			}
			if fault != nil {
				return
			}
			row, err := line(i)
			if data.CodeOf(err) == data.NotFound {
				continue
			}
			if fault = err; err != nil || !yield(row) {
				return
			}
		}
	})
	return cmp.Or(fault, err)
}

// ListingColumn is one column of a listing.
type ListingColumn struct {
	Title string
	Right bool    // numbers
	Width float64 // millimetres at least; 0 takes it from the content
}

// Listing is a list of anything as the screen shows it.
type Listing struct {
	Title string // in capitals
	What  string // what is listed, such as "đơn vị"
	About string // line under the title: what narrows it
	// Columns are those of the screen, in their order.
	Columns []ListingColumn
	Rows    int
	At      func(i int) []string // one text a column; the slice may be used again
	AsOf    data.Day
	Persons bool // columns tell of persons
	Full    bool // whose names are in full
}

// holds tells the register of exports and prints what the listing holds.
func (l *Listing) holds(ctx context.Context) {
	if l.Persons {
		desk.Holds(ctx, l.Rows, !l.Full)
	}
}

// Mask shortens the name of a person for papers that others see.
func Mask(name string) string { return form.Mask(name) }

// ListingPDF draws a listing: landscape A4, a running number before the columns,
// and how many lines there are.
func ListingPDF(ctx context.Context, d *desk.Desk, l Listing) ([]byte, error) {
	l.holds(ctx)
	office := d.Office()
	doc := paper.New(ctx, paper.Options{Title: l.Title, Author: form.OneLine(office.Name), Created: l.AsOf.Time().Add(8 * time.Hour)})
	count := data.FormatInt(int64(l.Rows)) + " " + l.What
	doc.Section(paper.Section{Landscape: true, Margins: paper.Lists, Size: 11, Foot: "Số liệu tính đến " + l.AsOf.String() + "; " + count})
	form.ListHead(doc, office, l.Title, l.About)
	doc.Line(11, paper.Right, paper.Run{Text: "Tổng số: " + count, Italic: true})
	table := paper.Table{Rows: l.Rows, Size: 9.5, Tail: form.SignersHeight, Columns: []paper.Column{{Width: 11, Align: paper.Right}}, Header: [][]paper.Head{{{Text: "TT"}}}}
	for _, c := range l.Columns {
		column := paper.Column{Min: 14, Max: 70, Width: c.Width}
		if c.Right {
			column.Align = paper.Right
		}
		table.Columns = append(table.Columns, column)
		table.Header[0] = append(table.Header[0], paper.Head{Text: c.Title})
	}
	cells := make([]string, len(l.Columns)+1)
	table.At = func(i int) paper.Row {
		cells[0] = data.FormatInt(int64(i + 1))
		copy(cells[1:], l.At(i))
		return paper.Row{Cells: cells}
	}
	doc.Table(table)
	form.ListFoot(doc, office, d.Today(), l.AsOf.Year())
	return doc.Bytes()
}

// ListingWorkbook writes a listing to a workbook, which appears whole or not at
// all. What stands there as a date becomes a true one, a number a number.
func ListingWorkbook(ctx context.Context, d *desk.Desk, l Listing, path string, progress func(done, total int64)) error {
	table := exchange.Table{Sheet: "Danh sách", Titles: []string{l.Title}, Columns: []exchange.TableColumn{{Heading: "STT", Width: 7}}}
	if l.About != "" {
		table.Titles = append(table.Titles, l.About)
	}
	table.Titles = append(table.Titles, data.FormatInt(int64(l.Rows))+" "+l.What+", tính đến "+l.AsOf.String())
	for _, c := range l.Columns {
		width := float64(screenWidth)
		if c.Width > 0 || c.Right {
			width = dayWidth
		}
		table.Columns = append(table.Columns, exchange.TableColumn{Heading: c.Title, Width: width})
	}
	return d.WriteOut(ctx, desk.Issue{What: "Danh sách " + l.What}, path, func(ctx context.Context, w io.Writer) error {
		l.holds(ctx)
		return exchange.WriteTable(w, table, l.rows(ctx, progress))
	})
}

func (l *Listing) rows(ctx context.Context, progress func(done, total int64)) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		row := make([]any, len(l.Columns)+1)
		for i := range l.Rows {
			if ctx.Err() != nil {
				return
			}
			row[0] = i + 1
			for k, s := range l.At(i) {
				row[k+1] = typed(s, l.Columns[k].Right)
			}
			if !yield(row) {
				return
			}
			progress(int64(i+1), int64(l.Rows))
		}
	}
}

// typed is the value that a text on the screen stands for.
func typed(s string, number bool) any {
	if d, err := data.ParseFullDay(s); err == nil && d.Known() && len(s) == 10 {
		return d
	}
	if number && (!strings.HasPrefix(s, "0") || s == "0") { // a leading zero is part of a code
		if n, ok := data.ParseWhole(s, 1<<53); ok {
			return n
		}
	}
	return s
}
