package book

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/desk"
	"giaoban/data/disk"
	"giaoban/data/text"
)

// DefaultLimit is the size up to which a file of evidence is taken, in MB, where
// the office sets no other.
const DefaultLimit = 50

const settingLimit = "evidence-limit"

// Folder returns the folder of the files of evidence, beside the data file.
func (b *Book) Folder() string { return b.desk.EvidenceFolder() }

// Limit returns the size up to which a file of evidence is taken, in MB.
func (b *Book) Limit() int {
	if n, err := strconv.Atoi(string(b.desk.Setting(settingLimit))); err == nil && n > 0 {
		return n
	}
	return DefaultLimit
}

// SetLimit sets it, from 1 to 2000 MB.
func (b *Book) SetLimit(ctx context.Context, mb int) error {
	if mb < 1 || mb > 2000 {
		return &data.Error{Code: data.Invalid, Field: "limit", Message: "Dung lượng tối đa của một tệp kiểm chứng phải từ 1 đến 2.000 MB."}
	}
	return b.desk.KeepSetting(ctx, desk.Work{Title: fmt.Sprintf("Dung lượng tối đa của tệp kiểm chứng: %d MB", mb)}, settingLimit, []byte(strconv.Itoa(mb)))
}

// Evidence returns all documents of the ledger of evidence.
func (b *Book) Evidence() ([]assess.Evidence, error) {
	return listed(b, assess.RecordEvidence, evidenceID)
}

// AddEvidence keeps a document, and copies its file into the folder beside the
// data file; path "" names a document without a file. The copy stands under the
// hash of its content, so that one file is kept once, and it is never deleted.
func (b *Book) AddEvidence(ctx context.Context, e assess.Evidence, path string) (id uint64, err error) {
	e = text.All(e)
	if err := b.checkEvidence(&e); err != nil {
		return 0, err
	}
	if path != "" {
		if e.File, err = b.TakeFile(ctx, path); err != nil {
			return 0, err
		}
	}
	e.By, e.At = b.who()
	err = b.desk.Change(ctx, desk.Work{Title: "Thêm tài liệu kiểm chứng " + label(&e)}, func(tx desk.Tx) error {
		return tx.PutRecord(assess.RecordEvidence, &id, e)
	})
	return id, err
}

// label names a document in a title.
func label(e *assess.Evidence) string {
	text := "«" + e.Title + "»"
	if e.Number != "" {
		text = e.Number + " " + text
	}
	return text
}

func (b *Book) checkEvidence(e *assess.Evidence) error {
	e.Title = strings.TrimSpace(e.Title)
	switch {
	case e.Title == "":
		return &data.Error{Code: data.Invalid, Field: "title", Message: "Tài liệu kiểm chứng chưa có tên. Nhập tên hoặc trích yếu."}
	case e.Date > b.from.Today():
		return &data.Error{Code: data.Invalid, Field: "date", Message: fmt.Sprintf("Tài liệu %s: ngày %s ở sau hôm nay. Sửa ngày.", label(e), e.Date)}
	}
	for _, k := range e.Links {
		if err := b.checkLink(e, k); err != nil {
			return err
		}
	}
	return nil
}

func (b *Book) checkLink(e *assess.Evidence, k assess.Link) error {
	c, err := b.Card(k.Sheet)
	if err != nil {
		return err
	}
	if c.Set.Node(k.Code) == nil && !isAdjust(c.Set, k.Code) {
		return &data.Error{Code: data.Invalid, Field: k.Code, Message: fmt.Sprintf("Tài liệu %s: tiêu chí %s không có trong bộ tiêu chí.", label(e), k.Code)}
	}
	if s := c.Sheet.State; c.Period.Closed || s == assess.Approved || s == assess.Published {
		return data.Fail(data.Conflict, fmt.Sprintf("Phiếu của %s đang ở bước «%s» nên không đổi tài liệu kiểm chứng được.", c.Name, s), nil)
	}
	return nil
}

