package scoring

// ConfirmRules opens the list of the lines of an annex.
func (s *Page) ConfirmRules() { s.sets.confirmRules() }
