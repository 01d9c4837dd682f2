package postgres

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"giaoban/data"
	"giaoban/data/vault"
)

// Server seals the bodies of events, snapshots and blobs.
const use vault.Use = "server"

// ID names one event, also where the answer to its commit was lost.
type ID [16]byte

// NewID makes the name of an event.
func NewID() (id ID) {
	rand.Read(id[:])
	return id
}

// Event is one change of the register.
type Event struct {
	Seq     int64     // from 1, without gaps
	ID      ID        // given by the desk
	Desk    string    // the name of the desk
	At      time.Time // by the server's clock
	Kind    string
	Dossier uint64 // the one dossier that it is about, 0 for none or many
	Body    []byte // what changed, opened
	sealed  []byte
	hash    []byte
}

// Point is the place of the event in the log.
func (e *Event) Point() Point { return Point{e.Seq, e.hash} }

// Closed is the kind of the last event of a register that was taken off the server.
const Closed = "closed"

// Counter is a book's highest number, which stands beside the events for those
// who read the tables.
type Counter struct {
	Book   string
	Year   int
	Number int64
}

// Log is the log of one office on a server.
type Log struct {
	*Server
	office string
	desk   string
	sealer *vault.Sealer
	notify bool // the engine knows LISTEN and NOTIFY
	mu     sync.Mutex
	wake   chan struct{}
}

// Point is a place in the log: the number of an event and its hash, which stands
// for all events up to it.
type Point struct {
	Seq  int64  `json:"seq"`
	Hash []byte `json:"hash"`
}

// Log opens the log of an office that Offices returned, for a desk.
func (s *Server) Log(office, desk string, key *vault.Key) *Log {
	return &Log{Server: s, office: office, desk: desk, sealer: key.Sealer(use), notify: true, wake: make(chan struct{}, 1)}
}

// place is what a sealed body is bound to.
func (l *Log) place(kind string, id []byte) []byte {
	return append([]byte(l.office+"\x00"+kind+"\x00"), id...)
}

// chain returns the hash of an event: of the one before, its number, name, desk,
// kind and sealed body.
func chain(before []byte, e *Event) []byte {
	h := sha256.New()
	h.Write(before)
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(e.Seq))
	h.Write(n[:])
	h.Write(e.ID[:])
	fmt.Fprintf(h, "%q %q %d ", e.Desk, e.Kind, e.Dossier)
	h.Write(e.sealed)
	return h.Sum(nil)
}

const eventColumns = `seq, id, desk, at, kind, dossier, body, hash`

func scanEvent(rows pgx.Rows) (e Event, err error) {
	var dossier int64
	err = rows.Scan(&e.Seq, (*[16]byte)(&e.ID), &e.Desk, &e.At, &e.Kind, &dossier, &e.sealed, &e.hash)
	e.Dossier = uint64(dossier)
	return e, err
}

// check opens an event that must follow the point.
func (l *Log) check(at Point, e *Event) (err error) {
	if e.Seq != at.Seq+1 || !bytes.Equal(e.hash, chain(at.Hash, e)) {
		return data.Fail(data.Damaged, fmt.Sprintf("Nhật ký trên máy chủ bị thiếu hoặc bị sửa ở thay đổi số %d, nên không dùng tiếp. Báo người quản trị khôi phục máy chủ từ bản sao lưu; sổ trên máy này vẫn đọc được.", at.Seq+1), nil)
	}
	if e.Body, err = l.sealer.Open(nil, l.place("event", e.ID[:]), e.sealed); err != nil {
		return data.Fail(data.Damaged, fmt.Sprintf("Không mở được thay đổi số %d trên máy chủ bằng khóa của sổ này. Kiểm tra đã nối đúng cơ quan chưa.", e.Seq), err)
	}
	return nil
}

// batch is how many events are fetched at a time.
const batch = 500

// Since calls fn with the events behind a point, oldest first, and returns the
// point that was reached. Each is proved to follow the one before.
func (l *Log) Since(ctx context.Context, at Point, fn func(*Event) error) (Point, error) {
	for {
		rows, err := l.pool.Query(ctx, `select `+eventColumns+` from giaoban.event where office = $1 and seq > $2 order by seq limit $3`, l.office, at.Seq, batch)
		if err != nil {
			return at, told("Không đọc được thay đổi từ máy chủ", err)
		}
		n, err := l.each(rows, &at, fn)
		if err != nil {
			return at, told("Không đọc được thay đổi từ máy chủ", err)
		}
		if n < batch {
			return at, nil
		}
	}
}

