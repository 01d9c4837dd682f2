package form

// ShownText is the text of a field as the officer knows it.
func ShownText[T any](e *Entry[T], key, text string) string {
	for _, f := range e.fields {
		if f.Key == key {
			return e.shown(f, text)
		}
	}
	return ""
}
