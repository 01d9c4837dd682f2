package desk_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
)

// aged makes an office with dossiers that ended long ago and lately, one that is open, one
// that a petition names, and one with a letter of apology; each is changed once.
func aged(t *testing.T, path string) *desk.Desk {
	t.Helper()
	d := open(t, path)
	ctx := t.Context()
	put := func(code string, received, ended data.Day) {
		one := data.Dossier{Code: code, Content: "Việc riêng của " + code, Note: "Ghi chú riêng " + code, Received: data.Moment{Day: received}, Due: data.Moment{Day: received + 10},
			Owner: data.Person{Name: "Người Thử " + code, Identity: "0123456789" + code[len(code)-2:], Phone: "09123456" + code[len(code)-2:], Address: "Ngõ riêng " + code, Area: "Xã Thử"}}
		must(t, d.Change(ctx, desk.Work{Title: "Tiếp nhận " + code}, func(tx desk.Tx) error { return tx.PutDossier(&one) }))
		one.Owner.Phone = "08123456" + code[len(code)-2:]
		if ended.Known() {
			one.Events = append(one.Events, data.Event{Kind: data.Finish, At: data.Moment{Day: ended}, Ref: "QĐ 1", Text: "Lời riêng " + code})
		}
		must(t, d.Change(ctx, desk.Work{Title: "Sửa " + code}, func(tx desk.Tx) error { return tx.PutDossier(&one) }))
	}
	long, late := data.Date(2015, time.March, 3), data.Date(2025, time.March, 3)
	put("CU-01", long, long+5)
	put("CU-02", long, long+20)
	put("MO-03", long, data.NoDay)
	put("DON-04", long, long+5)
	put("MOI-05", late, late+5)
	put("LAU-06", long, late)
	e := logbook.Entry{Number: 1, Year: 2015, Values: map[string]string{"text": "Phản ánh về hồ sơ DON-04."}}
	must(t, d.Change(ctx, desk.Work{Title: "Phản ánh"}, func(tx desk.Tx) error { return tx.PutRecord("log-petition", new(uint64), e) }))
	must(t, d.Change(ctx, desk.Work{Title: "Thư"}, func(tx desk.Tx) error {
		return tx.PutRecord(desk.KindLetter, new(uint64), data.Letter{Dossier: tx.FindCode("CU-02"), Year: 2015, Number: 7, Day: long + 20, Reason: "Lý do riêng CU-02"})
	}))
	return d
}

