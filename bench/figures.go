package main

import (
	"database/sql"
	"fmt"
	"strconv"

	"giaoban/data"
	"giaoban/data/desk"
)

// benchFigures counts form II.06a by unit for the year 2022 and for the year
// before, and proves first that both engines count the same.
func benchFigures(o *office) []line {
	d, db := o.open(), o.sqlite()
	defer db.Close()
	period := must(data.ParsePeriod("2022"))
	for _, p := range []data.Period{period, period.Before()} {
		want := sqliteCount(db, p)
		for _, row := range d.Figures(p, data.NoDay, data.ByUnit, desk.Filter{}).Rows {
			id := must(strconv.Atoi(row.Key))
			if got := counted(row.Counts); got != want[id] {
				panic(fmt.Errorf("unit %d in %s: %v, SQLite counts %v", id, p.Key, got, want[id]))
			}
		}
	}
	ours := median(21, func() {
		now := d.Figures(period, data.NoDay, data.ByUnit, desk.Filter{})
		d.SamePeriodBefore(now, desk.Filter{})
	})
	other := median(3, func() {
		sqliteCount(db, period)
		sqliteCount(db, period.Before())
	})
	ratio := float64(other) / float64(ours)
	return []line{{"figures II.06a by unit, with the same period a year before", ">= 100 x SQLite", ms(ours), "SQLite, covering: " + ms(other), times(ratio), ratio >= 100}}
}

func sqliteCount(db *sql.DB, p data.Period) map[int][9]int64 {
	rows := must(db.Query(count, int(p.From), int(p.To)))
	defer rows.Close()
	found := map[int][9]int64{}
	for rows.Next() {
		var unit int
		var c [9]int64
		check(rows.Scan(&unit, &c[0], &c[1], &c[2], &c[3], &c[4], &c[5], &c[6], &c[7], &c[8]))
		found[unit] = c
	}
	check(rows.Err())
	return found
}
