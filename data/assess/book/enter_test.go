package book_test

import (
	"errors"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/assess/book"
	"giaoban/data/desk"
	"giaoban/data/scoring"
)

// opened makes a period with sheets of three communes and returns their ids.
func opened(t testing.TB, p assess.Period) (*book.Book, *desk.Desk, *clock, []uint64) {
	t.Helper()
	b, d, c := empty(t, today)
	set, err := b.TakeSample(background, district)
	if err != nil {
		t.Fatal(err)
	}
	return b, d, c, open(t, b, set, p)
}

func open(t testing.TB, b *book.Book, set uint64, p assess.Period) []uint64 {
	t.Helper()
	p.Set, p.Year = set, 2023
	if p.Title == "" {
		p.Title = "Chỉ số 2023"
	}
	p.Groups = []assess.Group{{Name: "Xã", Units: []uint32{1, 2, 3}}}
	id, err := b.KeepPeriod(background, p)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.OpenSheets(background, id); err != nil {
		t.Fatal(err)
	}
	list, err := b.Sheets(id)
	if err != nil {
		t.Fatal(err)
	}
	var ids []uint64
	for _, s := range list {
		ids = append(ids, s.ID)
	}
	return ids
}

func num(text string) *scoring.Number {
	n, err := scoring.ParseNumber(text)
	if err != nil {
		panic(err)
	}
	return &n
}

func share(b, a string) scoring.Answer { return scoring.Answer{B: num(b), A: num(a)} }

// typed is a share with a source, as figures without a store want it.
func typed(b, a string) assess.Entry {
	return assess.Entry{Answer: share(b, a), Source: "Báo cáo 1/BC"}
}

func TestPointsStandInTheJournal(t *testing.T) {
	b, d, _, ids := opened(t, assess.Period{})
	enter := func(e assess.Entry) {
		t.Helper()
		if _, err := b.Enter(background, ids[0], "1.1.3", assess.Self, e); err != nil {
			t.Fatal(err)
		}
	}
	enter(typed("30", "32"))
	again := typed("32", "32")
	again.Note = "Bổ sung hai nhiệm vụ"
	enter(again)
	title, _ := d.Undoable()
	if !strings.Contains(title, "0,94 thành 1,00") || !strings.Contains(title, "1.1.3") || !strings.Contains(title, "Xã Một") {
		t.Errorf("title %q", title)
	}
	list, err := b.Changes(ids[0])
	if err != nil || len(list) != 2 || list[0].Old != "" || list[0].New != "0,94" || list[1].Old != "0,94" || list[1].New != "1,00" || list[1].Why != "Bổ sung hai nhiệm vụ" || list[1].By != "Người thử" || list[1].At == 0 {
		t.Fatalf("%+v %v", list, err)
	}
	c, err := b.Card(ids[0])
	if err != nil || c.Final.Node("1.1.3").Points != 1000 {
		t.Fatalf("%v", err)
	}
	if _, err := d.Undo(background); err != nil {
		t.Fatal(err)
	}
	if c, err = b.Card(ids[0]); err != nil || c.Final.Node("1.1.3").Points.String() != "0,94" {
		t.Fatalf("after undo: %v", err)
	}
	if _, err := d.Redo(background); err != nil {
		t.Fatal(err)
	}
	if c, err = b.Card(ids[0]); err != nil || c.Final.Node("1.1.3").Points != 1000 {
		t.Fatalf("after redo: %v", err)
	}
	if err := b.Clear(background, ids[0], "1.1.3", assess.Self, "nhập nhầm"); err != nil {
		t.Fatal(err)
	}
	if c, err = b.Card(ids[0]); err != nil || c.Row("1.1.3").Done != 0 {
		t.Fatalf("after clearing: %v", err)
	}
}

