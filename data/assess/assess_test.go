package assess_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/scoring"
)

const (
	district = "cchc-huyen-2023-recon"
	commune  = "cchc-xa-2023-recon"
)

// answer draws an answer of the kind that a leaf takes; full gives the maximum
// where the kind has a plain way to it.
func answer(t *rapid.T, n *scoring.Node) scoring.Answer {
	number := func(low, high int64, name string) *scoring.Number {
		x := scoring.Int(rapid.Int64Range(low, high).Draw(t, n.Code+name))
		return &x
	}
	switch r := n.Rule.(type) {
	case *scoring.Binary:
		yes := rapid.Bool().Draw(t, n.Code)
		return scoring.Answer{Yes: &yes}
	case *scoring.Checklist:
		return scoring.Answer{Checked: rapid.SliceOfN(rapid.Bool(), len(r.Items), len(r.Items)).Draw(t, n.Code)}
	case *scoring.Deduct:
		return scoring.Answer{Events: map[string]int64{r.Events[0].ID: rapid.Int64Range(0, 5).Draw(t, n.Code)}}
	case *scoring.Survey:
		return scoring.Answer{Percent: number(0, 100, "")}
	case *scoring.Formula:
		vars := map[string]scoring.Number{}
		for i, v := range r.Vars {
			vars[v.ID] = scoring.Int(int64(10 - 3*i))
		}
		return scoring.Answer{Vars: vars}
	case *scoring.Tiers:
		switch r.Input {
		case scoring.ByCount, scoring.ByDaysLate:
			return scoring.Answer{Value: number(0, 9, "")}
		case scoring.ByDate:
			return scoring.Answer{Date: data.Date(2023, 1, rapid.IntRange(1, 120).Draw(t, n.Code))}
		case scoring.ByChoice:
			return scoring.Answer{Choice: r.Tiers[rapid.IntRange(0, len(r.Tiers)-1).Draw(t, n.Code)].Choice}
		}
	}
	a := number(1, 60, "a")
	b := number(0, 60, "b")
	if b.Cmp(*a) > 0 {
		a, b = b, a
	}
	return scoring.Answer{B: b, A: a}
}

// entry weighs an answer as the book does.
func entry(set *scoring.Set, code string, a scoring.Answer) *assess.Entry {
	r, err := set.Score(code, a, 2023)
	if err != nil {
		return nil
	}
	return &assess.Entry{Answer: a, Points: r.Points, State: r.State, Computed: r.Computed, HasComputed: r.HasComputed}
}

// lines draws what a sheet says: open leaves, leaves that are not assessed, up to
// three rounds.
func lines(t *rapid.T, set *scoring.Set) []assess.Line {
	var out []assess.Line
	set.Walk(func(n *scoring.Node, _ []*scoring.Node) {
		if !n.Leaf() {
			return
		}
		fate := rapid.IntRange(0, 19).Draw(t, "fate "+n.Code)
		if fate == 0 {
			return
		}
		l := assess.Line{Code: n.Code, Self: entry(set, n.Code, answer(t, n))}
		switch {
		case fate == 1 && !n.Survey():
			l.Self = entry(set, n.Code, scoring.Answer{NA: "không phát sinh"})
		case fate < 6 && !n.Survey():
			l.First = entry(set, n.Code, answer(t, n))
		case fate < 9 && !n.Survey():
			l.First, l.Explained, l.Second = entry(set, n.Code, answer(t, n)), entry(set, n.Code, answer(t, n)), entry(set, n.Code, answer(t, n))
		}
		out = append(out, l)
	})
	return out
}

func card(t rapid.TB, set *scoring.Set, unit uint32, list []assess.Line, evidence ...assess.Evidence) *assess.Card {
	c, err := assess.NewCard(assess.Sheet{ID: uint64(unit) + 1, Unit: unit, Group: "g"}, assess.Period{Year: 2023}, set, fmt.Sprint("Đơn vị ", unit), list, evidence)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return c
}

