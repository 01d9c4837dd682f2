package desk

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/register"
	"giaoban/data/shipped"
	"giaoban/data/text"
)

// Catalogue is a consistent state of units, fields and procedures.
type Catalogue struct {
	Units      []data.Unit      // in the order of lists
	Fields     []data.Field     // in Vietnamese order
	Procedures []data.Procedure // in Vietnamese order

	unit      map[uint32]data.Unit
	field     map[uint32]data.Field
	procedure map[uint32]data.Procedure
}

func newCatalogue(units []data.Unit, fields []data.Field, procedures []data.Procedure) *Catalogue {
	c := &Catalogue{Units: slices.Clone(units), Fields: slices.Clone(fields), Procedures: slices.Clone(procedures),
		unit: map[uint32]data.Unit{}, field: map[uint32]data.Field{}, procedure: map[uint32]data.Procedure{}}
	for _, u := range units {
		c.unit[u.ID] = u
	}
	for _, f := range fields {
		c.field[f.ID] = f
	}
	for _, p := range procedures {
		c.procedure[p.ID] = p
	}
	sortByName(c.Fields, func(f *data.Field) string { return f.Name })
	sortByName(c.Procedures, func(p *data.Procedure) string { return p.Name })
	slices.SortStableFunc(c.Units, register.CompareUnits)
	return c
}

// sortByName puts a list in Vietnamese order, equal names as they stood. Each
// key is computed once: the catalogue is read anew after every change.
func sortByName[T any](list []T, name func(*T) string) {
	type keyed struct {
		key   []byte
		entry T
	}
	order := make([]keyed, len(list))
	for i := range list {
		order[i] = keyed{register.AppendKey(nil, []byte(name(&list[i]))), list[i]}
	}
	slices.SortStableFunc(order, func(a, b keyed) int { return bytes.Compare(a.key, b.key) })
	for i := range order {
		list[i] = order[i].entry
	}
}

// holds reports whether the catalogue consists of these entries, in any order.
func (c *Catalogue) holds(units []data.Unit, fields []data.Field, procedures []data.Procedure) bool {
	return len(units) == len(c.unit) && len(fields) == len(c.field) && len(procedures) == len(c.procedure) &&
		!slices.ContainsFunc(units, func(u data.Unit) bool { return c.unit[u.ID] != u }) &&
		!slices.ContainsFunc(fields, func(f data.Field) bool { return c.field[f.ID] != f }) &&
		!slices.ContainsFunc(procedures, func(p data.Procedure) bool { return !reflect.DeepEqual(c.procedure[p.ID], p) })
}

// Renamed returns the unit as which a unit lives on under another name from the
// day after its end (RenameUnit), 0 for none. A unit into which several went, or
// that was there before, is a successor and not the same unit.
func (c *Catalogue) Renamed(id uint32) uint32 {
	u := c.unit[id]
	next, ok := c.unit[u.Successor]
	if !ok || !u.To.Known() || next.From != u.To+1 {
		return 0
	}
	for _, other := range c.Units {
		if other.Successor == u.Successor && other.ID != id {
			return 0
		}
	}
	return next.ID
}

// WithRenamed returns units with those as which they live on under other names.
func (c *Catalogue) WithRenamed(ids []uint32) []uint32 {
	out := slices.Clone(ids)
	for i := 0; i < len(out); i++ { // what was renamed may have been renamed again
		if next := c.Renamed(out[i]); next != 0 && !slices.Contains(out, next) {
			out = append(out, next)
		}
	}
	return out
}

// UnitLabel names a unit in lists to choose from; one that ended says when, and
// what it is now.
func (c *Catalogue) UnitLabel(u data.Unit, today data.Day) string {
	if !u.To.Known() || u.To >= today {
		return u.Name
	}
	if next, ok := c.unit[u.Successor]; ok {
		return fmt.Sprintf("%s (đến %s, nay là %s)", u.Name, u.To, next.Name)
	}
	return fmt.Sprintf("%s (đến %s)", u.Name, u.To)
}

// Unit returns the unit with the id; its zero value when there is none.
func (c *Catalogue) Unit(id uint32) data.Unit { return c.unit[id] }

// Field returns the field with the id; its zero value when there is none.
func (c *Catalogue) Field(id uint32) data.Field { return c.field[id] }

// Procedure returns the procedure with the id; its zero value when there is
// none.
func (c *Catalogue) Procedure(id uint32) data.Procedure { return c.procedure[id] }

// ProcedureOf names the procedure of a dossier: as written at its reception, else
// as the catalogue has it, else by its content.
func (c *Catalogue) ProcedureOf(d *data.Dossier) string {
	if d.Title != "" {
		return d.Title
	}
	if name := c.procedure[d.Procedure].Name; name != "" {
		return name
	}
	return d.Content
}

// Catalogue returns the catalogue as it is now. It never changes once returned.
func (d reading) Catalogue() *Catalogue { return d.from.held().catalogue }

