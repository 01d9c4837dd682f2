package scoring

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/disk"
	"giaoban/data/register"
	"giaoban/data/scoring"
)

// Sets lists the sets of criteria, and the one that is open with its tree and its
// problems.
type Sets struct {
	// Changed is called when there is something new to show.
	Changed func()

	m        *Model
	list     []SetRow
	open     uint64
	stored   assess.StoredSet
	set      *scoring.Set
	problems []*data.Error
	sheet    *SetSheet
	err      error
	asked    int
}

// NewSets returns the model; nothing is read yet.
func NewSets(m *Model) *Sets { return &Sets{m: m, Changed: func() {}, sheet: &SetSheet{}} }

// SetRow is one set.
type SetRow struct {
	ID                        uint64
	Title, Year, Level, State string
	Draft, Used, Sample       bool
	Key                       string // of a shipped sample that is not taken yet
	year                      int
}

// ChoiceKey is the key under which the set is chosen.
func (x *SetRow) ChoiceKey() string {
	if x.Sample {
		return samplePrefix + x.Key
	}
	return fmt.Sprint(x.ID)
}

// Refresh reads the sets anew.
func (s *Sets) Refresh() {
	s.asked++
	asked, open := s.asked, s.open
	s.m.Session.Go(func() {
		list, err := s.read()
		var stored assess.StoredSet
		var set *scoring.Set
		var problems []*data.Error
		if open == 0 && len(list) > 0 {
			open = list[0].ID
		}
		if open != 0 && err == nil {
			if stored, set, err = s.m.Book.Set(open); err != nil {
				set, err, open = nil, nil, 0
			} else {
				problems = set.Problems()
			}
		}
		s.m.Session.Post(func() {
			if asked != s.asked {
				return
			}
			s.list, s.err, s.open, s.stored, s.set, s.problems = list, err, open, stored, set, problems
			s.lay()
			s.Changed()
		})
	})
}

func (s *Sets) read() ([]SetRow, error) {
	list, err := s.m.Book.Sets()
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(list, func(a, b assess.StoredSet) int {
		if a.Year != b.Year {
			return b.Year - a.Year
		}
		return register.CompareText(a.Title, b.Title)
	})
	var out []SetRow
	have := map[string]bool{}
	for _, x := range list {
		have[x.Key] = true
		row := SetRow{ID: x.ID, Title: x.Title, Year: fmt.Sprint(x.Year), year: x.Year, Level: data.Level(x.Level).Name(), State: "Sẵn sàng", Draft: x.Draft}
		used, err := s.m.Book.SetUsed(x.ID)
		if err != nil {
			return nil, err
		}
		switch {
		case len(used) > 0:
			row.Used, row.State = true, "Đang dùng"
		case x.Draft:
			row.State = "Nháp"
		}
		out = append(out, row)
	}
	for _, x := range scoring.Shipped() {
		if !have[x.Meta.ID] {
			out = append(out, SetRow{Title: x.Meta.Title, Year: fmt.Sprint(x.Meta.Year), year: x.Meta.Year, Level: data.Level(x.Meta.Level).Name(), State: "Mẫu", Sample: true, Key: x.Meta.ID})
		}
	}
	return out, nil
}

// Err returns why the sets could not be read.
func (s *Sets) Err() error { return s.err }

// List returns the sets, samples last.
func (s *Sets) List() []SetRow { return s.list }

// OpenID is the record of the set that is open, 0 for none.
func (s *Sets) OpenID() uint64 { return s.open }

// Set is the set that is open, nil for none.
func (s *Sets) Set() *scoring.Set { return s.set }

// Open opens a set.
func (s *Sets) Open(id uint64) {
	if id != s.open {
		s.open = id
		s.Refresh()
	}
}

// ShowSample shows a shipped sample that is not taken yet, to be read.
func (s *Sets) ShowSample(key string) {
	if x := scoring.ShippedByID(key); x != nil {
		s.asked++
		s.open, s.set, s.problems = 0, x, nil
		s.stored = assess.StoredSet{Title: x.Meta.Title, Year: x.Meta.Year, Level: x.Meta.Level}
		s.lay()
		s.Changed()
	}
}

// Locked tells why the set that is open cannot be changed, "" where it can.
func (s *Sets) Locked() string {
	if s.set == nil {
		return ""
	}
	if s.open == 0 {
		return "Đây là bộ mẫu. Lấy vào sổ để sửa thành bộ của cơ quan mình."
	}
	used, err := s.m.Book.SetUsed(s.open)
	if err != nil || len(used) == 0 {
		return ""
	}
	return fmt.Sprintf("Bộ tiêu chí đang dùng cho «%s» nên đã khóa. Sao chép sang năm khác để sửa.", used[0].Title)
}

// lay writes the set that is open into the sheet. What was typed and not stored
// stays, unless another set was opened.
func (s *Sets) lay() {
	key := fmt.Sprint(s.open, s.stored.Title, s.stored.Year)
	if s.sheet.key == key && s.sheet.Dirty() {
		return
	}
	s.sheet.load(s, key)
}

