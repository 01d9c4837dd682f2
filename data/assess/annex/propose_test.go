package annex_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/assess/annex"
	"giaoban/data/scoring"
)

// TestProposalsScoreAsTheDecisionSays scores answers by what was read from words.
func TestProposalsScoreAsTheDecisionSays(t *testing.T) {
	for _, c := range []struct {
		words, max, kind string
		answers          string // JSON answer → points, parted by ;
	}{
		{"Từ 90% trở lên: 1\nTừ 80% đến dưới 90%: 0,5\ndưới 80%: 0", "1", "Mức theo tỷ lệ", `{"b":9,"a":10}=1;{"b":899,"a":1000}=0,5;{"b":8,"a":10}=0,5;{"b":7,"a":10}=0`},
		{"Từ 90% trở lên: 1. Từ 80% đến dưới 90%: 0,5. Dưới 80%: 0.", "1", "Mức theo tỷ lệ", `{"b":9,"a":10}=1;{"b":85,"a":100}=0,5;{"b":7,"a":10}=0`},
		{"- Trên 90%: 2 điểm\n- Trên 70% đến 90%: 1 điểm\n- Từ 70% trở xuống: không tính điểm", "2", "Mức theo tỷ lệ", `{"b":9,"a":10}=1;{"b":901,"a":1000}=2;{"b":7,"a":10}=0`},
		{"Đạt từ 80%: 0,5\nDưới 80%: 0", "0,5", "Mức theo tỷ lệ", `{"b":8,"a":10}=0,5;{"b":7,"a":10}=0`},
		{"Đạt từ 80%: 0,5", "0,5", "Mức theo tỷ lệ", `{"b":8,"a":10}=0,5;{"b":7,"a":10}=0`},
		{"100%: 1,5 điểm; từ 90% - dưới 100%: 1 điểm; dưới 90%: 0 điểm", "1,5", "Mức theo tỷ lệ", `{"b":10,"a":10}=1,5;{"b":99,"a":100}=1;{"b":8,"a":10}=0`},
		{"90% - 100%: 1\n80% - 90%: 0,5\n< 80%: 0", "1", "Mức theo tỷ lệ", `{"b":9,"a":10}=1;{"b":8,"a":10}=0,5;{"b":7,"a":10}=0`},
		{"≥ 95%: 1\n90% ≤ tỷ lệ < 95%: 0,5\n< 90%: 0", "1", "Mức theo tỷ lệ", `{"b":95,"a":100}=1;{"b":94,"a":100}=0,5;{"b":9,"a":10}=0,5;{"b":8,"a":10}=0`},
		{"Đạt 100% được điểm tối đa; đạt từ 50% đến dưới 100% được 50% số điểm; dưới 50% không được điểm", "2", "Mức theo tỷ lệ", `{"b":1,"a":1}=2;{"b":5,"a":10}=1;{"b":4,"a":10}=0`},
		{"Từ 90% trở lên: 1; từ 80% trở lên: 0,5; còn lại: 0", "1", "Mức theo tỷ lệ", `{"b":9,"a":10}=1;{"b":85,"a":100}=0,5;{"b":79,"a":100}=0`},
		{"Có: 1; không: 0", "1", "Có hoặc không", `{"yes":true}=1;{"yes":false}=0`},
		{"Có: 1/Không: 0", "1", "Có hoặc không", `{"yes":true}=1;{"yes":false}=0`},
		{"Ban hành đầy đủ: 0,5 điểm; ban hành không đầy đủ: 0,25 điểm", "0,5", "Có hoặc không", `{"yes":true}=0,5;{"yes":false}=0,25`},
		{"Có/không", "1", "Có hoặc không", `{"yes":true}=1`},
		{"Đúng thời hạn, đầy đủ nội dung: 1\nĐúng thời hạn, chưa đầy đủ nội dung: 0,5\nKhông ban hành: 0", "1", "Mức theo lựa chọn", `{"choice":"1"}=1;{"choice":"2"}=0,5;{"choice":"3"}=0`},
		{"Mỗi văn bản ban hành chậm trừ 0,25 điểm, trừ đến hết điểm", "1", "Trừ điểm theo lỗi", `{"events":{"k1":2}}=0,5;{"events":{"k1":9}}=0;{"events":{}}=1`},
		{"Mỗi hồ sơ trễ hạn trừ 0,1; tối đa trừ 0,5", "1", "Trừ điểm theo lỗi", `{"events":{"k1":2}}=0,8;{"events":{"k1":9}}=0,5`},
		{"Mỗi báo cáo chậm trừ 0,2 điểm\nMỗi báo cáo thiếu trừ 0,5 điểm", "2", "Trừ điểm theo lỗi", `{"events":{"k1":2,"k2":1}}=1,1`},
		{"01 văn bản sai thể thức trừ 0,1 điểm", "1", "Trừ điểm theo lỗi", `{"events":{"k1":3}}=0,7`},
		{"Trễ đến 2 ngày trừ 1, sau đó mỗi ngày 1", "5", "Trừ điểm theo lỗi", `{"events":{"k1":0}}=5;{"events":{"k1":1}}=4;{"events":{"k1":2}}=4;{"events":{"k1":4}}=2;{"events":{"k1":90}}=0`},
		{"Chậm từ 01 đến 03 ngày: trừ 0,5; sau đó mỗi ngày chậm trừ thêm 0,25", "2", "Trừ điểm theo lỗi", `{"events":{"k1":1}}=1,5;{"events":{"k1":3}}=1,5;{"events":{"k1":5}}=1`},
		{"Mỗi báo cáo chậm trừ 0,2 điểm (tối đa 0,4 điểm)\nMỗi báo cáo thiếu trừ 0,5 điểm", "2", "Trừ điểm theo lỗi", `{"events":{"k1":9,"k2":1}}=1,1`},
		{"Cứ 1% thấp hơn 95% trừ 0,2 điểm", "2", "Mỗi bước thêm theo tỷ lệ", `{"b":95,"a":100}=2;{"b":93,"a":100}=1,6`},
		{"Mỗi sáng kiến được 0,5 điểm, tối đa 2 điểm", "2", "Mỗi bước thêm theo số đo", `{"value":3}=1,5;{"value":9}=2;{"value":0}=0`},
		{"Tính theo công thức: (b/a) x điểm tối đa. Trong đó:\na: tổng số hồ sơ\nb: số hồ sơ đúng hạn\nNếu tỷ lệ dưới 80% thì không tính điểm", "2", "Tỷ lệ b/a", `{"b":9,"a":10}=1,8;{"b":7,"a":10}=0`},
		{"Đạt từ 90% trở lên: 2 điểm; dưới 90% tính theo công thức b/a*2; dưới 50%: 0 điểm", "2", "Công thức", `{"vars":{"b":95,"a":100}}=2;{"vars":{"b":45,"a":100}}=0;{"vars":{"b":45,"a":60}}=1,5`}, // 45/60 × 2, as the formula says
		{"Điểm = Tỷ lệ x Điểm tối đa; tỷ lệ từ 80% trở lên được điểm tối đa", "200", "Công thức", `{"vars":{"b":80,"a":100}}=200;{"vars":{"b":50,"a":100}}=100`},
		{"Đạt từ 90% trở lên: 2 điểm; dưới 90% tính theo tỷ lệ tương ứng", "2", "Tỷ lệ b/a", `{"b":45,"a":100}=1`},
		{"Cứ đạt 5% được 1 điểm, tối đa 20 điểm", "20", "Mỗi bước thêm theo tỷ lệ", `{"b":52,"a":100}=10;{"b":100,"a":100}=20`},
		{"Chậm 1 ngày trừ 0,5 điểm, chậm quá 5 ngày không có điểm", "5", "Trừ điểm theo lỗi", ""}, // the rule alone gives 2 for 6 days
		{"Ban hành trước 15/12 năm trước: 2; từ 15/12 đến 31/12: 1; sau 31/12: 0", "2", "Mức theo ngày", `{"date":"2025-12-14"}=2;{"date":"2025-12-31"}=1;{"date":"2026-01-02"}=0;{"date":"2026-12-20"}=0`},
		{"Mỗi người 0,5 điểm, tối đa 2 điểm", "2", "Mỗi bước thêm theo số đo", `{"value":3}=1,5`},
		{"Đến 5.000 người: 4 điểm; trên 5.000 người, mỗi 3.000 người thêm 0,5 điểm", "6", "Mỗi bước thêm theo số đo", `{"value":4000}=4;{"value":8000}=4,5;{"value":7999}=4;{"value":90000}=6`},
		{"Xã có 02 tổ trở lên được 4 điểm khi có kế hoạch; mỗi tổ thêm được 0,5 điểm", "6", "Mỗi bước thêm theo số đo", ""}, // the 4 points are in no rule
		{"Vượt chỉ tiêu giao: 10 điểm; đạt 100% chỉ tiêu: 8 điểm; đạt từ 70% đến dưới 100%: 5 điểm; dưới 70%: 0 điểm", "10", "Mức theo tỷ lệ", `{"b":101,"a":100}=10;{"b":100,"a":100}=8;{"b":7,"a":10}=5;{"b":6,"a":10}=0`},
		{"Không có công chức bị kỷ luật: 10 điểm. Có công chức bị khiển trách: trừ 3 điểm/người; bị cảnh cáo: trừ 5 điểm/người. Không trừ quá 10 điểm", "10", "Trừ điểm theo lỗi", `{"events":{"k1":1,"k2":1}}=2;{"events":{"k2":3}}=0`},
		{"Điểm = (Tỷ lệ của xã - tỷ lệ thấp nhất các xã)/(tỷ lệ cao nhất - tỷ lệ thấp nhất) x 8", "8", "So với nhóm theo số đo", `{"value":2}=open`},
		{"- Hoàn thành 100%: 7 điểm\n- Từ 80% đến dưới 100%: tính theo công thức (tỷ lệ hoàn thành x 7)\n- Dưới 80%: 0 điểm", "7", "Tỷ lệ b/a", `{"b":1,"a":1}=7;{"b":9,"a":10}=6,3;{"b":79,"a":100}=0`},
		{"Mỗi tin, bài được 0,25 điểm, tối đa 5 điểm", "5", "Mỗi bước thêm theo số đo", `{"value":3}=0,75;{"value":30}=5`},
		{"Đạt từ 99% trở lên: 30 điểm. Cứ giảm 1% trừ 3 điểm", "30", "Mỗi bước thêm theo tỷ lệ", `{"b":99,"a":100}=30;{"b":96,"a":100}=21`},
		{"Điểm = (Số giao dịch trực tuyến / Tổng số giao dịch) x 20; dưới 30% không tính điểm", "20", "Tỷ lệ b/a", `{"b":50,"a":100}=10;{"b":29,"a":100}=0`},
		{"Trừ 1 điểm/hồ sơ, trừ không quá 10 điểm", "10", "Trừ điểm theo lỗi", `{"events":{"k1":3}}=7;{"events":{"k1":30}}=0`},
		{"Trừ 0,5 điểm cho mỗi báo cáo chậm", "2", "Trừ điểm theo lỗi", `{"events":{"k1":3}}=0,5`},
		{"Từ 90% trở lên: 5; từ 80% đến dưới 90%: 3; dưới 80% tính theo công thức b/a x 3", "5", "Công thức", ""},
		{"Căn cứ kết quả điều tra xã hội học", "2", "Điều tra xã hội học", `{"percent":80}=1,6`},
		{"Hội đồng thẩm định xem xét, cho điểm", "3", "Hội đồng cho điểm", `{"value":2}=2`},
		{"Từ 3 cuộc trở lên: 1\n2 cuộc: 0,5\n1 cuộc: 0,25\nKhông tổ chức: 0", "1", "Mức theo số lượng", `{"value":4}=1;{"value":2}=0,5;{"value":1}=0,25;{"value":0}=0`},
		{"Không có văn bản sai: 1; có từ 1 đến 2 văn bản sai: 0,5; trên 2 văn bản sai: 0", "1", "Mức theo số lượng", `{"value":0}=1;{"value":2}=0,5;{"value":3}=0`},
		{"Ban hành trước ngày 31/01: 1; sau ngày 31/01: 0,5; không ban hành: 0", "1", "Mức theo ngày", `{"date":"2026-01-30"}=1;{"date":"2026-01-31"}=0,5;{"missing":true}=0`},
		{"Ban hành trong quý I: 1\nTrong quý II: 0,5\nSau quý II hoặc không ban hành: 0", "1", "Mức theo ngày", `{"date":"2026-03-31"}=1;{"date":"2026-04-01"}=0,5;{"date":"2026-07-01"}=0;{"missing":true}=0`},
		{"Chậm nhất ngày 15 tháng 12 năm 2025: 1\nSau thời hạn trên: 0", "1", "Mức theo ngày", `{"date":"2025-12-15"}=1;{"date":"2025-12-16"}=0`},
		{"Đúng hạn: 1; chậm từ 1 đến 5 ngày: 0,5; chậm trên 5 ngày: 0,25; không báo cáo: 0", "1", "Mức theo số ngày chậm", `{"value":0}=1;{"value":3}=0,5;{"value":6}=0,25;{"missing":true}=0`},
		{"Xác định đầy đủ nhiệm vụ: 0,1\nPhân công rõ: 0,1\nCó kinh phí: 0,1\nKhông đảm bảo: 0", "0,3", "Danh mục nội dung", `{"checked":[true,false,true]}=0,2`},
		{"a) Có kế hoạch: 0,5 điểm\nb) Có báo cáo: 0,5 điểm", "1", "Danh mục nội dung", `{"checked":[true,false]}=0,5`},
		{"Xếp hạng nhất trong nhóm: 5; hạng nhì: 4; hạng 3 đến hạng 5: 2,5; còn lại: 1", "5", "So với nhóm theo số đo", `{"value":4}=open`},
		{"Đơn vị có số sáng kiến nhiều nhất được điểm tối đa; các đơn vị khác tính theo tỷ lệ so với đơn vị cao nhất", "2", "So với nhóm theo số đo", `{"value":2}=open`},
		{"Xếp hạng do tỉnh công bố: hạng 1: 3 điểm; hạng 2: 2 điểm; hạng 3: 1 điểm; còn lại: 0", "3", "Mức theo số lượng", `{"value":1}=3;{"value":2}=2;{"value":3}=1;{"value":4}=0`},
		{"Đánh giá theo thực tế", "1", "", ""},
		{"Tính theo công thức do Sở quy định", "1", "Công thức", ""},
	} {
		limit, err := scoring.ParsePoints(c.max)
		if err != nil {
			t.Fatal(err)
		}
		n := &scoring.Node{Code: "1", Title: "Thử", Max: limit, Words: c.words}
		p := annex.Propose(n, 2026)
		if p.Kind != c.kind || p.Sure() != (c.answers != "") {
			t.Errorf("%q: %q, want %q; %v %v", c.words, p.Kind, c.kind, p.Notes, p.Problems)
			continue
		}
		if c.answers == "" {
			continue
		}
		p.Apply(n)
		set := scoring.NewSet("thu", "", "", 2026)
		set.Criteria, set.Meta.Total = []*scoring.Node{n}, limit
		for _, one := range strings.Split(c.answers, ";") {
			i := strings.LastIndex(one, "=")
			var a scoring.Answer
			if err := json.Unmarshal([]byte(one[:i]), &a); err != nil {
				t.Fatal(one, err)
			}
			if one[i+1:] == "open" { // until the group is ranked
				if r, err := set.Score("1", a, 2026); err != nil || r.State != scoring.Open || !r.Waits {
					t.Errorf("%q, %s: %+v (%v)", c.words, one, r, err)
				}
				continue
			}
			want, err := scoring.ParsePoints(one[i+1:])
			if err != nil {
				t.Fatal(one, err)
			}
			r, err := set.Score("1", a, 2026)
			if err != nil || r.Points != want {
				t.Errorf("%q, %s: %s (%v)", c.words, one, r.Points, err)
			}
		}
	}
}

