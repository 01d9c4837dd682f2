package app

import (
	"giaoban/app/env"
	"giaoban/app/page/briefing"
	"giaoban/app/page/catalogue"
	"giaoban/app/page/checking"
	"giaoban/app/page/found"
	"giaoban/app/page/importing"
	"giaoban/app/page/indicators"
	"giaoban/app/page/logbooks"
	"giaoban/app/page/overview"
	"giaoban/app/page/packages"
	"giaoban/app/page/receiving"
	"giaoban/app/page/reconciling"
	"giaoban/app/page/register"
	"giaoban/app/page/reported"
	"giaoban/app/page/scoring"
	"giaoban/app/page/settings"
	"giaoban/app/page/standings"
	"giaoban/app/page/watching"
	"giaoban/app/shell"
	"giaoban/app/widget"
)

// pages are the pages in the order of the navigation.
var pages = []shell.Entry{
	{ID: env.Overview, Label: "Tổng quan", Key: "1", Icon: widget.IconOverview, Build: overview.New},
	{ID: env.Register, Label: "Sổ hồ sơ", Key: "2", Icon: widget.IconRegister, Build: register.New},
	{ID: env.Watching, Label: "Sắp trễ", Key: "3", Icon: widget.IconLate, Build: watching.New},
	{ID: env.Checking, Label: "Kiểm tra", Key: "4", Icon: widget.IconCheck, Build: checking.New},
	{ID: env.Scoring, Label: "Chấm điểm", Key: "5", Icon: widget.IconScoring, Build: scoring.New},
	{ID: env.Import, Label: "Nhập từ Excel", Key: "6", Icon: widget.IconImport, Build: importing.New},
	{ID: env.Briefing, Label: "Báo cáo", Key: "7", Icon: widget.IconReport, Build: briefing.New},
	{ID: env.Tasks, Label: "Nhiệm vụ", Key: "N", Icon: widget.IconTasks, Group: true, Build: logbooks.New("task")},
	{ID: env.Conference, Label: "Họp giao ban", Key: "H", Icon: widget.IconMeeting, Build: logbooks.New("conference", "conclusion")},
	{ID: env.Indicators, Label: "Chỉ tiêu", Key: "T", Icon: widget.IconTarget, Build: indicators.New},
	{ID: env.Logbooks, Label: "Sổ khác", Key: "S", Icon: widget.IconBooks, Build: logbooks.New("petition", "inspection", "finding", "slip", "dialogue", "opinion", "initiative", "praise", "discipline", "document", "reading")},
	{ID: env.Standings, Label: "Đối chiếu", Key: "D", Icon: widget.IconBalance, Build: standings.New},
	{ID: env.Packages, Label: "Gói số liệu", Key: "G", Icon: widget.IconParcel, Build: packages.New},
	{ID: env.Catalogue, Label: "Danh mục", Key: "8", Icon: widget.IconCatalogue, Group: true, Build: catalogue.New},
	{ID: env.Settings, Label: "Thiết lập", Key: "9", Icon: widget.IconSettings, Build: settings.New},
	{ID: env.Receiving, Build: receiving.New},
	{ID: env.Reported, Build: reported.New},
	{ID: env.Reconciling, Build: reconciling.New},
	{ID: env.Founding, Build: found.New},
}
