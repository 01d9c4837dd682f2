package scoring

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"giaoban/data/assess"
	"giaoban/data/disk"
	"giaoban/data/text"
)

// IndexName is the file in an export of evidence that lists all others.
const IndexName = "00 Danh mục tài liệu kiểm chứng.pdf"

// Ledger lists the documents of evidence.
type Ledger struct {
	// Changed is called when there is something new to show.
	Changed func()

	m     *Model
	text  string
	all   []DocRow
	shown []DocRow
	err   error
	asked int
}

// NewLedger returns the model; nothing is read yet.
func NewLedger(m *Model) *Ledger { return &Ledger{m: m, Changed: func() {}} }

// DocRow is one document.
type DocRow struct {
	Proof
	Codes string // leaves of the sheet shown
	Links int    // leaves of all sheets
	first string // one of the codes
	found string
}

// First is one leaf of the sheet that the document proves, "" for none.
func (d *DocRow) First() string { return d.first }

// Refresh reads the documents anew.
func (l *Ledger) Refresh() {
	l.asked++
	asked, sheet := l.asked, l.m.Sheet()
	l.m.Session.Go(func() {
		list, err := l.m.Book.Evidence()
		var rows []DocRow
		for i := range list {
			e := &list[i]
			row := DocRow{Proof: l.m.proof(e, assess.Link{}), Links: len(e.Links)}
			var codes []string
			for _, k := range e.Links {
				if k.Sheet == sheet {
					codes = append(codes, k.Code)
				}
			}
			slices.Sort(codes)
			row.Codes = strings.Join(codes, ", ")
			if len(codes) > 0 {
				row.first = codes[0]
			}
			row.found = text.Fold(row.Words() + " " + row.Codes + " " + row.File)
			rows = append(rows, row)
		}
		// What proves the sheet stands first.
		slices.SortStableFunc(rows, func(a, b DocRow) int {
			if (a.first == "") != (b.first == "") {
				if a.first == "" {
					return 1
				}
				return -1
			}
			return 0
		})
		l.m.Session.Post(func() {
			if asked == l.asked {
				l.all, l.err = rows, err
				l.narrow()
			}
		})
	})
}

func (l *Ledger) narrow() {
	l.shown = nil
	words := strings.Fields(text.Fold(l.text))
	for _, r := range l.all {
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(r.found, w) }) {
			l.shown = append(l.shown, r)
		}
	}
	l.Changed()
}

// SetText narrows the list.
func (l *Ledger) SetText(text string) { l.text = text; l.narrow() }

// Err returns why the documents could not be read.
func (l *Ledger) Err() error { return l.err }

// Rows lists the documents.
func (l *Ledger) Rows() []DocRow { return l.shown }

// Bad lists the documents whose file vanished or changed.
func (l *Ledger) Bad() []DocRow {
	var out []DocRow
	for _, r := range l.all {
		if r.State == assess.FileGone || r.State == assess.FileChanged {
			out = append(out, r)
		}
	}
	return out
}

// Missing lists the leaves of the sheet that claim points without a document.
func (l *Ledger) Missing() []assess.Missing {
	if c := l.m.Card(); c != nil {
		return c.Missing()
	}
	return nil
}

// Check reads every file and tells what is wrong with them. It runs off the
// window's goroutine.
func (l *Ledger) Check(ctx context.Context) ([]error, error) { return l.m.Book.CheckFiles(ctx) }

// Drop takes a document out that proves nothing any more.
func (l *Ledger) Drop(id uint64, done func(error)) {
	l.m.Do(func(ctx context.Context) error { return l.m.Book.DropEvidence(ctx, id) }, done)
}

// IndexWriter makes the index of an export as a PDF.
type IndexWriter func(ctx context.Context, sheet uint64, lines []assess.ProofLine) ([]byte, error)

// Exported tells what an export of evidence holds, and what it lacks.
type Exported struct {
	Files int // that were written
	Lost  int // that vanished or changed, and are not in it
}

// String tells it in words: «6 tệp và danh mục».
func (e Exported) String() string {
	text := fmt.Sprintf("%d tệp và danh mục", e.Files)
	if e.Lost > 0 {
		text += fmt.Sprintf("; %d tệp đã mất hoặc bị đổi nên không có trong bản xuất", e.Lost)
	}
	return text
}

// ExportFolder writes the evidence of the sheet with its index into a folder. It
// runs off the window's goroutine.
func (l *Ledger) ExportFolder(ctx context.Context, dir string, index IndexWriter) (out Exported, err error) {
	sheet := l.m.Sheet()
	lines, err := l.m.Book.ExportEvidence(ctx, sheet, dir)
	if err != nil {
		return out, err
	}
	raw, err := index(ctx, sheet, lines)
	if err != nil {
		return out, err
	}
	err = disk.Whole(filepath.Join(dir, IndexName), func(w io.Writer) error { _, err := w.Write(raw); return err })
	return files(lines), err
}

func files(lines []assess.ProofLine) Exported {
	names, lost := map[string]bool{}, map[uint64]bool{}
	for _, x := range lines {
		switch {
		case x.File == assess.FileGone || x.File == assess.FileChanged:
			lost[x.Evidence.ID] = true
		case x.Name != "":
			names[x.Name] = true
		}
	}
	return Exported{Files: len(names), Lost: len(lost)}
}

// ExportZip writes the evidence of the sheet with its index into one archive,
// which appears whole or not at all. It runs off the window's goroutine.
func (l *Ledger) ExportZip(ctx context.Context, path string, index IndexWriter) (out Exported, err error) {
	sheet := l.m.Sheet()
	what := "Không ghi được " + disk.Name(filepath.Base(path))
	parts, err := disk.Temp(filepath.Dir(path), "dang-ghi")
	if err != nil {
		return out, disk.Fail(what, err)
	}
	defer func() { parts.Close(); os.Remove(parts.Name()) }()
	lines, err := l.m.Book.ExportEvidenceZip(ctx, sheet, parts)
	if err != nil {
		return out, disk.Fail(what, err)
	}
	raw, err := index(ctx, sheet, lines)
	if err != nil {
		return out, err
	}
	err = disk.Whole(path, func(w io.Writer) error { return joinZip(w, parts, raw) })
	return files(lines), err
}

// joinZip copies an archive and puts the index into it.
func joinZip(w io.Writer, from *os.File, index []byte) error {
	info, err := from.Stat()
	if err != nil {
		return err
	}
	old, err := zip.NewReader(from, info.Size())
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	f, err := z.Create(IndexName)
	if err != nil {
		return err
	}
	if _, err := io.Copy(f, bytes.NewReader(index)); err != nil {
		return err
	}
	for _, x := range old.File {
		if err := z.Copy(x); err != nil {
			return err
		}
	}
	return z.Close()
}
