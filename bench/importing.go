package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/xuri/excelize/v2"

	"giaoban/data/desk"
)

// importRows is the size of the export that is imported.
const importRows = 100_000

// benchImport compares an import, checks and durable commit included, with what
// excelize's row iterator takes just to read the same file. Each runs in a
// process of its own.
func benchImport(o *office) []line {
	path := filepath.Join(o.dir, "export.xlsx")
	writeExport(path)
	var ours, others []time.Duration
	var peaks []float64
	for i := range 3 {
		var our, other time.Duration
		var peak float64
		again("import", []string{path, filepath.Join(o.dir, fmt.Sprintf("import-%d.db", i))}, &our, &peak)
		again("excelize", []string{path}, &other)
		ours, others, peaks = append(ours, our), append(others, other), append(peaks, peak)
	}
	return []line{
		timed("import of 100.000 rows by 20 columns, checked and committed", percentile(ours, 50), "excelize, only read", percentile(others, 50), 1.25),
		sized("peak of resident memory of that import", percentile(peaks, 100), 150),
	}
}

// writeExport writes dossiers as a province exports them: every cell text.
func writeExport(path string) {
	o := &office{n: importRows}
	f := excelize.NewFile()
	defer f.Close()
	w := must(f.NewStreamWriter("Sheet1"))
	head := []any{"STT", "Đơn vị tiếp nhận", "Người tiếp nhận", "Lĩnh vực", "Mã TTHC", "Tên thủ tục hành chính", "Mã hồ sơ", "Trạng thái",
		"Hình thức nộp", "Địa chỉ", "Người nộp", "Chủ hồ sơ", "Số điện thoại", "Số CCCD", "Ngày nộp hồ sơ", "Ngày tiếp nhận",
		"Ngày hẹn trả", "Ngày kết thúc xử lý", "Nội dung", "Ghi chú"}
	check(w.SetRow("A1", head))
	for i := range importRows {
		one := o.dossier(i)
		one.Code = fmt.Sprintf("H49.%02d-%s-%06d", 1+i%60, one.Received.Day.Time().Format("060102"), i)
		received := one.Received.String() + ":00"
		state, ended := "Đang xử lý", ""
		if n := len(one.Events); n > 1 {
			state, ended = "Đã trả kết quả", one.Events[n-2].At.Day.String()+" 16:00:00"
		}
		row := []any{i + 1, unitName(int(one.Unit)), fmt.Sprintf("Cán bộ %d", i%9), fieldName(int(one.Field)), procedureCode(int(one.Procedure)), procedureName(int(one.Procedure)),
			one.Code, state, "Trực tuyến", one.Owner.Address, one.Owner.Name, one.Owner.Name, one.Owner.Phone, one.Owner.Identity, received, received,
			one.Due.Day.String() + " 17:00:00", ended, one.Content, ""}
		check(w.SetRow(fmt.Sprintf("A%d", i+2), row))
	}
	check(w.Flush())
	check(f.SaveAs(path))
}

func childImport(args []string) {
	path, file := args[0], args[1]
	defer os.Remove(file)
	d := must(desk.Open(file, desk.Options{Create: true, Now: clock}))
	defer d.Close()
	ctx := context.Background()
	start := time.Now()
	im := must(d.OpenImport(ctx, path, desk.ImportOptions{}))
	defer im.Close()
	result := must(im.Apply(ctx, desk.Run{}))
	took := time.Since(start)
	if result.New != importRows {
		panic(fmt.Errorf("%d of %d rows came in, %d were rejected", result.New, importRows, result.Rejected))
	}
	fmt.Println(int64(took), memory("VmHWM"))
}

func childExcelize(args []string) {
	start := time.Now()
	f := must(excelize.OpenFile(args[0], excelize.Options{UnzipXMLSizeLimit: 16 << 20}))
	defer f.Close()
	rows := must(f.Rows("Sheet1"))
	n := 0
	for rows.Next() {
		must(rows.Columns())
		n++
	}
	check(rows.Close())
	took := time.Since(start)
	if n != importRows+1 {
		panic(fmt.Errorf("excelize read %d rows", n))
	}
	fmt.Println(int64(took))
}
