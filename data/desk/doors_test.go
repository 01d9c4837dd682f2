package desk_test

import (
	"testing"

	"giaoban/data"
)

// TestEveryDoorCleansText receives, corrects and names with text as other
// programs copy it: nothing that cannot be seen stays.
func TestEveryDoorCleansText(t *testing.T) {
	d := fresh(t)
	ctx := t.Context()
	one := d.Draft(nil)
	one.Code, one.Owner.Name, one.Content = "\u200eH56.22.17-230302-0001\u202c", "Nguyễn\u00a0 Văn\u200b A", "Cấp\u00ad lại\r\nbản sao "
	one.Received, one.Due = data.Moment{Day: data.Date(2023, 3, 2)}, data.Moment{Day: data.Date(2023, 3, 9)}
	twin := one
	if err := d.Receive(ctx, &one); err != nil {
		t.Fatal(err)
	}
	if one.Code != "H56.22.17-230302-0001" || one.Owner.Name != "Nguyễn Văn A" || one.Content != "Cấp lại\nbản sao" {
		t.Errorf("received %q, %q, %q", one.Code, one.Owner.Name, one.Content)
	}
	if d.Find("H56.22.17-2303\u00ad02-0001\u200b ") != one.ID {
		t.Error("the code is not found as it is pasted")
	}
	twin.Code = "H56.22.17-230302\u200d-0001"
	if err := d.Receive(ctx, &twin); data.CodeOf(err) != data.Conflict {
		t.Errorf("the same code again: %v", err)
	}
	if err := d.Amend(ctx, one.ID, "sai tên", func(x *data.Dossier) { x.Owner.Name = "\u202aTrần  Thị B\u202c" }); err != nil {
		t.Fatal(err)
	}
	if got, _ := d.Dossier(one.ID); got.Owner.Name != "Trần Thị B" {
		t.Errorf("corrected to %q", got.Owner.Name)
	}
	if err := d.Amend(ctx, one.ID, "sai tên", func(x *data.Dossier) { x.Owner.Name = "Trần\u200b Thị B" }); err != nil {
		t.Fatal(err)
	}
	if got, _ := d.Dossier(one.ID); len(got.Events) != 1 {
		t.Errorf("what cannot be seen is no correction: %+v", got.Events)
	}
	u := data.Unit{Name: "UBND\u00a0xã Hòa\u200b Bình"}
	if err := d.SaveUnit(ctx, &u); err != nil || u.Name != "UBND xã Hòa Bình" {
		t.Errorf("unit %q, %v", u.Name, err)
	}
	for _, name := range []string{"UBND xã Hoà Bình", "ubnd XÃ Hòa\u00ad Bình"} {
		if err := d.SaveUnit(ctx, &data.Unit{Name: name}); data.CodeOf(err) != data.Conflict {
			t.Errorf("%q beside %q: %v", name, u.Name, err)
		}
	}
	if err := d.SaveField(ctx, &data.Field{Name: "Thủy sản thử"}); err != nil {
		t.Fatal(err)
	}
	if err := d.SaveField(ctx, &data.Field{Name: "Thuỷ sản thử"}); data.CodeOf(err) != data.Conflict {
		t.Errorf("a field in the other spelling: %v", err)
	}
	c := data.Counter{Name: "Bộ\u200e phận Ðăng ký", Officer: "A\u00a0B"}
	if err := d.SaveCounter(ctx, 0, c); err != nil {
		t.Fatal(err)
	}
	if err := d.SaveCounter(ctx, 0, data.Counter{Name: "bộ phận Đăng ký"}); data.CodeOf(err) != data.Conflict {
		t.Errorf("a counter with another Đ: %v", err)
	}
	if list, _ := d.Counters(); list[0].Value.Name != "Bộ phận Ðăng ký" || list[0].Value.Officer != "A B" {
		t.Errorf("counters %+v", list)
	}
}
