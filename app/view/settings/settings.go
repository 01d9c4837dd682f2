// Package settings holds the view models of the screen Thiết lập: the rules of
// the office as an officer types them, the backups, the result of a check, and
// the remembered ways of reading files. They show and change; desk decides.
package settings

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"giaoban/app/view"
	"giaoban/data"
	"giaoban/data/desk"
)

// Rules are the rules of the office as they are typed.
type Rules struct {
	CodePattern, LetterPattern, SimilarDays, SoonDays, WaitingDays, Postponements, HandIn, SameDay string
	EndOfDay, NextDay, FollowMergers                                                               bool
}

// ReadRules returns the rules of the office.
func ReadRules(s *view.Session) Rules {
	r := s.Desk.Rules()
	return Rules{r.CodePattern, r.LetterPattern, strconv.Itoa(r.SimilarDays), strconv.Itoa(r.SoonDays), strconv.Itoa(r.WaitingDays),
		strconv.Itoa(r.Postponements), r.HandInUntil.String(), r.SameDayUntil.String(), r.EndOfDay, r.NextDay, r.FollowMergers}
}

// Parse reads what was typed; its errors name the field: code, letter, similar,
// soon, waiting, again, handin, sameday.
func (t Rules) Parse() (r desk.Rules, err error) {
	r = desk.Rules{CodePattern: strings.TrimSpace(t.CodePattern), LetterPattern: strings.TrimSpace(t.LetterPattern), EndOfDay: t.EndOfDay, NextDay: t.NextDay, FollowMergers: t.FollowMergers}
	for _, p := range []struct{ field, pattern string }{{"code", r.CodePattern}, {"letter", r.LetterPattern}} {
		if err := desk.Pattern(p.pattern).Check(); err != nil {
			return r, &data.Error{Code: data.Invalid, Field: p.field, Message: err.Error(), Cause: err}
		}
	}
	for _, n := range []struct {
		text, field, label string
		to                 *int
	}{{t.SimilarDays, "similar", "Số ngày cảnh báo trùng", &r.SimilarDays}, {t.SoonDays, "soon", "Số ngày sắp đến hạn", &r.SoonDays}, {t.WaitingDays, "waiting", "Số ngày chờ bổ sung quá lâu", &r.WaitingDays},
		{t.Postponements, "again", "Số lần hẹn lại", &r.Postponements}} {
		count, err := data.ParseCount(n.text, 366)
		if err != nil {
			return r, &data.Error{Code: data.Invalid, Field: n.field, Message: n.label + " là số nguyên từ 0 đến 366.", Cause: err}
		}
		*n.to = int(count)
	}
	if r.HandInUntil, err = data.ParseClock(t.HandIn); err != nil {
		return r, data.InField(err, "handin")
	}
	if r.SameDayUntil, err = data.ParseClock(t.SameDay); err == nil && !r.SameDayUntil.Known() {
		err = data.Fail(data.Invalid, "Nhập giờ cuối trong ngày, ví dụ 15:00.", nil)
	}
	return r, data.InField(err, "sameday")
}

// Example shows the number that a pattern gives today, or what is wrong with it.
func Example(s *view.Session, pattern string) (text string, err error) {
	p := desk.Pattern(strings.TrimSpace(pattern))
	if err := p.Check(); err != nil {
		return "", err
	}
	code := s.Desk.Office().Code
	if code == "" && strings.Contains(string(p), "{ma}") {
		return "Hôm nay: " + p.Write("(mã định danh)", s.Desk.Today(), 12) + ". Nhập mã định danh ở phần Cơ quan.", nil
	}
	return "Hôm nay, số thứ 12: " + p.Write(code, s.Desk.Today(), 12), nil
}

// Backup is one backup in the list.
type Backup struct {
	Path, When, Name, Size, Kind string
}

