package papers_test

import (
	"bytes"
	"testing"

	"giaoban/app/page/pagetest"
	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
)

// TestPaperOfAClosedPeriod proves that the report of a closed period stays the same
// file when its dossiers change, and that another closing gets another one.
func TestPaperOfAClosedPeriod(t *testing.T) {
	d := pagetest.Office(t)
	p := pagetest.Period(t, "2022")
	done, err := papers.ClosePeriod(t.Context(), d, p, data.NoDay)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := d.PaperOf(done.ID)
	if err != nil || !bytes.HasPrefix(kept, []byte("%PDF")) {
		t.Fatalf("%d bytes, %v", len(kept), err)
	}
	id := uint64(d.List(desk.Query{Period: &p}).IDs[0])
	one, err := d.Dossier(id)
	if err != nil {
		t.Fatal(err)
	}
	one.Received.Day -= 800
	if err := d.Change(t.Context(), desk.Work{Title: "Sửa thử"}, func(tx desk.Tx) error { return tx.PutDossier(&one) }); err != nil {
		t.Fatal(err)
	}
	if again, err := d.PaperOf(done.ID); err != nil || !bytes.Equal(again, kept) {
		t.Errorf("the paper of a closed period changed: %v", err)
	}
	if _, err := d.PaperOf(done.ID + 99); data.CodeOf(err) != data.NotFound {
		t.Errorf("a paper of nothing: %v", err)
	}
}
