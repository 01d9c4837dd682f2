package widget

// History keeps the places where the officer was, as a browser does.
type History[T any] struct {
	places []T
	at     int
}

// maxHistory bounds the places that are kept.
const maxHistory = 100

// Push goes to a new place; places after the present one are forgotten.
func (h *History[T]) Push(place T) {
	if len(h.places) > 0 {
		h.places = h.places[:h.at+1]
	}
	h.places = append(h.places, place)
	if len(h.places) > maxHistory {
		h.places = append([]T(nil), h.places[len(h.places)-maxHistory:]...)
	}
	h.at = len(h.places) - 1
}

// Update replaces the present place, for what changed since: filter, sort, scroll.
func (h *History[T]) Update(place T) {
	if len(h.places) > 0 {
		h.places[h.at] = place
	}
}

// Back returns the place before; ok is false at the first one.
func (h *History[T]) Back() (place T, ok bool) {
	if h.at == 0 || len(h.places) == 0 {
		return place, false
	}
	h.at--
	return h.places[h.at], true
}

// Forward returns the place after; ok is false at the last one.
func (h *History[T]) Forward() (place T, ok bool) {
	if h.at+1 >= len(h.places) {
		return place, false
	}
	h.at++
	return h.places[h.at], true
}
