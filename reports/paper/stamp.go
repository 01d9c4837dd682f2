package paper

import "fmt"

// stamp is what is the same on many pages, such as the head of a table: it stands in
// the file once.
type stamp struct {
	y, up float64 // where it was drawn, and above the origin of then
	ops   []byte
	boxes []Box
	w, h  float64 // of its page
}

// mostNames is how many things are remembered, for most texts come once.
const mostNames = 1 << 16

// stamp draws what the key names at y. The first page has it among its own, for most
// papers have one page; from the second on it is an object of the file.
func (c *canvas) stamp(key string, y float64, draw func()) {
	key = fmt.Sprint(c.w, " ", c.h, " ", key)
	n, seen := c.names[key]
	switch {
	case !seen:
		if len(c.names) < mostNames {
			c.names[key] = -1
		}
		draw()
		return
	case n < 0:
		n = len(c.stamps)
		c.names[key] = n
		c.stamps = append(c.stamps, c.captured(y, draw))
	}
	s := &c.stamps[n]
	for _, b := range s.boxes {
		b.Page, b.Y = c.page, b.Y+y-s.y
		c.boxes = append(c.boxes, b)
	}
	c.shut()
	if dy := c.up(y) - s.up; cents(dy) != 0 {
		c.put("q 1 0 0 1 0 ")
		c.put("cm ", dy)
		c.op(fmt.Sprintf("/S%d Do Q", n))
		return
	}
	c.op(fmt.Sprintf("/S%d Do", n))
}

// captured draws apart from the page.
func (c *canvas) captured(y float64, draw func()) stamp {
	c.shut()
	ops, boxes, size, ink, pen := c.ops, c.boxes, c.size, c.ink, c.pen
	c.ops, c.boxes, c.size, c.ink, c.pen = nil, nil, 0, -1, -1
	draw()
	c.shut()
	s := stamp{y: y, up: c.up(y), ops: c.ops, boxes: c.boxes, w: c.w, h: c.h}
	c.ops, c.boxes, c.size, c.ink, c.pen = ops, boxes, size, ink, pen
	return s
}
