package paper

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/binary"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"giaoban/data"
)

// file is the PDF file that is written: the objects of gofpdf, with the contents of
// pages, the tables of letters and what the file tells about itself put in, and packed
// (PDF 1.7, 7.5.7 and 7.5.8).
type file struct {
	objects map[int]object
	size    int // number of the last object
	root    int
}

// object is an object of the file.
type object struct {
	dict   string
	stream []byte // nil for none
	plain  bool   // the stream is not to be packed
	packed bool   // the stream is packed already
}

var (
	findLength = regexp.MustCompile(`/Length (\d+)`)
	findFont   = regexp.MustCompile(`/(F[0-9a-f]{40}) (\d+) 0 R`)
	findSetFnt = regexp.MustCompile(`BT /(F[0-9a-f]{40}) [\d.]+ Tf ET\nBT `)
	findRoot   = regexp.MustCompile(`/Root (\d+) 0 R`)
	findName   = regexp.MustCompile(`/utf8liberationserif(BI|B|I)?\b`)
	findNames  = regexp.MustCompile(`(?s)/Names <<.*?>>\s*>>\s*`)
)

// errFile is a file of gofpdf that is not as it was when this was written.
func errFile(what string) error {
	return data.Fail(data.Internal, "Không lập được tệp PDF. Thử lại; nếu vẫn vậy, gửi tệp nhật ký cho người hỗ trợ.", fmt.Errorf("paper: %s", what))
}

// readFile takes the objects out of a file of gofpdf.
func readFile(raw []byte) (*file, error) {
	at := bytes.LastIndex(raw, []byte("\nxref\n0 "))
	root := findRoot.FindSubmatch(raw[max(at, 0):])
	if at < 0 || root == nil {
		return nil, errFile("no table of objects")
	}
	lines := bytes.Split(raw[at+1:], []byte("\n"))
	count, err := strconv.Atoi(string(lines[1][2:]))
	if err != nil || len(lines) < 2+count {
		return nil, errFile("table of objects cut")
	}
	f := &file{objects: map[int]object{}, size: count - 1}
	f.root, _ = strconv.Atoi(string(root[1]))
	for n := 1; n < count; n++ {
		from, err := strconv.Atoi(string(lines[2+n][:10]))
		if err != nil || from >= at {
			return nil, errFile("place of an object")
		}
		_, body, ok := bytes.Cut(raw[from:at+1], []byte(" 0 obj\n"))
		if !ok {
			return nil, errFile("head of an object")
		}
		end := bytes.Index(body, []byte("endobj"))
		if end < 0 {
			return nil, errFile("end of an object")
		}
		if i := bytes.Index(body[:min(end, 4096)], []byte(">>\nstream\n")); i >= 0 {
			o := object{dict: string(body[:i+2])}
			m := findLength.FindStringSubmatch(o.dict)
			if m == nil {
				return nil, errFile("stream without length")
			}
			length, _ := strconv.Atoi(m[1])
			if i+10+length > len(body) {
				return nil, errFile("stream cut")
			}
			o.stream = body[i+10 : i+10+length]
			f.objects[n] = o
			continue
		}
		f.objects[n] = object{dict: strings.TrimSpace(string(body[:end]))}
	}
	return f, nil
}

// add gives an object a number.
func (f *file) add(o object) int {
	f.size++
	f.objects[f.size] = o
	return f.size
}

// contents puts in what stands on the pages: page n of gofpdf is object 2n + 1, its
// contents the next.
func (f *file) contents(parts []*part) {
	slices.SortStableFunc(parts, func(a, b *part) int { return a.page - b.page })
	for i := 0; i < len(parts); {
		page := parts[i].page
		at := 2*page + 2
		f.objects[at] = object{dict: "<<>>", stream: parts[i].data, packed: true}
		refs := fmt.Sprintf("%d 0 R", at)
		for i++; i < len(parts) && parts[i].page == page; i++ {
			refs += fmt.Sprintf(" %d 0 R", f.add(object{dict: "<<>>", stream: parts[i].data, packed: true}))
		}
		o := f.objects[at-1]
		o.dict = strings.Replace(o.dict, fmt.Sprintf("/Contents %d 0 R", at), "/Contents ["+refs+"]", 1)
		f.objects[at-1] = o
	}
}