// Backups lists the backups beside the data file, newest first.
func Backups(s *view.Session) []Backup {
	var out []Backup
	for _, f := range s.Desk.BackupFiles() {
		kind := "Sao lưu"
		if f.Replaced {
			kind = "Giữ lại trước khi khôi phục"
		}
		out = append(out, Backup{f.Path, f.At.String(), filepath.Base(f.Path), Size(f.Size), kind})
	}
	return out
}

// Size writes bytes as people read them, with a decimal comma.
func Size(n int64) string {
	switch {
	case n >= 1<<30:
		return decimal(float64(n)/(1<<30)) + " GB"
	case n >= 1<<20:
		return decimal(float64(n)/(1<<20)) + " MB"
	}
	return data.FormatInt(max(1, (n+1023)/1024)) + " KB"
}

func decimal(f float64) string { return strings.Replace(fmt.Sprintf("%.1f", f), ".", ",", 1) }

// RestoreText tells what a backup holds beside what is open now, before the
// officer decides.
func RestoreText(s *view.Session, name string, c desk.BackupContent) string {
	var b strings.Builder
	office := strings.Join(strings.Fields(c.Office), " ")
	if office == "" {
		office = "(chưa đặt tên cơ quan)"
	}
	fmt.Fprintf(&b, "Bản sao lưu %s lành lặn.\n", name)
	fmt.Fprintf(&b, "Cơ quan: %s\n", office)
	fmt.Fprintf(&b, "Hồ sơ: %s trong bản sao lưu, %s đang mở\n", data.FormatInt(int64(c.Dossiers)), data.FormatInt(int64(s.Desk.Len())))
	fmt.Fprintf(&b, "Danh mục: %s đơn vị, %s thủ tục\n", data.FormatInt(int64(c.Units)), data.FormatInt(int64(c.Procedures)))
	if c.Last.Known() {
		fmt.Fprintf(&b, "Việc cuối cùng: %s, %s\n", c.Change, c.Last)
	}
	b.WriteString("Dữ liệu đang mở được giữ lại thành một tệp bên cạnh, không mất. Những gì ghi sau bản sao lưu sẽ không có trong sổ sau khi khôi phục.")
	return b.String()
}

// CheckText tells the result of a check of the data file, the faults one a line.
func CheckText(c desk.Check) (text string, sound bool) {
	text = fmt.Sprintf("Đã đọc hết tệp: %s hồ sơ, %s đơn vị, %s lĩnh vực, %s thủ tục, %s thao tác trong nhật ký.\n", data.FormatInt(int64(c.Dossiers)), data.FormatInt(int64(c.Units)),
		data.FormatInt(int64(c.Fields)), data.FormatInt(int64(c.Procedures)), data.FormatInt(int64(c.Entries)))
	for _, note := range c.Notes {
		text += "Lưu ý: " + note + "\n"
	}
	if len(c.Faults) == 0 {
		return text + "Tệp dữ liệu lành lặn, các chỉ mục và danh mục khớp nhau.", true
	}
	const shown = 12
	text += fmt.Sprintf("Có %d chỗ không đúng:\n", len(c.Faults))
	for i, f := range c.Faults {
		if i == shown {
			text += fmt.Sprintf("… và %d chỗ nữa.\n", len(c.Faults)-shown)
			break
		}
		text += "– " + f + "\n"
	}
	return text + "Sao lưu tệp này ra nơi khác, rồi khôi phục từ bản sao lưu gần nhất còn lành.", false
}

// Mapping is one remembered way of reading files.
type Mapping struct {
	ID              uint64
	File, Headings  string
	When            string
	Columns, States int
}

// Mappings lists how files of each source are read, as officers confirmed it.
func Mappings(s *view.Session) []Mapping {
	list, err := s.Desk.Mappings()
	if err != nil {
		s.Fault(err)
		return nil
	}
	var out []Mapping
	for _, x := range list {
		v := x.Value
		var named []string
		for _, h := range v.Headings {
			if h != "" {
				named = append(named, h)
			}
		}
		out = append(out, Mapping{x.ID, v.File, strings.Join(named, ", "), v.Day.String(), len(v.Headings), len(v.Statuses)})
	}
	return out
}
