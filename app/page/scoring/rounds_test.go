package scoring_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/app/env"
	"giaoban/app/page/scoring"
	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/desk"
)

// campaign is a period of 2022 with the sheets of the office and two communes, on
// a day that the test moves.
type campaign struct {
	*scoring.Model
	t     *testing.T
	today data.Day
	own   uint64
	other uint64
}

func newCampaign(t *testing.T) *campaign {
	t.Helper()
	c := &campaign{t: t, today: today}
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return c.today.Time().Add(9 * time.Hour) }})
	must(t, err)
	t.Cleanup(func() { d.Close() })
	must(t, d.Wait())
	for _, name := range []string{"Ủy ban nhân dân xã Đầu", "Ủy ban nhân dân xã Hai"} {
		must(t, d.SaveUnit(t.Context(), &data.Unit{Name: name, Level: data.LevelCommune}))
	}
	c.Model = scoring.NewModel(env.NewSession(d))
	plan := c.Plan()
	c.SetYear(&plan, 2022)
	for _, u := range c.Units() {
		plan.Units[u.ID] = true
	}
	id, n, err := c.KeepPeriod(t.Context(), plan)
	must(t, err)
	c.Opened(id)
	if list := c.Sheets(); n != 3 || len(list) != 3 {
		t.Fatalf("%d sheets, %v", n, list)
	}
	c.own = c.Sheet()
	c.ChooseSheet(c.Sheets()[1].Key)
	c.other = c.Sheet()
	c.ChooseSheet(c.Sheets()[0].Key)
	return c
}

func (c *campaign) move(to assess.State, why string) error {
	var got error
	c.Do(func(ctx context.Context) error { return c.Book.Move(ctx, c.Sheet(), to, why) }, func(err error) { got = err })
	return got
}

// moves are the verbs that the window offers, those back in brackets.
func (c *campaign) moves() string {
	var out []string
	for _, m := range c.Moves() {
		verb := m.Verb
		if m.Back {
			verb = "(" + verb + ")"
		}
		out = append(out, verb)
	}
	return strings.Join(out, ", ")
}

// judge answers a leaf of yes and no in the round that is open.
func (c *campaign) judge(code string, round assess.Round, line int, note string) {
	c.t.Helper()
	c.Leaf.Show(code)
	if c.Leaf.Round() != round || c.Leaf.Locked() != nil {
		c.t.Fatalf("%s: round %s is open (%v), want %s", code, c.Leaf.Round(), c.Leaf.Locked(), round)
	}
	if c.Leaf.Draft["yes"] != "" {
		c.t.Errorf("%s: %s begins with the inputs of another round", code, round)
	}
	c.Leaf.Pick(line)
	put(c.Model, scoring.KeyNote, note)
	save(c.t, c.Model)
}

// counts checks what a leaf counts now.
func (c *campaign) counts(when, code, want string) {
	c.t.Helper()
	if got := c.Tree.Of(code).Points; got != want {
		c.t.Errorf("%s: %s counts %s, want %s", when, code, got, want)
	}
}

