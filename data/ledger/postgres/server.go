package postgres

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"giaoban/data"
	"giaoban/data/text"
)

// Scheme begins the address of a register on a server, where otherwise the path of
// a data file stands.
const Scheme = "postgres://"

// Address tells where a register lies: postgres://user@host:port/database?office=ID&pin=HEX.
// The password comes from the file that PGPASSFILE names or from Password; it is
// never part of a text that is shown.
type Address struct {
	URL      string // without password, office and pin
	Office   string // "" for the only one on the server
	Pin      string // SHA-256 of the server's certificate, hex; "" to trust the system's authorities
	Password string
}

// ParseAddress reads an address.
func ParseAddress(text string) (Address, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" || u.Host == "" || strings.Trim(u.Path, "/") == "" {
		return Address{}, &data.Error{Code: data.Invalid, Field: "address", Message: "Địa chỉ máy chủ không đọc được. Gõ theo mẫu postgres://ten-dang-nhap@may-chu:5432/ten-co-so-du-lieu."}
	}
	q := u.Query()
	a := Address{Office: q.Get("office"), Pin: strings.ToLower(strings.NewReplacer(":", "", " ", "", "-", "").Replace(q.Get("pin")))}
	if raw, err := hex.DecodeString(a.Pin); err != nil || len(raw) != 0 && len(raw) != sha256.Size {
		return Address{}, &data.Error{Code: data.Invalid, Field: "pin", Message: "Dấu vân tay chứng thư của máy chủ phải gồm 64 chữ số và chữ a đến f. Chép lại từ trang của người quản trị máy chủ."}
	}
	q.Del("office")
	q.Del("pin")
	u.RawQuery, u.Scheme = q.Encode(), "postgres"
	if p, ok := u.User.Password(); ok {
		a.Password = p
		u.User = url.User(u.User.Username())
	}
	a.URL = u.String()
	return a, nil
}

