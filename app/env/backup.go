package env

import (
	"context"

	"giaoban/data/desk"
)

// BackUpBefore backs the office up ahead of an import. A backup that fails is told as a
// fault and does not keep the import, which can be taken back; only a work that was
// cancelled is an error.
func (s *Session) BackUpBefore(ctx context.Context, report func(done, total int64, text string)) error {
	err := s.Desk.BackupFor(ctx, desk.BeforeImport, func(done, total int64) { report(done>>10, total>>10, "Đang sao lưu trước khi nhập") })
	if err != nil && ctx.Err() == nil {
		s.Fault(err)
		return nil
	}
	return err
}
