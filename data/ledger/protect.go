package ledger

import (
	"fmt"
	"os"

	bolt "go.etcd.io/bbolt"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/vault"
)

// unseal takes the key of a protected file, and tries it.
func (l *Ledger) unseal(opt Options) error {
	if opt.Key == nil {
		return data.Fail(data.Sealed, fmt.Sprintf("Tệp dữ liệu %s đang được bảo vệ. Gõ mật khẩu hoặc mã khôi phục để mở.", disk.Name(opt.Shown)), nil)
	}
	l.s, l.key = sealerOf(opt.Key), opt.Key
	return l.db.View(func(tx *bolt.Tx) error {
		v := l.viewOf(tx)
		for at := inMeta + 1; at < places; at++ {
			b := v.bucket(at)
			if b == nil {
				continue
			}
			if k, stored := b.Cursor().First(); k != nil {
				if _, err := l.s.open(nil, at, k, stored); err != nil {
					return data.Fail(data.Denied, fmt.Sprintf("Khóa đang có không mở được tệp dữ liệu %s: tệp của cơ quan khác, hoặc khóa đã được thay. Mở bằng mã khôi phục của cơ quan ấy.", disk.Name(opt.Shown)), err)
				}
				return nil
			}
		}
		return nil
	})
}

// Key returns the key of a protected file, nil of a plain one.
func (l *Ledger) Key() *vault.Key { return l.key }

// Keys returns the ways to the key of a protected file, JSON of vault.Wraps; nil for a
// plain one.
func (l *Ledger) Keys() []byte {
	var keys []byte
	_ = l.view(func(tx *bolt.Tx) error { // closed: there are none
		keys = metaValue(tx, keyKeys)
		return nil
	})
	return keys
}

func metaValue(tx *bolt.Tx, key []byte) []byte {
	v := &View{tx: tx, s: &sealer{}}
	return append([]byte(nil), v.get(inMeta, key)...)
}

// SetKeys stores other ways to the same key: a changed password, another code. A plain
// file has none: data.Conflict.
func (l *Ledger) SetKeys(keys []byte) error {
	if l.key == nil {
		return data.Fail(data.Conflict, "Tệp dữ liệu chưa được bảo vệ nên không có mật khẩu để đổi. Bật bảo vệ trước.", nil)
	}
	return l.write(func(tx *bolt.Tx) error {
		return tx.Bucket(inMeta.name()).Put(keyKeys, l.s.seal(inMeta, keyKeys, keys))
	})
}

// ReadKeys reads the ways to the key of a protected file that is not open, nil for a
// plain one. data.Damaged when it cannot be read.
func ReadKeys(path string) ([]byte, error) {
	target, err := disk.Target(path)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(target)
	if err != nil {
		return nil, disk.Fail("Không đọc được "+disk.Name(path), err)
	}
	defer f.Close()
	list, ok := metas(f)
	if !ok {
		return nil, (Options{Shown: path, copied: true}).damaged(notOurs, nil)
	}
	_, stored, err := (&survey{r: f, m: current(list)}).lookup(inMeta, keyKeys)
	if err == nil && stored != nil {
		stored, err = (&sealer{}).open(nil, inMeta, keyKeys, stored)
	}
	if err != nil {
		return nil, (Options{Shown: path, copied: true}).damaged(fmt.Sprintf("bị hỏng (%v)", err), err)
	}
	return append([]byte(nil), stored...), nil
}
