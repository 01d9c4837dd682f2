package desk

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"slices"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/packet"
	"giaoban/data/text"
)

// The settings of packages, which undo passes over (ledger.Lasting): what left the
// office, or whom it trusts, is not taken back by the way.
const (
	settingPacketKeys  = "packet/keys"  // packet.Keys
	settingPacketCards = "packet/cards" // packet.Book
	packetSent         = "packet/sent/" // before the unit: sentTo
	packetDue          = "packet/due/"  // before the first and the last day of a period: a day, ISO
)

// sentTo is how far the packages to a unit got, and which they were.
type sentTo struct {
	Seq    uint64        `json:"seq"`
	Digest string        `json:"digest"`
	List   []SentPackage `json:"list,omitempty"` // oldest first
}

// SentPackage is a package that this office made.
type SentPackage struct {
	Unit     string      `json:"unit"` // for whom, of its card
	Name     string      `json:"name"`
	Seq      uint64      `json:"seq"`
	Kind     packet.Kind `json:"kind"`
	Label    string      `json:"label"` // of the period
	AsOf     string      `json:"asOf"`  // ISO
	Rows     int64       `json:"rows"`
	Replaces uint64      `json:"replaces,omitempty"`
	At       int64       `json:"at"` // Unix seconds
	File     string      `json:"file"`
	// What a correction of it is made from; of packages of older versions unknown.
	Corrects packet.Kind `json:"corrects,omitempty"`
	Period   packet.Span `json:"period,omitzero"`
	Head     uint64      `json:"head,omitempty"`  // the newest entry of the journal when it was begun
	Began    int64       `json:"began,omitempty"` // when it was begun, Unix seconds
}

// content is what the package holds; see packet.Manifest.Content.
func (s *SentPackage) content() packet.Kind { return packet.ContentOf(s.Kind, s.Corrects) }

func packetSetting(v View, name string, value any) error {
	return ReadJSON(v.Setting(name), value, "Khóa, thẻ hoặc số gói trong tệp dữ liệu bị hỏng. Khôi phục từ bản sao lưu.")
}

// SentPackages returns the packages that this office made, newest first.
func (d *Desk) SentPackages() (list []SentPackage, err error) {
	err = d.Read(func(v View) error {
		return v.SettingsWith(packetSent, func(name string, _ []byte) error {
			var sent sentTo
			err := packetSetting(v, name, &sent)
			list = append(list, sent.List...)
			return err
		})
	})
	slices.SortStableFunc(list, func(a, b SentPackage) int { return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(b.Seq, a.Seq)) })
	return list, err
}

// PacketDue returns the day until which the packages of a period are to come; NoDay where
// none was set.
func (d *Desk) PacketDue(p data.Period) (data.Day, error) { return PacketDueOf(d, p) }

// PacketDueOf is Desk.PacketDue of a state of the office.
func PacketDueOf(d Reading, p data.Period) (due data.Day, err error) {
	var iso string
	if err = d.Read(func(v View) error { return packetSetting(v, packetDue+p.From.ISO()+"/"+p.To.ISO(), &iso) }); err != nil || iso == "" {
		return data.NoDay, err
	}
	return data.ParseISO(iso)
}

// SetPacketDue keeps that day; NoDay takes it away.
func (d *Desk) SetPacketDue(ctx context.Context, p data.Period, due data.Day) error {
	title, iso := fmt.Sprintf("Đặt hạn nộp gói %s: %s", p.Label, due), due.ISO()
	if !due.Known() {
		title, iso = "Bỏ hạn nộp gói "+p.Label, ""
	}
	return d.Change(ctx, Work{Title: title, Note: true}, func(tx Tx) error {
		return putJSON(tx, packetDue+p.From.ISO()+"/"+p.To.ISO(), iso)
	})
}

// OwnPacketCard returns the card of the office as PacketCard does, without making its
// keys: ok is false while there are none. predecessors are those that the card names.
func (d *Desk) OwnPacketCard() (card packet.Signed, predecessors []packet.Predecessor, ok bool, err error) {
	var keys packet.Keys
	if err = d.Read(func(v View) error { return packetSetting(v, settingPacketKeys, &keys) }); err != nil || keys.Unit == "" {
		return card, nil, false, err
	}
	card, err = keys.Card()
	return card, keys.Predecessors, err == nil, err
}

