package desk

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"

	"giaoban/data"
	"giaoban/data/logbook"
)

// closedSpan is what a change of an entry has to know of a closing.
type closedSpan struct {
	Period data.Period `json:"period"`
	AsOf   data.Day    `json:"as_of"`
	At     int64       `json:"at"`
}

// closedSpans keep what was read of closings, which never change.
type closedSpans struct {
	mu    sync.Mutex
	known map[uint64]closedSpan
}

// read returns the closings of v; those that were read before are not decoded again.
func (c *closedSpans) read(v View) (out []closedSpan, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	err = v.EachRecord(KindClosing, func(id uint64, value []byte) error {
		one, ok := c.known[id]
		if !ok {
			if err := json.Unmarshal(value, &one); err != nil {
				return data.Fail(data.Damaged, fmt.Sprintf("Kỳ chốt số %d trong tệp dữ liệu bị hỏng. Khôi phục từ bản sao lưu.", id), err)
			}
			if c.known == nil {
				c.known = map[uint64]closedSpan{}
			}
			c.known[id] = one
		}
		out = append(out, one)
		return nil
	})
	return out, err
}

// closedPeriods tell which changes of entries alter what was closed.
type closedPeriods struct {
	spans  []closedSpan
	worlds []*logbook.World // as of the day of each closing
}

// on returns the world of a closing.
func (c *closedPeriods) on(now *logbook.World, i int) *logbook.World {
	if c.worlds == nil {
		c.worlds = make([]*logbook.World, len(c.spans))
	}
	if c.worlds[i] == nil {
		c.worlds[i] = now.AsOf(c.spans[i].AsOf)
	}
	return c.worlds[i]
}

// touched returns the closing of the period in which an entry lies and counts otherwise
// than before; old is nil for a new entry, e for one that is taken out.
func (c *closedPeriods) touched(now *logbook.World, k *logbook.Kind, e, old *logbook.Entry) (closedSpan, bool) {
	for i, span := range c.spans {
		if !within(now, k, e, span.Period) && !within(now, k, old, span.Period) {
			continue
		}
		w := c.on(now, i)
		if counted(w, k, e, span) != counted(w, k, old, span) {
			return span, true
		}
	}
	return closedSpan{}, false
}

// within reports whether the day of an entry lies in a period; an entry without a day of
// its own lies where its kind says that it belongs.
func within(w *logbook.World, k *logbook.Kind, e *logbook.Entry, p data.Period) bool {
	switch {
	case e == nil:
		return false
	case k.Field(k.Day) == nil:
		return k.In(w, e, p)
	}
	d := e.Day(k.Day)
	return p.From <= d && d <= p.To
}

// counted is what a closed period has of an entry: whether it counts, its state, what
// names it and its part in each measure; "" where it does not count.
func counted(w *logbook.World, k *logbook.Kind, e *logbook.Entry, span closedSpan) string {
	if e == nil || k.Begun != nil && !k.Begun(w, e) || !within(w, k, e, span.Period) {
		return ""
	}
	var b strings.Builder
	r := k.Row(w, e)
	fmt.Fprint(&b, r.State, "\n", e.Text(k.Day), "\n", e.Text(k.Head), "\n", k.In(w, e, span.Period))
	for i := range k.Measures {
		m := &k.Measures[i]
		part, of := m.Part(&r, span.Period)
		fmt.Fprint(&b, "\n", part, " ", of, " ", r.Text(m.Distinct))
	}
	for _, by := range []logbook.GroupBy{logbook.ByUnit, logbook.ByDomain} {
		fmt.Fprint(&b, "\n", k.GroupKey(&r, by))
	}
	return b.String()
}

// errClosed is the cause of a refusal that a reason would lift.
var errClosed = errors.New("closed period")

// NeedsReason reports whether a change was refused only because it alters a closed period
// without a reason.
func NeedsReason(err error) bool { return errors.Is(err, errClosed) }

// refuseClosed is the error of a change that alters a closed period, without a reason.
func refuseClosed(k *logbook.Kind, e *logbook.Entry, span closedSpan) error {
	key, what := k.Day, ""
	if f := k.Field(key); f != nil {
		what = f.Title + " " + e.Day(key).String()
	} else {
		key = k.Head
		what = "Dòng này"
	}
	return &data.Error{Code: data.Conflict, Field: key, Cause: errClosed, Message: fmt.Sprintf("%s thuộc %s, kỳ đã chốt số liệu đến %s. Ghi lý do sửa kỳ đã chốt, hoặc sửa ngày.", what, span.Period.Label, span.AsOf)}
}

// guard refuses a change of what was closed, unless a reason is given for it.
func (w *entryWriter) guard(k *logbook.Kind, e, old *logbook.Entry) error {
	if w.reason != "" {
		return nil
	}
	span, yes := w.closed.touched(w.world, k, e, old)
	if !yes {
		return nil
	}
	if e == nil || !within(w.world, k, e, span.Period) {
		e = old
	}
	return refuseClosed(k, e, span)
}

// ClosedBy returns the label of the closed period that a change of an entry would alter,
// "" for none: a change that is stored then needs a reason. old is nil for a new entry,
// e for one that is taken out.
func (d *Desk) ClosedBy(k *logbook.Kind, e, old *logbook.Entry) (string, error) {
	w, err := d.Logbooks(d.Today())
	if err != nil {
		return "", err
	}
	spans, err := Viewed(d, d.shelves().closed.read)
	if err != nil {
		return "", err
	}
	c := closedPeriods{spans: spans}
	span, _ := c.touched(w, k, e, old)
	return span.Period.Label, nil
}
