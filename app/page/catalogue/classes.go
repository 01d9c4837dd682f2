package catalogue

import (
	"context"
	"strings"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/kit/parts"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/desk"
)

// classRow is a class of units with how many there are today.
type classRow struct {
	data.Class
	units int64
}

// newClasses builds the part Nhóm xếp hạng.
func newClasses(e *env.Env) parts.Part {
	return list.Of(e, list.Options[classRow]{ID: "classes", Title: "Nhóm xếp hạng", What: "nhóm xếp hạng", Load: func() ([]classRow, error) { return loadClasses(e.Desk), nil },
		Key: func(r *classRow) uint64 { return uint64(r.ID) },
		Columns: []list.Column[classRow]{
			{ID: "name", Title: "Nhóm", Width: 240, Flex: 2, Text: func(r *classRow) string { return r.Name }},
			{ID: "levels", Title: "Đơn vị của các cấp", Width: 240, Flex: 2, Text: func(r *classRow) string { return levelNames(r.Levels) }},
			{ID: "units", Title: "Đơn vị đang hoạt động", Width: 110, Align: widget.Right, Text: func(r *classRow) string { return number(r.units) }},
		},
		Actions: []list.Action{{Label: "Về mặc định", Icon: widget.IconUndo, Do: func() { do(e, "Đã đưa các nhóm xếp hạng về mặc định.", e.Desk.ResetClasses) }}},
		Add:     "Thêm nhóm", AddDo: func() { editClass(e, data.Class{}) }, Open: func(r *classRow) { editClass(e, r.Class) }, Edit: "Sửa…",
		Menu: func(r *classRow, _ []uint64) []widget.MenuItem {
			return []widget.MenuItem{{Label: "Bỏ khỏi danh sách", Icon: widget.IconTrash, Danger: true, Do: func() {
				do(e, "Đã bỏ nhóm "+r.Name+".", func(ctx context.Context) error { return e.Desk.DropClass(ctx, r.ID) })
			}}}
		}})
}

func loadClasses(d *desk.Desk) []classRow {
	classes, count := d.Classes(), map[uint32]int64{}
	for _, u := range d.Catalogue().Units {
		if u.ValidOn(d.Today()) {
			count[classes.Of(&u).ID]++
		}
	}
	var out []classRow
	for _, c := range classes {
		out = append(out, classRow{c, count[c.ID]})
	}
	return out
}

func levelNames(list []data.Level) string {
	var names []string
	for _, l := range list {
		names = append(names, l.Name())
	}
	return strings.Join(names, ", ")
}

func editClass(e *env.Env, c data.Class) {
	q := form.Question[data.Class]{Title: c.Name, Value: c,
		Note: "Đơn vị khác nhóm có bảng xếp hạng riêng, mỗi bảng từ hạng 1: trong chấm điểm, bảng in và báo cáo giao ban.",
		Fields: []form.Field[data.Class]{
			form.Text("name", "Tên nhóm", func(c *data.Class) *string { return &c.Name }).Need(),
			{Key: "levels", Label: "Đơn vị của các cấp", Kind: form.KindMany, Hint: "đơn vị cần xếp khác cấp của mình: chọn nhóm ở trang của đơn vị đó",
				Choices: func(*data.Class) []kit.Choice { return levelChoices(e.Desk, basis.Levels(data.NoDay), "") },
				Get: func(c *data.Class) string {
					keys := make([]string, len(c.Levels))
					for i, l := range c.Levels {
						keys[i] = string(l)
					}
					return strings.Join(keys, "\n")
				},
				Set: func(c *data.Class, s string) error {
					c.Levels = nil
					for _, key := range strings.Fields(s) {
						c.Levels = append(c.Levels, data.Level(key))
					}
					return nil
				}},
		},
		Store: e.Desk.SaveClass, Done: func(data.Class) string { return "Đã lưu nhóm xếp hạng." }}
	if c.ID == 0 {
		q.Title = "Thêm nhóm xếp hạng"
	}
	form.Ask(e, q)
}

// classChoices are the classes to choose from.
func classChoices(d *desk.Desk) []kit.Choice {
	return kit.ChoicesOf(d.Classes(), func(c data.Class) kit.Choice { return kit.Choice{Key: idKey(c.ID), Text: c.Name} })
}
