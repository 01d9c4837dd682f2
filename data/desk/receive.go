package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/matter"
	"giaoban/data/text"
	"giaoban/data/workday"
)

// Warning is what an officer should know before saving; it forbids nothing.
type Warning struct {
	Field string // the field that it concerns
	Text  string // in Vietnamese
	// Dossier is the one that it speaks of, 0 for none.
	Dossier uint64
}

// Draft proposes a new dossier received now: the next code, its book, and what
// usually stays from the one entered before: procedure, unit, channel and way of
// return. after may be nil.
func (d *Desk) Draft(after *data.Dossier) data.Dossier {
	now := data.MomentOf(d.Now())
	one := data.Dossier{Received: now, Code: d.NextCode(now.Day), Copies: 1, Channel: data.Direct, Return: data.ReturnDirect, Officer: d.Officer()}
	if after != nil {
		one.Procedure, one.Case, one.Channel, one.Return = after.Procedure, after.Case, after.Channel, after.Return
		one.Receiver, one.Helper = after.Receiver, after.Helper
	}
	d.Fill(&one)
	if after != nil && after.Unit != 0 {
		one.Unit = after.Unit
	}
	return one
}

// Fill copies to a dossier what its procedure, case and channel bring along:
// field, term, mode, unit, papers, fee and book; and counts its due dates.
func (d *Desk) Fill(one *data.Dossier) {
	p := d.Catalogue().Procedure(one.Procedure)
	one.Field, one.Mode = p.Field, p.Mode
	one.Term = p.TermOf(one.Case, one.Channel)
	if p.Unit != 0 {
		one.Unit = p.Unit
	}
	one.Fee = p.Fee
	for _, c := range p.Cases {
		if c.Name == one.Case && c.Fee > 0 {
			one.Fee = c.Fee
		}
	}
	one.Parts = nil
	for _, name := range p.PartsOf(one.Case) {
		one.Parts = append(one.Parts, data.Part{Name: name, Original: 1})
	}
	var err error
	if one.Book, err = d.BookOf(one.Field); err != nil {
		d.fault(err) // in no book rather than in the wrong one
	}
	one.Seq = 0
	d.CountDue(one)
}

// CountDue counts the due date of a dossier from its receipt and term, and the
// own unit's date of a linked procedure. Without a term both are unknown.
func (d *Desk) CountDue(one *data.Dossier) {
	one.Due, one.OwnDue = data.Moment{}, data.Moment{}
	calendar, options := d.Calendar(), d.counting(one)
	if due, err := workday.DueMoment(calendar, one.Received, one.Term, nil, one.Mode, options); err == nil {
		one.Due = due
	}
	if own := d.Catalogue().Procedure(one.Procedure).OwnTerm; own.Known() {
		if due, err := workday.DueMoment(calendar, one.Received, own, nil, one.Mode, options); err == nil && (!one.Due.Known() || !one.Due.Before(due)) {
			one.OwnDue = due
		}
	}
}

