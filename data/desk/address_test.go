package desk_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"giaoban/data/desk"
)

func TestParseAddress(t *testing.T) {
	for _, c := range []struct {
		text, area string
		want       desk.Address
	}{
		{"Thôn 2, xã Hòa Mẫu, tỉnh Mẫu", "", desk.Address{House: "Thôn 2", Commune: "xã Hòa Mẫu", Province: "tỉnh Mẫu"}},
		{"Số 5, ngõ 3, Phường Mẫu Một, thành phố Mẫu", "", desk.Address{House: "Số 5, ngõ 3", Commune: "Phường Mẫu Một", Province: "thành phố Mẫu"}},
		{"Thôn 2, xã Hòa Mẫu, huyện Mẫu, tỉnh Mẫu", "", desk.Address{House: "Thôn 2", Commune: "xã Hòa Mẫu, huyện Mẫu", Province: "tỉnh Mẫu"}},
		{"Thôn 2, xã Hòa Mẫu, huyện Mẫu", "", desk.Address{House: "Thôn 2", Commune: "xã Hòa Mẫu, huyện Mẫu"}},
		{"Tổ 4, Hòa Mẫu, Tỉnh Mẫu", "hòa mẫu", desk.Address{House: "Tổ 4", Commune: "Hòa Mẫu", Province: "Tỉnh Mẫu"}},
		{"Xã Hòa Mẫu", "", desk.Address{Commune: "Xã Hòa Mẫu"}},
		{"Số 5 đường Mẫu, Tỉnh Mẫu", "", desk.Address{House: "Số 5 đường Mẫu", Province: "Tỉnh Mẫu"}},
		{"Số 5 đường Mẫu, Hòa Mẫu, Mẫu", "", desk.Address{House: "Số 5 đường Mẫu", Commune: "Hòa Mẫu", Province: "Mẫu"}},
		{"Số 5 đường Mẫu", "", desk.Address{House: "Số 5 đường Mẫu"}},
		{"", "Xã Hòa Mẫu", desk.Address{Commune: "Xã Hòa Mẫu"}},
		{" ", "", desk.Address{}},
	} {
		if got := desk.ParseAddress(c.text, c.area); got != c.want {
			t.Errorf("%q, %q: %+v, want %+v", c.text, c.area, got, c.want)
		}
	}
}

// TestAddressComesBack joins what was taken apart.
func TestAddressComesBack(t *testing.T) {
	part := rapid.SampledFrom([]string{"Thôn 2", "Số 5", "xã Hòa Mẫu", "Phường Mẫu", "huyện Mẫu", "thị xã Mẫu", "Quận 3", "tỉnh Mẫu", "Thành phố Mẫu", "Hòa Mẫu", "P.5"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(part, 1, 6).Draw(t, "parts"), ", ")
		area := rapid.SampledFrom([]string{"", "Hòa Mẫu", "Xã Không Có"}).Draw(t, "area")
		a := desk.ParseAddress(text, area)
		if a.String() != text {
			t.Fatalf("%q became %+v", text, a)
		}
		if again := desk.ParseAddress(a.String(), area); again != a {
			t.Fatalf("%+v became %+v", a, again)
		}
	})
	whole := desk.Address{House: " Thôn  2 ,", Commune: "xã Hòa Mẫu", Province: ""}
	if whole.String() != "Thôn 2, xã Hòa Mẫu" || (desk.Address{House: " , "}).Empty() != true {
		t.Errorf("%q", whole.String())
	}
}
