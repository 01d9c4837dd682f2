package watching

import (
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2/container"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
)

// newBook lists the letters of a year.
func (p *page) newBook() *list.List[Entry] {
	p.year = widget.NewPicker(nil, func(o widget.Option) {
		if n, err := strconv.Atoi(o.Key); err == nil {
			p.book.ShowYear(n)
		}
	})
	p.year.Prefix = "Sổ năm"
	col := func(id, title string, width, min, flex float32, text func(*Entry) string) list.Column[Entry] {
		return list.Column[Entry]{ID: id, Title: title, Width: width, Min: min, Flex: flex, Text: text}
	}
	owner := col("owner", "Chủ hồ sơ", 150, 90, 1.5, func(e *Entry) string { return e.Owner })
	owner.Person = true
	sent := col("delivered", "Đã gửi", 180, 100, 1, delivered)
	sent.Cell = func(e *Entry, c *widget.Cell) {
		switch {
		case e.Void:
			c.Mark, c.Role = widget.MarkStopped, ""
		case e.Delivered == "":
			c.Role = widget.ColorSecondary
		}
	}
	return list.Of(p.Inner(tabBook), list.Options[Entry]{
		ID: "letter-book", Title: "Sổ thư xin lỗi", What: "thư", Paper: "SỔ THƯ XIN LỖI", Many: true, Lead: p.Head(container.NewHBox(p.year)),
		Columns: []list.Column[Entry]{
			col("number", "Số", 84, 0, 0, func(e *Entry) string { return e.Number }), col("day", "Ngày", widget.WidthDate, 0, 0, func(e *Entry) string { return e.Day }),
			col("code", "Mã hồ sơ", widget.WidthCode, 150, 0.01, func(e *Entry) string { return e.Code }), owner,
			col("promised", "Hẹn lại", widget.WidthDate, 0, 0, func(e *Entry) string { return e.Promised }),
			col("reason", "Lý do", 220, 100, 2.5, func(e *Entry) string { return e.Reason }), sent,
		},
		Load: p.book.Entries, Key: func(e *Entry) uint64 { return e.ID },
		Open: func(e *Entry) { p.e.Session.JumpTo(e.Code) },
		Menu: func(e *Entry, _ []uint64) []widget.MenuItem {
			return []widget.MenuItem{
				{Label: "Xem hồ sơ", Icon: widget.IconRegister, Hint: "Enter", Do: func() { p.e.Session.JumpTo(e.Code) }},
				{Label: "Đã gửi…", Icon: widget.IconCheck, Do: p.deliver},
				{Label: "In lại", Icon: widget.IconPrint, Do: p.reprint},
				{},
				{Label: "Hủy thư…", Icon: widget.IconTrash, Do: p.void},
			}
		},
		Actions: []list.Action{{Label: "Hủy thư…", Icon: widget.IconTrash, Do: p.void}, {Label: "In lại", Icon: widget.IconPrint, Do: p.reprint},
			{Label: "In sổ", Icon: widget.IconPrint, Do: p.printBook}, {Label: "Đã gửi…", Icon: widget.IconCheck, Main: true, Do: p.deliver}}})
}

// delivered is what stands in the last column.
func delivered(e *Entry) string {
	switch {
	case e.Void:
		return "Đã hủy"
	case e.Delivered == "":
		return "chưa ghi"
	}
	return e.Delivered
}

// fillBook brings what stands around the book in step with the model.
func (p *page) fillBook() {
	var years []widget.Option
	for _, y := range p.book.years {
		years = append(years, widget.Option{Key: strconv.Itoa(y), Text: strconv.Itoa(y)})
	}
	p.year.SetOptions(years)
	p.year.SetKey(strconv.Itoa(p.book.year))
	text := fmt.Sprintf("Sổ thư xin lỗi năm %d chưa có thư nào.", p.book.year)
	if n := p.book.outside; n > 0 {
		text += fmt.Sprintf(" %s hồ sơ có thư ghi sẵn trong nguồn nhập, không nằm trong sổ này.", data.FormatInt(int64(n)))
	}
	p.entries.SetEmpty(text, "Xem hồ sơ cần thư", func() { p.Open(tabLetters) })
	p.entries.Refresh()
}

// chosenLetters returns the chosen lines; it says so where there are none.
func (p *page) chosenLetters() []Entry {
	rows := p.entries.ChosenRows()
	if len(rows) == 0 {
		p.e.Toast("Chọn thư trong sổ trước.")
	}
	return rows
}

func ids(rows []Entry) []uint64 {
	out := make([]uint64, len(rows))
	for i, e := range rows {
		out[i] = e.ID
	}
	return out
}

func about(verb string, rows []Entry) string {
	if len(rows) == 1 {
		return verb + " thư " + rows[0].Number
	}
	return fmt.Sprintf("%s %s thư", verb, data.FormatInt(int64(len(rows))))
}

// ways are how letters usually reach citizens.
var ways = []string{"trao trực tiếp", "qua bưu chính", "thư điện tử", "tin nhắn"}

// sending is when and how letters reached the citizens.
type sending struct {
	Day data.Day
	How string
}

func (p *page) deliver() {
	rows := p.chosenLetters()
	if len(rows) == 0 {
		return
	}
	form.Ask(p.e, form.Question[sending]{Title: about("Đã gửi", rows), Columns: 2, Value: sending{p.e.Desk.Today(), ways[0]}, Fields: []form.Field[sending]{
		form.Day("day", "Ngày gửi", p.e.Desk.Today, func(s *sending) *data.Day { return &s.Day }).Need(),
		form.Pick("how", "Cách gửi", func(*sending) []kit.Choice { return kit.Words(ways) }, func(s *sending) *string { return &s.How }),
	}, Store: func(ctx context.Context, s sending) error { return p.book.Deliver(ctx, ids(rows), s.Day, s.How) },
		Done: func(sending) string {
			return fmt.Sprintf("Đã ghi %s thư đã gửi.", data.FormatInt(int64(len(rows))))
		}})
}

// reason is why letters are void.
type reason struct{ Why string }

func (p *page) void() {
	rows := p.chosenLetters()
	if len(rows) == 0 {
		return
	}
	form.Ask(p.e, form.Question[reason]{Title: about("Hủy", rows), Verb: "Hủy thư", Note: "Thư đã hủy vẫn giữ số trong sổ và không được tính là đã có thư xin lỗi.", Fields: []form.Field[reason]{
		form.Area("why", "Lý do hủy", 2, func(r *reason) *string { return &r.Why }).Need().Note("ví dụ: lập nhầm hồ sơ"),
	}, Store: func(ctx context.Context, r reason) error { return p.book.Void(ctx, ids(rows), r.Why) },
		Done: func(reason) string { return fmt.Sprintf("Đã hủy %s thư.", data.FormatInt(int64(len(rows)))) }})
}

// reprint shows the chosen letters again.
func (p *page) reprint() {
	var slips []papers.Slip
	for _, e := range p.chosenLetters() {
		slips = append(slips, papers.Slip{Form: papers.FormApology, Dossier: e.Dossier, Event: -1, Letter: e.ID})
	}
	if len(slips) > 0 {
		p.e.ShowSlips("Thư xin lỗi", "thu-xin-loi", slips)
	}
}

func (p *page) printBook() {
	year := p.book.year
	p.e.ShowPDF(fmt.Sprintf("Sổ thư xin lỗi năm %d", year), fmt.Sprintf("so-thu-xin-loi-%d", year), func(ctx context.Context, _ bool) ([]byte, error) {
		return papers.LetterBook(ctx, p.e.Desk, year)
	})
}
