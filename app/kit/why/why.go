// Package why draws why a dossier is due on its day.
package why

import (
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"giaoban/app/kit"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/workday"
)

// daySort is how the strip draws a day.
type daySort uint8

const (
	dayNone    daySort = iota // outside of the term
	dayCounted                // ■
	dayFree                   // □ weekly rest, the day of reception
	dayHoliday                // ▨
	dayPaused                 // ▒
)

// sortNames say in the legend what a sign means, in the order of daySort.
var sortNames = []string{"", "được tính", "không tính", "nghỉ lễ, nghỉ bù", "chờ bổ sung"}

func sortOfDay(d Day) daySort {
	switch {
	case d.Counted:
		return dayCounted
	case d.Kind == workday.StepPause:
		return dayPaused
	case d.Kind == workday.StepHoliday, d.Kind == workday.StepInLieu, d.Kind == workday.StepSwap:
		return dayHoliday
	}
	return dayFree
}

// dateWidth is the room of the dates beside the remarks, px at 100 %.
const dateWidth = 124

// Fold is the button that unfolds the strip of days, with the strip where it is open; turn
// is told what is asked for.
func Fold(w *Reason, width float32, open bool, turn func(open bool)) []fyne.CanvasObject {
	text := kit.If(open, "Thu gọn cách tính ngày hẹn", "Vì sao hẹn ngày này?")
	out := []fyne.CanvasObject{container.NewHBox(widget.NewQuietButton(text, widget.IconCalendar, func() { turn(!open) }))}
	if open {
		out = append(out, Box(w, width))
	}
	return out
}

// Box is the strip of days that led to a due date, a week a line, with the
// days that want a word below it; width is what it asks for, px at 100 %.
func Box(w *Reason, width float32) fyne.CanvasObject {
	box := container.NewVBox(widget.NewNote(w.Summary, width))
	if len(w.Days) == 0 {
		return box
	}
	box.Add(weeks(w.Days))
	box.Add(legend(w.Days))
	for _, n := range notes(w.Days) {
		when := widget.NewParagraph(n.when, dateWidth)
		what := widget.NewParagraph(n.what, width-dateWidth-12)
		when.Bold, what.Bold = n.due, n.due
		box.Add(container.NewBorder(nil, nil, widget.Wide(dateWidth, when), nil, what))
	}
	return box
}

// weeks draws the days from Monday to Sunday, a week a line.
func weeks(days []Day) fyne.CanvasObject {
	grid := container.NewGridWithColumns(7)
	for _, name := range []string{"T2", "T3", "T4", "T5", "T6", "T7", "CN"} {
		head := canvas.NewText(name, widget.Color(widget.ColorSecondary))
		head.TextSize, head.Alignment = widget.Scaled(11), fyne.TextAlignCenter
		grid.Add(head)
	}
	for range int(days[0].Day.Weekday()+6) % 7 {
		grid.Add(widget.Gap(1))
	}
	for i, d := range days {
		_, month, day := d.Day.Civil()
		text := fmt.Sprint(day)
		if i == 0 || day == 1 {
			text = fmt.Sprintf("%d/%d", day, int(month))
		}
		grid.Add(cell(sortOfDay(d), text, d.Due))
	}
	return grid
}

// cell draws one day.
func cell(sort daySort, text string, due bool) fyne.CanvasObject {
	ground := canvas.NewRectangle(nil)
	ground.StrokeWidth, ground.StrokeColor = 1, widget.Color(widget.ColorLine)
	ground.SetMinSize(fyne.NewSize(widget.Scaled(14), widget.Scaled(14)))
	label := canvas.NewText(text, widget.Color(widget.ColorInk))
	label.TextSize, label.Alignment = widget.Scaled(11), fyne.TextAlignCenter
	stack := container.NewStack(ground)
	switch sort {
	case dayCounted:
		ground.FillColor, ground.StrokeColor = widget.Color(widget.ColorSelected), widget.Color(widget.ColorPrimary)
	case dayFree:
		label.Color = widget.Color(widget.ColorSecondary)
	case dayHoliday:
		stack.Add(hatch(faint(widget.ColorSoon)))
		ground.StrokeColor = widget.Color(widget.ColorSoon)
	case dayPaused:
		stack.Add(dots(faint(widget.ColorWaiting)))
		ground.StrokeColor = widget.Color(widget.ColorWaiting)
	}
	if due {
		ground.FillColor, label.Color, label.TextStyle.Bold = widget.Color(widget.ColorPrimary), widget.Color(widget.ColorOnPrimary), true
	}
	if text != "" {
		stack.Add(container.NewPadded(label))
	}
	return stack
}

