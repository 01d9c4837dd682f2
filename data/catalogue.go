package data

import (
	"cmp"
	"slices"
	"strings"
)

// Level is the level of a unit. Levels are data: names come and go with the law
// (the district level ended on 30 June 2025).
type Level string

// The levels that the program ships. Others may stand in a data file.
const (
	LevelProvince Level = "tinh"
	LevelDistrict Level = "huyen"
	LevelCommune  Level = "xa"
	LevelVertical Level = "nganh-doc"
)

var levelNames = map[Level]string{LevelProvince: "Cấp tỉnh", LevelDistrict: "Cấp huyện", LevelCommune: "Cấp xã", LevelVertical: "Ngành dọc", "": "Chưa phân cấp"}

// Name returns the Vietnamese name of a shipped level, or the level itself.
func (l Level) Name() string { return cmp.Or(levelNames[l], string(l)) }

// Source tells where an entry of the catalogue came from.
type Source uint8

// The sources of catalogue entries.
const (
	Shipped  Source = iota // with the program
	Typed                  // by an officer
	Imported               // added by an import because the catalogue lacked it
)

// UnitKind is what sort of office a unit is. Kinds are data too.
type UnitKind string

// The kinds that the program ships.
const (
	KindDepartment UnitKind = "phong"     // phòng, ban chuyên môn
	KindCommune    UnitKind = "xa"        // UBND cấp xã
	KindVertical   UnitKind = "nganh-doc" // vertical agency
	KindCentre     UnitKind = "trung-tam" // trung tâm phục vụ hành chính công, bộ phận một cửa
	KindBranch     UnitKind = "su-nghiep" // đơn vị sự nghiệp, chi nhánh
)

// UnitKinds are the shipped kinds, in the order of lists.
var UnitKinds = []UnitKind{KindDepartment, KindCommune, KindVertical, KindCentre, KindBranch}

var unitKindNames = map[UnitKind]string{KindDepartment: "Phòng, ban", KindCommune: "UBND cấp xã", KindVertical: "Ngành dọc", KindCentre: "Trung tâm, bộ phận một cửa",
	KindBranch: "Đơn vị sự nghiệp, chi nhánh", "": "Chưa phân loại"}

// Name returns the Vietnamese name of a shipped kind, or the kind itself.
func (k UnitKind) Name() string { return cmp.Or(unitKindNames[k], string(k)) }

// Unit is an office that receives or resolves dossiers.
type Unit struct {
	ID     uint32 `json:"ID"`
	Name   string `json:"Name"`
	Level  Level  `json:"Level"`
	Code   string `json:"Code"`  // mã định danh, "" when unknown
	Order  int    `json:"Order"` // place in lists; ties by name
	From   Day    `json:"From"`  // first day of validity, NoDay for always
	To     Day    `json:"To"`    // last day of validity, NoDay for open
	Source Source `json:"Source"`
	// Kind is what sort of office it is.
	Kind UnitKind `json:"Kind,omitempty"`
	// Successor is the unit into which it was merged after To; 0 for none. Figures
	// of old years follow it when asked to.
	Successor uint32 `json:"Successor,omitempty"`
	// Centre is the unit of which this one is a point of reception (điểm tiếp nhận, chi
	// nhánh); 0 for a unit of its own. In figures by unit and in rankings a point counts
	// as its centre.
	Centre uint32 `json:"Centre,omitempty"`
	// Phone is printed on slips that tell citizens whom to ask.
	Phone string `json:"Phone,omitempty"`
	// Class is the class in which it is ranked where that is not the one of its level; 0
	// for that one.
	Class uint32 `json:"Class,omitempty"`
}

// ValidOn reports whether the unit existed on the day.
func (u *Unit) ValidOn(day Day) bool {
	return (!u.From.Known() || u.From <= day) && (!u.To.Known() || day <= u.To)
}

// Field is a field of procedures (lĩnh vực).
type Field struct {
	ID     uint32 `json:"ID"`
	Name   string `json:"Name"`
	Source Source `json:"Source"`
}

