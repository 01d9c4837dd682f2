package briefing

import (
	"slices"
	"strings"
)

// Choice is what an office prints of a report, and in which order: blocks of text and
// annexes, with blocks of its own.
type Choice struct {
	Order []string `json:"order,omitempty"` // ids
	Off   []string `json:"off,omitempty"`   // those that are not printed
	Own   []Own    `json:"own,omitempty"`
}

// Own is a block that an office added to a section; its text is kept like that of others.
type Own struct {
	ID      string `json:"id"`      // begins with OwnPrefix
	Section string `json:"section"` // id
	Name    string `json:"name"`    // its heading
}

// OwnPrefix begins the ids of blocks of the office.
const OwnPrefix = "rieng."

// IsOwn tells blocks of the office from shipped ones.
func IsOwn(id string) bool { return strings.HasPrefix(id, OwnPrefix) }

// Annex is an annex of the report.
type Annex struct{ ID, Title string }

// The annexes of the briefing report, in their first order.
const (
	AnnexFields  = "phu-luc.linh-vuc"
	AnnexUnits   = "phu-luc.don-vi"
	AnnexCompare = "phu-luc.so-sanh"
	AnnexOverdue = "phu-luc.qua-han"
)

var annexes = []Annex{{AnnexFields, "Biểu II.06a theo lĩnh vực"}, {AnnexUnits, "Biểu II.06a theo đơn vị"}, {AnnexCompare, "So sánh, tỷ lệ, đối chiếu"}, {AnnexOverdue, "Danh sách hồ sơ quá hạn"}}

// AnnexList are the annexes of the report of an outline that may be switched and ordered;
// the reform report has one, its statistical annex.
func AnnexList(outline string) []Annex {
	if outline != "" {
		return []Annex{{AnnexStatistics, "Phụ lục thống kê các chỉ tiêu"}}
	}
	return annexes
}

// AnnexStatistics is the statistical annex of the reform report.
const AnnexStatistics = "phu-luc.thong-ke"

// On reports whether a part is printed.
func (c Choice) On(id string) bool { return !slices.Contains(c.Off, id) }

// WithOwn adds the blocks of the office, each behind the last block of its section; of a
// section that is gone, behind all.
func (c Choice) WithOwn(blocks []Block) []Block {
	for _, o := range c.Own {
		at, section := len(blocks), ""
		for i, b := range blocks {
			if b.Part == o.Section {
				at, section = i+1, b.Section
			}
		}
		blocks = slices.Insert(blocks, at, Block{ID: o.ID, Part: o.Section, Section: section, Name: o.Name, Heading: true})
	}
	return blocks
}

// Arrange puts blocks in the order of the choice, sections whole in the order of their
// first blocks. What the choice does not name follows what stood before it.
func (c Choice) Arrange(blocks []Block) []Block {
	ids := c.arranged(len(blocks), func(i int) string { return blocks[i].ID })
	sections := map[string]int{}
	for _, i := range ids {
		if _, ok := sections[blocks[i].Part]; !ok {
			sections[blocks[i].Part] = len(sections)
		}
	}
	slices.SortStableFunc(ids, func(a, b int) int { return sections[blocks[a].Part] - sections[blocks[b].Part] })
	out := make([]Block, len(ids))
	for k, i := range ids {
		out[k] = blocks[i]
	}
	return out
}

// Annexes returns those of an outline in the order of the choice.
func (c Choice) Annexes(outline string) []Annex {
	list := AnnexList(outline)
	var out []Annex
	for _, i := range c.arranged(len(list), func(i int) string { return list[i].ID }) {
		out = append(out, list[i])
	}
	return out
}

// arranged orders n parts by their ids.
func (c Choice) arranged(n int, id func(int) string) []int {
	place := map[string]int{}
	for i, x := range c.Order {
		place[x] = i + 1
	}
	at, last := make([]int, n), 0
	out := make([]int, n)
	for i := range n {
		out[i] = i
		if p := place[id(i)]; p > 0 {
			last = p
		}
		at[i] = last
	}
	slices.SortStableFunc(out, func(a, b int) int { return at[a] - at[b] })
	return out
}

// Printed leaves out the blocks that are switched off.
func (c Choice) Printed(blocks []Block) []Block {
	return slices.DeleteFunc(slices.Clone(blocks), func(b Block) bool { return !c.On(b.ID) })
}
