package desk

import (
	"cmp"
	"compress/gzip"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/ledger"
	"giaoban/data/ledger/postgres"
	"giaoban/data/vault"
)

// ServerStep is one step of the test of a connection to a server.
type ServerStep = postgres.Step

// TryServer tests the connection to a server step by step and stops at the first
// step that fails; certificate is the fingerprint of what the server shows.
func TryServer(ctx context.Context, address, program string) (steps []ServerStep, certificate string, err error) {
	a, err := ShelfOf(Options{}).address(address)
	if err != nil {
		return nil, "", err
	}
	steps, certificate = postgres.Try(ctx, a, program)
	return steps, certificate, nil
}

// InitServer makes the tables of registers on a server, with the login of its
// administrator; role is the login of a desk to make besides, "" for none.
func InitServer(ctx context.Context, address, program, role string) (password string, err error) {
	server, err := connect(ctx, address, Options{Program: program})
	if err != nil {
		return "", err
	}
	defer server.Close()
	if err := server.Init(ctx); err != nil || role == "" {
		return "", err
	}
	return server.AddRole(ctx, role)
}

func connect(ctx context.Context, address string, opt Options) (*postgres.Server, error) {
	a, err := ShelfOf(opt).address(address)
	if err != nil {
		return nil, err
	}
	return postgres.Connect(ctx, a, opt.Program)
}

// Moved tells of a register that went to a server or came back.
type Moved struct {
	Address  string // of the register, with its office
	Code     string // connection code, for the other desks; "" on the way back
	Dossiers int
	Entries  uint64 // of the journal
	Hash     string // of its newest entry
}

// MoveIn puts a register on a server. The file stays as it is, marked as moved: it is
// no longer written to. What arrived is read back and compared before that: number of
// dossiers, number and hash of the journal's entries.
func MoveIn(ctx context.Context, path, address string, opt Options) (m Moved, err error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	l, err := ledger.Open(path, ledger.Options{Now: opt.Now})
	if err != nil {
		return m, err
	}
	defer l.Close()
	if l.IsBackup() {
		return m, data.Fail(data.Conflict, "Đây là bản sao lưu. Khôi phục ra tệp dữ liệu rồi đưa tệp ấy lên máy chủ.", nil)
	}
	server, err := connect(ctx, address, opt)
	if err != nil {
		return m, err
	}
	defer server.Close()
	if err := server.Ready(ctx); err != nil {
		return m, err
	}
	ways, key, code := vault.New()
	a := server.Address()
	a.Office = ways.Office
	var name string
	if err := l.View(func(v *ledger.View) error {
		if v.Shared() != nil {
			return data.Fail(data.Conflict, "Sổ này đã ở trên máy chủ. Mở sổ bằng địa chỉ máy chủ.", nil)
		}
		o, err := v.Office()
		name = o.Name
		return err
	}); err != nil {
		return m, err
	}
	if err := server.Make(ctx, postgres.Office{ID: ways.Office, Name: name, Ways: ways}); err != nil {
		return m, err
	}
	defer func() {
		if err != nil { // an office without a register must not stand there
			server.Forget(context.WithoutCancel(ctx), ways.Office)
		}
	}()
	shelf := ShelfOf(opt)
	log := server.Log(ways.Office, shelf.Desk(), key)
	head, err := log.Head(ctx)
	if err != nil {
		return m, err
	}
	if err := send(ctx, l, log, head); err != nil {
		return m, err
	}
	if err := sendFiles(ctx, EvidenceFolder(path), log); err != nil {
		return m, err
	}
	if m, err = compare(ctx, l, log, filepath.Dir(path), opt); err != nil {
		return m, err
	}
	if err := shelf.keep(a, ways, code); err != nil {
		return m, err
	}
	s := &shared{address: a}
	if err := l.SetShared(s.mark(head)); err != nil {
		return m, err
	}
	m.Address, m.Code = a.String(), code.String()
	return m, nil
}

// send puts the whole file on the server as the snapshot at a point.
func send(ctx context.Context, l *ledger.Ledger, log *postgres.Log, at postgres.Point) error {
	pr, pw := io.Pipe()
	go func() {
		z := gzip.NewWriter(pw)
		err := l.WriteTo(ctx, z)
		err = cmp.Or(err, z.Close())
		pw.CloseWithError(err)
	}()
	defer pr.Close()
	return log.PutSnapshot(ctx, at, pr)
}

