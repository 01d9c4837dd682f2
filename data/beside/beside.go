// Package beside lets commands read a register that the window has open: the program
// that has the data file hands over one consistent copy of it, on a socket of this
// machine that this user alone can reach. Nothing goes over a network.
package beside

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"giaoban/data/disk"
)

// address is the socket of a data file, in a folder of the user's settings.
func address(settings, file string) string {
	if whole, err := filepath.Abs(file); err == nil {
		file = whole
	}
	if real, err := filepath.EvalSymlinks(file); err == nil {
		file = real
	}
	sum := sha256.Sum256([]byte(file))
	return filepath.Join(settings, "dang-mo", hex.EncodeToString(sum[:8])+".sock")
}

// patience bounds how long either side waits for the other's first word.
const patience = 5 * time.Second

// The questions: a copy, or that what leaves the office be kept, which follows in one line.
const (
	question = "giaoban copy 1\n"
	telling  = "giaoban tell 1\n"
	mostTold = 64 << 10 // bytes of such a line
)

// Serve answers until stop is called: a copy is what write writes, and what another program
// tells is kept by keep. settings is the folder of the user's settings, file the data file,
// which this program holds open, so that no other one answers for it.
func Serve(settings, file string, write func(context.Context, io.Writer) error, keep func(context.Context, []byte) error) (stop func(), err error) {
	at := address(settings, file)
	if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
		return nil, disk.Fail("Không tạo được thư mục "+disk.Name(filepath.Dir(at)), err)
	}
	if err := os.Remove(at); err != nil && !errors.Is(err, os.ErrNotExist) { // of a program that was killed
		return nil, err
	}
	l, err := net.Listen("unix", at)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(at, 0o600); err != nil {
		l.Close()
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			running.Go(func() { answer(ctx, c, write, keep) })
		}
	})
	return func() {
		cancel()
		l.Close() // which removes the socket
		running.Wait()
	}, nil
}

func answer(ctx context.Context, c net.Conn, write func(context.Context, io.Writer) error, keep func(context.Context, []byte) error) {
	defer c.Close()
	defer context.AfterFunc(ctx, func() { c.Close() })()
	stop := time.AfterFunc(patience, func() { c.Close() })
	asked := bufio.NewReader(io.LimitReader(c, int64(len(telling)+mostTold)))
	what, err := asked.ReadString('\n')
	var line []byte
	if err == nil && what == telling {
		line, err = asked.ReadBytes('\n')
	}
	if !stop.Stop() || err != nil {
		return
	}
	switch what {
	case question:
		err = write(ctx, &chunks{w: c})
	case telling:
		err = keep(ctx, line)
	default:
		return
	}
	if err != nil {
		fmt.Fprintf(c, "-%s\n", strings.ReplaceAll(err.Error(), "\n", " "))
		return
	}
	fmt.Fprint(c, "0\n")
}

// chunks writes each piece after its length, so that an end is told from a break.
type chunks struct{ w io.Writer }

// Write implements io.Writer.
func (c *chunks) Write(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	if _, err := fmt.Fprintf(c.w, "%d\n", len(b)); err != nil {
		return 0, err
	}
	return c.w.Write(b)
}

// ErrNobody tells that no program answers for the data file.
var ErrNobody = errors.New("beside: nobody answers")

// Copy writes a copy of a data file that another program has open; ErrNobody where
// that one does not answer.
func Copy(settings, file string, to io.Writer) error {
	c, err := ask(settings, file, question)
	if err != nil {
		return err
	}
	defer c.Close()
	r := bufio.NewReaderSize(c, 1<<16)
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return errors.Join(ErrNobody, err)
		}
		line = strings.TrimSuffix(line, "\n")
		if said, ok := strings.CutPrefix(line, "-"); ok {
			return errors.New(said)
		}
		var n int64
		if _, err := fmt.Sscanf(line, "%d", &n); err != nil || n < 0 {
			return ErrNobody
		}
		if n == 0 {
			return nil
		}
		if _, err := io.CopyN(to, r, n); err != nil {
			return errors.Join(ErrNobody, err)
		}
	}
}

// Tell lets the program that has the file open keep one line; ErrNobody where it does not
// answer.
func Tell(settings, file string, line []byte) error {
	c, err := ask(settings, file, telling+string(line)+"\n")
	if err != nil {
		return err
	}
	defer c.Close()
	said, err := bufio.NewReader(c).ReadString('\n')
	switch {
	case err != nil:
		return errors.Join(ErrNobody, err)
	case said != "0\n":
		return errors.New(strings.TrimPrefix(strings.TrimSuffix(said, "\n"), "-"))
	}
	return nil
}

func ask(settings, file, what string) (net.Conn, error) {
	c, err := net.DialTimeout("unix", address(settings, file), patience)
	if err != nil {
		return nil, ErrNobody
	}
	if _, err := io.WriteString(c, what); err != nil {
		c.Close()
		return nil, ErrNobody
	}
	return c, nil
}
