package desk_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/register"
)

// oracle counts one dossier by asking data.Dossier.On for every day that
// matters (register-and-reports 4.3). ok is false when it does not belong to
// the period.
func oracle(d *data.Dossier, p data.Period, cut data.Day) (c data.Counts, ok bool) {
	to := min(p.To, cut)
	s := d.On(cut)
	if d.Received.Day > to || !s.Counted() {
		return c, false
	}
	if d.Received.Day < p.From {
		open := !d.On(p.From - 1).Closed
		for day := p.From; day <= cut && !open; day++ {
			open = d.On(day-1).Closed && !d.On(day).Closed
		}
		if !open {
			return c, false
		}
		c.Carried = 1
	} else {
		switch d.Channel {
		case data.Online:
			c.NewOnline = 1
		case data.Postal:
			c.NewPostal = 1
		default:
			c.NewDirect = 1
		}
	}
	flag := func(f data.Flag) int64 {
		if d.Flags&f == f {
			return 1
		}
		return 0
	}
	switch s.Outcome(cut, d.Term) {
	case data.Early:
		c.Early = 1
	case data.OnTime:
		c.OnTime = 1
	case data.Late:
		c.Late = 1
	case data.WithdrawnOut:
		c.OnTime, c.Withdrawn = 1, 1
	case data.PendingInTime:
		c.InTime = 1
	case data.PendingWait:
		c.InTime, c.Waiting = 1, 1
	case data.Overdue:
		c.Overdue = 1
	}
	if s.Apologies > 0 {
		c.Apologised = c.Late + c.Overdue
	}
	c.FeeDue, c.PaidOnline, c.Digitised, c.Published = flag(data.FeeDue), flag(data.FeeDue|data.PaidOnline), flag(data.Digitised), flag(data.Published)
	if c.Resolved() > 0 {
		c.EResult, c.Surveyed, c.Satisfied = flag(data.EResult), flag(data.Surveyed), flag(data.Surveyed|data.Satisfied)
	}
	if d.Channel == data.Postal || d.Return == data.ReturnPostal {
		c.Postal = 1
	}
	return c, true
}

// filled returns a desk with every kind of register that the fixtures hold.
func filled(t *testing.T) *desk.Desk {
	t.Helper()
	d := fresh(t)
	for _, name := range []string{"E_full.xlsx", "E_update.xlsx", "K_handover.xlsx", "G_overdue.xlsx", "J_dvcqg.csv", "I_opencps.xlsx", "A_server.xlsx",
		"M06_register.xlsx", "E_channel.xlsx", "trap_text.xlsx", "box_tcvn3.csv", "date_us.csv"} {
		load(t, d, fixture(name))
	}
	return d
}

func TestFigures(t *testing.T) {
	d := filled(t)
	t.Run("equal the oracle", func(t *testing.T) { figuresEqualOracle(t, d) })
	t.Run("channels make the whole", func(t *testing.T) { channelsMakeTheWhole(t, d) })
	t.Run("months", func(t *testing.T) { months(t, d) })
	t.Run("lists are ordered", func(t *testing.T) { listsAreOrdered(t, d) })
}

