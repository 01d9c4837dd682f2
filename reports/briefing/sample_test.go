package briefing_test

import (
	"fmt"

	"giaoban/data"
	"giaoban/reports/briefing"
	"giaoban/reports/form"
)

// share splits c over weights so that the parts add up to c and every part
// satisfies the identities of form II.06a.
func share(c data.Counts, weights []int64) []data.Counts {
	sum := int64(0)
	for _, w := range weights {
		sum += w
	}
	list := make([]data.Counts, len(weights))
	left := c
	for i, w := range weights {
		if i == len(weights)-1 {
			list[i] = left
			break
		}
		part := func(n int64) int64 { return n * w / sum }
		p := data.Counts{NewOnline: part(c.NewOnline), NewDirect: part(c.NewDirect), NewPostal: part(c.NewPostal), Carried: part(c.Carried),
			Early: part(c.Early), Late: part(c.Late), InTime: part(c.InTime), Overdue: part(c.Overdue), Waiting: part(c.Waiting),
			FeeDue: part(c.FeeDue), PaidOnline: part(c.PaidOnline), Digitised: part(c.Digitised), EResult: part(c.EResult),
			Published: part(c.Published), Surveyed: part(c.Surveyed), Satisfied: part(c.Satisfied), Postal: part(c.Postal), Withdrawn: part(c.Withdrawn)}
		p.OnTime = p.Received() - p.Early - p.Late - p.InTime - p.Overdue
		list[i] = p
		left = minus(left, p)
	}
	return list
}

func minus(a, b data.Counts) data.Counts {
	a.NewOnline -= b.NewOnline
	a.NewDirect -= b.NewDirect
	a.NewPostal -= b.NewPostal
	a.Carried -= b.Carried
	a.Early -= b.Early
	a.OnTime -= b.OnTime
	a.Late -= b.Late
	a.Withdrawn -= b.Withdrawn
	a.InTime -= b.InTime
	a.Overdue -= b.Overdue
	a.Waiting -= b.Waiting
	a.FeeDue -= b.FeeDue
	a.PaidOnline -= b.PaidOnline
	a.Digitised -= b.Digitised
	a.EResult -= b.EResult
	a.Published -= b.Published
	a.Surveyed -= b.Surveyed
	a.Satisfied -= b.Satisfied
	a.Postal -= b.Postal
	return a
}

// rates of a row, as the figures of the register give them.
func rates(now, before data.Counts) []data.Rate {
	r := func(id, name, base string, num, den func(data.Counts) int64) data.Rate {
		return data.Rate{ID: id, Name: name, DenominatorName: base, Compared: true,
			Now:    data.Ratio{Numerator: num(now), Denominator: den(now)},
			Before: data.Ratio{Numerator: num(before), Denominator: den(before)}}
	}
	return []data.Rate{
		r("on_time", "Tỷ lệ trước hạn và đúng hạn", "đã giải quyết", func(c data.Counts) int64 { return c.Early + c.OnTime }, data.Counts.Resolved),
		r("early", "Tỷ lệ trước hạn", "đã giải quyết", func(c data.Counts) int64 { return c.Early }, data.Counts.Resolved),
		r("late", "Tỷ lệ quá hạn", "đã giải quyết", func(c data.Counts) int64 { return c.Late }, data.Counts.Resolved),
		r("online", "Tỷ lệ hồ sơ trực tuyến", "mới tiếp nhận", func(c data.Counts) int64 { return c.NewOnline }, data.Counts.New),
		r("postal", "Tỷ lệ bưu chính công ích", "tổng tiếp nhận", func(c data.Counts) int64 { return c.Postal }, data.Counts.Received),
		r("online_payment", "Tỷ lệ thanh toán trực tuyến", "có phí, lệ phí", func(c data.Counts) int64 { return c.PaidOnline }, func(c data.Counts) int64 { return c.FeeDue }),
		r("digitised", "Tỷ lệ số hóa", "tổng tiếp nhận", func(c data.Counts) int64 { return c.Digitised }, data.Counts.Received),
		r("e_result", "Tỷ lệ kết quả điện tử", "đã giải quyết", func(c data.Counts) int64 { return c.EResult }, data.Counts.Resolved),
		r("resolved", "Tỷ lệ giải quyết", "tổng tiếp nhận", data.Counts.Resolved, data.Counts.Received),
		r("published", "Tỷ lệ đồng bộ", "tổng tiếp nhận", func(c data.Counts) int64 { return c.Published }, data.Counts.Received),
	}
}