// String returns the address as shown and kept: without the password.
func (a Address) String() string {
	u, err := url.Parse(a.URL)
	if err != nil {
		return a.URL
	}
	q := u.Query()
	if a.Office != "" {
		q.Set("office", a.Office)
	}
	if a.Pin != "" {
		q.Set("pin", a.Pin)
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// Host returns name and port of the server.
func (a Address) Host() string {
	u, err := url.Parse(a.URL)
	if err != nil {
		return ""
	}
	if u.Port() == "" {
		return net.JoinHostPort(u.Hostname(), "5432")
	}
	return u.Host
}

// config returns how to connect, with the certificate pinned.
func (a Address) config() (*pgxpool.Config, error) {
	cfg, err := pgxpool.ParseConfig(a.URL)
	if err != nil {
		return nil, &data.Error{Code: data.Invalid, Field: "address", Message: "Địa chỉ máy chủ có phần không hiểu được. Gõ theo mẫu postgres://ten-dang-nhap@may-chu:5432/ten-co-so-du-lieu.", Cause: err}
	}
	c := cfg.ConnConfig
	if a.Password != "" {
		c.Password = a.Password
	}
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = 5 * time.Second
	}
	if a.Pin != "" {
		c.TLSConfig = pinned(a.Pin)
		for _, f := range c.Fallbacks { // never without TLS
			f.TLSConfig = c.TLSConfig
		}
	}
	// A text that a server of another make might not prepare costs more than it gives.
	c.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
	cfg.MaxConns = 4
	return cfg, nil
}

// pinned trusts the one certificate with the fingerprint, whoever signed it.
func pinned(pin string) *tls.Config {
	return &tls.Config{
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: true, // the fingerprint is stricter than a name
		VerifyPeerCertificate: func(raw [][]byte, _ [][]*x509.Certificate) error {
			if len(raw) == 0 || Fingerprint(raw[0]) != pin {
				return errPin
			}
			return nil
		},
	}
}

var errPin = errors.New("postgres: another certificate than the pinned one")

// Fingerprint returns the SHA-256 of a certificate in hex.
func Fingerprint(certificate []byte) string {
	sum := sha256.Sum256(certificate)
	return hex.EncodeToString(sum[:])
}

// Server is a connection to a server, of one desk.
type Server struct {
	pool    *pgxpool.Pool
	address Address
	program string
}

// Connect opens a connection; program is the version of the program, which the
// others see.
func Connect(ctx context.Context, a Address, program string) (*Server, error) {
	cfg, err := a.config()
	if err != nil {
		return nil, err
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, told("Không nối được máy chủ", err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, told("Không nối được máy chủ", err)
	}
	return &Server{pool, a, program}, nil
}

// Later is Connect that does not wait for the server: it is reached when it is asked.
func Later(a Address, program string) (*Server, error) {
	cfg, err := a.config()
	if err != nil {
		return nil, err
	}
	pool, err := pgxpool.NewWithConfig(context.Background(), cfg)
	if err != nil {
		return nil, told("Không nối được máy chủ", err)
	}
	return &Server{pool, a, program}, nil
}

// Close lets go of the server.
func (s *Server) Close() { s.pool.Close() }

// Address returns where the server is.
func (s *Server) Address() Address { return s.address }

// Lost reports whether an error says that the server cannot be reached, so that
// the same may be tried again later.
func Lost(err error) bool {
	if err == nil {
		return false
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) { // going down, starting up, killed by its administrator
		return pg.Code[:2] == "57" || pg.Code[:2] == "08"
	}
	var op net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &op) || pgconn.SafeToRetry(err) || closed(err)
}

func closed(err error) bool {
	text := err.Error()
	return slices.ContainsFunc([]string{"closed pool", "conn closed", "EOF", "connection reset", "broken pipe", "failed to connect", "use of closed"},
		func(s string) bool { return strings.Contains(text, s) })
}

// told puts a failure of the server into words: what failed, why, what to do.
func told(what string, err error) error {
	if err == nil {
		return nil
	}
	var mine *data.Error
	if errors.As(err, &mine) {
		return err
	}
	code, why := data.Offline, "Máy chủ không trả lời. Kiểm tra dây mạng và máy chủ có đang bật không, rồi thử lại."
	var (
		pg   *pgconn.PgError
		name *net.DNSError
	)
	switch {
	case errors.Is(err, context.Canceled):
		return data.Fail(data.Cancelled, "Đã hủy theo yêu cầu. Dữ liệu giữ nguyên như trước.", err)
	case errors.Is(err, errPin):
		code, why = data.Denied, "Chứng thư của máy chủ không đúng dấu vân tay đã ghi. Hỏi người quản trị máy chủ; đừng gõ mật khẩu."
	case errors.As(err, &name):
		why = "Không tìm thấy máy «" + name.Name + "» trong mạng. Kiểm tra tên máy chủ trong địa chỉ."
	case errors.As(err, &pg):
		code, why = ofServer(pg)
	case strings.Contains(err.Error(), "refused"):
		why = "Máy chủ không mở cổng đã ghi. Kiểm tra số cổng và dịch vụ PostgreSQL trên máy chủ."
	case strings.Contains(err.Error(), "tls") || strings.Contains(err.Error(), "TLS") || strings.Contains(err.Error(), "certificate"):
		code, why = data.Denied, "Không lập được kênh mã hóa với máy chủ. Kiểm tra chứng thư và dấu vân tay, hoặc bật TLS trên máy chủ."
	}
	return data.Fail(code, what+": "+text.Within(why), err)
}

// ofServer tells what an error of the server means to an officer.
func ofServer(pg *pgconn.PgError) (data.ErrorCode, string) {
	switch pg.Code {
	case "28P01", "28000":
		return data.Denied, "Tên đăng nhập hoặc mật khẩu không đúng, hoặc máy chủ không cho máy này vào (pg_hba.conf). Hỏi người quản trị máy chủ."
	case "3D000":
		return data.NotFound, "Máy chủ không có cơ sở dữ liệu này. Kiểm tra tên ở cuối địa chỉ."
	case "42501":
		return data.Denied, "Đăng nhập này không có quyền làm việc đó. Nhờ người quản trị chạy «giaoban server init» rồi cấp đăng nhập cho quầy."
	case "53100":
		return data.ReadOnly, "Đĩa của máy chủ đã đầy. Báo người quản trị dọn đĩa; dữ liệu giữ nguyên như trước."
	case "53300":
		return data.Locked, "Máy chủ đang có quá nhiều kết nối. Thử lại sau ít phút."
	case "25006":
		return data.ReadOnly, "Máy chủ đang ở chế độ chỉ đọc. Hỏi người quản trị máy chủ."
	case "57P01", "57P02", "57P03":
		return data.Offline, "Máy chủ đang tắt hoặc đang khởi động. Chờ ít phút rồi thử lại."
	case "42P01":
		return data.NotFound, "Cơ sở dữ liệu thiếu bảng của sổ Giao Ban. Nhờ người quản trị chạy «giaoban server init»."
	}
	return data.Internal, fmt.Sprintf("Máy chủ báo lỗi %s. Ghi lại mã này và hỏi người quản trị máy chủ.", pg.Code)
}
