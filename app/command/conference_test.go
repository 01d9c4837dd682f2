package command_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// meetingFile is a conference as it was held, with three conclusions and a task.
func meetingFile(t *testing.T) (db string) {
	t.Helper()
	dir := t.TempDir()
	db = filepath.Join(dir, "so.db")
	add := func(kind string, rows ...string) {
		t.Helper()
		for i, r := range rows {
			rows[i] = `{"fields":` + r + `}`
		}
		path := filepath.Join(dir, kind+".json")
		if err := os.WriteFile(path, []byte("["+strings.Join(rows, ",")+"]"), 0o600); err != nil {
			t.Fatal(err)
		}
		if out := must(t, "entries", kind, "--add", path, "--file", db, "--json"); !strings.Contains(out, `"rejected": 0`) {
			t.Fatal(out)
		}
	}
	add("conference", `{"name":"Hội nghị giao ban công tác cải cách hành chính tháng 4/2026","type":"month","from":"2026-04-01","to":"2026-04-30","at":"2026-05-22T08:00",
	 "place":"Phòng họp số 1","online":"direct","chair":"Ông Lê Văn Mẫu","chair_title":"Chủ tịch Ủy ban nhân dân xã","secretary":"Bà Trần Thị Thử","invitation":"7/GM-UBND","invitation_date":"2026-05-14",
	 "agenda":[{"text":"Khai mạc","presenter":"Ông Lê Văn Mẫu","minutes":5},{"text":"Báo cáo kết quả cải cách hành chính","presenter":"Văn phòng","minutes":20,"document":"Trang 3"},{"text":"Thảo luận","presenter":"Các đơn vị","minutes":40}],
	 "people":[{"name":"Nguyễn Văn Một","role":"Phòng Tư pháp","invited":true,"present":true},{"name":"Phạm Thị Hai","role":"Phòng Kinh tế","invited":true,"stand_in":"Đỗ Văn Ba"},{"name":"Vũ Thị Bốn","role":"Công an xã","invited":true,"present":false}],
	 "proceedings":"Văn phòng báo cáo tình hình.\nPhòng Tư pháp đề nghị bổ sung máy quét.","ended":"2026-05-22T09:10","minutes":"9/BB-UBND","assessment":"Tỷ lệ đúng hạn tăng.","notice":"12/TB-UBND","notice_date":"2026-05-26"}`)
	add("conclusion", `{"conference":"HN1/2026","text":"Rà soát quy trình nội bộ.","unit":"Phòng Tư pháp","deadline_words":"trước ngày 30/6"}`,
		`{"conference":"HN1/2026","text":"Phòng Kinh tế công khai thủ tục tại trụ sở","unit":"Phòng Kinh tế"}`,
		`{"conference":"HN1/2026","text":"Ghi nhận kết quả tháng 4","no_task":true}`)
	add("task", `{"text":"Lập danh mục quy trình","source":"conclusion","conclusion":"KL1/2026","lead":"Phòng Tư pháp","partners":["Văn phòng"],"product":"Danh mục","issued":"2026-05-22","due":"2026-06-30"}`)
	return db
}

// printed writes a paper and returns its text, with single spaces.
func printed(t *testing.T, args ...string) string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed")
	}
	out := filepath.Join(t.TempDir(), "x.pdf")
	must(t, append(append([]string{"report"}, args...), "--out", out)...)
	text, err := exec.Command(tool, out, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(text)), " ")
}

