package data

import (
	"cmp"
	"slices"
)

// Class is a class of units that are ranked among themselves only: sở, ban, ngành and
// communes answer for other work (rules-2026 M2).
type Class struct {
	ID     uint32  `json:"ID"` // also its place in lists; 0 is no class
	Name   string  `json:"Name"`
	Levels []Level `json:"Levels"` // units of these levels are of it where they name no other
}

// Classes are the classes of an office by id. They never change.
type Classes []Class

// Get returns the class with the id; its zero value for none.
func (c Classes) Get(id uint32) Class {
	return First(c, func(x Class) bool { return x.ID == id })
}

// OfLevel returns the class of units of a level; its zero value for none.
func (c Classes) OfLevel(l Level) Class {
	return First(c, func(x Class) bool { return slices.Contains(x.Levels, l) })
}

// Of returns the class of a unit: the one it names, else that of its level.
func (c Classes) Of(u *Unit) Class {
	if own := c.Get(u.Class); own.ID != 0 {
		return own
	}
	return c.OfLevel(u.Level)
}

// Classed are things of one class. Class is its zero value where all are of one.
type Classed[T any] struct {
	Class Class
	List  []T
}

// Apart puts things of several classes apart, in the order of the classes, each list in
// the order in which it came. What has no class goes with the others where these are of
// one class, and last where they are not, for nobody knows with whom it compares.
func Apart[T any](list []T, of func(T) Class) []Classed[T] {
	var out []Classed[T]
	for _, x := range list {
		class := of(x)
		i := slices.IndexFunc(out, func(c Classed[T]) bool { return c.Class.ID == class.ID })
		if i < 0 {
			i = len(out)
			out = append(out, Classed[T]{Class: class})
		}
		out[i].List = append(out[i].List, x)
	}
	known := slices.DeleteFunc(slices.Clone(out), func(c Classed[T]) bool { return c.Class.ID == 0 })
	if len(out) > 0 && len(known) < 2 {
		return []Classed[T]{{List: list}}
	}
	slices.SortFunc(out, func(a, b Classed[T]) int { return cmp.Compare(a.Class.ID-1, b.Class.ID-1) }) // 0 wraps around to the end
	for i := range out {
		if out[i].Class.ID == 0 {
			out[i].Class.Name = "Chưa xếp nhóm"
		}
	}
	return out
}
