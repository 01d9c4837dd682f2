package meeting

import (
	"cmp"
	"fmt"
	"strings"

	"giaoban/data/text"
	"giaoban/reports/form"
	"giaoban/reports/paper"
)

// Minutes draws the BIÊN BẢN of a conference with its numbered conclusions.
func Minutes(d *paper.Document, c *Conference) {
	w := drawing{d, c}
	w.Section(paper.Section{Restart: true, Size: 13})
	w.head(c.Minutes, "BB")
	w.Title("Biên bản", text.Sentence(w.title()))
	if c.Supplements != "" {
		w.Paragraph(paper.Run{Text: "Biên bản này bổ sung cho " + end(c.Supplements)})
	}
	w.named("Thời gian bắt đầu", moment(c.At, w.year())+".")
	w.named("Địa điểm", end(w.place()))
	w.named("Thành phần tham dự", "")
	came := 0
	for _, p := range c.People {
		if p.Present == "Có" || p.StandIn != "" && p.Present != "Không" {
			came++
			s := nameAndRole(p)
			if p.StandIn != "" {
				s = p.StandIn + " (dự thay " + s + ")"
			}
			w.Bullet(paper.Run{Text: strings.TrimRight(s, ";.") + ";"})
		}
	}
	switch {
	case c.Quorum != "":
		w.Paragraph(paper.Run{Text: c.Quorum})
	case came == 0:
		w.Paragraph(paper.Run{Text: dots + "."})
	}
	w.named("Chủ trì", end(w.chair()))
	w.named("Thư ký", end(or(c.Secretary)))
	w.Heading(1, "I. Nội dung")
	for i, l := range c.Agenda {
		s := fmt.Sprintf("%d. %s", i+1, strings.TrimRight(l.Text, ";."))
		if l.Presenter != "" {
			s += " (" + l.Presenter + ")"
		}
		w.Paragraph(paper.Run{Text: s + "."})
	}
	w.Heading(1, "II. Diễn biến, ý kiến")
	w.paragraphs(c.Proceedings)
	w.Heading(1, "III. Kết luận")
	if len(c.Conclusions) == 0 {
		w.Paragraph(paper.Run{Text: dots + "."})
	}
	for _, k := range c.Conclusions {
		w.Paragraph(paper.Run{Text: fmt.Sprintf("Kết luận số %d. ", k.Number), Bold: true}, paper.Run{Text: end(k.Text)}, paper.Run{Text: given(k), Italic: true})
	}
	w.Closing(paper.Run{Text: "Cuộc họp kết thúc vào " + moment(c.Ended, w.year()) + ". Biên bản đã được đọc lại cho những người dự họp cùng nghe, thống nhất nội dung./."})
	w.Signers(13, paper.Signer{Title: "THƯ KÝ", Note: "(Ký, ghi rõ họ tên)", Name: bare(c.Secretary)}, paper.Signer{Title: "CHỦ TRÌ", Note: "(Ký, ghi rõ họ tên)", Name: bare(c.Chair)})
}

// bare is a name without the office behind it and the address before it.
func bare(name string) string {
	name, _, _ = strings.Cut(name, ",")
	for _, address := range []string{"Ông ", "Bà ", "Đồng chí "} {
		name = strings.TrimPrefix(name, address)
	}
	return name
}

