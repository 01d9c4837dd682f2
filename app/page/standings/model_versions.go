package standings

import (
	"fmt"
	"strings"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/ranking"
)

// version is a version of a ranking model in the list.
type version struct {
	ranking.Model
	at                 int
	own, shipped, used bool // used: it holds today
}

func loadVersions(d *desk.Desk) (out []version, err error) {
	own, err := d.OwnRankings()
	if err != nil {
		return nil, err
	}
	all := ranking.With(own)
	has := func(list []ranking.Model, m *ranking.Model) bool {
		for i := range list {
			if list[i].Same(m) {
				return true
			}
		}
		return false
	}
	shipped, used := ranking.Models(), ranking.On(all, d.Today())
	for i, m := range all {
		out = append(out, version{m, i + 1, has(own, &m), has(shipped, &m), has(used, &m)})
	}
	return out, nil
}

func (v *version) state(today data.Day) string {
	switch {
	case v.used:
		return "Đang dùng"
	case v.From > today:
		return "Chưa đến ngày"
	}
	return "Đã thay"
}

// criteria writes what counts how much.
func (v *version) criteria() string {
	if v.Index766 {
		return "Điểm sáu nhóm của Bộ chỉ số 766"
	}
	var out []string
	for _, c := range v.Criteria {
		text := fmt.Sprintf("%s %d", c.Name, c.Weight)
		if c.Inverse {
			text += " (ngược)"
		}
		out = append(out, text)
	}
	for _, m := range v.Minus {
		out = append(out, fmt.Sprintf("trừ %d mỗi %s, nhiều nhất %d", m.Each, strings.ToLower(m.Name), m.Most))
	}
	return strings.Join(out, " · ")
}

func (v *version) owner() string { return kit.If(v.own, "Cơ quan", "Kèm theo") }
