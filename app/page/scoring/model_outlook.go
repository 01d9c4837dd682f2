package scoring

import (
	"fmt"
	"slices"

	"giaoban/app/kit"
	"giaoban/data/assess"
)

// Losses explains the way from the total to the index of the sheet shown; ok is
// false without a sheet.
func (m *Model) Losses() (out assess.LossMap, ok bool) {
	if c := m.Card; c != nil {
		return c.Losses(), true
	}
	return out, false
}

// LossSummary tells lost points by cause in one line, "" for no map.
func LossSummary(m assess.LossMap) string {
	if len(m.Steps) == 0 {
		return ""
	}
	objective, subjective, open := m.ByCause()
	text := fmt.Sprintf("Mất %s điểm: khách quan %s, chủ quan %s, chưa ghi nguyên nhân %s.", m.Lost(), objective, subjective, open)
	if m.Unexplained != 0 {
		text += " Chưa giải thích được " + m.Unexplained.String() + " điểm."
	}
	return text
}

// Owners lists the names of units and of the owners that the set names, for the
// one who answers for a loss.
func (m *Model) Owners() []kit.Choice {
	var names []string
	if m.Card != nil {
		for _, r := range m.Card.Rows() {
			names = append(names, r.Node.Owner)
		}
	}
	for _, u := range m.Session.Desk.Catalogue().Units {
		names = append(names, u.Name)
	}
	var out []kit.Choice
	for i, name := range names {
		if name != "" && slices.Index(names, name) == i {
			out = append(out, kit.Choice{Key: name, Text: name})
		}
	}
	return out
}

// Gains returns what reads the cheapest points to regain, best first.
func (m *Model) Gains() func() ([]assess.Gain, error) {
	sheet := m.Sheet()
	return func() ([]assess.Gain, error) {
		if sheet == 0 {
			return nil, nil
		}
		return m.Book.Gains(sheet)
	}
}

// Outlook is where the year ends.
type Outlook struct {
	forecast *assess.Forecast
	why      error // why there is none
	card     *assess.Card
	official *assess.Publication // the result that was published for the same year
}

// Outlook returns what works out the forecast of the sheet shown.
func (m *Model) Outlook() func() Outlook {
	card := m.Card
	return func() (o Outlook) {
		if o.card = card; card == nil {
			return o
		}
		f, err := m.Book.Forecast(card.Sheet.ID)
		if o.why = err; err == nil {
			o.forecast = &f
		}
		published, err := m.Book.Publications()
		if err != nil {
			m.Session.Missed(err)
		}
		for i := range published {
			own := published[i].Own()
			if published[i].Year == card.Period.Year && own != nil && own.Index != nil && card.Sheet.Unit == assess.OwnUnit {
				o.official = &published[i]
			}
		}
		return o
	}
}

// Leaves lists the leaves whose points may still change, or that have lost a step
// for good.
func (o *Outlook) Leaves() (out []assess.LeafForecast) {
	if o.forecast == nil {
		return nil
	}
	for _, x := range o.forecast.Leaves {
		if moves(&x) || len(x.Lost) > 0 {
			out = append(out, x)
		}
	}
	return out
}

// moves reports whether the range of a leaf has a width.
func moves(x *assess.LeafForecast) bool { return x.LowPoints != x.HighPoints }

// Empty says why no leaf is listed.
func (o *Outlook) Empty() string {
	switch {
	case o.card == nil:
		return noSheet
	case o.why != nil:
		return o.why.Error()
	case len(o.forecast.Leaves) == 0:
		return "Không có tiêu chí nào lấy từ sổ hồ sơ."
	}
	return "Không còn tiêu chí nào xê dịch: điểm đến cuối năm là điểm hôm nay."
}

// Lines tells the forecast in sentences: where it goes, what it counts, and why it
// is not the index of the sheet or the one that was published.
func (o *Outlook) Lines() []string {
	f := o.forecast
	if f == nil {
		return nil
	}
	goes := fmt.Sprintf("Đến %s dự báo từ %s đến %s", f.End, f.Low, f.High)
	if f.Low == f.High {
		goes = fmt.Sprintf("Đến %s dự báo %s", f.End, f.Low)
	}
	out := []string{fmt.Sprintf("Số liệu đến %s: chỉ số %s. %s; nếu từ nay mọi hồ sơ đều đạt thì nhiều nhất %s.", f.AsOf, f.Now, goes, f.Ceiling), o.counts()}
	if o.card.Final.Index != f.Now {
		out = append(out, fmt.Sprintf("Phiếu đang ghi %s (%s), khác %s vì dự báo lấy số của sổ hồ sơ đến %s thay cho số đã lưu trong phiếu.", o.card.Final.Index, o.card.Sheet.State, f.Now, f.AsOf))
	}
	if o.official != nil {
		if index := *o.official.Own().Index; index != f.Now {
			out = append(out, fmt.Sprintf("Kết quả đã công bố năm %d là %s: công bố tính theo điểm thẩm định, điều tra và thưởng, trừ của quyết định; dự báo tính theo phiếu và sổ của cơ quan mình.", o.official.Year, index))
		}
	}
	if f.Basis != "" {
		out = append(out, f.Basis)
	}
	for _, m := range f.Movers {
		if moves(&m) {
			out = append(out, fmt.Sprintf("Quyết định nhiều nhất: tiêu chí %s %s, từ %s đến %s điểm.", m.Code, m.Title, m.LowPoints, m.HighPoints))
		}
	}
	if b := f.Backtest; b != nil && b.Of > 0 {
		return append(out, fmt.Sprintf("Thử lại trên các năm trước: kết quả thật nằm trong khoảng dự báo %d/%d lần.", b.Inside, b.Of))
	}
	return append(out, "Chưa có năm trước để thử lại dự báo.")
}

// counts tells which leaves the forecast works out, and what it takes for the others.
func (o *Outlook) counts() string {
	n, told, moving := o.card.Counters(), len(o.forecast.Leaves), 0
	for i := range o.forecast.Leaves {
		if moves(&o.forecast.Leaves[i]) {
			moving++
		}
	}
	text := fmt.Sprintf("Tính %d tiêu chí lấy từ sổ hồ sơ, trong đó %d tiêu chí còn xê dịch; %d tiêu chí khác giữ điểm đang có", told, moving, n.Leaves+n.Survey-told)
	if open := n.Leaves - n.Done; open > 0 {
		text += fmt.Sprintf(", %d tiêu chí chưa chấm tính 0 điểm", open)
	}
	if open := n.Survey - n.Surveyed; open > 0 {
		text += fmt.Sprintf(", %d tiêu chí điều tra chưa có kết quả", open)
	}
	return text + "."
}
