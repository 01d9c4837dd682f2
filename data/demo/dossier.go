package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"giaoban/data"
)

// fees are the fees of fields for which the catalogue knows none, in đồng.
var fees = map[string]int64{
	"Thành lập và hoạt động hộ kinh doanh": 100000, "Thành lập và hoạt động của hợp tác xã": 30000, "Hoạt động xây dựng": 75000, "Đất đai": 50000,
	"Đăng ký biện pháp bảo đảm": 80000, "Lưu thông hàng hóa trong nước": 400000, "Kinh doanh khí": 400000, "Công an - đăng ký xe": 50000,
}

// companies are the fields in which organisations come as often as people do.
var companies = map[string]int{
	"Thành lập và hoạt động của hợp tác xã": 95, "Thuế": 35, "BHXH": 30, "Lưu thông hàng hóa trong nước": 40, "Kinh doanh khí": 60, "Quy hoạch": 40,
	"Tài nguyên nước / môi trường": 80, "Công an - đăng ký xe": 12, "Thi đua khen thưởng": 50, "Giáo dục": 25, "Hoạt động xây dựng": 10,
}

// missing are the reasons for which a supplement is asked.
var missing = []string{
	"Bổ sung bản sao giấy tờ tùy thân còn giá trị.",
	"Tờ khai thiếu chữ ký của người đề nghị.",
	"Bổ sung bản vẽ hoặc sơ đồ kèm theo.",
	"Thông tin trên tờ khai chưa khớp với giấy tờ kèm theo.",
	"Bổ sung văn bản ủy quyền.",
	"Bản chụp nộp trực tuyến không đọc được, đề nghị nộp lại.",
	"Bổ sung giấy tờ chứng minh nơi cư trú.",
}

// delays are the reasons given in letters of apology.
var delays = []string{
	"Phải xác minh thêm tại thực địa.",
	"Chờ ý kiến của cơ quan phối hợp.",
	"Hồ sơ có nội dung phức tạp, cần thẩm định thêm.",
	"Số hồ sơ tăng đột biến trong kỳ.",
}

// refusals are the reasons for not accepting a dossier.
var refusals = []string{"Không thuộc thẩm quyền giải quyết.", "Thành phần hồ sơ không đủ theo quy định.", "Hồ sơ nộp trùng với hồ sơ đã tiếp nhận."}

// dossier writes out a plan. What is drawn here changes no figure but the
// rates of payment, digitising, electronic results and publishing.
func (t *Town) dossier(p *plan) data.Dossier {
	r := rand.New(rand.NewPCG(p.seed, uint64(p.number)))
	unit, procedure := t.scene.units[p.unit], &t.Procedures[p.procedure]
	field := t.Fields[procedure.Field-1].Name
	d := data.Dossier{
		Code:      t.code(p),
		Procedure: procedure.ID,
		Field:     procedure.Field,
		Unit:      uint32(p.unit + 1),
		Channel:   p.channel,
		Return:    p.giveBack,
		Flags:     p.flags,
		Copies:    1,
		Owner:     owner(r, t.scene.area(r, p.unit), t.scene.place, r.IntN(100) < companies[field]),
		Officer:   pick(r, t.officers[p.unit]),
		Received:  p.received,
		Mode:      data.Pause,
	}
	if unit.counter {
		d.Receiver = 1
		d.Officer = pick(r, t.officers[0])
	}
	if r.IntN(100) < 7 {
		d.Copies = 2 + r.IntN(2)
	}
	if field == "Đất đai" {
		d.Content = fmt.Sprintf("Thửa đất số %d, tờ bản đồ số %d, %s", 1+r.IntN(400), 1+r.IntN(90), d.Owner.Area)
	}
	if p.refused {
		d.Entry, d.Return = data.NotAccepted, 0
		d.Note = pick(r, refusals)
		return d
	}
	d.Term, d.Due = procedure.Term, p.printed
	d.Book, d.Seq = int(procedure.Field), p.seq
	if r.IntN(100) < 5 {
		d.Agent = owner(r, d.Owner.Area, t.scene.place, false)
	}
	t.rates(&d, p, procedure, field, r)
	d.Events = t.events(p, r)
	return d
}

