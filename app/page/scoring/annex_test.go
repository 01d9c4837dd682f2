package scoring_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"giaoban/app/page/scoring"
	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/exchange/xlsx"
	rules "giaoban/data/scoring"
)

// decisionTable is an annex as a province sent it: its heading in row 4, a merged head,
// tiers in lines below and in one cell, a total, and signatures.
var decisionTable = [][]any{
	{"PHỤ LỤC I"},
	{"BỘ TIÊU CHÍ XÁC ĐỊNH CHỈ SỐ CẢI CÁCH HÀNH CHÍNH CẤP XÃ NĂM 2022"},
	{},
	{"STT", "Lĩnh vực/Tiêu chí", "Điểm chuẩn", "Phương pháp đánh giá", "Ghi chú/Tài liệu kiểm chứng"},
	{"I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH"},
	{1.0, "Ban hành kế hoạch cải cách hành chính", 1.0, "Ban hành trong tháng 01: 1; sau tháng 01: 0,5; không ban hành: 0", "Kế hoạch"},
	{2.0, "Mức độ hoàn thành kế hoạch", 2.0, "", "Báo cáo năm"},
	{"", "- Từ 90% trở lên: 2"},
	{"", "- Từ 70% đến dưới 90%: 1"},
	{"", "- Dưới 70%: 0"},
	{"II. THỦ TỤC HÀNH CHÍNH"},
	{1.0, "Công khai thủ tục hành chính", 0.5, "Có: 0,5; không: 0", "Ảnh chụp"},
	{2.0, "Báo cáo định kỳ", 1.5, "Trễ đến 2 ngày trừ 0,5, sau đó mỗi ngày trừ 0,25", ""},
	{3.0, "Sự phục vụ", 1.0, "Theo đánh giá thực tế của Tổ thẩm định", ""},
	{"", "TỔNG CỘNG", 6.0},
	{},
	{"", "TM. ỦY BAN NHÂN DÂN"},
}

func annexFile(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	w := xlsx.NewWriter(&out)
	must(t, w.Sheet(xlsx.Sheet{Name: "PL I"}))
	for i, row := range decisionTable {
		cells := make([]xlsx.Cell, 5)
		for j, v := range row {
			cells[j].Value = v
		}
		if len(row) == 1 {
			w.Merge(i+1, 0, i+1, 4)
		}
		must(t, w.Row(cells...))
	}
	must(t, w.Close())
	path := filepath.Join(t.TempDir(), "Phụ lục.xlsx")
	must(t, os.WriteFile(path, out.Bytes(), 0o600))
	return path
}

