package briefing

import (
	"cmp"
	"encoding/json"
	"strings"

	"giaoban/assets/forms"
	"giaoban/data"
)

// Block is an editable text of the report: Text holds sentences with bound
// figures, one paragraph a line; a line that begins with "- " is an item of a
// list. An empty block is left out, and so is a section of empty blocks.
type Block struct {
	ID      string
	Part    string // id of the section
	Section string // its title, such as "Kết quả giải quyết hồ sơ"
	Name    string // what the block is about, for the officer; printed only where it is a Heading
	Heading bool   // Name is the heading of the block
	Text    string
	Draft   string // Text as the program proposes it
}

// Paragraph is a finished paragraph of a block.
type Paragraph struct {
	Text   string
	Item   bool // an item of a list
	Bounds []Bound
}

// Rendered is a block with its figures filled in.
type Rendered struct {
	Block
	Paragraphs []Paragraph
}

// outline is the shipped draft of the report.
type outline struct {
	ID         string    `json:"id"`
	Title      string    `json:"title"`
	About      string    `json:"about"`
	From       string    `json:"from"`
	Recipients []string  `json:"recipients"`
	Sections   []section `json:"sections"`
}

type section struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Blocks []struct {
		ID   string `json:"id"`
		Name string `json:"name"`
		Text string `json:"text"`
		Each string `json:"each"` // "level": one line for each level
		// Heading prints the name as a heading within the section.
		Heading bool `json:"heading"`
	} `json:"blocks"`
}

// shipped reads the draft of a name that holds on a day.
func shipped(name string, day data.Day) (outline, error) {
	fail := func(err error) (outline, error) {
		return outline{}, data.Fail(data.Internal, "Không đọc được mẫu báo cáo của chương trình. Cài lại chương trình rồi thử lại.", err)
	}
	b, err := forms.Files.ReadFile(cmp.Or(name, "giao-ban") + ".json")
	if err != nil {
		return fail(err)
	}
	var list []outline
	if err := json.Unmarshal(b, &list); err != nil || len(list) == 0 {
		return fail(err)
	}
	chosen := list[0]
	for _, o := range list {
		if from, err := data.ParseISO(o.From); err == nil && from <= day {
			chosen = o
		}
	}
	return chosen, nil
}

// Draft returns the blocks of the report as the program proposes them. Blocks
// for each level hold one line a level of the input.
func Draft(in *Input) ([]Block, error) {
	o, err := shipped(in.Outline, in.AsOf)
	if err != nil {
		return nil, err
	}
	var list []Block
	for _, s := range o.Sections {
		for _, b := range s.Blocks {
			text := b.Text
			if b.Each == "level" {
				var lines []string
				if levels := in.levels(); len(levels) > 1 {
					for _, l := range levels {
						lines = append(lines, strings.NewReplacer("{level.", "{"+levelPrefix(l), "[?level.", "[?"+levelPrefix(l), "[!level.", "[!"+levelPrefix(l)).Replace(text))
					}
				}
				text = strings.Join(lines, "\n")
			}
			list = append(list, Block{ID: b.ID, Part: s.ID, Section: s.Title, Name: b.Name, Heading: b.Heading, Text: text, Draft: text})
		}
	}
	return list, nil
}

// Render fills the figures of the input into the blocks. A paragraph that is
// left with nothing is dropped. The error names a figure that does not exist,
// or a bracket that is missing.
func Render(blocks []Block, in *Input) ([]Rendered, error) {
	f := in.gather()
	list := make([]Rendered, len(blocks))
	for i, b := range blocks {
		list[i].Block = b
		for _, line := range strings.Split(b.Text, "\n") {
			out, err := f.fillText(strings.TrimSpace(line))
			if err != nil {
				return nil, err
			}
			p := Paragraph{Text: out.text.String(), Bounds: out.bound}
			if rest, ok := strings.CutPrefix(p.Text, "- "); ok {
				p.Text, p.Item = rest, true
				for k := range p.Bounds {
					p.Bounds[k].From -= 2
					p.Bounds[k].To -= 2
				}
			}
			trimmed := strings.TrimRight(p.Text, " ")
			if strings.Trim(trimmed, " .,;:-") == "" {
				continue
			}
			p.Text = trimmed
			list[i].Paragraphs = append(list[i].Paragraphs, p)
		}
	}
	return list, nil
}
