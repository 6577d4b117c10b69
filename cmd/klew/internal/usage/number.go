package usage

// AtLeastOne refuses to print nothing.
func AtLeastOne(n int, flag string) error {
	if n < 1 {
		return Mistakef("--%s %d: must be at least 1", flag, n)
	}
	return nil
}

// NotNegative refuses a number of threads below 0.
func NotNegative(threads int) error {
	if threads < 0 {
		return Mistakef("--threads %d: must be 0 (all) or more", threads)
	}
	return nil
}

// NoLess refuses a number below 0.
func NoLess(n int, option string) error {
	if n < 0 {
		return Mistakef("--%s %d: must be 0 (none) or more", option, n)
	}
	return nil
}
