// Package exchange brings registers in and tables out: it opens the files of
// peers 4.1 whatever they are named, or what was copied to the clipboard, finds
// the sheet, the heading and what each column means, judges every row, and gives
// the desk one Record a row; it also compares a record with a dossier that is
// known already. Tables of counts it reads as reports. It writes workbooks, also
// in the layouts in which registers and reports reach an office, so that what it
// writes can be read back.
//
// It never touches the data file and never decides about the catalogue: records
// carry names, the desk turns them into ids. It reads no clock; the day on
// which the import happens comes in as an option.
package exchange

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/exchange/legacy"
	"giaoban/data/exchange/sheet"
	"giaoban/data/text"
)

// Options tell how to read a file. The zero value finds everything out.
type Options struct {
	Sheet    int      // sheet to read, from 1; 0 finds it
	Mapping  *Mapping // as the officer changed it; nil finds it
	Order    Order    // the officer's answer: DayFirst or MonthFirst for all dates; AutoOrder asks the file
	Today    data.Day // the day of the import; dates of the past are bounded by it. NoDay: only by the calendar
	Statuses map[string]data.Status
	Unit     string // of rows that name none
	// Saved are the answers of officers for files seen before: a file whose
	// heading is that of one of them begins with its columns and states. Mapping
	// goes before them.
	Saved []Saved
	// Known reports whether the base holds a dossier with the code. Rows of
	// lists without dates count only for dossiers that are known. nil: none is.
	Known func(code string) bool
	// Progress is told how much was read, in units of its own, from the
	// goroutine that reads.
	Progress func(done, total int64)
}

// Source is an opened file whose heading is understood.
type Source struct {
	name    string
	book    *sheet.Book
	mapping Mapping
	opt     Options
	reused  *Saved
	head    []headRow   // the first rows, where a heading was looked for
	content io.ReaderAt // what the book is read from
	size    int64
	seen    []surveyed
	close   func() error
}

// Open opens the file, finds its sheet, its heading and the order of its dates.
// A file that cannot be imported gives a *data.Error with code Refused, whose
// Field is a sheet.Reason; a table of counts is no error (Mapping().Kind is
// Aggregated). Close the source after use.
func Open(ctx context.Context, path string, opt Options) (*Source, error) {
	f, err := disk.Open(path)
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return nil, data.Fail(data.NotFound, fmt.Sprintf("Không có tệp «%s». Kiểm tra lại tên tệp.", filepath.Base(path)), err)
		}
		return nil, sheet.Refuse(sheet.Unreadable, err)
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = errors.New("a folder")
	}
	if err != nil {
		f.Close()
		return nil, sheet.Refuse(sheet.Unreadable, err)
	}
	s, err := OpenReader(ctx, f, info.Size(), filepath.Base(path), opt)
	if err != nil {
		f.Close()
		return nil, err
	}
	s.close = f.Close
	return s, nil
}

// OpenReader is Open for content that is in memory already; name is what
// records and events call it.
func OpenReader(ctx context.Context, src io.ReaderAt, size int64, name string, opt Options) (*Source, error) {
	book, err := sheet.Open(src, size)
	if err != nil {
		return nil, err
	}
	s, err := openBook(ctx, book, name, opt)
	if err != nil {
		return nil, err
	}
	s.content, s.size = src, size
	return s, nil
}

