package demo

import "giaoban/data"

// The ward of today: three communes became one on 1 July 2025.
const (
	ward      = "phường Đông Hà Sơn"
	wardPlace = 4 // index of the unit that bears its name
)

func wardOffice() data.Office {
	o := townOffice()
	o.Name, o.Level = "ỦY BAN NHÂN DÂN\nPHƯỜNG ĐÔNG HÀ SƠN", data.LevelCommune
	o.Desk = "TRUNG TÂM PHỤC VỤ\nHÀNH CHÍNH CÔNG"
	o.Address = "Số 1 đường Minh Họa, phường Đông Hà Sơn"
	o.Receiver = "Ủy ban nhân dân tỉnh"
	return o
}

// wardUnits are its units, the one-stop centre first; those of before the reform were
// merged into the committee of the ward.
func wardUnits() []unitPlan {
	unit := func(name, code string, load, speed float64, kind data.UnitKind, fields map[string]float64) unitPlan {
		return unitPlan{name: name, code: code, level: data.LevelCommune, load: load, speed: speed, fields: fields, counter: true, kind: kind, from: reform}
	}
	list := []unitPlan{
		unit("Trung tâm Phục vụ hành chính công", "00", 0, 1, data.KindCentre, nil),
		unit("Văn phòng Hội đồng nhân dân và Ủy ban nhân dân", "01", 46, 1.2, data.KindDepartment, map[string]float64{
			"Hộ tịch": 62, "Chứng thực": 27, "Nuôi con nuôi": 0.5, "Hòa giải ở cơ sở": 1.4, "Phổ biến giáo dục pháp luật": 1, "Giải quyết khiếu nại tố cáo": 1, "Thi đua khen thưởng": 4}),
		unit("Phòng Kinh tế, Hạ tầng và Đô thị", "02", 22, 0.8, data.KindDepartment, map[string]float64{
			"Đất đai": 30, "Thành lập và hoạt động hộ kinh doanh": 38, "Hoạt động xây dựng": 18, "Quy hoạch": 6, "Nông nghiệp": 6, "Lưu thông hàng hóa trong nước": 4}),
		unit("Phòng Văn hóa - Xã hội", "03", 20, 1, data.KindDepartment, map[string]float64{
			"Bảo trợ xã hội": 46, "Người có công": 20, "Trẻ em": 4, "Giảm nghèo": 6, "Văn hóa": 8, "Giáo dục": 6, "Dân số": 2, "Tôn giáo": 2}),
		unit("UBND "+ward, "04", 2, 1, data.KindCommune, map[string]float64{"Hộ tịch": 1}),
		{name: "Công an " + ward, code: "51", level: data.LevelVertical, load: 20, speed: 1.1, kind: data.KindVertical, from: reform,
			fields: map[string]float64{"Công an - căn cước": 30, "Công an - đăng ký cư trú": 70}},
		{name: "Bảo hiểm xã hội khu vực", code: "52", level: data.LevelVertical, load: 6, speed: 1.2, kind: data.KindVertical, fields: map[string]float64{"BHXH": 1}},
	}
	for i, name := range []string{"UBND phường Yên Trạch Hạ", "UBND phường Kim Đính Sơn", "UBND xã Tràng Vĩ Sơn"} {
		list = append(list, unitPlan{name: name, code: []string{"21", "22", "23"}[i], level: data.LevelCommune, load: 30 - 5*float64(i), speed: 1 - 0.1*float64(i), kind: data.KindCommune,
			fields: communeFields, to: reform - 1, into: wardPlace + 1})
	}
	return list
}

