package exchange_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"giaoban/data"
	"giaoban/data/exchange"
	"golang.org/x/text/unicode/norm"
)

const fixtures = "testdata/import"

var today = data.Date(2026, 6, 1)

type expectation struct {
	File          string
	Kind          string
	Container     string
	Sheet         int
	HeaderRows    []int `json:"header_rows"`
	Columns       map[string]int
	Rows          int
	New           int
	NewRows       []any `json:"new_rows"`
	Duplicate     int
	DuplicateRows []any `json:"duplicate_rows"`
	Rejected      []struct {
		Row                        int
		Class, Column, Value, Code string
	}
	Open []struct {
		Row   int
		Why   string
		IfNew map[string]any `json:"if_new"`
	}
	Samples    []map[string]any
	Case       string
	AllOrNone  bool     `json:"all_or_none"`
	AlsoAccept []string `json:"also_accept"`
	Reason     string
	After      *struct {
		File                         string
		New, Changed, Same, Rejected int
		Matched                      int
		ChangedRows                  []any `json:"changed_rows"`
		SameRows                     []any `json:"same_rows"`
	}
}

func expectations(t *testing.T) []expectation {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(fixtures, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ Files []expectation }
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	return all.Files
}

// rowList widens "6-65" and 6 to row numbers.
func rowList(spans []any) (rows []int) {
	for _, s := range spans {
		from, to, ranged := strings.Cut(fmt.Sprint(s), "-")
		a, _ := strconv.Atoi(from)
		b := a
		if ranged {
			b, _ = strconv.Atoi(to)
		}
		for ; a <= b; a++ {
			rows = append(rows, a)
		}
	}
	return rows
}

// base is the least of a data file: dossiers by code, names as ids.
type base struct {
	dossiers map[string]data.Dossier
	names    map[string]uint32
	list     []string
}

func newBase() *base { return &base{map[string]data.Dossier{}, map[string]uint32{}, []string{""}} }

func (b *base) id(name string) uint32 {
	if name == "" {
		return 0
	}
	if id, ok := b.names[name]; ok {
		return id
	}
	b.list = append(b.list, name)
	b.names[name] = uint32(len(b.list) - 1)
	return b.names[name]
}

func (b *base) name(_ string, id uint32) string { return b.list[id] }

// outcome is what an import did, by row.
type outcome struct {
	summary                       exchange.Summary
	new, changed, same, duplicate []int
	rejected                      map[int]exchange.Record
	records                       map[int]exchange.Record
	codes                         map[int]string
	changes                       map[int][]string
	mapping                       exchange.Mapping
}

