package packages

import (
	"context"
	"path/filepath"

	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/kit/parts"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/packet"
)

// cards is the part Thẻ đơn vị.
func (p *page) cards() parts.Part {
	col := list.Col[card]
	return list.Of(p.Inner(partCards), list.Options[card]{ID: "cards", Title: pageTitle, What: "thẻ", Paper: "DANH SÁCH THẺ ĐƠN VỊ", Lead: p.Head(p.own),
		Load: func() ([]card, error) {
			text := ownCard(p.e.Desk)
			p.e.Session.Post(func() { p.own.SetText(text) })
			return cards(p.e.Desk)
		},
		Key: func(c *card) uint64 { return list.KeyOf(c.Card.Fingerprint()) }, Ended: func(c *card) bool { return c.state == packet.Replaced || c.state == packet.Revoked },
		Columns: []list.Column[card]{
			col("name", "Đơn vị", 200, 2, func(c *card) string { return c.Card.Name }),
			col("unit", "Mã đơn vị", 110, 0, func(c *card) string { return c.Card.Unit }),
			col("print", "Dấu vân tay", 330, 0, func(c *card) string { return c.Card.Fingerprint() }),
			col("valid", "Hiệu lực", 180, 0, (*card).validity),
			col("state", "Trạng thái", 150, 0, func(c *card) string { return c.state.Title() }).Dress(func(c *card, cell *widget.Cell) {
				if c.state == packet.Unchecked || c.state == packet.Expired {
					cell.Role = widget.ColorSoon
				}
			}),
			col("merged", "Sáp nhập từ", 200, 1, func(c *card) string { return merged(c.Card.Predecessors) }),
		},
		Actions: []list.Action{{Label: "Lưu thẻ của cơ quan…", Icon: widget.IconSave, Do: p.saveCard}, {Label: "In dấu vân tay", Icon: widget.IconPrint, Do: p.printCard},
			{Label: "Lập thẻ mới…", Icon: widget.IconRefresh, Do: p.renew}, {Label: "Thêm thẻ…", Icon: widget.IconAdd, Main: true, Do: p.chooseCard}},
		Open: p.compare,
		Menu: func(c *card, _ []uint64) []widget.MenuItem {
			one := *c
			return []widget.MenuItem{{Label: "Đối chiếu dấu vân tay…", Icon: widget.IconCheck, Hint: "Enter", Do: func() { p.compare(&one) }},
				{Label: "Thu hồi…", Icon: widget.IconTrash, Do: func() { p.revoke(&one) }}}
		},
		Empty: "Chưa có thẻ của cơ quan nào. Thẻ (.gbthe) là tệp mà đơn vị gửi gói hoặc nhận gói đưa cho mình một lần.", EmptyVerb: "Thêm thẻ…", EmptyDo: p.chooseCard})
}

// saveCard writes the card of the office, which is made when first asked for.
func (p *page) saveCard() {
	own, err := p.e.Desk.PacketCard(context.Background())
	if err != nil {
		p.e.Fail("Chưa lập được thẻ", err)
		return
	}
	name := "THE_" + own.Card.Unit + packet.CardEnding
	p.e.Files.Save(widget.FileQuestion{Title: "Lưu thẻ của cơ quan", Purpose: "packet", Name: name, Filters: []widget.FileFilter{widget.FilterCard}}, func(path string) {
		p.e.Run("Đang lưu thẻ", func(ctx context.Context, _ widget.Report) error {
			_, err := p.e.Desk.WritePacketCard(ctx, path)
			return err
		}, func(err error) {
			if err != nil {
				p.e.Fail("Không lưu được thẻ", err)
				return
			}
			p.Parts[partCards].Refresh()
			p.e.Offer("Đã lưu "+filepath.Base(path)+". In dấu vân tay, thủ trưởng ký, rồi gửi riêng với tệp.", "In dấu vân tay", p.printCard)
		})
	})
}

func (p *page) printCard() {
	p.e.ShowPDF("Dấu vân tay thẻ đơn vị", "dau-van-tay-the", func(ctx context.Context, _ bool) ([]byte, error) {
		own, err := p.e.Desk.PacketCard(ctx)
		if err != nil {
			return nil, err
		}
		return papers.CardSheet(ctx, p.e.Desk, own.Card)
	})
}

