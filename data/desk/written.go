package desk

import (
	"context"
	"encoding/json"
	"strings"

	"giaoban/data"
	"giaoban/data/text"
)

// KindWritten is the kind of the records that keep what officers wrote for a report;
// their value is Written.
const KindWritten = "written"

// Written is what officers wrote for one report of one period.
type Written struct {
	Report string            `json:"report"`           // its name, such as giao-ban
	Period string            `json:"period,omitempty"` // PeriodName; "" holds for every period
	Texts  map[string]string `json:"texts,omitempty"`  // paragraphs by the id of their block
	Number string            `json:"number,omitempty"`
	Date   data.Day          `json:"date,omitempty"` // of signing
}

// PeriodName names a period in Written: its key, or the two days of a free one.
func PeriodName(p data.Period) string {
	if p.Key != "" {
		return p.Key
	}
	return p.From.ISO() + ".." + p.To.ISO()
}

// WrittenFor returns what was written for a report of a period, and what was written
// for every period; without a record their zero values with report and period.
func WrittenFor(d Reading, report, period string) (own, every Written, err error) {
	own, every = Written{Report: report, Period: period}, Written{Report: report}
	list, err := Records[Written](d, KindWritten)
	for _, r := range list {
		switch {
		case r.Value.Report != report:
		case r.Value.Period == period:
			own = r.Value
		case r.Value.Period == "":
			every = r.Value
		}
	}
	return own, every, err
}

// Kept is a text that was written for an earlier period.
type Kept struct {
	Text   string
	Period data.Period
}

// KeptTexts returns the newest text of each block of a report that was written for a
// period that ended before p does. Periods of which the file does not tell are left out.
func KeptTexts(d Reading, report string, p data.Period) (map[string]Kept, error) {
	out := map[string]Kept{}
	list, err := Records[Written](d, KindWritten)
	for _, r := range list {
		then, ok := periodNamed(r.Value.Period)
		if r.Value.Report != report || !ok || then.To >= p.To {
			continue
		}
		for id, text := range r.Value.Texts {
			if old, ok := out[id]; !ok || old.Period.To < then.To || old.Period.To == then.To && old.Period.From < then.From {
				out[id] = Kept{text, then}
			}
		}
	}
	return out, err
}

// periodNamed reads a name of PeriodName.
func periodNamed(name string) (p data.Period, ok bool) {
	from, to, free := strings.Cut(name, "..")
	if !free {
		p, err := data.ParsePeriod(name)
		return p, err == nil
	}
	first, err := data.ParseISO(from)
	last, err2 := data.ParseISO(to)
	if err != nil || err2 != nil {
		return p, false
	}
	p, err = data.FreePeriod(first, last)
	return p, err == nil
}

// Write keeps what was written for a report, in place of what stood there. What says
// nothing is taken out.
func (d *Desk) Write(ctx context.Context, w Work, v Written) error {
	v = text.All(v)
	return d.Change(ctx, w, func(tx Tx) error {
		list, err := Records[Written](tx, KindWritten)
		if err != nil {
			return err
		}
		id := uint64(0)
		for _, r := range list {
			if r.Value.Report == v.Report && r.Value.Period == v.Period {
				id = r.ID
			}
		}
		switch {
		case len(v.Texts) > 0 || v.Number != "" || v.Date.Known():
			return tx.PutRecord(KindWritten, &id, v)
		case id != 0:
			return tx.DropRecord(KindWritten, id)
		}
		return nil
	})
}

// KindTemplate is the kind of the form templates that the office changed, each
// in the JSON of package reports/form. The desk does not look into them.
const KindTemplate = "template"

// Templates returns the form templates that the office changed.
func (d reading) Templates() ([]Stored[json.RawMessage], error) {
	return Records[json.RawMessage](d, KindTemplate)
}

// SaveTemplate stores a form template that the office changed; a zero id makes a
// new one.
func (d *Desk) SaveTemplate(ctx context.Context, id uint64, title string, template json.RawMessage) error {
	_, err := d.Keep(ctx, Work{Title: "Sửa mẫu in " + title}, KindTemplate, id, template)
	return err
}

// DropTemplate gives a form its shipped template again.
func (d *Desk) DropTemplate(ctx context.Context, id uint64, title string) error {
	return d.Drop(ctx, Work{Title: "Đưa mẫu in về mặc định: " + title}, KindTemplate, id)
}
