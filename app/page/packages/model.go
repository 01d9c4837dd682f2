package packages

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/packet"
	"giaoban/data/text"
)

// arrived is a line of the board: a package that was taken, or a unit whose figures of
// the period did not come.
type arrived struct {
	desk.Arrival
	late     int    // days
	missing  bool   // nothing came: only Name and Label are known
	replaced uint64 // the number of the package that corrects it; 0 for none
}

// board reads the packages that came, newest first, behind the units of which the figures
// of the period are missing; due is the day until which packages of it are to come.
func board(d *desk.Desk, p data.Period) (out []arrived, b desk.ArrivalBoard, due data.Day, err error) {
	if due, err = d.PacketDue(p); err != nil {
		return nil, b, due, err
	}
	if b, err = d.ArrivalBoard(&p, due); err != nil {
		return nil, b, due, err
	}
	all, err := d.Arrivals()
	if err != nil {
		return nil, b, due, err
	}
	for _, name := range b.Missing {
		out = append(out, arrived{Arrival: desk.Arrival{Name: name, Label: p.Label}, missing: true})
	}
	for _, a := range slices.Backward(all) {
		x := arrived{Arrival: a}
		if a.Period.From == p.From.ISO() && a.Period.To == p.To.ISO() {
			x.late = a.Late(due)
		}
		for i := range all {
			if all[i].Unit == a.Unit && all[i].Replaces == a.Seq {
				x.replaced = all[i].Seq
			}
		}
		out = append(out, x)
	}
	return out, b, due, nil
}

func (a *arrived) seq() string {
	if a.missing {
		return ""
	}
	return strconv.FormatUint(a.Seq, 10)
}

// when is a moment on screens; "" for none.
func when(d *desk.Desk, at int64) string {
	if at == 0 {
		return ""
	}
	return data.MomentAt(at, d.Now().Location()).String()
}

// dayOf is a day on screens; "" for none.
func dayOf(d *desk.Desk, at int64) string {
	if at == 0 {
		return ""
	}
	return data.MomentAt(at, d.Now().Location()).Day.String()
}

func (a *arrived) signed() string {
	if a.missing {
		return ""
	}
	return a.State.Title()
}

// changes are the counts of new, changed and same rows.
func (a *arrived) changes() string {
	if a.missing {
		return ""
	}
	return fmt.Sprintf("%s/%s/%s", n(a.New), n(a.Changed), n(a.Same))
}

func n(i int) string { return data.FormatInt(int64(i)) }

// counted writes a number, nothing for none.
func counted(i int) string {
	if i == 0 {
		return ""
	}
	return n(i)
}

// state is what there is to do about a line.
func (a *arrived) state() string {
	switch {
	case a.missing:
		return "chưa gửi"
	case a.replaced > 0:
		return fmt.Sprintf("đã thay bằng gói %d", a.replaced)
	case a.Conflicts > 0:
		return n(a.Conflicts) + " dòng giữ bản ở đây"
	case a.Rejected > 0:
		return n(a.Rejected) + " dòng không nhận"
	case a.State != packet.Checked:
		return "nhận có lý do"
	}
	return "đã nhận"
}

// bad reports whether somebody has to look at the line.
func (a *arrived) bad() bool {
	return a.missing || a.replaced == 0 && (a.Rejected > 0 || a.State != packet.Checked || len(a.Warnings) > 0 || a.late > 0)
}

// about tells all that is kept of a package.
func (a *arrived) about(d *desk.Desk) string {
	if a.missing {
		return fmt.Sprintf("%s chưa gửi số liệu %s.", a.Name, a.Label)
	}
	lines := []string{fmt.Sprintf("Gói số %d của %s: %s, %s, số liệu đến %s.", a.Seq, a.Name, a.Kind.Title(), a.Label, isoDay(a.AsOf)),
		fmt.Sprintf("Lập %s; nhận %s. Thẻ %s (%s).", when(d, a.Created), when(d, a.At), a.State.Title(), a.Key),
		fmt.Sprintf("%s dòng: %s mới, %s thay đổi, %s không đổi, %s không nhận.", n(a.Rows), n(a.New), n(a.Changed), n(a.Same), n(a.Rejected))}
	if a.Replaces > 0 {
		lines = append(lines, fmt.Sprintf("Thay gói số %d.", a.Replaces))
	}
	if a.Why != "" {
		lines = append(lines, "Lý do nhận khi thẻ chưa đối chiếu: "+a.Why)
	}
	for _, list := range [][]string{a.Notes, a.Warnings, a.Reasons} {
		for _, text := range list {
			lines = append(lines, "– "+text)
		}
	}
	return strings.Join(lines, "\n")
}

