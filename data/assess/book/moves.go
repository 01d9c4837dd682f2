package book

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/desk"
	"giaoban/data/scoring"
	"giaoban/data/text"
)

// Move brings a sheet to another state. Forward it must be ready: every
// self-assessed leaf answered before it is submitted, unless a reason says why
// not. A sheet submitted after the deadline, and every move back, needs a reason.
func (b *Book) Move(ctx context.Context, sheet uint64, to assess.State, why string) error {
	why = strings.TrimSpace(why)
	c, err := b.Card(sheet)
	if err != nil {
		return err
	}
	s := c.Sheet
	if c.Period.Closed {
		return data.Fail(data.Conflict, fmt.Sprintf("«%s» đã kết thúc nên phiếu không chuyển bước được nữa.", c.Period.Title), nil)
	}
	if err := assess.MayMove(&s, to, why); err != nil {
		return err
	}
	today := b.from.Today()
	if to == assess.Submitted && s.State == assess.Drafting && (s.Reopened == nil || s.Reopened.Round != assess.Self) {
		if err := c.Set.InTime(&scoring.Sheet{Year: c.Period.Year, Submitted: today}); err != nil {
			return err
		}
	}
	if to == assess.Submitted && s.State == assess.Drafting && why == "" {
		if err := ready(c, today); err != nil {
			return err
		}
	}
	by, at := b.who()
	s.Moves = append(slices.Clone(s.Moves), assess.Move{From: s.State, To: to, Why: why, By: by, Day: today, At: at})
	title := fmt.Sprintf("%s, năm %d: phiếu từ «%s» sang «%s»", c.Name, c.Period.Year, s.State, to)
	s.State = to
	return b.keepSheet(ctx, desk.Work{Title: title, Why: why}, s)
}

func ready(c *assess.Card, today data.Day) error {
	if err := c.Period.Locked(&c.Sheet, assess.Self, today); err != nil {
		return err
	}
	var open []string
	for _, r := range c.Rows() {
		if r.Leaf && !r.Survey && r.Done == 0 && !r.Idle && !r.Waits {
			open = append(open, r.Node.Code)
		}
	}
	if len(open) == 0 {
		return nil
	}
	list := strings.Join(open[:min(5, len(open))], ", ")
	if len(open) > 5 {
		list += ", …"
	}
	return data.Fail(data.Conflict, fmt.Sprintf("Còn %d tiêu chí chưa chấm: %s. Chấm nốt, ghi không đánh giá kèm lý do, hoặc nộp kèm lý do.", len(open), list), nil)
}

func (b *Book) keepSheet(ctx context.Context, work desk.Work, s assess.Sheet) error {
	id := s.ID
	return b.desk.Change(ctx, work, func(tx desk.Tx) error {
		now, err := one(tx, assess.RecordSheet, id, "phiếu đánh giá", sheetID)
		if err != nil {
			return err
		}
		if len(now.Moves) > len(s.Moves) {
			return data.Fail(data.Conflict, "Phiếu vừa được chuyển bước ở nơi khác. Xem lại rồi làm lại.", nil)
		}
		return tx.PutRecord(assess.RecordSheet, &id, s)
	})
}

// Reopen opens a locked round of one sheet again until a day (NoDay for open
// end); no other sheet is touched. The sheet goes back to the state of the round
// where it has passed it. The reason must be given.
func (b *Book) Reopen(ctx context.Context, sheet uint64, r assess.Reopening) error {
	c, err := b.Card(sheet)
	if err != nil {
		return err
	}
	r.Why = strings.TrimSpace(r.Why)
	s, today := c.Sheet, b.from.Today()
	switch {
	case r.Why == "":
		return &data.Error{Code: data.Invalid, Field: "why", Message: "Mở lại phiếu của một đơn vị cần ghi lý do."}
	case c.Period.Closed || s.State == assess.Approved || s.State == assess.Published:
		return data.Fail(data.Conflict, fmt.Sprintf("Phiếu đang ở bước «%s» nên không mở lại được. Chuyển phiếu trở lại trước.", s.State), nil)
	case slices.Index(assess.States, assess.WorkState(r.Round)) > slices.Index(assess.States, s.State):
		return data.Fail(data.Conflict, fmt.Sprintf("Phiếu đang ở bước «%s», chưa đến phần %s nên không cần mở lại.", s.State, text.Within(r.Round.String())), nil)
	case r.Until.Known() && r.Until < today:
		return &data.Error{Code: data.Invalid, Field: "until", Message: fmt.Sprintf("Hạn mở lại %s ở trước hôm nay. Chọn ngày khác.", r.Until)}
	}
	r.By, r.At = b.who()
	s.Reopened = &r
	if to := assess.WorkState(r.Round); to != s.State {
		s.Moves = append(slices.Clone(s.Moves), assess.Move{From: s.State, To: to, Why: r.Why, By: r.By, Day: today, At: r.At})
		s.State = to
	}
	until := ""
	if r.Until.Known() {
		until = " đến hết ngày " + r.Until.String()
	}
	title := fmt.Sprintf("%s, năm %d: mở lại phần %s%s", c.Name, c.Period.Year, text.Within(r.Round.String()), until)
	return b.keepSheet(ctx, desk.Work{Title: title, Why: r.Why}, s)
}

