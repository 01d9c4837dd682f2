package command_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/app/command"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/ranking"
)

// TestRankByTheModelOfTheOffice: a model that the office made is one of those that rank
// takes, from its first day on, with its weight, threshold and deduction; places follow
// points, ties share one.
func TestRankByTheModelOfTheOffice(t *testing.T) {
	file := filepath.Join(t.TempDir(), "so.db")
	raw, err := os.ReadFile(demo(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := desk.Open(file, desk.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	own := ranking.Model{ID: "TD", Name: "Trực tuyến của cơ quan", Minimum: 50, Tolerance: "0,001", From: data.Date(2022, 7, 1),
		Criteria: []ranking.Criterion{{ID: "online", Name: "Hồ sơ trực tuyến", Measure: "register.online", Weight: 60, Threshold: 80}, {ID: "late", Name: "Quá hạn", Measure: "register.late", Weight: 40, Inverse: true}},
		Minus:    []ranking.Minus{{ID: "no-apology", Name: "Chưa xin lỗi", Measure: "register.unapologised", Each: 1, Most: 3}}}
	err = d.SaveRanking(t.Context(), own, nil)
	if cerr := d.Close(); err != nil || cerr != nil {
		t.Fatal(err, cerr)
	}
	var got struct {
		Model string
		Rows  []struct {
			Rank, Tied int
			Unit       string
			Class      *string
			Points     string
			Volume     int64
			Criteria   []struct {
				ID                     string
				Numerator, Denominator int64
			}
		}
	}
	if err := json.Unmarshal([]byte(must(t, "rank", "TD", "--period", "2022", "--file", file, "--json")), &got); err != nil {
		t.Fatal(err)
	}
	if got.Model != "TD" || len(got.Rows) < 2 {
		t.Fatalf("%+v", got)
	}
	var answer struct {
		Measures []struct {
			Rows []struct {
				Name                   string
				Numerator, Denominator int64
			}
		}
	}
	if err := json.Unmarshal([]byte(must(t, "measures", "--only", "register.online", "--by", "unit", "--period", "2022", "--file", file, "--json")), &answer); err != nil || len(answer.Measures) != 1 {
		t.Fatal(err, len(answer.Measures))
	}
	online := map[string]string{} // of each unit, as the one list of measures has it
	for _, r := range answer.Measures[0].Rows {
		online[r.Name] = fmt.Sprintf("%d/%d", r.Numerator, r.Denominator)
	}
	points := func(s string) (n int64) {
		whole, part, _ := strings.Cut(s, ",")
		if _, err := fmt.Sscan(whole+(part + "00")[:2], &n); err != nil {
			t.Fatal(s, err)
		}
		return n
	}
	place, last, class := 0, int64(1<<40), ""
	for _, r := range got.Rows {
		if c := *r.Class; c != class {
			place, last, class = 0, 1<<40, c
		}
		place++
		now := points(r.Points)
		if now > last || now < last && r.Rank != place || r.Rank > place || r.Volume < own.Minimum {
			t.Errorf("%s: place %d with %s points and %d dossiers, behind %d", r.Unit, r.Rank, r.Points, r.Volume, last)
		}
		last = now
		if c := r.Criteria[0]; c.ID != "online" || fmt.Sprintf("%d/%d", c.Numerator, c.Denominator) != online[r.Unit] {
			t.Errorf("%s: %+v, measures say %s", r.Unit, c, online[r.Unit])
		}
	}
	if text := fails(t, command.ExitUsage, "rank", "TD", "--period", "2022-H1", "--file", file); !strings.Contains(text, "có hiệu lực ngày 30/06/2022") || !strings.Contains(text, "A (") || strings.Contains(text, "TD (") {
		t.Error(text)
	}
	if text := must(t, "rank", "TD", "--period", "2022", "--file", file); !strings.Contains(text, "  1  ") {
		t.Error(text)
	}
}
