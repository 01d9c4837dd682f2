package command

import (
	"context"
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/workday"
)

// counting returns the calendar and the rules by which terms are counted: those of
// the data file that --file names, else the shipped ones.
func (c *call) counting() (*workday.Calendar, workday.Options, error) {
	if !c.has("file") {
		return workday.Default(), workday.Options{}, nil
	}
	d, err := c.open(false)
	if err != nil {
		return nil, workday.Options{}, err
	}
	defer d.Close()
	return d.Calendar(), d.Rules().Options(data.NoDay), nil
}

// tellCalendar says on standard error when the program ships another calendar than
// the file saw last and open dossiers would be due on other days by it. Nothing is
// moved: that is decided in the window.
func (c *call) tellCalendar(ctx context.Context, d *desk.Desk) error {
	news, err := d.CalendarNews()
	if err != nil || news.Text == "" {
		return err
	}
	list, err := d.Affected(ctx, d.Calendar(), nil)
	if err != nil || len(list) == 0 {
		return err
	}
	fmt.Fprintf(c.Stderr, "%s %s hồ sơ đang giải quyết có ngày hẹn khác theo lịch mới; ngày đã hẹn giữ nguyên. Mở tệp trong cửa sổ để dời hẹn hoặc giữ.\n",
		news.Text, data.FormatInt(int64(len(list))))
	return nil
}

// tellQuestions says on standard error that a due date is not certain while
// questions of the calendar are open.
func (c *call) tellQuestions(due data.Day, others []data.Day) {
	var words []string
	for _, day := range others {
		if day != due {
			words = append(words, day.String())
		}
	}
	if len(words) > 0 {
		fmt.Fprintf(c.Stderr, "Lịch làm việc có câu hỏi chưa trả lời (Danh mục, Lịch làm việc); tùy câu trả lời, ngày hẹn có thể là %s.\n", strings.Join(words, ", "))
	}
}