func (l *Log) each(rows pgx.Rows, at *Point, fn func(*Event) error) (n int, err error) {
	defer rows.Close()
	for rows.Next() {
		e, err := scanEvent(rows)
		if err != nil {
			return n, err
		}
		if err := l.check(*at, &e); err != nil {
			return n, err
		}
		if e.Kind == Closed {
			return n, data.Fail(data.Conflict, fmt.Sprintf("Sổ này đã được lấy về máy «%s» lúc %s nên không ghi trên máy chủ nữa. Hỏi quầy ấy tệp dữ liệu hiện dùng.",
				e.Desk, e.At.Local().Format("15:04 02/01/2006")), nil)
		}
		if err := fn(&e); err != nil {
			return n, err
		}
		*at = Point{e.Seq, e.hash}
		n++
	}
	return n, rows.Err()
}

// Holds reports whether a point is one of the log.
func (l *Log) Holds(ctx context.Context, p Point) (bool, error) {
	var hash []byte
	err := l.pool.QueryRow(ctx, `select hash from giaoban.event where office = $1 and seq = $2`, l.office, p.Seq).Scan(&hash)
	switch {
	case p.Seq == 0:
		return bytes.Equal(p.Hash, start(l.office)), nil
	case errors.Is(err, pgx.ErrNoRows):
		return false, nil
	}
	return bytes.Equal(hash, p.Hash), told("Không đọc được máy chủ", err)
}

// Head returns the point that the log has reached.
func (l *Log) Head(ctx context.Context) (p Point, err error) {
	err = l.pool.QueryRow(ctx, `select seq, hash from giaoban.head where office = $1`, l.office).Scan(&p.Seq, &p.Hash)
	return p, told("Không đọc được máy chủ", err)
}

// Turn is the right to add the next event; others wait for it.
type Turn struct {
	log  *Log
	conn *pgxpool.Conn
	at   Point
}

// attempts is how often a step is tried that another transaction or a broken
// connection came in the way of.
const attempts = 5

// Take waits for the turn and calls fn with the events behind the point that the
// desk has not seen. It must be ended by Append or Release.
func (l *Log) Take(ctx context.Context, at Point, fn func(*Event) error) (t *Turn, err error) {
	for try := range attempts {
		if t, err = l.take(ctx, at, fn); err == nil || !again(err) {
			break
		}
		if perr := pause(ctx, try); perr != nil {
			return nil, told("Không lấy được lượt ghi", perr)
		}
	}
	return t, told("Không ghi được lên máy chủ", err)
}

// again reports whether an engine asks to repeat the transaction.
func again(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}

func pause(ctx context.Context, try int) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(50 * time.Millisecond << try):
		return nil
	}
}

func (l *Log) take(ctx context.Context, at Point, fn func(*Event) error) (t *Turn, err error) {
	conn, err := l.pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	t = &Turn{log: l, conn: conn, at: at}
	defer func() {
		if err != nil {
			t.Release()
		}
	}()
	// One round trip: begin, lock the head, read what is new.
	var b pgx.Batch
	b.Queue(`begin`)
	b.Queue(`select seq from giaoban.head where office = $1 for update`, l.office)
	b.Queue(`select `+eventColumns+` from giaoban.event where office = $1 and seq > $2 order by seq`, l.office, at.Seq)
	res := conn.SendBatch(ctx, &b)
	defer res.Close()
	if _, err := res.Exec(); err != nil {
		return t, err
	}
	var head int64
	if err := res.QueryRow().Scan(&head); err != nil {
		return t, err
	}
	rows, err := res.Query()
	if err != nil {
		return t, err
	}
	if _, err := l.each(rows, &t.at, fn); err != nil {
		return t, err
	}
	if head != t.at.Seq {
		return t, data.Fail(data.Damaged, fmt.Sprintf("Sổ trên máy này đã đến thay đổi số %d, mà máy chủ mới có đến số %d: máy chủ đã bị khôi phục về bản cũ. Báo người quản trị; đừng nhập tiếp.", t.at.Seq, head), nil)
	}
	return t, nil
}

// Release gives the turn back; nothing was added. After Append it does nothing.
func (t *Turn) Release() {
	if t == nil || t.conn == nil {
		return
	}
	ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
	defer stop()
	if !t.conn.Conn().IsClosed() {
		if _, err := t.conn.Exec(ctx, `rollback`); err != nil {
			t.conn.Conn().Close(ctx)
		}
	}
	t.conn.Release()
	t.conn = nil
}

// At returns the point behind which the event will stand.
func (t *Turn) At() Point { return t.at }

