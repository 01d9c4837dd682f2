package register

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/basis"
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
	said, beside := newWarnings(correctWidth), newWarnings(correctWidth)
	counted := widget.NewNote("", 420)
	var f *form.Form[Correction]
	tell := func() {
		v := f.Value()
		before.Why = v.Why // no fact of the dossier
		f.Before(before)
		said.show(v.Warnings())
	}
	count := widget.NewButton("Tính lại ngày hẹn theo thời hạn", widget.IconRefresh, func() {
		v := f.Value()
		counted.SetText(v.CountDue())
		f.Type("due", f.TextOf("due", v))
		f.Type("ownDue", f.TextOf("ownDue", v))
		tell()
	})
	form.Ask(p.e, form.Question[Correction]{Title: "Đính chính: " + c.Now.Code, Value: *c, Fields: p.facts(c), Columns: 2, Width: correctWidth, Foot: []string{"why"},
		Own: map[string]fyne.CanvasObject{"count": container.NewBorder(nil, nil, count, nil, container.NewCenter(counted))}, Above: []fyne.CanvasObject{beside.object}, Below: []fyne.CanvasObject{said.object},
		Ready: func(made *form.Form[Correction]) {
			f = made
			f.OnChange = func(key string) {
				if v := f.Value(); key == "procedure" {
					v.SetProcedure(v.Now.Procedure)
					for _, follows := range []string{"field", "title", "case", "term", "mode"} {
						f.Type(follows, f.TextOf(follows, v))
					}
				}
				tell()
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
			beside.lines(v.Beside(o))
			tell()
		},
		Then: func(c Correction) { p.saved(Saved{Said: "Đã đính chính hồ sơ " + c.Now.Code + ".", Done: 1}) }})
}

type fact = form.Field[Correction]

// facts are the fields of the facts that can be corrected.
func (p *page) facts(c *Correction) []fact {
	text := func(key, label string, of func(c *Correction) *string) fact { return form.Text(key, label, of) }
	offered := func(filter string) func(*Correction) []kit.Choice {
		return func(*Correction) []kit.Choice { return p.m.Choices(filter) }
	}
	moment := func(key, label string, of func(c *Correction) *data.Moment) fact {
		return form.Moment(key, label, p.m.Today, of)
	}
	out := []fact{
		text("code", "Mã hồ sơ", func(c *Correction) *string { return &c.Now.Code }).Under("Hồ sơ"),
		form.PickID("procedure", "Thủ tục", offered(FilterProcedure), func(c *Correction) *uint32 { return &c.Now.Procedure }).Or("Chưa rõ").Sized(200),
		text("case", "Trường hợp", func(c *Correction) *string { return &c.Now.Case }),
		form.PickID("field", "Lĩnh vực", offered(FilterField), func(c *Correction) *uint32 { return &c.Now.Field }).Or("Chưa rõ"),
		form.PickID("unit", "Đơn vị giải quyết", offered(FilterUnit), func(c *Correction) *uint32 { return &c.Now.Unit }).Or("Chưa rõ"),
		form.PickID("receiver", "Nơi tiếp nhận", offered(FilterUnit), func(c *Correction) *uint32 { return &c.Now.Receiver }).Or("Như đơn vị giải quyết"),
		form.PickID("helper", "Nơi hướng dẫn", offered(FilterUnit), func(c *Correction) *uint32 { return &c.Now.Helper }).Or("Như đơn vị giải quyết"),
		text("externalCode", "Mã ở hệ thống khác", func(c *Correction) *string { return &c.Now.ExternalCode }),
		form.Suggest("externalSystem", "Hệ thống khác", func(*Correction) []kit.Choice { return kit.Words(basis.SystemNames()) }, func(c *Correction) *string { return &c.Now.ExternalSystem }),
		text("partner", "Cơ quan phối hợp", func(c *Correction) *string { return &c.Now.Partner }),
		form.Enum("channel", "Hình thức nhận", func(c *Correction) *data.Channel { return &c.Now.Channel }, data.Direct, data.Online, data.Postal).Or("Chưa rõ"),
		form.Enum("return", "Trả kết quả", func(c *Correction) *data.ReturnWay { return &c.Now.Return }, data.ReturnDirect, data.ReturnPostal, data.ReturnElectronic).Or("Chưa rõ"),
		text("title", "Tên thủ tục khi tiếp nhận", func(c *Correction) *string { return &c.Now.Title }),
		form.Area("content", "Nội dung", 2, func(c *Correction) *string { return &c.Now.Content }).Whole(),

		text("owner", "Chủ hồ sơ", func(c *Correction) *string { return &c.Now.Owner.Name }).Under("Chủ hồ sơ, người nộp"),
		text("agent", "Người nộp (nếu khác)", func(c *Correction) *string { return &c.Now.Agent.Name }),
		text("identity", "Số định danh", func(c *Correction) *string { return &c.Now.Owner.Identity }),
		text("agentIdentity", "Số định danh người nộp", func(c *Correction) *string { return &c.Now.Agent.Identity }),
		text("phone", "Điện thoại", func(c *Correction) *string { return &c.Now.Owner.Phone }),
		text("agentPhone", "Điện thoại người nộp", func(c *Correction) *string { return &c.Now.Agent.Phone }),
		text("email", "Thư điện tử", func(c *Correction) *string { return &c.Now.Owner.Email }),
		text("agentEmail", "Thư điện tử người nộp", func(c *Correction) *string { return &c.Now.Agent.Email }),
		text("address", "Địa chỉ", func(c *Correction) *string { return &c.Now.Owner.Address }),
		text("agentAddress", "Địa chỉ người nộp", func(c *Correction) *string { return &c.Now.Agent.Address }),
		text("area", "Địa bàn", func(c *Correction) *string { return &c.Now.Owner.Area }),
		text("officer", "Người tiếp nhận", func(c *Correction) *string { return &c.Now.Officer }),

		moment("received", "Ngày nhận", func(c *Correction) *data.Moment { return &c.Now.Received }).Under("Ngày và thời hạn"),
		form.Term("term", "Thời hạn", func(c *Correction) *data.Term { return &c.Now.Term }),
		moment("due", "Ngày hẹn trả", func(c *Correction) *data.Moment { return &c.Now.Due }),
		moment("ownDue", "Hạn của đơn vị (liên thông)", func(c *Correction) *data.Moment { return &c.Now.OwnDue }),
		p.pausing(),
		moment(data.FieldEnded, "Ngày có kết quả", func(c *Correction) *data.Moment { return &c.Ended }).When((*Correction).HasEnd),
		moment(data.FieldReturned, "Ngày trả kết quả", func(c *Correction) *data.Moment { return &c.Returned }).When((*Correction).HasReturn),
		{Key: "count", Kind: form.KindOwn, Wide: true},

		form.Count("copies", "Số bộ", data.MaxCount, func(c *Correction) *int { return &c.Now.Copies }).Under("Thành phần, phí, sổ"),
		form.Money("fee", "Phí, lệ phí (đồng)", func(c *Correction) *int64 { return &c.Now.Fee }),
		form.Enum("paid", "Cách nộp phí", func(c *Correction) *data.PayWay { return &c.Now.Paid }, data.PayCash, data.PayTransfer, data.PayOnline).Or("Chưa nộp"),
		form.Count("book", "Quyển số", data.MaxCount, func(c *Correction) *int { return &c.Now.Book }),
		form.Count("seq", "Số thứ tự", data.MaxCount, func(c *Correction) *int { return &c.Now.Seq }),
		p.papers(c),
	}
	for _, x := range []struct {
		key, label string
		flag       data.Flag
	}{{"digitised", "Đã số hóa", data.Digitised}, {"eresult", "Kết quả điện tử", data.EResult}, {"published", "Đã đồng bộ", data.Published}} {
		out = append(out, flag(x.key, x.label, x.flag, x.flag))
	}
	const doubts = data.DoubtPhone | data.DoubtID | data.DoubtDates | data.StatusUnsure
	if kept := c.Now.Flags & doubts; kept != 0 {
		out = append(out, flag("doubts", "Tệp nguồn còn nghi vấn (bỏ dấu khi đã kiểm tra)", doubts, kept))
	}
	return append(out, form.Area("note", "Ghi chú", 2, func(c *Correction) *string { return &c.Now.Note }).Whole(),
		form.Text("why", "Lý do đính chính", func(c *Correction) *string { return &c.Why }).Need())
}

