package reconciling

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"giaoban/app/env"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/reconcile"
)

// Model is one comparison.
type Model struct {
	s      *env.Session
	path   string
	text   string // what was pasted in place of a file
	opt    desk.ReconcileOptions
	book   *desk.Reconciliation
	choice map[int]desk.Choice    // by the place of the finding
	mu     sync.Mutex             // of choice, which is read while the list is made
	done   *desk.ReconcileOutcome // what Apply did, nil before
	stamp  stamp
	stale  bool
	err    error

	// Changed is called when there is something new to show. Run runs long work
	// with progress; done comes back on the window's goroutine.
	Changed func()
	Run     func(title string, work func(ctx context.Context, report func(done, total int64)) error, done func(error))
}

// stamp tells whether the data changed.
type stamp struct {
	version  uint64
	accepted int
}

// newModel returns the model without a file.
func newModel(s *env.Session) *Model {
	m := &Model{s: s, choice: map[int]desk.Choice{}, Changed: func() {}}
	m.Run = func(_ string, work func(context.Context, func(done, total int64)) error, done func(error)) {
		done(work(context.Background(), func(int64, int64) {}))
	}
	return m
}

func (m *Model) now() stamp {
	accepted, err := m.s.Desk.AcceptedDifferences()
	if err != nil {
		m.s.Fault(err)
		return stamp{version: m.s.Desk.Version(), accepted: -1}
	}
	return stamp{m.s.Desk.Version(), len(accepted)}
}

// dataChanged notes that the data is no longer what was compared.
func (m *Model) dataChanged() {
	if m.book == nil || m.stale || m.now() == m.stamp {
		return
	}
	m.stale = true
}

// Open compares a file, or a pasted text, with the own book.
func (m *Model) Open(path, text string, opt desk.ImportOptions) {
	m.start(path, text, desk.ReconcileOptions{ImportOptions: opt})
}

// Again compares once more, with other options or after changes.
func (m *Model) Again(opt desk.ReconcileOptions) { m.start(m.path, m.text, opt) }

func (m *Model) start(path, text string, opt desk.ReconcileOptions) {
	var book *desk.Reconciliation
	m.Run("Đang đối chiếu", func(ctx context.Context, report func(done, total int64)) error {
		opt := opt
		opt.Progress = report
		var err error
		if text != "" {
			book, err = m.s.Desk.OpenReconcileText(ctx, text, opt)
		} else {
			book, err = m.s.Desk.OpenReconcile(ctx, path, opt)
		}
		return err
	}, func(err error) {
		if m.err = err; err == nil {
			m.Close()
			m.path, m.text, m.opt, m.book = path, text, opt, book
			m.choice = map[int]desk.Choice{}
			m.done, m.stale, m.stamp = nil, false, m.now()
		} else if path != "" && !strings.Contains(err.Error(), filepath.Base(path)) && data.CodeOf(err) != data.Cancelled {
			m.err = data.Fail(data.CodeOf(err), filepath.Base(path)+": "+err.Error(), err)
		}
		m.Changed()
	})
}

// firstKind is the list that is shown first: the first that has findings.
func (m *Model) firstKind() reconcile.Kind {
	for _, k := range reconcile.Kinds {
		if m.Count(k) > 0 {
			return k
		}
	}
	return ""
}

// Close leaves the comparison; what was decided and not applied is forgotten.
func (m *Model) Close() {
	if m.book != nil {
		m.book.Close()
		m.book = nil
	}
	m.done, m.stale = nil, false
}

// Ran reports whether a comparison is open.
func (m *Model) Ran() bool { return m.book != nil }

// File returns the name of the file.
func (m *Model) File() string {
	if m.book == nil {
		return ""
	}
	return m.book.File
}

// Result returns the comparison; nil before one.
func (m *Model) Result() *reconcile.Result {
	if m.book == nil {
		return nil
	}
	return &m.book.Result
}

// About says what was compared.
func (m *Model) About() string {
	r := m.Result()
	if r == nil {
		return ""
	}
	f := func(n int) string { return data.FormatInt(int64(n)) }
	where := "mọi đơn vị"
	if len(r.Units) == 1 {
		where = r.Units[0]
	} else if len(r.Units) > 1 {
		where = f(len(r.Units)) + " đơn vị"
	}
	text := fmt.Sprintf("%s: %s dòng; trong sổ có %s hồ sơ cùng phạm vi (%s", r.File, f(r.Rows), f(r.Own), where)
	if r.From.Known() {
		text += fmt.Sprintf(", tiếp nhận từ %s đến %s", r.From, r.To)
	}
	text += fmt.Sprintf("). %s hồ sơ khớp hoàn toàn, %s điểm khác nhau.", f(r.Agree), f(m.open()))
	if n := len(r.Findings) - m.open(); n > 0 {
		text += fmt.Sprintf(" %s điểm đã được chấp nhận từ trước.", f(n))
	}
	return text
}

// open is how many findings were not accepted before.
func (m *Model) open() int {
	n := 0
	for _, c := range m.book.Counts {
		n += c
	}
	return n
}

