package desk

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/disk"
	"giaoban/data/exchange/sheet"
	"giaoban/data/shipped"
	"giaoban/data/text"
)

// settingFounding holds the step at which the setting up of the office stands.
const settingFounding = "founding"

// Founding returns the step, from 1, at which the setting up of the office stands; 0
// once it is done, and in files that were begun another way.
func (d *Desk) Founding() int {
	n, _ := strconv.Atoi(string(d.Setting(settingFounding)))
	return n
}

// SetFounding notes the step of the setting up; 0 ends it. It is no change that can be
// undone.
func (d *Desk) SetFounding(ctx context.Context, step int) error {
	if step == d.Founding() {
		return nil
	}
	if step == 0 {
		return d.KeepSetting(ctx, Work{Title: "Lập sổ xong", Note: true}, settingFounding, nil)
	}
	return d.KeepSetting(ctx, Work{Title: fmt.Sprintf("Lập sổ: bước %d", step), Note: true}, settingFounding, []byte(strconv.Itoa(step)))
}

// FoundOffice stores the office of a new file: its level and its name must be there.
func (d *Desk) FoundOffice(ctx context.Context, o data.Office) error {
	switch {
	case o.Level == "":
		return &data.Error{Code: data.Invalid, Field: "level", Message: "Chọn cấp của cơ quan."}
	case text.Line(o.Name) == "":
		return &data.Error{Code: data.Invalid, Field: "name", Message: "Cơ quan chưa có tên. Nhập tên, ví dụ UBND phường Yên Trạch."}
	}
	return d.SetOffice(ctx, o)
}

// Former is a unit that was merged into another one.
type Former struct {
	Name, Into string
	Day        data.Day // first day on which the other one carries on its work
}

// SetUnits makes the list of units what it is given: those with an ID are changed, those
// without are new, those left out are dropped, which is refused where something names
// them. Its errors belong to the field units, those of SetFormer to merged.
func (d *Desk) SetUnits(ctx context.Context, units []data.Unit) error {
	c := d.Catalogue()
	kept := map[uint32]bool{}
	var changed, fresh []data.Unit
	for i, u := range units {
		u.Name = text.Line(u.Name)
		if slices.ContainsFunc(units[:i], func(x data.Unit) bool { return sameUnit(&x, &u) }) {
			return &data.Error{Code: data.Conflict, Field: "units", Message: fmt.Sprintf("Đơn vị «%s» có hai lần trong danh sách. Bỏ một dòng.", u.Name)}
		}
		switch old := c.Unit(u.ID); {
		case old.ID == 0:
			fresh = append(fresh, u)
		case u != old:
			changed = append(changed, u)
		}
		kept[u.ID] = true
	}
	var gone []data.Unit
	for _, u := range c.Units {
		if !kept[u.ID] && u.Successor == 0 {
			if err := d.unused(c, u); err != nil {
				return err
			}
			gone = append(gone, u)
		}
	}
	if len(changed)+len(fresh)+len(gone) == 0 {
		return nil
	}
	left := slices.DeleteFunc(slices.Clone(c.Units), func(u data.Unit) bool { return slices.Contains(gone, u) })
	for _, u := range slices.Concat(changed, fresh) {
		others := slices.DeleteFunc(slices.Clone(left), func(x data.Unit) bool {
			return slices.ContainsFunc(changed, func(y data.Unit) bool { return x.ID == y.ID })
		})
		if err := checkUnit(nil, others, &u); err != nil {
			return data.InField(err, "units")
		}
	}
	return d.Change(ctx, Work{Title: "Lập danh sách đơn vị"}, func(tx Tx) error {
		for _, u := range gone {
			if err := tx.DropUnit(u.ID); err != nil {
				return err
			}
		}
		for _, u := range slices.Concat(changed, fresh) {
			if err := tx.PutUnit(&u); err != nil {
				return err
			}
		}
		return nil
	})
}

