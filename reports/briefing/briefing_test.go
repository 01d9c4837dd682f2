package briefing_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"giaoban/data"
	"giaoban/reports/briefing"
	"giaoban/reports/form"
	"giaoban/reports/paper"
)

// sentencesOf returns the finished paragraphs of the draft by block.
func sentencesOf(t interface{ Fatal(...any) }, in *briefing.Input) map[string][]briefing.Paragraph {
	blocks, err := briefing.Draft(in)
	if err != nil {
		t.Fatal(err)
	}
	list, err := briefing.Render(blocks, in)
	if err != nil {
		t.Fatal(err)
	}
	m := map[string][]briefing.Paragraph{}
	for _, r := range list {
		m[r.ID] = r.Paragraphs
	}
	return m
}

// town is the sample without the vertical agencies and the communes: the town
// centre of seed 003.
func town() *briefing.Input {
	in := sample()
	for _, t := range []*data.Table{&in.ByLevel, &in.ByLevelBefore} {
		t.Rows = t.Rows[:1]
		t.Total = t.Rows[0].Counts
	}
	in.ByField = data.Table{Period: in.Period, Rows: []data.Row{{Key: "1", Name: "Đất đai", Counts: in.ByLevel.Total}}, Total: in.ByLevel.Total}
	in.ByFieldBefore = data.Table{Period: in.Before, Rows: []data.Row{{Key: "1", Name: "Đất đai", Counts: in.ByLevelBefore.Total}}, Total: in.ByLevelBefore.Total}
	in.ByUnit, in.ByUnitBefore = in.ByField, in.ByFieldBefore
	in.Rates = in.LevelRates[data.LevelDistrict]
	in.Overdue = in.Overdue[:4]
	return in
}

func TestSentencesOfTheTownOf2022(t *testing.T) {
	m := sentencesOf(t, town())
	for id, want := range map[string]string{
		"tiep-nhan.chung":      "Trong kỳ báo cáo (từ ngày 01/01/2022 đến ngày 31/12/2022), các cơ quan, đơn vị tiếp nhận 34.170 hồ sơ thủ tục hành chính, trong đó 31.731 hồ sơ mới tiếp nhận và 2.439 hồ sơ từ kỳ trước chuyển qua. Số hồ sơ mới tiếp nhận tăng 3.611 hồ sơ so với cùng kỳ năm 2021.",
		"truc-tuyen.nop":       "Hồ sơ nộp trực tuyến: 29.291/31.731 hồ sơ mới tiếp nhận, đạt 92,31 %, tăng 12,45 điểm % so với cùng kỳ năm 2021.",
		"truc-tuyen.buu-chinh": "Hồ sơ tiếp nhận, trả kết quả qua dịch vụ bưu chính công ích: 15.977/34.170 hồ sơ tiếp nhận (gồm cả kỳ trước chuyển qua), đạt 46,76 %, tăng 29,79 điểm % so với cùng kỳ năm 2021.",
		"giai-quyet.chung":     "Đã giải quyết 32.514 hồ sơ: 18.214 hồ sơ trước hạn, 14.300 hồ sơ đúng hạn (số đúng hạn gồm cả 320 hồ sơ rút, dừng giải quyết). Không có hồ sơ giải quyết quá hạn. Tỷ lệ giải quyết trước hạn và đúng hạn: 32.514/32.514 hồ sơ đã giải quyết, đạt 100,00 %, tăng 0,29 điểm % so với cùng kỳ năm 2021. Tỷ lệ giải quyết trước hạn: 18.214/32.514 hồ sơ đã giải quyết, đạt 56,02 %, tăng 5,63 điểm % so với cùng kỳ năm 2021.",
		"giai-quyet.dang":      "Đang giải quyết 1.656 hồ sơ, trong đó 1.652 hồ sơ trong hạn (gồm 210 hồ sơ chờ bổ sung, tạm dừng) và 4 hồ sơ đã quá hạn.",
		"giai-quyet.xin-loi":   "Trong 4 hồ sơ quá hạn chưa giải quyết, 2 hồ sơ đã có thư xin lỗi, 2 hồ sơ chưa có thư xin lỗi.",
		"hai-long.chung":       "Số phiếu khảo sát: 2.953 phiếu; rất hài lòng 2.915 phiếu (98,71 %), hài lòng 38 phiếu (1,29 %), không có phiếu không hài lòng.",
	} {
		if len(m[id]) != 1 || m[id][0].Text != want {
			t.Errorf("%s:\n got %v\nwant %q", id, m[id], want)
		}
	}
	for _, id := range []string{"tiep-nhan.cap", "ton-tai.noi-dung", "nhiem-vu.noi-dung"} {
		if len(m[id]) != 0 {
			t.Errorf("%s is not empty: %v", id, m[id])
		}
	}
}

