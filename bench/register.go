package main

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/register"
	"giaoban/data/text"
)

// aPass names the yardstick of what looks at all dossiers.
const aPass = "bytes.Index pass"

// finished is a dossier of the office with one more event.
func (o *office) finished(i int) data.Glance {
	one := o.dossier(i)
	one.ID = uint64(i + 1)
	one.Events = append(one.Events, data.Event{Kind: data.Finish, At: data.Moment{Day: today}})
	return data.GlanceOf(&one)
}

// benchFigures counts form II.06a by unit for the year 2022 and for the year before, and
// proves first that all engines count the same.
func benchFigures(o *office) []line {
	r := o.loaded()
	lite, duck := o.sqlite(), o.duckdb()
	defer lite.Close()
	defer duck.Close()
	year := must(data.ParsePeriod("2022"))
	both := func(count func(p data.Period)) func() { return func() { count(year); count(year.Before()) } }
	both(func(p data.Period) {
		for name, db := range map[string]*sql.DB{"SQLite": lite, "DuckDB": duck} {
			want := figures(db, p)
			for _, row := range r.Figures(p, data.NoDay, data.ByUnit, register.Filter{}).Rows {
				if got, id := counted(row.Counts), must(strconv.Atoi(row.Key)); got != want[id] {
					panic(fmt.Errorf("unit %d in %s: %v, %s counts %v", id, p.Key, got, name, want[id]))
				}
			}
		}
	})()
	ours := both(func(p data.Period) { r.Figures(p, data.NoDay, data.ByUnit, register.Filter{}) })
	i := o.n
	took := turns(7, ours, both(func(p data.Period) { figures(lite, p) }), both(func(p data.Period) { figures(duck, p) }), func() {
		i -= 7
		g := o.finished(i)
		r.Put(&g)
		ours()
	})
	const work = "figures II.06a by unit, with the same period a year before"
	return []line{
		timed(work, took[0], "SQLite, covering", took[1], 1./100), timed(work, took[0], "DuckDB", took[2], 1./50),
		timed("the same with one dossier saved just before", took[3], "DuckDB", took[2], 1./10),
	}
}

// benchSearch types names, codes and numbers letter by letter, without diacritics. Each
// keystroke of ours gives the whole sorted list; the others only count.
func benchSearch(o *office) []line {
	r := o.loaded()
	lite := o.sqlite()
	defer lite.Close()
	o.bare()
	runtime.GC()
	var ours, passes, others, compared []time.Duration
	for i, typed := range keystrokes(o, 200) {
		var n, want int
		ours = append(ours, clocked(func() { n = r.List(register.Query{Text: typed}).Len() }))
		needle := register.Phrase(typed)
		passes = append(passes, clocked(func() { want = o.pass([]byte(needle)) }))
		// One or two digits are not looked for in phone and identity numbers: nearly all have them.
		if short := len(needle) < 3 && strings.Trim(needle, "0123456789") == ""; n != want && !short {
			panic(fmt.Errorf("%q: %d dossiers, %d hold it", typed, n, want))
		}
		if i%10 == 9 {
			others = append(others, clocked(func() {
				check(lite.QueryRow("SELECT count(*) FROM dossier WHERE folded LIKE ?", "%"+needle+"%").Scan(&want))
			}))
			compared = append(compared, ours[i])
		}
	}
	return []line{
		timed("one keystroke of search, 95th percentile of 200", percentile(ours, 95), aPass, percentile(passes, 50), 1),
		timed("one keystroke of search, median", percentile(compared, 50), "SQLite LIKE", percentile(others, 50), 1./20),
	}
}

// keystrokes returns n search texts as they grow under the fingers.
func keystrokes(o *office, n int) (list []string) {
	r := rand.New(rand.NewPCG(1, 2))
	for len(list) < n {
		one := o.dossier(r.IntN(o.n))
		list = append(list, growing(text.Fold([]string{one.Code, one.Owner.Phone, one.Owner.Name, one.Owner.Name}[r.IntN(4)]))...)
	}
	return list[:n]
}

// growing returns a text as it grows under the fingers.
func growing(text string) (list []string) {
	for i := range text {
		if i > 0 {
			list = append(list, text[:i])
		}
	}
	return append(list, text)
}

