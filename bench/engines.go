package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"os"
	"path/filepath"

	"github.com/duckdb/duckdb-go/v2"
	_ "github.com/mattn/go-sqlite3" // another engine beside which the register is measured

	"giaoban/data"
)

// schema keeps what the figures and the search need, states computed ahead: the other
// engines are spared the events. withdrawn, wait_from and wait_to stand for them; an open
// end is NULL.
const schema = `CREATE TABLE dossier (id INTEGER PRIMARY KEY, code TEXT, owner TEXT, unit INT, field INT, procedure INT, channel INT,
  received INT, due INT, ended INT, withdrawn INT, wait_from INT, wait_to INT, folded TEXT)`

// covering holds every column that the figures by unit read, the rows of a unit together
// and in the order of receipt.
const covering = `CREATE INDEX figures ON dossier (unit, received, ended, due, channel, withdrawn, wait_from, wait_to); ANALYZE;`

// count is form II.06a by unit from day $1 to $2, the columns in the order of counted.
const count = `
SELECT unit,
  count(*) FILTER (WHERE received >= $1 AND channel = 2),
  count(*) FILTER (WHERE received >= $1 AND channel = 1),
  count(*) FILTER (WHERE received >= $1 AND channel = 3),
  count(*) FILTER (WHERE received < $1),
  count(*) FILTER (WHERE ended <= $2 AND withdrawn = 0 AND ended < due),
  count(*) FILTER (WHERE ended <= $2 AND (withdrawn = 1 OR ended = due)),
  count(*) FILTER (WHERE ended <= $2 AND withdrawn = 0 AND ended > due),
  count(*) FILTER (WHERE (ended IS NULL OR ended > $2) AND (due >= $2 OR (wait_from <= $2 AND (wait_to IS NULL OR wait_to > $2)))),
  count(*) FILTER (WHERE (ended IS NULL OR ended > $2) AND due < $2 AND (wait_from IS NULL OR wait_from > $2 OR wait_to <= $2))
FROM dossier WHERE received <= $2 AND (ended IS NULL OR ended >= $1) GROUP BY unit`

// counted are the columns of count, for the proof that all count the same.
func counted(c data.Counts) [9]int64 {
	return [9]int64{c.NewOnline, c.NewDirect, c.NewPostal, c.Carried, c.Early, c.OnTime, c.Late, c.InTime, c.Overdue}
}

// figures returns the counts of a period by unit.
func figures(db *sql.DB, p data.Period) map[int][9]int64 {
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

// row is a dossier as the other engines keep it.
func (o *office) row(i int) []driver.Value {
	one := o.dossier(i)
	var ended, waitFrom, waitTo driver.Value
	withdrawn := int32(0)
	for _, e := range one.Events {
		switch e.Kind {
		case data.AskSupplement:
			waitFrom = int32(e.At.Day)
		case data.Supplement:
			waitTo = int32(e.At.Day)
		case data.Finish:
			ended = int32(e.At.Day)
		case data.Withdraw:
			ended, withdrawn = int32(e.At.Day), 1
		}
	}
	return []driver.Value{int32(i + 1), one.Code, one.Owner.Name, int32(one.Unit), int32(one.Field), int32(one.Procedure), int32(one.Channel),
		int32(one.Received.Day), int32(one.Due.Day), ended, withdrawn, waitFrom, waitTo, folded(&one)}
}

// engine opens the same office in another engine; fill writes it once.
func (o *office) engine(name string, fill func(db *sql.DB)) *sql.DB {
	path := filepath.Join(o.dir, fmt.Sprintf("office-%d.%s", o.n, name))
	_, missing := os.Stat(path)
	db := must(sql.Open(name, path))
	db.SetMaxOpenConns(1)
	if missing != nil {
		fmt.Fprintln(os.Stderr, "writing the same dossiers to "+name+" …")
		fill(db)
	}
	return db
}

func (o *office) sqlite() *sql.DB {
	return o.engine("sqlite3", func(db *sql.DB) {
		must(db.Exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; " + schema))
		tx := must(db.Begin())
		insert := must(tx.Prepare(`INSERT INTO dossier VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`))
		for i := range o.n {
			var args []any
			for _, v := range o.row(i) {
				args = append(args, v)
			}
			must(insert.Exec(args...))
		}
		check(tx.Commit())
		must(db.Exec(covering))
	})
}

func (o *office) duckdb() *sql.DB {
	return o.engine("duckdb", func(db *sql.DB) {
		must(db.Exec(schema))
		conn := must(db.Conn(context.Background()))
		defer conn.Close()
		check(conn.Raw(func(c any) error {
			a := must(duckdb.NewAppenderFromConn(c.(driver.Conn), "", "dossier"))
			for i := range o.n {
				check(a.AppendRow(o.row(i)...))
			}
			return a.Close()
		}))
	})
}
