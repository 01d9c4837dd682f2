package command

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/exchange"
	"giaoban/data/text"
)

var importCommand = &command{
	words:    true,
	name:     "import",
	usage:    "TỆP… [--sheet N] [--dry-run] [--rejects RA.xlsx] [--day-first | --month-first] [--status \"CHỮ=SỐ\"]… [--unit-of-file TÊN] [--json]",
	help:     "nhập sổ từ tệp Excel, LibreOffice, Word, HTML hoặc csv",
	flags:    []string{"sheet", "rejects", "status", "unit-of-file"},
	switches: []string{"dry-run", "day-first", "month-first"},
	ends:     map[string][]string{"rejects": {".xlsx"}},
	run:      runImport,
}

type importJSON struct {
	Source    string       `json:"source"`
	Rows      int          `json:"rows"`
	New       int          `json:"new"`
	Changed   int          `json:"changed"`
	Same      int          `json:"same"`
	Duplicate int          `json:"duplicate"`
	Rejected  int          `json:"rejected"`
	Reasons   []reasonJSON `json:"reasons"`
	Notes     []noteJSON   `json:"notes"`
	Mapping   []mappedJSON `json:"mapping"`
}

// noteJSON names what of a file was not read, or not read as it stands.
type noteJSON struct {
	Code exchange.NoteCode `json:"code"`
	Text string            `json:"text"`
}

// mappedJSON says what a column was read as.
type mappedJSON struct {
	Sheet  string `json:"sheet"`
	Column string `json:"column"`
	Field  string `json:"field"`
}

type reasonJSON struct {
	Row    int    `json:"row"`
	Column string `json:"column"`
	Value  string `json:"value"`
	Reason string `json:"reason"`
}

func runImport(ctx context.Context, c *call) error {
	if len(c.args) == 0 {
		return usagef("Cho biết tệp cần nhập.")
	}
	opt := desk.ImportOptions{Order: dateOrder(c), UnitName: text.Line(c.option("unit-of-file"))}
	var err error
	if opt.Statuses, err = c.answers(); err != nil {
		return err
	}
	if c.has("sheet") {
		n, ok := data.ParseWhole(c.option("sheet"), data.MaxCount)
		if !ok || n < 1 {
			return usagef("--sheet: «%s» không phải số trang tính.", c.option("sheet"))
		}
		opt.Sheet = int(n)
	}
	d, err := c.open(true)
	if err != nil {
		return err
	}
	defer d.Close()
	if !c.has("dry-run") {
		if err := d.BackupFor(ctx, desk.BeforeImport, nil); err != nil && ctx.Err() == nil {
			fmt.Fprintf(c.Stderr, "Lưu ý: chưa sao lưu được trước khi nhập. %v\n", err)
		}
	}
	results := []importJSON{}
	var failed error
	rejects := 0
	for _, path := range c.args {
		result, err := importOne(ctx, c, d, path, opt, &rejects)
		if err != nil {
			err = named(path, err)
			if failed != nil {
				c.complain(failed)
			}
			failed = err
		}
		if result.Source != "" {
			results = append(results, result)
		}
	}
	if err := c.answer(results); err != nil {
		return err
	}
	return failed
}

// importOne imports one file; rejects counts the workbooks of rejected rows
// that were written. A result with an error is one that was imported although its
// rejected rows could not be written.
func importOne(ctx context.Context, c *call, d *desk.Desk, path string, opt desk.ImportOptions, rejects *int) (out importJSON, failed error) {
	im, err := d.OpenImport(ctx, path, opt)
	if err != nil {
		return importJSON{}, err
	}
	defer im.Close()
	apply := im.Apply
	if c.has("dry-run") {
		apply = im.DryRun
	}
	r, err := apply(ctx, desk.Run{})
	if err != nil {
		return importJSON{}, err
	}
	if c.has("rejects") && r.Rejected > 0 {
		*rejects++
		if err := im.WriteRejected(ctx, numbered(c.option("rejects"), *rejects), r); err != nil {
			failed = c.unwritten(r, err)
		}
	}
	out = importJSON{Source: r.Source, Rows: r.Rows, New: r.New, Changed: r.Changed, Same: r.Same, Duplicate: r.Duplicate, Rejected: r.Rejected,
		Reasons: []reasonJSON{}, Notes: []noteJSON{}, Mapping: []mappedJSON{}}
	for _, l := range r.Lines {
		out.Reasons = append(out.Reasons, reasonJSON{l.Row, l.Column, l.Value, l.Reason})
	}
	for _, note := range r.Notes {
		out.Notes = append(out.Notes, noteJSON{note.Code, sentence(note)})
	}
	m := im.Mapping()
	for _, one := range m.Mapped() {
		out.Mapping = append(out.Mapping, mappedJSON(one))
	}
	c.printImport(r)
	return out, failed
}

