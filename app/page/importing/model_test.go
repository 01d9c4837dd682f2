package importing

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/app/env"
	"giaoban/app/kit/counts"
	"giaoban/app/page/pagetest"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/exchange"
)

const fixtures = "../../../data/exchange/testdata/import"

// TestImportWalk goes through the steps: file, columns with a change, check,
// import, and back again.
func TestImportWalk(t *testing.T) {
	d := pagetest.Empty(t)
	s := env.NewSession(d)
	listed := 0
	d.Watch(func(desk.Changes) { listed++ })
	m := newModel(s)
	told := 0
	m.Changed = func() { told++ }
	past := func() []Past {
		list, err := m.Past()
		if err != nil {
			t.Error(err)
		}
		return list
	}
	if m.step != StepFile || m.File() != "" || len(past()) != 0 {
		t.Fatalf("begins at step %d", m.step)
	}
	path := pagetest.Write(t, "so.csv",
		"STT;Mã hồ sơ;Tên thủ tục hành chính;Chủ hồ sơ;Cột lạ;Ngày tiếp nhận;Ngày hẹn trả;Trạng thái",
		"1;HS-1;Thủ tục thử;Trần Văn Mẫu;UBND xã Thử;13/03/2023;20/03/2023;Đang xử lý",
		"2;HS-2;Thủ tục thử;Lê Thị Mẫu;UBND xã Thử;14/03/2023;21/03/2023;Chờ trăng lên",
		"3;HS-3;Thủ tục thử;Đỗ Văn Mẫu;UBND xã Thử;31/02/2023;21/03/2023;Đang xử lý",
		"1;HS-1;Thủ tục thử;Trần Văn Mẫu;UBND xã Thử;13/03/2023;20/03/2023;Đang xử lý")
	m.Open(path)
	if m.err != nil || m.step != StepColumns || m.File() != "so.csv" || m.Aggregated() {
		t.Fatalf("step %d, %v", m.step, m.err)
	}
	if found := m.Found(); !strings.Contains(found, "so.csv") || !strings.Contains(found, "dòng 1") || !strings.Contains(found, "8 cột") {
		t.Errorf("found %q", found)
	}
	if len(m.Preview()) != 4 || m.Preview()[0].Dossier.Code != "HS-1" {
		t.Errorf("preview of %d rows", len(m.Preview()))
	}
	if u := m.unknown; len(u) != 1 || u[0] != (UnknownState{Name: "Chờ trăng lên", Rows: 1}) {
		t.Errorf("unknown states %+v", u)
	}
	for _, c := range m.mapping.Columns {
		if c.Heading == "Cột lạ" {
			if c.Fact != exchange.FactIgnore {
				t.Fatalf("the strange column is taken for %v", c.Fact)
			}
			m.ChooseFact(c.Number, exchange.FactUnit)
		}
	}
	m.Explain("Chờ trăng lên", data.AwaitSupply)
	if m.err != nil || len(m.unknown) != 0 || m.Preview()[0].Unit != "UBND xã Thử" {
		t.Errorf("after the answers: %v, unknown %+v, unit %q", m.err, m.unknown, m.Preview()[0].Unit)
	}

	m.Check()
	if m.err != nil || m.step != StepCheck || m.Counts() != [5]int{2, 0, 0, 1, 1} || d.Len() != 0 || listed != 0 {
		t.Fatalf("check: step %d, %v, %v; %d dossiers, told %d times", m.step, m.err, m.Counts(), d.Len(), listed)
	}
	if !strings.Contains(m.Summary(), "chưa ghi gì") {
		t.Errorf("says %q", m.Summary())
	}
	var fates [5]int
	for _, l := range m.Lines() {
		if fates[l.Fate]++; l.Fate == desk.Rejected && (l.Row != 4 || l.Code != "HS-3" || l.What == "" || l.What != l.Reason || l.Received != "31/02/2023") {
			t.Errorf("the rejected row: %+v", l)
		}
	}
	if fates != m.Counts() {
		t.Errorf("lines of the fates %v, counted %v", fates, m.Counts())
	}
	m.BackToColumns()
	if m.step != StepColumns {
		t.Errorf("back at step %d", m.step)
	}
	m.Check()
	m.Apply()
	if m.err != nil || m.step != StepDone || m.Counts() != [5]int{2, 0, 0, 1, 1} || d.Len() != 2 || listed == 0 {
		t.Fatalf("apply: step %d, %v, %v; %d dossiers, told %d times", m.step, m.err, m.Counts(), d.Len(), listed)
	}
	if !strings.Contains(m.Summary(), "thêm 2 hồ sơ mới") {
		t.Errorf("says %q", m.Summary())
	}
	out := filepath.Join(t.TempDir(), "khong-nhan.xlsx")
	m.WriteRejected(out, func(err error) {
		if _, e := os.Stat(out); err != nil || e != nil {
			t.Errorf("rejected rows: %v, %v", err, e)
		}
	})
	if list := past(); len(list) != 1 || list[0].File != "so.csv" || list[0].New != 2 || list[0].Reject != 1 || !strings.Contains(list[0].When, "20/06/2023") {
		t.Errorf("past imports %v", list)
	}
	if m.OutOfDate() {
		t.Error("an import is out of date by itself")
	}
	if title, err := d.Undo(t.Context()); err != nil || !strings.Contains(title, "so.csv") || d.Len() != 0 || len(past()) != 0 || !m.OutOfDate() {
		t.Errorf("undo %q, %v: %d dossiers, past %v", title, err, d.Len(), past())
	}
	m.Restart()
	if l := m.Lines(); len(l) > 0 {
		t.Errorf("lines of an import that is over: %+v", l)
	}
	if m.step != StepFile || m.File() != "" || m.err != nil || told < 8 {
		t.Errorf("restart: step %d, told %d times", m.step, told)
	}
}

