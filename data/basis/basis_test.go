package basis_test

import (
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/basis"
)

const (
	old = "NĐ 61/2018, Điều 19"
	now = "NĐ 118/2025/NĐ-CP (sửa đổi bởi NĐ 367/2025/NĐ-CP)"
)

// TestBasisByDayOfReception: rules-2026 E6.
func TestBasisByDayOfReception(t *testing.T) {
	shipped := basis.With(nil)
	for day, want := range map[data.Day]string{
		data.Date(2019, time.March, 1): old, data.Date(2025, time.June, 30): old,
		data.Date(2025, time.July, 1): now, data.Date(2026, time.November, 30): now, data.NoDay: now,
	} {
		if got := shipped.On(basis.Postpone, day); got != want {
			t.Errorf("received %s: %q, want %q", day, got, want)
		}
	}
	last, first := data.Date(2025, time.June, 30), data.Date(2025, time.July, 1)
	if got := shipped.For(basis.Postpone, []data.Day{first, last, first}); got != old+"; "+now {
		t.Errorf("both days: %q", got)
	}
	if got, want := shipped.Told(basis.Postpone), "nhận đến 30/06/2025: "+old+"; nhận từ 01/07/2025: "+now; got != want {
		t.Errorf("told %q, want %q", got, want)
	}
	if shipped.On("khac", first) != "" || shipped.On(basis.Supplement, last) == "" || shipped.Told(basis.Supplement) != "QĐ 766, chỉ số 2.1" {
		t.Error("an unknown rule has a basis, or a known one has none")
	}
}

// TestTextsOfAnOffice: a text holds from its day until the next one; one of the same day
// stands for the shipped one, and both come back when it goes.
func TestTextsOfAnOffice(t *testing.T) {
	next := data.Date(2027, time.January, 1)
	table := basis.With([]basis.Text{{Rule: basis.Postpone, From: next, Words: "NĐ 9/2026"}, {Rule: basis.Postpone, From: data.Date(2025, time.July, 1), Words: "NĐ 118/2025/NĐ-CP"}})
	for day, want := range map[data.Day]string{data.Date(2025, time.June, 30): old, data.Date(2025, time.July, 1): "NĐ 118/2025/NĐ-CP", next - 1: "NĐ 118/2025/NĐ-CP", next: "NĐ 9/2026", data.NoDay: "NĐ 9/2026"} {
		if got := table.On(basis.Postpone, day); got != want {
			t.Errorf("received %s: %q, want %q", day, got, want)
		}
	}
	list := table.Entries(basis.Postpone)
	if len(list) != 3 || list[0].Own || !list[1].Own || list[1].To != next-1 || list[2].To.Known() {
		t.Errorf("%+v", list)
	}
	if got, want := table.Told(basis.Postpone), "nhận đến 30/06/2025: "+old+"; nhận từ 01/07/2025 đến 31/12/2026: NĐ 118/2025/NĐ-CP; nhận từ 01/01/2027: NĐ 9/2026"; got != want {
		t.Errorf("told %q, want %q", got, want)
	}
	if got := basis.With(nil).On(basis.Postpone, next); got != now {
		t.Errorf("the shipped table says %q", got)
	}
}

// TestRulesHaveTextsInOrder: each shipped rule has a title and a text, on days that rise.
func TestRulesHaveTextsInOrder(t *testing.T) {
	for _, r := range basis.Rules() {
		list := basis.With(nil).Entries(r.ID)
		if r.Title == "" || len(list) == 0 {
			t.Errorf("%+v: %+v", r, list)
		}
		for i, x := range list {
			if x.Words == "" || i > 0 && x.From <= list[i-1].From {
				t.Errorf("%s: %+v", r.ID, x)
			}
		}
	}
}
