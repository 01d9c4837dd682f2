package command_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/app/command"
	"giaoban/assets"
)

// score runs the command on a sheet and returns what it printed.
func score(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = command.Run(context.Background(), command.Env{Stdout: &out, Stderr: &errs}, append([]string{"score"}, args...))
	return code, out.String(), errs.String()
}

func writeFile(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const goodSheet = `{"criteria_set":"cchc-huyen-2023-recon","year":2023,"answers":{
	"1.1.1":{"date":"2023-02-28"},"1.1.3":{"b":30,"a":32},"1.2.1":{"events":{"late":1,"missing":1}},"3.4.1":{"b":0,"a":0},
	"1.6":{"vars":{"a":40,"b":36,"c":2}},"8.1.1":{"percent":"81.56"}},"bonus":{"T.3":{"mo_hinh":3}},"penalty":{"P.2":{"phe_binh":1}}}`

func TestScoreJSON(t *testing.T) {
	path := writeFile(t, t.TempDir(), "phieu.json", goodSheet)
	code, out, errs := score(t, "--sheet", path, "--json")
	if code != command.ExitDone || errs != "" {
		t.Fatalf("exit %d, %s", code, errs)
	}
	var got struct {
		Nodes []struct {
			Code   string
			Max    json.Number
			Points json.Number
			State  string
		}
		Bonus, Penalty, Index json.Number
		Grade                 string
	}
	dec := json.NewDecoder(strings.NewReader(out))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&got); err != nil {
		t.Fatal(err)
	}
	want := map[string][3]string{
		"1": {"10.00", "2.71", "open"}, "1.1": {"2.00", "1.19", "open"}, "1.1.1": {"0.50", "0.25", "scored"}, "1.1.2": {"0.50", "0.00", "open"}, "1.1.3": {"1.00", "0.94", "scored"},
		"1.2.1": {"0.50", "0.13", "scored"}, "1.6": {"1.50", "1.39", "scored"}, "3.4.1": {"2.00", "0.00", "na"}, "8.1.1": {"2.50", "2.04", "scored"}, "8": {"25.00", "2.04", "open"},
	}
	for _, n := range got.Nodes {
		if w, ok := want[n.Code]; ok && w != [3]string{string(n.Max), string(n.Points), n.State} {
			t.Errorf("%s: %v, want %v", n.Code, n, w)
		}
		delete(want, n.Code)
	}
	// 2,71 of 75 - 2, scaled to 75, and 2,04 + 1,00 - 0,50.
	if len(got.Nodes) != 156 || len(want) != 0 || got.Bonus != "1.00" || got.Penalty != "0.50" || got.Index != "5.32" || got.Grade != "Yếu" {
		t.Errorf("%d nodes, missing %v, %s %s %s %s", len(got.Nodes), want, got.Bonus, got.Penalty, got.Index, got.Grade)
	}
	if !strings.Contains(out, `"points": 0.25`) {
		t.Error("points are not numbers with two decimals")
	}
}

func TestScoreForPeople(t *testing.T) {
	path := writeFile(t, t.TempDir(), "phieu.json", strings.Replace(goodSheet, `"1.1.1":{"date":"2023-02-28"}`, `"1.1.1":{"na":"chưa giao"}`, 1))
	code, out, errs := score(t, "--sheet", path)
	if code != command.ExitDone || !strings.Contains(errs, "Tiêu chí 1.1.1") {
		t.Errorf("exit %d, %s", code, errs)
	}
	for _, part := range []string{"BỘ TIÊU CHÍ MẪU", "1.1.3 Mức độ hoàn thành", "0,94", "chưa giao", "không phát sinh", "(chưa chấm)", "điểm thưởng 1,00; điểm trừ 0,50", "Chỉ số CCHC: ", "tạm tính", "30/32 = 93,75% × 1,00 = 0,9375, làm tròn 0,94"} {
		if !strings.Contains(out, part) {
			t.Errorf("no %q in\n%.400s", part, out)
		}
	}
}