// sendFiles puts the files of a folder on the server; no folder has none.
func sendFiles(ctx context.Context, folder string, log *postgres.Log) error {
	list, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return disk.Fail("Không đọc được thư mục "+disk.Name(folder), err)
	}
	for _, e := range list {
		if !e.Type().IsRegular() {
			continue
		}
		if err := sendFile(ctx, filepath.Join(folder, e.Name()), log); err != nil {
			return err
		}
	}
	return nil
}

func sendFile(ctx context.Context, path string, log *postgres.Log) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return disk.Fail("Không đọc được tệp "+disk.Name(path), err)
	}
	_, err = log.PutBlob(ctx, filepath.Ext(path), content)
	return err
}

// compare reads the snapshot back and proves that it is the file.
func compare(ctx context.Context, l *ledger.Ledger, log *postgres.Log, folder string, opt Options) (m Moved, err error) {
	want, err := movedOf(l)
	if err != nil {
		return m, err
	}
	temp, err := disk.Temp(folder, "doi-chieu")
	if err != nil {
		return m, disk.Fail("Không đối chiếu được bản trên máy chủ", err)
	}
	defer os.Remove(temp.Name())
	if err := cmp.Or(fetch(ctx, log, temp, nil, nil), temp.Close()); err != nil {
		return m, err
	}
	back, err := ledger.Open(temp.Name(), ledger.Options{ReadOnly: true, Now: opt.Now})
	if err != nil {
		return m, err
	}
	defer back.Close()
	got, err := movedOf(back)
	if err == nil && got != want {
		err = data.Fail(data.Damaged, fmt.Sprintf("Bản trên máy chủ không giống tệp (%d và %d hồ sơ) nên chưa chuyển gì. Thử lại; nếu vẫn vậy, kiểm tra máy chủ.", got.Dossiers, want.Dossiers), nil)
	}
	return got, err
}

func movedOf(l *ledger.Ledger) (m Moved, err error) {
	c, err := l.Check(context.Background())
	if err != nil {
		return m, err
	}
	if len(c.Faults) > 0 {
		return m, data.Fail(data.Damaged, "Sổ có chỗ hỏng nên chưa chuyển gì: "+c.Faults[0], nil)
	}
	m.Dossiers = c.Dossiers
	return m, l.View(func(v *ledger.View) error {
		h, err := v.Head()
		m.Entries, m.Hash = h.Count, h.Hash
		return err
	})
}

// fetch writes the snapshot of the server; at is where it tells the point.
func fetch(ctx context.Context, log *postgres.Log, to io.Writer, at *postgres.Point, progress func(done, total int64)) error {
	if progress == nil {
		progress = func(int64, int64) {}
	}
	pr, pw := io.Pipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		p, err := log.Snapshot(ctx, pw, progress)
		if at != nil {
			*at = p
		}
		pw.CloseWithError(err)
	}()
	z, err := gzip.NewReader(pr)
	if err == nil {
		_, err = io.Copy(to, z)
	}
	if err == nil {
		_, err = io.Copy(io.Discard, pr)
	}
	pr.CloseWithError(err)
	<-done
	return disk.Fail("Không lấy được bản chụp sổ từ máy chủ", err)
}

// MoveOut takes a register off its server into a file of its own. From then on the
// desks cannot write to the server; they are told who took it.
func MoveOut(ctx context.Context, address, path string, opt Options) (m Moved, err error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if _, err := os.Lstat(path); err == nil {
		return m, data.Fail(data.Conflict, "Đã có tệp "+disk.Name(path)+". Lấy sổ về dưới tên khác.", nil)
	}
	s, err := openShared(ctx, address, opt)
	if err != nil {
		return m, err
	}
	defer s.Close()
	release, err := s.Turn(ctx, func(apply func(func(Tx) error) error) error { return apply(func(Tx) error { return nil }) })
	if err != nil {
		return m, err
	}
	defer release()
	want, err := movedOf(s.Ledger)
	if err != nil {
		return m, err
	}
	prove := func(name string) error {
		l, err := ledger.Open(name, ledger.Options{Now: opt.Now})
		if err != nil {
			return err
		}
		got, err := movedOf(l)
		if err == nil && got != want {
			err = data.Fail(data.Damaged, "Tệp lấy về không giống sổ trên máy chủ nên chưa chuyển gì. Thử lại; nếu vẫn vậy, kiểm tra đĩa.", nil)
		}
		if err == nil {
			err = l.SetShared(nil)
		}
		if err = cmp.Or(err, l.Close()); err != nil {
			return err
		}
		return s.bringFiles(ctx, EvidenceFolder(path))
	}
	err = disk.Make(path, "dang-tao", func(f *os.File) error { return s.Ledger.WriteTo(ctx, f) }, prove)
	if err != nil {
		return m, disk.Fail("Không ghi được tệp "+disk.Name(path), err)
	}
	if _, err := s.turn.Append(ctx, &postgres.Event{ID: postgres.NewID(), Kind: postgres.Closed}, nil); err != nil {
		os.Remove(path) // two registers must not go on beside each other
		return m, err
	}
	want.Address = path
	return want, nil
}