func isoDay(iso string) string {
	day, err := data.ParseISO(iso)
	if err != nil {
		return iso
	}
	return day.String()
}

// summary is what stands above the board: the cover of the period, the day until which
// packages are to come, and the numbers that are missing in between.
func summary(label string, due data.Day, b *desk.ArrivalBoard) string {
	text := label
	if due.Known() {
		text += ", hạn nộp " + due.String()
	}
	switch {
	case b.Expected == 0:
		text += ": chưa có thẻ của đơn vị nào. Thêm thẻ ở phần «Thẻ đơn vị» để nhận gói và biết ai còn thiếu."
	default:
		text += ": " + b.Cover()
	}
	units := make([]string, 0, len(b.Gaps))
	for unit := range b.Gaps {
		units = append(units, unit)
	}
	slices.Sort(units)
	for _, unit := range units {
		var numbers []string
		for _, g := range b.Gaps[unit] {
			numbers = append(numbers, fmt.Sprintf("%02d", g))
		}
		text += fmt.Sprintf(" Thiếu gói %s của %s.", strings.Join(numbers, ", "), unit)
	}
	return text
}

// taking is how a package is taken, as the form has it.
type taking struct {
	Why  string
	Over bool
}

// opened tells what a package is before it is taken.
func opened(p *packet.Package) string {
	period := p.Period.From + " – " + p.Period.To
	if x, err := p.Of(); err == nil {
		period = x.Label
	}
	text := fmt.Sprintf("Gói số %d của %s: %s, %s, số liệu đến %s, lập %s.\nThẻ của đơn vị: %s.", p.Seq, p.From.Name, p.Kind.Title(), period, isoDay(p.AsOf),
		data.MomentOf(p.Created().Local()), p.State.Title())
	for _, part := range p.Parts {
		text += fmt.Sprintf("\n– %s: %s dòng", desk.PartTitle(part.Name), data.FormatInt(part.Rows))
	}
	if p.Replaces > 0 {
		text += fmt.Sprintf("\nGói này thay gói số %d.", p.Replaces)
	}
	return text
}

// result tells in one sentence what came of a package.
func result(a *desk.Arrival) string {
	text := fmt.Sprintf("Đã nhận gói số %d của %s: %s mới, %s thay đổi, %s không đổi", a.Seq, a.Name, n(a.New), n(a.Changed), n(a.Same))
	if a.Rejected > 0 {
		text += fmt.Sprintf(", %s không nhận", n(a.Rejected))
	}
	return text + "."
}

// making is the form of a package that is made.
type making struct {
	Kind     packet.Kind
	To       string // fingerprint of the card
	AsOf     data.Day
	Replaces uint64
	Phrased  bool // sealed by six words in place of the card
}

// kinds are the kinds of packages to choose from.
func kinds() []kit.Choice {
	var out []kit.Choice
	for _, k := range packet.Kinds {
		out = append(out, kit.Choice{Key: string(k.Kind), Text: text.Sentence(k.Title)})
	}
	return out
}

// receivers are the offices whose cards are in force on a day.
func receivers(book packet.Book, day data.Day) (out []kit.Choice) {
	for i := range book {
		k := &book[i]
		if s := k.At(day); book.Current(k.Card.Unit) == k && (s == packet.Checked || s == packet.Unchecked) {
			out = append(out, kit.Choice{Key: k.Card.Fingerprint(), Text: k.Card.Name, Detail: s.Title()})
		}
	}
	return out
}

