package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/exchange"
	"giaoban/data/indicator"
	"giaoban/data/logbook"
	"giaoban/data/packet"
	"giaoban/data/text"
)

// KindArrival is the kind of the records of packages that were taken; their value is an
// Arrival.
const KindArrival = "arrival"

// Arrival is a package that was taken.
type Arrival struct {
	ID    uint64       `json:"-"`
	Unit  string       `json:"unit"` // of the card
	Name  string       `json:"name"`
	Key   string       `json:"key"`   // fingerprint of the card
	State packet.State `json:"state"` // of the card, for a package of that day
	Why   string       `json:"why,omitempty"`
	packet.Seen
	Label     string   `json:"label"` // of the period
	AsOf      string   `json:"asOf"`
	Created   int64    `json:"created"` // Unix seconds, by the sender's clock
	At        int64    `json:"at"`      // when it was taken, Unix seconds
	Replaces  uint64   `json:"replaces,omitempty"`
	Rows      int      `json:"rows"`
	New       int      `json:"new"`
	Changed   int      `json:"changed"`
	Same      int      `json:"same"`
	Rejected  int      `json:"rejected"`
	Conflicts int      `json:"conflicts"`          // of Rejected: changed here since
	Warnings  []string `json:"warnings,omitempty"` // sums that do not hold
	Notes     []string `json:"notes,omitempty"`    // other rules or definitions than here
	Reasons   []string `json:"reasons,omitempty"`  // of rejected rows, the first hundred
	Import    uint64   `json:"import,omitempty"`   // id of the import of dossiers
	Twice     []Twin   `json:"twice,omitempty"`    // dossiers that another unit sent before, the first thousand
}

// maxReasons and maxTwice are how many reasons and twins an Arrival keeps.
const (
	maxReasons = 100
	maxTwice   = 1000
)

// reject notes why a row was not taken.
func (a *Arrival) reject(reason string) {
	if len(a.Reasons) < maxReasons {
		a.Reasons = append(a.Reasons, reason)
	}
}

// Arrivals returns the packages that were taken and not undone, oldest first.
func (d *Desk) Arrivals() ([]Arrival, error) {
	return Viewed(d, arrivals)
}

func arrivals(v View) ([]Arrival, error) {
	list, err := Records[Arrival](v, KindArrival)
	if err != nil {
		return nil, err
	}
	imports, err := v.Imports()
	if err != nil {
		return nil, err
	}
	there := map[uint64]bool{0: true}
	for _, i := range imports {
		there[i.ID] = true
	}
	var out []Arrival
	for _, s := range list {
		if there[s.Value.Import] { // else the import was undone by itself
			s.Value.ID = s.ID
			out = append(out, s.Value)
		}
	}
	return out, nil
}

// OpenPackage reads and proves a package, with the phrase that it is sealed by or ""; see
// packet.Open. The caller closes it.
func (d *Desk) OpenPackage(ctx context.Context, path, phrase string) (*packet.Package, error) {
	keys, err := d.packetKeys(ctx)
	if err != nil {
		return nil, err
	}
	book, err := d.PacketCards()
	if err != nil {
		return nil, err
	}
	return packet.Open(path, &keys, phrase, book, d.now())
}

// PackageTaking says how a package is taken.
type PackageTaking struct {
	Over   bool   // rows that were changed here since are taken too
	Why    string // the reason to take a package whose card nobody compared with paper
	Sheets Sheets // where score sheets are taken
}

