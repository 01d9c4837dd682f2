package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	bolt "go.etcd.io/bbolt"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/ledger"
	"giaoban/data/register"
)

// benchLoad compares a loaded register with a bare scan of the same file, in a process of
// its own: this one has just written the file.
func benchLoad(o *office) []line {
	var raw, ours time.Duration
	again("load", []string{o.file()}, &raw, &ours)
	return []line{timed("data file to a loaded register", ours, "bare bbolt scan", raw, 10)}
}

// childLoad prints the nanoseconds of a bare scan and of loading.
func childLoad(args []string) {
	path := args[0]
	took := turns(3, func() { scan(path) }, func() {
		d := must(desk.Open(path, desk.Options{Now: clock}))
		check(d.Wait())
		check(d.Close())
	})
	fmt.Println(int64(took[0]), int64(took[1]))
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
	var now float64
	again("memory", []string{o.file()}, &now)
	return []line{sized("resident memory, register loaded, no window", now, 400)}
}

func childMemory(args []string) {
	d := must(desk.Open(args[0], desk.Options{Now: clock}))
	defer d.Close()
	check(d.Wait())
	d.Figures(must(data.ParsePeriod("2022")), data.NoDay, data.ByUnit, desk.Filter{})
	d.List(desk.Query{Text: "nguyen"})
	for _, by := range register.Sorts {
		d.List(desk.Query{Sort: by})
	}
	runtime.GC()
	debug.FreeOSMemory()
	fmt.Println(memory("VmRSS"))
}

// benchSave stores single dossiers in the large file, one durable commit each, beside a
// bare durable commit of the same bytes in a file of the same size.
func benchSave(o *office) []line {
	content := must(os.ReadFile(o.file()))
	copied, plain := filepath.Join(o.dir, "ours.db"), filepath.Join(o.dir, "bare.db")
	for _, path := range []string{copied, plain} {
		check(os.WriteFile(path, content, 0o600))
		defer os.Remove(path)
	}
	store := must(ledger.Open(copied, ledger.Options{Now: clock}))
	defer store.Close()
	db := must(bolt.Open(plain, 0o600, nil))
	defer db.Close()
	value := must(json.Marshal(o.dossier(0)))
	i := 0
	took := turns(60, func() {
		one := o.dossier(i)
		i++
		one.Code = fmt.Sprintf("H49.99-230115-%06d", i)
		check(store.Update(context.Background(), &ledger.Entry{Title: "one dossier"}, func(tx *ledger.Tx) error { return tx.PutDossier(&one) }))
	}, func() {
		check(db.Update(func(tx *bolt.Tx) error { return tx.Bucket([]byte("dossier")).Put(fmt.Appendf(nil, "%08d", i), value) }))
	})
	return []line{timed("one dossier saved, durable", took[0], "bare bbolt commit", took[1], 3)}
}
