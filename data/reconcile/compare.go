// Package reconcile compares the dossiers of an export, such as a province
// gives them, with the own book, and says what differs: which dossiers are
// missing on either side, and which dates, states, results, owners and
// procedures do not agree (idea 11 of peers 6).
//
// It never writes and never decides who is right: each finding names what can
// be done about it, and Take computes a dossier as the file has it. It reads
// the own book through an interface, so that it knows nothing of the data file.
package reconcile

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"giaoban/data"
	"giaoban/data/exchange"
	"giaoban/data/register"
	"giaoban/data/text"
)

// File is an export that is compared; an exchange.Source is one. Its Read is
// called twice.
type File interface {
	Name() string
	Mapping() exchange.Mapping
	Read(ctx context.Context, each func(*exchange.Record) error) (exchange.Summary, error)
}

// periodical is a File that can tell which period it is of; an exchange.Source
// can.
type periodical interface{ Period() data.Period }

// Entry is what tells of an own dossier whether the file should have it.
type Entry struct {
	ID       uint64
	Code     string
	External string // its code in another system, "" for none
	Unit     string // name of the competent unit, "" when unknown
	Received data.Day
	// Expected is false for a dossier that no export lists: cancelled here, or
	// never accepted.
	Expected bool
}

// Own is an own dossier with the names of its procedure.
type Own struct {
	Dossier                  data.Dossier
	Procedure, ProcedureCode string
}

// Book is the own book. Its errors end the comparison and are returned as they
// are.
type Book interface {
	// Each calls fn with every dossier, in any order.
	Each(ctx context.Context, fn func(Entry) error) error
	// Dossier returns a dossier that Each named.
	Dossier(id uint64) (Own, error)
}

// Options say how to compare. The zero value compares everything by day.
type Options struct {
	AsOf data.Day // the day for which the file tells states; NoDay for all that is known here
	// From and To are the days of receipt that the file covers; NoDay takes the
	// period that its titles name, else the first and the last day in it.
	From, To data.Day
	Minutes  bool // times of day must agree too, where both sides have them
	// Accepted returns the reason for which a difference was accepted before, ""
	// when it was not.
	Accepted func(f *Finding) string
	// Progress is told how much of the work is done.
	Progress func(done, total int64)
}

// Compare compares the file with the book. A date agrees with a date and time
// of the same day; «đã tiếp nhận» and «đang xử lý» are one state, for both are
// printed as «đang giải quyết»; what the file leaves blank agrees with
// everything. Rows that the import would reject are listed as unread. Of own
// dossiers only those are missing there that the file covers by day and unit.
//
// The error is that of the file or of the book, or of code Cancelled.
func Compare(ctx context.Context, file File, book Book, opt Options) (Result, error) {
	c := &comparer{ctx: ctx, file: file, book: book, opt: opt, theirs: map[string]bool{}, units: map[string]string{}, own: map[string][]ownCode{},
		out: Result{File: file.Name(), Counts: map[Kind]int{}}}
	for _, step := range []func() error{c.survey, c.match, c.compare} {
		if err := step(); err != nil {
			return Result{File: c.out.File}, err
		}
		if err := ctx.Err(); err != nil {
			return Result{File: c.out.File}, cancelled(err)
		}
	}
	c.finish()
	return c.out, nil
}

func cancelled(err error) error {
	return data.Fail(data.Cancelled, "Đã dừng đối chiếu; dữ liệu giữ nguyên.", err)
}

type ownCode struct {
	code string
	id   uint64
}

type comparer struct {
	ctx    context.Context
	file   File
	book   Book
	opt    Options
	theirs map[string]bool      // keys of the codes of the file; whether a row of it was compared
	units  map[string]string    // of the file, by key
	own    map[string][]ownCode // own dossiers that the file names, by key
	out    Result

	columns exchange.Mapping
	unnamed bool // some rows name no unit
	rows    int64
	done    int64
}

func (c *comparer) step(total int64) error {
	if c.done++; c.done%512 != 0 {
		return nil
	}
	if err := c.ctx.Err(); err != nil {
		return cancelled(err)
	}
	if c.opt.Progress != nil {
		c.opt.Progress(min(c.done, total), total)
	}
	return nil
}

