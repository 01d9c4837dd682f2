package desk_test

import (
	"path/filepath"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
)

// TestWrittenBelongsToItsPeriod: what was written for one period does not reach
// another; what was written for every period reaches all; all can be undone.
func TestWrittenBelongsToItsPeriod(t *testing.T) {
	d := open(t, filepath.Join(t.TempDir(), "so.db"))
	w := desk.Work{Title: "Sửa lời báo cáo"}
	oct := desk.Written{Report: "giao-ban", Period: "2022-10", Texts: map[string]string{"a": "Tháng mười"}, Number: "12", Date: data.Date(2022, 11, 2)}
	for _, v := range []desk.Written{oct, {Report: "giao-ban", Texts: map[string]string{"a": "Mọi kỳ"}}, {Report: "qua-han", Period: "2022-10", Number: "7"}} {
		if err := d.Write(t.Context(), w, v); err != nil {
			t.Fatal(err)
		}
	}
	own, every, err := desk.WrittenFor(d, "giao-ban", "2022-10")
	if err != nil || own.Texts["a"] != "Tháng mười" || own.Number != "12" || own.Date != oct.Date || every.Texts["a"] != "Mọi kỳ" {
		t.Errorf("October: %+v, %+v, %v", own, every, err)
	}
	if own, every, _ := desk.WrittenFor(d, "giao-ban", "2022-11"); own.Texts != nil || own.Number != "" || own.Date.Known() || own.Period != "2022-11" || every.Texts["a"] != "Mọi kỳ" {
		t.Errorf("November: %+v, %+v", own, every)
	}
	oct.Texts, oct.Number, oct.Date = nil, "", data.NoDay
	if err := d.Write(t.Context(), w, oct); err != nil {
		t.Fatal(err)
	}
	if list, err := desk.Records[desk.Written](d, desk.KindWritten); err != nil || len(list) != 2 {
		t.Errorf("what says nothing stays: %+v, %v", list, err)
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if own, _, _ := desk.WrittenFor(d, "giao-ban", "2022-10"); own.Number != "12" {
		t.Errorf("undone: %+v", own)
	}
	if got := desk.PeriodName(data.Period{From: data.Date(2022, 1, 5), To: data.Date(2022, 1, 9)}); got != "2022-01-05..2022-01-09" {
		t.Errorf("a free period is named %q", got)
	}
}
