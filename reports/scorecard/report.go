package scorecard

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/reports/paper"
)

// Report is the self-assessment report of a unit in three parts (scoring 4):
// the points, the explanation of what has no evidence, difficulties and
// proposals.
type Report struct {
	Card       *assess.Card
	Proofs     []assess.ProofLine
	Office     data.Office
	Date       data.Day // unknown leaves room for it
	Number     string   // "" leaves room for it
	Addressee  string   // "" takes that of the office
	Recipients []string // nil for the usual ones
	// Annexes adds the table of points, the list of evidence and the lost points.
	Annexes bool
}

// Part is one part of the report with its finished paragraphs; a paragraph that
// begins with "- " is an item of a list.
type Part struct {
	Title      string
	Paragraphs []string
}

// Parts returns the text of the report. Every figure in it stands in the table
// of points of the same card.
func (r *Report) Parts() []Part {
	return []Part{r.results(), r.explanations(), r.difficulties()}
}

func (r *Report) results() Part {
	c := r.Card
	p := Part{Title: fmt.Sprintf("Kết quả tự đánh giá, chấm điểm năm %d", c.Period.Year)}
	add := func(format string, args ...any) { p.Paragraphs = append(p.Paragraphs, fmt.Sprintf(format, args...)) }
	n := c.Counters()
	add("Căn cứ %s, đơn vị đã tự đánh giá, chấm điểm %d/%d tiêu chí, tiêu chí thành phần thuộc phần tự đánh giá.", c.Set.Meta.Title, n.Done, n.Leaves)
	grade := ""
	if g := c.Grade(); g != "" {
		grade = ", xếp loại " + g
	}
	index := ""
	if m := &c.Set.Meta; m.Base() != m.Scale() {
		index = fmt.Sprintf(", chỉ số %s%s", c.Final.Index, indexUnit(m))
	}
	add("Chỉ số cải cách hành chính đạt %s/%s điểm%s%s. Điểm thưởng %s, điểm trừ %s.", c.Final.Total, c.Set.Meta.Base(), index, grade, c.Final.Bonus, c.Final.Penalty)
	var full []string
	for _, row := range c.Rows() {
		if row.Depth > 0 {
			continue
		}
		if row.Done == row.Leaves && row.Lost == 0 && row.Leaves > 0 {
			full = append(full, row.Node.Title)
			continue
		}
		text := fmt.Sprintf("- %s: %s/%s điểm, đạt %s %%", row.Node.Title, row.Final.Points, row.Applicable, row.Percent())
		switch {
		case row.Done == 0:
			text = fmt.Sprintf("- %s: chưa chấm (tối đa %s điểm)", row.Node.Title, row.Max)
		case row.Done < row.Leaves:
			text += fmt.Sprintf(", mới chấm %d/%d tiêu chí", row.Done, row.Leaves)
		default:
			text += fmt.Sprintf(", mất %s điểm", row.Lost)
		}
		p.Paragraphs = append(p.Paragraphs, text+".")
	}
	if len(full) > 0 {
		add("Các lĩnh vực đạt điểm tối đa: %s.", strings.Join(full, "; "))
	}
	losses := c.Losses()
	if top := losses.ByLoss(); len(top) > 0 {
		var names []string
		for _, l := range top[:min(3, len(top))] {
			names = append(names, fmt.Sprintf("%s (mất %s điểm)", l.Title, l.Lost))
		}
		add("Các tiêu chí mất nhiều điểm nhất: %s.", strings.Join(names, "; "))
	}
	if c.Sheet.Note != "" {
		p.Paragraphs = append(p.Paragraphs, strings.Split(c.Sheet.Note, "\n")...)
	}
	return p
}

func (r *Report) explanations() Part {
	p := Part{Title: "Giải trình các tiêu chí chưa có hoặc chưa đủ tài liệu kiểm chứng"}
	for _, m := range r.Card.Missing() {
		p.Paragraphs = append(p.Paragraphs, "- "+m.Draft)
	}
	for _, row := range r.Card.NotAssessed() {
		p.Paragraphs = append(p.Paragraphs, fmt.Sprintf("- %s. %s: không đánh giá, lý do: %s.", row.Node.Code, row.Node.Title, strings.TrimRight(r.Card.Reason(row.Node.Code), ".")))
	}
	if len(p.Paragraphs) == 0 {
		p.Paragraphs = []string{"Tất cả tiêu chí, tiêu chí thành phần đã chấm điểm đều có tài liệu kiểm chứng kèm theo."}
	}
	return p
}

func (r *Report) difficulties() Part {
	p := Part{Title: "Khó khăn, vướng mắc và đề xuất, kiến nghị"}
	for line := range strings.Lines(r.Card.Sheet.Hard) {
		if line = strings.TrimSpace(line); line != "" {
			p.Paragraphs = append(p.Paragraphs, line)
		}
	}
	if len(p.Paragraphs) == 0 {
		p.Paragraphs = []string{"Không có."}
	}
	return p
}

// Build lays out the report (Decree 30/2020). Cancelling ctx stops it.
func (r *Report) Build(ctx context.Context, o paper.Options) (*paper.Document, error) {
	c, office := r.Card, r.Office
	about := fmt.Sprintf("Kết quả tự đánh giá, chấm điểm Chỉ số cải cách hành chính năm %d", c.Period.Year)
	o.Title = cmp.Or(o.Title, "Báo cáo "+about)
	d := paper.New(ctx, o)
	d.Section(paper.Section{})
	symbol := cmp.Or(office.Symbol, "BC")
	d.Letterhead(paper.Letterhead{Parent: office.Parent, Name: office.Name, Number: r.Number, Symbol: symbol, Place: office.Place, Date: r.Date, Year: c.Period.Year + 1})
	d.Title("BÁO CÁO", about)
	addressee := cmp.Or(r.Addressee, office.Receiver)
	if addressee != "" {
		d.AddressedTo(addressee)
	}
	parts := r.Parts()
	for i, p := range parts {
		d.Heading(1, fmt.Sprintf("%s. %s", [...]string{"I", "II", "III"}[i], strings.ToUpper(p.Title)))
		for k, text := range p.Paragraphs {
			item, isItem := strings.CutPrefix(text, "- ")
			switch {
			case isItem:
				d.Bullet(paper.Run{Text: item})
			case i == len(parts)-1 && k == len(p.Paragraphs)-1:
				d.Closing(paper.Run{Text: text})
			default:
				d.Paragraph(paper.Run{Text: text})
			}
		}
	}
	recipients := r.Recipients
	if recipients == nil {
		recipients = []string{"Như trên", "Lưu: VT"}
	}
	d.Signature(paper.Signature{Recipients: recipients, Authority: office.Authority, Title: office.Title, Signer: office.Signer})
	if r.Annexes {
		r.annexes(d)
	}
	return d, d.Err()
}

func (r *Report) annexes(d *paper.Document) {
	number := cmp.Or(r.Number, "…")
	belongs := fmt.Sprintf("(Kèm theo Báo cáo số %s/%s của %s)", number, r.Office.Symbol, strings.ReplaceAll(r.Office.Name, "\n", " "))
	for i, t := range []Table{SelfTable(r.Card), EvidenceTable(r.Card, r.Proofs), LossTable(r.Card.Losses(), r.Card.Name, r.Card.Period.Year)} {
		d.Section(paper.Section{Landscape: true, Margins: paper.Lists, Restart: true})
		d.Annex("Phụ lục "+[...]string{"I", "II", "III"}[i], t.Title, belongs)
		t.Draw(d, 0)
	}
}
