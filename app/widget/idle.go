package widget

import (
	"sync/atomic"
	"time"
)

// touched is when somebody last pressed, typed or scrolled, in nanoseconds of the clock.
var touched atomic.Int64

func touch() { touched.Store(Now().UnixNano()) }

// Idle returns how long nobody pressed, typed or scrolled in the window; 0 before the first
// time.
func Idle() time.Duration {
	last := touched.Load()
	if last == 0 {
		touch()
		return 0
	}
	return Now().Sub(time.Unix(0, last))
}
