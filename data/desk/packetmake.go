package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/logbook"
	"giaoban/data/packet"
)

// The parts of packages; of logbooks the name is that of the kind and .json.
const (
	figuresPart   = "so-lieu.json"
	dossiersPart  = "ho-so.xlsx"
	indicatorPart = "chi-tieu.xlsx"
)

// PartTitle is what a part of a package is called for people.
func PartTitle(name string) string {
	switch name {
	case figuresPart:
		return "Biểu II.06a"
	case dossiersPart:
		return "Hồ sơ"
	case indicatorPart:
		return "Chỉ tiêu"
	case sheetsPart:
		return "Phiếu chấm điểm"
	}
	if k := logbook.Find(strings.TrimSuffix(name, ".json")); k != nil {
		return k.Title
	}
	return name
}

// packetColumns are the figures that a package states; the others are their sums.
var packetColumns = []data.Column{data.ColNewOnline, data.ColNewDirect, data.ColNewPostal, data.ColCarried, data.ColEarly, data.ColOnTime, data.ColLate,
	data.ColWithdrawn, data.ColPendingInTime, data.ColPendingOverdue, data.ColWaiting}

// figuresFile are the figures of form II.06a by field, and those of the office.
type figuresFile struct {
	Rows  []figuresRow          `json:"rows"`
	Total map[data.Column]int64 `json:"total"`
}

type figuresRow struct {
	Name    string                `json:"name"`
	Figures map[data.Column]int64 `json:"figures"`
}

// mostDossiers is more than any office has: sums of such figures do not run over.
const mostDossiers = 1_000_000_000

// sound reports whether all figures are counts of known columns.
func (f *figuresFile) sound() bool {
	fine := func(figures map[data.Column]int64) bool {
		for col, n := range figures {
			if !slices.Contains(packetColumns, col) || n < 0 || n > mostDossiers {
				return false
			}
		}
		return true
	}
	return fine(f.Total) && !slices.ContainsFunc(f.Rows, func(r figuresRow) bool { return !fine(r.Figures) })
}

// Making says which package is made.
type Making struct {
	Kind     packet.Kind
	Period   data.Period
	AsOf     data.Day // NoDay for today, or the end of the period where that is over
	To       packet.Signed
	Replaces uint64 // the number of the package that it corrects; 0 for none
	Program  string // version of the program
	Phrase   string // seals the package in place of the card (vault.NewPhrase); "" for the card
	// List writes the dossiers of a query, as of a day, as a workbook that the import
	// reads back, and returns how many there are.
	List   func(ctx context.Context, q Query, day data.Day, w io.Writer) (int, error)
	Sheets Sheets // where score sheets are given
}

// MakePackage writes a package to a file and counts it.
func (d *Desk) MakePackage(ctx context.Context, path string, m Making) (packet.Manifest, error) {
	none := packet.Manifest{}
	if err := d.Wait(); err != nil {
		return none, err
	}
	keys, err := d.packetKeys(ctx)
	if err != nil {
		return none, err
	}
	if m.To.Card.Unit == keys.Unit {
		return none, data.Fail(data.Invalid, "Thẻ nơi nhận là thẻ của chính cơ quan này. Chọn thẻ của cơ quan cấp trên.", nil)
	}
	var since *SentPackage
	if m.Replaces > 0 || m.Kind == packet.Corrections {
		if since, err = d.sentBefore(&m); err != nil {
			return none, err
		}
	}
	if m.AsOf == data.NoDay {
		m.AsOf = min(d.Today(), m.Period.To)
	}
	folder, err := disk.TempFolder(disk.Scratch(), "goi")
	if err != nil {
		return none, disk.Fail("Không lập được gói", err)
	}
	defer os.RemoveAll(folder)
	b := &packetBuilder{ctx: ctx, desk: d, how: &m, keys: &keys, folder: folder, since: since}
	if err := b.build(); err != nil {
		return none, err
	}
	return b.send(path)
}

type packetBuilder struct {
	ctx      context.Context
	desk     *Desk
	how      *Making
	keys     *packet.Keys
	folder   string
	manifest packet.Manifest
	parts    []packet.Source
	since    *SentPackage // the package that is replaced or corrected; nil for none
	head     uint64       // the newest entry of the journal when it began
	began    int64        // Unix seconds
}