// SetSurvey tells whether a survey was held; nil finds out from the answers.
func (b *Book) SetSurvey(ctx context.Context, sheet uint64, held *bool) error {
	c, err := b.Card(sheet)
	if err != nil {
		return err
	}
	if err := c.Period.SurveyLocked(&c.Sheet); err != nil {
		return err
	}
	if held != nil && !*held {
		for _, r := range c.Rows() {
			if r.Leaf && r.Survey && r.Final.Known && !r.Final.NA {
				return &data.Error{Code: data.Conflict, Field: r.Node.Code, Message: fmt.Sprintf("Tiêu chí %s: đã có kết quả điều tra, không ghi là không tổ chức điều tra được.", r.Node.Code)}
			}
		}
	}
	s := c.Sheet
	s.Survey = held
	word := "theo số liệu đã nhập"
	if held != nil {
		word = map[bool]string{true: "có tổ chức", false: "không tổ chức"}[*held]
	}
	return b.keepSheet(ctx, desk.Work{Title: fmt.Sprintf("%s, năm %d: điều tra xã hội học %s", c.Name, c.Period.Year, word)}, s)
}

// SetGrade replaces the computed grade, with a reason; "" takes that back.
func (b *Book) SetGrade(ctx context.Context, sheet uint64, grade, why string) error {
	c, err := b.Card(sheet)
	if err != nil {
		return err
	}
	why = strings.TrimSpace(why)
	switch {
	case c.Period.Closed:
		return data.Fail(data.Conflict, fmt.Sprintf("«%s» đã kết thúc nên phiếu không sửa được nữa.", c.Period.Title), nil)
	case grade != "" && why == "":
		return &data.Error{Code: data.Invalid, Field: "why", Message: "Xếp hạng khác với điểm cần ghi lý do."}
	case grade != "" && !slices.ContainsFunc(c.Set.Meta.Grades, func(g scoring.Grade) bool { return g.Name == grade }):
		return &data.Error{Code: data.Invalid, Field: "grade", Message: fmt.Sprintf("Bộ tiêu chí không có hạng «%s».", grade)}
	}
	s := c.Sheet
	old := c.Grade()
	s.Grade, s.GradeWhy = grade, why
	if grade == "" {
		s.GradeWhy = ""
		grade = c.Final.Grade
	}
	return b.keepSheet(ctx, desk.Work{Title: fmt.Sprintf("%s, năm %d: xếp hạng %s thành %s", c.Name, c.Period.Year, old, grade), Why: why}, s)
}

// SetFacts keeps what the set asks of the unit: its kind, its size.
func (b *Book) SetFacts(ctx context.Context, sheet uint64, facts scoring.Facts) error {
	c, err := b.Card(sheet)
	if err != nil {
		return err
	}
	s := c.Sheet
	if c.Period.Closed {
		return data.Fail(data.Conflict, fmt.Sprintf("«%s» đã kết thúc nên đặc điểm của đơn vị không sửa được nữa.", c.Period.Title), nil)
	}
	s.Facts = facts
	// What the answers do not fit any more is told before anything is kept.
	answers := c.Answers(assess.Second)
	answers.Unit = facts
	_, set, err := b.Set(c.Period.Set)
	if err != nil {
		return err
	}
	if _, err := scoring.Evaluate(set, answers); err != nil {
		return err
	}
	return b.keepSheet(ctx, desk.Work{Title: fmt.Sprintf("%s, năm %d: đặc điểm của đơn vị", c.Name, c.Period.Year)}, s)
}

// SetNotes keeps the note of a sheet, and the difficulties and proposals of its
// report.
func (b *Book) SetNotes(ctx context.Context, sheet uint64, note, hard string) error {
	c, err := b.Card(sheet)
	if err != nil {
		return err
	}
	s := c.Sheet
	s.Note, s.Hard = note, hard
	return b.keepSheet(ctx, desk.Work{Title: fmt.Sprintf("%s, năm %d: ghi chú của phiếu", c.Name, c.Period.Year)}, s)
}
