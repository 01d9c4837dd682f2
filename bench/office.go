package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/ledger"
	"giaoban/data/register"
	"giaoban/data/text"
)

// The size of the office, apart from its dossiers.
const (
	units      = 24
	fields     = 30
	procedures = 220
)

// The years of the dossiers, and the day on which all is measured.
var (
	firstDay = data.Date(2013, 1, 2)
	today    = data.Date(2023, 1, 15)
	clock    = func() time.Time { return today.Time().Add(9 * time.Hour) }
)

// office makes dossiers by number: the same number gives the same dossier.
type office struct {
	n        int
	dir      string
	register *register.Register
	texts    []byte
}

var (
	families = []string{"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý"}
	middles  = []string{"Văn", "Thị", "Hữu", "Đức", "Ngọc", "Minh", "Thanh", "Quốc", "Thu", "Hồng", "Xuân", "Kim"}
	givens   = []string{"An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Hải", "Hạnh", "Hiền", "Hòa", "Huệ", "Hùng", "Hương", "Khánh", "Lan", "Linh", "Long", "Mai",
		"Nam", "Nga", "Oanh", "Phúc", "Phượng", "Quân", "Quỳnh", "Sơn", "Tâm", "Thảo", "Thắng", "Trang", "Trung", "Tuấn", "Tùng", "Uyên", "Vinh", "Yến"}
	matters = []string{"Đăng ký khai sinh", "Chứng thực bản sao từ bản chính", "Cấp giấy phép xây dựng", "Đăng ký biến động đất đai",
		"Đăng ký hộ kinh doanh", "Trợ cấp xã hội hàng tháng", "Đăng ký kết hôn", "Chuyển mục đích sử dụng đất"}
)

func unitName(i int) string { return fmt.Sprintf("Ủy ban nhân dân phường số %d", i) }

// dossier makes number i, from 0. Dossiers come in the order of their receipt.
// As in an office, nearly all are finished: one in forty waited for a
// supplement, those of the last weeks are pending or still wait, and of the
// older ones one in five thousand was left behind.
func (o *office) dossier(i int) data.Dossier {
	r := rand.New(rand.NewPCG(uint64(i), 20230115))
	span := int(today - firstDay)
	received := firstDay + data.Day(int64(i)*int64(span)/int64(o.n))
	procedure := r.IntN(procedures)
	y, m, d := received.Civil()
	one := data.Dossier{
		Code:      fmt.Sprintf("H49.%02d-%02d%02d%02d-%06d", 1+i%60, y%100, int(m), d, i%1_000_000),
		Procedure: uint32(1 + procedure), Field: uint32(1 + procedure%fields), Unit: uint32(1 + r.IntN(units)),
		Channel: data.Channel(1 + r.IntN(3)), Return: data.ReturnDirect,
		Received: data.Moment{Day: received, Clock: data.At(7+r.IntN(9), r.IntN(60))},
		Due:      data.Moment{Day: received + data.Day(3+r.IntN(25))},
		Term:     data.Term{Count: 10, Unit: data.WorkingDays},
		Content:  matters[r.IntN(len(matters))],
		Owner: data.Person{
			Name:     families[r.IntN(len(families))] + " " + middles[r.IntN(len(middles))] + " " + givens[r.IntN(len(givens))],
			Phone:    fmt.Sprintf("09%08d", r.IntN(100_000_000)),
			Identity: fmt.Sprintf("0%011d", r.Int64N(100_000_000_000)),
			Address:  fmt.Sprintf("Tổ %d, khu %d, phường số %d", 1+r.IntN(20), 1+r.IntN(12), 1+r.IntN(units)),
		},
	}
	if i%40 == 7 {
		one.Events = append(one.Events, data.Event{Kind: data.AskSupplement, At: data.Moment{Day: received + 1}})
		if received > today-60 && i%120 == 7 {
			return one // still waits
		}
		one.Events = append(one.Events, data.Event{Kind: data.Supplement, At: data.Moment{Day: received + data.Day(2+r.IntN(4))}})
	}
	if received > today-60 && i%4 == 3 || i%5000 == 3 {
		return one
	}
	ended := one.Due.Day - 6 + data.Day(r.IntN(8))
	ended = max(ended, received+6)
	if ended > today-3 {
		return one
	}
	switch i % 70 {
	case 11:
		one.Events = append(one.Events, data.Event{Kind: data.Withdraw, At: data.Moment{Day: ended}})
	default:
		one.Events = append(one.Events, data.Event{Kind: data.Finish, At: data.Moment{Day: ended}})
		one.Events = append(one.Events, data.Event{Kind: data.Return, At: data.Moment{Day: ended + data.Day(r.IntN(3))}})
	}
	return one
}

