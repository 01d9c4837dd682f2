package data

// Find returns the first of a list that is looked for, where it stands in the list; nil
// for none.
func Find[T any](list []T, is func(*T) bool) *T {
	for i := range list {
		if is(&list[i]) {
			return &list[i]
		}
	}
	return nil
}

// First is Find by value: the zero value for none.
func First[T any](list []T, is func(T) bool) (one T) {
	for _, x := range list {
		if is(x) {
			return x
		}
	}
	return one
}

// Where returns those of a list that are wanted, in a list of its own; nil for none.
func Where[T any](list []T, wanted func(T) bool) (out []T) {
	for _, x := range list {
		if wanted(x) {
			out = append(out, x)
		}
	}
	return out
}

// Map returns what becomes of each of a list; nil for an empty one.
func Map[T, U any](list []T, of func(T) U) (out []U) {
	for _, x := range list {
		out = append(out, of(x))
	}
	return out
}
