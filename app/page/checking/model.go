package checking

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"giaoban/app/env"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/inspect"
)

// model is the checks of the register, or of the dossiers of the period.
type model struct {
	s        *env.Session
	asked    int
	cancel   context.CancelFunc
	busy     bool
	done     int64
	total    int64
	took     time.Duration
	stale    bool // the data changed since
	acted    bool // the change is one that was made here
	err      error
	inPeriod bool
	report   *inspect.Report
	office   *inspect.Office
	kinds    []inspect.Finding
	chosen   string // id of the check shown
	accepted []Acceptance

	// Changed is called when there is something new to show, Progressed while the checks
	// run.
	Changed, Progressed func()
}

// newModel returns the model. Nothing is checked yet; see Run.
func newModel(s *env.Session) *model {
	return &model{s: s, Changed: func() {}, Progressed: func() {}}
}

// quick is how long checks may take to be run again after each change of the
// data without being asked.
const quick = 2 * time.Second

// Quick reports whether the checks took so little time the last time.
func (m *model) Quick() bool { return m.took < quick }

// DataChanged runs the checks again after a change where that is quick, or says that
// they are out of date.
func (m *model) DataChanged() {
	if m.report == nil && !m.busy {
		return
	}
	if m.busy || m.acted || m.Quick() {
		m.Run()
		return
	}
	m.stale = true
	m.Changed()
}

// Run runs the checks. The answer comes later; until then the old one stays.
func (m *model) Run() {
	m.Stop()
	m.asked++
	asked := m.asked
	ctx, cancel := context.WithCancel(context.Background())
	m.cancel, m.busy, m.stale, m.acted, m.done, m.total = cancel, true, false, false, 0, 0
	var scope *data.Period
	if m.inPeriod {
		scope = new(m.s.Period())
	}
	m.Changed()
	m.s.Go(func() {
		began, told := time.Now(), time.Time{}
		report, err := m.s.Desk.Inspect(ctx, scope, func(done, total int64) {
			if now := time.Now(); now.Sub(told) > progressEvery {
				told = now
				m.s.Post(func() {
					if asked == m.asked && m.busy {
						m.done, m.total = done, total
						m.Progressed()
					}
				})
			}
		})
		office, took := m.s.Desk.Inspector(), time.Since(began)
		accepted, err2 := m.readAccepted()
		m.s.Post(func() {
			if asked != m.asked {
				return
			}
			m.busy, m.err, m.took = false, err, took
			if err == nil {
				m.err = err2
				m.report, m.office, m.accepted = report, office, accepted
				m.order()
			} else if data.CodeOf(err) == data.Cancelled {
				m.err, m.stale = nil, true
			}
			m.Changed()
		})
	})
}

const progressEvery = 100 * time.Millisecond

// Stop ends checks that are running.
func (m *model) Stop() {
	if m.cancel != nil {
		m.cancel()
		m.cancel = nil
	}
}

// order lists the checks: those that found something by severity, then the
// others.
func (m *model) order() {
	m.kinds = slices.Clone(m.report.Findings)
	slices.SortStableFunc(m.kinds, func(a, b inspect.Finding) int {
		return rank(&a) - rank(&b)
	})
	if m.chosen == "" || m.Finding() == nil && m.chosen != AcceptedID {
		if len(m.kinds) > 0 {
			m.chosen = m.kinds[0].Kind.ID
		}
	}
}

func rank(f *inspect.Finding) int {
	if f.Count == 0 {
		return 100
	}
	return int(f.Kind.Severity)
}

// Ran reports whether there is a result.
func (m *model) Ran() bool { return m.report != nil }

// Serious is how many findings bend figures, for the badge.
func (m *model) Serious() int {
	if m.report == nil {
		return 0
	}
	return m.report.Serious()
}

// SetInPeriod checks the dossiers of the period, or all.
func (m *model) SetInPeriod(on bool) {
	if on != m.inPeriod {
		m.inPeriod = on
		m.Run()
	}
}