// TestWhatDidNotOccur reads «không phát sinh».
func TestWhatDidNotOccur(t *testing.T) {
	n := &scoring.Node{Code: "1", Max: scoring.Point, Words: "Từ 90% trở lên: 1; dưới 90%: 0; không phát sinh hồ sơ: đạt điểm tối đa"}
	if p := annex.Propose(n, 2026); !p.Sure() || p.None == nil || p.None.How != scoring.ZeroFull {
		t.Errorf("%+v", p)
	}
	n.Words = "Có: 1; không: 0; không phát sinh thì không đánh giá"
	if p := annex.Propose(n, 2026); !p.Sure() || p.None == nil || p.None.How != scoring.ZeroNA || !p.NA {
		t.Errorf("%+v", p)
	}
}

// TestConfirm refuses what is not understood by the code of the criterion, never by the
// name of a column.
func TestConfirm(t *testing.T) {
	d, err := annex.Read([]annex.Table{table(`
STT|Tiêu chí|Điểm|Cách chấm
1|Thứ nhất|2|
1.1|Rõ|1|Có: 1; không: 0
1.2|Không rõ|1|Theo thực tế
2|Điểm thưởng|1|
2.1|Sáng kiến|1|Mỗi sáng kiến cộng 0,5 điểm`)})
	if err != nil {
		t.Fatal(err)
	}
	d.Named("")
	said := fmt.Sprint(d.Problems())
	for _, want := range []string{"Dòng 3, cột «Điểm»: Tiêu chí 1.1 chưa có loại quy tắc.", "Dòng 4, cột «Điểm»: Tiêu chí 1.2 chưa có loại quy tắc.", "Điểm thưởng 2.1 chưa có loại quy tắc"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q not in %s", want, said)
		}
	}
	if err := annex.Confirm(d.Set, "1.1"); err != nil {
		t.Error(err)
	}
	if err := annex.Confirm(d.Set, "2.1"); err != nil {
		t.Error(err)
	}
	if err := annex.Confirm(d.Set, "1.2"); data.CodeOf(err) != data.Invalid {
		t.Error(err)
	}
	if left := d.Set.Problems(); len(left) != 1 || left[0].Message != "Tiêu chí 1.2 chưa có loại quy tắc." {
		t.Errorf("%v", left)
	}
	if p, err := d.Set.ScoreAdjust("2.1", scoring.Counts{"k1": scoring.Int(3)}); err != nil || p != scoring.Point {
		t.Errorf("%s, %v", p, err)
	}
}

