package widget

import (
	"time"

	"fyne.io/fyne/v2"
)

const (
	// caretRest is how long the caret goes on blinking after the last key. Each
	// blink draws the whole window anew, which costs a quarter of a processor where
	// no graphics card helps.
	caretRest = 10 * time.Second
	// caretHold is how often a caret at rest is told to stand still; the toolkit
	// lets it blink again 300 ms after a key.
	caretHold = 250 * time.Millisecond
)

// wakeCaret lets the caret blink until no key came for a while.
func (f *Field) wakeCaret() {
	f.leaveCaret()
	f.stopCaret = After(caretRest, f.holdCaret)
}

// leaveCaret ends what wakeCaret began.
func (f *Field) leaveCaret() {
	if f.stopCaret != nil {
		f.stopCaret()
		f.stopCaret = nil
	}
}

// holdCaret keeps the caret in sight: to the toolkit it is a key that means
// nothing.
func (f *Field) holdCaret() {
	f.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUnknown})
	f.stopCaret = After(caretHold, f.holdCaret)
}
