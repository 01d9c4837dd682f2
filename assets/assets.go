// Package assets embeds what the program ships as data: office calendars, the
// catalogue of procedures, and the other resources that stand in its folder. It
// hands out bytes, file systems and decoded tables; the packages that know a format
// give it a meaning. It imports nothing of the program.
package assets

import (
	"bytes"
	"embed"
	"encoding/json"
)

// Calendars holds calendars/YYYY.json, one file a year with the days off and
// the Saturdays worked of state offices (read by data/workday).
//
//go:embed calendars/*.json
var Calendars embed.FS

// Procedures is procedures.csv: UTF-8, a header row, one administrative
// procedure a row, with the source of each entry (read by data/shipped).
//
//go:embed procedures.csv
var Procedures []byte

// tables are the files that Read decodes, each for one package:
//
//   - bases.json: which legal text a rule rests on, by day of reception (read by data/basis).
//   - levels.json: the levels of units and procedures, from the highest on, with the last day
//     of those that ended (read by data/basis).
//   - notices.json: changes of the law that the catalogue must follow (read by data/basis).
//   - systems.json: which system gave a dossier code, by the running number at its end (read
//     by data/basis).
//   - offices.json: what the letterhead and the units of an office usually are, by its level
//     (read by data/shipped).
//   - classes.json: the classes in which units are ranked, by level (read by data/shipped).
//   - setrows.json: the words in which a set of criteria is written as rows (read by
//     data/scoring).
//   - exchange.json: the headings, states and figures of files that come in and the layouts of
//     lists that go out (read by data/exchange).
//   - indices.json: the other indices that offices read, with their components (read by
//     data/assess).
//   - checks.json: the kinds of fault that a check of the data finds, why they matter and
//     which figures they bend (read by data/inspect).
//   - matters.json: work that is no administrative procedure, with the words by which it is
//     known (read by data/matter).
//   - rankings.json: the models by which units are ranked (read by data/ranking).
//   - qd766.json: the indicators of Quyết định 766/QĐ-TTg with their maxima by version (read
//     by data/ranking).
//   - indicators.json: figures that no register counts, with how they add up and what is asked
//     of them (read by data/indicator).
//   - annex.json: the lines of the statistical annex of the reform report, each with the
//     measure that fills it (read by reports/reform).
//   - logbooks/KIND.json: title, fields, states, terms, measures and printed tables of each
//     smaller register (read by data/logbook).
//
//go:embed *.json logbooks/*.json
var tables embed.FS

// Read decodes a file of tables and refuses keys that the target lacks. What is shipped is
// read by tests: a fault panics.
func Read(name string, into any) {
	raw, err := tables.ReadFile(name)
	if err == nil {
		dec := json.NewDecoder(bytes.NewReader(raw))
		dec.DisallowUnknownFields()
		err = dec.Decode(into)
	}
	if err != nil {
		panic("assets/" + name + ": " + err.Error())
	}
}