// benchChange measures lists in every order right after a dossier was saved, and the
// finishing of many at once, beside sorting the list anew, which a register that throws its
// orders away at each change has to do.
func benchChange(o *office) []line {
	r := o.loaded()
	rnd := rand.New(rand.NewPCG(5, 6))
	list := func(by register.Sort) time.Duration {
		return clocked(func() { r.List(register.Query{Sort: by, Today: today}) })
	}
	var puts, lists, passes, firsts []time.Duration
	for i := range 90 {
		g := o.finished(o.n - 1 - rnd.IntN(o.n/10))
		switch i % 3 {
		case 1:
			g.Owner = []byte("Nguyễn Văn Đổi")
		case 2:
			g.ID, g.Code = uint64(o.n+i), fmt.Appendf(nil, "H49.99-230115-%d", i)
		}
		puts = append(puts, clocked(func() { r.Put(&g) }))
		lists = append(lists, list(register.Sorts[i%len(register.Sorts)]))
		passes = append(passes, clocked(o.bare))
	}
	pass := percentile(passes, 50)
	other := o.fresh()
	other.List(register.Query{})
	anew := clocked(func() { other.List(register.Query{Sort: register.SortCode}) })
	many := min(10_000, o.n/4)
	glances := make([]data.Glance, many)
	for i := range glances {
		glances[i] = o.finished(o.n - 1 - 3*i)
	}
	bulk := clocked(func() {
		check(r.Load(func(put func(*data.Glance)) error {
			for i := range glances {
				put(&glances[i])
			}
			return nil
		}))
	})
	for _, by := range register.Sorts {
		firsts = append(firsts, list(by))
	}
	return []line{
		timed("one dossier taken into the register, 95th percentile of 90", percentile(puts, 95), aPass, pass, 1),
		timed("whole list in any order right after a save, 95th perc.", percentile(lists, 95), aPass, pass, 1),
		timed("the same, median", percentile(lists, 50), "sorting by code anew", anew, 0.1),
		timed(fmt.Sprintf("%d dossiers finished at once", many), bulk, aPass, pass, 5),
		timed("the first list in each order after that, slowest", slices.Max(firsts), aPass, pass, 1),
	}
}

// benchQueries measures what the screens ask beside the search: field words, groups, saved
// filters, letters.
func benchQueries(o *office) []line {
	r := o.loaded()
	texts := []string{"hạn<=hôm nay tình trạng: quá hạn", "đơn vị: phường số 7 nguyen", "nhan:2022 kenh: truc tuyen", "ten: trần thị lan", "ma: h49.12", "sdt:0912",
		"cccd:0123", "thu tuc: so 21 hoa", "dia chi: khu 3 hạn:tuần này", "xong: thang truoc", "tinh trang: cho bo sung", "noi dung: khai sinh nhận>=06/2022"}
	o.bare()
	var typed, marked, groups, passes []time.Duration
	ask := func(took *[]time.Duration, text string) {
		*took = append(*took, clocked(func() { r.List(register.Query{Text: text, Today: today}) }))
	}
	for _, text := range texts {
		for _, one := range growing(text) {
			ask(&typed, one)
		}
		passes = append(passes, clocked(o.bare))
	}
	rnd := rand.New(rand.NewPCG(8, 9))
	for range 12 {
		for _, name := range growing(strings.ToLower(o.dossier(rnd.IntN(o.n)).Owner.Name)) {
			ask(&marked, name)
		}
		for _, by := range []data.Group{data.ByUnit, data.ByField, data.ByProcedure, register.ByDesk, register.ByOutcome, register.ByStatus} {
			groups = append(groups, clocked(func() {
				r.Groups(register.Query{Today: today, Filter: register.Filter{Channels: []data.Channel{data.Online}}}, by)
			}))
		}
		passes = append(passes, clocked(o.bare))
	}
	var saved []register.Query
	for i := range 20 {
		q := register.Query{Today: today}
		switch i % 5 {
		case 0:
			q.Units = []uint32{uint32(i + 1)}
		case 1:
			q.Outcomes = []data.Outcome{data.Overdue}
		case 2:
			q.Fields, q.Channels = []uint32{uint32(i + 1)}, []data.Channel{data.Online}
		case 3:
			q.Outcomes, q.Due = []data.Outcome{data.PendingInTime}, &register.DaySpan{From: today, To: today + 7}
		case 4:
			q.Text = fmt.Sprintf("đơn vị: phường số %d tình trạng: quá hạn", i)
		}
		saved = append(saved, q)
	}
	year := must(data.ParsePeriod("2022"))
	took := turns(7, func() { r.Counts(saved) }, func() { r.Letters(year, data.NoDay, data.ByUnit, register.Filter{}) }, o.bare)
	pass := percentile(passes, 50)
	return []line{
		timed("one keystroke of search with field words, 95th percentile", percentile(typed, 95), aPass, pass, 1),
		timed("one keystroke with diacritics, those first, 95th percentile", percentile(marked, 95), aPass, pass, 1),
		timed("listed dossiers counted by group, 95th percentile", percentile(groups, 95), aPass, pass, 1),
		timed("twenty saved filters counted together", took[0], aPass, took[2], 3),
		timed("letters of apology by unit for a year", took[1], aPass, took[2], 1),
	}
}
