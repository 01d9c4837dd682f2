package exchange_test

import (
	"fmt"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/exchange"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var full = []string{"Mã hồ sơ", "Chủ hồ sơ", "Số điện thoại", "Địa chỉ", "Trạng thái", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày hẹn lại", "Ngày kết thúc xử lý", "Ngày trả kết quả", "Ghi chú"}

func record(t testing.TB, cells ...string) *exchange.Record {
	t.Helper()
	list, _ := read(t, open(t, table(full, append([]string{"A-1"}, cells...)), exchange.Options{}))
	if len(list) != 1 || list[0].Verdict != exchange.Accepted {
		t.Fatalf("%v: %+v", cells, list)
	}
	return &list[0]
}

func TestMerge(t *testing.T) {
	start := record(t, "Lê Mẫu", "0950492149", "Tổ 1", "Đang xử lý", "01/03/2023 08:00", "15/03/2023", "", "", "", "cũ")
	for _, c := range []struct {
		name    string
		cells   []string
		changes int
		status  data.Status
		check   func(d data.Dossier, s data.State) bool
	}{
		{"the same", []string{"Lê Mẫu", "0950 492 149", "Tổ 1", "Đang xử lý", "01/03/2023 08:00", "15/03/2023", "", "", "", "cũ"}, 0, data.Processing, nil},
		{"blanks keep", []string{"-", "", "x", "4", "01/03/2023", "", "", "", "", ""}, 0, data.Processing, func(d data.Dossier, _ data.State) bool {
			return d.Note == "cũ" && d.Received.Clock.Known()
		}},
		{"a corrected fact", []string{"Lê Văn Mẫu", "", "", "Đang xử lý", "01/03/2023", "16/03/2023", "", "", "", ""}, 2, data.Processing, func(d data.Dossier, s data.State) bool {
			e := d.Events[len(d.Events)-1]
			return d.Owner.Name == "Lê Văn Mẫu" && s.Due.Day == data.Date(2023, 3, 16) && e.Kind == data.Correct && e.Field == "owner" &&
				e.Old == "Lê Mẫu" && e.New == "Lê Văn Mẫu" && e.Text == "nhập từ tệp so.csv"
		}},
		{"a lost phone does not replace a whole one", []string{"", "95049214", "", "4", "01/03/2023", "", "", "", "", ""}, 0, data.Processing, nil},
		{"finished", []string{"", "", "", "9", "01/03/2023", "", "", "14/03/2023 16:00", "", ""}, 1, data.Done, func(_ data.Dossier, s data.State) bool {
			return s.Ended.String() == "14/03/2023 16:00"
		}},
		{"finished, nobody knows when", []string{"", "", "", "9", "01/03/2023", "", "", "", "", ""}, 1, data.Done, func(d data.Dossier, s data.State) bool {
			return !s.Ended.Known() && d.Flags&data.EndUnknown != 0
		}},
		{"handed over", []string{"", "", "", "10", "01/03/2023", "", "", "14/03/2023", "20/03/2023", ""}, 1, data.Delivered, func(_ data.Dossier, s data.State) bool {
			return s.Ended.Day == data.Date(2023, 3, 14) && s.Returned.Day == data.Date(2023, 3, 20)
		}},
		{"promised anew", []string{"", "", "", "4", "01/03/2023", "", "25/03/2023", "", "", ""}, 1, data.Processing, func(_ data.Dossier, s data.State) bool {
			return s.Promised.Day == data.Date(2023, 3, 25) && s.Due.Day == data.Date(2023, 3, 15) && s.Apologies == 1
		}},
		{"supplement asked", []string{"", "", "", "5", "01/03/2023", "", "", "", "", ""}, 1, data.AwaitSupply, func(_ data.Dossier, s data.State) bool { return s.Paused }},
		{"withdrawn", []string{"", "", "", "7", "01/03/2023", "", "", "10/03/2023", "", ""}, 1, data.WithdrawnState, nil},
		{"stopped", []string{"", "", "", "8", "01/03/2023", "", "", "10/03/2023", "", ""}, 1, data.Halted, func(_ data.Dossier, s data.State) bool { return s.Closed }},
		{"not accepted", []string{"", "", "", "3", "01/03/2023", "", "", "", "", ""}, 1, data.NotAccepted, nil},
		{"an older export", []string{"", "", "", "2", "01/03/2023", "", "", "", "", ""}, 0, data.Processing, nil},
	} {
		r := record(t, c.cells...)
		merged, changes, err := exchange.Merge(start.Dossier, r, exchange.MergeOptions{By: "Tôi"})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		s := merged.On(data.MaxDay)
		if len(changes) != c.changes || s.Status != c.status || c.check != nil && !c.check(merged, s) {
			t.Errorf("%s: changes %q, state %+v, %+v", c.name, changes, s, merged.Events)
		}
		if len(changes) == 0 && !cmp.Equal(merged, start.Dossier) {
			t.Errorf("%s: changed without a change: %s", c.name, cmp.Diff(start.Dossier, merged))
		}
		if len(start.Dossier.Events) != 1 {
			t.Fatal("the existing dossier was touched")
		}
	}
}