func (b *packetBuilder) build() error {
	b.manifest = packet.Manifest{ProgramVersion: b.how.Program, RulesVersion: countedBy(b.desk.Rules()), Kind: b.how.Kind,
		Period: packet.Span{Kind: b.how.Period.Key, From: b.how.Period.From.ISO(), To: b.how.Period.To.ISO()}, AsOf: b.how.AsOf.ISO(), Replaces: b.how.Replaces,
		Definitions: []packet.Definition{}, Counts: map[string]int64{}, Identities: map[string]string{}, By: "cán bộ lập báo cáo"}
	if b.how.Kind == packet.Corrections {
		b.manifest.Corrects = b.since.content()
	}
	head, err := Viewed(b.desk, View.Head)
	if err != nil {
		return err
	}
	b.head, b.began = head.Seq, b.desk.now().Unix()
	switch b.manifest.Content() {
	case packet.Figures:
		return b.figures()
	case packet.Dossiers:
		return b.dossiers()
	case packet.Entries:
		return b.entries()
	case packet.Indicators:
		return b.indicators()
	case packet.Scores:
		return b.sheets()
	}
	return data.Fail(data.Invalid, fmt.Sprintf("Chương trình không lập được gói loại «%s».", b.how.Kind), nil)
}

// countedBy stands for the rules by which dossiers count as in time or late; what an office
// calls its dossiers or when it is warned is not among them.
func countedBy(r Rules) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %d %t %t %t", r.HandInUntil, r.SameDayUntil, r.EndOfDay, r.NextDay, r.FollowMergers))
	return hex.EncodeToString(sum[:8])
}

// definitionOf stands for what a figure of form II.06a counts.
func definitionOf(col data.Column) packet.Definition {
	sum := sha256.Sum256([]byte("II.06a\x00" + string(col) + "\x00" + col.Label()))
	return packet.Definition{Figure: string(col), ID: "II.06a", SHA256: hex.EncodeToString(sum[:])}
}

func (b *packetBuilder) part(name string, rows int) {
	b.parts = append(b.parts, packet.Source{Name: name, Path: filepath.Join(b.folder, name), Rows: int64(rows)})
	b.manifest.Counts[name] = int64(rows)
}

func (b *packetBuilder) json(name string, rows int, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return b.raw(name, rows, raw)
}

func (b *packetBuilder) raw(name string, rows int, raw []byte) error {
	b.part(name, rows)
	return os.WriteFile(filepath.Join(b.folder, name), raw, 0o600)
}

func figuresOf(c data.Counts) map[data.Column]int64 {
	out := map[data.Column]int64{}
	for _, col := range packetColumns {
		out[col] = col.Of(c)
	}
	return out
}

func (b *packetBuilder) figures() error {
	t := b.desk.Figures(b.how.Period, b.how.AsOf, data.ByField, Filter{})
	out := figuresFile{Rows: []figuresRow{}, Total: figuresOf(t.Total)}
	for _, r := range t.Rows {
		out.Rows = append(out.Rows, figuresRow{r.Name, figuresOf(r.Counts)})
	}
	for _, col := range data.Columns {
		b.manifest.Counts[string(col)] = col.Of(t.Total)
		b.manifest.Definitions = append(b.manifest.Definitions, definitionOf(col))
	}
	b.manifest.Identities["received"] = "ok"
	if gap := t.Total.Received() - t.Total.Resolved() - t.Total.Pending(); gap != 0 {
		b.manifest.Identities["received"] = fmt.Sprint(gap)
	}
	return b.json(figuresPart, len(out.Rows), out)
}

func (b *packetBuilder) dossiers() error {
	n, q := 0, Query{Period: &b.how.Period, AsOf: b.how.AsOf, Column: data.ColReceived}
	if b.since != nil {
		ids, err := b.dossiersSince(q)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			return b.nothingChanged()
		}
		q = Query{Among: ids, AsOf: b.how.AsOf}
	}
	err := disk.Whole(filepath.Join(b.folder, dossiersPart), func(w io.Writer) (err error) {
		n, err = b.how.List(b.ctx, q, b.how.AsOf, w)
		return err
	})
	b.part(dossiersPart, n)
	return err
}

func (b *packetBuilder) indicators() error {
	book, err := b.desk.IndicatorBook()
	if err != nil {
		return err
	}
	var list []IndicatorEntry
	for _, s := range book.Sheets {
		if s.Period.From < b.how.Period.From || s.Period.To > b.how.Period.To {
			continue
		}
		for i := range book.Definitions {
			code := book.Definitions[i].Code
			if c, ok := s.Cells[code]; ok && c.Value != "" && !b.unchanged(c.At) {
				list = append(list, IndicatorEntry{Code: code, Unit: s.Unit, Period: s.Period})
			}
		}
	}
	if len(list) == 0 && b.partly() {
		return b.nothingChanged()
	}
	if len(list) == 0 {
		return nothingToSend("số liệu chỉ tiêu", b.how.Period)
	}
	b.part(indicatorPart, len(list))
	return disk.Whole(filepath.Join(b.folder, indicatorPart), func(w io.Writer) error { return b.desk.writeIndicators(w, list, b.keys.Name) })
}

