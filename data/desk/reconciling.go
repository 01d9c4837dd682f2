package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/exchange"
	"giaoban/data/reconcile"
)

// KindDifference is the kind of the records that keep which differences from other
// books were accepted; their value is an AcceptedDifference.
const KindDifference = "difference"

// AcceptedDifference is a difference that an officer lets stand, with the
// reason. It counts as long as both sides stay what they were.
type AcceptedDifference struct {
	Code   string          `json:"Code"` // as reconcile.Key writes it
	Kind   reconcile.Kind  `json:"Kind"`
	Field  reconcile.Field `json:"Field,omitempty"`
	Ours   string          `json:"Ours,omitempty"`
	Theirs string          `json:"Theirs,omitempty"`
	Reason string          `json:"Reason"`
	File   string          `json:"File"`
	At     int64           `json:"At"` // Unix seconds
}

func (a *AcceptedDifference) of(f *reconcile.Finding) bool {
	return a.Kind == f.Kind && a.Field == f.Field && a.Code == reconcile.Key(f.Code) && a.Ours == f.Ours && a.Theirs == f.Theirs
}

// AcceptedDifferences returns what was accepted so far, oldest first.
func (d *Desk) AcceptedDifferences() ([]Stored[AcceptedDifference], error) {
	return Records[AcceptedDifference](d, KindDifference)
}

// ReconcileOptions say how a file is compared with the own book. The zero value
// finds everything out.
type ReconcileOptions struct {
	ImportOptions
	AsOf     data.Day // the day for which the file tells states; NoDay for all that is known
	From, To data.Day // days of receipt that the file covers; NoDay takes them from the file
	Minutes  bool     // times of day must agree too
	Progress func(done, total int64)
}

// Reconciliation is a file that was compared with the own book. Nothing is
// written before Apply.
type Reconciliation struct {
	reconcile.Result
	desk *Desk
	im   *Import
}

// OpenReconcile compares a file with the own book: what is missing on either
// side, and what differs. A table of counts is an error of code Invalid; other
// errors are those of OpenImport and reconcile.Compare. Close it after use.
func (d *Desk) OpenReconcile(ctx context.Context, path string, opt ReconcileOptions) (*Reconciliation, error) {
	im, err := d.OpenImport(ctx, path, opt.ImportOptions)
	return d.reconcile(ctx, im, err, opt)
}

// reconcile compares what was opened for import, unless err says that it was not.
func (d *Desk) reconcile(ctx context.Context, im *Import, err error, opt ReconcileOptions) (*Reconciliation, error) {
	if err != nil {
		return nil, err
	}
	r := &Reconciliation{desk: d, im: im}
	if r.Result, err = d.compare(ctx, im, opt); err != nil {
		im.Close()
		return nil, err
	}
	return r, nil
}

func (d *Desk) compare(ctx context.Context, im *Import, opt ReconcileOptions) (reconcile.Result, error) {
	m := im.Mapping()
	if m.Kind == exchange.Aggregated {
		return reconcile.Result{}, data.Fail(data.Invalid, fmt.Sprintf("Tệp %s là bảng số liệu tổng hợp nên không đối chiếu từng hồ sơ được. Chọn tệp danh sách hồ sơ.", im.source.Name()), nil)
	}
	accepted, err := d.AcceptedDifferences()
	if err != nil {
		return reconcile.Result{}, err
	}
	byCode := map[string][]*AcceptedDifference{}
	for i := range accepted {
		a := &accepted[i].Value
		byCode[a.Code] = append(byCode[a.Code], a)
	}
	return reconcile.Compare(ctx, im.source, &ownBook{d, d.Catalogue()}, reconcile.Options{AsOf: opt.AsOf, From: opt.From, To: opt.To, Minutes: opt.Minutes, Progress: opt.Progress,
		Accepted: func(f *reconcile.Finding) string {
			for _, a := range byCode[reconcile.Key(f.Code)] {
				if a.of(f) {
					return a.Reason
				}
			}
			return ""
		}})
}

// Close closes the file.
func (r *Reconciliation) Close() error { return r.im.Close() }

// ownBook is the register of a desk as reconcile.Book.
type ownBook struct {
	desk *Desk
	cat  *Catalogue
}

