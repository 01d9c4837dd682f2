package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"giaoban/data"
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
	slices.SortStableFunc(p.Online, func(a, b data.OnlineStep) int { return cmp.Compare(a.From, b.From) })
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
	return nil
}

func caseTerms(p *data.Procedure) []data.Term {
	var out []data.Term
	for _, c := range p.Cases {
		out = append(out, c.Term)
	}
	return out
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
