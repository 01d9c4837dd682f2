//go:build e2e

package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// officer is someone at the keyboard of the program, who has no mouse.
type officer struct {
	*Program
	today  time.Time
	closed time.Time // the holiday that is declared
}

// shown waits until the screen or dialog in view shows a text.
func (o officer) shown(text string) State {
	o.t.Helper()
	return o.until("«"+text+"» in view", func(s State) bool { return strings.Contains(s.Text, text) })
}

// said waits until the short message below says a text.
func (o officer) said(text string) State {
	o.t.Helper()
	return o.until("the message «"+text+"»", func(s State) bool { return strings.Contains(s.Toast, text) && s.Dialog == "" })
}

// asked waits until a dialog is open whose title begins so.
func (o officer) asked(title string) State {
	o.t.Helper()
	return o.until("the dialog «"+title+"»", func(s State) bool { return strings.HasPrefix(s.Dialog, title) })
}

// at waits until the part so named has the focus.
func (o officer) at(part string) {
	o.t.Helper()
	o.until("the focus at «"+part+"»", func(s State) bool { return s.Focus == part })
}

// to presses a key until the part so named has the focus.
func (o officer) to(part, key string) {
	o.t.Helper()
	o.toward(part, key, func(focus string) bool { return focus == part })
}

// toward presses a key until the name of the part with the focus is right.
func (o officer) toward(part, key string, right func(focus string) bool) {
	o.t.Helper()
	for range 60 {
		s := o.State()
		if right(s.Focus) {
			return
		}
		o.Key(key)
		// Two neighbours may have one name: then this wait is in vain.
		for range 60 {
			if o.State().Focus != s.Focus {
				break
			}
			time.Sleep(tick)
		}
	}
	o.t.Fatalf("%s does not lead to «%s»; the focus is at «%s»", key, part, o.State().Focus)
}

// write types into the part with the focus.
func (o officer) write(text string) {
	o.t.Helper()
	o.Type(text)
	o.until("«"+text+"» in the field", func(s State) bool { return strings.HasSuffix(s.Value, text) })
}

// choose opens the list of the field with the focus and takes what is typed.
func (o officer) choose(text string) {
	o.t.Helper()
	o.Key("Down")
	o.at("Gõ để tìm")
	o.write(text)
	o.Key("Return")
	o.until("the list to close", func(s State) bool { return s.Focus != "Gõ để tìm" })
}

// visit goes to a screen by Alt and a digit.
func (o officer) visit(screen string) {
	o.t.Helper()
	for digit := 9; digit >= 1; digit-- {
		before := o.State().Screen
		if before == screen {
			return
		}
		o.Key(fmt.Sprintf("alt+%d", digit))
		// The digit of the screen in view changes nothing.
		for range 40 {
			if o.State().Screen != before {
				break
			}
			time.Sleep(tick)
		}
	}
	if o.State().Screen != screen {
		o.t.Fatalf("Alt and a digit do not open %s", screen)
	}
}

// find lists dossiers on the register screen.
func (o officer) find(text string, want int) State {
	o.t.Helper()
	if o.State().Screen != "register" {
		o.Key("alt+2")
		o.until("the register", func(s State) bool { return s.Screen == "register" })
	}
	o.Key("ctrl+f")
	o.at(searchFocus)
	if o.State().Value != "" {
		o.Key("ctrl+a", "BackSpace")
		o.until("an empty field", func(s State) bool { return s.Value == "" })
	}
	o.write(text)
	return o.until(fmt.Sprintf("%d dossiers for «%s»", want, text), func(s State) bool { return s.Listed == want })
}

// searchFocus names the search field of the register.
const searchFocus = "Tìm tên, mã… hoặc đơn vị:, hạn:, tình trạng:"

// pick takes a line of an open menu.
func (o officer) pick(label string) {
	o.t.Helper()
	o.until("a menu", func(s State) bool { return strings.HasPrefix(s.Focus, "menu") })
	o.toward(label, "Down", func(focus string) bool { return strings.HasPrefix(focus, "menu "+label) })
	o.Key("Return")
}

