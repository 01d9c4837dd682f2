package command

import (
	"context"
	"fmt"
	"time"

	"giaoban/data/desk"
	"giaoban/data/disk"
)

var serverCommand = &command{
	words: true,
	name:  "server",
	usage: "init --file postgres://… [--desk TÊN] | move-in --file TỆP --to postgres://… | join --file postgres://… --code-file F | move-out --file postgres://… --out TỆP | status --file postgres://… | try --file postgres://…  [--json]",
	help:  "sổ nhiều quầy trên máy chủ PostgreSQL: lập bảng, đưa sổ lên, nối thêm quầy, lấy sổ về, xem ai đang làm, thử kết nối",
	flags: []string{"to", "out", "desk"},
	ends:  map[string][]string{"out": {".db"}},
	run:   runServer,
}

type movedJSON struct {
	Address  string `json:"address"`
	Code     string `json:"code,omitempty"`
	Dossiers int    `json:"dossiers"`
	Entries  uint64 `json:"entries"`
	Hash     string `json:"hash"`
}

func runServer(ctx context.Context, c *call) error {
	if len(c.args) != 1 {
		return usagef("Cho biết một việc: init, move-in, join, move-out, status hoặc try.")
	}
	file, err := c.file()
	if err != nil {
		return err
	}
	opt := desk.Options{Now: c.Now, Program: c.Version, Progress: c.progress()}
	if what := c.args[0]; what != "move-in" && !desk.IsShared(file) {
		return usagef("--file phải là địa chỉ máy chủ, như postgres://quay_1@may-chu:5432/giaoban.")
	}
	switch c.args[0] {
	case "init":
		return c.initServer(ctx, file)
	case "move-in":
		if !desk.IsShared(c.option("to")) {
			return usagef("--to phải là địa chỉ máy chủ, như postgres://quay_1@may-chu:5432/giaoban.")
		}
		m, err := desk.MoveIn(ctx, file, c.option("to"), opt)
		if err != nil {
			return err
		}
		c.say("Đã đưa sổ lên máy chủ và đối chiếu: %s hồ sơ, %s mục nhật ký, mã băm %s.\n", n(int64(m.Dossiers)), n(int64(m.Entries)), m.Hash)
		c.say("Từ nay mở sổ bằng địa chỉ: %s\nMã kết nối cho các quầy khác: %s\nGiữ mã như giữ mật khẩu. Tệp %s không ghi nữa.\n", m.Address, m.Code, disk.Name(file))
		return c.answer(movedJSON(m))
	case "join":
		if !c.has("code-file") {
			return usagef("Thiếu --code-file.")
		}
		code, err := c.secret("code-file")
		if err != nil {
			return err
		}
		address, err := desk.Join(ctx, file, code, opt)
		if err != nil {
			return err
		}
		c.say("Máy này đã nối vào sổ. Mở sổ bằng địa chỉ: %s\n", address)
		return c.answer(struct {
			Address string `json:"address"`
		}{address})
	case "move-out":
		if !c.has("out") {
			return usagef("Thiếu --out.")
		}
		m, err := desk.MoveOut(ctx, file, c.option("out"), opt)
		if err != nil {
			return err
		}
		c.say("Đã lấy sổ về %s và đối chiếu: %s hồ sơ, %s mục nhật ký, mã băm %s. Các quầy khác không ghi lên máy chủ được nữa.\n", m.Address, n(int64(m.Dossiers)), n(int64(m.Entries)), m.Hash)
		return c.answer(movedJSON(m))
	case "status":
		return c.serverStatus(ctx, file, opt)
	case "try":
		return c.tryServer(ctx, file)
	}
	return usagef("Không có việc «%s»: dùng init, move-in, join, move-out, status hoặc try.", c.args[0])
}

func (c *call) initServer(ctx context.Context, address string) error {
	password, err := desk.InitServer(ctx, address, c.Version, c.option("desk"))
	if err != nil {
		return err
	}
	c.say("Máy chủ đã có đủ bảng của sổ.\n")
	if password != "" {
		c.say("Đăng nhập của quầy: %s\nMật khẩu (chỉ in lần này): %s\n", c.option("desk"), password)
	}
	return c.answer(struct {
		Role     string `json:"role,omitempty"`
		Password string `json:"password,omitempty"`
	}{c.option("desk"), password})
}

type presentJSON struct {
	Name    string `json:"name"`
	Seen    string `json:"seen"`
	Program string `json:"program"`
}

func (c *call) serverStatus(ctx context.Context, address string, opt desk.Options) error {
	s, err := desk.AskServer(ctx, address, opt)
	if err != nil {
		return err
	}
	list := []presentJSON{}
	for _, p := range s.Desks {
		list = append(list, presentJSON{p.Name, p.Seen.Format(time.RFC3339), p.Program})
	}
	c.say("Sổ của «%s» trên %s: %s thay đổi.\n", s.Name, s.Address, n(s.Events))
	for _, p := range s.Desks {
		c.say("Đang làm việc: %s (bản %s)\n", p.Name, p.Program)
	}
	return c.answer(struct {
		desk.ServerState
		Desks []presentJSON `json:"desks"`
	}{s, list})
}

func (c *call) tryServer(ctx context.Context, address string) error {
	steps, certificate, err := desk.TryServer(ctx, address, c.Version)
	if err != nil {
		return err
	}
	type step struct {
		Name string `json:"name"`
		Text string `json:"text"`
		OK   bool   `json:"ok"`
	}
	list := []step{}
	for _, s := range steps {
		list = append(list, step{s.Name, s.Text, s.Err == nil})
		err = s.Err
		c.say("%s %s: %s\n", markOf(s.Err == nil), s.Name, s.Text)
	}
	if aerr := c.answer(struct {
		Steps       []step `json:"steps"`
		Certificate string `json:"certificate,omitempty"`
	}{list, certificate}); aerr != nil {
		return aerr
	}
	if err != nil {
		return errReported
	}
	return nil
}

// progress tells people how far a long work is, on standard error, each tenth.
func (c *call) progress() func(done, total int64) {
	last := int64(-1)
	return func(done, total int64) {
		if total > 0 && done*10/total > last {
			last = done * 10 / total
			if last < 10 {
				fmt.Fprintf(c.Stderr, "%d %%\n", last*10)
			}
		}
	}
}
