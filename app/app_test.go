package app

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fyne.io/fyne/v2/storage"

	"giaoban/app/command"
)

// describe reads a value of FyneApp.toml.
func describe(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?m)^` + name + ` = "?([^"\n]*)"?$`).FindSubmatch(text)
	if m == nil {
		t.Fatalf("FyneApp.toml has no %s", name)
	}
	return string(m[1])
}

func TestDescriptionOfTheProgram(t *testing.T) {
	if id := describe(t, "ID"); id != appID {
		t.Errorf("FyneApp.toml names %s, the program %s: its preferences would be lost", id, appID)
	}
	if v := describe(t, "Version"); !regexp.MustCompile(`^\d+\.\d+\.\d+$`).MatchString(v) {
		t.Errorf("version %q", v)
	}
	if describe(t, "Name") != "Sổ Giao Ban CCHC" || describe(t, "fyneDo") != "true" {
		t.Errorf("name %q, fyneDo %q", describe(t, "Name"), describe(t, "fyneDo"))
	}
	if icon := describe(t, "Icon"); !exists("../" + icon) {
		t.Errorf("the icon %s is missing", icon)
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func TestVersionIsThatOfTheManifest(t *testing.T) {
	text, err := os.ReadFile("../FyneApp.toml")
	if err != nil || !strings.Contains(string(text), `Version = "`+Version+`"`) {
		t.Errorf("FyneApp.toml does not name version %s: %v", Version, err)
	}
}

func TestLevelOfTheLogIsTakenFromTheArguments(t *testing.T) {
	for _, args := range [][]string{{"--log-level", "debug", "--file", "x"}, {"-log-level=debug", "--file", "x"}, {"--file", "x", "-log-level", "debug"}} {
		if rest, level, ok := takeLevel(args); !ok || level != "debug" || strings.Join(rest, " ") != "--file x" {
			t.Errorf("%q: %q, %q, %v", args, rest, level, ok)
		}
	}
	if _, _, ok := takeLevel([]string{"--log-level"}); ok {
		t.Error("no level is a level")
	}
}

func TestFaultsOfAFileAreReportedWithoutTheDossier(t *testing.T) {
	for text, want := range map[string]string{
		"Hồ sơ H99.22.17-261130-0007: chỉ mục mã không khớp.": "Hồ sơ …: chỉ mục mã không khớp.", "Hồ sơ số nội bộ 77 không đọc được.": "Hồ sơ số nội bộ # không đọc được.",
	} {
		if got := faultKind(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestDroppedFiles(t *testing.T) {
	for text, want := range map[string]string{
		"file:///nha/xuat.xlsx": "/nha/xuat.xlsx", "file:///nha/S%E1%BB%95%20h%E1%BB%93%20s%C6%A1.xlsx": "/nha/Sổ hồ sơ.xlsx", "file:///nha/100%25.xlsx": "/nha/100%.xlsx",
	} {
		u, err := storage.ParseURI(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := localPath(u); got != filepath.FromSlash(want) {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}

// TestMainWithoutAWindow starts the program with arguments that open none.
func TestMainWithoutAWindow(t *testing.T) {
	args, stdout, stderr := os.Args, os.Stdout, os.Stderr
	defer func() { os.Args, os.Stdout, os.Stderr = args, stdout, stderr }()
	file := filepath.Join(t.TempDir(), "so.db")
	for _, c := range []struct {
		args     []string
		code     int
		out, err string
	}{
		{[]string{"--help"}, command.ExitDone, "giaoban figures", ""},
		{[]string{"help"}, command.ExitDone, "giaoban import", ""},
		{[]string{"--file"}, command.ExitUsage, "", "Thiếu tên tệp"},
		{[]string{"bay"}, command.ExitUsage, "", "Không có lệnh «bay»"},
		{[]string{"figures", "--period", "2022", "--file", file}, command.ExitFailed, "", "Không thấy tệp dữ liệu"},
		{[]string{"--file", file, "figures", "--period", "2022"}, command.ExitFailed, "", "Không thấy tệp dữ liệu"},
		{[]string{"due", "--received", "2023-10-27", "--term", "5", "--unit", "ngay-lam-viec"}, command.ExitDone, "03/11/2023", ""},
	} {
		out, err := os.Create(filepath.Join(t.TempDir(), "out"))
		if err != nil {
			t.Fatal(err)
		}
		errs, err := os.Create(filepath.Join(t.TempDir(), "err"))
		if err != nil {
			t.Fatal(err)
		}
		os.Args, os.Stdout, os.Stderr = append([]string{"giaoban"}, c.args...), out, errs
		code := Main()
		os.Stdout, os.Stderr = stdout, stderr
		said, err1 := os.ReadFile(out.Name())
		complained, err2 := os.ReadFile(errs.Name())
		out.Close()
		errs.Close()
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		holds := func(text []byte, part string) bool {
			return part == "" && len(text) == 0 || part != "" && strings.Contains(string(text), part)
		}
		if code != c.code || !holds(said, c.out) || !holds(complained, c.err) {
			t.Errorf("%v: exit %d, %q, %q; want %+v", c.args, code, said, complained, c)
		}
	}
	if exists(file) {
		t.Error("a data file was made")
	}
}
