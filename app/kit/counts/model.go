// Package counts lists tables of counts: those that units report, and those about to be
// imported.
package counts

import (
	"giaoban/data"
	"giaoban/data/exchange"
)

// more are the columns of tables of counts that form II.06a does not
// have, with their names.
var more = []struct {
	column data.Column
	label  string
}{
	{exchange.ColOnlineFull, "Trực tuyến toàn trình"}, {exchange.ColOnlinePart, "Trực tuyến một phần"}, {exchange.ColOutOfArea, "Phi địa giới"},
	{exchange.ColRefused, "Từ chối"}, {exchange.ColNotAccepted, "Không tiếp nhận"}, {exchange.ColAwaitReception, "Chờ tiếp nhận"},
	{exchange.ColAwaitInTime, "Chờ tiếp nhận, đúng hạn"}, {exchange.ColAwaitLate, "Chờ tiếp nhận, quá hạn"}, {exchange.ColAwaitPayment, "Chờ nghĩa vụ tài chính"},
	{exchange.ColHalted, "Dừng xử lý"}, {exchange.ColDelivered, "Đã trả kết quả"}, {exchange.ColUndelivered, "Có kết quả, chưa trả"},
	{exchange.ColLateApologised, "Quá hạn (đã xong), có thư xin lỗi"}, {exchange.ColLateSilent, "Quá hạn (đã xong), chưa xin lỗi"},
	{exchange.ColOverdueApologist, "Quá hạn (chưa xong), có thư xin lỗi"}, {exchange.ColOverdueSilent, "Quá hạn (chưa xong), chưa xin lỗi"},
	{exchange.ColReceipts, "Biên lai"}, {exchange.ColResultsDiffer, "Kết quả điện tử khác bản giấy"},
}

// Label returns the name of a column of counts.
func Label(c data.Column) string {
	for _, f := range more {
		if f.column == c {
			return f.label
		}
	}
	return c.Label()
}

// Columns returns which columns a table of counts fills, in the order of form
// II.06a, the others behind.
func Columns(rows []exchange.ReportRow, total exchange.ReportRow) []data.Column {
	has := map[data.Column]bool{}
	for c := range total.Figures {
		has[c] = true
	}
	for i := range rows {
		for c := range rows[i].Figures {
			has[c] = true
		}
	}
	var out []data.Column
	for _, c := range data.Columns {
		if has[c] {
			out = append(out, c)
		}
	}
	for _, f := range more {
		if has[f.column] {
			out = append(out, f.column)
		}
	}
	return out
}

// Row is one line of a table of counts as screens show it.
type Row struct {
	Mark, Name string
	Cells      []string // one a column; "" for what the file does not say
	Total      bool
}

// Table lays a table of counts out in lines; the total of the file stands
// last.
func Table(rows []exchange.ReportRow, total exchange.ReportRow, hasTotal bool) (columns []data.Column, out []Row) {
	columns = Columns(rows, total)
	line := func(r *exchange.ReportRow) Row {
		one := Row{Mark: r.Mark, Name: r.Name, Cells: make([]string, len(columns))}
		for i, c := range columns {
			if n, ok := r.Figures[c]; ok {
				one.Cells[i] = data.FormatInt(n)
			}
		}
		return one
	}
	group := ""
	for i := range rows {
		if g := rows[i].Group; g != "" && g != group {
			group = g
			out = append(out, Row{Name: g, Cells: make([]string, len(columns)), Total: true})
		}
		out = append(out, line(&rows[i]))
	}
	if hasTotal {
		last := line(&total)
		last.Mark, last.Name, last.Total = "", "Tổng cộng", true
		out = append(out, last)
	}
	return columns, out
}
