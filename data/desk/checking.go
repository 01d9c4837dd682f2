package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/disk"
	"giaoban/data/indicator"
	"giaoban/data/logbook"
)

// Files is what a check read beside the data file.
type Files struct {
	Evidence int // files of evidence that are there and hold what they held
	Sealed   int // of which only the size can be told
	Closings int // closed periods that are as they were frozen
	Papers   int // printed reports of closed periods that can be read
}

// Report is a check of the data file and of what belongs to it.
type Report struct {
	Check
	Files Files
}

// recordKinds are the types of the records whose form is known here, by kind.
var recordKinds = map[string]func() any{
	KindCounter:              func() any { return new(data.Counter) },
	KindSigner:               func() any { return new(data.Signer) },
	KindCause:                func() any { return new(data.Cause) },
	KindLetter:               func() any { return new(data.Letter) },
	KindBook:                 func() any { return new(Book) },
	KindAccepted:             func() any { return new(Accepted) },
	KindDifference:           func() any { return new(AcceptedDifference) },
	KindArrival:              func() any { return new(Arrival) },
	KindReported:             func() any { return new(Reported) },
	KindFilter:               func() any { return new(SavedFilter) },
	KindWritten:              func() any { return new(Written) },
	KindClosing:              func() any { return new(Closing) },
	KindClosingPaper:         func() any { return new(ClosingPaper) },
	KindIndicator:            func() any { return new(indicator.Sheet) },
	assess.RecordSet:         func() any { return new(assess.StoredSet) },
	assess.RecordPeriod:      func() any { return new(assess.Period) },
	assess.RecordSheet:       func() any { return new(assess.Sheet) },
	assess.RecordEvidence:    func() any { return new(assess.Evidence) },
	assess.RecordPublication: func() any { return new(assess.Publication) },
	assess.RecordReading:     func() any { return new(assess.Reading) },
}

// Check reads the whole data file, and what belongs to it: every record as what its kind
// holds, the counters beside the numbers that were given, the closed periods beside
// their fingerprints, the files of evidence beside theirs.
func (d *Desk) Check(ctx context.Context) (r Report, err error) {
	if r.Check, err = d.store.Check(ctx); err != nil {
		return r, err
	}
	err = d.store.View(func(v View) error { return r.facts(ctx, v, d.Path()) })
	return r, err
}

// Examine is Check of a data file that cannot be opened: what can be read is read.
func Examine(ctx context.Context, path string, opt Options) (r Report, err error) {
	r.Check, err = examine(ctx, path, opt)
	return r, err
}

func (r *Report) fault(format string, args ...any) {
	if len(r.Faults) < 100 {
		r.Faults = append(r.Faults, fmt.Sprintf(format, args...))
	}
}