// Sheet is the set that is open as rows.
func (s *Sets) Sheet() *SetSheet { return s.sheet }

// About tells of the set that is open in one line.
func (s *Sets) About() string {
	if s.set == nil {
		return ""
	}
	leaves := 0
	s.set.Walk(func(n *scoring.Node, _ []*scoring.Node) {
		if n.Leaf() {
			leaves++
		}
	})
	text := fmt.Sprintf("%d lĩnh vực, %d tiêu chí được chấm, tổng %s điểm", len(s.set.Criteria), leaves, s.set.Meta.Total.String())
	if last := s.set.Meta.LastDay(); last.Known() {
		text += " · áp dụng đến " + last.String()
	}
	if s.set.Meta.Label != "" {
		text += " · " + s.set.Meta.Label
	}
	return text
}

// Problems lists what is wrong with the set that is open; Field holds the code.
func (s *Sets) Problems() []*data.Error { return s.problems }

// Take takes a sample into the data file. It runs off the window's goroutine.
func (s *Sets) Take(ctx context.Context, key string) error {
	id, err := s.m.Book.TakeSample(ctx, key)
	if err == nil {
		s.open = id
	}
	return err
}

// Import takes a set from a file; it returns how many faults it holds. It runs off
// the window's goroutine.
func (s *Sets) Import(ctx context.Context, path string) (faults int, err error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return 0, data.Fail(data.Refused, fmt.Sprintf("Không đọc được tệp %s. Kiểm tra tệp còn ở đó và không bị chương trình khác giữ.", filepath.Base(path)), err)
	}
	id, problems, err := s.m.Book.ImportSet(ctx, filepath.Base(path), raw)
	if err == nil {
		s.open = id
	}
	return len(problems), err
}

// Export writes the set that is open to a file: a workbook for .xlsx, else JSON.
// It runs off the window's goroutine.
func (s *Sets) Export(path string) error {
	var out bytes.Buffer
	if strings.EqualFold(filepath.Ext(path), ".xlsx") {
		if err := s.m.Book.WriteSetWorkbook(&out, s.open); err != nil {
			return err
		}
	} else {
		raw, err := s.m.Book.ExportSet(s.open)
		if err != nil {
			return err
		}
		out.Write(raw)
	}
	return disk.Whole(path, func(w io.Writer) error { _, err := w.Write(out.Bytes()); return err })
}

// FileName proposes a name for the file of the set that is open.
func (s *Sets) FileName(ext string) string {
	return assess.SafeName(s.stored.Title, "") + ext
}

// Copy copies the set that is open to another year and opens it. It runs off the
// window's goroutine.
func (s *Sets) Copy(ctx context.Context, year int) error {
	id, err := s.m.Book.CopySet(ctx, s.open, year)
	if err == nil {
		s.open = id
	}
	return err
}

// Drop takes the set that is open out.
func (s *Sets) Drop(done func(error)) {
	id := s.open
	s.m.Do(func(ctx context.Context) error { return s.m.Book.DropSet(ctx, id) }, func(err error) {
		if err == nil {
			s.open = 0
		}
		s.Refresh()
		done(err)
	})
}

// withYear names a set by its year too where its title does not: titles seldom
// change.
func withYear(title string, year int) string {
	if strings.Contains(title, strconv.Itoa(year)) {
		return title
	}
	return fmt.Sprintf("%s, năm %d", title, year)
}

// Others lists the sets with which the open one can be compared; the usual one is
// that of the year before, of the same level.
func (s *Sets) Others() (out []kit.Choice, usual string) {
	best := 0
	for _, x := range s.list {
		year, _ := strconv.Atoi(x.Year)
		switch {
		case x.ID != s.open && x.ID != 0:
			out = append(out, kit.Choice{Key: fmt.Sprint(x.ID), Text: withYear(x.Title, year)})
			if s.set != nil && x.Level == data.Level(s.set.Meta.Level).Name() && year < s.set.Meta.Year && year > best {
				best, usual = year, fmt.Sprint(x.ID)
			}
		case x.Key != "":
			out = append(out, kit.Choice{Key: samplePrefix + x.Key, Text: "Mẫu: " + withYear(x.Title, year)})
		}
	}
	return out, usual
}

// Diff tells how the set that is open differs from another.
func (s *Sets) Diff(key string) ([]scoring.Change, error) {
	if key == "" {
		return nil, nil
	}
	var before *scoring.Set
	if sample, ok := strings.CutPrefix(key, samplePrefix); ok {
		before = scoring.ShippedByID(sample)
	} else {
		var err error
		if _, before, err = s.m.Book.Set(id(key)); err != nil {
			return nil, err
		}
	}
	if before == nil || s.set == nil {
		return nil, nil
	}
	return scoring.Diff(before, s.set), nil
}

// store puts a set in the place of the one that is open, kept as a draft where
// faults remain.
func (s *Sets) store(ctx context.Context, set *scoring.Set) error {
	_, err := s.m.Book.EditSet(ctx, s.open, "Sửa bộ tiêu chí "+s.stored.Title, func(old *scoring.Set) error {
		*old = *set
		return nil
	})
	return err
}
