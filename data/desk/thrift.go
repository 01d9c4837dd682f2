package desk

import (
	"runtime/debug"
	"sync"
)

// earlyGC is the growth in per cent at which memory is collected during an
// import.
const earlyGC = 20

// early counts the imports under way. How memory is collected is a setting of the
// whole program: the first import changes it and the last one puts it back.
var early struct {
	sync.Mutex
	users  int
	before int
}

// collectEarly has memory collected early until the function that it returns is
// called.
func collectEarly() (stop func()) {
	early.Lock()
	defer early.Unlock()
	if early.users++; early.users == 1 {
		early.before = debug.SetGCPercent(earlyGC)
	}
	return func() {
		early.Lock()
		defer early.Unlock()
		if early.users--; early.users == 0 {
			debug.SetGCPercent(early.before)
		}
	}
}