// TakePackage takes what a package holds in one change, with a record of its arrival.
// It refuses what packet.Package.Follows refuses, and without a reason one whose card is
// not checked. Rows that were changed here since they last came are left, and told,
// unless Over says otherwise.
func (d *Desk) TakePackage(ctx context.Context, p *packet.Package, how PackageTaking) (Arrival, error) {
	if err := d.Wait(); err != nil {
		return Arrival{}, err
	}
	before, err := d.Arrivals()
	if err != nil {
		return Arrival{}, err
	}
	how.Why = text.Line(how.Why)
	if err := acceptable(p, before, how.Why); err != nil {
		return Arrival{}, err
	}
	period, err := p.Of()
	if err != nil {
		return Arrival{}, err
	}
	t := &packetTaker{desk: d, p: p, how: how, before: before, period: period, conflicts: map[string]bool{}, from: fmt.Sprintf("%s%d của %s", packetPrefix, p.Seq, p.From.Name)}
	t.out = Arrival{Unit: p.From.UnitID, Name: p.From.Name, Key: p.From.KeyID, State: p.State, Why: how.Why, Seen: packet.Seen{Seq: p.Seq, Digest: p.Digest,
		Previous: p.Previous, Kind: p.Kind, Corrects: p.Corrects, Period: p.Period}, Label: period.Label, AsOf: p.AsOf, Created: p.Created().Unix(), At: d.now().Unix(), Replaces: p.Replaces}
	if err := t.run(ctx); err != nil {
		return Arrival{}, err
	}
	return t.out, nil
}

// packetPrefix begins the source of what came in a package.
const packetPrefix = "Gói số "

// acceptable refuses a package whose sender, number or card does not allow to take it.
func acceptable(p *packet.Package, before []Arrival, why string) error {
	if p.Own {
		return data.Fail(data.Refused, "Đây là gói do chính cơ quan này lập. Chỉ nhận gói của đơn vị khác.", nil)
	}
	var seen []packet.Seen
	for i := range before {
		if before[i].Unit == p.From.UnitID {
			seen = append(seen, before[i].Seen)
		}
	}
	if err := p.Follows(seen); err != nil {
		return err
	}
	if err := corrects(p, before); err != nil {
		return err
	}
	if p.State != packet.Checked && why == "" {
		return &data.Error{Code: data.Denied, Field: "reason", Message: fmt.Sprintf("Thẻ của %s đang ở trạng thái «%s» nên chưa chắc gói là của đơn vị. "+
			"Đối chiếu dấu vân tay với tờ giấy, hoặc ghi lý do để vẫn nhận.", p.From.Name, p.State.Title())}
	}
	return nil
}

// corrects refuses corrections of what is not here.
func corrects(p *packet.Package, before []Arrival) error {
	if p.Kind != packet.Corrections {
		return nil
	}
	one := data.Find(before, func(a *Arrival) bool { return a.Unit == p.From.UnitID && a.Seq == p.Replaces })
	switch {
	case one == nil:
		return &data.Error{Code: data.Conflict, Field: packet.ManifestPart, Message: fmt.Sprintf("Gói này sửa gói số %d của %s, gói ấy chưa nhận. Nhận gói số %d trước; chưa có gì được nhập.", p.Replaces, p.From.Name, p.Replaces)}
	case one.Content() != p.Corrects || one.Period != p.Period:
		return &data.Error{Code: data.Refused, Field: packet.ManifestPart, Message: fmt.Sprintf("Không nhận gói: gói sửa gói số %d của %s nhưng khác loại hoặc khác kỳ với gói ấy. Xin đơn vị gửi lại; chưa có gì được nhập.", p.Replaces, p.From.Name)}
	}
	return nil
}

type packetTaker struct {
	desk   *Desk
	p      *packet.Package
	how    PackageTaking
	before []Arrival
	period data.Period
	from   string // how the package is called in what came in it
	out    Arrival
	kept   bool
	// conflicts are what is not as the sender's last package left it.
	conflicts map[string]bool
}

// run imports the parts; the arrival is kept in the same change. Where nothing of a
// package is new, the arrival alone is kept.
func (t *packetTaker) run(ctx context.Context) error {
	var err error
	switch t.p.Content() {
	case packet.Figures:
		err = t.figures(ctx)
	case packet.Dossiers:
		err = t.dossiers(ctx)
	case packet.Indicators:
		err = t.indicators(ctx)
	case packet.Entries:
		err = t.entries(ctx)
	case packet.Scores:
		err = t.sheets(ctx)
	default:
		err = data.Fail(data.Refused, fmt.Sprintf("Chương trình chưa nhận được gói loại «%s».", t.p.Kind), nil)
	}
	if err != nil || t.kept {
		return err
	}
	return t.desk.Change(ctx, Work{Title: t.title()}, func(tx Tx) error { return t.keep(tx) })
}

