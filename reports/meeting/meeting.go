// Package meeting draws the papers of a conference: invitation, agenda, list of those who
// take part, minutes, notice of conclusions with its annex; and the minutes of a sudden
// inspection. All follow Decree 30/2020/NĐ-CP. What is not known is left as dots to be
// written by hand.
package meeting

import (
	"context"
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/data/logbook"
	"giaoban/data/text"
	"giaoban/reports/form"
	"giaoban/reports/paper"
)

// Conference is what the papers of one conference are drawn from. Empty texts are
// unknown.
type Conference struct {
	Office                       data.Office
	Name                         string
	At, Ended                    data.Moment
	Place, Way                   string // Way is such as Trực tuyến
	Chair, ChairTitle, Secretary string
	From, To                     data.Day // of the figures
	Invitation, Minutes, Notice  Document
	Agenda                       []logbook.AgendaLine
	Length                       int // of the agenda, minutes
	People                       []Person
	Quorum                       string // sentence of who came; "" before the conference
	Proceedings                  string
	Assessment, Arrangement      string
	// Supplements names the minutes that these add to.
	Supplements string
	Conclusions []Conclusion
	Tasks       []Task
}

// Document is number and date of a paper.
type Document struct {
	Number string // such as 12/GM-UBND or 12
	Date   data.Day
}

// Person is one of those invited or present.
type Person struct {
	Name, Role, StandIn string
	Invited, Present    string // "Có", "Không" or ""
}

// Conclusion is one conclusion by its number.
type Conclusion struct {
	Number                   int64
	Text, Unit, DeadlineText string
	NoTask                   bool
}

// Task is a line of the annex of the notice.
type Task struct {
	Conclusion                         int64
	Text, Lead, Partners, Product, Due string
}

// Papers lay out one conference.
type drawing struct {
	*paper.Document
	c *Conference
}

// Drawer draws one paper of a conference into a document.
type Drawer func(*paper.Document, *Conference)

// Build lays out a paper of each of the conferences, one after the other.
func Build(ctx context.Context, list []Conference, draw Drawer, o paper.Options) (*paper.Document, error) {
	d := paper.New(ctx, o)
	for i := range list {
		draw(d, &list[i])
	}
	return d, d.Err()
}

const dots = "……………………………"

// or writes dots for what is not known.
func or(text string) string {
	if strings.TrimSpace(text) == "" {
		return dots
	}
	return text
}

// head writes the head of a numbered paper; kind is the abbreviation of its type, such
// as GM.
func (w drawing) head(of Document, kind string) {
	number, symbol, given := strings.Cut(of.Number, "/")
	if !given {
		symbol = kind + "-" + body(w.c.Office)
	}
	w.Letterhead(paper.Letterhead{Parent: w.c.Office.Parent, Name: w.c.Office.Name, Number: number, Symbol: symbol, Place: w.c.Office.Place, Date: of.Date,
		Year: w.year(), NoDate: kind == "BB"})
}

// body is who issues, at the end of a symbol: that of the office's reports.
func body(o data.Office) string {
	if _, after, ok := strings.Cut(o.Symbol, "-"); ok {
		return after
	}
	return "UBND"
}

func (w drawing) year() int {
	if !w.c.At.Known() {
		return 0
	}
	return w.c.At.Day.Year()
}

// title is the name of the conference within a sentence: tên cuộc họp.
func (w drawing) title() string {
	if w.c.Name == "" {
		return dots
	}
	return text.Within(w.c.Name)
}

// moment writes a time as a sentence does: 08 giờ 00 phút, ngày 05 tháng 6 năm 2026.
func moment(m data.Moment, year int) string {
	day := paper.DateLine("", m.Day, year)
	if !m.Clock.Known() {
		return "…… giờ …… phút, " + day
	}
	n := m.Clock.Minutes()
	return fmt.Sprintf("%02d giờ %02d phút, %s", n/60, n%60, day)
}

// chair names who presides, with the office held.
func (w drawing) chair() string {
	if w.c.Chair != "" && w.c.ChairTitle != "" {
		return w.c.Chair + ", " + w.c.ChairTitle
	}
	return or(w.c.Chair + w.c.ChairTitle)
}

// office is the office that the chair holds, in a sentence: from its own field, else
// what stands behind the name.
func (w drawing) officeOfChair() string {
	if w.c.ChairTitle != "" {
		return w.c.ChairTitle
	}
	if _, after, ok := strings.Cut(w.c.Chair, ","); ok && strings.TrimSpace(after) != "" {
		return strings.TrimSpace(after)
	}
	return or(w.c.Chair)
}

// inside writes who is named as it stands within a sentence: ông …, các đơn vị.
func inside(who string) string {
	for _, first := range []string{"Ông ", "Bà ", "Đồng chí ", "Các ", "Người "} {
		if strings.HasPrefix(who, first) {
			return text.Within(who)
		}
	}
	return who
}

// place is where the conference is held, and how.
func (w drawing) place() string {
	switch {
	case w.c.Way == "":
		return or(w.c.Place)
	case w.c.Place == "":
		return w.c.Way
	}
	return w.c.Place + " (" + text.Within(w.c.Way) + ")"
}

// named writes a line "Thời gian: …" with its head in bold.
func (w drawing) named(head, text string) {
	w.Paragraph(paper.Run{Text: head + ": ", Bold: true}, paper.Run{Text: text})
}

// paragraphs writes each line of a text as a paragraph of its own.
func (w drawing) paragraphs(text string) {
	for line := range strings.SplitSeq(or(text), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			w.Paragraph(paper.Run{Text: strings.TrimSpace(strings.TrimPrefix(line, "- "))})
		}
	}
}

// sign writes who signs for the office, and where copies go.
func (w drawing) sign(recipients ...string) {
	o := w.c.Office
	w.Signature(paper.Signature{Recipients: append(recipients, "Lưu: VT"), Authority: o.Authority, Title: o.Title, Signer: o.Signer})
}

// belongs names the paper that an annex goes with.
func (w drawing) belongs(what string, of Document) string {
	number, symbol, _ := strings.Cut(of.Number, "/")
	return "(Kèm theo " + what + " số " + paper.Number(number, symbol) + " " + paper.DateLine("", of.Date, w.year()) + " của " + or(form.InText(w.c.Office.Name)) + ")"
}

// letters are the points of a text in the order of Decree 30: a, b, c, d, đ, e …
var letters = []rune("abcdđeghiklmnopqrstuvxy")

// point names the i-th point of a list: a), b), …; after y) comes aa).
func point(i int) string {
	if i < len(letters) {
		return string(letters[i]) + ")"
	}
	return string(letters[i/len(letters)-1]) + string(letters[i%len(letters)]) + ")"
}

// end closes a sentence with a stop unless it has one.
func end(s string) string {
	if s = strings.TrimSpace(s); s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "…") {
		return s
	}
	return strings.TrimRight(s, ";,") + "."
}
