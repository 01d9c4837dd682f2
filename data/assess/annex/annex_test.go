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
		"the part in a merged column before the numbers, in one row or in each": {`
Lĩnh vực|STT|Tiêu chí|Điểm|Phương pháp chấm điểm
I. Tổ chức (10 điểm)|1|Phân công|4|Có văn bản: 4đ. Không: 0đ
|2|Họp giao ban|6|Vắng 01 cuộc trừ 02 điểm
II. Thủ tục (5 điểm)|3|Đúng hạn|3|Từ 90%: 3; dưới 90%: 0
II. Thủ tục (5 điểm)|4|Công khai|2|Có: 2; không: 0
Tổng cộng|||15|
Điểm thưởng|1|Dẫn đầu|3|Mỗi lần 1 điểm`, `
I|Tổ chức|10,00
 I.1|Phân công|4,00|Có hoặc không
 I.2|Họp giao ban|6,00|Trừ điểm theo lỗi
II|Thủ tục|5,00
 II.3|Đúng hạn|3,00|Mức theo tỷ lệ
 II.4|Công khai|2,00|Có hoặc không
+3.1|Dẫn đầu|Mỗi lần 1 điểm`},
		"a roman bonus": {`
TT|Nội dung|Điểm chuẩn|Cách chấm
I. CHỈ ĐẠO||2|
1|Kế hoạch|2|Có: 2; không: 0
II. ĐIỂM THƯỞNG||5|
1|Khen thưởng|5|Mỗi bằng khen cộng 2,5 điểm`, `
I|CHỈ ĐẠO|2,00
 I.1|Kế hoạch|2,00|Có hoặc không
+II.1|Khen thưởng|Mỗi bằng khen cộng 2,5 điểm`},
		"text of a PDF with the numbers at half the height of their cells": {`
BẢNG ĐIỂM CẢI CÁCH HÀNH CHÍNH NĂM 2026
(Kèm theo Quyết định số 903/QĐ-UBND ngày 30 tháng 3 năm 2026 của UBND tỉnh
Bình Hải)
STT

Điểm tối
đa

1

CHỈ ĐẠO

12

1.1

Kế hoạch

5

Thời gian ban hành kế hoạch
Trong tháng 12/2025: 2
1.1.1
Trong tháng 01/2026: 1
Từ tháng 02/2026 trở đi hoặc không ban hành: 0

2

Mức độ hoàn thành kế hoạch
Hoàn thành 100%: 3
1.1.2 Hoàn thành từ 90% đến dưới 100%: 2
Hoàn thành dưới 90%: 0

3

1.2

Báo cáo
Mỗi báo cáo gửi chậm trừ 0,25; mỗi báo cáo không gửi trừ 0,5

2

1.3

Hồ sơ trả đúng hạn
Nếu tỷ lệ từ 95% trở lên thì điểm đánh giá là: (b/a)*5
Nếu tỷ lệ dưới 95% thì điểm đánh giá là 0
5
Trong đó: a là tổng số hồ sơ phải trả; b là số hồ sơ trả đúng hạn

2

TÁC ĐỘNG

5

2.1

Chỉ số hài lòng của người dân theo kết quả điều tra xã
hội học

5

TỔNG ĐIỂM (1+2)

17

Nơi nhận:`, `
1|CHỈ ĐẠO|12,00
 1.1|Kế hoạch|5,00
  1.1.1|Thời gian ban hành kế hoạch|2,00|Mức theo ngày
  1.1.2|Mức độ hoàn thành kế hoạch|3,00|Mức theo tỷ lệ
 1.2|Báo cáo|2,00|Trừ điểm theo lỗi
 1.3|Hồ sơ trả đúng hạn|5,00|Tỷ lệ b/a
2|TÁC ĐỘNG|5,00
 2.1|Chỉ số hài lòng của người dân theo kết quả điều tra xã hội học|5,00|Điều tra xã hội học`},
		"text of a PDF with the maximum behind the lines": {`
BẢNG ĐIỂM CẢI CÁCH HÀNH CHÍNH NĂM 2026
(Kèm theo Quyết định số 903/QĐ-UBND ngày 30 tháng 3 năm 2026 của UBND tỉnh
Bình Hải)
STT
1 CHỈ ĐẠO 12
1.1 Kế hoạch 5
1.1.1
Thời gian ban hành kế hoạch
Trong tháng 12/2025: 2
Trong tháng 01/2026: 1
Từ tháng 02/2026 trở đi hoặc không ban hành: 0
2
1.1.2
Mức độ hoàn thành kế hoạch
Hoàn thành 100%: 3
Hoàn thành từ 90% đến dưới 100%: 2
Hoàn thành dưới 90%: 0
3
1.2
Báo cáo
Mỗi báo cáo gửi chậm trừ 0,25; mỗi báo cáo không gửi trừ 0,5
2
1.3
Hồ sơ trả đúng hạn
Nếu tỷ lệ từ 95% trở lên thì điểm đánh giá là: (b/a)*5
Nếu tỷ lệ dưới 95% thì điểm đánh giá là 0
Trong đó: a là tổng số hồ sơ phải trả; b là số hồ sơ trả đúng hạn
5
2 TÁC ĐỘNG 5
2.1
Chỉ số hài lòng của người dân theo kết quả điều tra xã
hội học
5
TỔNG ĐIỂM (1+2) 17
Nơi nhận:`, `
1|CHỈ ĐẠO|12,00
 1.1|Kế hoạch|5,00
  1.1.1|Thời gian ban hành kế hoạch|2,00|Mức theo ngày
  1.1.2|Mức độ hoàn thành kế hoạch|3,00|Mức theo tỷ lệ
 1.2|Báo cáo|2,00|Trừ điểm theo lỗi
 1.3|Hồ sơ trả đúng hạn|5,00|Tỷ lệ b/a
2|TÁC ĐỘNG|5,00
 2.1|Chỉ số hài lòng của người dân theo kết quả điều tra xã hội học|5,00|Điều tra xã hội học`},
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
		"maxima in two columns and in the title": {`
STT|Tiêu chí|Điểm tối đa||Điểm đạt|Tài liệu kiểm chứng
||Tự đánh giá|Điều tra XHH||
1|Thể chế (3 điểm)||||
1.1|Rà soát văn bản|2|||Báo cáo
||Có: 2; không: 0|||
1.2|Tính khả thi||1||
2|Công vụ|1|1||
2.1|Kỷ luật|1|||
||Không có người bị kỷ luật: 1; có người bị kỷ luật: 0|||
2.2|Thái độ||1||
Tổng||3|2||`, `
1|Thể chế|3,00
 1.1|Rà soát văn bản|2,00|Có hoặc không
 1.2|Tính khả thi|1,00|Điều tra xã hội học
2|Công vụ|2,00
 2.1|Kỷ luật|1,00|Có hoặc không
 2.2|Thái độ|1,00|Điều tra xã hội học`},
		"points of the tiers in a column, merged cells, a penalty below nought": {`
THANG ĐIỂM ĐÁNH GIÁ CẢI CÁCH HÀNH CHÍNH CẤP XÃ NĂM 2026
Số TT|Lĩnh vực / tiêu chí|Thang điểm|Cách tính điểm|Mức điểm|Hồ sơ minh chứng
(1)|(2)|(3)|(4)|(5)|(6)
A|CHỈ ĐẠO ĐIỀU HÀNH|8|||
1.1|Ban hành kế hoạch tuyên truyền|3|Ban hành trong quý I|3|Kế hoạch
|||Ban hành trong quý II|1.5|
|||Sau quý II hoặc không ban hành|0|
1.2|Số tin, bài|5|Mỗi tin, bài được 0,25 điểm, tối đa 5 điểm||
Tổng cộng||8|||
B|ĐIỂM TRỪ|-5|||
1|Có cán bộ bị kỷ luật||Mỗi trường hợp trừ 2 điểm||`, `
A|CHỈ ĐẠO ĐIỀU HÀNH|8,00
 1.1|Ban hành kế hoạch tuyên truyền|3,00|Mức theo ngày
 1.2|Số tin, bài|5,00|Mỗi bước thêm theo số đo
-1|Có cán bộ bị kỷ luật|Mỗi trường hợp trừ 2 điểm`},
		"text of a PDF with a formula, places, a page number and a bonus": {`
PHỤ LỤC II
BỘ TIÊU CHÍ CHẤM ĐIỂM CỦA UBND CÁC XÃ, PHƯỜNG NĂM 2026
(Kèm theo Quyết định số 2145/QĐ-UBND ngày 19 tháng 6 năm 2026)
TT Nội dung tiêu chí Điểm tối đa
I CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH 20
1 Ban hành kế hoạch năm 3
- Ban hành trước ngày 31/01/2026: 3 điểm
- Ban hành sau hoặc không ban hành: 0 điểm
2 Mức độ hoàn thành kế hoạch 7
- Hoàn thành 100% nhiệm vụ: 7 điểm
- Từ 80% đến dưới 100%: tính theo công thức (tỷ lệ hoàn thành x 7)
- Dưới 80%: 0 điểm
2/3
3 Tỷ lệ hồ sơ trực tuyến so với các xã trong nhóm 10
Xếp thứ nhất trong nhóm: 10 điểm; thứ hai, thứ ba: 7 điểm; còn lại: 0 điểm
II PHẢN ÁNH, KIẾN NGHỊ 5
1 Tiếp nhận, xử lý phản ánh kiến nghị 5
Có: 5 điểm; không: 0 điểm; không phát sinh: không đánh giá
TỔNG CỘNG 25
ĐIỂM THƯỞNG 5
1 Mỗi sáng kiến cộng 1 điểm 3
2 Hội đồng xem xét cách làm mới 2
TM. ỦY BAN NHÂN DÂN`, `
I|CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH|20,00
 I.1|Ban hành kế hoạch năm|3,00|Mức theo ngày
 I.2|Mức độ hoàn thành kế hoạch|7,00|Tỷ lệ b/a
 I.3|Tỷ lệ hồ sơ trực tuyến so với các xã trong nhóm|10,00|So với nhóm theo tỷ lệ
II|PHẢN ÁNH, KIẾN NGHỊ|5,00
 II.1|Tiếp nhận, xử lý phản ánh kiến nghị|5,00|Có hoặc không
+3.1|Mỗi sáng kiến cộng 1 điểm|
+3.2|Hội đồng xem xét cách làm mới|`},
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

