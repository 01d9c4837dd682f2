// Package server asks how a register on a server is reached: where the server is, as
// whom, whether that works, and whether the server is the right one.
package server

import (
	"cmp"
	"context"
	"net/url"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
)

// Connection is what an officer types to reach a register on a server.
type Connection struct {
	Host, Port, Database, Login string
	Password                    string // "" for the one that this machine keeps
	Code                        string // connection code; "" for the one that this machine keeps
	Desk                        string // name of this desk

	query url.Values // the rest of the address: office, pin and what the officer wrote there
}

// Usual is an empty form with what is usual.
func Usual() Connection {
	return Connection{Port: "5432", Database: "giaoban", Desk: desk.ShelfOf(desk.Options{}).Desk(), query: url.Values{}}
}

// Of takes an address apart; one that cannot be read gives the usual form.
func Of(address string) Connection {
	c := Usual()
	u, err := url.Parse(address)
	if err != nil {
		return c
	}
	c.Host, c.Port, c.Login, c.query = u.Hostname(), cmp.Or(u.Port(), c.Port), u.User.Username(), u.Query()
	c.Database = cmp.Or(strings.Trim(u.Path, "/"), c.Database)
	return c
}

// Address returns the address, with the password. Its errors name the field.
func (c Connection) Address() (string, error) {
	host := strings.TrimSpace(c.Host)
	for _, x := range []struct{ field, value, say string }{
		{"host", host, "Chưa gõ tên máy chủ. Gõ tên máy hoặc địa chỉ số, như may-chu hay 192.168.1.10."},
		{"database", c.Database, "Chưa gõ tên cơ sở dữ liệu. Hỏi người quản trị máy chủ; thường là giaoban."},
		{"login", c.Login, "Chưa gõ tên đăng nhập. Hỏi người quản trị máy chủ; mỗi quầy một tên."},
	} {
		if x.value == "" {
			return "", &data.Error{Code: data.Invalid, Field: x.field, Message: x.say}
		}
	}
	if strings.ContainsAny(host, "/@? ") {
		return "", &data.Error{Code: data.Invalid, Field: "host", Message: "Ô này chỉ gồm tên máy hoặc địa chỉ số, như may-chu hay 192.168.1.10. Cổng và tên đăng nhập gõ ở ô của chúng."}
	}
	port, err := strconv.Atoi(cmp.Or(c.Port, "5432"))
	if err != nil || port < 1 || port > 65535 {
		return "", &data.Error{Code: data.Invalid, Field: "port", Message: "Cổng là một số từ 1 đến 65535; của PostgreSQL thường là 5432."}
	}
	if strings.Contains(host, ":") {
		host = "[" + strings.Trim(host, "[]") + "]"
	}
	u := url.URL{Scheme: "postgres", Host: host + ":" + strconv.Itoa(port), Path: "/" + c.Database, RawQuery: c.query.Encode(), User: url.User(c.Login)}
	if c.Password != "" {
		u.User = url.UserPassword(c.Login, c.Password)
	}
	return u.String(), nil
}

// Tested is what the test of a connection found.
type Tested struct {
	Steps       []desk.ServerStep
	Certificate string // fingerprint of what the server shows, "" for no encryption
}

// Failed is the step that failed, nil where all went well.
func (t *Tested) Failed() error {
	if n := len(t.Steps); n > 0 {
		return t.Steps[n-1].Err
	}
	return nil
}

// Lacks reports whether all is well but for the tables, which nobody made yet.
func (t *Tested) Lacks() bool {
	n := len(t.Steps)
	return n > 0 && t.Steps[n-1].Name == "Bảng của sổ" && data.CodeOf(t.Steps[n-1].Err) == data.NotFound
}

// String lists the steps, a line each.
func (t *Tested) String() string {
	var lines []string
	for _, s := range t.Steps {
		mark := "Được"
		if s.Err != nil {
			mark = "HỎNG"
		}
		lines = append(lines, mark+" – "+s.Name+": "+s.Text)
	}
	return strings.Join(lines, "\n")
}

// Test tests the connection; where a step fails its error tells all of them.
func (c Connection) Test(ctx context.Context, program string) (t Tested, err error) {
	address, err := c.Address()
	if err != nil {
		return t, err
	}
	if t.Steps, t.Certificate, err = desk.TryServer(ctx, address, program); err != nil {
		return t, err
	}
	for i, s := range t.Steps {
		if s.Name == "Mã hóa đường truyền" && s.Err == nil && t.Certificate != "" && !c.pinned() {
			// Who reads it off the screen compares nothing.
			t.Steps[i].Text = "Máy chủ có chứng thư; dấu vân tay của nó còn phải đối chiếu."
		}
	}
	if failed := t.Failed(); failed != nil {
		return t, &data.Error{Code: data.CodeOf(failed), Message: t.String(), Cause: failed}
	}
	return t, nil
}

// pinned reports whether the address names the certificate of the server.
func (c Connection) pinned() bool { return c.query.Get("pin") != "" }

// pinLetters is how much of a fingerprint is typed: two groups of eight.
const pinLetters = 16

// Pin takes the certificate for the one of the server, where typed is how the
// fingerprint on the administrator's sheet begins.
func (c *Connection) Pin(certificate, typed string) error {
	got := strings.ToLower(strings.NewReplacer(":", "", " ", "", "-", "").Replace(typed))
	switch {
	case len(got) < pinLetters:
		return &data.Error{Code: data.Invalid, Field: "pin", Message: "Gõ ít nhất 16 chữ đầu của dấu vân tay SHA-256 trên tờ của người quản trị máy chủ; có dấu hai chấm hay không đều được."}
	case !strings.HasPrefix(certificate, got):
		return &data.Error{Code: data.Denied, Field: "pin", Message: "Máy chủ đưa ra chứng thư có dấu vân tay bắt đầu bằng " + certificate[:8] + " " + certificate[8:16] + ", không giống dấu vừa gõ. Hỏi người quản trị máy chủ trước khi đi tiếp."}
	}
	query := url.Values{}
	for k, v := range c.query {
		query[k] = v
	}
	query.Set("pin", certificate)
	c.query = query
	return nil
}
