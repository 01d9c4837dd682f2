package desk

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/packet"
	"giaoban/data/text"
)

// Late returns how many days after the day on which it was due a package came; 0
// without such a day.
func (a *Arrival) Late(due data.Day) int {
	if due == data.NoDay {
		return 0
	}
	return max(0, int(data.DayOf(time.Unix(a.At, 0))-due))
}

// ArrivalBoard tells what came in packages, and what did not.
type ArrivalBoard struct {
	Arrivals []Arrival           // of the period, oldest first
	Gaps     map[string][]uint64 // numbers that did not come although a later one did, by name of the unit
	// The rest is of a period:
	Expected int      // units whose card is in force on its last day
	Missing  []string // those of them whose figures did not come
	Late     []string // those whose first figures came after the day on which they were due
	Sources  []FigureSource
	Total    data.Counts // of the sources
	// Own are the figures of the own register by unit, as of the end of the period or today,
	// without those of units among the sources: nothing is counted twice. OwnTotal is their sum.
	Own      []FigureSource
	OwnTotal data.Counts
	Twice    []Twin // dossiers that came in packages of two units
	word     string // what the units that are waited for are called
}

// Twin is a dossier that came in packages of two units.
type Twin struct {
	Code string `json:"code"`
	Unit string `json:"unit"` // whose package brought it again
	With string `json:"with"` // whose package brought it first
}

// FigureSource is the figures of one unit and where they came from.
type FigureSource struct {
	ID     uint64 // of what was reported (Reported); 0 for the own register
	UnitID uint32 // in the catalogue, as it reported; 0 for one that does not stand there
	Unit   string // as it is called at the end of the period: a merged unit stands under the one that it was merged into
	Level  data.Level
	Former string // the name under which it reported, where Unit is another
	From   string // such as "Gói số 3 của UBND xã A", or the name of a file; "" for what the office itself received
	At     int64  // when they came, Unix seconds; 0 for the own register
	Counts data.Counts
	Faults []string // sums that do not hold
	// Dossiers tells that the dossiers of the unit lie in the own register: they were
	// received here, or came in a package.
	Dossiers bool
}

// boarded is what a board is read from: the desk, or a snapshot of it.
type boarded interface {
	Reading
	Figures(p data.Period, asOf data.Day, by data.Group, f Filter) data.Table
}

// ArrivalBoard returns the board of a period, nil for all: who is expected are the units
// whose cards are kept; one that was merged into another is waited for no more. due is the
// day until which figures are to come, NoDay for none.
func (d *Desk) ArrivalBoard(p *data.Period, due data.Day) (ArrivalBoard, error) {
	return ArrivalBoardOf(d, p, due, data.NoDay)
}

// ArrivalBoardOf is Desk.ArrivalBoard of a state of the office; the own register is counted
// as of a day, NoDay for the end of the period or today.
func ArrivalBoardOf(d boarded, p *data.Period, due, asOf data.Day) (b ArrivalBoard, err error) {
	all, err := Viewed(d, arrivals)
	if err != nil {
		return b, err
	}
	b.Gaps = gaps(all)
	if p == nil {
		b.Arrivals = all
		return b, nil
	}
	first := map[string]*Arrival{} // figures, by unit
	for _, a := range all {
		if a.Period.From != p.From.ISO() || a.Period.To != p.To.ISO() {
			continue
		}
		b.Arrivals = append(b.Arrivals, a)
		if a.Content() == packet.Figures && first[a.Unit] == nil {
			first[a.Unit] = &a
		}
		b.Twice = append(b.Twice, a.Twice...)
	}
	if err := b.expect(d, *p, due, first); err != nil {
		return b, err
	}
	if asOf == data.NoDay {
		asOf = min(d.Today(), p.To)
	}
	return b, b.add(d, *p, asOf)
}

// gaps returns the numbers that are missing, by name of the unit.
func gaps(all []Arrival) map[string][]uint64 {
	seen, names, out := map[string][]packet.Seen{}, map[string]string{}, map[string][]uint64{}
	for _, a := range all {
		seen[a.Unit], names[a.Unit] = append(seen[a.Unit], a.Seen), a.Name
	}
	for unit, list := range seen {
		if m := packet.Missing(list); len(m) > 0 {
			out[names[unit]] = m
		}
	}
	return out
}

