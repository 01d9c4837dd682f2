package scoring

import (
	"errors"
	"fmt"
	"math/big"
)

// How a survey states its result.
const (
	SurveyPercent = "percent" // share of good answers
	SurveyMean    = "mean"    // mean mark on a scale
)

// Survey gives points in proportion to the result of a survey.
type Survey struct {
	Mode      string  `json:"mode"`            // SurveyPercent, SurveyMean
	Scale     *Number `json:"scale,omitempty"` // SurveyMean: the best mark
	Source    string  `json:"source,omitempty"`
	Factor    string  `json:"factor,omitempty"`
	MinSample *int    `json:"min_sample"`
	Words
}

// Kind returns KindSurvey.
func (*Survey) Kind() Kind { return KindSurvey }

// Inputs returns "percent", or "value" for a mean mark.
func (r *Survey) Inputs() []string {
	if r.Mode == SurveyMean {
		return []string{"value"}
	}
	return []string{"percent"}
}

// Lines tells how the result becomes points.
func (r *Survey) Lines(*Node) []RuleLine {
	return []RuleLine{{Text: orElse(r.Text, "Kết quả điều tra xã hội học × điểm tối đa")}}
}

func (r *Survey) check(_ *Node, _ *Set, fault func(string, ...any)) {
	switch {
	case r.Mode != SurveyPercent && r.Mode != SurveyMean:
		fault("cách tính điều tra «%s» không có; chọn tỷ lệ hoặc điểm trung bình", clip(r.Mode))
	case r.Mode == SurveyMean && (r.Scale == nil || r.Scale.Sign() <= 0):
		fault("điểm trung bình cần thang điểm lớn hơn 0")
	}
}

func (r *Survey) score(n *Node, a *Answer, _ *scene) (outcome, error) {
	value, best := a.Percent, big.NewRat(100, 1)
	if r.Mode == SurveyMean {
		value, best = a.Value, r.Scale.Rat()
	}
	switch {
	case value == nil:
		return outcome{}, errors.New("cần kết quả điều tra")
	case value.Sign() < 0 || value.Rat().Cmp(best) > 0:
		return outcome{}, fmt.Errorf("kết quả điều tra %s phải từ 0 đến %s", value, Number{best})
	}
	out := value.Rat()
	out.Quo(out, best)
	out.Mul(out, n.Max.rat())
	words := value.String() + "%"
	if r.Mode == SurveyMean {
		words = fmt.Sprintf("%s/%s", value, Number{best})
	}
	return scored(out, "kết quả điều tra %s × %s = %s", words, n.Max, shortRat(out)), nil
}
