package desk

import (
	"context"
	"testing"
	"time"

	"giaoban/data"
)

// Two save under one name while neither sees the other yet: one is refused.
func TestAtOnceOneNameIsTakenOnce(t *testing.T) {
	for name, save := range map[string]func(context.Context, *Desk) error{
		"unit": func(ctx context.Context, d *Desk) error {
			return d.SaveUnit(ctx, &data.Unit{Name: "Phòng Thử", Level: data.LevelCommune})
		},
		"split": func(ctx context.Context, d *Desk) error {
			return d.SplitUnit(ctx, 1, []string{"Tổ Thử"}, data.Date(2026, 7, 1), true)
		},
		"field": func(ctx context.Context, d *Desk) error {
			return d.SaveField(ctx, &data.Field{Name: "Lĩnh vực thử"})
		},
		"procedure": func(ctx context.Context, d *Desk) error {
			return d.SaveProcedure(ctx, &data.Procedure{Name: "Thủ tục thử", Code: "9.999"})
		},
		"counter": func(ctx context.Context, d *Desk) error {
			return d.SaveCounter(ctx, 0, data.Counter{Name: "Bàn thử"})
		},
		"cause": func(ctx context.Context, d *Desk) error {
			return d.SaveCause(ctx, 0, data.Cause{Name: "Mất điện thử"})
		},
		"book": func(ctx context.Context, d *Desk) error {
			return d.SaveBook(ctx, 0, Book{Number: 7, Name: "Sổ thử"})
		},
	} {
		d, f := tricked(t)
		if err := d.SaveUnit(t.Context(), &data.Unit{Name: "Văn phòng", Level: data.LevelCommune}); err != nil {
			t.Fatal(err)
		}
		held, release := make(chan struct{}), make(chan struct{})
		f.before = func(title string) error {
			if title == "giữ" {
				close(held)
				<-release
			}
			return nil
		}
		done := make(chan error, 3)
		go func() {
			done <- d.Change(context.Background(), Work{Title: "giữ"}, func(tx Tx) error { return tx.PutSetting("thu", []byte("1")) })
		}()
		<-held
		looked := make(chan struct{}, 2)
		for range 2 {
			go func() {
				looked <- struct{}{}
				done <- save(context.Background(), d)
			}()
		}
		<-looked
		<-looked
		time.Sleep(20 * time.Millisecond) // until both wait for the change that is held
		close(release)
		refused := 0
		for range 3 {
			if err := <-done; data.CodeOf(err) == data.Conflict {
				refused++
			} else if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if refused != 1 {
			t.Errorf("%s: %d of two were refused", name, refused)
		}
	}
}
