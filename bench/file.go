package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	bolt "go.etcd.io/bbolt"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/ledger"
	"giaoban/data/register"
)

// benchLoad compares a loaded register with a bare scan of the same file, in a
// process of its own: this one has just written the file.
func benchLoad(o *office) []line {
	out := again("load", o.file())
	var raw, ours time.Duration
	must(fmt.Sscan(out, &raw, &ours))
	ratio := float64(ours) / float64(raw)
	return []line{{"data file to a loaded register", "<= 10 x bbolt scan", ms(ours), "bbolt scan: " + ms(raw), times(ratio), ratio <= 10}}
}

// childLoad prints the nanoseconds of a bare scan and of loading.
func childLoad(args []string) {
	path := args[0]
	raw := median(3, func() { scan(path) })
	var took []time.Duration
	for range 3 {
		start := time.Now()
		d := must(desk.Open(path, desk.Options{Now: clock}))
		check(d.Wait())
		took = append(took, time.Since(start))
		settle(d)
		check(d.Close())
	}
	fmt.Println(int64(raw), int64(percentile(took, 50)))
}

// settle waits until the orders of lists are made, which goes on in the
// background after the loading and would disturb what is measured next.
func settle(d *desk.Desk) {
	for _, by := range register.Sorts {
		d.List(desk.Query{Sort: by})
	}
}

// scan reads every key and value of the dossiers and touches their bytes.
func scan(path string) {
	db := must(bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true}))
	defer db.Close()
	sum := 0
	check(db.View(func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("dossier")).ForEach(func(k, v []byte) error {
			sum += len(k)
			for i := 0; i < len(v); i += 64 {
				sum += int(v[i])
			}
			return nil
		})
	}))
	if sum == 0 {
		panic(path + " holds no dossiers")
	}
}

// benchMemory opens the office in a process of its own.
func benchMemory(o *office) []line {
	out := again("memory", o.file())
	var now, anonymous, peak int
	must(fmt.Sscan(out, &now, &anonymous, &peak))
	return []line{{"resident memory, register loaded, no window", "< 400 MB", fmt.Sprintf("%d MB", now>>10),
		fmt.Sprintf("not of files %d, peak %d MB", anonymous>>10, peak>>10), "", now>>10 < 400}}
}

// benchSave stores single dossiers in the large file, one durable commit each.
func benchSave(o *office) []line {
	path := o.file()
	if o.desk != nil {
		check(o.desk.Close())
		o.desk = nil
	}
	copied := path + ".copy"
	check(os.WriteFile(copied, must(os.ReadFile(path)), 0o600))
	defer os.Remove(copied)
	store := must(ledger.Open(copied, ledger.Options{Now: clock}))
	defer store.Close()
	var took []time.Duration
	for i := range 40 {
		one := o.dossier(i)
		one.Code = fmt.Sprintf("H49.99-230115-%06d", i)
		start := time.Now()
		check(store.Update(context.Background(), &ledger.Entry{Title: "one dossier"}, func(tx *ledger.Tx) error { return tx.PutDossier(&one) }))
		took = append(took, time.Since(start))
	}
	p95 := percentile(took, 95)
	return []line{{"one dossier saved, durable, 95th percentile of 40", "< 50 ms", ms(p95), "median " + ms(percentile(took, 50)), "", p95 < 50*time.Millisecond}}
}

// children measure one thing each, in a process of its own, and print it.
var children = map[string]func(args []string){"load": childLoad, "memory": childMemory, "import": childImport, "excelize": childExcelize}

func childMemory(args []string) {
	d := must(desk.Open(args[0], desk.Options{Now: clock}))
	defer d.Close()
	check(d.Wait())
	period := must(data.ParsePeriod("2022"))
	d.Figures(period, data.NoDay, data.ByUnit, desk.Filter{})
	d.List(desk.Query{Text: "nguyen"})
	settle(d)
	runtime.GC()
	debug.FreeOSMemory()
	for _, name := range []string{"VmRSS", "RssAnon", "VmHWM"} {
		fmt.Println(must(memory(name)))
	}
}
