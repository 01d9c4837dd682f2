package book

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/desk"
	"giaoban/data/scoring"
	"giaoban/data/text"
)

// notAssessed stands in the history of points for a leaf that is not assessed.
const notAssessed = "không đánh giá"

// Weigh is Preview for a card that was read already: it asks nothing of the data
// file and may run while the officer types. A note or a source that is missing is
// an error of code Invalid whose Field is note, source or agreed.
func (b *Book) Weigh(c *assess.Card, code string, round assess.Round, e assess.Entry) (assess.Entry, error) {
	return b.weigh(c, code, round, e)
}

// isAdjust reports whether the code is one of the bonus or penalty lists.
func isAdjust(set *scoring.Set, code string) bool {
	has := func(a *scoring.Adjust) bool { return a.Code == code }
	return slices.ContainsFunc(set.Bonus, has) || slices.ContainsFunc(set.Penalty, has)
}

const settingCutNote = "appraisal-cut-note"

// CutNeedsNote reports whether an appraisal below the self score needs a note; it
// does unless the office sets otherwise.
func (b *Book) CutNeedsNote() bool { return string(b.desk.Setting(settingCutNote)) != "no" }

// SetCutNeedsNote sets it.
func (b *Book) SetCutNeedsNote(ctx context.Context, on bool) error {
	word := map[bool]string{true: "yes", false: "no"}[on]
	return b.desk.KeepSetting(ctx, desk.Work{Title: "Lý do khi thẩm định trừ điểm: " + map[bool]string{true: "bắt buộc", false: "không bắt buộc"}[on]}, settingCutNote, []byte(word))
}

// cuts reports whether points are below those that the unit gave itself.
func cuts(line *assess.Line, points scoring.Points) bool {
	self := line.Of(assess.Self)
	return self != nil && self.State == scoring.Scored && points < self.Points
}

// weigh checks an entry and computes its points.
func (b *Book) weigh(c *assess.Card, code string, round assess.Round, e assess.Entry) (assess.Entry, error) {
	refuse := func(field, format string, args ...any) error {
		return &data.Error{Code: data.Invalid, Field: field, Message: fmt.Sprintf("Tiêu chí %s: ", code) + fmt.Sprintf(format, args...)}
	}
	e.Answer.Note, e.Note, e.Source = strings.TrimSpace(e.Answer.Note), strings.TrimSpace(e.Note), strings.TrimSpace(e.Source)
	if isAdjust(c.Set, code) {
		points, err := c.Set.ScoreAdjust(code, e.Counts)
		if err != nil {
			return e, err
		}
		e.Points, e.Computed, e.HasComputed, e.State = points, points, true, scoring.Scored
		return e, nil
	}
	r, err := c.Score(round, code, e.Answer)
	if err != nil {
		return e, err
	}
	if r.State == scoring.NA && round > assess.Self && !e.Agreed {
		return e, refuse("agreed", "không đánh giá cần người thẩm định đồng ý.")
	}
	typed := e.Answer.B != nil || e.Answer.A != nil || e.Answer.Value != nil || e.Answer.Percent != nil
	switch {
	case e.Register != nil && e.Differs() && e.Note == "" && e.Answer.Note == "" && e.Answer.NA == "":
		return e, refuse("note", "số liệu khác với sổ theo dõi (%s), cần ghi lý do.", figureText(e.Register))
	case (round == assess.First || round == assess.Second) && r.State == scoring.Scored && e.Note == "" && e.Answer.Note == "" && cuts(c.Lines[code], r.Points) && b.CutNeedsNote() &&
		c.Period.Locked(&c.Sheet, round, b.from.Today()) == nil:
		return e, refuse("note", "điểm thẩm định %s thấp hơn điểm tự chấm %s, cần ghi lý do.", r.Points, c.Lines[code].Of(assess.Self).Points)
	case r.Node.Survey() && (typed || e.Answer.Points != nil) && e.Source == "":
		return e, refuse("source", "kết quả điều tra cần ghi nguồn, ví dụ quyết định công bố.")
	case r.Node.Metric != nil && typed && e.Register == nil && e.Source == "":
		return e, refuse("source", "số liệu nhập tay cần ghi nguồn, ví dụ báo cáo số mấy, ngày nào.")
	}
	e.Points, e.State, e.Computed, e.HasComputed = r.Points, r.State, r.Computed, r.HasComputed
	return e, nil
}