// shut is the day that the office will close: a working day on which dossiers are
// due, some weeks ahead.
func shut(t *testing.T, today time.Time) time.Time {
	t.Helper()
	var answer struct{ Due string }
	out := command(t, "due", "--received", today.Format("2006-01-02"), "--term", "15", "--unit", "ngay-lam-viec", "--json")
	if err := json.Unmarshal(out, &answer); err != nil {
		t.Fatalf("due --json: %v", err)
	}
	day, err := time.Parse("2006-01-02", answer.Due[:min(10, len(answer.Due))])
	if err != nil {
		t.Fatalf("due --json: %v\n%s", err, out)
	}
	return day
}

// day is today and so many days more, as typed and as shown.
func (o officer) day(n int) string { return o.today.AddDate(0, 0, n).Format("02/01/2006") }

// entered is a dossier as the command lists it.
type entered struct {
	Code, Owner, Unit, Procedure, Received, Due string
	Ended, Returned                             string
	Status                                      int
}

func dossiers(t *testing.T, file string, query ...string) []entered {
	t.Helper()
	var list []entered
	out := command(t, append(append([]string{"dossiers"}, query...), "--file", file, "--json")...)
	if err := json.Unmarshal(out, &list); err != nil {
		t.Fatalf("dossiers --json: %v", err)
	}
	return list
}

