package command_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func publicFixture(name string) string {
	return filepath.Join("../../data/exchange/testdata/public", name)
}

type listed struct {
	Code, Owner, Unit, Address string
}

// dossiers lists what a query finds.
func dossiers(t *testing.T, args ...string) (list []listed) {
	t.Helper()
	if err := json.Unmarshal([]byte(must(t, append([]string{"dossiers", "--json"}, args...)...)), &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// TestLettersOfTheSameLook reads Ð (U+00D0) as Đ in headings and names, and
// keeps what was written.
func TestLettersOfTheSameLook(t *testing.T) {
	db := filepath.Join(t.TempDir(), "so.db")
	must(t, "import", publicFixture("eth-letter/headings.csv"), "--file", db)
	if list := dossiers(t, "--file", db); len(list) != 1 || list[0].Unit != "UBND xã Tân Hòa" || list[0].Address != "Xã Y" {
		t.Errorf("headings with Ð: %+v", list)
	}
	db = filepath.Join(t.TempDir(), "so.db")
	must(t, "import", publicFixture("eth-letter/names.csv"), "--file", db)
	for _, text := range []string{"dang thuy hoa", "Đặng Thúy Hòa", "Ðặng Thuý Hoà", "ĐẶNG THÚY", "đặng thúy hoà"} {
		list := dossiers(t, text, "--file", db)
		if len(list) != 2 {
			t.Errorf("%q finds %d of 2", text, len(list))
		}
	}
	if list := dossiers(t, "--sort", "code", "--file", db); list[0].Owner != "Đặng Thúy Hòa" || list[1].Owner != "Ðặng Thúy Hòa" {
		t.Errorf("the spelling was changed: %+v", list)
	}
}

// TestSchoolsOfSpelling counts old and new places of the tone as one name of
// fields and units.
func TestSchoolsOfSpelling(t *testing.T) {
	rows := func(file, by string) (names []string) {
		db := filepath.Join(t.TempDir(), "so.db")
		must(t, "import", publicFixture("tone-style-names/"+file), "--file", db)
		var out struct {
			Rows []struct {
				Name     string
				Received int
			}
		}
		if err := json.Unmarshal([]byte(must(t, "figures", "--period", "2023", "--by", by, "--json", "--file", db)), &out); err != nil {
			t.Fatal(err)
		}
		for _, r := range out.Rows {
			if r.Received != 2 {
				t.Errorf("%s: %d of 2", r.Name, r.Received)
			}
			names = append(names, r.Name)
		}
		return names
	}
	if names := rows("fields.csv", "field"); len(names) != 4 {
		t.Errorf("fields %q", names)
	}
	if names := rows("units.csv", "unit"); len(names) != 1 || names[0] != "UBND phường Hòa Bình" {
		t.Errorf("units %q", names)
	}
}

// TestInvisibleCharacters takes marks of direction, soft hyphens and zero widths
// off what comes in, so that the second import of a code is no second dossier.
func TestInvisibleCharacters(t *testing.T) {
	dir := t.TempDir()
	db, file := filepath.Join(dir, "so.db"), filepath.Join(dir, "mot\u202edanh sach.csv")
	text := "Mã hồ sơ;Chủ hồ sơ;Ngày tiếp nhận;Ngày hẹn trả;Đơn vị\n" +
		"H56.22.17-230302-0001;Nguyễn Văn A;02/03/2023;09/03/2023;UBND xã A\n" +
		"\u200eH56.22.17-2303\u00ad02-0001\u202c;Nguyễn\u2003Văn\u200b A;\u202a02/03/2023;09/03/2023\ufeff;UBND\u00a0xã A\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out := must(t, "import", file, "--json", "--file", db)
	if !strings.Contains(out, `"new": 1`) || !strings.Contains(out, `"duplicate": 1`) || !strings.Contains(out, `"motdanh sach.csv"`) {
		t.Errorf("%s", out)
	}
	for _, typed := range []string{"H56.22.17-230302-0001", "\u200eH56.22.17-2303\u00ad02-0001", "nguyen\u202a van"} {
		if list := dossiers(t, typed, "--file", db); len(list) != 1 {
			t.Errorf("%q finds %d", typed, len(list))
		}
	}
	if list := dossiers(t, "--unit", "UBND\u00a0Xã A\u200e", "--file", db); len(list) != 1 {
		t.Errorf("unit finds %d", len(list))
	}
}