// bringFiles puts the files of the register that a folder lacks into it.
func (s *shared) bringFiles(ctx context.Context, folder string) error {
	list, err := s.log.Blobs(ctx)
	if err != nil || len(list) == 0 {
		return err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return disk.Fail("Không tạo được thư mục "+disk.Name(folder), err)
	}
	for _, b := range list {
		name := filepath.Join(folder, hex.EncodeToString(b.Sum[:])+filepath.Ext(filepath.Base("x"+b.Ext)))
		if _, err := os.Lstat(name); err == nil {
			continue
		}
		content, err := s.log.Blob(ctx, b.Sum)
		if err != nil {
			return err
		}
		if err := disk.Put(name, content); err != nil {
			return err
		}
	}
	return nil
}

// ShareFile sends a file that stands in the folder of evidence to the other desks; in
// a register of one file there is nothing to do.
func (d *Desk) ShareFile(ctx context.Context, path string) error {
	s, ok := d.store.(*shared)
	if !ok {
		return nil
	}
	err := sendFile(ctx, path, s.log)
	s.seen(err)
	return err
}

// Link tells how this desk stands to the server of its register.
func (d *Desk) Link() Link {
	if s, ok := d.store.(*shared); ok {
		return s.state()
	}
	return Link{}
}

// Opened tells the other desks which dossier is open here; 0 for none.
func (d *Desk) Opened(id uint64) {
	if d.opened.Swap(id) == id {
		return
	}
	if s, ok := d.store.(*shared); ok {
		s.log.Wake()
	}
}

// Others returns the other desks that are at work, as they were heard of last.
func (d *Desk) Others() []Present {
	if s, ok := d.store.(*shared); ok {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.others
	}
	return nil
}

// Present is a desk as the others see it.
type Present = postgres.Present

// hear follows the log of the server for as long as the desk is open.
func (d *Desk) hear(s *shared) {
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	go s.log.Listen(ctx)
	go func() {
		if d.Wait() != nil {
			return
		}
		told := true // what the watchers know of the server
		for {
			told = d.listen(ctx, s, told)
			if s.log.Wait(ctx, postgres.Interval) != nil {
				return
			}
		}
	}()
}

// listen brings in what is new, and tells the watchers when the server is lost or
// found again and when others come, go or open a dossier; told is what they were told
// of the server, and what they know then is returned.
func (d *Desk) listen(ctx context.Context, s *shared, told bool) bool {
	head, err := s.log.Head(ctx)
	s.seen(err)
	if at, aerr := s.at(); err == nil && aerr == nil && head.Seq > at.Seq {
		err = d.pull(ctx, s)
		if err == nil {
			err = s.bringFiles(ctx, s.files())
		}
		if err != nil && ctx.Err() == nil && data.CodeOf(err) != data.Offline {
			d.fault(err)
		}
	}
	others := err == nil && s.greet(ctx, d.opened.Load())
	online := s.state().Online
	if (others || online != told) && ctx.Err() == nil {
		d.writing.Lock()
		defer d.writing.Unlock()
		d.tell(Changes{Link: true})
	}
	return online
}

// Retry looks for the server at once, without waiting for it.
func (d *Desk) Retry() {
	if s, ok := d.store.(*shared); ok {
		s.log.Wake()
	}
}

func (d *Desk) pull(ctx context.Context, s *shared) error {
	d.writing.Lock()
	defer d.writing.Unlock()
	if d.closed || d.behind {
		return nil
	}
	return s.Pull(ctx, d.bring)
}

// greet tells the others that this desk is at work, and asks who else is; it reports
// whether that is another answer than before.
func (s *shared) greet(ctx context.Context, opened uint64) bool {
	if s.now().Sub(s.greeted) < postgres.Interval/2 && opened == s.showed {
		return false // woken by a change, which tells nothing of who is there
	}
	s.greeted, s.showed = s.now(), opened
	if err := s.log.Here(ctx, s.desk, "", opened); err != nil {
		s.seen(err)
		return false
	}
	list, err := s.log.Desks(ctx, present)
	if s.seen(err); err != nil {
		return false
	}
	list = slices.DeleteFunc(list, func(p Present) bool { return p.ID == s.desk })
	s.mu.Lock()
	defer s.mu.Unlock()
	same := slices.EqualFunc(list, s.others, func(a, b Present) bool { return a.ID == b.ID && a.Name == b.Name && a.Opened == b.Opened })
	s.others = list
	return !same
}

