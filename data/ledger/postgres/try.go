package postgres

import (
	"context"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"time"

	"giaoban/data"
)

// Step is one step of the test of a connection.
type Step struct {
	Name string // what was tried, in Vietnamese
	Text string // what was found; where it failed, what to do
	Err  error
}

// Try tests the connection to a server step by step and stops at the first that
// fails: name, port, TLS, password, version, tables and rights. certificate is the
// fingerprint of the server's certificate, "" where it shows none.
func Try(ctx context.Context, a Address, program string) (steps []Step, certificate string) {
	add := func(name, text string, err error) bool {
		if err != nil {
			text = err.Error()
		}
		steps = append(steps, Step{name, text, err})
		return err == nil
	}
	host, port, err := net.SplitHostPort(a.Host())
	if err != nil {
		add("Địa chỉ", "", &data.Error{Code: data.Invalid, Field: "address", Message: "Địa chỉ không có tên máy chủ."})
		return steps, ""
	}
	ips, err := net.DefaultResolver.LookupHost(ctx, host)
	if err != nil {
		err = data.Fail(data.Offline, "Không tìm thấy máy «"+host+"» trong mạng. Kiểm tra tên, hoặc gõ địa chỉ số như 192.168.1.10.", err)
	}
	if !add("Tên máy chủ", "Tìm thấy "+host+".", err) {
		return steps, ""
	}
	conn, err := (&net.Dialer{Timeout: 5 * time.Second}).DialContext(ctx, "tcp", net.JoinHostPort(ips[0], port))
	if err != nil {
		err = data.Fail(data.Offline, "Máy chủ không mở cổng "+port+". Kiểm tra dịch vụ PostgreSQL, số cổng và tường lửa.", err)
	}
	if !add("Cổng "+port, "Cổng mở.", err) {
		return steps, ""
	}
	certificate, err = shown(conn)
	switch {
	case err != nil:
	case certificate == "" && a.Pin != "":
		err = data.Fail(data.Denied, "Máy chủ không bật TLS mà địa chỉ ghi dấu vân tay chứng thư. Bật TLS trên máy chủ.", nil)
	case a.Pin != "" && certificate != a.Pin:
		err = data.Fail(data.Denied, "Chứng thư của máy chủ có dấu vân tay khác với dấu đã ghi. Hỏi người quản trị máy chủ; đừng gõ mật khẩu.", errPin)
	}
	text := "Máy chủ không mã hóa đường truyền. Chỉ dùng khi máy chủ là chính máy này."
	if certificate != "" {
		text = "Dấu vân tay chứng thư: " + groups(certificate) + ". Đối chiếu với tờ của người quản trị máy chủ."
	}
	if !add("Mã hóa đường truyền", text, err) {
		return steps, certificate
	}
	s, err := Connect(ctx, a, program)
	if !add("Đăng nhập", "Tên đăng nhập và mật khẩu đúng.", err) {
		return steps, certificate
	}
	defer s.Close()
	version, err := s.engine(ctx)
	if !add("Phiên bản máy chủ", "PostgreSQL "+version+".", err) {
		return steps, certificate
	}
	if !add("Bảng của sổ", "Có đủ bảng.", s.Ready(ctx)) {
		return steps, certificate
	}
	add("Quyền", "Đăng nhập này đọc và ghi được sổ.", s.rights(ctx))
	return steps, certificate
}

// groups parts a fingerprint for reading.
func groups(hex string) string {
	out := make([]byte, 0, len(hex)*5/4)
	for i := range len(hex) {
		if i > 0 && i%8 == 0 {
			out = append(out, ' ')
		}
		out = append(out, hex[i])
	}
	return string(out)
}

// shown asks a server for TLS and returns the fingerprint of its certificate, ""
// where it has none.
func shown(conn net.Conn) (string, error) {
	defer conn.Close()
	stop := time.AfterFunc(5*time.Second, func() { conn.Close() })
	defer stop.Stop()
	request := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, 8), 80877103) // SSLRequest of the protocol
	if _, err := conn.Write(request); err != nil {
		return "", told("Máy chủ không trả lời", err)
	}
	answer := make([]byte, 1)
	if _, err := io.ReadFull(conn, answer); err != nil || answer[0] != 'S' && answer[0] != 'N' {
		return "", data.Fail(data.Denied, "Ở cổng này không phải PostgreSQL. Kiểm tra số cổng trong địa chỉ.", err)
	}
	if answer[0] == 'N' {
		return "", nil
	}
	c := tls.Client(conn, &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS12}) // only looked at; nothing is sent
	if err := c.Handshake(); err != nil {
		return "", data.Fail(data.Denied, "Không lập được kênh mã hóa với máy chủ. Kiểm tra chứng thư trên máy chủ.", err)
	}
	list := c.ConnectionState().PeerCertificates
	if len(list) == 0 {
		return "", errors.New("postgres: TLS without a certificate")
	}
	return Fingerprint(list[0].Raw), nil
}

// oldest is the oldest engine whose SQL this program is tested with.
const oldest = 150000

// engine returns the version of the server and refuses one that is too old.
func (s *Server) engine(ctx context.Context) (string, error) {
	var (
		text string
		n    int
	)
	err := s.pool.QueryRow(ctx, `select current_setting('server_version'), current_setting('server_version_num')::int`).Scan(&text, &n)
	if err != nil {
		return "", told("Không đọc được phiên bản máy chủ", err)
	}
	if n < oldest {
		return text, data.Fail(data.Newer, "Máy chủ chạy PostgreSQL "+text+", cũ quá. Cần bản 15 hoặc mới hơn.", nil)
	}
	return text, nil
}

// rights refuses a login that cannot write events.
func (s *Server) rights(ctx context.Context) error {
	var ok bool
	err := s.pool.QueryRow(ctx, `select has_table_privilege('giaoban.event', 'insert') and has_table_privilege('giaoban.head', 'update')
		and has_table_privilege('giaoban.event', 'select')`).Scan(&ok)
	if err == nil && !ok {
		err = data.Fail(data.Denied, "Đăng nhập này không ghi được sổ. Nhờ người quản trị cấp đăng nhập cho quầy bằng «giaoban server init --desk TÊN».", nil)
	}
	return told("Không đọc được quyền", err)
}
