package postgres

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"giaoban/data"
	"giaoban/data/vault"
)

// Office is a register that the server keeps.
type Office struct {
	ID   string
	Name string
	Ways *vault.Wraps // the ways to the key of its bodies
	Head Point
}

// start is what the first event of an office follows.
func start(office string) []byte {
	sum := sha256.Sum256([]byte("giaoban " + office))
	return sum[:]
}

// Make begins an office without events. data.Conflict where the server has it.
func (s *Server) Make(ctx context.Context, o Office) error {
	ways, err := json.Marshal(o.Ways)
	if err != nil {
		return err
	}
	return told("Không lập được sổ trên máy chủ", pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `insert into giaoban.office (id, name, ways) values ($1, $2, $3) on conflict (id) do nothing`, o.ID, o.Name, ways)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return data.Fail(data.Conflict, fmt.Sprintf("Máy chủ đã có sổ của «%s». Mở sổ ấy bằng địa chỉ máy chủ, đừng đưa lên lần nữa.", o.Name), nil)
		}
		_, err = tx.Exec(ctx, `insert into giaoban.head values ($1, 0, $2)`, o.ID, start(o.ID))
		return err
	}))
}

// Forget takes an office away that never had an event.
func (s *Server) Forget(ctx context.Context, id string) error {
	return told("Không xóa được sổ dở dang trên máy chủ", pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		for _, table := range []string{"blob", "snapshot", "desk", "counter", "head"} {
			if _, err := tx.Exec(ctx, `delete from giaoban.`+table+` where office = $1 and not exists (select from giaoban.event where office = $1)`, id); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `delete from giaoban.office where id = $1 and not exists (select from giaoban.event where office = $1)`, id)
		return err
	}))
}

// Offices returns the registers of the server by name.
func (s *Server) Offices(ctx context.Context) (list []Office, err error) {
	rows, err := s.pool.Query(ctx, `select o.id, o.name, o.ways, h.seq, h.hash from giaoban.office o join giaoban.head h on h.office = o.id order by o.name, o.id`)
	if err != nil {
		return nil, told("Không đọc được danh sách sổ trên máy chủ", err)
	}
	defer rows.Close()
	for rows.Next() {
		var (
			o    Office
			ways []byte
		)
		if err := rows.Scan(&o.ID, &o.Name, &ways, &o.Head.Seq, &o.Head.Hash); err != nil {
			return nil, told("Không đọc được danh sách sổ trên máy chủ", err)
		}
		if o.Ways, err = vault.Parse(ways); err != nil {
			return nil, data.Fail(data.Damaged, fmt.Sprintf("Thông tin khóa của sổ «%s» trên máy chủ bị hỏng. Báo người quản trị khôi phục máy chủ.", o.Name), err)
		}
		list = append(list, o)
	}
	return list, told("Không đọc được danh sách sổ trên máy chủ", rows.Err())
}

// Find returns the office that an address names: the one with its id, or the only
// one of the server.
func (s *Server) Find(ctx context.Context) (Office, error) {
	list, err := s.Offices(ctx)
	if err != nil {
		return Office{}, err
	}
	id := s.address.Office
	switch {
	case len(list) == 0:
		return Office{}, data.Fail(data.NotFound, "Máy chủ chưa có sổ nào. Mở sổ trên máy này rồi chọn «Đưa sổ lên máy chủ».", nil)
	case id == "" && len(list) == 1:
		return list[0], nil
	}
	var names []string
	for _, o := range list {
		if o.ID == id {
			return o, nil
		}
		names = append(names, fmt.Sprintf("«%s» (office=%s)", o.Name, o.ID))
	}
	return Office{}, &data.Error{Code: data.NotFound, Field: "office", Message: "Địa chỉ chưa nói rõ sổ của cơ quan nào. Thêm ?office=… vào cuối địa chỉ; máy chủ có: " + strings.Join(names, ", ") + "."}
}

// part is the size of one row of a snapshot or blob.
const part = 4 << 20

// Snapped returns the number of the event that the snapshot is of.
func (l *Log) Snapped(ctx context.Context) (seq int64, err error) {
	err = l.pool.QueryRow(ctx, `select coalesce(max(seq), 0) from giaoban.snapshot where office = $1`, l.office).Scan(&seq)
	return seq, told("Không đọc được máy chủ", err)
}

