// Package assets embeds what the program ships as data: office calendars, the
// catalogue of procedures, and the other resources that stand in its folder. It
// only hands out bytes and file systems; the packages that know a format read
// it. It imports nothing of the program.
package assets

import "embed"

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

// Bases is bases.json: which legal text a rule rests on, by day of reception (read
// by data/basis).
//
//go:embed bases.json
var Bases []byte

// Levels is levels.json: the levels of units and procedures, from the highest on,
// with the last day of those that ended (read by data/basis).
//
//go:embed levels.json
var Levels []byte

// Notices is notices.json: changes of the law that the catalogue must follow (read
// by data/basis).
//
//go:embed notices.json
var Notices []byte

// Systems is systems.json: which system gave a dossier code, by the running number at
// its end (read by data/basis).
//
//go:embed systems.json
var Systems []byte

// Offices is offices.json: what the letterhead and the units of an office usually are,
// by its level (read by data/shipped).
//
//go:embed offices.json
var Offices []byte

// Classes is classes.json: the classes in which units are ranked, by level (read by
// data/shipped).
//
//go:embed classes.json
var Classes []byte

// SetRows is setrows.json: the words in which a set of criteria is written as rows (read by
// data/scoring).
//
//go:embed setrows.json
var SetRows []byte

// Exchange is exchange.json: the headings, states and figures of files that come in and the
// layouts of lists that go out (read by data/exchange).
//
//go:embed exchange.json
var Exchange []byte

// Indices is indices.json: the other indices that offices read, with their components
// (read by data/assess).
//
//go:embed indices.json
var Indices []byte

// Checks is checks.json: the kinds of fault that a check of the data finds, why they matter
// and which figures they bend (read by data/inspect).
//
//go:embed checks.json
var Checks []byte

// Logbooks holds logbooks/KIND.json: title, fields, states and terms of each smaller
// register (read by data/logbook).
//
//go:embed logbooks/*.json
var Logbooks embed.FS

// Matters is matters.json: work that is no administrative procedure, with the words by
// which it is known (read by data/matter).
//
//go:embed matters.json
var Matters []byte

// Rankings is rankings.json: the models by which units are ranked (read by
// data/ranking).
//
//go:embed rankings.json
var Rankings []byte

// Index766 is qd766.json: the indicators of Quyết định 766/QĐ-TTg with their maxima by
// version (read by data/ranking).
//
//go:embed qd766.json
var Index766 []byte

// Indicators is indicators.json: figures that no register counts, with how they add up
// and what is asked of them (read by data/indicator).
//
//go:embed indicators.json
var Indicators []byte

// Annex is annex.json: the lines of the statistical annex of the reform report, each with
// the measure that fills it (read by reports/reform).
//
//go:embed annex.json
var Annex []byte
