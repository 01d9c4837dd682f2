package papers

import (
	"context"
	"fmt"

	"giaoban/data"
	"giaoban/data/desk"
)

// ClosePeriod closes a period and keeps its briefing report as it is then, with the
// fingerprint of the figures in the foot of every page: a reprint is the same file.
func ClosePeriod(ctx context.Context, d *desk.Desk, p data.Period, asOf data.Day) (desk.Stored[desk.Closing], error) {
	done, err := d.ClosePeriod(ctx, p, asOf)
	if err != nil {
		return done, err
	}
	drawn, err := Pages(ctx, d, Request{Name: Briefing, Period: p, AsOf: done.Value.AsOf, Seal: Seal(done.Value)})
	if err == nil {
		err = d.KeepClosingPaper(ctx, done.ID, drawn.PDF)
	}
	if err != nil {
		err = data.Fail(data.CodeOf(err), fmt.Sprintf("Đã chốt số liệu %s nhưng chưa giữ được bản in. %s", p.Label, err), err)
	}
	return done, err
}

// Seal is what the foot of a paper says of the closing that it states.
func Seal(c desk.Closing) string {
	print := c.Fingerprint
	if len(print) > 16 {
		print = print[:4] + " " + print[4:8] + " " + print[8:12] + " " + print[12:16]
	}
	return "Số liệu chốt lúc " + data.MomentOf(c.ClosedAt()).String() + ", mã đối chiếu " + print
}
