// Package command runs the program without a window: one file a command. The
// names, options and JSON shapes are a contract with other programs and do not
// change. The package draws nothing and never opens a display.
package command

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/disk"
	"giaoban/data/text"
)

// Env is what a command works with.
type Env struct {
	Stdin          io.Reader // nil where there is nothing to read
	Stdout, Stderr io.Writer
	Now            func() time.Time
	File           string // default data file, where --file does not name one
	Version        string // of the program, as the desks of a shared register see it
	Heads          string // folder in which is kept how far each register had come, "" for none
	// Settle takes the settings of the officer that a restored backup brought; nil for
	// nobody.
	Settle func([]byte) error
}

// Exit codes of the program.
const (
	ExitDone   = 0
	ExitFailed = 1
	ExitUsage  = 2
)

// command is one command of the program.
type command struct {
	name, usage, help string
	flags             []string // names of options that take a value
	switches          []string // names of options that take none
	words             bool     // takes words that are no options
	folder            bool     // --out names a folder
	// reads tells of a call whether it only reads the data file, so that the copy of one
	// that the window has open does; nil for a command that writes.
	reads func(*call) bool
	// ends names the kinds of file that an option can write, by option.
	ends map[string][]string
	run  func(context.Context, *call) error
}

// What a command that always reads, and one that writes with --add alone, says of a call.
func always(*call) bool      { return true }
func notAdding(c *call) bool { return !c.has("add") }

// call is one call of a command.
type call struct {
	*Env
	command *command
	args    []string            // what is not an option
	options map[string][]string // values by option name

	input *bufio.Reader // of Stdin, once it is read
	held  string        // the secret that opens the file, once it is read
}

func commands() []*command {
	return []*command{demoCommand, importCommand, figuresCommand, dossiersCommand, dueCommand, reportCommand, packCommand,
		scoreCommand, entriesCommand, indicatorsCommand, measuresCommand, freezeCommand, testFiguresCommand, index766Command, rankCommand, checkCommand, journalCommand, salvageCommand, backupCommand, restoreCommand, drillCommand, exportCommand, packageCommand, cardCommand, serverCommand, protectCommand, unprotectCommand, passwordCommand, personCommand}
}

// usageError is a call with wrong words.
type usageError struct{ message string }

func (e usageError) Error() string { return e.message }

func usagef(format string, args ...any) error { return usageError{fmt.Sprintf(format, args...)} }

// Run runs the command that args begin with and returns the exit code.
func Run(ctx context.Context, env Env, args []string) int {
	if env.Now == nil {
		env.Now = time.Now
	}
	if len(args) == 0 {
		PrintUsage(env.Stderr)
		return ExitUsage
	}
	out := &checked{w: env.Stdout}
	env.Stdout, env.Stderr = out, plain{env.Stderr}
	// --file may stand before the command.
	var before []string
	for len(args) > 2 && args[0] == "--file" {
		before, args = append(before, args[:2]...), args[2:]
	}
	for _, c := range commands() {
		if c.name != args[0] {
			continue
		}
		call, err := parse(&env, c, append(before, args[1:]...))
		if err == nil {
			err = c.run(ctx, call)
		}
		if out.err != nil && (err == nil || !errors.As(err, new(*data.Error))) {
			err = out.err
		}
		return report(&env, c, err)
	}
	fmt.Fprintf(env.Stderr, "Không có lệnh «%s».\n", args[0])
	PrintUsage(env.Stderr)
	return ExitUsage
}

// checked remembers the first failure of writing: what a command prints is what
// it was called for.
type checked struct {
	w   io.Writer
	err error
}

// Write implements io.Writer.
func (c *checked) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	if err != nil && c.err == nil {
		c.err = disk.Fail("Không ghi hết được kết quả ra đầu ra", err)
	}
	return n, err
}

// plain shows what would steer a terminal, as names of files can hold, as «?».
type plain struct{ w io.Writer }

// Write implements io.Writer. What is written at once holds whole characters.
func (p plain) Write(b []byte) (int, error) {
	if _, err := io.WriteString(p.w, disk.Plain(string(b))); err != nil {
		return 0, err
	}
	return len(b), nil
}

