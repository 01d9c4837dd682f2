package papers_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/assess/book"
	"giaoban/data/desk"
	"giaoban/data/scoring"
)

// annexCase is an annex of testdata/annexes with the answers of its units and what must
// come of them, computed by hand from the words of the decision.
type annexCase struct {
	file  string
	rules map[string]scoring.Rule // typed where the words cannot be taken as they are
	units []string                // answers of each unit: JSON by code
	extra string                  // counts of the first unit's bonuses and penalties
	want  string                  // points of the first unit: code=points
	index string                  // of the first unit
	says  []string                // on its sheet, or under it
}

// annexCases are made-up decisions in the styles of several provinces: a document with
// merged cells and roman numbers of 85 points, a workbook of 950 points whose criteria
// look at the other units, the text of a PDF with numbers at half height, and a document
// in which the part stands before the numbers.
var annexCases = []annexCase{
	{"a1.docx", map[string]scoring.Rule{"III.1": &scoring.Steps{Input: scoring.ByNumber, Start: pt(4000), From: scoring.Int(5000), Each: scoring.Int(3000), Points: 500}},
		[]string{
			`{"I.1":{"date":"2026-01-15"},"I.2":{"events":{"k1":4}},"I.3":{"checked":[true,true,false]},"I.4":{"choice":"2"},"I.5":{"b":25,"a":100},
			"II.1":{"b":96,"a":100},"II.2":{"b":60,"a":100},"II.3":{"events":{"k1":2}},"II.4":{"percent":81.5},"III.1":{"value":12000},"III.2":{"b":85,"a":100},"III.3":{"b":60,"a":100}}`,
			`{"I.1":{"missing":true},"I.5":{"none":true},"III.3":{"b":40,"a":100}}`, `{"III.3":{"b":90,"a":100}}`},
		`{"IV.1":{"k1":1},"IV.2":{"k1":1}}`,
		// 6 – (1 + 2); 2 + 2; 15 – 2 × 2; 5 – 2; 4 + 2 × 0,5; (60 – 40)/(90 – 40) × 8
		"I.1=4 I.2=3 I.3=4 I.4=3 I.5=3 I=17 II.1=11 II.2=6 II.3=3 II.4=8,15 II=28,15 III.1=5 III.2=4 III.3=3,2 III=12,2 IV.1=2,5 IV.2=5",
		"76,29", // (17 + 28,15 + 12,2 + 7,5) / 85
		[]string{"Ban hành chậm nhất ngày 15/01/2026", "nhóm thấp nhất 40%, cao nhất 90%", "n = 0 thì 0, không thì 1 + 1 × số lớn nhất của (0; n - 2)", "1 × 2,50 (Mỗi bằng khen)"}},
	{"a2.xlsx", nil,
		[]string{
			`{"A.I.1":{"yes":true},"A.I.2":{"value":3},"A.I.3":{"checked":[true,false,true]},"A.II.1":{"vars":{"b":60,"a":100}},"A.II.2":{"b":80,"a":100},"A.II.3":{"value":12.5},"A.II.4":{"events":{"k1":3}}}`,
			`{"A.II.2":{"b":100,"a":100},"A.II.3":{"value":10}}`, `{"A.II.2":{"b":10,"a":100},"A.II.3":{"value":20}}`},
		`{"B.1":{"k1":1},"B.2":{"k1":12},"C.1":{"k1":1}}`,
		"A.I.1=100 A.I.2=75 A.I.3=100 A.I=275 A.II.1=120 A.II.2=120 A.II.3=120 A.II.4=70 A.II=430 A=705 B.1=15 B.2=12 C.1=20",
		"74,95", // (705 + 27 – 20) / 950
		[]string{"hạng 2 trong 3 đơn vị", "TỔNG CỘNG (chỉ số 74,95%", "–20,00 –20,00", "1 × 20,00 (Mỗi vụ việc)"}},
	{"a3.txt", nil,
		[]string{`{"1.1.1":{"date":"2025-12-20"},"1.1.2":{"b":93,"a":100},"1.2":{"events":{"k1":1,"k2":1}},"1.3":{"value":1},"1.4":{"choice":"2"},
			"2.1":{"checked":[true,true]},"2.2":{"b":96,"a":100},"2.3":{"choice":"3"},"2.4":{"b":499,"a":1000},"3.1":{"percent":90}}`}, "",
		"1.1.1=2 1.1.2=2 1.2=1,25 1.3=1 1.4=1,5 1=7,75 2.1=2 2.2=4,8 2.3=2 2.4=1 2=9,8 3.1=4,5", "73,50", []string{"Trong tháng 12/2025", "96/100"}},
	{"a4.docx", nil,
		[]string{`{"I.1":{"yes":true},"I.2":{"events":{"k1":2}},"I.3":{"value":2},"I.4":{"events":{"k1":1,"k2":1}},"II.5":{"b":97,"a":100},"II.6":{"b":52,"a":100},"II.7":{"value":3},"III.8":{"b":101,"a":100},"III.9":{"value":30}}`,
			`{"III.9":{"value":40}}`},
		`{"4.1":{"k2":1},"4.2":{"k1":3}}`,
		"I.1=5 I.2=6 I.3=3 I.4=2 I=16 II.5=15 II.6=10 II.7=6 II=31 III.8=10 III.9=7,5 III=17,5 4.1=2 4.2=1,5", "68,00", []string{"Vượt chỉ tiêu giao", "Mỗi cuộc (vắng)"}},
	{"a5.docx", nil,
		[]string{`{"I.1.1":{"date":"2026-01-10"},"I.1.2":{"b":84,"a":100},"I.2":{"events":{"k1":8,"k2":1}},"I.3":{"b":47,"a":100},"II.1":{"b":6999,"a":10000},"II.2":{"vars":{"b":95,"a":100}},"II.3":{"b":3,"a":4},
			"II.4":{"events":{"k1":2}},"III":{"percent":81.56}}`},
		`{"IV.1":{"k1":3},"V.1":{"k1":1,"k2":1}}`,
		// 3 – 1,5 – 1; 4 × 0,5; 5 × 95/100; 2,5 – 2 × 0,5; 8 × 81,56%
		"I.1.1=0,75 I.1.2=0,5 I.2=0,5 I.3=2 I=3,75 II.1=0,5 II.2=4,75 II.3=0 II.4=1,5 II=6,75 III=6,52 IV.1=2 V.1=1,5",
		"58,40", // (3,75 + 6,75 + 6,52 + 2 – 1,5) / 30
		[]string{"Điểm được làm tròn đến hai chữ số thập phân; tài liệu kiểm chứng gửi kèm phiếu tự chấm.", "- Hồ sơ gửi sau ngày 20/12/2026 không được thẩm định.", "Mỗi trường hợp (cảnh cáo trở lên)"}},
	{"a6.xlsx", nil,
		[]string{`{"I.1":{"yes":true},"I.2":{"value":23},"II.1":{"b":70,"a":100},"II.2":{"b":45,"a":100},"III.1":{"events":{"k1":7}},"III.2":{"vars":{"b":37,"a":100}},"III.3":{"none":true}}`,
			`{"II.1":{"b":50,"a":100}}`, `{"II.1":{"b":100,"a":100}}`},
		`{"IV.1":{"k1":3},"IV.2":{"k1":1,"k2":1},"V.1":{"k1":2},"V.2":{"k1":3}}`,
		// (70 – 50)/(100 – 50) × 100; 70% of 200; 150 – 7 × 5; 37% of 200
		"I.1=80 I.2=40 I=120 II.1=40 II.2=140 II=180 III.1=115 III.2=74 III.3=100 III=289 IV.1=30 IV.2=20 V.1=20 V.2=6",
		"64,53", // (589 + 50 – 26) / 950
		[]string{"Ghi chú: Chỉ chấm xã, phường, đặc khu; số liệu lấy đến hết ngày 30/11/2026.", "Điểm thưởng chỉ cộng một lần cho một thành tích.", "nhóm thấp nhất 50%, cao nhất 100%"}},
	{"a7.txt", nil,
		[]string{`{"1.1":{"yes":true},"1.2":{"checked":[true,false,true]},"2.1":{"b":949,"a":1000},"2.2":{"value":3},"3":{"percent":70}}`}, "",
		"1.1=1 1.2=2 1=3 2.1=3 2.2=2 2=5 A=8 3=2,8 B=2,8", "54,00", []string{"Lưu ý: Mỗi nội dung chỉ chấm một mức.", "Ghi chú: Đơn vị không nộp phiếu đúng hạn không được xếp loại."}},
}