func TestNothingIsSaidWithoutFigures(t *testing.T) {
	period, _ := data.ParsePeriod("2022-Q3")
	in := &briefing.Input{Period: period, AsOf: period.To}
	m := sentencesOf(t, in)
	want := map[string]string{
		"tiep-nhan.chung":  "Trong kỳ báo cáo (từ ngày 01/07/2022 đến ngày 30/09/2022), các cơ quan, đơn vị tiếp nhận 0 hồ sơ thủ tục hành chính, trong đó 0 hồ sơ mới tiếp nhận.",
		"giai-quyet.chung": "Đã giải quyết 0 hồ sơ.",
		"giai-quyet.dang":  "Đang giải quyết 0 hồ sơ. Không còn hồ sơ quá hạn chưa giải quyết.",
		"don-vi.chung":     "Có 0 đơn vị phát sinh hồ sơ trong kỳ. Không có đơn vị nào còn hồ sơ quá hạn chưa giải quyết.",
		"ket.loi-ket":      "Trên đây là báo cáo phục vụ hội nghị giao ban công tác cải cách hành chính quý III/2022; số liệu chi tiết tại các Phụ lục kèm theo./.",
	}
	for id, paragraphs := range m {
		got := ""
		for _, p := range paragraphs {
			got += p.Text
		}
		if got != want[id] {
			t.Errorf("%s: got %q, want %q", id, got, want[id])
		}
	}
	if _, err := briefing.Build(context.Background(), in, nil, paper.Options{}); err != nil {
		t.Error(err)
	}
}

func TestRenderNamesWhatIsWrong(t *testing.T) {
	in := sample()
	for template, want := range map[string]string{
		"Có {khong.co} hồ sơ":              "khong.co",
		"Có [?sai.ten:x]":                  "sai.ten",
		"Có [!received.total:{an}]":        "an",
		"Có {received.total hồ sơ":         "thiếu dấu }",
		"Có [hồ sơ":                        "thiếu dấu ]",
		"Có ] hồ sơ":                       "thừa dấu ]",
		"Có [?received.total hồ sơ]":       "thiếu dấu :",
		strings.Repeat("[a", 40) + "Đặng ": "lồng nhau",
	} {
		_, err := briefing.Render([]briefing.Block{{ID: "x", Text: template}}, in)
		if data.CodeOf(err) != data.Invalid || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want a sentence with %q", template, err, want)
		}
	}
}