func nothingToSend(what string, p data.Period) error {
	return data.Fail(data.NotFound, fmt.Sprintf("Không có %s nào trong %s nên không lập gói. Chọn kỳ khác.", what, p.Label), nil)
}

// entryLine is a row of a logbook as the command contract has it. Its number is that of
// the sender, so that the same row finds its earlier version and none of the receiver's.
type entryLine struct {
	Number string         `json:"number"`
	Fields map[string]any `json:"fields"`
}

func (b *packetBuilder) entries() error {
	w, err := b.desk.Logbooks(b.how.AsOf)
	if err != nil {
		return err
	}
	names := EntryNames{World: w, Cat: b.desk.Catalogue()}
	for _, k := range logbook.Kinds() {
		out := []entryLine{}
		for _, e := range w.Entries(k.ID) {
			if !b.sends(k, w, e) {
				continue
			}
			line := entryLine{b.keys.Unit + ":" + k.Name(e), map[string]any{}}
			for i := range k.Fields {
				if f := &k.Fields[i]; e.Text(f.Key) != "" {
					line.Fields[f.Key] = f.JSON(e.Text(f.Key), names)
				}
			}
			out = append(out, line)
		}
		if len(out) > 0 {
			if err := b.json(k.ID+".json", len(out), out); err != nil {
				return err
			}
		}
	}
	if len(b.parts) == 0 && b.partly() {
		return b.nothingChanged()
	}
	if len(b.parts) == 0 {
		return nothingToSend("dòng sổ theo dõi", b.how.Period)
	}
	return nil
}

// issue keeps the package in the register of exports and prints.
func (b *packetBuilder) issue(tx Tx, title, path string) error {
	x, id := Issue{What: title, File: filepath.Base(path), At: b.desk.Now().Unix(), By: b.desk.Officer()}, uint64(0)
	if what := b.manifest.Content(); what == packet.Dossiers || what == packet.Entries {
		for _, p := range b.parts {
			x.Rows += int(p.Rows)
		}
	}
	return tx.PutRecord(KindIssue, &id, x)
}

// send writes the package and then counts it: a number that was given and not written
// would be missed by the receiver.
func (b *packetBuilder) send(path string) (m packet.Manifest, err error) {
	key := packetSent + b.how.To.Card.Unit
	var sent sentTo
	title := fmt.Sprintf("Lập gói %s %s gửi %s", b.how.Kind.Title(), b.how.Period.Label, b.how.To.Card.Name)
	written := false
	err = b.desk.Change(b.ctx, Work{Title: title, Note: true}, func(tx Tx) error {
		if err := packetSetting(tx, key, &sent); err != nil {
			return err
		}
		b.manifest.Seq, b.manifest.Previous = sent.Seq+1, sent.Digest
		if b.how.Replaces > sent.Seq {
			return data.Fail(data.Invalid, fmt.Sprintf("Chưa có gói số %d nào gửi %s để thay. Ghi số của gói đã gửi.", b.how.Replaces, b.how.To.Card.Name), nil)
		}
		err := disk.Whole(path, func(w io.Writer) error {
			var err error
			m, err = packet.Write(w, b.keys, []packet.Card{b.how.To.Card}, b.how.Phrase, b.manifest, b.parts, b.desk.now())
			return err
		})
		if err != nil {
			return err
		}
		written = true
		if err := b.issue(tx, title, path); err != nil {
			return err
		}
		one := SentPackage{Unit: b.how.To.Card.Unit, Name: b.how.To.Card.Name, Seq: m.Seq, Kind: m.Kind, Label: b.how.Period.Label, AsOf: m.AsOf,
			Replaces: m.Replaces, At: b.desk.now().Unix(), File: filepath.Base(path), Corrects: m.Corrects, Period: m.Period, Head: b.head, Began: b.began}
		for _, p := range m.Parts {
			one.Rows += p.Rows
		}
		return putJSON(tx, key, sentTo{m.Seq, m.Hash(), append(sent.List, one)})
	})
	if err != nil && written && data.CodeOf(err) != data.Unsure {
		os.Remove(path) // it bears a number that was not counted
	}
	return m, err
}
