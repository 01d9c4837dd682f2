package receiving

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"giaoban/data"
)

// AddPart adds an empty line to the papers and returns its number.
func (m *Model) AddPart() int {
	d := &m.form.Dossier
	d.Parts = append(slices.Clone(d.Parts), data.Part{Original: 1})
	m.partsTyped()
	m.Changed()
	return len(d.Parts) - 1
}

// RemovePart takes a line away.
func (m *Model) RemovePart(i int) {
	d := &m.form.Dossier
	if i < 0 || i >= len(d.Parts) {
		return
	}
	d.Parts = slices.Delete(slices.Clone(d.Parts), i, i+1)
	m.forgetParts()
	m.partsTyped()
	m.Changed()
}

// EditPart changes a line.
func (m *Model) EditPart(i int, change func(*data.Part)) {
	d := &m.form.Dossier
	if i < 0 || i >= len(d.Parts) {
		return
	}
	d.Parts = slices.Clone(d.Parts)
	change(&d.Parts[i])
	m.partsTyped()
}

// Count is one of the numbers of a line of papers.
type Count int

// The numbers.
const (
	Originals Count = iota // bản chính
	Certified              // bản chứng thực
	Plain                  // bản photo
)

// Of returns the number in a line.
func (c Count) Of(p *data.Part) *int {
	return [...]*int{&p.Original, &p.Certified, &p.Copies}[c]
}

// SetPartCount reads one of the numbers of a line.
func (m *Model) SetPartCount(i int, c Count, text string) error {
	field := fmt.Sprintf("%s/%d/%d", FieldParts, i, c)
	n, err := data.ParseCount(text, data.MaxCount)
	if err := m.fault(field, data.InField(err, field)); err != nil {
		return err
	}
	if d := &m.form.Dossier; i < len(d.Parts) && *c.Of(&d.Parts[i]) != int(n) {
		m.EditPart(i, func(p *data.Part) { *c.Of(p) = int(n) })
	}
	return nil
}

// forgetParts forgets texts in lines that are no longer there.
func (m *Model) forgetParts() {
	maps.DeleteFunc(m.faults, func(field string, _ error) bool { return strings.HasPrefix(field, FieldParts+"/") })
}

func (m *Model) partsTyped() {
	m.form.Typed[FieldParts] = true
	m.edited()
}

// handedIn returns the lines that name a paper.
func handedIn(parts []data.Part) []data.Part {
	var out []data.Part
	for _, p := range parts {
		if p.Name = strings.Join(strings.Fields(p.Name), " "); p.Name != "" {
			out = append(out, p)
		}
	}
	return out
}
