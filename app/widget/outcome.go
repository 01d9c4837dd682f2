package widget

import "giaoban/data"

// MarkOf returns the sign of an outcome.
func MarkOf(o data.Outcome, soon bool) Mark {
	switch o {
	case data.Early:
		return MarkEarly
	case data.OnTime:
		return MarkOnTime
	case data.Late, data.Overdue:
		return MarkLate
	case data.PendingWait:
		return MarkPaused
	case data.WithdrawnOut, data.NotCounted:
		return MarkStopped
	case data.PendingInTime:
		if soon {
			return MarkSoon
		}
		return MarkOnTime
	}
	return NoMark
}