// Each implements reconcile.Book.
func (b *ownBook) Each(_ context.Context, fn func(reconcile.Entry) error) error {
	return b.desk.Read(func(v View) error {
		return v.Scan(func(g *data.Glance) error {
			e := reconcile.Entry{ID: g.ID, Code: string(g.Code), External: string(g.External), Unit: b.cat.Unit(g.Unit).Name, Received: g.Received.Day,
				Expected: g.Entry == 0 || g.Entry == data.Received}
			for i := range g.Events {
				if k := g.Events[i].Kind; k == data.Cancel || k == data.Refuse {
					e.Expected = false
				}
			}
			return fn(e)
		})
	})
}

// Dossier implements reconcile.Book.
func (b *ownBook) Dossier(id uint64) (reconcile.Own, error) {
	d, err := b.desk.Dossier(id)
	p := b.cat.Procedure(d.Procedure)
	return reconcile.Own{Dossier: d, Procedure: p.Name, ProcedureCode: p.Code}, err
}

// Choice is what the officer does about one finding.
type Choice struct {
	Finding int // its place in Findings
	Action  reconcile.Action
	Reason  string // of Accept
}

// ReconcileOutcome says what Apply did.
type ReconcileOutcome struct {
	Corrected int // dossiers that took facts from the file
	Added     int // dossiers that were missing here
	Accepted  int // differences that stand for a reason
	Kept      int // differences that stay open
	// Lines tell, for each dossier that was touched or could not be, what became
	// of it.
	Lines []Line
}

// Apply does what was chosen in one change that can be undone: facts taken from
// the file become corrections with the reason «Đối chiếu với …», missing
// dossiers come in as by an import, accepted differences are kept with their
// reason. A dossier whose facts would contradict each other stays as it is and is
// told in Lines. A choice that does not fit its finding is an error of code
// Invalid, and nothing is done.
func (r *Reconciliation) Apply(ctx context.Context, choices []Choice, run Run) (ReconcileOutcome, error) {
	var out ReconcileOutcome
	take, add, accept, err := r.sort(choices, &out)
	if err != nil || len(take)+len(add)+len(accept) == 0 {
		return out, err
	}
	d, im := r.desk, r.im
	hash, err := im.source.Hash()
	if err != nil {
		return ReconcileOutcome{}, err
	}
	rows := &staged{}
	if len(take)+len(add) > 0 {
		rows, err = im.stage(ctx, run, func(rec *exchange.Record) bool {
			return rec.Verdict == exchange.Accepted && (add[rec.Row] || len(take[rec.Row].fields) > 0)
		})
		if err != nil {
			return ReconcileOutcome{}, r.stopped(ctx, err)
		}
	}
	entry := &Entry{Title: fmt.Sprintf("Đối chiếu với %s: %s điểm khác nhau", r.File, data.FormatInt(int64(len(choices)-out.Kept))), Why: reconcile.Reason(r.File)}
	err = d.change(ctx, entry, func(tx Tx) error {
		if rows.stale(tx) {
			return data.Fail(data.Conflict, "Chưa làm gì: sổ đã được sửa từ lúc đối chiếu. Đối chiếu lại rồi chọn.", nil)
		}
		for i := range accept {
			id := uint64(0)
			if err := tx.PutRecord(KindDifference, &id, &accept[i]); err != nil {
				return err
			}
		}
		if len(take)+len(add) == 0 {
			return nil
		}
		m := im.Mapping()
		record := &Imported{File: r.File, Hash: hash, Sheet: sheetName(m), Family: m.Family, At: d.now().Unix()}
		if err := tx.PutImport(record); err != nil {
			return err
		}
		entry.Import = record.ID
		w := &importWriter{tx: tx, desk: d, names: newResolver(d.Catalogue()), run: Run{KeepLines: true}, out: &ImportResult{}, record: record, judged: map[[2]string]error{}}
		w.names.tx = tx
		err := rows.each(func(rec *exchange.Record) error {
			line := Line{Row: rec.Row, Code: rec.Dossier.Code, Owner: rec.Dossier.Owner.Name}
			if add[rec.Row] {
				if err := w.accept(rec, &line); err != nil {
					return err
				}
				if line.Fate == New {
					out.Added++
				}
			} else {
				if err := w.take(rec, take[rec.Row], &line); err != nil {
					return err
				}
				if line.Fate == Changed {
					out.Corrected++
				}
			}
			out.Lines = append(out.Lines, line)
			return nil
		})
		if err != nil {
			return err
		}
		rows.written(run, 1, 1)
		record.New, record.Change = out.Added, out.Corrected
		return tx.PutImport(record)
	})
	if err != nil && data.CodeOf(err) != data.Unsure {
		return ReconcileOutcome{}, r.stopped(ctx, err)
	}
	return out, err
}

