//go:build !purego

package kernel

// available lists the implementations that this processor can run, the fastest first.
// Every arm64 has NEON.
func available() []set { return []set{neon, reference} }

// NEON cannot load from places of its choice, so it would gather no faster than Go does.
var neon = set{"neon", ratiosNEON, productsNEON, multiplyNEON, gather, sweepNEON, logSumNEON, extrapolate, gatherLanes, sweepLanes, gatherPacked}
