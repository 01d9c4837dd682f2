package reconcile

import (
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/data/exchange"
)

// hold adds a finding for each fact in which a row and the own dossier differ.
func (c *comparer) hold(r *exchange.Record, own *Own) {
	d := &own.Dossier
	day := c.opt.AsOf
	if !day.Known() {
		day = data.MaxDay
	}
	s := d.On(day)
	add := func(kind Kind, field Field, ours, theirs string) {
		c.add(Finding{Kind: kind, Field: field, Code: d.Code, ID: d.ID, Row: r.Row, Unit: r.Unit, Owner: d.Owner.Name, Ours: ours, Theirs: theirs,
			Actions: []Action{TakeTheirs, KeepOurs, Accept}})
	}
	if c.differs(d.Received, r.Dossier.Received) {
		add(DateDiffers, Received, d.Received.String(), r.Dossier.Received.String())
	}
	if theirs := r.Dossier.Due; c.differs(d.Due, theirs) && c.differs(s.Due, theirs) {
		add(DateDiffers, Due, d.Due.String(), theirs.String())
	}
	c.progress(r, s, add)
	if ours := number(d); r.Result != "" && !same(ours, r.Result) {
		add(ResultDiffers, ResultNo, ours, r.Result)
	}
	if ours := tick(d.Flags&data.EResult != 0); r.EResult != exchange.Unsaid && r.EResult != ours {
		add(ResultDiffers, EResult, ours.String(), r.EResult.String())
	}
	if theirs := r.Dossier.Owner.Name; theirs != "" && !same(d.Owner.Name, theirs) {
		add(FactDiffers, Owner, d.Owner.Name, theirs)
	}
	if ours, theirs, ok := procedures(r, own); ok {
		add(FactDiffers, Procedure, ours, theirs)
	}
}

func tick(yes bool) exchange.Tick {
	if yes {
		return exchange.Yes
	}
	return exchange.No
}

// differs reports whether the file names another day, or with Minutes another
// minute.
func (c *comparer) differs(ours, theirs data.Moment) bool {
	if !theirs.Known() {
		return false
	}
	return ours.Day != theirs.Day || c.opt.Minutes && ours.Clock.Known() && theirs.Clock.Known() && ours.Clock != theirs.Clock
}

// bucket puts the states together that count as one.
func bucket(s data.Status) data.Status {
	if s == data.Received {
		return data.Processing
	}
	return s
}

// progress compares state, end and hand-over. An end or hand-over that only one
// side has is a matter of the state.
func (c *comparer) progress(r *exchange.Record, s data.State, add func(Kind, Field, string, string)) {
	closed := s.Closed && s.Status != data.NotAccepted
	switch {
	case r.Status != 0:
		if bucket(r.Status) != bucket(s.Status) {
			add(StatusDiffers, Status, s.Status.String(), r.Status.String())
		}
	case !c.columns.Has(exchange.FactEnded) && !c.columns.Has(exchange.FactReturned):
	case (r.Ended.Known() || r.Returned.Known()) && !closed:
		add(StatusDiffers, Status, s.Status.String(), ended(r).String())
	case !r.Ended.Known() && !r.Returned.Known() && c.columns.Has(exchange.FactEnded) && closed:
		add(StatusDiffers, Status, s.Status.String(), data.Received.String())
	}
	if closed && c.differs(s.Ended, r.Ended) {
		add(DateDiffers, Ended, s.Ended.String(), r.Ended.String())
	}
	if s.Status == data.Delivered && c.differs(s.Returned, r.Returned) {
		add(DateDiffers, Returned, s.Returned.String(), r.Returned.String())
	}
}

func ended(r *exchange.Record) data.Status {
	if r.Returned.Known() {
		return data.Delivered
	}
	return data.Done
}

// number returns the number of the last result.
func number(d *data.Dossier) string {
	for i := len(d.Events) - 1; i >= 0; i-- {
		if e := &d.Events[i]; e.Kind == data.Finish {
			return e.Ref
		}
	}
	return ""
}

