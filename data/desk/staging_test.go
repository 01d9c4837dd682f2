package desk

import (
	"fmt"
	"reflect"
	"runtime/debug"
	"testing"

	"giaoban/data"
	"giaoban/data/exchange"
)

// filled sets every field of a struct to a value of its own, so that a field which
// is added later and not staged shows. Dossiers have a codec with its own tests.
func filled(t *testing.T, v reflect.Value, n *int) {
	t.Helper()
	for i := range v.NumField() {
		f := v.Field(i)
		if !f.CanSet() {
			continue // of the reading alone
		}
		*n++
		switch {
		case f.Type() == reflect.TypeFor[data.Dossier]():
		case f.Type() == reflect.TypeFor[data.Moment]():
			f.Set(reflect.ValueOf(data.Moment{Day: data.Day(20000 + *n), Clock: data.Clock(*n)}))
		case f.Kind() == reflect.String:
			f.SetString(fmt.Sprint("chữ ", *n))
		case f.Kind() == reflect.Bool:
			f.SetBool(true)
		case f.CanInt():
			f.SetInt(int64(*n))
		case f.CanUint():
			f.SetUint(uint64(*n))
		case f.Type() == reflect.TypeFor[[]string]():
			f.Set(reflect.ValueOf([]string{fmt.Sprint(*n), ""}))
		default:
			t.Fatalf("a record has a field of type %s, which nobody stages", f.Type())
		}
	}
}

// What was staged comes back as it was, blocks or not.
func TestStagedRowsComeBack(t *testing.T) {
	var s staging
	var want []exchange.Record
	for i := range 3000 {
		var r exchange.Record
		if n := i; i%2 == 0 {
			filled(t, reflect.ValueOf(&r).Elem(), &n)
			r.Verdict, r.EResult, r.Status = exchange.Rejected, exchange.No, data.Delivered
		}
		r.Dossier = data.Dossier{Code: fmt.Sprint("HS-", i), Owner: data.Person{Name: "Trần Văn Thử"}, Received: data.Moment{Day: data.Day(20000 + i)}, Note: fmt.Sprint("dài ", make([]int, i%200))}
		s.add(&r)
		want = append(want, r)
	}
	if len(s.blocks) < 2 || s.rows != len(want) {
		t.Fatalf("%d rows in %d blocks", s.rows, len(s.blocks))
	}
	i := 0
	err := s.each(func(r *exchange.Record) error {
		if !reflect.DeepEqual(*r, want[i]) {
			t.Fatalf("row %d came back as\n%+v, was\n%+v", i, *r, want[i])
		}
		i++
		return nil
	})
	if err != nil || i != len(want) {
		t.Fatalf("%d of %d rows came back: %v", i, len(want), err)
	}
	for _, block := range s.blocks {
		if block != nil {
			t.Error("a block that was handed out is kept")
		}
	}
	s = staging{}
	s.add(&want[0])
	for cut := range s.blocks[0] {
		torn := staging{blocks: [][]byte{s.blocks[0][:cut]}, list: s.list}
		if err := torn.each(func(*exchange.Record) error { return nil }); cut > 0 && err == nil {
			t.Fatalf("a row that was cut to %d bytes reads", cut)
		}
	}
}

// However imports overlap, the setting of the program is what it was.
func TestCollectEarlyPutsBack(t *testing.T) {
	before := debug.SetGCPercent(137)
	defer debug.SetGCPercent(before)
	first := collectEarly()
	second := collectEarly()
	first() // the first one ends while the second goes on
	if now := debug.SetGCPercent(earlyGC); now != earlyGC {
		t.Errorf("%d per cent while an import is under way", now)
	}
	third := collectEarly()
	second()
	third()
	if now := debug.SetGCPercent(137); now != 137 {
		t.Errorf("%d per cent after three imports, before 137", now)
	}
}
