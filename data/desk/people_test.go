package desk_test

import (
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
)

func TestFirstCauseKeepsTheUsualOnes(t *testing.T) {
	d := fresh(t)
	usual, err := d.Causes()
	must(t, err)
	changed := usual[2].Value
	changed.Closed = true
	must(t, d.SaveCause(t.Context(), usual[2].ID, changed))
	must(t, d.SaveCause(t.Context(), 0, data.Cause{Name: "Nguyên nhân riêng"}))
	got, err := d.Causes()
	must(t, err)
	if len(got) != len(usual)+1 || got[2].ID != usual[2].ID || !got[2].Value.Closed || got[0] != usual[0] {
		t.Errorf("%+v", got)
	}
	for _, x := range usual {
		if got[len(got)-1].ID == x.ID {
			t.Errorf("the new cause took the id of «%s»", x.Value.Name)
		}
	}
	if err := d.SaveCause(t.Context(), 0, data.Cause{Name: "nguyên nhân  RIÊNG"}); data.CodeOf(err) != data.Conflict {
		t.Errorf("twice: %v", err)
	}
}

func TestOneSignerIsFirst(t *testing.T) {
	d := fresh(t)
	must(t, d.SaveSigner(t.Context(), 0, data.Signer{Name: "Lê Một", Title: "CHỦ TỊCH", First: true}))
	must(t, d.SaveSigner(t.Context(), 0, data.Signer{Name: "Lê Hai", Title: "PHÓ CHỦ TỊCH", Authority: "KT. CHỦ TỊCH", First: true}))
	if list := d.Signers(d.Today()); len(list) != 2 || list[0].Name != "Lê Hai" || list[1].First {
		t.Errorf("%+v", list)
	}
	for field, s := range map[string]data.Signer{"name": {Title: "X"}, "title": {Name: "X"}, "to": {Name: "X", Title: "X", From: 20000, To: 19000}} {
		err, _ := d.SaveSigner(t.Context(), 0, s).(*data.Error)
		if err == nil || err.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestBooksShareTheFields(t *testing.T) {
	d := fresh(t)
	f := d.Catalogue().Fields
	must(t, d.SaveBook(t.Context(), 0, desk.Book{Number: 1, Name: "Sổ chung"}))
	must(t, d.SaveBook(t.Context(), 0, desk.Book{Number: 2, Name: "Sổ đất đai", Fields: []uint32{f[0].ID}}))
	one, err := d.BookOf(f[0].ID)
	two, err2 := d.BookOf(f[1].ID)
	if one != 2 || two != 1 || err != nil || err2 != nil {
		t.Errorf("%d, %d, %v, %v", one, two, err, err2)
	}
	for field, b := range map[string]desk.Book{"number": {Number: 2, Name: "X", Fields: []uint32{f[1].ID}}, "name": {Number: 3}, "fields": {Number: 3, Name: "X", Fields: []uint32{f[0].ID}}} {
		err, _ := d.SaveBook(t.Context(), 0, b).(*data.Error)
		if err == nil || err.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if err := d.SaveBook(t.Context(), 0, desk.Book{Number: 3, Name: "Sổ chung khác"}); data.CodeOf(err) != data.Conflict {
		t.Errorf("two books for the rest: %v", err)
	}
}

func TestCountersHaveNames(t *testing.T) {
	d := fresh(t)
	must(t, d.SaveCounter(t.Context(), 0, data.Counter{Name: " Bàn  số 1 "}))
	list, err := d.Counters()
	must(t, err)
	if len(list) != 1 || list[0].Value.Name != "Bàn số 1" {
		t.Fatalf("%+v", list)
	}
	if err := d.SaveCounter(t.Context(), 0, data.Counter{Name: "bàn số 1"}); data.CodeOf(err) != data.Conflict {
		t.Errorf("twice: %v", err)
	}
	must(t, d.SaveCounter(t.Context(), list[0].ID, data.Counter{Name: "Bàn số 1", Closed: true}))
	if err := d.SaveCounter(t.Context(), 0, data.Counter{}); data.CodeOf(err) != data.Invalid {
		t.Errorf("without a name: %v", err)
	}
}

func TestRatesFollowTheSetting(t *testing.T) {
	d := filled(t)
	p, err := data.ParsePeriod("2022")
	must(t, err)
	rate := func() data.Rate {
		table := d.Figures(p, data.NoDay, data.ByUnit, desk.Filter{})
		for _, r := range d.Rates(table, false, desk.Filter{}) {
			if r.ID == "online" {
				return r
			}
		}
		t.Fatal("no rate")
		return data.Rate{}
	}
	table := d.Figures(p, data.NoDay, data.ByUnit, desk.Filter{})
	usual := rate()
	must(t, d.SetDenominators(t.Context(), map[string]string{"online": "received", "early": ""}))
	if r := rate(); r.Now.Denominator != table.Total.Received() || r.DenominatorName != "tổng tiếp nhận" || r.Now.Numerator != usual.Now.Numerator {
		t.Errorf("%+v after %+v", r, usual)
	}
	path := d.Path()
	d.Close()
	d = open(t, path)
	if r := rate(); r.DenominatorName != "tổng tiếp nhận" {
		t.Errorf("after opening again: %+v", r)
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := rate(); r != usual {
		t.Errorf("after undo: %+v", r)
	}
	if err := d.SetDenominators(t.Context(), map[string]string{"online": "nonsense"}); data.CodeOf(err) != data.Invalid {
		t.Errorf("%v", err)
	}
}

// books are the books of the office.
func books(t *testing.T, d *desk.Desk) []desk.Stored[desk.Book] {
	t.Helper()
	list, err := d.Books()
	must(t, err)
	return list
}