// kinds name a kind on the cards of the screen, and say what a card counts below its
// figure.
var kinds = map[reconcile.Kind][2]string{
	reconcile.MissingHere:  {"Thiếu trong sổ", "tệp có, sổ không"},
	reconcile.MissingThere: {"Thiếu trong tệp", "sổ có, tệp không"},
	reconcile.DateDiffers:  {"Lệch ngày", "nhận, hẹn, xong, trả"}, reconcile.StatusDiffers: {"Lệch tình trạng", "trạng thái hồ sơ"},
	reconcile.ResultDiffers: {"Lệch kết quả", "giấy và điện tử"}, reconcile.FactDiffers: {"Lệch khác", "chủ hồ sơ, thủ tục"},
}

// Count returns how many findings of a kind are open.
func (m *Model) Count(k reconcile.Kind) int {
	if m.book == nil {
		return 0
	}
	return m.book.Counts[k]
}

// line is one difference as a line of the list.
type line struct {
	at                                      int // place of the finding
	kind                                    reconcile.Kind
	code, owner, fact, ours, theirs, before string // before: why it was accepted before
}

// nothing stands for the side that lacks a dossier.
const nothing = "(không có)"

// lines returns the differences, those of the places or all for nil. It may run off
// the window's goroutine.
func (m *Model) lines(places []int) []line {
	if m.book == nil {
		return nil
	}
	if places == nil {
		places = make([]int, len(m.book.Findings))
		for i := range places {
			places[i] = i
		}
	}
	owners := map[uint64]string{}
	out := make([]line, len(places))
	for i, at := range places {
		f := &m.book.Findings[at]
		l := line{at: at, kind: f.Kind, code: f.Code, owner: f.Owner, fact: f.Field.String(), ours: f.Ours, theirs: f.Theirs, before: f.Accepted}
		if l.owner == "" && f.ID != 0 {
			l.owner = m.owner(owners, f.ID)
		}
		if l.fact == "" {
			l.fact = kinds[f.Kind][0]
		}
		if f.Kind == reconcile.MissingHere {
			l.ours = nothing
		} else if f.Kind == reconcile.MissingThere {
			l.theirs = nothing
		}
		out[i] = l
	}
	return out
}

func (m *Model) owner(known map[uint64]string, id uint64) string {
	if _, ok := known[id]; !ok {
		one, err := m.s.Desk.Dossier(id)
		if err != nil {
			m.s.Missed(err)
		}
		known[id] = one.Owner.Name
	}
	return known[id]
}

// decision tells what the officer chose for a line; decided is false where that was
// nothing.
func (m *Model) decision(l *line) (text string, decided bool) {
	m.mu.Lock()
	c, ok := m.choice[l.at]
	m.mu.Unlock()
	switch {
	case ok && c.Reason != "":
		return ActionName(c.Action) + ": " + c.Reason, true
	case ok:
		return ActionName(c.Action), true
	case l.before != "":
		return "Đã chấp nhận trước: " + l.before, false
	}
	return "", false
}

// ActionName is the word for an action on this screen.
func ActionName(a reconcile.Action) string {
	switch a {
	case reconcile.ImportMissing:
		return "Nhập hồ sơ thiếu"
	case reconcile.Accept:
		return "Chấp nhận"
	}
	return a.String()
}

// Actions lists what can be decided, in the order of the buttons.
var Actions = []reconcile.Action{reconcile.TakeTheirs, reconcile.KeepOurs, reconcile.ImportMissing, reconcile.Accept}

// Allowed returns for how many of the findings an action makes sense.
func (m *Model) Allowed(places []int, a reconcile.Action) int {
	n := 0
	for _, at := range places {
		if m.book.Findings[at].Allows(a) {
			n++
		}
	}
	return n
}

// Decide chooses what is done about findings; those that the action does not suit
// keep what they had. It returns for how many it was chosen. An empty reason of
// Accept is an error of code Invalid.
func (m *Model) Decide(places []int, a reconcile.Action, reason string) (int, error) {
	reason = strings.TrimSpace(reason)
	switch {
	case m.done != nil:
		return 0, data.Fail(data.Refused, "Kết quả đối chiếu này đã được ghi. Bấm «Đối chiếu lại» để quyết định tiếp.", nil)
	case a == reconcile.Accept && reason == "":
		return 0, &data.Error{Code: data.Invalid, Field: "reason", Message: "Ghi lý do chấp nhận khác nhau."}
	case a != reconcile.Accept:
		reason = ""
	}
	n := m.Allowed(places, a)
	if n == 0 {
		return 0, data.Fail(data.Invalid, fmt.Sprintf("Không dòng nào trong các dòng đang chọn làm được «%s».", ActionName(a)), nil)
	}
	m.mu.Lock()
	for _, at := range places {
		if m.book.Findings[at].Allows(a) {
			m.choice[at] = desk.Choice{Finding: at, Action: a, Reason: reason}
		}
	}
	m.mu.Unlock()
	return n, nil
}

