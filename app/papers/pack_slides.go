package papers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/data/ranking"
	"giaoban/data/text"
	"giaoban/reports/chart"
	"giaoban/reports/paper"
)

// Slide is a part of the meeting pack as it is shown on a wall: a title that says the
// finding, and figures, lines or a chart.
type Slide struct {
	Title   string
	Figures []SlideFigure
	Lines   []string // at most slideLines
	Chart   *chart.Chart
	Page    int // of the pack
}

// SlideFigure is a figure that is written large.
type SlideFigure struct{ Value, Name, Note string }

// slideLines is how many lines a slide has at most.
const slideLines = 7

// slideLetters is how many letters a line of a slide has at most: two lines of the wall.
const slideLetters = 150

// Presentation is a meeting pack with its slides, from the same figures.
type Presentation struct {
	Slides []Slide
	PDF    []byte
}

// Present draws the meeting pack and the slides of its parts.
func Present(ctx context.Context, d *desk.Desk, r Request) (Presentation, error) {
	r.Name = Pack
	doc, c, err := draw(ctx, d, r, false)
	if err != nil {
		return Presentation{}, err
	}
	out := Presentation{}
	if out.PDF, err = doc.Bytes(); err != nil {
		return out, err
	}
	out.Slides = c.pack.slides(doc.Marks())
	return out, nil
}

// slides are those of the chosen parts in their order, each with the page where its part
// begins.
func (p *packed) slides(marks []paper.Mark) (out []Slide) {
	makers := map[string]func() []Slide{"bia": p.slideCover, "dieu-hanh": p.slideExecutive, "bieu-do": p.slideCharts, "xep-hang": p.slideRanks,
		"chi-so-766": p.slideIndex, "ket-luan": p.slideConclusions, "du-thao": p.slideProposals}
	var pages []int
	for _, m := range marks {
		if m.Level == 0 {
			pages = append(pages, m.Page)
		}
	}
	for i, part := range p.parts() {
		if make := makers[part.ID]; make != nil {
			for _, s := range make() {
				s.Page = pages[i]
				out = append(out, s)
			}
		}
	}
	return out
}

func (p *packed) slideCover() []Slide {
	s := Slide{Title: "Giao ban cải cách hành chính, " + text.Within(p.request.Period.Label)}
	s.Lines = []string{joinLines(p.office.Name)}
	if c := p.conference; c != nil {
		s.Title = c.Text("name")
		if at := c.Moment("at"); at.Day.Known() {
			s.Lines = append(s.Lines, at.String())
		}
	}
	s.Lines = append(s.Lines, p.figuresOf(), "Số liệu tính đến "+p.request.asOf().String())
	return []Slide{s}
}

// figuresOf names the period of the figures with its days; one that is named by its days
// tells them once.
func (p *packed) figuresOf() string {
	if r := p.request.Period; strings.Contains(r.Label, r.From.String()) {
		return r.Label
	}
	return p.request.Period.Label + " (" + text.Within(p.request.Period.Span()) + ")"
}

// slideExecutive shows what asks for a decision, then each of it, then how things stand.
func (p *packed) slideExecutive() (out []Slide) {
	first := Slide{Title: "Cần quyết định"}
	var cases []Slide
	for _, n := range p.needs {
		if n.Count == 0 {
			continue
		}
		head := n.Title + ": " + data.FormatInt(n.Count) + " " + n.Unit
		line := head
		if age := n.Lines[0].Age; age > 0 {
			line += fmt.Sprintf(", %s lâu nhất %d ngày", n.Aged, age)
		}
		first.Lines = append(first.Lines, line)
		s := Slide{Title: head}
		for i, l := range n.Lines {
			if i == slideLines-1 && len(n.Lines) > slideLines {
				s.Lines = append(s.Lines, fmt.Sprintf("… và %d dòng nữa trong tài liệu", len(n.Lines)-i))
				break
			}
			text := oneLine(l.Text, slideLetters)
			if l.Unit != "" {
				text = l.Unit + ": " + text
			}
			if l.Age > 0 {
				text += fmt.Sprintf(", %s %d ngày", n.Aged, l.Age)
			}
			s.Lines = append(s.Lines, text)
		}
		cases = append(cases, s)
	}
	if len(first.Lines) == 0 {
		first.Title = "Không có việc nào quá hạn cần quyết định"
	}
	out = append(append(out, first), cases...)
	known := slices.DeleteFunc(slices.Clone(p.state), func(x Standing) bool { return x.Now == data.Ratio{}.Shown() })
	for i := 0; i < len(known); i += 4 {
		s := Slide{Title: "Tình hình chung " + text.Within(p.request.Period.Label)}
		if i == 0 {
			t := p.in.ByField.Total
			s.Title = "Tiếp nhận " + data.FormatInt(t.Received()) + " hồ sơ, đã giải quyết " + data.FormatInt(t.Resolved())
		}
		for _, x := range known[i:min(i+4, len(known))] {
			f := SlideFigure{Value: x.Now, Name: x.Name}
			if x.Change != "" {
				f.Note = x.Change + " so với cùng kỳ"
			} else if x.Basis != "" {
				f.Note = x.Basis
			}
			s.Figures = append(s.Figures, f)
		}
		out = append(out, s)
	}
	return out
}

