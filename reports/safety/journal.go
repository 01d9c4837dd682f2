package safety

import (
	"context"
	"fmt"

	"giaoban/data"
	"giaoban/reports/paper"
)

// Extract is a part of the journal as it is printed: what was done between two days, and
// what walking the whole chain back found.
type Extract struct {
	Office   data.Office
	File     string   // name of the data file, without its folder
	From, To data.Day // both included; NoDay for the first and the last entry
	Made     data.Moment
	Lines    []ExtractLine // oldest first
	Count    int           // entries of the whole journal
	Head     string        // hash of its newest entry
	Faults   []string      // what breaks the chain; none where it holds
}

// ExtractLine is one entry of the journal.
type ExtractLine struct {
	Number uint64
	At     data.Moment
	By     string // who did it; "" where nobody was named
	Title  string
	Why    string
	Hash   string // "" for an entry that was not chained
}

// shownHash is how many characters of a hash stand in a line: enough to compare two
// papers, as the next hash holds each.
const shownHash = 12

// BuildJournal lays out an extract of the journal on sheets of A4.
func BuildJournal(ctx context.Context, x *Extract, o paper.Options) (*paper.Document, error) {
	d := paper.New(ctx, o)
	d.Section(paper.Section{Restart: true, Size: 13, Landscape: true})
	d.Letterhead(paper.Letterhead{Parent: x.Office.Parent, Name: x.Office.Name, Place: x.Office.Place, Date: x.Made.Day, NoNumber: true})
	d.Title("Trích nhật ký", fmt.Sprintf("Sổ «%s», %s", x.File, x.span()))
	d.Paragraph(paper.Run{Text: fmt.Sprintf("Trích lúc %s: %s thao tác trong khoảng này, trên tổng số %s của nhật ký.", x.Made, data.FormatInt(int64(len(x.Lines))), data.FormatInt(int64(x.Count)))})
	verdict := "Nhật ký nối liền từ thao tác đầu và khớp với mọi giá trị trong sổ."
	if len(x.Faults) > 0 {
		verdict = fmt.Sprintf("NHẬT KÝ KHÔNG CÒN NGUYÊN: %s chỗ không khớp.", data.FormatInt(int64(len(x.Faults))))
	}
	d.Paragraph(paper.Run{Text: "Kết quả dò: "}, paper.Run{Text: verdict, Bold: true})
	for i, fault := range x.Faults {
		if i == 12 {
			d.Bullet(paper.Run{Text: fmt.Sprintf("… và %d chỗ nữa.", len(x.Faults)-i)})
			break
		}
		d.Bullet(paper.Run{Text: fault})
	}
	d.Paragraph(paper.Run{Text: "Dấu của thao tác mới nhất: "}, paper.Run{Text: x.Head, Bold: true})
	width := d.Width()
	d.Table(paper.Table{Size: 11, HeadSize: 11, Rows: len(x.Lines),
		Columns: []paper.Column{{Width: width * 0.07, Align: paper.Right}, {Width: width * 0.14}, {Width: width * 0.16}, {Width: width * 0.31}, {Width: width * 0.18}, {Width: width * 0.14}},
		Header:  [][]paper.Head{{{Text: "Số"}, {Text: "Thời điểm"}, {Text: "Người làm"}, {Text: "Việc"}, {Text: "Lý do"}, {Text: "Dấu"}}},
		At: func(i int) paper.Row {
			l := x.Lines[i]
			return paper.Row{Cells: []string{data.FormatInt(int64(l.Number)), l.At.String(), l.By, l.Title, l.Why, l.Hash[:min(shownHash, len(l.Hash))]}}
		},
		Notes: []string{fmt.Sprintf("Dấu: %d ký tự đầu của mã băm mỗi thao tác; mã của thao tác sau tính trên mã của thao tác trước.", shownHash)}})
	d.Signers(12, paper.Signer{Title: "NGƯỜI TRÍCH", Note: "(Ký, ghi rõ họ tên)", Name: x.Office.Officer}, paper.Signer{Title: "XÁC NHẬN CỦA CƠ QUAN", Note: "(Ký, ghi rõ họ tên)"})
	return d, d.Err()
}

// span says which days an extract covers.
func (x *Extract) span() string {
	switch {
	case !x.From.Known() && !x.To.Known():
		return "toàn bộ nhật ký"
	case !x.To.Known():
		return "từ ngày " + x.From.String()
	case !x.From.Known():
		return "đến hết ngày " + x.To.String()
	}
	return fmt.Sprintf("từ ngày %s đến ngày %s", x.From, x.To)
}