func TestLanguageOfSentences(t *testing.T) {
	in := sample()
	none := &briefing.Input{Period: in.Period, AsOf: in.AsOf}
	for _, c := range []struct {
		in         *briefing.Input
		text, want string
	}{
		{in, "Tiếp nhận {received.total} hồ sơ.", "Tiếp nhận 86.314 hồ sơ."},
		{in, "{{received.total}} và [[x]]", "{received.total} và [x]"},
		{in, "[a {rate.online.percent}][b {rate.satisfied.percent}]", "a 87,40"},
		{none, "Một. Hai {rate.online}. Ba {received.total}.", "Một. Ba 0."},
		{none, "Hai {rate.online}.", ""},
		{in, "- {xa.name}: {xa.received.total}", "Cấp xã: 25.615"},
		{in, "[?resolved.late:có][!resolved.late:không]", "có"},
		{none, "[?resolved.late:có][!resolved.late:không]", "không"},
	} {
		list, err := briefing.Render([]briefing.Block{{Text: c.text}}, c.in)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		got := ""
		for _, p := range list[0].Paragraphs {
			got += p.Text
		}
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func FuzzRender(f *testing.F) {
	f.Add("Có {received.total} hồ sơ[, {rate.online.trend}][?a:b].")
	f.Fuzz(func(t *testing.T, template string) {
		in := &briefing.Input{}
		if list, err := briefing.Render([]briefing.Block{{Text: template}}, in); err == nil {
			for _, p := range list[0].Paragraphs {
				for _, b := range p.Bounds {
					_ = p.Text[b.From:b.To]
				}
			}
		}
	})
}

// drawCounts draws a row that satisfies the identities of form II.06a.
func drawCounts(t *rapid.T, label string) data.Counts {
	n := func(most int64) int64 {
		if rapid.IntRange(0, 4).Draw(t, label) == 0 {
			return 0
		}
		return rapid.Int64Range(0, max(0, most)).Draw(t, label)
	}
	c := data.Counts{NewOnline: n(50000), NewDirect: n(50000), NewPostal: n(5000), Carried: n(3000)}
	left := c.Received()
	take := func() int64 { v := n(left); left -= v; return v }
	c.Early, c.Late, c.InTime, c.Overdue = take(), take(), take(), take()
	c.OnTime = left
	c.Withdrawn, c.Waiting = n(c.OnTime), n(c.InTime)
	c.FeeDue, c.Postal, c.Digitised, c.Published = n(c.Received()), n(c.Received()), n(c.Received()), n(c.Received())
	c.PaidOnline, c.EResult = n(c.FeeDue), n(c.Resolved())
	return c
}

func drawInput(t *rapid.T) *briefing.Input {
	in := sample()
	in.LevelRates = map[data.Level][]data.Rate{}
	levels := []data.Level{data.LevelDistrict, data.LevelCommune, data.LevelVertical}[:rapid.IntRange(1, 3).Draw(t, "levels")]
	draw := func(p data.Period) (units, byLevel, fields data.Table) {
		for _, l := range levels {
			var sum data.Counts
			for i := range rapid.IntRange(0, 4).Draw(t, "units") {
				c := drawCounts(t, "unit")
				sum.Add(c)
				units.Rows = append(units.Rows, data.Row{Key: fmt.Sprintf("%s/%d", l, i), Name: fmt.Sprintf("Phòng %s", string(rune('A'+i))), Counts: c})
			}
			byLevel.Rows = append(byLevel.Rows, data.Row{Key: string(l), Name: l.Name(), Counts: sum})
			byLevel.Total.Add(sum)
		}
		units.Total, fields.Total = byLevel.Total, byLevel.Total
		fields.Rows = []data.Row{{Key: "1", Name: "Đất đai", Counts: byLevel.Total}}
		units.Period, byLevel.Period, fields.Period = p, p, p
		return
	}
	in.ByUnit, in.ByLevel, in.ByField = draw(in.Period)
	if rapid.Bool().Draw(t, "compared") {
		in.ByUnitBefore, in.ByLevelBefore, in.ByFieldBefore = draw(in.Before)
	} else {
		in.Before = data.Period{}
		in.ByUnitBefore, in.ByLevelBefore, in.ByFieldBefore = data.Table{}, data.Table{}, data.Table{}
	}
	old := map[string]data.Counts{}
	for _, r := range in.ByLevelBefore.Rows {
		old[r.Key] = r.Counts
	}
	in.Rates = rates(in.ByField.Total, in.ByFieldBefore.Total)
	for _, r := range in.ByLevel.Rows {
		in.LevelRates[data.Level(r.Key)] = rates(r.Counts, old[r.Key])
	}
	if !in.Compared() {
		for _, list := range append([][]data.Rate{in.Rates}, in.LevelRates[data.LevelDistrict], in.LevelRates[data.LevelCommune], in.LevelRates[data.LevelVertical]) {
			for i := range list {
				list[i].Compared = false
			}
		}
	}
	in.Overdue = nil
	for i := range min(in.ByField.Total.Overdue, 7) {
		in.Overdue = append(in.Overdue, form.Overdue{Code: fmt.Sprint(i), DaysLate: int(i), Apology: i%2 == 0})
	}
	in.Survey = briefing.Survey{VerySatisfied: rapid.Int64Range(0, 5).Draw(t, "very"), Satisfied: rapid.Int64Range(0, 2).Draw(t, "satisfied"), Unsatisfied: rapid.Int64Range(0, 2).Draw(t, "not")}
	return in
}

var columnOf = map[string]data.Column{"received.total": data.ColReceived, "received.new": data.ColNew, "received.online": data.ColNewOnline,
	"received.direct": data.ColNewDirect, "received.postal": data.ColNewPostal, "received.carried": data.ColCarried, "resolved.total": data.ColResolved,
	"resolved.early": data.ColEarly, "resolved.on_time": data.ColOnTime, "resolved.late": data.ColLate, "resolved.withdrawn": data.ColWithdrawn,
	"pending.total": data.ColPending, "pending.in_time": data.ColPendingInTime, "pending.overdue": data.ColPendingOverdue, "pending.waiting": data.ColWaiting}

// cellOf returns what the tables of the annexes print for a bound figure, or ""
// when the figure does not stand in a table.
func cellOf(t *rapid.T, in *briefing.Input, field string) string {
	now, before, list, rest := in.ByField.Total, in.ByFieldBefore.Total, in.Rates, field
	for i, r := range in.ByLevel.Rows {
		if cut, ok := strings.CutPrefix(field, r.Key+"."); ok {
			now, list, rest = r.Counts, in.LevelRates[data.Level(r.Key)], cut
			before = data.Counts{}
			if i < len(in.ByLevelBefore.Rows) {
				before = in.ByLevelBefore.Rows[i].Counts
			}
		}
	}
	if col, ok := columnOf[rest]; ok {
		return data.FormatInt(col.Of(now))
	}
	if base, ok := strings.CutSuffix(rest, ".trend"); ok && columnOf[base] != "" {
		was := columnOf[base].Of(before)
		diff := columnOf[base].Of(now) - was
		switch {
		case was == 0 && diff == 0:
			return "không phát sinh, như cùng kỳ năm 2021"
		case was == 0:
			return "phát sinh mới, cùng kỳ năm 2021 không có"
		case was == -diff:
			return "không phát sinh, cùng kỳ năm 2021 có " + data.FormatInt(was) + " hồ sơ"
		case diff > 0:
			return "tăng " + data.FormatInt(diff) + " hồ sơ so với cùng kỳ năm 2021"
		case diff < 0:
			return "giảm " + data.FormatInt(-diff) + " hồ sơ so với cùng kỳ năm 2021"
		}
		return "bằng cùng kỳ năm 2021"
	}
	id, ok := strings.CutPrefix(rest, "rate.")
	if !ok {
		return ""
	}
	id, trend := strings.CutSuffix(id, ".trend")
	for _, r := range list {
		if r.ID != id {
			continue
		}
		if !trend {
			return data.FormatInt(r.Now.Numerator) + "/" + data.FormatInt(r.Now.Denominator)
		}
		n, _ := data.ChangePoints(r.Now, r.Before)
		switch {
		case n > 0:
			return "tăng " + strings.TrimPrefix(data.FormatChange(n), "+") + " điểm %"
		case n < 0:
			return "giảm " + strings.TrimPrefix(data.FormatChange(n), "–") + " điểm %"
		}
		return "bằng cùng kỳ năm 2021"
	}
	t.Fatalf("no rate for %s", field)
	return ""
}

var (
	digits = regexp.MustCompile(`[0-9]`)
	silly  = regexp.MustCompile(`[{}\[\]]|  | [,.;:]|[,;:]\.|\(\)|đạt -|/0 |\.\.|:$|,$|^[a-zđ]`)
)

func TestEveryFigureInASentenceEqualsItsTableCell(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawInput(t)
		compared := 0
		for id, paragraphs := range sentencesOf(t, in) {
			for _, p := range paragraphs {
				if silly.MatchString(p.Text) {
					t.Errorf("%s: %q matches %q", id, p.Text, silly.FindString(p.Text))
				}
				words, at := "", 0
				for _, b := range p.Bounds {
					got := p.Text[b.From:b.To]
					if want := cellOf(t, in, b.Field); want != "" {
						compared++
						if got != want && !strings.HasPrefix(got, want+" ") {
							t.Errorf("%s: %s is %q in the sentence, %q in the table", id, b.Field, got, want)
						}
					}
					words += p.Text[at:b.From]
					at = b.To
				}
				if words += p.Text[at:]; digits.MatchString(words) {
					t.Errorf("%s: a figure that is not bound: %q", id, p.Text)
				}
			}
		}
		if compared < 4 {
			t.Errorf("only %d figures were compared", compared)
		}
	})
}

func TestSubtotalsAddUpToTheTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawInput(t)
		var groups, members data.Counts
		for _, r := range form.UnitRows(in.ByUnit, in.UnitLevel, nil) {
			if r.Bold {
				groups.Add(r.Counts)
			} else {
				members.Add(r.Counts)
			}
		}
		if groups != in.ByUnit.Total || members != in.ByUnit.Total {
			t.Errorf("groups %v, units %v, total %v", groups, members, in.ByUnit.Total)
		}
		for _, c := range briefing.Checks(in) {
			if listed := strings.Contains(c.Name, "danh sách"); !listed && !strings.Contains(c.Name, "(6)") && !c.Holds {
				t.Errorf("%s: %s", c.Name, c.Figures)
			}
		}
	})
}

func TestChecksFindWhatDoesNotAddUp(t *testing.T) {
	for _, c := range briefing.Checks(sample()) {
		if !c.Holds || c.Result() != "Khớp" {
			t.Errorf("%s: %s is %s", c.Name, c.Figures, c.Result())
		}
	}
	broken := func(change func(in *briefing.Input)) (names []string) {
		in := sample()
		change(in)
		for _, c := range briefing.Checks(in) {
			if !c.Holds {
				names = append(names, c.Result())
			}
		}
		return names
	}
	for name, change := range map[string]func(*briefing.Input){
		"total":   func(in *briefing.Input) { in.ByField.Total.Late++ },
		"unit":    func(in *briefing.Input) { in.ByUnit.Rows[3].NewOnline-- },
		"level":   func(in *briefing.Input) { in.ByLevel.Rows = in.ByLevel.Rows[:2] },
		"listed":  func(in *briefing.Input) { in.Overdue = in.Overdue[1:] },
		"carried": func(in *briefing.Input) { in.ByFieldBefore.Total.InTime += 7 },
		"row":     func(in *briefing.Input) { in.ByUnit.Rows[0].InTime++; in.ByUnit.Rows[1].InTime-- },
	} {
		if len(broken(change)) == 0 {
			t.Errorf("%s: no check found it", name)
		}
	}
	if got := broken(func(in *briefing.Input) { in.Overdue = in.Overdue[1:] }); len(got) != 1 || got[0] != "Lệch 1" {
		t.Errorf("got %v", got)
	}
}

