package widget_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/lang"
	"golang.org/x/text/unicode/norm"

	"giaoban/app/widget"
	"giaoban/assets"
)

// TestVietnameseIsComplete compares with the English file of the toolkit that is
// built in, so that another version of it cannot bring English words back.
func TestVietnameseIsComplete(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "fyne.io/fyne/v2").Output()
	if err != nil {
		t.Fatalf("the toolkit's sources: %v", err)
	}
	file, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), "lang", "translations", "base.en.json"))
	if err != nil {
		t.Fatal(err)
	}
	var english, vietnamese map[string]any
	if err := json.Unmarshal(file, &english); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(assets.Vietnamese, &vietnamese); err != nil {
		t.Fatal(err)
	}
	if len(english) < 30 {
		t.Fatalf("only %d words in the toolkit", len(english))
	}
	for key, en := range english {
		vi, ok := vietnamese[key]
		if m, plural := vi.(map[string]any); plural {
			vi, ok = m["other"], m["other"] != nil
		}
		if m, plural := en.(map[string]any); plural {
			en = m["other"]
		}
		text, _ := vi.(string)
		if !ok || text == "" || text == en {
			t.Errorf("%q is not translated", key)
		}
		if !norm.NFC.IsNormalString(text) {
			t.Errorf("%q is not NFC", text)
		}
	}
}

func TestInstalledVietnameseIsUsed(t *testing.T) {
	start(t)
	if err := widget.InstallVietnamese(); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"Cancel": "Hủy bỏ", "Paste": "Dán", "Select all": "Chọn tất cả"} {
		if got := lang.L(key); got != want {
			t.Errorf("%s is %q", key, got)
		}
	}
	if got := lang.X("file.name", "Name"); got != "Tên" {
		t.Errorf("file.name is %q", got)
	}
}