// procedures compares by code where both sides have one, else by name: as the
// own dossier was received, or as the catalogue has it.
func procedures(r *exchange.Record, own *Own) (ours, theirs string, differ bool) {
	ours, theirs = own.Dossier.Title, r.Procedure
	if ours == "" {
		ours = own.Procedure
	}
	if r.ProcedureCode != "" && own.ProcedureCode != "" {
		if base(r.ProcedureCode) == base(own.ProcedureCode) {
			return "", "", false
		}
		return strings.TrimSpace(own.ProcedureCode + " " + ours), strings.TrimSpace(r.ProcedureCode + " " + theirs), true
	}
	if theirs == "" || same(theirs, own.Dossier.Title) || same(theirs, own.Procedure) || own.Procedure == "" && same(theirs, own.Dossier.Content) {
		return "", "", false
	}
	return ours, theirs, true
}

// base cuts the province off a procedure code (register-and-reports 2.3).
func base(code string) string {
	code = strings.TrimSpace(code)
	if len(code) > 8 && code[1] == '.' && code[8] == '.' {
		return code[:8]
	}
	return code
}

// Reason is the reason that events of a reconciliation with a file bear.
func Reason(file string) string { return fmt.Sprintf("Đối chiếu với %s", file) }

// Take returns the dossier as it is after some of its facts were taken from the
// row, with one Vietnamese line for each change. Corrections are events with
// Reason; nothing else of the row counts, and the origin of the dossier stays.
// The ids of rec.Dossier must be resolved already. The errors are those of
// exchange.Merge; a field that rows do not hold is one of code Invalid.
func Take(d data.Dossier, rec *exchange.Record, fields []Field, opt exchange.MergeOptions) (data.Dossier, []string, error) {
	opt.Reason = Reason(rec.File)
	one := exchange.Record{Row: rec.Row, File: rec.File, Status: d.On(data.MaxDay).Status, Dossier: data.Dossier{Code: d.Code}}
	if one.Status == 0 {
		one.Status = data.Received
	}
	denied, titled := false, false
	for _, field := range fields {
		switch field {
		case Received:
			one.Dossier.Received = rec.Dossier.Received
		case Due:
			one.Dossier.Due = rec.Dossier.Due
		case Ended:
			one.Ended = rec.Ended
		case Returned:
			one.Returned = rec.Returned
		case Status:
			one.Ended, one.Returned = rec.Ended, rec.Returned
			if one.Status = rec.Status; one.Status == 0 && !one.Ended.Known() && !one.Returned.Known() {
				one.Status = data.Processing
			}
		case ResultNo:
			one.Result = rec.Result
		case EResult:
			if rec.EResult == exchange.No {
				denied = true
			} else {
				one.EResult = rec.EResult
			}
		case Owner:
			one.Dossier.Owner.Name = rec.Dossier.Owner.Name
		case Procedure:
			one.Dossier.Procedure, one.Dossier.Title = rec.Dossier.Procedure, rec.Dossier.Title
			titled = rec.Dossier.Title == "" && d.Title != ""
		default:
			return d, nil, data.Fail(data.Invalid, fmt.Sprintf("Hồ sơ %s: không lấy được «%s» theo tệp.", d.Code, field), nil)
		}
	}
	merged, changes, err := exchange.Merge(d, &one, opt)
	if err != nil {
		return d, nil, err
	}
	correct := func(field, old, new string) {
		merged.Events = append(merged.Events[:len(merged.Events):len(merged.Events)], data.Event{Kind: data.Correct, Field: field, Old: old, New: new, Text: opt.Reason, By: opt.By})
	}
	if denied && merged.Flags&data.EResult != 0 {
		// A plain import never takes the mark away.
		merged.Flags &^= data.EResult
		correct(string(EResult), exchange.Yes.String(), exchange.No.String())
		changes = append(changes, fmt.Sprintf("%s: %s, trước là %s", EResult, exchange.No, exchange.Yes))
	}
	if titled {
		// The file names the procedure as the catalogue does.
		merged.Title = ""
		correct("title", d.Title, "")
		changes = append(changes, fmt.Sprintf("Tên thủ tục: theo danh mục, trước là %s", d.Title))
	}
	return merged, changes, nil
}
