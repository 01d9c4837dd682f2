package inspect

import (
	"fmt"

	"giaoban/data"
)

// catalogueKinds look at unit, field and procedure.
var catalogueKinds = checks{
	"unit-missing": {
		trips: func(l *look) bool { return l.counted() && l.d.Unit == 0 },
		says: func(l *look) string {
			if u := l.usualUnit(); u != nil {
				return "Chưa có đơn vị; theo thủ tục là " + u.Name
			}
			return "Chưa có đơn vị"
		},
		facts: func(*look) string { return "" },
		mend: func(l *look, d *data.Dossier) {
			if u := l.usualUnit(); u != nil {
				d.Unit = u.ID
			}
		},
	},
	"unit-invalid": {
		trips: func(l *look) bool {
			u := l.unit()
			return u != nil && l.counted() && !u.ValidOn(l.d.Received.Day)
		},
		says: func(l *look) string {
			u := l.unit()
			if u.From.Known() && l.d.Received.Day < u.From {
				return fmt.Sprintf("Nhận %s, %s hoạt động từ %s", l.d.Received.Day, u.Name, u.From)
			}
			text := fmt.Sprintf("Nhận %s, %s hoạt động đến %s", l.d.Received.Day, u.Name, u.To)
			if next := l.successor(); next != nil {
				text += ", kế thừa: " + next.Name
			}
			return text
		},
		mend: func(l *look, d *data.Dossier) {
			if u := l.successor(); u != nil {
				d.Unit = u.ID
			}
		},
	},
	"procedure-missing": {
		trips: func(l *look) bool { return l.counted() && l.d.Procedure == 0 },
		says: func(l *look) string {
			if l.d.Title != "" {
				return "Chưa gắn thủ tục; ghi là «" + l.d.Title + "»"
			}
			return "Chưa có thủ tục"
		},
	},
	"field-missing": {
		trips: func(l *look) bool { return l.counted() && l.d.Field == 0 },
		says:  func(*look) string { return "Chưa có lĩnh vực" },
		mend: func(l *look, d *data.Dossier) {
			if l.proc != nil {
				d.Field = l.proc.Field
			}
		},
	},
	"online-level": {
		trips: func(l *look) bool {
			if l.d.Channel != data.Online || l.proc == nil || !l.counted() {
				return false
			}
			switch l.proc.OnlineOn(l.d.Received.Day) {
			case "thong-tin", "1", "2":
				return true
			}
			return false
		},
		says: func(l *look) string {
			return "Nhận trực tuyến " + l.d.Received.Day.String() + ", thủ tục chỉ cung cấp thông tin"
		},
	},
}

// unit is the unit of the dossier, nil when unknown.
func (l *look) unit() *data.Unit {
	if l.d.Unit == 0 {
		return nil
	}
	return l.o.Unit(l.d.Unit)
}

// usualUnit is the unit that usually resolves the procedure, where it existed on
// the day of receipt.
func (l *look) usualUnit() *data.Unit {
	if l.proc == nil || l.proc.Unit == 0 {
		return nil
	}
	if u := l.o.Unit(l.proc.Unit); u != nil && u.ValidOn(l.d.Received.Day) {
		return u
	}
	return nil
}

// successor is the unit that took over before the day of receipt.
func (l *look) successor() *data.Unit {
	u := l.unit()
	for steps := 0; u != nil && u.Successor != 0 && steps < maxSuccessors; steps++ {
		if u = l.o.Unit(u.Successor); u != nil && u.ValidOn(l.d.Received.Day) {
			return u
		}
	}
	return nil
}

// maxSuccessors ends a circle of successors, which the catalogue refuses.
const maxSuccessors = 16

// Twin is an entry of the catalogue that is another one in another spelling: with
// Đ written as Ð, or a tone in the place of another school. Kept is 0 for none.
type Twin struct {
	Kept           uint32
	Name, KeptName string
}

// Twins find the doubles of the catalogue; nil functions know of none.
type Twins struct{ Unit, Field, Procedure func(id uint32) Twin }

// The checks that find doubles of the catalogue.
const (
	UnitDouble      = "unit-double"
	FieldDouble     = "field-double"
	ProcedureDouble = "procedure-double"
)

// doubleKinds find dossiers that stand under the other spelling of a name.
var doubleKinds = checks{
	UnitDouble:      doubleKind(func(o *Office) func(uint32) Twin { return o.Twins.Unit }, func(d *data.Dossier) *uint32 { return &d.Unit }),
	FieldDouble:     doubleKind(func(o *Office) func(uint32) Twin { return o.Twins.Field }, func(d *data.Dossier) *uint32 { return &d.Field }),
	ProcedureDouble: doubleKind(func(o *Office) func(uint32) Twin { return o.Twins.Procedure }, func(d *data.Dossier) *uint32 { return &d.Procedure }),
}

func doubleKind(twins func(*Office) func(uint32) Twin, of func(*data.Dossier) *uint32) check {
	twin := func(l *look) Twin {
		if find := twins(l.o); find != nil {
			return find(*of(l.d))
		}
		return Twin{}
	}
	return check{
		trips: func(l *look) bool { return twin(l).Kept != 0 },
		says: func(l *look) string {
			t := twin(l)
			return fmt.Sprintf("«%s» cũng là «%s»", t.Name, t.KeptName)
		},
		mend: func(l *look, d *data.Dossier) {
			if t := twin(l); t.Kept != 0 {
				*of(d) = t.Kept
			}
		},
	}
}
