package env

import (
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"giaoban/app/widget"
	"giaoban/data/desk"
)

// draftPause is how long a draft rests before it goes to its file.
const draftPause = 400 * time.Millisecond

// Draft keeps what is being typed beside the data file, so that a crash, a power
// cut or closing the window loses nothing of it.
type Draft struct {
	path   string
	desk   *desk.Desk // seals it where the office is protected
	latest atomic.Pointer[string]
	rest   func(string)
	mu     sync.Mutex // one writer at a time
}

// Drafts are the drafts of an office, to be written at once when it is closed.
type Drafts struct{ all []*Draft }

// Flush writes at once what the drafts were given last.
func (d *Drafts) Flush() {
	for _, x := range d.all {
		x.Flush()
	}
}

// Draft returns the draft of a form; name is part of its file name, such as
// "dang-nhap".
func (e *Env) Draft(name string) *Draft {
	path := e.Desk.Path()
	d := &Draft{path: path[:len(path)-len(filepath.Ext(path))] + "." + name + ".json", desk: e.Desk}
	d.rest = widget.Debounce(draftPause, func(string) { widget.Background(d.Flush) })
	if e.Drafts != nil {
		e.Drafts.all = append(e.Drafts.all, d)
	}
	return d
}

// Read returns what was kept the last time, "" for nothing.
func (d *Draft) Read() string {
	if _, err := os.Stat(d.path); err != nil {
		return ""
	}
	raw, err := d.desk.ReadSealed(d.path, "bản nháp")
	if err != nil {
		return ""
	}
	return string(raw)
}

// Keep keeps a text soon; "" removes the draft.
func (d *Draft) Keep(text string) {
	d.latest.Store(&text)
	d.rest(text)
}

// Flush writes at once what Keep was given last. A draft that cannot be written is
// still on the page, so nothing is said.
func (d *Draft) Flush() {
	d.mu.Lock()
	defer d.mu.Unlock()
	text := d.latest.Swap(nil)
	if text == nil {
		return
	}
	if *text == "" {
		_ = os.Remove(d.path)
		return
	}
	_ = d.desk.WriteSealed(d.path, []byte(*text))
}
