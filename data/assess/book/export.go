package book

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/disk"
)

// ExportEvidence copies the files of a sheet into a folder, numbered in the order
// of the criteria. Secret documents and files that vanished are left out and
// marked so in the list that it returns, which is the index of the folder. A file
// that stands there already with other content is never overwritten.
func (b *Book) ExportEvidence(ctx context.Context, sheet uint64, dir string) ([]assess.ProofLine, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, disk.Fail("Không tạo được thư mục "+disk.Name(dir), err)
	}
	return b.export(ctx, sheet, func(name, from, hash string) error {
		to := filepath.Join(dir, name)
		if exists(to) {
			if sum, err := b.hashOf(to); err == nil && sum == hash {
				return nil
			}
			return data.Fail(data.Conflict, fmt.Sprintf("Trong thư mục đã có tệp %s với nội dung khác. Chọn thư mục khác hoặc dọn thư mục rồi xuất lại.", name), nil)
		}
		return disk.Whole(to, func(w io.Writer) error { return b.copyInto(ctx, w, from) })
	})
}

// ExportEvidenceZip is ExportEvidence into one archive.
func (b *Book) ExportEvidenceZip(ctx context.Context, sheet uint64, w io.Writer) ([]assess.ProofLine, error) {
	z := zip.NewWriter(w)
	lines, err := b.export(ctx, sheet, func(name, from, _ string) error {
		f, err := z.Create(name)
		if err != nil {
			return err
		}
		return b.copyInto(ctx, f, from)
	})
	if err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, writeFailed(err)
	}
	return lines, nil
}

func (b *Book) copyInto(ctx context.Context, w io.Writer, from string) error {
	src, err := b.desk.OpenFile(from)
	if err != nil {
		return err
	}
	defer src.Close()
	_, err = io.Copy(w, &cancelled{ctx, src})
	return err
}

func (b *Book) export(ctx context.Context, sheet uint64, put func(name, from, hash string) error) ([]assess.ProofLine, error) {
	c, err := b.Card(sheet)
	if err != nil {
		return nil, err
	}
	lines := b.proofs(c, true)
	done := map[uint64]bool{}
	for i := range lines {
		l := &lines[i]
		if l.File != assess.FileThere || l.Evidence.Secret {
			l.Name = ""
			continue
		}
		if done[l.Evidence.ID] {
			continue
		}
		done[l.Evidence.ID] = true
		from, ok := b.storedPath(l.Evidence.File)
		if !ok {
			continue
		}
		if err := put(l.Name, from, l.Evidence.File.Hash); err != nil {
			if data.CodeOf(err) != data.Internal {
				return nil, err
			}
			return nil, disk.Fail("Không ghi được tệp "+disk.Name(l.Name), err)
		}
	}
	return lines, nil
}
