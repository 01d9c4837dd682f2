package desk_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
)

// TestCheckOfTheDesk: what was changed by hand beside the file, or past the rules of the
// desk inside it, is found and named: a counter that was set back, a closed period whose
// figures were bent, a file of evidence that was changed or taken away.
func TestCheckOfTheDesk(t *testing.T) {
	c := newClocked(t, "so.db")
	c.receive()
	c.proof("một")
	p, err := data.ParsePeriod("2014")
	must(t, err)
	closed, err := c.ClosePeriod(t.Context(), p, c.Today())
	must(t, err)
	faults := func() string {
		t.Helper()
		r, err := c.Check(t.Context())
		must(t, err)
		return strings.Join(r.Faults, "\n")
	}
	r, err := c.Check(t.Context())
	must(t, err)
	if len(r.Faults) > 0 || r.Files.Evidence != 1 || r.Files.Closings != 1 {
		t.Fatalf("a sound office: %+v", r)
	}
	file, err := filepath.Glob(c.EvidenceFolder() + "/*")
	must(t, err)
	must(t, os.WriteFile(file[0], []byte("hai"), 0o600))
	if got := faults(); !strings.Contains(got, "minh chứng.pdf") || !strings.Contains(got, "đã bị đổi") {
		t.Errorf("changed evidence: %s", got)
	}
	must(t, os.Remove(file[0]))
	if got := faults(); !strings.Contains(got, "Mất tệp kiểm chứng «minh chứng.pdf»") {
		t.Errorf("lost evidence: %s", got)
	}
	must(t, os.WriteFile(file[0], []byte("một"), 0o600))
	if got := faults(); got != "" {
		t.Fatalf("put back: %s", got)
	}
	bent := closed.Value
	bent.Tables[0].Total.Counts[data.ColReceived]++
	must(t, c.Change(t.Context(), desk.Work{Title: "thử"}, func(tx desk.Tx) error { return tx.PutRecord(desk.KindClosing, &closed.ID, bent) }))
	if got := faults(); !strings.Contains(got, "không còn như lúc chốt") {
		t.Errorf("a bent closing: %s", got)
	}
	must(t, c.KeepSetting(t.Context(), desk.Work{Title: "thử"}, "given/number/1/2014/9", []byte(`{}`)))
	must(t, c.KeepSetting(t.Context(), desk.Work{Title: "thử"}, "seq/1/2014", []byte("3")))
	if got := faults(); !strings.Contains(got, "«seq/1/2014» ghi 3, thấp hơn số 9") {
		t.Errorf("a counter that was set back: %s", got)
	}
}
