package book

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/data/scoring"
	"giaoban/data/text"
)

// Remedies returns the remedial tasks of a sheet, those of all sheets for 0: the tasks of
// the register that come from the remedial plan.
func (b *Book) Remedies(sheet uint64) ([]assess.Remedy, error) {
	w, err := b.from.Logbooks(b.from.Today())
	if err != nil {
		return nil, err
	}
	list := w.Entries(logbook.Task.ID)
	if sheet != 0 {
		list = w.Linked(logbook.Task.ID, "sheet", sheet)
	}
	var out []assess.Remedy
	for _, e := range list {
		if e.Is("source", logbook.SourceRemedy) {
			out = append(out, remedyOf(w, e))
		}
	}
	return out, nil
}

// remedyOf is a task as a sheet sees it.
func remedyOf(w *logbook.World, e *logbook.Entry) assess.Remedy {
	r := assess.Remedy{ID: e.ID, Sheet: e.Ref("sheet"), Year: int(e.Int("sheet_year")), Code: e.Text("criterion"), Cause: e.Text("cause"), Objective: e.True("objective"),
		Task: e.Text("text"), Product: e.Text("product"), Due: e.Day("due"), First: e.Day("due_first"), State: assess.RemedyState(e.Text("progress")),
		Finished: e.Day("done"), Result: e.Text("result"), Document: e.Text("evidence"), Why: e.Text("drop_reason")}
	r.Lost, _ = scoring.ParsePoints(e.Text("lost")) // typed freely in the register: 0 where it is no number
	if r.Owner = w.UnitName(uint32(e.Ref("lead"))); r.Owner == "" {
		r.Owner = e.Text("officer")
	}
	partners := data.Map(e.Refs("partners"), func(id uint64) string { return w.UnitName(uint32(id)) })
	if others := e.Text("partners_text"); others != "" {
		partners = append(partners, others)
	}
	r.Partners = strings.Join(partners, ", ")
	if state, _ := logbook.Task.Derive(w, e); logbook.Task.Finished(state) {
		r.State = assess.Done
	}
	return r
}

// RemedyTask is the task of the register that a remedial task is; what the sheet says of
// it replaces what before holds, which is nil for a new one.
func RemedyTask(cat *desk.Catalogue, r assess.Remedy, before *logbook.Entry) *logbook.Entry {
	e := &logbook.Entry{ID: r.ID, Values: map[string]string{}}
	if before != nil {
		e = before.Clone()
	}
	day := func(d data.Day) string {
		if !d.Known() {
			return ""
		}
		return d.ISO()
	}
	for key, stored := range map[string]string{"source": logbook.SourceRemedy, "criterion": r.Code, "cause": text.Clean(r.Cause), "text": text.Clean(r.Task), "product": text.Line(r.Product),
		"due": day(r.Due), "progress": string(r.State), "done": day(r.Finished), "result": text.Clean(r.Result), "evidence": text.Line(r.Document), "drop_reason": text.Line(r.Why),
		"lost": r.Lost.String(), "objective": map[bool]string{true: "1", false: "0"}[r.Objective], "sheet": strconv.FormatUint(r.Sheet, 10), "sheet_year": strconv.Itoa(r.Year)} {
		e.Set(key, stored)
	}
	if !e.Has("basis") {
		e.Set("basis", fmt.Sprintf("Phiếu chấm điểm năm %d, tiêu chí %s", r.Year, r.Code))
	}
	desk.NameUnits(cat, e, r.Owner, r.Partners)
	return e
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
	var before *logbook.Entry
	if r.ID != 0 {
		w, err := b.from.Logbooks(b.from.Today())
		if err != nil {
			return 0, err
		}
		before = w.Entry(logbook.Task.ID, r.ID)
	}
	kept, err := b.desk.KeepEntry(ctx, logbook.Task, RemedyTask(b.from.Catalogue(), r, before), "")
	if err != nil {
		return 0, err
	}
	return kept.ID, nil
}

// DropRemedy takes a task out.
func (b *Book) DropRemedy(ctx context.Context, id uint64) error {
	return b.desk.DropEntry(ctx, logbook.Task, id, "")
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
	var plan []*logbook.Entry
	for _, l := range losses.ByLoss() {
		if taken[l.Code] {
			continue
		}
		owner := l.Owner
		if owner == "" {
			owner = c.Name
		}
		plan = append(plan, RemedyTask(b.from.Catalogue(), assess.Remedy{Sheet: sheet, Year: c.Period.Year, Code: l.Code, Lost: l.Lost, Cause: l.Cause, Objective: l.Objective,
			Task: "Khắc phục điểm mất ở tiêu chí «" + l.Title + "»", Owner: owner, Due: data.Date(c.Period.Year+1, 12, 15), State: assess.Planned}, nil))
	}
	if len(plan) == 0 {
		return 0, nil
	}
	return len(plan), b.desk.AddEntries(ctx, logbook.Task, plan, "")
}
