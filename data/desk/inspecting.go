package desk

import (
	"context"
	"fmt"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"giaoban/data"
	"giaoban/data/inspect"
)

// KindAccepted names the records of accepted findings: Accepted.
const KindAccepted = "accepted"

// Accepted is a finding of the data checks with which the office lives. It holds
// for the facts as they were: Mark is their fingerprint.
type Accepted struct {
	Dossier uint64 `json:"Dossier"`
	Check   string `json:"Check"` // id of the check; see inspect.Kind
	Mark    uint64 `json:"Mark"`
	Why     string `json:"Why"`
	By      string `json:"By"`
	At      int64  `json:"At"` // Unix seconds
}

// Inspector returns what the data checks know of the office as it is now.
func (d reading) Inspector() *inspect.Office {
	c, rules := d.Catalogue(), d.Rules()
	units, procedures := map[uint32]*data.Unit{}, map[uint32]*data.Procedure{}
	for i := range c.Units {
		units[c.Units[i].ID] = &c.Units[i]
	}
	for i := range c.Procedures {
		procedures[c.Procedures[i].ID] = &c.Procedures[i]
	}
	return &inspect.Office{
		Today: d.Today(), Calendar: d.Calendar(), Options: rules.Options(d.Today()), Bases: d.Bases(), SimilarDays: rules.SimilarDays, WaitingDays: rules.WaitingDays, Postponements: rules.Postponements,
		Unit:      func(id uint32) *data.Unit { return units[id] },
		Procedure: func(id uint32) *data.Procedure { return procedures[id] },
		Twins:     c.twinsOf(),
		OwnCode:   Pattern(rules.CodePattern).reader(d.Office().Code),
	}
}

// reader returns a test of whether a code was written by the pattern, on any day.
func (p Pattern) reader(office string) func(code string) bool {
	var b strings.Builder
	b.WriteByte('^')
	text, last := string(p), 0
	for _, at := range patternToken.FindAllStringIndex(text, -1) {
		b.WriteString(regexp.QuoteMeta(text[last:at[0]]))
		switch t := text[at[0]:at[1]]; t {
		case "{ma}":
			b.WriteString(regexp.QuoteMeta(office))
		case "{nam}":
			b.WriteString(`\d{4}`)
		case "{nam2}", "{thang}", "{ngay}":
			b.WriteString(`\d{2}`)
		default:
			b.WriteString(`\d+`)
		}
		last = at[1]
	}
	b.WriteString(regexp.QuoteMeta(text[last:]) + "$")
	re, err := regexp.Compile(b.String())
	if err != nil || text == "" {
		return func(string) bool { return false }
	}
	return re.MatchString
}

// inspectChunk is how many ids a goroutine of Inspect takes at once.
const inspectChunk = 4096

// Inspect runs all data checks over the register, or over the dossiers that a
// period counts; those are compared with all others. Accepted findings are
// counted apart. progress may be nil.
func (d *Desk) Inspect(ctx context.Context, scope *data.Period, progress func(done, total int64)) (*inspect.Report, error) {
	if err := d.Wait(); err != nil {
		return nil, err
	}
	office := d.Inspector()
	accepted, err := d.acceptedMarks()
	if err != nil {
		return nil, err
	}
	last, err := Viewed(d, func(v View) (uint64, error) { return v.LastID(), nil })
	if err != nil {
		return nil, err
	}
	keep := d.inScope(scope, last)
	var next, done atomic.Uint64
	var told sync.Mutex
	work := func(s *inspect.Sweep) error {
		return d.store.View(func(v View) error {
			for {
				from := next.Add(inspectChunk) - inspectChunk + 1
				if from > last {
					return nil
				}
				if ctx.Err() != nil {
					return data.Fail(data.Cancelled, "Đã hủy kiểm tra.", ctx.Err())
				}
				to := min(from+inspectChunk-1, last)
				for id := from; id <= to; id++ {
					one, err := v.Dossier(id)
					if data.CodeOf(err) == data.NotFound {
						continue
					}
					if err != nil {
						return err
					}
					s.Look(&one)
				}
				n := done.Add(to - from + 1)
				if progress != nil {
					told.Lock()
					progress(int64(n), int64(last))
					told.Unlock()
				}
			}
		})
	}
	sweeps := make([]*inspect.Sweep, runtime.GOMAXPROCS(0))
	faults := make([]error, len(sweeps))
	var wg sync.WaitGroup
	for i := range sweeps {
		sweeps[i] = inspect.NewSweep(office, accepted, keep)
		wg.Go(func() { faults[i] = work(sweeps[i]) })
	}
	wg.Wait()
	for _, err := range faults {
		if err != nil {
			return nil, err
		}
	}
	return inspect.Merge(sweeps...), nil
}

