package desk

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/ledger"
	"giaoban/data/ledger/postgres"
)

// IsShared reports whether a path is the address of a register on a server.
func IsShared(path string) bool {
	return strings.HasPrefix(path, "postgres://") || strings.HasPrefix(path, "postgresql://")
}

// shared is a register that several desks share: the log of its changes on a server,
// and this desk's copy, from which everything is read.
type shared struct {
	file
	address postgres.Address
	shelf   Shelf
	desk    string
	log     *postgres.Log

	mu     sync.Mutex
	turn   *postgres.Turn // while this desk writes
	link   Link
	others []Present

	greeted time.Time // when the others were told last that this desk is at work
	showed  uint64    // with which dossier open
	now     func() time.Time
	stop    context.CancelFunc
}

// Link tells how a desk stands to the server of its register.
type Link struct {
	Server string    // its address without a password; "" for a register in one file
	Desk   string    // the name of this desk
	Online bool      // the server answered last time
	At     time.Time // when it did, by this machine's clock
}

// mark is what the copy keeps of its place in the log.
type placeMark struct {
	Office string `json:"office"`
	postgres.Point
}

// at returns the place in the log that the copy has reached.
func (s *shared) at() (placeMark, error) { return placeIn(s.Ledger) }

func placeIn(l *ledger.Ledger) (m placeMark, err error) {
	err = l.View(func(v *ledger.View) error { return json.Unmarshal(v.Shared(), &m) })
	return m, err
}

func (s *shared) mark(p postgres.Point) []byte {
	m, err := json.Marshal(placeMark{s.address.Office, p})
	if err != nil {
		panic(err) // a number and bytes
	}
	return m
}

// About tells of the copy that all programs of this machine begin with: what belongs
// to the register, such as files of evidence and backups, stands beside it.
func (s *shared) About() About {
	a := s.file.About()
	a.Data = s.shelf.name(s.address, copyName(0))
	a.Path = a.Data
	return a
}

// Turn takes the turn to write and lets bring write what other desks wrote since.
func (s *shared) Turn(ctx context.Context, bring bringer) (release func(), err error) {
	at, err := s.at()
	if err != nil {
		return nil, err
	}
	var bodies [][]byte
	turn, err := s.log.Take(ctx, at.Point, func(e *postgres.Event) error { bodies = append(bodies, e.Body); return nil })
	if s.seen(err); err != nil {
		return nil, err
	}
	if err := s.bring(bodies, turn.At(), bring); err != nil {
		turn.Release()
		return nil, err
	}
	s.turn = turn
	return func() { turn.Release(); s.turn = nil }, nil
}

// bringer brings file and memory in step with changes of others.
type bringer func(apply func(then func(Tx) error) error) error

func (s *shared) bring(bodies [][]byte, to postgres.Point, bring bringer) error {
	if len(bodies) == 0 {
		return nil
	}
	return bring(func(then func(Tx) error) error {
		return s.Bring(bodies, s.mark(to), func(tx *ledger.Tx) error { return then(tx) })
	})
}

// pullBytes is how much of other desks' changes is written at a time.
const pullBytes = 32 << 20

// Pull writes what other desks wrote since, without taking the turn.
func (s *shared) Pull(ctx context.Context, bring bringer) error {
	m, err := s.at()
	if err != nil {
		return err
	}
	var (
		bodies [][]byte
		size   int
		to     = m.Point
	)
	flush := func() error {
		err := s.bring(bodies, to, bring)
		bodies, size = nil, 0
		return err
	}
	_, err = s.log.Since(ctx, m.Point, func(e *postgres.Event) error {
		bodies, size, to = append(bodies, e.Body), size+len(e.Body), e.Point()
		if size > pullBytes {
			return flush()
		}
		return nil
	})
	if s.seen(err); err != nil {
		return err
	}
	return flush()
}

// ship adds this desk's change to the log. The turn is this desk's; see Turn.
func (s *shared) ship(ctx context.Context, c ledger.Shipment) ([]byte, error) {
	if s.turn == nil {
		return nil, errors.New("desk: a change without its turn")
	}
	counters := make([]postgres.Counter, len(c.Counters))
	for i, n := range c.Counters {
		counters[i] = postgres.Counter(n)
	}
	p, err := s.turn.Append(ctx, &postgres.Event{ID: postgres.NewID(), Kind: "change", Dossier: c.Dossier, Body: c.Body}, counters)
	if s.seen(err); err != nil {
		return nil, err
	}
	return s.mark(p), nil
}

// seen notes whether the server answered.
func (s *shared) seen(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case data.CodeOf(err) == data.Offline || postgres.Lost(err):
		if s.link.Online {
			s.log.Wake() // whoever looks is told soon
		}
		s.link.Online = false
	default:
		s.link.Online, s.link.At = true, s.now()
	}
}

// files is the folder of the files of evidence, which all programs of this machine share.
func (s *shared) files() string { return EvidenceFolder(s.shelf.name(s.address, copyName(0))) }

