package command

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/printed"
)

var testFiguresCommand = &command{
	reads: always,
	name:  "test-figures",
	usage: "--in TỆP.json [--json]",
	help:  "kiểm tra số liệu như in trong báo cáo: tỷ lệ của số nào, mẫu số nào khớp, tổng có bằng các phần",
	flags: []string{"in"},
	run:   runTestFigures,
}

// figureJSON is a figure as it is typed: value and percent are numbers or texts as
// printed, parts are numbers or figures.
type figureJSON struct {
	What    string            `json:"what"`
	Value   json.RawMessage   `json:"value"`
	Percent json.RawMessage   `json:"percent"`
	Parts   []json.RawMessage `json:"parts"`
}

type findingJSON struct {
	Code        printed.Code     `json:"code"`
	OK          bool             `json:"ok"`
	What        string           `json:"what"`
	Text        string           `json:"text"`
	Bases       []baseJSON       `json:"bases"`
	Denominator *denominatorJSON `json:"denominator"`
	Gap         int64            `json:"gap"`
}

type baseJSON struct {
	What    string `json:"what"`
	Value   int64  `json:"value"`
	Percent string `json:"percent"`
	Fits    bool   `json:"fits"`
}

// denominatorJSON are the whole denominators that fit a percentage.
type denominatorJSON struct {
	Best int64 `json:"best"`
	From int64 `json:"from"`
	To   int64 `json:"to"`
}

func runTestFigures(_ context.Context, c *call) error {
	path := c.option("in")
	if path == "" {
		return usagef("Thiếu --in TỆP.json: danh sách các số, mỗi số có what, value và nếu có percent, parts.")
	}
	raw, err := disk.Read(path)
	if err != nil {
		return data.Fail(data.NotFound, "Không đọc được tệp "+path+". Kiểm tra tên và quyền đọc.", err)
	}
	var list []figureJSON
	if err := json.Unmarshal(raw, &list); err != nil {
		return data.Fail(data.Refused, path+": không phải danh sách JSON các số, mỗi số có what và value. Sửa tệp rồi làm lại.", err)
	}
	items := make([]printed.Item, len(list))
	for i, f := range list {
		if items[i], err = f.item(fmt.Sprintf("Số thứ %d", i+1)); err != nil {
			return err
		}
	}
	out := []findingJSON{}
	for _, f := range printed.Test(items) {
		one := findingJSON{Code: f.Code, OK: !f.Contradicts(), What: f.What, Text: f.Text, Bases: []baseJSON{}, Gap: f.Gap}
		for _, b := range f.Bases {
			one.Bases = append(one.Bases, baseJSON(b))
		}
		if f.Best != 0 {
			one.Denominator = &denominatorJSON{f.Best, f.Low, f.High}
		}
		out = append(out, one)
		c.say("%s %s\n", markOf(one.OK), f.Text)
	}
	return c.answer(out)
}

func (f *figureJSON) item(where string) (printed.Item, error) {
	it := printed.Item{What: strings.TrimSpace(f.What)}
	it.What = cmp.Or(it.What, where)
	var err error
	if it.Value, err = printedNumber(f.Value); err != nil {
		return it, data.Fail(data.Invalid, fmt.Sprintf("%s (%s): %s", where, it.What, err), err)
	}
	if it.Percent, err = printedNumber(f.Percent); err != nil {
		return it, data.Fail(data.Invalid, fmt.Sprintf("%s (%s), tỷ lệ: %s", where, it.What, err), err)
	}
	for i, raw := range f.Parts {
		part := figureJSON{Value: raw}
		if raw = bytes.TrimSpace(raw); len(raw) > 0 && raw[0] == '{' {
			part = figureJSON{}
			if err := json.Unmarshal(raw, &part); err != nil {
				return it, data.Fail(data.Invalid, fmt.Sprintf("%s, phần %d không đọc được.", it.What, i+1), err)
			}
		}
		p, err := part.item(fmt.Sprintf("%s, phần %d", it.What, i+1))
		if err != nil {
			return it, err
		}
		it.Parts = append(it.Parts, p)
	}
	return it, nil
}

// printedNumber reads a number of JSON, whose point is that of decimals, or a text as
// it is printed.
func printedNumber(raw json.RawMessage) (printed.Number, error) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || string(raw) == "null" {
		return printed.Number{}, nil
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		s = strings.Replace(string(raw), ".", ",", 1)
	}
	return printed.Parse(s)
}
