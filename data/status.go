package data

// Status is the state of a dossier by the national numbers 1 to 10
// (register-and-reports 2.4). 0 means unknown.
type Status uint8

// The national states.
const (
	Registered     Status = iota + 1 // 1 Mới đăng ký
	Received                         // 2 Được tiếp nhận
	NotAccepted                      // 3 Không được tiếp nhận
	Processing                       // 4 Đang xử lý
	AwaitSupply                      // 5 Yêu cầu bổ sung giấy tờ
	AwaitPayment                     // 6 Yêu cầu thực hiện nghĩa vụ tài chính
	WithdrawnState                   // 7 Công dân yêu cầu rút hồ sơ
	Halted                           // 8 Dừng xử lý
	Done                             // 9 Đã xử lý xong
	Delivered                        // 10 Đã trả kết quả
)

var statusNames = [...]string{"", "Mới đăng ký", "Được tiếp nhận", "Không được tiếp nhận", "Đang xử lý",
	"Yêu cầu bổ sung giấy tờ", "Yêu cầu thực hiện nghĩa vụ tài chính", "Công dân yêu cầu rút hồ sơ",
	"Dừng xử lý", "Đã xử lý xong", "Đã trả kết quả"}

// String returns the national name of the state.
func (s Status) String() string {
	if int(s) < len(statusNames) {
		return statusNames[s]
	}
	return ""
}

// Counted reports whether a dossier in this state belongs to the figures:
// states 1 and 3 do not (register-and-reports 4.3).
func (s Status) Counted() bool { return s != 0 && s != Registered && s != NotAccepted }

// Waiting reports whether the clock stands still for the citizen or another
// agency.
func (s Status) Waiting() bool { return s == AwaitSupply || s == AwaitPayment }

// Channel is the way a dossier came in (KenhThucHien). 0 means unknown and
// counts as direct in figures.
type Channel uint8

// The channels, with their national numbers.
const (
	Direct Channel = iota + 1
	Online
	Postal
)

// Key returns direct, online, postal or "".
func (c Channel) Key() string {
	return [...]string{"", "direct", "online", "postal"}[c&3]
}

// String returns the Vietnamese name.
func (c Channel) String() string {
	return [...]string{"", "Trực tiếp", "Trực tuyến", "Bưu chính công ích"}[c&3]
}

// ReturnWay is the way the result goes back (HinhThucTra). 0 means unknown.
type ReturnWay uint8

// The ways of returning a result.
const (
	ReturnDirect ReturnWay = iota + 1
	ReturnPostal
	ReturnElectronic
)

// String returns the Vietnamese name.
func (r ReturnWay) String() string {
	return [...]string{"", "Trực tiếp", "Bưu chính", "Điện tử"}[r&3]
}