func TestImportRefusesAndGoesOn(t *testing.T) {
	m := newModel(env.NewSession(pagetest.Empty(t)))
	for _, name := range []string{"bad_pdf.xlsx", "bad_encrypted.xlsx", "khong-co.xlsx"} {
		m.Open(filepath.Join(fixtures, name))
		if m.err == nil || m.step != StepFile {
			t.Errorf("%s: step %d, %v", name, m.step, m.err)
		}
	}
	m.Open(filepath.Join(fixtures, "C_II06a.xlsx"))
	if m.err != nil || !m.Aggregated() || m.Counted() == nil || !strings.Contains(m.Found(), "không thêm hồ sơ vào sổ") {
		t.Errorf("a table of counts: %v, %q", m.err, m.Found())
	}
	m.Open(filepath.Join(fixtures, "box_second_sheet.xlsx"))
	if m.err != nil || m.step != StepColumns || len(m.Sheets()) != 3 || m.mapping.Sheet != 2 {
		t.Fatalf("step %d, %v, %d sheets", m.step, m.err, len(m.Sheets()))
	}
	// A sheet without a register is said, and the file stays as it was.
	m.ChooseSheet(1)
	if m.err == nil || m.step != StepColumns || m.mapping.Sheet != 2 {
		t.Errorf("sheet 1: step %d, %v", m.step, m.err)
	}
	m.ChooseSheet(2)
	m.Check()
	if m.err != nil || m.Counts()[desk.New] == 0 {
		t.Errorf("sheet 2 after all: %v, %v", m.err, m.Counts())
	}
}

func TestImportOrderOfDates(t *testing.T) {
	d := pagetest.Empty(t)
	m := newModel(env.NewSession(d))
	m.Open(pagetest.Write(t, "hai-cach.csv", "Mã hồ sơ;Tên thủ tục hành chính;Chủ hồ sơ;Ngày tiếp nhận", "HS-1;Thử;Trần Mẫu;03/04/2023"))
	m.ChooseOrder(exchange.MonthFirst)
	if m.Order() != exchange.MonthFirst || m.Preview()[0].Dossier.Received.Day != data.Date(2023, 3, 4) {
		t.Errorf("month first: %v", m.Preview()[0].Dossier.Received)
	}
	m.ChooseOrder(exchange.DayFirst)
	if m.Preview()[0].Dossier.Received.Day != data.Date(2023, 4, 3) {
		t.Errorf("day first: %v", m.Preview()[0].Dossier.Received)
	}
}