// TestLossesAddUp: the way from 100 to the index is complete, whatever a sheet
// says, and no step goes unexplained.
func TestLossesAddUp(t *testing.T) {
	set := scoring.ShippedByID(district)
	rapid.Check(t, func(t *rapid.T) {
		c := card(t, set, 0, lines(t, set))
		m := c.Losses()
		if m.Unexplained != 0 {
			t.Fatalf("unexplained %s", m.Unexplained)
		}
		height := m.Total
		for _, s := range m.Steps[1 : len(m.Steps)-1] {
			height += s.Change
			if s.After != height {
				t.Fatalf("step %s ends at %s, want %s", s.Label, s.After, height)
			}
		}
		if height != c.Final.Index || m.Steps[len(m.Steps)-1].After != c.Final.Index {
			t.Fatalf("the steps end at %s, the index is %s", height, c.Final.Index)
		}
		// A slow count of what leaves lost.
		var lost scoring.Points
		for _, r := range c.Rows() {
			if r.Leaf && !r.Final.NA {
				lost += r.Max - r.Final.Points
			}
		}
		if m.Lost() != lost || m.Explained != lost {
			t.Fatalf("lost %s, explained %s, want %s", m.Lost(), m.Explained, lost)
		}
		objective, subjective, unjudged := m.ByCause()
		if objective+subjective+unjudged != lost {
			t.Fatal("causes do not add up")
		}
	})
}

// TestTheLastRoundCounts: never the best, never the explanation.
func TestTheLastRoundCounts(t *testing.T) {
	set := scoring.ShippedByID(commune)
	rapid.Check(t, func(t *rapid.T) {
		list := lines(t, set)
		c := card(t, set, 0, list)
		for _, l := range list {
			want := l.Self
			if l.First != nil {
				want = l.First
			}
			if l.Second != nil {
				want = l.Second
			}
			row := c.Row(l.Code)
			if row.Final.Points != want.Points || row.Final.NA != (want.State == scoring.NA) {
				t.Fatalf("%s: final %v, want %s", l.Code, row.Final, want.Points)
			}
			if got := c.Self.Node(l.Code).Points; got != l.Self.Points {
				t.Fatalf("%s: self %s, want %s", l.Code, got, l.Self.Points)
			}
			if l.Explained != nil && row.Explained.Points != l.Explained.Points {
				t.Fatalf("%s: the explanation asks for %s, shown %s", l.Code, l.Explained.Points, row.Explained.Points)
			}
		}
		for _, r := range c.Rows() {
			if r.Leaf {
				continue
			}
			var sum scoring.Points
			for _, x := range c.Rows() {
				if x.Leaf && (x.Node.Code == r.Node.Code || strings.HasPrefix(x.Node.Code, r.Node.Code+".")) {
					sum += x.Final.Points
				}
			}
			if sum != r.Final.Points || r.Lost != r.Applicable-sum {
				t.Fatalf("%s: %s, its leaves add up to %s", r.Node.Code, r.Final.Points, sum)
			}
		}
	})
}

// TestRankingAgainstCounting: the rank of a unit is one more than the number of
// those above it, at every node; who said nothing has no rank.
func TestRankingAgainstCounting(t *testing.T) {
	set := scoring.ShippedByID(commune)
	rapid.Check(t, func(t *rapid.T) {
		var cards []*assess.Card
		count := rapid.IntRange(1, 5).Draw(t, "units")
		for u := range uint32(count) {
			var list []assess.Line
			if rapid.IntRange(0, 5).Draw(t, "silent") > 0 {
				list = lines(t, set)
			}
			cards = append(cards, card(t, set, u, list))
		}
		r := assess.Rank(cards, "g", assess.Second, nil)
		if len(r.Units) != count {
			t.Fatalf("%d units of %d", len(r.Units), count)
		}
		last := 0
		for _, u := range r.Units {
			if !u.Scored {
				if u.Rank != 0 {
					t.Fatalf("%s said nothing and has rank %d", u.Name, u.Rank)
				}
				last = 1 << 30
				continue
			}
			above := 0
			for _, v := range r.Units {
				if v.Scored && v.Result.Index > u.Result.Index {
					above++
				}
			}
			if u.Rank != above+1 || u.Rank < last {
				t.Fatalf("%s: rank %d, %d above", u.Name, u.Rank, above)
			}
			last = u.Rank
			for code, n := range u.Nodes {
				if n.Rank == 0 {
					continue
				}
				higher := 0
				for _, v := range r.Units {
					if o := v.Nodes[code]; o.Rank > 0 && o.Rank < n.Rank {
						higher++
					}
				}
				if n.Rank != higher+1 {
					t.Fatalf("%s at %s: rank %d, %d above", u.Name, code, n.Rank, higher)
				}
			}
		}
		again := assess.Rank(cards, "g", assess.Second, assess.BeforeOf([]assess.Ranking{r}))
		for _, u := range again.Units {
			points, ok := u.Change()
			if u.Scored != ok || points != 0 {
				t.Fatalf("%s changed by %s against itself", u.Name, points)
			}
			if places, ok := u.Places(); u.Scored != ok || places != 0 {
				t.Fatalf("%s moved %d places against itself", u.Name, places)
			}
		}
	})
}

