package book

import (
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

// sentSheet is a sheet as it goes from office to office: no person is named, the file of
// a document stays where it is.
type sentSheet struct {
	Unit     string            `json:"unit"` // of the card of the office whose sheet it is
	Name     string            `json:"name"`
	Title    string            `json:"title"` // of the period
	Year     int               `json:"year"`
	Set      string            `json:"set"` // hash of the criteria set
	SetTitle string            `json:"setTitle"`
	State    assess.State      `json:"state"`
	Survey   *bool             `json:"survey,omitempty"`
	Facts    scoring.Facts     `json:"facts,omitempty"`
	Grade    string            `json:"grade,omitempty"`
	GradeWhy string            `json:"gradeWhy,omitempty"`
	Hard     string            `json:"hard,omitempty"`
	Lines    []assess.Line     `json:"lines"`
	Evidence []assess.Evidence `json:"evidence,omitempty"`
}

// far is how far a state is; appraisedYet is where an appraisal stands whole.
func far(s assess.State) int           { return slices.Index(assess.States, s) }
func appraisedYet(s assess.State) bool { return far(s) >= far(assess.Appraised) }

// GiveSheets implements desk.Sheets.
func (b *Book) GiveSheets(v desk.View, g desk.SheetGiving) ([]byte, int, error) {
	theirs, err := b.sheetsOf(v, g.Period, func(unit uint32) bool { return g.Unit != 0 && unit == g.Unit })
	if err != nil {
		return nil, 0, err
	}
	if len(theirs) > 0 {
		return b.give(v, theirs, g.Receiver, func(c *assess.Card) bool { return appraisedYet(c.Sheet.State) }, "chưa thẩm định xong nên chưa gửi trả được. Chuyển phiếu sang «Đã thẩm định» rồi lập gói")
	}
	own, err := b.sheetsOf(v, g.Period, func(unit uint32) bool { return unit == assess.OwnUnit || g.OwnUnit != 0 && unit == g.OwnUnit })
	if err != nil {
		return nil, 0, err
	}
	if len(own) == 0 {
		return nil, 0, data.Fail(data.NotFound, fmt.Sprintf("Không có phiếu chấm điểm nào của cơ quan trong %s nên không lập gói. Chọn kỳ là năm của đợt đánh giá.", g.Period.Label), nil)
	}
	return b.give(v, own, g.Own, func(c *assess.Card) bool { return c.Sheet.State != assess.Drafting }, "đang tự chấm. Nộp phiếu rồi lập gói")
}

// sheetsOf puts together the sheets of units in the periods of the years of a span.
func (b *Book) sheetsOf(v desk.View, span data.Period, is func(unit uint32) bool) (out []*assess.Card, err error) {
	periods, err := all(v, assess.RecordPeriod, periodID)
	if err != nil {
		return nil, err
	}
	for _, p := range periods {
		if p.Year < span.From.Year() || p.Year > span.To.Year() {
			continue
		}
		list, err := sheets(v, p.ID)
		if err != nil {
			return nil, err
		}
		for _, s := range list {
			if !is(s.Unit) {
				continue
			}
			c, err := b.card(v, s.ID)
			if err != nil {
				return nil, err
			}
			out = append(out, c)
		}
	}
	return out, nil
}

// give writes those sheets that are ready as the sheets of a unit; the number is that of
// their lines.
func (b *Book) give(v desk.View, cards []*assess.Card, unit string, ready func(*assess.Card) bool, not string) ([]byte, int, error) {
	var out []sentSheet
	n := 0
	for _, c := range cards {
		if !ready(c) {
			continue
		}
		stored, _, err := b.set(v, c.Period.Set)
		if err != nil {
			return nil, 0, err
		}
		one := sentOf(c, unit, stored.Hash)
		n += len(one.Lines)
		out = append(out, one)
	}
	if len(out) == 0 {
		c := cards[0]
		return nil, 0, data.Fail(data.Conflict, fmt.Sprintf("Phiếu của %s, «%s», %s.", c.Name, c.Period.Title, not), nil)
	}
	raw, err := json.Marshal(out)
	return raw, n, err
}

func sentOf(c *assess.Card, unit, set string) sentSheet {
	s := &c.Sheet
	one := sentSheet{Unit: unit, Name: c.Name, Title: c.Period.Title, Year: c.Period.Year, Set: set, SetTitle: c.Set.Meta.Title, State: s.State, Survey: s.Survey, Facts: s.Facts, Grade: s.Grade,
		GradeWhy: s.GradeWhy, Hard: s.Hard, Lines: []assess.Line{}}
	for _, l := range c.Lines {
		line := assess.Line{Code: l.Code, Asked: l.Asked}
		for _, r := range assess.Rounds {
			if e := l.Of(r); e != nil {
				line.Set(r, nameless(e))
			}
		}
		one.Lines = append(one.Lines, line)
	}
	slices.SortFunc(one.Lines, func(a, b assess.Line) int { return strings.Compare(a.Code, b.Code) })
	for _, e := range c.Evidence {
		if e.Secret {
			continue
		}
		doc := *e
		doc.File, doc.By, doc.At, doc.Links = nil, "", 0, nil
		for _, k := range e.Links {
			if k.Sheet == s.ID {
				k.Sheet = 0
				doc.Links = append(doc.Links, k)
			}
		}
		one.Evidence = append(one.Evidence, doc)
	}
	return one
}

// nameless is what a round says without who said it and when.
func nameless(e *assess.Entry) *assess.Entry {
	if e == nil {
		return nil
	}
	out := *e
	out.By, out.At = "", 0
	return &out
}

// TakeSheets implements desk.Sheets.
func (b *Book) TakeSheets(tx desk.Tx, raw []byte, how *desk.SheetTaking) (desk.SheetsTaken, error) {
	var list []sentSheet
	if err := json.Unmarshal(raw, &list); err != nil {
		return desk.SheetsTaken{}, data.Fail(data.Refused, "Không nhận gói: phần phiếu chấm điểm không đọc được. Xin đơn vị gửi lại; chưa có gì được nhập.", err)
	}
	list = text.All(list)
	t := sheetTaker{book: b, tx: tx, how: how}
	for i := range list {
		if err := t.take(&list[i]); err != nil {
			return desk.SheetsTaken{}, err
		}
	}
	return t.out, nil
}

// sheetTaker takes the sheets of one package.
type sheetTaker struct {
	book *Book
	tx   desk.Tx
	how  *desk.SheetTaking
	out  desk.SheetsTaken

	// Of the sheet that is being taken:
	sent *sentSheet
	card *assess.Card
	back bool // the own sheet comes back appraised
	w    *writer
}

func (t *sheetTaker) take(s *sentSheet) error {
	t.sent, t.back = s, s.Unit == t.how.Own
	refuse := func(code data.ErrorCode, why string) error {
		return data.Fail(code, fmt.Sprintf("Không nhận phiếu «%s» của %s: %s Chưa có gì được nhập.", text.Line(s.Title), text.Line(s.Name), why), nil)
	}
	switch {
	case far(s.State) < far(assess.Submitted):
		return refuse(data.Refused, "phiếu chưa nộp.")
	case t.back && !t.how.Sent:
		return refuse(data.Refused, "cơ quan này chưa gửi phiếu nào cho nơi đã ký gói.")
	case t.back && !appraisedYet(s.State):
		return refuse(data.Refused, "phiếu chưa thẩm định.")
	case !t.back && s.Unit != t.how.From.UnitID:
		return refuse(data.Refused, "đơn vị chỉ gửi được phiếu của chính mình.")
	case !t.back && t.how.Unit == 0:
		return refuse(data.NotFound, "danh mục đơn vị chưa có "+t.how.From.Name+". Thêm đơn vị với đúng tên hoặc mã rồi nhận lại.")
	}
	id, err := t.find()
	if err != nil {
		return err
	}
	if id == 0 {
		return refuse(data.NotFound, fmt.Sprintf("chưa mở đợt đánh giá năm %d theo đúng bộ tiêu chí «%s» có đơn vị này. Mở đợt, thêm đơn vị rồi nhận lại.", s.Year, text.Line(s.SetTitle)))
	}
	if t.card, err = t.book.card(t.tx, id); err != nil {
		return err
	}
	t.w = &writer{card: t.card, today: t.book.from.Today(), by: t.how.Source, at: t.how.At}
	if err := t.lines(); err != nil {
		return err
	}
	if err := t.w.store(t.tx); err != nil {
		return err
	}
	if err := t.sheet(); err != nil {
		return err
	}
	return t.evidence()
}

// find returns the sheet here of a sheet that came, which is made where the unit has none;
// 0 where no open period of the year and the set asks the unit.
func (t *sheetTaker) find() (uint64, error) {
	periods, err := all(t.tx, assess.RecordPeriod, periodID)
	if err != nil {
		return 0, err
	}
	for _, p := range periods {
		if p.Year != t.sent.Year || p.Closed {
			continue
		}
		stored, _, err := t.book.set(t.tx, p.Set)
		if err != nil {
			return 0, err
		}
		if stored.Hash != t.sent.Set {
			continue
		}
		units := []uint32{t.how.Unit}
		if t.back {
			units = []uint32{assess.OwnUnit, t.how.OwnUnit}
		}
		list, err := sheets(t.tx, p.ID)
		if err != nil {
			return 0, err
		}
		for _, unit := range units {
			if i := slices.IndexFunc(list, func(s assess.Sheet) bool { return s.Unit == unit }); i >= 0 {
				return list[i].ID, nil
			}
			if group, ok := p.GroupOf(unit); ok && !t.back {
				var id uint64
				err := t.tx.PutRecord(assess.RecordSheet, &id, assess.Sheet{Period: p.ID, Unit: unit, Group: group, State: assess.Drafting})
				return id, err
			}
		}
	}
	return 0, nil
}

// lines plans what becomes of each line.
func (t *sheetTaker) lines() error {
	came := map[string]*assess.Line{}
	for i := range t.sent.Lines {
		came[t.sent.Lines[i].Code] = &t.sent.Lines[i]
	}
	for code := range t.card.Lines {
		if came[code] == nil {
			came[code] = &assess.Line{Code: code}
		}
	}
	for _, code := range slices.Sorted(maps.Keys(came)) {
		fate, why, said := t.line(came[code])
		if !said {
			continue
		}
		t.out.Rows++
		switch fate {
		case desk.New:
			t.out.New++
		case desk.Changed:
			t.out.Changed++
		case desk.Same:
			t.out.Same++
		case desk.Rejected:
			t.out.Rejected = append(t.out.Rejected, t.card.Name+": "+why)
		}
	}
	return nil
}

// rounds are those in which the sender speaks on a criterion: of its own sheet the unit,
// of another's the appraiser, who also enters the results of surveys.
func (t *sheetTaker) rounds(code string) []assess.Round {
	if !t.back {
		return []assess.Round{assess.Self, assess.Explained}
	}
	if n := t.card.Set.Node(code); n != nil && n.Survey() {
		return []assess.Round{assess.Self}
	}
	return []assess.Round{assess.First, assess.Second}
}

// line plans what becomes of one line; said is false where the sender says nothing of it
// and took nothing back.
func (t *sheetTaker) line(came *assess.Line) (fate desk.Fate, why string, said bool) {
	code := came.Code
	if n := t.card.Set.Node(code); (n == nil || !n.Leaf()) && !isAdjust(t.card.Set, code) {
		return desk.Rejected, fmt.Sprintf("tiêu chí %s không phải tiêu chí được chấm điểm của bộ tiêu chí.", text.Line(code)), true
	}
	there := t.w.line(code)
	next := there
	had, changed := false, false
	var history []assess.Change
	for _, r := range t.rounds(code) {
		old, e := there.Of(r), nameless(came.Of(r))
		if e == nil && (old == nil || !t.how.Ours(old.By)) {
			continue
		}
		said, had = true, had || old != nil
		if e != nil {
			if why = t.judge(code, r, e); why != "" {
				return desk.Rejected, why, true
			}
		}
		if sameEntry(old, e) {
			continue
		}
		if why = t.guard(came, &there, r); why != "" {
			return desk.Rejected, why, true
		}
		changed = true
		if e != nil {
			e.By, e.At = t.how.Source, t.how.At
		}
		next.Set(r, e)
		if before, after := PointsText(old), PointsText(e); before != after {
			history = append(history, assess.Change{Code: code, Round: r, Old: before, New: after, By: t.how.Source, At: t.how.At})
		}
	}
	if asked := strings.TrimSpace(came.Asked); t.back && said && asked != next.Asked {
		next.Asked, changed = asked, true
	}
	switch {
	case !said:
		return desk.Same, "", false
	case !changed:
		return desk.Same, "", true
	}
	t.w.lines, t.w.changes = append(t.w.lines, next), append(t.w.changes, history...)
	if had {
		return desk.Changed, "", true
	}
	return desk.New, "", true
}

// guard tells why a round of a line stays as it is: somebody here spoke, or it was judged
// beside another answer.
func (t *sheetTaker) guard(came, there *assess.Line, r assess.Round) string {
	if t.how.Over {
		return ""
	}
	old, name := there.Of(r), "Tiêu chí "+came.Code
	switch {
	case old != nil && !t.how.Ours(old.By):
		return t.how.Conflict(name)
	case !t.back && r == assess.Self && there.First != nil && old != nil, !t.back && r == assess.Explained && there.Second != nil && old != nil, !t.back && far(t.card.Sheet.State) >= far(assess.Approved):
		return t.how.Conflict(name + " đã thẩm định,")
	case t.back && r != assess.Self && !sameAnswer(there.Self, came.Self), t.back && r == assess.Second && !sameAnswer(there.Explained, came.Explained):
		return t.how.Conflict(name + " được thẩm định theo câu trả lời khác,")
	case t.back && t.card.Sheet.State == assess.Drafting:
		return t.how.Conflict(name + " đang chấm lại,")
	}
	return ""
}

// judge counts the points of what came by the rule here; "" where it fits.
func (t *sheetTaker) judge(code string, r assess.Round, e *assess.Entry) string {
	said := PointsText(e)
	if isAdjust(t.card.Set, code) {
		points, err := t.card.Set.ScoreAdjust(code, e.Counts)
		if err != nil {
			return err.Error()
		}
		e.Points, e.Computed, e.HasComputed, e.State = points, points, true, scoring.Scored
	} else {
		result, err := t.card.Score(r, code, e.Answer)
		if err != nil {
			return err.Error()
		}
		if result.Node.Depends() {
			return "" // its points come from what is not here yet
		}
		e.Points, e.State, e.Computed, e.HasComputed = result.Points, result.State, result.Computed, result.HasComputed
	}
	if now := PointsText(e); now != said {
		t.out.Warnings = append(t.out.Warnings, fmt.Sprintf("%s, tiêu chí %s, %s: nơi gửi ghi %s, tính lại được %s.", t.card.Name, code, text.Within(r.String()), orOpen(said), orOpen(now)))
	}
	return ""
}

// sameEntry reports whether two offices say the same in a round.
func sameEntry(a, b *assess.Entry) bool {
	if a == nil || b == nil {
		return a == b
	}
	return same(&assess.Line{Self: nameless(a)}, &assess.Line{Self: nameless(b)})
}

// sameAnswer is sameEntry for the answer alone, whatever it gave.
func sameAnswer(a, b *assess.Entry) bool {
	if a == nil || b == nil {
		return a == b
	}
	return sameEntry(&assess.Entry{Answer: a.Answer, Counts: a.Counts}, &assess.Entry{Answer: b.Answer, Counts: b.Counts})
}

// sheet brings the sheet as far as the sender's is, never back, and fills what nobody
// here said of it.
func (t *sheetTaker) sheet() error {
	s, sent := t.card.Sheet, t.sent
	to := sent.State
	if !t.back {
		// The unit hands in and explains; how far the appraisal is, this office knows.
		to = assess.Submitted
		if s.State == assess.Appraised && far(sent.State) >= far(assess.Explaining) {
			to = assess.Explaining
		}
	} else if s.State == assess.Drafting && !t.how.Over {
		to = s.State
	}
	before, _ := json.Marshal(s)
	if far(to) > far(s.State) {
		s.Moves = append(slices.Clone(s.Moves), assess.Move{From: s.State, To: to, Why: t.how.Source, By: t.how.Source, Day: t.book.from.Today(), At: t.how.At})
		s.State = to
	}
	if t.back && far(sent.State) >= far(assess.Approved) {
		s.Grade, s.GradeWhy = text.Line(sent.Grade), text.Line(sent.GradeWhy)
	}
	if !t.back {
		if len(s.Facts) == 0 || t.how.Over {
			s.Facts = sent.Facts
		}
		if s.Survey == nil || t.how.Over {
			s.Survey = sent.Survey
		}
		if s.Hard == "" || t.how.Over {
			s.Hard = text.Clean(sent.Hard)
		}
	}
	if after, _ := json.Marshal(s); string(after) == string(before) {
		return nil
	}
	return t.tx.PutRecord(assess.RecordSheet, &s.ID, s)
}

// evidence takes the names of the documents of a sheet that is handed in; those that the
// sender's last package brought and this one does not go.
func (t *sheetTaker) evidence() error {
	if t.back {
		return nil
	}
	key := func(e *assess.Evidence) string {
		return text.NameKey(e.Number + "\x00" + e.Title + "\x00" + e.Date.ISO())
	}
	came := map[string]*assess.Evidence{}
	for i := range t.sent.Evidence {
		if e := &t.sent.Evidence[i]; strings.TrimSpace(e.Title) != "" {
			came[key(e)] = e
		}
	}
	for _, e := range t.card.Evidence {
		others := slices.ContainsFunc(e.Links, func(k assess.Link) bool { return k.Sheet != t.card.Sheet.ID })
		if came[key(e)] == nil && t.how.Ours(e.By) && e.File == nil && !others {
			if err := t.tx.DropRecord(assess.RecordEvidence, e.ID); err != nil {
				return err
			}
		}
		delete(came, key(e))
	}
	for _, k := range slices.Sorted(maps.Keys(came)) {
		e := *came[k]
		links := e.Links
		e.Links = nil
		for _, link := range links {
			if t.card.Set.Node(link.Code) != nil || isAdjust(t.card.Set, link.Code) {
				link.Sheet = t.card.Sheet.ID
				e.Links = append(e.Links, link)
			}
		}
		e.File, e.By, e.At = nil, t.how.Source, t.how.At
		var id uint64
		if err := t.tx.PutRecord(assess.RecordEvidence, &id, text.All(e)); err != nil {
			return err
		}
	}
	return nil
}
