package logbooks

import (
	"context"
	"maps"
	"strconv"

	"giaoban/app/kit/form"
	"giaoban/data"
	"giaoban/data/text"
)

// terms asks for the numbers of the register that an office may change.
func (p *part) terms() {
	k, d := p.kind, p.e.Desk
	w, err := d.Logbooks(d.Today())
	if err != nil {
		p.e.Fail("Không đọc được thời hạn", err)
		return
	}
	type days map[string]int
	value := days(maps.Clone(w.Days))
	if value == nil {
		value = days{}
	}
	var fields []form.Field[days]
	for _, t := range k.Terms {
		key := k.ID + "/" + t.ID
		fields = append(fields, form.Field[days]{Key: key, Label: t.Title, Hint: "Sẵn có: " + strconv.Itoa(t.Days) + ". " + t.Basis, Required: true, Width: 90,
			Get: func(v *days) string {
				if n, ok := (*v)[key]; ok {
					return strconv.Itoa(n)
				}
				return strconv.Itoa(w.Term(k.ID, t.ID))
			},
			Set: func(v *days, typed string) error {
				n, ok := data.ParseWhole(typed, int64(t.Most()))
				if !ok {
					return &data.Error{Code: data.Invalid, Field: key, Message: "Nhập số từ 0 đến " + strconv.Itoa(t.Most()) + "."}
				}
				next := maps.Clone(*v)
				if next[key] = int(n); int(n) == t.Days {
					delete(next, key)
				}
				*v = next
				return nil
			}})
	}
	form.Ask(p.e, form.Question[days]{Title: "Thời hạn của " + text.Within(k.Title), Width: 620, Value: value, Fields: fields,
		Note:  "Tình trạng của mọi dòng được tính lại theo các số này; điều đã ghi không đổi.",
		Store: func(ctx context.Context, v days) error { return d.KeepTerms(ctx, v) },
		Done:  func(days) string { return "Đã sửa thời hạn của " + text.Within(k.Title) + "." }})
}
