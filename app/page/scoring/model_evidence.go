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

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/desk"
	"giaoban/data/disk"
)

// IndexName is the file in an export of evidence that lists all others.
const IndexName = "00 Danh mục tài liệu kiểm chứng.pdf"

// Doc is one document of the ledger of evidence.
type Doc struct {
	Proof
	Codes []string // leaves of the sheet shown
	Links int      // leaves of all sheets
}

// First is one leaf of the sheet that the document proves, "" for none.
func (d *Doc) First() string {
	if len(d.Codes) == 0 {
		return ""
	}
	return d.Codes[0]
}

// Bad reports whether its file vanished or was changed, Trouble says so.
func (p Proof) Bad() bool { return p.State == assess.FileGone || p.State == assess.FileChanged }

// Trouble says what is wrong with the file, "" for nothing.
func (p Proof) Trouble() string {
	return kit.If(p.Bad(), p.State.String(), "")
}

// Ledger returns what reads the documents of evidence, or those with a bad file;
// what proves the sheet shown stands first.
func (m *Model) Ledger(bad bool) func() ([]Doc, error) {
	sheet := m.Sheet()
	return func() ([]Doc, error) {
		list, err := m.Book.Evidence()
		var out []Doc
		for i := range list {
			e := &list[i]
			d := Doc{Proof: m.proof(e, assess.Link{}), Links: len(e.Links)}
			for _, k := range e.Links {
				if k.Sheet == sheet {
					d.Codes = append(d.Codes, k.Code)
				}
			}
			slices.Sort(d.Codes)
			if !bad || d.Bad() {
				out = append(out, d)
			}
		}
		slices.SortStableFunc(out, func(a, b Doc) int { return min(len(b.Codes), 1) - min(len(a.Codes), 1) })
		return out, err
	}
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
	lost := fmt.Sprintf("; %d tệp đã mất hoặc bị đổi nên không có trong bản xuất", e.Lost)
	return fmt.Sprintf("%d tệp và danh mục", e.Files) + kit.If(e.Lost > 0, lost, "")
}

