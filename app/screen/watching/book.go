package watching

import (
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/papers"
	model "giaoban/app/view/watching"
	"giaoban/app/widget"
	"giaoban/data"
)

// bookTab is the book of letters of a year.
type bookTab struct {
	s      *Screen
	object fyne.CanvasObject
	year   *widget.Picker
	grid   *widget.Grid
	shown  []uint64
}

func newBookTab(s *Screen) *bookTab {
	t := &bookTab{s: s}
	t.year = widget.NewPicker(nil, func(o widget.Option) {
		if n, err := strconv.Atoi(o.Key); err == nil {
			s.book.ShowYear(n)
		}
	})
	t.year.Prefix = "Sổ năm"
	t.grid = widget.NewGrid([]widget.Column{
		{ID: "number", Title: "Số", Width: 84},
		{ID: "day", Title: "Ngày", Width: widget.WidthDate},
		{ID: "code", Title: "Mã hồ sơ", Width: widget.WidthCode, Min: 150, Flex: 0.01},
		{ID: "owner", Title: "Chủ hồ sơ", Width: 150, Min: 90, Flex: 1.5},
		{ID: "promised", Title: "Hẹn lại", Width: widget.WidthDate},
		{ID: "reason", Title: "Lý do", Width: 220, Min: 100, Flex: 2.5},
		{ID: "delivered", Title: "Đã gửi", Width: 180, Min: 100, Flex: 1},
	})
	t.grid.OnOpen = func(row int) {
		if list := s.book.Entries(); row >= 0 && row < len(list) {
			s.m.JumpTo(list[row].Code)
		}
	}
	t.grid.OnSelect = s.ctx.Status
	t.grid.OnMenu = func(row int, at fyne.Position) {
		widget.ShowMenu(s.ctx.Window, at, []widget.MenuItem{
			{Label: "Xem hồ sơ", Icon: widget.IconRegister, Hint: "Enter", Do: func() { t.grid.OnOpen(row) }},
			{Label: "Đã gửi…", Icon: widget.IconCheck, Do: t.deliver},
			{Label: "In lại", Icon: widget.IconPrint, Do: t.reprint},
			{},
			{Label: "Hủy thư…", Icon: widget.IconTrash, Do: t.void},
		})
	}
	t.object = container.NewBorder(container.NewHBox(t.year), nil, nil, nil, t.grid)
	return t
}

func (t *bookTab) actions() []fyne.CanvasObject {
	return []fyne.CanvasObject{
		exportButton(t.export),
		widget.NewButton("Hủy thư…", widget.IconTrash, t.void),
		widget.NewButton("In lại", widget.IconPrint, t.reprint),
		widget.NewButton("In sổ", widget.IconPrint, t.printBook),
		widget.NewMainButton("Đã gửi…", widget.IconCheck, t.deliver),
	}
}

func (t *bookTab) refresh() {
	var years []widget.Option
	for _, y := range t.s.book.Years() {
		years = append(years, widget.Option{Key: strconv.Itoa(y), Text: strconv.Itoa(y)})
	}
	t.year.SetOptions(years)
	t.year.SetKey(strconv.Itoa(t.s.book.Year()))
	text := fmt.Sprintf("Sổ thư xin lỗi năm %d chưa có thư nào.", t.s.book.Year())
	if n := t.s.book.Outside(); n > 0 {
		text += fmt.Sprintf(" %s hồ sơ có thư ghi sẵn trong nguồn nhập, không nằm trong sổ này.", data.FormatInt(int64(n)))
	}
	if err := t.s.book.Err(); err != nil {
		text = err.Error()
	}
	t.grid.SetEmpty(text, "Xem hồ sơ cần thư", func() { t.s.show(tabLetters) })
	refill(t.grid, entryRows{t.s.book.Entries()}, ids(t.s.book.Entries()), &t.shown)
}

// entries returns the chosen lines.
func (t *bookTab) entries() []model.Entry {
	var out []model.Entry
	list := t.s.book.Entries()
	for _, i := range chosen(t.grid) {
		if i < len(list) {
			out = append(out, list[i])
		}
	}
	if len(out) == 0 {
		widget.ShowToast(t.s.ctx.Window, "Chọn thư trong sổ trước.", "", nil)
	}
	return out
}

