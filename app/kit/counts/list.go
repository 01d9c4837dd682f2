package counts

import (
	"giaoban/app/env"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/exchange"
)

// List lists the lines of a table of counts, its total last; inner is the page in whose
// content the list stands, nil for a page of its own.
func List(e *env.Env, inner *widget.Page, title string, rows []exchange.ReportRow, total exchange.ReportRow, hasTotal bool) *list.List[Row] {
	columns, lines := Table(rows, total, hasTotal)
	strong := func(r *Row, c *widget.Cell) { c.Strong = r.Total }
	o := list.Options[Row]{ID: "counts", Inner: inner, Title: title, What: "dòng", Paper: "SỐ LIỆU ĐƠN VỊ BÁO CÁO", Empty: "Bảng không có dòng số liệu nào.",
		Load: func() ([]Row, error) { return lines, nil },
		Columns: []list.Column[Row]{list.Col("mark", "TT", 48, 0, func(r *Row) string { return r.Mark }),
			{ID: "name", Title: "Nội dung", Width: 180, Min: 150, Flex: 1, Text: func(r *Row) string { return r.Name }, Cell: strong}}}
	for k, c := range columns {
		o.Columns = append(o.Columns, list.Col(string(c), Label(c), 84, 0, func(r *Row) string { return r.Cells[k] }).Right().Dress(strong))
	}
	return list.Of(e, o)
}

// Warnings lists what is wrong with the sums and cells of a table of counts.
func Warnings(e *env.Env, inner *widget.Page, title string, all []string) *list.List[Warning] {
	var rows []Warning
	for i, text := range all {
		rows = append(rows, Warning{data.FormatInt(int64(i + 1)), text})
	}
	return list.Of(e, list.Options[Warning]{ID: "count-warnings", Inner: inner, Title: title, What: "điều cần xem", Load: func() ([]Warning, error) { return rows, nil },
		Columns: []list.Column[Warning]{list.Col("n", "TT", 48, 0, func(w *Warning) string { return w.Number }).Right(), list.Col("what", "Điều cần xem", 400, 1, func(w *Warning) string { return w.Text })}})
}

// Warning is one thing that is wrong with a table of counts.
type Warning struct{ Number, Text string }