var fieldNames = []string{"Đất đai", "Hộ tịch", "Chứng thực", "Thành lập và hoạt động của hộ kinh doanh", "Bảo trợ xã hội", "Người có công",
	"Hoạt động xây dựng", "Quy hoạch xây dựng, kiến trúc", "Giáo dục mầm non", "Giáo dục trung học", "Thi đua, khen thưởng", "Công chức, viên chức",
	"Tôn giáo Chính phủ", "Lưu thông hàng hóa trong nước", "Nông nghiệp và phát triển nông thôn", "Lâm nghiệp", "Thủy sản", "Môi trường",
	"Bồi thường nhà nước", "Phòng, chống tệ nạn xã hội", "Thư viện", "Văn hóa cơ sở", "Đăng ký, quản lý cư trú", "Cấp, quản lý căn cước công dân",
	"Thuế", "Bảo hiểm xã hội", "Khiếu nại, tố cáo"}

var unitNames = map[data.Level][]string{
	data.LevelDistrict: {"Phòng Tài nguyên và Môi trường", "Phòng Tư pháp", "Phòng Tài chính - Kế hoạch", "Phòng Lao động - Thương binh và Xã hội", "Phòng Quản lý đô thị",
		"Phòng Nội vụ", "Phòng Giáo dục và Đào tạo", "Phòng Kinh tế", "Phòng Văn hóa và Thông tin", "Chi nhánh Văn phòng Đăng ký đất đai"},
	data.LevelVertical: {"Công an thị xã", "Chi cục Thuế khu vực", "Bảo hiểm xã hội thị xã"},
	data.LevelCommune: {"Phường Mạo Khê", "Phường Đông Triều", "Phường Đức Chính", "Phường Hưng Đạo", "Phường Xuân Sơn", "Phường Kim Sơn", "Phường Hoàng Quế", "Phường Yên Thọ",
		"Phường Tràng An", "Phường Hồng Phong", "Xã An Sinh", "Xã Bình Dương", "Xã Bình Khê", "Xã Hồng Thái Đông", "Xã Hồng Thái Tây", "Xã Nguyễn Huệ", "Xã Tân Việt", "Xã Thủy An", "Xã Tràng Lương", "Xã Việt Dân", "Xã Yên Đức"},
}