// TestClassesAreRankedApart: each class has its own first place, in this year and in
// comparison with the last; a group of one class is ranked as a whole.
func TestClassesAreRankedApart(t *testing.T) {
	set := scoring.ShippedByID(commune)
	var cards []*assess.Card
	for u := range uint32(6) {
		c := card(t, set, u, nil)
		if u > 0 { // the more leaves are full, the better
			var list []assess.Line
			set.Walk(func(n *scoring.Node, _ []*scoring.Node) {
				if n.Leaf() && len(list) < int(u) {
					p := n.Max
					list = append(list, assess.Line{Code: n.Code, Self: entry(set, n.Code, scoring.Answer{Points: &p, Note: "x"})})
				}
			})
			c = card(t, set, u, list)
		}
		c.Class = data.Class{ID: u%2 + 1, Name: fmt.Sprint("Nhóm ", u%2+1)}
		cards = append(cards, c)
	}
	list := assess.Rankings(cards, "g", assess.Second, nil)
	if len(list) != 2 || list[0].Class.ID != 1 || list[1].Class.ID != 2 {
		t.Fatalf("%d rankings", len(list))
	}
	for i, want := range [][]string{{"Đơn vị 4 1", "Đơn vị 2 2", "Đơn vị 0 0"}, {"Đơn vị 5 1", "Đơn vị 3 2", "Đơn vị 1 3"}} {
		var got []string
		for _, u := range list[i].Units {
			got = append(got, fmt.Sprint(u.Name, " ", u.Rank))
		}
		if !slices.Equal(got, want) {
			t.Errorf("class %d: %v, want %v", i+1, got, want)
		}
	}
	before := assess.BeforeOf(list)
	if before[5].Rank != 1 || before[5].Of != 3 || before[4].Rank != 1 || before[4].Of != 2 {
		t.Errorf("%+v, %+v", before[5], before[4])
	}
	for _, c := range cards {
		c.Class = data.Class{ID: 2, Name: "Nhóm 2"}
	}
	cards[3].Class = data.Class{} // not known: as the others
	if list = assess.Rankings(cards, "g", assess.Second, nil); len(list) != 1 || list[0].Class.Name != "" || len(list[0].Units) != 6 || list[0].Of(1).Rank != 5 {
		t.Errorf("%+v", list)
	}
}

