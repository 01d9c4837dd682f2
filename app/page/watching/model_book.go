package watching

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"giaoban/app/env"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/register"
)

// Entry is one line of the letter book.
type Entry struct {
	ID        uint64
	Dossier   uint64
	Number    string
	Day       string
	Code      string
	Owner     string
	Promised  string
	Reason    string
	Delivered string // day and way, or "" while it is not known to have reached the citizen
	Void      bool
}

// Book is the letter book of one year.
type Book struct {
	s     *env.Session
	year  int
	asked int

	mu      sync.Mutex // the list is read off the window's goroutine
	years   []int
	entries []Entry
	skipped []desk.Given // numbers given and taken back
	outside int          // dossiers with a letter that no book of ours holds
	err     error

	// Changed is called when the book changed.
	Changed func()
}

// NewBook returns the book of the present year.
func NewBook(s *env.Session) *Book {
	return &Book{s: s, year: s.Desk.Today().Year(), Changed: func() {}}
}

// Refresh reads the book again; the answer comes later.
func (b *Book) Refresh() {
	b.asked++
	asked, year := b.asked, b.year
	b.s.Go(func() {
		entries, years, outside, err := read(b.s.Desk, year)
		var skipped []desk.Given
		if err == nil {
			skipped, err = b.s.Desk.SkippedLetters(year)
		}
		b.s.Post(func() {
			if asked != b.asked {
				return
			}
			b.mu.Lock()
			b.entries, b.years, b.skipped, b.outside, b.err = entries, years, skipped, outside, err
			b.mu.Unlock()
			b.Changed()
		})
	})
}

func read(d *desk.Desk, year int) (entries []Entry, years []int, outside int, err error) {
	all, err := d.Letters(0)
	if err != nil {
		return nil, nil, 0, err
	}
	ours, err := d.Booked(data.MaxDay)
	if err != nil {
		return nil, nil, 0, err
	}
	for _, id := range d.List(desk.Query{Letter: register.Yes}).IDs {
		if !ours[uint64(id)] {
			outside++
		}
	}
	years = []int{d.Today().Year()}
	byDossier := map[uint64]*data.Dossier{}
	var wanted []uint32
	for _, l := range all {
		if !slices.Contains(years, l.Value.Year) {
			years = append(years, l.Value.Year)
		}
		if l.Value.Year == year && byDossier[l.Value.Dossier] == nil {
			byDossier[l.Value.Dossier] = &data.Dossier{}
			wanted = append(wanted, uint32(l.Value.Dossier))
		}
	}
	slices.Sort(years)
	slices.Reverse(years)
	err = d.Dossiers(wanted, func(one *data.Dossier) error {
		byDossier[one.ID] = &data.Dossier{Code: one.Code, Owner: one.Owner}
		return nil
	})
	for _, l := range slices.Backward(all) {
		if l.Value.Year == year {
			entries = append(entries, entry(d, &l, byDossier[l.Value.Dossier]))
		}
	}
	return entries, years, outside, err
}

func entry(d *desk.Desk, l *desk.Stored[data.Letter], one *data.Dossier) Entry {
	e := Entry{ID: l.ID, Dossier: l.Value.Dossier, Number: d.LetterNumber(&l.Value), Day: l.Value.Day.String(), Code: one.Code, Owner: one.Owner.Name,
		Promised: l.Value.Promised.Day.String(), Reason: l.Value.Reason, Void: l.Value.Void}
	if l.Value.Delivered.Known() {
		e.Delivered = l.Value.Delivered.String()
		if l.Value.How != "" {
			e.Delivered += ", " + l.Value.How
		}
	}
	return e
}

// ShowYear opens the book of another year.
func (b *Book) ShowYear(year int) {
	b.year = year
	b.Refresh()
}

// Entries returns the lines of the book, the newest letter first, or why it could
// not be read. It may be called from any goroutine.
func (b *Book) Entries() ([]Entry, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.entries, b.err
}

// Deliver notes when and how letters reached the citizens. Voided ones are
// passed over.
func (b *Book) Deliver(ctx context.Context, ids []uint64, day data.Day, how string) error {
	if !day.Known() {
		return &data.Error{Code: data.Invalid, Field: "day", Message: "Chưa có ngày gửi. Nhập ngày."}
	}
	ids = b.valid(ids)
	if len(ids) == 0 {
		return data.Fail(data.Invalid, "Các thư đã chọn đều đã hủy.", nil)
	}
	return b.s.Desk.DeliverLetters(ctx, ids, day, how)
}

// Void marks letters as written by mistake, with a reason.
func (b *Book) Void(ctx context.Context, ids []uint64, why string) error {
	ids = b.valid(ids)
	if len(ids) == 0 {
		return data.Fail(data.Invalid, "Các thư đã chọn đều đã hủy từ trước.", nil)
	}
	return b.s.Desk.VoidLetters(ctx, ids, why)
}

func (b *Book) valid(ids []uint64) []uint64 {
	var out []uint64
	for _, e := range b.entries {
		if !e.Void && slices.Contains(ids, e.ID) {
			out = append(out, e.ID)
		}
	}
	return out
}

// Status is the line of the status bar.
func (b *Book) Status() string {
	void, sent := 0, 0
	for _, e := range b.entries {
		switch {
		case e.Void:
			void++
		case e.Delivered != "":
			sent++
		}
	}
	text := fmt.Sprintf("Sổ thư xin lỗi năm %d: %s thư, %s đã gửi", b.year, data.FormatInt(int64(len(b.entries))), data.FormatInt(int64(sent)))
	if void > 0 {
		text += fmt.Sprintf(", %s đã hủy", data.FormatInt(int64(void)))
	}
	if b.outside > 0 {
		text += fmt.Sprintf(" · ngoài sổ này: %s hồ sơ có thư ghi sẵn trong nguồn nhập", data.FormatInt(int64(b.outside)))
	}
	if skipped := desk.SkippedText(b.skipped, b.s.Desk.Now().Location()); skipped != "" {
		text += " · " + skipped
	}
	return text
}
