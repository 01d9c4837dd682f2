// Package reconciling is the model of the screen Đối chiếu hai nguồn: what a file
// and the own book differ in, what the officer decides about each difference, and
// what became of it. It is free of the toolkit.
package reconciling

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"giaoban/app/view"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/reconcile"
)

// Model is one comparison.
type Model struct {
	s      *view.Session
	path   string
	text   string // what was pasted in place of a file
	opt    desk.ReconcileOptions
	book   *desk.Reconciliation
	choice map[int]desk.Choice // by the place of the finding
	kind   reconcile.Kind      // which findings are listed, "" for all
	shown  []int
	owners map[uint64]string
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

// New returns the model without a file.
func New(s *view.Session) *Model {
	m := &Model{s: s, choice: map[int]desk.Choice{}, owners: map[uint64]string{}, Changed: func() {}}
	m.Run = func(_ string, work func(context.Context, func(done, total int64)) error, done func(error)) {
		done(work(context.Background(), func(int64, int64) {}))
	}
	s.Listen(m.dataChanged)
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

func (m *Model) dataChanged() {
	if m.book == nil || m.stale || m.now() == m.stamp {
		return
	}
	m.stale = true
	m.Changed()
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
			m.choice, m.owners = map[int]desk.Choice{}, map[uint64]string{}
			m.done, m.stale, m.stamp = nil, false, m.now()
			m.kind = m.firstKind()
			m.list()
		} else if path != "" && !strings.Contains(err.Error(), filepath.Base(path)) && data.CodeOf(err) != data.Cancelled {
			m.err = data.Fail(data.CodeOf(err), filepath.Base(path)+": "+err.Error(), err)
		}
		m.Changed()
	})
}

