// Package pack is the dialog of the meeting pack: its parts are switched and ordered,
// shown as pages, written as files or shown on the wall.
package pack

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/list"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// dialog is the open dialog.
type dialog struct {
	e          *env.Env
	conference string
	period     data.Period // of the figures: that of the conference, else of the window
	asOf       data.Day
	choice     papers.PackChoice
	stored     papers.PackChoice
	list       *list.List[string] // the parts by their ids
	both       *widget.Check
	dialog     *widget.Dialog
}

// Open offers the pack of a conference, by its number or «#id»; "" is that of the
// period.
func Open(e *env.Env, conference string) { open(e, conference) }

// open is Open; nil where the choice of the office cannot be read.
func open(e *env.Env, conference string) *dialog {
	choice, err := papers.PackChosen(e.Desk)
	if err != nil {
		e.Fail("Không mở được gói tài liệu", err)
		return nil
	}
	d := &dialog{e: e, conference: conference, choice: choice, stored: choice, period: e.Session.Period(), asOf: e.Session.AsOf()}
	if err := d.figures(); err != nil {
		e.Fail("Không mở được gói tài liệu", err)
		return nil
	}
	d.list = list.Of(e, list.Options[string]{ID: "pack", Plain: true, What: "phần", Key: func(id *string) uint64 { return list.KeyOf(*id) }, Begin: list.Held(func() []string { return d.choice.Order }),
		Columns: []list.Column[string]{
			{ID: "n", Width: 34, Align: widget.Right, Fixed: true, Text: d.number},
			{ID: "title", Title: "Phần", Width: 300, Flex: 1, Fixed: true, Text: titleOf, Role: func(id *string) fyne.ThemeColorName { return kit.If(d.choice.On(*id), "", widget.ColorSecondary) }},
			{ID: "on", Title: "In", Width: 90, Fixed: true, Text: func(id *string) string { return kit.If(d.choice.On(*id), "in", "không in") }}},
		Open: func(*string) { d.list.Turn() }, Tick: d.turn, Move: d.move})
	d.list.Go(list.KeyOf(choice.Order[1]))
	d.list.Refresh()
	d.both = widget.NewCheck("Ghi kèm bản che tên người dân, để gửi rộng", nil)
	d.both.SetChecked(true)
	side := container.NewVBox(
		widget.NewButton("In, bỏ (Space)", "", d.list.Turn), widget.NewButton("Lên (−)", "", func() { d.list.Shift(-1) }), widget.NewButton("Xuống (+)", "", func() { d.list.Shift(1) }))
	height := min(470, (e.Window.Canvas().Size().Height-260)/widget.Scaled(1))
	content := container.NewVBox(widget.NewNote(d.period.Label+", số liệu tính đến "+d.asOf.String()+". Thứ tự và các phần được giữ cho lần sau.", 520),
		container.NewBorder(nil, nil, nil, side, widget.Tall(max(height, 200), d.list.Body())), d.both)
	d.dialog = widget.ShowDialog(e.Window, widget.DialogOptions{Title: "Gói tài liệu họp", Content: content, Default: "Xuất PDF…", Cancel: "Đóng", Width: 560, First: d.list.Grid(),
		Extra:     []*widget.Button{widget.NewButton("Xem trang", widget.IconReport, d.show), widget.NewButton("Trình chiếu", "", d.present)},
		OnDefault: func() bool { d.keep(d.write); return false }})
	return d
}

// figures takes the period of the conference, where it tells one.
func (d *dialog) figures() error {
	if d.conference == "" {
		return nil
	}
	w, err := d.e.Desk.Logbooks(d.e.Desk.Today())
	if err != nil {
		return err
	}
	names := desk.EntryNames{World: w, Cat: d.e.Desk.Catalogue()}
	if c := w.Entry("conference", names.EntryID("conference", d.conference)); c != nil {
		if p, asOf, ok := papers.FiguresOf(c); ok {
			d.period, d.asOf = p, min(asOf, d.e.Desk.Today())
		}
	}
	return nil
}

func titleOf(id *string) string {
	return papers.PackParts[slices.IndexFunc(papers.PackParts, func(p papers.PackPart) bool { return p.ID == *id })].Title
}

// number is the place of a part among those that are printed.
func (d *dialog) number(id *string) string {
	n := 0
	for _, x := range d.choice.Order[:slices.Index(d.choice.Order, *id)+1] {
		n += kit.If(d.choice.On(x), 1, 0)
	}
	return kit.If(d.choice.On(*id), fmt.Sprint(n), "")
}