// ServerState is what a register's server tells of it.
type ServerState struct {
	Office  string             `json:"office"`
	Name    string             `json:"name"`
	Address string             `json:"address"`
	Events  int64              `json:"events"`
	Desks   []postgres.Present `json:"-"`
}

// AskServer tells of the register at an address and who works on it.
func AskServer(ctx context.Context, address string, opt Options) (s ServerState, err error) {
	server, err := connect(ctx, address, opt)
	if err != nil {
		return s, err
	}
	defer server.Close()
	if err := server.Ready(ctx); err != nil {
		return s, err
	}
	o, err := server.Find(ctx)
	if err != nil {
		return s, err
	}
	a := server.Address()
	a.Office = o.ID
	s = ServerState{Office: o.ID, Name: o.Name, Address: a.String(), Events: o.Head.Seq}
	key, err := ShelfOf(opt).key(a)
	if err != nil {
		return s, nil // who is at work is for those who know the code
	}
	s.Desks, err = server.Log(o.ID, "", key).Desks(ctx, present)
	return s, err
}

// present is how long a desk counts as at work after it was heard of.
const present = time.Minute

// Join lets this machine work on a register on a server, with the connection code
// that MoveIn gave, "" for the one that this machine has; it returns the whole address.
// A password in the address is kept for this user alone.
func Join(ctx context.Context, address, code string, opt Options) (string, error) {
	var c vault.Code
	if code != "" {
		var err error
		if c, err = vault.ParseCode(code); err != nil {
			return "", err
		}
	}
	server, err := connect(ctx, address, opt)
	if err != nil {
		return "", err
	}
	defer server.Close()
	if err := server.Ready(ctx); err != nil {
		return "", err
	}
	o, err := server.Find(ctx)
	if err != nil {
		return "", err
	}
	a := server.Address()
	a.Office = o.ID
	shelf := ShelfOf(opt)
	if code == "" {
		k, err := shelf.kept(a)
		if err == nil {
			c, err = vault.ParseCode(k.Code)
		}
		if err != nil {
			return "", err
		}
	}
	if _, err := o.Ways.Recover(c); err != nil {
		return "", &data.Error{Code: data.Denied, Field: "code", Message: "Mã kết nối không phải của sổ «" + o.Name + "». Hỏi quầy đã đưa sổ lên máy chủ.", Cause: err}
	}
	return a.String(), shelf.keep(a, o.Ways, c)
}

// keyFile ends the names of the files of keys.
const keyFile = ".khoa"

// keptKey is what a shelf keeps to open a register.
type keptKey struct {
	Address string       `json:"address"`
	Code    string       `json:"code"`
	Ways    *vault.Wraps `json:"ways"`
}

// keep keeps code and password of a register for this user alone.
func (s Shelf) keep(a postgres.Address, ways *vault.Wraps, c vault.Code) error {
	if err := s.keepPassword(a); err != nil {
		return err
	}
	text, err := json.Marshal(keptKey{a.String(), c.String(), ways})
	if err != nil {
		return err
	}
	return s.write(s.name(a, keyFile), text)
}

func (s Shelf) kept(a postgres.Address) (k keptKey, err error) {
	raw, err := os.ReadFile(s.name(a, keyFile))
	if err == nil {
		err = json.Unmarshal(raw, &k)
	}
	if err == nil && k.Ways == nil {
		err = errors.New("desk: key without ways")
	}
	if err != nil {
		return k, &data.Error{Code: data.Sealed, Field: "code", Message: "Máy này chưa có mã kết nối của sổ trên máy chủ. Chọn «Nối vào sổ trên máy chủ» (giaoban server join) và gõ mã mà quầy đầu tiên đã in.", Cause: err}
	}
	return k, nil
}

// key returns the key of a register that this machine works on.
func (s Shelf) key(a postgres.Address) (*vault.Key, error) {
	k, err := s.kept(a)
	if err != nil {
		return nil, err
	}
	c, err := vault.ParseCode(k.Code)
	if err != nil {
		return nil, err
	}
	return k.Ways.Recover(c)
}

// Code returns the connection code of a register that this machine works on.
func (s Shelf) Code(address string) (string, error) {
	a, err := postgres.ParseAddress(address)
	if err != nil {
		return "", err
	}
	k, err := s.kept(a)
	return k.Code, err
}
