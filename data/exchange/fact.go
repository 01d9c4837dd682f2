package exchange

import (
	"fmt"
	"strings"

	"giaoban/data"
)

// Fact is what a column of a file tells about a dossier.
type Fact uint8

// The facts. Their numbers are not stored; a saved mapping keeps their keys.
const (
	FactIgnore        Fact = iota
	FactOrdinal            // STT: not part of the content of a row
	FactCode               // mã hồ sơ
	FactReceiptNo          // số biên nhận: stands in for the code where there is none
	FactProcedureCode      // mã TTHC
	FactProcedure          // tên thủ tục
	FactFieldCode          // mã lĩnh vực
	FactField              // lĩnh vực
	FactUnit               // đơn vị
	FactHandler            // đơn vị hoặc cá nhân giải quyết, beside the unit
	FactOfficer            // người nhận hồ sơ
	FactOwner              // chủ hồ sơ
	FactOwnerAddress       // họ tên và địa chỉ in one cell
	FactAgent              // người nộp
	FactIdentity           // CCCD, CMND
	FactPhone
	FactAddressPhone // địa chỉ và điện thoại in one cell
	FactEmail
	FactAddress
	FactArea    // địa bàn phát sinh
	FactContent // nội dung, trích yếu
	FactCopies  // số bộ
	FactSubmitted
	FactReceived
	FactDue
	FactRedue // hẹn lại: never replaces the due date
	FactEnded
	FactReturned
	FactStatus
	FactChannel
	FactReturnWay
	FactFee
	FactTerm
	FactSupplements   // JSON list of family J
	FactSupplementDue // new due date of a supplement
	FactNote
	FactResult         // số, ký hiệu of the result
	FactEResult        // có kết quả điện tử
	FactReceiver       // nơi tiếp nhận, beside the competent unit
	FactHelper         // nơi hướng dẫn, hỗ trợ
	FactExternalCode   // mã hồ sơ in another system
	FactExternalSystem // name of that system
	factCount
)

var factKeys = [factCount]string{"ignore", "ordinal", "code", "receipt_no", "procedure_code", "procedure", "field_code", "field", "unit",
	"handler", "officer", "owner", "owner_address", "agent", "identity", "phone", "address_phone", "email", "address", "area", "content",
	"copies", "submitted", "received", "due", "redue", "ended", "returned", "status", "channel", "return_way", "fee", "term",
	"supplements", "supplement_due", "note", "result", "e_result",
	"receiver", "helper", "external_code", "external_system"}

var factNames = [factCount]string{"Bỏ qua", "Số thứ tự", "Mã hồ sơ", "Số biên nhận", "Mã thủ tục", "Tên thủ tục", "Mã lĩnh vực", "Lĩnh vực",
	"Đơn vị", "Nơi giải quyết", "Người nhận hồ sơ", "Chủ hồ sơ", "Họ tên và địa chỉ", "Người nộp", "Số giấy tờ", "Số điện thoại",
	"Địa chỉ và điện thoại", "Thư điện tử", "Địa chỉ", "Địa bàn", "Nội dung", "Số bộ", "Ngày nộp", "Ngày tiếp nhận", "Ngày hẹn trả",
	"Ngày hẹn lại", "Ngày kết thúc xử lý", "Ngày trả kết quả", "Trạng thái", "Kênh nộp", "Cách nhận kết quả", "Lệ phí", "Thời hạn",
	"Danh sách bổ sung", "Hẹn trả sau bổ sung", "Ghi chú", "Số kết quả", "Kết quả điện tử",
	"Nơi tiếp nhận", "Nơi hướng dẫn", "Mã ở hệ thống khác", "Hệ thống khác"}

// Key returns the name of the fact in saved mappings.
func (f Fact) Key() string { return factKeys[f] }

// String returns the Vietnamese name for screens.
func (f Fact) String() string { return factNames[f] }

// Facts returns all facts in the order in which screens offer them.
func Facts() []Fact {
	all := make([]Fact, factCount)
	for i := range all {
		all[i] = Fact(i)
	}
	return all
}

// ParseFact reads the key of a saved mapping.
func ParseFact(key string) (Fact, bool) {
	for i, k := range factKeys {
		if k == key {
			return Fact(i), true
		}
	}
	return FactIgnore, false
}