// ExportFolder writes the evidence of the sheet with its index into a folder. It
// runs off the window's goroutine.
func (m *Model) ExportFolder(ctx context.Context, sheet uint64, dir string, index IndexWriter) (out Exported, err error) {
	lines, err := m.Book.ExportEvidence(ctx, sheet, dir)
	if err != nil {
		return out, err
	}
	raw, err := index(ctx, sheet, lines)
	if err != nil {
		return out, err
	}
	err = m.Session.Desk.WriteOutBytes(ctx, issueOf(lines), filepath.Join(dir, IndexName), raw)
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
func (m *Model) ExportZip(ctx context.Context, sheet uint64, path string, index IndexWriter) (out Exported, err error) {
	what := "Không ghi được " + disk.Name(filepath.Base(path))
	parts, err := disk.Temp(filepath.Dir(path), "dang-ghi")
	if err != nil {
		return out, disk.Fail(what, err)
	}
	defer func() { parts.Close(); os.Remove(parts.Name()) }()
	lines, err := m.Book.ExportEvidenceZip(ctx, sheet, parts)
	if err != nil {
		return out, disk.Fail(what, err)
	}
	raw, err := index(ctx, sheet, lines)
	if err != nil {
		return out, err
	}
	err = m.Session.Desk.WriteOut(ctx, issueOf(lines), path, func(_ context.Context, w io.Writer) error { return joinZip(w, parts, raw) })
	return files(lines), err
}

func issueOf(lines []assess.ProofLine) desk.Issue {
	return desk.Issue{What: "Tài liệu kiểm chứng", Rows: files(lines).Files}
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

// Proof is a document as it stands at a leaf.
type Proof struct {
	*assess.Evidence
	Place string // section and page
	State assess.FileState
}

// FileName is the name of its file, "" for none.
func (p Proof) FileName() string {
	if p.File == nil {
		return ""
	}
	return p.File.Name
}

// Words names the document in one line.
func (p Proof) Words() string {
	return joined(", ", joined(" ", p.Number, p.Title), kit.If(p.Date.Known(), "ngày "+p.Date.String(), ""), p.Issuer)
}

// LeafProofs lists the documents of the leaf shown.
func (m *Model) LeafProofs() []Proof {
	c, code := m.Card, m.Leaf.Code()
	if c == nil {
		return nil
	}
	var out []Proof
	for _, e := range c.Evidence {
		for _, k := range e.Links {
			if k.Sheet == c.Sheet.ID && k.Code == code {
				out = append(out, m.proof(e, k))
				break
			}
		}
	}
	return out
}

func (m *Model) proof(e *assess.Evidence, k assess.Link) Proof {
	return Proof{e, joined(", ", named("mục", k.Section), named("trang", k.Page), kit.If(k.Round == assess.Explained, "bổ sung khi giải trình", "")), m.Book.FileState(e, false)}
}

// Document is what is asked of a document of evidence.
type Document struct {
	assess.Evidence
	Section, Page string // of the leaf it is linked to
	Path          string // file to be taken, "" for none
}

// DocumentOf returns a kept document, to be changed; code names the leaf whose
// section and page are wanted.
func (m *Model) DocumentOf(id uint64, code string) (Document, error) {
	e, err := m.evidence(id)
	if err != nil {
		return Document{}, err
	}
	d := Document{Evidence: *e}
	for _, k := range e.Links {
		if k.Sheet == m.Sheet() && k.Code == code {
			d.Section, d.Page = k.Section, k.Page
		}
	}
	return d, nil
}

func (m *Model) evidence(id uint64) (*assess.Evidence, error) {
	list, err := m.Book.Evidence()
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(list, func(e assess.Evidence) bool { return e.ID == id }); i >= 0 {
		return &list[i], nil
	}
	return nil, data.Fail(data.NotFound, "Tài liệu này không còn trong sổ.", nil)
}

// KeepDocument adds a document, or changes one, and links it to a leaf; code ""
// links it to none. It runs off the window's goroutine.
func (m *Model) KeepDocument(ctx context.Context, sheet uint64, code string, round assess.Round, d Document) error {
	e := d.Evidence
	link := assess.Link{Sheet: sheet, Code: code, Section: d.Section, Page: d.Page, Round: round}
	if round != assess.Explained {
		link.Round = assess.Self
	}
	if d.ID == 0 {
		if code != "" && sheet != 0 {
			e.Links = []assess.Link{link}
		}
		_, err := m.Book.AddEvidence(ctx, e, d.Path)
		return err
	}
	if err := m.Book.KeepEvidence(ctx, e); err != nil {
		return err
	}
	if d.Path != "" {
		if err := m.Book.ReplaceFile(ctx, d.ID, d.Path); err != nil {
			return err
		}
	}
	if code != "" && sheet != 0 {
		return m.Book.Link(ctx, d.ID, link)
	}
	return nil
}

// LinkChoices lists the documents that do not prove the leaf yet.
func (m *Model) LinkChoices(code string) []kit.Choice {
	list, err := m.Book.Evidence()
	if err != nil {
		m.Session.Fault(err)
		return nil
	}
	var out []kit.Choice
	for i := range list {
		e := &list[i]
		if slices.ContainsFunc(e.Links, func(k assess.Link) bool { return k.Sheet == m.Sheet() && k.Code == code }) {
			continue
		}
		out = append(out, kit.Choice{Key: fmt.Sprint(e.ID), Text: m.proof(e, assess.Link{}).Words()})
	}
	return out
}

// LinkTo links a kept document to a leaf.
func (m *Model) LinkTo(ctx context.Context, key string, code, section, page string, round assess.Round) error {
	if round != assess.Explained {
		round = assess.Self
	}
	return m.Book.Link(ctx, id(key), assess.Link{Sheet: m.Sheet(), Code: code, Section: section, Page: page, Round: round})
}

// FilePath returns the path of the file of a document, to open it.
func (m *Model) FilePath(document uint64) (string, error) {
	e, err := m.evidence(document)
	if err != nil {
		return "", err
	}
	return m.Book.FilePath(e)
}

// named puts a word before a text that does not begin with it.
func named(word, text string) string {
	if text == "" || strings.HasPrefix(strings.ToLower(text), word) {
		return text
	}
	return word + " " + text
}
