package form_test

import (
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/reports/form"
)

// TestReceiptTellsBothDates: the receipt of a linked procedure names the date of
// the own unit too; that of any other procedure has no such line.
func TestReceiptTellsBothDates(t *testing.T) {
	for _, day := range []data.Day{under2018, under2025} {
		tpl := pick(t, form.Receipt, day)
		s := form.Sample(form.Receipt, day)
		one := *s.Dossier
		s.Dossier = &one
		one.OwnDue = data.Moment{}
		const words = "phần của đơn vị giải quyết xong trước"
		if text := linesOf(build(t, form.Job{Template: tpl, Slip: s})); strings.Contains(text, words) {
			t.Errorf("%v: a date that there is not:\n%s", day, text)
		}
		one.OwnDue = data.Moment{Day: data.Date(2023, 3, 9)}
		if text := linesOf(build(t, form.Job{Template: tpl, Slip: s})); !strings.Contains(text, words) || !strings.Contains(text, "ngày 09 tháng 3 năm") {
			t.Errorf("%v: no date of the own unit:\n%s", day, text)
		}
	}
}

// TestLetterForWhatIsFinished: a letter that promises no other date tells since
// when the result is there, or on which day it was handed over.
func TestLetterForWhatIsFinished(t *testing.T) {
	tpl := pick(t, form.Apology, under2018)
	s := form.Sample(form.Apology, under2018)
	one, letter := *s.Dossier, *s.Letter
	s.Dossier, s.Letter, s.Event = &one, &letter, nil
	letter.Promised, letter.Day = data.Moment{}, data.Date(2023, 6, 30)
	one.Received, one.Due = data.Moment{Day: data.Date(2023, 6, 1)}, data.Moment{Day: data.Date(2023, 6, 15)}
	for _, x := range []struct {
		events []data.Event
		want   string
	}{
		{[]data.Event{{Kind: data.Finish, At: data.Moment{Day: data.Date(2023, 6, 20)}}}, "đã có kết quả từ ngày 20/06/2023"},
		{[]data.Event{{Kind: data.Finish, At: data.Moment{Day: data.Date(2023, 6, 20)}}, {Kind: data.Return, At: data.Moment{Day: data.Date(2023, 6, 21)}}}, "đã trả kết quả ngày 21/06/2023"},
	} {
		one.Events = x.events
		if text := linesOf(build(t, form.Job{Template: tpl, Slip: s})); !strings.Contains(text, x.want) {
			t.Errorf("no %q in\n%s", x.want, text)
		}
	}
	one.Events = nil
	if text := linesOf(build(t, form.Job{Template: tpl, Slip: s})); strings.Contains(text, "kết quả từ ngày") || strings.Contains(text, "đã trả kết quả") {
		t.Errorf("of an open dossier:\n%s", text)
	}
}
