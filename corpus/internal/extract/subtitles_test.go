package extract

import "testing"

// Of subtitles what is said is read, once.
func TestSubtitles(t *testing.T) {
	for name, text := range map[string]string{
		"srt":     "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>Kelp &amp; foam</i>\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\n{\\an8}in 1912\r\n",
		"vtt":     "WEBVTT\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE of Ada\n\nfirst\n00:01.000 --> 00:02.000 align:start\n<v Ada>Kelp &amp; foam</v>\n\n00:02.000 --> 00:03.000\nKelp <00:00:01.500><c>&amp; foam</c>\nin 1912\n",
		"youtube": "0:00:01.000,0:00:02.000\nKelp & foam\n\n0:00:02.000,0:00:03.000\nin 1912\n",
		"ass":     "[Script Info]\nTitle: x\n\n[V4+ Styles]\nFormat: Name, Fontname\n\n[Events]\nFormat: Layer, Start, End, Text\nDialogue: 0,0:00:01.00,0:00:02.00,{\\pos(1,2)}Kelp & foam\\Nin 1912\n",
	} {
		if got, err := Subtitles([]byte(text), 1000); err != nil || got.Body != "Kelp & foam\nin 1912" || !IsSubtitles([]byte(text)) {
			t.Errorf("%s: %q, %v, known: %v", name, got.Body, err, IsSubtitles([]byte(text)))
		}
	}
	for _, text := range []string{"1\nThe first line of a poem\n", "12:30 lunch, 13:30 tea\n", "", "1912\n"} {
		if IsSubtitles([]byte(text)) {
			t.Errorf("%q is taken for subtitles", text)
		}
	}
	if _, err := Subtitles([]byte("WEBVTT\n"), 1000); err == nil {
		t.Error("nothing is said, and that is no fault")
	}
}
