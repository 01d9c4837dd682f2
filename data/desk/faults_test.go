package desk_test

import (
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
)

// What cannot be read is an error or told as a fault, and never looks like an
// answer.
func TestErrorsAreNoAnswers(t *testing.T) {
	d, p := counter(t)
	one := received(t, d, p, d.Today(), "Nguyễn Thị Mẫu")
	var told []error
	d.OnFault(func(err error) { told = append(told, err) })
	if d.NextSeq(2026, 1) == 0 || d.NextCode(d.Today()) == "" || d.Find(one.Code) == 0 || len(told) != 0 {
		t.Fatalf("a sound file has faults: %v", told)
	}
	must(t, d.Close())
	if list, err := d.Books(); err == nil {
		t.Errorf("%v", list)
	}
	if n, err := d.BookOf(1); err == nil || n != 0 {
		t.Errorf("book %d, %v", n, err)
	}
	for name, ask := range map[string]func() bool{
		"NextSeq": func() bool { return d.NextSeq(2026, 1) == 0 }, "NextCode": func() bool { return d.NextCode(d.Today()) == "" }, "Find": func() bool { return d.Find(one.Code) == 0 },
		"Setting": func() bool { return d.Setting("x") == nil }, "Recent": func() bool { return len(d.Recent(5).Procedures) == 0 },
		"Undoable": func() bool { undo, redo := d.Undoable(); return undo+redo == "" }, "PrintsOf": func() bool { return d.PrintsOf("x", one.ID) == 0 },
	} {
		told = nil
		if !ask() || len(told) != 1 {
			t.Errorf("%s: %d faults told", name, len(told))
		}
	}
}

// A chart of months that cannot be worked out is told, and so is a receipt whose number
// cannot be looked up among those that were taken back.
func TestEmptyAnswersAreTold(t *testing.T) {
	d, p := counter(t)
	one := received(t, d, p, d.Today(), "Nguyễn Thị Mẫu")
	var told []error
	d.OnFault(func(err error) { told = append(told, err) })
	if got := d.LastMonths(d.Today(), 3, desk.Filter{}); len(got) != 3 || got[2].Period.To < d.Today() || len(told) != 0 {
		t.Fatalf("%+v, %v", got, told)
	}
	if got := d.LastMonths(d.Today(), 0, desk.Filter{}); len(got) != 0 || len(told) != 1 {
		t.Errorf("%d months, %v", len(got), told)
	}
	must(t, d.Close())
	told = nil
	one.ID, one.Code, one.Procedure = 0, "", 0
	if d.Warnings(&one); len(told) != 1 {
		t.Errorf("a closed file: %v", told)
	}
}

// A number in the file that is none is no nought.
func TestASpoiltCounterIsTold(t *testing.T) {
	d, _ := counter(t)
	must(t, d.KeepSetting(t.Context(), desk.Work{Title: "thử"}, "print/giay/7", []byte("bảy")))
	var told []error
	d.OnFault(func(err error) { told = append(told, err) })
	if n := d.PrintsOf("giay", 7); n != 0 || len(told) != 1 || data.CodeOf(told[0]) != data.Damaged {
		t.Errorf("%d, %v", n, told)
	}
	told = nil
	// What is printed next says that it is printed again.
	before, err := d.Printed(t.Context(), "giay", 7)
	if err != nil || before[7] != 1 || len(told) != 1 || d.PrintsOf("giay", 7) != 2 {
		t.Errorf("before %v, told %v, %v; then %d", before, told, err, d.PrintsOf("giay", 7))
	}
}

// Rules and ways of computing that cannot be read are refused; they do not turn into
// the usual ones.
func TestSpoiltRulesAreNotTheUsualOnes(t *testing.T) {
	d, _ := counter(t)
	rules := d.Rules()
	rules.SoonDays = 9
	must(t, d.SetRules(t.Context(), rules))
	for _, name := range []string{"rules", "denominators"} {
		if err := d.KeepSetting(t.Context(), desk.Work{Title: "thử"}, name, []byte("{")); data.CodeOf(err) != data.Damaged {
			t.Errorf("%s: %v", name, err)
		}
	}
	if d.Rules() != rules {
		t.Errorf("%+v", d.Rules())
	}
}