// Hash returns the SHA-256 of the content, hexadecimal: of what is read here, not
// of what may stand under the name of the file by now.
func (s *Source) Hash() (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(s.content, 0, s.size)); err != nil {
		return "", sheet.Refuse(sheet.Unreadable, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// PastedName is what records and events call a table that was pasted.
const PastedName = "Bảng dán"

// OpenText is Open for a table that was copied to the clipboard: tab-separated
// cells, quoted where they hold line ends, or the text of an HTML table. Its
// source is named PastedName.
func OpenText(ctx context.Context, text string, opt Options) (*Source, error) {
	book, err := sheet.OpenPasted(text)
	if err != nil {
		return nil, err
	}
	s, err := openBook(ctx, book, PastedName, opt)
	if err != nil {
		return nil, err
	}
	s.content, s.size = strings.NewReader(text), int64(len(text))
	return s, nil
}

func openBook(ctx context.Context, book *sheet.Book, name string, opt Options) (*Source, error) {
	var err error
	s := &Source{name: text.Line(name), book: book, opt: opt, close: func() error { return nil }}
	if opt.Mapping != nil {
		err = s.adopt(ctx, opt.Mapping)
	} else {
		err = s.find(ctx)
	}
	if err != nil {
		return nil, err
	}
	m := &s.mapping
	m.Sheets = sheetNames(book)
	m.Container = string(book.Container)
	m.Encoding = s.book.Encoding.String()
	for _, info := range book.Infos() {
		if info.Missing {
			m.warn(NoteLostSheet, "Tệp có tên trang tính «%s» nhưng thiếu nội dung của trang ấy nên không đọc. Mở tệp bằng Excel để kiểm tra.", info.Name)
		}
	}
	if s.book.Encoding != legacy.UTF8 {
		m.warn(NoteEncoding, "Chữ trong tệp ghi theo bảng mã %s; đã chuyển sang Unicode. Xem lại vài tên trước khi nhập.", m.Encoding)
	}
	if m.OwnCodes {
		m.warn(NoteOwnCodes, "Tệp không có cột mã hồ sơ; mỗi dòng được đặt một mã riêng theo chủ hồ sơ, nội dung và ngày nhận.")
	}
	s.noteSheets()
	if m.Kind != Aggregated {
		if opt.Mapping == nil && s.reused == nil {
			if err := s.turn(ctx); err != nil {
				return nil, err
			}
		}
		if err := s.noteHidden(ctx); err != nil {
			return nil, err
		}
		if err := s.vote(ctx); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Close closes the file.
func (s *Source) Close() error { return s.close() }

// Name returns the name of the file, without folders.
func (s *Source) Name() string { return s.name }

// Mapping returns a copy of how the file is read, for the officer to change.
func (s *Source) Mapping() Mapping {
	m := s.mapping
	m.Columns = slices.Clone(m.Columns)
	m.Notes = slices.Clone(m.Notes)
	m.More = slices.Clone(m.More)
	return m
}

// Period returns the period that the lines above the heading name, such as «Từ
// ngày 01/01/2022 đến ngày 31/12/2022»; its zero value when they name none.
func (s *Source) Period() data.Period {
	var titles []string
	for i := range s.head {
		if len(s.mapping.HeaderRows) == 0 || s.head[i].num >= s.mapping.HeaderRows[0] {
			break
		}
		titles = append(titles, s.head[i].list()...)
	}
	return periodOf(titles)
}

// enoughRows are read at least before the vote on dates may end early.
const enoughRows = 400

// vote reads the file until the order of every date column is settled, and
// keeps samples.
func (s *Source) vote(ctx context.Context) error {
	w, err := s.walk(ctx)
	if err != nil {
		return err
	}
	defer w.close()
	m := &s.mapping
	ballots := map[int]*ballot{}
	for i := range m.Columns {
		m.Columns[i].Samples = nil
		if m.Columns[i].Fact.Date() {
			ballots[m.Columns[i].Number] = &ballot{}
		}
	}
	var scratch []byte
	unheaded := map[string]bool{}
	numeric := map[Fact]bool{}
	for n := 0; ; n++ {
		err := w.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		code := data.NoDay
		if text := w.vals[FactCode].text; len(text) >= 12 && len(text) < 40 {
			code = data.CodeDay(string(text))
		}
		scratch = scratch[:0]
		for _, cell := range w.row.Cells {
			text := clean(cell.Text, &scratch)
			c := w.column(cell.Col)
			if c == nil {
				if len(text) > 0 {
					unheaded[s.mapping.cellColumn(w.sheet, cell.Col)] = true
				}
				continue
			}
			if len(c.Samples) < 3 && len(text) > 0 {
				c.Samples = append(c.Samples, string(text[:min(len(text), 200)]))
			}
			if cell.Kind == sheet.Number && (c.Fact == FactPhone || c.Fact == FactIdentity) {
				numeric[c.Fact] = true
			}
			v := ballots[c.Number]
			if v == nil || blank(text) {
				continue
			}
			witness := data.NoDay
			if c.Fact == FactReceived {
				witness = code
			}
			v.add(lexDate(text, cell.Kind), witness, s.book.Date1904)
		}
		if n >= enoughRows && n%64 == 0 {
			done := true
			for _, v := range ballots {
				done = done && v.settled()
			}
			if done {
				break
			}
		}
	}
	m.decide(ballots, s.opt.Order)
	m.noteColumns(unheaded)
	for _, f := range []Fact{FactPhone, FactIdentity} {
		if numeric[f] {
			m.warn(NoteLostZeros, "Cột «%s» là số nên có thể đã mất số 0 ở đầu; số nào chắc chắn thì đã thêm lại, số còn nghi ngờ được đánh dấu.", leaf(m.Column(f).Heading))
		}
	}
	return nil
}

// ParseTerm reads a time limit as files write it, such as "3 ngày làm việc",
// "15 ngày", "4 giờ"; the unknown term for anything else.
func ParseTerm(text string) data.Term { return termOf(text) }

// ParseMoney reads đồng: "20000", "20.000", "20,000 đ"; known is false for words.
func ParseMoney(text string) (amount int64, known bool) { return moneyOf([]byte(text)) }

// RawRow is a row as the file has it.
type RawRow struct {
	Row   int      // in the file, from 1
	Cells []string // from column 1 to the last one that is filled
	Head  bool     // it belongs to the heading
}

// maxRawCols bounds the columns of a RawRow.
const maxRawCols = 200

// FirstRows returns the lines above the heading, the heading, and the first n
// rows below it, as the officer sees them in the file. Rows without content are
// left out, as are columns beyond the 200th.
func (s *Source) FirstRows(ctx context.Context, n int) ([]RawRow, error) {
	m := &s.mapping
	heads, last := map[int]bool{}, 0
	for _, h := range m.HeaderRows {
		heads[h], last = true, max(last, h)
	}
	var out []RawRow
	var arena []byte
	for row, err := range sheet.Each(s.book.Rows(ctx, m.Sheet-1)) {
		if err != nil {
			return nil, err
		}
		if n <= 0 {
			break
		}
		one := RawRow{Row: row.Num, Head: heads[row.Num]}
		arena = arena[:0]
		for i := range row.Cells {
			c := &row.Cells[i]
			if c.Col > maxRawCols {
				continue
			}
			text := s.show(c, s.column(c.Col), &arena)
			if text == "" {
				continue
			}
			for len(one.Cells) < c.Col {
				one.Cells = append(one.Cells, "")
			}
			one.Cells[c.Col-1] = text
		}
		if len(one.Cells) == 0 {
			continue
		}
		if row.Num > last {
			n--
		}
		out = append(out, one)
	}
	return out, nil
}

// column returns a column by its number; one that feeds nothing when the heading
// does not name it.
func (s *Source) column(number int) *Column {
	for i := range s.mapping.Columns {
		if s.mapping.Columns[i].Number == number {
			return &s.mapping.Columns[i]
		}
	}
	return &Column{Number: number}
}
