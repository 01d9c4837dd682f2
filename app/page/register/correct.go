package register

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/kit/form"
	"giaoban/app/kit/receipt"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// correctWidth is the width of the form of corrections, px at 100 %.
const correctWidth = 720

// correct opens the form of corrections of a dossier: what is stored stands below
// each field that differs.
func (p *page) correct(id uint64) {
	c, err := p.m.Correct(id)
	if err != nil {
		p.e.Fail("Đính chính", err)
		return
	}
	before := *c
	said, beside := warning("", correctWidth), warning("", correctWidth)
	counted := widget.NewNote("", 420)
	var f *form.Form[Correction]
	tell := func() {
		v := f.Value()
		before.Why = v.Why // no fact of the dossier
		f.Before(before)
		said.SetText(texts(v.Warnings()))
	}
	follow := func(v Correction, keys ...string) {
		for _, key := range keys {
			f.Type(key, f.TextOf(key, v))
		}
		tell()
	}
	count := widget.NewButton("Tính lại ngày hẹn theo thời hạn", widget.IconRefresh, func() {
		v := f.Value()
		counted.SetText(v.CountDue())
		follow(v, "due", "ownDue")
	})
	form.Ask(p.e, form.Question[Correction]{Title: "Đính chính: " + c.Now.Code, Value: *c, Fields: p.facts(c), Columns: 2, Width: correctWidth, Foot: []string{"why"},
		Own: map[string]fyne.CanvasObject{"count": container.NewBorder(nil, nil, count, nil, container.NewCenter(counted))}, Above: []fyne.CanvasObject{beside}, Below: []fyne.CanvasObject{said},
		Ready: func(made *form.Form[Correction]) {
			f = made
			f.OnChange = func(key string) {
				v := f.Value()
				if key != "procedure" {
					tell()
					return
				}
				v.SetProcedure(v.Now.Procedure)
				follow(v, "field", "title", "case", "term", "mode")
			}
		},
		Store: func(ctx context.Context, c Correction) error { return c.Save(ctx) },
		Refused: func(err error) {
			var o *desk.Overtaken
			if !errors.As(err, &o) {
				return
			}
			now, err := p.m.Correct(id)
			if err != nil {
				return // what is shown says why
			}
			mine := f.Draft()
			now.Why, before = f.Value().Why, *now
			f.Refill(*now, func(key string) bool { _, typed := mine[key]; return typed })
			v := f.Value()
			beside.SetText(strings.Join(v.Beside(o), "\n"))
			tell()
		},
		Then: func(c Correction) { p.saved(Saved{Said: "Đã đính chính hồ sơ " + c.Now.Code + ".", Done: 1}) }})
}

// facts are the fields of the facts that can be corrected.
func (p *page) facts(c *Correction) []form.Field[Correction] {
	all := receipt.Of(p.e.Desk)
	var out []form.Field[Correction]
	pick := func(section string, keys ...string) {
		for i, key := range keys {
			x := receipt.Pick(all, key, func(c *Correction) *data.Dossier { return &c.Now })
			if i == 0 {
				x = x.Under(section)
			}
			out = append(out, x)
		}
	}
	end := func(key string, of func(*Correction) *data.Moment, has func(*Correction) bool) {
		out = append(out, form.Moment(key, desk.FactLabel(key), p.m.Today, of).When(has))
	}
	pick("Hồ sơ", "code", "procedure", "case", "field", "unit", "receiver", "helper", "externalCode", "externalSystem", "partner", "channel", "return", "title", "content")
	pick("Chủ hồ sơ, người nộp", "owner", "agent", "identity", "agentIdentity", "phone", "agentPhone", "email", "agentEmail", "address", "agentAddress", "area", "officer")
	pick("Ngày và thời hạn", "received", "term", "due", "ownDue", "mode")
	end(data.FieldEnded, func(c *Correction) *data.Moment { return &c.Ended }, (*Correction).HasEnd)
	end(data.FieldReturned, func(c *Correction) *data.Moment { return &c.Returned }, (*Correction).HasReturn)
	out = append(out, form.Field[Correction]{Key: "count", Kind: form.KindOwn, Wide: true})
	pick("Thành phần, phí, sổ", "copies", "fee", "paid", "book", "seq", "parts", "digitised", "eresult", "published")
	const doubts = data.DoubtPhone | data.DoubtID | data.DoubtDates | data.StatusUnsure
	if kept := c.Now.Flags & doubts; kept != 0 {
		all["doubts"] = receipt.Mark("doubts", "Tệp nguồn còn nghi vấn (bỏ dấu khi đã kiểm tra)", doubts, kept)
		pick("", "doubts")
	}
	pick("", "note")
	for i := range out {
		switch out[i].Key {
		case "procedure", "field", "unit", "channel", "return":
			out[i] = out[i].Or("Chưa rõ").Sized(200)
		case "receiver":
			out[i] = out[i].Or("Như đơn vị giải quyết")
		case "paid":
			out[i] = out[i].Or("Chưa nộp")
		}
	}
	return append(out, form.Text("why", "Lý do đính chính", func(c *Correction) *string { return &c.Why }).Need())
}
