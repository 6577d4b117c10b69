package source

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Where no other text is read, every option on how it would be is refused by its name.
func TestNoneGiven(t *testing.T) {
	var like, all Texts
	c, whole := &cobra.Command{}, &cobra.Command{}
	like.AddLike(c)
	all.Add(whole)
	refuse := func(f *pflag.Flag) {
		err := NoneGiven(func(option string) bool { return option == f.Name }, "--held-out")
		if err == nil || !strings.HasPrefix(err.Error(), "--"+f.Name+" is for the texts of --held-out") {
			t.Errorf("--%s: %v", f.Name, err)
		}
	}
	c.Flags().VisitAll(refuse)
	whole.Flags().VisitAll(refuse)
	if err := NoneGiven(func(option string) bool { return option == "measure" }, "--held-out"); err != nil {
		t.Error(err)
	}
}
