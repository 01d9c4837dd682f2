package view_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"giaoban/app/papers"
	"giaoban/app/view"
	"giaoban/data"
)

func TestBriefingTexts(t *testing.T) {
	s := session(t)
	s.SetPeriod(period(t, "2022"))
	m := view.NewBriefing(s)
	made := 0
	m.PagesChanged = func() { made++ }
	m.Shown()
	if m.Err != nil || m.Busy || !bytes.HasPrefix(m.Pages, []byte("%PDF-")) || made == 0 {
		t.Fatalf("busy %v, %v, %d bytes", m.Busy, m.Err, len(m.Pages))
	}
	blocks := m.Blocks()
	if len(blocks) < 4 || m.SectionNumber(len(blocks)) != "" {
		t.Fatalf("%d blocks", len(blocks))
	}
	text := ""
	for _, b := range blocks {
		out, err := m.Rendered(b.ID, b.Text)
		if err != nil || strings.ContainsAny(out, "{}") || m.Edited(b.ID) {
			t.Errorf("block %s: %q, %v", b.ID, out, err)
		}
		text += out + "\n"
	}
	if received := data.FormatInt(m.Table.Total.Received()); m.Table.Total.Received() == 0 || !strings.Contains(text, received) {
		t.Errorf("the draft does not tell of %s dossiers:\n%s", received, text)
	}
	choices := m.FigureChoices()
	if len(choices) < 10 {
		t.Fatalf("%d figures to choose from", len(choices))
	}

	first := m.Pages
	id := blocks[0].ID
	if err := m.SetText(id, "Hội nghị nghe {khong.co.so.nay} hồ sơ."); data.CodeOf(err) != data.Invalid {
		t.Errorf("an unknown figure: %v", err)
	}
	if err := m.SetText(id, "Hội nghị nghe {"+choices[0].Key+" hồ sơ."); err == nil {
		t.Error("a bracket that is not closed")
	}
	if m.Edited(id) || m.Blocks()[0].Text != blocks[0].Text || !bytes.Equal(m.Pages, first) {
		t.Error("a refused text changed the report")
	}
	for _, c := range choices {
		value := c.Label[strings.LastIndex(c.Label, ": ")+2:]
		if out, err := m.Rendered(id, "Có {"+c.Key+"} trong kỳ"); err != nil || !strings.Contains(out, value) {
			t.Errorf("figure %s: %q, %v; want %s", c.Key, out, err, value)
		}
	}
	if err := m.SetText(id, "Lời mở đầu riêng: {"+choices[0].Key+"}."); err != nil {
		t.Fatal(err)
	}
	if !m.Edited(id) || m.Blocks()[0].Text != "Lời mở đầu riêng: {"+choices[0].Key+"}." || bytes.Equal(m.Pages, first) {
		t.Error("the new text is not in the report")
	}
	m.ResetText(id)
	if m.Edited(id) || m.Blocks()[0].Text != blocks[0].Text || !bytes.Equal(m.Pages, first) {
		t.Error("the draft did not come back as it was")
	}
	last := ""
	for i := range blocks {
		if n := m.SectionNumber(i); n != "" && n != last {
			if last == "" && n != "I. " {
				t.Errorf("the first section is %q", n)
			}
			last = n
		}
	}
	if last == "" || last == "I. " {
		t.Errorf("the last section is %q", last)
	}
}

// TestBriefingFiguresLeadToTheirLists follows every figure of the table and of
// the comparison, for a period that is over and one that runs.
func TestBriefingFiguresLeadToTheirLists(t *testing.T) {
	s := session(t)
	var jump *view.Jump
	s.OnJump(func(j view.Jump) { jump = &j })
	m := view.NewBriefing(s)
	for _, key := range []string{"2022", "2023", "2023-Q1"} {
		s.SetPeriod(period(t, key))
		for _, group := range []data.Group{data.ByField, data.ByUnit, data.ByLevel, data.ByChannel, data.ByProcedure} {
			m.SetGroup(group)
			if m.Table.Group != group || m.Table.AsOf != s.AsOf() || m.FigureRows() != len(m.Table.Rows)+1 || m.Before.Period.Key != m.Table.Period.Before().Key {
				t.Fatalf("%s by %s: %+v", key, group, m.Table.Period)
			}
			for i := range m.FigureRows() {
				name, c := m.FigureRow(i)
				for _, col := range view.FigureColumns {
					jump = nil
					opened := m.JumpTo(i, col)
					if want := col.Of(c); opened != (want > 0) || opened != (jump != nil) {
						t.Errorf("%s, %s, %s: figure %d, opened %v", key, name, col, want, opened)
					} else if opened {
						if n, _ := follow(t, s, *jump); int64(n) != want {
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
			if n, _ := follow(t, s, *jump); data.FormatInt(int64(n)) != want {
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
	s := session(t)
	s.SetPeriod(period(t, "2022"))
	m := view.NewBriefing(s)
	var pages [][]byte
	for _, r := range papers.Reports {
		m.Choose(r.Name)
		m.Shown()
		if m.Err != nil || len(m.Pages) == 0 || m.Request().Name != r.Name || (m.Blocks() != nil) != (r.Name == papers.Briefing) {
			t.Fatalf("%s: %v, %d bytes", r.Name, m.Err, len(m.Pages))
		}
		if slices.ContainsFunc(pages, func(p []byte) bool { return bytes.Equal(p, m.Pages) }) {
			t.Errorf("%s shows the pages of another report", r.Name)
		}
		pages = append(pages, m.Pages)
	}
	m.Choose(papers.ByField)
	old := m.Pages
	s.SetPeriod(period(t, "2022-Q2"))
	m.Shown()
	if bytes.Equal(m.Pages, old) || m.Request().Period.Key != "2022-Q2" || m.Request().AsOf != s.AsOf() {
		t.Error("another period shows the old pages")
	}
	m.Date, m.Number, m.ShowNames = data.Date(2022, 7, 5), "12", true
	if r := m.Request(); r.Date != m.Date || r.Number != "12" || !r.ShowNames {
		t.Errorf("request %+v", r)
	}
}
