package assess

import (
	"fmt"
	"slices"

	"giaoban/data"
)

// ahead and back are the moves of a sheet. Moves back need a reason.
var (
	ahead = map[State][]State{
		Drafting:    {Submitted},
		Submitted:   {Appraised},
		Appraised:   {Explaining, Approved},
		Explaining:  {Reappraised},
		Reappraised: {Approved},
		Approved:    {Published},
	}
	back = map[State][]State{
		Submitted:   {Drafting},
		Appraised:   {Submitted},
		Explaining:  {Appraised},
		Reappraised: {Explaining},
		Approved:    {Appraised, Reappraised},
		Published:   {Approved},
	}
)

// Allowed returns the states that a sheet may move to: forward, and back with a
// reason.
func Allowed(s *Sheet) (forward, backward []State) {
	for _, to := range back[s.State] {
		// An approved sheet goes back to where it came from.
		if s.State == Approved && len(s.Moves) > 0 && s.Moves[len(s.Moves)-1].To == Approved && s.Moves[len(s.Moves)-1].From != to {
			continue
		}
		backward = append(backward, to)
	}
	return ahead[s.State], backward
}

// MayMove refuses a move that the state does not allow, or a move back without a
// reason.
func MayMove(s *Sheet, to State, why string) error {
	forward, backward := Allowed(s)
	switch {
	case slices.Contains(forward, to):
		return nil
	case !slices.Contains(backward, to):
		return data.Fail(data.Conflict, fmt.Sprintf("Phiếu đang ở bước «%s» nên không chuyển sang «%s» được.", s.State, to), nil)
	case why == "":
		return &data.Error{Code: data.Invalid, Field: "why", Message: fmt.Sprintf("Chuyển phiếu từ «%s» trở lại «%s» cần ghi lý do.", s.State, to)}
	}
	return nil
}

// workState is the state in which a round is held.
func workState(r Round) State {
	switch r {
	case Self:
		return Drafting
	case First:
		return Submitted
	}
	return Explaining
}

// WorkState returns the state in which the round is held.
func WorkState(r Round) State { return workState(r) }

// Locked returns nil where the round of a sheet may be written on the day, else
// the sentence that says why not. A round locks by itself at the end of its last
// day: nothing is stored for it, so that no period locks another.
func (p *Period) Locked(s *Sheet, r Round, today data.Day) error {
	locked := func(format string, args ...any) error {
		return data.Fail(data.Conflict, fmt.Sprintf(format, args...), nil)
	}
	switch {
	case p.Closed:
		return locked("«%s» đã kết thúc nên phiếu không sửa được nữa.", p.Title)
	case s.State != workState(r):
		return locked("Phiếu đang ở bước «%s», phần %s chỉ sửa được ở bước «%s».", s.State, lower(r), workState(r))
	case s.Reopened != nil && s.Reopened.Round == r && (!s.Reopened.Until.Known() || today <= s.Reopened.Until):
		return nil
	case r == Self && p.SelfFrom.Known() && today < p.SelfFrom:
		return locked("Chưa đến ngày bắt đầu tự chấm %s.", p.SelfFrom)
	}
	if end := p.Deadline(r); end.Known() && today > end {
		return locked("Phần %s đã khóa từ hết ngày %s. Người phụ trách có thể mở lại cho đơn vị, kèm lý do.", lower(r), end)
	}
	return nil
}

// SurveyLocked is Locked for the results of the survey, which come in beside the
// rounds: until the sheet is approved.
func (p *Period) SurveyLocked(s *Sheet) error {
	if p.Closed || s.State == Approved || s.State == Published {
		return data.Fail(data.Conflict, fmt.Sprintf("Phiếu đang ở bước «%s» nên kết quả điều tra không sửa được nữa.", s.State), nil)
	}
	return nil
}

func lower(r Round) string {
	return [...]string{"", "tự chấm", "thẩm định lần 1", "giải trình", "thẩm định lần 2"}[r&7%5]
}

// DaysLeft returns how many days remain of the round that the state of the sheet
// is in, 0 on its last day, below 0 after it; ok is false without a deadline.
func (p *Period) DaysLeft(s *Sheet, today data.Day) (days int, round Round, ok bool) {
	switch s.State {
	case Drafting:
		round = Self
	case Submitted:
		round = First
	case Explaining:
		round = Explained
		if today > p.ExplainTo && p.ExplainTo.Known() {
			round = Second
		}
	default:
		return 0, 0, false
	}
	end := p.Deadline(round)
	if s.Reopened != nil && s.Reopened.Round == round && s.Reopened.Until > end {
		end = s.Reopened.Until
	}
	return int(end - today), round, end.Known()
}

// Problems tells what is wrong with a period, in Vietnamese sentences; an empty
// list means that it can be used.
func (p *Period) Problems() []*data.Error {
	var out []*data.Error
	say := func(field, format string, args ...any) {
		out = append(out, &data.Error{Code: data.Invalid, Field: field, Message: fmt.Sprintf(format, args...)})
	}
	if p.Title == "" {
		say("title", "Đợt đánh giá chưa có tên. Nhập tên, ví dụ «Chỉ số CCHC năm 2022».")
	}
	if p.Year < data.FirstYear || p.Year > 2200 {
		say("year", "Năm %d của đợt đánh giá không hợp lý.", p.Year)
	}
	if p.Set == 0 {
		say("set", "Đợt đánh giá chưa chọn bộ tiêu chí.")
	}
	before, name := p.SelfFrom, "bắt đầu tự chấm"
	for _, d := range []struct {
		day  data.Day
		name string
	}{{p.SelfTo, "hết tự chấm"}, {p.FirstTo, "hết thẩm định lần 1"}, {p.ExplainTo, "hết giải trình"}, {p.SecondTo, "hết thẩm định lần 2"}} {
		if d.day.Known() && before.Known() && d.day < before {
			say("deadline", "Ngày %s (%s) ở trước ngày %s (%s). Sửa một trong hai ngày.", d.name, d.day, name, before)
		}
		if d.day.Known() {
			before, name = d.day, d.name
		}
	}
	if p.FiguresFrom.Known() && p.FiguresTo.Known() && p.FiguresTo < p.FiguresFrom {
		say("figures", "Khoảng lấy số liệu từ %s đến %s không đúng.", p.FiguresFrom, p.FiguresTo)
	}
	seen := map[uint32]string{}
	names := map[string]bool{}
	for _, g := range p.Groups {
		if g.Name == "" || names[g.Name] {
			say("groups", "Nhóm đơn vị «%s» chưa có tên hoặc trùng tên. Đặt tên khác.", g.Name)
		}
		names[g.Name] = true
		for _, u := range g.Units {
			if other, twice := seen[u]; twice {
				say("groups", "Một đơn vị đứng ở cả nhóm «%s» và nhóm «%s». Để lại ở một nhóm.", other, g.Name)
			}
			seen[u] = g.Name
		}
	}
	return out
}
