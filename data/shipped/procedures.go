// Package shipped reads the catalogue of administrative procedures that comes
// with the program. It hands out values of package data with ids that start at
// 1 and never change order; it stores nothing and knows no data file.
package shipped

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"giaoban/assets"
	"giaoban/data"
	"giaoban/data/basis"
)

// Catalogue is a list of procedures with the fields they belong to.
type Catalogue struct {
	Fields     []data.Field     // ids 1, 2, … in order of first appearance
	Procedures []data.Procedure // ids 1, 2, … in file order
}

// columns are the headings of procedures.csv.
var columns = []string{"code", "name", "field", "level", "term", "term_unit", "online_level", "fee_vnd", "one_stop", "effective_from", "effective_to", "source"}

// Procedures returns the shipped catalogue. A procedure that both district and
// commune receive stands in it twice, once for each level. It panics when the
// embedded file is damaged, which a test rules out. The slices are the caller's
// to change.
func Procedures() Catalogue {
	c := parsed()
	return Catalogue{append([]data.Field(nil), c.Fields...), append([]data.Procedure(nil), c.Procedures...)}
}

var parsed = sync.OnceValue(func() Catalogue {
	c, err := Parse(strings.NewReader(string(assets.Procedures)))
	if err != nil {
		panic(err)
	}
	return c
})

// Parse reads a catalogue in the form of assets/procedures.csv: a heading row,
// then one procedure a row; the level both stands for district and commune. Nothing
// outlasts its level. Certain is false where the source column says that
// the name or the term is known from practice only. Its errors are *data.Error
// that name the row.
func Parse(r io.Reader) (Catalogue, error) {
	var c Catalogue
	rows := csv.NewReader(r)
	rows.FieldsPerRecord = len(columns)
	fields := map[string]uint32{}
	for line := 1; ; line++ {
		row, err := rows.Read()
		if err == io.EOF {
			return c, nil
		}
		bad := func(what string, cause error) error {
			return data.Fail(data.Invalid, fmt.Sprintf("Danh mục thủ tục, dòng %d: %s. Sửa dòng ấy rồi nạp lại.", line, what), cause)
		}
		if err != nil {
			return Catalogue{}, bad("không đọc được", err)
		}
		if line == 1 {
			if strings.Join(row, ",") != strings.Join(columns, ",") {
				return Catalogue{}, bad("tên các cột không đúng", nil)
			}
			continue
		}
		p := data.Procedure{Code: row[0], Name: row[1], OnlineLevel: row[6], Certain: certain(row[11]), Source: data.Shipped}
		if p.Name == "" || row[2] == "" {
			return Catalogue{}, bad("thiếu tên thủ tục hoặc lĩnh vực", nil)
		}
		if p.Term, err = term(row[4], row[5]); err != nil {
			return Catalogue{}, bad("thời hạn không đúng", err)
		}
		if row[7] != "" {
			if p.Fee, err = strconv.ParseInt(row[7], 10, 64); err != nil || p.Fee < 0 {
				return Catalogue{}, bad("phí, lệ phí không đúng", err)
			}
		}
		if p.From, err = day(row[9]); err != nil {
			return Catalogue{}, bad("ngày bắt đầu không đúng", err)
		}
		if p.To, err = day(row[10]); err != nil {
			return Catalogue{}, bad("ngày kết thúc không đúng", err)
		}
		levels, ok := map[string][]data.Level{
			"tinh": {data.LevelProvince}, "huyen": {data.LevelDistrict}, "xa": {data.LevelCommune}, "nganh-doc": {data.LevelVertical},
			"both": {data.LevelDistrict, data.LevelCommune},
		}[row[3]]
		if !ok {
			return Catalogue{}, bad("cấp thực hiện không đúng", nil)
		}
		if fields[row[2]] == 0 {
			fields[row[2]] = uint32(len(c.Fields) + 1)
			c.Fields = append(c.Fields, data.Field{ID: fields[row[2]], Name: row[2], Source: data.Shipped})
		}
		p.Field = fields[row[2]]
		ends := p.To
		for _, p.Level = range levels {
			p.To = ends
			if last := basis.LevelEnd(p.Level); last.Known() && (!ends.Known() || last < ends) {
				p.To = last
			}
			p.ID = uint32(len(c.Procedures) + 1)
			c.Procedures = append(c.Procedures, p)
		}
	}
}

// certain reads the source column: what is marked as knowledge for the level,
// the dates or the one-stop column leaves name and term certain.
func certain(source string) bool {
	for _, part := range strings.Split(source, ";") {
		what, found := strings.CutSuffix(strings.TrimSpace(part), "knowledge")
		if !found {
			continue
		}
		words := strings.FieldsFunc(what, func(r rune) bool { return r == ' ' || r == ',' || r == ':' })
		if len(words) == 0 || slices.Contains(words, "name") || slices.Contains(words, "term") {
			return false
		}
	}
	return source != ""
}

func term(count, unit string) (data.Term, error) {
	u, err := data.ParseTermUnit(unit)
	if err != nil {
		return data.Term{}, err
	}
	n, err := strconv.Atoi(count)
	if err != nil || n < 1 {
		return data.Term{}, fmt.Errorf("term %q: %w", count, strconv.ErrRange)
	}
	return data.Term{Count: n, Unit: u}, nil
}

func day(s string) (data.Day, error) {
	if s == "" {
		return data.NoDay, nil
	}
	return data.ParseISO(s)
}
