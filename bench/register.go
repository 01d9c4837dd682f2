package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/register"
	"giaoban/data/text"
)

// loadRegister fills a register with the dossiers of the office, without a file
// between, and makes its orders ready.
func (o *office) loadRegister() *register.Register {
	r := register.New()
	var us []data.Unit
	var fs []data.Field
	var ps []data.Procedure
	for i := range units {
		us = append(us, data.Unit{ID: uint32(i + 1), Name: unitName(i + 1), Level: data.LevelCommune, Order: i})
	}
	for i := range fields {
		fs = append(fs, data.Field{ID: uint32(i + 1), Name: fieldName(i + 1)})
	}
	for i := range procedures {
		ps = append(ps, data.Procedure{ID: uint32(i + 1), Code: fmt.Sprintf("1.%06d", i), Name: procedureName(i + 1), Field: uint32(1 + i%fields)})
	}
	r.SetCatalogue(us, fs, ps)
	r.Reserve(o.n)
	check(r.Load(func(put func(*data.Glance)) error {
		for i := range o.n {
			one := o.dossier(i)
			one.ID = uint64(i + 1)
			g := data.GlanceOf(&one)
			put(&g)
		}
		return nil
	}))
	return r
}

// finished is a dossier of the office with one more event.
func (o *office) finished(i int) data.Dossier {
	one := o.dossier(i)
	one.ID = uint64(i + 1)
	one.Events = append(one.Events, data.Event{Kind: data.Finish, At: data.Moment{Day: today}})
	return one
}

// benchChange measures lists in every order right after a dossier was saved, and
// the finishing of many at once, beside sorting the list anew, which a register
// that throws its orders away at each change has to do.
func benchChange(o *office) []line {
	r := o.loadRegister()
	start := time.Now()
	r.Warm(register.Sorts...)
	warm := time.Since(start)
	rnd := rand.New(rand.NewPCG(5, 6))
	list := func(by register.Sort) int { return r.List(register.Query{Sort: by, Today: today}).Len() }
	var puts, lists, figures []time.Duration
	var slowest time.Duration
	var worst string
	year := must(data.ParsePeriod("2022"))
	r.Figures(year, data.NoDay, data.ByUnit, register.Filter{})
	for i := range 90 {
		one := o.finished(o.n - 1 - rnd.IntN(o.n/10))
		what := "an event"
		switch i % 3 {
		case 1:
			one.Owner.Name, what = "Nguyễn Văn Đổi", "another name"
		case 2:
			one.ID, one.Code, what = uint64(o.n+i), fmt.Sprint("H49.99-230115-", i), "a new dossier"
		}
		g := data.GlanceOf(&one)
		start := time.Now()
		r.Put(&g)
		puts = append(puts, time.Since(start))
		by := register.Sorts[i%len(register.Sorts)]
		start = time.Now()
		list(by)
		took := time.Since(start)
		lists = append(lists, took)
		if took > slowest {
			slowest, worst = took, fmt.Sprintf("slowest: by %q after %s, %s", by, what, ms(took))
		}
		start = time.Now()
		r.Figures(year, data.NoDay, data.ByUnit, register.Filter{})
		figures = append(figures, time.Since(start))
	}
	anew := o.sortAnew()
	p95 := percentile(lists, 95)
	lines := []line{
		{"lists in every order made ready, once", noBar, ms(warm), "", "", true},
		{"one dossier taken into the register, 95th percentile of 90", "< 50 ms", ms(percentile(puts, 95)), "slowest " + ms(slices.Max(puts)), "", percentile(puts, 95) < 50*time.Millisecond},
		{"whole list in any order right after a save, 95th perc.", "< 50 ms", ms(p95), worst, "", p95 < 50*time.Millisecond},
		{"the same, median", "quicker than sorting", ms(percentile(lists, 50)), "sorting by code anew: " + ms(anew), times(float64(anew) / float64(percentile(lists, 50))), percentile(lists, 50) < anew},
		{"figures by unit right after a save, 95th percentile", "< 50 ms", ms(percentile(figures, 95)), "median " + ms(percentile(figures, 50)), "", percentile(figures, 95) < 50*time.Millisecond},
	}
	many := min(10_000, o.n/2)
	glances := make([]data.Dossier, many)
	for i := range glances {
		glances[i] = o.finished(o.n - 1 - 3*i)
	}
	start = time.Now()
	check(r.Load(func(put func(*data.Glance)) error {
		for i := range glances {
			g := data.GlanceOf(&glances[i])
			put(&g)
		}
		return nil
	}))
	bulk := time.Since(start)
	slowest = 0
	for _, by := range register.Sorts {
		start := time.Now()
		list(by)
		if took := time.Since(start); took > slowest {
			slowest, worst = took, fmt.Sprintf("slowest: by %q", by)
		}
	}
	return append(lines,
		line{fmt.Sprintf("%s dossiers finished at once", data.FormatInt(int64(many))), "< 300 ms", ms(bulk), "", "", bulk < 300*time.Millisecond},
		line{"the first list in each order after that, slowest", "< 50 ms", ms(slowest), worst, "", slowest < 50*time.Millisecond})
}

