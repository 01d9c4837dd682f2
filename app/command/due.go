package command

import (
	"context"
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/workday"
)

var dueCommand = &command{
	name:  "due",
	usage: `--received "2026-02-13 16:00" --term 3 --unit ngay-lam-viec|ngay|gio-lam-viec|thang|trong-ngay [--pause TỪ..ĐẾN]… [--mode pause|restart|run-on] [--file TỆP] [--json]`,
	help:  "tính ngày hẹn trả và giải thích từng ngày, theo lịch, giờ và quy tắc của --file nếu có",
	flags: []string{"received", "term", "unit", "pause", "mode"},
	run:   runDue,
}

type dueJSON struct {
	Due  string    `json:"due"`
	Days []dayJSON `json:"days"`
}

type dayJSON struct {
	Date    string `json:"date"`
	Kind    string `json:"kind"`
	Counted bool   `json:"counted"`
	Note    string `json:"note"`
}

func runDue(_ context.Context, c *call) error {
	received, err := data.ParseMoment(c.option("received"))
	if err != nil {
		return usagef("--received: %v", err)
	}
	unit, err := data.ParseTermUnit(c.option("unit"))
	if err != nil {
		return usagef("--unit: %v", err)
	}
	if !c.has("term") && unit != data.SameDay {
		return usagef("Thiếu --term.")
	}
	term, err := data.ParseTerm(c.option("term"), unit)
	if err != nil {
		return usagef("--term: %v", err)
	}
	mode, err := data.ParsePauseMode(c.option("mode"))
	if err != nil {
		return usagef("--mode: %v", err)
	}
	var pauses []workday.Span
	for _, p := range c.options["pause"] {
		from, to, ok := strings.Cut(p, "..")
		span := workday.Span{}
		if span.From, err = data.ParseMoment(from); err != nil || !ok {
			return usagef("--pause: viết theo mẫu 2026-08-06..2026-08-14.")
		}
		if to != "" {
			if span.To, err = data.ParseMoment(to); err != nil {
				return usagef("--pause: %v", err)
			}
		}
		pauses = append(pauses, span)
	}
	calendar, options, err := c.counting()
	if err != nil {
		return err
	}
	x, err := workday.Due(calendar, received, term, pauses, mode, options)
	if err != nil {
		return err
	}
	days, err := workday.DueDays(calendar, received, term, pauses, mode, options)
	if err != nil {
		return err
	}
	c.tellQuestions(x.Due.Day, days)
	due := x.Due.Day.ISO()
	if unit == data.WorkingHours && x.Due.Clock.Known() {
		due += " " + x.Due.Clock.String()
	}
	if c.has("json") {
		out := dueJSON{Due: due, Days: []dayJSON{}}
		for _, d := range x.Days {
			out.Days = append(out.Days, dayJSON{d.Date.ISO(), string(d.Kind), d.Counted, d.Note()})
		}
		return c.printJSON(out)
	}
	c.printf("Nhận %s, thời hạn %s\n", x.Received, x.Term)
	for _, d := range x.Days {
		mark := " "
		if d.Counted {
			mark = "■"
		}
		c.printf("  %s %s %-9s %s\n", mark, d.Date, d.Weekday(), d.Note())
	}
	c.printf("Hẹn trả: %s\n", x.Due)
	return nil
}

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