// facts reads what stands in records and settings.
func (r *Report) facts(ctx context.Context, v View, path string) error {
	highest := map[string]int{} // by counter
	closings := map[uint64]bool{}
	for kind, make := range recordKinds {
		err := v.EachRecord(kind, func(id uint64, raw []byte) error {
			one := make()
			if err := json.Unmarshal(raw, one); err != nil {
				r.fault("Bản ghi %s số %d không đọc được.", kind, id)
				return nil
			}
			switch x := one.(type) {
			case *Closing:
				closings[id] = true
				if _, err := x.marks(); err != nil || !x.Sound() {
					r.fault("Kỳ đã chốt %s không còn như lúc chốt: dấu số liệu không khớp.", x.Period.Label)
				} else {
					r.Files.Closings++
				}
			case *data.Letter:
				if _, err := v.Dossier(x.Dossier); data.CodeOf(err) == data.NotFound {
					r.Notes = append(r.Notes, fmt.Sprintf("Thư xin lỗi số %d năm %d ghi cho hồ sơ không còn trong sổ.", x.Number, x.Year))
				}
				raise(highest, letterKey(x.Year), x.Number)
			case *assess.Evidence:
				return r.evidence(ctx, path, x)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	if err := r.papers(v, closings); err != nil {
		return err
	}
	for _, kind := range logbook.Kinds() {
		err := v.EachRecord(RecordsOf(kind.ID), func(id uint64, raw []byte) error {
			var one logbook.Entry
			if err := json.Unmarshal(raw, &one); err != nil {
				r.fault("Mục số %d của sổ «%s» không đọc được.", id, kind.Title)
				return nil
			}
			raise(highest, entryNumber+kind.ID+"/"+strconv.Itoa(one.Year), one.Number)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return r.counters(v, highest)
}

func raise(highest map[string]int, name string, n int) { highest[name] = max(highest[name], n) }

// papers reads the printed reports of closed periods.
func (r *Report) papers(v View, closings map[uint64]bool) error {
	return v.EachRecord(KindClosingPaper, func(id uint64, raw []byte) error {
		var one ClosingPaper
		if json.Unmarshal(raw, &one) != nil {
			return nil // told already
		}
		switch {
		case !closings[one.Closing]:
			r.fault("Bản in số %d không thuộc kỳ đã chốt nào.", id)
		case !strings.HasPrefix(string(one.PDF), "%PDF-"):
			r.fault("Bản in số %d của kỳ đã chốt không phải tệp PDF.", id)
		default:
			r.Files.Papers++
		}
		return nil
	})
}

// counters compares the counters of books with the numbers that were given, and that
// stand in records.
func (r *Report) counters(v View, highest map[string]int) error {
	err := v.SettingsWith("given/number/", func(name string, value []byte) error {
		var g Given
		parts := strings.Split(strings.TrimPrefix(name, "given/number/"), "/")
		n, err := strconv.Atoi(parts[len(parts)-1])
		if len(parts) != 3 || err != nil || json.Unmarshal(value, &g) != nil {
			r.fault("Số đã cấp «%s» không đọc được.", name)
			return nil
		}
		raise(highest, "seq/"+parts[0]+"/"+parts[1], n)
		return nil
	})
	if err != nil {
		return err
	}
	for name, most := range highest {
		raw := v.Setting(name)
		if raw == nil {
			continue // of a file in which nothing counted yet
		}
		if n, err := strconv.Atoi(string(raw)); err != nil || n < most {
			r.fault("Bộ đếm «%s» ghi %s, thấp hơn số %d đã dùng.", name, raw, most)
		}
	}
	return nil
}

// evidence reads one file of evidence.
func (r *Report) evidence(ctx context.Context, path string, e *assess.Evidence) error {
	if e.File == nil {
		return nil
	}
	if ctx.Err() != nil {
		return data.Fail(data.Cancelled, "Đã dừng kiểm tra theo yêu cầu.", ctx.Err())
	}
	name := disk.Name(e.File.Name)
	f, err := os.Open(filepath.Join(path+evidenceFolder, e.File.Stored()))
	if err != nil {
		r.fault("Mất tệp kiểm chứng «%s» của tài liệu «%s».", name, e.Title)
		return nil
	}
	defer f.Close()
	h := sha256.New()
	head := make([]byte, len(sealedFile))
	n, _ := io.ReadFull(f, head) // short ones are compared all the same
	h.Write(head[:n])
	if string(head[:n]) == sealedFile {
		r.Files.Evidence++
		r.Files.Sealed++
		return nil
	}
	if _, err := io.Copy(h, f); err != nil || hex.EncodeToString(h.Sum(nil)) != e.File.Hash {
		r.fault("Tệp kiểm chứng «%s» của tài liệu «%s» đã bị đổi hoặc không đọc được.", name, e.Title)
		return nil
	}
	r.Files.Evidence++
	return nil
}

// evidenceFolder follows the name of the data file in the name of the folder that holds
// the files of evidence; sealedFile begins those that are sealed.
const (
	evidenceFolder = ".tep"
	sealedFile     = "age-encryption.org/"
)

// VerifyJournal walks the journal of a data file that is not open back to its first
// entry, also of one in which values are damaged. data.Conflict for a file of an older
// version, whose journal is no chain yet.
func VerifyJournal(ctx context.Context, path string, opt Options) (JournalCheck, error) {
	r, err := Examine(ctx, path, opt)
	switch {
	case err != nil:
		return r.Journal, err
	case !r.Chained && len(r.Faults) == 0:
		return r.Journal, data.Fail(data.Conflict, "Tệp này còn theo lược đồ cũ nên nhật ký chưa nối chuỗi. Mở tệp trong cửa sổ một lần thì tệp được nâng cấp, rồi kiểm tra lại.", nil)
	case !r.Chained: // pages are damaged, so that it cannot be walked
		for _, f := range r.Faults {
			r.Journal.Faults = append(r.Journal.Faults, JournalFault{What: strings.TrimSuffix(f, ".")})
		}
	}
	return r.Journal, nil
}

// Salvage writes what can be read of a damaged data file, which stays as it is, into a
// new one at out, with the files of evidence; see ledger.Salvage.
func Salvage(ctx context.Context, path, out string, opt Options) (Salvaged, error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	r, err := salvage(ctx, path, out, opt)
	if err != nil {
		return r, err
	}
	if _, serr := os.Stat(path + evidenceFolder); serr == nil {
		if err := disk.CopyFolder(path+evidenceFolder, out+evidenceFolder); err != nil {
			r.Lost = append(r.Lost, disk.Fail("Không chép hết được tệp kiểm chứng sang "+disk.Name(out+evidenceFolder), err).Error())
		}
	}
	return r, nil
}
