package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/assess"
)

// Role is what a person with a password may do. The zero value, of an office without
// protection, may do all.
type Role string

// The roles of a protected office.
const (
	ClerkRole      Role = "entry"      // enters dossiers and logbooks
	SupervisorRole Role = "supervisor" // sees to rules, catalogue and closings too
	HeadRole       Role = "head"       // sees to protection and restores too
)

// Roles are all roles, the one that may least first.
var Roles = []Role{ClerkRole, SupervisorRole, HeadRole}

// String names the role.
func (r Role) String() string {
	switch r {
	case ClerkRole:
		return "nhập liệu"
	case SupervisorRole:
		return "phụ trách"
	case HeadRole:
		return "lãnh đạo"
	}
	return "toàn quyền"
}

// Who is the person at the desk.
type Who struct {
	Person string // "" where nobody is told apart
	Role   Role
}

// Act is a kind of use case that a role may do or not.
type Act string

// The kinds of use cases.
const (
	ToRecord    Act = "ghi hồ sơ và các sổ"
	ToRule      Act = "sửa thông tin cơ quan, quy tắc và thiết lập"
	ToCatalogue Act = "sửa danh mục"
	ToClose     Act = "chốt kỳ và sửa kỳ đã chốt"
	ToSetUp     Act = "lập bộ tiêu chí và kỳ chấm điểm"
	ToOverride  Act = "hoàn tác việc của người khác"
	ToGather    Act = "xuất toàn bộ dữ liệu về một người"
	ToErase     Act = "xóa dữ liệu hết thời hạn lưu"
	ToRestore   Act = "khôi phục từ bản sao lưu"
	ToProtect   Act = "bật, tắt bảo vệ và đặt mật khẩu cho người khác"
)

// Acts are all kinds of use cases.
var Acts = []Act{ToRecord, ToRule, ToCatalogue, ToClose, ToSetUp, ToOverride, ToGather, ToErase, ToRestore, ToProtect}

// least is the role that may do a kind of use case; those above it may too. One table for
// the window, the commands and the use cases themselves.
var least = map[Act]Role{
	ToRecord: ClerkRole, ToRule: SupervisorRole, ToCatalogue: SupervisorRole, ToClose: SupervisorRole, ToSetUp: SupervisorRole,
	ToOverride: SupervisorRole, ToGather: SupervisorRole, ToErase: HeadRole, ToRestore: HeadRole, ToProtect: HeadRole,
}

// May reports whether a role may do what is of the kind. A role that is not known may do
// nothing.
func (r Role) May(a Act) bool {
	return r == "" || slices.Index(Roles, r) >= slices.Index(Roles, least[a])
}

// Allow returns data.Denied where the role may not do what is of the kind.
func (r Role) Allow(a Act) error {
	if r.May(a) {
		return nil
	}
	return data.Fail(data.Denied, fmt.Sprintf("Vai trò «%s» không được %s. Nhờ người có vai trò «%s».", r, a, least[a]), nil)
}

// Who returns the person at the desk.
func (d *Desk) Who() Who { return d.who }

// May reports whether the person at the desk may do what is of the kind.
func (d *Desk) May(a Act) bool { return d.who.Role.May(a) }

// Officer names who works at the desk: the person who opened a protected office, or the
// officer of its settings.
func (d *Desk) Officer() string { return cmp.Or(d.who.Person, d.Office().Officer) }

// everyday are the beginnings of the names of settings that change with recording itself:
// numbers that were given, what was printed, revisions. All others are rules.
var everyday = []string{"seq/", "given/", "print/", kindRevision, lastRevision}

// cataloged are the kinds of records that stand in the catalogue.
var cataloged = []string{KindCounter, KindSigner, KindCause, KindBook, KindTemplate}

// actsOf tells what kinds of use cases a change is of, by what it wrote.
func actsOf(t Touched) []Act {
	found := map[Act]bool{ToCatalogue: t.Catalogue, ToRule: t.Office}
	for _, name := range t.Settings {
		if !slices.ContainsFunc(everyday, func(begin string) bool { return strings.HasPrefix(name, begin) }) {
			found[ToRule] = true
		}
	}
	for _, kind := range t.Kinds {
		switch {
		case kind == KindErasure:
			found[ToErase] = true
		case kind == KindClosing || kind == KindClosingPaper:
			found[ToClose] = true
		case slices.Contains(cataloged, kind):
			found[ToCatalogue] = true
		case kind == assess.RecordSet || kind == assess.RecordPeriod || kind == assess.RecordPublication:
			found[ToSetUp] = true
		}
	}
	list := []Act{ToRecord}
	for _, a := range Acts {
		if found[a] {
			list = append(list, a)
		}
	}
	return list
}

// mayWrite refuses a change that the person at the desk may not make.
func (d *Desk) mayWrite(t Touched) error {
	if d.who.Role == "" {
		return nil
	}
	for _, a := range actsOf(t) {
		if err := d.who.Role.Allow(a); err != nil {
			return err
		}
	}
	return nil
}

// mayRevert refuses to take back, or to do again, the work of another person.
func (d *Desk) mayRevert(redo bool) error {
	if d.May(ToOverride) {
		return nil
	}
	return d.store.View(func(v View) error {
		undo, again, err := v.Undoable()
		if redo {
			undo = again
		}
		if err == nil && undo != nil && undo.By != d.who.Person {
			err = d.who.Role.Allow(ToOverride)
		}
		return err
	})
}

type byInContext struct{}

// withBy names who makes the changes of the context where a store is not told so.
func withBy(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, byInContext{}, name)
}

func byIn(ctx context.Context) string {
	name, _ := ctx.Value(byInContext{}).(string)
	return name
}