// unused returns nil where nothing names a unit.
func (d *Desk) unused(c *Catalogue, u data.Unit) error {
	counters, err := d.Counters()
	if err != nil {
		return err
	}
	if d.Len() > 0 && d.Count(Query{Filter: Filter{Units: []uint32{u.ID}}}) > 0 ||
		slices.ContainsFunc(c.Units, func(x data.Unit) bool { return x.Successor == u.ID || x.Centre == u.ID }) ||
		slices.ContainsFunc(c.Procedures, func(p data.Procedure) bool { return p.Unit == u.ID }) ||
		slices.ContainsFunc(counters, func(x Stored[data.Counter]) bool { return x.Value.Unit == u.ID }) {
		return &data.Error{Code: data.Conflict, Field: "units", Message: fmt.Sprintf("Đơn vị «%s» đã có hồ sơ, hoặc có nơi khác dùng, nên không bỏ được. Giữ lại, hoặc kết thúc nó ở Danh mục.", u.Name)}
	}
	return nil
}

// SetFormer adds units of before that were merged into those of now; one that is there
// already is ended.
func (d *Desk) SetFormer(ctx context.Context, list []Former) error {
	c := d.Catalogue()
	find := func(name string) data.Unit {
		key := text.NameKey(name)
		return data.First(c.Units, func(u data.Unit) bool { return text.NameKey(u.Name) == key && u.ValidOn(d.Today()) })
	}
	bad := func(i int, format string, args ...any) error {
		return &data.Error{Code: data.Invalid, Field: "merged", Message: fmt.Sprintf("Đơn vị cũ, dòng %d: ", i+1) + fmt.Sprintf(format, args...)}
	}
	var changed, fresh []data.Unit
	for i, f := range list {
		into := find(f.Into)
		switch {
		case into.ID == 0:
			return bad(i, "chọn đơn vị mà «%s» nhập vào.", f.Name)
		case !f.Day.Known():
			return bad(i, "nhập ngày «%s» nhập vào đơn vị mới.", f.Name)
		case text.NameKey(f.Name) == text.NameKey(into.Name):
			return bad(i, "một đơn vị không thể sáp nhập vào chính nó.")
		}
		u := find(f.Name)
		if known := slices.IndexFunc(c.Units, func(x data.Unit) bool { return text.NameKey(x.Name) == text.NameKey(f.Name) && x.Successor != 0 }); u.ID == 0 && known >= 0 {
			u = c.Units[known]
		}
		if u.ID == 0 {
			u = data.Unit{Name: text.Line(f.Name), Level: cmp.Or(levelOn(f.Name, f.Day-1), into.Level), Kind: data.KindCommune, Order: len(c.Units) + len(fresh) + 1, Source: data.Typed}
			if u.Level != data.LevelCommune {
				u.Kind = into.Kind
			}
		}
		old := u
		u.To, u.Successor = f.Day-1, into.ID
		switch {
		case u.ID == 0:
			fresh = append(fresh, u)
		case u != old:
			changed = append(changed, u)
		}
	}
	if len(changed)+len(fresh) == 0 {
		return nil
	}
	return data.InField(d.putUnits(ctx, Work{Title: fmt.Sprintf("Ghi %d đơn vị cũ đã sáp nhập", len(changed)+len(fresh))}, changed, fresh), "merged")
}

// FormerUnits lists the units that were merged, as SetFormer takes them.
func (d *Desk) FormerUnits() (out []Former) {
	c := d.Catalogue()
	for _, u := range c.Units {
		if u.Successor != 0 && u.To.Known() {
			out = append(out, Former{u.Name, c.Unit(u.Successor).Name, u.To + 1})
		}
	}
	return out
}

// unitHeadings are the beginnings of folded headings over names of units, the better
// first.
var unitHeadings = []string{"ten don vi", "don vi xu ly", "don vi thu ly", "don vi giai quyet", "don vi", "ten phong", "phong ban", "co quan xu ly", "co quan thuc hien", "co quan", "ten co quan", "bo phan"}

