package desk

import (
	"context"
	"fmt"
	"slices"

	"giaoban/data"
	"giaoban/data/register"
)

// MergeFields moves the procedures, dossiers and books of a field to another one
// that is the same, and takes the emptied one out of the catalogue: one change,
// undone as a whole. It returns how many dossiers moved. progress may be nil.
func (d *Desk) MergeFields(ctx context.Context, from, into uint32, progress func(done, total int64)) (moved int, err error) {
	c := d.Catalogue()
	old, kept := c.Field(from), c.Field(into)
	switch {
	case old.ID == 0 || kept.ID == 0:
		return 0, &data.Error{Code: data.Invalid, Field: "into", Message: "Chọn lĩnh vực nhận."}
	case from == into:
		return 0, &data.Error{Code: data.Invalid, Field: "into", Message: "Chọn một lĩnh vực khác với lĩnh vực đang gộp."}
	}
	var ids []uint32
	at := data.MomentOf(d.Now())
	why := fmt.Sprintf("Gộp lĩnh vực «%s» vào «%s»", old.Name, kept.Name)
	err = d.Change(ctx, Work{Title: why}, func(tx Tx) error {
		c, ids = d.Catalogue(), d.List(Query{Filter: Filter{Fields: []uint32{from}}, Sort: register.SortReceived}).IDs
		for i, id := range ids {
			if err := pace(ctx, i, len(ids), progress, "Đã hủy. Danh mục và hồ sơ giữ nguyên như trước."); err != nil {
				return err
			}
			one, err := tx.Dossier(uint64(id))
			if err != nil {
				return err
			}
			before := one
			one.Field = into
			one.Events = append(slices.Clone(one.Events), d.corrections(&before, &one, why, at)...)
			if err := tx.PutDossier(&one); err != nil {
				return err
			}
		}
		for _, p := range c.Procedures {
			if p.Field == from {
				p.Field = into
				if err := tx.PutProcedure(&p); err != nil {
					return err
				}
			}
		}
		if err := moveBooks(tx, map[uint32]uint32{from: into}); err != nil {
			return err
		}
		return tx.DropField(from)
	})
	if err != nil {
		return 0, err
	}
	return len(ids), nil
}
