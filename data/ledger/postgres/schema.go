package postgres

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"giaoban/data"
)

// schemaVersion is the version of the tables; a program refuses to write to newer ones.
const schemaVersion = 1

// deskRole may read and append; it can change neither an event nor a blob.
const deskRole = "giaoban_desk"

// tables are made in this order.
var tables = []string{
	`create schema if not exists giaoban`,
	`create table if not exists giaoban.version (one int primary key check (one = 1), schema int not null, program text not null)`,
	// ways: how a desk gets at the key of the bodies (JSON of vault.Wraps).
	`create table if not exists giaoban.office (id text primary key, name text not null, ways bytea not null, made timestamptz not null default now())`,
	`create table if not exists giaoban.head (office text primary key references giaoban.office, seq bigint not null, hash bytea not null)`,
	`create table if not exists giaoban.event (
		office text not null references giaoban.office, seq bigint not null, id uuid not null, desk text not null,
		at timestamptz not null default now(), kind text not null, dossier bigint not null, body bytea not null, hash bytea not null,
		primary key (office, seq), unique (office, id))`,
	`create table if not exists giaoban.snapshot (
		office text not null references giaoban.office, seq bigint not null, part int not null, body bytea not null, hash bytea not null,
		primary key (office, seq, part))`,
	`create table if not exists giaoban.blob (
		office text not null references giaoban.office, sha256 bytea not null, part int not null, ext text not null, body bytea not null,
		primary key (office, sha256, part))`,
	`create table if not exists giaoban.desk (
		office text not null references giaoban.office, id text not null, name text not null, role text not null default '',
		seen timestamptz not null default now(), program text not null, opened bytea, primary key (office, id))`,
	`create table if not exists giaoban.counter (
		office text not null references giaoban.office, book text not null, year int not null, number bigint not null,
		primary key (office, book, year))`,
	`do $$ begin
		if not exists (select from pg_roles where rolname = '` + deskRole + `') then create role ` + deskRole + ` nologin; end if;
	end $$`,
	`grant usage on schema giaoban to ` + deskRole,
	`grant select on all tables in schema giaoban to ` + deskRole,
	`grant insert on giaoban.event, giaoban.blob, giaoban.snapshot, giaoban.desk, giaoban.counter, giaoban.office, giaoban.head to ` + deskRole,
	`grant update on giaoban.head, giaoban.desk, giaoban.counter, giaoban.office to ` + deskRole,
	`grant delete on giaoban.snapshot, giaoban.desk to ` + deskRole,
}

// Init makes the tables and the role of desks. It changes nothing where they stand
// already, and is data.Newer where they are those of a newer program.
func (s *Server) Init(ctx context.Context) error {
	if v, err := s.version(ctx); err != nil || v > schemaVersion {
		if err != nil {
			return err
		}
		return newer(v)
	}
	return told("Không lập được bảng trên máy chủ", pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		for _, q := range tables {
			if _, err := tx.Exec(ctx, q); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `insert into giaoban.version values (1, $1, $2) on conflict (one) do update set schema = $1, program = $2`, schemaVersion, s.program)
		return err
	}))
}

// version returns the version of the tables, 0 where there are none.
func (s *Server) version(ctx context.Context) (v int, err error) {
	var there bool
	if err := s.pool.QueryRow(ctx, `select to_regclass('giaoban.version') is not null`).Scan(&there); err != nil {
		return 0, told("Không đọc được máy chủ", err)
	}
	if !there {
		return 0, nil
	}
	err = s.pool.QueryRow(ctx, `select schema from giaoban.version`).Scan(&v)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, nil
	}
	return v, told("Không đọc được phiên bản của các bảng trên máy chủ", err)
}

func newer(v int) error {
	return data.Fail(data.Newer, fmt.Sprintf("Sổ trên máy chủ do phiên bản mới hơn của chương trình lập (lược đồ %d, chương trình này hiểu đến %d). Cài bản mới trên máy này rồi mở lại; sổ trên máy chủ được giữ nguyên.", v, schemaVersion), nil)
}

// Ready refuses a server whose tables are missing or newer.
func (s *Server) Ready(ctx context.Context) error {
	switch v, err := s.version(ctx); {
	case err != nil:
		return err
	case v == 0:
		return data.Fail(data.NotFound, "Cơ sở dữ liệu trên máy chủ chưa có sổ Giao Ban. Chạy «giaoban server init», hoặc kiểm tra lại tên cơ sở dữ liệu trong địa chỉ.", nil)
	case v > schemaVersion:
		return newer(v)
	}
	return nil
}

// letters of a password that is typed once at most.
const letters = "ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz23456789"

// AddRole makes or renews a login for a desk and returns its password.
func (s *Server) AddRole(ctx context.Context, name string) (password string, err error) {
	if !simple(name) {
		return "", &data.Error{Code: data.Invalid, Field: "desk", Message: "Tên đăng nhập của quầy chỉ gồm chữ thường không dấu, chữ số và gạch dưới, bắt đầu bằng chữ, dài tối đa 40 ký tự."}
	}
	raw := make([]byte, 20)
	rand.Read(raw)
	for i := range raw {
		raw[i] = letters[int(raw[i])%len(letters)]
	}
	password = string(raw)
	quoted, secret := pgx.Identifier{name}.Sanitize(), "'"+password+"'" // letters and digits only
	var there bool
	if err := s.pool.QueryRow(ctx, `select exists (select from pg_roles where rolname = $1)`, name).Scan(&there); err != nil {
		return "", told("Không đọc được danh sách đăng nhập trên máy chủ", err)
	}
	verb := "create"
	if there {
		verb = "alter"
	}
	for _, q := range []string{verb + " role " + quoted + " login nosuperuser nocreatedb nocreaterole password " + secret, "grant " + deskRole + " to " + quoted} {
		if _, err := s.pool.Exec(ctx, q); err != nil {
			return "", told("Không lập được đăng nhập cho quầy", err)
		}
	}
	return password, nil
}

func simple(name string) bool {
	return name != "" && len(name) <= 40 && name[0] >= 'a' && name[0] <= 'z' && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
}