// Date reports whether the fact is a date.
func (f Fact) Date() bool { return f >= FactSubmitted && f <= FactReturned || f == FactSupplementDue }

// rule gives a fact to headings. With exact the whole heading must be the
// phrase, else it must contain it. Among columns of one fact the higher rank
// leads and the others fill its gaps.
type rule struct {
	fact  Fact
	exact bool
	rank  int
	words string // phrases parted by |
}

// rules is the dictionary of peers 4.3, mended where the fixtures say so (a
// person's column is not a date; HinhThuc and BCCI tell how the result goes
// back; a second appointment never replaces the first). The first rule that
// fits wins.
var rules = []rule{
	{FactOrdinal, true, 0, "stt|tt|so tt|so thu tu|no|s tt"},
	{FactIgnore, false, 0, "ky ten|ben giao|ben nhan|trong do|so ngay|ten so|loai doi tuong|thong tin tra|nguoi ky|ma ket qua|con lai"},
	{FactResult, false, 0, "so ket qua|so van ban ket qua|so ky hieu ket qua|so hieu ket qua|so quyet dinh ket qua"},
	{FactEResult, false, 0, "ket qua dien tu|kq dien tu|ban dien tu cua ket qua|co ket qua ban dien tu"},
	{FactExternalCode, false, 0, "ma ho so he thong khac|ma ho so o he thong khac|ma ho so tren he thong khac|ma ho so he thong bo|ma ho so tren he thong bo|ma ho so he thong cua bo|" +
		"ma ho so cua bo|ma ho so bo nganh|ma ho so ngoai|ma ho so lien thong|ma o he thong khac"},
	{FactExternalSystem, true, 0, "he thong khac|ten he thong khac|he thong xu ly|he thong giai quyet|he thong cua bo"},
	{FactHelper, false, 0, "noi huong dan|don vi huong dan|co quan huong dan|noi ho tro|don vi ho tro"},
	{FactIgnore, true, 0, "ky nhan|nguoi nhan|loaidoituong|thongtintra|ngayhentratruoc|ngay hen tra truoc"},
	{FactOwnerAddress, false, 0, "ho ten dia chi|chu ho so dia chi|ten dia chi|ho va ten dia chi|ho ten va dia chi|ten va dia chi"},
	{FactAddressPhone, false, 0, "dia chi so dien thoai|dia chi dien thoai|dia chi sdt|dia chi va so dien thoai"},
	{FactReturnWay, false, 0, "phuong thuc nhan ket qua|hinh thuc nhan ket qua|hinh thuc tra|phuong thuc tra|cach nhan ket qua|dang ky bcci|tra ket qua qua"},
	{FactReturnWay, true, 0, "hinhthuc|hinhthuctra"},
	{FactSupplementDue, true, 0, "ngayhentramoi|ngay hen tra moi"},
	{FactSupplements, true, 0, "danhsachhosobosung"},
	{FactRedue, false, 0, "hen lai|gia han den"},
	{FactRedue, false, weak, "gia han|hen moi"},
	{FactIgnore, false, 0, "qua han|tre han|dung han|truoc han|con han|trong han"},
	{FactReturned, false, 1, "ky nhan lai"},
	{FactEnded, false, 1, "ngay ky"},
	{FactSubmitted, false, 0, "ngay nop|ngaynop|thoi gian nop|thoi diem nop"},
	{FactSubmitted, false, weak, "ngay gui|thoi gian gui|thoi diem gui"},
	{FactDue, false, 0, "hen tra|han tra|ngayhentra|ngay hen"},
	{FactEnded, false, 4, "ngay ket thuc|ngayketthuc|ket thuc xu ly"},
	{FactEnded, false, 3, "ngay co ket qua|ngay xu ly xong|ngay giai quyet xong"},
	{FactEnded, false, 2, "ngay hoan thanh"},
	{FactDue, false, weak, "thoi han giai quyet|thoi han xu ly|thoi han hoan thanh|thoi han tra|han giai quyet|han xu ly|han hoan thanh|han thu ly|han chot|han cuoi|" +
		"den han|het han|han ho so|thoi gian hen|thoi diem hen|lich hen|du kien tra|du kien hoan thanh|du kien co ket qua|ngay du kien|phai tra|ngay han"},
	{FactDue, true, weak, "han|thoi han|ngay hen tra ket qua du kien"},
	{FactReturned, false, 3, "ngay nhan ket qua|ngay tra|thoi gian tra ket qua|ngay giao tra"},
	{FactReturned, false, weak, "thoi diem tra|thoi gian tra|thoi gian nhan ket qua|thoi diem nhan ket qua|ngay giao ket qua|ngay phat ket qua|ngay lay ket qua"},
	{FactEnded, false, weak, "thoi gian hoan thanh|thoi diem hoan thanh|thoi gian ket thuc|thoi diem ket thuc|thoi gian co ket qua|thoi diem co ket qua|ngay xong|thoi gian xong|" +
		"ngay hoan tat|ngay ra ket qua|ngay ket qua|ngay giai quyet|ngay phe duyet ket qua|ngay ban hanh ket qua|xu ly xong|giai quyet xong"},
	{FactReturned, true, 2, "tra ket qua|ngaytra|ngaytraketqua"},
	{FactOfficer, false, 1, "nguoi nhan ho so|nguoi tiep nhan|can bo tiep nhan|cong chuc tiep nhan|can bo nhan"},
	{FactOfficer, false, 0, "can bo thu ly|nguoi thu ly|can bo giai quyet|chuyen vien|can bo phu trach|nguoi phu trach|can bo chuyen mon|nguoi co trach nhiem|can bo dang xu ly|nguoi xu ly|can bo xu ly|nguoi giai quyet"},
	{FactReceived, false, 2, "ngay tiep nhan|ngaytiepnhan|ngay nhan|thoi gian tiep nhan|thoi diem tiep nhan"},
	{FactReceived, true, 1, "nhan ho so|tiep nhan ho so|thoi gian nhan|ngay nhap"},
	{FactReceived, false, weak, "thoi gian nhan ho so|thoi diem nhan|ngay vao so|ngay nhan don"},
	{FactEmail, false, 0, "email|thu dien tu|e mail"},
	{FactPhone, false, 0, "dien thoai|sdt|di dong|sodienthoai|so dt"},
	{FactIdentity, false, 0, "cmnd|cccd|so dinh danh|can cuoc|ma doi tuong|madoituong|so giay to|cmt"},
	{FactArea, false, 0, "dia ban"},
	{FactArea, true, 0, "xa phuong|phuong xa|xa phuong thi tran|xa phuong dac khu|ten xa phuong|khu vuc|dia phuong|xa"},
	{FactAddress, false, 0, "dia chi|diachi|noi o|thuong tru"},
	{FactOwner, false, 3, "chu ho so|chuhoso"},
	{FactCode, false, 3, "ma so ho so|ma ho so|mahoso|ma hs|so hieu ho so"},
	{FactCode, true, 3, "so ho so|ma hoso"},
	{FactReceiptNo, false, 0, "so bien nhan|sobiennhan|ma bien nhan|so bien nhan ho so"},
	{FactReceiptNo, true, 0, "so tiep nhan|ma tiep nhan|so phieu tiep nhan|so phieu hen"},
	{FactFieldCode, false, 0, "ma linh vuc|malinhvuc"},
	{FactProcedureCode, false, 0, "ma tthc|ma dvcqg|ma thu tuc|matthc|ma dvc|mathutuc"},
	{FactField, false, 1, "linh vuc"},
	{FactProcedure, false, 1, "loai thu tuc|loai tthc|ten dich vu|dich vu cong"},
	{FactProcedure, false, 2, "ten thu tuc|ten tthc|tentthc|thu tuc hanh chinh|tenthutuc|ten dich vu cong"},
	{FactProcedure, true, 1, "thu tuc|tthc"},
	{FactField, true, 2, "linh vuc|ten linh vuc|tenlinhvuc|linhvuc|nhom linh vuc"},
	{FactHandler, false, 0, "don vi ca nhan giai quyet|ca nhan giai quyet|noi giai quyet"},
	{FactUnit, false, 3, "don vi tiep nhan|donvitiepnhan"},
	{FactUnit, false, 2, "co quan chu tri|co quan giai quyet|don vi giai quyet|don vi xu ly|donvixuly|don vi thu ly|co quan thuc hien|don vi thuc hien|co quan xu ly"},
	{FactUnit, true, 1, "don vi|co quan|phong ban|ten don vi|ten co quan|phong chuyen mon|bo phan|ten phong ban"},
	{FactUnit, false, 1, "phong ban|phong xu ly|phong giai quyet|phong thu ly|bo phan xu ly|bo phan giai quyet|noi xu ly|don vi chu tri|don vi phu trach|co quan phu trach|" +
		"co quan tiep nhan|noi tiep nhan|bo phan tiep nhan|don vi chuyen mon"},
	{FactAgent, false, 0, "nguoi nop|nguoi duoc uy quyen|nguoinop"},
	{FactOwner, false, 2, "ten to chuc|ten ca nhan|ten cong dan|nguoi yeu cau|nguoi de nghi|to chuc ca nhan|ca nhan to chuc|ten khach hang"},
	{FactOwner, true, 1, "ho ten|ho va ten|nguoi dang ky|khach hang|cong dan|cong dan to chuc|to chuc cong dan|nguoi lam don|ten doanh nghiep|ca nhan|nguoi dan"},
	{FactCopies, false, 0, "so luong|so bo|soluong"},
	{FactStatus, false, 0, "trang thai|tinh trang|trangthai"},
	{FactChannel, false, 0, "kenh|hinh thuc nop|hinh thuc tiep nhan|phuong thuc nop|phuong thuc tiep nhan|hinh thuc nhan ho so|cach nop|hinh thuc gui"},
	{FactChannel, true, 0, "hinh thuc"},
	{FactContent, false, 0, "noi dung|trich yeu|trichyeu"},
	{FactFee, false, 0, "le phi|lephi|danhsachlephi"},
	{FactTerm, false, 0, "thoi han|thoi gian giai quyet|thoi gian quy dinh"},
	{FactChannel, true, 0, "nguon tiep nhan|nguon ho so|cach thuc nop|cach thuc tiep nhan"},
	{FactNote, false, 0, "ghi chu|ghichu"},
}

