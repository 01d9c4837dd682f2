package printed

import (
	"math/big"
	"slices"
	"testing"
)

func number(t *testing.T, s string) Number {
	t.Helper()
	n, err := Parse(s)
	if err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return n
}

func item(t *testing.T, what, value, percent string, parts ...Item) Item {
	return Item{what, number(t, value), number(t, percent), parts}
}

func codes(list []Finding) (out []Code) {
	for _, f := range list {
		out = append(out, f.Code)
	}
	return out
}

// TestFiguresOfArticles types the printed figures of the source articles and expects
// what register-and-reports 8 proved of each.
func TestFiguresOfArticles(t *testing.T) {
	// 000: on time is no part of received; 157.425 would fit.
	list := Test([]Item{item(t, "Tiếp nhận", "177.206", ""), item(t, "Giải quyết đúng hạn", "157.000", "99,73")})
	if len(list) != 1 || list[0].Code != Misfit || list[0].Best != 157_425 || list[0].Bases[0].Percent != "88,60" {
		t.Errorf("article 000: %+v", list)
	}
	if want := "Giải quyết đúng hạn: 157.000 (99,73 %) không khớp với số nào đã nhập (Tiếp nhận 177.206: 88,60 %). Mẫu số khớp: khoảng 157.425 (từ 157.418 đến 157.432)."; list[0].Text != want {
		t.Errorf("article 000:\n%s\nwant\n%s", list[0].Text, want)
	}
	// 003: two denominators in one sentence.
	town := []Item{item(t, "Tiếp nhận", "34.170", ""), item(t, "mới tiếp nhận", "31.731", ""), item(t, "đã giải quyết", "32.514", ""),
		item(t, "Trực tuyến", "hơn 29.200", "92,31"), item(t, "Bưu chính", "15.977", "46,76"), item(t, "giải quyết trước hạn", "trên 18.200", "")}
	want := map[string]string{"Trực tuyến": "mới tiếp nhận", "Bưu chính": "Tiếp nhận"}
	for _, f := range Test(town) {
		if base, ok := want[f.What]; ok {
			for _, b := range f.Bases {
				if b.Fits != (b.What == base) {
					t.Errorf("%s of %s: fits %v", f.What, b.What, b.Fits)
				}
			}
			delete(want, f.What)
		}
		if f.Contradicts() {
			t.Errorf("article 003 contradicts itself: %+v", f)
		}
	}
	if len(want) > 0 {
		t.Errorf("nothing told of %v", want)
	}
	// 003, communes: neither printed total.
	list = Test([]Item{item(t, "Xã tiếp nhận", "25.615", ""), item(t, "Xã đã giải quyết", "25.397", ""), item(t, "Xã trực tuyến", "23.596", "92,76")})
	i := slices.IndexFunc(list, func(f Finding) bool { return f.Code == Misfit })
	if i < 0 || list[i].Low != 25_437 || list[i].High != 25_439 || list[i].Bases[0].Percent != "92,12" || list[i].Bases[1].Percent != "92,91" {
		t.Errorf("article 003, communes: %+v", list)
	}
	// 004 and 002.
	for _, c := range []struct{ value, percent string }{{"67/76", "88,2"}, {"63/63", "100"}, {"20,39/25", "81,6"}} {
		if list := Test([]Item{item(t, "a", c.value, c.percent)}); len(list) != 1 || list[0].Code != Fits {
			t.Errorf("%s of %s: %+v", c.percent, c.value, list)
		}
	}
	list = Test([]Item{item(t, "Cơ sở y tế", "12.597", "98,2"), item(t, "tổng số cơ sở", "12.000", "")})
	if list[0].Low != 12_822 || list[0].High != 12_834 {
		t.Errorf("article 004: %+v", list[0])
	}
}

func TestSumsAndIdentities(t *testing.T) {
	for _, c := range []struct {
		name  string
		items []Item
		want  []Code
	}{
		{"parts that add up", []Item{item(t, "Tổng", "10", "", item(t, "a", "4", "40"), item(t, "b", "6", "60"))}, []Code{Adds}},
		{"parts that do not", []Item{item(t, "Tổng", "10", "", item(t, "a", "4", ""), item(t, "b", "5", ""))}, []Code{OffSum}},
		{"a share that is wrong", []Item{item(t, "Tổng", "10", "", item(t, "a", "4", "45"), item(t, "b", "6", "60"))}, []Code{Misfit, Adds, OffSum}},
		{"received", []Item{item(t, "tiếp nhận", "100", ""), item(t, "kỳ trước chuyển sang", "10", ""), item(t, "tiếp nhận mới", "90", "")}, []Code{Agrees}},
		{"received, off", []Item{item(t, "tiếp nhận", "100", ""), item(t, "kỳ trước chuyển sang", "10", ""), item(t, "tiếp nhận mới", "91", "")}, []Code{Broken}},
		{"resolved more than received", []Item{item(t, "tiếp nhận", "100", ""), item(t, "đã giải quyết", "101", "")}, []Code{Larger, Larger}},
		{"what is left", []Item{item(t, "tiếp nhận", "34.170", ""), item(t, "đã giải quyết", "32.514", "")}, []Code{Derived}},
		{"two scopes are not mixed", []Item{item(t, "Xã tiếp nhận", "100", ""), item(t, "Phường đã giải quyết", "101", "")}, nil},
		{"one figure, two values", []Item{item(t, "Hồ sơ", "5", ""), item(t, "hồ sơ", "6", "")}, []Code{Twice}},
		{"none is no impossible share", []Item{item(t, "Tiếp nhận", "10", ""), item(t, "quá hạn", "0", "0")}, []Code{Fits}},
		{"a hundred is none either", []Item{item(t, "Tiếp nhận", "10", ""), item(t, "đúng hạn", "10", "100")}, []Code{Fits}},
		{"over a hundred", []Item{item(t, "Hồ sơ", "5", "101")}, []Code{Impossible}},
	} {
		if got := codes(Test(c.items)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestDenominatorsFit proves that every whole denominator of the span gives the
// percentage, and the ones next to it do not.
func TestDenominatorsFit(t *testing.T) {
	for value := int64(1); value < 400; value += 7 {
		for _, p := range []string{"12,5", "50", "99,73", "0,5", "100"} {
			v, percent := number(t, numberText(value)), number(t, p)
			low, high, _ := denominators(v, percent)
			for _, d := range []int64{low - 1, low, high, high + 1} {
				if want := low <= d && d <= high; d > 0 && low <= high && fits(v, percent, number(t, numberText(d)).Value) != want {
					t.Fatalf("%d of %d is %s: want %v (%d to %d)", value, d, p, want, low, high)
				}
			}
		}
	}
}

func numberText(n int64) string { return Number{Known: true, Value: big.NewRat(n, 1)}.String() }
