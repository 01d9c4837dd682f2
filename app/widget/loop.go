package widget

import (
	"time"

	"fyne.io/fyne/v2"
)

// After runs f on the main goroutine once the time has passed, unless the
// returned function is called before on the main goroutine. Widgets take every
// delay from here; tests put a clock of their own in its place.
var After = func(d time.Duration, f func()) (stop func()) {
	stopped := false
	t := time.AfterFunc(d, func() {
		fyne.Do(func() {
			if !stopped {
				f()
			}
		})
	})
	return func() { stopped = true; t.Stop() }
}

// Post runs f on the main goroutine in a later turn of the event loop. Other
// goroutines come back to the window by it.
var Post = func(f func()) { fyne.Do(f) }

// Background runs long work off the main goroutine. A panic of it is logged and
// told to OnFault; the program goes on.
var Background = func(f func()) {
	go func() {
		defer func() {
			if r := recover(); r != nil {
				err := panicked(r)
				Post(func() { OnFault(err) })
			}
		}()
		f()
	}()
}

// Now is the clock of widgets: double clicks and the time left of long work.
var Now = time.Now

const (
	// submitDelay is waited after Enter before a field is read: input methods
	// such as ibus-unikey deliver the last word only after the key.
	submitDelay = 40 * time.Millisecond
	// searchDelay is the pause in typing after which a search starts.
	searchDelay = 180 * time.Millisecond
	// tipDelay is how long the mouse rests before a tooltip shows.
	tipDelay = 500 * time.Millisecond
)

// Debounce calls f with the last value given to the returned function when no
// further value came for d.
func Debounce[T any](d time.Duration, f func(T)) func(T) {
	var stop func()
	return func(v T) {
		if stop != nil {
			stop()
		}
		stop = After(d, func() { stop = nil; f(v) })
	}
}
