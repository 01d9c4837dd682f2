package desk

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/basis"
	"giaoban/data/exchange"
	"giaoban/data/indicator"
	"giaoban/data/logbook"
	"giaoban/data/ranking"
	"giaoban/data/register"
	"giaoban/reports/form"
)

// stored are the types that a data file holds as JSON, by the name of their
// bucket, kind of record or setting.
var stored = map[string]func() any{
	"office":              of[data.Office],
	"unit":                of[data.Unit],
	"field":               of[data.Field],
	"procedure":           of[data.Procedure],
	"import":              of[Imported],
	"journal":             of[Entry],
	"rules":               of[Rules],
	settingClasses:        of[data.Classes],
	settingBases:          of[[]basis.Text],
	"given":               of[Given],
	KindCounter:           of[data.Counter],
	KindSigner:            of[data.Signer],
	KindCause:             of[data.Cause],
	KindLetter:            of[data.Letter],
	KindBook:              of[Book],
	KindAccepted:          of[Accepted],
	KindDifference:        of[AcceptedDifference],
	KindReported:          of[Reported],
	KindMapping:           of[exchange.Saved],
	KindTemplate:          of[form.Template],
	KindFilter:            of[SavedFilter],
	KindWritten:           of[Written],
	KindIssue:             of[Issue],
	KindArrival:           of[Arrival],
	KindClosing:           of[Closing],
	KindClosingPaper:      of[ClosingPaper],
	KindIndicator:         of[indicator.Sheet],
	SettingIndicators:     of[[]indicator.Definition],
	SettingRankings:       of[[]ranking.Model],
	"log-entry":           of[logbook.Entry], // of every logbook
	SettingTerms:          of[map[string]int],
	assess.RecordSet:      of[assess.StoredSet],
	assess.RecordPeriod:   of[assess.Period],
	assess.RecordSheet:    of[assess.Sheet],
	"score-line":          of[assess.Line],
	"score-change":        of[assess.Change],
	assess.RecordEvidence: of[assess.Evidence],
	oldRemedies:           of[oldRemedy], // read once, see moveRemedies

	assess.RecordPublication: of[assess.Publication],
	assess.RecordReading:     of[assess.Reading],
}

func of[T any]() any { return new(T) }

// TestStoredTypesNameTheirFields proves that no name of a Go field is a file
// format: each stored field has a tag, or its type a codec of its own.
func TestStoredTypesNameTheirFields(t *testing.T) {
	seen := map[reflect.Type]bool{}
	for _, make := range stored {
		walkStored(t, reflect.TypeOf(make()), seen)
	}
}

func walkStored(t *testing.T, typ reflect.Type, seen map[reflect.Type]bool) {
	switch {
	case seen[typ]:
		return
	case typ.Kind() == reflect.Pointer, typ.Kind() == reflect.Slice, typ.Kind() == reflect.Array, typ.Kind() == reflect.Map:
		walkStored(t, typ.Elem(), seen)
		return
	case typ.Kind() != reflect.Struct, reflect.PointerTo(typ).Implements(reflect.TypeFor[json.Marshaler]()):
		return
	}
	seen[typ] = true
	for i := range typ.NumField() {
		f := typ.Field(i)
		tag := f.Tag.Get("json")
		if tag == "-" || !f.IsExported() && !f.Anonymous {
			continue
		}
		if name, _, _ := strings.Cut(tag, ","); name == "" && !f.Anonymous {
			t.Errorf("%s.%s.%s has no name in the file", typ.PkgPath(), typ.Name(), f.Name)
		}
		walkStored(t, f.Type, seen)
	}
}