// TestRounds walks the whole course: self score, appraisal, explanation, second
// appraisal, approval, publication. What counts is the last appraisal, never the
// best of them, and an explanation never counts by itself.
func TestRounds(t *testing.T) {
	c := newCampaign(t)
	const a, b = "1.7.1", "4.3.1"
	for _, code := range []string{a, b} {
		if n := c.Card.Set.Node(code); n == nil || n.Rule.Kind() != "binary" {
			t.Fatalf("%s is not answered by yes or no", code)
		}
		c.judge(code, assess.Self, 0, "")
	}
	full := c.Tree.Of(b).Points
	if c.moves() != "Nộp phiếu" {
		t.Errorf("a new sheet offers %s", c.moves())
	}
	if err := c.move(assess.Submitted, ""); err == nil || !strings.Contains(err.Error(), "chưa chấm") {
		t.Errorf("submitted with open leaves: %v", err)
	}
	must(t, c.move(assess.Submitted, "nộp trước"))
	if c.moves() != "Xong thẩm định lần 1, (Trả về «Đang tự chấm»)" || !c.Judging() {
		t.Errorf("submitted: %s", c.moves())
	}

	c.judge(a, assess.First, 1, "Thiếu biên bản đối thoại")
	c.counts("appraised", a, "0,00")
	c.judge(b, assess.First, 0, "Đủ")
	must(t, c.Book.Ask(t.Context(), c.Sheet(), a, "Gửi biên bản"))
	c.Refresh()
	if h, _ := c.Head(); len(h.Warnings) == 0 || !strings.Contains(strings.Join(h.Warnings, " "), "chưa có giải trình") {
		t.Errorf("warnings %v", h.Warnings)
	}
	must(t, c.move(assess.Appraised, ""))
	c.Leaf.Show(a)
	if c.Leaf.Locked() == nil || c.moves() != "Chuyển giải trình, Phê duyệt, (Trả về «Đã nộp, chờ thẩm định»)" {
		t.Errorf("appraised: %v, %s", c.Leaf.Locked(), c.moves())
	}
	must(t, c.move(assess.Explaining, ""))

	// The unit claims all points again, with a text and a document.
	c.today = data.Date(2023, time.February, 15)
	c.Refresh()
	// Text alone is an explanation; it asks for no points.
	c.Leaf.Show(a)
	put(c.Model, scoring.KeyNote, "Biên bản đã gửi trước")
	save(t, c.Model)
	if row := c.Card.Row(a); row.Explained.Known || row.Unanswered || c.Leaf.Dirty() {
		t.Errorf("explained by text alone: %+v", row)
	}
	c.judge(a, assess.Explained, 0, "Biên bản gửi kèm")
	must(t, c.KeepDocument(t.Context(), c.Sheet(), a, assess.Explained, scoring.Document{Evidence: assess.Evidence{Title: "Biên bản đối thoại", Number: "3/BB", Date: today - 30}}))
	c.Refresh()
	c.counts("explained", a, "0,00")
	rounds := c.Leaf.Rounds()
	if rounds[2].Points != "0,50" || !slices.Contains(rounds[2].Lines, "Biên bản gửi kèm") || len(c.LeafProofs()) != 1 {
		t.Errorf("explanation %+v, %+v", rounds[2], c.LeafProofs())
	}

	// A leaf that was not asked about is judged at once in the second round; one
	// that was, once the days of explanation are over or the round is chosen.
	c.Leaf.Show(a)
	c.Leaf.ChooseRound(assess.Second)
	put(c.Model, scoring.KeyHand, "1")
	put(c.Model, scoring.KeyPoints, "0,25")
	put(c.Model, scoring.KeyWhy, "Biên bản thiếu chữ ký")
	save(t, c.Model)
	c.counts("second appraisal", a, "0,25")
	c.judge(b, assess.Second, 1, "Xác minh lại")
	c.counts("second appraisal", b, "0,00")
	row := c.Card.Row(b)
	if row.Self.String() != full || row.First.String() != full || row.Second.String() != "0,00" || row.Final.String() != "0,00" {
		t.Errorf("the best of the rounds counts: %+v", row)
	}
	c.Leaf.ClearRound("nhầm dòng", func(err error) { must(t, err) })
	c.counts("second appraisal taken back", b, full)

	must(t, c.move(assess.Reappraised, ""))
	must(t, c.move(assess.Approved, ""))
	if err := c.ReopenNow(t.Context(), c.Sheet(), assess.Second, data.NoDay, "sửa"); data.CodeOf(err) != data.Conflict {
		t.Errorf("an approved sheet was reopened: %v", err)
	}
	must(t, c.move(assess.Published, ""))
	if c.moves() != "(Trả về «Đã phê duyệt»)" {
		t.Errorf("published: %s", c.moves())
	}
	fault(t, c.move(assess.Approved, " "), "why")
	for _, round := range assess.Rounds {
		c.Leaf.ChooseRound(round)
		if c.Leaf.Locked() == nil {
			t.Errorf("%s of a published sheet may be written", round)
		}
	}
	if list := c.History(); len(list) != 6 || list[0].Why != "nộp trước" {
		t.Errorf("history %+v", list)
	}
}

