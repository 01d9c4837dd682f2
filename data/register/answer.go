package register

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/text"
)

// answerText answers a query with a text.
func (r *Register) answerText(q Query, s span) answer {
	t, _ := ParseText(q.Text, q.day())
	w := wants{r: r, span: s, free: []string{t.Free}, plain: t.Plain, notes: t.Notes, sieves: r.sieves(q, s)}
	for i := range t.Conditions {
		w.condition(&t.Conditions[i])
	}
	free := join(w.free)
	a := w.rows(join([]string{free, join(w.plain)}))
	if len(w.plain) > 0 && count(a.rows) == 0 {
		a = w.rows(free) // a slip of the pen must not empty the list
	}
	a.free, a.notes = join(append(w.values, free)), w.notes
	return a
}

func join(parts []string) string { return strings.TrimSpace(strings.Join(parts, " ")) }

// wants is what a query with conditions asks of a row.
type wants struct {
	r      *Register
	span   span
	sets   []bitset // a row must be in all of them
	sieves []sieve
	free   []string
	plain  []string
	values []string // of conditions, of which the diacritics count too
	notes  []string
}

func (w *wants) rows(text string) (a answer) {
	a.rows, a.loose = w.r.matching(text)
	if a.rows == nil {
		a.rows = slices.Clone(w.r.live)
	}
	for _, set := range w.sets {
		a.rows.and(set)
	}
	w.r.sift(a.rows, w.sieves)
	return a
}

// condition adds what a condition asks.
func (w *wants) condition(c *Condition) {
	r := w.r
	f := wordsByName[text.Fold(string(c.Word))]
	switch {
	case f.dates:
		w.days(c)
		return
	case f.in != 0:
		w.sets = append(w.sets, r.holdingWords(c.Value, c.Whole, f.in))
		w.values = append(w.values, c.Value)
		return
	}
	switch c.Word {
	case WordLetter:
		w.sieves = append(w.sieves, keep(func(row int) bool { return c.Has.admits(r.letterOn(row, w.span.cut)) }))
	case WordUnit:
		w.named(c, "đơn vị", func(value string) sieve { return membersOf(r.unit, r.catalogue.unitText, value) })
	case WordField:
		w.named(c, "lĩnh vực", func(value string) sieve { return membersOf(r.field, r.catalogue.fieldText, value) })
	case WordProcedure:
		w.named(c, "thủ tục", func(value string) sieve { return membersOf(r.proc, r.catalogue.procText, value) })
	case WordReceiver:
		w.named(c, "nơi nhận", func(value string) sieve {
			set := bitset{0}
			r.receivers.used(func(id uint32, n uint16) {
				if bytes.Contains(r.catalogue.unitText[id], []byte(value)) {
					set.set(int(n))
				}
			})
			return amongSome(r.receiver, set)
		})
	case WordDesk:
		w.named(c, "bàn", func(value string) sieve { return amongSome(r.desk, labelsWith(&r.desks, value)) })
	case WordOfficer:
		w.named(c, "cán bộ", func(value string) sieve { return amongSome(r.officer, labelsWith(&r.officers, value)) })
	case WordChannel:
		w.named(c, "kênh", func(value string) sieve {
			var list []data.Channel
			for _, ch := range []data.Channel{data.Direct, data.Online, data.Postal} {
				if strings.Contains(text.Fold(ch.String()), value) {
					list = append(list, ch)
				}
			}
			if len(list) == 0 {
				return nil
			}
			return among(r.channel, channelSet(list))
		})
	case WordState:
		w.named(c, "tình trạng", w.state)
	}
}

// named adds a condition on something that has a name: the longest beginning of
// the value that names anything counts, the rest is free text.
func (w *wants) named(c *Condition, what string, find func(folded string) sieve) {
	words := strings.Fields(c.Value)
	for n := len(words); n > 0; n-- {
		if n < len(words) && c.Whole {
			break
		}
		if s := find(Phrase(strings.Join(words[:n], " "))); s != nil {
			w.sieves = append(w.sieves, s)
			w.free = append(w.free, words[n:]...)
			return
		}
	}
	w.plain = append(w.plain, c.Value)
	w.notes = append(w.notes, fmt.Sprintf("Không có %s nào tên «%s»; đang tìm như chữ thường.", what, c.Value))
}

// membersOf makes a sieve of the rows whose catalogue entry holds the value, nil
// when none does.
func membersOf(column []uint32, texts map[uint32][]byte, value string) sieve {
	set := bitset{0}
	for id, text := range texts {
		if bytes.Contains(text, []byte(value)) {
			set.set(int(id))
		}
	}
	if count(set) == 0 {
		return nil
	}
	return among(column, set)
}

func amongSome(column []uint16, set bitset) sieve {
	if count(set) == 0 {
		return nil
	}
	return among(column, set)
}

