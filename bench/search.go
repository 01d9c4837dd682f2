package main

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"runtime"
	"time"

	"giaoban/data/desk"
	"giaoban/data/register"
	"giaoban/data/text"
)

// benchSearch types names, codes and numbers letter by letter, without
// diacritics. Each keystroke of ours gives the whole sorted list; the other
// engine only counts.
func benchSearch(o *office) []line {
	d, db := o.open(), o.sqlite()
	defer db.Close()
	settle(d)

	typed := keystrokes(o, 200)
	var ours, others []time.Duration
	var slowest time.Duration
	var worst string
	runtime.GC()
	counts := make([]int, len(typed))
	for i, text := range typed {
		start := time.Now()
		found := d.List(desk.Query{Text: text})
		took := time.Since(start)
		ours = append(ours, took)
		if took > slowest {
			slowest, worst = took, fmt.Sprintf("slowest: %q, %d found, %s", text, found.Len(), ms(took))
		}
		counts[i] = found.Len()
	}
	for i := 0; i < len(typed); i += 10 {
		text := typed[i]
		want, other := like(db, text)
		if want != counts[i] {
			panic(fmt.Errorf("%q: %d dossiers, SQLite finds %d", text, counts[i], want))
		}
		others = append(others, other)
	}
	p95, middle, other := percentile(ours, 95), percentile(ours, 50), percentile(others, 50)
	ratio := float64(other) / float64(middle)
	return []line{
		{"one keystroke of search, 95th percentile of 200", "< 16 ms", ms(p95), worst, "", p95 < 16*time.Millisecond},
		{"one keystroke of search, median", ">= 20 x SQLite LIKE", ms(middle), "SQLite LIKE: " + ms(other), times(ratio), ratio >= 20},
	}
}

// keystrokes returns n search texts as they grow under the fingers.
func keystrokes(o *office, n int) []string {
	r := rand.New(rand.NewPCG(1, 2))
	var list []string
	for len(list) < n {
		one := o.dossier(r.IntN(o.n))
		typed := []rune(text.Fold(one.Owner.Name))
		switch r.IntN(4) {
		case 0:
			typed = []rune(text.Fold(one.Code))
		case 1:
			typed = []rune(one.Owner.Phone)
		}
		for i := 1; i <= len(typed) && len(list) < n; i++ {
			list = append(list, string(typed[:i]))
		}
	}
	return list
}

// like counts what a text finds in SQLite: in one text, as it stands, or else
// each of its words somewhere, as the register does.
func like(db *sql.DB, text string) (found int, took time.Duration) {
	start := time.Now()
	check(db.QueryRow("SELECT count(*) FROM dossier WHERE folded LIKE ?", "%"+register.Phrase(text)+"%").Scan(&found))
	if words := register.Words(text); found == 0 && len(words) > 1 {
		query, args := "SELECT count(*) FROM dossier WHERE 1", []any{}
		for _, w := range words {
			query += " AND folded LIKE ?"
			args = append(args, "%"+w+"%")
		}
		check(db.QueryRow(query, args...).Scan(&found))
	}
	return found, time.Since(start)
}
