package desk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/exchange"
	"giaoban/data/matter"
	"giaoban/data/text"
)

// Import is a file that is about to be imported: opened and understood, nothing
// written yet.
type Import struct {
	desk   *Desk
	source *exchange.Source
	opt    ImportOptions
	known  func(code string) bool
	name   string // of the package that the file came in; "" for none
	importing
	also     func(tx Tx, e *Entry, out *ImportResult) error // ends the change; nil for nothing
	progress func(done, total int64)
}

// importing is what another piece of work asks of an import of its dossiers; nil asks nothing.
type importing struct {
	// guard tells why a dossier must not be changed, "" where it may.
	guard func(tx Tx, one *data.Dossier) (string, error)
	place func(unit string) string // where dossiers of a unit of the file stand here
	met   func(one *data.Dossier)  // is told of every dossier that was there
}

// Fate is what an import does with a row.
type Fate uint8

// The fates.
const (
	New Fate = iota
	Changed
	Same
	Duplicate
	Rejected
)

// String returns the Vietnamese name.
func (f Fate) String() string {
	return [...]string{"Mới", "Thay đổi", "Không đổi", "Trùng dòng", "Không nhận"}[f]
}

// Line is one row of the file and what the import does with it.
type Line struct {
	Row                      int
	Sheet                    int // table of the file, from 1
	Fate                     Fate
	Code, Owner              string
	Column, Value, Reason    string // of a rejected or duplicate row
	Changes, Notes           []string
	Received, Due, Procedure string
}

// ImportResult says what an import did, or would do.
type ImportResult struct {
	Source                                        string
	Kind                                          exchange.Kind
	Rows, New, Changed, Same, Duplicate, Rejected int
	Added                                         int // catalogue entries that came with the file
	Notes                                         []exchange.Note
	// Reported is the table of counts that was stored, or would be; nil when the
	// file is a register or its period is not known. Fate says what became of it.
	Reported *Reported
	Fate     Fate
	Lines    []Line // all rows with KeepLines, else the rejected ones
}

// ImportOptions say how a file is imported. The zero value finds everything out.
type ImportOptions struct {
	Sheet    int               // from 1; 0 finds it
	Mapping  *exchange.Mapping // as the officer changed it
	Order    exchange.Order    // the officer's answer about dates
	Statuses map[string]data.Status
	// UnitName says whose the file is where its rows, or the titles of a table of
	// counts, name no unit; "" leaves them without. A unit that the catalogue
	// lacks is added as one that came with the file.
	UnitName string
	// Unit and Period say whose figures a table of counts holds, and of when; 0
	// and the zero value take what its titles tell.
	Unit   uint32
	Period data.Period
}

// OpenImport opens a file for import. It begins with the columns and states that
// an officer confirmed for an earlier file with the same heading. Its errors are
// those of exchange.Open.
func (d *Desk) OpenImport(ctx context.Context, path string, opt ImportOptions) (*Import, error) {
	return d.openImport(opt, func(o exchange.Options) (*exchange.Source, error) { return exchange.Open(ctx, path, o) })
}

// OpenImportText opens a table that was copied to the clipboard for import, as
// OpenImport does with a file. Its errors are those of exchange.OpenText.
func (d *Desk) OpenImportText(ctx context.Context, text string, opt ImportOptions) (*Import, error) {
	return d.openImport(opt, func(o exchange.Options) (*exchange.Source, error) { return exchange.OpenText(ctx, text, o) })
}

func (d *Desk) openImport(opt ImportOptions, open func(exchange.Options) (*exchange.Source, error)) (*Import, error) {
	if err := d.Wait(); err != nil {
		return nil, err
	}
	saved, err := d.savedMappings()
	if err != nil {
		return nil, err
	}
	im := &Import{desk: d, opt: opt}
	im.known = im.holds
	source, err := open(exchange.Options{
		Sheet: opt.Sheet, Mapping: opt.Mapping, Order: opt.Order, Statuses: opt.Statuses, Unit: text.Line(opt.UnitName), Today: d.Today(), Saved: saved,
		Known: func(code string) bool { return im.known(code) },
		Progress: func(done, total int64) {
			if im.progress != nil {
				im.progress(done, total)
			}
		},
	})
	if err != nil {
		return nil, err
	}
	im.source = source
	return im, nil
}

