package desk

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/packet"
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
	// Own are the figures of the own register, as of the end of the period or today,
	// without those of units among the sources: nothing is counted twice.
	Own data.Counts
}

// FigureSource is the figures of one unit and where they came from.
type FigureSource struct {
	Unit   string
	From   string // such as "Gói số 3 của UBND xã A", or the name of a file
	At     int64  // when they came, Unix seconds
	Counts data.Counts
	Faults []string // sums that do not hold
}

// ArrivalBoard returns the board of a period, nil for all: who is expected are the units
// whose cards are kept; one that was merged into another is waited for no more. due is the
// day until which figures are to come, NoDay for none.
func (d *Desk) ArrivalBoard(p *data.Period, due data.Day) (b ArrivalBoard, err error) {
	all, err := d.Arrivals()
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
		if a.Kind == packet.Figures && first[a.Unit] == nil {
			first[a.Unit] = &a
		}
	}
	if err := b.expect(d, *p, due, first); err != nil {
		return b, err
	}
	return b, b.add(d, *p)
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

func (b *ArrivalBoard) expect(d *Desk, p data.Period, due data.Day, first map[string]*Arrival) error {
	book, err := d.PacketCards()
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
	for _, k := range book {
		one := book.Current(k.Card.Unit)
		if one == nil || done[k.Card.Unit] || merged[k.Card.Unit] || one.At(p.To) == packet.Expired {
			continue
		}
		done[k.Card.Unit] = true
		b.Expected++
		switch a := first[k.Card.Unit]; {
		case a == nil:
			b.Missing = append(b.Missing, one.Card.Name)
		case a.Late(due) > 0:
			b.Late = append(b.Late, one.Card.Name)
		}
	}
	return nil
}

// add gathers the reported figures of the period.
func (b *ArrivalBoard) add(d *Desk, p data.Period) error {
	list, err := d.Reported()
	told := map[string]bool{}
	for i := range list {
		r := &list[i]
		if r.Period.From == p.From && r.Period.To == p.To && r.Form == "II.06a" {
			b.Sources = append(b.Sources, FigureSource{r.UnitName, r.Source, r.At, r.Counts(), r.Warnings})
			b.Total.Add(r.Counts())
			told[strconv.FormatUint(uint64(r.Unit), 10)] = r.Unit != 0
		}
	}
	for _, row := range d.Figures(p, min(d.Today(), p.To), data.ByUnit, Filter{}).Rows {
		if !told[row.Key] {
			b.Own.Add(row.Counts)
		}
	}
	return err
}

// Cover is what the cover of a consolidated report says of what is missing and late.
func (b *ArrivalBoard) Cover() string {
	text := fmt.Sprintf("Đã có số liệu của %d/%d đơn vị.", b.Expected-len(b.Missing), b.Expected)
	if len(b.Missing) > 0 {
		text = fmt.Sprintf("Thiếu %d/%d đơn vị: %s.", len(b.Missing), b.Expected, strings.Join(b.Missing, ", "))
	}
	if len(b.Late) > 0 {
		text += fmt.Sprintf(" Nộp muộn: %s.", strings.Join(b.Late, ", "))
	}
	return text
}