// survey finds which codes, days and units the file covers.
func (c *comparer) survey() error {
	c.columns = c.file.Mapping()
	_, err := c.file.Read(c.ctx, func(r *exchange.Record) error {
		c.rows++
		for _, code := range []string{r.Dossier.Code, r.Dossier.ExternalCode} {
			if key := Key(code); key != "" {
				c.theirs[key] = false
			}
		}
		if r.Verdict == exchange.Accepted {
			if r.Unit == "" {
				c.unnamed = true
			} else if key := unitKey(r.Unit); c.units[key] == "" {
				c.units[key] = r.Unit
			}
			if day := r.Dossier.Received.Day; day.Known() {
				if !c.out.From.Known() || day < c.out.From {
					c.out.From = day
				}
				c.out.To = max(c.out.To, day)
			}
		}
		return c.step(4 * c.done)
	})
	if p, ok := c.file.(periodical); ok {
		// Dossiers carried over into the period do not widen what the file covers.
		if titled := p.Period(); titled.From.Known() && titled.From <= c.out.To && titled.To >= c.out.From {
			c.out.From, c.out.To = titled.From, titled.To
		}
	}
	if c.opt.From.Known() {
		c.out.From = c.opt.From
	}
	if c.opt.To.Known() {
		c.out.To = c.opt.To
	}
	if !c.unnamed {
		for _, name := range c.units {
			c.out.Units = append(c.out.Units, name)
		}
		slices.SortFunc(c.out.Units, register.CompareText)
	}
	return err
}

// covers reports whether the file should have an own dossier.
func (c *comparer) covers(e *Entry) bool {
	if !e.Expected || !e.Received.Known() || e.Received < c.out.From || e.Received > c.out.To {
		return false
	}
	if c.unnamed {
		return true
	}
	return e.Unit != "" && c.units[unitKey(e.Unit)] != ""
}

// match goes through the own book.
func (c *comparer) match() error {
	return c.book.Each(c.ctx, func(e Entry) error {
		covered := c.covers(&e)
		if covered {
			c.out.Own++
		}
		named := false
		for _, code := range []string{e.Code, e.External} { // a ministry's system lists it under its own
			key := Key(code)
			if _, there := c.theirs[key]; there {
				c.own[key] = append(c.own[key], ownCode{strings.Clone(e.Code), e.ID})
				named = true
			}
		}
		if !named && covered {
			c.add(Finding{Kind: MissingThere, Code: strings.Clone(e.Code), ID: e.ID, Unit: e.Unit,
				Ours: "Tiếp nhận ngày " + e.Received.String(), Actions: []Action{KeepOurs, Accept}})
		}
		return c.step(2 * max(c.rows, c.done))
	})
}

// compare reads the file again and holds each row against the own dossier.
func (c *comparer) compare() error {
	total := c.done + c.rows
	_, err := c.file.Read(c.ctx, func(r *exchange.Record) error {
		if err := c.step(total); err != nil {
			return err
		}
		id := cmp.Or(c.find(r.Dossier.Code), c.find(r.Dossier.ExternalCode))
		key := Key(r.Dossier.Code)
		switch {
		case r.Verdict == exchange.Duplicate:
			return nil
		case r.Verdict == exchange.Rejected && id == 0 && key != "" && (r.Class == exchange.AnnexOnly || r.Class == exchange.MissingDate && !c.columns.Has(exchange.FactReceived)):
			c.missing(r, false)
			return nil
		case r.Verdict == exchange.Rejected:
			c.out.Unread = append(c.out.Unread, Unread{r.Row, r.Dossier.Code, r.Reason})
			return nil
		}
		c.out.Rows++
		if id == 0 {
			c.missing(r, true)
			return nil
		}
		if c.theirs[key] {
			c.out.Unread = append(c.out.Unread, Unread{r.Row, r.Dossier.Code, fmt.Sprintf("Mã hồ sơ %s đã có ở một dòng trên, chỉ khác cách viết; đã đối chiếu dòng trên.", r.Dossier.Code)})
			return nil
		}
		c.theirs[key] = true
		own, err := c.book.Dossier(id)
		if err != nil {
			return err
		}
		found := len(c.out.Findings)
		c.hold(r, &own)
		if len(c.out.Findings) == found {
			c.out.Agree++
		}
		return nil
	})
	return err
}