// TestSeveralTables reads a document whose table goes on after a page break, with the
// letterhead before it; a second set behind it is told, not mixed in.
func TestSeveralTables(t *testing.T) {
	d, err := annex.Read([]annex.Table{table(`
ỦY BAN NHÂN DÂN TỈNH A|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 12/QĐ-UBND|A, ngày 05 tháng 01 năm 2026`), table(`
STT|Tiêu chí|Điểm tối đa|Cách chấm
I|CHỈ ĐẠO|2|
1|Kế hoạch|1|Có: 1; không: 0`), table(`
2|Báo cáo|1|Mỗi báo cáo chậm trừ 0,25 điểm
II|CÔNG KHAI|1|
3|Niêm yết|1|Từ 90% trở lên: 1; dưới 90%: 0
|TỔNG|3|`), table(`
STT|Tiêu chí|Điểm tối đa|Cách chấm
I|BỘ KHÁC|2|
1|Khác|2|Có: 2; không: 0`)})
	if err != nil {
		t.Fatal(err)
	}
	const want = `I|CHỈ ĐẠO|2,00
 1|Kế hoạch|1,00|Có hoặc không
 2|Báo cáo|1,00|Trừ điểm theo lỗi
II|CÔNG KHAI|1,00
 3|Niêm yết|1,00|Mức theo tỷ lệ`
	if got := tree(d); got != want {
		t.Errorf("got\n%s", got)
	}
	if len(d.Faults) != 1 || !strings.Contains(d.Faults[0].Text, "bộ tiêu chí khác") || d.Faults[0].Row != 2 {
		t.Errorf("%v", d.Faults)
	}
}

