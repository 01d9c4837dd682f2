package kit

import (
	"fmt"
	"slices"

	"giaoban/data"
)

// Shelf changes kept views, whatever a T they are kept as. It implements Views but for All.
type Shelf[T any] struct {
	// Name is the name of one, Put makes it ask what a view asks.
	Name func(*T) *string
	Put  func(*T, View)
	// Change stores the views as edit leaves them, under the title.
	Change func(title string, edit func([]T) ([]T, error)) error
}

// find returns the place of a name, -1 where it is free.
func (s Shelf[T]) find(list []T, name string) int {
	return slices.IndexFunc(list, func(x T) bool { return *s.Name(&x) == name })
}

// taken is the error of a name that another view has.
func taken(name string) error {
	return &data.Error{Code: data.Conflict, Field: "name", Message: fmt.Sprintf("Đã có bộ lọc «%s». Đặt tên khác, hoặc chọn thay bộ lọc cùng tên.", name)}
}

// Save implements Views.
func (s Shelf[T]) Save(name string, v View, over bool) error {
	return s.Change("Lưu bộ lọc "+name, func(list []T) ([]T, error) {
		at := s.find(list, name)
		switch {
		case at < 0:
			at, list = len(list), append(list, *new(T))
			*s.Name(&list[at]) = name
		case !over:
			return nil, taken(name)
		}
		s.Put(&list[at], v)
		return list, nil
	})
}

// Rename implements Views.
func (s Shelf[T]) Rename(i int, name string) error {
	return s.Change("Đổi tên bộ lọc thành "+name, func(list []T) ([]T, error) {
		if at := s.find(list, name); at >= 0 && at != i {
			return nil, taken(name)
		}
		*s.Name(&list[i]) = name
		return list, nil
	})
}

// Drop implements Views.
func (s Shelf[T]) Drop(i int) error {
	return s.Change("Xóa bộ lọc", func(list []T) ([]T, error) { return slices.Delete(list, i, i+1), nil })
}

// Move implements Views.
func (s Shelf[T]) Move(i, by int) error {
	return s.Change("Sắp xếp bộ lọc", func(list []T) ([]T, error) {
		if j := i + by; j >= 0 && j < len(list) {
			list[i], list[j] = list[j], list[i]
		}
		return list, nil
	})
}
