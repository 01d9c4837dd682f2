package desk

import (
	"context"
	"fmt"
	"slices"

	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/matter"
	"giaoban/data/text"
)

// SaveUnit stores a unit of the catalogue; a zero ID makes a new one. Its name
// must not be that of another unit that is valid at the same time.
func (d *Desk) SaveUnit(ctx context.Context, u *data.Unit) error {
	*u = text.All(*u)
	u.Name, u.Code = text.Line(u.Name), text.Line(u.Code)
	return d.Change(ctx, Work{Title: addOrEdit(u.ID == 0) + " đơn vị " + u.Name}, func(tx Tx) error {
		if err := checkUnit(d.Catalogue().Units, d.Catalogue().Units, u); err != nil {
			return err
		}
		return tx.PutUnit(u)
	})
}

// addOrEdit begins the title of a change in the journal.
func addOrEdit(fresh bool) string {
	if fresh {
		return "Thêm"
	}
	return "Sửa"
}

func overlap(from1, to1, from2, to2 data.Day) bool {
	return (!to1.Known() || !from2.Known() || from2 <= to1) && (!to2.Known() || !from1.Known() || from1 <= to2)
}

// SaveField stores a field of procedures; a zero ID makes a new one.
func (d *Desk) SaveField(ctx context.Context, f *data.Field) error {
	*f = text.All(*f)
	f.Name = text.Line(f.Name)
	if f.Name == "" {
		return &data.Error{Code: data.Invalid, Field: "name", Message: "Lĩnh vực chưa có tên. Nhập tên."}
	}
	return d.Change(ctx, Work{Title: addOrEdit(f.ID == 0) + " lĩnh vực " + f.Name}, func(tx Tx) error {
		key := text.NameKey(f.Name)
		stays := text.NameKey(d.Catalogue().Field(f.ID).Name) == key // a double of an earlier version may be edited
		for _, other := range d.Catalogue().Fields {
			if other.ID != f.ID && !stays && text.NameKey(other.Name) == key {
				return &data.Error{Code: data.Conflict, Field: "name", Message: fmt.Sprintf("Đã có lĩnh vực «%s».", other.Name)}
			}
		}
		return tx.PutField(f)
	})
}

// SaveProcedure stores a procedure; a zero ID makes a new one. Its code, where
// it has one, must be its own among those of its level: the shipped catalogue
// has a procedure of two levels twice.
func (d *Desk) SaveProcedure(ctx context.Context, p *data.Procedure) error {
	*p = text.All(*p)
	p.Name, p.Code = text.Line(p.Name), text.Line(p.Code)
	if p.Name == "" {
		return &data.Error{Code: data.Invalid, Field: "name", Message: "Thủ tục chưa có tên. Nhập tên."}
	}
	if err := matter.Refuse(p.Code, p.Name, d.Bases(), d.Today()); err != nil {
		return data.InField(err, "name")
	}
	for _, t := range append([]data.Term{p.Term, p.OnlineTerm, p.OwnTerm}, caseTerms(p)...) {
		if t.Known() && t.Unit != data.SameDay && t.Count <= 0 {
			return &data.Error{Code: data.Invalid, Field: "term", Message: fmt.Sprintf("«%s»: thời hạn phải lớn hơn 0.", p.Name)}
		}
	}
	if err := checkCases(p); err != nil {
		return err
	}
	sortSteps(p)
	return d.Change(ctx, Work{Title: addOrEdit(p.ID == 0) + " thủ tục " + p.Name}, func(tx Tx) error {
		for _, other := range d.Catalogue().Procedures {
			if other.ID != p.ID && p.Code != "" && other.Code == p.Code && other.Level == p.Level {
				return &data.Error{Code: data.Conflict, Field: "code", Message: fmt.Sprintf("Mã %s đã là của thủ tục «%s».", p.Code, other.Name)}
			}
		}
		return tx.PutProcedure(p)
	})
}

