package scoring

import (
	"context"
	"fmt"
	"giaoban/app/kit"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/assess"
)

// Proof is a document as it stands at a leaf.
type Proof struct {
	ID                          uint64
	Title, Number, Date, Issuer string
	Place                       string // section and page
	File                        string // name of its file, "" for none
	State                       assess.FileState
	Secret                      bool
}

// Words names the document in one line.
func (p Proof) Words() string {
	head := strings.TrimSpace(p.Number + " " + p.Title)
	if p.Date != "" {
		head += ", ngày " + p.Date
	}
	if p.Issuer != "" {
		head += ", " + p.Issuer
	}
	return head
}

// LeafProofs lists the documents of the leaf shown.
func (m *Model) LeafProofs() []Proof {
	c, code := m.card, m.Leaf.Code()
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
	p := Proof{ID: e.ID, Title: e.Title, Number: e.Number, Issuer: e.Issuer, Secret: e.Secret, State: m.Book.FileState(e, false)}
	if e.Date.Known() {
		p.Date = e.Date.String()
	}
	if e.File != nil {
		p.File = e.File.Name
	}
	var place []string
	if k.Section != "" {
		place = append(place, named("mục", k.Section))
	}
	if k.Page != "" {
		place = append(place, named("trang", k.Page))
	}
	if k.Round == assess.Explained {
		place = append(place, "bổ sung khi giải trình")
	}
	p.Place = strings.Join(place, ", ")
	return p
}

// Document is what is asked of a document of evidence.
type Document struct {
	ID                          uint64
	Title, Number, Issuer, Note string
	Date, Until                 data.Day
	Secret                      bool
	Section, Page               string // of the leaf it is linked to
	Path                        string // file to be taken, "" for none
}

// DocumentOf returns a kept document, to be changed; code names the leaf whose
// section and page are wanted.
func (m *Model) DocumentOf(id uint64, code string) (Document, bool) {
	list, err := m.Book.Evidence()
	if err != nil {
		return Document{}, false
	}
	for _, e := range list {
		if e.ID != id {
			continue
		}
		d := Document{ID: e.ID, Title: e.Title, Number: e.Number, Issuer: e.Issuer, Note: e.Note, Date: e.Date, Until: e.Until, Secret: e.Secret}
		for _, k := range e.Links {
			if k.Sheet == m.Sheet() && k.Code == code {
				d.Section, d.Page = k.Section, k.Page
			}
		}
		return d, true
	}
	return Document{}, false
}

// KeepDocument adds a document, or changes one, and links it to a leaf; code ""
// links it to none. It runs off the window's goroutine.
func (m *Model) KeepDocument(ctx context.Context, sheet uint64, code string, round assess.Round, d Document) error {
	e := assess.Evidence{ID: d.ID, Title: d.Title, Number: d.Number, Issuer: d.Issuer, Note: d.Note, Date: d.Date, Until: d.Until, Secret: d.Secret}
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

// Unlink takes a document off a leaf.
func (m *Model) Unlink(document uint64, code string, done func(error)) {
	sheet := m.Sheet()
	m.Do(func(ctx context.Context) error { return m.Book.Unlink(ctx, document, sheet, code) }, done)
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
	list, err := m.Book.Evidence()
	if err != nil {
		return "", err
	}
	for i := range list {
		if list[i].ID == document {
			return m.Book.FilePath(&list[i])
		}
	}
	return "", data.Fail(data.NotFound, "Tài liệu này không còn trong sổ.", nil)
}

// named puts a word before a text that does not begin with it.
func named(word, text string) string {
	if strings.HasPrefix(strings.ToLower(text), word) {
		return text
	}
	return word + " " + text
}
