package widget

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/kit"
	"giaoban/data/text"
)

// Option is one entry of a pick list.
type Option = kit.Choice

// containsWords reports whether every word of the query stands somewhere in the
// option; both come folded.
func containsWords(query, option string) bool {
	for _, w := range strings.Fields(query) {
		if !strings.Contains(option, w) {
			return false
		}
	}
	return true
}

// choices is the list that pickers and filter chips open: a search line above a
// grid.
type choices struct {
	options []Option
	folded  []string
	shown   []int // options in view
	marked  map[string]bool
	current string
	multi   bool
	grid    *Grid
	field   *Field
}

func (c *choices) Len() int { return len(c.shown) }

func (c *choices) Cells(row int, dst []Cell) {
	o := c.options[c.shown[row]]
	dst[0] = Cell{Text: o.Text, Strong: !c.multi && o.Key == c.current}
	if c.multi {
		dst[0].Mark = MarkBox
		if c.marked[o.Key] {
			dst[0].Mark = MarkChecked
		}
	}
	if len(dst) > 1 {
		dst[1] = Cell{Text: o.Detail, Role: ColorSecondary}
	}
}

// rankEnds is the rank of those that end with the query.
const rankEnds = 2

// rank orders what answers a query: the option itself, those that begin with it, those
// that end with it, those in which it begins a word, those that hold it as it was typed,
// and those that hold its words.
func (c *choices) rank(i int, q string) int {
	option, all := text.Fold(c.options[i].Text), c.folded[i]
	for rank, holds := range []bool{option == q, strings.HasPrefix(all, q), strings.HasSuffix(option, " "+q), strings.Contains(all, " "+q), strings.Contains(all, q)} {
		if holds {
			return rank
		}
	}
	return 5
}

// filter keeps the options that answer the query, the best first.
func (c *choices) filter(query string) {
	q := strings.TrimSpace(text.Fold(query))
	c.shown = c.shown[:0]
	for i := range c.options {
		if q == "" || containsWords(q, c.folded[i]) {
			c.shown = append(c.shown, i)
		}
	}
	if q != "" {
		ranks := map[int]int{}
		for _, i := range c.shown {
			ranks[i] = c.rank(i, q)
		}
		slices.SortStableFunc(c.shown, func(a, b int) int {
			if ranks[a] == ranks[b] && ranks[a] == rankEnds { // the one with least before it
				return len(c.options[a].Text) - len(c.options[b].Text)
			}
			return ranks[a] - ranks[b]
		})
	}
	c.grid.SetRows(c)
	if len(c.shown) == 0 {
		return
	}
	at := 0
	for row, i := range c.shown {
		if q == "" && c.options[i].Key == c.current && c.current != "" {
			at = row
		}
	}
	c.grid.SetCurrent(at)
}

// openChoices opens the list below the anchor. picked is called with the option
// of Enter or click, or, for several, with nil and the keys in marked.
func openChoices(anchor fyne.CanvasObject, c *choices, start string, picked func(o *Option), closed func()) *overlay {
	cv := canvasOf(anchor)
	if cv == nil {
		return nil
	}
	detail := false
	var widest float32
	for _, o := range c.options {
		c.folded = append(c.folded, text.Fold(o.Text+" "+o.Detail))
		detail = detail || o.Detail != ""
		if len(c.folded) <= 500 {
			widest = max(widest, textWidth(o.Text, Scaled(13), false)+textWidth(o.Detail, Scaled(13), false))
		}
	}
	columns := []Column{{ID: "text", Width: 160, Flex: 1}}
	if detail {
		columns = append(columns, Column{ID: "detail", Width: 90, Align: Right})
		widest += Scaled(40)
	}
	c.grid = NewGrid(columns)
	c.grid.NoHeader, c.grid.Single = true, true
	c.grid.SetEmpty("Không có mục nào khớp.", "", nil)
	c.field = NewField("Gõ để tìm")
	c.field.OnText = func(text string) { c.filter(text) }

	rows := float32(min(max(len(c.options), 3), 12))
	listSize := fyne.NewSize(min(max(anchor.Size().Width, widest+Scaled(60), Scaled(220)), Scaled(560)), rows*ControlHeight())
	list := container.New(&fixedSize{listSize}, c.grid)
	body := container.New(layout.NewCustomPaddedVBoxLayout(4), c.field, list)

	var o *overlay
	cancel := func() {
		o.close()
		closed()
	}
	finish := func(opt *Option) {
		cancel()
		picked(opt)
	}
	touched := false
	take := func(row int) {
		if c.multi {
			// Typing and Enter alone choose what was found.
			if !touched && row >= 0 && row < len(c.shown) && c.field.Value() != "" {
				c.marked[c.options[c.shown[row]].Key] = true
			}
			finish(nil)
			return
		}
		if row >= 0 && row < len(c.shown) {
			opt := c.options[c.shown[row]]
			finish(&opt)
		}
	}
	if c.multi {
		c.grid.OnToggle = func(row int) {
			touched = true
			key := c.options[c.shown[row]].Key
			c.marked[key] = !c.marked[key]
			c.grid.Refresh()
		}
		clear := NewQuietButton("Bỏ chọn hết", "", func() {
			c.marked = map[string]bool{}
			c.grid.Refresh()
		})
		body.Add(container.NewBorder(nil, nil, clear, NewMainButton("Lọc", "", func() { finish(nil) })))
	}
	c.field.OnShortcut = func(s fyne.Shortcut) bool {
		tick := pressed(s, fyne.KeySpace, fyne.KeyModifierControl) && c.multi && c.grid.Current() >= 0
		if tick {
			c.grid.OnToggle(c.grid.Current())
		}
		return tick
	}
	c.grid.OnOpen = take
	c.field.OnEnter = func(string) { take(c.grid.Current()) }
	c.field.OnKey = func(ev *fyne.KeyEvent) bool {
		switch ev.Name {
		case fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp:
			return c.grid.Navigate(ev)
		case fyne.KeyEscape:
			cancel()
			return true
		}
		return false
	}
	o = newOverlay(cv, container.New(layout.NewCustomPaddedLayout(4, 4, 4, 4), body))
	o.dismiss = cancel
	if c.multi {
		o.dismiss = func() { finish(nil) }
	}
	o.key = func(ev *fyne.KeyEvent) bool {
		switch ev.Name {
		case fyne.KeyEscape:
			cancel()
		case fyne.KeyReturn, fyne.KeyEnter:
			take(c.grid.Current())
		}
		return true
	}
	o.place = under(anchor, anchor.Size().Width)
	o.show(c.field)
	if start != "" {
		c.field.SetValue(start)
		c.field.CursorColumn = len([]rune(start))
		c.field.Refresh()
	}
	c.filter(start)
	if !c.multi {
		c.grid.clicked = take
	}
	return o
}

// fixedSize gives its one object a size.
type fixedSize struct{ size fyne.Size }

func (f *fixedSize) MinSize([]fyne.CanvasObject) fyne.Size { return f.size }
func (f *fixedSize) Layout(o []fyne.CanvasObject, s fyne.Size) {
	place(o[0], 0, 0, s.Width, s.Height)
}
