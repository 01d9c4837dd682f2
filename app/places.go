package app

import (
	"giaoban/app/screen"
	"giaoban/app/widget"
)

// entry is one screen of the window. Those without an icon are opened from
// another screen and do not stand in the navigation.
type entry struct {
	item  widget.NavItem
	build func(*office) screen.Screen // nil for those that buildScreens makes
}

// entries are the screens in the order of the navigation.
var entries = []entry{
	{item: widget.NavItem{ID: navOverview, Label: "Tổng quan", Icon: widget.IconOverview}},
	{item: widget.NavItem{ID: navRegister, Label: "Sổ hồ sơ", Icon: widget.IconRegister}},
	{item: widget.NavItem{ID: navWatching, Label: "Sắp trễ", Icon: widget.IconLate}, build: (*office).buildWatching},
	{item: widget.NavItem{ID: navChecking, Label: "Kiểm tra", Icon: widget.IconCheck}, build: (*office).buildChecking},
	{item: widget.NavItem{ID: navScoring, Label: "Chấm điểm", Icon: widget.IconScoring}, build: (*office).buildScoring},
	{item: widget.NavItem{ID: navImport, Label: "Nhập từ Excel", Icon: widget.IconImport}},
	{item: widget.NavItem{ID: navBriefing, Label: "Báo cáo", Icon: widget.IconReport}},
	{item: widget.NavItem{ID: navCatalogue, Label: "Danh mục", Icon: widget.IconCatalogue, Divider: true}, build: (*office).buildCatalogue},
	{item: widget.NavItem{ID: navSettings, Label: "Thiết lập", Icon: widget.IconSettings}},
	{item: widget.NavItem{ID: navReceiving}, build: (*office).buildReceiving},
	{item: widget.NavItem{ID: navReported}, build: (*office).buildReported},
	{item: widget.NavItem{ID: navReconciling}, build: (*office).buildReconciling},
}

// navItems are the entries of the navigation.
func (o *office) navItems() []widget.NavItem {
	var out []widget.NavItem
	for _, e := range entries {
		if e.item.Icon != "" && o.screens[e.item.ID] != nil {
			out = append(out, e.item)
		}
	}
	return out
}
