package packet

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/text"
	"giaoban/data/vault"
)

// CardEnding and Ending end the names of cards and packages.
const (
	CardEnding = ".gbthe"
	Ending     = ".gbgoi"
)

const (
	cardMagic   = "GBTHE1\n"
	changeMagic = "GBTHE1 THAY\n" // what a former key signs when it hands over to the next
	maxCard     = 64 << 10
	maxName     = 300
)

// Keys are the private keys of an office: what it signs with, and what opens the
// packages that are sent to it.
type Keys struct {
	Unit         string        `json:"unit"` // its id in cards and packages; never changes
	Name         string        `json:"name"`
	Sign         []byte        `json:"sign"` // seed of Ed25519, 32 bytes
	Box          string        `json:"box"`  // X25519, as age writes it
	From         string        `json:"from"` // first day, ISO
	To           string        `json:"to,omitempty"`
	Predecessors []Predecessor `json:"predecessors,omitempty"`
	Replaces     string        `json:"replaces,omitempty"` // fingerprint of the key before
	Change       []byte        `json:"change,omitempty"`   // its signature of the card
	Former       []Former      `json:"former,omitempty"`   // the keys before, newest first
}

// Former is a key that was replaced; it still opens what was sealed for it.
type Former struct {
	ID  string `json:"id"`  // fingerprint of its card
	Box string `json:"box"` // X25519, as age writes it
}

// Predecessor is a unit that was merged into the one of the card.
type Predecessor struct {
	Unit  string `json:"unit"`
	Name  string `json:"name"`
	Until string `json:"until"` // last day as a unit of its own, ISO
}

// Card is what an office gives to others: who it is and its public keys.
type Card struct {
	Unit         string        `json:"unit"`
	Name         string        `json:"name"`
	Sign         []byte        `json:"sign"` // Ed25519, 32 bytes
	Box          string        `json:"box"`  // X25519, as age writes it
	From         string        `json:"from"` // first and last day of validity, ISO; To "" for no end
	To           string        `json:"to,omitempty"`
	Predecessors []Predecessor `json:"predecessors,omitempty"`
	Replaces     string        `json:"replaces,omitempty"` // fingerprint of the key before
}

// Signed is a card with the proof that its office has the private key, and, where it
// replaces another, the signature of the key before.
type Signed struct {
	Card      Card   `json:"card"`
	Signature []byte `json:"signature"`
	Change    []byte `json:"change,omitempty"`
}

// NewKeys makes the keys of an office that come into force at a day. Without an id of
// its own the unit gets a random one.
func NewKeys(unit, name string, day data.Day) (Keys, error) {
	if unit == "" {
		random := make([]byte, 10)
		rand.Read(random)
		unit = "X" + hex.EncodeToString(random)
	}
	seed := make([]byte, ed25519.SeedSize)
	rand.Read(seed)
	private, _, err := vault.NewPair()
	return Keys{Unit: unit, Name: name, Sign: seed, Box: private, From: day.ISO()}, err
}

// Next makes the keys that take the place of k at a day, with a card that k signs. The
// name is that of the unit from then on; predecessors are all units that were merged
// into it.
func (k *Keys) Next(name string, predecessors []Predecessor, day data.Day) (Keys, error) {
	next, err := NewKeys(k.Unit, name, day)
	if err != nil {
		return Keys{}, err
	}
	next.Predecessors, next.Replaces = predecessors, k.ID()
	next.Former = append([]Former{{next.Replaces, k.Box}}, k.Former...)
	card, err := next.card()
	if err != nil {
		return Keys{}, err
	}
	if !card.sound() {
		return Keys{}, data.Fail(data.Invalid, "Chưa lập được thẻ mới: tên, mã hoặc ngày của một đơn vị cũ không hợp lệ. Mã chỉ gồm chữ không dấu, số, dấu chấm và gạch nối.", nil)
	}
	next.Change = ed25519.Sign(ed25519.NewKeyFromSeed(k.Sign), append([]byte(changeMagic), canonical(card)...))
	return next, nil
}

func (k *Keys) card() (Card, error) {
	if len(k.Sign) != ed25519.SeedSize {
		return Card{}, data.Fail(data.Damaged, "Khóa của đơn vị trong tệp dữ liệu bị hỏng. Khôi phục từ bản sao lưu.", nil)
	}
	box, err := vault.PublicOf(k.Box)
	if err != nil {
		return Card{}, data.Fail(data.Damaged, "Khóa của đơn vị trong tệp dữ liệu bị hỏng. Khôi phục từ bản sao lưu.", err)
	}
	public := ed25519.NewKeyFromSeed(k.Sign).Public().(ed25519.PublicKey)
	return Card{Unit: k.Unit, Name: k.Name, Sign: public, Box: box, From: k.From, To: k.To, Predecessors: k.Predecessors, Replaces: k.Replaces}, nil
}