// weak is the rank of words that speak of a day in some files and of something
// else in others: the values of the column decide (see turn).
const weak = -1

type phrase struct {
	rule
	text string
}

var dictionary = func() (list []phrase) {
	for _, r := range rules {
		for _, w := range strings.Split(r.words, "|") {
			list = append(list, phrase{r, spelledOut(w)})
		}
	}
	return list
}()

// factOf gives the fact of a heading by its levels, top first. The lowest level
// decides; the level above helps where the lowest says nothing.
func factOf(levels []string) (fact Fact, rank int, known bool) {
	if len(levels) == 0 {
		return FactIgnore, 0, false
	}
	leaf := levels[len(levels)-1]
	if f, rank, ok := lookUp(leaf); ok {
		return f, rank, true
	}
	if len(levels) > 1 {
		return lookUp(levels[len(levels)-2] + " " + leaf)
	}
	return FactIgnore, 0, false
}

func lookUp(heading string) (Fact, int, bool) {
	if len(heading) > 120 {
		return FactIgnore, 0, false
	}
	heading = spelledOut(heading)
	padded := " " + heading + " "
	for _, p := range dictionary {
		if heading == p.text || !p.exact && strings.Contains(padded, " "+p.text+" ") ||
			!p.exact && !strings.Contains(heading, " ") && !strings.Contains(p.text, " ") && strings.HasPrefix(heading, p.text) {
			return p.fact, p.rank, true
		}
	}
	return FactIgnore, 0, false
}