// seedCatalogue gives a new data file the shipped fields and procedures, so
// that terms are known when the first dossiers come in.
func (d *Desk) seedCatalogue() error {
	fresh := false
	err := d.store.View(func(v View) error {
		entries, err := v.Journal(1)
		fresh = len(entries) == 0
		return err
	})
	if err != nil || !fresh {
		return err
	}
	catalogue := shipped.Procedures()
	err = d.store.Append(context.Background(), &Entry{Title: "Tạo tệp dữ liệu", Kind: entryStart}, func(tx Tx) error {
		if err := tx.PutSetting(settingTaken, shippedMarks()); err != nil {
			return err
		}
		return putCatalogue(tx, nil, catalogue.Fields, catalogue.Procedures)
	})
	return err
}

func putCatalogue(tx Tx, units []data.Unit, fields []data.Field, procedures []data.Procedure) error {
	for i := range units {
		if err := tx.PutUnit(&units[i]); err != nil {
			return err
		}
	}
	for i := range fields {
		if err := tx.PutField(&fields[i]); err != nil {
			return err
		}
	}
	for i := range procedures {
		if err := tx.PutProcedure(&procedures[i]); err != nil {
			return err
		}
	}
	return nil
}

// resolver finds catalogue ids by the names that a file uses and adds what the
// catalogue lacks.
type resolver struct {
	tx         Tx
	units      map[string]uint32
	fields     map[string]uint32
	byCode     map[string]uint32
	byNameOnly map[string]uint32
	fresh      map[uint32]data.Procedure // that came with the file, or were completed by it
	cat        *Catalogue
	made       []data.Unit
	added      int
	names      map[string]string // of units and fields that came with the file, by kind and id
}

// unitKey is the key under which a unit is found by its name: Word writes the hyphen of
// «Phòng Văn hóa - Xã hội» as a dash.
func unitKey(name string) string {
	return dashes.Replace(text.NameKey(name))
}

var dashes = strings.NewReplacer("–", "-", "—", "-")

func newResolver(c *Catalogue) *resolver {
	r := &resolver{cat: c, names: map[string]string{}, units: map[string]uint32{}, fields: map[string]uint32{}, byCode: map[string]uint32{}, byNameOnly: map[string]uint32{}, fresh: map[uint32]data.Procedure{}}
	double := c.doubles() // what came in twice is found under the entry that is kept
	for _, u := range c.Units {
		if double.units[u.ID] == 0 {
			r.units[unitKey(u.Name)] = u.ID
		}
	}
	for _, f := range c.Fields {
		if double.fields[f.ID] == 0 {
			r.fields[text.NameKey(f.Name)] = f.ID
		}
	}
	for _, p := range c.Procedures {
		if p.Code != "" {
			r.byCode[p.Code] = p.ID
		}
		if double.procedures[p.ID] == 0 {
			r.byNameOnly[text.NameKey(p.Name)] = p.ID
		}
	}
	return r
}

// unit finds a unit by its name. One that the file brings along gets the level that
// there is on the day on which its first dossier came in.
func (r *resolver) unit(name string, received data.Day) (uint32, error) {
	key := unitKey(name)
	if id, ok := r.units[key]; ok || key == "" {
		return id, nil
	}
	u := data.Unit{Name: name, Level: levelOn(name, received), Source: data.Imported}
	if err := r.tx.PutUnit(&u); err != nil {
		return 0, err
	}
	r.added++
	r.made = append(r.made, u)
	r.units[key], r.names[fmt.Sprint("unit", u.ID)] = u.ID, name
	return u.ID, nil
}

func (r *resolver) field(name string) (uint32, error) {
	key := text.NameKey(name)
	if id, ok := r.fields[key]; ok || key == "" {
		return id, nil
	}
	f := data.Field{Name: name, Source: data.Imported}
	if err := r.tx.PutField(&f); err != nil {
		return 0, err
	}
	r.added++
	r.fields[key], r.names[fmt.Sprint("field", f.ID)] = f.ID, name
	return f.ID, nil
}

// procedure matches on the base code first, then on the name. It returns the
// field of the procedure too.
func (r *resolver) procedure(code, name string, field uint32) (id, itsField uint32, err error) {
	base := baseCode(code)
	key := text.NameKey(name)
	if base == "" && key == "" {
		return 0, field, nil
	}
	found, ok := uint32(0), false
	if base != "" {
		found, ok = r.byCode[base]
	} else {
		found, ok = r.byNameOnly[key]
	}
	if !ok && key != "" {
		// An earlier file named the procedure without its code: it is the same one.
		same, named := r.byNameOnly[key]
		if p := r.entry(same); named && p.Code == "" && p.Source == data.Imported {
			p.Code = base
			if err := r.tx.PutProcedure(&p); err != nil {
				return 0, 0, err
			}
			r.byCode[base], r.fresh[same] = same, p
			found, ok = same, true
		}
	}
	if ok {
		if field == 0 {
			field = r.entry(found).Field
		}
		return found, field, nil
	}
	p := data.Procedure{Code: base, Name: name, Field: field, Source: data.Imported}
	if p.Name == "" {
		p.Name = base
	}
	if err := r.tx.PutProcedure(&p); err != nil {
		return 0, 0, err
	}
	r.added++
	if base != "" {
		r.byCode[base] = p.ID
	}
	r.byNameOnly[key] = p.ID
	r.fresh[p.ID] = p
	return p.ID, field, nil
}

