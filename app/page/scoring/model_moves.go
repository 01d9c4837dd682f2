package scoring

import (
	"context"
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/data/assess"
)

// Move is a change of the state of the sheet that is possible now.
type Move struct {
	To    assess.State
	Verb  string
	Back  bool   // needs a reason
	Warns string // what the officer should know before, "" for nothing
}

// verbs name the moves forward on buttons.
var verbs = map[assess.State]string{
	assess.Submitted: "Nộp phiếu", assess.Appraised: "Xong thẩm định lần 1", assess.Explaining: "Chuyển giải trình",
	assess.Reappraised: "Xong thẩm định lần 2", assess.Approved: "Phê duyệt", assess.Published: "Công bố",
}

// Moves lists the moves of the sheet shown.
func (m *Model) Moves() []Move {
	c := m.Card
	if c == nil {
		return nil
	}
	forward, back := assess.Allowed(&c.Sheet)
	var out []Move
	for _, to := range forward {
		out = append(out, Move{To: to, Verb: verbs[to], Warns: m.warn(to)})
	}
	for _, to := range back {
		out = append(out, Move{To: to, Verb: "Trả về «" + to.String() + "»", Back: true})
	}
	return out
}

// warn tells what stands against a move.
func (m *Model) warn(to assess.State) string {
	c := m.Card
	n := c.Counters()
	var out []string
	say := func(on bool, format string, args ...any) {
		if on {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	switch to {
	case assess.Submitted:
		say(n.Done < n.Leaves, "Còn %d tiêu chí chưa chấm: chỉ nộp được khi ghi lý do.", n.Leaves-n.Done)
		say(n.NoProof > 0, "%d tiêu chí có điểm nhưng chưa có tài liệu kiểm chứng; báo cáo sẽ phải giải trình.", n.NoProof)
		if err := c.Period.Locked(&c.Sheet, assess.Self, m.Today()); err != nil {
			out = append(out, err.Error())
		}
	case assess.Appraised:
		say(n.Appraised < n.Leaves, "Còn %d tiêu chí chưa thẩm định: điểm tự chấm của chúng được giữ.", n.Leaves-n.Appraised)
	case assess.Explaining:
		say(n.Asked == 0, "Chưa có tiêu chí nào bị yêu cầu giải trình.")
	case assess.Reappraised:
		say(n.Unanswered > 0, "%d tiêu chí bị yêu cầu giải trình chưa có giải trình.", n.Unanswered)
	case assess.Approved:
		say(n.Survey > n.Surveyed, "Còn %d tiêu chí điều tra chưa có kết quả.", n.Survey-n.Surveyed)
	}
	say(m.Leaf.Unsaved() > 0, "Có %d tiêu chí đang nhập dở chưa lưu.", m.Leaf.Unsaved())
	return strings.Join(out, " ")
}

// ReopenNow opens a round of a sheet again for this sheet alone. It runs off the
// window's goroutine.
func (m *Model) ReopenNow(ctx context.Context, sheet uint64, round assess.Round, until data.Day, why string) error {
	return m.Book.Reopen(ctx, sheet, assess.Reopening{Round: round, Until: until, Why: why})
}

// FillAll answers every leaf that the register answers and the round has not
// spoken on. It runs off the window's goroutine.
func (m *Model) FillAll(ctx context.Context) (n int, skipped []string, err error) {
	return m.Book.FillFromRegister(ctx, m.Sheet(), m.fillRound())
}

func (m *Model) fillRound() assess.Round {
	if m.Card == nil {
		return assess.Self
	}
	switch r := m.Leaf.Round(); {
	case m.Leaf.Survey() || r == assess.Explained:
		return m.Leaf.openRound()
	default:
		return r
	}
}

// CopySelf lets the appraisal shown take over the self score of all leaves that it
// has not spoken on.
func (m *Model) CopySelf(done func(n int, err error)) {
	sheet, round, n := m.Sheet(), m.fillRound(), 0
	m.Do(func(ctx context.Context) (err error) {
		n, err = m.Book.CopySelf(ctx, sheet, round)
		return err
	}, func(err error) { done(n, err) })
}

// Judging reports whether the sheet is being appraised.
func (m *Model) Judging() bool {
	if m.Card == nil {
		return false
	}
	s := m.Card.Sheet.State
	return s == assess.Submitted || s == assess.Appraised || s == assess.Explaining
}

// History lists the moves of the sheet, oldest first.
func (m *Model) History() []HistoryLine {
	if m.Card == nil {
		return nil
	}
	var out []HistoryLine
	for _, x := range m.Card.Sheet.Moves {
		out = append(out, HistoryLine{When: x.Day.String(), What: fmt.Sprintf("từ «%s» sang «%s»", x.From, x.To), Why: strings.Trim(x.Why+" · "+x.By, " ·")})
	}
	return out
}
