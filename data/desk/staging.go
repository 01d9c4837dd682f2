package desk

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"hash/maphash"
	"log/slog"
	"runtime/debug"
	"sync"

	"giaoban/data"
	"giaoban/data/exchange"
)

// staging keeps the rows of a file between reading it and writing the dossiers,
// so that nobody waits for a file to be read: some two hundred bytes a row.
type staging struct {
	blocks [][]byte // whole rows, each behind its length
	names  map[string]uint64
	list   []string // by number in names
	row    []byte
	rows   int
}

// stagingBlock is how much of the rows is kept in one piece, and given back in
// one piece when it is written.
const stagingBlock = 256 << 10

// errStaging tells of rows that do not read as they were kept.
var errStaging = errors.New("a staged row makes no sense")

// staged is a file that was read.
type staged struct {
	staging
	summary exchange.Summary
	asked   map[string]bool // codes that the reading looked for, and whether the base held them
	total   int64           // of progress
}

// readPart is the share of the progress of an import that is reading: three of
// four.
func readPart(n int64) int64 { return n - n/4 }

// stage reads the whole file and keeps the rows that are wanted. Nobody waits
// meanwhile.
func (im *Import) stage(ctx context.Context, run Run, wanted func(*exchange.Record) bool) (*staged, error) {
	s := &staged{asked: map[string]bool{}}
	seed, given := maphash.MakeSeed(), map[uint64]struct{}{} // codes of the file itself
	var fault error
	im.known = func(code string) bool {
		if _, ok := given[maphash.String(seed, code)]; ok {
			return true
		}
		held, ok := s.asked[code]
		if !ok {
			var err error
			if held, err = im.inBase(code); err != nil {
				fault = cmp.Or(fault, err)
			}
			s.asked[code] = held
		}
		return held
	}
	im.progress = func(done, total int64) {
		s.total = total
		run.tell(readPart(done), total, int64(s.rows), 0)
	}
	defer func() { im.progress, im.known = nil, im.holds }()
	var err error
	s.summary, err = im.source.Read(ctx, func(rec *exchange.Record) error {
		if rec.Verdict == exchange.Accepted {
			given[maphash.String(seed, rec.Dossier.Code)] = struct{}{}
		}
		if wanted(rec) {
			s.add(rec)
		}
		return fault
	})
	return s, err
}

// inBase reports whether the data file holds a dossier with the code.
func (im *Import) inBase(code string) (held bool, err error) {
	return Viewed(im.desk, func(v View) (bool, error) { return v.FindCode(code) != 0, nil })
}

// holds is inBase for a look at the file before it is imported.
func (im *Import) holds(code string) bool {
	held, err := im.inBase(code)
	if err != nil {
		slog.Error("a code could not be looked up", "err", err)
	}
	return held
}

// stale reports whether the base holds other codes than the reading went by.
func (s *staged) stale(tx Tx) bool {
	for code, held := range s.asked {
		if (tx.FindCode(code) != 0) != held {
			return true
		}
	}
	return false
}

// written tells how much of the rows is written.
func (s *staged) written(run Run, done, all int) {
	if all > 0 {
		read := readPart(s.total)
		run.tell(read+(s.total-read)*int64(done)/int64(all), s.total, int64(s.rows), int64(s.rows*done/all))
	}
}

// add keeps a row.
func (s *staging) add(r *exchange.Record) {
	b := s.row[:0]
	for _, n := range []uint64{uint64(r.Row), uint64(r.Sheet), uint64(r.Verdict), uint64(r.Status), uint64(r.EResult), flag(r.Matched)} {
		b = binary.AppendUvarint(b, n)
	}
	for _, name := range []string{string(r.Class), r.Column, r.Unit, r.Receiver, r.Helper, r.Field, r.FieldCode, r.Procedure, r.ProcedureCode, r.File} {
		b = binary.AppendUvarint(b, s.number(name))
	}
	for _, m := range []data.Moment{r.Ended, r.Returned, r.Redue} {
		b = binary.AppendVarint(b, int64(m.Day))
		b = binary.AppendVarint(b, int64(m.Clock))
	}
	b = appendText(appendText(appendText(b, r.Value), r.Reason), r.Result)
	b = binary.AppendUvarint(b, uint64(len(r.Notes)))
	for _, note := range r.Notes {
		b = appendText(b, note)
	}
	s.row = appendDossier(b, &r.Dossier)

	n := len(s.blocks)
	if need := len(s.row) + binary.MaxVarintLen64; n == 0 || cap(s.blocks[n-1])-len(s.blocks[n-1]) < need {
		s.blocks = append(s.blocks, make([]byte, 0, max(stagingBlock, need)))
		n++
	}
	block := &s.blocks[n-1]
	*block = append(binary.AppendUvarint(*block, uint64(len(s.row))), s.row...)
	s.rows++
}

