package desk

import (
	"context"
	"fmt"
	"slices"

	"giaoban/data"
	"giaoban/data/ranking"
	"giaoban/data/text"
)

// SettingRankings is the setting with the ranking models of the office: versions over the
// shipped ones, []ranking.Model.
const SettingRankings = "rankings"

func ownRankings(v View) (own []ranking.Model, err error) {
	err = ReadJSON(v.Setting(SettingRankings), &own, "Mô hình xếp hạng ghi trong tệp dữ liệu không đọc được, nên thứ hạng sẽ sai. Khôi phục từ bản sao lưu.")
	return own, err
}

// OwnRankings returns the versions of ranking models that the office added or changed.
func (d reading) OwnRankings() ([]ranking.Model, error) {
	return Viewed(d, func(v View) ([]ranking.Model, error) { return ownRankings(v) })
}

// RankingModels returns the models that hold on a day, by id.
func (d reading) RankingModels(day data.Day) ([]ranking.Model, error) {
	own, err := d.OwnRankings()
	return ranking.On(ranking.With(own), day), err
}

// RankingMeasures are what a ranking model may count, in the order of the list of
// measures.
func (s *Snapshot) RankingMeasures() (out []ranking.Measure, err error) {
	today := s.Today()
	list, err := s.Measures(MeasureQuery{Period: data.Period{From: today, To: today}, AsOf: today})
	for i := range list {
		out = append(out, ranking.Measure{ID: list[i].ID, Name: list[i].Name, Rate: list[i].Rate()})
	}
	return out, err
}

// SaveRanking stores a version of a ranking model: a new one, or in the place of replaced,
// which may be a shipped one. The error names the field, see ranking.Model.Check.
func (d *Desk) SaveRanking(ctx context.Context, m ranking.Model, replaced *ranking.Model) error {
	m = text.All(m)
	m.Whole()
	s, err := d.At()
	if err != nil {
		return err
	}
	measures, err := s.RankingMeasures()
	s.Close()
	if err != nil {
		return err
	}
	if err := m.Check(measures); err != nil {
		return err
	}
	title := fmt.Sprintf("%s mô hình xếp hạng %s: %s", addOrEdit(replaced == nil), m.ID, m.Name)
	return d.changeRankings(ctx, title, func(own []ranking.Model) ([]ranking.Model, error) {
		if replaced == nil || !m.Same(replaced) {
			if all := ranking.With(own); slices.ContainsFunc(all, func(o ranking.Model) bool { return o.Same(&m) }) {
				return nil, &data.Error{Code: data.Conflict, Field: "from", Message: fmt.Sprintf("Mô hình %s đã có phiên bản từ %s. Chọn ngày khác, hoặc sửa phiên bản ấy.", m.ID, fromText(m.From))}
			}
		}
		own = slices.DeleteFunc(own, func(o ranking.Model) bool { return replaced != nil && o.Same(replaced) })
		return append(own, m), nil
	})
}

func fromText(from data.Day) string {
	if !from.Known() {
		return "đầu"
	}
	return from.String()
}

// ResetRanking takes a version of the office back: one that it added is gone, a shipped
// one is as it was.
func (d *Desk) ResetRanking(ctx context.Context, m ranking.Model) error {
	return d.changeRankings(ctx, "Bỏ phiên bản mô hình xếp hạng "+m.ID+" của cơ quan", func(own []ranking.Model) ([]ranking.Model, error) {
		return slices.DeleteFunc(own, func(o ranking.Model) bool { return o.Same(&m) }), nil
	})
}

// ResetRankings brings back the shipped models alone.
func (d *Desk) ResetRankings(ctx context.Context) error {
	return d.changeRankings(ctx, "Đưa các mô hình xếp hạng về mặc định", func([]ranking.Model) ([]ranking.Model, error) { return nil, nil })
}

func (d *Desk) changeRankings(ctx context.Context, title string, edit func([]ranking.Model) ([]ranking.Model, error)) error {
	return changeOwn(ctx, d, title, SettingRankings, ownRankings, edit)
}