// stopped tells an officer who cancelled that nothing happened.
func (r *Reconciliation) stopped(ctx context.Context, err error) error {
	if ctx.Err() != nil && data.CodeOf(err) != data.Cancelled {
		return data.Fail(data.Cancelled, "Đã hủy đối chiếu. Dữ liệu giữ nguyên như trước.", ctx.Err())
	}
	return err
}

// taking is what a row gives to an own dossier.
type taking struct {
	id     uint64
	fields []reconcile.Field
}

// sort parts the choices by what they do.
func (r *Reconciliation) sort(choices []Choice, out *ReconcileOutcome) (take map[int]taking, add map[int]bool, accept []AcceptedDifference, err error) {
	take, add = map[int]taking{}, map[int]bool{}
	for _, c := range choices {
		if c.Finding < 0 || c.Finding >= len(r.Findings) {
			return nil, nil, nil, data.Fail(data.Invalid, "Một điểm khác nhau được chọn không còn trong danh sách. Đối chiếu lại rồi chọn.", nil)
		}
		f := &r.Findings[c.Finding]
		if !f.Allows(c.Action) {
			return nil, nil, nil, data.Fail(data.Invalid, fmt.Sprintf("Hồ sơ %s: không làm được «%s» với «%s». Chọn cách khác.", f.Code, c.Action, f.Kind), nil)
		}
		switch c.Action {
		case reconcile.TakeTheirs:
			t := take[f.Row]
			t.id, t.fields = f.ID, append(t.fields, f.Field)
			take[f.Row] = t
		case reconcile.ImportMissing:
			add[f.Row] = true
		case reconcile.Accept:
			reason := strings.TrimSpace(c.Reason)
			if reason == "" {
				return nil, nil, nil, &data.Error{Code: data.Invalid, Field: "reason", Message: fmt.Sprintf("Hồ sơ %s: ghi lý do chấp nhận khác nhau.", f.Code)}
			}
			accept = append(accept, AcceptedDifference{Code: reconcile.Key(f.Code), Kind: f.Kind, Field: f.Field, Ours: f.Ours, Theirs: f.Theirs, Reason: reason, File: r.File, At: r.desk.now().Unix()})
			out.Accepted++
		default:
			out.Kept++
		}
	}
	return take, add, accept, nil
}

// take gives facts of a row to an own dossier.
func (w *importWriter) take(rec *exchange.Record, t taking, line *Line) error {
	d := &rec.Dossier
	if slices.Contains(t.fields, reconcile.Procedure) {
		id, _, err := w.names.procedure(rec.ProcedureCode, rec.Procedure, 0)
		if err != nil {
			return err
		}
		d.Procedure = id
		if name := w.names.procedureName(id); rec.Procedure != "" && rec.Procedure != name {
			d.Title = rec.Procedure
		}
	}
	own, err := w.tx.Dossier(t.id)
	if err != nil {
		return err
	}
	line.Code = own.Code
	merged, changes, err := reconcile.Take(own, rec, t.fields, exchange.MergeOptions{Procedure: w.names.procedureName(own.Procedure), Name: w.names.name, By: w.desk.Officer()})
	switch code := data.CodeOf(err); {
	case code == data.Invalid || code == data.Conflict:
		line.Fate, line.Reason = Rejected, err.Error()
		return nil
	case err != nil:
		return err
	case len(changes) == 0:
		line.Fate = Same
		return nil
	}
	line.Fate, line.Changes = Changed, changes
	return w.tx.PutDossier(&merged)
}

// OpenReconcileText compares a table that was copied to the clipboard with the
// own book, as OpenReconcile does with a file. Its errors are those of
// OpenImportText and OpenReconcile.
func (d *Desk) OpenReconcileText(ctx context.Context, text string, opt ReconcileOptions) (*Reconciliation, error) {
	im, err := d.OpenImportText(ctx, text, opt.ImportOptions)
	return d.reconcile(ctx, im, err, opt)
}
