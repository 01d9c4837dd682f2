package text_test

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"giaoban/data/text"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"":                                      "",
		"Nguyễn Văn A ":                         "Nguyễn Văn A ",
		"Nguye\u0302\u0303n\u00a0A\u200b\ufeff": "Nguyễn A",
		"H99.01\u200e-2303\u00ad02\u202a-00\u202e01\u202c": "H99.01-230302-0001",
		"\u2066a\u2069\u061cb\u180ec\u2060d\u034fe\ufe0ff": "abcdef",
		"một\u2003hai\u3000ba\u202fbốn":                    "một hai ba bốn",
		"một\r\nhai\u2028ba\vbốn\u0085năm":                 "một\nhai\nba\nbốn\nnăm",
		"cột\tcột":                                         "cột\tcột",
		"a\u200b\u0300":                                    "à",
		"\x00\x1f\x7f\u009f":                               "",
		"h\xffa":                                           "h\uFFFDa",
		"Ðặng Thúy":                                        "Ðặng Thúy", // what was written stays
	} {
		if got := text.Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLine(t *testing.T) {
	var arena []byte
	for in, want := range map[string]string{
		"": "", " ": "", "\u200e\n": "", "Hòa": "Hòa", " một \t hai\r\n\u00a0ba\u200b ": "một hai ba", "a\u200b b": "a b", "ba  bốn": "ba bốn",
		"\xe1\xba": "\uFFFD\uFFFD",
	} {
		if got := text.Line(in); got != want && strings.Trim(got, "\uFFFD") != strings.Trim(want, "\uFFFD") {
			t.Errorf("Line(%q) = %q, want %q", in, got, want)
		}
		if got := text.LineBytes([]byte(in), &arena); string(got) != text.Line(in) {
			t.Errorf("LineBytes(%q) = %q", in, got)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Nguyễn Thị Huyền": "nguyen thi huyen", "ĐẶNG Đình": "dang dinh", "Ủy ban nhân dân": "uy ban nhan dan", "Điện Biên 12": "dien bien 12",
		"Nguye\u0302\u0303n": "nguyen", "H99.01-220305": "h99.01-220305", "": "", "ƯỚC ước": "uoc uoc", "😀": "😀",
		"Ðặng Ɖình ðɖ": "dang dinh dd", "a\u00adb\u200ec\u202ad\ufeffe": "abcde", "một\u00a0hai\u2003ba\tbốn": "mot hai ba bon",
	} {
		if got := text.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"Ngày, tháng": "ngay thang", " (Ðơn vị) / Phòng ": "don vi phong", "–": "", "Số\nbiên nhận": "so bien nhan"} {
		if got := text.Words(in); got != want {
			t.Errorf("Words(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNameKey(t *testing.T) {
	for _, same := range [][]string{
		{"Thủy sản", "Thuỷ sản", " THỦY  SẢN", "Thu\u0309y sản", "thuỷ\u00a0sản\u200b"},
		{"Hòa giải", "Hoà giải"},
		{"UBND phường Hòa Bình", "UBND phường Hoà Bình"},
		{"Sức khỏe", "Sức khoẻ"},
		{"Lũy kế", "Luỹ kế"},
		{"Đặng", "Ðặng", "Ɖặng", "đẶNG", "ðặng", "ɖặng"},
		{"Thúy-Hòa", "Thuý-Hoà"},
		{"Quý", "Qúy"},
	} {
		for _, name := range same[1:] {
			if text.NameKey(name) != text.NameKey(same[0]) {
				t.Errorf("%q and %q are not one name", same[0], name)
			}
		}
	}
	for _, differ := range [][2]string{
		{"Hòa", "Hoa"}, {"Hòa", "Hóa"}, {"Thủy", "Thụy"}, {"Đông", "Dông"}, {"giặt gịa", "giặt giạ"}, {"Xã 1", "Xã 11"}, {"Mùa", "Muà"}, {"Tân Hòa", "Tân Hoàn"},
	} {
		if text.NameKey(differ[0]) == text.NameKey(differ[1]) {
			t.Errorf("%q and %q are one name", differ[0], differ[1])
		}
	}
	if got := text.Spellings("Thuỷ Hòa An"); got != "thuỷ hoà an\x1Fthủy hòa an" {
		t.Errorf("spellings %q", got)
	}
	if got := text.Spellings("Tân An"); got != "tân an" {
		t.Errorf("spellings %q", got)
	}
}

// FuzzText holds what is true of every text: cleaning twice changes nothing
// more, and what is one text when cleaned is one text when folded.
func FuzzText(f *testing.F) {
	for _, s := range []string{"Ðặng Thúy Hòa", "a\u200b\u0300\n\r\n", "\xff\xe1\xba \u202e", "H99.01\u00ad-1", "\u0300x\u034f\u0301", "\u00d2a hoa\u0300"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		clean, line := text.Clean(s), text.Line(s)
		if text.Clean(clean) != clean || !norm.NFC.IsNormalString(clean) || !utf8.ValidString(clean) {
			t.Fatalf("Clean(%q) = %q", s, clean)
		}
		if text.Line(line) != line || text.Line(clean) != line || strings.TrimSpace(line) != line || strings.ContainsAny(line, "\n\t\r") {
			t.Fatalf("Line(%q) = %q", s, line)
		}
		if text.Words(clean) != text.Words(s) {
			t.Fatalf("Words of %q differ: %q, %q", s, text.Words(clean), text.Words(s))
		}
		if key := text.NameKey(s); text.NameKey(key) != key || text.NameKey(line) != key {
			t.Fatalf("NameKey(%q) = %q", s, key)
		}
		var arena []byte
		if got := string(text.LineBytes([]byte(s), &arena)); got != line {
			t.Fatalf("LineBytes(%q) = %q", s, got)
		}
	})
}

func TestAll(t *testing.T) {
	type word string
	type inner struct {
		Note  string
		Tags  []word
		Bytes []byte
		own   string
	}
	type outer struct {
		Name  string
		Two   [2]string
		In    *inner
		Any   any
		Map   map[string]string
		Inner []inner
	}
	const bad, good = "H\u200e1", "H1"
	in := outer{bad, [2]string{"a", bad}, &inner{Note: bad, Tags: []word{"x", bad}, Bytes: []byte(bad), own: bad}, bad, map[string]string{"k": bad, "l": "m"}, []inner{{Note: "a"}, {Note: bad}}}
	want := outer{good, [2]string{"a", good}, &inner{Note: good, Tags: []word{"x", good}, Bytes: []byte(bad), own: bad}, good, map[string]string{"k": good, "l": "m"}, []inner{{Note: "a"}, {Note: good}}}
	if got := text.All(in); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	if in.Name != bad || in.In.Note != bad || in.In.Tags[1] != bad || in.Map["k"] != bad || in.Inner[1].Note != bad {
		t.Errorf("what came in was changed: %+v", in)
	}
	if got := text.All[any](nil); got != nil {
		t.Errorf("%v", got)
	}
}

// TestCaseOfSentences: abbreviations keep their letters, and nothing stays nothing.
func TestCaseOfSentences(t *testing.T) {
	for s, want := range map[string][2]string{"": {"", ""}, "đơn vị": {"Đơn vị", "đơn vị"}, "Ý kiến": {"Ý kiến", "ý kiến"}, "UBND xã": {"UBND xã", "UBND xã"}, "Ô": {"Ô", "ô"}, "6 tháng": {"6 tháng", "6 tháng"}} {
		if text.Sentence(s) != want[0] || text.Within(s) != want[1] {
			t.Errorf("«%s» becomes «%s» and «%s»", s, text.Sentence(s), text.Within(s))
		}
	}
}