// PutSnapshot keeps the whole register as it is at a point, in place of the one
// before; a desk that is new begins with it.
func (l *Log) PutSnapshot(ctx context.Context, at Point, from io.Reader) error {
	return told("Không gửi được bản chụp sổ lên máy chủ", pgx.BeginFunc(ctx, l.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `delete from giaoban.snapshot where office = $1`, l.office); err != nil {
			return err
		}
		return parts(from, func(n int, body []byte) error {
			_, err := tx.Exec(ctx, `insert into giaoban.snapshot values ($1, $2, $3, $4, $5)`, l.office, at.Seq, n,
				l.sealer.Seal(nil, l.place("snapshot", fmt.Append(nil, at.Seq, n)), body), at.Hash)
			return err
		})
	}))
}

func parts(from io.Reader, fn func(n int, body []byte) error) error {
	body := make([]byte, part)
	for n := 0; ; n++ {
		k, err := io.ReadFull(from, body)
		switch {
		case errors.Is(err, io.EOF) && n > 0:
			return nil
		case err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF):
			return err
		}
		if err := fn(n, body[:k]); err != nil {
			return err
		}
		if err != nil {
			return nil
		}
	}
}

// Snapshot writes the snapshot of the register to a writer and returns its point;
// Seq 0 where there is none. progress is told how many bytes were read, of how many.
func (l *Log) Snapshot(ctx context.Context, to io.Writer, progress func(done, total int64)) (at Point, err error) {
	const what = "Không lấy được bản chụp sổ từ máy chủ"
	var total int64
	if err := l.pool.QueryRow(ctx, `select coalesce(sum(length(body)), 0) from giaoban.snapshot where office = $1`, l.office).Scan(&total); err != nil {
		return at, told(what, err)
	}
	rows, err := l.pool.Query(ctx, `select seq, part, body, hash from giaoban.snapshot where office = $1 order by part`, l.office)
	if err != nil {
		return at, told(what, err)
	}
	defer rows.Close()
	done, next := int64(0), 0
	for rows.Next() {
		var (
			n      int
			sealed []byte
		)
		if err := rows.Scan(&at.Seq, &n, &sealed, &at.Hash); err != nil {
			return at, told(what, err)
		}
		body, err := l.sealer.Open(nil, l.place("snapshot", fmt.Append(nil, at.Seq, n)), sealed)
		if err != nil || n != next {
			return at, data.Fail(data.Damaged, "Bản chụp sổ trên máy chủ bị hỏng hoặc không mở được bằng khóa này. Kiểm tra mã kết nối, hoặc nhờ một quầy khác gửi lại bản chụp.", err)
		}
		if _, err := to.Write(body); err != nil {
			return at, err
		}
		done, next = done+int64(len(sealed)), next+1
		progress(done, total)
	}
	return at, told(what, rows.Err())
}

// BlobName names a file on the server.
type BlobName struct {
	Sum [32]byte // SHA-256 of the content
	Ext string   // with its dot
}

// Blobs returns the files of the register.
func (l *Log) Blobs(ctx context.Context) (list []BlobName, err error) {
	rows, err := l.pool.Query(ctx, `select sha256, ext from giaoban.blob where office = $1 and part = 0 order by sha256`, l.office)
	if err != nil {
		return nil, told("Không đọc được danh sách tệp trên máy chủ", err)
	}
	defer rows.Close()
	for rows.Next() {
		var (
			b   BlobName
			sum []byte
		)
		if err := rows.Scan(&sum, &b.Ext); err != nil {
			return nil, told("Không đọc được danh sách tệp trên máy chủ", err)
		}
		copy(b.Sum[:], sum)
		list = append(list, b)
	}
	return list, told("Không đọc được danh sách tệp trên máy chủ", rows.Err())
}

// PutBlob keeps a file by the SHA-256 of its content, once.
func (l *Log) PutBlob(ctx context.Context, ext string, content []byte) (sum [32]byte, err error) {
	sum = sha256.Sum256(content)
	return sum, told("Không gửi được tệp lên máy chủ", pgx.BeginFunc(ctx, l.pool, func(tx pgx.Tx) error {
		return parts(bytes.NewReader(content), func(n int, body []byte) error {
			_, err := tx.Exec(ctx, `insert into giaoban.blob values ($1, $2, $3, $4, $5) on conflict do nothing`, l.office, sum[:], n, ext,
				l.sealer.Seal(nil, l.place("blob", fmt.Append(sum[:], n)), body))
			return err
		})
	}))
}

