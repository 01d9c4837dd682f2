package meeting

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/reports/paper"
)

// Inspection is what the minutes of a sudden inspection of duty are drawn from.
type Inspection struct {
	Office   data.Office
	Unit     string // that was inspected
	Type     string // such as kiểm tra công vụ
	Decision string
	Day      data.Day
	Leader   string
	Members  []string
	Officers []Officer
	Verdict  string // said on the spot
}

// Officer is a line of the minutes.
type Officer struct {
	Name, Present, Absent, Fault, Note string
}

// BuildInspection lays out form K4, BIÊN BẢN KIỂM TRA ĐỘT XUẤT CÔNG VỤ, with lines to
// write on where nobody was entered.
func BuildInspection(ctx context.Context, x *Inspection, o paper.Options) (*paper.Document, error) {
	const emptyLines = 6
	d := paper.New(ctx, o)
	w := drawing{d, &Conference{Office: x.Office, At: data.Moment{Day: x.Day}}}
	w.Section(paper.Section{Restart: true, Size: 13})
	w.head(Document{}, "BB")
	w.Title("Biên bản", "Kiểm tra đột xuất công vụ tại "+or(x.Unit))
	w.named("Thời gian", moment(data.Moment{Day: x.Day}, w.year())+".")
	w.named("Địa điểm", end(or(x.Unit)))
	if x.Decision != "" {
		w.named("Căn cứ", end(x.Decision))
	}
	w.named("Đoàn kiểm tra", end(or(strings.Join(append([]string{or(x.Leader) + " (trưởng đoàn)"}, x.Members...), "; "))))
	w.named("Đại diện đơn vị được kiểm tra", dots+".")
	w.named("Nội dung kiểm tra", "")
	width := w.Width()
	rows := cmp.Or(len(x.Officers), emptyLines)
	w.Table(paper.Table{Size: 12, HeadSize: 12, Rows: rows,
		Columns: []paper.Column{{Width: width * 0.08, Align: paper.Center}, {Width: width * 0.32}, {Width: width * 0.1, Align: paper.Center}, {Width: width * 0.18}, {Width: width * 0.18}, {Width: width * 0.14}},
		Header:  [][]paper.Head{{{Text: "STT"}, {Text: "Cán bộ, công chức (chức vụ)"}, {Text: "Có mặt"}, {Text: "Vắng (lý do)"}, {Text: "Vi phạm"}, {Text: "Ghi chú"}}},
		At: func(i int) paper.Row {
			if i >= len(x.Officers) {
				return paper.Row{Cells: []string{fmt.Sprint(i + 1), "", "", "", "", ""}}
			}
			p := x.Officers[i]
			return paper.Row{Cells: []string{fmt.Sprint(i + 1), p.Name, p.Present, p.Absent, p.Fault, p.Note}}
		}})
	w.named("Kết luận tại chỗ", end(or(x.Verdict)))
	w.Closing(paper.Run{Text: "Biên bản lập thành 02 bản, mỗi bên giữ 01 bản, đã đọc lại cho các bên cùng nghe và thống nhất ký tên./."})
	w.Signers(13, paper.Signer{Title: "ĐẠI DIỆN ĐƠN VỊ ĐƯỢC KIỂM TRA", Note: "(Ký, ghi rõ họ tên)"}, paper.Signer{Title: "TRƯỞNG ĐOÀN KIỂM TRA", Note: "(Ký, ghi rõ họ tên)", Name: bare(x.Leader)})
	return d, d.Err()
}