// renew makes a new card: another key, another name, merged units.
func (p *page) renew() {
	_, before, _, err := p.e.Desk.OwnPacketCard()
	if err != nil {
		p.e.Fail("Không đọc được thẻ", err)
		return
	}
	form.Ask(p.e, form.Question[renewal]{Title: "Lập thẻ mới", Verb: "Lập thẻ", Width: 640, Value: renewalOf(before),
		Note: "Lập khi cơ quan đổi tên, sáp nhập, hoặc nghi khóa bị lộ. Thẻ mới mang tên cơ quan ở Thiết lập và do khóa cũ ký, nên nơi đã đối chiếu thẻ cũ nhận ngay. Gói niêm phong cho thẻ cũ vẫn mở được.",
		Fields: []form.Field[renewal]{form.Rows("former", "Đơn vị cũ đã sáp nhập vào cơ quan", func(r *renewal) *[]former { return &r.Former },
			form.Text("unit", "Mã trên thẻ cũ", func(f *former) *string { return &f.Unit }).Sized(130),
			form.Text("name", "Tên", func(f *former) *string { return &f.Name }).Sized(260),
			form.Day("until", "Ngày cuối", p.e.Desk.Today, func(f *former) *data.Day { return &f.Until }).Sized(130))},
		Check: func(r renewal) error {
			_, err := r.predecessors()
			return err
		},
		Store: func(ctx context.Context, r renewal) error {
			before, err := r.predecessors()
			if err == nil {
				_, err = p.e.Desk.RenewPacketCard(ctx, before)
			}
			return err
		},
		Then: func(renewal) {
			p.Parts[partCards].Refresh()
			p.e.Offer("Đã lập thẻ mới. Lưu và gửi lại cho các nơi đang dùng thẻ cũ.", "Lưu thẻ…", p.saveCard)
		}})
}

// chooseCard asks for the file of another office's card.
func (p *page) chooseCard() {
	p.e.Files.Open(widget.FileQuestion{Title: "Chọn thẻ đơn vị", Purpose: "packet", Filters: []widget.FileFilter{widget.FilterCard, widget.FilterAll}}, p.addCard)
}

func (p *page) addCard(path string) {
	signed, err := desk.ReadPacketCard(path)
	if err != nil {
		p.e.Fail("Không thêm được thẻ", err)
		return
	}
	p.fingerprint("Thêm thẻ của "+signed.Card.Name, "Thêm thẻ", signed, false)
}

// compare asks for the fingerprint of a card as it stands on paper.
func (p *page) compare(c *card) {
	p.fingerprint("Đối chiếu thẻ của "+c.Card.Name, "Đối chiếu", c.Signed, true)
}

func (p *page) fingerprint(title, verb string, signed packet.Signed, needed bool) {
	field := form.Text("fingerprint", "Dấu vân tay trên giấy", func(s *string) *string { return s }).
		Note("Gõ ít nhất hai nhóm đầu từ tờ có chữ ký thủ trưởng của đơn vị, không chép từ màn hình này.")
	if needed {
		field = field.Need()
	} else {
		field = field.Note("Gõ ít nhất hai nhóm đầu từ tờ có chữ ký thủ trưởng của đơn vị. Chưa có giấy thì để trống: thẻ ở trạng thái mới, đối chiếu sau.")
	}
	form.Ask(p.e, form.Question[string]{Title: title, Verb: verb, Width: 560, Note: "Mã đơn vị trong gói: " + signed.Card.Unit + "; hiệu lực từ " + isoDay(signed.Card.From) + ".",
		Fields: []form.Field[string]{field},
		Store: func(ctx context.Context, typed string) error {
			_, err := p.e.Desk.AddPacketCard(ctx, signed, typed)
			return err
		},
		Then: func(typed string) {
			p.Parts[partCards].Refresh()
			if typed == "" {
				p.e.Toast("Đã thêm thẻ của " + signed.Card.Name + ", chưa đối chiếu.")
			} else {
				p.e.Toast("Thẻ của " + signed.Card.Name + " khớp tờ giấy: đã đối chiếu.")
			}
		}})
}

func (p *page) revoke(c *card) {
	id := c.Card.Fingerprint()
	p.e.ConfirmDanger("Thu hồi thẻ", "Gói ký bằng thẻ này của "+c.Card.Name+" không nhận được nữa, kể cả gói lập trước đây. Dùng khi đơn vị báo mất khóa.", "Thu hồi", func() {
		p.e.Do(func(ctx context.Context) error { return p.e.Desk.RevokePacketCard(ctx, id) }, "", nil)
	})
}
