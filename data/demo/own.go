package demo

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/assess/book"
	"giaoban/data/desk"
	"giaoban/data/disk"
	"giaoban/data/scoring"
	"giaoban/data/text"
)

// filler is a leaf that takes what is left to lose, with the most that it may lose
// without falling below its cut-off.
type filler struct {
	Code string
	Most scoring.Points
}

// cause is why points were lost.
type cause struct {
	Text      string
	Objective bool
}

func (m *maker) ownPeriod(set *scoring.Set, setID uint64, year int, title string) (uint64, error) {
	group := "UBND cấp huyện"
	p, err := m.period(setID, year, title, "huyen", []assess.Group{{Name: group, Units: []uint32{assess.OwnUnit}}})
	if err != nil {
		return 0, err
	}
	s, err := m.sheet(&p, assess.OwnUnit, group)
	if err != nil {
		return 0, err
	}
	for _, domain := range set.Criteria {
		if err := m.domain(set, &p, &s, domain); err != nil {
			return 0, err
		}
	}
	for code, counts := range tale().OwnBonus[year] {
		points, err := set.ScoreAdjust(code, counts)
		if err != nil {
			return 0, err
		}
		e := &assess.Entry{Counts: counts, Points: points, Computed: points, HasComputed: true, State: scoring.Scored, By: clerk, At: at(p.SelfTo - 6)}
		first := *e
		first.By, first.At = appraiser, at(p.FirstTo-3)
		l := assess.Line{Code: code, Self: e, First: &first}
		if err := m.keep(s.ID, l, []assess.Change{{Code: code, Round: assess.Self, New: points.String(), By: clerk, At: e.At}, {Code: code, Round: assess.First, New: points.String(), By: appraiser, At: first.At}}); err != nil {
			return 0, err
		}
	}
	return s.ID, m.evidence(set, &p, &s)
}

// goal is one leaf of the own sheet.
type goal struct {
	node   *scoring.Node
	points scoring.Points
	figure *assess.Figure // where the register answers it
	answer scoring.Answer
	ready  bool // answer gives the points
	forced bool // the register's figure was replaced, with a note
}

// domain brings a domain to the points of the plan: what the register gives,
// then the planned losses, then the fillers. Where the register alone loses more,
// its figures are overridden by hand, as an officer would with a note.
func (m *maker) domain(set *scoring.Set, p *assess.Period, s *assess.Sheet, domain *scoring.Node) error {
	card := &assess.Card{Sheet: *s, Period: *p, Set: set}
	var list []*goal
	byCode := map[string]*goal{}
	var walk func(n *scoring.Node) error
	walk = func(n *scoring.Node) error {
		for _, c := range n.Children {
			if err := walk(c); err != nil {
				return err
			}
		}
		if !n.Leaf() {
			return nil
		}
		t := &goal{node: n, points: n.Max}
		metric, ok, err := m.measure(card, n)
		if err != nil {
			return err
		}
		if ok && strings.HasPrefix(n.Metric.Value, "remedial.") {
			ok = false // the tasks are made up after the sheets
		}
		if ok {
			if a, fits := assess.AnswerOf(n, metric.Figure); fits {
				if score, err := set.Score(n.Code, a, p.Year); err == nil && score.State == scoring.Scored {
					t.figure, t.answer, t.points, t.ready = &metric.Figure, a, score.Points, true
				}
			}
		}
		list, byCode[n.Code] = append(list, t), t
		return nil
	}
	if err := walk(domain); err != nil {
		return err
	}
	need := domain.Max - tale().OwnPlan[p.Year][domain.Code]
	for _, t := range list {
		need -= t.node.Max - t.points
	}
	for need < 0 {
		// Give back where the register loses most.
		var worst *goal
		for _, t := range list {
			if t.figure != nil && (worst == nil || t.node.Max-t.points > worst.node.Max-worst.points) {
				worst = t
			}
		}
		back := min(-need, worst.node.Max-worst.points)
		worst.points, worst.ready, worst.forced = worst.points+back, false, true
		need += back
	}
	if domain.Code == "8" {
		m.surveyShares(list, need, p.Year)
		need = 0
	}
	for _, t := range list {
		if loss := tale().OwnLosses[p.Year][t.node.Code]; loss > 0 && t.figure == nil && loss <= need {
			t.points -= loss
			need -= loss
		}
	}
	for _, f := range tale().Fillers[domain.Code] {
		t := byCode[f.Code]
		if loss := min(need, f.Most-(t.node.Max-t.points)); loss > 0 && t.figure == nil {
			t.points -= loss
			need -= loss
		}
	}
	if need != 0 {
		return data.Fail(data.Internal, fmt.Sprintf("Lĩnh vực %s: còn %s điểm chưa dựng được trong phiếu minh họa.", domain.Code, need.String()), nil)
	}
	for _, t := range list {
		if err := m.ownLine(set, p, s, t); err != nil {
			return err
		}
	}
	return nil
}