// labelsWith returns the numbers of the labels in use that hold the folded value.
func labelsWith(l *labels[string], value string) bitset {
	set := bitset{0}
	l.used(func(label string, n uint16) {
		if strings.Contains(text.Fold(label), value) {
			set.set(int(n))
		}
	})
	return set
}

// holdingWords returns the rows that hold a value in one of the places: side by
// side, or where none does and the value need not stand whole, each word.
func (r *Register) holdingWords(value string, whole bool, in place) bitset {
	rows := r.holding(Phrase(value), in)
	words := Words(value)
	if whole || len(words) < 2 || count(rows) > 0 {
		return rows
	}
	rows = slices.Clone(r.holding(words[0], in))
	for _, word := range words[1:] {
		rows.and(r.holding(word, in))
	}
	return rows
}

// days adds a condition on days.
func (w *wants) days(c *Condition) {
	r, cut := w.r, w.span.cut
	switch c.Word {
	case WordReceived:
		w.sieves = append(w.sieves, within(r.received, int32(c.Days.From), int32(c.Days.To)))
	case WordDue:
		if c.Days != nil {
			w.sieves = append(w.sieves, r.dueWithin(c.Days, cut)...)
			return
		}
		w.sieves = append(w.sieves, keep(func(row int) bool { return c.Has.admits(r.dueOn(row, cut) != 0) }))
	case WordEnded:
		if c.Days != nil {
			w.sieves = append(w.sieves, r.endedWithin(c.Days, cut))
			return
		}
		w.sieves = append(w.sieves, keep(func(row int) bool { return c.Has.admits(r.endedOn(row, cut) <= cut) }))
	}
}

// state is what an officer calls a state of dossiers.
type state struct {
	name     string
	outcomes []data.Outcome
	statuses []data.Status
	cancel   bool
}

var states = []state{
	{name: "Quá hạn", outcomes: []data.Outcome{data.Late, data.Overdue}},
	{name: "Quá hạn, chưa xong", outcomes: []data.Outcome{data.Overdue}},
	{name: "Quá hạn, đã xong", outcomes: []data.Outcome{data.Late}},
	{name: "Đang giải quyết", outcomes: []data.Outcome{data.PendingInTime, data.PendingWait, data.Overdue}},
	{name: "Trong hạn", outcomes: []data.Outcome{data.PendingInTime, data.PendingWait}},
	{name: "Chờ bổ sung, tạm dừng", outcomes: []data.Outcome{data.PendingWait}},
	{name: "Đã giải quyết", outcomes: []data.Outcome{data.Early, data.OnTime, data.Late, data.WithdrawnOut}},
	{name: "Trước hạn", outcomes: []data.Outcome{data.Early}},
	{name: "Đúng hạn", outcomes: []data.Outcome{data.OnTime}},
	{name: "Rút, dừng", outcomes: []data.Outcome{data.WithdrawnOut}},
	{name: "Chưa trả kết quả", statuses: []data.Status{data.Done}},
	{name: "Hủy", cancel: true},
}

func init() {
	for s := data.Registered; s <= data.Delivered; s++ {
		states = append(states, state{name: s.String(), statuses: []data.Status{s}})
	}
}

// bare is a folded name without commas.
func bare(name string) string { return strings.ReplaceAll(text.Fold(name), ",", "") }

// state returns the sieve of the states that a value names: the one of that
// name, else all whose names begin so or hold it.
func (w *wants) state(value string) sieve {
	value = bare(value)
	var outcomes [8]bool
	statuses, cancel, found := bitset{0}, false, false
	for _, test := range []func(name string) bool{
		func(name string) bool { return name == value },
		func(name string) bool { return strings.HasPrefix(name, value) },
		func(name string) bool { return strings.Contains(name, value) },
	} {
		for _, s := range states {
			if !test(bare(s.name)) {
				continue
			}
			found = true
			cancel = cancel || s.cancel
			for _, o := range s.outcomes {
				outcomes[o] = true
			}
			for _, status := range s.statuses {
				statuses.set(int(status))
			}
		}
		if found {
			break
		}
	}
	if !found {
		return nil
	}
	r := w.r
	all := span{from: -1 << 31, to: w.span.cut, cut: w.span.cut}
	if !cancel && count(statuses) == 0 {
		q := Query{}
		for o, wanted := range outcomes {
			if wanted {
				q.Outcomes = append(q.Outcomes, data.Outcome(o))
			}
		}
		return chain(r.classSieves(q, all))
	}
	return keep(func(row int) bool {
		status := r.status[row]
		return outcomes[r.classify(row, all).out&7] || status&cancelled == 0 && statuses.holds(uint(status)) || cancel && status&cancelled != 0
	})
}