// given tells whom a conclusion is given to and until when.
func given(k Conclusion) string {
	var parts []string
	if k.Unit != "" {
		parts = append(parts, "giao "+k.Unit)
	}
	if k.DeadlineText != "" {
		parts = append(parts, "thời hạn: "+k.DeadlineText)
	}
	if k.NoTask {
		parts = append(parts, "không phát sinh nhiệm vụ")
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + text.Sentence(strings.Join(parts, "; ")) + ".)"
}

// Notice draws the THÔNG BÁO KẾT LUẬN of a conference with its annex of tasks.
func Notice(d *paper.Document, c *Conference) {
	w := drawing{d, c}
	w.Section(paper.Section{Restart: true, Size: 13})
	w.head(c.Notice, "TB")
	office := w.officeOfChair()
	w.Title("Thông báo", "Kết luận của "+office+" tại "+w.title())
	w.Paragraph(paper.Run{Text: text.Sentence(paper.DateLine("", c.At.Day, w.year())) + ", " + inside(w.chair()) + " đã chủ trì " + w.title() + ". " + w.heard(office) + ", " + office +
		" có ý kiến kết luận, chỉ đạo như sau:"})
	w.Heading(2, "1. Đánh giá")
	w.paragraphs(c.Assessment)
	w.Heading(2, "2. Nhiệm vụ")
	if len(c.Conclusions) == 0 {
		w.Paragraph(paper.Run{Text: dots + "."})
	}
	for i, k := range c.Conclusions {
		w.Paragraph(paper.Run{Text: point(i) + " " + order(k)})
	}
	w.Heading(2, "3. Tổ chức thực hiện")
	arrangement := c.Arrangement
	arrangement = cmp.Or(arrangement, "Các cơ quan, đơn vị được giao nhiệm vụ khẩn trương triển khai thực hiện, báo cáo kết quả về "+or(form.InText(c.Office.Name))+" đúng thời hạn; khó khăn, vướng mắc thì báo cáo kịp thời để được xem xét, giải quyết.")
	w.paragraphs(arrangement)
	w.Closing(paper.Run{Text: "Trân trọng thông báo để các cơ quan, đơn vị biết, triển khai thực hiện./."})
	w.sign("Lãnh đạo cơ quan", "Như thành phần tham dự")
	w.tasks()
}

// heard tells what was reported before the conclusions were drawn.
func (w drawing) heard(chair string) string {
	var who []string
	seen := map[string]bool{text.NameKey(w.c.Chair): true, text.NameKey(chair): true, text.NameKey("Người chủ trì"): true, "": true}
	for _, l := range w.c.Agenda {
		if key := text.NameKey(l.Presenter); !seen[key] {
			seen[key] = true
			who = append(who, inside(l.Presenter))
		}
	}
	if len(who) == 0 {
		return "Sau khi nghe các báo cáo và ý kiến tham gia của các đại biểu dự họp"
	}
	return "Sau khi nghe báo cáo của " + strings.Join(who, ", ") + "; ý kiến tham gia của các đại biểu dự họp"
}

// order writes a conclusion as an order: who leads, until when. What the conclusion says
// itself is not said again.
func order(k Conclusion) string {
	s := strings.TrimRight(strings.TrimSpace(k.Text), ".;")
	said := text.Fold(s)
	if k.Unit != "" && !strings.Contains(said, text.Fold(k.Unit)) {
		s = "Giao " + k.Unit + " chủ trì: " + text.Within(s)
	}
	if k.DeadlineText != "" && !strings.Contains(said, text.Fold(k.DeadlineText)) {
		s += "; thời hạn: " + k.DeadlineText
	}
	return end(s)
}

// tasks draws the annex that shares the work out.
func (w drawing) tasks() {
	w.Section(paper.Section{Restart: true, Landscape: true, Size: 12})
	w.Annex("Phụ lục", "Phân công nhiệm vụ theo kết luận", w.belongs("Thông báo", w.c.Notice))
	w.Space(3)
	width := w.Width()
	rows := max(len(w.c.Tasks), 1)
	w.Table(paper.Table{Size: 11, HeadSize: 11, Rows: rows,
		Columns: []paper.Column{{Width: width * 0.05, Align: paper.Center}, {Width: width * 0.07, Align: paper.Center}, {Width: width * 0.34}, {Width: width * 0.16}, {Width: width * 0.14}, {Width: width * 0.12}, {Width: width * 0.12}},
		Header:  [][]paper.Head{{{Text: "STT"}, {Text: "Kết luận số"}, {Text: "Nhiệm vụ"}, {Text: "Chủ trì"}, {Text: "Phối hợp"}, {Text: "Sản phẩm"}, {Text: "Thời hạn"}}},
		At: func(i int) paper.Row {
			if i >= len(w.c.Tasks) {
				return paper.Row{Cells: []string{"", "", "Không phát sinh nhiệm vụ", "", "", "", ""}, Italic: true}
			}
			t := w.c.Tasks[i]
			return paper.Row{Cells: []string{fmt.Sprint(i + 1), fmt.Sprint(t.Conclusion), t.Text, t.Lead, t.Partners, t.Product, t.Due}}
		}})
}