// officeFile is a new data file with some dossiers of the last weeks: late ones,
// ones due soon, finished ones.
func officeFile(t *testing.T, today, closed time.Time) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	rows := [][]any{{"Mã hồ sơ", "Tên thủ tục hành chính", "Lĩnh vực", "Đơn vị xử lý", "Chủ hồ sơ", "Địa chỉ", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc xử lý", "Trạng thái"}}
	day := func(n int) string { return today.AddDate(0, 0, n).Format("02/01/2006") }
	away := int(closed.Sub(today).Round(24*time.Hour).Hours() / 24)
	add := func(n int, owner string, received, due int, ended any, status string) {
		procedure := [][2]string{{"Đăng ký khai sinh mẫu", "Hộ tịch"}, {"Cấp giấy phép xây dựng mẫu", "Xây dựng"}}[n%2]
		rows = append(rows, []any{fmt.Sprintf("H99.01.01-22%04d", n), procedure[0], procedure[1], []string{"Phòng Tư pháp", "Phòng Quản lý đô thị"}[n%2],
			owner, "Tổ 1", day(received), day(due), ended, status})
	}
	for i := range 3 {
		add(10+i, fmt.Sprintf("Trần Văn Trễ %d", i+1), -30, -3-i, "", "Đang xử lý")
		add(20+i, fmt.Sprintf("Lê Thị Nhóm %d", i+1), -20, away, "", "Đang xử lý")
		add(30+i, fmt.Sprintf("Phạm Đức Đường %d", i+1), -40, -20, day(-25), "Đã trả kết quả")
	}
	add(40, "Võ Thị Bổ Sung", -20, 15, "", "Đang xử lý")
	add(41, "Hoàng Văn Nhầm", -12, 16, "", "Đang xử lý")
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	source, file := filepath.Join(t.TempDir(), "so.xlsx"), filepath.Join(t.TempDir(), "so.db")
	if err := f.SaveAs(source); err != nil {
		t.Fatal(err)
	}
	command(t, "import", source, "--file", file)
	return file
}

// imported is how many dossiers that file holds.
const imported = 11

// TestDailyTasks does what an officer does on a day, by keyboard alone, and looks
// afterwards whether the data file has it.
func TestDailyTasks(t *testing.T) {
	y, m, dd := time.Now().Date()
	today := time.Date(y, m, dd, 0, 0, 0, 0, time.UTC)
	closed := shut(t, today)
	file := officeFile(t, today, closed)
	d := newDesktop(t, 1366, 768)
	o := officer{d.start("--file", file), today, closed}
	o.maximise()

	o.describeOffice()
	first := o.receive()
	o.receiveAgain()
	o.askSupplement()
	o.finish(first)
	o.correct()
	byDue := o.search()
	o.finishTogether()
	o.saveFilter()
	o.apologise()
	o.check()
	o.declareHoliday()
	list := o.printAndExport(first)
	o.quit()

	after := map[string]entered{}
	for _, one := range dossiers(t, file) {
		after[one.Owner] = one
	}
	iso := today.Format("2006-01-02")
	if got := after["Đỗ Thị Đường"]; got.Code != first || got.Unit != "Phòng Tư pháp" || got.Ended != iso || got.Returned != iso || got.Status != 10 {
		t.Errorf("the dossier received, finished and returned is %+v", got)
	}
	if n := count(t, file, `"Đỗ Thị Đường"`); n != 2 {
		t.Errorf("%d dossiers of the person who came twice", n)
	}
	old := today.AddDate(0, 0, 15).Format("2006-01-02")
	if got := after["Võ Thị Bổ Sung"]; got.Due <= old || got.Ended != "" {
		t.Errorf("after the supplement: %+v, due before %s", got, old)
	}
	if got := after["Hoàng Văn Nhầm"]; got.Code != "" {
		t.Errorf("the wrong name is still there: %+v", got)
	}
	if got := after["Hoàng Văn Đúng"]; got.Code != "H99.01.01-220041" {
		t.Errorf("the corrected dossier: %+v", got)
	}
	for i := 1; i <= 3; i++ {
		if got := after[fmt.Sprintf("Lê Thị Nhóm %d", i)]; got.Ended != "" || got.Due <= closed.Format("2006-01-02") {
			t.Errorf("undone and put off by the holiday: %+v", got)
		}
	}
	if n := count(t, file, "han<"+o.day(0), "don vi: tu phap"); n != byDue {
		t.Errorf("the window listed %d dossiers, the command lists %d", byDue, n)
	}
	if !bytes.HasPrefix(list, []byte("%PDF-")) {
		t.Errorf("the list begins with %.20q", list)
	}
	var figures struct {
		Total struct{ Received, Resolved, Pending int } `json:"total"`
	}
	out := command(t, "figures", "--from", today.AddDate(0, 0, -60).Format("2006-01-02"), "--to", iso, "--file", file, "--json")
	if err := json.Unmarshal(out, &figures); err != nil {
		t.Fatal(err)
	}
	if got := figures.Total; got.Received != imported+2 || got.Resolved != 4 || got.Pending != imported+2-4 {
		t.Errorf("figures: %+v", got)
	}
}

// describeOffice enters the code of the office, which the codes of dossiers begin
// with.
func (o officer) describeOffice() {
	o.t.Helper()
	o.visit("settings")
	o.to("Cơ quan ban hành", "Tab")
	o.write("Ủy ban nhân dân thị xã Mẫu")
	o.to("Mã định danh", "Tab")
	o.write("H99.01.01")
	o.Key("ctrl+Return")
	o.said("Đã lưu thông tin cơ quan")
}

// receive enters a dossier and returns its code (task 1).
func (o officer) receive() string {
	o.t.Helper()
	o.Key("ctrl+n")
	o.at("Thủ tục hành chính")
	o.Key("ctrl+Return")
	o.until("what is missing", func(s State) bool {
		return strings.Contains(s.Errors, "Chưa chọn thủ tục") && strings.Contains(s.Errors, "Chưa có tên chủ hồ sơ")
	})
	o.choose("khai sinh mau")
	o.at("Hình thức nhận")
	o.until("the error of the procedure to go", func(s State) bool { return !strings.Contains(s.Errors, "thủ tục") })
	o.Key("Return", "Return")
	o.at("Họ tên hoặc tên tổ chức")
	// What is typed on after Enter belongs to the next field.
	o.Type("Đỗ Thị Đường")
	o.Key("Return")
	o.Type("012345678901")
	o.Key("Return")
	o.at("Điện thoại")
	o.to("Đơn vị giải quyết", "Return")
	o.choose("tu phap")
	o.to("Thời hạn", "Tab")
	o.write("5")
	o.until("the due date", func(s State) bool { return !strings.Contains(s.Text, "Chưa có ngày hẹn") && s.Errors == "" })
	o.still("daily-1-receive")
	o.Key("ctrl+Return")
	o.said("Đã tiếp nhận H99.01.01-")
	o.at("Họ tên hoặc tên tổ chức")
	// The cursor stands in a field of the next form: what is stored is taken back and
	// done again only after a question.
	o.Key("ctrl+z")
	o.asked("Hoàn tác thao tác đã lưu")
	o.Key("Return")
	o.said("Đã hoàn tác: ")
	o.Key("ctrl+y")
	o.asked("Làm lại thao tác đã lưu")
	o.Key("Return")
	s := o.said("Đã làm lại: ")
	o.t.Log("after redo: " + s.Toast)
	s = o.find("Đỗ Thị Đường", 1)
	return s.Selected
}

// receiveAgain enters a second dossier of the same person (task 2).
func (o officer) receiveAgain() {
	o.t.Helper()
	o.Key("ctrl+n")
	o.at("Họ tên hoặc tên tổ chức")
	o.Key("Return")
	o.at("Số định danh, mã số thuế")
	o.write("012345678901")
	o.shown("Đã có hồ sơ của Đỗ Thị Đường")
	o.Key("ctrl+d")
	o.at("Nội dung yêu cầu (để trống: theo tên thủ tục)")
	o.shown("Trùng người và thủ tục với hồ sơ ")
	o.still("daily-2-again")
	o.Key("ctrl+Return")
	o.said("Đã tiếp nhận H99.01.01-")
}

// askSupplement asks for a supplement a week ago and brings it today (task 3).
func (o officer) askSupplement() {
	o.t.Helper()
	o.find("bo sung", 1)
	o.Key("Return")
	o.shown("Diễn biến")
	o.Key("F3")
	o.pick("Yêu cầu bổ sung")
	o.asked("Yêu cầu bổ sung: H99.01.01-220040")
	o.at("Giấy tờ, nội dung cần bổ sung")
	o.Key("ctrl+Return")
	o.until("what is missing", func(s State) bool {
		return strings.Contains(s.Errors, "chưa ghi giấy tờ, nội dung cần bổ sung")
	})
	o.write("Bản sao chứng thực")
	o.to("Thời điểm yêu cầu", "shift+Tab")
	o.to("Thời điểm yêu cầu", "shift+Tab")
	o.Key("shift+Tab")
	o.until("the day", func(s State) bool { return strings.Contains(s.Value, "/") })
	o.Type(o.day(-8))
	o.Key("ctrl+Return")
	o.said("H99.01.01-220040")
	o.Key("F2")
	o.asked("Đã bổ sung")
	s := o.shown("Hẹn cũ " + o.day(15))
	if !strings.Contains(s.Text, "tính ra ") {
		o.t.Errorf("the form does not tell the new date: %s", s.Text)
	}
	o.still("daily-3-supplement")
	o.Key("ctrl+Return")
	o.said("H99.01.01-220040")
}

// finish records the result of a dossier and returns it (task 4).
func (o officer) finish(code string) {
	o.t.Helper()
	o.find(code, 1)
	o.Key("F2")
	o.asked("Có kết quả: " + code)
	o.at("Số kết quả")
	o.write("12/GKS")
	o.still("daily-4-finish")
	o.Key("ctrl+Return")
	o.said(code)
	o.Key("F2")
	o.asked("Trả kết quả: " + code)
	o.shown("Kết quả số 12/GKS")
	o.Key("ctrl+Return")
	o.said(code)
	// Two changes are taken back one by one, and come again.
	for range 2 {
		o.Key("ctrl+z")
		o.said("Đã hoàn tác")
		o.until("the message to change", func(s State) bool { return s.Dialog == "" })
	}
	o.Key("ctrl+y", "ctrl+y")
	o.said("Đã làm lại")
}

// correct mends the name of an owner (task 5).
func (o officer) correct() {
	o.t.Helper()
	o.find("van nham", 1)
	o.Key("Return")
	o.Key("F3")
	o.pick("Đính chính")
	o.asked("Đính chính: ")
	o.to("Chủ hồ sơ", "Tab")
	o.Type("Hoàng Văn Đúng")
	o.Key("ctrl+Return")
	o.until("the reason to be missing", func(s State) bool { return strings.Contains(s.Errors, "lý do") })
	o.at("Lý do đính chính")
	o.write("Ghi nhầm tên đệm")
	o.still("daily-5-correct")
	o.Key("ctrl+Return")
	o.said("H99.01.01-220041")
	o.find("Hoàng Văn Đúng", 1)
	o.Key("Return")
	s := o.shown("Lý do: Ghi nhầm tên đệm")
	if !strings.Contains(s.Text, "Hoàng Văn Nhầm") {
		o.t.Errorf("the history does not tell the old name: %s", s.Text)
	}
	o.still("daily-5-history")
}

// search finds by words of fields and by typed diacritics (task 6).
func (o officer) search() int {
	o.t.Helper()
	s := o.find("han<"+o.day(0)+" don vi: tu phap", 4)
	o.still("daily-6-search")
	o.find("Phạm Đức Đường", 3)
	o.find("pham duc duong", 3)
	return s.Listed
}

// finishTogether finishes several dossiers at once and takes all back (task 7).
func (o officer) finishTogether() {
	o.t.Helper()
	o.find("thi nhom", 3)
	o.Key("F6", "ctrl+a")
	o.shown("Đã chọn 3 hồ sơ")
	o.Key("F2")
	o.asked("Có kết quả: 3 hồ sơ")
	o.Key("ctrl+Return")
	o.said("3 hồ sơ")
	o.until("them finished", func(s State) bool { return strings.Count(s.Text, "\tTrước hạn") == 3 })
	o.still("daily-7-together")
	o.Key("ctrl+z")
	o.said("Đã hoàn tác")
	o.until("them pending", func(s State) bool { return !strings.Contains(s.Text, "\tTrước hạn") })
}

// saveFilter keeps a question and asks it again (task 8).
func (o officer) saveFilter() {
	o.t.Helper()
	o.Key("ctrl+d")
	o.asked("Lưu bộ lọc")
	o.Key("ctrl+a")
	o.write("Nhóm thử")
	o.Key("Return")
	o.said("Đã lưu bộ lọc")
	o.Key("ctrl+f", "Escape", "Escape")
	o.until("the whole list", func(s State) bool { return s.Listed == imported+2 })
	o.Key("F6", "F6")
	s := o.until("the saved filters", func(s State) bool {
		return s.Focus != fmt.Sprintf("list 1/%d", imported+2) && strings.HasPrefix(s.Focus, "list 1/")
	})
	last := strings.TrimPrefix(s.Focus, "list 1/")
	o.Key("End")
	o.at("list " + last + "/" + last)
	o.Key("Return")
	o.until("the list of the filter", func(s State) bool { return s.Listed == 3 })
	o.still("daily-8-filter")
}

// apologise writes letters for two late dossiers (task 9).
func (o officer) apologise() {
	o.t.Helper()
	o.Key("alt+3")
	o.until("the screen of late dossiers", func(s State) bool { return s.Screen == "watching" })
	o.shown("Trần Văn Trễ 1")
	o.still("daily-9-watching")
	o.to("Cần thư xin lỗi", "shift+Tab")
	o.Key("Return")
	o.until("the list of letters to write", func(s State) bool {
		return strings.HasPrefix(s.Focus, "list 1/") && strings.Contains(s.Text, "Chọn nhiều dòng")
	})
	o.Key("shift+Down")
	o.shown("Lập 2 thư…")
	o.to("Lập 2 thư…", "shift+Tab")
	o.Key("Return")
	o.asked("Thư xin lỗi cho 2 hồ sơ")
	o.at("Lý do ghi trong thư")
	o.Key("ctrl+Return")
	o.until("the reason to be missing", func(s State) bool { return strings.Contains(s.Errors, "lý do") })
	o.write("phải xác minh thực địa")
	o.Key("ctrl+Return")
	o.asked("Thư xin lỗi")
	o.until("the letters", func(s State) bool { return s.Pages == 2 })
	o.still("daily-9-letters")
	o.Key("Escape")
	o.until("the letters to close", func(s State) bool { return s.Dialog == "" })
	o.to("Sổ thư xin lỗi", "shift+Tab")
	o.Key("Return")
	o.shown("phải xác minh thực địa")
	o.still("daily-9-book")
}

// check runs the checks of data and accepts a finding (task 10).
func (o officer) check() {
	o.t.Helper()
	o.Key("alt+4")
	o.until("the screen of checks", func(s State) bool { return s.Screen == "checking" })
	o.until("the checks", func(s State) bool {
		return strings.HasPrefix(s.Focus, "list ") && strings.Contains(s.Status, " 0 đã chấp nhận")
	})
	o.Key("Return")
	o.still("daily-10-checks")
	o.to("Chấp nhận…", "shift+Tab")
	o.Key("Return")
	o.asked("Chấp nhận lỗi của hồ sơ")
	o.Key("ctrl+Return")
	o.until("the reason to be missing", func(s State) bool { return s.Errors != "" })
	o.write("đã đối chiếu hồ sơ giấy")
	o.Key("ctrl+Return")
	o.said("Đã chấp nhận lỗi")
	o.until("it counted", func(s State) bool { return strings.Contains(s.Status, " 1 đã chấp nhận") })
}

// declareHoliday closes the office on the day on which dossiers are due (task 11).
func (o officer) declareHoliday() {
	o.t.Helper()
	o.visit("catalogue")
	o.toward("the lists of the catalogue", "shift+Tab", func(focus string) bool { return strings.HasPrefix(focus, "list 1/") })
	o.toward("the calendar", "Down", func(focus string) bool { return strings.HasPrefix(focus, "list 9/") })
	o.Key("Return")
	o.until("the month", func(s State) bool { return strings.HasPrefix(s.Focus, "month ") })
	o.Key("Return")
	o.asked("Khai báo ngày")
	o.Type(o.closed.Format("02/01/2006"))
	o.to("Tên ngày nghỉ, lý do", "Tab")
	o.write("Ngày hội của thị xã")
	o.Key("ctrl+Return")
	o.shown(o.closed.Format("02/01/2006") + "\tNgày hội của thị xã")
	o.still("daily-11-holiday")
	o.Key("ctrl+Return")
	o.asked("Áp dụng lịch làm việc")
	o.shown("H99.01.01-220020")
	o.at("Lý do")
	o.write("Thông báo số 1")
	o.still("daily-11-affected")
	o.Key("ctrl+Return")
	o.said("Đã áp dụng lịch làm việc")
}

// printAndExport looks at a receipt before printing and writes a list as a PDF,
// which it returns (task 12).
func (o officer) printAndExport(code string) []byte {
	o.t.Helper()
	o.find(code, 1)
	o.Key("ctrl+p")
	o.pick("Giấy tiếp nhận")
	o.until("the receipt", func(s State) bool { return s.Dialog != "" && s.Pages == 2 }) // one to keep, one to give
	o.still("daily-12-receipt")
	o.Key("Escape")
	o.until("the receipt to close", func(s State) bool { return s.Dialog == "" })
	o.find("thi nhom", 3)
	o.to("Xuất", "shift+Tab")
	o.Key("Return")
	o.pick("Xuất PDF")
	o.asked("Xuất PDF")
	o.Key("ctrl+Return")
	o.until("the list", func(s State) bool { return s.Dialog == "Danh sách hồ sơ" && s.Pages == 1 })
	o.still("daily-12-list")
	o.to("Xuất PDF", "Tab")
	o.Key("Return")
	path := filepath.Join(o.home, "danh-sach.pdf")
	o.until("the question for a file", func(s State) bool { return s.Value == "danh-sach-ho-so.pdf" || strings.HasSuffix(s.Value, ".pdf") })
	o.Key("ctrl+a")
	o.Type(path)
	o.Key("Return")
	o.until("the file to be written", func(s State) bool { return strings.Contains(s.Toast, "Đã ghi danh-sach.pdf") })
	o.Key("Escape")
	content, err := os.ReadFile(path)
	if err != nil {
		o.t.Fatal(err)
	}
	return content
}