// checkCases checks what a procedure holds besides: days of validity in order, cases
// with names of their own, online levels with their days.
func checkCases(p *data.Procedure) error {
	if p.From.Known() && p.To.Known() && p.To < p.From {
		return &data.Error{Code: data.Invalid, Field: "to", Message: fmt.Sprintf("Ngày kết thúc %s ở trước ngày bắt đầu %s.", p.To, p.From)}
	}
	for i := range p.Cases {
		c := &p.Cases[i]
		if c.Name = text.Line(c.Name); c.Name == "" {
			return &data.Error{Code: data.Invalid, Field: "cases", Message: fmt.Sprintf("Dòng %d: nhập tên trường hợp.", i+1)}
		}
		if slices.ContainsFunc(p.Cases[:i], func(o data.Case) bool { return text.NameKey(o.Name) == text.NameKey(c.Name) }) {
			return &data.Error{Code: data.Conflict, Field: "cases", Message: fmt.Sprintf("Dòng %d: đã có trường hợp «%s».", i+1, c.Name)}
		}
	}
	for i, s := range p.Online {
		switch {
		case !s.From.Known():
			return &data.Error{Code: data.Invalid, Field: "steps", Message: fmt.Sprintf("Dòng %d: nhập ngày bắt đầu của mức độ.", i+1)}
		case s.Level == "":
			return &data.Error{Code: data.Invalid, Field: "steps", Message: fmt.Sprintf("Dòng %d: chọn mức độ.", i+1)}
		}
	}
	for i := range p.Systems {
		s := &p.Systems[i]
		switch s.Name = basis.SystemNamed(text.Line(s.Name)); {
		case s.Name == "":
			return &data.Error{Code: data.Invalid, Field: "systems", Message: fmt.Sprintf("Dòng %d: chọn hoặc ghi tên hệ thống xử lý.", i+1)}
		case !s.From.Known() && slices.ContainsFunc(p.Systems[:i], func(o data.SystemStep) bool { return !o.From.Known() }):
			return &data.Error{Code: data.Invalid, Field: "systems", Message: fmt.Sprintf("Dòng %d: nhập ngày bắt đầu dùng hệ thống; chỉ một dòng được để trống.", i+1)}
		}
	}
	return checkWays(p.Ways)
}

// checkWays refuses ways that are none, end before they begin or overlap.
func checkWays(list []data.WayStep) error {
	refuse := func(i int, words string) error {
		return &data.Error{Code: data.Invalid, Field: "ways", Message: fmt.Sprintf("Dòng %d: %s.", i+1, words)}
	}
	for i := range list {
		s := &list[i]
		s.Note = text.Line(s.Note)
		switch {
		case !slices.ContainsFunc(data.Ways, func(w data.Way) bool { return w.ID == s.Way }):
			return refuse(i, "chọn cách thực hiện")
		case s.To.Known() && s.To < s.From:
			return refuse(i, "ngày cuối ở trước ngày đầu")
		}
		for j, o := range list[:i] {
			if o.Way == s.Way && (!o.To.Known() || s.From <= o.To) && (!s.To.Known() || o.From <= s.To) {
				return refuse(i, fmt.Sprintf("trùng thời gian với dòng %d, cùng một cách thực hiện", j+1))
			}
		}
	}
	return nil
}

func caseTerms(p *data.Procedure) []data.Term {
	return data.Map(p.Cases, func(c data.Case) data.Term { return c.Term })
}

// Counters returns the desks between which dossiers go.
func (d reading) Counters() ([]Stored[data.Counter], error) {
	return Records[data.Counter](d, KindCounter)
}

// Causes returns the causes of delay; the usual ones where none was entered.
func (d reading) Causes() ([]Stored[data.Cause], error) {
	list, _, err := causes(d)
	return list, err
}

// causes is Causes; own tells whether any was entered.
func causes(from recorded) (list []Stored[data.Cause], own bool, err error) {
	list, err = Records[data.Cause](from, KindCause)
	if err != nil || len(list) > 0 {
		return list, true, err
	}
	for i, c := range defaultCauses {
		list = append(list, Stored[data.Cause]{ID: uint64(i + 1), Value: c})
	}
	return list, false, nil
}