// TestEveryFaultHasItsPlace reads an annex with faults of all sorts: each is told with
// its row and its column, and nothing is dropped.
func TestEveryFaultHasItsPlace(t *testing.T) {
	d, err := annex.Read([]annex.Table{table(`
STT|Tiêu chí|Điểm chuẩn|Cách chấm|
1|Chỉ đạo|4||
1.1|Kế hoạch|một|Có: 1; không: 0|ghi thêm
1.2|Báo cáo||Theo thực tế|
1.2|Trùng số|1|Có: 1; không: 0|
||7||
1.4|Hở|1|Từ 90% trở lên: 1; từ 50% đến 80%: 0,5; dưới 50%: 0|
|Tổng cộng|9||`)})
	if err != nil {
		t.Fatal(err)
	}
	d.Named("x")
	var said []string
	for _, f := range d.Problems() {
		said = append(said, f.String())
	}
	all := strings.Join(said, "\n")
	for _, want := range []string{
		"Dòng 3, cột «Điểm chuẩn»: «một» không phải một số điểm.",
		"Dòng 3: Ô thứ 5 («ghi thêm») nằm ở cột không có tiêu đề",
		"Dòng 4, cột «Điểm chuẩn»: Tiêu chí 1.2 không ghi điểm tối đa.",
		"Dòng 5: Số «1.2» dùng hai lần",
		"Dòng 6, cột «Điểm chuẩn»: Số «7» đứng một mình",
		"Dòng 2, cột «Điểm chuẩn»: Tiêu chí 1: tổng điểm tối đa của các tiêu chí con là",
		"khác tổng điểm 9,00",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("%q not in\n%s", want, all)
		}
	}
	if p := annex.Propose(d.Set.Node("1.4"), 2026); p.Sure() || !strings.Contains(strings.Join(p.Problems, " "), "hở") {
		t.Errorf("%+v", p)
	}
	if _, err := annex.Read([]annex.Table{table("Kính gửi|Ông A\nNội dung|khác")}); err == nil {
		t.Error("a letter is an annex")
	}
}

