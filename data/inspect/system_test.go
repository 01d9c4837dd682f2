package inspect_test

import (
	"testing"

	"giaoban/data"
)

// TestSystemOfCodeAndProcedure: the system that gave the code and the one that processes
// the procedure are compared as of the day of reception, where both are known.
func TestSystemOfCodeAndProcedure(t *testing.T) {
	province, justice := "H56.01-230306-0001", "H56.01-230306-150123"
	before, after := data.Date(2023, 2, 28), data.Date(2023, 3, 1)
	for _, c := range []struct {
		name      string
		code, ext string
		system    string // of the dossier, as typed
		procedure uint32
		received  data.Day
		want      int
	}{
		{"of its time", province, "", "", 4, before, 0},
		{"a province's code after the take-over", province, "", "", 4, after, 1},
		{"the ministry's code after it", justice, "", "", 4, after, 0},
		{"the ministry's code before it", justice, "", "", 4, before, 1},
		{"kept there under its code", province, justice, "", 4, after, 0},
		{"kept there, named by an officer", province, "", "bộ tư pháp", 4, after, 0},
		{"kept in a third one", province, "", "Bộ Y tế", 4, after, 1},
		{"a procedure without a system", justice, "", "", 1, after, 0},
		{"a code that names no system", "MC-12", "", "", 4, after, 0},
	} {
		d := good(func(d *data.Dossier) {
			d.Code, d.ExternalCode, d.ExternalSystem, d.Procedure, d.Received.Day = c.code, c.ext, c.system, c.procedure, c.received
		})
		if got := found(office(), d)["system-differs"]; got != c.want {
			t.Errorf("%s: %d findings, want %d", c.name, got, c.want)
		}
	}
}
