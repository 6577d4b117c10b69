package extract

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"
)

// cue is the line of times above a piece of speech: 00:00:01,000 --> 00:00:02,000, or
// 0:00:01.000,0:00:02.000.
var cue = regexp.MustCompile(`^\s*(?:\d{1,2}:)?\d{1,2}:\d\d[.,]\d{1,3}(?: *--> *|,)(?:\d{1,2}:)?\d{1,2}:\d\d[.,]\d{1,3}`)

// IsSubtitles tells the subtitles of a film, or what was said in a recording, by the beginning: SRT,
// WebVTT, SubStation Alpha and those of YouTube.
func IsSubtitles(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	if len(head) == 0 || head[0] != '[' && head[0] != 'W' && (head[0] < '0' || head[0] > '9') {
		return false
	}
	text := string(head[:min(len(head), 2048)])
	if strings.HasPrefix(text, "[Script Info]") || strings.HasPrefix(text, "WEBVTT") {
		return true
	}
	first, rest, _ := strings.Cut(text, "\n")
	second, _, _ := strings.Cut(rest, "\n")
	return cue.MatchString(first) || strings.Trim(first, "0123456789 \r") == "" && cue.MatchString(second)
}

// Subtitles reads what is said: without times, numbers and marks, and once what programs repeat
// while they write along.
func Subtitles(raw []byte, limit int64) (Text, error) {
	if int64(len(raw)) > limit {
		return Text{}, TooMuch(limit)
	}
	text := strings.ReplaceAll(strings.TrimPrefix(string(raw), "\ufeff"), "\r\n", "\n")
	var s said
	if strings.HasPrefix(strings.TrimSpace(text), "[Script Info]") {
		s.script(text)
	} else {
		s.cues(text)
	}
	return whole(Text{Body: strings.Join(s.lines, "\n")})
}

// said collects lines.
type said struct{ lines []string }

var inSubtitles = regexp.MustCompile(`<[^<>]*>|\{[^{}]*\}`)

// add adds a line, unless it is one of the last.
func (s *said) add(line string) {
	const last = 2
	line = strings.Join(strings.Fields(html.UnescapeString(inSubtitles.ReplaceAllString(line, ""))), " ")
	if line != "" && !slices.Contains(s.lines[max(0, len(s.lines)-last):], line) {
		s.lines = append(s.lines, line)
	}
}

// cues reads blocks parted by empty lines: what stands in each below its times. Others are remarks
// and styles.
func (s *said) cues(text string) {
	inside := false
	for line := range strings.Lines(text) {
		switch line = strings.TrimSpace(line); {
		case cue.MatchString(line):
			inside = true
		case line == "":
			inside = false
		case inside:
			s.add(line)
		}
	}
}

// script reads the lines of dialogue of SubStation Alpha, whose text is the last of several fields.
func (s *said) script(text string) {
	fields := 10
	for line := range strings.Lines(text) {
		kind, rest, _ := strings.Cut(line, ":")
		switch kind {
		case "Format":
			if strings.HasSuffix(strings.TrimSpace(rest), "Text") {
				fields = strings.Count(rest, ",") + 1
			}
		case "Dialogue":
			parts := strings.SplitN(rest, ",", fields)
			if len(parts) < fields {
				continue
			}
			for part := range strings.SplitSeq(strings.ReplaceAll(parts[fields-1], `\n`, `\N`), `\N`) {
				s.add(part)
			}
		}
	}
}