func (t *packetTaker) title() string {
	return fmt.Sprintf("Nhận gói %s %s số %d của %s", t.p.Kind.Title(), t.period.Label, t.p.Seq, t.p.From.Name)
}

func (t *packetTaker) keep(tx Tx) error {
	now, err := arrivals(tx)
	if err != nil {
		return err
	}
	if err := acceptable(t.p, now, t.how.Why); err != nil { // another desk may have taken it meanwhile
		return err
	}
	if err := tx.PutRecord(KindArrival, &t.out.ID, &t.out); err != nil {
		return err
	}
	t.kept = true
	return nil
}

// ours reports whether a source names a package of the same sender.
func (t *packetTaker) ours(source string) bool {
	return strings.HasPrefix(source, packetPrefix) && (strings.HasSuffix(source, " của "+t.p.From.Name) || strings.Contains(source, " của "+t.p.From.Name+", dòng "))
}

// conflict tells that something here is not as the sender's last package left it.
func (t *packetTaker) conflict(what string) string {
	t.conflicts[what] = true // the import may ask twice where the register changed meanwhile
	t.out.Conflicts = len(t.conflicts)
	return what + " đã có hoặc đã sửa ở đây sau lần nhận trước nên giữ nguyên. Nhận lại với lựa chọn ghi đè nếu lấy số của gói."
}

// PacketUnit finds the sender of packages in the catalogue: by its code, else by its name;
// 0 for none.
func (d *Desk) PacketUnit(code, name string) uint32 { return packetUnit(d.Catalogue(), code, name) }

func packetUnit(cat *Catalogue, code, name string) uint32 {
	for _, u := range cat.Units {
		if u.Code != "" && u.Code == code {
			return u.ID
		}
	}
	return newResolver(cat).units[unitKey(name)]
}

func (t *packetTaker) figures(ctx context.Context) error {
	raw, err := os.ReadFile(t.p.Path(figuresPart))
	var in figuresFile
	if err == nil {
		err = json.Unmarshal(raw, &in)
	}
	if err != nil {
		return data.Fail(data.Refused, "Không nhận gói: phần «"+figuresPart+"» không phải bảng số liệu. Xin đơn vị gửi lại; chưa có gì được nhập.", err)
	}
	if !in.sound() {
		return data.Fail(data.Refused, "Không nhận gói: phần «"+figuresPart+"» có số âm, số quá lớn hoặc cột lạ. Xin đơn vị gửi lại; chưa có gì được nhập.", nil)
	}
	one := t.reported(&in)
	t.out.Notes = t.otherwise()
	t.out.Rows, t.out.Warnings = len(in.Rows), one.Warnings
	return t.desk.change(ctx, &Entry{Title: t.title()}, func(tx Tx) error {
		list, err := Records[Reported](tx, KindReported)
		if err != nil {
			return err
		}
		fate := New
		for i := range list {
			old := &list[i].Value
			if !old.sameReport(&one) {
				continue
			}
			one.ID, fate = list[i].ID, Changed
			switch {
			case old.sameFigures(&one):
				fate = Same
			case old.Sender != one.Sender && !t.how.Over:
				fate = Rejected
				t.out.reject(t.conflict(fmt.Sprintf("Số liệu %s (từ %s)", old.Period.Label, old.Source)))
			}
		}
		switch fate {
		case New:
			t.out.New = len(in.Rows)
		case Changed:
			t.out.Changed = len(in.Rows)
		case Same:
			t.out.Same = len(in.Rows)
		case Rejected:
			t.out.Rejected = len(in.Rows)
		}
		if fate == New || fate == Changed {
			if err := tx.PutRecord(KindReported, &one.ID, &one); err != nil {
				return err
			}
		}
		return t.keep(tx)
	})
}

