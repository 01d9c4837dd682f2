package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"giaoban/data"
)

// The syllables of which names are put together. A name that a person bears is
// chance.
var (
	families  = strings.Fields("Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Trần Lê Lê Phạm Phạm Hoàng Hoàng Vũ Vũ Võ Phan Trương Bùi Bùi Đặng Đỗ Đỗ Ngô Hồ Dương Đinh Lý Đoàn Mai Tô Lương Cao Tạ Hà Phùng Đào Vương")
	highland  = strings.Fields("Bàn Triệu Lý Chìu Tằng Nông Hoàng Vi Lục Sằm Phùn Dường Trạc Chíu")
	menMiddle = strings.Fields("Văn Văn Văn Văn Đức Minh Hữu Quang Công Xuân Ngọc Đình Anh Mạnh Tuấn Duy Thành Quốc Trọng Bá Thế Gia")
	menGiven  = strings.Fields("An Anh Bách Bình Chiến Chung Cường Dũng Duy Đạt Đông Đức Giang Hải Hậu Hiếu Hòa Hoàng Huy Hùng Hưng Khang Khánh Khoa Kiên Lâm Linh Long Lộc Mạnh Nam Nghĩa Phong Phú Phúc Quân Quang Quyết Sơn Tài Tâm Thái Thắng Thành Thịnh Tiến Toàn Trung Tú Tuấn Tùng Việt Vinh Vũ")
	womMiddle = strings.Fields("Thị Thị Thị Thị Thị Thị Thu Ngọc Thanh Kim Hồng Minh Phương Bích Thùy Mai Diệu Khánh Quỳnh Lan")
	womGiven  = strings.Fields("An Anh Bích Chi Cúc Dung Duyên Giang Hà Hạnh Hằng Hậu Hiền Hoa Hoài Hồng Huệ Huyền Hương Lan Lành Liên Linh Loan Ly Mai Minh My Nga Ngân Ngọc Nguyệt Nhàn Nhung Oanh Phương Phượng Quyên Quỳnh Sen Tâm Thanh Thảo Thơm Thu Thủy Thúy Trang Trinh Tuyết Uyên Vân Xuân Yến")
	minority  = strings.Fields("A Sú Phúc Tài Sáng Thím Mùi Nhì Tằng Quay Sam Dảu Slằn Thoòng Cắm Nái")
	firmKinds = []string{"Công ty TNHH Thương mại và Dịch vụ", "Công ty TNHH Xây dựng", "Công ty Cổ phần", "Hợp tác xã nông nghiệp", "Doanh nghiệp tư nhân", "Công ty TNHH Vận tải", "Công ty TNHH Một thành viên"}
	firmFirst = strings.Fields("Đông Hà Kim Vân Hồng Phúc Bạch Tràng Lương Thủy Minh Hưng Thịnh Đại An Tân Việt Gia Bảo Hải")
	firmLast  = strings.Fields("Lĩnh Sơn Trạch Khê Đoài Tuyền Điền Phát Thành Lộc Long Cường Hạc Bồng Vượng Mạo Quan Đính")
)

func pick(r *rand.Rand, words []string) string { return words[r.IntN(len(words))] }

// person returns a made-up name.
func person(r *rand.Rand) string {
	woman := r.IntN(100) < 47
	switch {
	case r.IntN(100) < 6 && woman:
		return pick(r, highland) + " Thị " + pick(r, minority)
	case r.IntN(100) < 6:
		return pick(r, highland) + " " + pick(r, minority) + " " + pick(r, minority)
	case woman:
		return pick(r, families) + " " + pick(r, womMiddle) + " " + pick(r, womGiven)
	}
	return pick(r, families) + " " + pick(r, menMiddle) + " " + pick(r, menGiven)
}

// firm returns a made-up company or cooperative.
func firm(r *rand.Rand) string {
	return pick(r, firmKinds) + " " + pick(r, firmFirst) + " " + pick(r, firmLast)
}

// staff returns the officers of a unit; the one-stop centre, the first unit, has
// more of them.
func staff(unit int) []string {
	r := rand.New(rand.NewPCG(7, uint64(unit)))
	out := make([]string, 2+r.IntN(3))
	if unit == 0 {
		out = make([]string, 6)
	}
	for i := range out {
		out[i] = person(r)
	}
	return out
}

// owner makes up who a dossier belongs to. Phone numbers begin with 0950, which
// no network has; identity numbers with 099, which no province has.
func owner(r *rand.Rand, area, town string, company bool) data.Person {
	p := data.Person{
		Name:     person(r),
		Identity: fmt.Sprintf("099%d%02d%06d", r.IntN(2), 55+r.IntN(44), r.IntN(1000000)),
		Phone:    fmt.Sprintf("0950%06d", r.IntN(1000000)),
		Area:     area,
	}
	place := "Thôn"
	if strings.HasPrefix(area, "phường") {
		place = "Khu phố"
	}
	p.Address = fmt.Sprintf("%s %d, %s%s", place, 1+r.IntN(9), area, town)
	if company {
		p.Name = firm(r)
		p.Identity = fmt.Sprintf("99%08d", r.IntN(100000000))
	}
	if r.IntN(100) < 8 {
		p.Email = fmt.Sprintf("hoso%05d@vidu.example", r.IntN(100000))
	}
	return p
}
