package annex

import (
	"regexp"
	"strings"
)

var (
	// noteForm begins what a decision says about its table, beside it.
	noteForm = regexp.MustCompile(`^[*(\s]*(?:ghi chu|luu y|chu thich|chu giai|quy uoc|nguyen tac|mot so luu y)\b[^:]{0,80}(?::|\.|$)`)
	// bareNote is the head of such lines, without a word of its own.
	bareNote = regexp.MustCompile(`^[*\s]*(?:ghi chu|luu y)\s*[:.]?$`)
	// fillForm is a line that those who score fill in: «Đơn vị: ………», «Đơn vị tính: điểm».
	fillForm = regexp.MustCompile(`^don vi tinh\b|\.{4}|…|_{4}`)
)

// RemarkLines are what a set says above or below its table, a paragraph a line, under a
// head that tells a reader, and Read, where they begin; nil for nothing.
func RemarkLines(words, head string) []string {
	if strings.TrimSpace(words) == "" {
		return nil
	}
	lines := strings.Split(words, "\n")
	if !noteForm.MatchString(fold(lines[0])) {
		lines = append([]string{head}, lines...)
	}
	return lines
}

// before finds what stands between the title and the table: from a note on, or whole
// sentences behind the line that names the decision.
func (b *builder) before(from int) string {
	var out []string
	noting, behind := false, false
	for _, l := range b.heads[from:] {
		f := fold(l)
		switch {
		case strings.HasPrefix(f, "(") && (sourceForm.MatchString(f) || strings.Contains(f, "kem theo")):
			behind = true
			continue
		case fillForm.MatchString(f):
			continue
		}
		noting = noting || noteForm.MatchString(f)
		if (noting || behind && from > 0 && (strings.HasSuffix(l, ".") || strings.HasSuffix(l, ";"))) && (len(out) > 0 || !bareNote.MatchString(f)) {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

// note takes a line below the criteria: one that begins a note, and what follows it.
func (b *builder) note(l string) bool {
	f := fold(l)
	b.noting = b.noting || noteForm.MatchString(f)
	if b.noting && (len(b.notes) > 0 || !bareNote.MatchString(f)) {
		b.notes = append(b.notes, oneLine(l))
	}
	return b.noting
}

// beneath takes the paragraphs of a document below a table of criteria.
func (b *builder) beneath(paragraphs []string) {
	if len(b.roots) == 0 {
		return
	}
	for _, p := range paragraphs {
		for _, l := range splitLines(p) {
			if f := fold(l); signForm.MatchString(f) || strings.HasPrefix(f, "phu luc") || allCapitals(l) && !noteForm.MatchString(f) {
				return
			}
			b.note(l)
		}
	}
}

// remark takes a row of a table that is no criterion but a note about the table: over all
// columns, or behind the total.
func (b *builder) remark(row []string) bool {
	whole := strings.TrimSpace(strings.Join(row, "\n"))
	f := fold(whole)
	if len(b.roots) == 0 || !b.noting && (!noteForm.MatchString(f) || filled(row) > 1 || b.total == nil && at(row, 0) == "") {
		return false
	}
	if b.noting && (b.total == nil && filled(row) > 1 || isPoints(at(row, b.columns.max)) || b.opens(whole)) {
		b.noting = false // criteria go on
		return false
	}
	for _, l := range splitLines(whole) {
		b.note(l)
	}
	return true
}

// opens reports the head of a part of bonuses or penalties, which may stand behind the
// total: in capitals, or with a number.
func (b *builder) opens(l string) bool {
	_, _, coded := codeHead(l)
	f := fold(l)
	f = f[:min(len(f), 60)]
	return (coded || allCapitals(l)) && (bonusForm.MatchString(f) || penaltyForm.MatchString(f))
}
