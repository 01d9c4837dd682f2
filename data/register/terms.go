package register

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"giaoban/data"
	"giaoban/data/text"
)

// Terms is a search text taken apart.
type Terms struct {
	Free       string      // what is looked for anywhere, as typed
	Conditions []Condition // all of them must hold
	// Plain are parts of the text that look like conditions and are none, as
	// typed. They are looked for as they stand, unless nothing is found so.
	Plain []string
	Notes []string // for each of them, in Vietnamese, what was not understood
}

// Condition is one field word with its value.
type Condition struct {
	Word  Word
	Value string   // as typed, without quotes; for dates too
	Whole bool     // the value stood between quotes: it is not to be shortened
	Days  *DaySpan // for nhận, hạn and xong: open sides are far days
	Has   Answer   // for hạn, xong and thư xin lỗi: «có» or «chưa»
}

// farDays are before and after every day of a dossier.
var farDays = DaySpan{-1 << 30, 1 << 30}

// token is a piece of a search text.
type token struct {
	from, to int
	kind     tokenKind
	fold     string // of a word or of what stands between quotes
	raw      string // the same, as typed
}

type tokenKind uint8

const (
	tokenWord tokenKind = iota
	tokenQuoted
	tokenSign
)

// ParseText takes a search text apart: field words with a sign and a value, with
// or without diacritics, with blanks around the sign or none, mixed with free
// text. The value of a word that names texts goes up to the next field word;
// what of it names nothing in the catalogue is free text again (see
// Register.List). Days are dd/mm/yyyy, dd/mm, mm/yyyy, yyyy, yyyy-mm-dd, two of
// them with «..» or «đến» between, or words like hôm nay, tuần này, tháng trước,
// quý III/2022; they take the signs : = < <= > >=.
//
// What is not understood is no failure: the terms are good in any case. The
// error, a *data.Error with code Invalid and field "text", then says in one
// message what Terms.Notes say.
func ParseText(text string, today data.Day) (Terms, error) {
	p := parser{text: text, today: today, tokens: split(text)}
	p.run()
	if len(p.terms.Notes) > 0 {
		return p.terms, &data.Error{Code: data.Invalid, Field: "text", Message: strings.Join(p.terms.Notes, " ")}
	}
	return p.terms, nil
}

// split cuts a text into words, quoted parts and signs.
func split(text string) (list []token) {
	for i := 0; i < len(text); {
		c, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsSpace(c):
			i += n
			continue
		case c == '"' || c == '“' || c == '”' || c == '«' || c == '»':
			end, m := strings.IndexAny(text[i+n:], "\"“”«»"), 0
			if end < 0 {
				end = len(text) - i - n
			} else {
				_, m = utf8.DecodeRuneInString(text[i+n+end:])
			}
			raw := text[i+n : i+n+end]
			list = append(list, token{i, i + n + end + m, tokenQuoted, Phrase(raw), raw})
			i += n + end + m
			continue
		case isSign(c):
			to := i + n
			if to < len(text) && text[to] == '=' && (c == '<' || c == '>') {
				to++
			}
			list = append(list, token{i, to, tokenSign, signOf(text[i:to]), text[i:to]})
			i = to
			continue
		}
		to := i
		for to < len(text) {
			c, n := utf8.DecodeRuneInString(text[to:])
			if unicode.IsSpace(c) || isSign(c) || strings.ContainsRune("\"“”«»", c) {
				break
			}
			to += n
		}
		list = append(list, token{i, to, tokenWord, Phrase(text[i:to]), text[i:to]})
		i = to
	}
	return list
}

func isSign(c rune) bool { return strings.ContainsRune(":=<>≤≥：", c) }

func signOf(s string) string {
	switch s {
	case "≤":
		return "<="
	case "≥":
		return ">="
	case ":", "：":
		return "="
	}
	return s
}

// head is a field word with its sign among the tokens.
type head struct {
	word     *fieldWord
	from, at int // first token of the word, token of the sign
}

type parser struct {
	text   string
	today  data.Day
	tokens []token
	terms  Terms
	free   []string
}

func (p *parser) run() {
	heads := p.heads()
	first := len(p.tokens)
	if len(heads) > 0 {
		first = heads[0].from
	}
	p.addFree(0, first)
	for i, h := range heads {
		end := len(p.tokens)
		if i+1 < len(heads) {
			end = heads[i+1].from
		}
		p.value(h, end)
	}
	p.terms.Free = strings.Join(p.free, " ")
}

// addFree adds the tokens from…to, as typed, to the free text.
func (p *parser) addFree(from, to int) {
	if from < to {
		p.free = append(p.free, p.text[p.tokens[from].from:p.tokens[to-1].to])
	}
}

