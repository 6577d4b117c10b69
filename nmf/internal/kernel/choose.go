//go:build purego || (!amd64 && !arm64)

package kernel

// available lists the implementations that this processor can run.
func available() []set { return []set{reference} }
