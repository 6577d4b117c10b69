package vectorize

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Finding out a document's language
//
// Scripts that one language uses decide by themselves, and those that several use decide among
// which. Of these each language has a
// score, the sum of the weights of its stop words in the text; a word's weight is shared by the
// languages that have it: "de" says little, "avec" much. Lists of stop words are there anyway. A
// word that is none speaks for the languages that have all its letters beyond ASCII, ł for Polish:
// of 3,395 pieces of eight words in 17 languages, beside English texts, 2,378 were told without
// that, and 2,947 are; of 17,000 sentences in the main language 49 were thought to be in another, and
// 35 are. What more words of another language stand in than of the main one, but too few to tell, is
// counted (Table.UnclearLanguages).
// The letter trigrams of whatlanggo 1.0.1 know sentences in 16 languages as well, but take 1.1 ms
// for a post of 20 Newsgroups, and find 13 of 1,000 English ones to be something else; scores
// take 0.02 ms, and the five posts of all 19,997 that they say are not English are not.
//
// A corpus has a main language, that of most of its first documents. Whatever has enough of its
// stop words is in it, without scores, and so is what is too short to tell: so English texts are
// counted by "auto" as they are by "en", and as fast. Stop words of another language count once a
// text, since one that is a word like others here ("dog" is Danish for "but") may come often: of
// 1,000 English texts of 18 words, none a stop word, 36 were thought to be in another language, and
// none is. What texts of three words are in shows in all of them together: in 168 of 170 samples
// of 64 beginnings of sentences in 17 languages, and in the two others it is called doubtful.

const (
	// leading is the number of documents that the main language is taken from.
	leading = 64
	// sampled is the number of bytes of a document that are scored.
	sampled = 8 << 10
	// englishShare is the share of stop words among the tokens from which a document is in
	// the main language without scores, if that is English: some of 20 Newsgroups' posts
	// have fewer, headers and all, and of German texts 0.12 are English stop words at most.
	// Other languages have nearer relatives: of a Portuguese text's words 0.38 were Spanish
	// stop words.
	englishShare = 0.25
	mainShare    = 0.6
	// Another language must have so many stop words, so large a share of the
	// tokens, and so many times the score that the main language has.
	leastStops  = 3
	leastShare  = 0.15
	leastFactor = 1.5
	// rareScript is the share of letters up to which Greek or Thai is thought a citation.
	rareScript = 0.3
)

// stopWordLanguages are the languages of each stop word, as places in codes.
type stopWordLanguages struct {
	codes     []string
	words     wordNumbers
	languages [][]int // by the number of the word
}

func newStopWordLanguages() *stopWordLanguages {
	e := &stopWordLanguages{codes: knownLanguages(), words: newWordNumbers()}
	for i, code := range e.codes {
		for _, word := range StopWords(code) {
			number, known := e.words.find([]byte(word))
			if !known {
				number = int32(len(e.languages))
				e.words.add([]byte(word), number)
				e.languages = append(e.languages, nil)
			}
			e.languages[number] = append(e.languages[number], i)
		}
	}
	return e
}

// of returns the number of a word and its languages.
func (e *stopWordLanguages) of(word []byte) (number int32, places []int) {
	number, known := e.words.find(word)
	if !known {
		return 0, nil
	}
	return number, e.languages[number]
}

// detector finds out the language of texts. Those of several tallies share the stop
// words of all languages, which are put together when the first text is scored.
type detector struct {
	words   func() *stopWordLanguages
	tokens  tokenizer
	choices []string // the languages that a text may be in
	scripts bool     // whether the script decides among which of them, and each stop word counts once a text: since rules 2
	letters bool     // whether the letters of other words count as stop words do: since rules 4
	foreign bool     // whether scripts of none of the languages are known as such: since rules 5

	alphabets *alphabetLanguages
	seen      []uint32        // for each stop word, by its number: the last text in which it was found
	seenIn    map[rune]uint32 // the same for letters
	texts     uint32          // that were scored
	last      score           // whose room the next one takes
	among     map[*unicode.RangeTable][]string
	unclear   bool // whether the last text was said to be in the main language for want of words
}

func newDetector(o *Options, words func() *stopWordLanguages) *detector {
	tokens := newWordTokenizer(&Options{Split: URLs | Emails, Rules: o.Rules}, false)
	return &detector{words: words, tokens: tokens, choices: o.choices(), scripts: o.Rules > WordRules, letters: o.Rules > StopWordRules, foreign: o.Rules > LetterRules}
}

// mayDiffer reports whether a text with so many stop words of the main language may be in
// another one.
func mayDiffer(main string, stops, tokens int) bool {
	share := mainShare
	if main == "en" {
		share = englishShare
	}
	return float64(stops) < share*float64(tokens)
}

// score is what the stop words of a text say, for each language.
type score struct {
	tokens   int
	hits     []int
	distinct []int // of the hits
	weight   []float64
}