// surveyShares spreads the loss over the leaves of the survey: the satisfaction
// of citizens fell by 8,3 points of the percentage in 2022 (article 002), the
// judgement of delegates and officers rose.
func (m *maker) surveyShares(list []*goal, need scoring.Points, year int) {
	citizens := map[int]int64{2021: 883, 2022: 800}[year] // tenths of a per cent
	var rest []*goal
	var restMax, taken scoring.Points
	for _, t := range list {
		if strings.HasPrefix(t.node.Code, "8.1") {
			loss := scoring.Points((int64(t.node.Max)*(1000-citizens)/1000 + 5) / 10 * 10)
			t.points -= loss
			taken += loss
		} else {
			rest, restMax = append(rest, t), restMax+t.node.Max
		}
	}
	left := need - taken
	for i, t := range rest {
		loss := scoring.Points(int64(left) * int64(t.node.Max) / int64(restMax) / 10 * 10)
		if i == len(rest)-1 {
			loss = left
		}
		t.points -= loss
		left -= loss
		restMax -= t.node.Max
	}
}

func (m *maker) ownLine(set *scoring.Set, p *assess.Period, s *assess.Sheet, t *goal) error {
	r := random(p.Year, "own", t.node.Code)
	if !t.ready {
		var err error
		if t.answer, err = exactly(set, t.node, r, t.points); err != nil {
			return err
		}
	}
	claim := t.answer
	// The unit claimed more on some of the leaves that lost points.
	if lost := t.node.Max - t.points; lost > 0 && t.figure == nil && !t.node.Survey() && r.IntN(3) > 0 {
		if full, err := exactly(set, t.node, r, t.node.Max); err == nil {
			claim = full
		}
	}
	l, changes, err := m.line(set, p, t.node, claim, t.answer, t.figure)
	if err != nil {
		return err
	}
	if t.forced {
		for _, e := range []*assess.Entry{l.Self, l.First} {
			e.Answer.Note = "Đối chiếu sổ giấy: số liệu trên hệ thống cập nhật thiếu."
		}
	}
	if t.points < t.node.Max {
		l.Loss = &assess.Loss{Cause: pick(r, tale().Causes).Text, Objective: false, Owner: t.node.Owner}
		pick := pick(r, tale().Causes)
		l.Loss.Cause, l.Loss.Objective = pick.Text, pick.Objective
	}
	return m.keep(s.ID, l, changes)
}

