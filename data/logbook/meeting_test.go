package logbook

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"giaoban/data"
)

func TestAgendaHasClockTimes(t *testing.T) {
	e := entry(1, "name", "Giao ban", "at", "2026-09-14T23:30", "agenda", `[{"text":"Khai mạc","minutes":"5"},{"text":"Báo cáo","minutes":"40"},{"text":"Ký"}]`)
	lines, total := Agenda(e)
	var spans []string
	for _, l := range lines {
		spans = append(spans, l.Span())
	}
	if got := strings.Join(spans, "; "); got != "23:30 – 23:35; 23:35 – 00:15; 00:15" || total != 45 {
		t.Errorf("%s, %d minutes", got, total)
	}
	e.Set("at", "2026-09-14")
	if lines, total = Agenda(e); lines[1].From.Known() || total != 45 {
		t.Errorf("without an hour: %v, %d", lines, total)
	}
}

// TestUsualAgenda: the lines of briefing 3.2 take 115 minutes, with praise at the end of
// the year 125.
func TestUsualAgenda(t *testing.T) {
	for kind, want := range map[string][2]int{"month": {7, 115}, "year": {8, 125}} {
		e := entry(1, "type", kind, "at", "2026-09-14T08:00", "from", "2026-08-01", "to", "2026-08-31", "chair", "Ông Lê Văn Mẫu")
		e.Set("agenda", usualAgenda(e))
		lines, total := Agenda(e)
		if len(lines) != want[0] || total != want[1] {
			t.Errorf("%s: %d lines, %d minutes", kind, len(lines), total)
		}
		if !strings.HasSuffix(lines[2].Text, "kỳ từ 01/08/2026 đến 31/08/2026") || lines[1].Presenter != "Ông Lê Văn Mẫu" {
			t.Errorf("%+v", lines)
		}
	}
}

func TestQuorum(t *testing.T) {
	e := entry(1, "people", `[{"name":"A","present":"1"},{"name":"B","stand_in":"C"},{"name":"D","present":"0","stand_in":"E"},{"name":"F","invited":"0","present":"1"},{"name":"G"}]`)
	if got, want := Quorum(e), "Mời 4 đại biểu; có mặt 3 (trong đó 1 người dự thay); vắng 2; tỷ lệ đại biểu được mời dự họp 2/4 = 50,00 %."; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if got := Quorum(entry(1)); got != "" {
		t.Error(got)
	}
}

// TestNextConferenceBeginsLikeTheLast: place, chair and those invited are taken over,
// who was present is not; a supplement is no conference to follow.
func TestNextConferenceBeginsLikeTheLast(t *testing.T) {
	old := entry(1, "at", "2026-07-30", "place", "Phòng cũ", "people", `[{"name":"X","invited":"1"}]`)
	last := entry(2, "at", "2026-08-30T08:00", "place", "Phòng họp số 1", "chair", "Ông Lê Văn Mẫu", "people", `[{"name":"A","role":"Xã Một","invited":"1","present":"1"},{"name":"B","invited":"0","present":"1"}]`)
	extra := entry(3, "at", "2026-09-01", "supplements", "2", "place", "Nơi khác")
	w := worldOf(map[string][]*Entry{"conference": {old, last, extra}})
	v := Conference.Begin(w)
	if v["place"] != "Phòng họp số 1" || v["people"] != `[{"invited":"1","name":"A","role":"Xã Một"}]` || v["name"] != "Hội nghị giao ban công tác cải cách hành chính tháng 9/2026" || v["agenda"] == "" {
		t.Errorf("%v", v)
	}
	for _, c := range []struct{ at, to, today, want string }{
		{"2026-09-03", "2026-08-31", "2026-10-02", "9/2026"}, {"2026-09-03", "", "2026-10-02", "9/2026"}, {"2026-08-30", "2026-08-31", "2026-09-28", "9/2026"},
		{"2026-01-05", "2025-12-31", "2026-10-20", "10/2026"}, {"", "", "2026-01-04", "12/2025"}, {"2026-11-09", "2026-11-08", "2026-12-01", "11/2026"}} {
		var list []*Entry
		if c.at != "" {
			list = append(list, entry(1, "at", c.at, "to", c.to))
		}
		w := worldOf(map[string][]*Entry{"conference": list})
		w.Today, _ = data.ParseISO(c.today)
		w.Day = w.Today
		if got := Conference.Begin(w)["name"]; !strings.HasSuffix(got, "tháng "+c.want) {
			t.Errorf("on %s after one of %s up to %s: %q", c.today, c.at, c.to, got)
		}
	}
	// What the entry holds already is not written over.
	prepare := Conference.Actions[0]
	filled := prepare.Fill(w, entry(4, "name", "Giao ban", "at", "2026-09-20", "place", "Hội trường"))
	if filled.Text("place") != "Hội trường" || filled.Text("chair") != "Ông Lê Văn Mẫu" || !filled.Has("people") {
		t.Errorf("%v", filled.Values)
	}
}

