package fitting

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"klew/nmf"
	"klew/topics/tables"
)

// Only what the solver takes is counted, not what is done between its steps.
func TestTraceLeavesOutItsOwnTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		record := Trace{begun: time.Now()}
		step := record.note(func(nmf.Step) { time.Sleep(time.Hour) })
		time.Sleep(1500 * time.Millisecond)
		step(nmf.Step{Divergence: 1e9 + 0.125, Residual: 1})
		time.Sleep(time.Microsecond)
		step(nmf.Step{Iteration: 1, Divergence: 12, Residual: 1.25e-7})
		want := "iteration\tseconds\tdivergence\tresidual\n0\t1.5\t1000000000.125\t1\n1\t1.500001\t12\t1.25e-07\n"
		if got := written(t, &record); got != want {
			t.Errorf("got\n%swant\n%s", got, want)
		}
	})
}

// Steps on a sample are left out, and the time of what they call is not counted.
func TestTraceWithoutTheSample(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		record := Trace{begun: time.Now()}
		step := record.note(func(nmf.Step) { time.Sleep(time.Hour) })
		step(nmf.Step{Divergence: 3, Residual: 1, Sample: true})
		time.Sleep(time.Second)
		step(nmf.Step{Iteration: 30, Divergence: 12, Residual: 1})
		if got, want := written(t, &record), "iteration\tseconds\tdivergence\tresidual\n30\t1\t12\t1\n"; got != want {
			t.Errorf("got\n%swant\n%s", got, want)
		}
	})
}

// With several restarts the last column says which, and the header that it does.
func TestTraceOfRestarts(t *testing.T) {
	record := Trace{begun: time.Now(), last: 1}
	record.note(func(nmf.Step) {})(nmf.Step{Iteration: 4, Restart: 1})
	if got := written(t, &record); !strings.HasPrefix(got, "iteration\tseconds\tdivergence\tresidual\trestart\n4\t") || !strings.HasSuffix(got, "\t2\n") {
		t.Errorf("got\n%s", got)
	}
}

func written(t *testing.T, record *Trace) string {
	t.Helper()
	var b strings.Builder
	if err := tables.Write(&b, tables.TSV, record.table()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
