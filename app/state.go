//go:build e2e

package app

import (
	"encoding/json"
	"os"
	"time"

	"giaoban/app/widget"
)

// visible is what the window shows, for tests that drive the real window: they
// name a file in GIAOBAN_STATE and read it after each change.
type visible struct {
	Screen   string `json:"screen"`
	Listed   int    `json:"listed"`
	Selected string `json:"selected"`
	Status   string `json:"status"`
	Toast    string `json:"toast"`
	Dialog   string `json:"dialog"`
	Focus    string `json:"focus"` // see widget.Sight
	Value    string `json:"value"`
	Errors   string `json:"errors"`
	Text     string `json:"text"`
	Pages    int    `json:"pages"`
}

var (
	stateFile = os.Getenv("GIAOBAN_STATE")
	lastState visible
)

// statePolling is how often the state is looked at: toasts and dialogs come and go
// without telling.
const statePolling = 150 * time.Millisecond

// tellState writes what the window shows while no office is open.
func tellState(screen, status string) { writeState(visible{Screen: screen, Status: status}) }

// writeState keeps the file in step with the window; without a file it does
// nothing.
func writeState(v visible) {
	if stateFile == "" || v == lastState {
		return
	}
	lastState = v
	raw, err := json.Marshal(v)
	if err != nil {
		return
	}
	// A reader must never see half of it.
	if os.WriteFile(stateFile+".part", raw, 0o600) == nil {
		_ = os.Rename(stateFile+".part", stateFile)
	}
}

// watchState keeps the file in step until the office is closed.
func watchState(o *office) {
	if stateFile == "" {
		return
	}
	ticker := time.NewTicker(statePolling)
	done := make(chan struct{})
	before := o.stop
	o.stop = func() { before(); ticker.Stop(); close(done) }
	widget.Background(func() {
		for {
			select {
			case <-done:
				return
			case <-ticker.C:
				widget.Post(o.look)
			}
		}
	})
}

// look writes what the office shows.
func (o *office) look() {
	p := o.shell.Current()
	if p == nil {
		return
	}
	v := visible{Screen: o.shell.Now(), Status: p.Status(), Toast: widget.ToastText(o.w.win), Dialog: widget.DialogTitle(o.w.win)}
	seen := widget.See(o.w.win)
	v.Focus, v.Value, v.Errors, v.Text, v.Pages = seen.Focus, seen.Value, seen.Errors, seen.Text, seen.Pages
	if l, ok := p.(interface{ Sight() (int, string) }); ok {
		v.Listed, v.Selected = l.Sight()
	}
	writeState(v)
}