// TestArticle002 enters what the article published (seeds.md, peers F4).
func TestArticle002(t *testing.T) {
	p := func(points scoring.Points) *scoring.Points { return &points }
	own := assess.Place{Name: "Huyện", Own: true, Index: p(85760), Rank: 7, Domains: []assess.DomainPlace{
		{Code: "1", Points: p(10000)}, {Code: "2", Points: p(8500)}, {Code: "3", Points: p(15700), Rank: 2, Bonus: p(1000)}, {Code: "4", Points: p(6690), Rank: 9},
		{Code: "5", Points: p(8750), Rank: 9}, {Code: "6", Points: p(6480), Rank: 1, Bonus: p(500)}, {Code: "8", Points: p(20390), Rank: 6}}}
	pub := &assess.Publication{Title: "Chỉ số 2022", Year: 2022, Of: 12, Places: []assess.Place{own}, Domains: []assess.PublishedDomain{
		{"1", "Chỉ đạo", 10000}, {"2", "Thể chế", 8500}, {"3", "TTHC", 16500}, {"4", "Bộ máy", 7500}, {"5", "Công vụ", 10000}, {"6", "Tài chính công", 8000},
		{"7", "Chính quyền điện tử", 0}, {"8", "Điều tra", 25000}}}
	m, err := assess.PublishedLosses(pub)
	if err != nil {
		t.Fatal(err)
	}
	if m.Explained != 8990 || m.Unexplained != 5250 || len(m.Missing) != 1 || m.Missing[0].Max != 14500 {
		t.Errorf("explained %s, unexplained %s, missing %v", m.Explained, m.Unexplained, m.Missing)
	}
	if len(m.Readings) != 2 || m.Readings[0].Inside || m.Readings[0].Rest != 9250 || m.Readings[0].Lost != 5250 || !m.Readings[1].Inside || m.Readings[1].Rest != 7750 || m.Readings[1].Lost != 6750 {
		t.Fatalf("readings %+v", m.Readings)
	}
	for _, r := range m.Readings {
		if !r.Possible || !strings.Contains(r.Sentence, "Chính quyền điện tử") || !strings.Contains(r.Sentence, r.Rest.String()) {
			t.Errorf("%+v", r)
		}
	}
	if i := slices.IndexFunc(m.Steps, func(s assess.Step) bool { return s.Label == "Chưa giải thích" }); i < 0 || m.Steps[i].Change != -5250 {
		t.Errorf("steps %v", m.Steps)
	}
	for name, spoil := range map[string]func(*assess.Publication){
		"points above the maximum": func(x *assess.Publication) { x.Places[0].Domains[0].Points = p(10010) },
		"a rank of thirteen":       func(x *assess.Publication) { x.Places[0].Rank = 13 },
		"a domain rank":            func(x *assess.Publication) { x.Places[0].Domains[3].Rank = -1 },
		"an index above 100":       func(x *assess.Publication) { x.Places[0].Index = p(100010) },
		"an unknown domain":        func(x *assess.Publication) { x.Places[0].Domains[0].Code = "9" },
		"no year":                  func(x *assess.Publication) { x.Year = 22 },
	} {
		bad := *pub
		bad.Places = []assess.Place{own}
		bad.Places[0].Domains = slices.Clone(own.Domains)
		spoil(&bad)
		if _, err := assess.PublishedLosses(&bad); data.CodeOf(err) != data.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestStates walks all moves from the draft: the order of the states is kept, a
// move back wants a reason, and nothing skips the appraisal.
func TestStates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := assess.Sheet{State: assess.Drafting}
		appraised := false
		for range rapid.IntRange(1, 15).Draw(t, "moves") {
			to := rapid.SampledFrom(assess.States).Draw(t, "to")
			why := rapid.SampledFrom([]string{"", "lý do"}).Draw(t, "why")
			forward, backward := assess.Allowed(&s)
			err := assess.MayMove(&s, to, why)
			ok := slices.Contains(forward, to) || slices.Contains(backward, to) && why != ""
			if (err == nil) != ok {
				t.Fatalf("from %s to %s: %v", s.State, to, err)
			}
			if err != nil {
				continue
			}
			was, is := slices.Index(assess.States, s.State), slices.Index(assess.States, to)
			if is < was && why == "" {
				t.Fatalf("back from %s to %s without a reason", s.State, to)
			}
			s.Moves = append(s.Moves, assess.Move{From: s.State, To: to})
			s.State = to
			if to == assess.Appraised {
				appraised = true
			}
			if is >= slices.Index(assess.States, assess.Appraised) && !appraised {
				t.Fatalf("%s without an appraisal", to)
			}
		}
	})
}