// TestImportCancelled cancels the check and the import: the step stays, nothing
// is stored, and the import can be done after all.
func TestImportCancelled(t *testing.T) {
	d := pagetest.Empty(t)
	m := newModel(env.NewSession(d))
	m.Open(pagetest.TwoYears(t))
	run := m.Run
	m.Run = func(_ string, work func(context.Context, func(done, total int64, text string)) error, done func(error)) {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		done(work(ctx, func(int64, int64, string) {}))
	}
	for _, act := range []func(){m.Check, m.Apply} {
		act()
		if data.CodeOf(m.err) != data.Cancelled || m.step != StepColumns || d.Len() != 0 {
			t.Errorf("cancelled: step %d, %v, %d dossiers", m.step, m.err, d.Len())
		}
	}
	broken := errors.New("đĩa đầy")
	m.Run = func(_ string, _ func(context.Context, func(done, total int64, text string)) error, done func(error)) {
		done(broken)
	}
	if m.Check(); !errors.Is(m.err, broken) {
		t.Errorf("%v", m.err)
	}
	m.Run = run
	m.Check()
	m.Apply()
	if m.err != nil || d.Len() != m.Counts()[desk.New] || d.Len() == 0 {
		t.Errorf("after all: %v, %d dossiers", m.err, d.Len())
	}
}

// TestImportPaste imports what was copied, with a column mended, and finds the
// answer again at the next table with that heading, until it is forgotten.
func TestImportPaste(t *testing.T) {
	d := pagetest.Empty(t)
	m := newModel(env.NewSession(d))
	if m.Paste(" \n"); data.CodeOf(m.err) != data.Invalid || m.step != StepFile {
		t.Errorf("nothing copied: step %d, %v", m.step, m.err)
	}
	head := "Mã hồ sơ\tTên thủ tục hành chính\tChủ hồ sơ\tCột lạ\tNgày tiếp nhận\n"
	text := "BẢNG THỬ\n" + head + "HS-1\tThử\tTrần Mẫu\tUBND xã Thử\t13/03/2023\nHS-2\tThử\tLê Mẫu\tUBND xã Thử\t31/02/2023\n"
	m.Paste(text)
	if m.err != nil || m.File() != exchange.PastedName || m.step != StepColumns || m.Reused() != "" {
		t.Fatalf("step %d, file %q, %v", m.step, m.File(), m.err)
	}
	raw := m.Raw()
	if len(raw) != 4 || raw[0].Cells[0] != "BẢNG THỬ" || !raw[1].Head || raw[3].Cells[4] != "31/02/2023" {
		t.Fatalf("raw rows %+v", raw)
	}
	if f := m.Faults("Ngày tiếp nhận"); f.Rows != 1 || f.Of != 2 || f.Example == "" || !m.FaultAt(4, "Ngày tiếp nhận") || m.FaultAt(3, "Ngày tiếp nhận") || m.FaultAt(4, "Chủ hồ sơ") {
		t.Errorf("faults %+v", f)
	}
	if !m.FaultAt(4, "") || m.FaultAt(3, "") {
		t.Error("row 4 passes, or row 3 does not")
	}
	if c := m.Columns(); len(c) != 5 || c[0].Samples != "HS-1 · HS-2" || c[3].Samples != "UBND xã Thử" || c[4].Faults.Rows != 1 || Letters(c[4].Number) != "E" {
		t.Errorf("columns %+v", c)
	}
	if f := m.Faults("Chủ hồ sơ"); f.Rows != 0 {
		t.Errorf("faults of another column %+v", f)
	}
	if len(m.Warnings()) == 0 {
		t.Error("nothing is said of the bad row")
	}
	m.ChooseFact(4, exchange.FactUnit)
	m.Check()
	m.Apply()
	if m.err != nil || d.Len() != 1 || m.Counts() != [5]int{1, 0, 0, 0, 1} {
		t.Fatalf("%v, %d dossiers, %v", m.err, d.Len(), m.Counts())
	}
	if l := m.Lines()[1]; l.Fate != desk.Rejected || l.Owner != "Lê Mẫu" {
		t.Errorf("the rejected line has no owner: %+v", l)
	}
	if past, err := m.Past(); err != nil || len(past) != 1 || past[0].File != exchange.PastedName {
		t.Errorf("past %v", past)
	}

	m.Restart()
	m.Paste(head + "HS-3\tThử\tĐỗ Mẫu\tUBND xã Thử\t14/03/2023")
	if m.err != nil || m.Reused() == "" || m.Preview()[0].Unit != "UBND xã Thử" {
		t.Fatalf("not remembered: %v, %q", m.err, m.Reused())
	}
	m.Forget()
	if list, err := d.Mappings(); m.err != nil || err != nil || len(list) != 0 || m.Reused() != "" || m.Preview()[0].Unit != "" {
		t.Errorf("not forgotten: %v, %v, %d kept, %q", m.err, err, len(list), m.Reused())
	}
	if _, text, _ := m.Source(); !strings.Contains(text, "HS-3") {
		t.Errorf("source %q", text)
	}
}

