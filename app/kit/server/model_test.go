package server

import (
	"strings"
	"testing"

	"giaoban/data"
)

// An address goes apart and together again; what is typed wrong is told at its field.
func TestAddresses(t *testing.T) {
	c := Of("postgres://quay_1@may-chu/giaoban?office=abc&pin=" + strings.Repeat("ab", 32))
	if c.Host != "may-chu" || c.Port != "5432" || c.Database != "giaoban" || c.Login != "quay_1" || !c.pinned() {
		t.Fatalf("%+v", c)
	}
	c.Password = "b:í@ m"
	got, err := c.Address()
	if want := "postgres://quay_1:b%3A%C3%AD%40%20m@may-chu:5432/giaoban?office=abc&pin=" + strings.Repeat("ab", 32); err != nil || got != want {
		t.Errorf("%s, %v", got, err)
	}
	for field, spoil := range map[string]func(*Connection){
		"host": func(c *Connection) { c.Host = "a b" }, "port": func(c *Connection) { c.Port = "0x1" }, "database": func(c *Connection) { c.Database = "" }, "login": func(c *Connection) { c.Login = "" },
	} {
		bad := c
		spoil(&bad)
		if _, err := bad.Address(); err == nil || err.(*data.Error).Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if c := Of("postgres://x@[::1]:7000/g"); c.Host != "::1" || c.Port != "7000" {
		t.Errorf("%+v", c)
	} else if got, _ := c.Address(); got != "postgres://x@[::1]:7000/g" {
		t.Error(got)
	}
}

// A certificate is taken where the sheet says the same, however it is written.
func TestPin(t *testing.T) {
	certificate := "0123456789abcdef" + strings.Repeat("7", 48)
	c := Usual()
	if err := c.Pin(certificate, "01:23:45"); data.CodeOf(err) != data.Invalid {
		t.Error(err)
	}
	if err := c.Pin(certificate, "11:23:45:67:89:AB:CD:EF"); data.CodeOf(err) != data.Denied || c.pinned() {
		t.Error(err)
	}
	if err := c.Pin(certificate, "01:23:45:67:89:AB:CD:EF"); err != nil || c.query.Get("pin") != certificate {
		t.Errorf("%v, %+v", err, c)
	}
}
