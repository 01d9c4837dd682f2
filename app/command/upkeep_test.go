package command_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/app/command"
)

type checkOutput struct {
	Dossiers   int            `json:"dossiers"`
	Units      int            `json:"units"`
	Fields     int            `json:"fields"`
	Procedures int            `json:"procedures"`
	Entries    int            `json:"entries"`
	Faults     []string       `json:"faults"`
	Notes      []string       `json:"notes"`
	Read       map[string]int `json:"read"`
	Files      map[string]int `json:"files"`
	Journal    journalOutput  `json:"journal"`
}

type journalOutput struct {
	OK     bool   `json:"ok"`
	Count  int    `json:"count"`
	Head   string `json:"head"`
	Faults []struct {
		Seq  uint64 `json:"seq"`
		What string `json:"what"`
	} `json:"faults"`
}

// TestCheckTellsWhatItRead: check reads every bucket and names what it read; of a
// damaged file it names the damage, the newest sound backup and the way to salvage.
func TestCheckTellsWhatItRead(t *testing.T) {
	file := filepath.Join(t.TempDir(), "so.db")
	must(t, "import", fixture("A_server.xlsx"), "--file", file)
	c := parse[checkOutput](t, must(t, "check", "--json", "--file", file))
	if len(c.Faults) > 0 || c.Read["dossier"] != c.Dossiers || c.Dossiers == 0 || c.Read["code"] != c.Dossiers || c.Read["journal"] == 0 || c.Read["change"] == 0 || !c.Journal.OK {
		t.Errorf("%+v", c)
	}
	j := parse[journalOutput](t, must(t, "journal", "verify", "--json", "--file", file))
	if !j.OK || j.Count != c.Journal.Count || j.Head == "" || j.Head != c.Journal.Head || len(j.Faults) > 0 {
		t.Errorf("%+v", j)
	}
	copied := filepath.Join(filepath.Dir(file), "sao-luu", "so-2026-05-01.db")
	if err := os.MkdirAll(filepath.Dir(copied), 0o700); err != nil {
		t.Fatal(err)
	}
	must(t, "backup", "--out", copied, "--file", file)
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	// One letter of a title in the journal.
	at := bytes.LastIndex(raw, []byte("A_server.xlsx"))
	raw[at] ^= 1
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, _ := call("check", "--json", "--file", file)
	d := parse[checkOutput](t, out)
	text := strings.Join(append(d.Faults, d.Notes...), "\n")
	if code != command.ExitFailed || d.Dossiers != c.Dossiers || !strings.Contains(text, "không khớp mã kiểm") || !strings.Contains(text, filepath.Base(copied)) || !strings.Contains(text, "salvage") {
		t.Errorf("exit %d, %+v", code, d)
	}
	if code, out, _ := call("journal", "verify", "--json", "--file", file); code != command.ExitFailed || parse[journalOutput](t, out).OK {
		t.Errorf("exit %d, %s", code, out)
	}
	saved := filepath.Join(t.TempDir(), "cuu.db")
	s := parse[struct {
		Read     map[string]int `json:"read"`
		Out      string         `json:"out"`
		Complete bool           `json:"complete"`
		Lost     []string       `json:"lost"`
	}](t, must(t, "salvage", "--json", "--out", saved, "--file", file))
	if s.Complete || len(s.Lost) != 1 || s.Read["dossier"] != c.Dossiers {
		t.Errorf("%+v", s)
	}
	if n := parse[checkOutput](t, must(t, "check", "--json", "--file", saved)); n.Dossiers != c.Dossiers || len(n.Faults) > 0 || !n.Journal.OK {
		t.Errorf("%+v", n)
	}
	if msg := fails(t, command.ExitFailed, "salvage", "--out", saved, "--file", file); !strings.Contains(msg, "là tệp dữ liệu") && !strings.Contains(msg, "Đã có tệp") {
		t.Error(msg)
	}
	fails(t, command.ExitUsage, "journal", "--file", file)
	fails(t, command.ExitUsage, "salvage", "--file", file)
}