// RenewPacketCard makes new keys, whose card the old ones sign and which names the office
// as it is called today and the units that were merged into it. Packages that were sealed
// for the card before still open.
func (d *Desk) RenewPacketCard(ctx context.Context, predecessors []packet.Predecessor) (packet.Signed, error) {
	if _, err := d.packetKeys(ctx); err != nil {
		return packet.Signed{}, err
	}
	name := text.Line(d.Office().Name)
	var next packet.Keys
	err := d.Change(ctx, Work{Title: "Lập thẻ đơn vị mới", Note: true}, func(tx Tx) error {
		var keys packet.Keys
		err := packetSetting(tx, settingPacketKeys, &keys)
		if err == nil {
			next, err = keys.Next(name, predecessors, d.Today())
		}
		if err != nil {
			return err
		}
		return putJSON(tx, settingPacketKeys, next)
	})
	if err != nil {
		return packet.Signed{}, err
	}
	return next.Card()
}

// packetKeys returns the keys of the office, which are made when first asked for.
func (d *Desk) packetKeys(ctx context.Context) (keys packet.Keys, err error) {
	read := func(v View) error { return packetSetting(v, settingPacketKeys, &keys) }
	if err = d.Read(read); err != nil || keys.Unit != "" {
		return keys, err
	}
	office := d.Office()
	if office.Name == "" {
		return keys, data.Fail(data.Conflict, "Chưa ghi tên cơ quan nên chưa lập được thẻ đơn vị. Vào Thiết lập, ghi tên cơ quan rồi làm lại.", nil)
	}
	err = d.Change(ctx, Work{Title: "Lập khóa và thẻ đơn vị", Note: true}, func(tx Tx) error {
		if err := read(tx); err != nil || keys.Unit != "" {
			return err
		}
		if keys, err = packet.NewKeys(office.Code, text.Line(office.Name), d.Today()); err != nil {
			return err
		}
		return putJSON(tx, settingPacketKeys, keys)
	})
	return keys, err
}

// PacketCard returns the card of the office; its keys are made when first asked for.
func (d *Desk) PacketCard(ctx context.Context) (packet.Signed, error) {
	keys, err := d.packetKeys(ctx)
	if err != nil {
		return packet.Signed{}, err
	}
	return keys.Card()
}

// WritePacketCard writes the card of the office to a file.
func (d *Desk) WritePacketCard(ctx context.Context, path string) (packet.Signed, error) {
	card, err := d.PacketCard(ctx)
	if err != nil {
		return card, err
	}
	return card, d.WriteOut(ctx, Issue{What: "Thẻ của cơ quan"}, path, func(_ context.Context, w io.Writer) error { return packet.WriteCard(w, card) })
}

// PacketCards returns the cards of other offices.
func (d *Desk) PacketCards() (packet.Book, error) { return Viewed(d, packetCards) }

func packetCards(v View) (book packet.Book, err error) {
	return book, packetSetting(v, settingPacketCards, &book)
}

// ReadPacketCard reads the file of a card; see packet.ReadCard.
func ReadPacketCard(path string) (packet.Signed, error) {
	f, err := os.Open(path)
	if err != nil {
		return packet.Signed{}, disk.Fail("Không đọc được thẻ "+disk.Name(path), err)
	}
	defer f.Close()
	return packet.ReadCard(f)
}

// AddPacketCard keeps the card of another office. typed is its fingerprint as read from
// paper, "" for not yet; see packet.Book.Add.
func (d *Desk) AddPacketCard(ctx context.Context, card packet.Signed, typed string) (one packet.Known, err error) {
	keys, err := d.packetKeys(ctx)
	if err != nil {
		return one, err
	}
	if card.Card.Unit == keys.Unit {
		return one, data.Fail(data.Refused, "Đây là thẻ của chính cơ quan này, hoặc của đơn vị dùng cùng mã định danh. Thêm thẻ của đơn vị khác.", nil)
	}
	err = d.Change(ctx, Work{Title: "Thêm thẻ đơn vị " + card.Card.Name, Note: true}, func(tx Tx) error {
		var book packet.Book
		if err := packetSetting(tx, settingPacketCards, &book); err != nil {
			return err
		}
		if book, one, err = book.Add(card, typed, d.now()); err != nil {
			return err
		}
		return putJSON(tx, settingPacketCards, book)
	})
	return one, err
}

// RevokePacketCard stops trusting the card with the fingerprint from today on.
func (d *Desk) RevokePacketCard(ctx context.Context, id string) error {
	return d.Change(ctx, Work{Title: "Thu hồi thẻ đơn vị", Note: true}, func(tx Tx) error {
		var book packet.Book
		if err := packetSetting(tx, settingPacketCards, &book); err != nil {
			return err
		}
		book, err := book.Revoke(id, d.Today())
		if err != nil {
			return err
		}
		return putJSON(tx, settingPacketCards, book)
	})
}
