// Package receipt declares the facts of a dossier as fields of forms, once: the forms in
// which a dossier is received and corrected, and in which it is recorded what happened to
// it, pick theirs from here. What a fact is called is decided in package desk.
package receipt

import (
	"cmp"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/desk"
)

// Field is a field over a dossier.
type Field = form.Field[data.Dossier]

// Fields are the fields by their keys, which errors and corrections name too.
type Fields map[string]Field

// Of declares the fields. Lists to choose from hold the whole catalogue.
func Of(d *desk.Desk) Fields {
	text := func(key string, of func(*data.Dossier) *string) Field { return form.Text(key, "", of) }
	moment := func(key string, of func(*data.Dossier) *data.Moment) Field { return form.Moment(key, "", d.Today, of) }
	unit := func(key string, of func(*data.Dossier) *uint32) Field {
		return form.PickID(key, "", func(*data.Dossier) []kit.Choice { return env.Units(d) }, of)
	}
	list := []Field{
		text("code", func(d *data.Dossier) *string { return &d.Code }),
		form.PickID("procedure", "", func(*data.Dossier) []kit.Choice { return env.Procedures(d) }, func(d *data.Dossier) *uint32 { return &d.Procedure }),
		text("title", func(d *data.Dossier) *string { return &d.Title }),
		text("case", func(d *data.Dossier) *string { return &d.Case }),
		form.PickID("field", "", func(*data.Dossier) []kit.Choice { return env.Fields(d) }, func(d *data.Dossier) *uint32 { return &d.Field }),
		unit("unit", func(d *data.Dossier) *uint32 { return &d.Unit }),
		unit("receiver", func(d *data.Dossier) *uint32 { return &d.Receiver }),
		unit("helper", func(d *data.Dossier) *uint32 { return &d.Helper }).Or("Như đơn vị giải quyết"),
		text("externalCode", func(d *data.Dossier) *string { return &d.ExternalCode }),
		form.Suggest("externalSystem", "", func(*data.Dossier) []kit.Choice { return kit.Words(basis.SystemNames()) }, func(d *data.Dossier) *string { return &d.ExternalSystem }),
		text("partner", func(d *data.Dossier) *string { return &d.Partner }),
		form.Area("content", "", 2, func(d *data.Dossier) *string { return &d.Content }).Whole(),
		form.Enum("channel", "", func(d *data.Dossier) *data.Channel { return &d.Channel }, data.Direct, data.Online, data.Postal),
		form.Enum("return", "", func(d *data.Dossier) *data.ReturnWay { return &d.Return }, data.ReturnDirect, data.ReturnPostal, data.ReturnElectronic),
		moment("received", func(d *data.Dossier) *data.Moment { return &d.Received }),
		moment("due", func(d *data.Dossier) *data.Moment { return &d.Due }),
		moment("ownDue", func(d *data.Dossier) *data.Moment { return &d.OwnDue }),
		form.Term("term", "", func(d *data.Dossier) *data.Term { return &d.Term }),
		form.PickID("mode", "", func(*data.Dossier) []kit.Choice {
			return []kit.Choice{{Key: "", Text: "Trừ thời gian chờ"}, {Key: "1", Text: "Tính lại từ đầu"}, {Key: "2", Text: "Không trừ"}}
		}, func(d *data.Dossier) *data.PauseMode { return &d.Mode }),
		form.Count("copies", "", data.MaxCount, func(d *data.Dossier) *int { return &d.Copies }),
		papers(),
		form.Money("fee", "", func(d *data.Dossier) *int64 { return &d.Fee }),
		form.Enum("paid", "", func(d *data.Dossier) *data.PayWay { return &d.Paid }, data.PayCash, data.PayTransfer, data.PayOnline),
		text("officer", func(d *data.Dossier) *string { return &d.Officer }),
		form.Count("book", "Quyển số", data.MaxCount, func(d *data.Dossier) *int { return &d.Book }),
		form.Count("seq", "Số thứ tự", data.MaxCount, func(d *data.Dossier) *int { return &d.Seq }),
		form.Area("note", "", 2, func(d *data.Dossier) *string { return &d.Note }).Whole(),
		text("area", func(d *data.Dossier) *string { return &d.Owner.Area }),
		Mark("digitised", "Đã số hóa", data.Digitised, data.Digitised), Mark("eresult", "Kết quả điện tử", data.EResult, data.EResult), Mark("published", "Đã đồng bộ", data.Published, data.Published),
	}
	for _, x := range []struct {
		owner, agent string
		of           func(*data.Person) *string
	}{
		{"owner", "agent", func(p *data.Person) *string { return &p.Name }}, {"identity", "agentIdentity", func(p *data.Person) *string { return &p.Identity }},
		{"phone", "agentPhone", func(p *data.Person) *string { return &p.Phone }}, {"email", "agentEmail", func(p *data.Person) *string { return &p.Email }},
		{"address", "agentAddress", func(p *data.Person) *string { return &p.Address }},
	} {
		list = append(list, text(x.owner, func(d *data.Dossier) *string { return x.of(&d.Owner) }), text(x.agent, func(d *data.Dossier) *string { return x.of(&d.Agent) }))
	}
	out := Fields{}
	for _, f := range list {
		f.Label = cmp.Or(f.Label, desk.FactLabel(f.Key))
		out[f.Key] = f
	}
	return out
}

// Pick returns the field of a fact in a form over a T, which of finds the dossier in.
func Pick[T any](f Fields, key string, of func(*T) *data.Dossier) form.Field[T] {
	return form.Within(f[key], of)
}

// Mark is a box for marks of a dossier: all go with the tick, kept come with it.
func Mark(key, label string, all, kept data.Flag) Field {
	f := form.Check(key, label, func(*data.Dossier) *bool { return new(bool) })
	f.Get = func(d *data.Dossier) string {
		if d.Flags&all != 0 {
			return form.Ticked
		}
		return ""
	}
	f.Set = func(d *data.Dossier, text string) error {
		d.Flags &^= all
		if text == form.Ticked {
			d.Flags |= kept
		}
		return nil
	}
	return f
}

// papers are the papers handed in, a line each.
func papers() Field {
	count := func(key, label string, of func(*data.Part) *int) form.Field[data.Part] {
		return form.Count(key, label, data.MaxCount, of).Sized(66)
	}
	return form.Rows("parts", "", func(d *data.Dossier) *[]data.Part { return &d.Parts },
		form.Area("name", "Tên giấy tờ", 1, func(p *data.Part) *string { return &p.Name }).Sized(240),
		count("original", "Bản chính", func(p *data.Part) *int { return &p.Original }).Beginning("1"),
		count("certified", "Chứng thực", func(p *data.Part) *int { return &p.Certified }),
		count("copies", "Bản sao", func(p *data.Part) *int { return &p.Copies }),
		form.Enum("digital", "Số hóa", func(p *data.Part) *data.Digital { return &p.Digital }, data.DigitisedHere, data.ReusedPart, data.ReusedResult).
			Or(data.NotDigitised.String()).Sized(150))
}