// TestRoundsLockByThemselves: each round is open in its state until the end of
// its last day; a reopening lifts the deadline of one sheet.
func TestRoundsLockByThemselves(t *testing.T) {
	day := func(d int) data.Day { return data.Date(2023, 1, d) }
	p := assess.Period{Title: "Đợt", SelfFrom: day(2), SelfTo: day(10), FirstTo: day(20), ExplainTo: day(25), SecondTo: day(30)}
	for _, c := range []struct {
		state assess.State
		round assess.Round
		today int
		open  bool
	}{
		{assess.Drafting, assess.Self, 1, false}, {assess.Drafting, assess.Self, 2, true}, {assess.Drafting, assess.Self, 10, true}, {assess.Drafting, assess.Self, 11, false},
		{assess.Submitted, assess.Self, 5, false}, {assess.Submitted, assess.First, 11, true}, {assess.Submitted, assess.First, 20, true}, {assess.Submitted, assess.First, 21, false},
		{assess.Appraised, assess.First, 15, false}, {assess.Explaining, assess.Explained, 25, true}, {assess.Explaining, assess.Explained, 26, false},
		{assess.Explaining, assess.Second, 30, true}, {assess.Explaining, assess.Second, 31, false}, {assess.Approved, assess.Second, 28, false},
	} {
		err := p.Locked(&assess.Sheet{State: c.state}, c.round, day(c.today))
		if (err == nil) != c.open || err != nil && data.CodeOf(err) != data.Conflict {
			t.Errorf("%s, %s on day %d: %v", c.state, c.round, c.today, err)
		}
	}
	late := assess.Sheet{State: assess.Drafting, Reopened: &assess.Reopening{Round: assess.Self, Until: day(15)}}
	if p.Locked(&late, assess.Self, day(15)) != nil || p.Locked(&late, assess.Self, day(16)) == nil {
		t.Error("a reopened sheet is open until its day")
	}
	if n, _, ok := p.DaysLeft(&late, day(12)); !ok || n != 3 {
		t.Errorf("%d days left", n)
	}
	p.Closed = true
	if p.Locked(&late, assess.Self, day(15)) == nil {
		t.Error("a closed period is open")
	}
}

func TestPeriodProblems(t *testing.T) {
	good := assess.Period{Title: "Đợt", Year: 2022, Set: 1, SelfTo: 10, FirstTo: 20, Groups: []assess.Group{{"A", []uint32{1}}, {"B", []uint32{2}}}}
	if p := good.Problems(); len(p) > 0 {
		t.Fatal(p[0])
	}
	for name, spoil := range map[string]func(*assess.Period){
		"title": func(p *assess.Period) { p.Title = "" }, "year": func(p *assess.Period) { p.Year = 22 }, "set": func(p *assess.Period) { p.Set = 0 },
		"deadline": func(p *assess.Period) { p.FirstTo = 5 }, "figures": func(p *assess.Period) { p.FiguresFrom, p.FiguresTo = 9, 8 },
		"groups": func(p *assess.Period) { p.Groups = []assess.Group{{"A", []uint32{1}}, {"B", []uint32{1}}} },
	} {
		bad := good
		spoil(&bad)
		if p := bad.Problems(); len(p) == 0 || p[0].Field != name {
			t.Errorf("%s: %v", name, p)
		}
	}
}

func FuzzSafeName(f *testing.F) {
	for _, s := range []string{"", "..", "../../etc/passwd", `C:\Windows\win.ini`, "CON", "nul.txt", "Báo cáo 12/BC-UBND: kết quả?", "a\x00b", "tên .", strings.Repeat("dài ", 100), "\u202Egpj.exe", "\xff"} {
		f.Add(s, ".pdf")
	}
	f.Add("x", "/../y")
	f.Fuzz(func(t *testing.T, title, ext string) {
		name := assess.SafeName(title, ext)
		stem, _, _ := strings.Cut(name, ".")
		switch {
		case name == "" || !utf8.ValidString(name) || utf8.RuneCountInString(name) > 110:
			t.Errorf("%q", name)
		case strings.ContainsAny(name, `<>:"/\|?*`+"\x00\n\r\t\u202e"):
			t.Errorf("%q holds a forbidden sign", name)
		case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " ") || strings.HasPrefix(name, "."):
			t.Errorf("%q has a dot or space at an end", name)
		case slices.Contains([]string{"con", "prn", "aux", "nul", "com1", "lpt1"}, strings.ToLower(stem)):
			t.Errorf("%q is reserved", name)
		}
	})
}

