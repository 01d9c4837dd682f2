package briefing

import (
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/data/text"
)

// Check is one identity that the figures must satisfy (register-and-reports
// 4.2), as the report prints it.
type Check struct {
	Name    string
	Figures string // such as "34.170 = 32.514 + 1.656"
	Gap     int64  // left side minus right side; 0 when it holds
	Holds   bool
}

// Result is "Khớp" or "Lệch" with the gap.
func (c Check) Result() string {
	switch {
	case c.Holds:
		return "Khớp"
	case c.Gap != 0:
		return "Lệch " + data.FormatInt(c.Gap)
	}
	return "Lệch"
}

// Checks tests the identities of the period.
func Checks(in *Input) []Check {
	t := in.total()
	sum := func(name string, left int64, parts ...int64) Check {
		texts := make([]string, len(parts))
		right := int64(0)
		for i, p := range parts {
			right += p
			texts[i] = data.FormatInt(p)
		}
		return Check{name, data.FormatInt(left) + " = " + strings.Join(texts, " + "), left - right, left == right}
	}
	list := []Check{
		sum("Tiếp nhận (3) = trực tuyến (4) + trực tiếp, bưu chính (5) + kỳ trước (6)", t.Received(), t.NewOnline, t.DirectPostal(), t.Carried),
		sum("Đã giải quyết (7) = trước hạn (8) + đúng hạn (9) + quá hạn (10)", t.Resolved(), t.Early, t.OnTime, t.Late),
		sum("Đang giải quyết (11) = trong hạn (12) + quá hạn (13)", t.Pending(), t.InTime, t.Overdue),
		sum("Tiếp nhận (3) = đã giải quyết (7) + đang giải quyết (11)", t.Received(), t.Resolved(), t.Pending()),
	}
	for _, g := range []struct {
		name  string
		table data.Table
	}{{"lĩnh vực", in.ByField}, {"đơn vị", in.ByUnit}, {"cấp", in.ByLevel}} {
		if len(g.table.Rows) == 0 && t == (data.Counts{}) {
			continue
		}
		var rows data.Counts
		broken := 0
		for _, r := range g.table.Rows {
			rows.Add(r.Counts)
			if r.Received() != r.Resolved()+r.Pending() {
				broken++
			}
		}
		c := sum(fmt.Sprintf("Tổng cộng = cộng %d dòng theo %s, mọi cột", len(g.table.Rows), g.name), t.Received(), rows.Received())
		c.Holds = rows == t && g.table.Total == t && broken == 0
		list = append(list, c)
	}
	list = append(list, sum("Quá hạn chưa giải quyết (13) = số dòng trong danh sách quá hạn", t.Overdue, int64(len(in.Overdue))))
	if all, outside := in.letters(); all > 0 {
		list = append(list, sum("Quá hạn đã có thư xin lỗi = thư trong Sổ thư xin lỗi + thư chỉ ghi trong nguồn nhập", all, all-outside, outside))
	}
	if in.Compared() && in.Before.To+1 == in.Period.From {
		list = append(list, sum("Từ kỳ trước (6) = đang giải quyết (11) cuối "+text.Within(in.Before.Label), t.Carried, in.ByFieldBefore.Total.Pending()))
	}
	return list
}
