package app

import (
	"strings"

	"fyne.io/fyne/v2"

	"giaoban/app/screen"
	screenscoring "giaoban/app/screen/scoring"
	"giaoban/app/view/scoring"
	"giaoban/app/widget"
)

// buildScoring makes the screen.
func (o *office) buildScoring() screen.Screen {
	m := scoring.New(o.session)
	s := screenscoring.New(o.print, m, o.dayInfo)
	s.Undo = o.undo

	ctrl := fyne.KeyModifierControl
	anywhere := func(key fyne.KeyName, modifier fyne.KeyModifier, do func()) {
		o.frame.AddShortcut(key, modifier, func() {
			if o.now == navScoring {
				do()
			}
		})
	}
	here := func(key fyne.KeyName, modifier fyne.KeyModifier, do func()) {
		anywhere(key, modifier, func() {
			if s.InSheet() {
				do()
			}
		})
	}
	for _, enter := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter} {
		here(enter, ctrl, s.SaveLeaf)
	}
	here(fyne.KeyS, ctrl, s.StayLeaf)
	anywhere(fyne.KeyDown, ctrl, func() { s.Next(false) })
	anywhere(fyne.KeyUp, ctrl, func() { s.Next(true) })
	anywhere(fyne.KeyPageDown, ctrl, func() { s.Turn(1) })
	anywhere(fyne.KeyPageUp, ctrl, func() { s.Turn(-1) })
	anywhere(fyne.KeyF2, ctrl, s.EditHead)
	here(fyne.KeyE, ctrl, s.NextMissing)
	here(fyne.KeyJ, ctrl, s.NextOpen)
	here(fyne.KeyL, ctrl, s.AddProof)

	drafts := &draftFile{path: strings.TrimSuffix(o.desk.Path(), ".db") + ".dang-cham.json"}
	if m.Leaf.Restore(drafts.read()) > 0 {
		widget.Post(func() {
			widget.ShowToast(o.w.win, "Có tiêu chí đang chấm dở từ lần trước.", "Chấm tiếp", func() { o.go_(navScoring) })
		})
	}
	m.Leaf.Keep = widget.Debounce(draftPause, drafts.keep)
	return s
}
