package packet

import (
	"bufio"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"time"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/vault"
)

const magic = "GBGOI1\n"

// Source is a file that goes into a package.
type Source struct {
	Name string // of the part
	Path string
	Rows int64
}

// Write signs and seals a package of the sources for the receivers and for the sender
// itself, or for who knows a phrase (vault.NewPhrase) where one is given. It fills what the manifest says of format, sender, receivers and parts, and
// returns it as signed.
func Write(w io.Writer, keys *Keys, to []Card, phrase string, m Manifest, sources []Source, now time.Time) (Manifest, error) {
	own, err := keys.card()
	if err != nil {
		return m, err
	}
	m.FormatVersion, m.CreatedAt = FormatVersion, now.UTC().Format(time.RFC3339)
	m.From, m.To = Sender{own.Unit, own.Name, own.Fingerprint()}, nil
	boxes := []string{own.Box}
	for i := range to {
		m.To = append(m.To, Receiver{to[i].Unit, to[i].Fingerprint()})
		boxes = append(boxes, to[i].Box)
	}
	m.Parts = nil
	for _, s := range sources {
		part, err := measure(s)
		if err != nil {
			return m, err
		}
		m.Parts = append(m.Parts, part)
	}
	if err := m.check(now); err != nil {
		return m, err
	}
	limited := &limitWriter{w: w, left: MaxPacked}
	seal, err := sealFor(limited, phrase, boxes)
	if err != nil {
		return m, err
	}
	out := bufio.NewWriter(seal)
	text := canonical(&m)
	if len(text) > maxManifest {
		return m, data.Fail(data.Invalid, "Gói có quá nhiều mục trong bản kê. Chia thành nhiều gói.", nil)
	}
	out.WriteString(magic)
	out.Write(binary.BigEndian.AppendUint32(nil, uint32(len(text))))
	out.Write(text)
	out.Write(ed25519.Sign(ed25519.NewKeyFromSeed(keys.Sign), signedText(text)))
	for i, s := range sources {
		if err := writePart(out, s, m.Parts[i]); err != nil {
			return m, err
		}
	}
	if err := out.Flush(); err != nil {
		return m, err
	}
	return m, seal.Close()
}

func sealFor(w io.Writer, phrase string, boxes []string) (io.WriteCloser, error) {
	if phrase != "" {
		return vault.EncryptPhrase(w, phrase)
	}
	return vault.EncryptTo(w, boxes...)
}

func signedText(manifest []byte) []byte { return append([]byte(magic), manifest...) }

func measure(s Source) (Part, error) {
	f, err := os.Open(s.Path)
	if err != nil {
		return Part{}, err
	}
	defer f.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, f)
	return Part{s.Name, n, hex.EncodeToString(sum.Sum(nil)), s.Rows}, err
}