// TestFromAnAnnexToASheet takes the annex of a decision in, confirms what is proposed,
// chooses one rule by hand, scores a period by it, prints the sheet, and writes the
// table of the decision again.
func TestFromAnAnnexToASheet(t *testing.T) {
	m, session := open(t)
	s := scoring.NewSets(m)
	faults, err := s.Import(t.Context(), annexFile(t))
	must(t, err)
	s.Refresh()
	if s.Set == nil || s.Set.Meta.Total != 6000 || s.Set.Meta.Year != 2022 || len(s.Set.Criteria) != 2 || s.Unconfirmed() != 5 || faults != 5 {
		t.Fatalf("%d faults, %+v", faults, s.Set)
	}
	if _, err := s.Import(t.Context(), annexFile(t)); data.CodeOf(err) != data.Conflict {
		t.Errorf("the same annex again: %v", err)
	}
	// A draft cannot be used to score; what it lacks is said by its code.
	if said := fmt.Sprint(s.Problems); !strings.Contains(said, "Tiêu chí I.1 chưa có loại quy tắc") || !strings.Contains(said, "Tiêu chí II.3 chưa có loại quy tắc") {
		t.Error(said)
	}
	plan := m.Plan()
	m.SetYear(&plan, 2022)
	plan.Set = fmt.Sprint(s.OpenID())
	if _, _, err := m.KeepPeriod(t.Context(), plan); err == nil || !strings.Contains(err.Error(), "chưa có loại quy tắc") {
		t.Errorf("a draft is used: %v", err)
	}

	lines, err := s.AnnexLines()
	must(t, err)
	for _, a := range lines {
		switch err := s.Confirm(t.Context(), a); {
		case a.Code == "II.3":
			if a.Sure || data.CodeOf(err) != data.Invalid || !strings.Contains(err.Error(), "II.3 chưa có loại quy tắc") {
				t.Errorf("%+v: %v", a, err)
			}
			form := a.Form()
			form.Name = "Hội đồng cho điểm"
			must(t, s.PutRule(t.Context(), a, form))
		case err != nil:
			t.Errorf("%s: %v", a.Code, err)
		}
	}
	s.Refresh()
	if s.Unconfirmed() != 0 || len(s.Problems) != 0 {
		t.Fatalf("%v", s.Problems)
	}
	if _, err := session.Desk.Undo(context.Background()); err != nil {
		t.Fatal(err)
	}
	if s.Refresh(); s.Unconfirmed() != 1 {
		t.Errorf("%d lines wait after an undo", s.Unconfirmed())
	}
	if _, err := session.Desk.Redo(context.Background()); err != nil {
		t.Fatal(err)
	}
	// A confirmed rule can be opened in the form as it stands.
	lines, _ = s.AnnexLines()
	if f := lines[1].Form(); f.Name != "Mức theo tỷ lệ" || f.Lines[0][0][2] != "2" || lines[1].State() != "Đã xác nhận" {
		t.Errorf("%+v", f)
	}

	period, opened, err := m.KeepPeriod(t.Context(), plan)
	if err != nil || opened != 1 {
		t.Fatal(opened, err)
	}
	sheets, err := m.Book.Sheets(period)
	if err != nil || len(sheets) != 1 {
		t.Fatal(sheets, err)
	}
	sheet, n := sheets[0].ID, func(x int64) *rules.Number { v := rules.Int(x); return &v }
	yes := true
	for code, a := range map[string]rules.Answer{"I.1": {Date: data.Date(2022, 2, 5)}, "I.2": {B: n(17), A: n(20)}, "II.1": {Yes: &yes}, "II.2": {Events: map[string]int64{"k1": 4}}, "II.3": {Value: n(1)}} {
		if _, err := m.Book.Enter(t.Context(), sheet, code, assess.Self, assess.Entry{Answer: a}); err != nil {
			t.Fatalf("%s: %v", code, err)
		}
	}
	card, err := m.Book.Card(sheet)
	must(t, err)
	// 0,5 + 1 + 0,5 + (1,5 – 0,5 – 2 × 0,25) + 1
	if got := card.Final.Self; got != 3500 {
		t.Errorf("scored %s", got)
	}
	pdf, err := papers.ScorePDF(t.Context(), session.Desk, papers.ScoreRequest{Sheet: sheet, Tables: []string{papers.ScoreSelf}})
	if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Error(err)
	}

	// The table of the decision comes back as the same tree.
	if pdf, err = papers.CriteriaPDF(t.Context(), session.Desk, s.OpenID()); err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Error(err)
	}
	path := filepath.Join(t.TempDir(), "bảng.xlsx")
	must(t, papers.CriteriaFile(t.Context(), session.Desk, s.OpenID(), path))
	before := s.Set
	_, err = s.Import(t.Context(), path)
	must(t, err)
	s.Refresh()
	if a, b := outline(before), outline(s.Set); a != b {
		t.Errorf("out and in again:\n%s\nwas\n%s", b, a)
	}
}

// outline writes the tree of a set with the words of the decision.
func outline(set *rules.Set) string {
	var out []string
	set.Walk(func(n *rules.Node, _ []*rules.Node) {
		out = append(out, fmt.Sprintf("%s|%s|%s|%s", n.Code, n.Title, n.Max, n.Words))
	})
	return strings.Join(out, "\n")
}

// TestPasteAnAnnex takes text in as a PDF gives it.
func TestPasteAnAnnex(t *testing.T) {
	m, _ := open(t)
	s := scoring.NewSets(m)
	if _, err := s.Paste(t.Context(), "Chào các đồng chí\nkhông có bảng nào"); data.CodeOf(err) != data.Invalid || !strings.Contains(err.Error(), "Không thấy bảng tiêu chí") {
		t.Errorf("%v", err)
	}
	_, err := s.Paste(t.Context(), "BỘ TIÊU CHÍ NĂM 2022\nI CHỈ ĐẠO 2\n1.1 Ban hành kế hoạch 1,5\nCó: 1,5, không: 0\n1.2 Kiểm tra, giám sát 0,5\n- Từ 50% trở lên: 0,5; dưới 50%: 0\nTổng cộng 2")
	must(t, err)
	lines, err := s.AnnexLines()
	must(t, err)
	if len(lines) != 2 || !lines[0].Sure || !lines[1].Sure || lines[0].Kind != "Có hoặc không" || lines[1].Kind != "Mức theo tỷ lệ" {
		t.Errorf("%+v", lines)
	}
	must(t, s.Confirm(t.Context(), lines...))
	if s.Refresh(); s.Unconfirmed() != 0 || len(s.Problems) != 0 {
		t.Errorf("%v", s.Problems)
	}
}

// TestConfirmByTheKeyboard opens the list of lines and confirms by Enter alone.
func TestConfirmByTheKeyboard(t *testing.T) {
	p, e := shown(t, false, fyne.NewSize(1366, 768))
	s := scoring.NewSets(scoring.NewModel(e.Session))
	_, err := s.Import(t.Context(), annexFile(t))
	must(t, err)
	p.Restore(6)
	p.ConfirmRules()
	for range 4 {
		e.Window.Canvas().Capture()
		e.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	if s.Refresh(); s.Unconfirmed() != 1 {
		t.Errorf("%d lines wait", s.Unconfirmed())
	}
}
