package book

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/desk"
	"giaoban/data/exchange/sheet"
	"giaoban/data/scoring"
)

// Sets returns the criteria sets of the office.
func (b *Book) Sets() ([]assess.StoredSet, error) { return listed(b, assess.RecordSet, setID) }

// Set returns a stored set and what it holds.
func (b *Book) Set(id uint64) (stored assess.StoredSet, set *scoring.Set, err error) {
	err = b.from.Read(func(v desk.View) error {
		stored, set, err = b.set(v, id)
		return err
	})
	return stored, set, err
}

func (b *Book) set(v desk.View, id uint64) (assess.StoredSet, *scoring.Set, error) {
	stored, err := one(v, assess.RecordSet, id, "bộ tiêu chí", setID)
	if err != nil {
		return stored, nil, err
	}
	set, err := b.open(&stored)
	return stored, set, err
}

// StoredSet puts a set into the shape of its record. Its hash is that of its
// content, whatever file it came from.
func StoredSet(set *scoring.Set, from string) (assess.StoredSet, error) {
	raw, err := json.Marshal(set)
	if err != nil {
		return assess.StoredSet{}, err
	}
	sum := sha256.Sum256(raw)
	return assess.StoredSet{Key: set.Meta.ID, Title: set.Meta.Title, Year: set.Meta.Year, Level: set.Meta.Level,
		Draft: len(set.Problems()) > 0, From: from, Hash: hex.EncodeToString(sum[:]), JSON: raw}, nil
}

// TakeSample takes a shipped set into the data file, by its id.
func (b *Book) TakeSample(ctx context.Context, key string) (id uint64, err error) {
	set := scoring.ShippedByID(key)
	if set == nil {
		return 0, data.Fail(data.NotFound, fmt.Sprintf("Chương trình không có bộ tiêu chí mẫu «%s».", key), nil)
	}
	return b.addSet(ctx, set, "Bộ tiêu chí mẫu của chương trình")
}

// ImportSet takes a set from a file, JSON, workbook or the annex of a decision by its
// content. A set with faults is kept as a draft, and problems lists them; a set that is there already
// is refused with data.Conflict.
func (b *Book) ImportSet(ctx context.Context, name string, raw []byte) (id uint64, problems []*data.Error, err error) {
	from := "Nhập từ tệp " + filepath.Base(name)
	set, err := ReadSet(ctx, raw)
	if errors.Is(err, errNoSet) {
		d, err := ReadAnnex(ctx, name, raw)
		if err != nil {
			return 0, nil, err
		}
		id, faults, err := b.ImportAnnex(ctx, from, d)
		for _, f := range faults {
			problems = append(problems, &data.Error{Code: data.Invalid, Field: f.Code, Message: f.String()})
		}
		return id, problems, err
	}
	if err != nil {
		return 0, nil, err
	}
	id, err = b.addSet(ctx, set, from)
	if err != nil {
		return 0, nil, err
	}
	return id, set.Problems(), nil
}

// errNoSet tells that a file is no set as the program writes it; it may be the annex of
// a decision.
var errNoSet = errors.New("no set of the program")

// ReadSet reads a set from a file without keeping it. Its errors name the node,
// or the sheet, the row and the column of a workbook; errNoSet is the cause where the
// file may be the annex of a decision.
func ReadSet(ctx context.Context, raw []byte) (*scoring.Set, error) {
	if text := bytes.TrimSpace(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))); len(text) > 0 && text[0] == '{' {
		return scoring.DecodeSet(raw)
	}
	book, err := sheet.Open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, err
	}
	for i, name := range book.Sheets() {
		rows, err := sheetRows(ctx, book, i)
		if err != nil {
			return nil, err
		}
		if !ownRows(rows) {
			continue
		}
		set, err := scoring.ParseSetRows(rows)
		var at *scoring.RowError
		if errors.As(err, &at) {
			return nil, &data.Error{Code: data.Invalid, Field: fieldOf(err), Message: fmt.Sprintf("Trang «%s», dòng %d, cột «%s»: %s.", name, at.Row, at.Column, at.Text), Cause: at}
		}
		return set, err
	}
	return nil, errNoSet
}

func fieldOf(err error) string {
	var e *data.Error
	if errors.As(err, &e) {
		return e.Field
	}
	return ""
}

// maxSetRows bounds a workbook of a set, far above any decision.
const maxSetRows = 20_000