func figureText(f *assess.Figure) string {
	if f.Single {
		return data.FormatInt(f.B)
	}
	return fmt.Sprintf("%s/%s", data.FormatInt(f.B), data.FormatInt(f.A))
}

// PointsText writes what an entry gives, for the history.
func PointsText(e *assess.Entry) string {
	switch {
	case e == nil || e.State == scoring.Open || e.State == "":
		return ""
	case e.State == scoring.NA:
		return notAssessed
	}
	return e.Points.String()
}

func orOpen(text string) string {
	if text == "" {
		return "chưa chấm"
	}
	return text
}

// Enter keeps what a round says of a leaf, a bonus or a penalty. It refuses what
// the rule does not take, points above the maximum, a locked round, and figures
// without a source or that differ from the register without a note. The journal
// and the history of the sheet name old and new points.
func (b *Book) Enter(ctx context.Context, sheet uint64, code string, round assess.Round, e assess.Entry) (assess.Entry, error) {
	return e, b.write(ctx, sheet, round, "", func(c *assess.Card, w *writer) error {
		if e.Register == nil {
			if m, ok, err := b.metric(c, code); err == nil && ok {
				e.Register = registerMark(&e, m.Figure)
			}
		}
		var err error
		if e, err = b.weigh(c, code, round, e); err != nil {
			return err
		}
		return w.put(code, &e, reasonOf(&e))
	})
}

// registerMark returns the figure where the entry answers by figures at all.
func registerMark(e *assess.Entry, f assess.Figure) *assess.Figure {
	if e.Answer.B != nil || e.Answer.A != nil || e.Answer.Value != nil {
		return &f
	}
	return nil
}

func reasonOf(e *assess.Entry) string {
	for _, text := range []string{e.Answer.NA, e.Answer.Note, e.Note} {
		if text != "" {
			return text
		}
	}
	return ""
}

// Clear takes back what a round said of a line; what an earlier round said then
// counts again.
func (b *Book) Clear(ctx context.Context, sheet uint64, code string, round assess.Round, why string) error {
	return b.write(ctx, sheet, round, "", func(_ *assess.Card, w *writer) error { return w.put(code, nil, why) })
}