func flag(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

func appendText(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

// number returns the number of a name that many rows share.
func (s *staging) number(name string) uint64 {
	n, ok := s.names[name]
	if !ok {
		if s.names == nil {
			s.names = map[string]uint64{}
		}
		n = uint64(len(s.list))
		s.names[name], s.list = n, append(s.list, name)
	}
	return n
}

// each hands the rows out in order and forgets them.
func (s *staging) each(fn func(*exchange.Record) error) error {
	var r exchange.Record
	for i, block := range s.blocks {
		for len(block) > 0 {
			size, n := binary.Uvarint(block)
			if n <= 0 || uint64(len(block)-n) < size {
				return errStaging
			}
			row := block[n : n+int(size)]
			block = block[n+int(size):]
			if err := s.read(row, &r); err != nil {
				return err
			}
			if err := fn(&r); err != nil {
				return err
			}
		}
		s.blocks[i] = nil
	}
	return nil
}

func (s *staging) read(b []byte, r *exchange.Record) error {
	u := unstager{b: b, list: s.list}
	*r = exchange.Record{Row: int(u.uint()), Sheet: int(u.uint()), Verdict: exchange.Verdict(u.uint()), Status: data.Status(u.uint()), EResult: exchange.Tick(u.uint()), Matched: u.uint() == 1}
	r.Class = exchange.Class(u.name())
	for _, to := range []*string{&r.Column, &r.Unit, &r.Receiver, &r.Helper, &r.Field, &r.FieldCode, &r.Procedure, &r.ProcedureCode, &r.File} {
		*to = u.name()
	}
	for _, to := range []*data.Moment{&r.Ended, &r.Returned, &r.Redue} {
		to.Day = data.Day(u.int())
		to.Clock = data.Clock(u.int())
	}
	r.Value, r.Reason, r.Result = u.text(), u.text(), u.text()
	for n := u.uint(); n > 0 && !u.bad; n-- {
		r.Notes = append(r.Notes, u.text())
	}
	if u.bad {
		return errStaging
	}
	return readDossier(u.b, &r.Dossier)
}

// unstager reads the parts of a row.
type unstager struct {
	b    []byte
	list []string
	bad  bool
}

func (u *unstager) uint() uint64 {
	v, n := binary.Uvarint(u.b)
	return u.after(v, n)
}

func (u *unstager) int() int64 {
	v, n := binary.Varint(u.b)
	return int64(u.after(uint64(v), n))
}

func (u *unstager) after(v uint64, n int) uint64 {
	if n <= 0 {
		u.bad, u.b = true, nil
		return 0
	}
	u.b = u.b[n:]
	return v
}

func (u *unstager) text() string {
	n := u.uint()
	if n > uint64(len(u.b)) {
		u.bad = true
		return ""
	}
	text := string(u.b[:n])
	u.b = u.b[n:]
	return text
}

func (u *unstager) name() string {
	n := u.uint()
	if n >= uint64(len(u.list)) {
		u.bad = true
		return ""
	}
	return u.list[n]
}

// earlyGC is the growth in per cent at which memory is collected during an
// import.
const earlyGC = 20

// early counts the imports under way. How memory is collected is a setting of the
// whole program: the first import changes it and the last one puts it back.
var early struct {
	sync.Mutex
	users  int
	before int
}

// collectEarly has memory collected early until the function that it returns is
// called.
func collectEarly() (stop func()) {
	early.Lock()
	defer early.Unlock()
	if early.users++; early.users == 1 {
		early.before = debug.SetGCPercent(earlyGC)
	}
	return func() {
		early.Lock()
		defer early.Unlock()
		if early.users--; early.users == 0 {
			debug.SetGCPercent(early.before)
		}
	}
}
