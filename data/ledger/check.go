package ledger

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"unicode/utf8"

	bolt "go.etcd.io/bbolt"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/vault"
)

// Check is the result of an integrity check.
type Check struct {
	Dossiers, Units, Fields, Procedures, Entries int
	Read                                         map[string]int // values that were read and decoded, by bucket
	Chained                                      bool           // the journal is a chain: since version 4
	Journal                                      JournalCheck
	Faults                                       []string // in Vietnamese; none means sound
	Notes                                        []string // what was found damaged and harms no data
}

// mostFaults is how many faults are told.
const mostFaults = 100

// checking is a check under way.
type checking struct {
	*Check
	ctx   context.Context
	v     *View
	held  [places]tally
	known [places]map[uint32]bool
	read  int
	one   data.Dossier // decoded last
}

// Check reads the whole file: pages, every value of every bucket, what the state says
// of them, the index of codes, the references into the catalogue, and the journal
// back to its first entry.
func (l *Ledger) Check(ctx context.Context) (c Check, err error) {
	c.Read = map[string]int{}
	k := &checking{Check: &c, ctx: ctx}
	if text, lost := l.Notice(); lost {
		k.fault("%s", text)
	} else if text != "" {
		c.Notes = append(c.Notes, text)
	}
	err = l.view(func(tx *bolt.Tx) error {
		lost, faults, err := l.pages(ctx, tx)
		if err != nil {
			return err
		}
		for _, err := range faults {
			k.fault("Trang dữ liệu hỏng: %v.", err)
		}
		if len(faults) > 0 {
			return nil // nothing can be read through them
		}
		if lost > 0 {
			c.Notes = append(c.Notes, fmt.Sprintf("%s trang của tệp không còn dùng mà chưa được trả lại; không ảnh hưởng dữ liệu.", data.FormatInt(int64(lost))))
		}
		k.v = l.viewOf(tx)
		return k.run()
	})
	return c, err
}

// Examine is Check of a file that is not open and perhaps cannot be opened: what can be
// read of it is read, and all damage is told. Errors are those of Open but
// data.Damaged, which only a file has that is none of ours.
func Examine(ctx context.Context, path string, opt Options) (c Check, err error) {
	opt.ReadOnly, opt.anyway, opt.Create = true, true, false
	l, err := Open(path, opt)
	if err == nil {
		defer l.Close()
		return l.Check(ctx)
	}
	if data.CodeOf(err) != data.Damaged {
		return c, err
	}
	found, perr := surveyOf(ctx, path, opt.Key)
	if perr != nil || len(found.Faults) == 0 {
		return c, err
	}
	return found, nil
}

// surveyOf reads the pages of a file, through which bbolt cannot go, and the values on
// those that are sound.
func surveyOf(ctx context.Context, path string, key *vault.Key) (c Check, err error) {
	f, err := os.Open(path)
	if err != nil {
		return c, disk.Fail("Không đọc được "+disk.Name(path), err)
	}
	defer f.Close()
	list, ok := metas(f)
	info, err := f.Stat()
	if !ok || err != nil || current(list).pages > uint64(info.Size())/512 {
		return c, data.Fail(data.Damaged, notOurs, err)
	}
	s := &survey{r: f, m: current(list), stop: func() bool { return ctx.Err() != nil }}
	if s.verify, err = s.sealer(key); err != nil {
		s.verify = nil
	}
	s.run()
	if ctx.Err() != nil {
		return c, data.Fail(data.Cancelled, "Đã dừng kiểm tra theo yêu cầu.", ctx.Err())
	}
	k := &checking{Check: &c}
	for _, err := range s.faults {
		k.fault("Trang dữ liệu hỏng: %v.", err)
	}
	for _, err := range s.values {
		k.fault("Dữ liệu hỏng: %s.", valueText(err))
	}
	c.Read = map[string]int{}
	for at := inMeta + 1; at < places; at++ {
		c.Read[names[at]] = int(s.held[at].keys)
	}
	c.count()
	return c, nil
}

// count fills in the numbers of what was read.
func (c *Check) count() {
	c.Dossiers, c.Units, c.Fields, c.Procedures, c.Entries = c.Read[names[inDossier]], c.Read[names[inUnit]], c.Read[names[inField]], c.Read[names[inProcedure]], c.Read[names[inJournal]]
}

func (k *checking) fault(format string, args ...any) {
	if len(k.Faults) < mostFaults {
		k.Faults = append(k.Faults, fmt.Sprintf(format, args...))
	}
}

// stop is told every so often; its error ends the check.
func (k *checking) stop() error {
	if k.read++; k.read%4096 == 0 && k.ctx.Err() != nil {
		return data.Fail(data.Cancelled, "Đã dừng kiểm tra theo yêu cầu.", k.ctx.Err())
	}
	return nil
}

func (k *checking) run() error {
	for at := inMeta; at < places; at++ {
		if err := k.bucket(at); err != nil {
			return err
		}
	}
	k.count()
	if n := k.Read[names[inCode]]; n != k.Dossiers {
		k.fault("Chỉ mục có %d mã cho %d hồ sơ.", n, k.Dossiers)
	}
	if k.Chained = !k.v.s.bare; !k.Chained {
		return nil
	}
	st, err := stateIn(k.v.tx, k.v.s)
	if err != nil {
		k.fault("%v", err)
		return nil
	}
	if what := st.differs(&k.held); what != "" {
		k.fault("Tệp dữ liệu bị hỏng: %s.", what)
	}
	k.Journal, err = k.v.verify(k.ctx)
	for _, f := range k.Journal.Faults {
		k.fault("%v.", f)
	}
	return err
}