// slideCharts shows each chart of the paper, its title being that of the slide.
func (p *packed) slideCharts() (out []Slide) {
	for _, c := range p.in.Charts() {
		s := Slide{Title: c.Title}
		c.Title = ""
		s.Chart = &c
		out = append(out, s)
	}
	return out
}

// slideRanks shows the first of each class, or all where they are few.
func (p *packed) slideRanks() (out []Slide) {
	for _, r := range p.ranks {
		for i := 0; i < len(r.places); {
			class := r.places[i].Unit.Class
			s := Slide{Title: r.places[i].Unit.Name + " đứng đầu, " + ranking.Points(r.places[i].Points) + " điểm (" + text.Within(r.model.Name) + ")"}
			if class.Name != "" {
				s.Title = class.Name + ": " + s.Title
			}
			for ; i < len(r.places) && r.places[i].Unit.Class.ID == class.ID; i++ {
				if x := r.places[i]; len(s.Lines) < slideLines {
					s.Lines = append(s.Lines, fmt.Sprintf("%d. %s: %s điểm", x.Rank, x.Unit.Name, ranking.Points(x.Points)))
				}
			}
			out = append(out, s)
		}
	}
	return out
}

func (p *packed) slideIndex() []Slide {
	s := Slide{Title: fmt.Sprintf("Chỉ số 766 ước tính %s trên %d điểm có số liệu", ranking.Points(p.index.Total), p.index.Known)}
	for _, g := range p.index.Index.Groups {
		text := "chưa có số"
		if x := p.index.ByGroup[g.ID]; x != nil {
			text = ranking.Points(x) + "/" + fmt.Sprint(g.Max) + " điểm"
		}
		if len(s.Lines) < slideLines {
			s.Lines = append(s.Lines, g.Name+": "+text)
		}
	}
	if last := logbook.LastReading(p.world, 0, data.Period{}); last != nil && len(s.Lines) < slideLines {
		s.Lines = append(s.Lines, "Đọc trên Cổng ngày "+last.Day("read_on").String()+": "+last.Text("total")+" điểm")
	}
	return []Slide{s}
}

// slideConclusions tells what became of the conclusions of the conference before.
func (p *packed) slideConclusions() []Slide {
	if p.last == nil {
		return nil
	}
	k := logbook.Find("conclusion")
	list := p.world.Linked("conclusion", "conference", p.last.ID)
	done := 0
	s := Slide{}
	for _, c := range list {
		r := k.Row(p.world, c)
		if k.State(r.State).Done {
			done++
			continue
		}
		if len(s.Lines) < slideLines {
			s.Lines = append(s.Lines, c.Text("order")+". "+oneLine(c.Text("text"), slideLetters)+": "+text.Within(k.StateText(&r)))
		}
	}
	s.Title = fmt.Sprintf("Kết luận kỳ trước: %d/%d đã thực hiện xong", done, len(list))
	if done == len(list) { // nothing is left open: what was done stands there
		for _, c := range list[:min(len(list), slideLines)] {
			s.Lines = append(s.Lines, c.Text("order")+". "+oneLine(c.Text("text"), slideLetters))
		}
	}
	return []Slide{s}
}

func (p *packed) slideProposals() []Slide {
	list := p.proposed()
	if len(list) == 0 {
		return nil
	}
	s := Slide{Title: "Dự thảo kết luận"}
	for i, l := range list[:min(len(list), slideLines)] {
		s.Lines = append(s.Lines, fmt.Sprintf("%d. %s: %s", i+1, cmp.Or(l.Unit, "Cơ quan"), oneLine(l.Ask, slideLetters)))
	}
	return []Slide{s}
}