func report(env *Env, c *command, err error) int {
	var usage usageError
	if err != nil && !errors.As(err, &usage) && !errors.Is(err, errReported) {
		slog.Warn("command failed", "command", c.name, "error", err)
	}
	switch {
	case err == nil:
		return ExitDone
	case errors.As(err, &usage):
		fmt.Fprintf(env.Stderr, "%s\nCách dùng: giaoban %s %s\n", usage.message, c.name, c.usage)
		return ExitUsage
	case errors.Is(err, errReported):
		return ExitFailed
	case data.CodeOf(err) == data.Internal && !errors.As(err, new(*data.Error)):
		fmt.Fprintf(env.Stderr, "Lệnh %s không làm được: %v\n", c.name, err)
	default:
		fmt.Fprintln(env.Stderr, err)
	}
	return ExitFailed
}

// errReported says that the work failed and that the officer was told already.
var errReported = errors.New("reported")

// PrintUsage lists the commands.
func PrintUsage(w io.Writer) {
	fmt.Fprintln(w, "Sổ Giao Ban CCHC. Không có lệnh: mở cửa sổ. Sổ được bảo vệ: thêm --password-file TỆP [--person TÊN] hoặc --code-file TỆP vào lệnh nào cũng được; TỆP là - thì đọc từ đầu vào. Các lệnh:")
	for _, c := range commands() {
		fmt.Fprintf(w, "  giaoban %s %s\n      %s\n", c.name, c.usage, c.help)
	}
}

func parse(env *Env, c *command, args []string) (*call, error) {
	out := &call{Env: env, command: c, options: map[string][]string{}}
	flags := slices.Concat([]string{"file"}, secretFlags, c.flags)
	switches := append([]string{"json"}, c.switches...)
	for i := 0; i < len(args); i++ {
		name, isOption := strings.CutPrefix(args[i], "--")
		if !isOption {
			out.args = append(out.args, args[i])
			continue
		}
		name, value, hasValue := strings.Cut(name, "=")
		switch {
		case slices.Contains(switches, name) && !hasValue:
			out.options[name] = append(out.options[name], "")
		case slices.Contains(flags, name):
			if !hasValue {
				if i++; i >= len(args) {
					return nil, usagef("Thiếu giá trị sau --%s.", name)
				}
				value = args[i]
			}
			out.options[name] = append(out.options[name], value)
		default:
			return nil, usagef("Không có tùy chọn --%s.", name)
		}
	}
	if len(out.args) > 0 && !c.words {
		return nil, usagef("Không hiểu «%s».", out.args[0])
	}
	for name, ends := range c.ends {
		if err := out.kind(name, ends); err != nil {
			return nil, err
		}
	}
	return out, out.guard(c)
}

// kind refuses to write a file whose name says that it is of another kind.
func (c *call) kind(option string, ends []string) error {
	name := c.option(option)
	if end := filepath.Ext(name); end != "" && !slices.ContainsFunc(ends, func(e string) bool { return strings.EqualFold(e, end) }) {
		return usagef("--%s: lệnh này không ghi được tệp «%s». Đặt tên tệp có đuôi %s.", option, filepath.Base(name), strings.Join(ends, " hoặc "))
	}
	return nil
}

// guard refuses, before any work is done, to write over the data file of the call,
// over any other data file or backup, and over what is no plain file. A backup
// decides for itself what it may replace.
func (c *call) guard(what *command) error {
	for _, name := range []string{"out", "rejects", "to"} {
		path := c.option(name)
		if path == "" || what.folder {
			continue
		}
		if file, err := c.file(); err == nil && sameFile(path, file) {
			return usagef("--%s là chính tệp dữ liệu %s. Chọn tên khác.", name, file)
		}
		if what != backupCommand && name != "to" {
			if err := disk.Guard(path); err != nil {
				return err
			}
		}
	}
	return nil
}

func sameFile(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	two, err := os.Stat(b)
	return err == nil && os.SameFile(one, two)
}

// option returns the last value of an option, "" when it was not given.
func (c *call) option(name string) string {
	if v := c.options[name]; len(v) > 0 {
		return v[len(v)-1]
	}
	return ""
}

func (c *call) has(name string) bool { return len(c.options[name]) > 0 }