// firstKind is the list that is shown first: the first that has findings.
func (m *Model) firstKind() reconcile.Kind {
	for _, k := range reconcile.Kinds {
		if m.book.Counts[k] > 0 {
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
	m.done, m.stale, m.shown = nil, false, nil
}

// Ran reports whether a comparison is open.
func (m *Model) Ran() bool { return m.book != nil }

// Err returns what went wrong last.
func (m *Model) Err() error { return m.err }

// Stale reports whether the data changed since the comparison was made or
// applied.
func (m *Model) Stale() bool { return m.stale }

// Done returns what Apply did, nil before.
func (m *Model) Done() *desk.ReconcileOutcome { return m.done }

// Options returns how the comparison was made.
func (m *Model) Options() desk.ReconcileOptions { return m.opt }

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

// Label names a kind on the cards of the screen.
func Label(k reconcile.Kind) string {
	switch k {
	case reconcile.MissingHere:
		return "Thiếu trong sổ"
	case reconcile.MissingThere:
		return "Thiếu trong tệp"
	case reconcile.DateDiffers:
		return "Lệch ngày"
	case reconcile.StatusDiffers:
		return "Lệch tình trạng"
	case reconcile.ResultDiffers:
		return "Lệch kết quả"
	}
	return "Lệch khác"
}

// Hint says what a card counts, below its figure.
func Hint(k reconcile.Kind) string {
	switch k {
	case reconcile.MissingHere:
		return "tệp có, sổ không"
	case reconcile.MissingThere:
		return "sổ có, tệp không"
	case reconcile.DateDiffers:
		return "nhận, hẹn, xong, trả"
	case reconcile.StatusDiffers:
		return "trạng thái hồ sơ"
	case reconcile.ResultDiffers:
		return "giấy và điện tử"
	}
	return "chủ hồ sơ, thủ tục"
}

// Count returns how many findings of a kind are open.
func (m *Model) Count(k reconcile.Kind) int {
	if m.book == nil {
		return 0
	}
	return m.book.Counts[k]
}

// Kind returns which findings are listed, "" for all.
func (m *Model) Kind() reconcile.Kind { return m.kind }

// List lists the findings of a kind, "" for all.
func (m *Model) List(k reconcile.Kind) {
	m.kind = k
	m.list()
	m.Changed()
}

func (m *Model) list() {
	m.shown = m.shown[:0]
	if m.book == nil {
		return
	}
	for i := range m.book.Findings {
		if f := &m.book.Findings[i]; m.kind == "" || f.Kind == m.kind {
			m.shown = append(m.shown, i)
		}
	}
}

// Len returns how many findings are listed.
func (m *Model) Len() int { return len(m.shown) }

// Line is one difference as a line of the list.
type Line struct {
	Code, Owner, Kind, Fact, Ours, Theirs, Decision string
	Unit                                            string
	Row                                             int  // in the file, 0 for none
	Decided                                         bool // the officer chose what to do
	Before                                          bool // accepted before
}

// Nothing stands for the side that lacks a dossier.
const Nothing = "(không có)"

// Line returns a line of the list; nothing for one that is gone, which a list
// about to go may still ask for.
func (m *Model) Line(i int) Line {
	if m.book == nil || i < 0 || i >= len(m.shown) {
		return Line{}
	}
	return m.line(m.shown[i])
}

func (m *Model) line(at int) Line {
	f := &m.book.Findings[at]
	l := Line{Code: f.Code, Owner: f.Owner, Kind: Label(f.Kind), Fact: f.Field.String(), Ours: f.Ours, Theirs: f.Theirs, Unit: f.Unit, Row: f.Row, Before: f.Accepted != ""}
	if l.Owner == "" && f.ID != 0 {
		l.Owner = m.owner(f.ID)
	}
	if f.Kind == reconcile.MissingHere {
		l.Ours = Nothing
	} else if f.Kind == reconcile.MissingThere {
		l.Theirs = Nothing
	}
	c, ok := m.choice[at]
	switch {
	case ok:
		l.Decided = true
		l.Decision = ActionName(c.Action)
		if c.Reason != "" {
			l.Decision += ": " + c.Reason
		}
	case l.Before:
		l.Decision = "Đã chấp nhận trước: " + f.Accepted
	}
	return l
}

// maxOwners bounds the owners that are kept.
const maxOwners = 4096

func (m *Model) owner(id uint64) string {
	if name, ok := m.owners[id]; ok {
		return name
	}
	one, err := m.s.Desk.Dossier(id)
	if err != nil {
		m.s.Missed(err)
		return ""
	}
	if len(m.owners) >= maxOwners {
		clear(m.owners)
	}
	m.owners[id] = one.Owner.Name
	return one.Owner.Name
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

// Allowed returns for how many of the lines an action makes sense.
func (m *Model) Allowed(lines []int, a reconcile.Action) int {
	n := 0
	for _, i := range lines {
		if i >= 0 && i < len(m.shown) && m.book.Findings[m.shown[i]].Allows(a) {
			n++
		}
	}
	return n
}

// Decide chooses what is done about lines of the list; those that the action
// does not suit keep what they had. It returns for how many it was chosen. An
// empty reason of Accept is an error of code Invalid.
func (m *Model) Decide(lines []int, a reconcile.Action, reason string) (int, error) {
	reason = strings.TrimSpace(reason)
	switch {
	case m.done != nil:
		return 0, data.Fail(data.Refused, "Kết quả đối chiếu này đã được ghi. Bấm «Đối chiếu lại» để quyết định tiếp.", nil)
	case a == reconcile.Accept && reason == "":
		return 0, &data.Error{Code: data.Invalid, Field: "reason", Message: "Ghi lý do chấp nhận khác nhau."}
	case a != reconcile.Accept:
		reason = ""
	}
	n := 0
	for _, i := range lines {
		if i < 0 || i >= len(m.shown) {
			continue
		}
		at := m.shown[i]
		if m.book.Findings[at].Allows(a) {
			m.choice[at] = desk.Choice{Finding: at, Action: a, Reason: reason}
			n++
		}
	}
	if n == 0 {
		return 0, data.Fail(data.Invalid, fmt.Sprintf("Không dòng nào trong các dòng đang chọn làm được «%s».", ActionName(a)), nil)
	}
	m.Changed()
	return n, nil
}

// Undecide takes decisions back.
func (m *Model) Undecide(lines []int) {
	if m.done != nil {
		return
	}
	for _, i := range lines {
		if i >= 0 && i < len(m.shown) {
			delete(m.choice, m.shown[i])
		}
	}
	m.Changed()
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
func (m *Model) Changes() []Line {
	var out []Line
	for _, c := range m.Choices() {
		if c.Action != reconcile.KeepOurs {
			out = append(out, m.line(c.Finding))
		}
	}
	return out
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
			m.s.Changed()
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

// Jump shows a dossier of the list in the register.
func (m *Model) Jump(i int) {
	if i < 0 || i >= len(m.shown) {
		return
	}
	if f := &m.book.Findings[m.shown[i]]; f.ID != 0 || m.done != nil {
		m.s.Jump(view.Jump{Title: "Hồ sơ " + f.Code, Query: desk.Query{Text: `"` + f.Code + `"`}})
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
	switch {
	case m.book == nil:
		return "Chưa chọn tệp để đối chiếu."
	case len(m.book.Findings) == 0:
		return "Sổ và tệp khớp nhau hoàn toàn."
	}
	return "Không có điểm nào thuộc loại này."
}
