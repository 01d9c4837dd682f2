package settings

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/exchange"
)

// example shows the number that a pattern gives today, or what is wrong with it.
func example(d *desk.Desk, pattern string) (text string, err error) {
	p := desk.Pattern(strings.TrimSpace(pattern))
	if err := p.Check(); err != nil {
		return "", err
	}
	code := d.Office().Code
	if code == "" && strings.Contains(string(p), "{ma}") {
		return "Hôm nay: " + p.Write("(mã định danh)", d.Today(), 12) + ". Nhập mã định danh ở phần Cơ quan.", nil
	}
	return "Hôm nay, số thứ 12: " + p.Write(code, d.Today(), 12), nil
}

// backupKind tells why a backup was made, or that it is a file that a restore
// replaced.
func backupKind(f *desk.BackupFile) string {
	kind := map[desk.Why]string{desk.Asked: "Sao lưu", desk.Daily: "Đầu ngày", desk.AtClosing: "Khi đóng", desk.BeforeImport: "Trước khi nhập", desk.BeforeRestore: "Trước khi khôi phục"}[f.Why]
	if f.Replaced {
		kind = "Giữ lại trước khi khôi phục"
	}
	if f.Bad {
		kind += ", HỎNG"
	}
	return kind
}

// momentKey orders moments.
func momentKey(m data.Moment) int64 { return int64(m.Day)<<16 + int64(m.Clock) }

// size writes bytes as people read them, with a decimal comma.
func size(n int64) string {
	switch {
	case n >= 1<<30:
		return decimal(float64(n)/(1<<30)) + " GB"
	case n >= 1<<20:
		return decimal(float64(n)/(1<<20)) + " MB"
	}
	return data.FormatInt(max(1, (n+1023)/1024)) + " KB"
}

func decimal(f float64) string { return strings.Replace(fmt.Sprintf("%.1f", f), ".", ",", 1) }

// shownLost is how many of the changes that a restore takes away are named.
const shownLost = 8

// restoreText tells what a backup holds beside what is open now, and what a restore
// would take away, before the officer decides.
func restoreText(name string, p *desk.Preview) string {
	var b strings.Builder
	c := &p.Backup
	office := cmp.Or(strings.Join(strings.Fields(c.Office), " "), "(chưa đặt tên cơ quan)")
	fmt.Fprintf(&b, "Bản sao lưu %s lành lặn.\n", name)
	fmt.Fprintf(&b, "Cơ quan: %s\n", office)
	fmt.Fprintf(&b, "Hồ sơ: %s trong bản sao lưu, %s đang mở\n", data.FormatInt(int64(c.Dossiers)), data.FormatInt(int64(p.Now)))
	fmt.Fprintf(&b, "Danh mục: %s đơn vị, %s thủ tục\n", data.FormatInt(int64(c.Units)), data.FormatInt(int64(c.Procedures)))
	if c.Plain {
		b.WriteString("Bản của phiên bản cũ: chỉ có sổ, không kèm tệp minh chứng\n")
	} else {
		fmt.Fprintf(&b, "Kèm theo: %s tệp minh chứng, %s báo cáo đã xuất\n", data.FormatInt(int64(c.Evidence)), data.FormatInt(int64(c.Issued)))
	}
	if c.Last.Known() {
		fmt.Fprintf(&b, "Việc cuối cùng: %s, %s\n", c.Change, c.Last)
	}
	switch {
	case p.Other:
		b.WriteString("Đây là bản sao lưu của một sổ khác, không có thao tác nào chung với sổ đang mở.\n")
	case p.LostAll == 0 && p.Gained == 0:
		b.WriteString("Giống hệt sổ đang mở: khôi phục không mất gì.\n")
	case p.LostAll == 0:
		fmt.Fprintf(&b, "Khôi phục không mất thao tác nào, có thêm %s thao tác.\n", data.FormatInt(int64(p.Gained)))
	default:
		fmt.Fprintf(&b, "Khôi phục sẽ bỏ %s thao tác sau bản này:\n", data.FormatInt(int64(p.LostAll)))
		for i, e := range p.Lost {
			if i == shownLost {
				fmt.Fprintf(&b, "… và %s thao tác nữa.\n", data.FormatInt(int64(p.LostAll-i)))
				break
			}
			b.WriteString("– " + e.Title + "\n")
		}
	}
	if text := p.BringsBack(); text != "" {
		b.WriteString("CHÚ Ý: " + text + "\n")
	}
	b.WriteString("Dữ liệu đang mở được sao lưu trước và giữ lại thành một tệp bên cạnh, không mất. Minh chứng và báo cáo đang có vẫn giữ.")
	return b.String()
}

// checkText tells the result of a check of the data file, the faults one a line.
func checkText(c desk.Report) (text string, sound bool) {
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

// headings are the columns of files that are read in a remembered way.
func headings(m *exchange.Saved) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(m.Headings), func(h string) bool { return h == "" }), ", ")
}

// act is one entry of the journal.
type act struct {
	seq      uint64
	at, what string
}

// recentWork are the newest entries of the journal.
func recentWork(d *desk.Desk) (out []act, err error) {
	list, err := d.Journal(50)
	for _, e := range list {
		title := e.Title
		switch e.Kind {
		case "undo":
			title = "Hoàn tác: " + title
		case "redo":
			title = "Làm lại: " + title
		}
		out = append(out, act{e.Seq, data.MomentAt(e.At, d.Now().Location()).String(), title})
	}
	return out, err
}
