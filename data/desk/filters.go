package desk

// KindFilter is the kind of record under which saved filters are kept.
const KindFilter = "filter"

// SavedFilter is a question to the register under a name.
type SavedFilter struct {
	Name  string `json:"Name"`
	Order int    `json:"Order"`
	Query Query  `json:"Query"`
	// Fixed is set where the question was asked as of a day of its own. Else the
	// day of a figure runs with today, up to the end of its period.
	Fixed bool `json:"Fixed,omitempty"`
}
