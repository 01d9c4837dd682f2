package desk_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"giaoban/data/desk"
	"giaoban/data/logbook"
)

// BenchmarkEntries measures a register of 1.000 and of 100.000 tasks: its states worked
// out, one entry saved, one found by its number.
func BenchmarkEntries(b *testing.B) {
	for _, n := range []int{1000, 100_000} {
		d := fresh(b)
		var table strings.Builder
		table.WriteString("Nhiệm vụ\tNgày giao\tHạn xử lý\tĐơn vị chủ trì\n")
		for i := range n {
			fmt.Fprintf(&table, "Việc %d\t05/01/2022\t%02d/%02d/2022\tPhòng %d\n", i, 1+i%28, 2+i%10, i%20)
		}
		began := time.Now()
		if r, err := d.PasteEntries(context.Background(), logbook.Task, table.String(), desk.Taking{}); err != nil || r.New != n {
			b.Fatal(r.New, err)
		}
		took := time.Since(began)
		b.Run(fmt.Sprintf("states/%d", n), func(b *testing.B) {
			for b.Loop() {
				w, err := d.Logbooks(d.Today())
				if err != nil || len(logbook.Task.Rows(w)) < n {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(took.Nanoseconds())/float64(n), "import-ns/row")
		})
		b.Run(fmt.Sprintf("save/%d", n), func(b *testing.B) {
			for b.Loop() {
				if _, err := d.KeepEntry(context.Background(), logbook.Task, &logbook.Entry{Values: map[string]string{"text": "Việc thêm"}}, ""); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("named/%d", n), func(b *testing.B) {
			w, err := d.Logbooks(d.Today())
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if w.Named("task", "Việc 7") == 0 {
					b.Fatal("not found")
				}
			}
		})
	}
}
