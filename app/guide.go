package app

import (
	"cmp"
	"strings"

	"giaoban/app/env"
	"giaoban/docs"
)

// guideParts are the headings of the guide that belong to the pages; those of others
// tell of the window.
var guideParts = map[string]string{
	env.Overview: "Tổng quan", env.Register: "Sổ hồ sơ", env.Receiving: "Tiếp nhận hồ sơ", env.Watching: "Sắp trễ và thư xin lỗi", env.Checking: "Kiểm tra dữ liệu",
	env.Tasks: "Nhiệm vụ, họp giao ban và các sổ khác", env.Conference: "Nhiệm vụ, họp giao ban và các sổ khác", env.Logbooks: "Nhiệm vụ, họp giao ban và các sổ khác",
	env.Standings: "Đối chiếu", env.Indicators: "Chỉ tiêu",
	env.Scoring: "Chấm điểm Chỉ số CCHC", env.Import: "Nhập từ Excel", env.Reported: "Nhập từ Excel", env.Reconciling: "Nhập từ Excel", env.Briefing: "Báo cáo",
	env.Catalogue: "Danh mục", env.Settings: "An toàn dữ liệu", env.Founding: "Mở lần đầu",
}

// guideOf is the part of the guide on a page, as Markdown without tables, which the
// toolkit does not draw: a row becomes a point of a list.
func guideOf(page string) string {
	title := cmp.Or(guideParts[page], "Cửa sổ")
	for _, part := range strings.Split(docs.Guide, "\n## ")[1:] {
		head, body, _ := strings.Cut(part, "\n")
		if _, name, _ := strings.Cut(head, ". "); name != title {
			continue
		}
		lines := []string{"## " + title}
		rows := strings.Split(body, "\n")
		for i, line := range rows {
			if !strings.HasPrefix(line, "|") {
				lines = append(lines, line)
				continue
			}
			if strings.HasPrefix(line, "|---") || i+1 < len(rows) && strings.HasPrefix(rows[i+1], "|---") {
				continue // the head of a table
			}
			name, rest, _ := strings.Cut(strings.Trim(line, "| "), "|")
			lines = append(lines, "- **"+strings.TrimSpace(name)+"**: "+strings.TrimSpace(strings.ReplaceAll(rest, "|", "·")))
		}
		return strings.Join(lines, "\n")
	}
	return ""
}