// bucket reads all values of a bucket.
func (k *checking) bucket(at place) error {
	b := k.v.bucket(at)
	if b == nil {
		if at != inRecord || !k.v.s.bare { // version 1 had none
			k.fault("Tệp thiếu ngăn %s.", words[at])
		}
		return nil
	}
	k.held[at].last = b.Sequence()
	return b.ForEach(func(key, stored []byte) error {
		if at == inMeta && string(key) == string(keyVersion) {
			return nil
		}
		k.held[at].add(at, key, stored)
		value, err := k.v.s.open(nil, at, key, stored)
		if err == nil {
			k.Read[names[at]]++
			err = k.value(at, key, value)
		}
		if err != nil {
			k.fault("Dữ liệu hỏng: %s.", valueText(err))
		}
		return k.stop()
	})
}

// valueText is what is wrong with one value, without the advice for the file as a whole.
func valueText(err error) string {
	text, _, _ := strings.Cut(err.Error(), " Tệp được giữ nguyên")
	return strings.TrimPrefix(strings.TrimSuffix(text, "."), "Tệp dữ liệu bị hỏng: ")
}

// value decodes one value and looks at what it refers to.
func (k *checking) value(at place, key, value []byte) error {
	if err := k.decodes(at, key, value); err != nil {
		return err
	}
	switch at {
	case inUnit, inField, inProcedure:
		if k.known[at] == nil {
			k.known[at] = map[uint32]bool{}
		}
		k.known[at][binary.BigEndian.Uint32(key)] = true
	case inDossier:
		k.dossier(key)
	case inCode:
		if k.v.bucket(inDossier).Get(value) == nil {
			return at.damagedValue(key, "trỏ đến hồ sơ không có", nil)
		}
	}
	return nil
}

// decodes decodes one value as what its bucket holds.
func (k *checking) decodes(at place, key, value []byte) (err error) {
	length := 0
	switch at {
	case inOffice:
		err = json.Unmarshal(value, new(data.Office))
	case inUnit:
		length, err = 4, json.Unmarshal(value, new(data.Unit))
	case inField:
		length, err = 4, json.Unmarshal(value, new(data.Field))
	case inProcedure:
		length, err = 4, json.Unmarshal(value, new(data.Procedure))
	case inDossier:
		k.one = data.Dossier{}
		length, err = 8, decodeDossier(value, &k.one)
	case inCode:
		if len(value) != 8 {
			err = errCodec
		}
	case inImport:
		length, err = 8, json.Unmarshal(value, new(Import))
	case inJournal:
		_, err = decodeEntry(key, value)
	case inChange:
		length, err = 12, eachChange(value, func(change) error { return nil })
	case inRecord:
		if !json.Valid(value) {
			err = errCodec
		}
	}
	if err == nil && length > 0 && len(key) != length {
		err = errCodec
	}
	if err != nil {
		return at.damagedValue(key, "không đọc được", err)
	}
	if at != inChange && at != inMeta && at != inCode && at != inDossier && !utf8.Valid(value) && json.Valid(value) {
		return at.damagedValue(key, "có chữ không phải UTF-8", nil)
	}
	return nil
}

// dossier looks at what the dossier decoded last refers to.
func (k *checking) dossier(key []byte) {
	d := &k.one
	if !utf8.ValidString(d.Code) || !utf8.ValidString(d.Owner.Name) || !utf8.ValidString(d.Content) {
		k.fault("Hồ sơ số nội bộ %d có chữ không phải UTF-8.", binary.BigEndian.Uint64(key))
	}
	stored := k.v.bucket(inCode).Get([]byte(d.Code))
	if stored == nil {
		k.fault("Hồ sơ %s: chỉ mục mã không khớp.", d.Code)
	} else if id, err := k.v.s.open(nil, inCode, []byte(d.Code), stored); err == nil && !bytes.Equal(id, key) {
		k.fault("Hồ sơ %s: chỉ mục mã không khớp.", d.Code)
	}
	knows := func(at place, id uint32) bool { return id == 0 || k.known[at][id] }
	if !knows(inUnit, d.Unit) || !knows(inField, d.Field) || !knows(inProcedure, d.Procedure) {
		k.fault("Hồ sơ %s: đơn vị, lĩnh vực hoặc thủ tục không có trong danh mục.", d.Code)
	}
}

// pages walks all pages of the state that the transaction sees.
func (l *Ledger) pages(ctx context.Context, tx *bolt.Tx) (lost int, faults []error, err error) {
	list, ok := metas(l.file)
	if !ok {
		return 0, []error{pageFault{0, "hai trang đầu không đọc được"}}, nil
	}
	for _, m := range list {
		if m.valid && m.tx == uint64(tx.ID()) {
			s := survey{r: l.file, m: m, stop: func() bool { return ctx.Err() != nil }}
			lost = s.run()
			if ctx.Err() != nil {
				return 0, nil, data.Fail(data.Cancelled, "Đã dừng kiểm tra theo yêu cầu.", ctx.Err())
			}
			return lost, s.faults, nil
		}
	}
	return 0, nil, data.Fail(data.Conflict, "Dữ liệu đang được ghi liên tục nên chưa kiểm tra được. Thử lại.", nil)
}
