package inspect

import (
	"fmt"

	"giaoban/data"
)

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
var doubleKinds = []Kind{
	doubleKind(UnitDouble, "Đơn vị ghi hai cách", "biểu theo đơn vị",
		func(o *Office) func(uint32) Twin { return o.Twins.Unit }, func(d *data.Dossier) *uint32 { return &d.Unit }),
	doubleKind(FieldDouble, "Lĩnh vực ghi hai cách", "biểu II.06a theo lĩnh vực",
		func(o *Office) func(uint32) Twin { return o.Twins.Field }, func(d *data.Dossier) *uint32 { return &d.Field }),
	doubleKind(ProcedureDouble, "Thủ tục ghi hai cách", "biểu theo thủ tục",
		func(o *Office) func(uint32) Twin { return o.Twins.Procedure }, func(d *data.Dossier) *uint32 { return &d.Procedure }),
}

func doubleKind(id, name, table string, twins func(*Office) func(uint32) Twin, of func(*data.Dossier) *uint32) Kind {
	twin := func(l *look) Twin {
		if find := twins(l.o); find != nil {
			return find(*of(l.d))
		}
		return Twin{}
	}
	return Kind{
		ID: id, Severity: Serious,
		Name:   name,
		Why:    "Danh mục có hai mục cùng một tên viết hai cách (dấu đặt khác chỗ như «hòa» và «hoà», hoặc Ð thay cho Đ).",
		Effect: "Một tên đứng thành hai dòng của " + table + ".",
		Fix:    "Gộp về một tên",
		trips:  func(l *look) bool { return twin(l).Kept != 0 },
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