// file writes the data file of the office, unless the folder has it already.
func (o *office) file() string {
	path := filepath.Join(o.dir, fmt.Sprintf("office-%d.db", o.n))
	if _, err := os.Stat(path); err == nil {
		return path
	}
	fmt.Fprintf(os.Stderr, "writing %d dossiers …\n", o.n)
	store := must(ledger.Open(path, ledger.Options{Create: true, Now: clock}))
	defer store.Close()
	ctx := context.Background()
	us, fs, ps := catalogue()
	check(store.Update(ctx, &ledger.Entry{Title: "catalogue"}, func(tx *ledger.Tx) error {
		for i := range us {
			check(tx.PutUnit(&us[i]))
		}
		for i := range fs {
			check(tx.PutField(&fs[i]))
		}
		for i := range ps {
			check(tx.PutProcedure(&ps[i]))
		}
		return nil
	}))
	const batch = 100_000
	for from := 0; from < o.n; from += batch {
		check(store.Update(ctx, &ledger.Entry{Title: "dossiers"}, func(tx *ledger.Tx) error {
			tx.Batch()
			for i := from; i < min(from+batch, o.n); i++ {
				one := o.dossier(i)
				check(tx.PutDossier(&one))
			}
			return nil
		}))
	}
	return path
}

func fieldName(i int) string     { return fmt.Sprintf("Lĩnh vực số %d", i) }
func procedureCode(i int) string { return fmt.Sprintf("1.%06d", i) }
func procedureName(i int) string { return fmt.Sprintf("Thủ tục hành chính số %d", i) }

func catalogue() (us []data.Unit, fs []data.Field, ps []data.Procedure) {
	for i := 1; i <= units; i++ {
		us = append(us, data.Unit{Name: unitName(i), Level: data.LevelCommune, Order: i})
	}
	for i := 1; i <= fields; i++ {
		fs = append(fs, data.Field{Name: fieldName(i)})
	}
	for i := 1; i <= procedures; i++ {
		ps = append(ps, data.Procedure{Code: procedureCode(i), Name: procedureName(i), Field: uint32(1 + (i-1)%fields)})
	}
	return us, fs, ps
}

// fresh fills a register with the dossiers of the office, without a file between.
func (o *office) fresh() *register.Register {
	r := register.New()
	us, fs, ps := catalogue()
	for i := range us {
		us[i].ID = uint32(i + 1)
	}
	for i := range fs {
		fs[i].ID = uint32(i + 1)
	}
	for i := range ps {
		ps[i].ID = uint32(i + 1)
	}
	r.SetCatalogue(us, fs, ps)
	r.Reserve(o.n)
	check(r.Load(func(put func(*data.Glance)) error {
		for i := range o.n {
			one := o.dossier(i)
			one.ID = uint64(i + 1)
			g := data.GlanceOf(&one)
			put(&g)
		}
		return nil
	}))
	return r
}

// loaded is the register of the office, its lists ready in every order, for the whole run.
func (o *office) loaded() *register.Register {
	if o.register == nil {
		o.register = o.fresh()
		o.register.Warm(register.Sorts...)
	}
	return o.register
}

// folded is every text in which the search looks for a dossier, folded as the register
// does it: the procedure with its code.
func folded(one *data.Dossier) string {
	texts := []string{one.Owner.Name, one.Code, procedureCode(int(one.Procedure)) + " " + procedureName(int(one.Procedure)),
		fieldName(int(one.Field)), unitName(int(one.Unit)), one.Owner.Address, one.Content, one.Owner.Phone, one.Owner.Identity}
	for i := range texts {
		texts[i] = text.Fold(texts[i])
	}
	return strings.Join(texts, "\x1f")
}

// pass is the yardstick of everything that looks at all dossiers: one pass of bytes.Index
// over their folded texts. It returns how many dossiers hold the needle.
func (o *office) pass(needle []byte) (found int) {
	if o.texts == nil {
		for i := range o.n {
			one := o.dossier(i)
			o.texts = append(append(o.texts, folded(&one)...), '\n')
		}
	}
	for rest := o.texts; ; found++ {
		at := bytes.Index(rest, needle)
		if at < 0 {
			return found
		}
		rest = rest[at:]
		rest = rest[bytes.IndexByte(rest, '\n')+1:]
	}
}

// bare is a pass for what no text holds: the least that one takes.
func (o *office) bare() { o.pass([]byte("khong ai ten nay")) }
