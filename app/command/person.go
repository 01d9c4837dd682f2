package command

import (
	"context"

	"giaoban/app/papers"
)

var personCommand = &command{name: "person", usage: "--identity SỐ --out TỆP.json|TỆP.xlsx [--json]",
	help:  "xuất mọi dữ liệu đang giữ về một người (Luật 91/2025/QH15): hồ sơ, diễn biến, thư xin lỗi, các sổ, nhật ký",
	flags: []string{"identity", "out"}, ends: map[string][]string{"out": {".json", ".xlsx"}}, run: runPerson}

func runPerson(ctx context.Context, c *call) error {
	if !c.has("identity") || !c.has("out") {
		return usagef("Thiếu --identity hoặc --out.")
	}
	d, err := c.open(false)
	if err != nil {
		return err
	}
	defer d.Close()
	p, err := d.About(ctx, c.option("identity"))
	if err != nil {
		return err
	}
	if err := papers.WritePerson(ctx, d, &p, c.option("out")); err != nil {
		return err
	}
	c.say("Đã ghi %s dòng về một người, từ %s hồ sơ, ra %s.\n", n(int64(len(p.Lines))), n(int64(p.Dossiers)), c.option("out"))
	return c.answer(map[string]any{"file": c.option("out"), "dossiers": p.Dossiers, "lines": len(p.Lines)})
}
