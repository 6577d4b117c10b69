package comparison

import (
	"flag"
	"testing"
)

// TestMain gives the property tests a fixed seed, so that each run tries the same
// cases. "go test -rapid.seed=0" tries others.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
	m.Run()
}
