package book

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/assess/annex"
	"giaoban/data/desk"
	"giaoban/data/exchange/sheet"
	"giaoban/data/scoring"
)

// ReadAnnex reads the annex of a decision from a file: a workbook, the tables of a Word
// document, HTML or text. name is that of the file.
func ReadAnnex(ctx context.Context, name string, raw []byte) (*annex.Draft, error) {
	book, err := sheet.Open(bytes.NewReader(raw), int64(len(raw)))
	if sheet.ReasonOf(err) == sheet.NoTable {
		return nil, &data.Error{Code: data.Refused, Field: string(sheet.NoTable), Cause: err,
			Message: "Tệp mở được nhưng không có bảng nào. Mở tệp, chọn tất cả (Ctrl+A), chép (Ctrl+C), rồi chọn Bộ tiêu chí › «Dán phụ lục đã chép (PDF, Word, Excel)»."}
	}
	if err != nil {
		return nil, err
	}
	return annexOf(ctx, name, book)
}

// PastedAnnex reads the annex of a decision that was copied: from a spreadsheet, a Word
// document, a browser or a PDF.
func PastedAnnex(ctx context.Context, text string) (*annex.Draft, error) {
	book, err := sheet.OpenPasted(text)
	if err != nil {
		return nil, err
	}
	return annexOf(ctx, "", book)
}

func annexOf(ctx context.Context, name string, book *sheet.Book) (*annex.Draft, error) {
	var tables []annex.Table
	infos := book.Infos()
	for i, title := range book.Sheets() {
		if i < len(infos) && infos[i].Hidden {
			continue
		}
		rows, err := sheetRows(ctx, book, i)
		if err != nil {
			return nil, err
		}
		if title == "" {
			title = fmt.Sprint(len(tables) + 1)
		}
		t := annex.Table{Name: title, Rows: rows}
		for _, p := range book.Beside() {
			if p.Before == i {
				t.Above = append(t.Above, p.Text)
			}
			if p.Before == i+1 && i+1 == len(book.Sheets()) {
				t.Below = append(t.Below, p.Text)
			}
		}
		if book.Container == sheet.CSV && !annex.Headed(t) {
			// Text without columns: what looked like a separator is a comma of the text.
			for k, row := range t.Rows {
				t.Rows[k] = []string{strings.Join(row, string(rune(book.Delimiter)))}
			}
		}
		tables = append(tables, t)
	}
	d, err := annex.Read(tables)
	if err != nil {
		return nil, err
	}
	d.Named(strings.TrimSuffix(filepath.Base(name), filepath.Ext(name)))
	return d, nil
}

// ImportAnnex takes the annex of a decision as a draft set: no leaf has a rule until it
// was confirmed. problems lists everything at its place in the annex. An annex that is
// there already is refused with data.Conflict.
func (b *Book) ImportAnnex(ctx context.Context, from string, d *annex.Draft) (id uint64, problems []annex.Fault, err error) {
	list, err := b.Sets()
	if err != nil {
		return 0, nil, err
	}
	year := b.desk.Today().Year()
	if d.Set.Meta.Year == 0 {
		d.Set.Meta.Year = year
	}
	if d.Set.Meta.Level == "" {
		d.Set.Meta.Level = string(data.LevelCommune)
	}
	key := d.Set.Meta.ID
	var record assess.StoredSet
	for n := 1; ; n++ {
		if d.Set.Meta.ID = key; n > 1 {
			d.Set.Meta.ID = fmt.Sprintf("%s-%d", key, n)
		}
		if record, err = StoredSet(d.Set, from); err != nil {
			return 0, nil, err
		}
		taken := false
		for _, s := range list {
			taken = taken || s.Key == record.Key && s.Hash != record.Hash
		}
		if !taken {
			break
		}
	}
	if m := &d.Set.Meta; m.Source != "" {
		record.Doubts = append(record.Doubts, fmt.Sprintf("Đọc được tên bộ «%s», năm %d, căn cứ «%s». Chưa đúng thì sửa ở phần «Thông tin chung, cách tính».", m.Title, m.Year, m.Source))
	}
	for _, f := range d.Faults {
		record.Doubts = append(record.Doubts, f.String())
	}
	if id, err = b.putSet(ctx, "Nhập phụ lục thành bộ tiêu chí nháp «"+record.Title+"»", record); err != nil {
		return 0, nil, err
	}
	return id, d.Problems(), nil
}

// ConfirmRules takes the rules proposed for criteria, bonuses or penalties that have
// none, by their codes. One whose proposal cannot be taken as it is refuses with
// data.Invalid, its code in Field.
func (b *Book) ConfirmRules(ctx context.Context, id uint64, codes ...string) (problems []*data.Error, err error) {
	what := fmt.Sprintf("xác nhận cách chấm của %s dòng", data.FormatInt(int64(len(codes))))
	if len(codes) == 1 {
		what = "xác nhận cách chấm " + codes[0]
	}
	return b.editNamed(ctx, id, what, func(set *scoring.Set) error {
		for _, code := range codes {
			if err := annex.Confirm(set, code); err != nil {
				return err
			}
		}
		return nil
	})
}

// PutRule gives a criterion the rule that an officer chose.
func (b *Book) PutRule(ctx context.Context, id uint64, code string, rule scoring.Rule) (problems []*data.Error, err error) {
	return b.editNamed(ctx, id, "ghi cách chấm "+code, func(set *scoring.Set) error {
		n := set.Node(code)
		if n == nil || len(n.Children) > 0 {
			return data.Fail(data.NotFound, "Không có tiêu chí được chấm mã "+code+" trong bộ tiêu chí.", nil)
		}
		n.Rule = rule
		return nil
	})
}

func (b *Book) editNamed(ctx context.Context, id uint64, what string, change func(*scoring.Set) error) ([]*data.Error, error) {
	stored, _, err := b.Set(id)
	if err != nil {
		return nil, err
	}
	return b.EditSet(ctx, id, "Bộ tiêu chí «"+stored.Title+"»: "+what, change)
}

// Undoubt takes a doubt of the reading of an annex off the list, once it was looked at.
func (b *Book) Undoubt(ctx context.Context, id uint64, doubt string) error {
	old, _, err := b.Set(id)
	if err != nil {
		return err
	}
	return b.desk.Change(ctx, desk.Work{Title: "Bộ tiêu chí «" + old.Title + "»: đã xem chỗ chưa hiểu"}, func(tx desk.Tx) error {
		left := data.Where(old.Doubts, func(x string) bool { return x != doubt })
		old.Doubts = left
		return tx.PutRecord(assess.RecordSet, &id, old)
	})
}

// ownRows reports whether rows are a set as WriteSetWorkbook writes it, rather than the
// annex of a decision.
func ownRows(rows [][]string) bool {
	return slices.ContainsFunc(rows, scoring.IsSetHeading)
}
