package scoring

// ConfirmRules opens the list of the lines of an annex.
func (s *Page) ConfirmRules() { s.sets.confirmRules() }

// Listed are the codes of the criteria that the sheet lists, with the one under the cursor.
func (s *Page) Listed() (codes []string, at string) {
	for i := range s.sheet.rows.Len() {
		codes = append(codes, s.sheet.rows.Row(i).Code)
	}
	if r := s.sheet.rows.CurrentRow(); r != nil {
		at = r.Code
	}
	return codes, at
}
