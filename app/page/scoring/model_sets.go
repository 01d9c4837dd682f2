package scoring

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/desk"
	"giaoban/data/disk"
	"giaoban/data/register"
	"giaoban/data/scoring"
)

// Sets lists the sets of criteria, and the one that is open with its tree and its
// problems.
type Sets struct {
	// Changed is called when there is something new to show.
	Changed func()
	List    []SetRow // samples last
	Err     error    // why they could not be read
	// Set is the one that is open, nil for none, Sheet the same as rows; Problems lists
	// what is wrong with it, Field holds the code.
	Set      *scoring.Set
	Sheet    *SetSheet
	Problems []*data.Error

	m      *Model
	key    string // of the set that is open, as it is chosen
	stored assess.StoredSet
	asked  int
}

// NewSets returns the model; nothing is read yet.
func NewSets(m *Model) *Sets { return &Sets{m: m, Changed: func() {}, Sheet: &SetSheet{}} }

// SetRow is one set: of the office, or a shipped sample that is not taken yet.
type SetRow struct {
	ID    uint64 // 0 for a sample
	Key   string // its own
	Title string // with its year
	Year  int
	Level string // as it is called
	State string // Sẵn sàng, Đang dùng, Nháp, Mẫu
}

// Sample reports whether the set is a shipped one that is not taken yet.
func (x *SetRow) Sample() bool { return x.ID == 0 }

// ChoiceKey is the key under which the set is chosen.
func (x *SetRow) ChoiceKey() string {
	if x.Sample() {
		return samplePrefix + x.Key
	}
	return fmt.Sprint(x.ID)
}

// find reads a set by its key among the choices; "" is none.
func (m *Model) find(key string) (stored assess.StoredSet, set *scoring.Set, err error) {
	sample, ok := strings.CutPrefix(key, samplePrefix)
	switch {
	case key == "":
		return stored, nil, nil
	case !ok:
		return m.Book.Set(id(key))
	}
	if set = scoring.ShippedByID(sample); set != nil {
		stored = assess.StoredSet{Title: set.Meta.Title, Year: set.Meta.Year, Level: set.Meta.Level}
	}
	return stored, set, nil
}

// Refresh reads the sets anew, and the one that is open; the first of the office, else
// the first of all, is open to begin with.
func (s *Sets) Refresh() {
	s.asked++
	asked, key := s.asked, s.key
	s.m.Session.Go(func() {
		list, err := s.m.sets()
		if key == "" && len(list) > 0 {
			key = list[0].ChoiceKey()
		}
		stored, set, missing := s.m.find(key)
		if missing != nil { // it was dropped
			key, set = "", nil
		}
		s.m.Session.Post(func() {
			if asked != s.asked {
				return
			}
			s.List, s.Err, s.key, s.stored, s.Set, s.Problems = list, err, key, stored, set, nil
			if set != nil && s.OpenID() != 0 {
				s.Problems = set.Problems()
			}
			s.lay()
			s.Changed()
		})
	})
}

// sets lists the sets, newest year first, samples last.
func (m *Model) sets() ([]SetRow, error) {
	list, err := m.Book.Sets()
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(list, func(a, b assess.StoredSet) int {
		return cmp.Or(b.Year-a.Year, register.CompareText(a.Title, b.Title))
	})
	var out []SetRow
	for _, x := range list {
		row := SetRow{x.ID, x.Key, withYear(x.Title, x.Year), x.Year, data.Level(x.Level).Name(), "Sẵn sàng"}
		used, err := m.Book.SetUsed(x.ID)
		if err != nil {
			return nil, err
		}
		if len(used) > 0 {
			row.State = stateUsed
		} else if x.Draft {
			row.State = stateDraft
		}
		out = append(out, row)
	}
	for _, x := range scoring.Shipped() {
		if !slices.ContainsFunc(list, func(y assess.StoredSet) bool { return y.Key == x.Meta.ID }) {
			out = append(out, SetRow{0, x.Meta.ID, withYear(x.Meta.Title, x.Meta.Year), x.Meta.Year, data.Level(x.Meta.Level).Name(), "Mẫu"})
		}
	}
	return out, nil
}

const stateUsed, stateDraft = "Đang dùng", "Nháp"

// Current is the set that is open among them, nil for none.
func (s *Sets) Current() *SetRow {
	for i := range s.List {
		if s.List[i].ChoiceKey() == s.key {
			return &s.List[i]
		}
	}
	return nil
}

// OpenID is the record of the set that is open, 0 for none and for a sample.
func (s *Sets) OpenID() uint64 { return id(s.key) }

// Open opens a set by its key among the choices.
func (s *Sets) Open(key string) {
	if key != s.key {
		s.key = key
		s.Refresh()
	}
}

// opened opens a set that was just made.
func (s *Sets) opened(id uint64, err error) error {
	if err == nil {
		s.key = fmt.Sprint(id)
	}
	return err
}

