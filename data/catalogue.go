package data

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

// Name returns the Vietnamese name of a shipped level, or the level itself.
func (l Level) Name() string {
	switch l {
	case LevelProvince:
		return "Cấp tỉnh"
	case LevelDistrict:
		return "Cấp huyện"
	case LevelCommune:
		return "Cấp xã"
	case LevelVertical:
		return "Ngành dọc"
	case "":
		return "Chưa phân cấp"
	}
	return string(l)
}

// Source tells where an entry of the catalogue came from.
type Source uint8

// The sources of catalogue entries.
const (
	Shipped  Source = iota // with the program
	Typed                  // by an officer
	Imported               // added by an import because the catalogue lacked it
)

// Unit is an office that receives or resolves dossiers.
type Unit struct {
	ID     uint32
	Name   string
	Level  Level
	Code   string // mã định danh, "" when unknown
	Order  int    // place in lists; ties by name
	From   Day    // first day of validity, NoDay for always
	To     Day    // last day of validity, NoDay for open
	Source Source
}

// Field is a field of procedures (lĩnh vực).
type Field struct {
	ID     uint32
	Name   string
	Source Source
}

// Procedure is an administrative procedure (TTHC).
type Procedure struct {
	ID          uint32
	Code        string // base code such as 1.001613, "" when unknown
	Name        string
	Field       uint32
	Level       Level
	Term        Term
	OnlineLevel string // toan-trinh, mot-phan, thong-tin, or ""
	Fee         int64  // đồng
	From, To    Day
	Certain     bool // false where the source of an entry is knowledge only
	Source      Source
}

// Office is the office that keeps the data file, as its papers name it.
type Office struct {
	Parent    string // cơ quan chủ quản, may hold several lines
	Name      string // cơ quan ban hành
	Place     string // địa danh of the date line
	Symbol    string // symbol after the number of a report, such as BC-UBND
	Receiver  string // đơn vị nhận báo cáo
	Authority string // line above the signer's title, such as TM. ỦY BAN NHÂN DÂN
	Title     string // signer's title
	Signer    string
	Preparer  string // người lập biểu
	Demo      bool   // true in the demonstration office
}
