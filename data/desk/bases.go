package desk

import (
	"context"
	"fmt"
	"slices"

	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/text"
)

// settingBases holds the legal texts of the office, []basis.Text; the shipped ones are
// not in it.
const settingBases = "bases"

// Bases returns the legal texts that the rules rest on, by day of reception.
func (d reading) Bases() *basis.Table { return d.from.held().bases }

func readBases(raw []byte) (*basis.Table, error) {
	own, err := ownBases(raw)
	return basis.With(own), err
}

func ownBases(raw []byte) (own []basis.Text, err error) {
	err = ReadJSON(raw, &own, "Căn cứ pháp lý ghi trong tệp dữ liệu không đọc được, nên giấy tờ sẽ nêu sai văn bản. Khôi phục từ bản sao lưu gần nhất.")
	return own, err
}

// SaveBasis stores a legal text of the office. It takes the place of before where that
// is one of the office; a shipped text stays, and is covered by one of the same day.
// before is the zero Text for a new one. An error carries the field "rule", "from" or
// "words".
func (d *Desk) SaveBasis(ctx context.Context, before, after basis.Text) error {
	after.Words = text.Line(after.Words)
	i := slices.IndexFunc(basis.Rules(), func(r basis.Rule) bool { return r.ID == after.Rule })
	switch {
	case i < 0:
		return &data.Error{Code: data.Invalid, Field: "rule", Message: "Chọn quy định mà văn bản này là căn cứ."}
	case after.Words == "":
		return &data.Error{Code: data.Invalid, Field: "words", Message: "Nhập số, tên văn bản, ví dụ NĐ 118/2025/NĐ-CP."}
	}
	title := fmt.Sprintf("%s căn cứ «%s»: %s", addOrEdit(before == basis.Text{}), basis.Rules()[i].Title, after.Words)
	return d.changeBases(ctx, title, func(own []basis.Text) ([]basis.Text, error) {
		own = slices.DeleteFunc(own, before.Same)
		if slices.ContainsFunc(own, after.Same) {
			return nil, &data.Error{Code: data.Conflict, Field: "from", Message: "Đã có văn bản của cơ quan cho quy định này từ ngày ấy. Sửa văn bản đó, hoặc đổi ngày."}
		}
		return append(own, after), nil
	})
}

// DropBasis takes a legal text of the office out; a shipped one of the same day holds
// again.
func (d *Desk) DropBasis(ctx context.Context, t basis.Text) error {
	return d.changeBases(ctx, "Bỏ căn cứ "+t.Words, func(own []basis.Text) ([]basis.Text, error) {
		return slices.DeleteFunc(own, t.Same), nil
	})
}

// ResetBases takes all legal texts of the office out.
func (d *Desk) ResetBases(ctx context.Context) error {
	return d.changeBases(ctx, "Đưa căn cứ pháp lý về mặc định", func([]basis.Text) ([]basis.Text, error) { return nil, nil })
}

func (d *Desk) changeBases(ctx context.Context, title string, edit func([]basis.Text) ([]basis.Text, error)) error {
	return changeOwn(ctx, d, title, settingBases, func(v View) ([]basis.Text, error) { return ownBases(v.Setting(settingBases)) }, edit)
}

// changeOwn edits the list of what the office keeps of its own in a setting, which goes
// with the last of them.
func changeOwn[T any](ctx context.Context, d *Desk, title, setting string, read func(View) ([]T, error), edit func([]T) ([]T, error)) error {
	return d.Change(ctx, Work{Title: title}, func(tx Tx) error {
		own, err := read(tx)
		if err != nil {
			return err
		}
		if own, err = edit(own); err != nil {
			return err
		}
		if len(own) == 0 {
			return tx.PutSetting(setting, nil)
		}
		return putJSON(tx, setting, own)
	})
}