// KeepEvidence changes what is said of a document; its file stays.
func (b *Book) KeepEvidence(ctx context.Context, e assess.Evidence) error {
	return b.changeEvidence(ctx, e.ID, "Sửa tài liệu kiểm chứng", func(old *assess.Evidence) error {
		e.File, e.By, e.At, e.Links = old.File, old.By, old.At, old.Links
		if e.Title = strings.TrimSpace(e.Title); e.Title == "" {
			return &data.Error{Code: data.Invalid, Field: "title", Message: "Tài liệu kiểm chứng chưa có tên. Nhập tên hoặc trích yếu."}
		}
		*old = e
		return nil
	})
}

// ReplaceFile puts another file in the place of a vanished or wrong one. The old
// file stays in the folder.
func (b *Book) ReplaceFile(ctx context.Context, id uint64, path string) error {
	f, err := b.TakeFile(ctx, path)
	if err != nil {
		return err
	}
	return b.changeEvidence(ctx, id, "Thay tệp của tài liệu kiểm chứng", func(e *assess.Evidence) error {
		e.File = f
		return nil
	})
}

// Link says that a document proves a leaf; a link to the same leaf of the same
// sheet is replaced.
func (b *Book) Link(ctx context.Context, id uint64, k assess.Link) error {
	if k.Round == 0 {
		k.Round = assess.Self
	}
	if err := b.checkLink(&assess.Evidence{Title: "này"}, k); err != nil {
		return err
	}
	return b.changeEvidence(ctx, id, fmt.Sprintf("Gắn vào tiêu chí %s tài liệu", k.Code), func(e *assess.Evidence) error {
		e.Links = append(slices.DeleteFunc(slices.Clone(e.Links), func(x assess.Link) bool { return x.Sheet == k.Sheet && x.Code == k.Code }), k)
		return nil
	})
}

// Unlink takes that back; the document stays.
func (b *Book) Unlink(ctx context.Context, id, sheet uint64, code string) error {
	if err := b.checkLink(&assess.Evidence{Title: "này"}, assess.Link{Sheet: sheet, Code: code}); err != nil {
		return err
	}
	return b.changeEvidence(ctx, id, fmt.Sprintf("Gỡ khỏi tiêu chí %s tài liệu", code), func(e *assess.Evidence) error {
		e.Links = slices.DeleteFunc(slices.Clone(e.Links), func(x assess.Link) bool { return x.Sheet == sheet && x.Code == code })
		return nil
	})
}

// DropEvidence takes a document out of the ledger that proves nothing any more.
// Its file stays in the folder, so that undo brings all of it back.
func (b *Book) DropEvidence(ctx context.Context, id uint64) error {
	e, err := b.document(id)
	if err != nil {
		return err
	}
	if len(e.Links) > 0 {
		return data.Fail(data.Conflict, fmt.Sprintf("Tài liệu %s đang kiểm chứng cho tiêu chí %s. Gỡ trước rồi bỏ.", label(&e), e.Links[0].Code), nil)
	}
	return b.desk.Drop(ctx, desk.Work{Title: "Bỏ tài liệu kiểm chứng " + label(&e)}, assess.RecordEvidence, id)
}

func (b *Book) document(id uint64) (assess.Evidence, error) {
	return desk.Viewed(b.from, func(v desk.View) (assess.Evidence, error) {
		return one(v, assess.RecordEvidence, id, "tài liệu kiểm chứng", evidenceID)
	})
}

func (b *Book) changeEvidence(ctx context.Context, id uint64, what string, fn func(*assess.Evidence) error) error {
	e, err := b.document(id)
	if err != nil {
		return err
	}
	if err := fn(&e); err != nil {
		return err
	}
	return b.desk.Change(ctx, desk.Work{Title: what + " " + label(&e)}, func(tx desk.Tx) error {
		return tx.PutRecord(assess.RecordEvidence, &id, e)
	})
}