// CopySelf lets an appraisal take over the self score of the lines that it has
// not spoken on yet: all, or those of the codes.
func (b *Book) CopySelf(ctx context.Context, sheet uint64, round assess.Round, codes ...string) (n int, err error) {
	err = b.write(ctx, sheet, round, fmt.Sprintf("lấy điểm tự chấm làm điểm %s", text.Within(round.String())), func(c *assess.Card, w *writer) error {
		for _, code := range slices.Sorted(maps.Keys(c.Lines)) {
			l := c.Lines[code]
			if l.Of(round) != nil || l.Self == nil || len(codes) > 0 && !slices.Contains(codes, code) {
				continue
			}
			if node := c.Set.Node(code); node != nil && node.Survey() {
				continue
			}
			e := *l.UpTo(round)
			e.Note, e.Agreed = "Như tự chấm", e.State == scoring.NA
			if err := w.put(code, &e, "Như tự chấm"); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// FillFromRegister answers by the figures of the register every leaf that they
// answer and that the round has not spoken on yet: all, or those of the codes,
// which are then answered anew. skipped names leaves that the register cannot
// answer, with the reason.
func (b *Book) FillFromRegister(ctx context.Context, sheet uint64, round assess.Round, codes ...string) (n int, skipped []string, err error) {
	err = b.write(ctx, sheet, round, "lấy số liệu từ sổ theo dõi", func(c *assess.Card, w *writer) error {
		memo := newMemo(b.from)
		for _, row := range c.Rows() {
			code := row.Node.Code
			if !row.Leaf || row.Node.Metric == nil || len(codes) > 0 && !slices.Contains(codes, code) || len(codes) == 0 && row.Line.Of(round) != nil {
				continue
			}
			m, ok, err := b.metricOf(memo, c, row.Node)
			if err != nil {
				return err
			}
			if !ok {
				skipped = append(skipped, fmt.Sprintf("Tiêu chí %s: sổ theo dõi không có số liệu này, nhập tay kèm nguồn.", code))
				continue
			}
			a, ok := assess.AnswerOf(row.Node, m.Figure)
			if !ok {
				skipped = append(skipped, fmt.Sprintf("Tiêu chí %s: cách chấm không nhận số liệu của sổ theo dõi.", code))
				continue
			}
			e, err := b.weigh(c, code, round, assess.Entry{Answer: a, Register: &m.Figure, Agreed: true})
			if err != nil {
				skipped = append(skipped, err.Error())
				continue
			}
			e.Agreed = e.State == scoring.NA
			if err := w.put(code, &e, ""); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, skipped, err
}

// writer gathers what is to be written of one sheet, so that the title of the
// change can name it before anything is written.
type writer struct {
	card    *assess.Card
	round   assess.Round
	today   data.Day
	by      string
	at      int64
	lines   []assess.Line
	changes []assess.Change
	titles  []string // one a change, such as «1.2: 0,50 thành 1,00»
}

// check refuses a line whose round is locked or that the set does not have.
func (w *writer) check(code string) (assess.Round, error) {
	node := w.card.Set.Node(code)
	switch {
	case node == nil && !isAdjust(w.card.Set, code):
		return 0, &data.Error{Code: data.Invalid, Field: code, Message: fmt.Sprintf("Tiêu chí %s: mã này không có trong bộ tiêu chí.", code)}
	case node != nil && !node.Leaf():
		return 0, &data.Error{Code: data.Invalid, Field: code, Message: fmt.Sprintf("Tiêu chí %s: đây là nhóm, điểm là tổng các tiêu chí con, không trả lời trực tiếp.", code)}
	case node != nil && node.Survey():
		// The survey speaks once, beside the rounds.
		return assess.Self, w.card.Period.SurveyLocked(&w.card.Sheet)
	}
	return w.round, w.card.Period.Locked(&w.card.Sheet, w.round, w.today)
}

// line returns the line of a code as it stands.
func (w *writer) line(code string) assess.Line {
	if old := w.card.Lines[code]; old != nil {
		return *old
	}
	return assess.Line{Code: code}
}

// put plans an entry, or takes it back with nil, and the change of the points
// that it brings.
func (w *writer) put(code string, e *assess.Entry, why string) error {
	round, err := w.check(code)
	if err != nil {
		return err
	}
	l := w.line(code)
	before := PointsText(l.Of(round))
	if e != nil {
		e.By, e.At = w.by, w.at
	}
	l.Set(round, e)
	w.lines = append(w.lines, l)
	after := PointsText(e)
	if before == after {
		w.titles = append(w.titles, code+": sửa nội dung, điểm giữ "+orOpen(after))
		return nil
	}
	w.changes = append(w.changes, assess.Change{Code: code, Round: round, Old: before, New: after, Why: why, By: w.by, At: w.at})
	w.titles = append(w.titles, fmt.Sprintf("%s: %s thành %s", code, orOpen(before), orOpen(after)))
	return nil
}

// write plans and runs one change of the lines of a sheet. what names it where it
// concerns many lines.
func (b *Book) write(ctx context.Context, sheet uint64, round assess.Round, what string, fn func(*assess.Card, *writer) error) error {
	c, err := b.Card(sheet)
	if err != nil {
		return err
	}
	w := &writer{card: c, round: round, today: b.from.Today()}
	w.by, w.at = b.who()
	if err := fn(c, w); err != nil {
		return err
	}
	if len(w.lines) == 0 {
		return nil
	}
	why := ""
	if len(w.changes) == 1 {
		why = w.changes[0].Why
	}
	return b.desk.Change(ctx, desk.Work{Title: w.title(what), Why: why}, func(tx desk.Tx) error { return w.store(tx) })
}

// title names the change of one line, or how many lines were changed.
func (w *writer) title(what string) string {
	head := fmt.Sprintf("%s, năm %d, %s", w.card.Name, w.card.Period.Year, text.Within(w.round.String()))
	if len(w.titles) == 1 && what == "" {
		return fmt.Sprintf("%s: tiêu chí %s", head, w.titles[0])
	}
	return fmt.Sprintf("%s: %s, %d tiêu chí", head, what, len(w.lines))
}

// store writes the plan unless another change came between.
func (w *writer) store(tx desk.Tx) error {
	id := w.card.Sheet.ID
	now, err := all(tx, assess.LineKind(id), lineID)
	if err != nil {
		return err
	}
	for _, l := range w.lines {
		i := slices.IndexFunc(now, func(x assess.Line) bool { return x.Code == l.Code })
		var there *assess.Line
		if i >= 0 {
			there = &now[i]
		}
		if !same(there, w.card.Lines[l.Code]) {
			return data.Fail(data.Conflict, fmt.Sprintf("Tiêu chí %s vừa được sửa ở nơi khác. Xem lại rồi nhập lại.", l.Code), nil)
		}
		record := l.ID
		if err := tx.PutRecord(assess.LineKind(id), &record, l); err != nil {
			return err
		}
	}
	for _, change := range w.changes {
		var record uint64
		if err := tx.PutRecord(assess.ChangeKind(id), &record, change); err != nil {
			return err
		}
	}
	return nil
}

func same(a, b *assess.Line) bool {
	if a == nil || b == nil {
		return a == b
	}
	x, err1 := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err1 == nil && err2 == nil && string(x) == string(y)
}

// Changes returns the history of the points of a sheet, oldest first.
func (b *Book) Changes(sheet uint64) ([]assess.Change, error) {
	return listed(b, assess.ChangeKind(sheet), changeID)
}

// Ask notes what the appraiser wants explained at a line; "" takes it back. It
// belongs to the first appraisal.
func (b *Book) Ask(ctx context.Context, sheet uint64, code, text string) error {
	return b.annotate(ctx, sheet, code, "yêu cầu giải trình", func(c *assess.Card, l *assess.Line) error {
		if s := c.Sheet.State; s != assess.Submitted && s != assess.Appraised && s != assess.Explaining {
			return data.Fail(data.Conflict, fmt.Sprintf("Phiếu đang ở bước «%s» nên không yêu cầu giải trình được.", s), nil)
		}
		l.Asked = strings.TrimSpace(text)
		return nil
	})
}

// SetLoss notes why a line lost points and who answers for it.
func (b *Book) SetLoss(ctx context.Context, sheet uint64, code string, loss assess.Loss) error {
	return b.annotate(ctx, sheet, code, "nguyên nhân mất điểm", func(_ *assess.Card, l *assess.Line) error {
		if l.Loss = &loss; loss == (assess.Loss{}) {
			l.Loss = nil
		}
		return nil
	})
}

// annotate changes a line without its points.
func (b *Book) annotate(ctx context.Context, sheet uint64, code, what string, fn func(*assess.Card, *assess.Line) error) error {
	c, err := b.Card(sheet)
	if err != nil {
		return err
	}
	if n := c.Set.Node(code); (n == nil || !n.Leaf()) && !isAdjust(c.Set, code) {
		return &data.Error{Code: data.Invalid, Field: code, Message: fmt.Sprintf("Tiêu chí %s: không phải tiêu chí được chấm điểm của bộ tiêu chí.", code)}
	}
	w := &writer{card: c}
	l := w.line(code)
	if err := fn(c, &l); err != nil {
		return err
	}
	w.lines = []assess.Line{l}
	title := fmt.Sprintf("%s, năm %d: %s, tiêu chí %s", c.Name, c.Period.Year, what, code)
	return b.desk.Change(ctx, desk.Work{Title: title}, func(tx desk.Tx) error { return w.store(tx) })
}