// fonts gives the fonts the names F0 to F3 of their styles, which the contents call them
// by, tables of letters, and names that tell that they are cut. last is what gofpdf wrote
// on the last page: the fonts in the order of order.
func (f *file) fonts(last string, order []style, c codes, used []rune) (resources string, err error) {
	numbers := map[string]int{}
	for _, m := range findFont.FindAllStringSubmatch(f.objects[2].dict, -1) {
		numbers[m[1]], _ = strconv.Atoi(m[2])
	}
	set := findSetFnt.FindAllStringSubmatch(last, -1)
	if len(set) != len(order) {
		return "", errFile("fonts")
	}
	encoding := f.add(object{dict: "<</Type /CMap /CMapName /" + encodingName + " /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>>>>",
		stream: []byte(c.encoding(used))})
	unicode := f.add(object{dict: "<<>>", stream: []byte(c.unicode(used))})
	for i, st := range order {
		n := numbers[set[i][1]]
		program := f.objects[n+6]
		if !strings.Contains(f.objects[n].dict, "/Type0") || !strings.Contains(program.dict, "/Length1") {
			return "", errFile("objects of a font")
		}
		sum := sha256.Sum256(program.stream)
		tag := make([]byte, 6)
		for k := range tag {
			tag[k] = 'A' + sum[k]%26
		}
		name := "/" + string(tag) + "+" + family + [...]string{"", "-Bold", "-Italic", "-BoldItalic"}[st]
		for _, k := range []int{n, n + 1, n + 4} {
			o := f.objects[k]
			o.dict = findName.ReplaceAllString(o.dict, name)
			f.objects[k] = o
		}
		o := f.objects[n]
		o.dict = strings.Replace(o.dict, "/Identity-H", fmt.Sprintf("%d 0 R", encoding), 1)
		o.dict = strings.Replace(o.dict, fmt.Sprintf("/ToUnicode %d 0 R", n+2), fmt.Sprintf("/ToUnicode %d 0 R", unicode), 1)
		f.objects[n] = o
		delete(f.objects, n+2)
		for _, k := range []int{n + 5, n + 6} {
			if o := f.objects[k]; true {
				if o.stream, err = unpack(o.stream); err != nil {
					return "", err
				}
				o.dict = strings.Replace(o.dict, "/Filter /FlateDecode", "", 1)
				f.objects[k] = o
			}
		}
		resources += fmt.Sprintf("/F%d %d 0 R ", st, n)
	}
	return "/Font <<" + resources + ">>", nil
}

func unpack(packed []byte) ([]byte, error) {
	r, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, errFile("a stream is not packed")
	}
	return io.ReadAll(r)
}

// about is what the file tells about itself.
type about struct {
	title, author, subject string
	created                time.Time
	simplex                bool
}

// describe writes title, language and makers of the file for readers, and that its title
// is shown.
func (f *file) describe(a about) {
	text := func(s string) string {
		var b strings.Builder
		_ = xml.EscapeText(&b, []byte(s)) // a builder does not fail
		return b.String()
	}
	const maker = "Sổ Giao Ban CCHC"
	day := a.created.Format("2006-01-02T15:04:05Z07:00")
	xmp := "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">` +
		`<dc:format>application/pdf</dc:format><dc:language><rdf:Bag><rdf:li>vi-VN</rdf:li></rdf:Bag></dc:language>` +
		`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + text(a.title) + `</rdf:li></rdf:Alt></dc:title>` +
		`<dc:creator><rdf:Seq><rdf:li>` + text(a.author) + `</rdf:li></rdf:Seq></dc:creator>` +
		`<dc:description><rdf:Alt><rdf:li xml:lang="x-default">` + text(a.subject) + `</rdf:li></rdf:Alt></dc:description>` +
		`<xmp:CreatorTool>` + maker + `</xmp:CreatorTool><xmp:CreateDate>` + day + `</xmp:CreateDate><xmp:ModifyDate>` + day + `</xmp:ModifyDate>` +
		`<pdf:Producer>` + maker + `</pdf:Producer></rdf:Description></rdf:RDF></x:xmpmeta>` + "\n<?xpacket end=\"r\"?>"
	metadata := f.add(object{dict: "<</Type /Metadata /Subtype /XML>>", stream: []byte(xmp), plain: true})
	duplex := "/DuplexFlipLongEdge"
	if a.simplex {
		duplex = "/Simplex"
	}
	o := f.objects[f.root]
	o.dict = findNames.ReplaceAllString(o.dict, "")
	o.dict = strings.TrimSuffix(o.dict, ">>") + fmt.Sprintf("/Lang (vi-VN)\n/Metadata %d 0 R\n/ViewerPreferences <</DisplayDocTitle true /Duplex %s>>\n>>", metadata, duplex)
	f.objects[f.root] = o
}

// together is how many objects without a stream are packed as one.
const together = 100

