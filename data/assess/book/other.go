package book

import (
	"context"
	"fmt"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/desk"
)

// Publications returns the published results that were typed.
func (b *Book) Publications() ([]assess.Publication, error) {
	return listed(b, assess.RecordPublication, publicationID)
}

// KeepPublication stores a published result, a new one for id 0. It needs a
// source.
func (b *Book) KeepPublication(ctx context.Context, p assess.Publication) (id uint64, err error) {
	if err := p.Check(); err != nil {
		return 0, err
	}
	if p.Source == (assess.Document{}) {
		return 0, &data.Error{Code: data.Invalid, Field: "source", Message: "Kết quả công bố cần ghi nguồn: quyết định số mấy, ngày nào."}
	}
	id = p.ID
	err = b.desk.Change(ctx, desk.Work{Title: fmt.Sprintf("Ghi kết quả công bố «%s»", p.Title)}, func(tx desk.Tx) error {
		return tx.PutRecord(assess.RecordPublication, &id, p)
	})
	return id, err
}

// DropPublication takes a published result out.
func (b *Book) DropPublication(ctx context.Context, id uint64) error {
	return b.desk.Drop(ctx, desk.Work{Title: "Bỏ một kết quả công bố"}, assess.RecordPublication, id)
}

// Readings returns the readings of other indices.
func (b *Book) Readings() ([]assess.Reading, error) {
	return listed(b, assess.RecordReading, readingID)
}

// KeepReading stores a reading of an index, a new one for id 0. One index has one
// reading a year or day and unit.
func (b *Book) KeepReading(ctx context.Context, r assess.Reading) (id uint64, err error) {
	if r.Scale.Sign() == 0 {
		if known := assess.IndexByID(r.Index); known != nil {
			r.Scale = known.Scale
		}
	}
	if err := r.Check(); err != nil {
		return 0, err
	}
	if r.Source == (assess.Document{}) {
		return 0, &data.Error{Code: data.Invalid, Field: "source", Message: fmt.Sprintf("Chỉ số %s %s cần ghi nguồn số liệu.", r.Index, r.When())}
	}
	id = r.ID
	err = b.desk.Change(ctx, desk.Work{Title: fmt.Sprintf("Ghi chỉ số %s %s: %s", r.Index, r.When(), r.Value)}, func(tx desk.Tx) error {
		list, err := all(tx, assess.RecordReading, readingID)
		if err != nil {
			return err
		}
		for _, o := range list {
			if o.ID != id && o.Index == r.Index && o.Unit == r.Unit && o.When() == r.When() {
				return data.Fail(data.Conflict, fmt.Sprintf("Chỉ số %s %s đã có giá trị %s. Sửa giá trị đó.", r.Index, r.When(), o.Value), nil)
			}
		}
		return tx.PutRecord(assess.RecordReading, &id, r)
	})
	return id, err
}

// DropReading takes a reading out.
func (b *Book) DropReading(ctx context.Context, id uint64) error {
	return b.desk.Drop(ctx, desk.Work{Title: "Bỏ một giá trị chỉ số"}, assess.RecordReading, id)
}