// figuresEqualOracle compares every row of every grouping, for periods that
// are over, that run and that lie ahead, with a slow count over all dossiers;
// and every figure with the list behind it.
func figuresEqualOracle(t *testing.T, d *desk.Desk) {
	ds, c := dossiers(t, d), d.Catalogue()
	if len(ds) < 300 {
		t.Fatalf("only %d dossiers", len(ds))
	}
	keys := map[data.Group]func(*data.Dossier) string{
		data.ByUnit:      func(o *data.Dossier) string { return fmt.Sprint(o.Unit) },
		data.ByField:     func(o *data.Dossier) string { return fmt.Sprint(o.Field) },
		data.ByProcedure: func(o *data.Dossier) string { return fmt.Sprint(o.Procedure) },
		data.ByLevel:     func(o *data.Dossier) string { return string(c.Unit(o.Unit).Level) },
		data.ByChannel:   func(o *data.Dossier) string { return max(o.Channel, data.Direct).Key() },
	}
	totals := data.Counts{}
	for _, ask := range []struct {
		period string
		asOf   data.Day
	}{
		{"2022", data.NoDay}, {"2023", data.NoDay}, {"2022-Q4", data.NoDay}, {"2022-12", data.Date(2022, 12, 20)}, {"2023-H1", data.Date(2023, 2, 10)},
		{"2023-03", data.Date(2024, 5, 1)}, {"nd09:2023-Q1", data.NoDay}, {"2026", data.NoDay}, {"1999", data.NoDay},
	} {
		p, err := data.ParsePeriod(ask.period)
		if err != nil {
			t.Fatal(err)
		}
		cut := ask.asOf
		if cut == data.NoDay {
			cut = p.To
		}
		for group, key := range keys {
			want := map[string]data.Counts{}
			var total data.Counts
			for i := range ds {
				if n, ok := oracle(&ds[i], p, cut); ok {
					row := want[key(&ds[i])]
					row.Add(n)
					want[key(&ds[i])] = row
					total.Add(n)
				}
			}
			table := d.Figures(p, ask.asOf, group, desk.Filter{})
			if table.AsOf != cut || table.Total != total {
				t.Errorf("%s as of %s by %s: total %+v, oracle %+v", ask.period, cut, group, table.Total, total)
			}
			got := map[string]data.Counts{}
			for _, row := range table.Rows {
				got[row.Key] = row.Counts
				if strings.TrimSpace(row.Name) == "" {
					t.Errorf("%s: the row %q has no name", group, row.Key)
				}
			}
			if len(table.Rows) != len(want) || !maps.Equal(got, want) {
				t.Errorf("%s as of %s by %s:\n%v\noracle\n%v", ask.period, cut, group, got, want)
			}
			checkLists(t, d, table)
		}
		table := d.Figures(p, ask.asOf, data.ByUnit, desk.Filter{})
		for _, rate := range d.Rates(table, true, desk.Filter{}) {
			q := register.CellQuery(table, nil, register.RateColumn(rate.ID), desk.Filter{})
			q.Rate = rate.ID
			if got := d.Count(q); int64(got) != rate.Now.Numerator {
				t.Errorf("%s rate %s: numerator %d, listed %d", ask.period, rate.ID, rate.Now.Numerator, got)
			}
			if rate.Now.Numerator > rate.Now.Denominator {
				t.Errorf("%s rate %s: %v", ask.period, rate.ID, rate.Now)
			}
		}
		totals.Add(table.Total)
	}
	// The fixtures reach every column, or the comparison proves little.
	for _, col := range data.Columns {
		if col.Of(totals) == 0 && col != data.ColNewPostal {
			t.Errorf("no dossier stands in column %s in any period", col)
		}
	}
}

func checkLists(t *testing.T, d *desk.Desk, table data.Table) {
	t.Helper()
	for i := -1; i < len(table.Rows); i++ {
		var row *data.Row
		counts := table.Total
		if i >= 0 {
			row, counts = &table.Rows[i], table.Rows[i].Counts
		}
		for _, col := range data.Columns {
			q := register.CellQuery(table, row, col, desk.Filter{})
			if n := d.List(q).Len(); int64(n) != col.Of(counts) || d.Count(q) != n {
				t.Errorf("%s by %s, row %d, %s: %d listed, figure %d", table.Period.Label, table.Group, i, col, n, col.Of(counts))
			}
		}
	}
}

func channelsMakeTheWhole(t *testing.T, d *desk.Desk) {
	p, err := data.ParsePeriod("2022")
	if err != nil {
		t.Fatal(err)
	}
	var sum data.Counts
	for _, c := range []data.Channel{data.Direct, data.Online, data.Postal} {
		sum.Add(d.Figures(p, data.NoDay, data.ByField, desk.Filter{Channels: []data.Channel{c}}).Total)
	}
	if all := d.Figures(p, data.NoDay, data.ByField, desk.Filter{}).Total; sum != all || all.Received() == 0 {
		t.Errorf("the channels make %+v of %+v", sum, all)
	}
}