// Warnings tell what looks wrong with a dossier that is about to be saved:
// the same person with the same procedure within some days, a code that is taken
// or holds another date, a receipt outside of office hours, a due date that the
// term does not give.
func (d *Desk) Warnings(one *data.Dossier) []Warning {
	var out []Warning
	warn := func(field, format string, args ...any) {
		out = append(out, Warning{Field: field, Text: fmt.Sprintf(format, args...)})
	}
	calendar, today := d.Calendar(), d.Today()
	if code := strings.TrimSpace(one.Code); code != "" {
		if id := d.Find(code); id != 0 && id != one.ID {
			warn("code", "Mã %s đã có trong sổ.", code)
			out[len(out)-1].Dossier = id
		}
		if day := data.CodeDay(code); day.Known() && one.Received.Known() && day != one.Received.Day {
			warn("code", "Mã ghi ngày %s, khác ngày nhận %s.", day, one.Received.Day)
		}
	}
	if g, ok := d.dropped(one); ok {
		warn("seq", "Số %d quyển %d đã cấp cho hồ sơ %s rồi hoàn tác: chỉ dùng lại cho đúng hồ sơ ấy.", one.Seq, one.Book, g.Code)
	}
	if r := one.Received; r.Known() {
		switch {
		case r.Day > today:
			warn("received", "Ngày nhận %s ở sau hôm nay.", r.Day)
		case closed(calendar, r.Day):
			warn("received", "Ngày nhận %s là ngày nghỉ%s.", r.Day, dayName(calendar, r.Day))
		case r.Clock.Known() && one.Channel != data.Online && !calendar.Sessions(r.Day).Spans(r.Clock):
			warn("received", "Nhận lúc %s, ngoài giờ làm việc (%s).", r.Clock, calendar.Sessions(r.Day))
		case r.Clock.Known() && d.Rules().HandInUntil.Known() && r.Clock > d.Rules().HandInUntil:
			warn("received", "Nhận sau %s: chuyển hồ sơ cho đơn vị vào đầu ngày làm việc kế tiếp.", d.Rules().HandInUntil)
		}
		if year := max(r.Day, one.Due.Day).Year(); !calendar.Declared(year) {
			warn("due", "Lịch nghỉ năm %d chưa được công bố; ngày hẹn là dự kiến.", year)
		}
	}
	if one.Due.Known() {
		if closed(calendar, one.Due.Day) {
			warn("due", "Ngày hẹn trả %s là ngày nghỉ%s.", one.Due.Day, dayName(calendar, one.Due.Day))
		}
		possible, err := workday.DueDays(calendar, one.Received, one.Term, nil, one.Mode, d.counting(one))
		switch {
		case err != nil || !possible[0].Known():
		case !slices.Contains(possible, one.Due.Day):
			warn("due", "Theo thời hạn %s thì hẹn trả ngày %s.", one.Term, possible[0])
		case len(possible) > 1:
			warn("due", "Lịch làm việc có câu hỏi chưa trả lời; tùy câu trả lời, thời hạn hết ngày %s.", joinDays(possible))
		}
	} else if !one.Term.Known() && one.Procedure != 0 {
		warn("due", "Thủ tục chưa có thời hạn trong danh mục. Nhập ngày hẹn trả, hoặc bổ sung thời hạn cho thủ tục.")
	}
	if p := d.Catalogue().Procedure(one.Procedure); one.Procedure != 0 && one.Received.Known() {
		if n, ok := basis.Outdated(d.Catalogue().Field(p.Field).Name, p.From, p.To, one.Received.Day); ok {
			warn("procedure", "%s Thủ tục này trong danh mục chưa theo luật mới.", n.Text)
		}
	}
	if u := d.Catalogue().Unit(one.Unit); one.Unit != 0 && one.Received.Known() && !u.ValidOn(one.Received.Day) {
		warn("unit", "%s không hoạt động vào ngày %s.", u.Name, one.Received.Day)
	}
	similar, err := d.similar(one)
	if err != nil {
		warn("owner", "Chưa xem được có hồ sơ trùng hay không. %v", err)
	}
	for _, s := range similar {
		warn("owner", "Trùng người và thủ tục với hồ sơ %s nhận ngày %s.", s.Code, s.Received.Day)
		out[len(out)-1].Dossier = s.ID
	}
	return out
}

// similar returns up to three dossiers of the same person and procedure that
// were received within the days of the rule.
func (d *Desk) similar(one *data.Dossier) ([]data.Dossier, error) {
	name := strings.Join(strings.Fields(one.Owner.Name), " ")
	days := data.Day(d.Rules().SimilarDays)
	if name == "" || one.Procedure == 0 || !one.Received.Known() || days == 0 {
		return nil, nil
	}
	period, err := data.FreePeriod(one.Received.Day-days, one.Received.Day+days)
	if err != nil {
		return nil, err
	}
	var out []data.Dossier
	list := d.List(Query{Filter: Filter{Procedures: []uint32{one.Procedure}}, Text: `"` + strings.ReplaceAll(name, `"`, " ") + `"`, Period: &period, Column: data.ColNew})
	err = d.Dossiers(list.IDs[:min(len(list.IDs), 50)], func(other *data.Dossier) error {
		if len(out) < 3 && other.ID != one.ID && text.NameKey(other.Owner.Name) == text.NameKey(name) {
			out = append(out, *other)
		}
		return nil
	})
	return out, err
}

// Required are the facts without which Refusals lets no dossier be received.
var Required = []string{"code", "received", "procedure", "owner", "agent", "unit"}