// sheetRows reads a sheet so that the place of a row is its number.
func sheetRows(ctx context.Context, book *sheet.Book, i int) ([][]string, error) {
	var out [][]string
	for row, err := range sheet.Each(book.Rows(ctx, i)) {
		if err != nil {
			return nil, err
		}
		if row.Num > maxSetRows {
			return nil, data.Fail(data.Refused, fmt.Sprintf("Bảng dài hơn %s dòng, không phải bộ tiêu chí.", data.FormatInt(maxSetRows)), nil)
		}
		for len(out) < row.Num {
			out = append(out, nil)
		}
		var cells []string
		for _, c := range row.Cells {
			for len(cells) < c.Col && c.Col <= 200 {
				cells = append(cells, "")
			}
			if c.Col <= 200 {
				cells[c.Col-1] = cellText(c)
			}
		}
		if row.Num > 0 {
			out[row.Num-1] = cells
		}
	}
	return out, nil
}

var threeDecimals = regexp.MustCompile(`^-?\d+\.\d{3}$`)

// cellText writes a date cell as people do; Excel makes one of 31/01/2023.
func cellText(c sheet.Cell) string {
	text := string(c.Text)
	if c.Kind == sheet.Number {
		text = string(sheet.PlainNumber(c.Text, new([]byte)))
	}
	switch {
	case c.Kind == sheet.Date && len(text) >= 10:
		if d, err := data.ParseISO(text[:10]); err == nil {
			return d.String()
		}
	case c.Kind == sheet.Number && c.DateStyle:
		if n, err := scoring.ParseNumber(text); err == nil && n.IsInt() {
			// Day 25569 of a workbook is 1 January 1970.
			return data.Day(n.Rat().Num().Int64() - 25569).String()
		}
	case c.Kind == sheet.Number && threeDecimals.MatchString(text):
		// The dot of a number cell begins decimals; typed, it would separate thousands.
		return strings.Replace(text, ".", ",", 1)
	}
	return text
}

func (b *Book) addSet(ctx context.Context, set *scoring.Set, from string) (id uint64, err error) {
	record, err := StoredSet(set, from)
	if err != nil {
		return 0, err
	}
	return b.putSet(ctx, "Thêm bộ tiêu chí «"+record.Title+"»", record)
}

func (b *Book) putSet(ctx context.Context, title string, record assess.StoredSet) (id uint64, err error) {
	id = record.ID
	err = b.desk.Change(ctx, desk.Work{Title: title}, func(tx desk.Tx) error {
		others, err := all(tx, assess.RecordSet, setID)
		if err != nil {
			return err
		}
		for _, o := range others {
			switch {
			case o.ID == id:
			case o.Hash == record.Hash:
				return data.Fail(data.Conflict, fmt.Sprintf("Bộ tiêu chí «%s» (mã %s) đã có trong sổ, nội dung giống hệt, nên không thêm lần nữa.", o.Title, o.Key), nil)
			case o.Key == record.Key:
				return &data.Error{Code: data.Conflict, Field: "id", Message: fmt.Sprintf("Mã %s đã dùng cho bộ tiêu chí «%s». Đổi mã bộ tiêu chí, hoặc sửa bộ đã có.", o.Key, o.Title)}
			}
		}
		return tx.PutRecord(assess.RecordSet, &id, record)
	})
	return id, err
}

// CopySet copies a set to another year, to be edited there; its key ends in the
// year.
func (b *Book) CopySet(ctx context.Context, id uint64, year int) (uint64, error) {
	old, set, err := b.Set(id)
	if err != nil {
		return 0, err
	}
	key := keyFor(old.Key, old.Year, year)
	c, err := set.CopyToYear(key, year)
	if err != nil {
		return 0, err
	}
	record, err := StoredSet(c, fmt.Sprintf("Sao chép từ bộ năm %d", old.Year))
	if err != nil {
		return 0, err
	}
	return b.putSet(ctx, fmt.Sprintf("Sao chép bộ tiêu chí «%s» sang năm %d", old.Title, year), record)
}

// keyFor puts another year into the key of a set.
func keyFor(key string, from, to int) string {
	old := fmt.Sprint(from)
	if at := bytes.LastIndex([]byte(key), []byte(old)); from > 0 && at >= 0 {
		return key[:at] + fmt.Sprint(to) + key[at+len(old):]
	}
	return fmt.Sprintf("%s-%d", key, to)
}

