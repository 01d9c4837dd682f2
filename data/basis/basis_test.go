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
	for day, want := range map[data.Day]string{
		data.Date(2019, time.March, 1): old, data.Date(2025, time.June, 30): old,
		data.Date(2025, time.July, 1): now, data.Date(2026, time.November, 30): now, data.NoDay: now,
	} {
		if got := basis.On(basis.Postpone, day); got != want {
			t.Errorf("received %s: %q, want %q", day, got, want)
		}
	}
	last, first := data.Date(2025, time.June, 30), data.Date(2025, time.July, 1)
	if got := basis.For(basis.Postpone, []data.Day{first, last, first}); got != old+"; "+now {
		t.Errorf("both days: %q", got)
	}
	if got, want := basis.Told(basis.Postpone), "nhận đến 30/06/2025: "+old+"; nhận từ 01/07/2025: "+now; got != want {
		t.Errorf("told %q, want %q", got, want)
	}
	if basis.On("khac", first) != "" || basis.On(basis.Supplement, last) == "" || basis.Told(basis.Supplement) != "QĐ 766, chỉ số 2.1" {
		t.Error("an unknown rule has a basis, or a known one has none")
	}
}
