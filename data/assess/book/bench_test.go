package book_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/assess/book"
	"giaoban/data/desk"
	"giaoban/data/scoring"
)

// BenchmarkRankingFromTheFile reads, evaluates and ranks 124 communes by 110
// leaves, two rounds each, as the screen and the tables do.
func BenchmarkRankingFromTheFile(b *testing.B) {
	c := &clock{today}
	d, err := desk.Open(filepath.Join(b.TempDir(), "so.giaoban"), desk.Options{Create: true, Now: c.now})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	k := book.New(d)
	set, err := k.TakeSample(background, district)
	if err != nil {
		b.Fatal(err)
	}
	group := assess.Group{Name: "Xã"}
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	must(d.Change(background, desk.Work{Title: "x"}, func(tx desk.Tx) error {
		for i := range 124 {
			u := data.Unit{Name: fmt.Sprint("Xã ", i), Level: data.LevelCommune}
			if err := tx.PutUnit(&u); err != nil {
				return err
			}
			group.Units = append(group.Units, u.ID)
		}
		return nil
	}))
	period, err := k.KeepPeriod(background, assess.Period{Title: "Đợt", Year: 2023, Set: set, Groups: []assess.Group{group}})
	must(err)
	_, err = k.OpenSheets(background, period)
	must(err)
	sheets, err := k.Sheets(period)
	must(err)
	must(d.Change(background, desk.Work{Title: "x"}, func(tx desk.Tx) error {
		for i, s := range sheets {
			var failed error
			scoring.ShippedByID(district).Walk(func(n *scoring.Node, _ []*scoring.Node) {
				if _, ok := n.Rule.(*scoring.Ratio); !n.Leaf() || failed != nil {
					return
				} else if !ok {
					p := n.Max
					e := &assess.Entry{Answer: scoring.Answer{Points: &p, Note: "Theo báo cáo của đơn vị"}, Points: p, State: scoring.Scored, By: "Người nhập", At: 1}
					failed = tx.PutRecord(assess.LineKind(s.ID), new(uint64), assess.Line{Code: n.Code, Self: e, First: e})
					return
				}
				a, x := scoring.Int(40), scoring.Int(int64(40-i%9))
				e := &assess.Entry{Answer: scoring.Answer{B: &x, A: &a}, State: scoring.Scored, Note: "Theo báo cáo của đơn vị", Source: "Báo cáo 1/BC", By: "Người nhập", At: 1}
				failed = tx.PutRecord(assess.LineKind(s.ID), new(uint64), assess.Line{Code: n.Code, Self: e, First: e})
			})
			if failed != nil {
				return failed
			}
		}
		return nil
	}))
	for b.Loop() {
		list, err := k.Rankings(period, "Xã", assess.Second)
		if err != nil || len(list) != 1 || list[0].Counted() != 124 {
			b.Fatal(len(list), err)
		}
	}
}
