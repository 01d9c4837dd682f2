package assess_test

import (
	"fmt"
	"strings"
	"testing"

	"giaoban/data/assess"
	"giaoban/data/scoring"
)

// stageSet has a survey worth little a point, a formula, faults below their floor, and a
// criterion that compares the units of the group.
const stageSet = `{"meta":{"id":"s","title":"S","year":2023,"total":10},"criteria":[{"code":"1","title":"A","max":10,"children":[
	{"code":"1.1","title":"Hài lòng","max":0.75,"kind":"survey","rule":{"mode":"percent","min_sample":null}},
	{"code":"1.2","title":"Công thức","max":0.25,"kind":"formula","rule":{"vars":[{"id":"b","label":"nhiệm vụ xong"},{"id":"a"}],"expr":"max*b/a"}},
	{"code":"1.3","title":"Lỗi","max":1,"kind":"count-deduct","rule":{"start":1,"floor":0,"events":[{"id":"x","label":"x","points":0.5}]}},
	{"code":"1.4","title":"So nhóm","max":4,"kind":"relative","rule":{"input":"number","against":"best"}},
	{"code":"1.5","title":"Bước","max":4,"kind":"steps","rule":{"input":"number","from":0,"each":3000,"points":0.5}}]}]}`

func stageCard(t *testing.T, unit uint32, state assess.State, lines ...assess.Line) *assess.Card {
	t.Helper()
	set, err := scoring.ParseSet([]byte(stageSet))
	if err != nil {
		t.Fatal(err)
	}
	c, err := assess.NewCard(assess.Sheet{ID: uint64(unit), Unit: unit, Group: "g", State: state}, assess.Period{Year: 2023}, set, fmt.Sprint("Xã ", unit), lines, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func entered(t *testing.T, answer string) *assess.Entry {
	t.Helper()
	e := &assess.Entry{State: scoring.Scored}
	if err := e.Answer.UnmarshalJSON([]byte(answer)); err != nil {
		t.Fatal(err)
	}
	return e
}

// TestWhatRoundingHides: a step that the printed points do not show is told exactly, and
// never passed off as the whole gap.
func TestWhatRoundingHides(t *testing.T) {
	c := stageCard(t, 1, assess.Drafting,
		assess.Line{Code: "1.1", Self: entered(t, `{"percent":83}`)}, assess.Line{Code: "1.2", Self: entered(t, `{"vars":{"b":50,"a":100}}`)},
		assess.Line{Code: "1.3", Self: entered(t, `{"events":{"x":5}}`)}, assess.Line{Code: "1.5", Self: entered(t, `{"value":4000}`)})
	want := map[string][2]string{
		"1.1": {"mỗi điểm phần trăm thêm 0,0075 điểm; cần thêm 1 điểm phần trăm", "từ 0,62 lên 0,63"},
		"1.2": {"tăng «nhiệm vụ xong» 2", "từ 0,13 lên 0,13"},
		"1.3": {"bớt 4 lỗi", "từ 0,00 lên 0,50"},
		"1.5": {"tăng «số liệu» 2.000", "từ 0,50 lên 1,00"},
	}
	want["1.2"] = [2]string{"tăng «nhiệm vụ xong» 4", "từ 0,13 lên 0,14"} // 0,125 is printed 0,13, and 0,135 is 0,14
	for _, g := range c.Gains(assess.GainOptions{}) {
		for _, part := range want[g.Code] {
			if !strings.Contains(g.Sentence, part) {
				t.Errorf("%s: %q, want %q", g.Code, g.Sentence, part)
			}
		}
		delete(want, g.Code)
	}
	if len(want) != 0 {
		t.Errorf("nothing about %v", want)
	}
}

// TestStagesAreMarked: units whose points are of different rounds are told apart, and a
// running appraisal is no finished one.
func TestStagesAreMarked(t *testing.T) {
	self := func(code string) assess.Line { return assess.Line{Code: code, Self: entered(t, `{"value":4000}`)} }
	judged := func(code string) assess.Line {
		l := self(code)
		l.First = entered(t, `{"value":3000}`)
		return l
	}
	cards := []*assess.Card{
		stageCard(t, 1, assess.Submitted, self("1.5"), self("1.4")),
		stageCard(t, 2, assess.Submitted, judged("1.5"), self("1.4")),
		stageCard(t, 3, assess.Appraised, judged("1.5"), judged("1.4")),
	}
	if err := assess.Together(cards); err != nil {
		t.Fatal(err)
	}
	r := assess.Rank(cards, "g", assess.Second, nil)
	for unit, want := range map[uint32]string{1: "Tự chấm", 2: "Thẩm định lần 1, mới 1/2 tiêu chí", 3: "Thẩm định lần 1"} {
		if got := r.Of(unit).Stage.String(); got != want {
			t.Errorf("unit %d: %s, want %s", unit, got, want)
		}
	}
	if !r.Mixed() || !strings.Contains(r.StageWords(), "Tự chấm: 1 đơn vị") {
		t.Errorf("mixed %v: %s", r.Mixed(), r.StageWords())
	}
	if r = assess.Rank(cards, "g", assess.Self, nil); r.Mixed() || r.StageWords() != "Tự chấm" {
		t.Errorf("the self scores alone: %s", r.StageWords())
	}
	if r = assess.Rank(cards[:1], "g", assess.Second, nil); r.Units[0].RankText() != "" || r.Units[0].Nodes["1"].RankText() != "" || r.Best("1.5") != nil {
		t.Error("one unit alone has a first place")
	}
}

// TestTogether: points by the group come from the figures of all its units, and the
// ranking tells in which order.
func TestTogether(t *testing.T) {
	var cards []*assess.Card
	for i, v := range []string{"80", "120", "60"} {
		cards = append(cards, stageCard(t, uint32(i+1), assess.Submitted, assess.Line{Code: "1.4", Self: entered(t, `{"value":`+v+`}`)}))
	}
	if got := cards[0].Self.Node("1.4"); got.State != scoring.Open || !got.Waits {
		t.Errorf("alone: %+v", got)
	}
	if err := assess.Together(cards); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"2,67", "4,00", "2,00"} {
		if got := cards[i].Final.Node("1.4").Points.String(); got != want {
			t.Errorf("unit %d: %s, want %s", i+1, got, want)
		}
	}
	r := assess.Rank(cards, "g", assess.Second, nil)
	order := strings.Join(r.Order(), " ")
	if r.Units[0].Unit != 2 || !strings.Contains(order, "Thứ tự tính") || !strings.Contains(order, "thấp nhất 60 (Xã 3), cao nhất 120 (Xã 2)") {
		t.Errorf("%d, %s", r.Units[0].Unit, order)
	}
}

// TestTogetherAlone: the ranking of one unit says that it was compared with nobody.
func TestTogetherAlone(t *testing.T) {
	cards := []*assess.Card{stageCard(t, 1, assess.Submitted, assess.Line{Code: "1.4", Self: entered(t, `{"value":80}`)})}
	if err := assess.Together(cards); err != nil {
		t.Fatal(err)
	}
	r := assess.Rank(cards, "g", assess.Second, nil)
	order := strings.Join(r.Order(), " ")
	if !strings.Contains(order, "mới có số liệu của Xã 1 (80)") || !strings.Contains(order, "chỉ có một đơn vị có số liệu") || cards[0].Remark("1.4") == "" {
		t.Errorf("%s; %s", order, cards[0].Remark("1.4"))
	}
}

// TestPartsAreMarked: a unit whose sheet is scored in part never stands unmarked beside
// one that is scored in full.
func TestPartsAreMarked(t *testing.T) {
	all := map[string]string{"1.1": `{"percent":83}`, "1.2": `{"vars":{"b":50,"a":100}}`, "1.3": `{"events":{}}`, "1.4": `{"value":4000}`, "1.5": `{"value":4000}`}
	lines := func(codes ...string) (out []assess.Line) {
		for _, code := range codes {
			out = append(out, assess.Line{Code: code, Self: entered(t, all[code])})
		}
		return out
	}
	cards := []*assess.Card{stageCard(t, 1, assess.Drafting, lines("1.1", "1.2", "1.3", "1.4", "1.5")...), stageCard(t, 2, assess.Drafting, lines("1.1", "1.4")...), stageCard(t, 3, assess.Drafting)}
	if err := assess.Together(cards); err != nil {
		t.Fatal(err)
	}
	r := assess.Rank(cards, "g", assess.Second, nil)
	for unit, want := range map[uint32]string{1: "Xã 1", 2: "Xã 2 (mới chấm 2/5 tiêu chí)", 3: "Xã 3"} {
		if got := r.Label(r.Of(unit)); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if r.Parts() != 1 || r.Mixed() {
		t.Errorf("%d in part, mixed %v", r.Parts(), r.Mixed())
	}
}