// flag is a box for marks of a dossier: all goes with the tick, kept comes with it.
func flag(key, label string, all, kept data.Flag) fact {
	f := form.Check(key, label, func(*Correction) *bool { return new(bool) })
	f.Get = func(c *Correction) string {
		if c.Now.Flags&all != 0 {
			return form.Ticked
		}
		return ""
	}
	f.Set = func(c *Correction, text string) error {
		c.Now.Flags &^= all
		if text == form.Ticked {
			c.Now.Flags |= kept
		}
		return nil
	}
	return f
}

// pausing is how the time of waiting counts.
func (p *page) pausing() fact {
	f := form.PickID("mode", "Khi chờ bổ sung", func(*Correction) []kit.Choice {
		return []kit.Choice{{Key: "", Text: "Trừ thời gian chờ"}, {Key: "1", Text: "Tính lại từ đầu"}, {Key: "2", Text: "Không trừ"}}
	}, func(c *Correction) *data.PauseMode { return &c.Now.Mode })
	return f
}

// papers are the papers of the dossier, a line each; how one was digitised stays
// with its name.
func (p *page) papers(c *Correction) fact {
	before := c.Now.Parts
	copies := func(key, label string, of func(*data.Part) *int) form.Field[data.Part] {
		return form.Count(key, label, data.MaxCount, of)
	}
	f := form.Rows("parts", "Thành phần hồ sơ", func(c *Correction) *[]data.Part { return &c.Now.Parts },
		form.Text("name", "Tên giấy tờ", func(x *data.Part) *string { return &x.Name }).Need().Sized(300),
		copies("original", "Bản chính", func(x *data.Part) *int { return &x.Original }),
		copies("certified", "Chứng thực", func(x *data.Part) *int { return &x.Certified }),
		copies("copies", "Photo", func(x *data.Part) *int { return &x.Copies }))
	set := f.Set
	f.Set = func(c *Correction, text string) error {
		err := set(c, text)
		keepDigital(c.Now.Parts, before)
		return err
	}
	return f
}
