package briefing

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"giaoban/app/env"
	"giaoban/app/page/pagetest"
	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/reports/briefing"
)

// opened is the model on the year 2022 of an office; the desk tells it of changes.
func opened(t *testing.T) (*env.Session, *model) {
	t.Helper()
	s := env.NewSession(pagetest.Office(t))
	s.SetPeriod(pagetest.Period(t, "2022"))
	m := newModel(s)
	s.Desk.Watch(func(desk.Changes) { m.Refresh() })
	m.Refresh()
	return s, m
}

func TestBriefingTexts(t *testing.T) {
	s, m := opened(t)
	if m.Err != nil || m.Busy || !bytes.HasPrefix(m.Drawn.PDF, []byte("%PDF-")) {
		t.Fatalf("busy %v, %v, %d bytes", m.Busy, m.Err, len(m.Drawn.PDF))
	}
	blocks := m.Blocks()
	if len(blocks) < 4 || m.SectionNumber(len(blocks)) != "" {
		t.Fatalf("%d blocks", len(blocks))
	}
	text := ""
	for _, b := range blocks {
		out, err := m.Rendered(b.Text)
		if err != nil || strings.ContainsAny(out, "{}") || m.Scope(b.ID) != Drafted {
			t.Errorf("block %s: %q, %v", b.ID, out, err)
		}
		text += out + "\n"
	}
	if received := data.FormatInt(m.Table.Total.Received()); m.Table.Total.Received() == 0 || !strings.Contains(text, received) {
		t.Errorf("the draft does not tell of %s dossiers:\n%s", received, text)
	}
	// Every figure has a Vietnamese name, which is all that an officer sees of it.
	named := map[string]briefing.Figure{}
	for _, f := range m.Figures() {
		named[f.Name] = f
	}
	for _, b := range blocks {
		parts, err := briefing.Parts(b.Text)
		for _, p := range parts {
			if tip := TellPart(named, p); (p.Text == "") != (tip != "") || strings.ContainsAny(tip, "{}[]") || p.Figure != "" && strings.Contains(tip, p.Figure) {
				t.Errorf("%s: %+v is told as %q, %v", b.ID, p, tip, err)
			}
		}
	}

	ctx, first, block := t.Context(), m.Drawn.PDF, blocks[0]
	for _, bad := range []string{"Hội nghị nghe {khong.co.so.nay} hồ sơ.", "Hội nghị nghe {received.total hồ sơ."} {
		if err := m.SetText(ctx, block, bad, false); data.CodeOf(err) != data.Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if m.Scope(block.ID) != Drafted || !bytes.Equal(m.Drawn.PDF, first) {
		t.Error("a refused text changed the report")
	}
	if err := m.SetText(ctx, block, "Lời riêng: {received.total}.", false); err != nil {
		t.Fatal(err)
	}
	if m.Scope(block.ID) != ThisPeriod || m.Blocks()[0].Text != "Lời riêng: {received.total}." || bytes.Equal(m.Drawn.PDF, first) {
		t.Error("the new text is not in the report")
	}
	s.SetPeriod(pagetest.Period(t, "2023-Q1"))
	if m.Refresh(); m.Scope(block.ID) != Drafted || m.Blocks()[0].Text != block.Text {
		t.Error("the text of one period stands in another")
	}
	if err := m.SetText(ctx, block, "Mọi kỳ.", true); err != nil || m.Scope(block.ID) != EveryPeriod {
		t.Errorf("for every period: %v, scope %d", err, m.Scope(block.ID))
	}
	s.SetPeriod(pagetest.Period(t, "2022"))
	if m.Refresh(); m.Blocks()[0].Text != "Lời riêng: {received.total}." {
		t.Error("the text of the period does not stand before that of every one")
	}
	for _, want := range []int{EveryPeriod, Drafted} {
		if err := m.ResetText(ctx, block.ID); err != nil || m.Scope(block.ID) != want {
			t.Errorf("back: %v, scope %d, want %d", err, m.Scope(block.ID), want)
		}
	}
	if m.Blocks()[0].Text != block.Text || !bytes.Equal(m.Drawn.PDF, first) {
		t.Error("the draft did not come back as it was")
	}
	if last := m.SectionNumber(len(blocks) - 2); m.SectionNumber(0) != "I. " || last == "" || last == "I. " {
		t.Errorf("sections %q to %q", m.SectionNumber(0), last)
	}
}

// TestNumberAndDateBelongToThePeriod: both are kept in the data file, each for the
// report of its period, and commands print them too.
func TestNumberAndDateBelongToThePeriod(t *testing.T) {
	s, m := opened(t)
	day := data.Date(2023, 1, 5)
	if err := m.SetNumber(t.Context(), "12"); err != nil {
		t.Fatal(err)
	}
	if err := m.SetDate(t.Context(), day); err != nil {
		t.Fatal(err)
	}
	again := newModel(s)
	if again.Refresh(); again.Number() != "12" || again.Date() != day {
		t.Errorf("after a start: number %q, date %s", again.Number(), again.Date())
	}
	drawn, err := papers.Pages(t.Context(), s.Desk, papers.Request{Name: papers.Briefing, Period: s.Period()})
	if err != nil || drawn.Figures.Number != "12" || drawn.Figures.Date != day {
		t.Errorf("by command: %+v, %v", drawn.Figures, err)
	}
	s.SetPeriod(pagetest.Period(t, "2022-10"))
	if m.Refresh(); m.Number() != "" || m.Date() != s.Today() {
		t.Errorf("another period: number %q, date %s", m.Number(), m.Date())
	}
}

// TestPagesLeadToTheirTexts: every text that is printed has a place in the pages, in
// order, and from there leads back to itself.
func TestPagesLeadToTheirTexts(t *testing.T) {
	_, m := opened(t)
	found := 0
	for _, b := range m.Blocks() {
		out, err := m.Rendered(b.Text)
		at, ok := m.PlaceOf(b.ID)
		if err != nil || ok != (out != "") {
			t.Errorf("%s has a place: %v, %v", b.ID, ok, err)
		}
		if ok {
			found++
			if got := m.BlockAt(at.Page, at.Y+6); got != b.ID {
				t.Errorf("page %d at %.0f leads to %q, not %q", at.Page, at.Y, got, b.ID)
			}
		}
	}
	if found < 4 || m.BlockAt(99, 100) != "" || m.BlockAt(1, 0) != "" {
		t.Errorf("%d places, «%s», «%s»", found, m.BlockAt(99, 100), m.BlockAt(1, 0))
	}
}

// TestBriefingFiguresLeadToTheirLists follows every figure of the table and of
// the comparison, for a period that is over and one that runs.
func TestBriefingFiguresLeadToTheirLists(t *testing.T) {
	s, m := opened(t)
	var jump *env.Jump
	s.OnJump(func(j env.Jump) { jump = &j })
	for _, key := range []string{"2022", "2023", "2023-Q1"} {
		s.SetPeriod(pagetest.Period(t, key))
		for _, group := range []data.Group{data.ByField, data.ByUnit, data.ByLevel, data.ByChannel, data.ByProcedure} {
			m.SetGroup(group)
			if m.Table.Group != group || m.Table.AsOf != s.AsOf() || len(m.FigureRows()) != len(m.Table.Rows)+1 || m.Before.Period.Key != m.Table.Period.Before().Key {
				t.Fatalf("%s by %s: %+v", key, group, m.Table.Period)
			}
			for i, r := range m.FigureRows() {
				name, c := r.Name, r.Counts
				for _, col := range data.FormColumns {
					jump = nil
					opened := m.JumpTo(i, col)
					if want := col.Of(c); opened != (want > 0) || opened != (jump != nil) {
						t.Errorf("%s, %s, %s: figure %d, opened %v", key, name, col, want, opened)
					} else if opened {
						if n, _ := pagetest.Follow(t, s, *jump); int64(n) != want {
							t.Errorf("%s, %s, %s: %d listed, figure %d", key, name, col, n, want)
						}
					}
				}
			}
		}
		rates := 0
		for _, c := range m.Comparison() {
			want := c.Now
			if c.Rate != "" {
				rates++
				want, _, _ = strings.Cut(c.Basis, "/")
			}
			m.JumpToCompared(c)
			if n, _ := pagetest.Follow(t, s, *jump); data.FormatInt(int64(n)) != want {
				t.Errorf("%s, %s: %d listed, figure %s", key, c.Name, n, want)
			}
			// A rate of nothing has nothing to be compared with.
			if compared := key != "2022" && c.Now != "–"; (c.Before != "") != compared {
				t.Errorf("%s, %s: %s, before %q", key, c.Name, c.Now, c.Before)
			}
			if c.Good != 0 && c.Change == "" {
				t.Errorf("%s: %+v", key, c)
			}
		}
		if rates != 11 {
			t.Errorf("%s: %d rates", key, rates)
		}
	}
}

func TestBriefingReports(t *testing.T) {
	s, m := opened(t)
	var pages [][]byte
	for _, r := range papers.Reports {
		m.Choose(r.Name)
		if m.Err != nil || len(m.Drawn.PDF) == 0 || m.Request().Name != r.Name || (m.Blocks() != nil) != r.Texts {
			t.Fatalf("%s: %v, %d bytes", r.Name, m.Err, len(m.Drawn.PDF))
		}
		if slices.ContainsFunc(pages, func(p []byte) bool { return bytes.Equal(p, m.Drawn.PDF) }) {
			t.Errorf("%s shows the pages of another report", r.Name)
		}
		pages = append(pages, m.Drawn.PDF)
	}
	m.Choose(papers.ByField)
	old := m.Drawn.PDF
	s.SetPeriod(pagetest.Period(t, "2022-Q2"))
	if m.Refresh(); bytes.Equal(m.Drawn.PDF, old) || m.Request().Period.Key != "2022-Q2" || m.Request().AsOf != s.AsOf() {
		t.Error("another period shows the old pages")
	}
}

// TestTextsOfTheReformReportAreKept: the next period begins with the words of the one
// before, and goes back to the drafted ones for itself alone.
func TestTextsOfTheReformReportAreKept(t *testing.T) {
	s, m := opened(t)
	m.Choose(papers.ReformReport)
	i := slices.IndexFunc(m.Blocks(), func(b briefing.Block) bool { return b.ID == "ket-qua.ho-so" })
	block := m.Blocks()[i]
	if err := m.SetText(t.Context(), block, "Lời năm 2022: {received.total}.", false); err != nil {
		t.Fatal(err)
	}
	s.SetPeriod(pagetest.Period(t, "2023-Q1"))
	if m.Refresh(); m.Scope(block.ID) != LastPeriod || m.Blocks()[i].Text != "Lời năm 2022: {received.total}." {
		t.Errorf("scope %d, %q", m.Scope(block.ID), m.Blocks()[i].Text)
	}
	if err := m.ResetText(t.Context(), block.ID); err != nil || m.Scope(block.ID) != ThisPeriod || m.Blocks()[i].Text != block.Draft {
		t.Errorf("back to the draft: scope %d, %q, %v", m.Scope(block.ID), m.Blocks()[i].Text, err)
	}
	s.SetPeriod(pagetest.Period(t, "2022"))
	if m.Refresh(); m.Scope(block.ID) != ThisPeriod {
		t.Error("the words of the year are gone")
	}
}

// TestBriefingOfNothing: an office without dossiers has pages and no figures.
func TestBriefingOfNothing(t *testing.T) {
	m := newModel(env.NewSession(pagetest.Empty(t)))
	if m.Refresh(); m.Err != nil || len(m.Drawn.PDF) == 0 || m.FigureRows() != nil {
		t.Errorf("%v, %d bytes, %v", m.Err, len(m.Drawn.PDF), m.FigureRows())
	}
}