// evidence makes one document for each criterion and links it to all its leaves,
// but leaves some criteria without, which the report then explains. The first
// documents have a file.
func (m *maker) evidence(set *scoring.Set, p *assess.Period, s *assess.Sheet) error {
	count := 0
	for _, domain := range set.Criteria {
		for _, c := range domain.Children {
			if strings.HasPrefix(c.Code, "8") || c.Code == "2.5" || c.Code == "5.6" || c.Code == "7.6" {
				continue
			}
			count++
			e := assess.Evidence{Title: documentTitle(c, p.Year), Number: fmt.Sprintf("%d/BC-UBND", 20+7*count), Date: day(p.Year, 12, 1) + data.Day(count%28),
				Issuer: "UBND thị xã (minh họa)", By: clerk, At: at(p.SelfTo - 8)}
			leaves := 0
			link := func(n *scoring.Node) {
				leaves++
				e.Links = append(e.Links, assess.Link{Sheet: s.ID, Code: n.Code, Section: fmt.Sprintf("Mục %d", leaves), Page: fmt.Sprint(2 * leaves), Round: assess.Self})
			}
			if c.Leaf() {
				link(c)
			}
			for _, n := range c.Children {
				link(n)
			}
			if count <= 6 {
				f, err := m.file(&e)
				if err != nil {
					return err
				}
				e.File = f
			}
			if _, err := put(m.tx, assess.RecordEvidence, e); err != nil {
				return err
			}
		}
	}
	return nil
}

func documentTitle(n *scoring.Node, year int) string {
	return fmt.Sprintf("Báo cáo kết quả %s năm %d", text.Within(n.Title), year)
}

// file writes a made-up document beside the data file.
func (m *maker) file(e *assess.Evidence) (*assess.File, error) {
	text := fmt.Sprintf("\ufeffTÀI LIỆU MINH HỌA\r\n\r\n%s\r\nSố: %s, ngày %s\r\nCơ quan ban hành: %s\r\n\r\nTệp này do chương trình tạo để minh họa sổ tài liệu kiểm chứng.\r\n", e.Title, e.Number, e.Date, e.Issuer)
	dir, err := os.MkdirTemp("", "minh-hoa-*")
	if err != nil {
		return nil, disk.Fail("Không tạo được tệp tạm để dựng tài liệu minh họa trong "+disk.Name(os.TempDir()), err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, assess.SafeName(e.Number+" "+e.Title, ".txt"))
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return nil, disk.Fail("Không tạo được tệp tạm để dựng tài liệu minh họa trong "+disk.Name(os.TempDir()), err)
	}
	return m.book.TakeFile(m.ctx, path)
}

// remedies makes the plans: that of 2021 was done, that of 2022 mostly.
func (m *maker) remedies(own map[int]uint64) error {
	for _, year := range demoYears {
		stored, err := desk.Records[assess.Line](m.tx, assess.LineKind(own[year]))
		if err != nil {
			return err
		}
		for _, x := range stored {
			l := x.Value
			e := l.Effective()
			if l.Loss == nil || e == nil {
				continue
			}
			n := scoring.ShippedByID("cchc-huyen-2023-recon").Node(l.Code)
			r := random("remedy", year, l.Code)
			due := day(year+1, 6, 30) + data.Day(r.IntN(150))
			task := assess.Remedy{Sheet: own[year], Year: year, Code: l.Code, Lost: n.Max - e.Points, Cause: l.Loss.Cause, Objective: l.Loss.Objective,
				Task: "Rà soát, hoàn thành nội dung «" + n.Title + "»", Product: "Báo cáo kết quả, tài liệu kiểm chứng đầy đủ", Owner: l.Loss.Owner, Partners: "UBND các xã, phường",
				Due: due, State: assess.Done, Finished: min(due-data.Day(r.IntN(40)), m.desk.Today()), Result: "Hoàn thành, đã báo cáo UBND thị xã",
				Document: fmt.Sprintf("%d/BC-UBND ngày %s (minh họa)", 100+r.IntN(200), due)}
			if year == 2022 {
				switch r.IntN(4) {
				case 0:
					task.State, task.Finished, task.Result, task.Document = assess.Doing, data.NoDay, "", ""
				case 1:
					task.State, task.Finished, task.Result, task.Document = assess.Planned, data.NoDay, "", ""
				}
			}
			m.tasks = append(m.tasks, book.RemedyTask(m.desk.Catalogue(), task, nil))
		}
	}
	return nil
}