func TestSamePeriodBefore(t *testing.T) {
	d := fresh(t)
	load(t, d, write(t, "hai-nam.csv",
		"Mã hồ sơ;Tên thủ tục hành chính;Chủ hồ sơ;Ngày tiếp nhận;Ngày hẹn trả;Ngày kết thúc xử lý;Hình thức nộp",
		"A-1;Thử;Trần Mẫu;20/03/2022;25/03/2022;24/03/2022;Trực tuyến",
		"A-2;Thử;Trần Mẫu;21/03/2022;25/03/2022;30/03/2022;Trực tiếp",
		"A-3;Thử;Trần Mẫu;15/05/2022;25/05/2022;20/05/2022;Trực tiếp",
		"B-1;Thử;Trần Mẫu;20/03/2023;27/03/2023;24/03/2023;Trực tuyến",
		"B-2;Thử;Trần Mẫu;20/03/2023;27/03/2023;24/03/2023;Trực tuyến",
		"B-3;Thử;Trần Mẫu;20/03/2023;27/03/2023;24/03/2023;Trực tiếp"))
	for _, c := range []struct {
		period        string
		asOf          data.Day
		from, to, cut string
		received      int64
		resolved      int64
		change        string // of the online rate
	}{
		{"2023", data.NoDay, "2022-01-01", "2022-12-31", "2022-12-31", 3, 3, "+33,34"},
		{"2023-Q1", data.NoDay, "2022-01-01", "2022-03-31", "2022-03-31", 2, 2, "+16,67"},
		// As of a day within the period: the year before is cut on the same day.
		{"2023", data.Date(2023, 3, 28), "2022-01-01", "2022-12-31", "2022-03-28", 2, 1, "+16,67"},
		{"2024", data.NoDay, "2023-01-01", "2023-12-31", "2023-12-31", 3, 3, ""},
	} {
		p, err := data.ParsePeriod(c.period)
		if err != nil {
			t.Fatal(err)
		}
		now := d.Figures(p, c.asOf, data.ByUnit, desk.Filter{})
		b := d.SamePeriodBefore(now, desk.Filter{})
		if b.Period.From.ISO() != c.from || b.Period.To.ISO() != c.to || b.AsOf.ISO() != c.cut || b.Total.Received() != c.received || b.Total.Resolved() != c.resolved || b.Group != data.ByUnit {
			t.Errorf("%s as of %s: %s to %s as of %s, %d received, %d resolved; want %+v", c.period, now.AsOf, b.Period.From, b.Period.To, b.AsOf, b.Total.Received(), b.Total.Resolved(), c)
		}
		for _, r := range d.Rates(now, true, desk.Filter{}) {
			if r.ID != "online" {
				continue
			}
			change := ""
			if n, ok := data.ChangePoints(r.Now, r.Before); ok {
				change = data.FormatChange(n)
			}
			if !r.Compared || change != c.change {
				t.Errorf("%s: the online rate changed by %q, want %q (%v, %v)", c.period, change, c.change, r.Now, r.Before)
			}
		}
		for _, r := range d.Rates(now, false, desk.Filter{}) {
			if r.Compared {
				t.Errorf("%s is compared", r.ID)
			}
		}
	}
}

func months(t *testing.T, d *desk.Desk) {
	p, err := data.FreePeriod(data.Date(2022, 11, 10), data.Date(2023, 2, 5))
	if err != nil {
		t.Fatal(err)
	}
	asOf := data.Date(2023, 1, 20)
	state, err := d.At()
	if err != nil {
		t.Fatal(err)
	}
	months := state.Months(p, asOf, desk.Filter{})
	state.Close()
	ds := dossiers(t, d)
	var spans []string
	sum := int64(0)
	for _, m := range months {
		spans = append(spans, m.Period.From.ISO()+" "+m.Period.To.ISO())
		var now data.Counts
		for _, one := range ds {
			if n, ok := oracle(&one, m.Period, min(m.Period.To, asOf)); ok {
				now.Add(n)
			}
		}
		if m.Period.From > asOf {
			now = data.Counts{}
		}
		if m.New != now.New() || m.Resolved != now.Resolved() || m.Overdue != now.Overdue {
			t.Errorf("%s: %d new, %d resolved, %d overdue; oracle %d, %d, %d", spans[len(spans)-1], m.New, m.Resolved, m.Overdue, now.New(), now.Resolved(), now.Overdue)
		}
		sum += m.New
	}
	if want := []string{"2022-11-10 2022-11-30", "2022-12-01 2022-12-31", "2023-01-01 2023-01-31", "2023-02-01 2023-02-05"}; !slices.Equal(spans, want) {
		t.Errorf("months %v", spans)
	}
	if all := d.Figures(p, asOf, data.ByUnit, desk.Filter{}).Total.New(); all != sum || all == 0 {
		t.Errorf("the months make %d of %d", sum, all)
	}
	last := d.LastMonths(asOf, 12, desk.Filter{})
	if len(last) != 12 || last[0].Period.From.ISO() != "2022-02-01" || last[11].Period.To.ISO() != "2023-01-31" {
		t.Errorf("the last twelve months: %d from %s", len(last), last[0].Period.From)
	}
}