// sortAnew is how long the first list by code takes where no order is ready.
func (o *office) sortAnew() time.Duration {
	r := o.loadRegister()
	r.List(register.Query{})
	start := time.Now()
	r.List(register.Query{Sort: register.SortCode})
	return time.Since(start)
}

// benchQueries measures what the screens ask beside the search: field words,
// groups, saved filters, and what is due soon.
func benchQueries(o *office) []line {
	r := o.loadRegister()
	r.Warm(register.Sorts...)
	texts := []string{"hạn<=hôm nay tình trạng: quá hạn", "đơn vị: phường số 7 nguyen", "nhan:2022 kenh: truc tuyen", "ten: trần thị lan", "ma: h49.12", "sdt:0912",
		"cccd:0123", "thu tuc: so 21 hoa", "dia chi: khu 3 hạn:tuần này", "xong: thang truoc", "tinh trang: cho bo sung", "noi dung: khai sinh nhận>=06/2022"}
	var typed []time.Duration
	var slowest time.Duration
	var worst string
	for _, text := range texts {
		runes := []rune(text)
		for i := range runes {
			start := time.Now()
			l := r.List(register.Query{Text: string(runes[:i+1]), Today: today})
			took := time.Since(start)
			typed = append(typed, took)
			if took > slowest {
				slowest, worst = took, fmt.Sprintf("slowest: %q, %d found, %s", string(runes[:i+1]), l.Len(), ms(took))
			}
		}
	}
	var marked, folded []time.Duration
	for _, name := range typedNames(o, 200) {
		for _, one := range []struct {
			text string
			took *[]time.Duration
		}{{text.Fold(name), &folded}, {name, &marked}} {
			start := time.Now()
			r.List(register.Query{Text: one.text, Today: today})
			*one.took = append(*one.took, time.Since(start))
		}
	}
	var groups []time.Duration
	for range 5 {
		for _, by := range []data.Group{data.ByUnit, data.ByField, data.ByProcedure, register.ByDesk, register.ByOutcome, register.ByStatus} {
			start := time.Now()
			r.Groups(register.Query{Today: today, Filter: register.Filter{Channels: []data.Channel{data.Online}}}, by)
			groups = append(groups, time.Since(start))
		}
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
	counts := median(7, func() { r.Counts(saved) })
	year := must(data.ParsePeriod("2022"))
	letters := median(7, func() { r.Letters(year, data.NoDay, data.ByUnit, register.Filter{}) })
	bar := func(work, bar string, took, limit time.Duration, other string) line {
		return line{work, bar, ms(took), other, "", took < limit}
	}
	return []line{
		bar("one keystroke of search with field words, 95th percentile", "< 30 ms", percentile(typed, 95), 30*time.Millisecond, worst),
		bar("putting those with the typed diacritics first, 95th perc.", "< 16 ms", percentile(marked, 95), 16*time.Millisecond,
			fmt.Sprintf("median %s; the search before it %s", ms(percentile(marked, 50)), ms(percentile(folded, 50)))),
		bar("listed dossiers counted by group, 95th percentile", "< 20 ms", percentile(groups, 95), 20*time.Millisecond, "median "+ms(percentile(groups, 50))),
		bar("twenty saved filters counted together", "< 100 ms", counts, 100*time.Millisecond, ""),
		bar("letters of apology by unit for a year", "< 30 ms", letters, 30*time.Millisecond, ""),
	}
}

// typedNames returns n names as they grow under the fingers, with diacritics.
func typedNames(o *office, n int) (list []string) {
	r := rand.New(rand.NewPCG(8, 9))
	for len(list) < n {
		text := []rune(strings.ToLower(o.dossier(r.IntN(o.n)).Owner.Name))
		for i := 1; i <= len(text) && len(list) < n; i++ {
			list = append(list, string(text[:i]))
		}
	}
	return list
}