// Close closes the file.
func (im *Import) Close() error { return im.source.Close() }

// Mapping returns how the file is read.
func (im *Import) Mapping() exchange.Mapping { return im.source.Mapping() }

func (im *Import) sourceName() string {
	if im.name != "" {
		return im.name
	}
	return im.source.Name()
}

// Preview returns the first n rows as they would be judged.
func (im *Import) Preview(ctx context.Context, n int) ([]exchange.Record, error) {
	return im.source.Preview(ctx, n)
}

// Statuses returns the names of states that the program does not know.
func (im *Import) Statuses(ctx context.Context) (map[string]int, error) {
	return im.source.Statuses(ctx)
}

// Run says how Apply and DryRun work.
type Run struct {
	Progress  func(done, total int64)
	KeepLines bool // keep every row in the result, not the rejected ones only
	// Rows tells, before Progress, how many rows were read and how many of them written.
	Rows func(read, written int64)
}

func (r Run) tell(done, total, read, written int64) {
	if r.Rows != nil {
		r.Rows(read, written)
	}
	if r.Progress != nil {
		r.Progress(done, total)
	}
}

// What ends a transaction without keeping anything.
var (
	errDryRun = errors.New("dry run")
	errStale  = errors.New("the register changed since the file was read")
)

// UndoImport takes back the dossiers of one import, whatever was done since; it can be
// undone in turn. What the import added to the catalogue stays. data.Conflict where
// its dossiers were changed since.
func (d *Desk) UndoImport(ctx context.Context, id uint64) error {
	list, err := d.Imports()
	if err != nil {
		return err
	}
	if err := d.who.Role.Allow(ToOverride); err != nil {
		return err
	}
	title := "Hoàn tác lần nhập"
	for _, i := range list {
		if i.ID == id {
			title += " từ " + i.File
		}
	}
	return d.follow(ctx, func(then func(Tx) error) error {
		return d.store.UndoImport(ctx, id, title, d.Officer(), then)
	})
}

// importTries is how often a file is read again because the register changed
// meanwhile in a way that matters to its rows.
const importTries = 3

// DryRun does everything that Apply does and then takes it back before anything
// reaches the file: what it reports is what Apply will do.
func (im *Import) DryRun(ctx context.Context, run Run) (ImportResult, error) {
	return im.run(ctx, run, true)
}

// Apply imports the file in one transaction: all of it, or nothing when it is
// cancelled or turns out to be broken. The whole import can be undone. What the
// officer said about columns, dates and states is kept for the next file with
// the same heading.
func (im *Import) Apply(ctx context.Context, run Run) (ImportResult, error) {
	out, err := im.run(ctx, run, false)
	if err != nil {
		return out, err
	}
	if err := im.remember(context.WithoutCancel(ctx)); err != nil {
		out.Notes = append(out.Notes, exchange.Note{Code: exchange.NoteMemory, Text: "Đã nhập xong nhưng chưa nhớ được cách ghép cột cho lần sau."})
	}
	return out, nil
}

func (im *Import) run(ctx context.Context, run Run, dry bool) (ImportResult, error) {
	out := ImportResult{Source: im.sourceName(), Kind: im.Mapping().Kind}
	hash, err := im.source.Hash()
	if err != nil {
		return out, err
	}
	// A file is read once and row by row: collect early, so that memory stays that
	// of the changes and not twice that.
	defer collectEarly()()
	if out.Kind == exchange.Aggregated {
		return im.runReport(ctx, out, hash, dry)
	}
	for range importTries {
		var rows *staged
		if rows, err = im.stage(ctx, run, func(*exchange.Record) bool { return true }); err == nil {
			out, err = im.write(ctx, run, rows, hash, dry)
		}
		if !errors.Is(err, errStale) {
			break
		}
	}
	switch {
	case err == nil, data.CodeOf(err) == data.Unsure:
		return out, err
	case errors.Is(err, errStale):
		err = data.Fail(data.Conflict, "Chưa nhập gì: sổ đang được sửa ở nơi khác trong lúc đọc tệp. Nhập lại.", nil)
	case ctx.Err() != nil && data.CodeOf(err) != data.Cancelled:
		err = data.Fail(data.Cancelled, "Đã hủy nhập. Dữ liệu giữ nguyên như trước.", ctx.Err())
	}
	return ImportResult{Source: out.Source}, err
}