// Blob returns a file by its sum, or data.NotFound.
func (l *Log) Blob(ctx context.Context, sum [32]byte) (content []byte, err error) {
	rows, err := l.pool.Query(ctx, `select part, body from giaoban.blob where office = $1 and sha256 = $2 order by part`, l.office, sum[:])
	if err != nil {
		return nil, told("Không lấy được tệp từ máy chủ", err)
	}
	defer rows.Close()
	none := true
	for rows.Next() {
		var (
			n      int
			sealed []byte
		)
		if err := rows.Scan(&n, &sealed); err != nil {
			return nil, told("Không lấy được tệp từ máy chủ", err)
		}
		if content, err = l.sealer.Open(content, l.place("blob", fmt.Append(sum[:], n)), sealed); err != nil {
			return nil, data.Fail(data.Damaged, "Tệp trên máy chủ bị hỏng. Đính kèm lại tệp ấy.", err)
		}
		none = false
	}
	switch err := rows.Err(); {
	case err != nil:
		return nil, told("Không lấy được tệp từ máy chủ", err)
	case none:
		return nil, data.Fail(data.NotFound, "Máy chủ không có tệp này. Đính kèm lại tệp ấy.", nil)
	case sha256.Sum256(content) != sum:
		return nil, data.Fail(data.Damaged, "Tệp trên máy chủ bị hỏng. Đính kèm lại tệp ấy.", nil)
	}
	return content, nil
}

// Present is a desk as the others see it.
type Present struct {
	ID      string
	Name    string
	Role    string
	Seen    time.Time // by the server's clock
	Ago     time.Duration
	Program string
	Opened  uint64 // the dossier that is open there, 0 for none
}

// Here tells that the desk is at work, with which dossier open.
func (l *Log) Here(ctx context.Context, name, role string, opened uint64) error {
	_, err := l.pool.Exec(ctx, `insert into giaoban.desk (office, id, name, role, seen, program, opened) values ($1, $2, $3, $4, now(), $5, $6)
		on conflict (office, id) do update set name = excluded.name, role = excluded.role, seen = excluded.seen, program = excluded.program, opened = excluded.opened`,
		l.office, l.desk, name, role, l.program, l.sealer.Seal(nil, l.place("desk", []byte(l.desk)), fmt.Append(nil, opened)))
	return told("Không báo được với máy chủ", err)
}

// Desks returns who was at work within a time, by name.
func (l *Log) Desks(ctx context.Context, within time.Duration) (list []Present, err error) {
	rows, err := l.pool.Query(ctx, `select id, name, role, seen, extract(epoch from now() - seen)::float8, program, opened from giaoban.desk
		where office = $1 and seen > now() - make_interval(secs => $2)`, l.office, within.Seconds())
	if err != nil {
		return nil, told("Không đọc được các quầy đang làm việc", err)
	}
	defer rows.Close()
	for rows.Next() {
		var (
			p      Present
			ago    float64
			sealed []byte
		)
		if err := rows.Scan(&p.ID, &p.Name, &p.Role, &p.Seen, &ago, &p.Program, &sealed); err != nil {
			return nil, told("Không đọc được các quầy đang làm việc", err)
		}
		p.Ago = time.Duration(ago * float64(time.Second))
		if text, err := l.sealer.Open(nil, l.place("desk", []byte(p.ID)), sealed); err == nil {
			fmt.Sscan(string(text), &p.Opened)
		}
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b Present) int { return strings.Compare(a.Name+"\x00"+a.ID, b.Name+"\x00"+b.ID) })
	return list, told("Không đọc được các quầy đang làm việc", rows.Err())
}

// Left tells that the desk went home.
func (l *Log) Left(ctx context.Context) error {
	_, err := l.pool.Exec(ctx, `delete from giaoban.desk where office = $1 and id = $2`, l.office, l.desk)
	return told("Không báo được với máy chủ", err)
}