// defaultCauses are the causes that offices usually give.
var defaultCauses = []data.Cause{
	{Name: "Chậm thẩm định tại phòng, ban chuyên môn"}, {Name: "Chậm trình ký, phê duyệt"}, {Name: "Chậm luân chuyển hồ sơ"},
	{Name: "Chậm cập nhật kết quả trên hệ thống"}, {Name: "Chờ ý kiến cơ quan phối hợp", Objective: true},
	{Name: "Vướng mắc về quy định, quy hoạch", Objective: true}, {Name: "Hệ thống thông tin gián đoạn", Objective: true},
	{Name: "Cần kiểm tra thực địa, xác minh thêm", Objective: true},
}

// Signers returns who may sign on a day, the one proposed first at the head. The
// signer of the office stands for all where none was entered.
func (d reading) Signers(day data.Day) []data.Signer {
	list, err := Records[data.Signer](d, KindSigner)
	if err != nil {
		d.from.fault(err)
	}
	var out []data.Signer
	for _, s := range list {
		if v := s.Value; (!v.From.Known() || v.From <= day) && (!v.To.Known() || day <= v.To) {
			out = append(out, v)
		}
	}
	slices.SortStableFunc(out, func(a, b data.Signer) int {
		switch {
		case a.First == b.First:
			return 0
		case a.First:
			return -1
		}
		return 1
	})
	if o := d.Office(); len(out) == 0 && o.Signer+o.Title != "" {
		out = []data.Signer{{Name: o.Signer, Title: o.Title, Authority: o.Authority, First: true}}
	}
	return out
}

// SaveCounter stores a desk between which dossiers go; a zero id makes a new
// one. Its name must be its own.
func (d *Desk) SaveCounter(ctx context.Context, id uint64, c data.Counter) error {
	c.Name, c.Officer = text.Line(c.Name), text.Line(c.Officer)
	c = text.All(c)
	return d.Change(ctx, Work{Title: addOrEdit(id == 0) + " bộ phận " + c.Name}, func(tx Tx) error {
		list, err := Records[data.Counter](tx, KindCounter)
		if err != nil {
			return err
		}
		if err := ownName(list, id, c.Name, "Bộ phận", func(x data.Counter) string { return x.Name }); err != nil {
			return err
		}
		return tx.PutRecord(KindCounter, &id, c)
	})
}

// SaveSigner stores who signs; a zero id makes a new one. Only one signer is
// proposed first: the others lose the mark.
func (d *Desk) SaveSigner(ctx context.Context, id uint64, s data.Signer) error {
	s.Name, s.Title = text.Line(s.Name), text.Line(s.Title)
	switch {
	case s.Name == "":
		return &data.Error{Code: data.Invalid, Field: "name", Message: "Người ký chưa có họ tên. Nhập họ tên."}
	case s.Title == "":
		return &data.Error{Code: data.Invalid, Field: "title", Message: "Người ký chưa có chức vụ. Nhập chức vụ, ví dụ PHÓ CHỦ TỊCH."}
	case s.From.Known() && s.To.Known() && s.To < s.From:
		return &data.Error{Code: data.Invalid, Field: "to", Message: fmt.Sprintf("Ngày kết thúc %s ở trước ngày bắt đầu %s.", s.To, s.From)}
	}
	return d.Change(ctx, Work{Title: addOrEdit(id == 0) + " người ký " + s.Name}, func(tx Tx) error {
		list, err := Records[data.Signer](tx, KindSigner)
		if err != nil {
			return err
		}
		for _, other := range list {
			if s.First && other.Value.First && other.ID != id {
				other.Value.First = false
				if err := tx.PutRecord(KindSigner, &other.ID, other.Value); err != nil {
					return err
				}
			}
		}
		return tx.PutRecord(KindSigner, &id, s)
	})
}