// otherwise tells where the sender counts by other rules or definitions than this office.
func (t *packetTaker) otherwise() (notes []string) {
	if t.p.RulesVersion != countedBy(t.desk.Rules()) {
		notes = append(notes, "Đơn vị tính hạn theo quy tắc khác với cơ quan này (giờ chuyển hồ sơ, giờ nhận trong ngày, cách tính cuối ngày hoặc theo đơn vị đã sáp nhập): số trước hạn, đúng hạn, quá hạn có thể khác số tính ở đây.")
	}
	for _, d := range t.p.Definitions {
		if col := data.Column(d.Figure); slices.Contains(data.Columns, col) && d != definitionOf(col) {
			notes = append(notes, fmt.Sprintf("Cột «%s» do đơn vị định nghĩa khác với chương trình này.", col.Label()))
		}
	}
	return notes
}

// reported makes a table of counts of what the package states.
func (t *packetTaker) reported(in *figuresFile) Reported {
	names := newResolver(t.desk.Catalogue())
	one := Reported{Unit: t.desk.PacketUnit(t.p.From.UnitID, t.p.From.Name), UnitName: t.p.From.Name, Period: t.period, Form: "II.06a", HasTotal: true, Total: exchange.ReportRow{Name: "Tổng cộng", Figures: in.Total},
		Source: t.from, Hash: t.p.Digest, At: t.out.At, Sender: t.p.From.UnitID}
	sum := data.Counts{}
	for i, r := range in.Rows {
		row := exchange.ReportRow{Row: i + 1, Name: text.Line(r.Name), Figures: r.Figures}
		sum.Add(row.Counts())
		one.Rows = append(one.Rows, ReportedRow{ReportRow: row, Field: names.fields[text.NameKey(row.Name)]})
	}
	total := one.Total.Counts()
	for _, col := range packetColumns {
		if a, b := col.Of(sum), col.Of(total); a != b {
			one.Warnings = append(one.Warnings, fmt.Sprintf("Cột «%s»: cộng các dòng được %s, dòng tổng ghi %s.", col.Label(), data.FormatInt(a), data.FormatInt(b)))
		}
	}
	one.Warnings = append(one.Warnings, gapOf(total)...)
	return one
}

func (t *packetTaker) dossiers(ctx context.Context) error {
	im, err := t.desk.OpenImport(ctx, t.p.Path(dossiersPart), ImportOptions{UnitName: t.p.From.Name})
	if err != nil {
		return err
	}
	defer im.Close()
	im.name = t.from
	mine, others := map[uint64]bool{}, map[uint64]string{}
	for i := range t.before {
		switch a := &t.before[i]; {
		case a.Import == 0:
		case a.Unit == t.p.From.UnitID:
			mine[a.Import] = true
		default:
			others[a.Import] = a.Name
		}
	}
	cat := t.desk.Catalogue()
	names := newResolver(cat)
	im.place = func(unit string) string {
		if u := cat.Unit(names.units[unitKey(unit)]); u.Level == data.LevelCommune {
			return unit // a district sends the dossiers of its communes
		}
		return t.p.From.Name
	}
	im.met = func(one *data.Dossier) {
		if with := others[one.Origin.Import]; with != "" && len(t.out.Twice) < maxTwice {
			t.out.Twice = append(t.out.Twice, Twin{one.Code, t.p.From.Name, with})
		}
	}
	if !t.how.Over {
		var left map[uint64]bool
		im.guard = func(tx Tx, one *data.Dossier) (_ string, err error) {
			if left == nil { // one walk through the journal for all
				if left, err = leftBy(tx, mine); err != nil {
					return "", err
				}
			}
			if left[one.ID] {
				return "", nil
			}
			return t.conflict("Hồ sơ " + one.Code), nil
		}
	}
	im.also = func(tx Tx, e *Entry, r *ImportResult) error {
		if part := t.p.Parts[0]; int64(r.Rows) > part.Rows {
			return data.Fail(data.Refused, fmt.Sprintf("Không nhận gói: phần «%s» có %s dòng, bản kê ghi %s. Xin đơn vị gửi lại; chưa có gì được nhập.", part.Name, data.FormatInt(int64(r.Rows)), data.FormatInt(part.Rows)), nil)
		}
		e.Title, t.out.Import = t.title(), e.Import
		t.imported(r)
		return t.keep(tx)
	}
	r, err := im.run(ctx, Run{}, false)
	t.imported(&r)
	return err
}