func ids(list []model.Entry) []uint64 {
	out := make([]uint64, len(list))
	for i, e := range list {
		out[i] = e.ID
	}
	return out
}

// ways are how letters usually reach citizens.
var ways = []string{"trao trực tiếp", "qua bưu chính", "thư điện tử", "tin nhắn"}

// deliver notes when and how the chosen letters reached the citizens.
func (t *bookTab) deliver() {
	list := t.entries()
	if len(list) == 0 {
		return
	}
	day := widget.NewDateField(t.s.Today)
	day.Info = t.s.DayInfo
	day.SetDay(t.s.Today())
	var choices []widget.Option
	for _, w := range ways {
		choices = append(choices, widget.Option{Key: w, Text: w})
	}
	how := widget.NewPicker(choices, nil)
	how.SetKey(ways[0])
	widget.ShowForm(t.s.ctx.Window, t.about("Đã gửi", list), []fyne.CanvasObject{widget.Columns(2, widget.NewFieldBox("Ngày gửi", day), widget.NewFieldBox("Cách gửi", how))}, "Lưu", func() error {
		d, err := day.Day()
		if err != nil {
			return err
		}
		if err := t.s.book.Deliver(context.Background(), ids(list), d, how.Key()); err != nil {
			return err
		}
		widget.ShowToast(t.s.ctx.Window, fmt.Sprintf("Đã ghi %s thư đã gửi.", data.FormatInt(int64(len(list)))), "Hoàn tác", t.s.Undo)
		return nil
	})
}

// void marks the chosen letters as written by mistake.
func (t *bookTab) void() {
	list := t.entries()
	if len(list) == 0 {
		return
	}
	why := widget.NewArea("Ví dụ: lập nhầm hồ sơ", 2)
	note := widget.NewNote("Thư đã hủy vẫn giữ số trong sổ và không được tính là đã có thư xin lỗi.", 420)
	widget.ShowForm(t.s.ctx.Window, t.about("Hủy", list), []fyne.CanvasObject{widget.NewFieldBox("Lý do hủy", why).Required(), note}, "Hủy thư", func() error {
		if err := t.s.book.Void(context.Background(), ids(list), why.Value()); err != nil {
			return err
		}
		widget.ShowToast(t.s.ctx.Window, fmt.Sprintf("Đã hủy %s thư.", data.FormatInt(int64(len(list)))), "Hoàn tác", t.s.Undo)
		return nil
	})
}

func (t *bookTab) about(verb string, list []model.Entry) string {
	if len(list) == 1 {
		return verb + " thư " + list[0].Number
	}
	return fmt.Sprintf("%s %s thư", verb, data.FormatInt(int64(len(list))))
}

// reprint shows the chosen letters again.
func (t *bookTab) reprint() {
	var slips []papers.Slip
	for _, e := range t.entries() {
		slips = append(slips, papers.Slip{Form: papers.FormApology, Dossier: e.Dossier, Event: -1, Letter: e.ID})
	}
	if len(slips) > 0 {
		t.s.print.ShowSlips("Thư xin lỗi", "thu-xin-loi", slips)
	}
}

func (t *bookTab) printBook() {
	year := t.s.book.Year()
	t.s.print.ShowPDF(fmt.Sprintf("Sổ thư xin lỗi năm %d", year), fmt.Sprintf("so-thu-xin-loi-%d", year), func(ctx context.Context, _ bool) ([]byte, error) {
		return papers.LetterBook(ctx, t.s.print.Desk, year)
	})
}

// entryRows feeds the grid from the book.
type entryRows struct{ list []model.Entry }

// Len implements widget.Rows.
func (r entryRows) Len() int { return len(r.list) }

// Cells implements widget.Rows.
func (r entryRows) Cells(i int, dst []widget.Cell) {
	e := &r.list[i]
	for k, text := range []string{e.Number, e.Day, e.Code, e.Owner, e.Promised, e.Reason, e.Delivered} {
		dst[k].Text = text
		if e.Void {
			dst[k].Role = widget.ColorSecondary
		}
	}
	switch {
	case e.Void:
		dst[6] = widget.Cell{Text: "Đã hủy", Mark: widget.MarkStopped}
	case e.Delivered == "":
		dst[6] = widget.Cell{Text: "chưa ghi", Role: widget.ColorSecondary}
	}
}
