package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"giaoban/data"
)

// keptHead is how far the journal of a register had come when this user last had it
// open. It is kept apart from the file, so that an older file in its place, or a journal
// that was cut, is noticed.
type keptHead struct {
	Path   string `json:"path"`
	Office string `json:"office"`
	Seq    uint64 `json:"seq"`
	Count  uint64 `json:"count"`
	Hash   string `json:"hash"`
	At     int64  `json:"at"` // of the entry, Unix seconds
}

// headFile is where the head of a register is kept: one small file a path.
func headFile(folder, path string) string {
	if full, err := filepath.Abs(path); err == nil {
		path = full
	}
	sum := sha256.Sum256([]byte(path))
	return filepath.Join(folder, hex.EncodeToString(sum[:12])+".json")
}

// compareHead tells what the kept head says against the open file; "" for nothing.
func (d *Desk) compareHead() (string, error) {
	raw, err := os.ReadFile(headFile(d.heads, d.path))
	var kept keptHead
	if err != nil || json.Unmarshal(raw, &kept) != nil || kept.Hash == "" {
		return "", nil // never open here before, or cut off with the power
	}
	h, err := d.head()
	if err != nil {
		return "", err
	}
	was := fmt.Sprintf("Lần trước sổ có %s mục nhật ký, mục cuối lúc %s; tệp đang mở có %s mục.", data.FormatInt(int64(kept.Count)), data.MomentAt(kept.At, d.now().Location()), data.FormatInt(int64(h.Count)))
	const what = " Những việc làm sau đó không còn trong tệp này: tìm bản mới hơn trong các bản sao lưu."
	if h.Count < kept.Count {
		return "Tệp cũ hơn bản đã mở lần trước: có tệp cũ được đặt vào chỗ này, hoặc thao tác sau cùng đã mất. " + was + what, nil
	}
	held := false
	err = d.store.View(func(v View) error {
		list, err := v.Journal(int(h.Count - kept.Count + 1))
		if err == nil && len(list) > 0 {
			last := list[len(list)-1]
			held = last.Seq == kept.Seq && last.Hash == kept.Hash
		}
		return err
	})
	if err == nil && !held {
		return "Nhật ký của tệp không đi tiếp từ bản đã mở lần trước: tệp khác được đặt vào chỗ này, hoặc nhật ký đã bị sửa. " + was + what, nil
	}
	return "", err
}

// keepHead keeps how far the journal has come. What cannot be kept is tried again with
// the next change.
func (d *Desk) keepHead() {
	if d.heads == "" || d.IsBackup() || d.ReadOnly() != "" {
		return
	}
	h, err := d.head()
	if err == nil && h.Hash != "" {
		err = writeHead(d.heads, keptHead{d.path, d.Office().Name, h.Seq, h.Count, h.Hash, h.At})
	}
	if err != nil {
		slog.Warn("head of the journal", "error", err)
	}
}

// writeHead appears whole or not at all. It is not forced to the disk: a change would
// take twice as long, and a head that is too old accuses nobody.
func writeHead(folder string, h keptHead) error {
	raw, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	file := headFile(folder, h.Path)
	if err := os.WriteFile(file+".moi", raw, 0o600); err != nil {
		return err
	}
	return os.Rename(file+".moi", file)
}

// ForgetHead lets an older state of a register be opened without a word, because it was
// put there on purpose: a restore.
func ForgetHead(folder, path string) {
	if folder != "" {
		os.Remove(headFile(folder, path)) // there may be none
	}
}
