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
func benchFigures(o *office) ([]line, error) {
	d, err := o.open()
	if err != nil {
		return nil, err
	}
	db, err := o.sqlite()
	if err != nil {
		return nil, err
	}
	defer db.Close()
	period, err := data.ParsePeriod("2022")
	if err != nil {
		return nil, err
	}
	for _, p := range []data.Period{period, period.Before()} {
		want, err := sqliteCount(db, p)
		if err != nil {
			return nil, err
		}
		for _, row := range d.Figures(p, data.NoDay, data.ByUnit, desk.Filter{}).Rows {
			id, err := strconv.Atoi(row.Key)
			if err != nil {
				return nil, err
			}
			if got := counted(row.Counts); got != want[id] {
				return nil, fmt.Errorf("unit %d in %s: %v, SQLite counts %v", id, p.Key, got, want[id])
			}
		}
	}
	ours, err := median(21, func() error {
		now := d.Figures(period, data.NoDay, data.ByUnit, desk.Filter{})
		d.SamePeriodBefore(now, desk.Filter{})
		return nil
	})
	if err != nil {
		return nil, err
	}
	other, err := median(3, func() error {
		_, err := sqliteCount(db, period)
		if err == nil {
			_, err = sqliteCount(db, period.Before())
		}
		return err
	})
	ratio := float64(other) / float64(ours)
	return []line{{"figures II.06a by unit, with the same period a year before", ">= 100 x SQLite", ms(ours), "SQLite, covering: " + ms(other), times(ratio), ratio >= 100}}, err
}

func sqliteCount(db *sql.DB, p data.Period) (map[int][9]int64, error) {
	rows, err := db.Query(count, int(p.From), int(p.To))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[int][9]int64{}
	for rows.Next() {
		var unit int
		var c [9]int64
		if err := rows.Scan(&unit, &c[0], &c[1], &c[2], &c[3], &c[4], &c[5], &c[6], &c[7], &c[8]); err != nil {
			return nil, err
		}
		found[unit] = c
	}
	return found, rows.Err()
}