// AllSigners returns every signer that was entered, whenever valid.
func (d *Desk) AllSigners() ([]Stored[data.Signer], error) {
	return Records[data.Signer](d, KindSigner)
}

// SaveCause stores a cause of delay; a zero id makes a new one. With the first
// one that is saved the usual causes are stored too, under the ids by which
// dossiers may already name them.
func (d *Desk) SaveCause(ctx context.Context, id uint64, c data.Cause) error {
	c.Name = text.Line(c.Name)
	return d.Change(ctx, Work{Title: addOrEdit(id == 0) + " nguyên nhân chậm: " + c.Name}, func(tx Tx) error {
		list, own, err := causes(tx)
		if err != nil {
			return err
		}
		if err := ownName(list, id, c.Name, "Nguyên nhân", func(x data.Cause) string { return x.Name }); err != nil {
			return err
		}
		if !own {
			for _, usual := range list {
				if err := tx.PutRecord(KindCause, &usual.ID, usual.Value); err != nil {
					return err
				}
			}
		}
		return tx.PutRecord(KindCause, &id, c)
	})
}

// SaveBook stores a numbered book; a zero id makes a new one. Its number must be
// its own, and a field belongs to one open book only.
func (d *Desk) SaveBook(ctx context.Context, id uint64, b Book) error {
	b.Name = text.Line(b.Name)
	switch {
	case b.Name == "":
		return &data.Error{Code: data.Invalid, Field: "name", Message: "Sổ chưa có tên. Nhập tên."}
	case b.Number < 1 || b.Number > 9999:
		return &data.Error{Code: data.Invalid, Field: "number", Message: "Quyển số là số từ 1 đến 9999."}
	}
	b = text.All(b)
	return d.Change(ctx, Work{Title: fmt.Sprintf("%s quyển sổ %d", addOrEdit(id == 0), b.Number)}, func(tx Tx) error {
		list, err := Records[Book](tx, KindBook)
		if err != nil {
			return err
		}
		if err := d.ownBook(list, id, b); err != nil {
			return err
		}
		return tx.PutRecord(KindBook, &id, b)
	})
}

// ownBook checks that number and fields of a book are those of no other one.
func (d *Desk) ownBook(list []Stored[Book], id uint64, b Book) error {
	for _, other := range list {
		if other.ID == id {
			continue
		}
		o := other.Value
		if o.Number == b.Number {
			return &data.Error{Code: data.Conflict, Field: "number", Message: fmt.Sprintf("Quyển số %d đã là của «%s».", b.Number, o.Name)}
		}
		if o.Closed || b.Closed {
			continue
		}
		if len(o.Fields) == 0 && len(b.Fields) == 0 {
			return &data.Error{Code: data.Conflict, Field: "fields", Message: fmt.Sprintf("«%s» đã nhận mọi lĩnh vực còn lại. Chọn lĩnh vực cho sổ này.", o.Name)}
		}
		for _, f := range b.Fields {
			if slices.Contains(o.Fields, f) {
				return &data.Error{Code: data.Conflict, Field: "fields", Message: fmt.Sprintf("Lĩnh vực «%s» đã thuộc «%s».", d.Catalogue().Field(f).Name, o.Name)}
			}
		}
	}
	return nil
}

// ownName checks that a name is there and no other entry has it.
func ownName[T any](list []Stored[T], id uint64, name, what string, of func(T) string) error {
	if name == "" {
		return &data.Error{Code: data.Invalid, Field: "name", Message: what + " chưa có tên. Nhập tên."}
	}
	key := text.NameKey(name)
	stays := slices.ContainsFunc(list, func(s Stored[T]) bool { return s.ID == id && text.NameKey(of(s.Value)) == key })
	for _, other := range list {
		if other.ID != id && !stays && text.NameKey(of(other.Value)) == key {
			return &data.Error{Code: data.Conflict, Field: "name", Message: fmt.Sprintf("Đã có «%s» trong danh sách.", of(other.Value))}
		}
	}
	return nil
}