// TakeFile copies a file into the folder, under the hash of what was copied.
func (b *Book) TakeFile(ctx context.Context, path string) (*assess.File, error) {
	name := filepath.Base(path)
	unread := func(err error) error {
		return &data.Error{Code: data.Refused, Field: name, Message: fmt.Sprintf("Không đọc được tệp %s. Kiểm tra đó là một tệp, còn ở đó và không bị chương trình khác giữ.", disk.Name(name)), Cause: err}
	}
	src, err := disk.Open(path)
	if err != nil {
		return nil, unread(err)
	}
	defer src.Close()
	info, err := src.Stat()
	if err != nil {
		return nil, unread(err)
	}
	limit := int64(b.Limit()) << 20
	switch {
	case info.Size() == 0:
		return nil, &data.Error{Code: data.Refused, Field: name, Message: fmt.Sprintf("Tệp %s trống.", disk.Name(name))}
	case info.Size() > limit:
		return nil, tooLarge(name, info.Size(), b.Limit())
	}
	head := make([]byte, headSize)
	got, err := io.ReadFull(src, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, unread(err)
	}
	head = head[:got]
	if err := checkKind(name, head); err != nil {
		return nil, err
	}
	full := func(err error) error {
		return disk.Fail(fmt.Sprintf("Không chép được tệp %s vào %s", disk.Name(name), disk.Name(b.Folder())), err)
	}
	if err := os.MkdirAll(b.Folder(), 0o700); err != nil {
		return nil, full(err)
	}
	part, err := disk.Temp(b.Folder(), "dang-ghi")
	if err != nil {
		return nil, full(err)
	}
	defer os.Remove(part.Name())
	sum := sha256.New()
	// One byte more than allowed tells that the file grew meanwhile.
	n := int64(0)
	to, err := b.desk.SealFile(part)
	if err == nil {
		n, err = io.Copy(io.MultiWriter(to, sum), io.LimitReader(&cancelled{ctx, io.MultiReader(bytes.NewReader(head), src)}, limit+1))
		err = cmp.Or(err, to.Close())
	}
	if err == nil && n > limit {
		err = tooLarge(name, n, b.Limit())
	}
	if err == nil {
		err = disk.Sync(part)
	}
	err = cmp.Or(err, part.Close())
	if err != nil {
		if data.CodeOf(err) != data.Internal {
			return nil, err
		}
		return nil, full(err)
	}
	f := &assess.File{Name: name, Size: n, Hash: hex.EncodeToString(sum.Sum(nil)), Ext: assess.Extension(filepath.Ext(name))}
	place := filepath.Join(b.Folder(), f.Stored())
	if b.fileState(f, true) == assess.FileThere {
		return f, nil // the same content is there already
	}
	if err := disk.Replace(part.Name(), place); err != nil {
		return nil, full(err)
	}
	return f, b.desk.ShareFile(ctx, place)
}

func tooLarge(name string, size int64, limit int) error {
	return &data.Error{Code: data.Refused, Field: name, Message: fmt.Sprintf("Tệp %s lớn %s MB, quá mức cho phép %d MB. Nén hoặc chia nhỏ tệp, hoặc nâng mức cho phép ở Chấm điểm, phần Minh chứng, nút «Sổ minh chứng».", disk.Name(name),
		data.FormatInt((size+1<<20-1)>>20), limit)}
}

type cancelled struct {
	ctx context.Context
	r   io.Reader
}

func (c *cancelled) Read(p []byte) (int, error) {
	if c.ctx.Err() != nil {
		return 0, data.Fail(data.Cancelled, "Đã hủy theo yêu cầu. Dữ liệu giữ nguyên như trước.", c.ctx.Err())
	}
	return c.r.Read(p)
}

// storedName is what a file in the folder may be called. A data file from another
// place must not lead out of it.
var storedName = regexp.MustCompile(`^[0-9a-f]{64}(\.[a-z0-9]{1,8})?$`)