// language returns that of a text, or main if nothing speaks clearly for another. With an
// empty main any score will do, and without one the language is empty too.
func (d *detector) language(text, main string) string {
	text, d.unclear = beginning(text), false
	if code := byScript(text); slices.Contains(d.choices, code) {
		return code
	}
	if d.scripts {
		return d.inScript(text, main, scriptOfMost(text))
	}
	return d.byStopWords(text, main, d.choices)
}

// inScript is the language of a text among those that are written in its script. A main language
// of another script is out of the question, and so the best of them is taken, however little
// speaks for it.
func (d *detector) inScript(text, main string, script *unicode.RangeTable) string {
	codes := d.writtenIn(script)
	if script == nil && d.foreign {
		return d.forForeign(main)
	}
	if d.letters && script == unicode.Cyrillic {
		if code := byCyrillic(text); slices.Contains(codes, code) {
			return code
		}
	}
	switch {
	case len(codes) == 0:
		return main
	case main != "" && !slices.Contains(codes, main) && script == unicode.Cyrillic:
		return d.byStopWords(text, cyrillicOf(text, codes), codes)
	case main != "" && !slices.Contains(codes, main) && slices.Contains(codes, "en"):
		return d.byStopWords(text, "en", codes)
	case main != "" && !slices.Contains(codes, main):
		return d.byStopWords(text, codes[0], codes)
	}
	return d.byStopWords(text, main, codes)
}

// forForeign is the language by which a text in a script of none of them is counted: the main one, if
// that changes no letters of other scripts, or else English.
func (d *detector) forForeign(main string) string {
	if main != "" && scriptOfLanguage(main) == nil && slices.Contains(d.choices, "en") {
		return "en"
	}
	return main
}

// writtenIn is those of the choices that are written in a script.
func (d *detector) writtenIn(script *unicode.RangeTable) []string {
	codes, known := d.among[script]
	if known {
		return codes
	}
	for _, code := range d.choices {
		if scriptOfLanguage(code) == script {
			codes = append(codes, code)
		}
	}
	if d.among == nil {
		d.among = map[*unicode.RangeTable][]string{}
	}
	d.among[script] = codes
	return codes
}

// cyrillicOf is Ukrainian for a text with letters that only it has, and else Russian, if they are
// among the languages.
func cyrillicOf(text string, codes []string) string {
	for _, code := range []string{"uk", "ru"} {
		if slices.Contains(codes, code) && (code == "ru" || strings.ContainsAny(text, "іїєґІЇЄҐ")) {
			return code
		}
	}
	return codes[0]
}

// scriptOfLanguage is that of the stop words of a language, of those that several have.
func scriptOfLanguage(code string) *unicode.RangeTable {
	switch code {
	case "ru", "uk":
		return unicode.Cyrillic
	case "ar", "el", "he", "ja", "ko", "th", "zh":
		return nil // which only one has
	}
	return unicode.Latin
}

// scriptOfMost is the script of most of the letters, of Latin and Cyrillic; nil if neither has
// most of them.
func scriptOfMost(text string) *unicode.RangeTable {
	if isASCII(text) {
		return unicode.Latin
	}
	letters, latin, cyrillic := 0, 0, 0
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			if firstClasses[byte(r)] == letter {
				letters++
				latin++
			}
		case unicode.IsLetter(r):
			letters++
			if unicode.Is(unicode.Latin, r) {
				latin++
			} else if unicode.Is(unicode.Cyrillic, r) {
				cyrillic++
			}
		}
	}
	switch {
	case 2*cyrillic > letters:
		return unicode.Cyrillic
	case 2*latin > letters || letters == 0:
		return unicode.Latin
	}
	return nil
}

// byStopWords is the language, of some, with the highest score.
func (d *detector) byStopWords(text, main string, among []string) string {
	codes := d.words().codes
	v := d.score(text)
	best, _ := d.bestOf(among, &v)
	need := 0.0
	if at := slices.Index(codes, main); at >= 0 {
		need = leastFactor * v.weight[at]
		d.unclear = best >= 0 && v.weight[best] > v.weight[at]
	}
	stops := v.distinct
	if !d.scripts { // as the models were counted that are inferred by these rules
		stops = v.hits
	}
	if best < 0 || stops[best] < leastStops || float64(v.hits[best]) < leastShare*float64(v.tokens) || v.weight[best] <= need {
		return main
	}
	d.unclear = false
	return codes[best]
}

// newScore is an empty score, in the room of the last: of a million short texts their room was a
// quarter of all memory that was asked for.
func (d *detector) newScore(n int) score {
	if d.last.hits == nil {
		d.last = score{hits: make([]int, n), distinct: make([]int, n), weight: make([]float64, n)}
	}
	clear(d.last.hits)
	clear(d.last.distinct)
	clear(d.last.weight)
	return d.last
}

// score is valid until the next one.
func (d *detector) score(text string) score {
	e := d.words()
	v := d.newScore(len(e.codes))
	d.nextText(len(e.languages))
	d.tokens.cut(text, func(token []byte) {
		v.tokens++
		number, listing := e.of(token)
		if listing == nil && !isASCII(token) {
			number, listing = e.of(norm.NFC.Bytes(token))
		}
		switch {
		case listing != nil:
			v.add(listing, d.seen[number] != d.texts)
			d.seen[number] = d.texts
		case d.letters && !isASCII(token):
			letter, listing := d.alphabets.of(norm.NFC.Bytes(token))
			v.add(listing, d.seenIn[letter] != d.texts)
			d.seenIn[letter] = d.texts
		}
	})
	return v
}

