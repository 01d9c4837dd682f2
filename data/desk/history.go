package desk

import (
	"fmt"
	"strings"

	"giaoban/data"
)

// Change is one entry in the history of a dossier.
type Change struct {
	At    int64 // Unix seconds
	By    string
	Title string
	Why   string
	Undo  bool // it took another entry back, or did it again
	Lines []Difference
}

// History tells who changed a dossier, when, what was and what is, and why;
// oldest first.
func (d *Desk) History(id uint64) ([]Change, error) {
	versions, err := viewed(d, func(v View) ([]Version, error) { return v.Versions(id) })
	if err != nil {
		return nil, err
	}
	c := d.Catalogue()
	var out []Change
	for _, v := range versions {
		x := Change{At: v.Entry.At, By: v.Entry.By, Title: v.Entry.Title, Why: v.Entry.Why}
		switch v.Entry.Kind {
		case entryUndo:
			x.Title, x.Undo = "Hoàn tác: "+x.Title, true
		case entryRedo:
			x.Title, x.Undo = "Làm lại: "+x.Title, true
		}
		switch {
		case v.Before == nil && v.After != nil:
			x.Lines = c.Differences(&data.Dossier{}, v.After)
			x.Lines = append(x.Lines, eventLines(nil, v.After.Events)...)
		case v.Before != nil && v.After == nil:
			x.Lines = []Difference{{Field: "dossier", Label: "Hồ sơ", Old: v.Before.Code}}
		case v.Before != nil && v.After != nil:
			x.Lines = append(c.Differences(v.Before, v.After), eventLines(v.Before.Events, v.After.Events)...)
		}
		out = append(out, x)
	}
	return out, nil
}

// eventLines tells which events were added or taken back. Corrections show as
// the facts that they mend.
func eventLines(before, after []data.Event) []Difference {
	same := 0
	for same < len(before) && same < len(after) && before[same] == after[same] {
		same++
	}
	var out []Difference
	add := func(e *data.Event, gone bool) {
		if e.Kind == data.Correct && e.Field != data.FieldEnded && e.Field != data.FieldReturned && e.Field != data.FieldLetter {
			return
		}
		x := Difference{Field: "event", Label: e.Kind.String(), New: EventText(e)}
		if e.Kind == data.Correct {
			x.Label, x.Old, x.New = FactLabel(e.Field), e.Old, e.New
		}
		if gone {
			x.Old, x.New = x.New, ""
		}
		out = append(out, x)
	}
	for i := range before[same:] {
		add(&before[same+i], true)
	}
	for i := range after[same:] {
		add(&after[same+i], false)
	}
	return out
}

// EventText tells an event in one line: its day, number, new date and note.
func EventText(e *data.Event) string {
	var parts []string
	add := func(format, value string) {
		if value != "" {
			parts = append(parts, fmt.Sprintf(format, value))
		}
	}
	add("%s", e.At.String())
	add("số %s", e.Ref)
	add("hẹn %s", e.Due.Day.String())
	if e.Kind == data.HandOver || e.Kind == data.Correct {
		add("từ %s", e.Old)
		add("sang %s", e.New)
	}
	add("%s", strings.ReplaceAll(e.More, "\n", "; "))
	add("%s", e.Text)
	add("người nhận %s", e.To)
	add("%s", e.Signer)
	return strings.Join(parts, " · ")
}
