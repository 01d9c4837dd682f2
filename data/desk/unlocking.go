package desk

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/unicode/norm"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/vault"
)

// Opened is what somebody opens a protected office with.
type Opened struct {
	Key *vault.Key
	Who
}

// Ways are the ways to the key of a data file or backup that is not open: its path, who
// has a password, and whether the superior office can open it.
type Ways struct {
	Path     string
	Persons  []Who
	Superior string // public key of the superior office, "" for none
	wraps    *vault.Wraps
}

// WaysOf reads the ways to the key of a data file or backup; nil where it is plain.
func WaysOf(path string) (*Ways, error) {
	w, err := ReadKeys(path)
	if err != nil || w == nil {
		return nil, err
	}
	return &Ways{Path: path, Persons: personsOf(w), Superior: w.Superior(), wraps: w}, nil
}

func personsOf(w *vault.Wraps) (list []Who) {
	return data.Map(w.Persons(), func(x vault.Wrap) Who { return Who{Person: x.Person, Role: Role(x.Role)} })
}

// need returns the ways to a file, or says that it has none.
func need(path string) (*Ways, error) {
	w, err := WaysOf(path)
	if err == nil && w == nil {
		err = data.Fail(data.Conflict, fmt.Sprintf("%s không được bảo vệ nên không cần mật khẩu.", disk.Name(path)), nil)
	}
	return w, err
}

// Unlock opens a protected file, or a backup of one, with the password of a person; where
// one person alone has one, the name may be left out. A wrong password is data.Denied, and
// comes the later the more often it was tried.
func Unlock(path, person, password string) (o Opened, err error) {
	w, err := need(path)
	if err != nil {
		return o, err
	}
	if person == "" && len(w.Persons) == 1 {
		person = w.Persons[0].Person
	}
	k, wrap, err := w.wraps.Unlock(norm.NFC.String(person), norm.NFC.String(password))
	if err = tried(path, err); err != nil {
		return o, err
	}
	return Opened{k, Who{wrap.Person, Role(wrap.Role)}}, nil
}

// Recover opens a protected file, or a backup of one, with the recovery code as it is typed
// from its sheet. Who has the sheet may do all.
func Recover(path, code string) (o Opened, err error) {
	w, err := need(path)
	if err != nil {
		return o, err
	}
	c, err := vault.ParseCode(code)
	if err == nil {
		o.Key, err = w.wraps.Recover(c)
	}
	o.Role = HeadRole
	return o, tried(path, err)
}

// RecoverAs opens a protected file with the age identity of the superior office, a line
// that begins with AGE-SECRET-KEY.
func RecoverAs(path, identity string) (o Opened, err error) {
	w, err := need(path)
	if err != nil {
		return o, err
	}
	id, err := vault.ParseIdentity(strings.TrimSpace(identity))
	if err != nil {
		return o, &data.Error{Code: data.Invalid, Field: "superior", Message: "Khóa của cấp trên không đọc được. Chọn tệp có dòng bắt đầu bằng «AGE-SECRET-KEY»."}
	}
	o.Key, err = w.wraps.RecoverAs(id)
	o.Role = HeadRole
	return o, tried(path, err)
}

// WrongPause is how much longer each wrong password takes than the one before.
var WrongPause = 500 * time.Millisecond

var tries struct {
	sync.Mutex
	of map[string]int
}

// tried lets an answer wait that was wrong: it counts them by file.
func tried(path string, err error) error {
	tries.Lock()
	if tries.of == nil {
		tries.of = map[string]int{}
	}
	n := 0
	if data.CodeOf(err) == data.Denied {
		tries.of[path]++
		n = tries.of[path]
	} else if err == nil {
		delete(tries.of, path)
	}
	tries.Unlock()
	time.Sleep(time.Duration(n) * WrongPause)
	return err
}
