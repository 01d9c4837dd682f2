package list

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/app/kit"
	"giaoban/data"
)

// Named is a view under a name, Views keeps them.
type (
	Named = kit.Named
	Views = kit.Views
)

// habitViews keeps views among the habits.
type habitViews struct {
	texts kit.Texts
	id    string
}

// All implements Views.
func (h habitViews) All() []Named {
	var out []Named
	readJSON(h.texts, habitKey(h.id, "views"), &out)
	for i := range out {
		out[i].Count = -1
	}
	return out
}

func (h habitViews) keep(list []Named) error {
	keepJSON(h.texts, habitKey(h.id, "views"), list)
	return nil
}

// Save implements Views.
func (h habitViews) Save(name string, v View, over bool) error {
	list := h.All()
	at := slices.IndexFunc(list, func(n Named) bool { return n.Name == name })
	switch {
	case at >= 0 && !over:
		return taken(name)
	case at >= 0:
		list[at].View = v
	default:
		list = append(list, Named{Name: name, View: v})
	}
	return h.keep(list)
}

// taken is the error of a name that another view has.
func taken(name string) error {
	return &data.Error{Code: data.Conflict, Field: "name", Message: fmt.Sprintf("Đã có bộ lọc «%s». Đặt tên khác, hoặc chọn thay thế.", name)}
}

// Rename implements Views.
func (h habitViews) Rename(i int, name string) error {
	list := h.All()
	if slices.ContainsFunc(list, func(n Named) bool { return n.Name == name }) {
		return taken(name)
	}
	list[i].Name = name
	return h.keep(list)
}

// Drop implements Views.
func (h habitViews) Drop(i int) error { return h.keep(slices.Delete(h.All(), i, i+1)) }

// Move implements Views.
func (h habitViews) Move(i, by int) error {
	list := h.All()
	if j := i + by; j >= 0 && j < len(list) {
		list[i], list[j] = list[j], list[i]
	}
	return h.keep(list)
}

// viewName tidies the name of a view; an empty one is an error.
func viewName(text string) (string, error) {
	name := strings.Join(strings.Fields(text), " ")
	if name == "" {
		return "", &data.Error{Code: data.Invalid, Field: "name", Message: "Chưa có tên bộ lọc. Nhập tên."}
	}
	return name, nil
}
