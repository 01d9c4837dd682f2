//go:build e2e

package app

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestStateIsWrittenWhole(t *testing.T) {
	dir := t.TempDir()
	stateFile, lastState = "", visible{}
	defer func() { stateFile, lastState = "", visible{} }()
	writeState(visible{Screen: "register"})
	if list, _ := os.ReadDir(dir); len(list) != 0 {
		t.Fatal("written although nobody asked")
	}

	stateFile = filepath.Join(dir, "state.json")
	for _, want := range []visible{
		{Screen: "overview", Status: "86.314 hồ sơ"},
		{Screen: "register", Listed: 12, Selected: "H99-1", Toast: "Đã xuất 12 hồ sơ", Dialog: "Khoảng ngày"},
	} {
		writeState(want)
		text, err := os.ReadFile(stateFile)
		if err != nil {
			t.Fatal(err)
		}
		var got visible
		dec := json.NewDecoder(strings.NewReader(string(text)))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&got); err != nil || got != want {
			t.Errorf("%s, %v", text, err)
		}
		for _, key := range []string{"screen", "listed", "selected", "status", "toast", "dialog"} {
			if !strings.Contains(string(text), `"`+key+`":`) {
				t.Errorf("%s lacks %s", text, key)
			}
		}
		if exists(stateFile + ".part") {
			t.Error("half a state is left")
		}
		// What did not change is not written again.
		if err := os.Remove(stateFile); err != nil {
			t.Fatal(err)
		}
		if writeState(want); exists(stateFile) {
			t.Error("the same state was written twice")
		}
	}
	// A folder that is gone does not stop the program.
	stateFile = filepath.Join(dir, "khong-co", "state.json")
	writeState(visible{Screen: "settings"})
}