// TestImportCounts stores a table of counts: its period is asked where the
// titles do not tell it, and the same table again changes nothing.
func TestImportCounts(t *testing.T) {
	d := pagetest.Empty(t)
	m := newModel(env.NewSession(d))
	told := "BÁO CÁO\nTT\tĐơn vị\tTổng tiếp nhận\tKỳ trước chuyển qua\tMới tiếp nhận\tĐã giải quyết\tĐang giải quyết\n"
	rows := "1\tUBND xã Thử\t10\t2\t8\t6\t4\n2\tUBND xã Mẫu\t5\t1\t4\t5\t0\nTổng cộng\t\t15\t3\t12\t11\t5\n"
	m.Paste(told + rows)
	if m.err != nil || m.Counted() == nil {
		t.Fatalf("%v, %q", m.err, m.Found())
	}
	if m.MayStore() || m.CountedPeriod().From.Known() || !strings.Contains(m.Found(), "chọn kỳ") {
		t.Errorf("a period out of nothing: %v, %q", m.CountedPeriod(), m.Found())
	}
	p, err := data.ParsePeriod("2023-Q1")
	if err != nil {
		t.Fatal(err)
	}
	m.ChoosePeriod(p)
	if m.err != nil || !m.MayStore() || m.CountedPeriod() != p {
		t.Fatalf("%v, %v", m.err, m.CountedPeriod())
	}
	columns, lines := counts.Table(m.Counted().Rows, m.Counted().Total, m.Counted().HasTotal)
	if len(columns) == 0 || len(lines) != 3 || !lines[2].Total || lines[0].Name != "UBND xã Thử" {
		t.Fatalf("%v, %+v", columns, lines)
	}
	m.Check()
	if m.step != StepCheck || !strings.Contains(m.Summary(), "Chưa ghi gì") {
		t.Errorf("step %d, %q", m.step, m.Summary())
	}
	if list, err := d.Reported(); err != nil || len(list) != 0 {
		t.Errorf("stored by the check: %v, %v", list, err)
	}
	m.Apply()
	list, err := d.Reported()
	if m.err != nil || err != nil || len(list) != 1 || list[0].Period != p || !strings.HasPrefix(m.Summary(), "Đã lưu") || d.Len() != 0 {
		t.Fatalf("%v, %v, %d stored, %q", m.err, err, len(list), m.Summary())
	}
	m.Restart()
	m.Paste(told + rows)
	m.ChoosePeriod(p)
	m.Check()
	if m.result.Fate != desk.Same || !strings.Contains(m.Summary(), "giống hệt") {
		t.Errorf("the same again: %v, %q", m.result.Fate, m.Summary())
	}
	m.Restart()
	m.Open(filepath.Join(fixtures, "C_II06a.xls"))
	if m.err != nil || m.Counted() == nil || len(m.Raw()) == 0 {
		t.Errorf("an old workbook of counts: %v", m.err)
	}
}
