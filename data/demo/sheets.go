package demo

import (
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/assess/book"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/data/scoring"
)

// AddSheets gives the demonstration office its sheets of 2021 and 2022: the
// office's own, whose result of 2022 is the table of article 002 (seeds.md) as
// far as the article states it, those of its communes, evidence, explanations,
// remedial tasks, the published places of twelve districts and readings of other
// indices. All but the article's figures and the register's is made up. It is
// deterministic, and refuses any other office.
//
// The files of evidence are written beside the data file: it must not be renamed
// afterwards without its folder.
func AddSheets(ctx context.Context, d *desk.Desk) error {
	if !d.Office().Demo {
		return data.Fail(data.Conflict, "Phiếu minh họa chỉ tạo được trong cơ quan minh họa.", nil)
	}
	if err := d.Wait(); err != nil {
		return err
	}
	b := book.New(d)
	m := &maker{desk: d, book: b, measure: b.Measure(), ctx: ctx}
	if list, err := m.book.Periods(); err != nil || len(list) > 0 {
		return err
	}
	if err := m.write("Tạo phiếu tự chấm minh họa năm 2021 và 2022", m.run); err != nil {
		return err
	}
	return d.FoundEntries(ctx, "Tạo kế hoạch khắc phục minh họa năm 2021 và 2022", func(add func(*logbook.Kind, *logbook.Entry) (uint64, error)) error {
		for _, e := range m.tasks {
			if _, err := add(logbook.Task, e); err != nil {
				return err
			}
		}
		return nil
	})
}

// write makes up sheets as one change of the journal.
func (m *maker) write(title string, run func() error) error {
	return m.desk.Change(m.ctx, desk.Work{Title: title, Start: true}, func(tx desk.Tx) error {
		m.tx = tx
		return run()
	})
}