// TestASourceOverTwoLines: the decision is named whole where a line of the text ends in it.
func TestASourceOverTwoLines(t *testing.T) {
	d, err := annex.Read([]annex.Table{table("BỘ TIÊU CHÍ NĂM 2026\n(Kèm theo Quyết định số 903/QĐ-UBND ngày 30 tháng 3 năm 2026 của UBND tỉnh\nBình Hải)\nSTT Tiêu chí Điểm\n1 Kế hoạch 1\nCó: 1, không: 0")})
	if err != nil || d.Set.Meta.Source != "Quyết định số 903/QĐ-UBND ngày 30 tháng 3 năm 2026 của UBND tỉnh Bình Hải" {
		t.Errorf("%+v, %v", d, err)
	}
}

// FuzzRead reads whatever text there is without a panic.
func FuzzRead(f *testing.F) {
	f.Add("STT|Tiêu chí|Điểm\n1|A|1\n|Từ 90%: 1|\nTổng||1")
	f.Add("I CHỈ ĐẠO 2\n1.1 Kế hoạch 2\nMỗi lỗi trừ 0,5; trễ đến 2 ngày trừ 1, sau đó mỗi ngày 1")
	f.Fuzz(func(_ *testing.T, in string) {
		d, err := annex.Read([]annex.Table{table(in)})
		if err != nil {
			return
		}
		d.Named("")
		d.Problems()
		d.Set.Walk(func(n *scoring.Node, _ []*scoring.Node) { annex.Propose(n, 2026) })
		for _, a := range d.Set.Bonus {
			annex.ProposeAdjust(a)
		}
	})
}
