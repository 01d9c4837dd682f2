package shipped_test

import (
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/shipped"
)

func TestProcedures(t *testing.T) {
	c := shipped.Procedures()
	if len(c.Procedures) != 437 { // one row each since no row is for both levels
		t.Errorf("%d procedures, want 437", len(c.Procedures))
	}
	for i, f := range c.Fields {
		if f.ID != uint32(i+1) || f.Name == "" {
			t.Errorf("field %d is %+v", i, f)
		}
	}
	seen := map[string]bool{}
	uncertain := 0
	for i, p := range c.Procedures {
		if p.ID != uint32(i+1) || p.Name == "" || !p.Term.Known() || p.Term.Count < 1 || p.Field < 1 || int(p.Field) > len(c.Fields) {
			t.Errorf("procedure %d is %+v", i, p)
		}
		if p.Code != "" {
			if key := p.Code + string(p.Level); seen[key] {
				t.Errorf("%s stands twice at level %s", p.Code, p.Level)
			} else {
				seen[key] = true
			}
		}
		if p.From.Known() && p.To.Known() && p.To < p.From {
			t.Errorf("%s ends before it begins", p.Name)
		}
		if !p.Certain {
			uncertain++
		}
	}
	// 62 rows known from practice and 164 whose term is, ten of them for both
	// levels.
	if uncertain != 236 {
		t.Errorf("%d uncertain, want 236", uncertain)
	}
	c.Procedures[0].Name = "changed"
	if shipped.Procedures().Procedures[0].Name == "changed" {
		t.Error("a caller changed the shipped catalogue")
	}
}

const heading = "code,name,field,level,term,term_unit,online_level,fee_vnd,one_stop,effective_from,effective_to,source\n"

func TestParse(t *testing.T) {
	c, err := shipped.Parse(strings.NewReader(heading +
		"1.1,Một,Hộ tịch,both,3,ngay-lam-viec,mot-phan,8000,1,2022-01-01,2025-06-30,found: x\n" +
		",Hai,Hộ tịch,xa,1,trong-ngay,,,1,,,found: x; term: knowledge\n" +
		",Ba,Thuế,nganh-doc,30,ngay,,,1,,,found: x; one-stop: knowledge\n" +
		",Bốn,Thuế,nganh-doc,30,ngay,,,1,,,knowledge\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Fields) != 2 || len(c.Procedures) != 5 {
		t.Fatalf("%d fields, %d procedures", len(c.Fields), len(c.Procedures))
	}
	a, b := c.Procedures[0], c.Procedures[1]
	if a.Level != data.LevelDistrict || b.Level != data.LevelCommune || a.Code != b.Code || a.Fee != 8000 || a.Term != (data.Term{Count: 3, Unit: data.WorkingDays}) || a.To != data.Date(2025, 6, 30) {
		t.Errorf("both levels: %+v and %+v", a, b)
	}
	for i, want := range []bool{true, true, false, true, false} {
		if c.Procedures[i].Certain != want {
			t.Errorf("%s is certain: %v, want %v", c.Procedures[i].Name, !want, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for name, body := range map[string]string{
		"heading": "a,b,c,d,e,f,g,h,i,j,k,l\n",
		"columns": heading + "1,2,3\n",
		"name":    heading + "1.1,,Hộ tịch,xa,3,ngay,,,1,,,x\n",
		"level":   heading + "1.1,Một,Hộ tịch,ap,3,ngay,,,1,,,x\n",
		"term":    heading + "1.1,Một,Hộ tịch,xa,0,ngay,,,1,,,x\n",
		"unit":    heading + "1.1,Một,Hộ tịch,xa,3,tuan,,,1,,,x\n",
		"fee":     heading + "1.1,Một,Hộ tịch,xa,3,ngay,,-5,1,,,x\n",
		"from":    heading + "1.1,Một,Hộ tịch,xa,3,ngay,,,1,2022-13-01,,x\n",
		"to":      heading + "1.1,Một,Hộ tịch,xa,3,ngay,,,1,,31/12/2022,x\n",
	} {
		_, err := shipped.Parse(strings.NewReader(body))
		if data.CodeOf(err) != data.Invalid || !strings.Contains(err.Error(), "dòng") {
			t.Errorf("%s: %v, want an error that names the row", name, err)
		}
	}
}

// TestNothingOutlastsItsLevel: the district half of a procedure ends with the
// district, the commune half goes on (rules-2026 E8).
func TestNothingOutlastsItsLevel(t *testing.T) {
	last, pairs := data.Date(2025, 6, 30), map[string]int{}
	for _, p := range shipped.Procedures().Procedures {
		if p.Level == data.LevelDistrict && (!p.To.Known() || p.To > last) {
			t.Errorf("%s %s of the district ends %s", p.Code, p.Name, p.To)
		}
		if p.Code != "" && (p.Level == data.LevelDistrict && p.To == last || p.Level == data.LevelCommune && !p.To.Known()) {
			pairs[p.Code]++
		}
	}
	for _, code := range []string{"2.000815", "2.000635", "1.005099", "1.011441", "1.012783"} {
		if pairs[code] != 2 {
			t.Errorf("%s lacks the half that ended or the one that goes on", code)
		}
	}
	c, err := shipped.Parse(strings.NewReader(heading + "1.1,Một,Hộ tịch,both,3,ngay-lam-viec,mot-phan,8000,1,2022-01-01,,found: x\n"))
	if err != nil || len(c.Procedures) != 2 || c.Procedures[0].To != last || c.Procedures[1].To.Known() {
		t.Errorf("both: %+v, %v", c.Procedures, err)
	}
}
