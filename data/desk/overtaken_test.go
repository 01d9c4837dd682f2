package desk_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/ledger/postgres/pgtest"
)

// A form that was opened before another desk changed the dossier is refused, whatever
// it does, and told who, when and what; saved again on what stands now it goes.
func TestAtOnceOvertakenForms(t *testing.T) {
	c := pgtest.Start(t)
	m, _ := moved(t, c)
	one := counterOf(t, c.URL("postgres"), "Quầy 1", m.Code)
	two := counterOf(t, c.URL("postgres"), "Quầy 2", m.Code)
	id := one.Find("CU-1")
	phone := func(number string) func(*data.Dossier) {
		return func(d *data.Dossier) { d.Owner.Phone = number }
	}
	ctx := desk.Upon(t.Context(), one.Seen())
	if err := two.Mend(t.Context(), id, "gõ nhầm", phone("0900000002"), nil); err != nil {
		t.Fatal(err)
	}
	check := func(err error, what string) {
		t.Helper()
		var o *desk.Overtaken
		if data.CodeOf(err) != data.Conflict || !errors.As(err, &o) || o.Who != "Quầy 2" || o.When != "09:00" || len(o.Lines) != 1 ||
			o.Lines[0].Old != "" || o.Lines[0].New != "0900000002" || !strings.Contains(err.Error(), "đã sửa bởi Quầy 2 lúc 09:00: Điện thoại «0900000002»") {
			t.Errorf("%s: %v, %+v", what, err, o)
		}
	}
	check(one.Mend(ctx, id, "số mới", phone("0900000001"), nil), "a correction")
	finish := data.Event{Kind: data.Finish, At: data.MomentOf(clock)}
	_, err := one.Happen(ctx, []uint64{id}, "", nil, nil, finish)
	check(err, "an event")
	_, _, err = one.Apologise(ctx, []uint64{id}, desk.Apology{Day: data.DayOf(clock), Reason: "chậm"}, nil)
	check(err, "a letter")
	if d, err := one.Dossier(id); err != nil || d.Owner.Phone != "0900000002" || len(d.Events) != 1 {
		t.Errorf("%+v, %v", d, err)
	}
	// Other dossiers are nobody's business.
	if _, err := one.Happen(ctx, []uint64{one.Find("CU-2")}, "", nil, nil, finish); err != nil {
		t.Error(err)
	}
	if err := one.Mend(desk.Upon(t.Context(), one.Seen()), id, "số mới", phone("0900000001"), nil); err != nil {
		t.Error(err)
	}
	until(t, "the correction", func() bool { d, _ := two.Dossier(id); return d.Owner.Phone == "0900000001" })
}

// Two desks give one dossier its result in the same second: one of them does.
func TestAtOnceTwoResultsInOneSecond(t *testing.T) {
	c := pgtest.Start(t)
	m, _ := moved(t, c)
	desks := []*desk.Desk{counterOf(t, c.URL("postgres"), "Quầy 1", m.Code), counterOf(t, c.URL("postgres"), "Quầy 2", m.Code)}
	errs := make(chan error)
	for _, d := range desks {
		ctx := desk.Upon(t.Context(), d.Seen())
		go func() {
			_, err := d.Happen(ctx, []uint64{d.Find("CU-3")}, "", nil, nil, data.Event{Kind: data.Finish, At: data.MomentOf(clock)})
			errs <- err
		}()
	}
	done := 0
	for range desks {
		if err := <-errs; err == nil {
			done++
		} else if data.CodeOf(err) != data.Conflict {
			t.Error(err)
		}
	}
	if done != 1 {
		t.Errorf("%d desks gave the result", done)
	}
}

// What was seen counts in a register of one file too, such as beside an import.
func TestOvertakenInOneFile(t *testing.T) {
	d, err := openIn(t, filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return clock }})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	id := put(t, d, "A-1", "Bà Hoa")
	ctx := desk.Upon(t.Context(), d.Seen())
	if err := d.Mend(t.Context(), id, "x", func(one *data.Dossier) { one.Note = "khác" }, nil); err != nil {
		t.Fatal(err)
	}
	err = d.Mend(ctx, id, "x", func(one *data.Dossier) { one.Note = "mới" }, nil)
	if data.CodeOf(err) != data.Conflict || !strings.Contains(err.Error(), "Ghi chú") {
		t.Errorf("%v", err)
	}
}

// The password of a server is kept for this user alone and shown nowhere; it is taken
// up at the next start, whatever letters it has.
func TestPasswordIsKept(t *testing.T) {
	c := pgtest.Start(t)
	m, _ := moved(t, c)
	opt := desk.Options{Settings: t.TempDir(), Now: func() time.Time { return clock }}
	with := func(password string) string {
		return strings.Replace(c.URL("postgres"), "postgres@", "postgres:"+password+"@", 1)
	}
	for _, password := range []string{"cu", "b%3A%C3%AD%5C%5C%3A%20m"} {
		whole, err := desk.Join(t.Context(), with(password), m.Code, opt)
		if err != nil || strings.Contains(whole, "b%3A") || strings.Contains(whole, "cu@") {
			t.Fatalf("%s, %v", whole, err)
		}
	}
	// The code is kept too.
	if _, err := desk.Join(t.Context(), c.URL("postgres"), "", opt); err != nil {
		t.Error(err)
	}
	found := ""
	err := filepath.WalkDir(opt.Settings, func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			if info, _ := e.Info(); info.Mode().Perm() != 0o600 {
				t.Errorf("%s: %v", path, info.Mode())
			}
			if raw, _ := os.ReadFile(path); strings.Contains(string(raw), ":b") {
				found = string(raw)
			}
		}
		return err
	})
	if err != nil || strings.Count(found, "\n") != 1 || !strings.HasSuffix(found, `:postgres:b\:í\\\\\: m`+"\n") {
		t.Errorf("%q, %v", found, err)
	}
}
