package papers

import (
	"context"
	"fmt"
	"io"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/disk"
	"giaoban/data/exchange"
	"giaoban/data/inspect"
)

// ExportFindings writes the dossiers that a data check found to a workbook, with
// what is wrong with each. The file appears whole or not at all.
func ExportFindings(ctx context.Context, d *desk.Desk, k *inspect.Kind, hits []inspect.Hit, path string, progress func(done, total int64)) error {
	s, err := d.At()
	if err != nil {
		return err
	}
	defer s.Close()
	s.Settle()
	office, c := s.Inspector(), s.Catalogue()
	table := exchange.Table{Sheet: "Kiểm tra dữ liệu", Titles: []string{
		"KIỂM TRA DỮ LIỆU: " + k.Name,
		fmt.Sprintf("%s hồ sơ, ngày %s. %s", data.FormatInt(int64(len(hits))), s.Today(), k.Why),
	}, Columns: []exchange.TableColumn{
		{Heading: "STT", Width: 7}, {Heading: "Mã hồ sơ", Width: 24}, {Heading: "Chủ hồ sơ", Width: 28}, {Heading: "Tên thủ tục hành chính", Width: 44},
		{Heading: "Đơn vị giải quyết", Width: 28}, {Heading: "Ngày tiếp nhận", Width: 17}, {Heading: "Ngày hẹn trả", Width: 17}, {Heading: "Cần xem", Width: 60},
	}}
	return disk.Whole(path, func(w io.Writer) error {
		var fault error
		err := exchange.WriteTable(w, table, func(yield func([]any) bool) {
			for i, h := range hits {
				if i%1000 == 0 {
					if ctx.Err() != nil {
						fault = data.Fail(data.Cancelled, "Đã hủy xuất. Không có tệp nào được ghi.", ctx.Err())
						return
					}
					if progress != nil {
						progress(int64(i), int64(len(hits)))
					}
				}
				one, err := s.Dossier(uint64(h.ID))
				if data.CodeOf(err) == data.NotFound {
					continue
				}
				if err != nil {
					fault = err
					return
				}
				var other *data.Dossier
				if o, err := s.Dossier(uint64(h.Other)); h.Other != 0 && err == nil {
					other = &o
				}
				if !yield([]any{i + 1, one.Code, one.Owner.Name, c.ProcedureOf(&one), c.Unit(one.Unit).Name, one.Received, one.On(data.MaxDay).Due, k.Says(office, &one, other)}) {
					return
				}
			}
		})
		if fault != nil {
			return fault
		}
		return err
	})
}
