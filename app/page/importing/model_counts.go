package importing

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"giaoban/app/env"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/exchange"
)

// readCounts reads a table of counts and what would become of it.
func (r *reading) readCounts(ctx context.Context, im *desk.Import) error {
	report, err := im.Report(ctx)
	var e *data.Error
	if errors.As(err, &e) && e.Code == data.Refused && e.Field == "" {
		r.fault = err
		return nil
	} else if err != nil {
		return err
	}
	r.counts = &report
	r.result, err = im.DryRun(ctx, desk.Run{})
	return err
}

// Counted returns the figures of a table of counts; nil when the file is a list
// of dossiers, or its figures are not understood.
func (m *model) Counted() *exchange.Report { return m.read.counts }

// CountedPeriod returns the period of a table of counts, as its titles or the
// officer tell; its zero value while nobody has told.
func (m *model) CountedPeriod() data.Period {
	if m.options.Period.From.Known() || m.read.counts == nil {
		return m.options.Period
	}
	return m.read.counts.Period
}

// CountedUnit returns the unit whose figures a table of counts holds, 0 and the
// name in the file where the catalogue has none of that name.
func (m *model) CountedUnit() (id uint32, name string) {
	if r := m.read.result.Reported; r != nil {
		return r.Unit, r.UnitName
	}
	if m.options.Unit != 0 {
		return m.options.Unit, m.s.Desk.Catalogue().Unit(m.options.Unit).Name
	}
	if m.read.counts == nil {
		return 0, ""
	}
	return 0, m.read.counts.Unit
}

// ChoosePeriod tells of which period a table of counts is.
func (m *model) ChoosePeriod(p data.Period) {
	m.options.Period = p
	m.open("Đang đọc lại bảng số liệu")
}

// ChooseUnit tells whose figures a table of counts holds; 0 takes what its titles
// tell.
func (m *model) ChooseUnit(id uint32) {
	m.options.Unit = id
	m.open("Đang đọc lại bảng số liệu")
}

// CountWarnings returns what is wrong with the sums and cells of a table of
// counts.
func (m *model) CountWarnings() []string {
	if m.read.counts == nil {
		return nil
	}
	return m.read.counts.Warnings
}

// News reports whether there is something to store, or was.
func (m *model) News() bool {
	if m.Aggregated() {
		return m.result.Reported != nil && m.result.Fate != desk.Same
	}
	return m.result.New+m.result.Changed > 0
}

// MayStore reports whether a table of counts can be stored: it is understood and
// its period is known.
func (m *model) MayStore() bool {
	return m.read.counts != nil && m.read.result.Reported != nil
}

func (m *model) foundCounts() string {
	if m.read.fault != nil {
		return m.read.fault.Error()
	}
	r := m.read.counts
	kind := "một bảng số liệu tổng hợp"
	if r.Form != "" {
		kind = "bảng số liệu theo biểu " + r.Form
	}
	text := fmt.Sprintf("%s là %s, %s dòng. Số liệu được lưu riêng làm số liệu đơn vị báo cáo, không thêm hồ sơ vào sổ.", m.File(), kind, data.FormatInt(int64(len(r.Rows))))
	switch {
	case !m.CountedPeriod().From.Known():
		text += " Tệp không ghi kỳ báo cáo: chọn kỳ để lưu."
	case m.read.result.Fate == desk.Same:
		text += " Số liệu này đã có, không đổi gì."
	case m.read.result.Fate == desk.Changed:
		text += " Đã có số liệu cùng đơn vị, kỳ và biểu: số mới sẽ thay số cũ."
	}
	return text
}

func (m *model) summaryCounts() string {
	r := m.result.Reported
	if r == nil {
		return strings.Join(exchange.Texts(m.result.Notes), " ")
	}
	who := cmp.Or(r.UnitName, "đơn vị chưa rõ")
	what := fmt.Sprintf("số liệu báo cáo %s của %s (%s dòng)", env.PeriodLabel(r.Period), who, data.FormatInt(int64(len(r.Rows))))
	switch {
	case m.result.Fate == desk.Same:
		return "Đã có " + what + " giống hệt, nên không có gì để ghi."
	case m.step == StepDone && m.result.Fate == desk.Changed:
		return "Đã thay " + what + " bằng số mới."
	case m.step == StepDone:
		return "Đã lưu " + what + "."
	case m.result.Fate == desk.Changed:
		return "Chưa ghi gì. Bấm «Lưu số liệu» để thay " + what + " đã có bằng số mới; hoàn tác được."
	}
	return "Chưa ghi gì. Bấm «Lưu số liệu» để lưu " + what + "; hoàn tác được."
}