// wardGroups are about what a ward of 40.000 people has.
var wardGroups = []group{
	{
		level: data.LevelCommune,
		carry: target{pending: 160, waiting: 14, overdue: 5},
		years: [2]target{
			{fresh: 7420, online: 6010, postal: 690, pending: 190, waiting: 18, overdue: 8, early: 6680, late: 64, withdrawn: 41, surveyed: 980, satisfied: 941, refused: 22},
			{fresh: 8210, online: 7480, postal: 1240, pending: 240, waiting: 22, overdue: 12, early: 7350, late: 35, withdrawn: 44, surveyed: 1390, satisfied: 1361, refused: 19},
		},
	},
	{
		level: data.LevelVertical,
		carry: target{pending: 60, waiting: 6, overdue: 2},
		years: [2]target{
			{fresh: 3110, online: 2140, postal: 310, pending: 60, waiting: 6, overdue: 3, early: 2400, late: 22, withdrawn: 15, surveyed: 260, satisfied: 249, refused: 9},
			{fresh: 3480, online: 2790, postal: 480, pending: 76, waiting: 7, overdue: 5, early: 2700, late: 12, withdrawn: 16, surveyed: 330, satisfied: 322, refused: 8},
		},
	},
}

// target holds the figures that one group of units reaches in one year. What is
// resolved follows: carried over and new, less pending.
type target struct {
	fresh     int // received in the year
	online    int // of fresh, online
	postal    int // of all received, carried over included: came in or go back by post
	pending   int // at the end of the year
	waiting   int // of pending: the office waits for the citizen
	stale     int // of waiting: already so a year ago
	overdue   int // of pending
	early     int // of resolved
	late      int // of resolved
	withdrawn int // of resolved: withdrawn or stopped
	surveyed  int // of resolved
	satisfied int // of surveyed
	refused   int // not accepted, in no figure
}

// group is one of the three groups of units of the article.
type group struct {
	level data.Level
	carry target // the end of 2020: only pending, waiting, overdue are used
	years [2]target
}

// articleGroups are the figures of source article 003 (seeds.md and
// register-and-reports 8.4). The article gives for 2022: received, new,
// resolved, early, online, postal and satisfied of the town; received,
// resolved, online and satisfied of the communes; received and resolved of the
// vertical agencies. For 2021 it gives the rates from which those changed:
// online 79,86 % and postal 16,97 % of the town, online 81,47 % of the communes.
// The rest is made up to agree with these.
var articleGroups = []group{
	{
		level: data.LevelDistrict,
		carry: target{pending: 1912, waiting: 560, overdue: 20},
		years: [2]target{
			{fresh: 29104, online: 23242, postal: 5263, pending: 2439, waiting: 840, stale: 6, early: 13288, late: 171, withdrawn: 262, surveyed: 3890, satisfied: 3794, refused: 118},
			{fresh: 31731, online: 29291, postal: 15977, pending: 1656, waiting: 460, stale: 9, early: 18214, withdrawn: 287, surveyed: 6117, satisfied: 6057, refused: 96},
		},
	},
	{
		level: data.LevelCommune,
		carry: target{pending: 203, waiting: 20, overdue: 6},
		years: [2]target{
			{fresh: 24118, online: 19649, postal: 2310, pending: 177, waiting: 24, stale: 1, overdue: 9, early: 22150, late: 193, withdrawn: 96, surveyed: 3110, satisfied: 2989, refused: 64},
			{fresh: 25438, online: 23596, postal: 4890, pending: 218, waiting: 31, stale: 1, overdue: 13, early: 24362, late: 41, withdrawn: 112, surveyed: 4976, satisfied: 4870, refused: 58},
		},
	},
	{
		level: data.LevelVertical,
		carry: target{pending: 318, waiting: 40, overdue: 12},
		years: [2]target{
			{fresh: 24870, online: 13678, postal: 3730, pending: 241, waiting: 38, stale: 2, overdue: 14, early: 15210, late: 299, withdrawn: 141, surveyed: 1900, satisfied: 1821, refused: 71},
			{fresh: 26288, online: 18664, postal: 6110, pending: 176, waiting: 27, stale: 2, overdue: 18, early: 17060, late: 122, withdrawn: 130, surveyed: 2410, satisfied: 2336, refused: 66},
		},
	},
}
