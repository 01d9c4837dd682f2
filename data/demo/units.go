package demo

import "giaoban/data"

// province is a code of agencies that no province has (register-and-reports
// 2.2 ends at H63).
const province = "H99.14"

// unitPlan is a unit with its share of the load of its group and the fields it
// handles, with their shares.
type unitPlan struct {
	name   string
	code   string
	level  data.Level
	load   float64
	speed  float64 // above 1: more dossiers before their date
	fields map[string]float64
	// counter says that the one-stop centre, the first unit, receives for it; kind is
	// what sort of office it is.
	counter  bool
	kind     data.UnitKind
	from, to data.Day // of its existence; unknown for always
	into     int      // the unit that carries on its work after to; 0 for none
}

// communeFields are the shares of fields in every commune.
var communeFields = map[string]float64{
	"Hộ tịch": 46, "Chứng thực": 19, "Bảo trợ xã hội": 9, "Người có công": 6, "Trẻ em": 1.2, "Giảm nghèo": 1.6, "Đất đai": 0.5, "Nông nghiệp": 4,
	"Tôn giáo": 0.6, "Văn hóa": 2.2, "Thi đua khen thưởng": 3, "Giáo dục": 0.6, "Nuôi con nuôi": 0.4, "Hòa giải ở cơ sở": 1.4, "Phổ biến giáo dục pháp luật": 0.9,
	"Giải quyết khiếu nại tố cáo": 0.7, "Thể dục thể thao": 0.3, "Dân số": 0.6, "Tài nguyên nước / môi trường": 0.2,
}

// centre is the one-stop centre: it receives for the departments.
const centre = "Trung tâm Hành chính công thị xã"