// Procedure is an administrative procedure (TTHC).
type Procedure struct {
	ID          uint32 `json:"ID"`
	Code        string `json:"Code"` // base code such as 1.001613, "" when unknown
	Name        string `json:"Name"`
	Field       uint32 `json:"Field"`
	Level       Level  `json:"Level"`
	Term        Term   `json:"Term"`
	OnlineLevel string `json:"OnlineLevel"` // one of the online levels, or ""
	Fee         int64  `json:"Fee"`         // đồng
	From        Day    `json:"From"`
	To          Day    `json:"To"`
	Certain     bool   `json:"Certain"` // false where the source of an entry is knowledge only
	Source      Source `json:"Source"`
	// Cases are the trường hợp that differ in term or papers; empty for one case.
	Cases []Case `json:"Cases,omitempty"`
	// Parts are the papers that an ordinary dossier holds.
	Parts []string `json:"Parts,omitempty"`
	// Online tells since when which online level holds, oldest first; empty when
	// OnlineLevel holds for all time.
	Online []OnlineStep `json:"Online,omitempty"`
	// OnlineTerm is the term of dossiers that come in online where it differs.
	OnlineTerm Term `json:"OnlineTerm"`
	// OwnTerm is the share of the own unit in a linked procedure (liên thông).
	OwnTerm Term      `json:"OwnTerm"`
	Mode    PauseMode `json:"Mode,omitempty"`
	// Unit usually resolves its dossiers; 0 when that varies.
	Unit uint32 `json:"Unit,omitempty"`
	// Decision is the decision that published it, with its date.
	Decision string `json:"Decision,omitempty"`
	// SameDayUntil is the last minute of reception for a result on the same day; unknown
	// leaves it to the rule of the office.
	SameDayUntil Clock `json:"SameDayUntil,omitempty"`
	// Systems tells since when which system processes it, the province's or that of a
	// ministry, oldest first; empty where nobody said.
	Systems []SystemStep `json:"Systems,omitempty"`
	// Paper is set where the law wants the result on paper.
	Paper bool `json:"Paper,omitempty"`
	// Ways tells how it is carried out and since when.
	Ways []WayStep `json:"Ways,omitempty"`
	// FeeKind says what Fee is: FeeOfService, FeeOfState, or "" where nobody said.
	FeeKind string `json:"FeeKind,omitempty"`
}

// What is paid for a procedure (Luật Phí và lệ phí 97/2015/QH13, Điều 3).
const (
	FeeOfService = "phi"    // phí: for a service
	FeeOfState   = "le-phi" // lệ phí: for an act of the State
)

// WayStep is a way in which a procedure is carried out from a day on.
type WayStep struct {
	From Day    `json:"From"`           // NoDay: for all time before
	To   Day    `json:"To,omitempty"`   // its last day, NoDay: still
	Way  string `json:"Way"`            // id of one of Ways
	Note string `json:"Note,omitempty"` // such as the document that says so
}

// Way is one of the ways.
type Way struct{ ID, Name string }

// Ways are how a procedure may be carried out (briefing 9.2, 3.2; form II.07b).
var Ways = []Way{
	{WayOneStop, "Tiếp nhận tại Bộ phận Một cửa"},
	{"5-tai-cho", "Thực hiện 5 tại chỗ"},
	{"phi-dia-gioi", "Tiếp nhận phi địa giới hành chính"},
	{"lien-thong", "Liên thông cùng cấp"},
	{WayProcess, "Có quy trình nội bộ"},
	{"so-hoa-nhan", "Số hóa khi tiếp nhận"},
	{"so-hoa-lai", "Dùng lại dữ liệu đã số hóa"},
	{"so-hoa-kq", "Số hóa kết quả"},
}

// The ways that form II.07b counts.
const (
	WayOneStop = "mot-cua"
	WayProcess = "quy-trinh"
)

// WayOn reports whether the procedure is carried out in the way on the day.
func (p *Procedure) WayOn(way string, day Day) bool {
	return slices.ContainsFunc(p.Ways, func(s WayStep) bool {
		return s.Way == way && (!s.From.Known() || s.From <= day) && (!s.To.Known() || day <= s.To)
	})
}