// TestSignedMinutesHoldStill: what stands in signed minutes is not changed, nor are its
// conclusions; the notice may follow, and a supplement counts its conclusions anew.
func TestSignedMinutesHoldStill(t *testing.T) {
	meeting := entry(1, "name", "Giao ban", "at", "2026-09-01", "minutes", "05/BB", "minutes_date", "2026-09-02", "people", `[{"name":"A"}]`)
	said := entry(1, "conference", "1", "order", "1", "text", "Rà soát")
	w := worldOf(map[string][]*Entry{"conference": {meeting}, "conclusion": {said}})
	for _, key := range signed {
		changed := meeting.Clone()
		changed.Set(key, map[string]string{"at": "2026-09-03", "ended": "2026-09-03", "minutes_date": "2026-09-04", "supplements": "7", "agenda": `[{"text":"x"}]`, "people": ""}[key])
		if changed.Text(key) == meeting.Text(key) {
			changed.Set(key, "khác")
		}
		if err := Conference.Ready(w, changed, meeting); err == nil {
			t.Errorf("%s of signed minutes was changed", key)
		}
	}
	noticed := meeting.Clone()
	noticed.Set("notice", "12/TB-UBND")
	noticed.Set("notice_date", "2026-09-04")
	if err := Conference.Ready(w, noticed, meeting); err != nil {
		t.Errorf("the notice after the minutes: %v", err)
	}
	other := said.Clone()
	other.Set("text", "Rà soát lại")
	if Conclusion.Ready(w, other, said) == nil || Conclusion.Refuse(w, said) == nil {
		t.Error("a conclusion of signed minutes was changed or taken out")
	}
	supplement := Conference.Actions[len(Conference.Actions)-1]
	v := supplement.Propose(w, meeting)
	if v["supplements"] != "1" || v["at"] != asked.ISO() {
		t.Errorf("%v", v)
	}
	added := entry(2)
	added.Values = v
	if err := Conference.Ready(w, added, nil); err != nil {
		t.Fatal(err)
	}
	w = worldOf(map[string][]*Entry{"conference": {meeting, added}, "conclusion": {said}})
	first := entry(0, "conference", "2", "text", "Bổ sung")
	if err := Conclusion.Ready(w, first, nil); err != nil || first.Text("order") != "1" {
		t.Errorf("the first conclusion of a supplement is %q, %v", first.Text("order"), err)
	}
	if Conference.Refuse(w, meeting) == nil {
		t.Error("minutes with a supplement can be taken out")
	}
	total, _ := Conference.Measure(&Conference.Measures[0], Conference.Rows(w), data.Period{}, ByNothing)
	if total.B != 1 {
		t.Errorf("a meeting with its supplement counts as %d", total.B)
	}
}

// TestFormsOfPetitionsAddUp proves the identities of forms II.05a and II.05b over random
// petitions, whatever the period and the day (briefing 5.3).
func TestFormsOfPetitionsAddUp(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 12))
	for range 40 {
		var list []*Entry
		for id := range uint64(120) {
			list = append(list, randomEntry(r, Petition, id+1))
		}
		w := worldOf(map[string][]*Entry{"petition": list})
		w.Day += data.Day(r.IntN(120) - 60)
		from := asked - 60 + data.Day(r.IntN(60))
		p := data.Period{From: from, To: from + data.Day(r.IntN(60))}
		for _, l := range Petition.Layouts[:2] {
			var sum [17]int64
			n := 0
			for _, row := range Petition.Rows(w) {
				row.Period = p
				if !Petition.In(w, row.Entry, p) || !l.Keeps(&row) {
					continue
				}
				n++
				for i, c := range l.Columns {
					if c.Sums() {
						part, _ := c.Part(&row)
						sum[i+1] += part
					}
				}
			}
			s := sum[:]
			if int(s[3]) != n || s[3] != s[4]+s[5] || s[3] != s[6]+s[7] || s[8] != s[9]+s[10] || s[8] != s[11]+s[12] || s[13] != s[14]+s[15] || s[3] != s[8]+s[13] || s[16] > s[8] {
				t.Fatalf("%s: %d rows, sums %v", l.ID, n, s)
			}
		}
	}
}

// TestCarriedPetitions: what was said before the period and not yet answered is carried,
// what was said in it is new.
func TestCarriedPetitions(t *testing.T) {
	p := data.Period{From: data.Date(2026, time.September, 1), To: data.Date(2026, time.September, 30)}
	w := worldOf(nil)
	for _, c := range []struct {
		carried, done, published int64
		pairs                    []string
	}{
		{1, 0, 0, []string{"said_at", "2026-08-20", "competent", "1"}},
		{1, 1, 1, []string{"said_at", "2026-08-20", "answered", "2026-09-03", "published", "2026-09-04"}},
		{0, 1, 0, []string{"said_at", "2026-09-02", "answered", "2026-09-03", "published", "2026-09-20"}},
		{0, 0, 0, []string{"said_at", "2026-09-02", "answered", "2026-09-20"}},
	} {
		row := Petition.Row(w, entry(1, c.pairs...))
		row.Period = p
		carried, done, published := Petition.fact("carried")(&row), Petition.fact("resolved")(&row), Petition.fact("resolved published")(&row)
		if carried != c.carried || done != c.done || published != c.published {
			t.Errorf("%v: carried %d, done %d, published %d", c.pairs, carried, done, published)
		}
	}
}

// TestTasksOfSuperiors proves that the columns of T7 add up to its total, and that T4
// has the 16 columns of the sheet.
func TestTasksOfSuperiors(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	var list []*Entry
	for id := range uint64(300) {
		e := randomEntry(r, Task, id+1)
		e.Set("parent", "")
		list = append(list, e)
	}
	w := worldOf(map[string][]*Entry{"task": list})
	for _, l := range Task.Layouts {
		if l.ID == "T4" && len(l.Columns) != 16 {
			t.Errorf("T4 has %d columns", len(l.Columns))
		}
		if l.ID != "T7" {
			continue
		}
		var sum, total int64
		for _, row := range Task.Rows(w) {
			if !l.Keeps(&row) {
				continue
			}
			for i, c := range l.Columns {
				part, _ := c.Part(&row)
				switch {
				case i == 0:
					total += part
				case c.Of == "":
					sum += part
				}
			}
		}
		if total == 0 || sum != total {
			t.Errorf("T7: %d of %d", sum, total)
		}
	}
}