func TestMergeGoesBack(t *testing.T) {
	done := record(t, "A", "", "", "10", "01/03/2023", "15/03/2023", "", "14/03/2023", "20/03/2023", "")
	back := record(t, "A", "", "", "4", "01/03/2023", "15/03/2023", "", "", "", "")
	merged, changes, err := exchange.Merge(done.Dossier, back, exchange.MergeOptions{})
	if err != nil || len(changes) != 1 || merged.On(data.MaxDay).Status != data.Processing {
		t.Fatalf("%q %v %+v", changes, err, merged.Events)
	}
	if last := merged.Events[len(merged.Events)-1]; last.Kind != data.Reopen {
		t.Errorf("%+v", last)
	}
	// A list without states says nothing about the state.
	silent := record(t, "A", "", "", "", "01/03/2023", "15/03/2023", "", "", "", "")
	if _, changes, _ := exchange.Merge(done.Dossier, silent, exchange.MergeOptions{}); len(changes) != 0 {
		t.Errorf("%q", changes)
	}
	// The day of hand-over comes later than the hand-over itself.
	early := record(t, "A", "", "", "10", "01/03/2023", "15/03/2023", "", "14/03/2023", "", "")
	merged, changes, err = exchange.Merge(early.Dossier, done, exchange.MergeOptions{})
	if s := merged.On(data.MaxDay); err != nil || len(changes) != 1 || s.Returned.Day != data.Date(2023, 3, 20) || s.Ended.Day != data.Date(2023, 3, 14) {
		t.Errorf("%q %v %+v", changes, err, s)
	}
	// The end becomes known after the hand-over.
	returned := record(t, "A", "", "", "10", "01/03/2023", "15/03/2023", "", "", "20/03/2023", "")
	merged, _, err = exchange.Merge(returned.Dossier, done, exchange.MergeOptions{})
	if s := merged.On(data.MaxDay); err != nil || s.Returned.Day != data.Date(2023, 3, 20) || s.Ended.Day != data.Date(2023, 3, 14) {
		t.Errorf("%v %+v", err, s)
	}
	if _, changes, _ := exchange.Merge(merged, done, exchange.MergeOptions{}); len(changes) != 0 {
		t.Errorf("second time: %q", changes)
	}
}