// TestProposalsSayWhichRule looks into rules that points alone do not tell.
func TestProposalsSayWhichRule(t *testing.T) {
	propose := func(title, words, limit string) annex.Proposal {
		most, err := scoring.ParsePoints(limit)
		if err != nil {
			t.Fatal(err)
		}
		p := annex.Propose(&scoring.Node{Code: "1", Title: title, Max: most, Words: words}, 2026)
		if !p.Sure() {
			t.Fatalf("%q: %+v", words, p)
		}
		return p
	}
	for _, c := range []struct {
		title, words, against string
		less                  bool
	}{
		{"Tỷ lệ thanh toán", "Điểm = (Tỷ lệ của xã - tỷ lệ thấp nhất các xã)/(tỷ lệ cao nhất - tỷ lệ thấp nhất) x 8", scoring.ByRange, false},
		{"Số hồ sơ tồn", "(Số cao nhất các xã – số của xã)/(số cao nhất – số thấp nhất) × 8", scoring.ByRange, true},
		{"Thời gian giải quyết trung bình trong nhóm", "Hạng 1: 8 điểm; hạng 2: 5 điểm; còn lại: 2 điểm", scoring.ByPlace, true},
		{"Tỷ lệ đúng hạn so với các xã", "Hạng 1: 8 điểm; hạng 2: 5 điểm; còn lại: 2 điểm", scoring.ByPlace, false},
	} {
		p := propose(c.title, c.words, "8")
		if r, ok := p.Rule.(*scoring.Relative); !ok || r.Against != c.against || r.Less != c.less || c.against == scoring.ByPlace && !strings.Contains(fmt.Sprint(p.Notes), "hạng 1 là số liệu") {
			t.Errorf("%q: %+v, %v", c.words, p.Rule, p.Notes)
		}
	}
	p := propose("Kỷ luật", "Có công chức bị khiển trách: trừ 3 điểm/người; bị cảnh cáo: trừ 5 điểm/người", "10")
	if r, ok := p.Rule.(*scoring.Deduct); !ok || len(r.Events) != 2 || r.Events[0].Label != "Mỗi người (có công chức bị khiển trách)" || r.Events[1].Label != "Mỗi người (bị cảnh cáo)" {
		t.Errorf("%+v", p.Rule)
	}
	p = propose("Họp giao ban", "Vắng 01 cuộc trừ 02 điểm", "10")
	if r, ok := p.Rule.(*scoring.Deduct); !ok || r.Events[0].Label != "Mỗi cuộc (vắng)" {
		t.Errorf("%+v", p.Rule)
	}
	p = propose("Kiểm tra", "Từ 30% trở lên: 5; dưới 30%: 0; xã không có đơn vị trực thuộc thì không đánh giá", "5")
	if p.None == nil || p.None.How != scoring.ZeroNA || !p.NA {
		t.Errorf("%+v", p)
	}
	if p = propose("Chỉ số hài lòng theo kết quả điều tra xã hội học", "", "5"); p.Kind != "Điều tra xã hội học" {
		t.Errorf("%+v", p)
	}
}