// day reads an option that holds a date; NoDay when it was not given.
func (c *call) day(name string) (data.Day, error) {
	if !c.has(name) {
		return data.NoDay, nil
	}
	d, err := data.ParseISO(text.Line(c.option(name)))
	if err != nil {
		return d, usagef("--%s: %v", name, err)
	}
	return d, nil
}

// period reads --period, or --from and --to. ok is false when none was given.
func (c *call) period() (p data.Period, ok bool, err error) {
	if c.has("period") {
		p, err = data.ParsePeriod(text.Line(c.option("period")))
		if err != nil {
			return p, false, usagef("%v", err)
		}
		return p, true, nil
	}
	from, err := c.day("from")
	if err != nil {
		return p, false, err
	}
	to, err := c.day("to")
	if err != nil {
		return p, false, err
	}
	switch {
	case from == data.NoDay && to == data.NoDay:
		return p, false, nil
	case from == data.NoDay || to == data.NoDay:
		return p, false, usagef("--from và --to đi cùng nhau.")
	}
	p, err = data.FreePeriod(from, to)
	if err != nil {
		return p, false, usagef("%v", err)
	}
	return p, true, nil
}

// asked reads the period, which may be left out where it is free, and --as-of.
func (c *call) asked(free bool) (p data.Period, asOf data.Day, err error) {
	p, ok, err := c.period()
	if err == nil && !ok && !free {
		err = usagef("Thiếu kỳ: thêm --period, hoặc --from và --to.")
	}
	if err == nil {
		asOf, err = c.day("as-of")
	}
	return p, asOf, err
}

// file returns the data file of the call.
func (c *call) file() (string, error) {
	path := cmp.Or(c.option("file"), c.File)
	if path == "" {
		return "", usagef("Chưa biết tệp dữ liệu. Thêm --file TỆP.")
	}
	return path, nil
}

// open opens the data file and waits for the register. What is damaged in it is
// said, although it can be read.
func (c *call) open(create bool) (*desk.Desk, error) {
	d, err := c.openQuiet(create)
	if err == nil {
		if text, _ := d.Notice(); text != "" {
			fmt.Fprintf(c.Stderr, "Lưu ý: %s\n", text)
		}
		if text := disk.PlaceWarning(d.Path()); text != "" {
			fmt.Fprintf(c.Stderr, "Lưu ý: %s\n", text)
		}
	}
	return d, err
}

// there returns the data file and how it is opened.
func (c *call) there(create bool) (path string, opt desk.Options, err error) {
	if path, err = c.file(); err != nil {
		return "", opt, err
	}
	opt, err = c.opening(path, create)
	return path, opt, err
}

func (c *call) openQuiet(create bool) (*desk.Desk, error) {
	path, opt, err := c.there(create)
	if err != nil {
		return nil, err
	}
	opt.Beside = c.command.reads != nil && c.command.reads(c)
	d, err := desk.Open(path, opt)
	if err != nil {
		return nil, err
	}
	err = d.Wait()
	if err == nil {
		err = c.tellCalendar(context.Background(), d)
	}
	if err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

// printJSON writes one JSON document.
func (c *call) printJSON(v any) error {
	enc := json.NewEncoder(c.Stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(v)
}

// answer writes v as JSON where --json asks for it; the words for people were printed
// before.
func (c *call) answer(v any) error {
	if !c.has("json") {
		return nil
	}
	return c.printJSON(v)
}

// say is printf where people read the answer, and not a program.
func (c *call) say(format string, args ...any) {
	if !c.has("json") {
		c.printf(format, args...)
	}
}

func (c *call) printf(format string, args ...any) {
	fmt.Fprint(c.Stdout, disk.Plain(fmt.Sprintf(format, args...)))
}

// DefaultFile returns where the data file of this user is kept.
func DefaultFile() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		dir = "."
	}
	return filepath.Join(dir, "giaoban", "so-giao-ban.db")
}

// day or null.
func jsonDay(d data.Day) *string {
	if !d.Known() {
		return nil
	}
	s := d.ISO()
	return &s
}

// text or null.
func jsonText(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// markOf shows whether something is right.
func markOf(ok bool) string {
	if ok {
		return "✓"
	}
	return "✗"
}

// complain tells the officer of a failure while the command goes on.
func (c *call) complain(err error) {
	slog.Warn("told", "error", err)
	fmt.Fprintln(c.Stderr, err)
}