func listsAreOrdered(t *testing.T, d *desk.Desk) {
	names := func(q desk.Query) (out []string) {
		for _, id := range d.List(q).IDs {
			one, err := d.Dossier(uint64(id))
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, one.Owner.Name)
		}
		return out
	}
	byOwner := names(desk.Query{Sort: register.SortOwner})
	if !slices.IsSortedFunc(byOwner, register.CompareText) {
		t.Error("owners are not in Vietnamese order")
	}
	// A dossier that comes later finds its place.
	load(t, d, write(t, "them.csv", "Mã hồ sơ;Tên thủ tục hành chính;Chủ hồ sơ;Ngày tiếp nhận", "Z-1;Thử;Ăn Văn Mẫu;20/03/2023", "Z-2;Thử;Đăng Văn Mẫu;20/03/2023"))
	if byOwner = names(desk.Query{Sort: register.SortOwner}); !slices.IsSortedFunc(byOwner, register.CompareText) || !slices.Contains(byOwner, "Đăng Văn Mẫu") {
		t.Error("after an import owners are not in Vietnamese order")
	}
	first, last := d.Span()
	for _, one := range dossiers(t, d) {
		if one.Received.Day < first || one.Received.Day > last {
			t.Errorf("%s was received on %s, outside %s to %s", one.Code, one.Received.Day, first, last)
		}
	}
}

func TestExplain(t *testing.T) {
	d := fresh(t)
	var known data.Procedure
	for _, p := range d.Catalogue().Procedures {
		if p.Code != "" && p.Term == (data.Term{Count: 5, Unit: data.WorkingDays}) {
			known = p
			break
		}
	}
	if known.ID == 0 {
		t.Fatal("the shipped catalogue has no procedure of 5 working days")
	}
	r := load(t, d, write(t, "thoi-han.csv",
		"Mã hồ sơ;Mã TTHC;Tên thủ tục hành chính;Chủ hồ sơ;Ngày tiếp nhận;Ngày hẹn trả;Thời hạn",
		"HS-1;;Thủ tục thử;Trần Mẫu;31/05/2021;14/06/2021;10 ngày làm việc",
		"HS-2;;Thủ tục thử;Trần Mẫu;31/05/2021;15/06/2021;10 ngày làm việc",
		"HS-3;"+known.Code+";"+known.Name+";Trần Mẫu;27/10/2023;03/11/2023;",
		"HS-4;;Thủ tục thử;Trần Mẫu;26/04/2024;04/05/2024;",
		"HS-5;;Thủ tục thử;Trần Mẫu;26/04/2024;;"))
	if r.New != 5 {
		t.Fatalf("%+v", r)
	}
	for _, c := range []struct {
		code, due, basis string
		agrees           bool
	}{
		{"HS-1", "2021-06-14", "ghi khi tiếp nhận", true},
		{"HS-2", "2021-06-14", "ghi khi tiếp nhận", false},
		{"HS-3", "2023-11-03", "danh mục", true},
		{"HS-4", "2024-05-04", "có 3 ngày làm việc", true}, // a Saturday worked in lieu
	} {
		one, err := d.Dossier(d.Find(c.code))
		if err != nil {
			t.Fatal(err)
		}
		x, ok := d.Explain(&one)
		if !ok || x.Due.Day.ISO() != c.due || x.Agrees != c.agrees || !strings.Contains(x.Basis, c.basis) || x.Printed != one.Due {
			t.Errorf("%s: due %s, %q, agrees %v, %v; want %+v", c.code, x.Due.Day.ISO(), x.Basis, x.Agrees, ok, c)
			continue
		}
		if last := x.Days[len(x.Days)-1]; last.Date != x.Due.Day || !last.Due || x.Days[0].Date != one.Received.Day {
			t.Errorf("%s: the days run from %s to %s", c.code, x.Days[0].Date, last.Date)
		}
	}
	one, err := d.Dossier(d.Find("HS-5"))
	if err != nil {
		t.Fatal(err)
	}
	if x, ok := d.Explain(&one); ok {
		t.Errorf("nothing to explain, and yet %+v", x)
	}
}
