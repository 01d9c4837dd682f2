package desk

import (
	"context"
	"encoding/json"
	"maps"

	"giaoban/data"
	"giaoban/data/register"
)

// settingDenominators holds how the office computes its rates.
const settingDenominators = "denominators"

// Definition is one way of computing a rate.
type Definition = register.Definition

// RateDefinitions returns the ways of computing a rate, the usual one first, and
// RateIDs the rates in the order of lists.
func RateDefinitions(id string) []Definition { return register.Definitions(id) }

// RateIDs lists the rates in the order in which they are printed.
func RateIDs() []string { return register.RateIDs() }

// Denominators returns the definitions that the office chose, by rate; a rate
// that is missing is computed the usual way.
func (d reading) Denominators() map[string]string { return maps.Clone(d.from.held().denominators) }

func readDenominators(raw []byte) (map[string]string, error) {
	chosen := map[string]string{}
	if raw == nil {
		return chosen, nil
	}
	if err := json.Unmarshal(raw, &chosen); err != nil {
		return nil, data.Fail(data.Damaged, "Cách tính tỷ lệ ghi trong tệp dữ liệu không đọc được, nên tỷ lệ sẽ sai. Khôi phục từ bản sao lưu gần nhất.", err)
	}
	return chosen, nil
}

// SetDenominators stores the definition of each rate; every figure follows from
// then on. An unknown definition is refused.
func (d *Desk) SetDenominators(ctx context.Context, chosen map[string]string) error {
	keep := map[string]string{}
	for id, definition := range chosen {
		if definition == "" {
			continue
		}
		known := false
		for _, x := range register.Definitions(id) {
			known = known || x.ID == definition
		}
		if !known {
			return data.Fail(data.Invalid, "Cách tính tỷ lệ này không có. Chọn một cách trong danh sách.", nil)
		}
		keep[id] = definition
	}
	raw, err := json.Marshal(keep)
	if err != nil {
		return err
	}
	return d.KeepSetting(ctx, Work{Title: "Đổi cách tính tỷ lệ"}, settingDenominators, raw)
}