func pt(p scoring.Points) *scoring.Points { return &p }

// TestAnnexesToPaper takes decisions from their files to scored and printed sheets.
func TestAnnexesToPaper(t *testing.T) {
	for _, c := range annexCases {
		t.Run(c.file, func(t *testing.T) { c.run(t) })
	}
}

func (c *annexCase) run(t *testing.T) {
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return data.Date(2026, time.December, 20).Time().Add(9 * time.Hour) }})
	must(t, err)
	t.Cleanup(func() { d.Close() })
	must(t, d.Wait())
	var units []uint32
	for _, name := range []string{"Xã Một", "Xã Hai", "Xã Ba"}[:len(c.units)] {
		u := data.Unit{Name: name, Level: data.LevelCommune, Kind: data.KindCommune}
		must(t, d.SaveUnit(t.Context(), &u))
		units = append(units, u.ID)
	}
	b := book.New(d)
	raw, err := os.ReadFile(filepath.Join("testdata/annexes", c.file))
	must(t, err)
	draft, err := book.ReadAnnex(t.Context(), c.file, raw)
	must(t, err)
	if len(draft.Faults) > 0 {
		t.Errorf("faults: %v", draft.Faults)
	}
	id, _, err := b.ImportAnnex(t.Context(), c.file, draft)
	must(t, err)
	sameAgain(t, d, b, id)
	for code, r := range c.rules {
		if _, err := b.ConfirmRules(t.Context(), id, code); err == nil {
			t.Errorf("%s: the proposal leaves out words with points and is taken", code)
		}
		_, err := b.PutRule(t.Context(), id, code, r)
		must(t, err)
	}
	var codes []string
	draft.Set.Walk(func(n *scoring.Node, _ []*scoring.Node) {
		if len(n.Children) == 0 && c.rules[n.Code] == nil {
			codes = append(codes, n.Code)
		}
	})
	for _, list := range [][]*scoring.Adjust{draft.Set.Bonus, draft.Set.Penalty} {
		for _, a := range list {
			codes = append(codes, a.Code)
		}
	}
	left, err := b.ConfirmRules(t.Context(), id, codes...)
	if err != nil || len(left) > 0 {
		t.Fatal(left, err)
	}
	period, err := b.KeepPeriod(t.Context(), assess.Period{Title: "Năm 2026", Year: 2026, Level: "xa", Set: id, Groups: []assess.Group{{Name: "Các xã", Units: units}}})
	must(t, err)
	_, err = b.OpenSheets(t.Context(), period)
	must(t, err)
	sheets, err := b.Sheets(period)
	must(t, err)
	for i, answers := range c.units {
		var given map[string]scoring.Answer
		must(t, json.Unmarshal([]byte(answers), &given))
		for code, a := range given {
			if _, err := b.Enter(t.Context(), sheets[i].ID, code, assess.Self, assess.Entry{Answer: a, Source: "Báo cáo"}); err != nil {
				t.Fatalf("%s: %v", code, err)
			}
		}
	}
	if c.extra != "" {
		var counts map[string]scoring.Counts
		must(t, json.Unmarshal([]byte(c.extra), &counts))
		for code, n := range counts {
			if _, err := b.Enter(t.Context(), sheets[0].ID, code, assess.Self, assess.Entry{Counts: n}); err != nil {
				t.Fatalf("%s: %v", code, err)
			}
		}
	}
	cards, err := b.Cards(period, "")
	must(t, err)
	c.check(t, cards[0])
	pdf, err := papers.ScorePDF(t.Context(), d, papers.ScoreRequest{Sheet: sheets[0].ID, Tables: []string{papers.ScoreSelf, papers.ScoreResult}, Date: data.Date(2026, 12, 20)})
	must(t, err)
	text := strings.Join(strings.Fields(strings.Join(textsOf(t, pdf), " ")), " ")
	for _, want := range c.says {
		if !strings.Contains(text, want) {
			t.Errorf("the printed sheet does not say %q", want)
		}
	}
	back, err := papers.CriteriaPDF(t.Context(), d, id)
	if err != nil || !bytes.HasPrefix(back, []byte("%PDF")) {
		t.Error(err)
	}
}