func (b *Book) storedPath(f *assess.File) (string, bool) {
	if !storedName.MatchString(f.Stored()) {
		return "", false
	}
	return filepath.Join(b.Folder(), f.Stored()), true
}

// FileState tells whether the file of a document is there: by its size, or with
// deep by its content.
func (b *Book) FileState(e *assess.Evidence, deep bool) assess.FileState {
	if e.File == nil {
		return assess.FileNone
	}
	return b.fileState(e.File, deep)
}

func (b *Book) fileState(f *assess.File, deep bool) assess.FileState {
	path, ok := b.storedPath(f)
	if !ok {
		return assess.FileGone
	}
	info, err := os.Lstat(path)
	switch {
	case err != nil || !info.Mode().IsRegular():
		return assess.FileGone
	case info.Size() != f.Size && !desk.IsSealed(path):
		return assess.FileChanged
	case !deep:
		return assess.FileThere
	}
	if sum, err := b.hashOf(path); err != nil || sum != f.Hash {
		return assess.FileChanged
	}
	return assess.FileThere
}

func (b *Book) hashOf(path string) (string, error) {
	f, err := b.desk.OpenFile(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// FilePath returns the path of the file of a document, to open it. A vanished or
// changed file is an error that names the criteria it proves.
func (b *Book) FilePath(e *assess.Evidence) (string, error) {
	state := b.FileState(e, true)
	if state == assess.FileThere {
		path, _ := b.storedPath(e.File)
		return b.desk.Lend(path, e.File.Name)
	}
	return "", fileFault(e, state)
}

func fileFault(e *assess.Evidence, state assess.FileState) error {
	codes := ""
	for i, k := range e.Links {
		if i > 0 {
			codes += ", "
		}
		codes += k.Code
	}
	if codes != "" {
		codes = fmt.Sprintf(" (kiểm chứng cho tiêu chí %s)", codes)
	}
	text := "không kèm tệp"
	switch state {
	case assess.FileGone:
		text = fmt.Sprintf("đã mất tệp «%s» khỏi thư mục tệp. Chép lại tệp vào thư mục, hoặc thay tệp khác", e.File.Name)
	case assess.FileChanged:
		text = fmt.Sprintf("có tệp «%s» đã bị thay đổi. Chép lại tệp gốc, hoặc thay tệp khác", e.File.Name)
	}
	field := ""
	if len(e.Links) > 0 {
		field = e.Links[0].Code
	}
	return &data.Error{Code: data.NotFound, Field: field, Message: fmt.Sprintf("Tài liệu %s%s %s.", label(e), codes, text)}
}

// CheckFiles reads every file of evidence and returns a sentence for each that
// vanished or changed.
func (b *Book) CheckFiles(ctx context.Context) ([]error, error) {
	list, err := b.Evidence()
	if err != nil {
		return nil, err
	}
	var out []error
	for i := range list {
		if ctx.Err() != nil {
			return nil, data.Fail(data.Cancelled, "Đã hủy kiểm tra tệp.", ctx.Err())
		}
		if s := b.FileState(&list[i], true); s == assess.FileGone || s == assess.FileChanged {
			out = append(out, fileFault(&list[i], s))
		}
	}
	return out, nil
}

// Proofs lists the evidence of a sheet in the order of its criteria, with the
// state of the files: the index of the export and the list that is printed.
func (b *Book) Proofs(sheet uint64) ([]assess.ProofLine, error) {
	c, err := b.Card(sheet)
	if err != nil {
		return nil, err
	}
	return b.proofs(c, false), nil
}

func (b *Book) proofs(c *assess.Card, deep bool) []assess.ProofLine {
	states := map[uint64]assess.FileState{}
	return c.Proofs(func(e *assess.Evidence) assess.FileState {
		s, ok := states[e.ID]
		if !ok {
			s = b.FileState(e, deep)
			states[e.ID] = s
		}
		return s
	})
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
