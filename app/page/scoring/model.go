// Package scoring holds the models of the screen Chấm điểm: the sheet with its
// tree and its leaf, results and ranks, lost points, evidence, remedial tasks,
// readings of other indices and the sets of criteria. They show and change;
// package assess/book decides. They are free of the toolkit.
//
// Like all models they are used from the window's goroutine; what takes long
// runs elsewhere and comes back through the session.
package scoring

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/assess/book"
	"giaoban/data/register"
)

// Model is the period and the sheet that all parts of the screen are about.
type Model struct {
	Session *env.Session
	Book    *book.Book
	Tree    *Tree
	Leaf    *Leaf
	Card    *assess.Card // the sheet shown, nil where there is none
	Read    bool         // the data was read once
	Err     error        // why it could not be read

	periods []assess.Period
	sheets  []assess.Sheet
	period  uint64
	sheet   uint64
	asked   int
	changed []func()
	// aim is the leaf to be shown once the card that is being read is there.
	aim string
}

// NewModel returns the model. Nothing is read yet: see Refresh.
func NewModel(s *env.Session) *Model {
	m := &Model{Session: s, Book: book.New(s.Desk)}
	m.Tree = &Tree{m: m}
	m.Leaf = &Leaf{m: m, Changed: func() {}, Keep: func(string) {}, drafts: map[string]Draft{}, left: map[string]bool{}}
	return m
}

// Listen calls fn when there is something new to show.
func (m *Model) Listen(fn func()) { m.changed = append(m.changed, fn) }

func (m *Model) tell() {
	for _, fn := range m.changed {
		fn()
	}
}

// Today returns the present day.
func (m *Model) Today() data.Day { return m.Session.Desk.Today() }

// Refresh reads periods, sheets and the sheet shown anew. The answer comes later;
// until then the old one stays.
func (m *Model) Refresh() {
	m.asked++
	asked, period, sheet := m.asked, m.period, m.sheet
	m.Session.Go(func() {
		got, err := m.gather(period, sheet)
		m.Session.Post(func() {
			if asked != m.asked {
				return
			}
			m.Read, m.Err = true, err
			if err == nil {
				m.periods, m.sheets, m.Card, m.period, m.sheet = got.periods, got.sheets, got.card, got.period, got.sheet
			}
			m.Tree.take(m.aim)
			m.aim = ""
			m.Leaf.take()
			m.tell()
		})
	})
}

type gathered struct {
	periods       []assess.Period
	sheets        []assess.Sheet
	period, sheet uint64
	card          *assess.Card
}

// gather reads what the screen shows; it runs off the window's goroutine.
func (m *Model) gather(period, sheet uint64) (g gathered, err error) {
	if g.periods, err = m.Book.Periods(); err != nil || len(g.periods) == 0 {
		return g, err
	}
	slices.SortStableFunc(g.periods, func(a, b assess.Period) int {
		if a.Year != b.Year {
			return b.Year - a.Year
		}
		return register.CompareText(a.Title, b.Title)
	})
	g.period = period
	if !slices.ContainsFunc(g.periods, func(p assess.Period) bool { return p.ID == period }) {
		g.period, sheet = firstPeriod(g.periods), 0
	}
	if g.sheets, err = m.Book.Sheets(g.period); err != nil || len(g.sheets) == 0 {
		return g, err
	}
	m.order(g.sheets)
	g.sheet = sheet
	if !slices.ContainsFunc(g.sheets, func(s assess.Sheet) bool { return s.ID == sheet }) {
		g.sheet = g.sheets[0].ID
	}
	g.card, err = m.Book.Card(g.sheet)
	if g.card != nil {
		g.card.Rows() // computed once, here and not in the window
	}
	return g, err
}

// firstPeriod is the newest period in which the office scores itself, else the
// newest one.
func firstPeriod(list []assess.Period) uint64 {
	for i := range list {
		if _, own := list[i].GroupOf(assess.OwnUnit); own && list[i].Year == list[0].Year {
			return list[i].ID
		}
	}
	return list[0].ID
}

// order puts sheets in the order of units, the office itself first.
func (m *Model) order(list []assess.Sheet) {
	place := map[uint32]int{assess.OwnUnit: -1}
	for i, u := range m.Session.Desk.Catalogue().Units {
		place[u.ID] = i
	}
	slices.SortStableFunc(list, func(a, b assess.Sheet) int { return place[a.Unit] - place[b.Unit] })
}

// UnitName returns the name of a unit, that of the office for OwnUnit.
func (m *Model) UnitName(unit uint32) string {
	if unit == assess.OwnUnit {
		if name := strings.Join(strings.Fields(m.Session.Desk.Office().Name), " "); name != "" {
			return name
		}
		return "Cơ quan mình"
	}
	if name := m.Session.Desk.Catalogue().Unit(unit).Name; name != "" {
		return data.ShortUnit(name)
	}
	return fmt.Sprintf("Đơn vị %d", unit)
}

// Sheet returns the record of the sheet shown, 0 for none.
func (m *Model) Sheet() uint64 {
	if m.Card == nil {
		return 0
	}
	return m.Card.Sheet.ID
}

// Period returns the period shown, nil where there is none.
func (m *Model) Period() *assess.Period {
	for i := range m.periods {
		if m.periods[i].ID == m.period {
			return &m.periods[i]
		}
	}
	return nil
}