// heads finds the field words that stand before a sign.
func (p *parser) heads() (list []head) {
	last := 0
	for i, t := range p.tokens {
		if t.kind != tokenSign {
			continue
		}
		found := false
		for n := min(longestName, i-last); n > 0 && !found; n-- {
			words := p.words(i-n, i)
			if w := wordsByName[strings.Join(words, " ")]; len(words) == n && w != nil {
				list, found = append(list, head{w, i - n, i}), true
				last = i + 1
			}
		}
		if !found && t.fold == "=" && t.raw != "=" && i > last && p.tokens[i-1].kind == tokenWord && letters(p.tokens[i-1].raw) {
			p.terms.Notes = append(p.terms.Notes, fmt.Sprintf("«%s» không phải là từ để lọc; đang tìm như chữ thường.", p.tokens[i-1].raw))
		}
	}
	return list
}

func letters(text string) bool {
	return !strings.ContainsFunc(text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.Is(unicode.Mn, c) })
}

// words returns the folded words among the tokens from…to, up to one that is
// none.
func (p *parser) words(from, to int) (list []string) {
	for _, t := range p.tokens[from:to] {
		if t.kind != tokenWord {
			break
		}
		list = append(list, t.fold)
	}
	return list
}

// value reads what follows a field word, up to the token end.
func (p *parser) value(h head, end int) {
	from := h.at + 1
	sign := p.tokens[h.at].fold
	if from == end {
		return // the officer is still typing
	}
	if h.word.dates {
		p.days(h, sign, end)
		return
	}
	if sign != "=" {
		p.plain(h, end, fmt.Sprintf("Dấu %s chỉ dùng với ngày: nhận, hạn, xong.", p.tokens[h.at].raw))
		return
	}
	c := Condition{Word: h.word.word}
	to := end
	switch {
	case p.tokens[from].kind == tokenQuoted:
		c.Value, c.Whole, to = p.tokens[from].raw, true, from+1
	case h.word.one:
		to = from + 1
		c.Value = p.tokens[from].raw
	default:
		for i := from; i < end; i++ {
			if p.tokens[i].kind == tokenQuoted {
				to = i
				break
			}
		}
		c.Value = p.text[p.tokens[from].from:p.tokens[to-1].to]
	}
	if h.word.word == WordLetter {
		used := 0
		if c.Has, used = hasOf(p.words(from, to)); used == 0 {
			p.plain(h, end, "Sau «thư xin lỗi:» viết «có» hoặc «chưa».")
			return
		}
		to = from + used
	}
	if Phrase(c.Value) != "" {
		p.terms.Conditions = append(p.terms.Conditions, c)
	}
	p.addFree(to, end)
}

// hasOf reads «có» or «chưa».
func hasOf(words []string) (Answer, int) {
	if len(words) == 0 {
		return Any, 0
	}
	switch words[0] {
	case "co", "roi", "da":
		if len(words) > 1 && words[1] == "co" {
			return Yes, 2
		}
		return Yes, 1
	case "chua", "khong":
		if len(words) > 1 && words[1] == "co" {
			return No, 2
		}
		return No, 1
	}
	return Any, 0
}

// days reads the days after nhận, hạn or xong.
func (p *parser) days(h head, sign string, end int) {
	from := h.at + 1
	words := p.words(from, end)
	c := Condition{Word: h.word.word}
	if has, used := hasOf(words); used > 0 && sign == "=" && h.word.word != WordReceived {
		c.Has, c.Value = has, p.text[p.tokens[from].from:p.tokens[from+used-1].to]
		p.terms.Conditions = append(p.terms.Conditions, c)
		p.addFree(from+used, end)
		return
	}
	span, used := parseDays(words, p.today)
	if used == 0 {
		if len(words) > 0 && len(words) == end-from && mayGrow(words) {
			p.terms.Notes = append(p.terms.Notes, fmt.Sprintf("«%s» chưa đủ là một ngày.", p.text[p.tokens[from].from:p.tokens[end-1].to]))
			return
		}
		p.plain(h, end, fmt.Sprintf("«%s» không phải là ngày. Viết ví dụ 05/03/2023, 03/2023, 2023, hôm nay, tuần này.", p.text[p.tokens[from].from:p.tokens[end-1].to]))
		return
	}
	switch sign {
	case "<":
		span = DaySpan{farDays.From, span.From - 1}
	case "<=":
		span.From = farDays.From
	case ">":
		span = DaySpan{span.To + 1, farDays.To}
	case ">=":
		span.To = farDays.To
	}
	c.Days, c.Value = &span, p.text[p.tokens[from].from:p.tokens[from+used-1].to]
	p.terms.Conditions = append(p.terms.Conditions, c)
	p.addFree(from+used, end)
}

