package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"giaoban/data"
	"giaoban/data/shipped"
	"giaoban/data/text"
)

// settingClasses holds the classes of units where the office changed them.
const settingClasses = "unit-classes"

// Classes returns the classes in which units are ranked.
func (d reading) Classes() data.Classes { return d.from.held().classes }

func readClasses(raw []byte) (out data.Classes, err error) {
	if raw == nil {
		return shipped.Classes(), nil
	}
	return out, ReadJSON(raw, &out, "Các nhóm xếp hạng ghi trong tệp dữ liệu không đọc được, nên thứ hạng sẽ sai. Khôi phục từ bản sao lưu gần nhất.")
}

// SaveClass stores a class of units; a zero id makes a new one. An error carries the
// field "name" or "levels".
func (d *Desk) SaveClass(ctx context.Context, c data.Class) error {
	c.Name = text.Line(c.Name)
	return d.changeClasses(ctx, Work{Title: addOrEdit(c.ID == 0) + " nhóm xếp hạng " + c.Name}, func(list data.Classes) (data.Classes, error) {
		if c.Name == "" {
			return nil, &data.Error{Code: data.Invalid, Field: "name", Message: "Nhóm chưa có tên. Nhập tên."}
		}
		last := uint32(0)
		for _, other := range list {
			last = max(last, other.ID)
			if other.ID == c.ID {
				continue
			}
			if text.NameKey(other.Name) == text.NameKey(c.Name) {
				return nil, &data.Error{Code: data.Conflict, Field: "name", Message: fmt.Sprintf("Đã có «%s» trong danh sách.", other.Name)}
			}
			for _, l := range c.Levels {
				if slices.Contains(other.Levels, l) {
					return nil, &data.Error{Code: data.Conflict, Field: "levels", Message: fmt.Sprintf("%s đã thuộc nhóm «%s». Bỏ ở nhóm đó trước.", l.Name(), other.Name)}
				}
			}
		}
		if c.ID == 0 {
			c.ID = last + 1
			return append(list, c), nil
		}
		i := slices.IndexFunc(list, func(x data.Class) bool { return x.ID == c.ID })
		if i < 0 {
			return nil, data.Fail(data.NotFound, "Nhóm xếp hạng này không còn. Mở lại danh sách rồi làm lại.", nil)
		}
		list[i] = c
		return list, nil
	})
}

// DropClass takes a class out of the list. Units that name it keep it from going.
func (d *Desk) DropClass(ctx context.Context, id uint32) error {
	title := "Bỏ nhóm xếp hạng " + d.Classes().Get(id).Name
	return d.changeClasses(ctx, Work{Title: title}, func(list data.Classes) (data.Classes, error) {
		return slices.DeleteFunc(list, func(c data.Class) bool { return c.ID == id }), nil
	})
}

// ResetClasses brings back the shipped classes.
func (d *Desk) ResetClasses(ctx context.Context) error {
	return d.changeClasses(ctx, Work{Title: "Đưa các nhóm xếp hạng về mặc định"}, func(data.Classes) (data.Classes, error) { return nil, nil })
}

// changeClasses stores what edit makes of the classes as they stand; nil for the
// shipped ones.
func (d *Desk) changeClasses(ctx context.Context, w Work, edit func(data.Classes) (data.Classes, error)) error {
	return d.Change(ctx, w, func(tx Tx) error {
		list, err := readClasses(tx.Setting(settingClasses))
		if err != nil {
			return err
		}
		after, err := edit(slices.Clone(list))
		if err != nil {
			return err
		}
		var raw []byte
		if after != nil {
			if raw, err = json.Marshal(after); err != nil {
				return err
			}
		} else {
			after = shipped.Classes()
		}
		units, err := tx.Units()
		if err != nil {
			return err
		}
		for _, u := range units {
			if u.Class != 0 && after.Get(u.Class).ID == 0 {
				return data.Fail(data.Conflict, fmt.Sprintf("Đơn vị «%s» đang được xếp vào nhóm «%s». Đổi nhóm của đơn vị đó trước.", u.Name, list.Get(u.Class).Name), nil)
			}
		}
		return tx.PutSetting(settingClasses, raw)
	})
}