// TestPapersOfAConference reads each paper of a conference as it is printed.
func TestPapersOfAConference(t *testing.T) {
	db := meetingFile(t)
	for name, wants := range map[string][]string{
		"giay-moi": {"Số: 07/GM-UBND", "ngày 14 tháng 5 năm 2026", "GIẤY MỜI", "1. Thời gian: 08 giờ 00 phút, ngày 22 tháng 5 năm 2026.", "2. Địa điểm: Phòng họp số 1 (trực tiếp).",
			"3. Chủ trì: Ông Lê Văn Mẫu, Chủ tịch Ủy ban nhân dân xã.", "Phạm Thị Hai, Phòng Kinh tế;", "Vũ Thị Bốn, Công an xã.", "đúng thành phần, thời gian./.", "Lưu: VT."},
		"chuong-trinh": {"CHƯƠNG TRÌNH", "(Kèm theo Giấy mời số 07/GM-UBND ngày 14 tháng 5 năm 2026", "08:00 – 08:05", "08:05 – 08:25", "08:25 – 09:05", "Trang 3", "Tổng thời gian: 65 phút, từ 08:00 đến 09:05"},
		"danh-sach-du": {"DANH SÁCH ĐẠI BIỂU", "Người đi thay", "Đỗ Văn Ba", "Mời 3 đại biểu; có mặt 2 (trong đó 1 người dự thay); vắng 1; tỷ lệ đại biểu được mời dự họp 2/3 = 66,67 %."},
		"bien-ban": {"Số: 09/BB-UBND", "BIÊN BẢN", "Thời gian bắt đầu: 08 giờ 00 phút, ngày 22 tháng 5 năm 2026.", "Đỗ Văn Ba (dự thay Phạm Thị Hai, Phòng Kinh tế);", "có mặt 2",
			"Phòng Tư pháp đề nghị bổ sung máy quét.", "Kết luận số 1. Rà soát quy trình nội bộ. (Giao Phòng Tư pháp; thời hạn: trước ngày 30/6.)", "Kết luận số 3. Ghi nhận kết quả tháng 4. (Không phát sinh nhiệm vụ.)",
			"kết thúc vào 09 giờ 10 phút, ngày 22 tháng 5 năm 2026", "THƯ KÝ", "CHỦ TRÌ", "Trần Thị Thử"},
		"thong-bao-ket-luan": {"Số: 12/TB-UBND", "ngày 26 tháng 5 năm 2026", "Kết luận của Chủ tịch Ủy ban nhân dân xã tại hội nghị giao ban công tác cải cách hành chính tháng 4/2026",
			"Ngày 22 tháng 5 năm 2026, ông Lê Văn Mẫu, Chủ tịch Ủy ban nhân dân xã đã chủ trì", "Sau khi nghe báo cáo của Văn phòng, các đơn vị; ý kiến tham gia", "1. Đánh giá Tỷ lệ đúng hạn tăng.",
			"a) Giao Phòng Tư pháp chủ trì: rà soát quy trình nội bộ; thời hạn: trước ngày 30/6.", "b) Phòng Kinh tế công khai thủ tục tại trụ sở.", "c) Ghi nhận kết quả tháng 4.", "3. Tổ chức thực hiện",
			"PHÂN CÔNG NHIỆM VỤ THEO KẾT LUẬN", "(Kèm theo Thông báo số 12/TB-UBND ngày 26 tháng 5 năm 2026", "Lập danh mục quy trình", "Danh mục", "30/06/2026"},
	} {
		text := printed(t, name, "--period", "2026-05", "--file", db)
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q:\n%s", name, want, text)
			}
		}
		if chosen := printed(t, name, "--conference", "HN1/2026", "--file", db); chosen != text {
			t.Errorf("%s of the conference is not that of its month:\n%s", name, chosen)
		}
	}
	// A month without a conference gives a paper to be filled in by hand.
	if text := printed(t, "giay-moi", "--period", "2026-04", "--file", db); !strings.Contains(text, "1. Thời gian: …… giờ …… phút, ngày …… tháng ……") {
		t.Error(text)
	}
	wrong := filepath.Join(t.TempDir(), "x.pdf")
	if code, _, told := call("report", "bien-ban", "--conference", "HN9/2026", "--out", wrong, "--file", db); code != 1 || !strings.Contains(told, "HN9/2026") {
		t.Errorf("%d %s", code, told)
	}
	if code, _, told := call("report", "giao-ban", "--conference", "HN1/2026", "--out", wrong, "--file", db); code != 2 || !strings.Contains(told, "--conference") {
		t.Errorf("%d %s", code, told)
	}
}
