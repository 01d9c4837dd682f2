package logbooks

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/pack"
	"giaoban/app/kit/sheets"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/data/text"
)

// taking reads a table into the register of a part.
type taking func(context.Context, desk.Taking) (desk.EntryImport, error)

func (p *part) choose() {
	p.e.Files.Open(widget.FileQuestion{Title: "Nhập " + text.Within(p.kind.Title), Purpose: "import", Filters: []widget.FileFilter{widget.FilterImport, widget.FilterAll}}, p.read)
}

func (p *part) read(path string) {
	p.try(func(ctx context.Context, how desk.Taking) (desk.EntryImport, error) {
		return p.e.Desk.ImportEntries(ctx, p.kind, path, how)
	})
}

// paste reads the table on the clipboard.
func (p *part) paste() {
	pasted := fyne.CurrentApp().Clipboard().Content()
	if pasted == "" {
		p.e.Fail("Dán từ Excel", data.Fail(data.Invalid, "Chưa chép gì. Trong Excel chọn bảng cùng dòng tiêu đề, bấm Ctrl+C, rồi bấm lại nút này.", nil))
		return
	}
	p.try(func(ctx context.Context, how desk.Taking) (desk.EntryImport, error) {
		return p.e.Desk.PasteEntries(ctx, p.kind, pasted, how)
	})
}

// PrintPage implements env.Printer: it offers the papers of the kind, for work or masked.
func (p *part) PrintPage() {
	k := p.kind
	type wanted struct {
		Paper  string
		Period string
		Masked bool
		Screen bool
	}
	var papersOf []kit.Choice
	own := map[string]papers.EntryPaper{}
	r := p.List.CurrentRow()
	if r != nil {
		one := *r
		r = &one
		for _, paper := range papers.EntryPapers(k.ID) {
			own["row/"+paper.ID] = paper
			papersOf = append(papersOf, kit.Choice{Key: "row/" + paper.ID, Text: paper.Title + " " + k.Name(r.Entry), Detail: "dòng đang chọn"})
		}
	}
	for _, l := range k.Layouts {
		papersOf = append(papersOf, kit.Choice{Key: l.ID, Text: l.Title, Detail: l.ID})
	}
	if k.Meets {
		papersOf = append(papersOf, kit.Choice{Key: string(papers.Pack), Text: "Gói tài liệu họp"})
	}
	if len(papersOf) == 0 {
		return
	}
	first := papersOf[0].Key
	if r != nil {
		if next := "row/" + papers.NextPaper(k.ID, r.state()); own[next].ID != "" {
			first = next
		}
	}
	table := func(x *wanted) bool { return !strings.HasPrefix(x.Paper, "row/") }
	spans := p.spans()
	form.Ask(p.e, form.Question[wanted]{Title: "In " + text.Within(k.Title), Verb: "Xem trước", Width: 560, Value: wanted{Paper: first},
		Fields: []form.Field[wanted]{
			form.Pick("paper", "Mẫu in", func(*wanted) []kit.Choice { return papersOf }, func(x *wanted) *string { return &x.Paper }),
			form.Pick("period", "Kỳ", func(*wanted) []kit.Choice { return spans }, func(x *wanted) *string { return &x.Period }).Or("Mọi năm").When(table),
			form.Check("masked", "Che họ tên, địa chỉ (bản gửi rộng)", func(x *wanted) *bool { return &x.Masked }).When(func(x *wanted) bool { return table(x) || own[x.Paper].Private }),
			form.Check("screen", "Xem bảng trên màn hình: bấm vào số để mở danh sách", func(x *wanted) *bool { return &x.Screen }).When(table),
		},
		Check: func(x wanted) error {
			if x.Paper == string(papers.Pack) {
				of := ""
				if r != nil {
					of = entryID(r)
				}
				widget.Post(func() { pack.Open(p.e, of) })
				return nil
			}
			if paper, ok := own[x.Paper]; ok {
				p.printOne(paper, r, x.Masked)
				return nil
			}
			i := slices.IndexFunc(k.Layouts, func(l logbook.Layout) bool { return l.ID == x.Paper })
			if k.Layouts[i].Inside && x.Masked {
				return data.Fail(data.Conflict, "Mẫu này chỉ để làm việc trong cơ quan, không gửi ra ngoài.", nil)
			}
			r := papers.LogbookRequest{Kind: k, Layout: &k.Layouts[i], Masked: x.Masked}
			switch x.Period {
			case "":
			case windowPeriod:
				r.Period = p.e.Session.Period()
			default:
				var err error
				if r.Period, err = data.ParsePeriod(x.Period); err != nil {
					return err
				}
			}
			if x.Screen {
				return p.sheet(r)
			}
			p.show(r)
			return nil
		}})
}

// sheet shows a table on the screen; a figure opens its entries.
func (p *part) sheet(r papers.LogbookRequest) error {
	t, err := papers.GatherLogbook(p.e.Desk, r)
	if err == nil {
		widget.Post(func() { sheets.Show(p.e, t.Sheet()) })
	}
	return err
}

func (p *part) show(r papers.LogbookRequest) {
	p.e.ShowPDF(r.Layout.Title, "so-"+r.Kind.ID+"-"+r.Layout.ID, func(ctx context.Context, _ bool) ([]byte, error) {
		t, err := papers.GatherLogbook(p.e.Desk, r)
		if err != nil {
			return nil, err
		}
		return t.PDF(ctx)
	})
}

// windowPeriod is the key of the period that stands above the pages.
const windowPeriod = "window"

// spans are the periods that a table is offered for: all, that of the window, and the
// years in which there are entries with their parts.
func (p *part) spans() []kit.Choice {
	out := []kit.Choice{{Key: windowPeriod, Text: env.PeriodLabel(p.e.Session.Period()), Detail: "kỳ đang chọn"}}
	for _, y := range years(p.e.Desk, p.kind) {
		for _, part := range []string{"", "-Q1", "-Q2", "-Q3", "-Q4", "-H1", "-9M"} {
			if period, err := data.ParsePeriod(y.Key + part); err == nil {
				out = append(out, kit.Choice{Key: period.Key, Text: period.Label})
			}
		}
	}
	return out
}

// printOne shows a paper of one entry; masked shortens the names of persons.
func (p *part) printOne(paper papers.EntryPaper, r *row, masked bool) {
	id, name := r.ID, p.kind.Name(r.Entry)
	p.e.ShowPDF(paper.Title+" "+name, strings.ReplaceAll(paper.ID+"-"+name, "/", "-"), func(ctx context.Context, _ bool) ([]byte, error) {
		return paper.Write(ctx, p.e.Desk, id, masked)
	})
}