// SetUsed returns the periods that use a set: such a set is locked.
func (b *Book) SetUsed(id uint64) ([]assess.Period, error) {
	return desk.Viewed(b.from, func(v desk.View) ([]assess.Period, error) { return users(v, id) })
}

func users(v desk.View, id uint64) ([]assess.Period, error) {
	list, err := all(v, assess.RecordPeriod, periodID)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(list, func(p assess.Period) bool { return p.Set != id }), nil
}

func unused(v desk.View, s *assess.StoredSet) error {
	list, err := users(v, s.ID)
	if err != nil || len(list) == 0 {
		return err
	}
	return data.Fail(data.Conflict, fmt.Sprintf("Bộ tiêu chí «%s» đang dùng cho «%s» nên đã khóa. Sao chép sang bộ khác rồi sửa.", s.Title, list[0].Title), nil)
}

// mayEdit refuses to change a set that a period uses, but for the rules of criteria that
// were refused since: those are mended in place.
func mayEdit(v desk.View, s *assess.StoredSet, before, after *scoring.Set) error {
	err := unused(v, s)
	if data.CodeOf(err) != data.Conflict || len(before.Problems()) == 0 {
		return err
	}
	if left := after.Problems(); len(left) > 0 {
		return left[0]
	}
	mends, err := after.Mends(before)
	if err == nil && !mends {
		err = data.Fail(data.Conflict, fmt.Sprintf("Bộ tiêu chí «%s» đang dùng nên chỉ sửa được cách chấm của các tiêu chí có lỗi. Bỏ các thay đổi khác, hoặc sao chép sang bộ khác rồi sửa.", s.Title), nil)
	}
	return err
}

// Faulty lists what is wrong with finished sets: what an older program took and is
// refused now, one sentence each.
func (b *Book) Faulty() ([]string, error) {
	list, err := b.Sets()
	if err != nil {
		return nil, err
	}
	var out []string
	for i := range list {
		if list[i].Draft {
			continue
		}
		set, err := b.open(&list[i])
		if err != nil {
			return nil, err
		}
		for _, p := range set.Problems() {
			out = append(out, fmt.Sprintf("Bộ tiêu chí «%s»: %s", list[i].Title, p.Message))
		}
	}
	return out, nil
}

// EditSet changes a set that no period uses, or mends one: see mayEdit. change works on a copy; what it did
// is kept also when faults remain, as a draft. title names it in the journal,
// such as «Bộ tiêu chí …: thêm tiêu chí 1.4».
func (b *Book) EditSet(ctx context.Context, id uint64, title string, change func(*scoring.Set) error) (problems []*data.Error, err error) {
	old, set, err := b.Set(id)
	if err != nil {
		return nil, err
	}
	c, err := set.Clone()
	if err != nil {
		return nil, err
	}
	if err := change(c); err != nil {
		return nil, err
	}
	record, err := StoredSet(c, old.From)
	if err != nil {
		return nil, err
	}
	record.ID, record.Doubts = id, old.Doubts
	if err := b.from.Read(func(v desk.View) error { return mayEdit(v, &old, set, c) }); err != nil {
		return nil, err
	}
	if _, err := b.putSet(ctx, title, record); err != nil {
		return nil, err
	}
	return c.Problems(), nil
}

// DropSet takes a set out that no period uses.
func (b *Book) DropSet(ctx context.Context, id uint64) error {
	old, _, err := b.Set(id)
	if err != nil {
		return err
	}
	return b.desk.Change(ctx, desk.Work{Title: "Bỏ bộ tiêu chí «" + old.Title + "»"}, func(tx desk.Tx) error {
		if err := unused(tx, &old); err != nil {
			return err
		}
		return tx.DropRecord(assess.RecordSet, id)
	})
}

// ExportSet writes a set as JSON, as ImportSet reads it.
func (b *Book) ExportSet(id uint64) ([]byte, error) {
	_, set, err := b.Set(id)
	if err != nil {
		return nil, err
	}
	return json.MarshalIndent(set, "", "  ")
}

// AddSet stores a new set, as a draft where it holds faults. A key that another
// set has is refused with data.Conflict at the field id.
func (b *Book) AddSet(ctx context.Context, set *scoring.Set) (id uint64, err error) {
	return b.addSet(ctx, set, "Nhập tay")
}
