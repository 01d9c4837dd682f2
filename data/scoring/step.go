package scoring

// Step returns the line of the first step that an answer to a leaf with steps falls
// into, that of «chưa thực hiện» behind them; -1 for none. year is that of the sheet.
func (s *Set) Step(code string, a Answer, year int) int {
	n := s.Node(code)
	r, ok := n.Rule.(*Tiers)
	switch {
	case !ok || a.None || a.A != nil && a.A.Sign() == 0:
		return -1 // what happens then stands in a line of its own
	case a.Missing:
		return len(r.Tiers)
	}
	at := newEvaluation(s, &Sheet{Year: year}).scene()
	for i := range r.Tiers {
		one := *r
		one.Tiers = r.Tiers[i : i+1]
		if out, err := one.score(n, &a, at); err == nil && !out.na {
			return i
		}
	}
	return -1
}