// TestProofsInOrder: the index follows the criteria, a document of several
// criteria keeps one file, the draft names what is missing.
func TestProofsInOrder(t *testing.T) {
	set := scoring.ShippedByID(district)
	yes := true
	list := []assess.Line{{Code: "2.3.2", Self: entry(set, "2.3.2", scoring.Answer{Yes: &yes})}, {Code: "1.7.1", Self: entry(set, "1.7.1", scoring.Answer{Yes: &yes})}}
	file := &assess.File{Name: "a.pdf", Hash: strings.Repeat("a", 64), Ext: ".pdf"}
	c := card(t, set, 0, list,
		assess.Evidence{ID: 7, Title: "Quyết định", Number: "1/QĐ", File: file, Links: []assess.Link{{Sheet: 1, Code: "2.3.2", Page: "4"}, {Sheet: 1, Code: "1.1.1"}, {Sheet: 99, Code: "1.7.1"}}},
		assess.Evidence{ID: 8, Title: "Của phiếu khác", Links: []assess.Link{{Sheet: 99, Code: "1.1.1"}}})
	proofs := c.Proofs(nil)
	if len(proofs) != 2 || proofs[0].Code != "1.1.1" || proofs[1].Code != "2.3.2" || proofs[1].Link.Page != "4" || proofs[0].Name != proofs[1].Name || !strings.HasSuffix(proofs[0].Name, ".pdf") {
		t.Fatalf("%+v", proofs)
	}
	missing := c.Missing()
	if len(missing) != 1 || missing[0].Code != "1.7.1" || !strings.Contains(missing[0].Draft, "1.7.1") || !strings.Contains(missing[0].Draft, "0,50/0,50") {
		t.Fatalf("%+v", missing)
	}
	if n := c.Counters(); n.NoProof != 1 || n.Done != 2 || n.Survey != 14 || n.Leaves != 96 {
		t.Errorf("%+v", n)
	}
}

// TestGainsKeepTheirWord: doing what a gain asks gives the points it promises.
func TestGainsKeepTheirWord(t *testing.T) {
	set := scoring.ShippedByID(commune)
	ratios := 0
	rapid.Check(t, func(t *rapid.T) {
		left := rapid.Int64Range(0, 500).Draw(t, "left")
		list := lines(t, set)
		c := card(t, set, 0, list)
		outlook := map[string]assess.Outlook{}
		set.Walk(func(n *scoring.Node, _ []*scoring.Node) {
			outlook[n.Code] = assess.Outlook{Left: left, Known: true, Noun: "hồ sơ"}
		})
		for _, g := range c.Gains(assess.GainOptions{Outlook: outlook, WorkDays: 62}) {
			row := c.Row(g.Code)
			if g.Points != row.Final.Points || g.Next > g.Max || g.Next < g.Points || g.Gain != g.Next-g.Points || !strings.Contains(g.Sentence, g.Code) {
				t.Fatalf("%+v", g)
			}
			e := row.Line.Effective()
			if e == nil || e.Answer.B == nil || g.Noun != "hồ sơ" || !g.Reachable || g.Next == g.Points {
				continue
			}
			ratios++
			// The figures at the end of the year when just that many come.
			end := func(more int64) scoring.Points {
				b := scoring.Int(e.Answer.B.Rat().Num().Int64() + more)
				a := scoring.Int(e.Answer.A.Rat().Num().Int64() + left)
				r, err := set.Score(g.Code, scoring.Answer{B: &b, A: &a}, 2023)
				if err != nil {
					return -1
				}
				return r.Points
			}
			if end(g.Need) != g.Next && end(-g.Need) != g.Next {
				t.Fatalf("%s: %d more give %s, promised %s", g.Code, g.Need, end(g.Need), g.Next)
			}
		}
	})
	if ratios == 0 {
		t.Error("no ratio was tried")
	}
}

func TestGainOfALadder(t *testing.T) {
	set := scoring.ShippedByID(district)
	b, a := scoring.Int(480), scoring.Int(1000)
	c := card(t, set, 0, []assess.Line{{Code: "7.4.3", Self: entry(set, "7.4.3", scoring.Answer{B: &b, A: &a})}})
	gains := c.Gains(assess.GainOptions{Outlook: map[string]assess.Outlook{"7.4.3": {Left: 200, Known: true, Noun: "hồ sơ"}}, WorkDays: 62})
	i := slices.IndexFunc(gains, func(g assess.Gain) bool { return g.Code == "7.4.3" })
	// 50 % of 1.200 is 600: 120 more.
	if g := gains[i]; g.Need != 120 || g.Next != g.Max || !g.Reachable || !strings.Contains(g.Sentence, "120 hồ sơ trong 62 ngày làm việc") {
		t.Errorf("%+v", g)
	}
}

