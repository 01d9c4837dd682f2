package importing

import (
	"os"
	"path/filepath"
	"testing"

	"giaoban/app/env"
	"giaoban/app/page/pagetest"
)

// TestImportAsksWhoseFileItIs asks only where rows name no unit, and keeps the
// answer through other questions.
func TestImportAsksWhoseFileItIs(t *testing.T) {
	d := pagetest.Empty(t)
	m := newModel(env.NewSession(d))
	head := "Mã hồ sơ\tTên thủ tục hành chính\tChủ hồ sơ\tNgày tiếp nhận"
	m.Paste(head + "\tĐơn vị giải quyết\nHS-1\tThử\tTrần Mẫu\t13/03/2023\tUBND xã A\n")
	if rows, of := m.Unitless(); rows+of != 0 {
		t.Errorf("asks for %d of %d rows that name their unit", rows, of)
	}
	m.Paste(head + "\nHS-2\tThử\tTrần Mẫu\t13/03/2023\nHS-3\tThử\tTrần Mẫu\t14/03/2023\n")
	if rows, of := m.Unitless(); rows != 2 || of != 2 {
		t.Errorf("%d of %d rows want a unit", rows, of)
	}
	m.OwnedBy(" UBND xã Hòa Bình ")
	if rows, _ := m.Unitless(); rows != 0 || m.FileUnit() != "UBND xã Hòa Bình" {
		t.Errorf("after the answer %d rows, %q", rows, m.FileUnit())
	}
	m.ChooseOrder(1)
	m.Check()
	m.Apply()
	if m.err != nil || m.result.New != 2 {
		t.Fatalf("%v, %+v", m.err, m.result)
	}
	if units := d.Catalogue().Units; len(units) != 1 || units[0].Name != "UBND xã Hòa Bình" {
		t.Errorf("units %v", units)
	}
}

// TestSeveralFilesInTurn opens one after the other; a refused one does not lose
// those that wait.
func TestSeveralFilesInTurn(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	for name, content := range map[string]string{"1.csv": "Mã hồ sơ;Tên thủ tục;Chủ hồ sơ;Ngày tiếp nhận\nHS-1;Thử;A;13/03/2023\n", "2.csv": "không phải bảng", "3.csv": "Mã hồ sơ;Tên thủ tục;Chủ hồ sơ;Ngày tiếp nhận\nHS-3;Thử;A;13/03/2023\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"1.csv", "2.csv", "3.csv"} {
		paths = append(paths, filepath.Join(dir, name))
	}
	m := newModel(env.NewSession(pagetest.Empty(t)))
	m.OpenAll(paths)
	if m.File() != "1.csv" || m.Waiting() != 2 {
		t.Fatalf("%s, %d wait", m.File(), m.Waiting())
	}
	m.Check()
	m.Apply()
	m.Next()
	if m.err == nil || m.step != StepFile || m.Waiting() != 1 {
		t.Fatalf("the broken one: %v, step %d, %d wait", m.err, m.step, m.Waiting())
	}
	m.Next()
	if m.err != nil || m.File() != "3.csv" || m.Waiting() != 0 || m.step != StepColumns {
		t.Fatalf("%v, %s", m.err, m.File())
	}
}