// Periods lists the periods, newest first.
func (m *Model) Periods() []kit.Choice {
	return kit.ChoicesOf(m.periods, func(p assess.Period) kit.Choice { return kit.Choice{Key: fmt.Sprint(p.ID), Text: p.Title} })
}

// Sheets lists the sheets of the period.
func (m *Model) Sheets() []kit.Choice {
	return kit.ChoicesOf(m.sheets, func(s assess.Sheet) kit.Choice { return kit.Choice{Key: fmt.Sprint(s.ID), Text: m.UnitName(s.Unit)} })
}

// ChoosePeriod shows another period.
func (m *Model) ChoosePeriod(key string) {
	m.period, m.sheet = id(key), 0
	m.Leaf.drop()
	m.Refresh()
}

// ChooseSheet shows the sheet of another unit.
func (m *Model) ChooseSheet(key string) {
	m.sheet = id(key)
	m.Leaf.drop()
	m.Refresh()
}

// Show shows a leaf of a sheet of a period: the way from a rank or a lost point
// back to where it was scored.
func (m *Model) Show(period, sheet uint64, code string) {
	if sheet != m.sheet {
		m.Leaf.drop()
	}
	m.period, m.sheet, m.aim = period, sheet, code
	m.Refresh()
}

func id(key string) (n uint64) {
	_, _ = fmt.Sscan(key, &n)
	return n
}

// Do runs a change off the window's goroutine, then calls done on it. The screens
// read anew by themselves: the desk tells of each change.
func (m *Model) Do(work func(context.Context) error, done func(error)) {
	m.Session.Go(func() {
		err := work(context.Background())
		m.Session.Post(func() {
			if err == nil {
				m.Refresh()
			}
			done(err)
		})
	})
}

// Head is what stands above the sheet.
type Head struct {
	Index, Grade, Progress, Days, State string
	Late                                bool // the deadline has passed
	Done, Of                            int
	Self                                string // points of the self-assessed part
	Warnings                            []string
}

// Head tells of the sheet as a whole; ok is false without a sheet.
func (m *Model) Head() (h Head, ok bool) {
	c := m.Card
	if c == nil {
		return h, false
	}
	n := c.Counters()
	h = Head{Index: c.Final.Index.String(), Grade: c.Grade(), State: c.Sheet.State.String(), Done: n.Done, Of: n.Leaves}
	switch {
	case n.Done+n.Surveyed == 0:
		h.Grade = ""
	case n.Done < n.Leaves && c.Sheet.Grade == "" && h.Grade != "":
		h.Grade = "Tạm tính: " + h.Grade
	}
	h.Progress = fmt.Sprintf("Đã chấm %d/%d", n.Done, n.Leaves)
	if n.Survey > 0 {
		h.Progress += fmt.Sprintf(" · điều tra xã hội học %d/%d", n.Surveyed, n.Survey)
	}
	if c.Sheet.State != assess.Drafting && n.Appraised > 0 {
		h.Progress += fmt.Sprintf(" · thẩm định %d", n.Appraised)
	}
	h.Self = joined(" · ", m.stages(n), fmt.Sprintf("phần tự chấm %s · điều tra %s · thưởng %s · trừ %s", c.Final.Self, c.Final.Survey, c.Final.Bonus, c.Final.Penalty))
	if days, round, known := c.Period.DaysLeft(&c.Sheet, m.Today()); known {
		name := strings.ToLower(round.String())
		switch {
		case days < 0:
			h.Days, h.Late = fmt.Sprintf("Đã quá hạn %s %d ngày", name, -days), true
		case days == 0:
			h.Days, h.Late = fmt.Sprintf("Hôm nay là ngày cuối của phần %s", name), true
		default:
			h.Days = fmt.Sprintf("Còn %d ngày đến hết hạn %s", days, name)
		}
	}
	if c.Sheet.Grade != "" && c.Sheet.GradeWhy != "" {
		h.Warnings = append(h.Warnings, "Xếp loại khác điểm: "+c.Sheet.GradeWhy)
	}
	for _, r := range c.Final.Remarks {
		if r.Stored || r.Code == "" && n.Done+n.Surveyed > 0 && c.Sheet.Grade == "" {
			h.Warnings = append(h.Warnings, strings.TrimSuffix(r.Text, "."))
		}
	}
	if n.NoProof > 0 {
		h.Warnings = append(h.Warnings, fmt.Sprintf("%d tiêu chí có điểm nhưng chưa có tài liệu kiểm chứng", n.NoProof))
	}
	if n.Unanswered > 0 {
		h.Warnings = append(h.Warnings, fmt.Sprintf("%d tiêu chí bị yêu cầu giải trình chưa có giải trình", n.Unanswered))
	}
	return h, true
}

// stages names the index of each stage once the sheet was appraised: what the unit
// claims stays in sight beside what counts.
func (m *Model) stages(n assess.Counters) string {
	c := m.Card
	if n.Appraised == 0 {
		return ""
	}
	out := []string{"Chỉ số tự chấm " + c.Self.Index.String(), "thẩm định lần 1 " + c.First.Index.String()}
	for _, line := range c.Lines {
		if line.Of(assess.Second) != nil {
			return joined(" · ", append(out, "thẩm định lần 2 "+c.Final.Index.String())...)
		}
	}
	return joined(" · ", out...)
}

// Status is the line of the status bar.
func (m *Model) Status() string {
	c := m.Card
	if c == nil {
		return ""
	}
	h, _ := m.Head()
	return fmt.Sprintf("%s · %s · %s", c.Name, h.State, h.Progress)
}
