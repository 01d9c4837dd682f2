package kit

import (
	"slices"
	"strings"
)

// View is what narrows and orders a list: it can be kept under a name.
type View struct {
	Text   string              `json:"text,omitempty"`
	Chosen map[string][]string `json:"chosen,omitempty"` // values of the filters
	Orders []Order             `json:"orders,omitempty"`
	Group  string              `json:"group,omitempty"` // filter by whose values the list is counted
	Ended  bool                `json:"ended,omitempty"` // those no longer in use are listed too
	// Beside is what a source narrows by beside text and filters, From what the list
	// was opened from, such as a figure; both as the source writes them.
	Beside string `json:"beside,omitempty"`
	From   string `json:"from,omitempty"`
}

// Filtered reports whether the view leaves anything out.
func (v View) Filtered() bool {
	for _, keys := range v.Chosen {
		if len(keys) > 0 {
			return true
		}
	}
	return strings.TrimSpace(v.Text) != "" || v.Beside != ""
}

// Clone returns a copy that shares nothing.
func (v View) Clone() View {
	chosen := map[string][]string{}
	for k, keys := range v.Chosen {
		chosen[k] = slices.Clone(keys)
	}
	v.Chosen, v.Orders = chosen, slices.Clone(v.Orders)
	return v
}

// Same reports whether two views leave out the same, in whatever order.
func (v View) Same(w View) bool {
	holds := func(a, b View) bool {
		for k, keys := range a.Chosen {
			if len(keys) > 0 && !slices.Equal(keys, b.Chosen[k]) {
				return false
			}
		}
		return true
	}
	return strings.TrimSpace(v.Text) == strings.TrimSpace(w.Text) && v.Beside == w.Beside && holds(v, w) && holds(w, v)
}

// Group is how many rows have a value of a filter.
type Group struct {
	Key, Text string
	Count     int
}

// Named is a view under a name.
type Named struct {
	Name  string `json:"name"`
	View  View   `json:"view"`
	Count int    `json:"-"` // rows that it lists, -1 where that is not known
}

// Views keeps the views of a list. All is called on the window's goroutine, the
// others off it; their errors are for the officer.
type Views interface {
	// All returns the views in their order.
	All() []Named
	// Save keeps a view. A name that is taken is a Conflict unless over is set.
	Save(name string, v View, over bool) error
	// Rename, Drop and Move change the view at a place; Move by -1 or 1.
	Rename(i int, name string) error
	Drop(i int) error
	Move(i, by int) error
}
