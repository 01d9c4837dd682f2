package desk_test

import (
	"context"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/reconcile"
)

// TestReconcileFixtures holds the register against the provincial lists made
// from it with planted changes: new rows are missing here, changed rows differ.
func TestReconcileFixtures(t *testing.T) {
	d := fresh(t)
	load(t, d, fixture("E_full.xlsx"))
	r, err := d.OpenReconcile(t.Context(), fixture("E_full.xlsx"), desk.ReconcileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Findings) != 0 || r.Agree != d.Len() || r.Own != d.Len() {
		t.Errorf("a file against its own import: %+v", r.Result)
	}
	r.Close()
	dry, err := run(t, d, fixture("E_update.xlsx"), true)
	if err != nil {
		t.Fatal(err)
	}
	if r, err = d.OpenReconcile(t.Context(), fixture("E_update.xlsx"), desk.ReconcileOptions{}); err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if r.Counts[reconcile.MissingHere] != dry.New || r.Rows != dry.Rows-dry.Duplicate-dry.Rejected {
		t.Errorf("%v, the import says %+v", r.Counts, summary(dry))
	}
	differ := map[string]bool{}
	for _, f := range r.Findings {
		if f.ID != 0 && f.Row != 0 {
			differ[f.Code] = true
		}
	}
	for _, l := range dry.Lines {
		if l.Fate == desk.Same && differ[l.Code] {
			t.Errorf("%s differs, though the import finds it the same", l.Code)
		}
	}
	if len(differ) == 0 || len(differ) > dry.Changed {
		t.Errorf("%d dossiers differ, the import changes %d", len(differ), dry.Changed)
	}
}

const ownFile = "Mã hồ sơ;Tên thủ tục hành chính;Đơn vị tiếp nhận;Chủ hồ sơ;Ngày tiếp nhận;Ngày hẹn trả;Trạng thái;Ngày kết thúc xử lý"