// turn switches a part; the cover is always printed.
func (d *dialog) turn(id *string) {
	if *id != d.choice.Order[0] {
		d.choice.Off = kit.Toggled(d.choice.Off, *id)
	}
}

// move moves a part; the cover stays the first.
func (d *dialog) move(id *string, by int) bool {
	i := slices.Index(d.choice.Order, *id)
	to := i + by
	if i < 1 || to < 1 || to >= len(d.choice.Order) {
		return false
	}
	d.choice.Order = slices.Clone(d.choice.Order)
	d.choice.Order[i], d.choice.Order[to] = d.choice.Order[to], d.choice.Order[i]
	return true
}

func (d *dialog) request(names bool) papers.Request {
	return papers.Request{Name: papers.Pack, Period: d.period, AsOf: d.asOf, ShowNames: names, Conference: d.conference}
}

// keep stores the choice where it changed, then goes on.
func (d *dialog) keep(then func()) {
	if slices.Equal(d.choice.Order, d.stored.Order) && slices.Equal(d.choice.Off, d.stored.Off) {
		then()
		return
	}
	choice := d.choice
	d.e.Session.Go(func() {
		err := papers.KeepPackChoice(context.Background(), d.e.Desk, choice)
		d.e.Session.Post(func() {
			if err != nil {
				d.dialog.ShowError(err)
				return
			}
			d.stored = choice
			then()
		})
	})
}

func (d *dialog) name() string {
	return string(papers.Pack) + "-" + strings.NewReplacer(":", "-", "/", "-", "\\", "-", "..", "_").Replace(desk.PeriodName(d.period))
}

func (d *dialog) show() {
	d.keep(func() {
		d.dialog.Close()
		d.e.ShowPDF("Gói tài liệu họp", d.name(), func(ctx context.Context, _ bool) ([]byte, error) {
			drawn, err := papers.Pages(ctx, d.e.Desk, d.request(true))
			return drawn.PDF, err
		})
	})
}

// MaskedName is the file of the masked variant, which stands beside the other.
func MaskedName(path string) string {
	end := filepath.Ext(path)
	return strings.TrimSuffix(path, end) + "-che-ten" + end
}

func (d *dialog) write() {
	both := d.both.Checked
	d.e.Files.Save(widget.FileQuestion{Title: "Xuất gói tài liệu họp", Purpose: "report", Name: d.name() + ".pdf", Filters: []widget.FileFilter{widget.FilterPDF}}, func(path string) {
		d.e.Run("Đang lập gói tài liệu", func(ctx context.Context, say widget.Report) error {
			r := d.request(true)
			r.Progress = say
			if err := papers.Write(ctx, d.e.Desk, r, path); err != nil || !both {
				return err
			}
			r.ShowNames = false
			return papers.Write(ctx, d.e.Desk, r, MaskedName(path))
		}, func(err error) {
			switch {
			case data.CodeOf(err) == data.Cancelled:
				d.e.Toast("Đã dừng lập gói tài liệu.")
			case err != nil:
				d.dialog.ShowError(err)
			default:
				d.dialog.Close()
				text := "Đã ghi " + filepath.Base(path)
				if both {
					text += " và " + filepath.Base(MaskedName(path))
				}
				d.e.Toast(text + ".")
			}
		})
	})
}

// present shows the slides over the whole screen.
func (d *dialog) present() {
	d.keep(func() {
		var made papers.Presentation
		d.e.Run("Đang lập trang trình chiếu", func(ctx context.Context, say widget.Report) (err error) {
			r := d.request(false) // a wall is seen by everybody
			r.Progress = say
			made, err = papers.Present(ctx, d.e.Desk, r)
			return err
		}, func(err error) {
			if err != nil {
				if data.CodeOf(err) != data.Cancelled {
					d.dialog.ShowError(err)
				}
				return
			}
			d.dialog.Close()
			widget.ShowSlides(d.e.Window, Slides(made.Slides))
		})
	})
}

// Slides are the slides of a pack as the window shows them.
func Slides(made []papers.Slide) []widget.Slide {
	out := make([]widget.Slide, len(made))
	for i, s := range made {
		out[i] = widget.Slide{Title: s.Title, Lines: s.Lines, Chart: s.Chart, Corner: fmt.Sprintf("Tài liệu trang %d", s.Page)}
		for _, f := range s.Figures {
			out[i].Figures = append(out[i].Figures, widget.SlideFigure(f))
		}
	}
	return out
}
