package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/text"
)

// MergeUnits ends units on the day before day and names the unit that carries on
// their work from then on (sáp nhập). Nothing of the past changes: their dossiers
// stay theirs.
func (d *Desk) MergeUnits(ctx context.Context, ids []uint32, into uint32, day data.Day, why string) error {
	c := d.Catalogue()
	successor := c.Unit(into)
	switch {
	case len(ids) == 0:
		return data.Fail(data.Invalid, "Chưa chọn đơn vị nào để sáp nhập.", nil)
	case successor.ID == 0:
		return &data.Error{Code: data.Invalid, Field: "successor", Message: "Chọn đơn vị kế thừa."}
	case slices.Contains(ids, into):
		return &data.Error{Code: data.Invalid, Field: "successor", Message: "Một đơn vị không thể sáp nhập vào chính nó."}
	case !day.Known():
		return &data.Error{Code: data.Invalid, Field: "day", Message: "Nhập ngày sáp nhập có hiệu lực."}
	case !successor.ValidOn(day):
		return &data.Error{Code: data.Invalid, Field: "day", Message: fmt.Sprintf("Ngày %s đơn vị «%s» không hoạt động. Sửa ngày, hoặc chọn đơn vị khác.", day, successor.Name)}
	}
	var changed []data.Unit
	for _, id := range ids {
		u := c.Unit(id)
		u.To, u.Successor = day-1, into
		changed = append(changed, u)
	}
	title := fmt.Sprintf("Sáp nhập %s vào %s từ %s", changed[0].Name, successor.Name, day)
	if len(changed) > 1 {
		title = fmt.Sprintf("Sáp nhập %d đơn vị vào %s từ %s", len(changed), successor.Name, day)
	}
	return d.putUnits(ctx, Work{Title: title, Why: why}, changed, nil)
}

// RenameUnit ends a unit on the day before day and lets it live on from the day
// under another name, and level where level is not empty: papers and figures of
// earlier days keep the old name. It returns the id of the new entry.
func (d *Desk) RenameUnit(ctx context.Context, id uint32, name string, level data.Level, day data.Day) (uint32, error) {
	old := d.Catalogue().Unit(id)
	if !day.Known() {
		return 0, &data.Error{Code: data.Invalid, Field: "day", Message: "Nhập ngày tên mới có hiệu lực."}
	}
	next := old
	next.ID, next.Name, next.From, next.Source = 0, strings.Join(strings.Fields(name), " "), day, data.Typed
	if level != "" {
		next.Level = level
	}
	if next.Name == old.Name && next.Level == old.Level {
		return 0, &data.Error{Code: data.Invalid, Field: "name", Message: "Tên và cấp không đổi. Nhập tên mới."}
	}
	old.To = day - 1
	fresh := []data.Unit{next}
	err := d.putUnits(ctx, Work{Title: fmt.Sprintf("Đổi tên %s thành %s từ %s", old.Name, next.Name, day)}, []data.Unit{old}, fresh)
	return fresh[0].ID, err
}

// AddUnits stores several new units in one change. An error tells which one of the
// list, counted from 1, is wrong; its field is "units".
func (d *Desk) AddUnits(ctx context.Context, units []data.Unit) error {
	if len(units) == 0 {
		return &data.Error{Code: data.Invalid, Field: "units", Message: "Chưa có đơn vị nào. Gõ, hoặc dán từ bảng tính: tên, mã định danh, cấp."}
	}
	all := d.Catalogue().Units
	for i := range units {
		u := &units[i]
		u.ID, u.Name, u.Source = 0, text.Line(u.Name), data.Typed
		if err := checkUnit(all, append(slices.Clone(all), units[:i]...), u); err != nil {
			return &data.Error{Code: data.CodeOf(err), Field: "units", Message: fmt.Sprintf("Dòng %d: %s", i+1, err.Error()), Cause: err}
		}
	}
	return d.putUnits(ctx, Work{Title: fmt.Sprintf("Thêm %d đơn vị", len(units))}, nil, units)
}

// SplitUnit founds units by name out of another from a day on; the other one
// ends on the day before unless it goes on beside them.
func (d *Desk) SplitUnit(ctx context.Context, id uint32, names []string, day data.Day, goesOn bool) error {
	old := d.Catalogue().Unit(id)
	if !day.Known() {
		return &data.Error{Code: data.Invalid, Field: "day", Message: "Nhập ngày tách có hiệu lực."}
	}
	var fresh []data.Unit
	for _, name := range names {
		if name = strings.Join(strings.Fields(name), " "); name == "" {
			continue
		}
		u := old
		u.ID, u.Name, u.From, u.To, u.Successor, u.Code, u.Source = 0, name, day, data.NoDay, 0, "", data.Typed
		fresh = append(fresh, u)
	}
	if len(fresh) == 0 || len(fresh) == 1 && !goesOn {
		return &data.Error{Code: data.Invalid, Field: "name", Message: "Nhập tên các đơn vị mới, mỗi dòng một tên; ít nhất hai tên nếu đơn vị cũ kết thúc."}
	}
	var changed []data.Unit
	if !goesOn {
		old.To = day - 1
		changed = append(changed, old)
	}
	return d.putUnits(ctx, Work{Title: fmt.Sprintf("Tách %s từ %s", old.Name, day)}, changed, fresh)
}

// CloseUnit ends a unit after the day.
func (d *Desk) CloseUnit(ctx context.Context, id uint32, last data.Day) error {
	if !last.Known() {
		return &data.Error{Code: data.Invalid, Field: "to", Message: "Nhập ngày cuối hoạt động."}
	}
	u := d.Catalogue().Unit(id)
	u.To = last
	return d.putUnits(ctx, Work{Title: "Kết thúc đơn vị " + u.Name}, []data.Unit{u}, nil)
}

