package coherence

// interval is some windows in a row, by the token with which they begin.
type interval struct{ from, to int32 } // to is the first that is not among them

// within appends the windows that hold a word, given where it stands in a document of so
// many windows. They come in order and do not overlap.
func within(to []interval, positions []int32, size, windows int32, exact bool) []interval {
	if exact {
		return holding(to, positions, size, windows)
	}
	return asGensim(to, positions, size, windows)
}

// holding appends the windows in which the word stands: those that begin at most size-1
// tokens before it.
func holding(to []interval, positions []int32, size, windows int32) []interval {
	end := int32(0)
	for _, at := range positions {
		next := interval{max(at-size+1, end), min(at+1, windows)}
		if next.from < next.to {
			to = append(to, next)
			end = next.to
		}
	}
	return to
}

// asGensim appends the windows in which gensim takes the word to be. It slides one window
// and keeps a mark for each word, which is set when one enters and cleared when one
// leaves, though another may still be inside. So after the token at position p has left,
// the word is back with the first token that had not entered by then: the first
// at p+size or later.
func asGensim(to []interval, positions []int32, size, windows int32) []interval {
	to = append(to, interval{max(positions[0]-size+1, 0), min(positions[0]+1, windows)})
	next := 0 // the token with which the word is back
	for i, left := range positions {
		for next < len(positions) && positions[next] < left+size {
			next++
		}
		if next == len(positions) {
			break
		}
		back := interval{positions[next] - size + 1, min(positions[i+1]+1, windows)}
		if back.from < back.to {
			to = append(to, back)
		}
	}
	return to
}

// countWindows is the number of windows in intervals that do not overlap.
func countWindows(in []interval) (n int64) {
	for _, x := range in {
		n += int64(x.to - x.from)
	}
	return n
}

// overlap is the number of windows that are in both.
func overlap(a, b []interval) (n int64) {
	for len(a) > 0 && len(b) > 0 {
		if both := min(a[0].to, b[0].to) - max(a[0].from, b[0].from); both > 0 {
			n += int64(both)
		}
		if a[0].to < b[0].to {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return n
}
