package receiving

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
)

// order is the order of the fields on the page: the first problem is shown
// first.
var order = strings.Fields("procedure case term channel return code received clock book seq owner identity phone email address agent agentIdentity agentPhone agentEmail agentAddress " +
	"content copies parts unit receiver helper externalCode externalSystem partner fee paid note due ownDue")

// assemble returns the dossier as it would be stored.
func (m *Model) assemble() data.Dossier {
	one := m.form.Dossier
	lived(&one.Owner, m.form.Homes[Owner])
	lived(&one.Agent, m.form.Homes[Agent])
	if !m.form.ByAgent {
		one.Agent = data.Person{}
	}
	one.Parts = handedIn(one.Parts)
	one.Flags &^= data.FeeDue | data.PaidOnline | data.Digitised
	if one.Fee > 0 {
		one.Flags |= data.FeeDue
		if one.Paid == data.PayOnline {
			one.Flags |= data.PaidOnline
		}
	}
	for _, p := range one.Parts {
		if p.Digital != data.NotDigitised {
			one.Flags |= data.Digitised
		}
	}
	return one
}

// handedIn returns the lines that name a paper.
func handedIn(parts []data.Part) []data.Part {
	var out []data.Part
	for _, p := range parts {
		if p.Name = strings.Join(strings.Fields(p.Name), " "); p.Name != "" {
			out = append(out, p)
		}
	}
	return out
}

// Problems returns all that keeps the dossier from being saved, in the order of
// the fields.
func (m *Model) Problems() []*data.Error { return m.problems(m.assemble()) }

func (m *Model) problems(one data.Dossier) []*data.Error {
	found := map[string]*data.Error{}
	add := func(field, message string) {
		if found[field] == nil {
			found[field] = &data.Error{Code: data.Invalid, Field: field, Message: message}
		}
	}
	for field, err := range m.faults {
		add(field, err.Error())
	}
	if m.form.ByAgent && strings.TrimSpace(one.Agent.Name) == "" {
		add("agent", "Chưa có tên người nộp thay. Nhập tên, hoặc bỏ dấu chọn.")
	}
	for _, e := range m.s.Desk.Refusals(&one) {
		if message := m.CodeMissing(); e.Field == FieldCode && message != "" {
			e.Message = message
		}
		add(e.Field, e.Message)
	}
	var out []*data.Error
	for _, field := range order {
		if found[field] != nil {
			out = append(out, found[field])
			delete(found, field)
		}
	}
	for _, e := range found {
		out = append(out, e)
	}
	return out
}

// Save stores the dossier, or the corrections of one that was just stored, and
// calls then on the window's goroutine. On an error, an *data.Error that names
// the field, everything stays on the page. While a dossier is being saved
// further calls do nothing.
func (m *Model) Save(then func(error)) { m.save(m.assemble(), then) }

// RefusalMissing tells why the dossier cannot be refused for the reason; nil when
// it can be tried.
func (m *Model) RefusalMissing(reason string) error {
	switch {
	case strings.TrimSpace(reason) == "":
		return &data.Error{Code: data.Invalid, Field: FieldReason, Message: "Chưa có lý do không tiếp nhận. Nhập lý do để in trên phiếu."}
	case m.Saved() != 0:
		return data.Fail(data.Conflict, "Hồ sơ này đã được tiếp nhận. Mở hồ sơ trong sổ để ghi «Không tiếp nhận».", nil)
	}
	return nil
}

// Refuse stores the dossier as not accepted, for a reason (Mẫu số 03): it is kept
// in a list of its own and stands in no figure.
func (m *Model) Refuse(reason string, then func(error)) {
	if err := m.RefusalMissing(reason); err != nil {
		then(err)
		return
	}
	reason = strings.TrimSpace(reason)
	one := m.assemble()
	one.Entry = data.NotAccepted
	one.Due, one.OwnDue, one.Book, one.Seq = data.Moment{}, data.Moment{}, 0, 0
	one.Events = []data.Event{{Kind: data.Refuse, At: one.Received, Text: reason, By: m.s.Desk.Office().Officer, Recorded: m.s.Desk.Now().Unix()}}
	m.save(one, then)
}

func (m *Model) save(one data.Dossier, then func(error)) {
	if m.saving {
		return
	}
	if wrong := m.problems(one); len(wrong) > 0 {
		then(wrong[0])
		return
	}
	m.saving = true
	d, typed := m.s.Desk, m.form.Typed[FieldCode]
	m.s.Go(func() {
		var err error
		ctx := context.Background()
		if one.ID != 0 {
			err = d.Amend(ctx, one.ID, "Sửa ngay sau khi tiếp nhận", func(stored *data.Dossier) {
				origin, seq := stored.Origin, stored.Seq
				*stored = one
				stored.Origin = origin
				stored.Seq = cmp.Or(stored.Seq, seq)
			})
			if err == nil {
				one, err = d.Dossier(one.ID)
			}
		} else {
			if !typed {
				// Another dossier may have taken the proposed code since.
				if code := d.NextCode(one.Received.Day); code != "" {
					one.Code = code
				}
			}
			err = d.Receive(ctx, &one)
		}
		m.s.Post(func() {
			m.saving = false
			if err != nil {
				then(m.named(err))
				return
			}
			m.stored(one)
			then(nil)
		})
	})
}

// named lets an error point to a field.
func (m *Model) named(err error) error {
	var e *data.Error
	if errors.As(err, &e) && e.Code == data.Conflict && e.Field == "" && m.Saved() == 0 {
		named := *e
		named.Field = FieldCode
		return &named
	}
	return err
}

// stored shows the dossier as the register has it now.
func (m *Model) stored(one data.Dossier) {
	m.form.Dossier, m.form.Dirty = one, false
	m.form.Typed = map[string]bool{FieldCode: true, FieldReceived: true, FieldClock: true, FieldBook: true, FieldParts: true, FieldFee: true,
		FieldUnit: true, FieldTerm: true, FieldDue: m.form.Typed[FieldDue], FieldOwnDue: m.form.Typed[FieldOwnDue]}
	m.faults, m.warnings, m.known = map[string]error{}, nil, nil
	m.asked++
	m.remember(&one)
	m.Keep("")
	m.Changed()
	m.Warned()
}

// remember proposes what the dossier holds for the next ones.
func (m *Model) remember(one *data.Dossier) {
	m.recent.Procedures = first(m.recent.Procedures, one.Procedure, 0)
	m.recent.Partners = first(m.recent.Partners, one.Partner, "")
	for _, p := range []data.Person{one.Owner, one.Agent} {
		a := desk.ParseAddress(p.Address, p.Area)
		if a.House = ""; a.Commune != "" {
			m.recent.Communes = first(m.recent.Communes, a, desk.Address{})
			m.usual = a.Province
		}
	}
}

// first puts an entry at the head of a list that holds each once.
func first[T comparable](list []T, entry, none T) []T {
	if entry == none {
		return list
	}
	out := []T{entry}
	for _, e := range list {
		if e != entry {
			out = append(out, e)
		}
	}
	return out
}
