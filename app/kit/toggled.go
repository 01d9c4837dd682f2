package kit

import "slices"

// Toggled returns the list without the id, or with it at the end where it was not in.
// The list stays as it is.
func Toggled(list []string, id string) []string {
	if without := slices.DeleteFunc(slices.Clone(list), func(x string) bool { return x == id }); len(without) < len(list) {
		return without
	}
	return append(slices.Clone(list), id)
}
