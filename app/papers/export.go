package papers

import (
	"context"
	"fmt"
	"io"
	"iter"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/exchange"
	"giaoban/reports"
)

// exportColumns is a layout that the import reads back (header family E).
var exportColumns = []exchange.TableColumn{
	{Heading: "STT", Width: 7}, {Heading: "Đơn vị giải quyết", Width: 28}, {Heading: "Lĩnh vực", Width: 22}, {Heading: "Mã TTHC", Width: 12},
	{Heading: "Tên thủ tục hành chính", Width: 44}, {Heading: "Mã hồ sơ", Width: 24}, {Heading: "Trạng thái", Width: 22}, {Heading: "Hình thức nộp", Width: 16},
	{Heading: "Chủ hồ sơ", Width: 28}, {Heading: "Địa chỉ", Width: 34}, {Heading: "Số điện thoại", Width: 14}, {Heading: "Số CCCD", Width: 15},
	{Heading: "Số bộ", Width: 7}, {Heading: "Ngày tiếp nhận", Width: 17}, {Heading: "Ngày hẹn trả", Width: 17}, {Heading: "Ngày kết thúc xử lý", Width: 17},
	{Heading: "Ngày trả kết quả", Width: 17}, {Heading: "Ghi chú", Width: 30},
}

// ExportList writes the dossiers of a query to a workbook, as of a day, and
// returns how many there are. The number stands in the file too.
func ExportList(ctx context.Context, d *desk.Desk, q desk.Query, day data.Day, path string, progress func(done, total int64)) (int, error) {
	if err := d.Wait(); err != nil {
		return 0, err
	}
	ids := d.List(q).IDs
	return len(ids), ExportDossiers(ctx, d, ids, day, path, progress)
}

// ExportDossiers writes the dossiers with the ids to a workbook, in their
// order, as of a day. The file appears whole or not at all.
func ExportDossiers(ctx context.Context, d *desk.Desk, ids []uint32, day data.Day, path string, progress func(done, total int64)) error {
	table := exchange.Table{Sheet: "Danh sách hồ sơ", Columns: exportColumns, Titles: []string{
		"DANH SÁCH HỒ SƠ",
		fmt.Sprintf("%s hồ sơ, tình trạng tính đến %s", data.FormatInt(int64(len(ids))), day),
	}}
	return desk.WriteWhole(path, func(w io.Writer) error {
		var fault error
		err := exchange.WriteTable(w, table, exportRows(ctx, d, ids, day, progress, &fault))
		if fault != nil {
			return fault
		}
		return err
	})
}

func exportRows(ctx context.Context, d *desk.Desk, ids []uint32, day data.Day, progress func(done, total int64), fault *error) iter.Seq[[]any] {
	c := d.Catalogue()
	return func(yield func([]any) bool) {
		n := 0
		*fault = d.Dossiers(ids, func(one *data.Dossier) error {
			if n++; n%1000 == 0 {
				if ctx.Err() != nil {
					return data.Fail(data.Cancelled, "Đã hủy xuất. Không có tệp nào được ghi.", ctx.Err())
				}
				if progress != nil {
					progress(int64(n), int64(len(ids)))
				}
			}
			s := one.On(day)
			p := c.Procedure(one.Procedure)
			copies := any(nil)
			if one.Copies > 0 {
				copies = one.Copies
			}
			if !yield([]any{n, c.Unit(one.Unit).Name, c.Field(one.Field).Name, p.Code, c.ProcedureOf(one), one.Code, s.Status.String(), one.Channel.String(),
				one.Owner.Name, one.Owner.Address, one.Owner.Phone, one.Owner.Identity, copies, one.Received, s.Due, s.Ended, s.Returned, one.Note}) {
				return errStopped
			}
			return nil
		})
		if *fault == errStopped {
			*fault = nil
		}
	}
}

var errStopped = fmt.Errorf("stopped")

// ExportFigures writes form II.06a of a request and the rates to a workbook.
func ExportFigures(d *desk.Desk, r Request, path string) error {
	group := data.ByField
	if r.Name == reports.ByUnit {
		group = data.ByUnit
	}
	t := d.Figures(r.Period, r.AsOf, group, desk.Filter{})
	before := d.SamePeriodBefore(t, desk.Filter{})
	table := exchange.Table{Sheet: "II.06a", Titles: []string{
		"TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
		fmt.Sprintf("Kỳ báo cáo: %s (%s), số liệu tính đến %s", r.Period.Label, r.Period.Span(), t.AsOf),
	}, Columns: []exchange.TableColumn{{Heading: "TT", Width: 6}, {Heading: "Lĩnh vực, công việc giải quyết theo cấp", Width: 48}}}
	columns := []data.Column{data.ColReceived, data.ColNewOnline, data.ColDirectPostal, data.ColCarried, data.ColResolved, data.ColEarly, data.ColOnTime,
		data.ColLate, data.ColPending, data.ColPendingInTime, data.ColPendingOverdue}
	for _, c := range columns {
		table.Columns = append(table.Columns, exchange.TableColumn{Heading: c.Label(), Width: 14})
	}
	return desk.WriteWhole(path, func(w io.Writer) error {
		return exchange.WriteTable(w, table, func(yield func([]any) bool) {
			line := func(no any, name string, c data.Counts) bool {
				row := []any{no, name}
				for _, col := range columns {
					row = append(row, int(col.Of(c)))
				}
				return yield(row)
			}
			for i, row := range t.Rows {
				if !line(i+1, row.Name, row.Counts) {
					return
				}
			}
			if !line(nil, "Tổng cộng", t.Total) || before.Total.Received() == 0 {
				return
			}
			line(nil, "Cùng kỳ năm trước", before.Total)
		})
	})
}