// addRecent gives an office that ends on a day its own sheet of the last year that is
// published, and the one of the year after, in which nothing is scored yet.
func addRecent(ctx context.Context, d *desk.Desk, last data.Day) error {
	b := book.New(d)
	m := &maker{desk: d, book: b, measure: b.Measure(), ctx: ctx}
	published := last.Year() - 1
	if last < data.Date(last.Year(), time.April, 15) {
		published--
	}
	key, level, group := "cchc-xa-2023-recon", "xa", "UBND cấp xã"
	if d.Office().Level == data.LevelDistrict {
		key, level, group = "cchc-huyen-2023-recon", "huyen", "UBND cấp huyện"
	}
	return m.write(fmt.Sprintf("Tạo phiếu tự chấm minh họa năm %d và %d", published, published+1), func() error {
		for _, year := range []int{published, published + 1} {
			set, id, err := m.set(key, year)
			if err != nil {
				return err
			}
			p, err := m.period(id, year, "Chỉ số CCHC", level, []assess.Group{{Name: group, Units: []uint32{assess.OwnUnit}}})
			if err != nil {
				return err
			}
			if year == published {
				err = m.commune(set, &p, assess.OwnUnit, group)
			} else {
				_, err = put(m.tx, assess.RecordSheet, assess.Sheet{Period: p.ID, Unit: assess.OwnUnit, Group: group, State: assess.Drafting})
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// maker makes up the demonstration.
type maker struct {
	desk    *desk.Desk
	book    *book.Book
	measure func(*assess.Card, *scoring.Node) (assess.Metric, bool, error)
	ctx     context.Context
	tx      desk.Tx
	tasks   []*logbook.Entry // of the remedial plans
}

// unitName is the name of a unit, or of the office.
func (m *maker) unitName(id uint32) string {
	if id == assess.OwnUnit {
		return m.name()
	}
	return m.desk.Catalogue().Unit(id).Name
}

// name is that of the office, on one line.
func (m *maker) name() string { return strings.Join(strings.Fields(m.desk.Office().Name), " ") }

// demoYears are the years with sheets.
var demoYears = [...]int{2021, 2022}

func (m *maker) run() error {
	own := map[int]uint64{} // sheet of the office by year
	for _, level := range []struct{ key, name, title string }{
		{"cchc-huyen-2023-recon", "huyen", "Chỉ số CCHC của UBND thị xã"},
		{"cchc-xa-2023-recon", "xa", "Chỉ số CCHC của UBND cấp xã"},
	} {
		for _, year := range demoYears {
			set, setID, err := m.set(level.key, year)
			if err != nil {
				return err
			}
			if level.name == "huyen" {
				own[year], err = m.ownPeriod(set, setID, year, level.title)
			} else {
				err = m.communePeriod(set, setID, year, level.title)
			}
			if err != nil {
				return err
			}
		}
	}
	if err := m.remedies(own); err != nil {
		return err
	}
	return m.published()
}

// put stores a record and returns its id.
func put(tx desk.Tx, kind string, value any) (id uint64, err error) {
	err = tx.PutRecord(kind, &id, value)
	return id, err
}

func (m *maker) set(key string, year int) (*scoring.Set, uint64, error) {
	set, err := scoring.ShippedByID(key).CopyToYear(strings.Replace(key, "2023", fmt.Sprint(year), 1), year)
	if err != nil {
		return nil, 0, err
	}
	s, err := book.StoredSet(set, "Sao chép từ bộ tiêu chí mẫu")
	if err != nil {
		return nil, 0, err
	}
	id, err := put(m.tx, assess.RecordSet, s)
	return set, id, err
}

func day(year int, month time.Month, d int) data.Day { return data.Date(year, month, d) }

// at is nine o'clock of a day, in Unix seconds.
func at(d data.Day) int64 { return d.Time().Add(9 * time.Hour).Unix() }

// period is the campaign of a year: self score until the middle of January,
// publication in spring (scoring, section 4).
func (m *maker) period(setID uint64, year int, title, level string, groups []assess.Group) (assess.Period, error) {
	p := assess.Period{Title: fmt.Sprintf("%s năm %d", title, year), Year: year, Level: level, Set: setID, Groups: groups,
		SelfFrom: day(year, 12, 1), SelfTo: day(year+1, 1, 15), FirstTo: day(year+1, 2, 10), ExplainTo: day(year+1, 2, 20), SecondTo: day(year+1, 3, 10),
		Basis: fmt.Sprintf("Kế hoạch số 27%d/KH-UBND ngày 15/11/%d của UBND tỉnh (minh họa)", year%10, year)}
	id, err := put(m.tx, assess.RecordPeriod, p)
	p.ID = id
	return p, err
}

// moves is the way of a sheet to its publication.
func moves(p *assess.Period, by string) []assess.Move {
	steps := []struct {
		to  assess.State
		day data.Day
	}{{assess.Submitted, p.SelfTo - 1}, {assess.Appraised, p.FirstTo - 2}, {assess.Explaining, p.FirstTo}, {assess.Reappraised, p.SecondTo - 1}, {assess.Approved, p.SecondTo + 5}, {assess.Published, p.SecondTo + 20}}
	var out []assess.Move
	from := assess.Drafting
	for _, s := range steps {
		out = append(out, assess.Move{From: from, To: s.to, By: by, Day: s.day, At: at(s.day)})
		from = s.to
	}
	return out
}

func (m *maker) sheet(p *assess.Period, unit uint32, group string) (assess.Sheet, error) {
	s := assess.Sheet{Period: p.ID, Unit: unit, Group: group, State: assess.Published, Moves: moves(p, appraiser),
		Hard: "Phần mềm chuyên ngành chưa kết nối với hệ thống một cửa điện tử. Đề nghị tỉnh hướng dẫn thống nhất cách tính tỷ lệ số hóa hồ sơ."}
	id, err := put(m.tx, assess.RecordSheet, s)
	s.ID = id
	return s, err
}

// The persons are made up.
const (
	appraiser = "Hội đồng thẩm định"
)

// demoSource names the origin of made-up figures.
func demoSource(year int) string {
	return fmt.Sprintf("Báo cáo số 41/BC-UBND ngày 12/01/%d (minh họa)", year+1)
}

// line makes the three rounds of a leaf: what the unit claims, and what counts in
// the end. Where they differ the appraiser cut it and the unit explained; where
// the end is more than the cut, the second appraisal gave some back.
func (m *maker) line(set *scoring.Set, p *assess.Period, n *scoring.Node, claim, final scoring.Answer, figure *assess.Figure) (assess.Line, []assess.Change, error) {
	l := assess.Line{Code: n.Code}
	var changes []assess.Change
	entry := func(a scoring.Answer, r assess.Round, by string, d data.Day, note string) (*assess.Entry, error) {
		score, err := set.Score(n.Code, a, p.Year)
		if err != nil {
			return nil, err
		}
		e := &assess.Entry{Answer: a, Points: score.Points, State: score.State, Computed: score.Computed, HasComputed: score.HasComputed, Note: note, Register: figure,
			Agreed: score.State == scoring.NA && r > assess.Self, By: by, At: at(d)}
		if figure == nil && n.Metric != nil || n.Survey() {
			e.Source = demoSource(p.Year)
		}
		if r != assess.Explained {
			changes = append(changes, assess.Change{Code: n.Code, Round: r, Old: book.PointsText(l.Of(r)), New: book.PointsText(e), Why: note, By: by, At: e.At})
		}
		return e, nil
	}
	var err error
	if n.Survey() {
		l.Self, err = entry(final, assess.Self, appraiser, p.SecondTo-3, "")
		return l, changes, err
	}
	if l.Self, err = entry(claim, assess.Self, clerk, p.SelfTo-6, ""); err != nil {
		return l, nil, err
	}
	after, err := entry(final, assess.First, appraiser, p.FirstTo-3, "")
	if err != nil {
		return l, nil, err
	}
	l.First = after
	if after.Points != l.Self.Points {
		l.First.Note = "Tài liệu kiểm chứng chưa chứng minh đủ số liệu tự chấm."
		changes[len(changes)-1].Why = l.First.Note
		l.Asked = "Giải trình chênh lệch số liệu và bổ sung tài liệu kiểm chứng."
		if l.Explained, err = entry(claim, assess.Explained, clerk, p.ExplainTo-2, "Đơn vị đã rà soát lại, đề nghị giữ điểm tự chấm; bổ sung bảng tổng hợp có xác nhận."); err != nil {
			return l, nil, err
		}
		if l.Second, err = entry(final, assess.Second, appraiser, p.SecondTo-2, "Giữ điểm thẩm định lần 1: bảng bổ sung lập sau thời điểm đánh giá."); err != nil {
			return l, nil, err
		}
	}
	return l, changes, nil
}

func (m *maker) keep(sheet uint64, l assess.Line, changes []assess.Change) error {
	if _, err := put(m.tx, assess.LineKind(sheet), l); err != nil {
		return err
	}
	for _, c := range changes {
		if _, err := put(m.tx, assess.ChangeKind(sheet), c); err != nil {
			return err
		}
	}
	return nil
}

// random gives each leaf of each sheet numbers of its own.
func random(words ...any) *rand.Rand {
	h := fnv.New64a()
	fmt.Fprint(h, words...)
	return rand.New(rand.NewPCG(20230830, h.Sum64()))
}

// communePeriod makes the sheets of the communes of a year.
func (m *maker) communePeriod(set *scoring.Set, setID uint64, year int, title string) error {
	group := assess.Group{Name: "UBND cấp xã"}
	for _, u := range m.desk.Catalogue().Units {
		if u.Level == data.LevelCommune {
			group.Units = append(group.Units, u.ID)
		}
	}
	p, err := m.period(setID, year, title, "xa", []assess.Group{group})
	if err != nil {
		return err
	}
	for _, unit := range group.Units {
		if err := m.commune(set, &p, unit, group.Name); err != nil {
			return err
		}
	}
	return nil
}

func (m *maker) commune(set *scoring.Set, p *assess.Period, unit uint32, group string) error {
	s, err := m.sheet(p, unit, group)
	if err != nil {
		return err
	}
	// Some communes are better than others, and most get better.
	skill := min(96, 70+int(random("skill", unit).IntN(24))+2*(p.Year-demoYears[0]))
	card := &assess.Card{Sheet: s, Period: *p, Set: set, Name: m.unitName(unit)}
	var failed error
	set.Walk(func(n *scoring.Node, _ []*scoring.Node) {
		if failed != nil || !n.Leaf() {
			return
		}
		r := random(p.Year, unit, n.Code)
		metric, ok, err := m.measure(card, n)
		if err != nil {
			failed = err
			return
		}
		var claim, final scoring.Answer
		var figure *assess.Figure
		if ok {
			if final, ok = assess.AnswerOf(n, metric.Figure); ok {
				claim, figure = final, &metric.Figure
			}
		}
		if !ok {
			final = made(set, n, r, skill)
			claim = final
			if !n.Survey() && r.IntN(100) < 10 {
				claim = made(set, n, r, 100)
			}
		}
		line, changes, err := m.line(set, p, n, claim, final, figure)
		if err == nil {
			err = m.keep(s.ID, line, changes)
		}
		failed = err
	})
	return failed
}

// made makes up an answer: the full points with the chance of the skill, else
// less.
func made(set *scoring.Set, n *scoring.Node, r *rand.Rand, skill int) scoring.Answer {
	options := attainable(set, n, r)
	full := []scoring.Answer{}
	less := []scoring.Answer{}
	for _, o := range options {
		if o.points == n.Max {
			full = append(full, o.answer)
		} else if n.Survey() || 3*o.points >= n.Max {
			less = append(less, o.answer)
		}
	}
	if len(less) == 0 || len(full) > 0 && r.IntN(100) < skill {
		return full[r.IntN(len(full))]
	}
	return less[r.IntN(len(less))]
}

type option struct {
	answer scoring.Answer
	points scoring.Points
}

// attainable lists plausible answers of a leaf with the points they give.
func attainable(set *scoring.Set, n *scoring.Node, r *rand.Rand) []option {
	var out []option
	add := func(a scoring.Answer) {
		if x, err := set.Score(n.Code, a, 0); err == nil && x.State == scoring.Scored {
			out = append(out, option{a, x.Points})
		}
	}
	ratio := func() {
		of := int64([]int{20, 24, 25, 28, 30, 32, 36, 40, 48, 50, 60}[r.IntN(11)])
		a := scoring.Int(of)
		for b := of; b >= of/2; b-- {
			x := scoring.Int(b)
			add(scoring.Answer{B: &x, A: &a})
		}
	}
	switch rule := n.Rule.(type) {
	case *scoring.Binary:
		for _, yes := range []bool{true, false} {
			add(scoring.Answer{Yes: &yes})
		}
	case *scoring.Checklist:
		for missing := -1; missing < len(rule.Items); missing++ {
			checked := make([]bool, len(rule.Items))
			for i := range checked {
				checked[i] = i != missing
			}
			add(scoring.Answer{Checked: checked})
		}
	case *scoring.Ratio:
		ratio()
	case *scoring.Deduct:
		add(scoring.Answer{Events: map[string]int64{}})
		for _, e := range rule.Events {
			for times := int64(1); times <= 3; times++ {
				add(scoring.Answer{Events: map[string]int64{e.ID: times}})
			}
		}
	case *scoring.Formula:
		for a := int64(24); a <= 40; a += 4 {
			for late := int64(0); late <= 3; late++ {
				vars := map[string]scoring.Number{"a": scoring.Int(a), "b": scoring.Int(a - late), "c": scoring.Int(late)}
				kept := map[string]scoring.Number{}
				for _, v := range rule.Vars {
					kept[v.ID] = vars[v.ID]
				}
				add(scoring.Answer{Vars: kept})
			}
		}
	case *scoring.Survey:
		for tenth := int64(760); tenth <= 960; tenth += 7 {
			x, err := scoring.ParseNumber(fmt.Sprintf("%d.%d", tenth/10, tenth%10))
			if err == nil {
				add(scoring.Answer{Percent: &x})
			}
		}
	case *scoring.Tiers:
		switch rule.Input {
		case scoring.ByPercent:
			ratio()
		case scoring.ByCount:
			for v := int64(0); v <= 6; v++ {
				x := scoring.Int(v)
				add(scoring.Answer{Value: &x})
			}
		case scoring.ByDaysLate:
			for v := int64(0); v <= 20; v++ {
				x := scoring.Int(v)
				add(scoring.Answer{Value: &x})
			}
		case scoring.ByDate:
			for month := time.January; month <= time.April; month++ {
				add(scoring.Answer{Date: data.Date(set.Meta.Year, month, 5+r.IntN(20))})
			}
		case scoring.ByChoice:
			for _, t := range rule.Tiers {
				add(scoring.Answer{Choice: t.Choice})
			}
		}
	}
	return out
}

// exactly finds an answer that gives just these points, among plausible ones
// first.
func exactly(set *scoring.Set, n *scoring.Node, r *rand.Rand, points scoring.Points) (scoring.Answer, error) {
	options := attainable(set, n, r)
	if at := slices.IndexFunc(options, func(o option) bool { return o.points == points }); at >= 0 {
		return options[at].answer, nil
	}
	switch n.Rule.(type) {
	case *scoring.Survey:
		// The percentage that gives the points, to the second decimal.
		middle := int64(points) * 10000 / int64(n.Max)
		for h := max(0, middle-60); h <= min(10000, middle+60); h++ {
			x, err := scoring.ParseNumber(fmt.Sprintf("%d.%02d", h/100, h%100))
			if err != nil {
				return scoring.Answer{}, err
			}
			a := scoring.Answer{Percent: &x}
			if s, err := set.Score(n.Code, a, 0); err == nil && s.Points == points {
				return a, nil
			}
		}
	case *scoring.Checklist:
		rule := n.Rule.(*scoring.Checklist)
		for mask := range 1 << len(rule.Items) {
			checked := make([]bool, len(rule.Items))
			for i := range checked {
				checked[i] = mask>>i&1 == 1
			}
			a := scoring.Answer{Checked: checked}
			if s, err := set.Score(n.Code, a, 0); err == nil && s.Points == points {
				return a, nil
			}
		}
	case *scoring.Deduct:
		rule := n.Rule.(*scoring.Deduct)
		for first := range rule.Events {
			for second := range rule.Events {
				for times := range int64(20) {
					events := map[string]int64{}
					events[rule.Events[first].ID] += times / 5
					events[rule.Events[second].ID] += times % 5
					a := scoring.Answer{Events: events}
					if s, err := set.Score(n.Code, a, 0); err == nil && s.Points == points {
						return a, nil
					}
				}
			}
		}
	}
	target := int64(100)
	if r, ok := n.Rule.(*scoring.Ratio); ok && r.TargetPct != nil {
		target = r.TargetPct.Rat().Num().Int64() // targets of the shipped sets are whole
	}
	for _, of := range []int64{20, 25, 32, 40, 50, 60, 75, 80, 100, 120, 125, 150, 200, 250, 400, 500, 1000} {
		a := scoring.Int(of)
		middle := int64(points) * target * of / (100 * int64(n.Max))
		for b := min(of, middle+1); b >= max(0, middle-1); b-- {
			x := scoring.Int(b)
			answer := scoring.Answer{B: &x, A: &a}
			s, err := set.Score(n.Code, answer, 0)
			if err != nil {
				break
			}
			if s.Points == points {
				return answer, nil
			}
		}
	}
	return scoring.Answer{}, data.Fail(data.Internal, fmt.Sprintf("Tiêu chí %s: không dựng được số liệu minh họa cho %s điểm.", n.Code, points.String()), nil)
}