func TestBadInputIsASentence(t *testing.T) {
	b, _, _, ids := opened(t, assess.Period{})
	points := func(p scoring.Points) *scoring.Points { return &p }
	yes := true
	for name, c := range map[string]struct {
		code string
		e    assess.Entry
		says string
	}{
		"points above the maximum": {"1.1.2", assess.Entry{Answer: scoring.Answer{Points: points(600), Note: "x"}}, "0,60"},
		"points without a note":    {"1.1.2", assess.Entry{Answer: scoring.Answer{Points: points(400)}}, "lý do"},
		"b above a":                {"1.1.3", typed("33", "32"), "lớn hơn"},
		"a of nought":              {"1.3.1", typed("0", "0"), "a = 0"},
		"a wrong kind":             {"1.1.3", assess.Entry{Answer: scoring.Answer{Yes: &yes}}, "không đúng kiểu"},
		"a third decimal":          {"1.1.2", assess.Entry{Answer: scoring.Answer{Points: points(405), Note: "x"}}, "chữ số thập phân"},
		"no source":                {"1.1.3", assess.Entry{Answer: share("30", "32")}, "nguồn"},
		"a survey without source":  {"8.1.1", assess.Entry{Answer: scoring.Answer{Percent: num("81,56")}}, "nguồn"},
		"a group":                  {"1.1", assess.Entry{Answer: scoring.Answer{Points: points(100), Note: "x"}}, "nhóm"},
		"an unknown code":          {"9.9", assess.Entry{}, "không có"},
		"an unknown bonus case":    {"T.3", assess.Entry{Counts: scoring.Counts{"khac": scoring.Int(1)}}, "không có trường hợp"},
		"a missing variable":       {"1.6", assess.Entry{Answer: scoring.Answer{Vars: map[string]scoring.Number{"a": scoring.Int(4)}}, Source: "x"}, "thiếu số liệu"},
	} {
		_, err := b.Enter(background, ids[0], c.code, assess.Self, c.e)
		if data.CodeOf(err) != data.Invalid || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), c.code) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if list, err := b.Changes(ids[0]); err != nil || len(list) != 0 {
		t.Errorf("refused input left %v", list)
	}
	c, err := b.Card(ids[0])
	if err != nil || len(c.Lines) != 0 {
		t.Errorf("refused input left %d lines", len(c.Lines))
	}
}

// TestDivisionByNought: a formula that divides by nought is refused with the
// criterion, nothing is stored.
func TestDivisionByNought(t *testing.T) {
	b, _, _ := empty(t, today)
	raw := `{"meta":{"id":"chia","title":"Chia","year":2023,"total":1},"criteria":[{"code":"1","title":"A","max":1,"kind":"formula","rule":{"vars":[{"id":"a"},{"id":"b"}],"expr":"b/a"}}]}`
	id, problems, err := b.ImportSet(background, "chia.json", []byte(raw))
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v %v", problems, err)
	}
	ids := open(t, b, id, assess.Period{})
	_, err = b.Enter(background, ids[0], "1", assess.Self, assess.Entry{Answer: scoring.Answer{Vars: map[string]scoring.Number{"a": scoring.Int(0), "b": scoring.Int(1)}}})
	if data.CodeOf(err) != data.Invalid || !strings.Contains(err.Error(), "Tiêu chí 1:") {
		t.Errorf("%v", err)
	}
	// A set whose sums do not add up is kept as a draft with its faults.
	bad := strings.Replace(strings.Replace(raw, `"total":1`, `"total":2`, 1), `"chia"`, `"chia2"`, 1)
	_, problems, err = b.ImportSet(background, "x.json", []byte(bad))
	if err != nil || len(problems) == 0 || !strings.Contains(problems[0].Message, "tổng") {
		t.Errorf("%v %v", problems, err)
	}
}