// leftBy returns the dossiers that are as one of the imports left them: nothing that still
// stands changed them since.
func leftBy(v View, imports map[uint64]bool) (map[uint64]bool, error) {
	left, rest := map[uint64]bool{}, len(imports)
	last, seen := uint64(0), map[uint64]bool{}
	err := v.TouchedSince(0, func(e *Entry, id uint64, _ bool) error {
		if e.Seq != last {
			if rest == 0 {
				return errSeenAll
			}
			if last = e.Seq; imports[e.Import] {
				rest--
			}
		}
		if !seen[id] {
			seen[id], left[id] = true, imports[e.Import]
		}
		return nil
	})
	if errors.Is(err, errSeenAll) {
		err = nil
	}
	return left, err
}

var errSeenAll = errors.New("desk: all imports seen")

func (t *packetTaker) imported(r *ImportResult) {
	t.out.Rows, t.out.New, t.out.Changed, t.out.Same, t.out.Rejected = r.Rows, r.New, r.Changed, r.Same+r.Duplicate, r.Rejected
	t.out.Reasons = nil
	for _, l := range r.Lines {
		t.out.reject(l.Reason)
	}
}

func (t *packetTaker) indicators(ctx context.Context) error {
	f, book, err := openSheets(t.p.Path(indicatorPart))
	if err != nil {
		return err
	}
	defer f.Close()
	how := indicatorTaking{by: t.from}
	if !t.how.Over {
		how.guard = func(old indicator.Cell) string {
			if t.ours(old.By) {
				return ""
			}
			return t.conflict(fmt.Sprintf("Giá trị %s, ghi bởi «%s»,", old.Value, old.By))
		}
	}
	count := func(r *IndicatorImport) {
		t.out.Rows, t.out.New, t.out.Changed, t.out.Same, t.out.Rejected = r.Rows, r.New, r.Changed, r.Same, r.Rejected
		t.out.Reasons = nil
		for _, f := range r.Faults {
			t.out.reject(f.Reason)
		}
	}
	how.also = func(tx Tx, r *IndicatorImport) error {
		count(r)
		return t.keep(tx)
	}
	r, err := t.desk.importIndicators(ctx, t.from, book, how)
	count(&r)
	return err
}

// entries takes the rows of all logbooks of the package in one change.
func (t *packetTaker) entries(ctx context.Context) error {
	how := Taking{Why: t.how.Why}
	if !t.how.Over {
		how.guard = func(old *logbook.Entry) string {
			if n := len(old.Changes); t.ours(old.Source) && (n == 0 || t.ours(old.Changes[n-1].Why)) {
				return ""
			}
			return t.conflict("Dòng " + old.Label)
		}
	}
	return t.desk.writeEntries(ctx, &Entry{Title: t.title(), Why: how.Why}, how.Why, func(w *entryWriter) error {
		for _, part := range t.p.Parts {
			k := logbook.Find(strings.TrimSuffix(part.Name, ".json"))
			if k == nil {
				t.out.Warnings = append(t.out.Warnings, fmt.Sprintf("Phần «%s» là sổ mà chương trình này không có nên không nhập.", part.Name))
				continue
			}
			raw, err := os.ReadFile(t.p.Path(part.Name))
			if err != nil {
				return err
			}
			read, err := readEntries(k, part.Name, raw, how)
			if err != nil {
				return err
			}
			r, err := w.takeAll(ctx, k, t.from, how, read)
			if err != nil {
				return err
			}
			t.out.Rows, t.out.New, t.out.Changed = t.out.Rows+r.Rows, t.out.New+r.New, t.out.Changed+r.Changed
			t.out.Same, t.out.Rejected = t.out.Same+r.Same+r.Duplicate, t.out.Rejected+r.Rejected
			for _, f := range r.Faults {
				t.out.reject(k.Title + ": " + f.Reason)
			}
		}
		return t.keep(w.tx)
	})
}