// write writes the rows of a file, or finds out what writing them would do.
func (im *Import) write(ctx context.Context, run Run, rows *staged, hash string, dry bool) (ImportResult, error) {
	d, m, entry := im.desk, im.Mapping(), &Entry{}
	out := ImportResult{Source: im.sourceName(), Rows: rows.summary.Rows, Kind: rows.summary.Kind, Notes: rows.summary.Notes}
	err := d.change(ctx, entry, func(tx Tx) error {
		if rows.stale(tx) {
			return errStale
		}
		tx.Batch()
		record := &Imported{File: out.Source, Hash: hash, Sheet: sheetName(m), Family: m.Family, At: d.now().Unix()}
		if err := tx.PutImport(record); err != nil {
			return err
		}
		w := &importWriter{tx: tx, desk: d, names: newResolver(d.Catalogue()), run: run, out: &out, record: record, judged: map[[2]string]error{}, importing: im.importing}
		w.names.tx = tx
		done, total := 0, rows.rows
		err := rows.each(func(rec *exchange.Record) error {
			if done++; done%1024 == 0 {
				if err := ctx.Err(); err != nil {
					return err
				}
				rows.written(run, done, total)
			}
			return w.row(rec)
		})
		if err != nil {
			return err
		}
		rows.written(run, 1, 1)
		out.Added = w.names.added
		record.New, record.Same, record.Change, record.Reject = out.New, out.Same, out.Changed, out.Rejected
		entry.Title = fmt.Sprintf("Nhập %s hồ sơ từ %s", data.FormatInt(int64(out.New+out.Changed)), out.Source)
		entry.Import = record.ID
		if dry || out.New+out.Changed == 0 {
			return errDryRun // nothing to keep, not even an empty import
		}
		if err := tx.PutImport(record); err != nil || im.also == nil {
			return err
		}
		return im.also(tx, entry, &out)
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return out, err
}

// FieldDemo is the Field of the error that refuses real dossiers in the demonstration.
const FieldDemo = "demo"

// importWriter turns the records of a file into dossiers.
type importWriter struct {
	tx     Tx
	desk   *Desk
	names  *resolver
	run    Run
	out    *ImportResult
	record *Imported
	judged map[[2]string]error // by code and name of a procedure
	importing
	// externals are the dossiers by their codes in other systems; nil until asked for.
	externals map[string]uint64
}

func (w *importWriter) row(rec *exchange.Record) error {
	line := Line{Row: rec.Row, Sheet: rec.Sheet, Code: rec.Dossier.Code, Owner: rec.Dossier.Owner.Name}
	switch rec.Verdict {
	case exchange.Duplicate:
		line.Fate, line.Reason = Duplicate, rec.Reason
	case exchange.Rejected:
		line.Fate, line.Column, line.Value, line.Reason = Rejected, rec.Column, rec.Value, rec.Reason
	default:
		if err := w.accept(rec, &line); err != nil {
			return err
		}
	}
	switch line.Fate {
	case New:
		w.out.New++
	case Changed:
		w.out.Changed++
	case Same:
		w.out.Same++
	case Duplicate:
		w.out.Duplicate++
	case Rejected:
		w.out.Rejected++
	}
	if w.run.KeepLines || line.Fate == Rejected {
		if w.run.KeepLines {
			line.Received, line.Due, line.Procedure = rec.Dossier.Received.String(), rec.Dossier.Due.String(), rec.Procedure
			line.Notes = append([]string(nil), rec.Notes...)
		}
		w.out.Lines = append(w.out.Lines, line)
	}
	return nil
}

func (w *importWriter) accept(rec *exchange.Record, line *Line) error {
	d := &rec.Dossier
	if w.desk.Office().Demo && !data.MadeUp(d.Code) {
		return &data.Error{Code: data.Conflict, Field: FieldDemo, Message: fmt.Sprintf("Chưa nhập gì: đây là cơ quan minh họa, còn tệp có hồ sơ thật (dòng %d, mã %s). Lập sổ mới của cơ quan rồi nhập tệp này vào đó.", rec.Row, d.Code)}
	}
	if err := w.matter(rec); err != nil {
		line.Fate, line.Reason = Rejected, err.Error()
		return nil
	}
	if w.place != nil {
		// Its offices within are not those of the same name here.
		rec.Unit, rec.Receiver, rec.Helper = w.place(rec.Unit), "", ""
	}
	var err error
	for _, u := range []struct {
		name string
		to   *uint32
	}{{rec.Unit, &d.Unit}, {rec.Receiver, &d.Receiver}, {rec.Helper, &d.Helper}} {
		if *u.to, err = w.names.unit(u.name, d.Received.Day); err != nil {
			return err
		}
	}
	if d.Field, err = w.names.field(rec.Field); err != nil {
		return err
	}
	if d.Procedure, d.Field, err = w.names.procedure(rec.ProcedureCode, rec.Procedure, d.Field); err != nil {
		return err
	}
	if name := w.names.procedureName(d.Procedure); rec.Procedure != "" && rec.Procedure != name {
		d.Title = rec.Procedure
	}
	d.Origin.Import = w.record.ID
	id, err := w.find(d)
	if err != nil {
		return err
	}
	if id == 0 && rec.Matched {
		line.Fate, line.Reason = Rejected, fmt.Sprintf("Dòng không có ngày tiếp nhận và sổ không có hồ sơ %s. Ghi ngày tiếp nhận rồi nhập lại dòng này.", d.Code)
		return nil
	}
	if id == 0 {
		line.Fate = New
		one := *d
		one.ID = 0
		err := w.tx.PutDossier(&one)
		if d.ExternalCode != "" {
			w.externals[text.Fold(d.ExternalCode)] = one.ID
		}
		return err
	}
	existing, err := w.tx.Dossier(id)
	if err != nil {
		return err
	}
	if w.met != nil {
		w.met(&existing)
	}
	title := existing.Title
	if title == "" {
		title = w.names.procedureName(existing.Procedure)
	}
	merged, changes, err := exchange.Merge(existing, rec, exchange.MergeOptions{Procedure: title, Name: w.names.name})
	switch {
	case err != nil && data.CodeOf(err) != data.Invalid && data.CodeOf(err) != data.Conflict:
		return err
	case err != nil:
		line.Fate, line.Reason = Rejected, err.Error()
		if e := (*data.Error)(nil); errors.As(err, &e) && e.Field == "code" {
			line.Column, line.Value = "Mã hồ sơ", rec.Dossier.Code
		}
		return nil
	case len(changes) == 0:
		line.Fate = Same
		return nil
	}
	if w.guard != nil {
		if line.Reason, err = w.guard(w.tx, &existing); err != nil || line.Reason != "" {
			line.Fate = Rejected
			return err
		}
	}
	line.Fate, line.Changes = Changed, changes
	return w.tx.PutDossier(&merged)
}

// matter refuses a row that is about no administrative procedure; see refuseMatter.
// Each procedure of the file is looked at once.
func (w *importWriter) matter(rec *exchange.Record) error {
	name := rec.Procedure
	if name == "" && rec.ProcedureCode == "" {
		return matter.Refuse("", rec.Dossier.Content, w.desk.Bases(), rec.Dossier.Received.Day)
	}
	key := [2]string{rec.ProcedureCode, name}
	err, known := w.judged[key]
	if !known {
		err = matter.Refuse(rec.ProcedureCode, name, w.desk.Bases(), rec.Dossier.Received.Day)
		w.judged[key] = err
	}
	return err
}

// find returns the own dossier that a row tells of, 0 for none: the one with its code;
// else the one that another system keeps under that code, or that the row names as the
// code of another system. The row then speaks of the own code.
func (w *importWriter) find(d *data.Dossier) (uint64, error) {
	if id := w.tx.FindCode(d.Code); id != 0 {
		return id, nil
	}
	if w.externals == nil {
		w.externals = w.desk.register.Externals()
	}
	id, external := w.externals[text.Fold(d.Code)], d.ExternalCode
	if id == 0 && external != "" {
		id, external = w.tx.FindCode(external), d.Code
	}
	if id == 0 {
		return 0, nil
	}
	own, err := w.tx.Dossier(id)
	d.Code, d.ExternalCode = own.Code, external
	return id, err
}

func sheetName(m exchange.Mapping) string {
	if m.Sheet >= 1 && m.Sheet <= len(m.Sheets) {
		return m.Sheets[m.Sheet-1]
	}
	return ""
}

// WriteRejected writes the rejected rows of a result as a workbook with their
// original columns and a column "Lý do".
func (im *Import) WriteRejected(ctx context.Context, path string, r ImportResult) error {
	var rejected []exchange.Record
	for _, l := range r.Lines {
		if l.Fate == Rejected {
			rejected = append(rejected, exchange.Record{Row: l.Row, Sheet: l.Sheet, Verdict: exchange.Rejected, Reason: l.Reason})
		}
	}
	return disk.Whole(path, func(w io.Writer) error { return exchange.WriteRejected(ctx, w, im.source, rejected) })
}

// FirstRows returns the first rows of the file as it has them; see
// exchange.Source.FirstRows.
func (im *Import) FirstRows(ctx context.Context, n int) ([]exchange.RawRow, error) {
	return im.source.FirstRows(ctx, n)
}

// Fingerprint returns which of Mappings the file began with; "" when it began
// with none.
func (im *Import) Fingerprint() string {
	if s := im.source.Reused(); s != nil {
		return s.Fingerprint
	}
	return ""
}

// KindMapping is the kind of the records that keep how files are read; their
// value is an exchange.Saved.
const KindMapping = "mapping"

// savedMappings returns the kept answers, newest first.
func (d *Desk) savedMappings() ([]exchange.Saved, error) {
	list, err := d.Mappings()
	saved := make([]exchange.Saved, len(list))
	for i := range list {
		saved[len(list)-1-i] = list[i].Value
	}
	return saved, err
}

// Mappings returns how files of each source are read, as officers confirmed it,
// oldest first.
func (d *Desk) Mappings() ([]Stored[exchange.Saved], error) {
	return Records[exchange.Saved](d, KindMapping)
}

// ForgetMapping takes one of Mappings out: the next file with that heading is
// read afresh. It can be undone.
func (d *Desk) ForgetMapping(ctx context.Context, id uint64) error {
	return d.Drop(ctx, Work{Title: "Bỏ cách ghép cột đã nhớ"}, KindMapping, id)
}

// Reused returns the sentence which tells that the file began with the answers
// of an earlier import; "" when it did not.
func (im *Import) Reused() string {
	if s := im.source.Reused(); s != nil {
		return s.Sentence()
	}
	return ""
}

// remember keeps what the officer answered for this file, for the next one with
// its heading. Undo passes over it: who takes an import back to do it better
// need not answer again.
func (im *Import) remember(ctx context.Context) error {
	d, o := im.desk, &im.opt
	if o.Mapping == nil && o.Order == exchange.AutoOrder && len(o.Statuses) == 0 {
		return nil
	}
	m := im.Mapping()
	if len(o.Statuses) > 0 {
		merged := maps.Clone(o.Statuses)
		maps.Copy(merged, m.Statuses)
		m.Statuses = merged
	}
	saved, ok := m.Save(o.Order)
	if !ok {
		return nil
	}
	saved.File, saved.Day = im.source.Name(), data.DayOf(d.now())
	list, err := d.Mappings()
	if err != nil {
		return err
	}
	id := uint64(0)
	for i := range list {
		if list[i].Value.Fingerprint == saved.Fingerprint {
			if id = list[i].ID; list[i].Value.SameAs(&saved) {
				return nil
			}
		}
	}
	_, err = d.Keep(ctx, Work{Title: fmt.Sprintf("Nhớ cách ghép cột của tệp %s", saved.File), Note: true}, KindMapping, id, saved)
	return err
}