// Append adds the event, whose ID was given, durably, and returns its point. Where
// the answer was lost, the turn is taken again and the event looked for by its ID,
// so that it is never there twice. data.Offline with Unknown true tells that the
// server was lost before that could be found out.
func (t *Turn) Append(ctx context.Context, e *Event, counters []Counter) (Point, error) {
	l := t.log
	e.Seq, e.Desk = t.at.Seq+1, l.desk
	e.sealed = l.sealer.Seal(nil, l.place("event", e.ID[:]), e.Body)
	e.hash = chain(t.at.Hash, e)
	next := Point{e.Seq, e.hash}
	err := t.commit(ctx, e, counters)
	for try := 0; err != nil && (Lost(err) || again(err)) && try < attempts; try++ {
		if pause(ctx, try) != nil {
			break
		}
		var there bool
		if there, err = t.retake(ctx, e); err == nil && !there {
			err = t.commit(ctx, e, counters)
		}
	}
	t.Release()
	if err == nil {
		t.at = next
	}
	if err != nil && Lost(err) {
		return Point{}, &Unknown{ID: e.ID, Err: told("Mất kết nối đúng lúc ghi, chưa rõ máy chủ đã nhận hay chưa. Đừng nhập lại: khi nối lại được, chương trình tự kiểm tra", err)}
	}
	return next, told("Không ghi được lên máy chủ", err)
}

// Unknown is the error of an event of which it is not known whether the server
// took it.
type Unknown struct {
	ID  ID
	Err error
}

// Error returns the sentence for the officer.
func (u *Unknown) Error() string { return u.Err.Error() }

// Unwrap returns the cause.
func (u *Unknown) Unwrap() error { return u.Err }

// commit sends the event and ends the transaction in one round trip.
func (t *Turn) commit(ctx context.Context, e *Event, counters []Counter) error {
	l := t.log
	if t.conn == nil {
		return errors.New("postgres: turn was given back")
	}
	var b pgx.Batch
	b.Queue(`insert into giaoban.event (office, seq, id, desk, kind, dossier, body, hash) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		l.office, e.Seq, [16]byte(e.ID), e.Desk, e.Kind, int64(e.Dossier), e.sealed, e.hash)
	b.Queue(`update giaoban.head set seq = $2, hash = $3 where office = $1`, l.office, e.Seq, e.hash)
	for _, c := range counters {
		b.Queue(`insert into giaoban.counter values ($1, $2, $3, $4) on conflict (office, book, year) do update set number = excluded.number`,
			l.office, c.Book, c.Year, c.Number)
	}
	if l.tells() {
		b.Queue(`select pg_notify('giaoban', $1)`, l.office)
	}
	b.Queue(`commit`)
	return t.conn.SendBatch(ctx, &b).Close()
}

// retake takes the turn again on a new connection and looks whether the event is
// there. It waits for the transaction of the lost connection, which the server may
// still be ending.
func (t *Turn) retake(ctx context.Context, e *Event) (there bool, err error) {
	t.Release()
	l := t.log
	conn, err := l.pool.Acquire(ctx)
	if err != nil {
		return false, err
	}
	t.conn = conn
	if _, err := conn.Exec(ctx, `begin`); err != nil {
		return false, err
	}
	var head int64
	if err := conn.QueryRow(ctx, `select seq from giaoban.head where office = $1 for update`, l.office).Scan(&head); err != nil {
		return false, err
	}
	err = conn.QueryRow(ctx, `select exists (select from giaoban.event where office = $1 and id = $2)`, l.office, [16]byte(e.ID)).Scan(&there)
	if err == nil && !there && head != t.at.Seq {
		err = data.Fail(data.Conflict, "Chưa ghi được: mất kết nối đúng lúc ghi và quầy khác đã ghi trước. Lưu lại lần nữa.", nil)
	}
	return there, err
}

// Has reports whether the server has an event.
func (l *Log) Has(ctx context.Context, id ID) (there bool, err error) {
	err = l.pool.QueryRow(ctx, `select exists (select from giaoban.event where office = $1 and id = $2)`, l.office, [16]byte(id)).Scan(&there)
	return there, told("Không đọc được máy chủ", err)
}

func (l *Log) tells() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.notify
}

// Interval is how long a change stays unheard of where nobody tells of it.
const Interval = 10 * time.Second

// Listen wakes Wait when another desk tells of a change, until ctx ends. It is only
// a help: without it Wait ends by itself after Interval.
func (l *Log) Listen(ctx context.Context) {
	for ctx.Err() == nil {
		err := l.listen(ctx)
		var pg *pgconn.PgError
		if errors.As(err, &pg) && (pg.Code == "0A000" || pg.Code == "42601") { // the engine has none
			l.mu.Lock()
			l.notify = false
			l.mu.Unlock()
			return
		}
		if pause(ctx, 5) != nil {
			return
		}
	}
}

func (l *Log) listen(ctx context.Context) error {
	conn, err := pgx.ConnectConfig(ctx, l.pool.Config().ConnConfig) // not of the pool: it waits
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, `listen giaoban`); err != nil {
		return err
	}
	l.Wake() // what came before the first notification
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		if n.Payload == l.office {
			l.Wake()
		}
	}
}

// Wake ends the next Wait at once.
func (l *Log) Wake() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// Wait returns when there may be something new, after interval at the latest.
func (l *Log) Wait(ctx context.Context, interval time.Duration) error {
	timer := time.NewTimer(interval)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
	case <-l.wake:
	}
	return nil
}
