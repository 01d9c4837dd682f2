package sheet

import (
	"context"
	"io"
	"sync/atomic"
)

// ahead unpacks a stream in its own goroutine, a few buffers ahead of the
// reader, so that unpacking and scanning share two cores.
type ahead struct {
	full  chan block
	free  chan []byte
	stop  chan struct{}
	done  chan struct{}
	cur   []byte
	whole []byte
	err   error
	count atomic.Int64
	ctx   context.Context
}

type block struct {
	data []byte
	err  error
}

func readAhead(ctx context.Context, src io.Reader) *ahead {
	a := &ahead{full: make(chan block, 3), free: make(chan []byte, 4), stop: make(chan struct{}), done: make(chan struct{}), ctx: ctx}
	for i := 0; i < cap(a.free); i++ {
		a.free <- make([]byte, 128<<10)
	}
	go a.run(src)
	return a
}

func (a *ahead) run(src io.Reader) {
	defer close(a.done)
	for {
		var buf []byte
		select {
		case buf = <-a.free:
		case <-a.stop:
			return
		}
		n := 0
		var err error
		for n < len(buf) && err == nil {
			var k int
			k, err = src.Read(buf[n:])
			n += k
		}
		select {
		case a.full <- block{buf[:n], err}:
		case <-a.stop:
			return
		}
		if err != nil {
			return
		}
	}
}

// Read implements io.Reader.
func (a *ahead) Read(p []byte) (int, error) {
	for len(a.cur) == 0 {
		if a.whole != nil {
			a.free <- a.whole[:cap(a.whole)]
			a.whole = nil
		}
		if a.err != nil {
			return 0, a.err
		}
		select {
		case b := <-a.full:
			a.cur, a.whole, a.err = b.data, b.data, b.err
		case <-a.ctx.Done():
			return 0, a.ctx.Err()
		}
	}
	n := copy(p, a.cur)
	a.cur = a.cur[n:]
	a.count.Add(int64(n))
	return n, nil
}

// Close ends the goroutine and waits for it.
func (a *ahead) Close() {
	select {
	case <-a.stop:
	default:
		close(a.stop)
	}
	<-a.done
}
