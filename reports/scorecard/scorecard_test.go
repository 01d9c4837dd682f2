package scorecard_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/scoring"
	"giaoban/reports/paper"
	"giaoban/reports/scorecard"
)

var office = data.Office{Parent: "UBND TỈNH MINH HỌA", Name: "ỦY BAN NHÂN DÂN\nHUYỆN MINH HỌA", Place: "Minh Họa", Symbol: "BC-UBND", Receiver: "Sở Nội vụ",
	Authority: "TM. ỦY BAN NHÂN DÂN", Title: "CHỦ TỊCH", Signer: "Phạm Văn Ký"}

// card makes the sheet of a unit: every leaf gets points by the random source,
// some are asked about, some not assessed, some open.
func card(t testing.TB, unit uint32, name string, random *rand.Rand) *assess.Card {
	t.Helper()
	set := scoring.ShippedByID("huyen-2023")
	if set == nil {
		set = scoring.Shipped()[0]
	}
	period := assess.Period{ID: 1, Title: "Năm 2022", Year: 2022, Set: 1, Groups: []assess.Group{{Name: "Xã, phường", Units: []uint32{unit}}}}
	sheet := assess.Sheet{ID: uint64(unit) + 1, Period: 1, Unit: unit, Group: "Xã, phường", State: assess.Reappraised, Hard: "Kinh phí còn hạn hẹp.\nĐề nghị tập huấn thêm."}
	var lines []assess.Line
	entry := func(n *scoring.Node, share int) *assess.Entry {
		p := n.Max * scoring.Points(share) / 4 / 10 * 10
		a := scoring.Answer{Points: &p, Note: "Chấm theo hồ sơ"}
		r, err := set.Score(n.Code, a, 2022)
		if err != nil {
			t.Fatalf("%s: %v", n.Code, err)
		}
		return &assess.Entry{Answer: a, Points: r.Points, State: r.State, Note: "Ghi chú " + n.Code, By: "Người chấm"}
	}
	set.Walk(func(n *scoring.Node, _ []*scoring.Node) {
		if !n.Leaf() || random.IntN(20) == 0 {
			return
		}
		l := assess.Line{Code: n.Code, Self: entry(n, random.IntN(5))}
		if random.IntN(2) == 0 && !n.Survey() {
			l.First = entry(n, random.IntN(5))
			l.Asked = "Bổ sung tài liệu " + n.Code
			l.Explained = entry(n, 4)
			if random.IntN(2) == 0 {
				l.Second = entry(n, random.IntN(5))
			}
		}
		if n.NAAllowed && random.IntN(6) == 0 {
			na := scoring.Answer{NA: "Không phát sinh trong năm"}
			l = assess.Line{Code: n.Code, Self: &assess.Entry{Answer: na, State: scoring.NA}}
		}
		lines = append(lines, l)
	})
	evidence := []assess.Evidence{{ID: 1, Title: "Kế hoạch cải cách hành chính năm 2022", Number: "12/KH-UBND", Date: data.Date(2022, 1, 20), Issuer: "UBND huyện Minh Họa",
		Links: []assess.Link{{Sheet: sheet.ID, Code: lines[0].Code, Section: "II", Page: "3", Round: assess.Self}}}}
	c, err := assess.NewCard(sheet, period, set, name, lines, evidence)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func cards(t testing.TB, n int) []*assess.Card {
	random := rand.New(rand.NewPCG(7, uint64(n)))
	var out []*assess.Card
	for i := range n {
		out = append(out, card(t, uint32(i+1), fmt.Sprintf("Ủy ban nhân dân xã Minh Họa %d", i+1), random))
	}
	return out
}

func remedies(c *assess.Card) []assess.Remedy {
	var out []assess.Remedy
	losses := c.Losses()
	for _, l := range losses.ByLoss()[:5] {
		out = append(out, assess.Remedy{Year: 2022, Code: l.Code, Lost: l.Lost, Cause: "Chậm ban hành kế hoạch", Task: "Ban hành kế hoạch trong tháng 1, giao rõ đơn vị chủ trì", Product: "Kế hoạch",
			Owner: "Phòng Nội vụ", Partners: "Văn phòng HĐND và UBND", Due: data.Date(2023, 1, 31), State: assess.Done, Finished: data.Date(2023, 1, 20), Document: "05/KH-UBND"})
	}
	return out
}

// all are the twelve tables of a group of units.
func all(t testing.TB, list []*assess.Card) []scorecard.Table {
	c := list[0]
	r := assess.Rank(list, "Xã, phường", assess.Second, nil)
	proofs := c.Proofs(func(*assess.Evidence) assess.FileState { return assess.FileNone })
	tables := []scorecard.Table{scorecard.SelfTable(c), scorecard.AppraisalTable(c), scorecard.DetailTable(c)}
	tables = append(tables, scorecard.DomainTables(r, list)...)
	tables = append(tables, scorecard.ComparisonTables(r, true)...)
	tables = append(tables, scorecard.ResultTable(r), scorecard.SummaryTable(r), scorecard.NotAssessedTable(r, list), scorecard.EvidenceTable(c, proofs),
		scorecard.ExplanationTable(c), scorecard.LossTable(c.Losses(), c.Name, 2022),
		scorecard.RemedyTable(remedies(c), 2022, func(code string) string { return c.Set.Node(code).Title }))
	return tables
}

// TestTablesPrintWhatTheyHold: the pages hold every text of every table within
// the page, and two prints are the same bytes.
func TestTablesPrintWhatTheyHold(t *testing.T) {
	tables := all(t, cards(t, 15))
	head := scorecard.Head{Office: office, Date: data.Date(2023, 1, 10), Foot: "Số liệu minh họa"}
	d, err := scorecard.Build(t.Context(), head, tables, paper.Options{Record: true})
	if err != nil {
		t.Fatal(err)
	}
	var printed strings.Builder
	for _, b := range d.Boxes() {
		if b.X < 20 || b.X+b.W > 842-20 {
			t.Fatalf("page %d: %q leaves the margins at %.0f", b.Page, b.Text, b.X)
		}
		printed.WriteString(squeeze(b.Text))
	}
	text := printed.String()
	for _, table := range tables {
		for _, row := range table.Rows {
			for _, cell := range row.Cells {
				for word := range strings.FieldsSeq(cell) {
					if !strings.Contains(text, word) {
						t.Fatalf("%s: %q of %q is not on paper", table.Name, word, cell)
					}
				}
			}
		}
	}
	a, err := scorecard.Bytes(t.Context(), head, tables, paper.Options{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := scorecard.Bytes(t.Context(), head, tables, paper.Options{})
	if err != nil || !bytes.Equal(a, b) {
		t.Fatalf("two prints differ (%v)", err)
	}
	keep(t, "tables.pdf", a)
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// keep leaves a file to be looked at where the environment asks for it.
func keep(t *testing.T, name string, b []byte) {
	if dir := os.Getenv("GIAOBAN_PAPERS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestComparisonHoldsEveryUnitOnce: however many units there are, each stands in
// one column with all its points.
func TestComparisonHoldsEveryUnitOnce(t *testing.T) {
	for _, n := range []int{1, 12, 13, 30} {
		list := cards(t, n)
		r := assess.Rank(list, "Xã, phường", assess.Second, nil)
		seen := map[string]int{}
		for _, table := range scorecard.ComparisonTables(r, true) {
			for i, h := range table.Header[0][3:] {
				seen[h.Text]++
				u := find(r, h.Text)
				for _, row := range table.Rows {
					if row.Span > 0 {
						continue
					}
					node := u.Nodes[row.Cells[0]]
					if want := node.Points.String(); node.Applicable > 0 && row.Cells[3+i] != want {
						t.Fatalf("%s at %s: %s, want %s", h.Text, row.Cells[0], row.Cells[3+i], want)
					}
				}
			}
		}
		for _, c := range list {
			if seen[c.Name] != 1 {
				t.Fatalf("%d units: %s stands %d times", n, c.Name, seen[c.Name])
			}
		}
	}
}

// TestClassesHaveTablesApart: the tables of a class hold its units alone, begin at rank 1
// and say whose they are; the sheets of the workbook do too.
func TestClassesHaveTablesApart(t *testing.T) {
	list := cards(t, 5)
	for i, c := range list {
		c.Class = data.Class{ID: uint32(i%2 + 1), Name: []string{"Cấp tỉnh (sở, ban, ngành)", "Cấp xã"}[i%2]}
	}
	units := 0
	for k, r := range assess.Rankings(list, "Xã, phường", assess.Second, nil) {
		result := scorecard.ResultTable(r)
		units += len(result.Rows)
		if result.Rows[0].Cells[0] != "1" || len(result.Rows) != 3-k || !slices.Contains(result.Below, "Xếp hạng riêng: "+r.Class.Name) || result.Name != []string{"Cấp tỉnh, ", "Cấp xã, "}[k]+"Kết quả, xếp hạng" {
			t.Errorf("%q %v: %+v", result.Name, result.Below, result.Rows)
		}
		for _, table := range append(scorecard.DomainTables(r, list), scorecard.SummaryTable(r)) {
			if len(table.Rows) != 3-k || table.Rows[0].Cells[0] != "1" || !slices.Contains(table.Below, "Xếp hạng riêng: "+r.Class.Name) {
				t.Errorf("%s %v: %d rows", table.Title, table.Below, len(table.Rows))
			}
		}
		// All these sheets lack points: no table of units stands without a mark.
		marked := []string{result.Rows[0].Cells[1], scorecard.SummaryTable(r).Rows[0].Cells[1], scorecard.DomainTables(r, list)[0].Rows[0].Cells[1], result.Notes[1]}
		if slices.ContainsFunc(marked, func(s string) bool { return !strings.Contains(s, "mới chấm") }) {
			t.Errorf("not marked: %q", marked)
		}
		if rows := scorecard.ComparisonTables(r, false)[0].Rows; !slices.ContainsFunc(rows, func(row paper.Row) bool { return row.Cells[0] == "ĐÃ CHẤM" }) {
			t.Error("the comparison does not say how much is scored")
		}
		if heads := scorecard.ComparisonTables(r, false)[0].Header[0]; len(heads) != 3+3-k {
			t.Errorf("%d columns of units", len(heads)-3)
		}
		for _, row := range scorecard.NotAssessedTable(r, list).Rows {
			name, part, _ := strings.Cut(row.Cells[0], " (")
			u := find(r, name)
			if u == nil || part != strings.TrimPrefix(strings.TrimPrefix(r.Label(u), u.Name), " (") {
				t.Errorf("%s is of another class, or not marked as scored in part", row.Cells[0])
			}
		}
	}
	if units != 5 {
		t.Errorf("%d units are ranked, want 5", units)
	}
}

func find(r assess.Ranking, name string) *assess.Ranked {
	for i := range r.Units {
		if r.Units[i].Name == name {
			return &r.Units[i]
		}
	}
	return nil
}

// TestLossesAddUp: the lost points of the table are those between the total and
// the index.
func TestLossesAddUp(t *testing.T) {
	for _, c := range cards(t, 5) {
		m := c.Losses()
		table := scorecard.LossTable(m, c.Name, 2022)
		sum := scoring.Points(0)
		for _, row := range table.Rows {
			if row.Span == 0 {
				n, _ := scorecard.Number(row.Cells[4])
				sum += scoring.Points(n*1000 + 0.5)
			}
		}
		if sum != m.Lost() {
			t.Fatalf("%s: the table loses %v, the sheet %v", c.Name, sum, m.Lost())
		}
	}
}

var figure = regexp.MustCompile(`\d+,\d\d`)

// TestReportSaysWhatTheTableSays: each figure of the report's sentences stands in
// the table of points, or is a loss that follows from it.
func TestReportSaysWhatTheTableSays(t *testing.T) {
	for i, c := range cards(t, 8) {
		known := map[string]bool{}
		tables := []scorecard.Table{scorecard.SelfTable(c), scorecard.LossTable(c.Losses(), c.Name, 2022)}
		for _, table := range tables {
			for _, row := range table.Rows {
				for _, cell := range row.Cells {
					known[strings.TrimPrefix(cell, "–")] = true
				}
			}
		}
		for _, row := range c.Rows() {
			if row.Depth == 0 {
				known[row.Applicable.String()], known[row.Lost.String()] = true, true
			}
		}
		known[c.Final.Penalty.String()] = true
		r := scorecard.Report{Card: c, Office: office, Annexes: true}
		parts := r.Parts()
		for _, p := range parts[:1] {
			for _, text := range p.Paragraphs {
				for _, f := range figure.FindAllString(text, -1) {
					if !known[f] {
						t.Errorf("%s in %q stands in no table", f, text)
					}
				}
			}
		}
		if len(parts) != 3 || !strings.Contains(strings.Join(parts[2].Paragraphs, " "), "tập huấn") {
			t.Fatalf("parts: %+v", parts)
		}
		d, err := r.Build(t.Context(), paper.Options{})
		if err != nil {
			t.Fatal(err)
		}
		b, err := d.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			keep(t, "report.pdf", b)
		}
	}
}

// TestWorkbookHoldsTheSameFigures: numbers are numbers, sheet names are accepted,
// and nothing begins a formula.
func TestWorkbookHoldsTheSameFigures(t *testing.T) {
	tables := all(t, cards(t, 15))
	tables[0].Rows[1].Cells[8] = "=1+1"
	var b bytes.Buffer
	if err := scorecard.WriteWorkbook(t.Context(), &b, tables); err != nil {
		t.Fatal(err)
	}
	keep(t, "tables.xlsx", b.Bytes())
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	if got := len(f.GetSheetList()); got != len(tables) {
		t.Fatalf("%d sheets for %d tables", got, len(tables))
	}
	rows, err := f.GetRows(f.GetSheetList()[0], excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	top := 1 + len(tables[0].Below) + 1 + len(tables[0].Header)
	for i, row := range tables[0].Rows {
		if want, ok := scorecard.Number(row.Cells[2]); ok && rows[top+i][2] != fmt.Sprint(want) {
			t.Fatalf("row %d: %q, want %v", i, rows[top+i][2], want)
		}
	}
	if formula, _ := f.GetCellFormula(f.GetSheetList()[0], fmt.Sprintf("I%d", top+2)); formula != "" {
		t.Fatalf("a note became the formula %q", formula)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := scorecard.WriteWorkbook(ctx, &bytes.Buffer{}, tables); data.CodeOf(err) != data.Cancelled {
		t.Fatalf("cancelled: %v", err)
	}
}

// BenchmarkCommunes ranks and prints 124 communes with every leaf.
func BenchmarkCommunes(b *testing.B) {
	list := cards(b, 124)
	for b.Loop() {
		r := assess.Rank(list, "Xã, phường", assess.Second, nil)
		tables := append([]scorecard.Table{scorecard.ResultTable(r)}, scorecard.ComparisonTables(r, true)...)
		if _, err := scorecard.Bytes(b.Context(), scorecard.Head{Office: office}, tables, paper.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// scaled are the cards of two units under a set of 60 points: one that scored itself,
// one that was appraised.
func scaled(t *testing.T) []*assess.Card {
	t.Helper()
	set, err := scoring.ParseSet([]byte(`{"meta":{"id":"c","title":"C","year":2022,"total":60},"criteria":[{"code":"1","title":"A","max":60,"children":[
		{"code":"1.1","title":"B","max":60,"kind":"ratio","rule":{}}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	b, a := scoring.Int(7), scoring.Int(12)
	e := func() *assess.Entry {
		return &assess.Entry{Answer: scoring.Answer{B: &b, A: &a}, Points: 35000, State: scoring.Scored}
	}
	var out []*assess.Card
	for i, l := range []assess.Line{{Code: "1.1", Self: e()}, {Code: "1.1", Self: e(), First: e()}} {
		state := []assess.State{assess.Submitted, assess.Appraised}[i]
		c, err := assess.NewCard(assess.Sheet{ID: uint64(i + 1), Unit: uint32(i + 1), Group: "g", State: state}, assess.Period{Year: 2022}, set, fmt.Sprint("Xã ", i+1), []assess.Line{l}, nil)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

// TestTotalsHoldPoints: the total of a set of 60 stands in points below points, and the
// percentage in its own column.
func TestTotalsHoldPoints(t *testing.T) {
	c := scaled(t)[0]
	table := scorecard.SelfTable(c)
	last := table.Rows[len(table.Rows)-1].Cells
	if last[2] != "60,00" || last[3] != "35,00" || last[4] != "" || last[6] != "35,00" || last[7] != "58,33" {
		t.Errorf("%q", last)
	}
	if text := fmt.Sprint(table.Rows); !strings.Contains(text, "Cách tính: 7/12") {
		t.Error("the way to the points does not stand under the leaf")
	}
	detail := scorecard.DetailTable(c)
	if last = detail.Rows[len(detail.Rows)-1].Cells; last[2] != "60,00" || last[3] != "35,00" || last[6] != "35,00" || !strings.Contains(last[0], "chỉ số 58,33%") {
		t.Errorf("%q", last)
	}
	for _, r := range detail.Rows {
		if len(r.Cells) > 4 && r.Cells[4] != "" {
			t.Errorf("a self score stands under the appraisal: %q", r.Cells)
		}
	}
}

// TestRankingsNameTheirRound: self scores never stand under «Điểm thẩm định», units of
// different rounds are marked, one unit alone has no place.
func TestRankingsNameTheirRound(t *testing.T) {
	list := scaled(t)
	head := func(t scorecard.Table) string { return fmt.Sprint(t.Header, t.Below, t.Rows, t.Notes) }
	one := head(scorecard.ResultTable(assess.Rank(list[:1], "g", assess.Second, nil)))
	if !strings.Contains(one, "Điểm tự chấm") || strings.Contains(one, "hẩm định") || !strings.Contains(one, "không xếp hạng") {
		t.Errorf("self scores alone: %s", one)
	}
	both := head(scorecard.ResultTable(assess.Rank(list, "g", assess.Second, nil)))
	for _, part := range []string{"Điểm tự chấm và thẩm định", "Xã 1 (tự chấm)", "Xã 2 (thẩm định lần 1)", "tạm tính"} {
		if !strings.Contains(both, part) {
			t.Errorf("no %q in %s", part, both)
		}
	}
}