// maxUnits is more than an office and its neighbours have.
const maxUnits = 2000

// OpenUnits reads the names of units from a workbook, each once, in their order: from the
// column whose heading names units, in a list of units as in a register. It stores
// nothing.
func (d *Desk) OpenUnits(ctx context.Context, path string) ([]data.Unit, error) {
	f, book, err := openSheets(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	for i := range book.Sheets() {
		names, err := unitNames(ctx, book, i)
		if err != nil {
			return nil, err
		}
		if len(names) == 0 {
			continue
		}
		var out []data.Unit
		for _, name := range names {
			out = append(out, data.Unit{Name: name, Level: cmp.Or(levelOn(name, d.Today()), d.Office().Level), Kind: guessKind(name), Order: len(out) + 1, Source: data.Typed})
		}
		return out, nil
	}
	return nil, data.Fail(data.Refused, fmt.Sprintf("%s không có cột tên đơn vị. Cần một cột có tiêu đề «Tên đơn vị», «Đơn vị xử lý» hoặc «Phòng, ban».", filepath.Base(path)), nil)
}

// guessKind reads from its name what sort of office a unit is.
func guessKind(name string) data.UnitKind {
	words := " " + unitWords(name) + " "
	switch {
	case strings.Contains(words, " trung tam phuc vu ") || strings.Contains(words, " mot cua ") || strings.Contains(words, " tiep nhan "):
		return data.KindCentre
	case guessLevel(name) == data.LevelVertical:
		return data.KindVertical
	case guessLevel(name) == data.LevelCommune:
		return data.KindCommune
	case strings.Contains(words, " trung tam ") || strings.HasPrefix(words, " truong ") || strings.Contains(words, " tram "):
		return data.KindBranch
	}
	return data.KindDepartment
}

// openSheets opens a workbook, HTML table or text for reading.
func openSheets(path string) (*os.File, *sheet.Book, error) {
	f, err := disk.Open(path)
	if err != nil {
		return nil, nil, data.Fail(data.NotFound, fmt.Sprintf("Không mở được %s. Kiểm tra tệp còn đó và không bị khóa.", filepath.Base(path)), err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, nil, data.Fail(data.NotFound, fmt.Sprintf("Không đọc được %s.", filepath.Base(path)), err)
	}
	book, err := sheet.Open(f, info.Size())
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, book, nil
}

// unitNames reads the names of one sheet, none where no heading names units.
func unitNames(ctx context.Context, book *sheet.Book, i int) (names []string, err error) {
	column := -1
	seen := map[string]bool{}
	for row, err := range sheet.Each(book.Filled(ctx, i)) {
		if err != nil {
			return nil, err
		}
		if ctx.Err() != nil {
			return nil, data.Fail(data.Cancelled, "Đã hủy. Danh sách đơn vị giữ nguyên.", ctx.Err())
		}
		cells := map[int]string{}
		for _, c := range row.Cells {
			cells[c.Col] = cellText(&c, book.Date1904)
		}
		if column < 0 {
			column = unitColumn(cells)
			continue
		}
		name := text.Line(cells[column])
		if key := text.NameKey(name); name != "" && !seen[key] && !columnNumber.MatchString(name) && strings.ContainsAny(text.Fold(name), "abcdefghijklmnopqrstuvwxyz") {
			seen[key] = true
			names = append(names, name)
		}
		if len(names) > maxUnits {
			return nil, data.Fail(data.Refused, fmt.Sprintf("Cột đơn vị có hơn %s tên khác nhau, không phải danh sách đơn vị.", data.FormatInt(maxUnits)), nil)
		}
	}
	return names, nil
}

// unitColumn finds the column that names units in a row of headings, -1 for none.
func unitColumn(cells map[int]string) int {
	for _, start := range unitHeadings {
		best := -1
		for col, cell := range cells {
			folded := text.Words(cell)
			if (folded == start || strings.HasPrefix(folded, start+" ")) && len(folded) < 60 && (best < 0 || col < best) {
				best = col
			}
		}
		if best >= 0 {
			return best
		}
	}
	return -1
}

// ProcedureGroup is a field of the shipped procedures of one level.
type ProcedureGroup struct {
	Level data.Level
	Field string
	Count int
	Doubt int  // of Count: not compared with the decision that published them
	On    bool // the catalogue has them
}

// ProcedureGroups lists the shipped procedures by level and field, the levels of the
// office's day before those that ended.
func (d *Desk) ProcedureGroups() []ProcedureGroup {
	ship := shipped.Procedures()
	held := map[shippedKey]bool{}
	c := d.Catalogue()
	for i := range c.Procedures {
		held[keyOf(&c.Procedures[i])] = true
	}
	var out []ProcedureGroup
	for i := range ship.Procedures {
		p := &ship.Procedures[i]
		field := ship.Fields[p.Field-1].Name
		at := slices.IndexFunc(out, func(g ProcedureGroup) bool { return g.Level == p.Level && g.Field == field })
		if at < 0 {
			at = len(out)
			out = append(out, ProcedureGroup{Level: p.Level, Field: field})
		}
		out[at].Count++
		if !p.Certain {
			out[at].Doubt++
		}
		out[at].On = out[at].On || held[keyOf(p)]
	}
	order := append(basis.Levels(d.Today()), basis.Levels(data.NoDay)...)
	own := d.Office().Level
	rank := func(l data.Level) int {
		if l == own {
			return -1
		}
		return slices.Index(order, l)
	}
	slices.SortStableFunc(out, func(a, b ProcedureGroup) int { return cmp.Compare(rank(a.Level), rank(b.Level)) })
	return out
}

// shippedKey is what tells one shipped procedure from another.
type shippedKey struct {
	code, name string
	level      data.Level
}

func keyOf(p *data.Procedure) shippedKey {
	if p.Code != "" {
		return shippedKey{code: p.Code, level: p.Level}
	}
	return shippedKey{name: text.NameKey(p.Name), level: p.Level}
}

// KeepGroups makes the catalogue hold the shipped procedures of the groups that are on,
// and none of the others but those that dossiers or officers name. It returns how many
// came and went.
func (d *Desk) KeepGroups(ctx context.Context, groups []ProcedureGroup) (added, dropped int, err error) {
	c, ship := d.Catalogue(), shipped.Procedures()
	held := map[shippedKey]data.Procedure{}
	for _, p := range c.Procedures {
		held[keyOf(&p)] = p
	}
	var add, drop []data.Procedure
	for i := range ship.Procedures {
		p := ship.Procedures[i]
		field := ship.Fields[p.Field-1].Name
		at := slices.IndexFunc(groups, func(g ProcedureGroup) bool { return g.Level == p.Level && g.Field == field })
		if at < 0 {
			continue
		}
		old, there := held[keyOf(&p)]
		switch {
		case groups[at].On && !there:
			add = append(add, p)
		case !groups[at].On && there && old.Source == data.Shipped && (d.Len() == 0 || d.Count(Query{Filter: Filter{Procedures: []uint32{old.ID}}}) == 0):
			drop = append(drop, old)
		}
	}
	if len(add)+len(drop) == 0 {
		return 0, 0, nil
	}
	err = d.Change(ctx, Work{Title: "Chọn thủ tục kèm theo chương trình"}, func(tx Tx) error {
		names := newResolver(c)
		names.tx = tx
		for _, p := range drop {
			if err := tx.DropProcedure(p.ID); err != nil {
				return err
			}
		}
		for _, p := range add {
			id, err := names.field(ship.Fields[p.Field-1].Name)
			if err != nil {
				return err
			}
			p.ID, p.Field = 0, id
			if err := tx.PutProcedure(&p); err != nil {
				return err
			}
		}
		return nil
	})
	return len(add), len(drop), err
}