// OfUnit reports whether the procedure is one of those of a unit: the catalogue names the
// unit, or names none and the procedure is of communes, each of which has them all.
func (p *Procedure) OfUnit(u *Unit) bool {
	return p.Unit == u.ID || p.Unit == 0 && p.Level == LevelCommune && u.Kind == KindCommune
}

// Case is one trường hợp of a procedure.
type Case struct {
	Name  string   `json:"Name"`
	Term  Term     `json:"Term"`
	Fee   int64    `json:"Fee,omitempty"`   // đồng
	Parts []string `json:"Parts,omitempty"` // empty: those of the procedure
}

// OnlineStep is an online level that holds from a day on.
type OnlineStep struct {
	From  Day    `json:"From"`
	Level string `json:"Level"` // one of the online levels, or 1 to 4 before 15/08/2022
	// Reason is why it is offered in part only, as it must be published from 01/07/2026 on.
	Reason string `json:"Reason,omitempty"`
}

// The online levels (register-and-reports 2.6). From 01/07/2026 on there are the levels 1
// to 4 of proactive services (dịch vụ công chủ động) too, Decree 224/2026.
const (
	OnlineFull      = "toan-trinh"
	OnlinePart      = "mot-phan"
	OnlineInfo      = "thong-tin"
	OnlineProactive = "chu-dong-" // and the level
)

// Proactive returns the level 1 to 4 of a proactive service, 0 for another online level.
func Proactive(level string) int {
	if rest, ok := strings.CutPrefix(level, OnlineProactive); ok && len(rest) == 1 && rest >= "1" && rest <= "4" {
		return int(rest[0] - '0')
	}
	return 0
}

// FullyOnline reports whether a dossier can go all its way online at the level: toàn
// trình, a proactive service, or level 4 as it was called before 15/08/2022.
func FullyOnline(level string) bool {
	return level == OnlineFull || level == "4" || Proactive(level) > 0
}

// ServedOnline reports whether dossiers can be handed in online at the level.
func ServedOnline(level string) bool {
	return FullyOnline(level) || level == OnlinePart || level == "3"
}

// SystemStep is a system that processes the dossiers of a procedure from a day on.
type SystemStep struct {
	From Day    `json:"From"` // NoDay: for all time before
	Name string `json:"Name"` // such as Hệ thống của tỉnh, Hệ thống của Bộ Tư pháp
}

// SystemOn returns the system that processes the procedure on the day, "" where nobody
// said.
func (p *Procedure) SystemOn(day Day) (name string) {
	for _, s := range p.Systems {
		if !s.From.Known() || s.From <= day {
			name = s.Name
		}
	}
	return name
}

// ValidOn reports whether the procedure was in force on the day.
func (p *Procedure) ValidOn(day Day) bool {
	return (!p.From.Known() || p.From <= day) && (!p.To.Known() || day <= p.To)
}

// TermOf returns the term of a case for a channel: that of the case, else the
// online one for online dossiers, else the procedure's.
func (p *Procedure) TermOf(name string, channel Channel) Term {
	for _, c := range p.Cases {
		if c.Name == name && c.Term.Known() {
			return c.Term
		}
	}
	if channel == Online && p.OnlineTerm.Known() {
		return p.OnlineTerm
	}
	return p.Term
}

// PartsOf returns the papers of a case.
func (p *Procedure) PartsOf(name string) []string {
	for _, c := range p.Cases {
		if c.Name == name && len(c.Parts) > 0 {
			return c.Parts
		}
	}
	return p.Parts
}

// OnlineOn returns the online level on the day.
func (p *Procedure) OnlineOn(day Day) string {
	level := p.OnlineLevel
	for _, s := range p.Online {
		if !s.From.Known() || s.From <= day {
			level = s.Level
		}
	}
	return level
}

// ShortUnit writes the usual abbreviation in the name of a unit: Ủy ban nhân dân is
// UBND.
func ShortUnit(name string) string {
	if rest, ok := strings.CutPrefix(name, "Ủy ban nhân dân "); ok {
		return "UBND " + rest
	}
	return name
}