func TestScoreWithASetOfItsOwn(t *testing.T) {
	raw, err := assets.Criteria.ReadFile("criteria/criteria-commune.json")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	own := writeFile(t, dir, "bo.json", strings.Replace(string(raw), "cchc-xa-2023-recon", "xã-2026", 1))
	named, err := json.Marshal(own)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{string(named), `"bo.json"`} {
		path := writeFile(t, dir, "phieu.json", `{"criteria_set":`+name+`,"answers":{"1.5":{"value":2}}}`)
		if code, out, errs := score(t, "--sheet", path, "--json"); code != command.ExitDone || !strings.Contains(out, `"points": 1.50`) {
			t.Errorf("%s: exit %d, %s", name, code, errs)
		}
	}
	for _, c := range []struct{ old, new, want string }{
		{`"max": 0.2,`, `"max": 0.25,`, "Tiêu chí 1.1"},
		{`"max * (b + 0.5 * c) / a"`, `"b / (a - a)"`, "Tiêu chí 1.1.4"},
		{`"when": "a == 0"`, `"when": "a == -1"`, "Tiêu chí 1.1.4: công thức chia cho 0"},
	} {
		writeFile(t, dir, "bo.json", strings.Replace(string(raw), c.old, c.new, 1))
		path := writeFile(t, dir, "phieu.json", `{"criteria_set":"bo.json","answers":{"1.1.4":{"vars":{"a":0,"b":0,"c":0}}}}`)
		code, out, errs := score(t, "--sheet", path, "--json")
		if code != command.ExitFailed || out != "" || !strings.Contains(errs, c.want) || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s: exit %d, %q, %q", c.new, code, errs, out)
		}
	}
}

func TestScoreRefuses(t *testing.T) {
	dir := t.TempDir()
	for answers, want := range map[string]string{
		`"1.1.3":{"b":33,"a":32}`: "Tiêu chí 1.1.3", `"1.3.1":{"b":0,"a":0}`: "Tiêu chí 1.3.1", `"1.1.3":{"yes":true}`: "Tiêu chí 1.1.3", `"8.1.1":{"percent":101}`: "Tiêu chí 8.1.1",
		`"9.9":{"yes":true}`: "Tiêu chí 9.9", `"1.7.1":{"points":0.6,"note":"x"}`: "Tiêu chí 1.7.1: điểm 0,60",
	} {
		path := writeFile(t, dir, "phieu.json", `{"criteria_set":"cchc-huyen-2023-recon","answers":{`+answers+`}}`)
		code, out, errs := score(t, "--sheet", path, "--json")
		if code != command.ExitFailed || out != "" || !strings.HasPrefix(errs, want) || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s: exit %d, %q, %q", answers, code, errs, out)
		}
	}
	for text, want := range map[string]string{``: "Phiếu", `{`: "Phiếu", `{"answers":{}}`: "criteria_set", `{"criteria_set":"không có"}`: "cchc-xa-2023-recon"} {
		path := writeFile(t, dir, "phieu.json", text)
		if code, _, errs := score(t, "--sheet", path); code != command.ExitFailed || !strings.Contains(errs, want) {
			t.Errorf("%q: exit %d, %q", text, code, errs)
		}
	}
	if code, _, errs := score(t, "--sheet", filepath.Join(dir, "khác.json")); code != command.ExitFailed || !strings.Contains(errs, "Không thấy tệp") {
		t.Errorf("no sheet: exit %d, %q", code, errs)
	}
	if code, _, errs := score(t, "--sheet", dir); code != command.ExitFailed || !strings.Contains(errs, "Không đọc được") {
		t.Errorf("a folder: exit %d, %q", code, errs)
	}
	for _, args := range [][]string{{}, {"--json"}, {"--sheet"}, {"--sheet", "a", "--oui"}} {
		if code, _, _ := score(t, args...); code != command.ExitUsage {
			t.Errorf("%v: exit %d", args, code)
		}
	}
}
