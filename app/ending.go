package app

import (
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// endWait is how long the toolkit has to end after its window was closed.
const endWait = 10 * time.Second

// ending closes the office once: after the toolkit's loop returned, or without it. An
// event that comes while the loop looks into its queue for the last time is never run by
// the toolkit (v2.8.1, runOnMainWithWait beside runGL), which then waits for it for ever
// while the data file stays locked.
type ending struct {
	finish func() int // closes what is open and returns the exit code
	exit   func(code int)

	begun sync.Once
	over  atomic.Bool
}

// begin gives the toolkit wait to return.
func (e *ending) begin(wait time.Duration) {
	e.begun.Do(func() {
		time.AfterFunc(wait, func() {
			if e.over.CompareAndSwap(false, true) {
				slog.Warn("the window's loop did not return: ending without it")
				e.exit(e.finish())
			}
		})
	})
}

// returned finishes after the loop returned; it does not return where begin was first,
// which ends the program.
func (e *ending) returned() int {
	if !e.over.CompareAndSwap(false, true) {
		select {}
	}
	return e.finish()
}