func writePart(w io.Writer, s Source, p Part) error {
	f, err := os.Open(s.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := w.Write(binary.BigEndian.AppendUint64(nil, uint64(p.Bytes))); err != nil {
		return err
	}
	_, err = io.CopyN(w, f, p.Bytes)
	return err
}

// limitWriter refuses to write more than a receiver would take.
type limitWriter struct {
	w    io.Writer
	left int64
}

// Write implements io.Writer.
func (l *limitWriter) Write(b []byte) (int, error) {
	if l.left -= int64(len(b)); l.left < 0 {
		return 0, data.Fail(data.Invalid, "Gói vượt 256 MiB nên nơi nhận sẽ không nhận. Chọn kỳ ngắn hơn rồi gửi nhiều gói.", nil)
	}
	return l.w.Write(b)
}

// Package is a package whose every byte was proved. Its parts lie in a scratch folder
// until Close.
type Package struct {
	Manifest
	Digest string // Hash of the manifest
	Signer Known  // the card of the sender
	State  State  // of that card on the day on which the package was made
	Own    bool   // this office made it
	folder string
}

// Path returns where a part lies.
func (p *Package) Path(part string) string { return filepath.Join(p.folder, part) }

// Close removes the parts.
func (p *Package) Close() error { return os.RemoveAll(p.folder) }

// Open reads and proves a package that was sent to the office of the keys: the seal,
// the signature by a card of the book, for whom it is, its time, and every part, which
// go to scratch files. The error names the part; data.Error.Field holds it. phrase opens a
// package that is sealed by one; without it, or with another, data.Denied of PhrasePart.
func Open(path string, keys *Keys, phrase string, book Book, now time.Time) (*Package, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, disk.Fail("Không đọc được gói "+disk.Name(path), err)
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.Size() > MaxPacked {
		return nil, refuse(SealPart, "lớn quá 256 MiB")
	}
	folder, err := disk.TempFolder(disk.Scratch(), "goi")
	if err != nil {
		return nil, disk.Fail("Không mở được gói "+disk.Name(path), err)
	}
	p := &Package{folder: folder}
	if err := p.read(f, keys, phrase, book, now); err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

func (p *Package) read(r io.Reader, keys *Keys, phrase string, book Book, now time.Time) error {
	phrased, r, err := vault.IsPhrased(r)
	if err != nil {
		return disk.Fail("Không đọc được gói", err)
	}
	if phrased {
		return p.readPhrased(r, keys, phrase, book, now)
	}
	in, err := vault.DecryptAs(r, keys.boxes()...)
	if err != nil {
		return &data.Error{Code: data.Refused, Field: SealPart, Cause: err, Message: "Không mở được gói: gói không gửi cho cơ quan này, hoặc phần «" + SealPart +
			"» bị hỏng. Hỏi đơn vị đã gửi cho thẻ nào; chưa có gì được nhập."}
	}
	return p.unpack(in, keys, book, now)
}

func (p *Package) readPhrased(r io.Reader, keys *Keys, phrase string, book Book, now time.Time) error {
	denied := func(cause error, message string) error {
		return &data.Error{Code: data.Denied, Field: PhrasePart, Cause: cause, Message: message}
	}
	if phrase == "" {
		return denied(nil, "Gói niêm phong bằng mã sáu từ. Hỏi đơn vị gửi qua điện thoại rồi gõ mã; chưa có gì được nhập.")
	}
	in, err := vault.DecryptPhrase(r, phrase)
	if err != nil {
		return denied(err, "Mã sáu từ không đúng, hoặc phần «"+SealPart+"» của gói bị hỏng. Hỏi lại đơn vị gửi; chưa có gì được nhập.")
	}
	return p.unpack(in, keys, book, now)
}

// unpack reads what lies inside the seal.
func (p *Package) unpack(in io.Reader, keys *Keys, book Book, now time.Time) error {
	if err := p.head(in, keys, book, now); err != nil {
		return err
	}
	for _, part := range p.Parts {
		if err := p.take(in, part); err != nil {
			return err
		}
	}
	// The last chunk of the seal is proved only by reading to its end.
	if n, err := io.Copy(io.Discard, io.LimitReader(in, 1)); err != nil || n > 0 {
		return refuse(EndPart, "bị sửa hoặc có thêm dữ liệu lạ")
	}
	return nil
}

func (p *Package) head(in io.Reader, keys *Keys, book Book, now time.Time) error {
	head := make([]byte, len(magic)+4)
	if _, err := io.ReadFull(in, head); err != nil || string(head[:len(magic)]) != magic {
		return refuse(ManifestPart, "không đọc được: tệp bị sửa, bị cụt hoặc không phải gói của Sổ Giao Ban")
	}
	size := binary.BigEndian.Uint32(head[len(magic):])
	if size > maxManifest {
		return refuse(ManifestPart, "dài quá mức cho phép")
	}
	text, signature := make([]byte, size), make([]byte, ed25519.SignatureSize)
	if _, err := io.ReadFull(in, text); err != nil {
		return refuse(ManifestPart, "bị sửa hoặc bị cụt")
	}
	if _, err := io.ReadFull(in, signature); err != nil {
		return refuse(SignaturePart, "bị sửa hoặc bị cụt")
	}
	if err := parse(text, &p.Manifest); err != nil {
		return refuse(ManifestPart, "bị sửa")
	}
	if err := p.prove(text, signature, keys, book); err != nil {
		return err
	}
	if err := p.check(now); err != nil {
		return err
	}
	p.Digest = p.Hash()
	p.State = p.Signer.At(data.DayOf(p.Created().Local()))
	if p.Signer.State == Revoked {
		return refuse(SignaturePart, fmt.Sprintf("dùng khóa đã thu hồi của %s", p.Signer.Card.Name))
	}
	return nil
}

// prove finds the card that signed and whether the package is for this office.
func (p *Package) prove(text, signature []byte, keys *Keys, book Book) error {
	me := keys.ID()
	p.Own = p.From.KeyID == me
	if p.Own {
		own, err := keys.Card()
		if err != nil {
			return err
		}
		p.Signer = Known{Signed: own, State: Checked}
	} else if k := book.Find(p.From.KeyID); k != nil {
		p.Signer = *k
	} else {
		return &data.Error{Code: data.Refused, Field: SignaturePart, Message: "Không nhận gói: gói ghi là của " + named(p.From.Name) + " nhưng chưa có thẻ của khóa đã ký. " +
			"Thêm thẻ đơn vị (.gbthe) và đối chiếu dấu vân tay trước."}
	}
	if !ed25519.Verify(p.Signer.Card.Sign, signedText(text), signature) {
		return refuse(SignaturePart, "không đúng với bản kê: gói bị sửa hoặc do người khác ký")
	}
	if p.Signer.Card.Unit != p.From.UnitID {
		return refuse(SignaturePart, "là của đơn vị khác với đơn vị ghi trong bản kê")
	}
	for _, r := range p.To {
		if keys.has(r.KeyID) && r.UnitID == keys.Unit || p.Own {
			return nil
		}
	}
	return refuse(ManifestPart, "không ghi cơ quan này là nơi nhận: gói gửi cho nơi khác và đã bị niêm phong lại")
}

// named shows the name that an unproved package claims.
func named(name string) string {
	if !plain(name) {
		return "một đơn vị"
	}
	return "«" + name + "»"
}

// take writes one part to its scratch file and proves it on the way.
func (p *Package) take(in io.Reader, part Part) error {
	var size [8]byte
	if _, err := io.ReadFull(in, size[:]); err != nil {
		return refuse(part.Name, "bị sửa hoặc bị cụt")
	}
	if n := binary.BigEndian.Uint64(size[:]); n > math.MaxInt64 || int64(n) != part.Bytes {
		return refuse(part.Name, "dài khác với bản kê")
	}
	f, err := os.OpenFile(p.Path(part.Name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return disk.Fail("Không ghi được tệp tạm của gói", err)
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.CopyN(io.MultiWriter(f, sum), in, part.Bytes); err != nil {
		if disk.Known(err) {
			return disk.Fail("Không ghi được tệp tạm của gói", err)
		}
		return refuse(part.Name, "bị sửa hoặc bị cụt")
	}
	if hex.EncodeToString(sum.Sum(nil)) != part.SHA256 {
		return refuse(part.Name, "khác với bản kê")
	}
	return disk.Fail("Không ghi được tệp tạm của gói", f.Close())
}

// Seen is a package that was taken before from the same unit.
type Seen struct {
	Seq      uint64 `json:"seq"`
	Digest   string `json:"digest"`
	Previous string `json:"previous"`
	Kind     Kind   `json:"kind"`
	Period   Span   `json:"period"`
	Corrects Kind   `json:"corrects,omitempty"`
}

// Content is Manifest.Content of what was taken.
func (s *Seen) Content() Kind { return ContentOf(s.Kind, s.Corrects) }

// ErrTaken is the cause where the very same package was taken before.
var ErrTaken = errors.New("packet: taken before")

// Follows compares a package with those that were taken before from its unit. It
// refuses a package that was taken before, one with the number of another or that does
// not stand in one chain with its neighbours, and one older than what was taken of its
// kind and period. One that only comes late is taken.
func (p *Package) Follows(seen []Seen) error {
	for _, s := range seen {
		switch {
		case s.Digest == p.Digest:
			return &data.Error{Code: data.Conflict, Field: ManifestPart, Cause: ErrTaken, Message: fmt.Sprintf("Gói số %d của %s đã nhận rồi. Không nhập lại.", p.Seq, p.From.Name)}
		case s.Seq == p.Seq:
			return &data.Error{Code: data.Refused, Field: ManifestPart, Message: fmt.Sprintf("Cảnh báo: %s có hai gói khác nhau cùng mang số %d. "+
				"Gọi cho đơn vị để biết gói nào đúng; chưa có gì được nhập.", p.From.Name, p.Seq)}
		case s.Seq+1 == p.Seq && s.Digest != p.Previous, p.Seq+1 == s.Seq && p.Digest != s.Previous:
			return refuse(ManifestPart, fmt.Sprintf("không nối với gói số %d đã nhận", s.Seq))
		case s.Seq > p.Seq && s.Content() == p.Content() && s.Period == p.Period:
			return refuse(ManifestPart, fmt.Sprintf("cũ hơn gói số %d đã nhận của cùng kỳ", s.Seq))
		}
	}
	return nil
}

// Missing returns the numbers that did not come although a later one did, at most a
// thousand.
func Missing(seen []Seen) (missing []uint64) {
	have, last := map[uint64]bool{}, uint64(0)
	for _, s := range seen {
		have[s.Seq], last = true, max(last, s.Seq)
	}
	for n := uint64(1); n < last && len(missing) < 1000; n++ {
		if !have[n] {
			missing = append(missing, n)
		}
	}
	return missing
}