// add counts a word of some languages.
func (v *score) add(languages []int, first bool) {
	for _, i := range languages {
		v.hits[i]++
		v.weight[i] += 1 / float64(len(languages))
		if first {
			v.distinct[i]++
		}
	}
}

// nextText forgets which stop words were seen.
func (d *detector) nextText(words int) {
	if d.texts++; d.seen == nil || d.texts == 0 {
		d.seen, d.texts = make([]uint32, words), 1
		d.seenIn = map[rune]uint32{}
		d.alphabets = newAlphabetLanguages(d.words().codes)
	}
}

func isASCII[S []byte | string](text S) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// beginning is the part of a text that is looked at, without half a character.
func beginning(text string) string {
	if len(text) <= sampled {
		return text
	}
	end := sampled
	for end > sampled-utf8.UTFMax && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

// byScript is the language of a text in a script that only one of the languages uses.
func byScript(text string) string {
	if isASCII(text) {
		return ""
	}
	letters, wide := 0, 0
	var greek, hebrew, arabic, persian, thai, hangul, kana, han int
	for _, r := range text {
		if r < utf8.RuneSelf {
			if firstClasses[byte(r)] == letter {
				letters++
			}
			continue
		}
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		wide++
		switch {
		case r < '\u0370':
		case unicode.Is(unicode.Greek, r):
			greek++
		case unicode.Is(unicode.Hebrew, r):
			hebrew++
		case strings.ContainsRune("پچژگٹڈڑےیک", r): // letters that Arabic has not
			persian++
		case unicode.Is(unicode.Arabic, r):
			arabic++
		case unicode.Is(unicode.Thai, r):
			thai++
		case unicode.Is(unicode.Hangul, r):
			hangul++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			kana++
		case unicode.Is(unicode.Han, r):
			han++
		}
	}
	enough := int(math.Ceil(rareScript*float64(letters))) + 1
	switch {
	case wide < enough:
		return ""
	case greek >= enough:
		return "el"
	case hebrew >= enough:
		return "he"
	case arabic >= enough && persian*20 < arabic:
		return "ar"
	case thai >= enough:
		return "th"
	case hangul >= enough:
		return "ko"
	case kana+han >= enough && kana*20 > han: // Japanese without any kana is a heading
		return "ja"
	case kana+han >= enough:
		return "zh"
	}
	return ""
}

// mainLanguage is the language of most of the texts, or that of all together if less than half of
// them show one. If neither does it is doubtful.
func (d *detector) mainLanguage(texts []string) (main string, doubtful bool) {
	counts := map[string]int{}
	for _, text := range texts {
		counts[d.language(text, "")]++
	}
	for _, code := range d.choices {
		if counts[code] > counts[main] || main == "" && counts[code] > 0 {
			main = code
		}
	}
	if main != "" && 2*counts[""] <= len(texts) {
		return main, false
	}
	code, clear := d.ofAll(texts)
	if clear {
		return code, false
	}
	return cmp.Or(main, code), true
}

const (
	// allStops, allShare and leastFactor are what the language of many short texts together must
	// have: different stop words, of all words, and times the score of the next. Names and headings
	// have a lower share than sentences.
	allStops = 5
	allShare = 0.05
)

// ofAll is the language of texts taken together, and whether it is clear. If it is not it is the
// usual one of their script, which is English for Latin letters.
func (d *detector) ofAll(texts []string) (code string, clear bool) {
	var all strings.Builder
	for _, text := range texts {
		if all.WriteString(beginning(text) + "\n"); all.Len() > leading*sampled/8 {
			break
		}
	}
	script := scriptOfMost(all.String())
	codes := slices.DeleteFunc(slices.Clone(d.choices), func(code string) bool { return script != nil && scriptOfLanguage(code) != script })
	if len(codes) == 0 {
		codes = d.choices
	}
	v := d.score(all.String())
	best, next := d.bestOf(codes, &v)
	if v.distinct[best] >= allStops && float64(v.hits[best]) >= allShare*float64(v.tokens) && v.weight[best] >= leastFactor*next {
		return d.words().codes[best], true
	}
	switch {
	case script == unicode.Cyrillic:
		return cyrillicOf(all.String(), codes), false
	case slices.Contains(codes, "en"):
		return "en", false
	}
	return codes[0], false
}

// bestOf is the place of the language, of some, with the highest score, and the next score.
func (d *detector) bestOf(codes []string, v *score) (best int, next float64) {
	best = -1
	for i, code := range d.words().codes {
		switch {
		case !slices.Contains(codes, code):
		case best < 0:
			best = i
		case v.weight[i] > v.weight[best]:
			best, next = i, v.weight[best]
		default:
			next = max(next, v.weight[i])
		}
	}
	return best, next
}
