package book

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/desk"
	"giaoban/data/scoring"
	"giaoban/data/text"
)

// Periods returns the periods of the office.
func (b *Book) Periods() ([]assess.Period, error) {
	return listed(b, assess.RecordPeriod, periodID)
}

// Period returns one period.
func (b *Book) Period(id uint64) (assess.Period, error) {
	return desk.Viewed(b.from, func(v desk.View) (assess.Period, error) { return period(v, id) })
}

func period(v desk.View, id uint64) (assess.Period, error) {
	return one(v, assess.RecordPeriod, id, "đợt đánh giá", periodID)
}

// KeepPeriod stores a period, a new one for id 0. The set must be without
// faults; once sheets exist it is not exchanged, and no unit with a sheet is
// left out.
func (b *Book) KeepPeriod(ctx context.Context, p assess.Period) (id uint64, err error) {
	if problems := p.Problems(); len(problems) > 0 {
		return 0, problems[0]
	}
	title := fmt.Sprintf("Sửa đợt đánh giá «%s»", p.Title)
	if p.ID == 0 {
		title = fmt.Sprintf("Mở đợt đánh giá «%s»", p.Title)
	}
	id = p.ID
	err = b.desk.Change(ctx, desk.Work{Title: title}, func(tx desk.Tx) error {
		if err := titleFree(tx, &p); err != nil {
			return err
		}
		s, set, err := b.set(tx, p.Set)
		if err != nil {
			return err
		}
		old := p
		if id != 0 {
			if old, err = period(tx, id); err != nil {
				return err
			}
		}
		// A set in which an older program found nothing wrong stays with its period.
		if s.Draft || (id == 0 || old.Set != p.Set) && len(set.Problems()) > 0 {
			return data.Fail(data.Conflict, fmt.Sprintf("Bộ tiêu chí «%s» chưa dùng để đánh giá được. %s", s.Title, unready(set)), nil)
		}
		if id != 0 {
			if err := b.samePeriod(tx, &p); err != nil {
				return err
			}
		}
		return tx.PutRecord(assess.RecordPeriod, &id, p)
	})
	return id, err
}

// CheckPeriod returns the first thing that keeps a period from being stored, as far as
// it can be told without its set; the error names its field.
func (b *Book) CheckPeriod(p assess.Period) error {
	if problems := p.Problems(); len(problems) > 0 {
		return problems[0]
	}
	_, err := desk.Viewed(b.from, func(v desk.View) (struct{}, error) { return struct{}{}, titleFree(v, &p) })
	return err
}

// titleFree refuses a title that another period bears: officers choose a period by its
// title alone. Two of one title from an older program stay as long as neither is renamed.
func titleFree(v desk.View, p *assess.Period) error {
	list, err := all(v, assess.RecordPeriod, periodID)
	if err != nil {
		return err
	}
	name := text.NameKey(p.Title)
	same := func(x *assess.Period) bool { return text.NameKey(x.Title) == name }
	if slices.ContainsFunc(list, func(x assess.Period) bool { return x.ID == p.ID && p.ID != 0 && same(&x) }) {
		return nil
	}
	if other := data.Find(list, func(x *assess.Period) bool { return x.ID != p.ID && same(x) }); other != nil {
		return &data.Error{Code: data.Conflict, Field: "title", Message: fmt.Sprintf("Đã có kỳ chấm «%s» (năm %d). Đặt tên khác để phân biệt hai kỳ.", other.Title, other.Year)}
	}
	return nil
}

func (b *Book) samePeriod(v desk.View, p *assess.Period) error {
	old, err := period(v, p.ID)
	if err != nil {
		return err
	}
	sheets, err := sheets(v, p.ID)
	if err != nil || len(sheets) == 0 {
		return err
	}
	if old.Set != p.Set {
		return data.Fail(data.Conflict, fmt.Sprintf("«%s» đã có %d phiếu nên không đổi bộ tiêu chí được.", old.Title, len(sheets)), nil)
	}
	for _, s := range sheets {
		if _, ok := p.GroupOf(s.Unit); !ok {
			return data.Fail(data.Conflict, fmt.Sprintf("%s đã có phiếu trong «%s» nên không bỏ khỏi danh sách được.", b.nameOf(s.Unit), old.Title), nil)
		}
	}
	return nil
}