// entry returns a procedure of the file or of the catalogue.
func (r *resolver) entry(id uint32) data.Procedure {
	if p, ok := r.fresh[id]; ok {
		return p
	}
	return r.cat.Procedure(id)
}

// procedureName returns the name of a procedure; "" for none.
func (r *resolver) procedureName(id uint32) string { return r.entry(id).Name }

// name returns the name of a catalogue entry of the kind "unit", "receiver",
// "helper", "field" or "procedure", for lists of changes.
func (r *resolver) name(kind string, id uint32) string {
	switch kind {
	case "procedure":
		return r.procedureName(id)
	case "unit", "receiver", "helper":
		return cmp.Or(r.cat.Unit(id).Name, r.names[fmt.Sprint("unit", id)])
	}
	return cmp.Or(r.cat.Field(id).Name, r.names[fmt.Sprint("field", id)])
}

// baseCode returns the base of a procedure code: 1.000494 of
// 1.000494.000.00.00.H29 (register-and-reports 2.3). Another code is its own
// base.
func baseCode(code string) string {
	code = strings.TrimSpace(code)
	if len(code) >= 8 && code[1] == '.' && strings.Trim(code[2:8], "0123456789") == "" && (len(code) == 8 || code[8] == '.') {
		return code[:8]
	}
	return code
}

// levelOn reads the level of a unit from its name, as of a day: since the district
// level ended a phòng belongs to a commune. What is named after a district stays one.
func levelOn(name string, day data.Day) data.Level {
	level := guessLevel(name)
	if words := " " + unitWords(name) + " "; strings.Contains(words, " phong ") && !strings.Contains(words, " huyen ") {
		return basis.LevelOn(level, day)
	}
	return level
}

// guessLevel reads the level of a unit from its name, for units that a file
// brings along. The officer can change it in the catalogue.
func guessLevel(name string) data.Level {
	n := " " + unitWords(name) + " "
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(n, " "+w+" ") })
	}
	switch {
	case has("cong an", "chi cuc thue", "thue", "bao hiem xa hoi", "bhxh", "kho bac", "toa an", "vien kiem sat", "thi hanh an", "dien luc", "van phong dang ky dat dai", "chi nhanh", "hai quan", "quan su"):
		return data.LevelVertical
	case has("ubnd xa", "ubnd phuong", "ubnd thi tran", "uy ban nhan dan xa", "uy ban nhan dan phuong", "uy ban nhan dan thi tran", "dac khu") || strings.HasPrefix(n, " xa ") || strings.HasPrefix(n, " phuong ") || strings.HasPrefix(n, " thi tran "):
		return data.LevelCommune
	case has("so", "ubnd tinh", "uy ban nhan dan tinh", "ban quan ly khu kinh te"):
		return data.LevelProvince
	case has("phong", "van phong", "ubnd huyen", "ubnd thi xa", "ubnd thanh pho", "ubnd quan", "huyen", "thi xa", "quan"):
		return data.LevelDistrict
	}
	return ""
}

// shortUnits are the abbreviations with which names of units begin.
var shortUnits = map[string]string{"p": "phuong", "x": "xa", "tt": "thi tran", "tx": "thi xa", "tp": "thanh pho", "h": "huyen", "q": "quan"}

// officeWords follow P. and TT. where these stand for phòng and trung tâm.
var officeWords = []string{"tu phap", "noi vu", "tai chinh", "tai nguyen", "tnmt", "tn mt", "kinh te", "quan ly", "van hoa", "giao duc", "gd dt", "y te", "lao dong", "ld tbxh",
	"nong nghiep", "dan toc", "thanh tra", "phuc vu", "hanh chinh", "phat trien"}

// unitWords folds the name of a unit, without marks, its abbreviation written
// out: «UBND TT. Liên Nghĩa» is "ubnd thi tran lien nghia".
func unitWords(name string) string {
	words := strings.Fields(strings.Map(func(r rune) rune {
		if strings.ContainsRune(".,;:()-–/", r) {
			return ' '
		}
		return r
	}, text.Fold(name)))
	for i, w := range words {
		long, ok := shortUnits[w]
		if !ok || i > 0 && words[i-1] != "ubnd" && words[i-1] != "dan" || i+1 == len(words) {
			continue
		}
		rest := strings.Join(words[i+1:], " ") + " "
		for _, o := range officeWords {
			if i == 0 && strings.HasPrefix(rest, o+" ") {
				long = map[string]string{"p": "phong", "tt": "trung tam"}[w]
			}
		}
		if long != "" {
			words[i] = long
		}
	}
	return strings.Join(words, " ")
}