func TestReadings(t *testing.T) {
	number := func(s string) scoring.Number {
		n, err := scoring.ParseNumber(s)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	target := number("85")
	list := []assess.Reading{
		{Index: "SIPAS", Year: 2022, Value: number("86,37"), Scale: number("100"), Rank: 27, Of: 63, Target: &target},
		{Index: "SIPAS", Year: 2021, Value: number("85.02"), Scale: number("100"), Rank: 30, Of: 63},
		{Index: "SIPAS", Day: data.Date(2022, 5, 1), Value: number("1"), Scale: number("100")},
		{Index: "PCI", Year: 2021, Value: number("60"), Scale: number("100")},
	}
	s := assess.Series(list, "SIPAS", "")
	if len(s) != 3 || s[0].Year != 2021 || s[1].When() != "01/05/2022" || s[2].Year != 2022 {
		t.Fatalf("%+v", s)
	}
	if v, places, ranked, ok := assess.Delta(s[2], s[0]); !ok || !ranked || v.String() != "1,35" || places != 3 {
		t.Errorf("%s, %d places", v, places)
	}
	if reached, known := s[2].Reached(); !reached || !known {
		t.Error("the target is reached")
	}
	for field, spoil := range map[string]func(*assess.Reading){
		"year": func(r *assess.Reading) { r.Year = 0 }, "value": func(r *assess.Reading) { r.Value = number("100,01") }, "rank": func(r *assess.Reading) { r.Rank = 64 },
		"scale": func(r *assess.Reading) { r.Scale = number("0") }, "index": func(r *assess.Reading) { r.Index = "" },
		"components": func(r *assess.Reading) {
			r.Components = []assess.ReadingPart{{Name: "x", Value: number("11"), Max: number("10")}}
		},
	} {
		bad := list[0]
		spoil(&bad)
		err, _ := bad.Check().(*data.Error)
		if err == nil || err.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	for _, x := range assess.Indices() {
		sum := scoring.Int(0).Rat()
		for _, p := range x.Components {
			sum.Add(sum, p.Max.Rat())
		}
		if x.ID != "SIPAS" && len(x.Components) > 0 && sum.Cmp(x.Scale.Rat()) != 0 {
			t.Errorf("%s: components add up to %s of %s", x.ID, sum, x.Scale)
		}
	}
}

func TestProgress(t *testing.T) {
	day := func(d int) data.Day { return data.Date(2023, 6, d) }
	p := assess.ProgressOf([]assess.Remedy{
		{Year: 2022, State: assess.Done, Due: day(10), Finished: day(9)}, {Year: 2022, State: assess.Done, Due: day(10), Finished: day(12)},
		{Year: 2022, State: assess.Doing, Due: day(10)}, {Year: 2022, State: assess.Planned, Due: day(25)}, {Year: 2022, State: assess.Dropped, Due: day(1)},
		{Year: 2021, State: assess.Done, Finished: day(1)}, {Year: 2022, State: assess.Done, Due: day(28), Finished: day(27)},
	}, 2022, day(20))
	if p != (assess.Progress{Total: 5, Done: 2, Late: 2, Dropped: 1}) {
		t.Errorf("%+v", p)
	}
}

// BenchmarkRanking evaluates and ranks 124 units by 110 leaves.
func BenchmarkRanking(b *testing.B) {
	set := scoring.ShippedByID(district)
	var sheets [][]assess.Line
	gen := rapid.Custom(func(t *rapid.T) []assess.Line { return lines(t, set) })
	for u := range 124 {
		sheets = append(sheets, gen.Example(u))
	}
	for b.Loop() {
		var cards []*assess.Card
		for u, list := range sheets {
			c, err := assess.NewCard(assess.Sheet{ID: uint64(u) + 1, Unit: uint32(u), Group: "g"}, assess.Period{Year: 2023}, set, "x", list, nil)
			if err != nil {
				b.Fatal(err)
			}
			cards = append(cards, c)
		}
		if r := assess.Rank(cards, "g", assess.Second, nil); len(r.Units) != 124 {
			b.Fatal(len(r.Units))
		}
	}
}