// TestErasure: what is old and need not stay loses all that tells of persons, in the register,
// the journal's former values and the free pages of the file, protected or not; figures,
// frozen ones too, stay; the journal still holds together, nothing can be taken back, and a
// restore from before warns.
func TestErasure(t *testing.T) {
	quickly(t)
	path := filepath.Join(t.TempDir(), "so.db")
	d := aged(t, path)
	ctx := t.Context()
	p, err := data.ParsePeriod("2015")
	must(t, err)
	frozen, err := d.ClosePeriod(ctx, p, data.NoDay)
	must(t, err)
	figures := d.Figures(p, data.NoDay, data.ByField, desk.Filter{}).Total
	private := []string{"Người Thử CU", "0123456789", "09123456", "08123456", "Ngõ riêng CU", "Việc riêng của CU", "Ghi chú riêng CU", "Lời riêng CU", "Lý do riêng CU"}
	raw, err := os.ReadFile(path)
	must(t, err)
	for _, text := range private {
		if !bytes.Contains(raw, []byte(text)) {
			t.Fatalf("%s is not in the file before", text)
		}
	}
	backup := filepath.Join(t.TempDir(), "truoc.gbsao")
	must(t, d.Backup(ctx, backup, nil))

	x, err := d.Expired(ctx, 10)
	must(t, err)
	kept := map[string]string{}
	for _, k := range x.Kept {
		kept[k.Code] = k.Why
	}
	if len(x.IDs) != 2 || x.Letters != 1 || len(kept) != 2 || kept["MO-03"] != "chưa kết thúc" || kept["DON-04"] != "có trong "+logbook.Find("petition").Title {
		t.Fatalf("%+v", x)
	}
	if _, err := d.Erase(ctx, 10, " ", nil); faulty(err) != "basis" {
		t.Errorf("without a basis: %v", err)
	}
	if _, err := d.Expired(ctx, 0); faulty(err) != "years" {
		t.Errorf("without a term: %v", err)
	}
	_, err = d.Erase(ctx, 10, "Bảng thời hạn bảo quản số 1", nil)
	must(t, err)
	if err := d.Change(ctx, desk.Work{Title: "x"}, func(desk.Tx) error { return nil }); err == nil {
		t.Error("the desk is still open")
	}

	raw, err = os.ReadFile(path)
	must(t, err)
	for _, text := range []string{"Người Thử CU", "Ngõ riêng CU", "Việc riêng của CU", "Ghi chú riêng CU", "Lời riêng CU", "Lý do riêng CU", "012345678901", "012345678902", "0812345601", "0912345602"} {
		if bytes.Contains(raw, []byte(text)) {
			t.Errorf("%s is still in the file", text)
		}
	}
	if !bytes.Contains(raw, []byte("Người Thử MOI-05")) {
		t.Error("a dossier of late lost its owner")
	}
	d = open(t, path)
	if got := d.Figures(p, data.NoDay, data.ByField, desk.Filter{}).Total; got != figures {
		t.Errorf("figures were %+v, are %+v", figures, got)
	}
	if changes, err := d.Since(ctx, frozen.Value); err != nil || len(changes) > 0 {
		t.Errorf("frozen figures changed: %+v, %v", changes, err)
	}
	one, err := d.Dossier(d.Find("CU-02"))
	if err != nil || one.Owner != (data.Person{Name: desk.ErasedOwner, Area: "Xã Thử"}) || one.Content+one.Note+one.Events[0].Text != "" || one.Events[0].Ref != "QĐ 1" {
		t.Errorf("%+v, %v", one, err)
	}
	letters, err := d.Letters(0)
	if err != nil || letters[0].Value.Number != 7 || letters[0].Value.Reason != "" {
		t.Errorf("%+v, %v", letters, err)
	}
	proofs, err := d.Erasures()
	if err != nil || len(proofs) != 1 || fmt.Sprint(proofs[0].Value.Codes) != "[CU-01 CU-02]" || proofs[0].Value.Letters != 1 || proofs[0].Value.Kept != 2 || proofs[0].Value.Opened != 1 || proofs[0].Value.Basis != "Bảng thời hạn bảo quản số 1" {
		t.Fatalf("%+v, %v", proofs, err)
	}
	if undo, _ := d.Undoable(); undo != "" {
		t.Errorf("%q can be undone", undo)
	}
	must(t, d.Read(func(v desk.View) error {
		list, err := v.Versions(one.ID)
		if len(list) != 3 {
			t.Errorf("%d entries of the dossier", len(list))
		}
		return err
	}))
	check, err := d.Check(ctx)
	if err != nil || len(check.Faults) > 0 || len(check.Journal.Faults) > 0 {
		t.Errorf("%v %v, %v", check.Faults, check.Journal.Faults, err)
	}
	if again, err := d.Expired(ctx, 10); err != nil || len(again.IDs) != 0 || len(again.Kept) != 2 {
		t.Errorf("a second time: %+v, %v", again, err)
	}
	// A restore says what it would bring back.
	if preview, err := d.PreviewRestore(ctx, backup, nil); err != nil || len(preview.Erased) != 1 || preview.Other {
		t.Errorf("%+v, %v", preview.Erased, err)
	}
	after := filepath.Join(t.TempDir(), "sau.gbsao")
	must(t, d.Backup(ctx, after, nil))
	if preview, err := d.PreviewRestore(ctx, after, nil); err != nil || len(preview.Erased) != 0 {
		t.Errorf("%+v, %v", preview.Erased, err)
	}
	// A protected office loses them too.
	key, _, err := d.Protect(ctx, "", "mật khẩu rất dài", nil)
	must(t, err)
	d = opened(t, path, key)
	key, err = d.Erase(ctx, 1, "Căn cứ", nil)
	must(t, err)
	d = opened(t, path, key)
	if check, err := d.Check(ctx); err != nil || len(check.Faults)+len(check.Journal.Faults) > 0 {
		t.Errorf("%v %v, %v", check.Faults, check.Journal.Faults, err)
	}
	if one, err := d.Dossier(d.Find("MOI-05")); err != nil || one.Owner.Name != desk.ErasedOwner {
		t.Errorf("%+v, %v", one.Owner, err)
	}
}

// TestErasureByRole: who may not erase is told so and erases nothing.
func TestErasureByRole(t *testing.T) {
	quickly(t)
	path := filepath.Join(t.TempDir(), "so.db")
	d := aged(t, path)
	key, _, err := d.Protect(t.Context(), "Lan", "mật khẩu rất dài", nil)
	must(t, err)
	key.Who.Role = desk.SupervisorRole
	d = opened(t, path, key)
	if _, err := d.Erase(t.Context(), 5, "Căn cứ", nil); data.CodeOf(err) != data.Denied || !strings.Contains(err.Error(), "lãnh đạo") {
		t.Errorf("%v", err)
	}
}

// faulty is the field of an error.
func faulty(err error) string {
	var told *data.Error
	if errors.As(err, &told) {
		return told.Field
	}
	return ""
}
