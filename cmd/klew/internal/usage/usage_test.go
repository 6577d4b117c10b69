package usage

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// given parses a command line with an option of each kind, and returns the fault found.
func given(line string) (kind string, number int, share float64, fault string) {
	kind, number, share = "csv", 10, 0.5
	var some []string
	c := &cobra.Command{Use: "klew", SilenceErrors: true, SilenceUsage: true, RunE: func(*cobra.Command, []string) error { return nil }}
	c.SetFlagErrorFunc(Explain)
	Choose(c, &kind, "format", "f", []string{"csv", "tsv", "json"}, "how")
	ChooseSome(c, &some, "measure", []string{"npmi", "c_v"}, "which")
	Listed(c, &number, "words", "n", 1, "how many")
	Fraction(c, &share, "lambda", "of relevance")
	Threads(c, new(int))
	Resamples(c, new(int))
	c.Flags().Uint64("seed", 1, "")
	c.Flags().Bool("up", false, "")
	c.Flags().Bool("down", false, "")
	Either(c, "up", "down")
	c.Flags().Float64("tol", 1, "")
	c.SetArgs(strings.Fields(line))
	if err := c.Execute(); err != nil {
		if !IsMistake(err) {
			return "", 0, 0, "no mistake: " + err.Error()
		}
		fault = err.Error()
	}
	return kind, number, share, fault
}

// A fault says what was given to which option and what may be, and nothing huge gets through.
func TestFaults(t *testing.T) {
	for line, want := range map[string]string{
		"-f json -n 3 --lambda 0.25 --measure npmi,c_v": "",
		"-f cvs":                       "--format cvs: must be one of csv, tsv, json (did you mean csv?)",
		"-f picture":                   "--format picture: must be one of csv, tsv, json",
		"--measure npmi,cv":            "--measure npmi,cv: must be one of npmi, c_v (did you mean c_v?)",
		"-n 0":                         "--words 0: must be a whole number from 1 to 1000000",
		"-n 9223372036854775807":       "--words 9223372036854775807: must be a whole number from 1 to 1000000",
		"--words 99999999999999999999": "--words 99999999999999999999: must be a whole number from 1 to 1000000",
		"-n ten":                       "--words ten: must be a whole number from 1 to 1000000",
		"--lambda 1.5":                 "--lambda 1.5: must be a number from 0 to 1",
		"--lambda NaN":                 "--lambda NaN: must be a number from 0 to 1",
		"--threads 2000000":            "--threads 2000000: must be a whole number from 0 to 4096",
		"--seed -1":                    "--seed -1: must be a whole number, 0 or more",
		"--tol x":                      "--tol x: must be a number",
		"--word 3":                     "there is no option --word (did you mean --words?)",
		"--picture":                    "there is no option --picture",
		"-x":                           "there is no option -x",
		"--resamples 0":                "",
		"--resamples 100":              "",
		"--resamples 99":               "--resamples 99: must be 0 (none) or a whole number from 100 to 100000",
		"--resamples 100001":           "--resamples 100001: must be 0 (none) or a whole number from 100 to 100000",
		"--down --up":                  "--up and --down cannot go together",
		"-n":                           "--words: what is to stand behind it is missing",
		"--words":                      "--words: what is to stand behind it is missing",
	} {
		if _, _, _, fault := given(line); fault != want {
			t.Errorf("%s: %q, want %q", line, fault, want)
		}
	}
}

// What was given is what the command gets.
func TestValues(t *testing.T) {
	if kind, number, share, fault := given("-f json -n 3 --lambda 0.25"); kind != "json" || number != 3 || share != 0.25 || fault != "" {
		t.Errorf("%q, %d, %v, %q", kind, number, share, fault)
	}
	if kind, number, share, fault := given("-f pdf"); kind != "csv" || number != 10 || share != 0.5 || fault == "" {
		t.Errorf("a fault has changed what there was: %q, %d, %v, %q", kind, number, share, fault)
	}
}

// Help lists the choices.
func TestChoicesInHelp(t *testing.T) {
	kind := "csv"
	c := &cobra.Command{Use: "klew"}
	Choose(c, &kind, "format", "f", []string{"csv", "tsv"}, "how to print")
	if got := c.Flags().FlagUsages(); !strings.Contains(got, `-f, --format name   how to print: csv, tsv (default csv)`) {
		t.Error(got)
	}
}

// A command takes the arguments that it names: the last may be missing if it is in brackets, and
// come several times if it ends in dots.
func TestArgs(t *testing.T) {
	for _, c := range []struct {
		names       []string
		least, most int
	}{
		{[]string{"MODEL"}, 1, 1}, {[]string{"MODEL", "DOC"}, 2, 2}, {[]string{"MODEL", "[PAIRS]"}, 1, 2},
		{[]string{"MODEL", "TERM..."}, 2, 9}, {[]string{"MODEL", "[LINE...]"}, 1, 9},
	} {
		for n := range 10 {
			err := Args(c.names...)(nil, make([]string, n))
			if wrong := n < c.least || n > c.most; wrong != (err != nil) {
				t.Errorf("%s: of %d arguments: %v", c.names, n, err)
			}
		}
	}
}