// articleUnits are the units of the made-up town, the one-stop centre first.
var articleUnits = []unitPlan{
	{name: centre, code: "00", level: data.LevelDistrict},
	{name: "Phòng Tài nguyên và Môi trường", code: "01", level: data.LevelDistrict, load: 46, speed: 0.8, fields: map[string]float64{"Đất đai": 96, "Tài nguyên nước / môi trường": 4}},
	{name: "Phòng Tài chính - Kế hoạch", code: "02", level: data.LevelDistrict, load: 14, speed: 1.5, fields: map[string]float64{"Thành lập và hoạt động hộ kinh doanh": 93, "Thành lập và hoạt động của hợp tác xã": 7}},
	{name: "Phòng Quản lý đô thị", code: "03", level: data.LevelDistrict, load: 12, speed: 1, fields: map[string]float64{"Hoạt động xây dựng": 82, "Quy hoạch": 18}},
	{name: "Phòng Tư pháp", code: "04", level: data.LevelDistrict, load: 11, speed: 1.2, fields: map[string]float64{"Chứng thực": 38, "Hộ tịch": 57, "Phổ biến giáo dục pháp luật": 5}},
	{name: "Phòng Lao động - Thương binh và Xã hội", code: "05", level: data.LevelDistrict, load: 8, speed: 1.1, fields: map[string]float64{"Bảo trợ xã hội": 91, "Người có công": 9}},
	{name: "Phòng Kinh tế", code: "06", level: data.LevelDistrict, load: 3.5, speed: 1.3, fields: map[string]float64{"Lưu thông hàng hóa trong nước": 86, "Kinh doanh khí": 11, "Nông nghiệp": 3}},
	{name: "Phòng Nội vụ", code: "07", level: data.LevelDistrict, load: 2.4, speed: 1, fields: map[string]float64{"Thi đua khen thưởng": 84, "Quản lý nhà nước về hội, quỹ": 10, "Tôn giáo": 6}},
	{name: "Phòng Giáo dục và Đào tạo", code: "08", level: data.LevelDistrict, load: 1.6, speed: 1.4, fields: map[string]float64{"Giáo dục": 1}},
	{name: "Phòng Văn hóa và Thông tin", code: "09", level: data.LevelDistrict, load: 1, speed: 1.2, fields: map[string]float64{"Văn hóa": 1}},
	{name: "Thanh tra thị xã", code: "10", level: data.LevelDistrict, load: 0.5, speed: 0.6, fields: map[string]float64{"Giải quyết khiếu nại tố cáo": 1}},
	{name: "Ủy ban nhân dân phường Yên Trạch Hạ", code: "21", level: data.LevelCommune, load: 15, speed: 1.2, fields: communeFields},
	{name: "Ủy ban nhân dân phường Kim Đính Sơn", code: "22", level: data.LevelCommune, load: 12.5, speed: 1, fields: communeFields},
	{name: "Ủy ban nhân dân phường Vân Lĩnh Đoài", code: "23", level: data.LevelCommune, load: 10, speed: 1.5, fields: communeFields},
	{name: "Ủy ban nhân dân phường Hồng Tuyền Đông", code: "24", level: data.LevelCommune, load: 9, speed: 0.9, fields: communeFields},
	{name: "Ủy ban nhân dân phường Phúc Ấn Trung", code: "25", level: data.LevelCommune, load: 8, speed: 1.1, fields: communeFields},
	{name: "Ủy ban nhân dân phường Mạo Lâm Khê", code: "26", level: data.LevelCommune, load: 7.5, speed: 0.7, fields: communeFields},
	{name: "Ủy ban nhân dân xã Tràng Vĩ Sơn", code: "27", level: data.LevelCommune, load: 7, speed: 1, fields: communeFields},
	{name: "Ủy ban nhân dân xã Bạch Điền Thượng", code: "28", level: data.LevelCommune, load: 6.5, speed: 1.3, fields: communeFields},
	{name: "Ủy ban nhân dân xã Thủy Quan Đoài", code: "29", level: data.LevelCommune, load: 6, speed: 0.8, fields: communeFields},
	{name: "Ủy ban nhân dân xã Nguyên Hạc Lĩnh", code: "30", level: data.LevelCommune, load: 5.5, speed: 1, fields: communeFields},
	{name: "Ủy ban nhân dân xã Lương Bồng Nội", code: "31", level: data.LevelCommune, load: 5, speed: 1.1, fields: communeFields},
	{name: "Ủy ban nhân dân xã Việt Ngọ Thôn", code: "32", level: data.LevelCommune, load: 4.5, speed: 0.6, fields: communeFields},
	{name: "Ủy ban nhân dân xã Mai Lĩnh Khê", code: "33", level: data.LevelCommune, load: 3.5, speed: 1, fields: communeFields},
	{name: "Công an thị xã", code: "51", level: data.LevelVertical, load: 45, speed: 1.1, fields: map[string]float64{"Công an - căn cước": 38, "Công an - đăng ký cư trú": 61, "Công an - xuất nhập cảnh": 1}},
	{name: "Đội Cảnh sát giao thông - Trật tự", code: "52", level: data.LevelVertical, load: 9, speed: 0.9, fields: map[string]float64{"Công an - đăng ký xe": 1}},
	{name: "Bảo hiểm xã hội thị xã", code: "53", level: data.LevelVertical, load: 17, speed: 1.2, fields: map[string]float64{"BHXH": 1}},
	{name: "Chi cục Thuế khu vực Đông Hà Sơn", code: "54", level: data.LevelVertical, load: 15, speed: 1, fields: map[string]float64{"Thuế": 1}},
	{name: "Chi nhánh Văn phòng Đăng ký đất đai thị xã", code: "55", level: data.LevelVertical, load: 12, speed: 0.8, fields: map[string]float64{"Đăng ký biện pháp bảo đảm": 1}},
	{name: "Ban Chỉ huy Quân sự thị xã", code: "56", level: data.LevelVertical, load: 2, speed: 1, fields: map[string]float64{"Quân sự - nghĩa vụ quân sự": 1}},
}

