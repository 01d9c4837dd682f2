package meeting

import (
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/data/text"
	"giaoban/reports/form"
	"giaoban/reports/paper"
)

// mostNamed is how many people an invitation names; more stand in the list that goes with it.
const mostNamed = 12

// Invitation draws the GIẤY MỜI of a conference.
func Invitation(d *paper.Document, c *Conference) {
	w := drawing{d, c}
	w.Section(paper.Section{Restart: true, Size: 13})
	w.head(c.Invitation, "GM")
	w.Title("Giấy mời", "Tham dự "+w.title())
	w.Paragraph(paper.Run{Text: or(form.InText(c.Office.Name)) + " trân trọng kính mời các đại biểu có tên dưới đây tham dự " + w.title() + ", cụ thể như sau:"})
	w.named("1. Thời gian", moment(c.At, w.year())+".")
	w.named("2. Địa điểm", end(w.place()))
	w.named("3. Chủ trì", end(w.chair()))
	invited := w.invited()
	if n := len(invited); n == 0 || n > mostNamed {
		w.named("4. Thành phần", "các đại biểu có tên trong danh sách kèm theo.")
	} else {
		w.named("4. Thành phần", "")
		for i, p := range invited {
			stop := ";"
			if i == n-1 {
				stop = "."
			}
			w.Bullet(paper.Run{Text: nameAndRole(p) + stop})
		}
	}
	if len(c.Agenda) == 0 {
		w.named("5. Nội dung", dots+".")
	} else {
		w.named("5. Nội dung", "")
		for i, l := range c.Agenda {
			stop := ";"
			if i == len(c.Agenda)-1 {
				stop = "."
			}
			w.Bullet(paper.Run{Text: strings.TrimRight(l.Text, ";.") + stop})
		}
	}
	w.Closing(paper.Run{Text: "Tài liệu gửi kèm giấy mời này. Kính mời các đại biểu dự họp đúng thành phần, thời gian./."})
	w.sign("Như thành phần mời", "Lãnh đạo cơ quan")
}

// invited are those whom the invitation goes to.
func (w drawing) invited() (out []Person) {
	for _, p := range w.c.People {
		if p.Invited != "Không" {
			out = append(out, p)
		}
	}
	return out
}

func nameAndRole(p Person) string {
	if p.Role == "" {
		return p.Name
	}
	return p.Name + ", " + p.Role
}

// Agenda draws the CHƯƠNG TRÌNH of a conference with the clock times of its lines.
func Agenda(d *paper.Document, c *Conference) {
	w := drawing{d, c}
	w.Section(paper.Section{Restart: true, Size: 13})
	w.Letterhead(paper.Letterhead{Parent: c.Office.Parent, Name: c.Office.Name, NoNumber: true})
	w.Title("Chương trình", text.Sentence(w.title()))
	w.Centered(13, paper.Run{Text: text.Sentence(moment(c.At, w.year())), Italic: true})
	w.Centered(13, paper.Run{Text: w.belongs("Giấy mời", c.Invitation), Italic: true})
	w.Space(2)
	width := w.Width()
	rows := len(c.Agenda)
	blank := rows == 0
	if blank {
		rows = 8
	}
	w.Table(paper.Table{Size: 12, HeadSize: 12, Rows: rows + 1, Columns: []paper.Column{{Width: width * 0.19, Align: paper.Center}, {Width: width * 0.38}, {Width: width * 0.19}, {Width: width * 0.12}, {Width: width * 0.12}},
		Header: [][]paper.Head{{{Text: "Thời gian"}, {Text: "Nội dung"}, {Text: "Người trình bày, thực hiện"}, {Text: "Tài liệu"}, {Text: "Ghi chú"}}},
		At: func(i int) paper.Row {
			switch {
			case i == rows:
				return paper.Row{Cells: []string{w.length(), "", "", "", ""}, Span: 5, Bold: true}
			case blank:
				return paper.Row{Cells: []string{" ", "", "", "", ""}}
			}
			l := c.Agenda[i]
			at := fmt.Sprintf("%d phút", l.Minutes)
			if l.From.Known() {
				at = l.Span()
			}
			return paper.Row{Cells: []string{at, l.Text, l.Presenter, l.Document, l.Note}}
		}})
}

// length tells how long the agenda takes, and until when.
func (w drawing) length() string {
	if w.c.Length == 0 {
		return "Tổng thời gian: …… phút"
	}
	s := fmt.Sprintf("Tổng thời gian: %s phút", data.FormatInt(int64(w.c.Length)))
	if n := len(w.c.Agenda); n > 0 && w.c.Agenda[0].From.Known() {
		s += ", từ " + w.c.Agenda[0].From.String() + " đến " + w.c.Agenda[n-1].To.String()
	}
	return s
}

// People draws the DANH SÁCH of those invited and present, to be signed at the door.
func People(d *paper.Document, c *Conference) {
	w := drawing{d, c}
	w.Section(paper.Section{Restart: true, Size: 13})
	w.Letterhead(paper.Letterhead{Parent: c.Office.Parent, Name: c.Office.Name, NoNumber: true})
	w.Title("Danh sách đại biểu", "Dự "+w.title())
	w.Centered(13, paper.Run{Text: text.Sentence(moment(c.At, w.year())) + "; " + w.place(), Italic: true})
	w.Space(2)
	width := w.Width()
	rows := max(len(c.People), 1)
	w.Table(paper.Table{Size: 12, HeadSize: 12, Rows: rows, Tail: form.SignersHeight,
		Columns: []paper.Column{{Width: width * 0.07, Align: paper.Center}, {Width: width * 0.22}, {Width: width * 0.23}, {Width: width * 0.1, Align: paper.Center}, {Width: width * 0.1, Align: paper.Center}, {Width: width * 0.16}, {Width: width * 0.12}},
		Header:  [][]paper.Head{{{Text: "STT"}, {Text: "Họ tên"}, {Text: "Chức vụ, đơn vị"}, {Text: "Được mời"}, {Text: "Có mặt"}, {Text: "Người đi thay"}, {Text: "Ký"}}},
		At: func(i int) paper.Row {
			if i >= len(c.People) {
				return paper.Row{Cells: []string{"", "Chưa ghi thành phần", "", "", "", "", ""}, Italic: true}
			}
			p := c.People[i]
			return paper.Row{Cells: []string{fmt.Sprint(i + 1), p.Name, p.Role, p.Invited, p.Present, p.StandIn, ""}}
		}})
	if c.Quorum != "" {
		w.Note(12, paper.Run{Text: c.Quorum, Italic: true})
	}
	w.Signers(13, paper.Signer{}, paper.Signer{Title: "THƯ KÝ", Note: "(Ký, ghi rõ họ tên)", Name: bare(c.Secretary)})
}