func (b *ArrivalBoard) expect(d boarded, p data.Period, due data.Day, first map[string]*Arrival) error {
	book, err := Viewed(d, packetCards)
	if err != nil {
		return err
	}
	merged := map[string]bool{}
	for _, k := range book {
		for _, x := range k.Card.Predecessors {
			if until, err := data.ParseISO(x.Until); err == nil && until < p.To {
				merged[x.Unit] = true
			}
		}
	}
	done := map[string]bool{}
	cat := d.Catalogue()
	communes, wards := true, false
	for _, k := range book {
		one := book.Current(k.Card.Unit)
		if one == nil || done[k.Card.Unit] || merged[k.Card.Unit] || one.At(p.To) == packet.Expired {
			continue
		}
		done[k.Card.Unit] = true
		b.Expected++
		u := cat.Unit(packetUnit(cat, k.Card.Unit, one.Card.Name))
		communes = communes && u.Level == data.LevelCommune
		wards = wards || strings.Contains(text.Fold(u.Name), "phuong")
		switch a := first[k.Card.Unit]; {
		case a == nil:
			b.Missing = append(b.Missing, one.Card.Name)
		case a.Late(due) > 0:
			b.Late = append(b.Late, one.Card.Name)
		}
	}
	switch {
	case !communes:
		b.word = "đơn vị"
	case wards:
		b.word = "xã, phường"
	default:
		b.word = "xã"
	}
	return nil
}

// add gathers the reported figures of the period, and those of the own register for the
// other units.
func (b *ArrivalBoard) add(d boarded, p data.Period, asOf data.Day) error {
	list, err := Records[Reported](d, KindReported)
	if err != nil {
		return err
	}
	cat := d.Catalogue()
	came, told := map[uint32]string{}, map[uint32]bool{}
	for i := range b.Arrivals {
		if a := &b.Arrivals[i]; a.Content() == packet.Dossiers {
			came[packetUnit(cat, a.Unit, a.Name)] = fmt.Sprintf("Hồ sơ trong gói số %d của %s", a.Seq, a.Name)
		}
	}
	for i := range list {
		r := &list[i].Value
		if r.Period.From != p.From || r.Period.To != p.To || r.Form != "II.06a" {
			continue
		}
		if r.Unit == 0 { // it may have been added since
			r.Unit = packetUnit(cat, r.Sender, r.UnitName)
		}
		one := FigureSource{ID: list[i].ID, UnitID: r.Unit, Unit: cmp.Or(r.UnitName, "Chưa rõ đơn vị"), From: r.Source, At: r.At, Counts: r.Counts(), Faults: faultsOf(r), Dossiers: r.Unit != 0 && came[r.Unit] != ""}
		one.under(cat, p)
		b.Sources = append(b.Sources, one)
		b.Total.Add(one.Counts)
		told[r.Unit] = r.Unit != 0
	}
	for _, row := range d.Figures(p, asOf, data.ByUnit, Filter{}).Rows {
		id, _ := strconv.ParseUint(row.Key, 10, 32)
		one := FigureSource{UnitID: uint32(id), Unit: cmp.Or(row.Name, "Chưa ghi đơn vị"), From: came[uint32(id)], Counts: row.Counts, Faults: gapOf(row.Counts), Dossiers: true}
		if told[one.UnitID] || told[heirOf(cat, one.UnitID, p.To)] {
			continue
		}
		one.under(cat, p)
		b.Own = append(b.Own, one)
		b.OwnTotal.Add(one.Counts)
	}
	return nil
}

// faultsOf are the sums of a report that do not hold.
func faultsOf(r *Reported) []string {
	out := slices.Clone(r.Warnings)
	for _, gap := range gapOf(r.Counts()) {
		if !slices.Contains(out, gap) {
			out = append(out, gap)
		}
	}
	return out
}

// under names the unit as it is called at the end of a period.
func (s *FigureSource) under(cat *Catalogue, p data.Period) {
	heir := cat.Unit(heirOf(cat, s.UnitID, p.To))
	if heir.Level != "" {
		s.Level = heir.Level
	}
	if heir.ID != 0 && heir.ID != s.UnitID {
		s.Former, s.Unit = s.Unit, heir.Name
	}
}

// heirOf returns the unit into which one was merged until a day; itself for none.
func heirOf(cat *Catalogue, id uint32, day data.Day) uint32 {
	for range cat.Units {
		u := cat.Unit(id)
		if u.Successor == 0 || !u.To.Known() || u.To > day {
			break
		}
		id = u.Successor
	}
	return id
}

// gapOf tells where what was received is not what was resolved and what is pending.
func gapOf(c data.Counts) []string {
	gap := c.Received() - c.Resolved() - c.Pending()
	if gap == 0 {
		return nil
	}
	return []string{fmt.Sprintf("Tổng tiếp nhận khác đã giải quyết cộng đang giải quyết %s hồ sơ.", data.FormatInt(gap))}
}

// Cover is what the cover of a consolidated report says of what is missing and late.
func (b *ArrivalBoard) Cover() string {
	if b.Expected == 0 {
		return "Chưa có thẻ của đơn vị nào nên không biết ai còn thiếu."
	}
	said := fmt.Sprintf("Đã có số liệu của %d/%d %s.", b.Expected-len(b.Missing), b.Expected, b.word)
	if len(b.Missing) > 0 {
		said = fmt.Sprintf("Thiếu %d/%d %s: %s.", len(b.Missing), b.Expected, b.word, strings.Join(b.Missing, ", "))
	}
	if len(b.Late) > 0 {
		said += fmt.Sprintf(" Nộp muộn: %s.", strings.Join(b.Late, ", "))
	}
	return said
}
