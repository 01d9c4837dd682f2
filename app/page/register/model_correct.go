package register

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"giaoban/app/env"
	"giaoban/data"
	"giaoban/data/desk"
)

// Correction is the form in which the facts of a receipt are corrected. The
// screen writes the right facts into Now.
type Correction struct {
	// Now is the dossier as it shall be; its Due is the date that counts now.
	Now data.Dossier
	// Ended and Returned are the days of the end and of the hand-over; unknown
	// where there is none.
	Ended, Returned data.Moment
	Why             string

	s      *env.Session
	before data.Dossier
	state  data.State
	known  []desk.Warning // what looked wrong before
	seen   uint64         // how far the journal went when the form was filled
}

// Correct opens the form of corrections of a dossier.
func (m *Model) Correct(id uint64) (*Correction, error) {
	seen := m.s.Desk.Seen()
	one, err := m.s.Desk.Dossier(id)
	if err != nil {
		return nil, err
	}
	if err := one.MayHappen(data.Event{Kind: data.Correct}, m.s.Desk.Today()); err != nil {
		return nil, err
	}
	c := &Correction{Now: one, s: m.s, before: one, state: one.On(data.MaxDay), seen: seen}
	c.Now.Parts, c.Now.Events = slices.Clone(one.Parts), slices.Clone(one.Events)
	c.Now.Due, c.Ended, c.Returned = c.state.Due, c.state.Ended, c.state.Returned
	c.known = m.s.Desk.Warnings(&c.Now)
	return c, nil
}

// HasEnd and HasReturn report whether there is a day of the end, and of the
// hand-over, to correct.
func (c *Correction) HasEnd() bool { return c.state.Closed && !c.state.Cancelled }

// HasReturn reports whether the result was handed over.
func (c *Correction) HasReturn() bool { return c.state.Returned.Known() }

// CountDue sets the due dates that the term gives and returns what changes.
func (c *Correction) CountDue() string {
	before := c.Now.Due
	one := c.Now
	c.s.Desk.CountDue(&one)
	c.Now.Due, c.Now.OwnDue = one.Due, one.OwnDue
	if !one.Due.Known() {
		return "Chưa có thời hạn nên không tính được ngày hẹn."
	}
	return fmt.Sprintf("Ngày hẹn %s thành %s.", cmp.Or(before.Day.String(), "(trống)"), one.Due.Day)
}

// SetProcedure chooses another procedure; field and term follow the catalogue,
// the due date stays until it is counted anew.
func (c *Correction) SetProcedure(id uint32) {
	p := c.s.Desk.Catalogue().Procedure(id)
	c.Now.Procedure, c.Now.Title, c.Now.Case = id, "", ""
	if id != 0 {
		c.Now.Field, c.Now.Term, c.Now.Mode = p.Field, p.TermOf("", c.Now.Channel), p.Mode
	}
}

// Changes are the facts that differ so far, old and new.
func (c *Correction) Changes() []desk.Difference {
	before, now := c.before, c.Now
	before.Due, before.Events, now.Events = c.state.Due, nil, nil
	out := c.s.Desk.Catalogue().Differences(&before, &now)
	for _, field := range []string{data.FieldEnded, data.FieldReturned} {
		if day, ok := c.dates()[field]; ok {
			old := map[string]data.Moment{data.FieldEnded: c.state.Ended, data.FieldReturned: c.state.Returned}[field]
			out = append(out, desk.Difference{Field: field, Label: desk.FactLabel(field), Old: old.String(), New: day.String()})
		}
	}
	return out
}

// dates are the days of the end and of the hand-over that differ.
func (c *Correction) dates() map[string]data.Moment {
	out := map[string]data.Moment{}
	if c.HasEnd() && c.Ended != c.state.Ended && c.Ended.Known() {
		out[data.FieldEnded] = c.Ended
	}
	if c.HasReturn() && c.Returned != c.state.Returned && c.Returned.Known() {
		out[data.FieldReturned] = c.Returned
	}
	return out
}

// Beside puts what another desk made of facts beside what stands in the form, which
// was filled anew: a line each fact that both changed.
func (c *Correction) Beside(o *desk.Overtaken) []string {
	var out []string
	for _, mine := range c.Changes() {
		if slices.ContainsFunc(o.Lines, func(l desk.Difference) bool { return l.Label == mine.Label }) {
			out = append(out, fmt.Sprintf("%s: %s ghi «%s»; trong biểu mẫu là «%s».", mine.Label, o.Who, cmp.Or(mine.Old, "(trống)"), cmp.Or(mine.New, "(trống)")))
		}
	}
	return out
}

// Warnings tell what looks wrong with the corrected facts and did not before. Of
// a dossier that waited the due date is not compared with the term.
func (c *Correction) Warnings() []desk.Warning {
	return slices.DeleteFunc(c.s.Desk.Warnings(&c.Now), func(w desk.Warning) bool {
		return w.Field == "due" && len(c.before.Events) > 0 || slices.Contains(c.known, w)
	})
}

// Save writes all corrections in one change. Its errors name the fact where they
// can; with an error nothing was written.
func (c *Correction) Save(ctx context.Context) error {
	if strings.TrimSpace(c.Why) == "" {
		return &data.Error{Code: data.Invalid, Field: "why", Message: "Đính chính cần một lý do. Nhập lý do."}
	}
	if len(c.Changes()) == 0 {
		return &data.Error{Code: data.Invalid, Message: "Chưa có gì khác so với hồ sơ đang lưu."}
	}
	now := c.Now
	return c.s.Desk.Mend(desk.Upon(ctx, c.seen), c.before.ID, strings.TrimSpace(c.Why), func(one *data.Dossier) {
		id, events, entry, origin := one.ID, one.Events, one.Entry, one.Origin
		*one = now
		one.ID, one.Events, one.Entry, one.Origin = id, events, entry, origin
	}, c.dates())
}

// ChangeUnit gives dossiers another competent unit, with a reason, in one change.
func (m *Model) ChangeUnit(ctx context.Context, ids []uint64, unit uint32, why string, progress func(done, total int64)) (Saved, error) {
	if unit == 0 {
		return Saved{}, &data.Error{Code: data.Invalid, Field: "unit", Message: "Chưa chọn đơn vị giải quyết."}
	}
	bulk, err := m.s.Desk.AmendAll(ctx, ids, why, func(one *data.Dossier) { one.Unit = unit }, progress)
	if err != nil {
		return Saved{}, err
	}
	said := fmt.Sprintf("Đã đổi đơn vị của %s hồ sơ.", data.FormatInt(int64(bulk.Done)))
	if bulk.Done == 0 {
		said = "Các hồ sơ này đã thuộc đơn vị đó."
	}
	if n := len(bulk.Refused); n > 0 {
		said += fmt.Sprintf(" %s hồ sơ không đổi được.", data.FormatInt(int64(n)))
	}
	return Saved{Said: said, Done: bulk.Done, Refused: bulk.Refused}, nil
}
