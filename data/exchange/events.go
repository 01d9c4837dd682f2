package exchange

import (
	"encoding/json"
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/data/exchange/sheet"
)

// supplement is one entry of DanhSachHoSoBoSung (register-and-reports 2.5).
type supplement struct {
	Before   string `json:"NgayHenTraTruoc"`
	After    string `json:"NgayHenTraMoi"`
	Asked    string `json:"NgayBoSung"`
	Brought  string `json:"NgayTiepNhanBoSung"`
	Contents string `json:"NoiDungBoSung"`
}

// supplements reads the supplement rounds of family J, from JSON or from the
// column of the new due date.
func (r *reader) supplements() []supplement {
	if v := &r.vals[FactSupplements]; len(v.text) > 2 {
		var list []supplement
		if json.Unmarshal(v.text, &list) == nil && len(list) <= 100 {
			return list
		}
		return nil
	}
	if v := &r.vals[FactSupplementDue]; v.text != nil && !blank(v.text) {
		return []supplement{{After: string(v.text)}}
	}
	return nil
}

func momentOf(s string) data.Moment {
	if s == "" {
		return data.Moment{}
	}
	at, verdict := lexDate([]byte(s), sheet.Text).resolve(&Column{Order: DayFirst}, false)
	if verdict != dateOK {
		return data.Moment{}
	}
	return at
}

// text tells a round in words. A new due date stays words: it is what the
// province promised, and NgayHenTra is what the receipt says.
func (s supplement) text() string {
	var parts []string
	if s.Contents != "" {
		parts = append(parts, string(clean([]byte(s.Contents), new([]byte))))
	}
	if at := momentOf(s.After); at.Known() {
		parts = append(parts, fmt.Sprintf("Hẹn trả sau bổ sung: %s", at))
	}
	return strings.Join(parts, ". ")
}

// build writes the events that the state and the dates of a row tell. What the
// file does not date has an unknown day, or the day of the event before it.
func build(rec *Record, rounds []supplement) {
	d := &rec.Dossier
	status := rec.Status
	if status == 0 {
		status = derived(rec)
		if !rec.Matched {
			d.Flags |= data.StatusUnsure
		}
	}
	n := 0
	events := make([]data.Event, 0, 3)
	add := func(kind data.EventKind, at data.Moment) *data.Event {
		e := data.Event{Kind: kind, At: at}
		undated(&e, events)
		events = append(events, e)
		return &events[len(events)-1]
	}
	asked := false
	for _, s := range rounds {
		if at := momentOf(s.Asked); at.Known() && at.Day >= d.Received.Day {
			add(data.AskSupplement, at).Text = s.text()
			asked = true
			n++
			if back := momentOf(s.Brought); back.Known() && back.Day >= at.Day {
				add(data.Supplement, back)
				asked = false
			}
		}
	}
	if rec.Redue.Known() {
		add(data.Extend, data.Moment{}).Due = rec.Redue
	}
	switch status {
	case data.Registered:
		d.Entry = data.Registered
	case data.NotAccepted:
		d.Entry = data.NotAccepted
	case data.Processing:
		if !asked && n > 0 {
			break // the last supplement opened it again
		}
		add(data.BeginProcessing, data.Moment{})
	case data.AwaitSupply:
		if !asked {
			e := add(data.AskSupplement, data.Moment{})
			if len(rounds) > 0 {
				e.Text = rounds[len(rounds)-1].text()
			}
		}
	case data.AwaitPayment:
		add(data.AskPayment, data.Moment{})
	case data.WithdrawnState:
		add(data.Withdraw, first(rec.Ended, rec.Returned))
	case data.Halted:
		if at := first(rec.Ended, rec.Returned); at.Known() {
			add(data.Stop, at)
		} else {
			add(data.Suspend, data.Moment{})
		}
	case data.Done:
		add(data.Finish, first(rec.Ended, rec.Returned)).Ref = rec.Result
	case data.Delivered:
		if rec.Ended.Known() || rec.Result != "" {
			add(data.Finish, first(rec.Ended, rec.Returned)).Ref = rec.Result
		}
		add(data.Return, rec.Returned)
	}
	if status <= data.AwaitPayment && first(rec.Ended, rec.Returned).Known() {
		rec.note("Tệp ghi ngày kết thúc nhưng trạng thái là «%s»; đã giữ trạng thái.", status)
	}
	if (status == data.Done || status == data.Delivered || status == data.WithdrawnState) && !first(rec.Ended, rec.Returned).Known() {
		d.Flags |= data.EndUnknown
		rec.note("Hồ sơ «%s» nhưng tệp không ghi ngày kết thúc.", status)
	}
	if len(events) > 0 {
		d.Events = events
	}
}

// undated gives an event without a day, which counts as of the day of receipt,
// the day of the event before it where that has one: else a dossier would be
// handed over before it is finished in figures as of an earlier day.
func undated(e *data.Event, before []data.Event) {
	if e.At.Known() {
		return
	}
	for i := len(before) - 1; i >= 0; i-- {
		if b := &before[i]; b.At.Known() && b.Kind != data.Correct && b.Kind != data.HandOver {
			e.At = b.At
			e.Text = "Tệp không ghi ngày"
			return
		}
	}
}

// derived gives the state that follows from the dates alone.
func derived(rec *Record) data.Status {
	switch {
	case rec.Returned.Known():
		return data.Delivered
	case rec.Ended.Known():
		return data.Done
	}
	return data.Received
}

func first(a, b data.Moment) data.Moment {
	if a.Known() {
		return a
	}
	return b
}
