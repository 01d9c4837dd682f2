package register

import "giaoban/data"

// SetAt tells when it happened, as the form does: a due date that was not typed follows.
func (f *EventForm) SetAt(at data.Moment) {
	f.At = at
	f.propose()
}
