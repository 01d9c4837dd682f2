package papers_test

import (
	"bytes"
	"testing"

	"giaoban/app/papers"
	"giaoban/reports/paper/papertest"
)

// TestTestPage: one page, the same bytes for the same office and clock.
func TestTestPage(t *testing.T) {
	d, _ := office(t)
	pdf, err := papers.TestPage(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	if n := papertest.Pages(t, pdf); n != 1 {
		t.Errorf("%d pages", n)
	}
	again, err := papers.TestPage(t.Context(), d)
	if err != nil || !bytes.Equal(pdf, again) {
		t.Errorf("a second print differs, %v", err)
	}
}