// TestRoundsOfASheet walks one sheet from the draft to the publication.
func TestRoundsOfASheet(t *testing.T) {
	p := assess.Period{SelfFrom: today, SelfTo: today + 10, FirstTo: today + 20, ExplainTo: today + 25, SecondTo: today + 30}
	b, d, clock, ids := opened(t, p)
	sheet := ids[0]
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	enter := func(code string, r assess.Round, e assess.Entry) error {
		_, err := b.Enter(background, sheet, code, r, e)
		return err
	}
	must(enter("1.1.3", assess.Self, typed("32", "32")))
	if err := enter("1.1.3", assess.First, typed("30", "32")); data.CodeOf(err) != data.Conflict {
		t.Errorf("appraised in the draft: %v", err)
	}
	if err := b.Move(background, sheet, assess.Submitted, ""); data.CodeOf(err) != data.Conflict || !strings.Contains(err.Error(), "chưa chấm") {
		t.Errorf("submitted unfinished: %v", err)
	}
	must(b.Move(background, sheet, assess.Submitted, "Các tiêu chí khác chưa có số liệu"))
	if err := enter("1.1.3", assess.Self, typed("31", "32")); data.CodeOf(err) != data.Conflict {
		t.Errorf("self score after submission: %v", err)
	}
	// A cut asks for its reason, unless the office sets otherwise.
	var e *data.Error
	if err := enter("1.1.3", assess.First, typed("30", "32")); !errors.As(err, &e) || e.Field != "note" || !strings.Contains(e.Message, "thấp hơn điểm tự chấm 1,00") {
		t.Errorf("a cut without a reason: %v", err)
	}
	must(b.SetCutNeedsNote(background, false))
	must(enter("1.1.3", assess.First, typed("30", "32")))
	must(b.SetCutNeedsNote(background, true))
	cut := typed("30", "32")
	cut.Note = "Hai nhiệm vụ chưa có sản phẩm"
	must(enter("1.1.3", assess.First, cut))
	must(b.Ask(background, sheet, "1.1.3", "Thiếu sản phẩm của hai nhiệm vụ"))
	must(b.Move(background, sheet, assess.Appraised, ""))
	must(b.Move(background, sheet, assess.Explaining, ""))
	explained := typed("32", "32")
	explained.Note = "Đã có đủ"
	must(enter("1.1.3", assess.Explained, explained))
	c, err := b.Card(sheet)
	must(err)
	if r := c.Row("1.1.3"); r.Final.Points.String() != "0,94" || r.Explained.Points != 1000 || r.Self.Points != 1000 || r.Unanswered || !r.Asked {
		t.Errorf("%+v", r)
	}
	second := typed("31", "32")
	second.Note = "Bổ sung một nhiệm vụ"
	must(enter("1.1.3", assess.Second, second))
	must(b.Move(background, sheet, assess.Reappraised, ""))
	must(b.Move(background, sheet, assess.Approved, ""))
	if err := enter("8.1.1", assess.Self, assess.Entry{Answer: scoring.Answer{Percent: num("80")}, Source: "QĐ 1"}); data.CodeOf(err) != data.Conflict {
		t.Errorf("survey after approval: %v", err)
	}
	if err := b.Move(background, sheet, assess.Reappraised, ""); data.CodeOf(err) != data.Invalid {
		t.Errorf("back without a reason: %v", err)
	}
	must(b.Move(background, sheet, assess.Published, ""))
	c, err = b.Card(sheet)
	must(err)
	if c.Final.Node("1.1.3").Points.String() != "0,97" || c.First.Node("1.1.3").Points.String() != "0,94" || len(c.Sheet.Moves) != 6 {
		t.Errorf("final %s, moves %d", c.Final.Node("1.1.3").Points, len(c.Sheet.Moves))
	}
	// The second sheet locks by itself; it alone is opened again.
	clock.day = today + 11
	sheet = ids[1]
	if err := enter("1.1.3", assess.Self, typed("30", "32")); data.CodeOf(err) != data.Conflict || !strings.Contains(err.Error(), "khóa") {
		t.Errorf("after the deadline: %v", err)
	}
	if err := b.Reopen(background, sheet, assess.Reopening{Round: assess.Self, Until: today + 12}); data.CodeOf(err) != data.Invalid {
		t.Errorf("reopened without a reason: %v", err)
	}
	must(b.Reopen(background, sheet, assess.Reopening{Round: assess.Self, Until: today + 12, Why: "Mất điện"}))
	must(enter("1.1.3", assess.Self, typed("30", "32")))
	sheet = ids[2]
	if err := enter("1.1.3", assess.Self, typed("30", "32")); data.CodeOf(err) != data.Conflict {
		t.Errorf("another sheet was opened too: %v", err)
	}
	sheet, clock.day = ids[1], today+13
	if err := enter("1.1.3", assess.Self, typed("31", "32")); data.CodeOf(err) != data.Conflict {
		t.Errorf("after the reopening: %v", err)
	}
	journal, err := d.Journal(0)
	must(err)
	found := false
	for _, e := range journal {
		found = found || strings.Contains(e.Title, "mở lại") && e.Why == "Mất điện"
	}
	if !found {
		t.Error("the reopening is not in the journal")
	}
}

