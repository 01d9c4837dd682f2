package papers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/text"
	"giaoban/reports/briefing"
)

// settingParts is the setting that holds which parts of its reports an office chose:
// briefing.Choice by the name of the report.
const settingParts = "report-parts"

// PartsChosen returns what an office prints of a report with texts.
func PartsChosen(d desk.Reading, name Name) (briefing.Choice, error) {
	all, err := partsOf(d)
	return all[name], err
}

func partsOf(d desk.Reading) (all map[Name]briefing.Choice, err error) {
	err = d.Read(func(v desk.View) error {
		return desk.ReadJSON(v.Setting(settingParts), &all, "Thứ tự các phần của báo cáo trong tệp dữ liệu bị hỏng. Khôi phục từ bản sao lưu.")
	})
	if all == nil {
		all = map[Name]briefing.Choice{}
	}
	return all, err
}

// CheckParts refuses a choice that cannot be kept and gives added blocks their ids: each
// has a heading of its own.
func CheckParts(name Name, c *briefing.Choice) error {
	report, err := ReportOf(name)
	if err != nil {
		return err
	}
	if !report.Texts {
		return data.Fail(data.Invalid, fmt.Sprintf("«%s» không có phần để chọn.", report.Title), nil)
	}
	for i := range c.Own {
		o := &c.Own[i]
		o.Name = strings.TrimSpace(text.Clean(o.Name))
		same := func(x briefing.Own) bool { return text.NameKey(x.Name) == text.NameKey(o.Name) }
		switch {
		case o.Name == "":
			return data.Fail(data.Invalid, "Ghi đề mục của đoạn thêm vào.", nil)
		case slices.ContainsFunc(c.Own[:i], same):
			return data.Fail(data.Invalid, fmt.Sprintf("Đã có đoạn «%s». Đặt đề mục khác.", o.Name), nil)
		}
		if o.ID == "" {
			n := 1
			for slices.ContainsFunc(c.Own, func(x briefing.Own) bool { return x.ID == fmt.Sprint(briefing.OwnPrefix, n) }) {
				n++
			}
			o.ID = fmt.Sprint(briefing.OwnPrefix, n)
		}
	}
	return nil
}

// KeepParts stores what an office prints of a report. The text of an added block that is
// taken out stays with the periods it was written for.
func KeepParts(ctx context.Context, d *desk.Desk, name Name, c briefing.Choice) error {
	if err := CheckParts(name, &c); err != nil {
		return err
	}
	all, err := partsOf(d)
	if err != nil {
		return err
	}
	all[name] = c
	return d.KeepJSON(ctx, desk.Work{Title: "Chọn các phần của báo cáo"}, settingParts, all)
}
