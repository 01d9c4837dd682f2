package inspect

import (
	"fmt"

	"giaoban/data"
)

// catalogueKinds look at unit, field and procedure.
var catalogueKinds = []Kind{
	{
		ID: "unit-missing", Severity: Serious,
		Name:   "Thiếu đơn vị giải quyết",
		Why:    "Không biết đơn vị thì không tính được cho đơn vị nào.",
		Effect: "Đứng ở dòng «Chưa rõ đơn vị» của biểu theo đơn vị.",
		Fix:    "Đặt đơn vị theo thủ tục",
		trips:  func(l *look) bool { return l.counted() && l.d.Unit == 0 },
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
	{
		ID: "unit-invalid", Severity: Doubt,
		Name:   "Đơn vị không hoạt động ngày ấy",
		Why:    "Theo danh mục, đơn vị chưa thành lập hoặc đã thôi hoạt động vào ngày nhận.",
		Effect: "Biểu theo đơn vị có dòng của đơn vị không còn, hoặc chưa có.",
		Fix:    "Chuyển sang đơn vị kế thừa",
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
	{
		ID: "procedure-missing", Severity: Serious,
		Name:   "Thiếu thủ tục",
		Why:    "Không biết thủ tục thì không biết thời hạn, lĩnh vực và mức độ dịch vụ công.",
		Effect: "Đứng ở dòng «Chưa rõ» của biểu theo thủ tục.",
		trips:  func(l *look) bool { return l.counted() && l.d.Procedure == 0 },
		says: func(l *look) string {
			if l.d.Title != "" {
				return "Chưa gắn thủ tục; ghi là «" + l.d.Title + "»"
			}
			return "Chưa có thủ tục"
		},
	},
	{
		ID: "field-missing", Severity: Serious,
		Name:   "Thiếu lĩnh vực",
		Why:    "Biểu II.06a và sổ theo dõi lập theo lĩnh vực.",
		Effect: "Đứng ở dòng «Chưa rõ lĩnh vực» của biểu theo lĩnh vực.",
		Fix:    "Đặt lĩnh vực theo thủ tục",
		trips:  func(l *look) bool { return l.counted() && l.d.Field == 0 },
		says:   func(*look) string { return "Chưa có lĩnh vực" },
		mend: func(l *look, d *data.Dossier) {
			if l.proc != nil {
				d.Field = l.proc.Field
			}
		},
	},
	{
		ID: "online-level", Severity: Serious,
		Name:   "Trực tuyến ở thủ tục chỉ thông tin",
		Why:    "Ngày nhận, thủ tục chỉ cung cấp thông tin (mức độ 1, 2) nên không thể nộp trực tuyến; hình thức nhận hoặc danh mục sai.",
		Effect: "Làm tỷ lệ hồ sơ trực tuyến cao hơn thật.",
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