// sample is a year of a town, modelled on the figures of seed 003.
func sample() *briefing.Input {
	period, _ := data.ParsePeriod("2022")
	before := period.Before()
	asOf := data.Date(2022, 12, 31)
	levels := []data.Level{data.LevelDistrict, data.LevelVertical, data.LevelCommune}
	now := map[data.Level]data.Counts{
		data.LevelDistrict: {NewOnline: 29291, NewDirect: 1840, NewPostal: 600, Carried: 2439, Early: 18214, OnTime: 14300, InTime: 1652, Overdue: 4, Waiting: 210,
			FeeDue: 21000, PaidOnline: 9100, Digitised: 30120, EResult: 25411, Published: 33900, Postal: 15977, Withdrawn: 320},
		data.LevelVertical: {NewOnline: 20110, NewDirect: 6219, NewPostal: 20, Carried: 180, Early: 9000, OnTime: 17348, Late: 5, InTime: 173, Overdue: 3, FeeDue: 800, PaidOnline: 90, Published: 26000, Digitised: 100, EResult: 9000, Postal: 1200},
		data.LevelCommune: {NewOnline: 23596, NewDirect: 1842, Carried: 177, Early: 24201, OnTime: 1184, Late: 12, InTime: 207, Overdue: 11, Waiting: 4,
			FeeDue: 15000, PaidOnline: 7420, Digitised: 22800, EResult: 21000, Published: 25000, Postal: 410, Withdrawn: 41},
	}
	old := map[data.Level]data.Counts{
		data.LevelDistrict: {NewOnline: 22456, NewDirect: 5463, NewPostal: 201, Carried: 2100, Early: 14000, OnTime: 13700, Late: 81, InTime: 2420, Overdue: 19, FeeDue: 20000, PaidOnline: 2200, Digitised: 11000, EResult: 9000, Published: 25000, Postal: 5128},
		data.LevelVertical: {NewOnline: 9110, NewDirect: 14219, Carried: 210, Early: 7000, OnTime: 16339, Late: 20, InTime: 170, Overdue: 10, FeeDue: 700, PaidOnline: 10, Published: 12000, Postal: 600},
		data.LevelCommune:  {NewOnline: 19100, NewDirect: 4344, Carried: 150, Early: 20101, OnTime: 3284, Late: 32, InTime: 157, Overdue: 20, FeeDue: 14000, PaidOnline: 700, Digitised: 2800, EResult: 3000, Published: 15000, Postal: 160},
	}
	build := func(p data.Period, of map[data.Level]data.Counts) (fields, units, byLevel data.Table) {
		fields = data.Table{Period: p, AsOf: asOf, Group: data.ByField}
		units = data.Table{Period: p, AsOf: asOf, Group: data.ByUnit}
		byLevel = data.Table{Period: p, AsOf: asOf, Group: data.ByLevel}
		for _, l := range levels {
			byLevel.Rows = append(byLevel.Rows, data.Row{Key: string(l), Name: l.Name(), Counts: of[l]})
			byLevel.Total.Add(of[l])
			var weights []int64
			for i := range unitNames[l] {
				weights = append(weights, int64(40/(i+1)+3))
			}
			for i, c := range share(of[l], weights) {
				units.Rows = append(units.Rows, data.Row{Key: fmt.Sprintf("%s/%d", l, i), Name: unitNames[l][i], Counts: c})
			}
		}
		var weights []int64
		for i := range fieldNames {
			weights = append(weights, int64(60/(i+1)+1))
		}
		for i, c := range share(byLevel.Total, weights) {
			fields.Rows = append(fields.Rows, data.Row{Key: fmt.Sprint(i + 1), Name: fieldNames[i], Counts: c})
		}
		fields.Total, units.Total = byLevel.Total, byLevel.Total
		return
	}
	in := &briefing.Input{
		Office: data.Office{Parent: "Ủy ban nhân dân\ntỉnh Quảng Ninh", Name: "Ủy ban nhân dân\nthị xã Đông Triều", Place: "Đông Triều", Symbol: "BC-UBND",
			Receiver: "Ủy ban nhân dân tỉnh Quảng Ninh", Authority: "TM. Ủy ban nhân dân", Title: "Chủ tịch", Signer: "Nguyễn Văn Mẫu", Preparer: "Trần Thị Mẫu"},
		Period: period, Before: before, AsOf: asOf, Date: data.Date(2023, 1, 5), Number: "5",
		UnitLevel: func(key string) data.Level {
			for _, l := range levels {
				if len(key) > len(l) && key[:len(l)+1] == string(l)+"/" {
					return l
				}
			}
			return ""
		},
		LevelRates: map[data.Level][]data.Rate{},
		Survey:     briefing.Survey{VerySatisfied: 2915, Satisfied: 38},
	}
	in.ByField, in.ByUnit, in.ByLevel = build(period, now)
	in.ByFieldBefore, in.ByUnitBefore, in.ByLevelBefore = build(before, old)
	in.Rates = rates(in.ByField.Total, in.ByFieldBefore.Total)
	for _, l := range levels {
		in.LevelRates[l] = rates(now[l], old[l])
	}
	for m := range 12 {
		in.Months = append(in.Months, briefing.Month{Label: fmt.Sprintf("T%d", m+1), Received: int64(6000 + 173*((m*7)%11)), Resolved: int64(5900 + 181*((m*5)%11)), Overdue: int64((m*13)%29 + 5)})
		in.MonthsBefore = append(in.MonthsBefore, briefing.Month{Label: fmt.Sprintf("T%d", m+1), Received: int64(5000 + 223*((m*5)%11)), Resolved: int64(5000 + 181*((m*3)%11)), Overdue: 9})
	}
	people := []string{"Nguyễn Văn An", "Trần Thị Bích Ngọc", "Công ty TNHH Một thành viên Xây dựng và Thương mại Hưng Thịnh", "Lê Hoàng", "Hộ kinh doanh Phạm Thị Dung", "Ông Đặng Quốc Việt và bà Hoàng Thị Yến"}
	procedures := []string{"Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất trong các trường hợp chuyển nhượng, thừa kế, tặng cho, góp vốn",
		"Đăng ký khai sinh", "Cấp giấy phép xây dựng nhà ở riêng lẻ", "Thực hiện, điều chỉnh, thôi hưởng trợ cấp xã hội hàng tháng"}
	for i := range in.ByField.Total.Overdue {
		due := asOf - data.Day(1+i*3)
		in.Overdue = append(in.Overdue, form.Overdue{Code: fmt.Sprintf("000.00.16.H49-2211%02d-%04d", i+1, 7*i+12), Owner: people[i%6], Procedure: procedures[i%4],
			Unit: unitNames[levels[i%3]][i%3], Due: due, DaysLate: int(asOf - due), Apology: i%3 != 0})
	}
	return in
}
