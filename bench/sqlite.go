package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	_ "github.com/mattn/go-sqlite3" // the engine beside which the register is measured

	"giaoban/data"
	"giaoban/data/text"
)

// schema keeps what the figures and the search need, states computed ahead:
// the other engine is spared the events. withdrawn, wait_from and wait_to stand
// for them; an open end is NULL.
const schema = `
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;
CREATE TABLE dossier (id INTEGER PRIMARY KEY, code TEXT, owner TEXT, unit INT, field INT, procedure INT, channel INT,
  received INT, due INT, ended INT, withdrawn INT, wait_from INT, wait_to INT, folded TEXT);`

// covering holds every column that the figures by unit read, the rows of a unit
// together and in the order of receipt.
const covering = `CREATE INDEX figures ON dossier (unit, received, ended, due, channel, withdrawn, wait_from, wait_to); ANALYZE;`

// count is form II.06a by unit for one period, the columns in the order of
// counted.
const count = `
SELECT unit,
  sum(received >= ?1 AND channel = 2),
  sum(received >= ?1 AND channel = 1),
  sum(received >= ?1 AND channel = 3),
  sum(received < ?1),
  sum(ended <= ?2 AND NOT withdrawn AND ended < due),
  sum(ended <= ?2 AND (withdrawn OR ended = due)),
  sum(ended <= ?2 AND NOT withdrawn AND ended > due),
  sum((ended IS NULL OR ended > ?2) AND (due >= ?2 OR (wait_from <= ?2 AND (wait_to IS NULL OR wait_to > ?2)))),
  sum((ended IS NULL OR ended > ?2) AND due < ?2 AND (wait_from IS NULL OR wait_from > ?2 OR wait_to <= ?2))
FROM dossier WHERE received <= ?2 AND (ended IS NULL OR ended >= ?1) GROUP BY unit`

// counted are the columns of count, for the proof that both count the same.
func counted(c data.Counts) [9]int64 {
	return [9]int64{c.NewOnline, c.NewDirect, c.NewPostal, c.Carried, c.Early, c.OnTime, c.Late, c.InTime, c.Overdue}
}

// sqlite returns the same office in SQLite, made once.
func (o *office) sqlite() *sql.DB {
	path := filepath.Join(o.dir, fmt.Sprintf("office-%d.sqlite", o.n))
	_, missing := os.Stat(path)
	db := must(sql.Open("sqlite3", path))
	if missing == nil {
		return db
	}
	db.SetMaxOpenConns(1)
	fmt.Fprintln(os.Stderr, "writing the same dossiers to SQLite …")
	must(db.Exec(schema))
	tx := must(db.BeginTx(context.Background(), nil))
	insert := must(tx.Prepare(`INSERT INTO dossier VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`))
	for i := range o.n {
		one := o.dossier(i)
		var ended, waitFrom, waitTo any
		withdrawn := 0
		for _, e := range one.Events {
			switch e.Kind {
			case data.AskSupplement:
				waitFrom = int(e.At.Day)
			case data.Supplement:
				waitTo = int(e.At.Day)
			case data.Finish:
				ended = int(e.At.Day)
			case data.Withdraw:
				ended, withdrawn = int(e.At.Day), 1
			}
		}
		folded := text.Fold(strings.Join([]string{one.Owner.Name, one.Code, procedureName(int(one.Procedure)), fieldName(int(one.Field)),
			unitName(int(one.Unit)), one.Owner.Address, one.Content, one.Owner.Phone, one.Owner.Identity}, "\n"))
		must(insert.Exec(i+1, one.Code, one.Owner.Name, one.Unit, one.Field, one.Procedure, one.Channel, int(one.Received.Day),
			int(one.Due.Day), ended, withdrawn, waitFrom, waitTo, folded))
	}
	check(tx.Commit())
	must(db.Exec(covering))
	return db
}