// TestEveryKindIsFrozen proves that the table above names each kind of record.
func TestEveryKindIsFrozen(t *testing.T) {
	named := regexp.MustCompile(`^(Kind|Record)[A-Z]`)
	found := 0
	for _, root := range []string{"../../data", "../../app"} {
		err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".go" || strings.Contains(path, "/ledger/") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				spec, ok := n.(*ast.ValueSpec)
				if !ok || len(spec.Values) != 1 || spec.Type != nil || !named.MatchString(spec.Names[0].Name) {
					return true
				}
				if lit, ok := spec.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
					kind, _ := strconv.Unquote(lit.Value)
					if found++; stored[kind] == nil {
						t.Errorf("%s: the records of %s are not among those that are frozen", path, spec.Names[0].Name)
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if found < 15 {
		t.Errorf("only %d kinds found", found)
	}
}

// TestFrozenRecords reads what earlier versions wrote, every field of every type:
// nothing of it is unknown today, and nothing is lost when it is written again. The
// files of 0.2.0 are what its types wrote with every field filled; 0.1.0 wrote the
// same. A folder of a later version holds what is new in it.
func TestFrozenRecords(t *testing.T) {
	files, err := filepath.Glob("testdata/stored/*/*.json")
	if err != nil || len(files) < len(stored) {
		t.Fatalf("%d files, %v", len(files), err)
	}
	newest := map[string]bool{}
	for _, path := range files {
		kind := strings.TrimSuffix(filepath.Base(path), ".json")
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if stored[kind] == nil {
			t.Errorf("%s: nothing is stored as %s any more: how are old files read?", path, kind)
			continue
		}
		value := stored[kind]()
		dec := json.NewDecoder(bytes.NewReader(raw))
		dec.DisallowUnknownFields()
		if err := dec.Decode(value); err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		again, err := json.Marshal(value)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		var before, after any
		if json.Unmarshal(raw, &before) != nil || json.Unmarshal(again, &after) != nil {
			t.Errorf("%s: no JSON", path)
		}
		for _, fault := range lost("", before, after) {
			t.Errorf("%s: %s", path, fault)
		}
		newest[kind] = true
	}
	for kind := range stored {
		if !newest[kind] {
			t.Errorf("no frozen record of %s: write one with the version that first keeps it", kind)
		}
	}
}

// lost tells what of before is not in after.
func lost(path string, before, after any) (faults []string) {
	switch b := before.(type) {
	case map[string]any:
		a, _ := after.(map[string]any)
		for name, value := range b {
			faults = append(faults, lost(path+"."+name, value, a[name])...)
		}
	case []any:
		a, _ := after.([]any)
		if len(a) != len(b) {
			return []string{fmt.Sprintf("%s: %d entries became %d", path, len(b), len(a))}
		}
		for i := range b {
			faults = append(faults, lost(fmt.Sprintf("%s[%d]", path, i), b[i], a[i])...)
		}
	default:
		if !reflect.DeepEqual(before, after) {
			return []string{fmt.Sprintf("%s: %v became %v", path, before, after)}
		}
	}
	return faults
}

// TestASavedFilterKeepsItsWholeQuestion fills every field of a question: those that
// the stored form does not have would be lost.
func TestASavedFilterKeepsItsWholeQuestion(t *testing.T) {
	var q register.Query
	fillAll(reflect.ValueOf(&q).Elem(), new(int))
	raw, err := json.Marshal(SavedFilter{Name: "Thử", Order: 3, Query: q, Fixed: true})
	if err != nil {
		t.Fatal(err)
	}
	var back SavedFilter
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	if want := (SavedFilter{Name: "Thử", Order: 3, Query: q, Fixed: true}); !reflect.DeepEqual(back, want) {
		t.Errorf("kept %+v of %+v", back, want)
	}
}

// fillAll gives every field a value of its own that is not zero.
func fillAll(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fillAll(v.Field(i), n)
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillAll(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fillAll(v.Index(0), n)
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fillAll(key, n)
		fillAll(value, n)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.String:
		v.SetString(fmt.Sprint("chữ ", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float32, reflect.Float64:
		v.SetFloat(float64(*n))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(int64(*n % 100))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(*n % 100))
	default:
		panic("no value for " + v.Type().String())
	}
}
