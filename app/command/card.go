package command

import (
	"context"

	"giaoban/data/desk"
	"giaoban/data/packet"
)

var cardCommand = &command{
	words: true,
	name:  "card",
	usage: "(show [--out TỆP.gbthe] | add TỆP.gbthe [--fingerprint \"XXXX XXXX\"] | list | renew [--out TỆP.gbthe] | revoke \"DẤU VÂN TAY\") [--json]",
	help:  "thẻ đơn vị: khóa công khai để gửi và nhận gói; dấu vân tay đối chiếu với tờ giấy có chữ ký thủ trưởng",
	flags: []string{"out", "fingerprint"},
	ends:  map[string][]string{"out": {packet.CardEnding}},
	run:   runCard,
}

type cardJSON struct {
	Unit         string   `json:"unit"`
	Name         string   `json:"name"`
	Fingerprint  string   `json:"fingerprint"`
	From         string   `json:"from"`
	To           *string  `json:"to"`
	Predecessors []string `json:"predecessors"`
	State        *string  `json:"state"` // null for the own card
}

func cardOf(c packet.Card, state packet.State) cardJSON {
	out := cardJSON{Unit: c.Unit, Name: c.Name, Fingerprint: c.Fingerprint(), From: c.From, To: jsonText(c.To), Predecessors: []string{}, State: jsonText(string(state))}
	for _, p := range c.Predecessors {
		out.Predecessors = append(out.Predecessors, p.Unit)
	}
	return out
}

func runCard(ctx context.Context, c *call) error {
	what := ""
	if len(c.args) > 0 {
		what = c.args[0]
	}
	files := map[string]int{"show": 1, "list": 1, "renew": 1, "add": 2, "revoke": 2}
	if files[what] == 0 || len(c.args) != files[what] {
		return usagef("Cho biết show, list, renew, add với một tệp thẻ, hoặc revoke với một dấu vân tay.")
	}
	d, err := c.open(false)
	if err != nil {
		return err
	}
	defer d.Close()
	switch what {
	case "add":
		return c.addCard(ctx, d)
	case "list":
		return c.listCards(d)
	case "revoke":
		if err := d.RevokePacketCard(ctx, c.args[1]); err != nil {
			return err
		}
		return c.listCards(d)
	}
	if what == "renew" {
		_, before, _, err := d.OwnPacketCard()
		if err == nil {
			_, err = d.RenewPacketCard(ctx, before)
		}
		if err != nil {
			return err
		}
	}
	card, err := d.PacketCard(ctx)
	if path := c.option("out"); err == nil && path != "" {
		_, err = d.WritePacketCard(ctx, path)
	}
	if err != nil {
		return err
	}
	c.say("%s (%s)\nDấu vân tay: %s\nIn dấu vân tay ra giấy, thủ trưởng ký, rồi gửi riêng với tệp thẻ.\n", card.Card.Name, card.Card.Unit, card.Card.Fingerprint())
	return c.answer(cardOf(card.Card, ""))
}

func (c *call) addCard(ctx context.Context, d *desk.Desk) error {
	card, err := desk.ReadPacketCard(c.args[1])
	if err != nil {
		return named(c.args[1], err)
	}
	known, err := d.AddPacketCard(ctx, card, c.option("fingerprint"))
	if err != nil {
		return err
	}
	state := known.At(d.Today())
	c.say("Đã thêm thẻ của %s: %s. Dấu vân tay: %s\n", card.Card.Name, state.Title(), card.Card.Fingerprint())
	return c.answer(cardOf(card.Card, state))
}

func (c *call) listCards(d *desk.Desk) error {
	book, err := d.PacketCards()
	if err != nil {
		return err
	}
	out := []cardJSON{}
	for _, k := range book {
		state := k.At(d.Today())
		out = append(out, cardOf(k.Card, state))
		c.say("%s (%s): %s. %s\n", k.Card.Name, k.Card.Unit, state.Title(), k.Card.Fingerprint())
	}
	return c.answer(out)
}
