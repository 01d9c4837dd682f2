package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"giaoban/data"
	"giaoban/data/archive"
	"giaoban/data/disk"
	"giaoban/data/vault"
)

// This file alone knows how backups are sealed.

type keyInContext struct{}

// WithKey lets what is done in the context open what the key opens: sealed backups, and
// protected data files in them. A nil key opens plain ones.
func WithKey(ctx context.Context, key *vault.Key) context.Context {
	if key == nil {
		return ctx
	}
	return context.WithValue(ctx, keyInContext{}, key)
}

// Keyed lets what is done in the context open what the open office opens, where the context
// has no key of its own.
func (d *Desk) Keyed(ctx context.Context) context.Context {
	if keyIn(ctx) != nil {
		return ctx
	}
	return WithKey(ctx, d.key)
}

func keyIn(ctx context.Context) *vault.Key {
	key, _ := ctx.Value(keyInContext{}).(*vault.Key)
	return key
}

// sealer returns what seals the backups of the open office, and the ways to its key as
// they stand in a backup; nil where the office is not protected.
func (d *Desk) sealer() (seal func(io.Writer) (io.WriteCloser, error), keys json.RawMessage, err error) {
	keys = d.store.Keys()
	if keys == nil {
		return nil, nil, nil
	}
	w, err := vault.Parse(keys)
	if err != nil {
		return nil, nil, data.Fail(data.Damaged, "Phần khóa của tệp dữ liệu không đọc được nên không sao lưu kín được. Khôi phục từ bản sao lưu gần nhất.", err)
	}
	return w.Encrypt, keys, nil
}

// unsealer returns what opens a backup; nil where it is not sealed. data.Sealed where
// the key to it is not at hand, data.Denied where it is another one.
func unsealer(ctx context.Context, h archive.Head, path string) (func(io.Reader) (io.Reader, error), error) {
	if !h.Sealed {
		return nil, nil
	}
	key := keyIn(ctx)
	if key == nil {
		return nil, data.Fail(data.Sealed, fmt.Sprintf("Bản sao lưu %s đang được bảo vệ. Gõ mật khẩu hoặc mã khôi phục của cơ quan để mở.", disk.Name(path)), nil)
	}
	return func(r io.Reader) (io.Reader, error) {
		out, err := vault.Decrypt(r, key.Identity())
		if err != nil {
			return nil, data.Fail(data.Denied, fmt.Sprintf("Khóa đang có không mở được bản sao lưu %s: bản của cơ quan khác, hoặc lập bằng khóa khác. Mở bằng mã khôi phục của cơ quan ấy.", disk.Name(path)), err)
		}
		return out, nil
	}, nil
}

// ReadKeys reads the ways to the key of a data file or backup that is not open; nil where
// it is plain.
func ReadKeys(path string) (*vault.Wraps, error) {
	raw, err := rawKeys(path)
	if err != nil || raw == nil {
		return nil, err
	}
	w, err := vault.Parse(raw)
	if err != nil {
		return nil, data.Fail(data.Damaged, fmt.Sprintf("Phần khóa của %s không đọc được. Chọn bản sao lưu khác.", disk.Name(path)), err)
	}
	return w, nil
}

func rawKeys(path string) ([]byte, error) {
	if !archive.Is(path) {
		return readFileKeys(path)
	}
	r, err := archive.Open(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return r.Keys, nil
}
