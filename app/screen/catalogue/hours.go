package catalogue

import (
	"strings"

	"fyne.io/fyne/v2"

	"giaoban/app/screen"
	model "giaoban/app/view/catalogue"
	"giaoban/app/widget"
)

// hours asks for the office hours and for the weekdays that are worked.
func (p *calendar) hours() {
	text := area(strings.ReplaceAll(p.model.Hours().String(), ", ", "\n"), 2)
	from := p.c.date(p.c.session.Desk.Today())
	f := screen.NewForm()
	hint := "để trống: từ trước đến nay"
	if since := p.model.Since(); since != "" {
		hint += "; giờ đang ghi có từ " + since
	}
	f.Add("from", "Áp dụng từ ngày", from).WithHint(hint)
	f.Add("hours", "Các buổi của một ngày làm việc bình thường, mỗi dòng một buổi", text).WithHint("ví dụ 07:00-11:30")
	var days [7]*widget.Picker
	var boxes []fyne.CanvasObject
	for _, d := range model.Weekdays {
		days[d] = picker(p.model.DayChoices(d), p.model.DayKey(d))
		boxes = append(boxes, widget.NewFieldBox(model.WeekdayName(d), days[d]))
	}
	f.Fields = append(f.Fields, widget.Columns(3, boxes...),
		widget.NewNote("Ngày làm cả ngày hay một buổi đều là một ngày làm việc khi tính hạn; hạn tính theo giờ chỉ chạy trong các buổi ấy. Ngày trực chỉ để tiếp nhận, không tính hạn, thì chọn «Nghỉ».", 400))
	p.local("Giờ làm việc", "Ghi vào lịch", f, func() error {
		var keys [7]string
		for i, d := range days {
			keys[i] = d.Key()
		}
		day, err := f.Day("from", from)
		if err != nil {
			return err
		}
		return p.model.SetWeek(day, text.Value(), keys)
	})
}