// shortForms are the abbreviations of headings.
var shortForms = map[string]string{"kq": "ket qua", "hs": "ho so", "tg": "thoi gian"}

// spelledOut writes the abbreviations of a folded heading out.
func spelledOut(heading string) string {
	words := strings.Split(heading, " ")
	changed := false
	for i, w := range words {
		if long, ok := shortForms[w]; ok {
			words[i], changed = long, true
		}
	}
	if !changed {
		return heading
	}
	return strings.Join(words, " ")
}

// counts are the phrases of headings of count tables (families B, C, D, F, H):
// three of them without a column of codes make a report, not a register.
var counts = []string{"tong so", "tong", "trong ky", "ky truoc", "tu ky truoc", "truoc han", "dung han", "qua han", "trong han", "con han",
	"chua den han", "ton truoc", "mot cua", "ty le", "ti le", "so ky truoc", "so moi tiep nhan", "tra dung thoi han", "tra qua han",
	"phi dia gioi", "toan trinh", "mot phan", "thu xin loi", "da tra", "chua tra", "da giai quyet", "qua mang", "qua bcci", "truc tuyen", "bien lai"}

func countHeading(leaf string) bool {
	padded := " " + leaf + " "
	for _, c := range counts {
		if strings.Contains(padded, " "+c+" ") {
			return true
		}
	}
	return false
}

