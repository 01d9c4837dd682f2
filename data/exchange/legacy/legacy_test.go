package legacy_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"giaoban/data/exchange/legacy"
	"golang.org/x/text/unicode/norm"
)

func TestDecode(t *testing.T) {
	cases := []struct {
		e        legacy.Encoding
		in, want string
	}{
		{legacy.TCVN3, "\xae\xac n v\xde ti\xd5p nh\xcbn", "đơ n vị tiếp nhận"},
		{legacy.TCVN3, "tr\xad\xebng ph\xdfng", "trưởng phòng"},
		{legacy.TCVN3Upper, "kh\xbec", "KHẮC"},
		{legacy.TCVN3Upper, "ubnd", "UBND"},
		{legacy.VNI, "\xd1\xf4n v\xf2 tie\xe1p nha\xe4n", "Đơn vị tiếp nhận"},
		{legacy.VNI, "Tra\xefng tha\xf9i x\xf6\xfb ly\xf9", "Trạng thái xử lý"},
		{legacy.VNI, "TRA\xcfNG THA\xd9I", "TRẠNG THÁI"},
		{legacy.Windows1258, "ti\xea\xecp nh\xe2\xf2n", "tiếp nhận"},
		{legacy.UTF8, "tiếp", "tiếp"},
	}
	for _, c := range cases {
		if got := legacy.Bytes(c.e, []byte(c.in)); got != c.want {
			t.Errorf("%v %q: %q, want %q", c.e, c.in, got, c.want)
		}
	}
}

func TestTextOfWorkbookCells(t *testing.T) {
	for _, c := range []struct {
		e        legacy.Encoding
		in, want string
	}{
		{legacy.TCVN3, "tªn thñ tôc hµnh chÝnh", "tên thủ tục hành chính"},
		{legacy.VNI, "Ñaêng kyù keát hoân", "Đăng ký kết hôn"},
		{legacy.Mojibake, "Há»“ sÆ¡", "Hồ sơ"},
		{legacy.Mojibake, "Hồ sơ", "Hồ sơ"},
	} {
		if got := legacy.Text(c.e, c.in); got != c.want {
			t.Errorf("%v %q: %q, want %q", c.e, c.in, got, c.want)
		}
	}
}

func TestGuess(t *testing.T) {
	const text = "Sổ theo dõi hồ sơ, đơn vị tiếp nhận, thủ tục hành chính, người nhận, ngày hẹn trả, đã trả kết quả"
	for _, c := range []struct {
		name   string
		sample []byte
		want   legacy.Encoding
	}{
		{"utf8", []byte(text), legacy.UTF8},
		{"utf8 cut", []byte(text + "ả")[:len(text)+2], legacy.UTF8},
		{"nfd", []byte(norm.NFD.String(text)), legacy.UTF8},
		{"ascii", []byte("MaHoSo,MaTTHC"), legacy.UTF8},
		{"mojibake", []byte("MÃ£ há»“ sÆ¡, ngÃ y tiáº¿p nháº\u00adn, thá»§ tá»¥c"), legacy.Mojibake},
		{"vni as unicode", []byte("Ñaõ traû keát quaû, ñôn vò tieáp nhaän, thuû tuïc haønh chính"), legacy.VNI},
		{"tcvn3 as unicode", []byte("®· tr¶ kÕt qu¶, ®¬n vÞ tiÕp nhËn, thñ tôc hµnh chÝnh"), legacy.TCVN3},
		{"tcvn3", []byte("\xae\xb7 tr\xb6 k\xd5t qu\xb6, \xae\xacn v\xde ti\xd5p nh\xcbn"), legacy.TCVN3},
		{"1258", []byte("\xd0\xe3 tra\xd2 k\xea\xect qua\xd2, ti\xea\xecp nh\xe2\xf2n, thu\xd2 tu\xf2c"), legacy.Windows1258},
	} {
		if got := legacy.Guess(c.sample, legacy.UTF8); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestOfFont(t *testing.T) {
	for name, want := range map[string]legacy.Encoding{
		".VnTime": legacy.TCVN3, ".VnTimeH": legacy.TCVN3Upper, ".VNARIAL": legacy.TCVN3, "VNI-Times": legacy.VNI,
		"Times New Roman": legacy.UTF8, "": legacy.UTF8,
	} {
		if got := legacy.OfFont(name); got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}

func TestSyllable(t *testing.T) {
	for _, w := range strings.Fields("nghiêng Đường ương quyết giếng khuỷu ở yêu thuở quốc hoà hòa Ước Út Ẩn") {
		if !legacy.Syllable(w) {
			t.Errorf("%s should be a syllable", w)
		}
	}
	for _, w := range strings.Fields("tiÕp há»“ ®¬n tieáp ắắ") {
		if legacy.Syllable(w) {
			t.Errorf("%s should not be a syllable", w)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("ti\xd5p nh\xcbn"), uint8(2))
	f.Add([]byte("Há»“ sÆ¡"), uint8(5))
	f.Add([]byte("a\xe1\xe1\xf9"), uint8(4))
	f.Fuzz(func(t *testing.T, b []byte, e uint8) {
		if len(b) > 1<<16 {
			return
		}
		got := legacy.Bytes(legacy.Encoding(e%6), b)
		if !utf8.ValidString(got) {
			t.Fatalf("not UTF-8: %q", got)
		}
		if len(got) > 12*len(b)+12 {
			t.Fatalf("%d bytes became %d", len(b), len(got))
		}
		legacy.Guess(b, legacy.Encoding(e%6))
	})
}