// state returns how the desk stands to the server.
func (s *shared) state() Link {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.link
}

// Append writes a change as a data file does. Where the server took it and this
// machine's disk did not, it comes in with the next look at the server.
func (s *shared) Append(ctx context.Context, e *Entry, fn func(Tx) error) error {
	before, err := s.at()
	if err != nil {
		return err
	}
	err = s.file.Append(ctx, e, fn)
	if err != nil && data.CodeOf(err) != data.Unsure && s.turn != nil && s.turn.At().Seq > before.Seq {
		return data.Fail(data.Conflict, "Máy chủ đã nhận thay đổi, nhưng máy này chưa chép lại được nên màn hình chưa có. Đừng nhập lại; kiểm tra đĩa của máy này rồi mở lại sổ.", err)
	}
	return err
}

func (s *shared) Close() error {
	s.stop()
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Second)
	defer stop()
	if s.state().Online {
		s.renew()
		s.log.Left(ctx) // who does not say goodbye is forgotten after a while
	}
	s.log.Close()
	return s.file.Close()
}

// RenewAfter is behind how many changes the snapshot on the server is made anew, by
// the desk that closes next, so that a new desk need not read them all.
var RenewAfter int64 = 20_000

// renew puts a newer snapshot on the server where it is far behind. Without it a new
// desk only takes longer.
func (s *shared) renew() {
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	at, err := s.at()
	if err != nil {
		return
	}
	if have, err := s.log.Snapped(ctx); err != nil || at.Seq-have < RenewAfter {
		return
	}
	work, err := disk.Temp(s.shelf.folder, "ban-chup")
	if err != nil {
		return
	}
	defer os.Remove(work.Name())
	defer work.Close()
	z := gzip.NewWriter(work)
	mark, err := s.Ledger.Photograph(ctx, z)
	if err == nil {
		err = z.Close()
	}
	if err == nil {
		err = json.Unmarshal(mark, &at)
	}
	if err == nil {
		_, err = work.Seek(0, io.SeekStart)
	}
	if err == nil {
		err = s.log.PutSnapshot(ctx, at.Point, work)
	}
	if err != nil {
		slog.Warn("snapshot of the register was not renewed", "error", err)
	}
}

// copies is the folder of this machine's copies of shared registers, in the folder
// of settings.
const copies = "may-chu"

// Shelf is what a machine keeps of the registers on servers that it works on: copies,
// keys, and the name of this desk.
type Shelf struct{ folder string }

// ShelfOf returns the shelf of this user.
func ShelfOf(opt Options) Shelf { return ShelfIn(settingsFolder(opt)) }

// ShelfIn returns the shelf in the folder of settings.
func ShelfIn(settings string) Shelf { return Shelf{filepath.Join(settings, copies)} }

func (s Shelf) name(a postgres.Address, what string) string {
	sum := sha256.Sum256([]byte(a.Host() + "\x00" + a.Office))
	return filepath.Join(s.folder, hex.EncodeToString(sum[:8])+what)
}

// Desk returns the name of this desk: what was set, or the name of the machine.
func (s Shelf) Desk() string {
	if name := strings.TrimSpace(os.Getenv("GIAOBAN_DESK")); name != "" {
		return name
	}
	if name, err := os.ReadFile(filepath.Join(s.folder, "quay.txt")); err == nil && len(bytes.TrimSpace(name)) > 0 {
		return string(bytes.TrimSpace(name))
	}
	host, err := os.Hostname()
	if err != nil || host == "" {
		return "Quầy 1"
	}
	return host
}

// SetDesk names this desk.
func (s Shelf) SetDesk(name string) error {
	name = strings.TrimSpace(name)
	if name == "" || len([]rune(name)) > 40 {
		return &data.Error{Code: data.Invalid, Field: "desk", Message: "Tên quầy phải có từ 1 đến 40 ký tự, như «Quầy 2»."}
	}
	return s.write("quay.txt", []byte(name))
}

func (s Shelf) write(name string, content []byte) error {
	if err := os.MkdirAll(s.folder, 0o700); err != nil {
		return disk.Fail("Không tạo được thư mục "+disk.Name(s.folder), err)
	}
	return disk.Put(filepath.Join(s.folder, filepath.Base(name)), content)
}

// settingsFolder is where programs keep what belongs to this user and machine.
func settingsFolder(opt Options) string {
	if opt.Settings != "" {
		return opt.Settings
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		dir = "."
	}
	return filepath.Join(dir, "giaoban")
}

// openShared opens a register on a server. Where the server cannot be reached the
// copy of before is opened, to be read.
func openShared(ctx context.Context, path string, opt Options) (*shared, error) {
	shelf := ShelfOf(opt)
	address, err := shelf.address(path)
	if err != nil {
		return nil, err
	}
	s := &shared{address: address, shelf: shelf, desk: shelf.Desk(), now: opt.Now, stop: func() {}}
	s.link = Link{Server: address.String(), Desk: s.desk}
	server, err := postgres.Connect(ctx, address, opt.Program)
	switch {
	case err == nil:
		return s, s.openOnline(ctx, shelf, server, opt)
	case data.CodeOf(err) != data.Offline || address.Office == "":
		return nil, err
	}
	if cerr := s.openOffline(shelf, opt); cerr != nil {
		return nil, err
	}
	return s, nil
}