// TestAdjustsOfWords reads bonuses and penalties: each time, once, and one of several.
func TestAdjustsOfWords(t *testing.T) {
	for _, c := range []struct {
		title, words, limit string
		counts              scoring.Counts
		points              string
	}{
		{"Để mất an toàn thông tin", "Trừ 20 điểm/vụ việc", "", scoring.Counts{"k1": scoring.Int(2)}, "40"},
		{"Giải thưởng", "Mỗi giải thưởng cộng 15 điểm", "30", scoring.Counts{"k1": scoring.Int(3)}, "30"},
		{"Được biểu dương", "Mỗi người 0,5 điểm", "2", scoring.Counts{"k1": scoring.Int(3)}, "1,5"},
		{"Dẫn đầu khối", "Nhất khối: 3 điểm; nhì khối: 2 điểm; ba khối: 1 điểm", "3", scoring.Counts{"k2": scoring.Int(1), "k3": scoring.Int(1)}, "2"},
	} {
		a := &scoring.Adjust{Code: "1", Title: c.title, Words: c.words}
		if c.limit != "" {
			limit, err := scoring.ParsePoints(c.limit)
			if err != nil {
				t.Fatal(err)
			}
			a.Cap = &limit
		}
		a.Rule, _ = annex.ProposeAdjust(a)
		n := &scoring.Node{Code: "2", Title: "Thử", Max: scoring.Point, Rule: &scoring.Binary{Yes: scoring.Point}}
		set := scoring.NewSet("thu", "", "", 2026)
		set.Criteria, set.Bonus, set.Meta.Total = []*scoring.Node{n}, []*scoring.Adjust{a}, scoring.Point
		want, err := scoring.ParsePoints(c.points)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := set.ScoreAdjust("1", c.counts); err != nil || got != want {
			t.Errorf("%q: %s, want %s (%v)", c.words, got, want, err)
		}
	}
}
