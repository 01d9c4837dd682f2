package desk_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
)

// TestOtherMattersStayOutOfTheRegister: what is a petition, a complaint or a denunciation
// comes in through no door; procedures about them do.
func TestOtherMattersStayOutOfTheRegister(t *testing.T) {
	d := fresh(t)
	refused := func(door, field string, err error) {
		t.Helper()
		e, ok := err.(*data.Error)
		if !ok || e.Code != data.Refused || e.Field != field || !strings.Contains(e.Message, "không phải hồ sơ thủ tục hành chính") {
			t.Errorf("%s: %v of field %q", door, err, field)
		}
	}
	// the catalogue
	refused("catalogue", "name", d.SaveProcedure(t.Context(), &data.Procedure{Name: "Tố cáo"}))
	must(t, d.SaveProcedure(t.Context(), &data.Procedure{Name: "Giải quyết tố cáo tại phường", Source: data.Typed}))
	must(t, d.SaveProcedure(t.Context(), &data.Procedure{Name: "Tố cáo cấp xã", Code: "2.999396"}))
	list := filepath.Join(t.TempDir(), "thu-tuc.csv")
	must(t, os.WriteFile(list, []byte("Mã thủ tục;Tên thủ tục;Lĩnh vực\n;Khiếu nại về đất;Đất đai\n;Tiếp công dân;Tiếp dân\n"), 0o600))
	im, err := d.OpenProcedures(t.Context(), list)
	must(t, err)
	if im.Rejected != 1 || im.New != 1 || !strings.Contains(im.Lines[0].Reason, "là khiếu nại") {
		t.Errorf("%+v", im.Lines)
	}
	// receipt and correction
	one := d.Draft(nil)
	one.Code, one.Owner.Name, one.Content = "HS-1", "Trần Mẫu", "Đơn tố cáo ông A"
	one.Received = data.MomentOf(now())
	refused("receipt", "content", d.Receive(t.Context(), &one))
	one.Content, one.Title = "", "Phản ánh tiếng ồn"
	refused("receipt by name", "procedure", d.Receive(t.Context(), &one))
	told := d.Refusals(&one) // before it is saved, and for as long as it stands there
	refused("while it is typed", "procedure", told[len(told)-1])
	one.Title, one.Content = "Giải quyết tố cáo tại phường", "Tố cáo ông A"
	must(t, d.Receive(t.Context(), &one))
	refused("correction", "procedure", d.Amend(t.Context(), one.ID, "sửa", func(x *data.Dossier) { x.Title = "Khiếu nại" }))
	must(t, d.Amend(t.Context(), one.ID, "sửa", func(x *data.Dossier) { x.Owner.Name = "Trần Văn Mẫu" }))
	// import and paste
	head, rows := "Mã hồ sơ\tChủ hồ sơ\tTên thủ tục\tNgày tiếp nhận\tNgày hẹn trả", []string{"HS-2\tLê Mẫu\tTố cáo cán bộ\t02/03/2026\t09/03/2026", "HS-3\tLê Mẫu\tGiải quyết tố cáo tại phường\t02/03/2026\t09/03/2026",
		"HS-4\tLê Mẫu\tXử lý đơn\t02/03/2026\t09/03/2026", "HS-5\tLê Mẫu\tTố cáo cán bộ\t03/03/2026\t09/03/2026"}
	paste, err := d.OpenImportText(t.Context(), head+"\n"+strings.Join(rows, "\n"), desk.ImportOptions{})
	must(t, err)
	defer paste.Close()
	r, err := paste.Apply(t.Context(), desk.Run{})
	must(t, err)
	if r.New != 2 || r.Rejected != 2 || !strings.Contains(r.Lines[0].Reason, "«Tố cáo cán bộ» là tố cáo, giải quyết theo NĐ 31/2019/NĐ-CP, không phải") {
		t.Errorf("%+v", r)
	}
	// a whole logbook of theirs
	for title, want := range map[string]string{"SỔ THEO DÕI ĐƠN TỐ CÁO": "tố cáo", "SỔ THEO DÕI ĐƠN THƯ KHIẾU NẠI": "khiếu nại", "DANH SÁCH HỒ SƠ, lĩnh vực khiếu nại, tố cáo": ""} {
		path := filepath.Join(t.TempDir(), "so.csv")
		must(t, os.WriteFile(path, []byte(title+";;;;\nMã số;Họ và tên;Nội dung;Ngày nhận;Ngày hẹn trả\nA-1;Lê Mẫu;Ông A lấn đất;02/03/2026;09/03/2026\nA-2;Lê Mẫu;Ông B lấn đất;02/03/2026;09/03/2026\n"), 0o600))
		_, err := run(t, d, path, true)
		if (err != nil) != (want != "") || err != nil && (data.CodeOf(err) != data.Refused || !strings.Contains(err.Error(), "bảng về "+want)) {
			t.Errorf("%s: %v", title, err)
		}
	}
}
