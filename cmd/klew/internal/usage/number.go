package usage

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"
)

// MostListed bounds how many of anything may be asked for. It is more than anyone reads, and
// little enough for a list of so many to fit into memory.
const MostListed = 1_000_000

// mostThreads is what nmf allows.
const mostThreads = 4096

// Count binds an option whose value is a whole number from least to most. short is the letter
// of the option, or empty.
func Count(c *cobra.Command, value *int, name, short string, least, most int, text string) {
	c.Flags().VarP(&bounded[int]{value, least, most}, name, short, text)
}

// CountOrAuto binds an option whose value is such a number, or auto.
func CountOrAuto(c *cobra.Command, value *int, auto *bool, name, short string, least, most int, text string) {
	c.Flags().VarP(&countOrAuto{bounded[int]{value, least, most}, auto}, name, short, text)
}

// countOrAuto is a number, or the word auto.
type countOrAuto struct {
	bounded[int]
	auto *bool
}

// String returns the number, or auto.
func (c *countOrAuto) String() string {
	if c.auto != nil && *c.auto {
		return "auto"
	}
	return c.bounded.String()
}

// Set takes a number within the bounds, or auto.
func (c *countOrAuto) Set(text string) error {
	if *c.auto = text == "auto"; *c.auto {
		return nil
	}
	if err := c.bounded.Set(text); err != nil {
		return fmt.Errorf("%w, or auto", err)
	}
	return nil
}

// Listed binds an option that says how many of something are listed: from least, 0 or 1, on.
func Listed(c *cobra.Command, value *int, name, short string, least int, text string) {
	Count(c, value, name, short, least, MostListed, text)
}

// Threads binds the option --threads.
func Threads(c *cobra.Command, value *int) {
	Count(c, value, "threads", "", 0, mostThreads, "threads to use (0: all processors); the result does not depend on it")
}

// leastResamples is the number below which resamples tell no interval: of 100, five lie outside one
// of 95 %.
const leastResamples = 100

// Resamples binds the option --resamples: 0, or as many as tell an interval.
func Resamples(c *cobra.Command, value *int) {
	c.Flags().Var(&resamples{bounded[int]{value, 0, 100_000}}, "resamples", "resamples of each interval (0: no intervals)")
}

// resamples is a number of resamples as a pflag.Value.
type resamples struct{ bounded[int] }

// Set takes 0, or a number from leastResamples on.
func (r *resamples) Set(text string) error {
	n, err := r.parse(text)
	if err != nil || n != 0 && n < leastResamples || n > r.most {
		return fmt.Errorf("must be 0 (none) or a whole number from %d to %d", leastResamples, r.most)
	}
	*r.value = n
	return nil
}

// Fraction binds an option whose value is a number from 0 to 1.
func Fraction(c *cobra.Command, value *float64, name, text string) {
	c.Flags().Var(&bounded[float64]{value, 0, 1}, name, text)
}

// bounded is a number between bounds, with them, as a pflag.Value.
type bounded[T int | float64] struct {
	value       *T
	least, most T
}

// String returns the number.
func (b *bounded[T]) String() string { return fmt.Sprint(*b.value) }

// Type is what help prints behind the option.
func (b *bounded[T]) Type() string {
	if b.whole() {
		return "N"
	}
	return "x"
}

// Set takes a number within the bounds.
func (b *bounded[T]) Set(text string) error {
	x, err := b.parse(text)
	if err != nil || !(x >= b.least && x <= b.most) {
		return fmt.Errorf("must be a %s from %v to %v", map[bool]string{true: "whole number", false: "number"}[b.whole()], b.least, b.most)
	}
	*b.value = x
	return nil
}

func (b *bounded[T]) parse(text string) (T, error) {
	if b.whole() {
		n, err := strconv.Atoi(text)
		return T(n), err
	}
	x, err := strconv.ParseFloat(text, 64)
	return T(x), err
}

// whole tells whether it is a whole number.
func (b *bounded[T]) whole() bool {
	_, ok := any(b.least).(int)
	return ok
}
