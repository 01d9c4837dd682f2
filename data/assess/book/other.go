package book

import (
	"context"
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/desk"
)

// Remedies returns the remedial tasks of a sheet, those of all sheets for 0.
func (b *Book) Remedies(sheet uint64) ([]assess.Remedy, error) {
	list, err := listed(b, assess.RecordRemedy, remedyID)
	if err != nil || sheet == 0 {
		return list, err
	}
	var out []assess.Remedy
	for _, r := range list {
		if r.Sheet == sheet {
			out = append(out, r)
		}
	}
	return out, nil
}

// KeepRemedy stores a remedial task, a new one for id 0. A task that is done
// needs its day, one that is dropped a reason.
func (b *Book) KeepRemedy(ctx context.Context, r assess.Remedy) (id uint64, err error) {
	bad := func(field, text string) error {
		return &data.Error{Code: data.Invalid, Field: field, Message: fmt.Sprintf("Tiêu chí %s: %s", r.Code, text)}
	}
	c, err := b.Card(r.Sheet)
	if err != nil {
		return 0, err
	}
	r.Year = c.Period.Year
	switch n := c.Set.Node(r.Code); {
	case n == nil || !n.Leaf():
		return 0, bad("code", "không phải tiêu chí được chấm điểm của bộ tiêu chí.")
	case r.Lost < 0 || r.Lost > n.Max:
		return 0, bad("lost", fmt.Sprintf("điểm mất %s phải từ 0 đến điểm tối đa %s.", r.Lost.String(), n.Max.String()))
	case strings.TrimSpace(r.Task) == "":
		return 0, bad("task", "nhiệm vụ khắc phục còn trống.")
	case strings.TrimSpace(r.Owner) == "":
		return 0, bad("owner", "nhiệm vụ chưa có cơ quan chủ trì.")
	case r.State == assess.Done && !r.Finished.Known():
		return 0, bad("finished", "nhiệm vụ hoàn thành cần ghi ngày.")
	case r.Finished > b.from.Today():
		return 0, bad("finished", fmt.Sprintf("ngày hoàn thành %s ở sau hôm nay.", r.Finished))
	case r.State == assess.Dropped && strings.TrimSpace(r.Why) == "":
		return 0, bad("why", "thôi thực hiện nhiệm vụ cần ghi lý do.")
	}
	if r.State == "" {
		r.State = assess.Planned
	}
	if r.State != assess.Done {
		r.Finished = data.NoDay
	}
	id = r.ID
	title := fmt.Sprintf("Kế hoạch khắc phục năm %d, tiêu chí %s: %s", r.Year, r.Code, lowerFirst(r.State.String()))
	err = b.desk.Change(ctx, desk.Work{Title: title, Why: r.Why}, func(tx desk.Tx) error {
		return tx.PutRecord(assess.RecordRemedy, &id, r)
	})
	return id, err
}

// DropRemedy takes a task out.
func (b *Book) DropRemedy(ctx context.Context, id uint64) error {
	return b.desk.Drop(ctx, desk.Work{Title: "Bỏ một nhiệm vụ khỏi kế hoạch khắc phục"}, assess.RecordRemedy, id)
}

// PlanRemedies proposes one task for each leaf that lost points and has none yet,
// due at the end of the year after.
func (b *Book) PlanRemedies(ctx context.Context, sheet uint64) (n int, err error) {
	c, err := b.Card(sheet)
	if err != nil {
		return 0, err
	}
	have, err := b.Remedies(sheet)
	if err != nil {
		return 0, err
	}
	taken := map[string]bool{}
	for _, r := range have {
		taken[r.Code] = true
	}
	losses := c.Losses()
	var plan []assess.Remedy
	for _, l := range losses.ByLoss() {
		if taken[l.Code] {
			continue
		}
		owner := l.Owner
		if owner == "" {
			owner = c.Name
		}
		plan = append(plan, assess.Remedy{Sheet: sheet, Year: c.Period.Year, Code: l.Code, Lost: l.Lost, Cause: l.Cause, Objective: l.Objective,
			Task: "Khắc phục điểm mất ở tiêu chí «" + l.Title + "»", Owner: owner, Due: data.Date(c.Period.Year+1, 12, 15), State: assess.Planned})
	}
	if len(plan) == 0 {
		return 0, nil
	}
	title := fmt.Sprintf("%s: lập %d nhiệm vụ khắc phục từ phiếu năm %d", c.Name, len(plan), c.Period.Year)
	err = b.desk.Change(ctx, desk.Work{Title: title}, func(tx desk.Tx) error {
		for _, r := range plan {
			var id uint64
			if err := tx.PutRecord(assess.RecordRemedy, &id, r); err != nil {
				return err
			}
		}
		return nil
	})
	return len(plan), err
}

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
