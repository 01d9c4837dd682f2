package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/logbook"
	"giaoban/data/text"
)

// oldRemedies is the kind of records in which files up to 0.2.0 kept the remedial plan of
// scoring. It is a part of the register of tasks now.
const oldRemedies = "remedy"

// oldRemedy is such a record.
type oldRemedy struct {
	Sheet     uint64      `json:"Sheet"`
	Year      int         `json:"Year"`
	Code      string      `json:"Code"`
	Lost      json.Number `json:"Lost"` // points
	Cause     string      `json:"Cause"`
	Objective bool        `json:"Objective"`
	Task      string      `json:"Task"`
	Product   string      `json:"Product"`
	Owner     string      `json:"Owner"`
	Partners  string      `json:"Partners,omitempty"`
	Due       data.Day    `json:"Due"`
	State     string      `json:"State"`
	Finished  data.Day    `json:"Finished,omitempty"`
	Result    string      `json:"Result,omitempty"`
	Document  string      `json:"Document,omitempty"`
	Why       string      `json:"Why,omitempty"`
}

// task is the task that the record becomes.
func (r *oldRemedy) task(cat *Catalogue) *logbook.Entry {
	e := &logbook.Entry{Values: map[string]string{}, Source: "kế hoạch khắc phục"}
	day := func(key string, d data.Day) {
		if d.Known() {
			e.Set(key, d.ISO())
		}
	}
	day("due", r.Due)
	day("due_first", r.Due)
	day("done", r.Finished)
	progress := r.State
	if progress == "planned" || logbook.Task.Field("progress").Choice(progress).Title == progress {
		progress = "not-started"
	}
	for key, stored := range map[string]string{"text": r.Task, "source": logbook.SourceRemedy, "basis": fmt.Sprintf("Phiếu chấm điểm năm %d, tiêu chí %s", r.Year, r.Code), "criterion": r.Code,
		"product": r.Product, "due_kind": "dated", "urgency": "normal", "progress": progress, "drop_reason": r.Why, "result": r.Result, "evidence": r.Document, "cause": r.Cause,
		"objective": map[bool]string{true: "1", false: "0"}[r.Objective], "lost": strings.Replace(r.Lost.String(), ".", ",", 1), "sheet": strconv.FormatUint(r.Sheet, 10),
		"sheet_year": strconv.Itoa(r.Year)} {
		e.Set(key, stored)
	}
	NameUnits(cat, e, r.Owner, r.Partners)
	return e
}

// NameUnits says who leads a task and who takes part by names: units of the catalogue
// where they are, words where they are not.
func NameUnits(cat *Catalogue, e *logbook.Entry, lead, partners string) {
	units := newResolver(cat).units
	id := func(name string) string {
		if id, ok := units[unitKey(name)]; ok {
			return strconv.FormatUint(uint64(id), 10)
		}
		return ""
	}
	e.Set("lead", id(lead))
	if lead = text.Line(lead); !e.Has("lead") && lead != "" {
		e.Set("officer", lead)
	}
	var known, others []string
	for name := range strings.FieldsFuncSeq(partners, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if name = text.Line(name); name == "" {
			continue
		}
		if found := id(name); found == "" {
			others = append(others, name)
		} else if !slices.Contains(known, found) {
			known = append(known, found)
		}
	}
	e.Set("partners", strings.Join(known, ","))
	e.Set("partners_text", strings.Join(others, ", "))
}

// moveRemedies makes tasks of the remedial plan of an older file, once: one change that
// undo stops at. The tasks are taken as they are, whatever is asked of new ones.
func (d *Desk) moveRemedies() error {
	if d.store.About().Backup {
		return nil
	}
	old, err := Viewed(d, func(v View) ([]Stored[oldRemedy], error) { return Records[oldRemedy](v, oldRemedies) })
	if err != nil || len(old) == 0 {
		return err
	}
	title := fmt.Sprintf("Chuyển %s nhiệm vụ khắc phục sang sổ nhiệm vụ", data.FormatInt(int64(len(old))))
	return d.store.Append(context.Background(), &Entry{Title: title, Kind: entryStart, By: d.Office().Officer}, func(tx Tx) error {
		w, err := d.entryWriter(tx, title)
		if err != nil {
			return err
		}
		for _, r := range old {
			if err := w.put(logbook.Task, r.Value.task(d.Catalogue())); err != nil {
				return err
			}
			if err := tx.DropRecord(oldRemedies, r.ID); err != nil {
				return err
			}
		}
		_, err = w.revised()
		return err
	})
}
