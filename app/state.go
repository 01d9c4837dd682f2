package app

import (
	"encoding/json"
	"os"
)

// visible is what the window shows, for tests that drive the real window: they
// name a file in GIAOBAN_STATE and read it after each change.
type visible struct {
	Screen   string `json:"screen"`
	Listed   int    `json:"listed"`
	Selected string `json:"selected"`
	Status   string `json:"status"`
	Toast    string `json:"toast"`
	Dialog   string `json:"dialog"`
	Focus    string `json:"focus"` // see widget.Sight
	Value    string `json:"value"`
	Errors   string `json:"errors"`
	Text     string `json:"text"`
	Pages    int    `json:"pages"`
}

var stateFile = os.Getenv("GIAOBAN_STATE")

var lastState visible

// writeState keeps the file in step with the window; without a file it does
// nothing.
func writeState(v visible) {
	if stateFile == "" || v == lastState {
		return
	}
	lastState = v
	raw, err := json.Marshal(v)
	if err != nil {
		return
	}
	// A reader must never see half of it.
	if os.WriteFile(stateFile+".part", raw, 0o600) == nil {
		_ = os.Rename(stateFile+".part", stateFile)
	}
}