// Undecide takes decisions back.
func (m *Model) Undecide(places []int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, at := range places {
		if m.done == nil {
			delete(m.choice, at)
		}
	}
}

// Choices returns what was decided, in the order of the findings.
func (m *Model) Choices() []desk.Choice {
	out := make([]desk.Choice, 0, len(m.choice))
	for _, c := range m.choice {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b desk.Choice) int { return a.Finding - b.Finding })
	return out
}

// Decided returns how many findings were decided.
func (m *Model) Decided() int { return len(m.choice) }

// Changes returns the decisions that write something, as lines to look at before
// Apply: dates and facts taken, dossiers added, differences accepted.
func (m *Model) Changes() []line {
	places := []int{}
	for _, c := range m.Choices() {
		if c.Action != reconcile.KeepOurs {
			places = append(places, c.Finding)
		}
	}
	return m.lines(places)
}

// Preview says in one sentence what Apply will do.
func (m *Model) Preview() string {
	var facts, missing, accepted, kept int
	dossiers := map[uint64]bool{}
	for _, c := range m.choice {
		switch c.Action {
		case reconcile.TakeTheirs:
			facts++
			dossiers[m.book.Findings[c.Finding].ID] = true
		case reconcile.ImportMissing:
			missing++
		case reconcile.Accept:
			accepted++
		default:
			kept++
		}
	}
	f := func(n int) string { return data.FormatInt(int64(n)) }
	var parts []string
	if facts > 0 {
		parts = append(parts, fmt.Sprintf("sửa %s điểm của %s hồ sơ theo tệp", f(facts), f(len(dossiers))))
	}
	if missing > 0 {
		parts = append(parts, fmt.Sprintf("nhập %s hồ sơ thiếu", f(missing)))
	}
	if accepted > 0 {
		parts = append(parts, fmt.Sprintf("chấp nhận %s điểm khác nhau", f(accepted)))
	}
	text := "Không ghi gì vào sổ"
	if len(parts) > 0 {
		text = "Sẽ " + strings.Join(parts, ", ") + " trong một lần ghi, hoàn tác được"
	}
	if kept > 0 {
		text += fmt.Sprintf("; giữ %s điểm theo sổ", f(kept))
	}
	if n := m.open() - m.decidedOpen(); n > 0 {
		text += fmt.Sprintf("; %s điểm chưa quyết định, để nguyên", f(n))
	}
	return text + "."
}

// decidedOpen is how many of the findings not accepted before were decided.
func (m *Model) decidedOpen() int {
	n := 0
	for at := range m.choice {
		if m.book.Findings[at].Accepted == "" {
			n++
		}
	}
	return n
}

// Apply writes what was decided. told is called on the window's goroutine with
// the sentence that tells of it.
func (m *Model) Apply(told func(text string, err error)) {
	choices := m.Choices()
	var out desk.ReconcileOutcome
	m.Run("Đang ghi kết quả đối chiếu", func(ctx context.Context, report func(done, total int64)) error {
		var err error
		out, err = m.book.Apply(ctx, choices, desk.Run{Progress: report})
		return err
	}, func(err error) {
		if err == nil {
			// The window may have told of the change before this came back.
			m.done, m.stamp, m.stale = &out, m.now(), false
		}
		m.Changed()
		told(m.Told(), err)
	})
}

// Told says what Apply did; "" before.
func (m *Model) Told() string {
	if m.done == nil {
		return ""
	}
	f := func(n int) string { return data.FormatInt(int64(n)) }
	o := m.done
	text := fmt.Sprintf("Đã đối chiếu với %s: sửa %s hồ sơ, thêm %s hồ sơ, chấp nhận %s điểm, giữ %s điểm.", m.book.File, f(o.Corrected), f(o.Added), f(o.Accepted), f(o.Kept))
	if n := len(m.Refused()); n > 0 {
		text += fmt.Sprintf(" %s hồ sơ không sửa được.", f(n))
	}
	return text
}

// Refused returns the dossiers that Apply could not change, with the reason.
func (m *Model) Refused() []desk.Line {
	if m.done == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(m.done.Lines), func(l desk.Line) bool { return l.Fate != desk.Rejected })
}

// Jump shows the dossier of a line in the register.
func (m *Model) Jump(l *line) {
	if m.book.Findings[l.at].ID != 0 || m.done != nil {
		m.s.JumpTo(l.code)
	}
}

// Status is the line of the status bar.
func (m *Model) Status(selected int) string {
	if m.book == nil {
		return "Chưa chọn tệp để đối chiếu"
	}
	text := fmt.Sprintf("%s điểm khác nhau · đã quyết định %s", data.FormatInt(int64(m.open())), data.FormatInt(int64(len(m.choice))))
	if selected > 1 {
		text += " · chọn " + data.FormatInt(int64(selected))
	}
	return text
}

// Empty says why nothing is listed.
func (m *Model) Empty() string {
	if m.book != nil && len(m.book.Findings) == 0 {
		return "Sổ và tệp khớp nhau hoàn toàn."
	}
	return "Không có điểm nào thuộc loại này."
}