// ReopenUnit lets a unit that ended go on.
func (d *Desk) ReopenUnit(ctx context.Context, id uint32) error {
	u := d.Catalogue().Unit(id)
	u.To, u.Successor = data.NoDay, 0
	return d.putUnits(ctx, Work{Title: "Mở lại đơn vị " + u.Name}, []data.Unit{u}, nil)
}

// putUnits stores changed and new units in one change when they agree with the
// others and with each other.
func (d *Desk) putUnits(ctx context.Context, w Work, changed, fresh []data.Unit) error {
	return d.Change(ctx, w, func(tx Tx) error {
		if err := d.checkUnits(changed, fresh); err != nil {
			return err
		}
		for i := range fresh {
			fresh[i].ID = 0
			if err := tx.PutUnit(&fresh[i]); err != nil {
				return err
			}
		}
		for i := range changed {
			if changed[i].Successor == 0 && len(fresh) == 1 && len(changed) == 1 && changed[i].To.Known() {
				changed[i].Successor = fresh[0].ID // renamed
			}
			if err := tx.PutUnit(&changed[i]); err != nil {
				return err
			}
		}
		return d.movePoints(tx, changed)
	})
}

// movePoints gives the points of reception of centres that ended to the units that
// carry on their work.
func (d *Desk) movePoints(tx Tx, ended []data.Unit) error {
	for _, centre := range ended {
		for _, u := range d.Catalogue().Units {
			if centre.Successor == 0 || u.Centre != centre.ID {
				continue
			}
			if u.Centre = centre.Successor; u.Centre == u.ID { // the point carries on itself
				u.Centre = 0
			}
			if err := tx.PutUnit(&u); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkUnits cleans the new units and checks them and the changed ones.
func (d *Desk) checkUnits(changed, fresh []data.Unit) error {
	before := d.Catalogue().Units
	units := slices.Clone(before)
	for _, u := range changed {
		i := slices.IndexFunc(units, func(x data.Unit) bool { return x.ID == u.ID })
		if i < 0 {
			return data.Fail(data.NotFound, "Đơn vị này không còn trong danh mục. Mở lại danh mục rồi làm lại.", nil)
		}
		units[i] = u
	}
	for i := range changed {
		if err := checkUnit(before, units, &changed[i]); err != nil {
			return err
		}
	}
	for i := range fresh {
		fresh[i] = text.All(fresh[i])
		fresh[i].Name = text.Line(fresh[i].Name)
		if err := checkUnit(before, append(slices.Clone(units), fresh[:i]...), &fresh[i]); err != nil {
			return err
		}
	}
	return nil
}

// sameUnit reports whether two units have one name at one time.
func sameUnit(a, b *data.Unit) bool {
	return text.NameKey(a.Name) == text.NameKey(b.Name) && overlap(a.From, a.To, b.From, b.To)
}

// checkUnit checks a unit against the others. Its name must not be that of
// another one that is valid at the same time; where before this change two had
// one name already, which earlier versions let through, it is no new fault.
func checkUnit(before, units []data.Unit, u *data.Unit) error {
	var old data.Unit
	if i := slices.IndexFunc(before, func(x data.Unit) bool { return x.ID == u.ID }); i >= 0 && u.ID != 0 {
		old = before[i]
	}
	switch {
	case u.Name == "":
		return &data.Error{Code: data.Invalid, Field: "name", Message: "Đơn vị chưa có tên. Nhập tên."}
	case u.From.Known() && u.To.Known() && u.To < u.From:
		return &data.Error{Code: data.Invalid, Field: "to", Message: fmt.Sprintf("%s: ngày kết thúc %s ở trước ngày bắt đầu %s.", u.Name, u.To, u.From)}
	case u.Successor != 0 && u.Successor == u.ID:
		return &data.Error{Code: data.Invalid, Field: "successor", Message: "Một đơn vị không thể sáp nhập vào chính nó."}
	case u.Successor != 0 && !u.To.Known():
		return &data.Error{Code: data.Invalid, Field: "to", Message: "Đơn vị đã sáp nhập cần ngày kết thúc hoạt động."}
	}
	byID := map[uint32]data.Unit{}
	for _, other := range units {
		byID[other.ID] = other
		if u.Centre != 0 && u.ID != 0 && other.Centre == u.ID {
			return &data.Error{Code: data.Invalid, Field: "centre", Message: fmt.Sprintf("%s có điểm tiếp nhận «%s» nên không thể là điểm tiếp nhận của đơn vị khác.", u.Name, other.Name)}
		}
		if (other.ID != u.ID || u.ID == 0) && sameUnit(&other, u) && (old.ID == 0 || !sameUnit(&other, &old)) {
			return &data.Error{Code: data.Conflict, Field: "name", Message: fmt.Sprintf("Đã có đơn vị «%s». Sửa đơn vị đó, hoặc đặt tên khác.", other.Name)}
		}
	}
	if centre, ok := byID[u.Centre]; u.Centre != 0 && (!ok || u.Centre == u.ID || centre.Centre != 0) {
		return &data.Error{Code: data.Invalid, Field: "centre", Message: fmt.Sprintf("%s: chọn một trung tâm là đơn vị riêng, khác chính nó và không phải điểm tiếp nhận.", u.Name)}
	}
	for next, steps := u.Successor, 0; next != 0; steps++ {
		if next == u.ID && u.ID != 0 || steps > len(units) {
			return &data.Error{Code: data.Invalid, Field: "successor", Message: fmt.Sprintf("%s: các đơn vị kế thừa đi vòng tròn. Chọn đơn vị khác.", u.Name)}
		}
		next = byID[next].Successor
	}
	return nil
}
