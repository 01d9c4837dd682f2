//go:build e2e

package e2e

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/assess/book"
	"giaoban/data/desk"
	"giaoban/data/scoring"
)

// withBook works with the scores of a file that no window has open.
func withBook(t *testing.T, file string, do func(ctx context.Context, b *book.Book, d *desk.Desk) error) {
	t.Helper()
	d, err := desk.Open(file, desk.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	if err := do(context.Background(), book.New(d), d); err != nil {
		t.Fatal(err)
	}
}

// campaign opens a period of a year with the sample set for the units, and their sheets.
func campaign(ctx context.Context, b *book.Book, year int, units ...uint32) (sheets []assess.Sheet, err error) {
	set, err := b.TakeSample(ctx, scoring.Shipped()[0].Meta.ID)
	if err != nil {
		return nil, err
	}
	id, err := b.KeepPeriod(ctx, assess.Period{Title: "Chỉ số CCHC", Year: year, Set: set, Groups: []assess.Group{{Name: "Xã", Units: units}}})
	if err == nil {
		_, err = b.OpenSheets(ctx, id)
	}
	if err != nil {
		return nil, err
	}
	return b.Sheets(id)
}

func answered(n int64, note string) assess.Entry {
	b, a := scoring.Int(n), scoring.Int(32)
	return assess.Entry{Answer: scoring.Answer{B: &b, A: &a}, Source: "Báo cáo 1/BC", Note: note}
}

// sendsScores makes a package of the score sheets in the window.
func (o officer) sendsScores(path string) {
	o.t.Helper()
	o.packages(0)
	o.Key("ctrl+Next")
	o.to("Lập gói…", "shift+Tab")
	o.Key("Return")
	o.asked("Lập gói, ")
	o.to("Loại", "Tab")
	o.choose("phieu")
	o.Key("ctrl+Return")
	o.saves("Lưu gói", path)
	o.said("Đã lập gói số 1 gửi ")
}

// takes takes a package of the folder in the window.
func (o officer) takes(name string) {
	o.t.Helper()
	o.packages(0)
	o.to("Nhận gói…", "shift+Tab")
	o.Key("Return")
	o.opens("Chọn gói để nhận", name)
	o.asked("Nhận gói")
	o.shown("phiếu chấm điểm")
	o.Key("ctrl+Return")
	o.said("Đã nhận gói số 1 của ")
}

// TestScoresFromOfficeToOffice: a commune hands its sheet in by a package, the district
// appraises it, and the appraisal comes back to the sheet of the commune, each in the window.
func TestScoresFromOfficeToOffice(t *testing.T) {
	const criterion = "1.1.3"
	year := time.Now().Year()
	from, to := filepath.Join(t.TempDir(), "xa.db"), filepath.Join(t.TempDir(), "huyen.db")
	theirs, own := named(t, from, "UBND xã Sông Lam", "H99.14"), named(t, to, "UBND huyện Thử", "H99")
	d := newDesktop(t, 1366, 768)
	exchanged := func(at, of string, print string) {
		card := filepath.Join(d.home, print[:4]+".gbthe")
		command(t, "card", "show", "--out", card, "--file", of)
		command(t, "card", "add", card, "--fingerprint", print, "--file", at)
	}
	exchanged(from, to, own.Card.Fingerprint())
	exchanged(to, from, theirs.Card.Fingerprint())
	var mine uint64
	withBook(t, from, func(ctx context.Context, b *book.Book, _ *desk.Desk) error {
		list, err := campaign(ctx, b, year, assess.OwnUnit)
		if err != nil {
			return err
		}
		mine = list[0].ID
		if _, err = b.Enter(ctx, mine, criterion, assess.Self, answered(32, "")); err != nil {
			return err
		}
		return b.Move(ctx, mine, assess.Submitted, "nộp sớm")
	})
	withBook(t, to, func(ctx context.Context, b *book.Book, d *desk.Desk) error {
		u := data.Unit{Name: "UBND xã Sông Lam", Code: "H99.14", Level: data.LevelCommune}
		if err := d.SaveUnit(ctx, &u); err != nil {
			return err
		}
		_, err := campaign(ctx, b, year, u.ID)
		return err
	})

	o := officer{Program: d.start("--file", from)}
	o.maximise()
	o.sendsScores(filepath.Join(d.home, "nop.gbgoi"))
	o.quit()

	o = officer{Program: d.start("--file", to)}
	o.maximise()
	o.takes("nop.gbgoi")
	o.still("score-arrived")
	o.Key("alt+5")
	o.until("the scores", func(s State) bool { return s.Screen == "scoring" && strings.Contains(s.Text, "UBND xã Sông Lam") })
	o.still("score-district")
	o.quit()

	withBook(t, to, func(ctx context.Context, b *book.Book, _ *desk.Desk) error {
		periods, err := b.Periods()
		if err != nil {
			return err
		}
		list, err := b.Sheets(periods[0].ID)
		if err != nil {
			return err
		}
		if list[0].State != assess.Submitted {
			t.Errorf("the sheet arrived %s", list[0].State)
		}
		if _, err = b.Enter(ctx, list[0].ID, criterion, assess.First, answered(30, "Hai nhiệm vụ quá hạn")); err != nil {
			return err
		}
		return b.Move(ctx, list[0].ID, assess.Appraised, "")
	})
	o = officer{Program: d.start("--file", to)}
	o.maximise()
	o.sendsScores(filepath.Join(d.home, "tra.gbgoi"))
	o.quit()

	o = officer{Program: d.start("--file", from)}
	o.maximise()
	o.takes("tra.gbgoi")
	o.Key("alt+5")
	o.until("the scores", func(s State) bool { return s.Screen == "scoring" })
	o.still("score-back")
	o.quit()
	withBook(t, from, func(_ context.Context, b *book.Book, _ *desk.Desk) error {
		c, err := b.Card(mine)
		if err != nil {
			return err
		}
		l := c.Lines[criterion]
		if c.Sheet.State != assess.Appraised || l.Self.Answer.B.String() != "32" || l.First == nil || l.First.By != "Gói số 1 của UBND huyện Thử" {
			t.Errorf("%s: %+v", c.Sheet.State, l)
		}
		return nil
	})
}
