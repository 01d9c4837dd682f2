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
func benchLoad(o *office) ([]line, error) {
	path, err := o.file()
	if err != nil {
		return nil, err
	}
	out, err := again("load", path)
	if err != nil {
		return nil, err
	}
	var raw, ours time.Duration
	if _, err := fmt.Sscan(out, &raw, &ours); err != nil {
		return nil, fmt.Errorf("%q: %w", out, err)
	}
	ratio := float64(ours) / float64(raw)
	return []line{{"data file to a loaded register", "<= 10 x bbolt scan", ms(ours), "bbolt scan: " + ms(raw), times(ratio), ratio <= 10}}, nil
}

// childLoad prints the nanoseconds of a bare scan and of loading.
func childLoad(path string) error {
	raw, err := median(3, func() error { return scan(path) })
	if err != nil {
		return err
	}
	var took []time.Duration
	for range 3 {
		start := time.Now()
		d, err := desk.Open(path, desk.Options{Now: clock})
		if err != nil {
			return err
		}
		if err := d.Wait(); err != nil {
			return err
		}
		took = append(took, time.Since(start))
		settle(d)
		if err := d.Close(); err != nil {
			return err
		}
	}
	fmt.Println(int64(raw), int64(percentile(took, 50)))
	return nil
}

// settle waits until the orders of lists are made, which goes on in the
// background after the loading and would disturb what is measured next.
func settle(d *desk.Desk) {
	for _, by := range register.Sorts {
		d.List(desk.Query{Sort: by})
	}
}

// scan reads every key and value of the dossiers and touches their bytes.
func scan(path string) error {
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer db.Close()
	sum := 0
	err = db.View(func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("dossier")).ForEach(func(k, v []byte) error {
			sum += len(k)
			for i := 0; i < len(v); i += 64 {
				sum += int(v[i])
			}
			return nil
		})
	})
	if sum == 0 && err == nil {
		err = fmt.Errorf("%s holds no dossiers", path)
	}
	return err
}

// benchMemory opens the office in a process of its own.
func benchMemory(o *office) ([]line, error) {
	path, err := o.file()
	if err != nil {
		return nil, err
	}
	out, err := again("memory", path)
	if err != nil {
		return nil, err
	}
	var now, anonymous, peak int
	if _, err := fmt.Sscan(out, &now, &anonymous, &peak); err != nil {
		return nil, fmt.Errorf("%q: %w", out, err)
	}
	return []line{{"resident memory, register loaded, no window", "< 400 MB", fmt.Sprintf("%d MB", now>>10),
		fmt.Sprintf("not of files %d, peak %d MB", anonymous>>10, peak>>10), "", now>>10 < 400}}, nil
}

// benchSave stores single dossiers in the large file, one durable commit each.
func benchSave(o *office) ([]line, error) {
	path, err := o.file()
	if err != nil {
		return nil, err
	}
	if o.desk != nil {
		if err := o.desk.Close(); err != nil {
			return nil, err
		}
		o.desk = nil
	}
	copied := path + ".copy"
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(copied, content, 0o600); err != nil {
		return nil, err
	}
	defer os.Remove(copied)
	store, err := ledger.Open(copied, ledger.Options{Now: clock})
	if err != nil {
		return nil, err
	}
	defer store.Close()
	var took []time.Duration
	for i := range 40 {
		one := o.dossier(i)
		one.Code = fmt.Sprintf("H49.99-230115-%06d", i)
		start := time.Now()
		err := store.Update(context.Background(), &ledger.Entry{Title: "one dossier"}, func(tx *ledger.Tx) error { return tx.PutDossier(&one) })
		if err != nil {
			return nil, err
		}
		took = append(took, time.Since(start))
	}
	p95 := percentile(took, 95)
	return []line{{"one dossier saved, durable, 95th percentile of 40", "< 50 ms", ms(p95), "median " + ms(percentile(took, 50)), "", p95 < 50*time.Millisecond}}, nil
}

// runChild measures one thing in this process and prints it.
func runChild(name string, args []string) error {
	switch name {
	case "load":
		return childLoad(args[0])
	case "memory":
		return childMemory(args[0])
	case "import":
		return childImport(args[0], args[1])
	case "excelize":
		return childExcelize(args[0])
	}
	return fmt.Errorf("no measurement %s", name)
}

func childMemory(path string) error {
	d, err := desk.Open(path, desk.Options{Now: clock})
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Wait(); err != nil {
		return err
	}
	period, err := data.ParsePeriod("2022")
	if err != nil {
		return err
	}
	d.Figures(period, data.NoDay, data.ByUnit, desk.Filter{})
	d.List(desk.Query{Text: "nguyen"})
	settle(d)
	runtime.GC()
	debug.FreeOSMemory()
	for _, name := range []string{"VmRSS", "RssAnon", "VmHWM"} {
		kb, err := memory(name)
		if err != nil {
			return err
		}
		fmt.Println(kb)
	}
	return nil
}