func (c *comparer) missing(r *exchange.Record, importable bool) {
	f := Finding{Kind: MissingHere, Code: r.Dossier.Code, Row: r.Row, Unit: r.Unit, Owner: r.Dossier.Owner.Name, Theirs: describe(r), Actions: []Action{KeepOurs, Accept}}
	if importable {
		f.Actions = []Action{ImportMissing, KeepOurs, Accept}
	}
	c.add(f)
}

func describe(r *exchange.Record) string {
	var parts []string
	if r.Dossier.Received.Known() {
		parts = append(parts, "Tiếp nhận ngày "+r.Dossier.Received.Day.String())
	}
	for _, s := range []string{r.Dossier.Owner.Name, r.Procedure, r.Dossier.Content} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "; ")
}

// find returns the own dossier with the code: written alike if possible.
func (c *comparer) find(code string) uint64 {
	list := c.own[Key(code)]
	for _, one := range list {
		if one.code == code {
			return one.id
		}
	}
	if len(list) > 0 {
		return list[0].id
	}
	return 0
}

func (c *comparer) add(f Finding) {
	if c.opt.Accepted != nil {
		f.Accepted = c.opt.Accepted(&f)
	}
	if f.Accepted == "" {
		c.out.Counts[f.Kind]++
	}
	c.out.Findings = append(c.out.Findings, f)
}

// finish puts the findings in order: by kind, then by code.
func (c *comparer) finish() {
	slices.SortStableFunc(c.out.Findings, func(a, b Finding) int {
		if a.Kind != b.Kind {
			return slices.Index(Kinds, a.Kind) - slices.Index(Kinds, b.Kind)
		}
		return strings.Compare(a.Code, b.Code)
	})
	if c.out.From.Known() && !c.opt.From.Known() {
		c.out.Warnings = append(c.out.Warnings, fmt.Sprintf("Chỉ xét hồ sơ trong sổ tiếp nhận từ %s đến %s, theo những gì tệp ghi.", c.out.From, c.out.To))
	}
	if len(c.out.Unread) > 0 {
		c.out.Warnings = append(c.out.Warnings, fmt.Sprintf("%s dòng của tệp không đối chiếu được vì sai ngày, thiếu mã hoặc trạng thái lạ.", data.FormatInt(int64(len(c.out.Unread)))))
	}
	if c.opt.Progress != nil {
		c.opt.Progress(c.done, c.done)
	}
}

// Key is the form in which two spellings of a dossier code are equal: without
// blanks and invisible characters, in capitals.
func Key(code string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, norm.NFC.String(code))
}

// tones are the combining marks of the Vietnamese tones.
var tones = map[rune]bool{0x300: true, 0x301: true, 0x303: true, 0x309: true, 0x323: true}

// same reports whether two texts are one name (text.NameKey) but for marks of
// punctuation and the letter on which any tone stands (hòan, hoàn).
func same(a, b string) bool { return a == b || plain(a) == plain(b) }

// plain writes a text in small letters, words parted by one blank, the tone of
// each word behind it. Marks of punctuation at the ends of words do not count.
func plain(s string) string {
	var out strings.Builder
	for _, word := range strings.FieldsFunc(norm.NFD.String(text.NameKey(s)), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",;.", r)
	}) {
		var tone []rune
		if out.Len() > 0 {
			out.WriteByte(' ')
		}
		for _, r := range word {
			if tones[r] {
				tone = append(tone, r)
				continue
			}
			out.WriteRune(r)
		}
		for _, r := range tone {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// shortWords are the abbreviations in names of units.
var shortWords = map[string]string{"p": "phường", "x": "xã", "tt": "thị trấn", "tx": "thị xã", "tp": "thành phố", "h": "huyện", "q": "quận"}

// unitKey is the form in which two spellings of the name of a unit are equal.
func unitKey(name string) string {
	words := strings.Fields(strings.ReplaceAll(plain(name), plain("ủy ban nhân dân"), "ubnd"))
	for i, w := range words {
		if long, ok := shortWords[w]; ok && (i == 0 || words[i-1] == "ubnd") {
			words[i] = plain(long)
		}
	}
	return strings.Join(words, " ")
}