// check compares the points of a unit.
func (c *annexCase) check(t *testing.T, card *assess.Card) {
	t.Helper()
	points := map[string]scoring.Points{}
	for _, n := range card.Final.Nodes {
		points[n.Node.Code] = n.Points
	}
	for _, list := range [][]scoring.AdjustResult{card.Final.BonusOf, card.Final.LossOf} {
		for _, a := range list {
			points[a.Adjust.Code] = a.Points
		}
	}
	for _, one := range strings.Fields(c.want) {
		code, text, _ := strings.Cut(one, "=")
		want, err := scoring.ParsePoints(text)
		must(t, err)
		if points[code] != want {
			t.Errorf("%s: %s, want %s", code, points[code], want)
		}
	}
	m := card.Losses()
	if last := m.Steps[len(m.Steps)-1]; m.Unexplained != 0 || (last.Label == "Chỉ số") != (last.After == card.Final.Index) {
		t.Errorf("the losses end in %q %s, unexplained %s", last.Label, last.After, m.Unexplained)
	}
	if got := card.Final.Index.String(); got != c.index {
		t.Errorf("index %s, want %s", got, c.index)
	}
}

// sameAgain writes the set out as the decision's table, to Word and to a workbook, and
// takes both in again: the tree, the maxima, the words and what stands around the table
// are those of the decision.
func sameAgain(t *testing.T, d *desk.Desk, b *book.Book, id uint64) {
	t.Helper()
	_, set, err := b.Set(id)
	must(t, err)
	for _, name := range []string{"bang.docx", "bang.xlsx"} {
		path := filepath.Join(t.TempDir(), name)
		must(t, papers.CriteriaFile(t.Context(), d, id, path))
		raw, err := os.ReadFile(path)
		must(t, err)
		again, err := book.ReadAnnex(t.Context(), name, raw)
		must(t, err)
		if len(again.Faults) > 0 {
			t.Errorf("%s: %v", name, again.Faults)
		}
		was, is := outlined(set), outlined(again.Set)
		for i := range max(len(was), len(is)) {
			if i >= len(was) || i >= len(is) || was[i] != is[i] {
				t.Fatalf("%s, line %d of %d and %d: comes back as\n%q\nwas\n%q", name, i, len(was), len(is), is[min(i, len(is)):], was[min(i, len(was)):])
			}
		}
	}
}

// outlined writes what the table of a decision says of a set.
func outlined(set *scoring.Set) []string {
	m := set.Meta
	out := []string{m.Title, m.Source, m.Before, m.After, m.Total.String()}
	for _, limit := range []*scoring.Points{m.BonusCap, m.PenaltyCap} {
		if limit != nil {
			out = append(out, limit.String())
		}
	}
	set.Walk(func(n *scoring.Node, _ []*scoring.Node) {
		out = append(out, strings.Join([]string{n.Code, n.Title, n.Max.String(), n.Words, strings.Join(n.Evidence, "; ")}, " | "))
	})
	for _, list := range [][]*scoring.Adjust{set.Bonus, set.Penalty} {
		for _, a := range list {
			limit := ""
			if a.Cap != nil {
				limit = a.Cap.String()
			}
			out = append(out, strings.Join([]string{"±", a.Code, a.Title, limit, a.Words}, " | "))
		}
	}
	return out
}