// has reports whether a fingerprint is that of the office's card, now or before.
func (k *Keys) has(id string) bool {
	return id == k.ID() || slices.ContainsFunc(k.Former, func(f Former) bool { return f.ID == id })
}

// boxes are what opens the packages for the office, the key in force first.
func (k *Keys) boxes() []string {
	out := []string{k.Box}
	for _, f := range k.Former {
		out = append(out, f.Box)
	}
	return out
}

// ID returns the fingerprint of the office's card; "" where the keys are damaged.
func (k *Keys) ID() string {
	card, err := k.card()
	if err != nil {
		return ""
	}
	return card.Fingerprint()
}

// Card returns the public card of the office, signed.
func (k *Keys) Card() (Signed, error) {
	card, err := k.card()
	if err != nil {
		return Signed{}, err
	}
	out := Signed{Card: card, Change: k.Change}
	out.Signature = ed25519.Sign(ed25519.NewKeyFromSeed(k.Sign), out.text())
	return out, nil
}

// text is what the office of a card signs.
func (s *Signed) text() []byte {
	return append([]byte(cardMagic), canonical(Signed{Card: s.Card, Change: s.Change})...)
}

// Fingerprint returns eight groups of four letters and digits that stand for the unit
// and both keys; they also name the key in packages.
func (c Card) Fingerprint() string {
	return vault.Fingerprint(fmt.Appendf([]byte("GB-CARD1"), "%s\x00%x\x00%s", c.Unit, c.Sign, c.Box))
}

// Matches reports whether what was typed from paper begins the fingerprint: at least
// its first two groups.
func (c Card) Matches(typed string) bool {
	typed = vault.Letters(typed)
	return len(typed) >= 8 && strings.HasPrefix(vault.Letters(c.Fingerprint()), typed)
}

// canonical is the one way in which a manifest or a card is written, so that what was
// signed can be compared byte by byte.
func canonical(v any) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err) // plain members only
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// parse reads what canonical wrote and nothing else: no unknown member, no other
// order, no second document.
func parse(b []byte, v any) error {
	if err := json.Unmarshal(b, v); err != nil {
		return err
	}
	if !bytes.Equal(canonical(v), b) {
		return fmt.Errorf("packet: not written the one way")
	}
	return nil
}

// WriteCard writes a card as a file.
func WriteCard(w io.Writer, s Signed) error {
	_, err := w.Write(append(append([]byte(cardMagic), canonical(s)...), '\n'))
	return err
}

// ReadCard reads the file of a card and proves that it was made by the holder of its
// keys. Whose they are only the fingerprint on paper tells.
func ReadCard(r io.Reader) (Signed, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxCard+1))
	if err != nil {
		return Signed{}, err
	}
	bad := func(what string, cause error) (Signed, error) {
		return Signed{}, data.Fail(data.Refused, "Thẻ đơn vị không dùng được: "+what+". Xin đơn vị gửi lại tệp thẻ; chưa có gì thay đổi.", cause)
	}
	body, ok := bytes.CutPrefix(b, []byte(cardMagic))
	if !ok || len(b) > maxCard {
		return bad("tệp không phải thẻ đơn vị", nil)
	}
	var s Signed
	if err := parse(bytes.TrimSuffix(body, []byte("\n")), &s); err != nil {
		return bad("nội dung bị sửa hoặc bị cụt", err)
	}
	if !s.Card.sound() {
		return bad("tên, khóa hoặc ngày trong thẻ không hợp lệ", nil)
	}
	if !ed25519.Verify(s.Card.Sign, s.text(), s.Signature) {
		return bad("chữ ký của thẻ không đúng", nil)
	}
	return s, nil
}

func (c Card) sound() bool {
	from, err := data.ParseISO(c.From)
	ok := err == nil && from.Known() && unitName(c.Unit) && plain(c.Name) && len(c.Sign) == ed25519.PublicKeySize && vault.IsPublic(c.Box) && len(c.Predecessors) <= 1000
	if c.To != "" {
		to, err := data.ParseISO(c.To)
		ok = ok && err == nil && to >= from
	}
	for _, p := range c.Predecessors {
		_, err := data.ParseISO(p.Until)
		ok = ok && err == nil && p.Until != "" && unitName(p.Unit) && plain(p.Name) && p.Unit != c.Unit
	}
	return ok
}

// plain reports whether a name can be shown as it stands.
func plain(name string) bool { return name != "" && len(name) <= maxName && text.Line(name) == name }

// unitName reports whether the id of a unit can stand in the name of a file.
func unitName(id string) bool {
	return id != "" && len(id) <= 64 && strings.Trim(id, ".") == id && strings.IndexFunc(id, func(r rune) bool {
		return !(r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '.' || r == '-' || r == '_')
	}) < 0
}

