package papers_test

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
)

// Whatever is saved while a paper is drawn, it states what was before or what was
// after, and never something between: figures, their sums, lists and rows.
func TestAtOncePapersStateOneState(t *testing.T) {
	d, _ := office(t)
	const rows = 2500 // more than are read at a time
	table := []string{"Mã hồ sơ\tTên thủ tục hành chính\tLĩnh vực\tĐơn vị giải quyết\tChủ hồ sơ\tNgày tiếp nhận\tNgày hẹn trả"}
	for i := range rows {
		table = append(table, fmt.Sprintf("HS-%04d\tThủ tục %d\tLĩnh vực %d\tUBND xã %d\tTrần Văn Mẫu %d\t%02d/04/2026\t%02d/05/2026", i, i%9, i%7, i%5, i, 1+i%28, 4+i%20))
	}
	im, err := d.OpenImportText(t.Context(), strings.Join(table, "\n"), desk.ImportOptions{})
	must(t, err)
	defer im.Close()
	if r, err := im.Apply(t.Context(), desk.Run{}); err != nil || r.New != rows {
		t.Fatalf("%+v, %v", r, err)
	}
	period, err := data.ParsePeriod("2026-04")
	must(t, err)
	list := d.List(desk.Query{Text: "mẫu"}).IDs
	draw := func(name papers.Name) []byte {
		drawn, err := papers.Pages(t.Context(), d, papers.Request{Name: name, Period: period, AsOf: data.Date(2026, 5, 31), Date: data.Date(2026, 6, 1)})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return drawn.PDF
	}
	names := []papers.Name{papers.Briefing, papers.ByField, papers.Overdue, papers.List}
	before, after := map[papers.Name][]byte{}, map[papers.Name][]byte{}
	for _, name := range names {
		before[name] = draw(name)
	}
	var late []uint64
	for i, id := range list {
		if i%2 == 0 {
			late = append(late, uint64(id))
		}
	}
	_, err = d.Happen(t.Context(), late, "", nil, nil, data.Event{Kind: data.Finish, At: data.Moment{Day: data.Date(2026, 5, 29)}})
	must(t, err)
	for _, name := range names {
		if after[name] = draw(name); bytes.Equal(before[name], after[name]) {
			t.Fatalf("%s does not tell what changed", name)
		}
	}
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			for _, act := range []func() error{func() error { _, err := d.Undo(t.Context()); return err }, func() error { _, err := d.Redo(t.Context()); return err }} {
				select {
				case <-stop:
					return
				default:
				}
				if err := act(); err != nil {
					t.Error(err)
					return
				}
			}
		}
	})
	for range 4 {
		for _, name := range names {
			if pages := draw(name); !bytes.Equal(pages, before[name]) && !bytes.Equal(pages, after[name]) {
				t.Errorf("%s states neither what was before nor what was after", name)
			}
		}
	}
	close(stop)
	wg.Wait()
}
