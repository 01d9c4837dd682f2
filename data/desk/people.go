package desk

import (
	"context"
	"fmt"
	"slices"

	"giaoban/data"
	"giaoban/data/text"
)

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