// OpenSheets makes the sheets of all units of a period that have none, and moves
// sheets to the group in which their unit now stands. It returns how many are
// new.
func (b *Book) OpenSheets(ctx context.Context, id uint64) (n int, err error) {
	p, err := b.Period(id)
	if err != nil {
		return 0, err
	}
	err = b.desk.Change(ctx, desk.Work{Title: fmt.Sprintf("Lập phiếu cho các đơn vị của «%s»", p.Title)}, func(tx desk.Tx) error {
		have, err := sheets(tx, id)
		if err != nil {
			return err
		}
		for _, g := range p.Groups {
			for _, u := range g.Units {
				i := slices.IndexFunc(have, func(s assess.Sheet) bool { return s.Unit == u })
				if i >= 0 && have[i].Group == g.Name {
					continue
				}
				s := assess.Sheet{Period: id, Unit: u, State: assess.Drafting}
				var record uint64
				if i >= 0 {
					s, record = have[i], have[i].ID
				} else {
					n++
				}
				s.Group = g.Name
				if err := tx.PutRecord(assess.RecordSheet, &record, s); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return n, err
}

// sheets returns the sheets of a period.
func sheets(v desk.View, period uint64) ([]assess.Sheet, error) {
	list, err := all(v, assess.RecordSheet, sheetID)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(list, func(s assess.Sheet) bool { return s.Period != period }), nil
}

// Sheets returns the sheets of a period.
func (b *Book) Sheets(period uint64) ([]assess.Sheet, error) {
	return desk.Viewed(b.from, func(v desk.View) ([]assess.Sheet, error) { return sheets(v, period) })
}

// Card puts one sheet together.
func (b *Book) Card(sheet uint64) (*assess.Card, error) {
	return desk.Viewed(b.from, func(v desk.View) (*assess.Card, error) { return b.card(v, sheet) })
}

func (b *Book) card(v desk.View, id uint64) (*assess.Card, error) {
	s, err := one(v, assess.RecordSheet, id, "phiếu đánh giá", sheetID)
	if err != nil {
		return nil, err
	}
	p, err := period(v, s.Period)
	if err != nil {
		return nil, err
	}
	_, set, err := b.set(v, p.Set)
	if err != nil {
		return nil, err
	}
	proof, err := all(v, assess.RecordEvidence, evidenceID)
	if err != nil {
		return nil, err
	}
	c, err := b.build(v, s, p, set, proof)
	if err != nil || len(set.RelativeLeaves()) == 0 {
		return c, err
	}
	// Its points depend on the others of the group: they are read with it.
	cards, err := b.cards(v, p.ID, s.Group)
	if err != nil {
		return nil, err
	}
	for _, other := range cards {
		if other.Sheet.ID == id {
			return other, nil
		}
	}
	return c, nil
}

func (b *Book) build(v desk.View, s assess.Sheet, p assess.Period, set *scoring.Set, proof []assess.Evidence) (*assess.Card, error) {
	lines, err := all(v, assess.LineKind(s.ID), lineID)
	if err != nil {
		return nil, err
	}
	c, err := b.newCard(s, p, set, lines, proof)
	if err != nil {
		return nil, err
	}
	return c, b.remember(v, []*assess.Card{c})
}

// remember gives cards what their units answered the year before, where the set asks it.
func (b *Book) remember(v desk.View, cards []*assess.Card) error {
	if len(cards) == 0 || !cards[0].Set.AsksLastYear() {
		return nil
	}
	p := &cards[0].Period
	list, err := all(v, assess.RecordPeriod, periodID)
	if err != nil {
		return err
	}
	for _, old := range list {
		if old.Year != p.Year-1 || old.Level != p.Level {
			continue
		}
		before, err := b.cards(v, old.ID, "")
		if err != nil {
			return err
		}
		for _, c := range cards {
			i := slices.IndexFunc(before, func(o *assess.Card) bool { return o.Sheet.Unit == c.Sheet.Unit })
			if i < 0 {
				continue
			}
			if err := c.Remember(before[i].AsLastYear()); err != nil {
				return err
			}
		}
	}
	return nil
}

// newCard puts a card together for a unit as the catalogue has it.
func (b *Book) newCard(s assess.Sheet, p assess.Period, set *scoring.Set, lines []assess.Line, proof []assess.Evidence) (*assess.Card, error) {
	c, err := assess.NewCard(s, p, set, b.nameOf(s.Unit), lines, proof)
	if err == nil {
		c.Class = b.classOf(&p, s.Unit)
	}
	return c, err
}

// raw is a sheet whose lines are read and not yet decoded.
type raw struct {
	sheet assess.Sheet
	lines []desk.Stored[json.RawMessage]
}

// decode reads the lines and puts the card together; it may run beside others.
func (b *Book) decode(r *raw, p assess.Period, set *scoring.Set, proof []assess.Evidence) (*assess.Card, error) {
	lines := make([]assess.Line, len(r.lines))
	for i, s := range r.lines {
		if err := json.Unmarshal(s.Value, &lines[i]); err != nil {
			return nil, data.Fail(data.Damaged, fmt.Sprintf("Phiếu của %s có một dòng bị hỏng. Khôi phục từ bản sao lưu.", b.nameOf(r.sheet.Unit)), err)
		}
		lines[i].ID = s.ID
	}
	return b.newCard(r.sheet, p, set, lines, proof)
}

// Cards puts the sheets of a group together, those of all groups for "".
func (b *Book) Cards(period uint64, group string) ([]*assess.Card, error) {
	return desk.Viewed(b.from, func(v desk.View) ([]*assess.Card, error) { return b.cards(v, period, group) })
}

func (b *Book) cards(v desk.View, id uint64, group string) ([]*assess.Card, error) {
	p, err := period(v, id)
	if err != nil {
		return nil, err
	}
	_, set, err := b.set(v, p.Set)
	if err != nil {
		return nil, err
	}
	proof, err := all(v, assess.RecordEvidence, evidenceID)
	if err != nil {
		return nil, err
	}
	list, err := sheets(v, id)
	if err != nil {
		return nil, err
	}
	var raws []raw
	for _, s := range list {
		if group != "" && s.Group != group {
			continue
		}
		lines, err := desk.Records[json.RawMessage](v, assess.LineKind(s.ID))
		if err != nil {
			return nil, err
		}
		raws = append(raws, raw{s, lines})
	}
	// Decoding and evaluating takes most of the time: each processor takes a part.
	out := make([]*assess.Card, len(raws))
	errs := make([]error, len(raws))
	var wg sync.WaitGroup
	parts := min(runtime.GOMAXPROCS(0), len(raws))
	for part := range parts {
		wg.Go(func() {
			for i := part; i < len(raws); i += parts {
				out[i], errs[i] = b.decode(&raws[i], p, set, proof)
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	if err := b.remember(v, out); err != nil {
		return nil, err
	}
	return out, assess.Together(out)
}

// Rankings orders a group by what counts when the rounds up to r were held, each class
// of units apart, and compares it with the same group of the year before where there is
// one. A group without sheets has none.
func (b *Book) Rankings(period uint64, group string, upTo assess.Round) ([]assess.Ranking, error) {
	return desk.Viewed(b.from, func(v desk.View) ([]assess.Ranking, error) { return b.rankings(v, period, group, upTo) })
}

func (b *Book) rankings(v desk.View, id uint64, group string, upTo assess.Round) ([]assess.Ranking, error) {
	cards, err := b.cards(v, id, group)
	if err != nil {
		return nil, err
	}
	p, err := period(v, id)
	if err != nil {
		return nil, err
	}
	before, err := b.before(v, &p, group)
	if err != nil {
		return nil, err
	}
	return assess.Rankings(cards, group, upTo, before), nil
}

// before returns what a group reached in the period of the year before: that of
// the same level that has a group of the name.
func (b *Book) before(v desk.View, p *assess.Period, group string) (map[uint32]assess.Before, error) {
	list, err := all(v, assess.RecordPeriod, periodID)
	if err != nil {
		return nil, err
	}
	for _, old := range list {
		if old.Year != p.Year-1 || old.Level != p.Level || !slices.ContainsFunc(old.Groups, func(g assess.Group) bool { return g.Name == group }) {
			continue
		}
		cards, err := b.cards(v, old.ID, group)
		if err != nil {
			return nil, err
		}
		return assess.BeforeOf(assess.Rankings(cards, group, assess.Second, nil)), nil
	}
	return nil, nil
}

// ClosePeriod ends a period: nothing of it changes any more. It is opened again
// with a reason.
func (b *Book) ClosePeriod(ctx context.Context, id uint64, closed bool, why string) error {
	p, err := b.Period(id)
	if err != nil {
		return err
	}
	title := "Kết thúc «" + p.Title + "»"
	if !closed {
		if title = "Mở lại «" + p.Title + "»"; why == "" {
			return &data.Error{Code: data.Invalid, Field: "why", Message: "Mở lại đợt đánh giá cần ghi lý do."}
		}
	}
	p.Closed = closed
	return b.desk.Change(ctx, desk.Work{Title: title, Why: why}, func(tx desk.Tx) error {
		return tx.PutRecord(assess.RecordPeriod, &id, p)
	})
}

// unready says what keeps a draft from being used: the criteria without a rule by their
// codes, else what is wrong first.
func unready(set *scoring.Set) string {
	var codes []string
	set.Walk(func(n *scoring.Node, _ []*scoring.Node) {
		if !n.Leaf() && len(n.Children) == 0 {
			codes = append(codes, n.Code)
		}
	})
	const shown = 8
	switch problems := set.Problems(); {
	case len(codes) > shown:
		return fmt.Sprintf("Tiêu chí %s và %s tiêu chí khác chưa có loại quy tắc.", strings.Join(codes[:shown], ", "), data.FormatInt(int64(len(codes)-shown)))
	case len(codes) > 0:
		return "Tiêu chí " + strings.Join(codes, ", ") + " chưa có loại quy tắc."
	case len(problems) > 0:
		return problems[0].Message + " Sửa hết lỗi trước."
	}
	return "Mở bộ tiêu chí và lưu lại."
}