// faint lets the number above a pattern stay readable.
func faint(role fyne.ThemeColorName) color.Color {
	c := color.NRGBAModel.Convert(widget.Color(role)).(color.NRGBA)
	c.A = 0x66
	return c
}

// hatch draws slanting lines over the place it gets.
func hatch(c color.Color) fyne.CanvasObject {
	return container.New(slanting{}, canvas.NewLine(c), canvas.NewLine(c), canvas.NewLine(c))
}

type slanting struct{}

// MinSize implements fyne.Layout.
func (slanting) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout implements fyne.Layout.
func (slanting) Layout(lines []fyne.CanvasObject, s fyne.Size) {
	for i, o := range lines {
		line := o.(*canvas.Line)
		line.StrokeWidth = 1
		x := s.Width * float32(i+1) / float32(len(lines)+1)
		half := min(s.Height/2, x, s.Width-x)
		line.Position1, line.Position2 = fyne.NewPos(x-half, s.Height/2+half), fyne.NewPos(x+half, s.Height/2-half)
	}
}

// dots draws points over the place it gets.
func dots(c color.Color) fyne.CanvasObject {
	points := make([]fyne.CanvasObject, 8)
	for i := range points {
		points[i] = canvas.NewCircle(c)
	}
	return container.New(scattered{}, points...)
}

type scattered struct{}

// MinSize implements fyne.Layout.
func (scattered) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout implements fyne.Layout.
func (scattered) Layout(points []fyne.CanvasObject, s fyne.Size) {
	half := max(len(points)/2, 1)
	for i, o := range points {
		y := s.Height * 0.22
		if i >= half {
			y = s.Height * 0.78
		}
		o.Resize(fyne.NewSquareSize(2))
		o.Move(fyne.NewPos(s.Width*(float32(i%half)+0.5)/float32(half)-1, y-1))
	}
}

// legend explains the signs that occur.
func legend(days []Day) fyne.CanvasObject {
	var used [dayPaused + 1]bool
	for _, d := range days {
		used[sortOfDay(d)] = true
	}
	row := container.NewHBox()
	for sort := dayCounted; sort <= dayPaused; sort++ {
		if used[sort] {
			row.Add(container.NewCenter(cell(sort, "", false)))
			name := canvas.NewText(sortNames[sort], widget.Color(widget.ColorSecondary))
			name.TextSize = widget.Scaled(11)
			row.Add(name)
		}
	}
	return row
}

// note is one day, or a run of days, that wants a word.
type note struct {
	when, what string
	due        bool
	first      data.Day
}

// notes tells what is not plain from the strip: reception, holidays, pauses, the
// due date. Days with the same remark make one line.
func notes(days []Day) []note {
	var out []note
	same := false // only free days since the last note
	for i, d := range days {
		plain := strings.HasPrefix(d.Note, "Ngày làm việc thứ") || strings.HasPrefix(d.Note, "Ngày thứ")
		rest := d.Kind == workday.StepWeekend
		last := i == len(days)-1
		if (plain || rest) && !d.Due && !last && !strings.Contains(d.Note, "chuyển sang") {
			same = same && rest
			continue
		}
		if n := len(out); same && n > 0 && out[n-1].what == d.Note && !d.Due {
			out[n-1].when = short(out[n-1].first) + " – " + d.Date
			continue
		}
		out = append(out, note{d.Date, d.Note, d.Due, d.Day})
		same = true
	}
	return out
}

func short(d data.Day) string {
	_, month, day := d.Civil()
	return fmt.Sprintf("%02d/%02d", day, int(month))
}