// TestEachPeriodLocksByItself: the deadline of one period does not lock another
// (peers 1.1: the fault of the one product that was read).
func TestEachPeriodLocksByItself(t *testing.T) {
	b, _, clock, early := opened(t, assess.Period{Title: "Sớm", SelfTo: today + 1})
	sets, err := b.Sets()
	if err != nil {
		t.Fatal(err)
	}
	late := open(t, b, sets[0].ID, assess.Period{Title: "Muộn", SelfTo: today + 9})
	clock.day = today + 5
	if _, err := b.Enter(background, early[0], "1.1.3", assess.Self, typed("30", "32")); data.CodeOf(err) != data.Conflict {
		t.Errorf("early: %v", err)
	}
	if _, err := b.Enter(background, late[0], "1.1.3", assess.Self, typed("30", "32")); err != nil {
		t.Errorf("late: %v", err)
	}
	clock.day = today + 10
	if _, err := b.Enter(background, late[0], "1.1.3", assess.Self, typed("31", "32")); data.CodeOf(err) != data.Conflict {
		t.Errorf("late, after its deadline: %v", err)
	}
}

func TestCopySelfAndNotAssessed(t *testing.T) {
	b, _, _, ids := opened(t, assess.Period{})
	sheet := ids[0]
	entries := map[string]assess.Entry{"1.1.3": typed("30", "32"), "1.3.2": {Answer: scoring.Answer{NA: "không có vấn đề"}}, "T.3": {Counts: scoring.Counts{"mo_hinh": scoring.Int(1)}},
		"8.1.1": {Answer: scoring.Answer{Percent: num("81,56")}, Source: "QĐ 2"}}
	for code, e := range entries {
		if _, err := b.Enter(background, sheet, code, assess.Self, e); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Move(background, sheet, assess.Submitted, "thử"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Enter(background, sheet, "1.3.2", assess.First, assess.Entry{Answer: scoring.Answer{NA: "không có vấn đề"}}); data.CodeOf(err) != data.Invalid {
		t.Errorf("not assessed without consent: %v", err)
	}
	n, err := b.CopySelf(background, sheet, assess.First)
	if err != nil || n != 3 {
		t.Fatalf("%d copied, %v", n, err)
	}
	c, err := b.Card(sheet)
	if err != nil || c.First.Index != c.Self.Index || !c.Lines["1.3.2"].First.Agreed || c.Lines["8.1.1"].First != nil || c.Final.Bonus != 500 {
		t.Fatalf("%v", err)
	}
	if c.Final.Node("8.1.1").Points.String() != "2,04" {
		t.Errorf("survey %s", c.Final.Node("8.1.1").Points)
	}
	if n, err := b.CopySelf(background, sheet, assess.First); n != 0 || err != nil {
		t.Errorf("%d copied again, %v", n, err)
	}
}

func TestGradeNeedsAReason(t *testing.T) {
	b, _, _, ids := opened(t, assess.Period{})
	if err := b.SetGrade(background, ids[0], "Tốt", ""); data.CodeOf(err) != data.Invalid {
		t.Error(err)
	}
	if err := b.SetGrade(background, ids[0], "Tuyệt", "x"); data.CodeOf(err) != data.Invalid {
		t.Error(err)
	}
	if err := b.SetGrade(background, ids[0], "Khá", "Có cán bộ bị kỷ luật"); err != nil {
		t.Fatal(err)
	}
	if c, err := b.Card(ids[0]); err != nil || c.Grade() != "Khá" {
		t.Errorf("%v", err)
	}
}
