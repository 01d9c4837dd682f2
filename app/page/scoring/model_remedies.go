package scoring

import (
	"cmp"
	"fmt"
	"slices"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/assess"
)

// Remedies returns what reads the remedial tasks of the sheet shown, or of all,
// newest year first.
func (m *Model) Remedies(all bool) func() ([]assess.Remedy, error) {
	sheet := m.Sheet()
	return func() ([]assess.Remedy, error) {
		if sheet == 0 && !all {
			return nil, nil
		}
		of := sheet
		if all {
			of = 0
		}
		list, err := m.Book.Remedies(of)
		slices.SortStableFunc(list, func(a, b assess.Remedy) int { return b.Year - a.Year })
		return list, err
	}
}

// FreshRemedy returns a new task for the sheet shown and a leaf.
func (m *Model) FreshRemedy(code string) assess.Remedy {
	r := assess.Remedy{Sheet: m.Sheet(), Code: code, State: assess.Planned}
	if c := m.Card; c != nil {
		r.Year, r.Due = c.Period.Year, data.Date(c.Period.Year+1, 12, 31)
		m.Aim(&r, code)
	}
	return r
}

// Aim gives a task the leaf that it is about, with what it lost and why.
func (m *Model) Aim(r *assess.Remedy, code string) {
	c := m.Card
	if c == nil || c.Sheet.ID != r.Sheet {
		return
	}
	if row := c.Row(code); row != nil {
		r.Code, r.Lost, r.Owner = code, row.Lost, row.Node.Owner
		if row.Line != nil && row.Line.Loss != nil {
			r.Cause, r.Objective, r.Owner = row.Line.Loss.Cause, row.Line.Loss.Objective, cmp.Or(row.Line.Loss.Owner, r.Owner)
		}
	}
}

// Leaves lists the leaves, with what they lost, for a task.
func (m *Model) Leaves() []kit.Choice {
	c := m.Card
	if c == nil {
		return nil
	}
	var out []kit.Choice
	for _, r := range c.Rows() {
		if r.Leaf {
			text := r.Node.Code + " " + r.Node.Title
			if r.Lost > 0 {
				text += " (mất " + r.Lost.String() + ")"
			}
			out = append(out, kit.Choice{Key: r.Node.Code, Text: text})
		}
	}
	return out
}

// RemedySummary counts tasks in one line.
func RemedySummary(list []assess.Remedy, today data.Day) string {
	var done, late, total int
	for i := range list {
		if r := &list[i]; r.State != assess.Dropped {
			total++
			if r.State == assess.Done {
				done++
			}
			if r.Late(today) {
				late++
			}
		}
	}
	return fmt.Sprintf("Hoàn thành %d/%d nhiệm vụ (%s %%), quá hạn %d.", done, total, data.Ratio{Numerator: int64(done), Denominator: int64(total)}.Percent(), late)
}