// Locked tells why the set that is open cannot be changed, "" where it can.
func (s *Sets) Locked() string {
	if s.Set == nil {
		return ""
	}
	if s.OpenID() == 0 {
		return "Đây là bộ mẫu. Lấy vào sổ để sửa thành bộ của cơ quan mình."
	}
	used, err := s.m.Book.SetUsed(s.OpenID())
	if err != nil { // whether it is used is unknown: nothing may change that a period stands on
		s.m.Session.Missed(err)
		return "Chưa đọc được bộ tiêu chí đang dùng cho kỳ nào nên tạm khóa. Mở lại tệp dữ liệu rồi thử lại."
	}
	if len(used) == 0 || len(s.Problems) > 0 { // what is refused since is mended in place
		return ""
	}
	return fmt.Sprintf("Bộ tiêu chí đang dùng cho «%s» nên đã khóa. Sao chép sang năm khác để sửa.", used[0].Title)
}

// lay writes the set that is open into the sheet. What was typed and not stored
// stays, unless another set was opened.
func (s *Sets) lay() {
	key := fmt.Sprint(s.key, s.stored.Title, s.stored.Year)
	if s.Sheet.key == key && s.Sheet.Dirty() {
		return
	}
	s.Sheet.load(s, key)
}

// About tells of the set that is open in one line.
func (s *Sets) About() string {
	if s.Set == nil {
		return ""
	}
	leaves := 0
	s.Set.Walk(func(n *scoring.Node, _ []*scoring.Node) {
		if n.Leaf() {
			leaves++
		}
	})
	text := fmt.Sprintf("%d lĩnh vực, %d tiêu chí được chấm, tổng %s điểm", len(s.Set.Criteria), leaves, s.Set.Meta.Total.String())
	if last := s.Set.Meta.LastDay(); last.Known() {
		text += " · áp dụng đến " + last.String()
	}
	if s.Set.Meta.Label != "" {
		text += " · " + s.Set.Meta.Label
	}
	return text
}

// Take takes a sample into the data file. It runs off the window's goroutine.
func (s *Sets) Take(ctx context.Context, key string) error {
	return s.opened(s.m.Book.TakeSample(ctx, key))
}

// Import takes a set from a file; it returns how many faults it holds. It runs off
// the window's goroutine.
func (s *Sets) Import(ctx context.Context, path string) (faults int, err error) {
	raw, err := disk.Read(path)
	if err != nil {
		return 0, data.Fail(data.Refused, fmt.Sprintf("Không đọc được tệp %s. Kiểm tra tệp còn ở đó và không bị chương trình khác giữ.", filepath.Base(path)), err)
	}
	id, problems, err := s.m.Book.ImportSet(ctx, filepath.Base(path), raw)
	return len(problems), s.opened(id, err)
}

// Export writes the set that is open to a file: a workbook for .xlsx, else JSON.
// It runs off the window's goroutine.
func (s *Sets) Export(path string) error {
	var out bytes.Buffer
	if strings.EqualFold(filepath.Ext(path), ".xlsx") {
		if err := s.m.Book.WriteSetWorkbook(&out, s.OpenID()); err != nil {
			return err
		}
	} else {
		raw, err := s.m.Book.ExportSet(s.OpenID())
		if err != nil {
			return err
		}
		out.Write(raw)
	}
	return s.m.Session.Desk.WriteOutBytes(context.Background(), desk.Issue{What: "Bộ tiêu chí"}, path, out.Bytes())
}

// FileName proposes a name for the file of the set that is open.
func (s *Sets) FileName(ext string) string {
	return assess.SafeName(s.stored.Title, "") + ext
}

// Copy copies the set that is open to another year and opens it. It runs off the
// window's goroutine.
func (s *Sets) Copy(ctx context.Context, year int) error {
	return s.opened(s.m.Book.CopySet(ctx, s.OpenID(), year))
}

// Drop takes the set that is open out.
func (s *Sets) Drop(done func(error)) {
	id := s.OpenID()
	s.m.Do(func(ctx context.Context) error { return s.m.Book.DropSet(ctx, id) }, func(err error) {
		if err == nil {
			s.key = ""
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
	best, open := 0, s.Current()
	for _, x := range s.List {
		if open != nil && x.ChoiceKey() == s.key {
			continue
		}
		c := kit.Choice{Key: x.ChoiceKey(), Text: x.Title}
		if x.Sample() {
			c.Text = "Mẫu: " + c.Text
		} else if open != nil && x.Level == open.Level && x.Year < open.Year && x.Year > best {
			best, usual = x.Year, c.Key
		}
		out = append(out, c)
	}
	return out, usual
}

// Diff tells how the set that is open differs from another.
func (s *Sets) Diff(key string) ([]scoring.Change, error) {
	_, before, err := s.m.find(key)
	if before == nil || s.Set == nil {
		return nil, err
	}
	return scoring.Diff(before, s.Set), nil
}

// store puts a set in the place of the one that is open, kept as a draft where
// faults remain.
func (s *Sets) store(ctx context.Context, set *scoring.Set) error {
	_, err := s.m.Book.EditSet(ctx, s.OpenID(), "Sửa bộ tiêu chí "+s.stored.Title, func(old *scoring.Set) error {
		*old = *set
		return nil
	})
	return err
}
