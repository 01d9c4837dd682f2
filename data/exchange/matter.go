package exchange

import (
	"slices"
	"strings"

	"giaoban/data/matter"
)

// Words of tables about administrative procedures: ourNames say so whatever else
// is named, ourWords speak for it where no other work is.
var (
	ourNames = strings.Split("thu tuc hanh chinh|tthc|mot cua|dich vu cong|dvc|ii 06|ii 06a|ii 06b|ii 06c|06a|06b|07a|07b|07c", "|")
	ourWords = strings.Split("ho so|hs|thu tuc|linh vuc|truoc han|dung han|qua han|tre han|trong han|dung thoi han|bo sung|truc tuyen|buu chinh|bcci", "|")
)

// titles are the name of a table, its titles and its headings.
type titles []string

func titlesOf(sheetName string, head []headRow, table *candidate) titles {
	said := titles{fold(sheetName)}
	last := table.rows[len(table.rows)-1]
	for i := range head {
		if head[i].num > last {
			break
		}
		for _, text := range head[i].folded {
			said = append(said, text)
		}
	}
	return said
}

// hold reports whether one of the words stands in the titles.
func (t titles) hold(words ...string) bool {
	all := " " + strings.Join(t, " | ") + " "
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(all, " "+w+" ") })
}

// otherMatter names what a table of counts is about when its titles and headings
// speak of other work; "" when they speak of dossiers. What a heading such as
// «tiếp nhận» counts, no heading alone can tell. The rows do not count: «Khiếu
// nại, tố cáo» is a field of procedures too.
func otherMatter(sheetName string, head []headRow, counts *candidate) string {
	if counts == nil {
		return ""
	}
	said := titlesOf(sheetName, head, counts)
	if said.hold(ourNames...) {
		return ""
	}
	if m, ok := matter.Titled(said); ok {
		return m.Name
	}
	// What was settled beside what is still at work is the balance of dossiers.
	settled, atWork := said.hold("da giai quyet", "da xu ly"), said.hold("dang giai quyet", "dang xu ly", "chua giai quyet")
	if said.hold(ourWords...) || settled && atWork {
		return ""
	}
	return unknownMatter
}

// otherList names what a list is about whose titles and headings speak of what the law
// keeps apart from procedures, such as «Sổ theo dõi đơn tố cáo», and of no dossier or
// procedure; "" for all others.
func otherList(sheetName string, head []headRow, list *candidate) string {
	if list == nil {
		return ""
	}
	said := titlesOf(sheetName, head, list)
	if m, ok := matter.Titled(said); ok && m.ID != "" && !said.hold("ho so", "hs", "thu tuc", "tthc", "mot cua") {
		return m.Name
	}
	return ""
}

// unknownMatter stands for work that the titles do not name.
const unknownMatter = "một việc không rõ"