// inScope returns a test of whether a period counts a dossier; nil for all.
func (d *Desk) inScope(scope *data.Period, last uint64) func(id uint32) bool {
	if scope == nil {
		return nil
	}
	set := make([]bool, last+1)
	for _, id := range d.List(Query{Period: scope, Column: data.ColReceived, AsOf: min(scope.To, d.Today())}).IDs {
		if uint64(id) <= last {
			set[id] = true
		}
	}
	return func(id uint32) bool { return uint64(id) < uint64(len(set)) && set[id] }
}

func (d *Desk) acceptedMarks() (map[inspect.Acceptance]uint64, error) {
	list, err := Records[Accepted](d, KindAccepted)
	out := make(map[inspect.Acceptance]uint64, len(list))
	for _, a := range list {
		out[inspect.Acceptance{Dossier: a.Value.Dossier, Kind: a.Value.Check}] = a.Value.Mark
	}
	return out, err
}

// AcceptedFindings returns what was accepted, newest first. Entries whose facts
// changed since are among them.
func (d *Desk) AcceptedFindings() ([]Stored[Accepted], error) {
	list, err := Records[Accepted](d, KindAccepted)
	slices.Reverse(list)
	return list, err
}

// AcceptFindings accepts what a check found, with a reason. The check passes over
// those dossiers until the facts change.
func (d *Desk) AcceptFindings(ctx context.Context, k *inspect.Kind, hits []inspect.Hit, why string) error {
	why = strings.TrimSpace(why)
	if why == "" {
		return &data.Error{Code: data.Invalid, Field: "why", Message: "Chấp nhận một lỗi cần lý do. Nhập lý do."}
	}
	office := d.Inspector()
	title := fmt.Sprintf("Chấp nhận «%s»: %s hồ sơ", k.Name, data.FormatInt(int64(len(hits))))
	return d.Change(ctx, Work{Title: title, Why: why}, func(tx Tx) error {
		old, err := Records[Accepted](tx, KindAccepted)
		if err != nil {
			return err
		}
		ids := map[uint64]uint64{}
		for _, o := range old {
			if o.Value.Check == k.ID {
				ids[o.Value.Dossier] = o.ID
			}
		}
		for i, h := range hits {
			if i%256 == 0 && ctx.Err() != nil {
				return data.Fail(data.Cancelled, "Đã hủy theo yêu cầu. Dữ liệu giữ nguyên như trước.", ctx.Err())
			}
			one, err := tx.Dossier(uint64(h.ID))
			if err != nil {
				return err
			}
			id := ids[one.ID]
			a := Accepted{Dossier: one.ID, Check: k.ID, Mark: k.Fingerprint(office, &one, h.Other), Why: why, By: d.Officer(), At: d.Now().Unix()}
			if err := tx.PutRecord(KindAccepted, &id, a); err != nil {
				return err
			}
		}
		return nil
	})
}

// WithdrawAccepted takes acceptances back, by the ids of their records.
func (d *Desk) WithdrawAccepted(ctx context.Context, ids []uint64) error {
	return d.Change(ctx, Work{Title: fmt.Sprintf("Thôi chấp nhận lỗi của %s hồ sơ", data.FormatInt(int64(len(ids))))}, func(tx Tx) error {
		for _, id := range ids {
			if err := tx.DropRecord(KindAccepted, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// Mending is what the mechanical fix of a check does to one dossier.
type Mending struct {
	ID          uint64
	Code, Owner string
	Lines       []Difference // none where it cannot be mended
}

// MendPreview tells what the fix of a check would do to dossiers, old and new.
// Nothing changes.
func (d *Desk) MendPreview(k *inspect.Kind, ids []uint32) ([]Mending, error) {
	office, c := d.Inspector(), d.Catalogue()
	out := make([]Mending, 0, len(ids))
	err := d.Dossiers(ids, func(one *data.Dossier) error {
		m := Mending{ID: one.ID, Code: one.Code, Owner: one.Owner.Name}
		after := *one
		after.Events = slices.Clone(one.Events)
		if k.Mend(office, &after) {
			if due := after.Due; due != one.Due {
				after.Due = one.Due
				moveDue(&after, due)
			}
			m.Lines = c.Differences(one, &after)
		}
		out = append(out, m)
		return nil
	})
	return out, err
}

// MendAll applies the fix of a check to dossiers as corrections with a reason,
// all in one change. Those that it cannot mend stay as they were. progress may
// be nil.
func (d *Desk) MendAll(ctx context.Context, k *inspect.Kind, ids []uint64, why string, progress func(done, total int64)) (Bulk, error) {
	switch k.ID {
	case inspect.UnitDouble, inspect.FieldDouble, inspect.ProcedureDouble:
		if strings.TrimSpace(why) == "" {
			return Bulk{}, &data.Error{Code: data.Invalid, Field: "why", Message: "Đính chính cần một lý do. Nhập lý do."}
		}
		return d.mergeDoubles(ctx, k, ids, why, progress)
	}
	office := d.Inspector()
	return d.AmendAll(ctx, ids, why, func(one *data.Dossier) { k.Mend(office, one) }, progress)
}