func (b *base) load(path string) (*outcome, error) {
	ctx := context.Background()
	src, err := exchange.Open(ctx, path, exchange.Options{Today: today, Known: func(code string) bool {
		_, ok := b.dossiers[code]
		return ok
	}})
	if err != nil {
		return nil, err
	}
	defer src.Close()
	o := &outcome{rejected: map[int]exchange.Record{}, records: map[int]exchange.Record{}, codes: map[int]string{}, changes: map[int][]string{}, mapping: src.Mapping()}
	staged := map[string]data.Dossier{}
	o.summary, err = src.Read(ctx, func(r *exchange.Record) error {
		o.records[r.Row] = *r
		switch r.Verdict {
		case exchange.Duplicate:
			o.duplicate = append(o.duplicate, r.Row)
			return nil
		case exchange.Rejected:
			o.rejected[r.Row] = *r
			return nil
		}
		d := r.Dossier
		d.Unit, d.Field, d.Procedure = b.id(r.Unit), b.id(r.Field), b.id(r.Procedure)
		o.codes[r.Row] = d.Code
		old, known := b.dossiers[d.Code]
		if !known {
			if r.Matched {
				return errors.New("matched without a dossier")
			}
			if err := d.Validate(today); err != nil {
				return fmt.Errorf("row %d: %w", r.Row, err)
			}
			staged[d.Code] = d
			o.new = append(o.new, r.Row)
			return nil
		}
		r.Dossier = d
		merged, changes, err := exchange.Merge(old, r, exchange.MergeOptions{Procedure: b.name("procedure", old.Procedure), Name: b.name})
		if err != nil {
			return err
		}
		if len(changes) == 0 {
			o.same = append(o.same, r.Row)
			return nil
		}
		if err := merged.Validate(today); err != nil {
			return fmt.Errorf("row %d: %w", r.Row, err)
		}
		o.changes[r.Row] = changes
		staged[d.Code] = merged
		o.changed = append(o.changed, r.Row)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for code, d := range staged {
		b.dossiers[code] = d
	}
	return o, nil
}

func TestFixtures(t *testing.T) {
	for _, want := range expectations(t) {
		t.Run(want.File, func(t *testing.T) {
			start := time.Now()
			b := newBase()
			got, err := b.load(filepath.Join(fixtures, want.File))
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
			if want.Kind == "refuse" || err != nil {
				checkRefusal(t, want, err, b)
				return
			}
			switch {
			case got.summary.Kind == exchange.Aggregated:
				if want.Kind != "aggregated" {
					t.Fatalf("taken for a table of counts: %+v", got.mapping)
				}
				if len(b.dossiers) > 0 {
					t.Errorf("%d dossiers came of a table of counts", len(b.dossiers))
				}
				if !slices.Equal(got.mapping.HeaderRows, want.HeaderRows) {
					t.Errorf("heading in rows %v, want %v", got.mapping.HeaderRows, want.HeaderRows)
				}
			case want.Kind == "aggregated":
				t.Fatalf("not recognised as a table of counts: %d new", len(got.new))
			default:
				checkRegister(t, want, got, b)
				again(t, want, got, b)
			}
			checkAfter(t, want)
		})
	}
}

func checkRefusal(t *testing.T, want expectation, err error, b *base) {
	t.Helper()
	if err == nil {
		t.Fatalf("not refused, want %s", want.Reason)
	}
	var e *data.Error
	if !errors.As(err, &e) || e.Code != data.Refused {
		t.Fatalf("%v is not a refusal", err)
	}
	if want.Kind != "refuse" && !slices.Contains(want.AlsoAccept, "refuse") {
		t.Fatalf("refused (%s): %v (%v)", e.Field, err, e.Cause)
	}
	if want.Reason != "" && e.Field != want.Reason {
		t.Errorf("refused as %s, want %s", e.Field, want.Reason)
	}
	checkSentence(t, e.Message)
	if len(b.dossiers) > 0 {
		t.Errorf("%d dossiers came of a refused file", len(b.dossiers))
	}
}

// checkSentence asks of a message what the house asks: Vietnamese, one to three
// sentences, no shouting.
func checkSentence(t *testing.T, s string) {
	t.Helper()
	if len(s) < 20 || len(s) > 400 || strings.ContainsAny(s, "!{}%") || !strings.HasSuffix(s, ".") || !norm.NFC.IsNormalString(s) {
		t.Errorf("not a plain sentence: %q", s)
	}
	for _, word := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch word {
		case "error", "invalid", "parse", "file", "xml", "zip", "nil", "null", "sheet", "row", "unknown":
			t.Errorf("technical word %q in %q", word, s)
		}
	}
}

// columnFacts maps the names of expected.json to facts; the others are columns
// that a dossier has no place for, or that stand behind another.
var columnFacts = map[string]exchange.Fact{
	"code": exchange.FactCode, "content": exchange.FactContent, "copies": exchange.FactCopies, "owner": exchange.FactOwner,
	"address": exchange.FactAddress, "phone": exchange.FactPhone, "received": exchange.FactReceived, "due": exchange.FactDue,
	"returned": exchange.FactReturned, "officer": exchange.FactOfficer, "area": exchange.FactArea, "note": exchange.FactNote,
	"unit": exchange.FactUnit, "field": exchange.FactField, "procedure": exchange.FactProcedure, "status": exchange.FactStatus,
	"status_no": exchange.FactStatus, "submitter": exchange.FactAgent, "submitted": exchange.FactSubmitted, "ended": exchange.FactEnded,
	"handler": exchange.FactHandler, "proc_code": exchange.FactProcedureCode, "proc_full": exchange.FactProcedureCode,
	"channel": exchange.FactChannel, "channel_no": exchange.FactChannel, "redue": exchange.FactRedue, "term": exchange.FactTerm,
	"field_code": exchange.FactFieldCode, "receipt_no": exchange.FactReceiptNo, "idno": exchange.FactIdentity,
	"return_no": exchange.FactReturnWay, "return_by": exchange.FactReturnWay, "post_x": exchange.FactReturnWay,
	"supplements": exchange.FactSupplements, "due_new": exchange.FactSupplementDue, "fees": exchange.FactFee, "fee_x": exchange.FactFee,
	"address_phone": exchange.FactAddressPhone, "owner_address": exchange.FactOwnerAddress,
}

func checkRegister(t *testing.T, want expectation, got *outcome, b *base) {
	t.Helper()
	if got.mapping.Container != want.Container || got.mapping.Sheet != want.Sheet || !slices.Equal(got.mapping.HeaderRows, want.HeaderRows) {
		t.Errorf("%s, sheet %d, heading %v; want %s, %d, %v", got.mapping.Container, got.mapping.Sheet, got.mapping.HeaderRows, want.Container, want.Sheet, want.HeaderRows)
	}
	for name, number := range want.Columns {
		fact, ok := columnFacts[name]
		if !ok {
			continue
		}
		if c := got.mapping.Column(fact); c == nil || c.Number != number {
			t.Errorf("%s comes of column %+v, want %d", name, c, number)
		}
	}
	if got.summary.Rows != want.Rows {
		t.Errorf("%d rows, want %d", got.summary.Rows, want.Rows)
	}
	if sum := got.summary; sum.Accepted+sum.Duplicate+sum.Rejected != sum.Rows {
		t.Errorf("summary does not add up: %+v", sum)
	}
	openRows := map[int]map[string]any{}
	for _, o := range want.Open {
		openRows[o.Row] = o.IfNew
	}
	var fresh []int
	openNew := 0
	for _, r := range got.new {
		if ifNew, ok := openRows[r]; ok {
			openNew++
			compare(t, want, r, ifNew, got, b)
		} else {
			fresh = append(fresh, r)
		}
	}
	if want.AllOrNone && openNew != 0 && openNew != len(want.Open) {
		t.Errorf("%d of %d open rows imported", openNew, len(want.Open))
	}
	if !slices.Equal(fresh, rowList(want.NewRows)) {
		t.Errorf("new rows %v\nwant %v", fresh, rowList(want.NewRows))
	}
	if !slices.Equal(got.duplicate, rowList(want.DuplicateRows)) {
		t.Errorf("duplicates %v, want %v", got.duplicate, rowList(want.DuplicateRows))
	}
	for _, w := range want.Rejected {
		r, ok := got.rejected[w.Row]
		if !ok {
			t.Errorf("row %d was not rejected as %s", w.Row, w.Class)
			continue
		}
		if string(r.Class) != w.Class || r.Column != w.Column || r.Value != w.Value {
			t.Errorf("row %d rejected as %s (%s: %q), want %s (%s: %q)", w.Row, r.Class, r.Column, r.Value, w.Class, w.Column, w.Value)
		}
	}
	expected := map[int]bool{}
	for _, w := range want.Rejected {
		expected[w.Row] = true
	}
	for row, r := range got.rejected {
		if _, open := openRows[row]; !open && !expected[row] {
			t.Errorf("row %d rejected: %s", row, r.Reason)
		}
		checkSentence(t, r.Reason)
	}
	for row := range openRows {
		if _, seen := got.records[row]; !seen {
			t.Errorf("open row %d was dropped silently", row)
		}
	}
	for _, sample := range want.Samples {
		compare(t, want, int(sample["row"].(float64)), sample, got, b)
	}
}

// compare holds a stored dossier against a sample.
func compare(t *testing.T, want expectation, row int, sample map[string]any, got *outcome, b *base) {
	t.Helper()
	code := got.codes[row]
	d, ok := b.dossiers[code]
	if !ok {
		t.Errorf("row %d: no dossier", row)
		return
	}
	s := d.On(data.MaxDay)
	orNil := func(x string) any {
		if x == "" {
			return nil
		}
		return x
	}
	eq := func(a, b any) bool {
		x, okA := a.(string)
		y, okB := b.(string)
		if okA && okB && want.Case == "fold" {
			return strings.EqualFold(x, y)
		}
		return a == b || a == nil && b == "" || a == "" && b == nil
	}
	digits := func(x any) any {
		text, _ := x.(string)
		return strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return r
			}
			return -1
		}, text)
	}
	for key, value := range sample {
		var have any
		switch key {
		case "row":
			continue
		case "code":
			have = d.Code
		case "procedure":
			have = b.name("", d.Procedure)
		case "procedure_or_content":
			if have = d.Content; have == "" {
				have = b.name("", d.Procedure)
			}
		case "procedure_code":
			have = got.records[row].ProcedureCode
		case "field":
			have = b.name("", d.Field)
		case "unit":
			have = b.name("", d.Unit)
		case "owner":
			have = d.Owner.Name
		case "phone":
			if _, either := sample["phone_any"]; either {
				continue
			}
			have, value = digits(d.Owner.Phone), digits(value)
		case "id_number":
			if _, either := sample["id_number_any"]; either {
				if d.Flags&data.DoubtID == 0 {
					t.Errorf("row %d: a lost identity number is not flagged", row)
				}
				continue
			}
			have = d.Owner.Identity
		case "phone_any", "id_number_any":
			have = d.Owner.Phone
			if key == "id_number_any" {
				have = d.Owner.Identity
			}
			if !slices.Contains(value.([]any), have) {
				t.Errorf("row %d %s: %q, want one of %v", row, key, have, value)
			}
			continue
		case "received":
			have = orNil(d.Received.Day.ISO())
		case "received_time":
			have = orNil(d.Received.Clock.String())
		case "due":
			have = orNil(s.Due.Day.ISO())
		case "ended":
			have = orNil(s.Ended.Day.ISO())
		case "returned":
			have = orNil(s.Returned.Day.ISO())
		case "channel":
			have = d.Channel.Key()
		case "copies":
			have = float64(d.Copies)
		case "status":
			have = float64(s.Status)
		case "status_any":
			if !slices.Contains(value.([]any), any(float64(s.Status))) {
				t.Errorf("row %d: status %d, want one of %v", row, s.Status, value)
			}
			continue
		default:
			t.Errorf("the test does not know %s", key)
		}
		if !eq(have, value) {
			t.Errorf("row %d %s: %q, want %q", row, key, have, value)
		}
	}
}