// nextName proposes the name of the file of the next package to a unit.
func nextName(own packet.Card, unit string, p data.Period, sent []desk.SentPackage) string {
	m := packet.Manifest{From: packet.Sender{UnitID: own.Unit}, Period: packet.Span{Kind: p.Key, From: p.From.ISO(), To: p.To.ISO()}, Seq: 1}
	for i := range sent {
		if sent[i].Unit == unit {
			m.Seq = max(m.Seq, sent[i].Seq+1)
		}
	}
	return m.FileName()
}

// correctable are the packages to a unit that can be replaced, newest first.
func correctable(sent []desk.SentPackage, unit string) (out []kit.Choice) {
	for i := range sent {
		if s := &sent[i]; s.Unit == unit {
			out = append(out, kit.Choice{Key: strconv.FormatUint(s.Seq, 10), Text: fmt.Sprintf("gói số %d: %s, %s", s.Seq, s.Kind.Title(), s.Label)})
		}
	}
	return out
}

// card is a card of another office on a day.
type card struct {
	packet.Known
	state packet.State
}

func cards(d *desk.Desk) ([]card, error) {
	book, err := d.PacketCards()
	var out []card
	for _, k := range book {
		out = append(out, card{k, k.At(d.Today())})
	}
	slices.SortStableFunc(out, func(a, b card) int { return cmp.Compare(a.Card.Name, b.Card.Name) })
	return out, err
}

// validity is from when to when a card is in force.
func (c *card) validity() string {
	text := "từ " + isoDay(c.Card.From)
	if to := cmp.Or(c.Until, c.Card.To); to != "" {
		text += " đến " + isoDay(to)
	}
	return text
}

// merged names the units that were merged into that of a card.
func merged(list []packet.Predecessor) string {
	var names []string
	for _, p := range list {
		names = append(names, fmt.Sprintf("%s (%s, đến %s)", p.Name, p.Unit, isoDay(p.Until)))
	}
	return strings.Join(names, "; ")
}

// ownCard tells what the card of the office is.
func ownCard(d *desk.Desk) string {
	c, before, ok, err := d.OwnPacketCard()
	switch {
	case err != nil:
		return err.Error()
	case !ok:
		return "Cơ quan chưa có thẻ. Bấm «Lưu thẻ của cơ quan» để lập thẻ, gửi tệp thẻ cho nơi nhận gói và gửi tờ dấu vân tay có chữ ký thủ trưởng bằng đường khác."
	}
	said := fmt.Sprintf("Thẻ của cơ quan: %s (%s), từ %s. Dấu vân tay: %s.", c.Card.Name, c.Card.Unit, isoDay(c.Card.From), c.Card.Fingerprint())
	if len(before) > 0 {
		said += " Sáp nhập từ: " + merged(before) + "."
	}
	if name := text.Line(d.Office().Name); name != c.Card.Name {
		said += " Cơ quan nay tên là " + name + ": lập thẻ mới."
	}
	return said
}

// former is a unit that was merged into the office, as the form has it.
type former struct {
	Unit, Name string
	Until      data.Day
}

// renewal is the form of a new card.
type renewal struct{ Former []former }

func renewalOf(before []packet.Predecessor) (r renewal) {
	for _, p := range before {
		day, _ := data.ParseISO(p.Until)
		r.Former = append(r.Former, former{p.Unit, p.Name, day})
	}
	return r
}

// predecessors are the lines that are filled.
func (r *renewal) predecessors() (out []packet.Predecessor, err error) {
	for _, f := range r.Former {
		switch {
		case f.Unit == "" && f.Name == "":
			continue
		case f.Unit == "" || f.Name == "" || !f.Until.Known():
			return nil, &data.Error{Code: data.Invalid, Field: "former", Message: "Mỗi đơn vị cũ cần mã trên thẻ cũ, tên và ngày cuối còn là đơn vị riêng. Ghi đủ hoặc xóa dòng."}
		}
		out = append(out, packet.Predecessor{Unit: f.Unit, Name: f.Name, Until: f.Until.ISO()})
	}
	return out, nil
}
