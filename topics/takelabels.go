package topics

import "slices"

// TakeLabels gives a model whose topics have the numbers of an older one's (comparison.AlignTo)
// that one's labels, but for the topics that are new, and the words that it bans: as lines of its
// journal. It returns how many of each there are. Whoever fits the model leaves the words out of
// its vocabulary, as Replay.Banned lists them.
func (m *Model) TakeLabels(older *Model, fresh []int) (labels, bans int, err error) {
	edits, err := older.Edits()
	if err != nil {
		return 0, 0, err
	}
	for _, word := range WordsOf(edits, BanWord) {
		if line := (Edit{Verb: BanWord, Text: word}).String(); !slices.Contains(m.Journal, line) {
			m.Journal = append(m.Journal, line)
			bans++
		}
	}
	for k := range older.Topics() {
		label, place := older.OwnLabel(k), older.Number(k)-1
		if label == "" || place >= m.Topics() || slices.Contains(fresh, place) || slices.Contains(m.Gaps, place) {
			continue
		}
		m.Journal = append(m.Journal, Edit{Verb: RenameTopic, Topic: place, Text: label}.String())
		labels++
	}
	return labels, bans, nil
}
