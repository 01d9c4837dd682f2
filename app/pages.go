package app

import (
	"giaoban/app/env"
	"giaoban/app/page/briefing"
	"giaoban/app/page/catalogue"
	"giaoban/app/page/checking"
	"giaoban/app/page/found"
	"giaoban/app/page/importing"
	"giaoban/app/page/logbooks"
	"giaoban/app/page/overview"
	"giaoban/app/page/receiving"
	"giaoban/app/page/reconciling"
	"giaoban/app/page/register"
	"giaoban/app/page/reported"
	"giaoban/app/page/scoring"
	"giaoban/app/page/settings"
	"giaoban/app/page/watching"
	"giaoban/app/shell"
	"giaoban/app/widget"
)

// pages are the pages in the order of the navigation.
var pages = []shell.Entry{
	{ID: env.Overview, Label: "Tổng quan", Icon: widget.IconOverview, Build: overview.New},
	{ID: env.Register, Label: "Sổ hồ sơ", Icon: widget.IconRegister, Build: register.New},
	{ID: env.Watching, Label: "Sắp trễ", Icon: widget.IconLate, Build: watching.New},
	{ID: env.Checking, Label: "Kiểm tra", Icon: widget.IconCheck, Build: checking.New},
	{ID: env.Scoring, Label: "Chấm điểm", Icon: widget.IconScoring, Build: scoring.New},
	{ID: env.Import, Label: "Nhập từ Excel", Icon: widget.IconImport, Build: importing.New},
	{ID: env.Briefing, Label: "Báo cáo", Icon: widget.IconReport, Build: briefing.New},
	{ID: env.Tasks, Label: "Nhiệm vụ", Icon: widget.IconTasks, Group: true, Build: logbooks.New("task")},
	{ID: env.Conference, Label: "Họp giao ban", Icon: widget.IconMeeting, Build: logbooks.New("conference", "conclusion")},
	{ID: env.Logbooks, Label: "Sổ khác", Icon: widget.IconBooks, Build: logbooks.New("petition", "inspection", "finding", "slip", "dialogue", "opinion", "initiative", "praise", "discipline", "document")},
	{ID: env.Catalogue, Label: "Danh mục", Icon: widget.IconCatalogue, Group: true, Build: catalogue.New},
	{ID: env.Settings, Label: "Thiết lập", Icon: widget.IconSettings, Build: settings.New},
	{ID: env.Receiving, Build: receiving.New},
	{ID: env.Reported, Build: reported.New},
	{ID: env.Reconciling, Build: reconciling.New},
	{ID: env.Founding, Build: found.New},
}
