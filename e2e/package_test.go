//go:build e2e

package e2e

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/packet"
)

// named gives an office its name and code, and returns its card.
func named(t *testing.T, file, name, code string) packet.Signed {
	t.Helper()
	d, err := desk.Open(file, desk.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	if err := d.SetOffice(context.Background(), data.Office{Name: name, Code: code, Place: "Thử"}); err != nil {
		t.Fatal(err)
	}
	card, err := d.PacketCard(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return card
}

// saves answers the question where a file goes.
func (o officer) saves(title, path string) {
	o.t.Helper()
	o.asked(title)
	o.Key("ctrl+a")
	o.Type(path)
	o.until("the path in the field", func(s State) bool { return s.Value == path })
	o.Key("Return")
}

// opens answers the question for a file of the folder by its name.
func (o officer) opens(title, name string) {
	o.t.Helper()
	o.asked(title)
	o.shown(name)
	o.Type(name)
	o.Key("Return")
}

// packages opens a part of the page of packages, counted from the first.
func (o officer) packages(part int) {
	o.t.Helper()
	o.Key("alt+g")
	o.until("the page of packages", func(s State) bool { return s.Screen == "packages" })
	for range part {
		o.Key("ctrl+Next")
	}
}

// TestPackageFromOfficeToOffice: by keyboard alone a commune makes a package of its figures
// and one of its dossiers sealed by six words; the district adds the commune's card with the
// fingerprint from paper, takes both, and reads on the board and in the consolidated form
// what came.
func TestPackageFromOfficeToOffice(t *testing.T) {
	y, m, dd := time.Now().Date()
	today := time.Date(y, m, dd, 0, 0, 0, 0, time.UTC)
	from, to := officeFile(t, today, shut(t, today)), filepath.Join(t.TempDir(), "huyen.db")
	theirs, own := named(t, from, "UBND xã Sông Lam", "H99.14"), named(t, to, "UBND huyện Thử", "H99")
	d := newDesktop(t, 1366, 768)
	folder := d.home
	card, ours, figures, dossiers := filepath.Join(folder, "xa.gbthe"), filepath.Join(folder, "huyen.gbthe"), filepath.Join(folder, "so-lieu.gbgoi"), filepath.Join(folder, "ho-so.gbgoi")
	command(t, "card", "show", "--out", card, "--file", from)
	command(t, "card", "show", "--out", ours, "--file", to)

	o := officer{Program: d.start("--file", from)}
	o.maximise()
	o.packages(2)
	o.to("Thêm thẻ…", "shift+Tab")
	o.Key("Return")
	o.opens("Chọn thẻ đơn vị", "huyen.gbthe")
	o.asked("Thêm thẻ của UBND huyện Thử")
	o.at("Dấu vân tay trên giấy")
	o.write(own.Card.Fingerprint()[:9])
	o.still("package-card")
	o.Key("ctrl+Return")
	o.said("đã đối chiếu")

	o.packages(0)
	o.Key("ctrl+Prior")
	o.to("Lập gói…", "shift+Tab")
	o.Key("Return")
	o.asked("Lập gói, ")
	o.shown("UBND huyện Thử")
	o.still("package-make")
	o.Key("ctrl+Return")
	o.saves("Lưu gói", figures)
	o.said("Đã lập gói số 1 gửi UBND huyện Thử")

	o.to("Lập gói…", "shift+Tab")
	o.Key("Return")
	o.asked("Lập gói, ")
	o.to("Loại", "Tab")
	o.choose("ho so")
	o.to("Niêm phong bằng mã sáu từ, đọc cho nơi nhận qua điện thoại", "Tab")
	o.Key("space")
	o.still("package-make-phrase")
	o.Key("ctrl+Return")
	o.saves("Lưu gói", dossiers)
	s := o.asked("Mã của gói ho-so.gbgoi")
	o.still("package-phrase")
	phrase := sixWords(s.Text)
	if len(strings.Fields(phrase)) != 6 {
		t.Fatalf("no six words in %q", s.Text)
	}
	o.Key("Escape")
	o.until("the words to go", func(s State) bool { return s.Dialog == "" })
	o.still("package-sent")
	o.quit()

	o = officer{Program: d.start("--file", to)}
	o.maximise()
	o.packages(2)
	o.to("Thêm thẻ…", "shift+Tab")
	o.Key("Return")
	o.opens("Chọn thẻ đơn vị", "xa.gbthe")
	o.asked("Thêm thẻ của UBND xã Sông Lam")
	o.at("Dấu vân tay trên giấy")
	// What is not on the paper is refused where it was typed.
	o.write("0000 0000")
	o.Key("ctrl+Return")
	o.until("the refusal", func(s State) bool { return strings.Contains(s.Errors, "không khớp thẻ") })
	o.still("package-card-refused")
	o.Key("ctrl+a")
	o.write(theirs.Card.Fingerprint()[:9])
	o.Key("ctrl+Return")
	o.said("đã đối chiếu")

	o.packages(0)
	o.Key("ctrl+Next")
	o.to("Nhận gói…", "shift+Tab")
	o.still("package-missing")
	o.Key("Return")
	o.opens("Chọn gói để nhận", "so-lieu.gbgoi")
	o.asked("Nhận gói")
	o.shown("Gói số 1 của UBND xã Sông Lam: số liệu")
	o.still("package-take")
	o.Key("ctrl+Return")
	o.said("Đã nhận gói số 1 của UBND xã Sông Lam")

	o.to("Nhận gói…", "shift+Tab")
	o.Key("Return")
	o.opens("Chọn gói để nhận", "ho-so.gbgoi")
	o.asked("Mã của gói")
	o.write("sai mot hai ba bon nam")
	o.Key("ctrl+Return")
	o.until("the refusal", func(s State) bool { return strings.Contains(s.Errors, "Mã sáu từ không đúng") })
	o.still("package-phrase-refused")
	o.Key("ctrl+a")
	o.write(phrase)
	o.Key("ctrl+Return")
	o.until("what the package is", func(s State) bool { return s.Dialog == "Nhận gói" })
	o.shown("Gói số 2 của UBND xã Sông Lam: hồ sơ")
	o.Key("ctrl+Return")
	o.said("Đã nhận gói số 2 của UBND xã Sông Lam")
	o.still("package-arrived")

	o.to("Biểu tổng hợp", "shift+Tab")
	o.Key("Return")
	o.until("the consolidated form", func(s State) bool { return strings.HasPrefix(s.Dialog, "Biểu II.06a tổng hợp") && s.Pages > 0 })
	o.still("package-consolidated")
	o.Key("Escape")
	o.quit()

	var board struct {
		Cover    string
		Arrivals []struct {
			Kind, Signature string
			Seq, New        int
		}
	}
	if err := json.Unmarshal(command(t, "package", "list", "--period", period(t, figures, to), "--json", "--file", to), &board); err != nil {
		t.Fatal(err)
	}
	if len(board.Arrivals) != 2 || board.Arrivals[0].Kind != "figures" || board.Arrivals[1].Kind != "dossiers" || board.Arrivals[1].Signature != "checked" || board.Cover != "Đã có số liệu của 1/1 xã." {
		t.Errorf("the board has %+v", board)
	}
	if n := count(t, to); n != board.Arrivals[1].New || n == 0 {
		t.Errorf("%d dossiers came, the board says %d", n, board.Arrivals[1].New)
	}
	if _, err := os.Stat(figures); err != nil {
		t.Error(err)
	}
}

// sixWords finds the words of a package among the texts of its dialog: the one line of six
// words in small letters without marks.
func sixWords(shown string) string {
	for line := range strings.Lines(shown) {
		line = strings.TrimSpace(line)
		if len(strings.Fields(line)) == 6 && strings.Trim(line, "abcdefghijklmnopqrstuvwxyz ") == "" {
			return line
		}
	}
	return ""
}

// period is the key of the period of a package.
func period(t *testing.T, file, as string) string {
	t.Helper()
	var made struct{ Period struct{ Kind string } }
	if err := json.Unmarshal(command(t, "package", "read", file, "--json", "--file", as), &made); err != nil {
		t.Fatal(err)
	}
	return made.Period.Kind
}