// Refusals tells all that keeps a dossier from being received at the counter, each
// with its field: what it lacks, and what does not agree. One that is not accepted
// (Mẫu số 03) needs no unit. Registers of the past are imported with what they hold.
func (d *Desk) Refusals(one *data.Dossier) []*data.Error {
	var out []*data.Error
	lacks := func(lacking bool, field, message string) {
		if lacking {
			out = append(out, &data.Error{Code: data.Invalid, Field: field, Message: message})
		}
	}
	lacks(one.Procedure == 0 && one.Title == "", "procedure", "Chưa chọn thủ tục. Chọn thủ tục, hoặc thêm thủ tục trong Danh mục.")
	lacks(strings.TrimSpace(one.Owner.Name) == "", "owner", "Chưa có tên chủ hồ sơ. Nhập họ tên hoặc tên tổ chức.")
	lacks(one.Agent != data.Person{} && strings.TrimSpace(one.Agent.Name) == "", "agent", "Chưa có tên người nộp thay. Nhập tên, hoặc bỏ dấu chọn.")
	lacks(one.Unit == 0 && one.Entry != data.NotAccepted && len(d.Catalogue().Units) > 0, "unit", "Chưa chọn đơn vị giải quyết. Chọn đơn vị.")
	named := *one
	if strings.TrimSpace(one.Code) == "" {
		lacks(true, "code", "Hồ sơ chưa có mã. Nhập mã hồ sơ.")
		named.Code = "mới" // Validate names one fault at a time and begins with the code
	}
	for _, err := range []error{named.Validate(d.Today()), d.refuseMatter(one)} {
		var e *data.Error
		if errors.As(err, &e) {
			out = append(out, e)
		}
	}
	return out
}

// Receive stores a new dossier: it gets its number in the book, and the officer
// where none is named. A code that is taken, or facts that do not agree, give an
// *data.Error that names the field; nothing is stored then.
func (d *Desk) Receive(ctx context.Context, one *data.Dossier) error {
	clean(one)
	if one.Officer == "" {
		one.Officer = d.Officer()
	}
	if err := one.Validate(d.Today()); err != nil {
		return err
	}
	if err := d.refuseMatter(one); err != nil {
		return err
	}
	title := "Tiếp nhận " + one.Code
	if one.Entry == data.NotAccepted {
		title = "Không tiếp nhận " + one.Code
	}
	stored := *one
	err := d.Change(ctx, Work{Title: title}, func(tx Tx) error {
		stored.ID = 0
		if err := d.takeSeq(tx, &stored); err != nil {
			return err
		}
		if err := tx.PutDossier(&stored); err != nil {
			return err
		}
		return d.keepNumbers(tx, &stored)
	})
	if err == nil {
		*one = stored
	}
	return err
}

// refuseMatter refuses what is no administrative procedure: by the name of its
// procedure, by its content where it names none. The error is of the field "procedure"
// or "content".
func (d *Desk) refuseMatter(one *data.Dossier) error {
	p := d.Catalogue().Procedure(one.Procedure)
	name, field := cmp.Or(one.Title, p.Name), "procedure"
	if name == "" {
		name, field = one.Content, "content"
	}
	if err := matter.Refuse(p.Code, name, d.Bases(), one.Received.Day); err != nil {
		return data.InField(err, field)
	}
	return nil
}

// clean brings the texts of a dossier to the form in which they are kept.
func clean(one *data.Dossier) {
	*one = text.All(*one)
	for _, s := range shortTexts(one) {
		*s = text.Line(*s)
	}
	one.Content, one.Note = strings.TrimSpace(one.Content), strings.TrimSpace(one.Note)
}

// shortTexts are the texts of a dossier that stand on one line.
func shortTexts(one *data.Dossier) []*string {
	return []*string{&one.Code, &one.ExternalCode, &one.ExternalSystem, &one.Title, &one.Officer, &one.Partner, &one.Case,
		&one.Owner.Name, &one.Owner.Identity, &one.Owner.Phone, &one.Owner.Email, &one.Owner.Address, &one.Owner.Area,
		&one.Agent.Name, &one.Agent.Identity, &one.Agent.Phone, &one.Agent.Email, &one.Agent.Address, &one.Agent.Area}
}

// cleanChanged cleans those short texts that an edit changed: a text that stands
// as an earlier version kept it is no correction.
func cleanChanged(before, one *data.Dossier) {
	was := shortTexts(before)
	for i, s := range shortTexts(one) {
		if *s != *was[i] {
			*s = text.Line(*s)
		}
	}
	if one.Content != before.Content {
		one.Content = strings.TrimSpace(text.Clean(one.Content))
	}
	if one.Note != before.Note {
		one.Note = strings.TrimSpace(text.Clean(one.Note))
	}
}