// write returns the file.
func (f *file) write(info int) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	places := make([][3]int, f.size+1) // kind, place or object, place in it
	stream := func(n int, o object) {
		body := o.stream
		dict := strings.TrimSuffix(findLength.ReplaceAllString(o.dict, ""), ">>")
		// "/Length1" of a font stays.
		if !o.packed && !o.plain {
			body = pack(body)
		}
		if !o.plain {
			dict += "/Filter /FlateDecode"
		}
		places[n] = [3]int{1, b.Len(), 0}
		fmt.Fprintf(&b, "%d 0 obj\n%s/Length %d>>\nstream\n", n, strings.ReplaceAll(dict, "\n", " "), len(body))
		b.Write(body)
		b.WriteString("\nendstream\nendobj\n")
	}
	var rest []int
	for n := 1; n <= f.size; n++ {
		o, ok := f.objects[n]
		switch {
		case !ok:
		case o.stream != nil:
			stream(n, o)
		default:
			rest = append(rest, n)
		}
	}
	for len(rest) > 0 {
		some := rest[:min(len(rest), together)]
		rest = rest[len(some):]
		var head, body bytes.Buffer
		box := f.size + 1
		f.size++
		places = append(places, [3]int{})
		for i, n := range some {
			fmt.Fprintf(&head, "%d %d ", n, body.Len())
			body.WriteString(f.objects[n].dict + "\n")
			places[n] = [3]int{2, box, i}
		}
		stream(box, object{dict: fmt.Sprintf("<</Type /ObjStm /N %d /First %d>>", len(some), head.Len()), stream: append(head.Bytes(), body.Bytes()...)})
	}
	table := f.size + 1
	places = append(places, [3]int{1, b.Len(), 0})
	var rows []byte
	for _, p := range places {
		rows = append(rows, byte(p[0]))
		rows = binary.BigEndian.AppendUint32(rows, uint32(p[1]))
		rows = append(rows, byte(p[2]))
	}
	start := b.Len()
	id := fmt.Sprintf("%X", sha256.Sum256(b.Bytes()))[:32]
	stream(table, object{dict: fmt.Sprintf("<</Type /XRef /Size %d /W [1 4 1] /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>]>>", table+1, f.root, info, id, id), stream: rows})
	fmt.Fprintf(&b, "startxref\n%d\n%%%%EOF\n", start)
	return b.Bytes()
}

// bytes ends the drawing and returns the file.
func (c *canvas) bytes(a about) ([]byte, error) {
	c.flush()
	order, used := c.cut()
	var raw bytes.Buffer
	if err := c.pdf.Output(&raw); err != nil {
		return nil, errFile(err.Error())
	}
	f, err := readFile(raw.Bytes())
	if err != nil {
		return nil, err
	}
	info := f.root - 1
	fonts, err := f.fonts(string(f.objects[2*c.page+2].stream), order, c.codes, used)
	if err != nil {
		return nil, err
	}
	c.content.finish()
	f.contents(c.content.parts)
	var stamps strings.Builder
	for i, s := range c.stamps {
		n := f.add(object{dict: fmt.Sprintf("<</Type /XObject /Subtype /Form /BBox [0 %.2f %.2f %.2f] /Resources <<%s>>>>", -s.h, s.w, s.h, fonts), stream: s.ops})
		fmt.Fprintf(&stamps, "/S%d %d 0 R ", i, n)
	}
	f.objects[2] = object{dict: "<<" + fonts + "/XObject <<" + stamps.String() + ">>>>"}
	f.describe(a)
	return f.write(info), nil
}

// cut has gofpdf take in the letters of each style, so that it embeds them: it does so
// for texts, which it writes on the last page and which are not kept.
func (c *canvas) cut() (order []style, used []rune) {
	seen := map[rune]bool{}
	c.pdf.SetPage(c.page)
	for st := range styles {
		var letters []rune
		for i, bits := range c.used[st] {
			for k := range 64 {
				if bits&(1<<k) != 0 {
					letters = append(letters, rune(i<<6|k))
				}
			}
		}
		if len(letters) == 0 {
			continue
		}
		for _, r := range letters {
			if !seen[r] {
				seen[r] = true
				used = append(used, r)
			}
		}
		// gofpdf keeps the bytes and writes to them when it cuts the font, so each
		// document gets its own copy.
		c.pdf.AddUTF8FontFromBytes(family, st.letters(), bytes.Clone(fontBytes(st)))
		c.pdf.SetFont(family, st.letters(), 10)
		c.pdf.Text(0, 0, string(letters))
		order = append(order, st)
	}
	slices.Sort(used)
	return order, used
}
