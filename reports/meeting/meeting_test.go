package meeting

import (
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/reports/paper"
)

// textOf is all that stands on the pages.
func textOf(d *paper.Document) string {
	var b strings.Builder
	for _, x := range d.Boxes() {
		b.WriteString(x.Text)
		b.WriteByte(' ')
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// TestBlankPapers: without a conference each paper is a form to be filled in by hand.
func TestBlankPapers(t *testing.T) {
	for name, draw := range map[string]Drawer{"GIẤY MỜI": Invitation, "CHƯƠNG TRÌNH": Agenda, "DANH SÁCH ĐẠI BIỂU": People, "BIÊN BẢN": Minutes, "THÔNG BÁO": Notice} {
		d, err := Build(t.Context(), []Conference{{}}, draw, paper.Options{Record: true})
		if err != nil {
			t.Fatal(err)
		}
		if text := textOf(d); !strings.Contains(text, name) || !strings.Contains(text, "……") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

// TestManyInvitedStandInTheirList: an invitation to more than twelve names none.
func TestManyInvitedStandInTheirList(t *testing.T) {
	c := Conference{Name: "Hội nghị"}
	for range 13 {
		c.People = append(c.People, Person{Name: "Nguyễn Văn Thử"})
	}
	d, err := Build(t.Context(), []Conference{c}, Invitation, paper.Options{Record: true})
	if err != nil {
		t.Fatal(err)
	}
	if text := textOf(d); strings.Contains(text, "Nguyễn Văn Thử") || !strings.Contains(text, "danh sách kèm theo") {
		t.Error(text)
	}
}

func TestMinutesOfASuddenInspection(t *testing.T) {
	x := &Inspection{Unit: "Phòng Tư pháp", Day: data.Date(2026, 5, 7), Leader: "Ông Lê Văn Mẫu", Officers: []Officer{{Name: "Trần Thị Thử, chuyên viên", Present: "Không", Absent: "không rõ lý do", Fault: "vắng không phép"}}, Verdict: "Nhắc nhở"}
	d, err := BuildInspection(t.Context(), x, paper.Options{Record: true})
	if err != nil {
		t.Fatal(err)
	}
	text := textOf(d)
	for _, want := range []string{"BIÊN BẢN", "Kiểm tra đột xuất công vụ tại Phòng Tư pháp", "ngày 07 tháng 5 năm 2026", "Ông Lê Văn Mẫu (trưởng đoàn).", "Trần Thị Thử, chuyên viên", "vắng không phép", "Kết luận tại chỗ: Nhắc nhở.",
		"ĐẠI DIỆN ĐƠN VỊ ĐƯỢC KIỂM TRA", "TRƯỞNG ĐOÀN KIỂM TRA", "Lê Văn Mẫu"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	if d.Pages() != 1 {
		t.Errorf("%d pages", d.Pages())
	}
}

func TestPointsOfAList(t *testing.T) {
	for i, want := range map[int]string{0: "a)", 4: "đ)", 5: "e)", 22: "y)", 23: "aa)"} {
		if got := point(i); got != want {
			t.Errorf("%d: %s, want %s", i, got, want)
		}
	}
}

// TestOrdersSayThingsOnce: whom and until when is not said twice.
func TestOrdersSayThingsOnce(t *testing.T) {
	for want, k := range map[string]Conclusion{
		"Giao Phòng Tư pháp chủ trì: rà soát quy trình; thời hạn: trước ngày 30/6.": {Text: "Rà soát quy trình.", Unit: "Phòng Tư pháp", DeadlineText: "trước ngày 30/6"},
		"Phòng Tư pháp rà soát, báo cáo trước ngày 30/6.":                           {Text: "Phòng Tư pháp rà soát, báo cáo trước ngày 30/6", Unit: "Phòng Tư pháp", DeadlineText: "trước ngày 30/6"},
		"UBND các xã niêm yết.": {Text: "UBND các xã niêm yết"},
	} {
		if got := order(k); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