// openOnline opens the copy, begins one where there is none, and brings it up to date.
func (s *shared) openOnline(ctx context.Context, shelf Shelf, server *postgres.Server, opt Options) (err error) {
	defer func() {
		if err != nil {
			server.Close()
			if s.Ledger != nil {
				s.file.Close()
			}
		}
	}()
	if err := server.Ready(ctx); err != nil {
		return err
	}
	office, err := server.Find(ctx)
	if err != nil {
		return err
	}
	s.address.Office = office.ID
	key, err := shelf.key(s.address)
	if err != nil {
		return err
	}
	s.log = server.Log(office.ID, s.desk, key)
	if err := s.openCopy(ctx, shelf, opt); err != nil {
		return err
	}
	s.seen(nil)
	return s.Pull(ctx, func(apply func(func(Tx) error) error) error { return apply(func(Tx) error { return nil }) })
}

func (s *shared) openOffline(shelf Shelf, opt Options) error {
	key, err := shelf.key(s.address)
	if err != nil {
		return err
	}
	server, err := postgres.Later(s.address, opt.Program)
	if err != nil {
		return err
	}
	s.log = server.Log(s.address.Office, s.desk, key)
	if err := s.take(shelf, func(name string) (*ledger.Ledger, error) { return openThere(name, opt) }); err != nil {
		server.Close()
		return err
	}
	return nil
}

// most is how many programs of one machine may have the same register open.
const most = 32

// take lets open open the first copy that no other program of this machine has open;
// data.Locked tells it to go on to the next.
func (s *shared) take(shelf Shelf, open func(name string) (*ledger.Ledger, error)) error {
	for n := range most {
		l, err := open(shelf.name(s.address, copyName(n)))
		switch {
		case data.CodeOf(err) == data.Locked:
			continue
		case err != nil:
			return err
		}
		s.file = file{Ledger: l}
		l.Share(&ledger.Sharing{Desk: s.desk, Ship: s.ship})
		return nil
	}
	return data.Fail(data.Locked, "Quá nhiều chương trình trên máy này đang mở cùng một sổ. Đóng bớt rồi mở lại.", nil)
}

// openThere opens a copy that is there; data.NotFound where there is none.
func openThere(name string, opt Options) (*ledger.Ledger, error) {
	return ledger.Open(name, ledger.Options{Now: opt.Now, Wait: time.Millisecond})
}

// isCopy reports whether a path is that of a machine's copy of a register on a server:
// the key of the register stands beside it.
func isCopy(path string) bool {
	_, err := os.Stat(strings.TrimSuffix(path, copyName(0)) + keyFile)
	return err == nil && filepath.Base(filepath.Dir(path)) == copies
}

func copyName(n int) string {
	if n == 0 {
		return ".db"
	}
	return fmt.Sprintf("-%d.db", n+1)
}

// openCopy opens this machine's copy. One that is missing, damaged, or of another
// line than the server's is made anew of the snapshot.
func (s *shared) openCopy(ctx context.Context, shelf Shelf, opt Options) error {
	return s.take(shelf, func(name string) (*ledger.Ledger, error) {
		l, err := openThere(name, opt)
		switch {
		case data.CodeOf(err) == data.Locked:
			return nil, err
		case err == nil:
			ok, err := s.follows(ctx, l)
			if ok && err == nil {
				return l, nil
			}
			l.Close()
			if err != nil {
				return nil, err
			}
		}
		if err := s.begin(ctx, shelf, name, opt); err != nil {
			return nil, err
		}
		return ledger.Open(name, ledger.Options{Now: opt.Now})
	})
}

// follows reports whether the place of the copy is one of the server's log.
func (s *shared) follows(ctx context.Context, l *ledger.Ledger) (bool, error) {
	m, err := placeIn(l)
	if err != nil || m.Office != s.address.Office {
		return false, nil
	}
	return s.log.Holds(ctx, m.Point)
}

// begin makes the copy of the snapshot on the server.
func (s *shared) begin(ctx context.Context, shelf Shelf, name string, opt Options) error {
	if err := os.MkdirAll(shelf.folder, 0o700); err != nil {
		return disk.Fail("Không tạo được thư mục "+disk.Name(shelf.folder), err)
	}
	var at postgres.Point
	take := func(f *os.File) error { return fetch(ctx, s.log, f, &at, opt.Progress) }
	return disk.Fail("Không tạo được bản chép của sổ", disk.Make(name, "dang-tao", take, func(temp string) error {
		l, err := ledger.Open(temp, ledger.Options{}) // by the clock of the disk: nothing is dated
		if err != nil {
			return err
		}
		return cmp.Or(l.SetShared(s.mark(at)), l.Close())
	}))
}
