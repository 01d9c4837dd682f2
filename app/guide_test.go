package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/disk"
)

// Each page has its part of the guide, without the tables that cannot be drawn.
func TestEveryPageHasItsPartOfTheGuide(t *testing.T) {
	for _, p := range pages {
		text := guideOf(p.ID)
		if len(text) < 200 || !strings.Contains(text, guideParts[p.ID]) || strings.Contains(text, "\n|") {
			t.Errorf("%s: %q", p.ID, text)
		}
	}
	if text := guideOf("reports of tomorrow"); !strings.Contains(text, "- **F1**: phần hướng dẫn") || strings.Contains(text, "**phím**") || !strings.Contains(text, "Ở lại") {
		t.Errorf("an unknown page: %q", text)
	}
	if text := guideOf("briefing"); !strings.Contains(text, "1-3, 5") {
		t.Error("the guide does not tell of ranges of pages")
	}
}

func TestPlacesThatOtherComputersShare(t *testing.T) {
	for path, want := range map[string]string{
		`C:\Users\An\OneDrive\so.db`: "OneDrive", `C:\Users\An\OneDrive - UBND\Sổ\so.db`: "OneDrive", "/home/an/Dropbox (UBND)/so.db": "Dropbox", "/home/an/Dropbox/so.db": "Dropbox",
		`G:\My Drive\so.db`: "Google Drive", `G:\Drive của tôi\so.db`: "Google Drive", "/Users/an/Library/Mobile Documents/com~apple~CloudDocs/so.db": "iCloud", `C:\Users\An\iCloudDrive\so.db`: "iCloud",
		"/home/an/onedriver/so.db": "", `C:\Users\An\Documents\OneDriveCu.db`: "", filepath.Join(t.TempDir(), "so.db"): "",
	} {
		if got := disk.KeptInStep(path); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

// What belongs to a data file goes with it, and the old one is not opened by mistake.
func TestMovedWithWhatBelongsToIt(t *testing.T) {
	from, to := filepath.Join(t.TempDir(), "so.db"), filepath.Join(t.TempDir(), "so-moi.db")
	for path, text := range map[string]string{from: "sổ", filepath.Join(from+".tep", "a", "1"): "minh chứng", filepath.Join(desk.IssuedFolder(from), "2026-11", "x.pdf"): "báo cáo"} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := moveStore(from, to); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{to: "sổ", filepath.Join(to+".tep", "a", "1"): "minh chứng", filepath.Join(desk.IssuedFolder(to), "2026-11", "x.pdf"): "báo cáo", from + movedEnd: "sổ"} {
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", path, got, err)
		}
	}
	if fileThere(from) {
		t.Error("the old file stands under its old name")
	}
	if err := moveStore(to, filepath.Join(from+movedEnd, "so.db")); data.CodeOf(err) == "" || !fileThere(to) {
		t.Errorf("moved into what is no folder: %v", err)
	}
}