func TestMergeRefuses(t *testing.T) {
	start := record(t, "A", "", "", "4", "01/03/2023", "15/03/2023", "", "", "", "")
	late := record(t, "A", "", "", "4", "01/04/2023", "", "", "", "", "")
	if _, _, err := exchange.Merge(start.Dossier, late, exchange.MergeOptions{}); data.CodeOf(err) != data.Invalid || !strings.Contains(err.Error(), "A-1") {
		t.Errorf("due before receipt after the merge: %v", err)
	}
	other := start.Dossier
	other.Code = "A-2"
	if _, _, err := exchange.Merge(other, start, exchange.MergeOptions{}); err == nil {
		t.Error("another code was merged")
	}
	gone := start.Dossier
	gone.Events = append(gone.Events[:len(gone.Events):len(gone.Events)], data.Event{Kind: data.Cancel, At: data.Moment{Day: data.Date(2023, 3, 2)}})
	if merged, changes, err := exchange.Merge(gone, record(t, "B", "", "", "9", "01/03/2023", "", "", "", "", ""), exchange.MergeOptions{}); err != nil || len(changes) != 0 || merged.Owner.Name != "A" {
		t.Errorf("a cancelled entry changed: %q %v", changes, err)
	}
}

// TestMergeSettles: whatever the base holds, importing the same row twice
// changes nothing the second time, and the state is the one the file names.
func TestMergeSettles(t *testing.T) {
	day := rapid.Custom(func(t *rapid.T) string {
		if rapid.IntRange(0, 2).Draw(t, "blank") == 0 {
			return ""
		}
		clock := ""
		if rapid.Bool().Draw(t, "clock") {
			clock = fmt.Sprintf(" %02d:30", rapid.IntRange(7, 16).Draw(t, "hour"))
		}
		return (data.Date(2023, 3, 13) + data.Day(rapid.IntRange(0, 40).Draw(t, "day"))).String() + clock
	})
	row := rapid.Custom(func(t *rapid.T) []string {
		status := rapid.SampledFrom([]string{"", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"}).Draw(t, "status")
		return []string{rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, "owner"), rapid.SampledFrom([]string{"", "0950492149", "95049214"}).Draw(t, "phone"), "",
			status, "13/03/2023", day.Draw(t, "due"), day.Draw(t, "redue"), day.Draw(t, "ended"), day.Draw(t, "returned"), ""}
	})
	rapid.Check(t, func(rt *rapid.T) {
		d := record(t, row.Draw(rt, "first")...).Dossier
		for i := range rapid.IntRange(1, 4).Draw(rt, "rows") {
			r := record(t, row.Draw(rt, fmt.Sprint("row", i))...)
			var err error
			if d, _, err = exchange.Merge(d, r, exchange.MergeOptions{}); err != nil {
				rt.Fatal(err)
			}
			if s := d.On(data.MaxDay).Status; r.Status != 0 && r.Status != s &&
				!(r.Status == data.Received && s == data.Processing) && r.Status != data.Registered {
				rt.Fatalf("the file says %v, the dossier %v: %+v", r.Status, s, d.Events)
			}
			again, changes, err := exchange.Merge(d, r, exchange.MergeOptions{})
			if err != nil || len(changes) != 0 || !cmp.Equal(again, d) {
				rt.Fatalf("second time: %q, %v\n%+v\n%+v", changes, err, d.Events, d.On(data.MaxDay))
			}
		}
	})
}

// TestNumbersOfPeopleAreMerged: a later list brings both numbers of the owner; one that
// is in doubt gives way, and is told.
func TestNumbersOfPeopleAreMerged(t *testing.T) {
	start := record(t, "A", "", "", "4", "01/03/2023", "15/03/2023", "", "", "", "")
	later := record(t, "A", "", "", "4", "01/03/2023", "15/03/2023", "", "", "", "")
	later.Dossier.Owner.Phone, later.Dossier.Owner.Identity = "0950000001", "079200000001"
	merged, changes, err := exchange.Merge(start.Dossier, later, exchange.MergeOptions{})
	if err != nil || merged.Owner.Phone != "0950000001" || merged.Owner.Identity != "079200000001" || len(changes) != 2 {
		t.Errorf("%q %v %+v", changes, err, merged.Owner)
	}
}
