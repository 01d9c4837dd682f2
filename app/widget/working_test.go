package widget

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
)

// TestClosingDuringWorkAsks: while work runs, closing asks; stopping it cancels the
// work and closes once it has ended; without work nothing is asked.
func TestClosingDuringWorkAsks(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(false, 100))
	w := test.NewTempWindow(t, NewPage("", nil, nil, Gap(1)))
	closed := make(chan bool, 1)
	ask := func() bool { return AskWorking(w, func() { closed <- true }) }
	if ask() {
		t.Fatal("asks without work")
	}
	ended := make(chan error, 1)
	RunWithProgress(w, "Đang nhập", func(ctx context.Context, _ Report) error { <-ctx.Done(); return ctx.Err() }, func(err error) { ended <- err })
	if !ask() || DialogTitle(w) != "Còn việc đang làm" || !ask() || len(closed) > 0 {
		t.Fatalf("while it runs: «%s»", DialogTitle(w))
	}
	p := working[0]
	p.question.Close()
	p.question, p.after = nil, func() { closed <- true }
	p.cancel()
	select {
	case <-closed:
		if err := <-ended; err == nil || len(working) != 0 {
			t.Errorf("ended with %v, %d still run", err, len(working))
		}
	case <-time.After(5 * time.Second):
		t.Error("not closed after the work ended")
	}
}

// TestPagesToPrint reads ranges of pages as officers write them.
func TestPagesToPrint(t *testing.T) {
	for text, want := range map[string]string{"": "", "1-3, 5": "1-3,5", "2": "2", " 4–6 ; 9 ": "4-6,9", "3-1": "!", "a": "!", "0": "!", "1-": "!"} {
		got, err := ParsePages(text)
		if err != nil {
			got = "!"
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