// unwritten tells that the rejected rows could not be written, and that the rows
// which were taken are in the register all the same.
func (c *call) unwritten(r desk.ImportResult, err error) error {
	done := fmt.Sprintf("Đã nhập %s vào sổ (mới %s, thay đổi %s)", r.Source, n(int64(r.New)), n(int64(r.Changed)))
	if c.has("dry-run") {
		done = "Đã thử nhập " + r.Source + ", sổ không đổi"
	}
	return data.Fail(data.CodeOf(err), done+", nhưng các dòng không nhận chưa ghi ra được. "+err.Error(), err)
}

// sentence is what a note says, with the option that answers it.
func sentence(n exchange.Note) string {
	if n.Option == "" {
		return n.Text
	}
	return strings.TrimSuffix(n.Text, ".") + " (" + n.Option + ")."
}

// answers reads what unknown states mean: --status "Chờ giao 1 cửa=4".
func (c *call) answers() (map[string]data.Status, error) {
	known := map[string]data.Status{}
	for _, answer := range c.options["status"] {
		at := strings.LastIndexByte(answer, '=')
		if at < 0 {
			return nil, usagef("--status: «%s» cần có dạng \"chữ trong tệp=số từ 1 đến 10\".", answer)
		}
		words := text.Line(answer[:at])
		s, ok := exchange.ParseStatus(answer[at+1:])
		if words == "" || !ok {
			return nil, usagef("--status: «%s» cần có dạng \"chữ trong tệp=số từ 1 đến 10\".", answer)
		}
		known[words] = s
	}
	return known, nil
}

// named puts the name of the file before what is wrong with it.
func named(path string, err error) error {
	name := text.Line(filepath.Base(path))
	if strings.Contains(err.Error(), name) || data.CodeOf(err) == data.Cancelled || data.CodeOf(err) == data.Internal {
		return err
	}
	return data.Fail(data.CodeOf(err), name+": "+err.Error(), err)
}

// numbered names the workbook of the n-th file with rejected rows: each file
// has columns of its own.
func numbered(path string, n int) string {
	if n == 1 {
		return path
	}
	ext := filepath.Ext(path)
	return fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, ext), n, ext)
}

func (c *call) printImport(r desk.ImportResult) {
	verb := "Đã nhập"
	if c.has("dry-run") {
		verb = "Thử nhập"
	}
	c.say("%s %s: %s dòng; mới %s, thay đổi %s, không đổi %s, trùng %s, không nhận %s.\n", verb, r.Source,
		n(int64(r.Rows)), n(int64(r.New)), n(int64(r.Changed)), n(int64(r.Same)), n(int64(r.Duplicate)), n(int64(r.Rejected)))
	if r.Kind == exchange.Aggregated {
		c.say("Đây là bảng số liệu tổng hợp, không phải danh sách hồ sơ: không có hồ sơ nào để nhập.\n")
	}
	for _, note := range r.Notes {
		c.say("Lưu ý: %s\n", sentence(note))
	}
	for _, l := range r.Lines {
		c.say("Dòng %d: %s\n", l.Row, l.Reason)
	}
}

// dateOrder is the officer's answer for dates that can be read both ways.
func dateOrder(c *call) exchange.Order {
	switch {
	case c.has("day-first"):
		return exchange.DayFirst
	case c.has("month-first"):
		return exchange.MonthFirst
	}
	return exchange.AutoOrder
}