// AcceptedID is the entry of the list of checks under which accepted findings
// stand.
const AcceptedID = "accepted"

// Choose shows the dossiers of a check, or what was accepted.
func (m *model) Choose(id string) {
	if id != m.chosen {
		m.chosen = id
		m.Changed()
	}
}

// Check is a line of the list of checks: what one found, or all that was accepted.
type Check struct {
	ID, Name        string
	Finding         *inspect.Finding // nil for what was accepted
	Count, Accepted int
}

// Checks lists the checks, and behind them what was accepted; none before the first run.
func (m *model) Checks() (out []Check) {
	for i := range m.kinds {
		f := &m.kinds[i]
		out = append(out, Check{f.Kind.ID, f.Kind.Name, f, f.Count, f.Accepted})
	}
	if len(out) > 0 {
		out = append(out, Check{ID: AcceptedID, Name: "Đã chấp nhận", Count: len(m.accepted)})
	}
	return out
}

// Finding returns the check shown with what it found; nil for the accepted
// findings, and before the first run.
func (m *model) Finding() *inspect.Finding {
	for i := range m.kinds {
		if m.kinds[i].Kind.ID == m.chosen {
			return &m.kinds[i]
		}
	}
	return nil
}

// Effect tells what the check shown does to the figures.
func (m *model) Effect() string {
	f := m.Finding()
	if f == nil || f.Count == 0 {
		return ""
	}
	parts := []string{f.Kind.Effect, f.Kind.EffectOf(f.Tally)}
	return strings.TrimSpace(strings.Join(parts, " "))
}

// Row is one dossier of the check shown.
type Row struct {
	Hit                                               inspect.Hit
	Code, Owner, Says, Due, Unit, Procedure, Received string
}

// Rows begins to list the dossiers of the check shown; what it returns reads them, on
// any goroutine.
func (m *model) Rows() func() ([]Row, error) {
	f, office := m.Finding(), m.office
	return func() (out []Row, _ error) {
		if f == nil {
			return nil, nil
		}
		for _, h := range f.Hits {
			out = append(out, m.read(office, f.Kind, h))
		}
		return out, nil
	}
}

func (m *model) read(office *inspect.Office, k *inspect.Kind, h inspect.Hit) Row {
	one, err := m.s.Desk.Dossier(uint64(h.ID))
	if err != nil {
		return Row{Hit: h, Says: err.Error()}
	}
	var other *data.Dossier
	if h.Other != 0 {
		if o, err := m.s.Desk.Dossier(uint64(h.Other)); err == nil {
			other = &o
		}
	}
	c := m.s.Desk.Catalogue()
	return Row{Hit: h, Code: one.Code, Owner: one.Owner.Name, Says: k.Says(office, &one, other), Due: one.On(data.MaxDay).Due.Day.String(), Unit: data.ShortUnit(c.Unit(one.Unit).Name),
		Procedure: c.ProcedureOf(&one), Received: one.Received.String()}
}

// previewed is how many dossiers the preview of a fix shows.
const previewed = 500

// Preview tells what the fix of the check shown would do to the first of the
// dossiers: lines of code, owner, fact, old and new; and how many of those shown
// it cannot mend.
func (m *model) Preview(hits []inspect.Hit) (lines [][5]string, not int, err error) {
	f := m.Finding()
	if f == nil {
		return nil, 0, nil
	}
	var ids []uint32
	for _, h := range hits[:min(len(hits), previewed)] {
		ids = append(ids, h.ID)
	}
	list, err := m.s.Desk.MendPreview(f.Kind, ids)
	for _, x := range list {
		if len(x.Lines) == 0 {
			not++
		}
		for _, l := range x.Lines {
			lines = append(lines, [5]string{x.Code, x.Owner, l.Label, l.Old, l.New})
		}
	}
	return lines, not, err
}

