package data_test

import (
	"testing"

	"giaoban/data"
)

func TestPeriodsTellAnEarlyCutOff(t *testing.T) {
	p, err := data.ParsePeriod("2022-02")
	if err != nil {
		t.Fatal(err)
	}
	for asOf, want := range map[data.Day]string{
		data.Date(2022, 2, 15): "Từ ngày 01/02/2022 đến ngày 28/02/2022, số liệu đến 15/02/2022",
		data.Date(2022, 2, 27): "Từ ngày 01/02/2022 đến ngày 28/02/2022, số liệu đến 27/02/2022",
		data.Date(2022, 2, 28): "Từ ngày 01/02/2022 đến ngày 28/02/2022",
		data.Date(2022, 3, 5):  "Từ ngày 01/02/2022 đến ngày 28/02/2022",
		data.NoDay:             "Từ ngày 01/02/2022 đến ngày 28/02/2022",
	} {
		if got := p.SpanAsOf(asOf); got != want {
			t.Errorf("as of %s: %q", asOf, got)
		}
	}
}

func TestPartsOfMonthsAreNamedAsParts(t *testing.T) {
	for _, c := range []struct {
		from, to, asOf data.Day
		want           string
	}{
		{data.Date(2022, 6, 1), data.Date(2022, 6, 30), data.Date(2022, 9, 14), "T6"},
		{data.Date(2022, 6, 15), data.Date(2022, 6, 30), data.Date(2022, 9, 14), "15–30/6"},
		{data.Date(2022, 9, 1), data.Date(2022, 9, 14), data.Date(2022, 9, 14), "1–14/9"},
		{data.Date(2022, 2, 1), data.Date(2022, 2, 28), data.Date(2022, 2, 15), "1–15/2"},
		{data.Date(2022, 2, 1), data.Date(2022, 2, 28), data.Date(2022, 2, 28), "T2"},
		{data.Date(2022, 12, 1), data.Date(2022, 12, 31), data.Date(2022, 2, 15), "T12"},
		{data.Date(2022, 3, 1), data.Date(2022, 3, 31), data.Date(2022, 3, 1), "1–1/3"},
	} {
		if got := (data.Period{From: c.from, To: c.to}).MonthUntil(c.asOf); got != c.want {
			t.Errorf("%s to %s as of %s: %q, want %q", c.from, c.to, c.asOf, got, c.want)
		}
	}
}

// What no dossier of the office bears is not recorded; a part of the office may
// have none of what the office has.
func TestRatesOfWhatNobodyRecorded(t *testing.T) {
	of := func(id string, now, before int64) data.Rate {
		return data.Rate{ID: id, Now: data.Ratio{Numerator: now, Denominator: 50}, Before: data.Ratio{Numerator: before, Denominator: 40}, Compared: true}
	}
	for _, id := range []string{"online_payment", "digitised", "e_result", "published"} {
		if r := of(id, 0, 0).Recorded(of(id, 0, 0)); r.Now != (data.Ratio{}) || r.Before != (data.Ratio{}) {
			t.Errorf("%s: %+v", id, r)
		}
		if r := of(id, 3, 0).Recorded(of(id, 3, 0)); r.Now.Numerator != 3 || r.Before != (data.Ratio{}) {
			t.Errorf("%s: %+v", id, r)
		}
		if r := of(id, 0, 0).Recorded(of(id, 3, 2)); r != of(id, 0, 0) {
			t.Errorf("a part of the office: %s: %+v", id, r)
		}
	}
	for _, id := range []string{"late", "online", "postal", "satisfied"} {
		if r := of(id, 0, 0).Recorded(of(id, 0, 0)); r != of(id, 0, 0) {
			t.Errorf("%s is known: %+v", id, r)
		}
	}
}
