package annex_test

import (
	"fmt"
	"strings"
	"testing"

	"giaoban/data/assess/annex"
	"giaoban/data/scoring"
)

// tree writes a draft as lines «code title max», what is scored behind it.
func tree(d *annex.Draft) string {
	var out []string
	d.Set.Walk(func(n *scoring.Node, path []*scoring.Node) {
		line := fmt.Sprintf("%s|%s|%s", n.Code, n.Title, n.Max)
		if len(n.Children) == 0 {
			p := annex.Propose(n, d.Set.Meta.Year)
			line += "|" + p.Kind
			if !p.Sure() {
				line += " ?"
			}
		}
		out = append(out, strings.Repeat(" ", len(path))+line)
	})
	for _, a := range d.Set.Bonus {
		out = append(out, "+"+a.Code+"|"+a.Title+"|"+a.Words)
	}
	for _, a := range d.Set.Penalty {
		out = append(out, "-"+a.Code+"|"+a.Title+"|"+a.Words)
	}
	return strings.Join(out, "\n")
}

func table(text string) annex.Table {
	var t annex.Table
	for _, l := range strings.Split(strings.Trim(text, "\n"), "\n") {
		var row []string
		for _, cell := range strings.Split(l, "|") {
			row = append(row, strings.ReplaceAll(strings.TrimSpace(cell), "¶", "\n"))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func TestReadsAnnexesOfEveryShape(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"tiers as lines below": {`
PHỤ LỤC
BỘ TIÊU CHÍ ĐÁNH GIÁ CẢI CÁCH HÀNH CHÍNH NĂM 2026

STT|Lĩnh vực, tiêu chí|Điểm tối đa|Tài liệu kiểm chứng
1|CÔNG TÁC CHỈ ĐẠO ĐIỀU HÀNH|3|
1.1|Kế hoạch CCHC|2|
1.1.1|Ban hành kế hoạch CCHC năm|1|Kế hoạch
||Ban hành trong tháng 12 năm trước: 1|
||Ban hành trong tháng 01: 0,5|
||Ban hành sau tháng 01 hoặc không ban hành: 0|
1.1.2|Mức độ hoàn thành kế hoạch|1|Báo cáo
|- Hoàn thành 100% kế hoạch: 1||
|- Hoàn thành từ 80% đến dưới 100%: 0,5||
|- Dưới 80%: 0||
1.2|Có sáng kiến|1|
|Có: 1||
|Không: 0||
|TỔNG CỘNG|3|
||||
|TM. ỦY BAN NHÂN DÂN||
|CHỦ TỊCH||`, `
1|CÔNG TÁC CHỈ ĐẠO ĐIỀU HÀNH|3,00
 1.1|Kế hoạch CCHC|2,00
  1.1.1|Ban hành kế hoạch CCHC năm|1,00|Mức theo ngày
  1.1.2|Mức độ hoàn thành kế hoạch|1,00|Mức theo tỷ lệ
 1.2|Có sáng kiến|1,00|Có hoặc không`},
		"roman, one cell, other order": {`
Bảng điểm năm 2025
Nội dung đánh giá|Cách chấm điểm|TT|Điểm chuẩn|Ghi chú
CẢI CÁCH THỂ CHẾ||I|2,5|
Xây dựng văn bản|Từ 90% trở lên: 1; từ 70% đến dưới 90%: 0,5; dưới 70%: 0|1|1|
Rà soát văn bản|Mỗi văn bản chậm trừ 0,25 điểm, trừ đến hết điểm|2|1,5|
THỦ TỤC HÀNH CHÍNH||II|1,5|
Công khai TTHC|Có/không|1|0,5|
Mức độ hài lòng|Điều tra xã hội học|2|1|`, `
I|CẢI CÁCH THỂ CHẾ|2,50
 I.1|Xây dựng văn bản|1,00|Mức theo tỷ lệ
 I.2|Rà soát văn bản|1,50|Trừ điểm theo lỗi
II|THỦ TỤC HÀNH CHÍNH|1,50
 II.1|Công khai TTHC|0,50|Có hoặc không
 II.2|Mức độ hài lòng|1,00|Điều tra xã hội học`},
		"two rows of heading, merged, numbered columns, points beside": {`
|||||
STT|Tiêu chí|Điểm||Hướng dẫn đánh giá|Ghi chú
||Thang điểm|Tự chấm||
(1)|(2)|(3)|(4)|(5)|(6)
I. CHỈ ĐẠO|||||
1|Tổ chức họp giao ban|1||Tổ chức đủ 4 cuộc: 1¶Từ 2 đến 3 cuộc: 0,5¶Dưới 2 cuộc: 0|
2|Báo cáo định kỳ|2||Đúng hạn: 2¶Chậm từ 1 đến 5 ngày: 1¶Chậm trên 5 ngày: 0|
Cộng mục I||3|||`, `
I|CHỈ ĐẠO|3,00
 1|Tổ chức họp giao ban|1,00|Mức theo số lượng
 2|Báo cáo định kỳ|2,00|Mức theo số ngày chậm`},
		"a column a level": {`
Lĩnh vực|Tiêu chí|Tiêu chí thành phần|Điểm tối đa|Phương pháp đánh giá
1. Chỉ đạo|1.1. Kế hoạch|1.1.1. Ban hành|1|Ban hành: 1; không ban hành: 0
||1.1.2. Kết quả|1|Tính theo công thức b/a x điểm tối đa; a là tổng số nhiệm vụ; b là số nhiệm vụ hoàn thành; dưới 70% thì 0 điểm
|1.2. Kiểm tra|1.2.1. Số đơn vị|2|Mỗi đơn vị được kiểm tra: 0,5 điểm, tối đa 2 điểm
Tổng điểm|||4|`, `
1|Chỉ đạo|4,00
 1.1|Kế hoạch|2,00
  1.1.1|Ban hành|1,00|Có hoặc không
  1.1.2|Kết quả|1,00|Tỷ lệ b/a
 1.2|Kiểm tra|2,00
  1.2.1|Số đơn vị|2,00|Mỗi bước thêm theo số đo`},
		"bonus and penalty": {`
STT|Nội dung|Điểm tối đa
A|CÁC TIÊU CHÍ|10
1|Giải quyết hồ sơ đúng hạn|10
|Từ 95% trở lên: 10|
|Trên 80% đến dưới 95%: 5|
|Từ 80% trở xuống: 0|
B|ĐIỂM THƯỞNG|3
1|Có sáng kiến được công nhận, mỗi sáng kiến cộng 0,5 điểm|2
2|Được Bộ, tỉnh khen thưởng|1
C|ĐIỂM TRỪ|
1|Mỗi cán bộ bị kỷ luật trừ 1 điểm|
|Tổng cộng|13`, `
A|CÁC TIÊU CHÍ|10,00
 A.1|Giải quyết hồ sơ đúng hạn|10,00|Mức theo tỷ lệ
+B.1|Có sáng kiến được công nhận, mỗi sáng kiến cộng 0,5 điểm|
+B.2|Được Bộ, tỉnh khen thưởng|
-C.1|Mỗi cán bộ bị kỷ luật trừ 1 điểm|`},
		"roman and numbers in one": {`
TT|Chỉ tiêu|Thang điểm|Cách tính điểm
I|Thể chế|2|
I.1|Tự kiểm tra văn bản|1|Có: 1; không: 0
I.2|Rà soát|1|Đạt 100%: 1; từ 50% đến dưới 100%: 0,5; dưới 50%: 0
II|Bộ máy|1|
II.1|Sắp xếp đơn vị|1|Đúng hạn: 1; chậm: 0
|Tổng số điểm|3|`, `
I|Thể chế|2,00
 I.1|Tự kiểm tra văn bản|1,00|Có hoặc không
 I.2|Rà soát|1,00|Mức theo tỷ lệ
II|Bộ máy|1,00
 II.1|Sắp xếp đơn vị|1,00|Có hoặc không`},
		"tiers with points in the column of maxima, small letters": {`
STT|Nội dung|Điểm chuẩn
1|Tuyên truyền|3
1.1|Hình thức tuyên truyền|1
a)|Có chuyên mục|0,5
b)|Có hội nghị|0,5
1.2|Tỷ lệ hồ sơ trực tuyến|2
-|Từ 80% trở lên|2
-|Từ 50% đến dưới 80%|1
-|Dưới 50%|0`, `
1|Tuyên truyền|3,00
 1.1|Hình thức tuyên truyền|1,00|Danh mục nội dung
 1.2|Tỷ lệ hồ sơ trực tuyến|2,00|Mức theo tỷ lệ`},
		"text of a PDF": {`
BỘ TIÊU CHÍ CHẤM ĐIỂM CẢI CÁCH HÀNH CHÍNH NĂM 2026
STT Tiêu chí Điểm
I CÔNG TÁC CHỈ ĐẠO 3
1 Ban hành kế hoạch cải cách hành chính
năm 2026 1
- Ban hành trước ngày 31/01/2026: 1
- Ban hành sau ngày 31/01/2026: 0,5
- Không ban hành: 0
2 Trễ hạn báo cáo 2
Trễ đến 2 ngày trừ 1, sau đó mỗi ngày trừ 1
3
II CÔNG KHAI 1
1. Niêm yết thủ tục 1
Có: 1, không: 0
Tổng cộng 4
Nơi nhận:`, `
I|CÔNG TÁC CHỈ ĐẠO|3,00
 I.1|Ban hành kế hoạch cải cách hành chính năm 2026|1,00|Mức theo ngày
 I.2|Trễ hạn báo cáo|2,00|Trừ điểm theo lỗi
II|CÔNG KHAI|1,00
 II.1|Niêm yết thủ tục|1,00|Có hoặc không`},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := annex.Read([]annex.Table{table(c.in)})
			if err != nil {
				t.Fatal(err)
			}
			if got, want := tree(d), strings.Trim(c.want, "\n"); got != want {
				t.Errorf("got\n%s\nwant\n%s\nfaults %v", got, want, d.Faults)
			}
			for _, f := range d.Faults {
				t.Errorf("fault: %s", f)
			}
			for _, f := range d.Problems() {
				if !strings.Contains(f.Text, "chưa có loại quy tắc") && !strings.Contains(f.Text, "mã của bộ") {
					t.Errorf("problem: %s", f)
				}
			}
		})
	}
}
