package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fw "fyne.io/fyne/v2/widget"
)

// Check is a box to tick that leaves Enter and Escape to its dialog.
type Check struct {
	fw.Check
	// OnShortcut sees every shortcut before the window does; true means that it took
	// it.
	OnShortcut func(s fyne.Shortcut) bool
}

// NewCheck returns a box to tick.
func NewCheck(label string, changed func(on bool)) *Check {
	c := &Check{}
	c.Text, c.OnChanged = label, changed
	c.ExtendBaseWidget(c)
	return c
}

// Set ticks the box or not without calling OnChanged.
func (c *Check) Set(on bool) {
	told := c.OnChanged
	c.OnChanged = nil
	c.SetChecked(on)
	c.OnChanged = told
}

// TypedKey implements fyne.Focusable.
func (c *Check) TypedKey(ev *fyne.KeyEvent) { passKey(c, ev) }

// TypedShortcut implements fyne.Shortcutable.
func (c *Check) TypedShortcut(s fyne.Shortcut) {
	if c.OnShortcut == nil || !c.OnShortcut(s) {
		passShortcut(c, s)
	}
}

// Segments is a row of buttons of which one is chosen: a switch between views.
type Segments struct {
	fw.BaseWidget
	// OnChange is called with the number of the part chosen by the officer.
	OnChange func(i int)
	buttons  []*Button
	chosen   int
}

// NewSegments returns a switch with the first part chosen.
func NewSegments(labels []string, changed func(i int)) *Segments {
	s := &Segments{OnChange: changed}
	for i, l := range labels {
		s.buttons = append(s.buttons, NewButton(l, "", func() {
			if s.chosen != i {
				s.Choose(i)
				if s.OnChange != nil {
					s.OnChange(i)
				}
			}
		}))
	}
	s.ExtendBaseWidget(s)
	s.Choose(0)
	return s
}

// SetLabel renames a part.
func (s *Segments) SetLabel(i int, label string) { s.buttons[i].SetText(label) }

// Choose shows a part as chosen without calling OnChange.
func (s *Segments) Choose(i int) {
	s.chosen = i
	for j, b := range s.buttons {
		b.SetChosen(i == j)
	}
}

// Chosen returns the number of the chosen part.
func (s *Segments) Chosen() int { return s.chosen }

// CreateRenderer implements fyne.Widget.
func (s *Segments) CreateRenderer() fyne.WidgetRenderer {
	row := container.New(layout.NewCustomPaddedHBoxLayout(0))
	for _, b := range s.buttons {
		row.Add(b)
	}
	return fw.NewSimpleRenderer(row)
}