// area returns a commune of the town: that of the unit, or any.
func (sc *scene) area(r *rand.Rand, unit int) string {
	if sc.units[unit].level != data.LevelCommune || sc.units[unit].counter {
		unit = sc.areas[r.IntN(len(sc.areas))]
	}
	return strings.TrimPrefix(strings.TrimPrefix(sc.units[unit].name, "Ủy ban nhân dân "), "UBND ")
}

// rates sets the fee and the flags whose rates rise over the two years.
func (t *Town) rates(d *data.Dossier, p *plan, procedure *data.Procedure, field string, r *rand.Rand) {
	progress := min(max(float64(p.received.Day-t.scene.years[0].from)/730, 0), 1)
	chance := func(from, to float64) bool { return r.Float64() < from+(to-from)*progress }
	if d.Fee = procedure.Fee; d.Fee == 0 {
		d.Fee = fees[field]
	}
	if d.Fee > 0 {
		d.Flags |= data.FeeDue
		if p.channel == data.Online && chance(0.03, 0.44) {
			d.Flags |= data.PaidOnline
		}
	}
	if chance(0.3, 0.97) {
		d.Flags |= data.Digitised
	}
	if p.end == data.Finish && (p.giveBack == data.ReturnElectronic || chance(0.22, 0.86)) {
		d.Flags |= data.EResult
	}
	if chance(0.45, 0.985) {
		d.Flags |= data.Published
	}
}

// events writes out what happened, in order.
func (t *Town) events(p *plan, r *rand.Rand) []data.Event {
	by := pick(r, t.officers[p.unit])
	events := make([]data.Event, 0, 6)
	begin := p.received
	if begin.Clock += data.Clock(2 + r.IntN(8)); begin.Clock > data.At(15, 0) {
		// After 15:00 a dossier is handed over at the start of the next working
		// day (register-and-reports 1.11).
		begin = data.Moment{Day: t.calendar.NextWorkingDay(begin.Day), Clock: data.At(7, 1)}
	}
	begin.Clock = t.calendar.Hours().Within(begin.Clock)
	first := p.ended
	if p.pause != nil {
		first = p.pause.from
	}
	if !first.Known() || begin.Before(first) {
		if begin.Day <= t.LastDay {
			events = append(events, data.Event{Kind: data.BeginProcessing, At: begin, By: by})
		}
	}
	if q := p.pause; q != nil {
		ask, came, text := data.AskSupplement, data.Supplement, pick(r, missing)
		if q.payment {
			ask, came, text = data.AskPayment, data.Pay, "Thực hiện nghĩa vụ tài chính theo thông báo của cơ quan thuế."
		}
		events = append(events, data.Event{Kind: ask, At: q.from, By: by, Text: text})
		if q.to.Known() {
			events = append(events, data.Event{Kind: came, At: q.to, Due: q.due, By: by})
		}
	}
	if p.promised.Known() {
		events = append(events, data.Event{Kind: data.Extend, At: data.Moment{Day: p.apology, Clock: data.At(16, 30)}, Due: p.promised,
			Ref: fmt.Sprintf("%d/PXL", 1+r.IntN(180)), Text: pick(r, delays), By: by})
	}
	switch p.end {
	case data.Finish:
		events = append(events, data.Event{Kind: data.Finish, At: p.ended, Ref: fmt.Sprintf("%d/KQ", 1+r.IntN(9000)), By: by})
		if p.returned.Known() {
			events = append(events, data.Event{Kind: data.Return, At: p.returned, By: by})
		}
	case data.Withdraw:
		events = append(events, data.Event{Kind: data.Withdraw, At: p.ended, Text: "Công dân đề nghị rút hồ sơ.", By: by})
	case data.Stop:
		events = append(events, data.Event{Kind: data.Stop, At: p.ended, Text: "Không đủ điều kiện giải quyết.", By: by})
	}
	return events
}

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
