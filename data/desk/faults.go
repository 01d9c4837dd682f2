package desk

import "log/slog"

// OnFault sets what is told of errors of the file where an answer goes on without
// what could not be read, such as a number that is only proposed; nil tells nobody.
// It is called on the goroutine that asked. Such errors are logged in any case.
func (d *Desk) OnFault(fn func(error)) {
	if fn == nil {
		fn = func(error) {}
	}
	d.faulted.Store(&fn)
}

// fault tells of such an error.
func (d *Desk) fault(err error) {
	if fn := d.faulted.Load(); fn != nil {
		(*fn)(err)
		return
	}
	slog.Error("reading", "error", err)
}
