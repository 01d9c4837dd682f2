// Package forms embeds the forms and report texts that the program ships: their
// titles, legal bases, columns, notes and draft sentences, each with the days
// from which and to which it holds. It only hands out files; reports/form and
// reports/briefing read them.
package forms

import "embed"

// Files holds the *.json files of this folder.
//
//go:embed *.json
var Files embed.FS
