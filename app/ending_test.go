//go:build ci || e2e

package app

import (
	"testing"
	"time"
)

// TestEndsWithoutTheLoop: the office is closed once, by the loop that returned or, where it
// does not, after the wait.
func TestEndsWithoutTheLoop(t *testing.T) {
	ended, closed := make(chan int, 2), make(chan bool, 2)
	finish := func() int { closed <- true; return 7 }
	stuck := ending{finish: finish, exit: func(code int) { ended <- code }}
	stuck.begin(time.Millisecond)
	stuck.begin(time.Millisecond)
	select {
	case code := <-ended:
		if code != 7 || len(closed) != 1 {
			t.Errorf("code %d, closed %d times", code, len(closed))
		}
	case <-time.After(time.Minute):
		t.Fatal("the program does not end")
	}
	<-closed
	usual := ending{finish: finish, exit: func(code int) { ended <- code }}
	if code := usual.returned(); code != 7 {
		t.Errorf("code %d", code)
	}
	usual.begin(time.Millisecond)
	time.Sleep(50 * time.Millisecond)
	if len(ended) != 0 || len(closed) != 1 {
		t.Errorf("ended again: %d, closed %d times", len(ended), len(closed))
	}
}