// Mend applies the fix of the check shown.
func (m *model) Mend(ctx context.Context, hits []inspect.Hit, why string, progress func(done, total int64)) (desk.Bulk, error) {
	f := m.Finding()
	if f == nil {
		return desk.Bulk{}, nil
	}
	ids := make([]uint64, len(hits))
	for i, h := range hits {
		ids[i] = uint64(h.ID)
	}
	return m.s.Desk.MendAll(ctx, f.Kind, ids, why, progress)
}

// Acting tells that the change of the data that follows comes from this screen:
// the checks then run again whatever they cost, so that no handled dossier stays
// listed. It is called on the window's goroutine.
func (m *model) Acting() { m.acted = true }

// Accept accepts findings of the check shown, with a reason.
func (m *model) Accept(ctx context.Context, hits []inspect.Hit, why string) error {
	f := m.Finding()
	if f == nil || len(hits) == 0 {
		return data.Fail(data.Invalid, "Chưa chọn hồ sơ nào.", nil)
	}
	return m.s.Desk.AcceptFindings(ctx, f.Kind, hits, why)
}

// Acceptance is one accepted finding.
type Acceptance struct {
	ID                              uint64 // of the record
	Code, Owner, Check, Why, By, At string
}

func (m *model) readAccepted() ([]Acceptance, error) {
	list, err := m.s.Desk.AcceptedFindings()
	if err != nil {
		return nil, err
	}
	var out []Acceptance
	zone := m.s.Desk.Now().Location()
	for _, a := range list {
		x := Acceptance{ID: a.ID, Why: a.Value.Why, By: a.Value.By, At: data.MomentAt(a.Value.At, zone).Day.String()}
		if k := inspect.KindOf(a.Value.Check); k != nil {
			x.Check = k.Name
		}
		if one, err := m.s.Desk.Dossier(a.Value.Dossier); err == nil {
			x.Code, x.Owner = one.Code, one.Owner.Name
		}
		out = append(out, x)
	}
	return out, nil
}

// Withdraw takes acceptances back.
func (m *model) Withdraw(ctx context.Context, ids []uint64) error {
	return m.s.Desk.WithdrawAccepted(ctx, ids)
}

// Summary tells the whole result in one line, as reports print it.
func (m *model) Summary() string {
	if m.report == nil {
		return ""
	}
	return m.report.Line(m.s.Desk.Today())
}

// Status is the line of the status bar.
func (m *model) Status(selected int) string {
	switch {
	case m.busy && m.total > 0:
		return fmt.Sprintf("Đang kiểm tra %s / %s hồ sơ…", data.FormatInt(m.done), data.FormatInt(m.total))
	case m.busy:
		return "Đang kiểm tra…"
	case m.report == nil:
		return ""
	}
	text := fmt.Sprintf("%s hồ sơ đã kiểm tra · %s lỗi · %s đã chấp nhận", data.FormatInt(int64(m.report.Seen)), data.FormatInt(int64(m.report.Total())), data.FormatInt(int64(m.report.Accepted())))
	if f := m.Finding(); f != nil && f.Count > len(f.Hits) {
		text += fmt.Sprintf(" · liệt kê %s hồ sơ đầu trong %s", data.FormatInt(int64(len(f.Hits))), data.FormatInt(int64(f.Count)))
	}
	if selected > 1 {
		text += " · chọn " + data.FormatInt(int64(selected))
	}
	return text
}

// Empty says why no dossier is listed.
func (m *model) Empty() string {
	switch {
	case m.s.Desk.Len() == 0:
		return "Sổ chưa có hồ sơ nào để kiểm tra."
	case m.report == nil:
		return "Chưa kiểm tra."
	case m.chosen == AcceptedID:
		return "Chưa có lỗi nào được chấp nhận."
	}
	if f := m.Finding(); f != nil && f.Accepted > 0 {
		return fmt.Sprintf("Không còn hồ sơ nào; %s hồ sơ đã được chấp nhận.", data.FormatInt(int64(f.Accepted)))
	}
	return "Không có hồ sơ nào mắc lỗi này."
}