func TestReconcileApplies(t *testing.T) {
	d := fresh(t)
	load(t, d, write(t, "so.csv", ownFile,
		"HS-1;Đăng ký kết hôn;UBND xã Mẫu;Trần Văn Mẫu;20/03/2023;27/03/2023;Đang xử lý;",
		"HS-2;Đăng ký kết hôn;UBND xã Mẫu;Lê Thị Mẫu;21/03/2023;28/03/2023;Đã xử lý xong;24/03/2023",
		"HS-3;Đăng ký kết hôn;UBND xã Mẫu;Lê Thị Ba;22/03/2023;29/03/2023;Đang xử lý;"))
	theirs := write(t, "tinh.csv", ownFile,
		"HS-1;Đăng ký khai sinh;UBND xã Mẫu;TRẦN VĂN MẪU;20/03/2023 08:00;30/03/2023;Đã xử lý xong;26/03/2023",
		"hs-2;Đăng ký kết hôn;UBND xã Mẫu;Lê Thị Khác;20/03/2023;28/03/2023;Đã xử lý xong;25/03/2023",
		"HS-4;Đăng ký kết hôn;UBND xã Mẫu;Người Mới;22/03/2023;29/03/2023;Đang xử lý;")
	before := dumpOf(t, d)
	r, err := d.OpenReconcile(t.Context(), theirs, desk.ReconcileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	same(t, "comparing wrote", dumpOf(t, d), before)
	place := map[string]int{}
	for i, f := range r.Findings {
		place[f.Code+" "+string(f.Kind)+" "+string(f.Field)] = i
	}
	for _, key := range []string{"HS-1 date_differs due", "HS-1 status_differs status", "HS-1 fact_differs procedure", "HS-2 date_differs received", "HS-2 date_differs ended",
		"HS-2 fact_differs owner", "HS-3 missing_there ", "HS-4 missing_here "} {
		if _, ok := place[key]; !ok {
			t.Errorf("not found: %s", key)
		}
	}
	if len(r.Findings) != 8 {
		t.Fatalf("%+v", r.Findings)
	}
	pick := func(action reconcile.Action, reason string, keys ...string) (list []desk.Choice) {
		for _, k := range keys {
			list = append(list, desk.Choice{Finding: place[k], Action: action, Reason: reason})
		}
		return list
	}
	for _, bad := range [][]desk.Choice{pick(reconcile.TakeTheirs, "", "HS-3 missing_there "), pick(reconcile.ImportMissing, "", "HS-1 date_differs due"), pick(reconcile.Accept, " ", "HS-2 fact_differs owner"), {{Finding: 99}}} {
		if _, err := r.Apply(t.Context(), bad, desk.Run{}); data.CodeOf(err) != data.Invalid {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	choices := append(pick(reconcile.TakeTheirs, "", "HS-1 date_differs due", "HS-1 status_differs status", "HS-1 fact_differs procedure", "HS-2 date_differs received", "HS-2 date_differs ended"), pick(reconcile.ImportMissing, "", "HS-4 missing_here ")...)
	choices = append(choices, pick(reconcile.Accept, "Tỉnh ghi nhầm tên", "HS-2 fact_differs owner")...)
	choices = append(choices, pick(reconcile.KeepOurs, "", "HS-3 missing_there ")...)

	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Apply(cancelled, choices, desk.Run{}); data.CodeOf(err) != data.Cancelled {
		t.Errorf("cancelled: %v", err)
	}
	same(t, "a cancelled reconciliation", dumpOf(t, d), before)

	out, err := r.Apply(t.Context(), choices, desk.Run{})
	if err != nil || out.Corrected != 2 || out.Added != 1 || out.Accepted != 1 || out.Kept != 1 || len(out.Lines) != 3 {
		t.Fatalf("%+v, %v", out, err)
	}
	one, err := d.Dossier(d.Find("HS-1"))
	if err != nil {
		t.Fatal(err)
	}
	s := one.On(data.MaxDay)
	if s.Status != data.Done || s.Ended.Day != data.Date(2023, 3, 26) || one.Due.Day != data.Date(2023, 3, 30) || d.Catalogue().ProcedureOf(&one) != "Đăng ký khai sinh" || one.Owner.Name != "Trần Văn Mẫu" || one.Origin.Import != 1 {
		t.Errorf("%+v %+v", one, s)
	}
	told := 0
	for _, e := range one.Events {
		if e.Text == "Đối chiếu với tinh.csv" {
			told++
		}
	}
	if told < 3 {
		t.Errorf("%d events with the reason: %+v", told, one.Events)
	}
	two, err := d.Dossier(d.Find("HS-2"))
	if err != nil || two.Received.Day != data.Date(2023, 3, 20) || two.On(data.MaxDay).Ended.Day != data.Date(2023, 3, 25) || two.Owner.Name != "Lê Thị Mẫu" {
		t.Errorf("%+v, %v", two, err)
	}
	four, err := d.Dossier(d.Find("HS-4"))
	if err != nil || four.Origin.Row != 4 || four.Origin.Import != 2 {
		t.Errorf("%+v, %v", four.Origin, err)
	}
	after := dumpOf(t, d)

	again, err := d.OpenReconcile(t.Context(), theirs, desk.ReconcileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(again.Findings) != 2 || again.Counts[reconcile.FactDiffers] != 0 || again.Counts[reconcile.MissingThere] != 1 {
		t.Errorf("again: %+v", again.Result)
	}
	for _, f := range again.Findings {
		if f.Field == reconcile.Owner && f.Accepted != "Tỉnh ghi nhầm tên" {
			t.Errorf("%+v", f)
		}
	}
	again.Close()

	title, err := d.Undo(t.Context())
	if err != nil || !strings.HasPrefix(title, "Đối chiếu với tinh.csv") {
		t.Fatalf("%q, %v", title, err)
	}
	same(t, "undone", dumpOf(t, d), before)
	if list, err := d.AcceptedDifferences(); err != nil || len(list) != 0 {
		t.Errorf("undone: %+v, %v", list, err)
	}
	if _, err := d.Redo(t.Context()); err != nil {
		t.Fatal(err)
	}
	same(t, "redone", dumpOf(t, d), after)
	list, err := d.AcceptedDifferences()
	if err != nil || len(list) != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	checkSound(t, d)
	if _, err := d.OpenReconcile(t.Context(), fixture("C_II06a.xlsx"), desk.ReconcileOptions{}); data.CodeOf(err) != data.Invalid {
		t.Errorf("counts: %v", err)
	}
}

// TestReconcileTellsContradictions leaves a dossier as it is when the facts
// chosen would contradict each other.
func TestReconcileTellsContradictions(t *testing.T) {
	d := fresh(t)
	load(t, d, write(t, "so.csv", ownFile, "HS-1;Đăng ký kết hôn;UBND xã Mẫu;Trần Văn Mẫu;10/03/2023;15/03/2023;Đang xử lý;"))
	r, err := d.OpenReconcile(t.Context(), write(t, "tinh.csv", ownFile, "HS-1;Đăng ký kết hôn;UBND xã Mẫu;Trần Văn Mẫu;20/03/2023;27/03/2023;Đang xử lý;"), desk.ReconcileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	choose := func(fields ...reconcile.Field) (list []desk.Choice) {
		for i, f := range r.Findings {
			for _, field := range fields {
				if f.Field == field {
					list = append(list, desk.Choice{Finding: i, Action: reconcile.TakeTheirs})
				}
			}
		}
		return list
	}
	out, err := r.Apply(t.Context(), choose(reconcile.Received), desk.Run{})
	if err != nil || out.Corrected != 0 || len(out.Lines) != 1 || out.Lines[0].Fate != desk.Rejected || out.Lines[0].Reason == "" {
		t.Errorf("%+v, %v", out, err)
	}
	if out, err = r.Apply(t.Context(), choose(reconcile.Received, reconcile.Due), desk.Run{}); err != nil || out.Corrected != 1 {
		t.Errorf("%+v, %v", out, err)
	}
}