// again imports the same file once more: nothing may be new or changed.
func again(t *testing.T, want expectation, first *outcome, b *base) {
	t.Helper()
	got, err := b.load(filepath.Join(fixtures, want.File))
	if err != nil {
		t.Fatal(err)
	}
	if len(got.new) != 0 || len(got.changed) != 0 || len(got.same) != len(first.new) {
		t.Errorf("second import: %d new, %d changed, %d same; want 0, 0, %d: %v", len(got.new), len(got.changed), len(got.same), len(first.new), got.changes)
	}
}

// checkAfter imports the file after another one.
func checkAfter(t *testing.T, want expectation) {
	t.Helper()
	if want.After == nil {
		return
	}
	b := newBase()
	if _, err := b.load(filepath.Join(fixtures, want.After.File)); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		got, err := b.load(filepath.Join(fixtures, want.File))
		if err != nil {
			t.Fatal(err)
		}
		if want.After.Matched > 0 {
			if len(got.new) != 0 || len(got.rejected) != 0 || len(got.changed)+len(got.same) != want.After.Matched {
				t.Errorf("after %s: %d new, %d rejected, %d matched", want.After.File, len(got.new), len(got.rejected), len(got.changed)+len(got.same))
			}
			continue
		}
		if len(got.new) != want.After.New || len(got.rejected) != want.After.Rejected ||
			len(got.changed) != want.After.Changed || len(got.same) != want.After.Same ||
			!slices.Equal(got.changed, rowList(want.After.ChangedRows)) || !slices.Equal(got.same, rowList(want.After.SameRows)) {
			t.Errorf("after %s: %d new, %d changed %v, %d same %v, %d rejected\n%v", want.After.File, len(got.new), len(got.changed), got.changed, len(got.same), got.same, len(got.rejected), got.changes)
		}
		// A further import finds all of it the same.
		want.After.Same += want.After.New + want.After.Changed
		want.After.New, want.After.Changed, want.After.ChangedRows = 0, 0, nil
		want.After.SameRows = nil
		rows := slices.Concat(got.new, got.changed, got.same)
		slices.Sort(rows)
		for _, r := range rows {
			want.After.SameRows = append(want.After.SameRows, r)
		}
	}
}

// TestMemoryOfRefusals holds the broken files to their limit of memory.
func TestMemoryOfRefusals(t *testing.T) {
	files, _ := filepath.Glob(fixtures + "/bad_*")
	if len(files) < 20 {
		t.Fatal("the broken files are missing")
	}
	for _, f := range files {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		newBase().load(f)
		runtime.ReadMemStats(&after)
		if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 300 {
			t.Errorf("%s: %d MB allocated", f, mb)
		}
	}
}