// TestDeadline lets the days pass: a round locks by itself after its last day, one
// sheet is reopened with a reason until a day, and no other.
func TestDeadline(t *testing.T) {
	c := newCampaign(t)
	end := c.Period().SelfTo
	c.Leaf.Show("1.7.1")
	locked := func() error {
		c.Refresh()
		return c.Leaf.Locked()
	}
	if c.today = c.Period().SelfFrom - 1; locked() == nil {
		t.Error("open before its first day")
	}
	if c.today = end; locked() != nil {
		t.Errorf("on the last day: %v", locked())
	}
	if h, _ := c.Head(); !strings.Contains(h.Days, "ngày cuối") {
		t.Errorf("on the last day: %q", h.Days)
	}
	c.Leaf.Pick(0)
	c.today = end + 1
	if err := locked(); err == nil || !strings.Contains(err.Error(), "đã khóa từ hết ngày "+end.String()) {
		t.Errorf("after the last day: %v", err)
	}
	if h, _ := c.Head(); !h.Late {
		t.Errorf("after the last day: %+v", h)
	}
	c.Leaf.Save(func(err error) {
		if err == nil {
			t.Error("a locked leaf was kept")
		}
	})
	if !c.Leaf.Dirty() {
		t.Error("what was typed before the deadline is lost")
	}
	if err := c.move(assess.Submitted, ""); err == nil || !strings.Contains(err.Error(), "khóa") {
		t.Errorf("submitted late without a reason: %v", err)
	}
	fault(t, c.ReopenNow(t.Context(), c.own, assess.Self, end+10, "  "), "why")
	fault(t, c.ReopenNow(t.Context(), c.own, assess.Self, end-1, "mạng hỏng"), "until")
	must(t, c.ReopenNow(t.Context(), c.own, assess.Self, end+10, "mạng hỏng"))
	if err := locked(); err != nil {
		t.Fatalf("reopened: %v", err)
	}
	save(t, c.Model)
	c.ChooseSheet(c.Sheets()[1].Key)
	c.Leaf.Show("1.7.1")
	if c.Sheet() != c.other || locked() == nil {
		t.Error("another unit was reopened too")
	}
	c.ChooseSheet(c.Sheets()[0].Key)
	c.Leaf.Show("1.7.1")
	if c.today = end + 10; locked() != nil {
		t.Errorf("on the last day after reopening: %v", locked())
	}
	if c.today = end + 11; locked() == nil {
		t.Error("open after the reopening ended")
	}

	// A sheet that was submitted goes back to the state of the round.
	c.today = end
	must(t, c.move(assess.Submitted, "nộp phần đã chấm"))
	c.today = end + 3
	must(t, c.ReopenNow(t.Context(), c.own, assess.Self, data.NoDay, "bổ sung"))
	if c.Refresh(); c.Card.Sheet.State != assess.Drafting || locked() != nil || c.History()[1].Why != "bổ sung" {
		t.Errorf("%s, %v, %+v", c.Card.Sheet.State, locked(), c.History())
	}
	if err := c.ReopenNow(t.Context(), c.own, assess.Second, data.NoDay, "sớm"); data.CodeOf(err) != data.Conflict {
		t.Errorf("a round that has not come was reopened: %v", err)
	}
}

// TestMissingSource tells at the field what it lacks once the officer has left it,
// not only when the leaf is kept.
func TestMissingSource(t *testing.T) {
	m := period(t)
	m.Leaf.Show("1.1.3")
	m.Leaf.Leave("source")
	if o := m.Leaf.Outcome(); o.Wrong {
		t.Errorf("nothing was typed yet: %+v", o)
	}
	put(m, "b", "30")
	m.Leaf.Leave("b")
	if o := m.Leaf.Outcome(); o.Wrong {
		t.Errorf("half an answer: %+v", o)
	}
	put(m, "a", "32")
	m.Leaf.Leave("a")
	if o := m.Leaf.Outcome(); o.Wrong || o.Points != "0,94" || !strings.HasPrefix(o.Text, "Số liệu nhập tay cần ghi nguồn") {
		t.Errorf("before the source was left: %+v", o)
	}
	m.Leaf.Leave("source")
	if o := m.Leaf.Outcome(); !o.Wrong || o.Field != "source" || !o.Known {
		t.Errorf("after: %+v", o)
	}
	put(m, scoring.KeySource, "Báo cáo số 12")
	if o := m.Leaf.Outcome(); o.Wrong || o.Text != "" {
		t.Errorf("with a source: %+v", o)
	}
	save(t, m)
	m.Leaf.Show("1.4.1")
	put(m, "b", "4")
	put(m, "a", "4")
	if o := m.Leaf.Outcome(); o.Wrong {
		t.Errorf("the next leaf begins with an error: %+v", o)
	}
}
