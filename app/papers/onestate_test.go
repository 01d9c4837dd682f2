package papers_test

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/assess/book"
	"giaoban/data/desk"
	"giaoban/data/inspect"
	"giaoban/data/reconcile"
	"giaoban/reports/form"
)

// interrupted is a context that lets something happen when it is asked for the n-th time
// whether to go on.
type interrupted struct {
	context.Context
	n  *int
	do func()
}

// Err implements context.Context.
func (c interrupted) Err() error {
	if *c.n--; *c.n == 0 {
		c.do()
	}
	return c.Context.Err()
}

// TestAtOnceScoreTablesStateOneState: the unit is renamed between two tables; both have the old
// name.
func TestAtOnceScoreTablesStateOneState(t *testing.T) {
	d, _ := office(t)
	b := book.New(d)
	set, err := b.TakeSample(t.Context(), "cchc-xa-2023-recon")
	must(t, err)
	unit := d.Catalogue().Units[0]
	period, err := b.KeepPeriod(t.Context(), assess.Period{Title: "Chỉ số 2026", Year: 2026, Set: set, Groups: []assess.Group{{Name: "Nhóm", Units: []uint32{unit.ID}}}})
	must(t, err)
	_, err = b.OpenSheets(t.Context(), period)
	must(t, err)
	sheets, err := b.Sheets(period)
	must(t, err)
	draw := func(ctx context.Context) []byte {
		pdf, err := papers.ScorePDF(ctx, d, papers.ScoreRequest{Sheet: sheets[0].ID, Tables: []string{papers.ScoreDetail, papers.ScoreResult}})
		must(t, err)
		return pdf
	}
	before, old, asks := draw(t.Context()), unit.Name, 0
	for at := 1; at <= 4; at++ { // whenever it is asked whether to go on, up to there
		done, n := make(chan error, 1), at
		got := draw(interrupted{t.Context(), &n, func() {
			asks++
			unit.Name = "Phòng Kinh tế mới"
			go func() { done <- d.SaveUnit(t.Context(), &unit) }()
			select {
			case err := <-done: // the paper does not hold the register
				done <- err
			case <-time.After(300 * time.Millisecond): // it waits for the paper
			}
		}})
		if n > 0 {
			break
		}
		must(t, <-done)
		if after := draw(t.Context()); !bytes.Equal(got, before) || bytes.Equal(after, before) {
			t.Errorf("renamed at ask %d: as before: %v; the rename shows: %v", at, bytes.Equal(got, before), !bytes.Equal(after, before))
		}
		unit.Name = old
		must(t, d.SaveUnit(t.Context(), &unit))
	}
	if asks < 2 {
		t.Errorf("only %d renames fell between two tables", asks)
	}
}

// TestAtOnceMinutesStateOneState: one change renames the office and the form after the state
// was taken and before anything is read of it; the minutes have both old titles.
func TestAtOnceMinutesStateOneState(t *testing.T) {
	d, _ := office(t)
	draw := func(ctx context.Context) []byte {
		pdf, err := papers.WriteMinutes(ctx, d, papers.Minutes{Result: &reconcile.Result{File: "tinh.xlsx"}})
		must(t, err)
		return pdf
	}
	before, n := draw(t.Context()), 1
	got := draw(interrupted{t.Context(), &n, func() {
		done := make(chan error)
		go func() {
			done <- d.Change(t.Context(), desk.Work{Title: "Đổi tên"}, func(tx desk.Tx) error {
				o := d.Office()
				o.Name = "ỦY BAN NHÂN DÂN\nXÃ MỚI"
				form, err := form.ShippedOn(form.Reconcile, d.Today())
				if err != nil {
					return err
				}
				form.Title = "BIÊN BẢN MỚI"
				if err := tx.PutRecord(desk.KindTemplate, new(uint64), form); err != nil {
					return err
				}
				return tx.PutOffice(o)
			})
		}()
		must(t, <-done)
	}})
	if after := draw(t.Context()); n > 0 || !bytes.Equal(got, before) || bytes.Equal(after, before) {
		t.Errorf("changed in between: %v; as before: %v; the change shows: %v", n <= 0, bytes.Equal(got, before), !bytes.Equal(after, before))
	}
}

// TestAtOnceFindingsAreWrittenFromOneState: a dossier that is corrected while the workbook is
// written stands there as it was when the writing began, with the law behind the check.
func TestAtOnceFindingsAreWrittenFromOneState(t *testing.T) {
	d, p := office(t)
	one := receive(t, d, p, d.Today()-1)
	path := filepath.Join(t.TempDir(), "loi.xlsx")
	changed := false
	must(t, papers.ExportFindings(t.Context(), d, inspect.KindOf("postponed-twice"), []inspect.Hit{{ID: uint32(one.ID)}}, path, func(int64, int64) {
		if changed {
			return
		}
		changed = true
		done := make(chan error)
		go func() {
			done <- d.Amend(t.Context(), one.ID, "sai tên", func(x *data.Dossier) { x.Owner.Name = "Tên Mới" })
		}()
		must(t, <-done)
	}))
	f, err := excelize.OpenFile(path)
	must(t, err)
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	must(t, err)
	text := fmt.Sprint(rows)
	if !changed || !bytes.Contains([]byte(text), []byte("Trần Thị Minh Họa")) || bytes.Contains([]byte(text), []byte("Tên Mới")) || !bytes.Contains([]byte(text), []byte("Căn cứ: nhận đến 30/06/2025: NĐ 61/2018")) {
		t.Errorf("%s", text)
	}
}
