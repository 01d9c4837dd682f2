package view

import (
	"strconv"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/register"
)

// Groupings are the ways to count the list by group, in the order of the menu.
func Groupings() []Choice {
	return []Choice{
		{string(data.ByUnit), "Đơn vị"}, {string(data.ByField), "Lĩnh vực"}, {string(register.ByOutcome), "Tình trạng"}, {string(register.ByDesk), "Bộ phận đang giữ"},
		{string(data.ByProcedure), "Thủ tục"}, {string(register.ByOfficer), "Người tiếp nhận"},
	}
}

// Group counts the list by group from now on; "" ends it.
func (m *Register) Group(by string) {
	m.groupBy, m.groups = data.Group(by), nil
	m.Refresh()
}

// GroupedBy returns how the list is counted by group, "" when it is not.
func (m *Register) GroupedBy() string { return string(m.groupBy) }

// Groups returns the counts of the list by group, the largest first as far as
// the order of tables has none.
func (m *Register) Groups() []desk.GroupCount { return m.groups }

// OpenGroup narrows the list to a group.
func (m *Register) OpenGroup(key string) {
	switch m.groupBy {
	case data.ByUnit:
		m.Choose(FilterUnit, []string{key})
	case data.ByField:
		m.Choose(FilterField, []string{key})
	case data.ByProcedure:
		m.Choose(FilterProcedure, []string{key})
	case register.ByOutcome:
		m.Choose(FilterOutcome, []string{key})
	case register.ByDesk:
		m.Choose(FilterDesk, []string{key})
	case register.ByOfficer:
		m.Choose(FilterOfficer, []string{key})
	}
}

// GroupOpen reports whether the list is narrowed to a group already.
func (m *Register) GroupOpen(key string) bool {
	filter := map[data.Group]string{data.ByUnit: FilterUnit, data.ByField: FilterField, data.ByProcedure: FilterProcedure,
		register.ByOutcome: FilterOutcome, register.ByDesk: FilterDesk, register.ByOfficer: FilterOfficer}[m.groupBy]
	chosen := m.Chosen(filter)
	return len(chosen) == 1 && chosen[0] == key
}

// groupName writes a group as its filter calls it.
func groupName(by data.Group, g desk.GroupCount) string {
	if by == register.ByOutcome {
		if n, err := strconv.Atoi(g.Key); err == nil {
			return outcomeWord(data.Outcome(n))
		}
	}
	if by == data.ByUnit {
		return shortUnit(g.Name)
	}
	return g.Name
}
