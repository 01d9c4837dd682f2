package app

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"giaoban/data/disk"
)

// Habits are the preferences of the officer that mean the same on another machine:
// columns, saved filters, text size. What names files, windows and days of this machine
// is left out.

// ofMachine are the preferences of this machine alone.
var ofMachine = []string{prefFile, prefRecent, prefDemo, prefTold, prefWidth, prefHeight, prefLevel}

// habitsFile is where the toolkit keeps the preferences.
func habitsFile() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "fyne", appID, "preferences.json")
}

// readHabits returns the habits as JSON, nil for none. They go into each backup.
func readHabits() ([]byte, error) {
	raw, err := os.ReadFile(habitsFile())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, disk.Fail("Không đọc được thiết lập của chương trình", err)
	}
	all := map[string]any{}
	if json.Unmarshal(raw, &all) != nil {
		return nil, nil // the toolkit begins anew with it too
	}
	for key := range all {
		if slices.Contains(ofMachine, key) || strings.HasPrefix(key, prefFolder) {
			delete(all, key)
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	return json.Marshal(all)
}

// keepHabits writes the habits of a backup where this machine has none yet.
func keepHabits(raw []byte) error {
	path := habitsFile()
	if _, err := os.Lstat(path); err == nil || path == "" {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return disk.Fail("Không ghi được thiết lập của chương trình", err)
	}
	return disk.Fail("Không ghi được thiết lập của chương trình", os.WriteFile(path, raw, 0o600))
}

// takeHabits takes those of the habits of a backup that this machine has not yet.
func takeHabits(p fyne.Preferences, raw []byte) {
	all := map[string]any{}
	if json.Unmarshal(raw, &all) != nil {
		return
	}
	for key, value := range all {
		switch v := value.(type) {
		case string:
			if p.String(key) == "" {
				p.SetString(key, v)
			}
		case float64:
			if p.Float(key) == 0 {
				p.SetFloat(key, v)
			}
		case bool:
			if v {
				p.SetBool(key, v)
			}
		}
	}
}
