package desk

import (
	"cmp"
	"context"
	"os"
	"path/filepath"

	"giaoban/data/beside"
	"giaoban/data/disk"
)

// AnswerCommands hands copies of the data file to commands that read it while this
// program has it open, and keeps what they take out of the office, until the desk is closed. Without it they are told that the
// file is in use. settings is the folder of the user's settings, "" for the usual one.
func (d *Desk) AnswerCommands(settings string) error {
	f, ok := d.store.(file)
	if !ok || f.scratch != "" { // others have copies of a shared register of their own
		return nil
	}
	d.settings = settingsFolder(Options{Settings: settings})
	stop, err := beside.Serve(d.settings, d.path, f.Ledger.WriteTo, d.toldBeside)
	d.writing.Lock()
	defer d.writing.Unlock()
	d.answer = stop
	return err
}

// openCopied opens a copy of a data file that another program has open.
func openCopied(path string, opt Options) (file, error) {
	folder, err := disk.TempFolder(disk.Scratch(), "ban-chep")
	if err != nil {
		return file{}, err
	}
	f, err := copyBeside(path, filepath.Join(folder, "so.db"), opt)
	if err != nil {
		os.RemoveAll(folder)
		return file{}, err
	}
	f.scratch = folder
	return f, nil
}

func copyBeside(path, to string, opt Options) (file, error) {
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return file{}, err
	}
	err = beside.Copy(settingsFolder(opt), path, out)
	err = cmp.Or(err, out.Close())
	if err != nil {
		return file{}, err
	}
	f, err := openPlain(WithKey(context.Background(), opt.Key), to, path)
	f.shown, f.beside = path, true
	return f, err
}
