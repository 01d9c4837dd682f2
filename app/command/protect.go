package command

import (
	"cmp"
	"context"

	"giaoban/app/papers"
	"giaoban/data/desk"
	"giaoban/data/vault"
)

var protectCommand = &command{name: "protect", usage: "--new-password-file TỆP [--person TÊN] [--out TỜ-KHÔI-PHỤC.pdf] [--json]",
	help:  "bật bảo vệ dữ liệu bằng mật khẩu; mã khôi phục chỉ hiện một lần, in ra và cất vào tủ. Sau đó lập ngay một bản sao lưu kín",
	flags: []string{"new-password-file", "out"}, ends: map[string][]string{"out": {".pdf"}}, run: runProtect}

func runProtect(ctx context.Context, c *call) error {
	name := "new-password-file"
	if !c.has(name) {
		name = "password-file" // there is no password yet that it could open the file with
	}
	if !c.has(name) {
		return usagef("Thiếu --new-password-file: tệp có mật khẩu ở dòng đầu.")
	}
	password, err := c.secret(name)
	if err != nil {
		return err
	}
	path, err := c.file()
	if err != nil {
		return err
	}
	d, err := c.open(false)
	if err != nil {
		return err
	}
	key, code, err := d.Protect(ctx, c.option("person"), password, nil)
	d.Close()
	if key.Key == nil {
		return err
	}
	// The code is told whatever fails from here on: nobody else has it.
	if err == nil {
		err = c.afterProtect(ctx, path, key, code)
	}
	c.say("Đã bật bảo vệ cho %s.\nMÃ KHÔI PHỤC, chỉ hiện một lần này: %s\nIn hoặc chép ra giấy, cất vào tủ có khóa. Mất cả mật khẩu lẫn mã thì không ai mở được dữ liệu.\n", path, code)
	return cmp.Or(err, c.answer(map[string]any{"file": path, "protected": true, "person": jsonText(key.Person), "code": code.String(), "sheet": jsonText(c.option("out"))}))
}

// afterProtect prints the recovery sheet and makes a sealed backup.
func (c *call) afterProtect(ctx context.Context, path string, key desk.Opened, code vault.Code) error {
	d, err := desk.Open(path, desk.Options{Now: c.Now, Key: key.Key, As: key.Who})
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Wait(); err != nil {
		return err
	}
	if err := c.writeSheet(ctx, d, code); err != nil {
		return err
	}
	_, err = d.BackupNow(ctx, nil)
	return err
}

func (c *call) writeSheet(ctx context.Context, d *desk.Desk, code vault.Code) error {
	if !c.has("out") {
		return nil
	}
	raw, err := papers.RecoverySheet(ctx, d, code)
	if err != nil {
		return err
	}
	return d.WriteOutBytes(ctx, desk.Issue{What: "Tờ khôi phục"}, c.option("out"), raw)
}

var unprotectCommand = &command{name: "unprotect", usage: "--password-file TỆP | --code-file TỆP [--json]", help: "tắt bảo vệ dữ liệu: tệp, minh chứng và báo cáo đã xuất trở lại dạng thường", run: runUnprotect}

func runUnprotect(ctx context.Context, c *call) error {
	d, err := c.open(false)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Unprotect(ctx, nil); err != nil {
		return err
	}
	c.say("Đã tắt bảo vệ cho %s. Các bản sao lưu kín cũ vẫn mở bằng mật khẩu hoặc mã của khi ấy.\n", d.Path())
	return c.answer(map[string]any{"file": d.Path(), "protected": false})
}

var passwordCommand = &command{name: "password", usage: "--password-file TỆP | --code-file TỆP [--new-password-file TỆP] [--for TÊN] [--role entry|supervisor|head] [--remove TÊN] [--new-code] [--superior KHÓA|--no-superior] [--out TỜ-KHÔI-PHỤC.pdf] [--json]",
	help:  "đổi mật khẩu, đặt hay bỏ mật khẩu của người khác, lập mã khôi phục mới, đặt khóa của cấp trên; không kèm gì thì liệt kê ai có mật khẩu",
	flags: []string{"new-password-file", "for", "role", "remove", "superior", "out"}, switches: []string{"new-code", "no-superior"}, ends: map[string][]string{"out": {".pdf"}}, run: runPassword}

func runPassword(ctx context.Context, c *call) error {
	d, err := c.open(false)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := c.changePasswords(ctx, d); err != nil {
		return err
	}
	var code *string
	if c.has("new-code") {
		fresh, err := d.NewCode(ctx)
		if err != nil {
			return err
		}
		text := fresh.String()
		code = &text
		c.say("MÃ KHÔI PHỤC MỚI, chỉ hiện một lần này: %s\nMã cũ chỉ còn mở được các bản sao lưu lập khi ấy.\n", text)
		if err := c.writeSheet(ctx, d, fresh); err != nil {
			return err
		}
	}
	persons := []map[string]any{}
	for _, p := range d.Persons() {
		persons = append(persons, map[string]any{"person": p.Person, "role": string(p.Role)})
		c.say("%s: %s\n", cmp.Or(p.Person, "(mật khẩu chung)"), p.Role)
	}
	return c.answer(map[string]any{"file": d.Path(), "protected": d.IsProtected(), "persons": persons, "superior": jsonText(d.Superior()), "code": code})
}

func (c *call) changePasswords(ctx context.Context, d *desk.Desk) error {
	if c.has("new-password-file") {
		password, err := c.secret("new-password-file")
		if err != nil {
			return err
		}
		person := d.Who().Person
		if list := d.Persons(); !c.has("for") && c.has("code-file") && len(list) == 1 {
			person = list[0].Person // who forgot it
		}
		if c.has("for") {
			person = c.option("for")
		}
		if err := d.SetPassword(ctx, person, desk.Role(c.option("role")), password); err != nil {
			return err
		}
	}
	if c.has("remove") {
		if err := d.RemovePassword(ctx, c.option("remove")); err != nil {
			return err
		}
	}
	if c.has("superior") || c.has("no-superior") {
		return d.SetSuperior(ctx, c.option("superior"))
	}
	return nil
}
