package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/scoring"
)

var scoreCommand = &command{
	name:     "score",
	usage:    "--sheet PHIẾU.json [--json] | --annex PHỤ-LỤC.{xlsx|docx|…} [--accept] [--json]",
	help:     "chấm một phiếu tự đánh giá Chỉ số CCHC, hoặc đọc phụ lục của quyết định thành bộ tiêu chí nháp; không cần tệp dữ liệu",
	flags:    []string{"sheet", "annex"},
	switches: []string{"accept"},
	run:      runScore,
}

// scoreJSON prints points as numbers with two decimals; grade is null where the
// set has no grades.
type scoreJSON struct {
	Nodes   []nodeJSON  `json:"nodes"`
	Bonus   json.Number `json:"bonus"`
	Penalty json.Number `json:"penalty"`
	Index   json.Number `json:"index"`
	Grade   *string     `json:"grade"`
}

type nodeJSON struct {
	Code   string        `json:"code"`
	Max    json.Number   `json:"max"`
	Points json.Number   `json:"points"`
	State  scoring.State `json:"state"`
}

func runScore(ctx context.Context, c *call) error {
	path := c.option("sheet")
	if from := c.option("annex"); from != "" {
		if path != "" {
			return usagef("Chỉ ghi một trong --sheet và --annex.")
		}
		return c.readAnnex(ctx, from)
	}
	if path == "" {
		return usagef("Thiếu --sheet.")
	}
	raw, err := readSmall(path, "phiếu tự chấm")
	if err != nil {
		return err
	}
	sheet, err := scoring.ParseSheet(raw)
	if err != nil {
		return err
	}
	set, err := criteriaSet(sheet.CriteriaSet, filepath.Dir(path))
	if err != nil {
		return err
	}
	r, err := scoring.Evaluate(set, sheet)
	if err != nil {
		return err
	}
	for _, remark := range r.Remarks {
		c.complain(errors.New(remark.Text))
	}
	c.printScore(r)
	return c.answer(scoreOf(r))
}

// criteriaSet finds a set by the id of a shipped one, or reads it from a file,
// named from the working folder or from the folder of the sheet.
func criteriaSet(name, beside string) (*scoring.Set, error) {
	if name == "" {
		return nil, data.Fail(data.Invalid, "Phiếu tự chấm chưa ghi bộ tiêu chí ở mục «criteria_set».", nil)
	}
	if set := scoring.ShippedByID(name); set != nil {
		return set, nil
	}
	raw, err := readSmall(name, "bộ tiêu chí")
	if data.CodeOf(err) == data.NotFound && !filepath.IsAbs(name) {
		raw, err = readSmall(filepath.Join(beside, name), "bộ tiêu chí")
	}
	if data.CodeOf(err) == data.NotFound {
		ids := data.Map(scoring.Shipped(), func(s *scoring.Set) string { return s.Meta.ID })
		return nil, data.Fail(data.NotFound, fmt.Sprintf("Không có bộ tiêu chí «%s»; ghi đường dẫn của tệp hoặc một mã có sẵn: %s.", name, strings.Join(ids, ", ")), err)
	}
	if err != nil {
		return nil, err
	}
	return scoring.ParseSet(raw)
}

// readSmall reads a file that cannot be larger than a set or a sheet.
func readSmall(path, what string) ([]byte, error) { return readUpTo(path, what, scoring.MaxSize) }

// readUpTo reads a file, one byte more than limit at most.
func readUpTo(path, what string, limit int64) ([]byte, error) {
	f, err := disk.Open(path)
	if err == nil {
		defer f.Close()
		var raw []byte
		if raw, err = io.ReadAll(io.LimitReader(f, limit+1)); err == nil {
			return raw, nil
		}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, data.Fail(data.NotFound, fmt.Sprintf("Không thấy tệp %s %s.", what, path), err)
	}
	return nil, data.Fail(data.Damaged, fmt.Sprintf("Không đọc được tệp %s %s.", what, path), err)
}

func scoreOf(r *scoring.Result) scoreJSON {
	out := scoreJSON{Nodes: []nodeJSON{}, Bonus: r.Bonus.Decimal(), Penalty: r.Penalty.Decimal(),
		Index: r.Index.Decimal(), Grade: jsonText(r.Grade)}
	for _, n := range r.Nodes {
		out.Nodes = append(out.Nodes, nodeJSON{n.Node.Code, n.Max.Decimal(), n.Points.Decimal(), n.State})
	}
	return out
}

// printScore writes the sheet as a table for people.
func (c *call) printScore(r *scoring.Result) {
	m := r.Set.Meta
	c.say("%s\n", m.Title)
	if m.Label != "" {
		c.say("%s\n", m.Label)
	}
	c.say("\n%9s %9s  %s\n", "Tối đa", "Điểm", "Tiêu chí")
	for _, n := range r.Nodes {
		points, note := n.Points.String(), ""
		switch {
		case n.State == scoring.NA && n.Reason != "":
			points, note = "-", " (không đánh giá: "+n.Reason+")"
		case n.State == scoring.NA:
			points, note = "-", " (không đánh giá)"
		case n.Node.Leaf() && n.State == scoring.Open:
			points, note = "…", " (chưa chấm)"
		case n.Overridden:
			note = " (sửa tay: " + n.Reason + ")"
		}
		indent := strings.Repeat("  ", n.Depth)
		c.say("%9s %9s  %s%s %s%s\n", n.Max, points, indent, n.Node.Code, n.Node.Title, note)
		if n.Why != "" && !n.Overridden {
			c.say("%9s %9s  %s  %s\n", "", "", indent, n.Why)
		}
	}
	for _, list := range []struct {
		name    string
		entries []scoring.AdjustResult
	}{{"Thưởng", r.BonusOf}, {"Trừ", r.LossOf}} {
		for _, a := range list.entries {
			c.say("%9s %9s  %s %s\n", list.name, a.Points, a.Adjust.Code, a.Adjust.Title)
			if a.Why != "" {
				c.say("%9s %9s    %s\n", "", "", a.Why)
			}
		}
	}
	c.say("\nĐiểm tự chấm %s; điểm điều tra %s; điểm thưởng %s; điểm trừ %s\n", r.Self, r.Survey, r.Bonus, r.Penalty)
	if !r.SurveyHeld && m.NoSurvey.Policy == scoring.RescaleSelf {
		c.say("Không có kết quả điều tra: phần tự chấm được quy về %s điểm.\n", m.Total)
	}
	c.say("Chỉ số CCHC: %s %s", r.Index, m.IndexUnit)
	if r.Grade != "" {
		c.say(", xếp hạng %s", r.Grade)
	}
	if !r.Complete() {
		c.say(" (tạm tính, còn tiêu chí chưa chấm)")
	}
	c.say("\n")
}
