package reconcile

import (
	"cmp"
	"slices"

	"giaoban/data"
)

// Kind is the kind of a difference.
type Kind string

// The kinds, in the order of reports.
const (
	MissingHere   Kind = "missing_here"   // the file has it, the own book has not
	MissingThere  Kind = "missing_there"  // the own book has it, the file has not though it covers its day and unit
	DateDiffers   Kind = "date_differs"   // day of receipt, appointment, end or hand-over
	StatusDiffers Kind = "status_differs" // national state
	ResultDiffers Kind = "result_differs" // number of the result, or whether there is an electronic one
	FactDiffers   Kind = "fact_differs"   // owner or procedure
)

// Kinds lists the kinds in the order of reports.
var Kinds = []Kind{MissingHere, MissingThere, DateDiffers, StatusDiffers, ResultDiffers, FactDiffers}

var kindNames = map[Kind]string{MissingHere: "Sổ của đơn vị thiếu", MissingThere: "Tệp đối chiếu thiếu", DateDiffers: "Ngày khác nhau",
	StatusDiffers: "Trạng thái khác nhau", ResultDiffers: "Kết quả giấy và điện tử khác nhau", FactDiffers: "Chủ hồ sơ, thủ tục khác nhau"}

// String returns the Vietnamese name.
func (k Kind) String() string { return cmp.Or(kindNames[k], string(k)) }

// Field is the fact in which two dossiers differ; "" when one side lacks the
// whole dossier.
type Field string

// The fields.
const (
	Received  Field = "received"
	Due       Field = "due"
	Ended     Field = "ended"
	Returned  Field = "returned"
	Status    Field = "status"
	ResultNo  Field = "result"
	EResult   Field = "e_result"
	Owner     Field = "owner"
	Procedure Field = "procedure"
)

// String returns the Vietnamese name.
func (f Field) String() string {
	return map[Field]string{Received: "Ngày tiếp nhận", Due: "Ngày hẹn trả", Ended: "Ngày kết thúc xử lý", Returned: "Ngày trả kết quả", Status: "Trạng thái",
		ResultNo: "Số kết quả", EResult: "Kết quả điện tử", Owner: "Chủ hồ sơ", Procedure: "Thủ tục"}[f]
}

// Action is something that can be done about a finding.
type Action string

// The actions.
const (
	TakeTheirs    Action = "take_theirs"    // correct the own book after the file
	KeepOurs      Action = "keep_ours"      // leave the own book as it is
	ImportMissing Action = "import_missing" // add the dossier from the file
	Accept        Action = "accept"         // both stay as they are, for a reason that is kept
)

// String returns the Vietnamese name.
func (a Action) String() string {
	return map[Action]string{TakeTheirs: "Lấy theo tệp", KeepOurs: "Giữ theo sổ", ImportMissing: "Thêm vào sổ", Accept: "Chấp nhận khác nhau"}[a]
}

// Finding is one difference.
type Finding struct {
	Kind   Kind
	Field  Field
	Code   string // of the dossier, as the own book writes it where it has it
	ID     uint64 // of the own dossier, 0 when missing here
	Row    int    // in the file, 0 when missing there
	Unit   string
	Owner  string // as the own book has it, else the file; "" when missing there
	Ours   string // as people read it, "" for nothing
	Theirs string
	// Actions are those that make sense here, the plainest first.
	Actions []Action
	// Accepted is the reason for which the same difference was accepted before;
	// "" when it was not.
	Accepted string
}

// Allows reports whether the action makes sense for the finding.
func (f *Finding) Allows(a Action) bool {
	return slices.Contains(f.Actions, a)
}

// Unread is a row of the file that could not be compared.
type Unread struct {
	Row    int
	Code   string
	Reason string
}

// Result is what a comparison found.
type Result struct {
	File     string
	From, To data.Day // days of receipt that the file covers
	Units    []string // units that it covers, empty for all
	Rows     int      // rows of the file that were compared
	Own      int      // own dossiers within the days and units
	Agree    int      // rows in which nothing differs
	Findings []Finding
	Counts   map[Kind]int // of findings that were not accepted before
	Unread   []Unread
	Warnings []string
}