// Verdict is what a row is within its file.
type Verdict uint8

// The verdicts.
const (
	Accepted  Verdict = iota // the desk compares it with the base: new, changed or same
	Duplicate                // an identical second line of the file
	Rejected                 // not to be imported; Class and Reason say why
)

// Class is the kind of reason for which a row is rejected.
type Class string

// The classes.
const (
	BadDate            Class = "bad_date"             // no such day
	BadYear            Class = "bad_year"             // year 0001, 1900 and their like
	FutureDate         Class = "future_date"          // a date of the past lies ahead
	MissingCode        Class = "missing_code"         // no dossier code
	MissingDate        Class = "missing_date"         // no day of receipt
	DueBeforeReceipt   Class = "due_before_receipt"   // appointment before receipt
	EndedBeforeReceipt Class = "ended_before_receipt" // end or hand-over before receipt
	DuplicateDiffers   Class = "duplicate_differs"    // the same code with other content
	UnknownStatus      Class = "unknown_status"       // a state name that nobody has explained yet
	LostValue          Class = "lost_value"           // a formula without a result, an error value, digits that are gone
	TextTooLong        Class = "text_too_long"        // beyond data.MaxText
	AnnexOnly          Class = "annex_only"           // a row of an annex whose dossier the base lacks
)

// Record is one row of a register. It is valid during the call that receives
// it; its strings and its Dossier.Events may be kept.
type Record struct {
	Row     int
	Sheet   int // table that it stands in, from 1
	Verdict Verdict

	// Why the row is rejected, or of which line it is the double.
	Class  Class
	Column string // heading of the column at fault
	Value  string // as in the file
	Reason string // a Vietnamese sentence

	// What was noticed in an accepted row, for the officer.
	Notes []string

	// Matched is set on a row without a day of receipt whose dossier the base
	// holds: it can only add to that dossier.
	Matched bool

	// Names of the catalogue; "" where the file says nothing.
	Unit, Receiver, Helper, Field, FieldCode, Procedure, ProcedureCode string

	Status   data.Status // as the file names it, 0 when it follows from the dates
	Ended    data.Moment
	Returned data.Moment
	Redue    data.Moment
	File     string // name of the file

	Result  string // number of the result
	EResult Tick   // whether there is an electronic result

	// Dossier holds the facts and the events that the row tells. Its catalogue
	// ids are 0 and Origin.Import is 0: the desk sets them.
	Dossier data.Dossier

	stray bool // the row has a quote that nothing closes
}

// Tick is a mark that a file may leave out.
type Tick uint8

// The values of a Tick.
const (
	Unsaid Tick = iota
	Yes
	No
)

// String returns "có", "không" or "".
func (t Tick) String() string { return [...]string{"", "có", "không"}[t%3] }

// Summary says what a file held.
type Summary struct {
	// Kind is what the table turned out to be. An annex none of whose dossiers
	// is known counts as Aggregated: a part of a report, nothing to import.
	Kind      Kind
	Rows      int // rows that tell of a dossier
	Accepted  int
	Matched   int // of the accepted, those that only add to a known dossier
	Duplicate int
	Rejected  int
	Classes   map[Class]int
	Notes     []Note
}

func (r *Record) reject(class Class, v *value, format string, args ...any) {
	r.Verdict, r.Class, r.Reason = Rejected, class, fmt.Sprintf(format, args...)
	if v != nil {
		if v.col != nil {
			r.Column = leaf(v.col.Heading)
		}
		r.Value = string(v.text)
	}
}

func (r *Record) note(format string, args ...any) {
	r.Notes = append(r.Notes, fmt.Sprintf(format, args...))
}
