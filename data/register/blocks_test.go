package register_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/register"
)

// Every condition of a query sifts every block of a register alike: lists of some
// blocks equal a look at one dossier after the other.
func TestQueriesOfManyBlocks(t *testing.T) {
	at := func(d data.Day) data.Moment { return data.Moment{Day: d} }
	ds := make([]data.Dossier, 10_000)
	for i := range ds {
		received := base + data.Day(i%97)
		ds[i] = data.Dossier{ID: uint64(i + 1), Code: fmt.Sprintf("H%05d", i), Received: at(received), Due: at(received + data.Day(i%13)), Unit: uint32(i % 5),
			Channel: data.Channel(i % 4), Officer: []string{"", "Lê Văn Thử", "Trần Thị Mẫu"}[i%3], Receiver: uint32(i % 3), Owner: data.Person{Name: fmt.Sprintf("Người %d", i%11)}}
		if i%7 > 1 {
			ds[i].Events = append(ds[i].Events, data.Event{Kind: data.BeginProcessing, At: at(received)})
		}
		if i%7 > 2 {
			ds[i].Events = append(ds[i].Events, data.Event{Kind: data.Finish, At: at(received + data.Day(i%17))})
		}
		if i%7 == 6 {
			ds[i].Events = append(ds[i].Events, data.Event{Kind: data.Return, At: at(received + 20), Way: data.ReturnDirect})
		}
	}
	r := build(ds)
	day := base + 60
	span := register.DaySpan{From: base + 20, To: base + 33}
	within := func(d data.Day) bool { return d.Known() && span.From <= d && d <= span.To }
	outcome := func(d *data.Dossier) data.Outcome {
		if d.Received.Day > day {
			return data.NotCounted
		}
		return d.On(day).Outcome(day, d.Term)
	}
	for name, c := range map[string]struct {
		q    register.Query
		want func(d *data.Dossier) bool
	}{
		"received": {register.Query{Received: &span}, func(d *data.Dossier) bool { return within(d.Received.Day) }},
		"due":      {register.Query{Due: &span}, func(d *data.Dossier) bool { return d.Received.Day <= day && within(d.Due.Day) }},
		"late":     {register.Query{Outcomes: []data.Outcome{data.Late}}, func(d *data.Dossier) bool { return outcome(d) == data.Late }},
		"overdue or early": {register.Query{Outcomes: []data.Outcome{data.Overdue, data.Early}}, func(d *data.Dossier) bool {
			return outcome(d) == data.Overdue || outcome(d) == data.Early
		}},
		"delivered": {register.Query{Statuses: []data.Status{data.Delivered}}, func(d *data.Dossier) bool { return d.On(data.MaxDay).Status == data.Delivered }},
		"units":     {register.Query{Filter: register.Filter{Units: []uint32{2, 4}}}, func(d *data.Dossier) bool { return d.Unit == 2 || d.Unit == 4 }},
		"channel": {register.Query{Filter: register.Filter{Channels: []data.Channel{data.Online}}}, func(d *data.Dossier) bool {
			return d.Channel == data.Online
		}},
		"officer": {register.Query{Filter: register.Filter{Officers: []string{"Lê Văn Thử"}}}, func(d *data.Dossier) bool { return d.Officer == "Lê Văn Thử" }},
		"text":    {register.Query{Text: "nguoi 10"}, func(d *data.Dossier) bool { return d.Owner.Name == "Người 10" }},
		"text and days": {register.Query{Text: "nguoi 7 nhận: " + span.From.String() + ".." + span.To.String()}, func(d *data.Dossier) bool {
			return d.Owner.Name == "Người 7" && within(d.Received.Day)
		}},
	} {
		c.q.Today = day
		var want []uint32
		for i := range ds {
			if c.want(&ds[i]) {
				want = append(want, uint32(ds[i].ID))
			}
		}
		got := slices.Sorted(slices.Values(r.List(c.q).IDs))
		if !slices.Equal(got, want) || len(want) == 0 || want[len(want)-1] < 8192 {
			t.Errorf("%s: %d dossiers, want %d", name, len(got), len(want))
		}
	}
}

// Levels stand from the province down, vertical agencies behind them, then levels
// of the office's own, and what has no level last.
func TestLevelsStandInTheirOrder(t *testing.T) {
	levels := []data.Level{data.LevelProvince, data.LevelDistrict, data.LevelCommune, data.LevelVertical, "ban", "thon", ""}
	r := register.New()
	var list []data.Unit
	for i, l := range []int{3, 6, 5, 1, 0, 4, 2} {
		list = append(list, data.Unit{ID: uint32(i + 1), Name: fmt.Sprint("Đơn vị ", i), Level: levels[l]})
	}
	r.SetCatalogue(list, fields, procedures)
	for i := range list {
		d := data.Dossier{ID: uint64(i + 1), Code: fmt.Sprint("H", i), Received: data.Moment{Day: base}, Unit: list[i].ID}
		g := data.GlanceOf(&d)
		r.Put(&g)
	}
	year, err := data.ParsePeriod("2022")
	if err != nil {
		t.Fatal(err)
	}
	var got []data.Level
	for _, row := range r.Figures(year, data.NoDay, data.ByLevel, register.Filter{}).Rows {
		got = append(got, data.Level(row.Key))
	}
	if !slices.Equal(got, levels) {
		t.Errorf("levels %q, want %q", got, levels)
	}
	var names []string
	for _, row := range r.Figures(year, data.NoDay, data.ByUnit, register.Filter{}).Rows {
		i := slices.IndexFunc(list, func(u data.Unit) bool { return u.Name == row.Name })
		names = append(names, string(list[i].Level))
	}
	if strings.Join(names, " ") != "tinh huyen xa nganh-doc ban thon " {
		t.Errorf("units stand by the levels %q", names)
	}
}

// Groups name what a dossier does not say, behind all that dossiers say.
func TestGroupsOfWhatIsNotSaid(t *testing.T) {
	ds := []data.Dossier{
		{ID: 1, Code: "H1", Received: data.Moment{Day: base}},
		{ID: 2, Code: "H2", Received: data.Moment{Day: base}, Receiver: 1, Officer: "Ứng Thị Mẫu"},
		{ID: 3, Code: "H3", Received: data.Moment{Day: base}, Receiver: 2, Officer: "An Văn Thử"},
		{ID: 4, Code: "H4", Received: data.Moment{Day: base}, Receiver: 1, Officer: "Ứng Thị Mẫu"},
	}
	r := build(ds)
	for by, want := range map[data.Group]string{
		data.ByReceiver:    "Phòng Tư pháp 2, UBND xã Đại Ân 1, Chưa rõ đơn vị 1",
		register.ByOfficer: "An Văn Thử 1, Ứng Thị Mẫu 2, Chưa rõ cán bộ 1",
		register.ByDesk:    "Chưa bàn giao 4",
	} {
		var got []string
		for _, g := range r.Groups(register.Query{Today: base}, by) {
			got = append(got, fmt.Sprintf("%s %d", g.Name, g.Count))
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %s, want %s", by, strings.Join(got, ", "), want)
		}
	}
}
