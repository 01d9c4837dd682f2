package sheet_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"

	"giaoban/data/exchange/sheet"
)

// unseen tells the hidden rows and columns of the first table.
func unseen(t *testing.T, content []byte) (*sheet.Book, string) {
	t.Helper()
	book, err := sheet.Open(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	view, err := book.Layout(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.Rows(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for row := (sheet.Row{}); ; {
		if err := rows.Next(&row); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if row.Hidden {
			out = append(out, fmt.Sprint("row ", row.Num))
		}
	}
	for col := 1; col < 10; col++ {
		if view.Hides(col) {
			out = append(out, fmt.Sprint("column ", col))
		}
	}
	if view.Filtered {
		out = append(out, "filter")
	}
	return book, strings.Join(out, ", ")
}

func TestHiddenParts(t *testing.T) {
	const want = "row 2, row 4, column 2, column 5, column 6, filter"
	t.Run("xlsx", func(t *testing.T) {
		_, got := unseen(t, workbook(t, `<worksheet><sheetPr filterMode="1"/><cols><col min="1" max="1" width="9"/><col min="2" max="2" hidden="1"/><col min="5" max="6" width="0"/></cols>`+
			`<sheetData><row r="1"><c><v>1</v></c></row><row r="2" hidden="1"><c><v>2</v></c></row><row r="3"><c><v>3</v></c></row><row r="4" ht="0" customHeight="1"><c><v>4</v></c></row><row r="5" hidden="0"><c><v>5</v></c></row></sheetData></worksheet>`, `<sst/>`))
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	})
	t.Run("xls", func(t *testing.T) {
		var f oldFile
		put(&f.cells, 0x9B)
		put(&f.cells, 0x7D, [6]uint16{1, 1, 2000, 0, 1, 0})
		put(&f.cells, 0x7D, [6]uint16{4, 5, 0, 0, 0, 0})
		put(&f.cells, 0x7D, [6]uint16{0, 0, 2000, 0, 0, 0})
		for row := range uint16(5) {
			options := uint32(0x100)
			if row%2 == 1 {
				options |= 0x20
			}
			put(&f.cells, 0x208, [6]uint16{row, 0, 1, 255}, options)
			put(&f.cells, 0x27E, [3]uint16{row, 0, 0}, uint32(7<<2|2))
		}
		if _, got := unseen(t, f.bytes("A")); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	})
	t.Run("html", func(t *testing.T) {
		_, got := unseen(t, []byte(`<table><col width=9><col style='mso-width-source:userset;display:none'><col span=2><col span=2 hidden>`+
			`<tr><td>1<tr style='DISPLAY: none'><td>2<tr><td>3</tr><tr hidden><td>4</tr><tr><td style="display:none">5</table>`))
		if got+", filter" != want {
			t.Errorf("%s, want %s", got, want)
		}
	})
}

func TestHiddenTables(t *testing.T) {
	names := []sheet.Info{{Name: "Một"}, {Name: "Hai", Hidden: true}, {Name: "Ba", Hidden: true, VeryHidden: true}}
	parts := map[string]string{}
	var sheets, rels strings.Builder
	for i, word := range []string{"visible", "hidden", "veryHidden"} {
		fmt.Fprintf(&sheets, `<sheet name="%s" state="%s" r:id="s%d"/>`, names[i].Name, word, i)
		fmt.Fprintf(&rels, `<Relationship Id="s%d" Type="x/worksheet" Target="worksheets/%d.xml"/>`, i, i)
		parts[fmt.Sprintf("xl/worksheets/%d.xml", i)] = `<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>`
	}
	parts["_rels/.rels"] = rootRels
	parts["xl/workbook.xml"] = `<workbook xmlns:r="r"><sheets>` + sheets.String() + `</sheets></workbook>`
	parts["xl/_rels/workbook.xml.rels"] = `<Relationships>` + rels.String() + `</Relationships>`
	book, _ := unseen(t, pack(t, parts))
	if got := book.Infos(); !reflect.DeepEqual(got, names) {
		t.Errorf("%+v", got)
	}
	var f oldFile
	f.state = 1
	put(&f.cells, 0x27E, [3]uint16{0, 0, 0}, uint32(7<<2|2))
	if book, _ = unseen(t, f.bytes("Hai")); !slices.Equal(book.Infos(), names[1:2]) {
		t.Errorf("xls: %+v", book.Infos())
	}
	f.state = 2
	if book, _ = unseen(t, f.bytes("Ba")); !slices.Equal(book.Infos(), names[2:]) {
		t.Errorf("xls: %+v", book.Infos())
	}
}
