package ledger

import (
	"runtime"
	"runtime/debug"
	"sync"

	bolt "go.etcd.io/bbolt"

	"giaoban/data"
	"giaoban/data/vault"
)

// scan calls fn with all values of a bucket by key. Those of a protected file are
// opened on all cores ahead of fn.
func (v *View) scan(at place, fn func(key, value []byte) error) error {
	c := v.bucket(at).Cursor()
	if v.s.seals(at) {
		return scanAhead(v.s, at, c, fn)
	}
	for k, stored := c.First(); k != nil; k, stored = c.Next() {
		value, err := v.s.open(nil, at, k, stored)
		if err != nil {
			return err
		}
		if err := fn(k, value); err != nil {
			return err
		}
	}
	return nil
}

// aheadAtOnce is how many values are opened at a time, and waitingAtMost how many such
// batches wait for their reader.
const (
	aheadAtOnce   = 512
	waitingAtMost = 8
)

// batch are values that are opened together.
type batch struct {
	keys, stored, values [][]byte
	room                 []byte // that the values stand in
	done                 chan error
}

func scanAhead(s *sealer, at place, c *bolt.Cursor, fn func(key, value []byte) error) error {
	work := make(chan *batch, waitingAtMost)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for b := range work {
				b.done <- b.open(s, at)
			}
		})
	}
	defer workers.Wait() // what they read is gone with the transaction
	defer close(work)
	var waiting, spare []*batch
	k, stored := c.First()
	for k != nil || len(waiting) > 0 {
		for k != nil && len(waiting) < waitingAtMost {
			b := &batch{done: make(chan error, 1)}
			if n := len(spare); n > 0 {
				b, spare = spare[n-1], spare[:n-1]
			}
			k, stored = b.fill(c, k, stored)
			work <- b
			waiting = append(waiting, b)
		}
		b := waiting[0]
		waiting = waiting[1:]
		if err := <-b.done; err != nil {
			return err
		}
		for i, value := range b.values {
			if err := fn(b.keys[i], value); err != nil {
				return err
			}
		}
		spare = append(spare, b)
	}
	return nil
}

// fill takes the next values of a bucket, and returns the one after.
func (b *batch) fill(c *bolt.Cursor, k, stored []byte) (next, nextStored []byte) {
	b.keys, b.stored = b.keys[:0], b.stored[:0]
	for ; k != nil && len(b.keys) < aheadAtOnce; k, stored = c.Next() {
		b.keys, b.stored = append(b.keys, k), append(b.stored, stored)
	}
	return k, stored
}

// open opens the values of a batch; it runs on a goroutine of its own.
func (b *batch) open(s *sealer, at place) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if fault := recover(); fault != nil {
			err = at.damagedValue(nil, "nằm trong trang không đọc được", data.Caught(fault))
		}
	}()
	size := 0
	for _, stored := range b.stored {
		size += max(len(stored)-vault.Overhead, 0)
	}
	if cap(b.room) < size {
		b.room = make([]byte, size)
	}
	room := b.room[:size]
	b.values = b.values[:0]
	for i, key := range b.keys {
		value, err := s.open(room[:0], at, key, b.stored[i])
		if err != nil {
			return err
		}
		room = room[len(value):]
		b.values = append(b.values, value)
	}
	return nil
}
