package papers_test

import (
	"slices"
	"strings"
	"testing"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/reports/briefing"
)

// TestPartsOfAReportAreChosen switches, orders and adds parts of the briefing and of the
// reform report; the text of an added block is that of the period before until written.
func TestPartsOfAReportAreChosen(t *testing.T) {
	d := reformOffice(t)
	for _, c := range []struct {
		name          papers.Name
		period, later string
		off, first    string
		annex, gone   string
	}{
		{papers.Briefing, "2026-Q1", "2026-Q2", "tiep-nhan.tong", "giai-quyet", "phu-luc.don-vi", "Theo đơn vị"},
		{papers.ReformReport, "nd09:2026-Q1", "nd09:2026-Q2", "chi-dao.tuyen-truyen", "ket-qua", "phu-luc.thong-ke", "THỐNG KÊ CÁC CHỈ TIÊU"},
	} {
		all, err := papers.Pages(t.Context(), d, papers.Request{Name: c.name, Period: period(t, c.period)})
		must(t, err)
		var ids []string
		for _, b := range all.Every {
			ids = append(ids, b.ID)
		}
		last := all.Every[len(all.Every)-1]
		if !slices.Contains(ids, c.off) {
			c.off = ids[2]
		}
		choice := briefing.Choice{Off: []string{c.off, c.annex}, Order: slices.Insert(slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == last.ID }), 0, last.ID),
			Own: []briefing.Own{{Section: all.Every[3].Part, Name: "  Ý kiến của cơ quan "}}}
		must(t, papers.KeepParts(t.Context(), d, c.name, choice))
		kept, err := papers.PartsChosen(d, c.name)
		must(t, err)
		if len(kept.Own) != 1 || kept.Own[0].ID != "rieng.1" || kept.Own[0].Name != "Ý kiến của cơ quan" {
			t.Fatalf("%+v", kept.Own)
		}
		must(t, d.Write(t.Context(), desk.Work{Title: "Lời"}, desk.Written{Report: string(c.name), Period: desk.PeriodName(period(t, c.period)), Texts: map[string]string{"rieng.1": "Đã nhận {office}."}}))
		made, err := papers.Pages(t.Context(), d, papers.Request{Name: c.name, Period: period(t, c.later)})
		must(t, err)
		var now []string
		for _, b := range made.Blocks {
			now = append(now, b.ID)
			if b.ID == "rieng.1" && (b.Text != "Đã nhận {office}." || b.Section != all.Every[3].Section) {
				t.Errorf("%s: own block %+v", c.name, b)
			}
		}
		if slices.Contains(now, c.off) || !slices.Contains(now, "rieng.1") || now[0] != last.ID && made.Blocks[0].Part != last.Part {
			t.Errorf("%s: blocks %q", c.name, now)
		}
		if made.Kept["rieng.1"].Period.Label == "" {
			t.Errorf("%s: the text of the office is not that of the period before", c.name)
		}
		doc, err := papers.Laid(t.Context(), d, papers.Request{Name: c.name, Period: period(t, c.later)})
		must(t, err)
		text := ""
		for _, b := range doc.Boxes() {
			text += b.Text + " "
		}
		if !strings.Contains(text, "Ý kiến của cơ quan") || !strings.Contains(text, "Đã nhận Ủy ban nhân dân huyện Minh Họa.") || strings.Contains(text, c.gone) {
			t.Errorf("%s: %s", c.name, text)
		}
		choice.Own = append(choice.Own, briefing.Own{Name: "ý kiến của cơ quan"})
		if err := papers.KeepParts(t.Context(), d, c.name, choice); data.CodeOf(err) != data.Invalid {
			t.Errorf("%s: a second block of the name: %v", c.name, err)
		}
	}
	if err := papers.KeepParts(t.Context(), d, papers.Overdue, briefing.Choice{}); data.CodeOf(err) != data.Invalid {
		t.Errorf("parts of a list: %v", err)
	}
}