func TestCodeChangesWithEachFigure(t *testing.T) {
	code := sample().Code()
	if !regexp.MustCompile(`^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$`).MatchString(code) {
		t.Errorf("code %q", code)
	}
	if again := sample().Code(); again != code {
		t.Errorf("%s, then %s", code, again)
	}
	for i, change := range []func(*briefing.Input){
		func(in *briefing.Input) { in.ByField.Rows[0].Early++ },
		func(in *briefing.Input) { in.ByUnitBefore.Total.Carried++ },
		func(in *briefing.Input) { in.Rates[2].Now.Numerator++ },
		func(in *briefing.Input) { in.LevelRates[data.LevelCommune][1].Before.Denominator++ },
		func(in *briefing.Input) { in.Overdue[1].Apology = !in.Overdue[1].Apology },
		func(in *briefing.Input) { in.Survey.Unsatisfied++ },
		func(in *briefing.Input) { in.Months[4].Overdue++ },
		func(in *briefing.Input) { in.AsOf++ },
	} {
		in := sample()
		change(in)
		if in.Code() == code {
			t.Errorf("change %d does not change the code", i)
		}
	}
}

func TestTheWholeReport(t *testing.T) {
	dir := t.TempDir()
	write := func(name string) []byte {
		path := filepath.Join(dir, name)
		if err := writeFile(path)(briefing.Build(context.Background(), sample(), nil, paper.Options{})); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	if a, b := write("a.pdf"), write("b.pdf"); string(a) != string(b) {
		t.Error("two runs differ")
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed")
	}
	out, err := exec.Command("pdftotext", "-layout", filepath.Join(dir, "a.pdf"), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(string(out)), " ")
	for _, want := range []string{
		"Phục vụ hội nghị giao ban công tác cải cách hành chính năm 2022",
		"I. TÌNH HÌNH TIẾP NHẬN HỒ SƠ", "II. KẾT QUẢ GIẢI QUYẾT HỒ SƠ", "IV. MỨC ĐỘ HÀI LÒNG", "V. KẾT QUẢ THEO ĐƠN VỊ", "Tự đối chiếu số liệu",
		"86.314 = 84.264 + 2.050", "Phụ lục I ", "Phụ lục II ", "Phụ lục III", "Phụ lục IV", "Biểu số II.06a/VPCP/KSTT", "Tổng cộng 86.314 72.997 10.521 2.796 84.264 51.415 32.832 17 2.050 2.032 18",
		"I Cấp huyện 34.170", "Nguyễn V. A.", "(Kèm theo Báo cáo số 05/BC-UBND ngày 05 tháng 01 năm 2023", "Số liệu tính đến 31/12/2022; nguồn: Sổ theo dõi hồ sơ; mã đối chiếu " + sample().Code(),
		"tăng 12,45 điểm % so với cùng kỳ năm 2021", "Phụ lục kèm theo./.", "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", "Nguyễn Văn Mẫu",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the report", want)
		}
	}
	// The collation of figures is for the annex, not for those who sign.
	if at := strings.Index(text, "Tự đối chiếu số liệu"); at < strings.Index(text, "Phụ lục III ") || at > strings.Index(text, "Phụ lục IV ") {
		t.Error("the self-check stands outside the annex")
	}
	for _, not := range []string{"Nguyễn Văn An", "VI. TỒN TẠI", "{", "[", "□"} {
		if strings.Contains(text, not) {
			t.Errorf("%q is in the report", not)
		}
	}
}