// State is how far a card is trusted.
type State string

// The states of a card.
const (
	Unchecked State = "new"      // mới: nobody compared its fingerprint with paper
	Checked   State = "checked"  // đã đối chiếu
	Expired   State = "expired"  // hết hạn
	Replaced  State = "replaced" // another key took its place
	Revoked   State = "revoked"  // thu hồi
)

// Title returns the state in words.
func (s State) Title() string {
	return map[State]string{Unchecked: "mới, chưa đối chiếu", Checked: "đã đối chiếu", Expired: "hết hạn", Replaced: "đã thay khóa", Revoked: "thu hồi"}[s]
}

// Known is the card of another office as this one keeps it.
type Known struct {
	Signed
	State State  `json:"state"` // as kept: never Expired, see At
	Added int64  `json:"added"` // Unix seconds
	Until string `json:"until"` // day on which it was replaced or revoked, ISO; "" while in force
}

// At returns the state on a day.
func (k *Known) At(day data.Day) State {
	if k.State == Replaced || k.State == Revoked {
		if until, err := data.ParseISO(k.Until); err == nil && day < until && k.State == Replaced {
			return Checked
		}
		return k.State
	}
	from, err := data.ParseISO(k.Card.From)
	if err != nil || day < from {
		return Unchecked
	}
	if to, err := data.ParseISO(k.Card.To); k.Card.To != "" && (err != nil || day > to) {
		return Expired
	}
	return k.State
}

// Book holds the cards of other offices.
type Book []Known

// Find returns the card with the fingerprint; nil for none.
func (b Book) Find(id string) *Known {
	return data.Find(b, func(x *Known) bool { return x.Card.Fingerprint() == id })
}

// Current returns the card of a unit that is in force, a checked one first; nil for
// none.
func (b Book) Current(unit string) *Known {
	var found *Known
	for i := range b {
		k := &b[i]
		if k.Card.Unit == unit && k.State != Replaced && k.State != Revoked && (found == nil || k.State == Checked && found.State != Checked) {
			found = k
		}
	}
	return found
}

// Add returns the book with a card. typed is the fingerprint as somebody read it from
// paper, "" for not yet: then the card is unchecked, unless the checked key of the same
// unit signed the change. A checked card takes the place of the ones before it.
func (b Book) Add(s Signed, typed string, now time.Time) (Book, Known, error) {
	day := data.DayOf(now)
	id := s.Card.Fingerprint()
	if typed != "" && !s.Card.Matches(typed) {
		return b, Known{}, &data.Error{Code: data.Denied, Field: "fingerprint", Message: fmt.Sprintf("Dấu vân tay gõ vào không khớp thẻ của %s. "+
			"Xem lại tờ giấy có chữ ký của thủ trưởng; nếu vẫn khác thì đừng dùng thẻ này và báo cho đơn vị.", s.Card.Name)}
	}
	one := Known{Signed: s, State: Unchecked, Added: now.Unix()}
	if typed != "" || b.handedOver(&s) {
		one.State = Checked
	}
	out := Book{}
	for _, k := range b {
		switch {
		case k.Card.Fingerprint() == id:
			if k.State == Revoked || k.State == Replaced {
				return b, k, data.Fail(data.Refused, fmt.Sprintf("Thẻ này của %s đã thôi dùng (%s). Xin đơn vị gửi thẻ mới.", k.Card.Name, k.State.Title()), nil)
			}
			if k.State == Checked {
				one.State = Checked
			}
			one.Added = k.Added
			continue
		case k.Card.Unit == s.Card.Unit && one.State == Checked && k.State != Revoked && k.State != Replaced:
			k.State, k.Until = Replaced, day.ISO()
		}
		out = append(out, k)
	}
	return append(out, one), one, nil
}

// handedOver reports whether a checked key of the same unit signed the card.
func (b Book) handedOver(s *Signed) bool {
	old := b.Find(s.Card.Replaces)
	return old != nil && old.State == Checked && old.Card.Unit == s.Card.Unit && len(s.Change) > 0 &&
		ed25519.Verify(old.Card.Sign, append([]byte(changeMagic), canonical(s.Card)...), s.Change)
}

// Revoke returns the book with a card that is no longer trusted from a day on.
func (b Book) Revoke(id string, day data.Day) (Book, error) {
	out := append(Book{}, b...)
	k := out.Find(id)
	if k == nil {
		return b, data.Fail(data.NotFound, "Không có thẻ với dấu vân tay này. Xem lại danh sách thẻ.", nil)
	}
	k.State, k.Until = Revoked, day.ISO()
	return out, nil
}
