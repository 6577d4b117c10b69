package fitting

import (
	"klew/cmd/klew/internal/usage"
	"klew/nmf"
)

// Idle refuses options that were given and would do nothing in a fit with these options; observed says
// that it is to a table with holes, which has penalties unless the user says otherwise.
func Idle(o nmf.Options, observed bool, given func(option string) bool) error {
	free := o.AlphaW == 0 && o.AlphaH == 0 && (!observed || given("alpha-w"))
	noSplit := o.NoSplitMerge()
	if observed {
		noSplit = "topics are split and merged by counts of the whole matrix, of which --observed knows a part"
	}
	switch {
	case given("l1-ratio") && free:
		return usage.Mistakef("--l1-ratio: it is a share of the penalties, and there are none; give --alpha-w or --alpha-h, or leave it out")
	case given("split-merge") && o.SplitMerge != 0 && noSplit != "":
		return usage.Mistakef("--split-merge: %s; leave it out", noSplit)
	}
	return nil
}