// plain lets a field word and what follows it be looked for as they stand.
func (p *parser) plain(h head, end int, note string) {
	p.terms.Plain = append(p.terms.Plain, p.text[p.tokens[h.from].from:p.tokens[end-1].to])
	p.terms.Notes = append(p.terms.Notes, note)
}

// Word is a field word of the search: what stands before the sign in
// «đơn vị: tài nguyên». Its text is the one that officers read.
type Word string

// The field words.
const (
	WordCode      Word = "mã"
	WordOwner     Word = "tên"
	WordAddress   Word = "địa chỉ"
	WordPhone     Word = "sđt"
	WordIdentity  Word = "cccd"
	WordProcedure Word = "thủ tục"
	WordField     Word = "lĩnh vực"
	WordUnit      Word = "đơn vị"
	WordContent   Word = "nội dung"
	WordChannel   Word = "kênh"
	WordState     Word = "tình trạng"
	WordReceived  Word = "nhận"
	WordDue       Word = "hạn"
	WordEnded     Word = "xong"
	WordDesk      Word = "bàn"
	WordOfficer   Word = "cán bộ"
	WordReceiver  Word = "nơi nhận"
	WordLetter    Word = "thư xin lỗi"
)

// fieldWord tells what may follow a field word.
type fieldWord struct {
	word  Word
	note  string
	in    place    // looked for in these texts of a dossier
	one   bool     // the value is one word, not several
	dates bool     // the value is a day or some days
	other []string // further ways to write it
}

// fieldWords in the order in which they are offered.
var fieldWords = []fieldWord{
	{word: WordUnit, note: "đơn vị giải quyết", other: []string{"đơn vị giải quyết", "cơ quan"}},
	{word: WordState, note: "quá hạn, trong hạn, chờ bổ sung…", other: []string{"trạng thái", "kết quả"}},
	{word: WordDue, note: "ngày hẹn trả, ví dụ hạn<=hôm nay", dates: true, other: []string{"hẹn", "hẹn trả", "hạn trả", "ngày hẹn", "ngày hẹn trả"}},
	{word: WordReceived, note: "ngày tiếp nhận, ví dụ nhận:2022", dates: true, other: []string{"tiếp nhận", "ngày nhận", "ngày tiếp nhận"}},
	{word: WordEnded, note: "ngày có kết quả, ví dụ xong:tuần này", dates: true, other: []string{"ngày xong", "kết thúc", "ngày kết thúc"}},
	{word: WordOwner, note: "tên chủ hồ sơ", in: inName, other: []string{"chủ", "chủ hồ sơ", "tên chủ hồ sơ", "họ tên", "người nộp"}},
	{word: WordCode, note: "mã hồ sơ", in: inCode, one: true, other: []string{"mã hồ sơ", "mã số", "số hồ sơ"}},
	{word: WordProcedure, note: "tên hoặc mã thủ tục", other: []string{"tên thủ tục", "tthc"}},
	{word: WordField, note: "lĩnh vực của thủ tục"},
	{word: WordAddress, note: "địa chỉ của chủ hồ sơ", in: inAddress},
	{word: WordPhone, note: "số điện thoại", in: inPhone, one: true, other: []string{"điện thoại", "số điện thoại"}},
	{word: WordIdentity, note: "số định danh, căn cước", in: inIdentity, one: true, other: []string{"cmnd", "căn cước", "số định danh", "số giấy tờ"}},
	{word: WordContent, note: "nội dung, trích yếu", in: inContent, other: []string{"trích yếu"}},
	{word: WordChannel, note: "trực tiếp, trực tuyến, bưu chính", other: []string{"kênh tiếp nhận", "hình thức"}},
	{word: WordDesk, note: "bàn đang giữ hồ sơ", other: []string{"đang giữ", "bộ phận"}},
	{word: WordOfficer, note: "cán bộ tiếp nhận", other: []string{"người nhận", "cán bộ nhận"}},
	{word: WordReceiver, note: "nơi tiếp nhận khi khác đơn vị giải quyết", other: []string{"nơi tiếp nhận", "đơn vị nhận"}},
	{word: WordLetter, note: "có hoặc chưa", other: []string{"thư", "xin lỗi"}},
}

// wordsByName finds a field word by its folded names, with and without blanks.
var wordsByName = func() map[string]*fieldWord {
	m := map[string]*fieldWord{}
	for i := range fieldWords {
		w := &fieldWords[i]
		for _, name := range append([]string{string(w.word)}, w.other...) {
			m[text.Fold(name)] = w
			m[strings.ReplaceAll(text.Fold(name), " ", "")] = w
		}
	}
	return m
}()

// longestName is how many words the longest name of a field word has.
const longestName = 4