func TestEditedBlocksArePrinted(t *testing.T) {
	in := sample()
	blocks, err := briefing.Draft(in)
	if err != nil {
		t.Fatal(err)
	}
	for i := range blocks {
		if blocks[i].ID == "ton-tai.noi-dung" {
			blocks[i].Text = "Còn {pending.overdue} hồ sơ quá hạn.\n- Phòng Tư pháp chậm phối hợp."
		}
	}
	d, err := briefing.Build(context.Background(), in, blocks, paper.Options{Record: true})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	const mm = 72 / 25.4
	for _, b := range d.Boxes() {
		all = append(all, b.Text)
		if b.X < 30*mm-0.1 || b.X+b.W > (297-15)*mm+0.1 {
			t.Errorf("%q leaves the margins on page %d", b.Text, b.Page)
		}
	}
	text := strings.Join(all, " ")
	for _, want := range []string{"VI. TỒN TẠI, NGUYÊN NHÂN", "Còn 18 hồ sơ quá hạn.", "Phòng Tư pháp chậm phối hợp."} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not printed", want)
		}
	}
}

func TestCancelledReportLeavesNoFile(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	in := sample()
	for name, write := range map[string]func(string) error{
		"report":  func(p string) error { return writeFile(p)(briefing.Build(ctx, in, nil, paper.Options{})) },
		"field":   func(p string) error { return writeFile(p)(briefing.BuildByField(ctx, in, paper.Options{})) },
		"unit":    func(p string) error { return writeFile(p)(briefing.BuildByUnit(ctx, in, paper.Options{})) },
		"overdue": func(p string) error { return writeFile(p)(briefing.BuildOverdue(ctx, in, paper.Options{})) },
	} {
		if err := write(filepath.Join(dir, name+".pdf")); data.CodeOf(err) != data.Cancelled {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("files left: %v", left)
	}
}

func TestFiguresAreNamedForOfficers(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range briefing.Figures(sample()) {
		if seen[f.Name] || f.Label == "" || f.Missing != (f.Value == "") {
			t.Errorf("figure %+v", f)
		}
		seen[f.Name] = true
	}
	if !seen["received.total"] || !seen["xa.rate.online.trend"] {
		t.Error("figures are missing from the list")
	}
}

// TestFiguresThatThereAreNot are missing, no dash and no day: shares of no slips, and the
// cut-off of a period that nothing is compared with.
func TestFiguresThatThereAreNot(t *testing.T) {
	in := sample()
	in.Survey = briefing.Survey{}
	in.ByFieldBefore.AsOf = in.Before.To - 5
	value := func(name string) string {
		for _, f := range briefing.Figures(in) {
			if f.Name == name {
				return f.Value
			}
		}
		t.Fatalf("no figure %s", name)
		return ""
	}
	for _, name := range []string{"survey.very_percent", "survey.satisfied_percent", "survey.not_percent"} {
		if v := value(name); v != "" {
			t.Errorf("%s is %q without a slip", name, v)
		}
	}
	if v, want := value("before.as_of"), "số liệu đến "+in.ByFieldBefore.AsOf.String(); v != want {
		t.Errorf("the early cut-off of the year before: %q, want %q", v, want)
	}
	in.Before.From, in.Before.To = data.NoDay, data.NoDay+100
	if in.ByFieldBefore.AsOf = data.NoDay + 50; value("before.as_of") != "" {
		t.Errorf("a cut-off of a period that there is not: %q", value("before.as_of"))
	}
}

// TestMonthsStandBesideTheYearBefore in the chart of what came in; without a year before
// they stand alone.
func TestMonthsStandBesideTheYearBefore(t *testing.T) {
	legend := func(in *briefing.Input) int {
		d, err := briefing.Build(context.Background(), in, nil, paper.Options{})
		all := strings.Join(pagesOf(t, d, err), " ")
		return strings.Count(all, in.Before.Label+" "+in.Period.Label) + strings.Count(all, in.Period.Label+" "+in.Before.Label)
	}
	with, without := sample(), sample()
	without.MonthsBefore = nil
	if a, b := legend(with), legend(without); a != b+1 {
		t.Errorf("legends of two years: %d with months of the year before, %d without", a, b)
	}
}

// writeFile writes a document that was laid out without an error.
func writeFile(path string) func(*paper.Document, error) error {
	return func(d *paper.Document, err error) error {
		if err != nil {
			return err
		}
		raw, err := d.Bytes()
		if err != nil {
			return err
		}
		return os.WriteFile(path, raw, 0o600)
	}
}
