package exchange

import (
	"fmt"
	"io"
	"strings"

	"giaoban/data"
)

// reportForms are the layouts of counts that WriteReport writes: C is form
// II.06a of Circular 01/2020/TT-VPCP, D form 07a before it.
var reportForms = map[string]struct {
	form, title string
	name        TableColumn
	columns     []TableColumn
	figures     []data.Column
}{
	"C": {"Biểu số II.06a/VPCP/KSTT", "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT TTHC TẠI CƠ QUAN, ĐƠN VỊ TRỰC TIẾP GIẢI QUYẾT TTHC",
		TableColumn{Heading: "Lĩnh vực, công việc giải quyết theo cấp", Width: 48},
		[]TableColumn{{Group: "Số lượng hồ sơ tiếp nhận", Heading: "Tổng số"}, {Group: "Số lượng hồ sơ tiếp nhận › Trong kỳ", Heading: "Trực tuyến"},
			{Group: "Số lượng hồ sơ tiếp nhận › Trong kỳ", Heading: "Trực tiếp, dịch vụ bưu chính"}, {Group: "Số lượng hồ sơ tiếp nhận", Heading: "Từ kỳ trước"},
			{Group: "Số lượng hồ sơ đã giải quyết", Heading: "Tổng số"}, {Group: "Số lượng hồ sơ đã giải quyết", Heading: "Trước hạn"}, {Group: "Số lượng hồ sơ đã giải quyết", Heading: "Đúng hạn"}, {Group: "Số lượng hồ sơ đã giải quyết", Heading: "Quá hạn"},
			{Group: "Số lượng hồ sơ đang giải quyết", Heading: "Tổng số"}, {Group: "Số lượng hồ sơ đang giải quyết", Heading: "Trong hạn"}, {Group: "Số lượng hồ sơ đang giải quyết", Heading: "Quá hạn"}},
		[]data.Column{data.ColReceived, data.ColNewOnline, data.ColDirectPostal, data.ColCarried, data.ColResolved, data.ColEarly, data.ColOnTime, data.ColLate, data.ColPending, data.ColPendingInTime, data.ColPendingOverdue}},
	"D": {"Biểu số 07a", "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
		TableColumn{Heading: "Lĩnh vực, công việc giải quyết theo cấp", Width: 48},
		[]TableColumn{{Group: "Số hồ sơ nhận giải quyết", Heading: "Số kỳ trước chuyển qua"}, {Group: "Số hồ sơ nhận giải quyết", Heading: "Số mới tiếp nhận"},
			{Group: "Kết quả giải quyết › Số hồ sơ đã giải quyết", Heading: "Trả đúng thời hạn"}, {Group: "Kết quả giải quyết › Số hồ sơ đã giải quyết", Heading: "Trả quá hạn"},
			{Group: "Kết quả giải quyết › Số hồ sơ đang giải quyết", Heading: "Chưa đến hạn"}, {Group: "Kết quả giải quyết › Số hồ sơ đang giải quyết", Heading: "Quá hạn"}},
		[]data.Column{data.ColCarried, data.ColNew, data.ColOnTime, data.ColLate, data.ColPendingInTime, data.ColPendingOverdue}},
}

// ReportFigures returns counts as the figures of a ReportRow.
func ReportFigures(c data.Counts) map[data.Column]int64 {
	f := make(map[data.Column]int64, len(data.Columns))
	for _, col := range data.Columns {
		f[col] = col.Of(c)
	}
	return f
}

// WriteReport writes a table of counts as a workbook in the layout of family C
// (form II.06a) or D (form 07a); for D the figures of «trước hạn» must already
// be within those of «đúng hạn». Its titles name the period and the unit, so
// that Source.Report reads the same figures back. Another family is an error of
// code Invalid.
func WriteReport(w io.Writer, family string, r *Report) error {
	f, ok := reportForms[family]
	if !ok {
		return data.Fail(data.Invalid, fmt.Sprintf("Không có mẫu số liệu «%s». Chọn lại mẫu.", family), nil)
	}
	table := Table{Sheet: strings.NewReplacer("Biểu số ", "", "/VPCP/KSTT", "").Replace(f.form), Titles: []string{f.form, f.title}}
	if r.Period.From.Known() {
		table.Titles = append(table.Titles, fmt.Sprintf("Kỳ báo cáo: %s (%s)", r.Period.Label, r.Period.Span()))
	}
	if r.Unit != "" {
		table.Titles = append(table.Titles, "Đơn vị báo cáo: "+r.Unit)
	}
	table.Titles = append(table.Titles, "Đơn vị tính: Số hồ sơ TTHC.")
	table.Columns = append([]TableColumn{{Heading: "TT", Width: 6}, f.name}, f.columns...)
	row := func(one *ReportRow) []any {
		cells := []any{nil, one.Name}
		if one.Mark != "" {
			cells[0] = one.Mark
		}
		for _, col := range f.figures {
			if n, ok := one.Figures[col]; ok {
				cells = append(cells, n)
			} else {
				cells = append(cells, nil)
			}
		}
		return cells
	}
	return WriteTable(w, table, func(yield func([]any) bool) {
		numbers := make([]any, len(table.Columns))
		for i := range numbers {
			numbers[i] = fmt.Sprintf("(%d)", i+1)
		}
		if !yield(numbers) {
			return
		}
		group := ""
		for i := range r.Rows {
			if g := r.Rows[i].Group; g != group && g != "" {
				group = g
				if !yield([]any{nil, g}) {
					return
				}
			}
			if !yield(row(&r.Rows[i])) {
				return
			}
		}
		if r.HasTotal {
			total := r.Total
			total.Name, total.Mark = "Tổng cộng", ""
			yield(row(&total))
		}
	})
}