// popular tells which procedures of a field most people come for: the weight of
// those whose name holds the words. The first match counts; others weigh 1.
var popular = []struct {
	level  data.Level
	words  string
	weight float64
}{
	{data.LevelDistrict, "Đăng ký biến động quyền sử dụng đất", 46},
	{data.LevelDistrict, "Đăng ký và cấp Giấy chứng nhận quyền sử dụng đất", 34},
	{data.LevelDistrict, "Tách thửa hoặc hợp thửa", 24},
	{data.LevelDistrict, "Chuyển mục đích sử dụng đất", 14},
	{data.LevelDistrict, "Cấp đổi Giấy chứng nhận quyền", 12},
	{data.LevelDistrict, "Giải quyết tranh chấp đất đai", 0.4},
	{data.LevelDistrict, "Đăng ký thành lập hộ kinh doanh", 12},
	{data.LevelDistrict, "Đăng ký thay đổi nội dung đăng ký hộ", 6},
	{data.LevelDistrict, "Chấm dứt hoạt động hộ", 4},
	{data.LevelDistrict, "Cấp giấy phép xây dựng mới", 14},
	{data.LevelDistrict, "Cung cấp thông tin về quy hoạch", 9},
	{data.LevelDistrict, "Cấp bản sao Trích lục hộ tịch", 22},
	{data.LevelDistrict, "xác nhận thông tin hộ tịch", 8},
	{data.LevelDistrict, "thay đổi, cải chính, bổ sung thông tin hộ tịch", 10},
	{data.LevelDistrict, "kết hôn của công dân Việt Nam đã được", 5},
	{data.LevelDistrict, "ghi vào Sổ hộ tịch việc ly hôn", 5},
	{data.LevelDistrict, "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức có thẩm quyền của nước", 8},
	{data.LevelDistrict, "Chứng thực hợp đồng, giao dịch liên quan", 9},
	{data.LevelDistrict, "Chứng thực việc sửa đổi", 4},
	{data.LevelDistrict, "Thủ tục cấp bản sao từ sổ gốc", 5},
	{data.LevelDistrict, "Thực hiện, điều chỉnh, thôi hưởng trợ cấp xã hội", 24},
	{data.LevelDistrict, "Hỗ trợ chi phí mai táng", 9},
	{data.LevelDistrict, "Cấp Giấy phép bán lẻ", 5},
	{data.LevelDistrict, "Hỗ trợ ăn trưa", 6},
	{data.LevelDistrict, "Tuyển sinh", 0.3},
	{data.LevelDistrict, "Giải thể trường", 0.1},
	{data.LevelDistrict, "Sáp nhập, chia, tách", 0.1},
	{data.LevelDistrict, "Tặng danh hiệu Lao động tiên tiến", 6},
	{data.LevelCommune, "Cấp bản sao Trích lục hộ tịch", 0.6},
	{data.LevelCommune, "cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi (liên thông điện tử)", 22},
	{data.LevelCommune, "cấp Giấy xác nhận tình trạng hôn nhân", 34},
	{data.LevelCommune, "xác nhận thông tin hộ tịch", 14},
	{data.LevelCommune, "thay đổi, cải chính, bổ sung thông tin hộ tịch", 15},
	{data.LevelCommune, "Thủ tục đăng ký lại khai sinh", 9},
	{data.LevelCommune, "giải quyết mai táng phí, tử tuất (liên thông", 5},
	{data.LevelCommune, "Thủ tục đăng ký khai sinh kết hợp", 4},
	{data.LevelCommune, "Thủ tục đăng ký khai sinh", 0.8},
	{data.LevelCommune, "Liên thông", 0.4},
	{data.LevelCommune, "Thủ tục đăng ký kết hôn", 0.6},
	{data.LevelCommune, "Thủ tục đăng ký khai tử", 0.3},
	{data.LevelCommune, "Chứng thực giao dịch liên quan", 20},
	{data.LevelCommune, "Chứng thực văn bản từ chối", 0.6},
	{data.LevelCommune, "Chứng thực văn bản", 6},
	{data.LevelCommune, "Chứng thực việc sửa đổi", 6},
	{data.LevelCommune, "Chứng thực di chúc", 3},
	{data.LevelCommune, "Cấp bản sao có chứng thực", 0.2},
	{data.LevelCommune, "Chứng thực", 0.2},
	{data.LevelCommune, "Sửa lỗi sai sót", 0.2},
	{data.LevelCommune, "Thủ tục cấp bản sao từ sổ gốc", 0.3},
	{data.LevelCommune, "Xác định, xác định lại mức độ khuyết tật", 6},
	{data.LevelCommune, "Đổi, cấp lại Giấy xác nhận khuyết tật", 5},
	{data.LevelCommune, "Cấp giấy xác nhận thân nhân", 6},
	{data.LevelVertical, "Cấp thẻ căn cước cho người từ đủ 14", 20},
	{data.LevelVertical, "Cấp đổi thẻ căn cước", 14},
	{data.LevelVertical, "Đăng ký thường trú", 18},
	{data.LevelVertical, "Đăng ký tạm trú", 20},
	{data.LevelVertical, "Xác nhận thông tin về cư trú", 14},
	{data.LevelVertical, "Điều chỉnh thông tin về cư trú", 6},
	{data.LevelVertical, "thay đổi chủ xe", 1.4},
	{data.LevelVertical, "Đăng ký đóng, cấp thẻ BHYT", 6},
	{data.LevelVertical, "Cấp lại, đổi, điều chỉnh thông tin trên sổ", 1.2},
	{data.LevelVertical, "Giải quyết hưởng bảo hiểm xã hội một lần", 8},
	{data.LevelVertical, "Giải quyết hưởng chế độ thai sản", 6},
	{data.LevelVertical, "Khai thuế TNCN đối với cá nhân có thu nhập từ chuyển nhượng", 8},
	{data.LevelVertical, "Khai lệ phí trước bạ", 8},
	{data.LevelVertical, "Đăng ký thuế lần đầu", 6},
}

// leftOut are words of procedures that the town does not handle: mobile and
// border services, and those of later years.
var leftOut = []string{"lưu động", "khu vực biên giới", "biên giới nước láng giềng", "danh mục năm 2025", "mức độ 02", "cấp thẻ căn cước cho trẻ em"}
