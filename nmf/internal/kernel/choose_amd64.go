//go:build !purego

package kernel

import "golang.org/x/sys/cpu"

// available lists the implementations that this processor can run, the fastest first.
func available() []set {
	sets := []set{reference}
	if cpu.X86.HasAVX2 && cpu.X86.HasFMA && cpu.X86.HasBMI1 && cpu.X86.HasBMI2 && cpu.X86.HasPOPCNT {
		sets = append([]set{avx2}, sets...)
	}
	if cpu.X86.HasAVX512F && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VL {
		sets = append([]set{avx512}, sets...)
	}
	return sets
}

var avx2 = set{"avx2", ratios8, productsAVX2, multiplyAVX2, gather, sweepAVX2, logSumAVX2, extrapolateAVX2, gatherLanes, sweepLanesAVX2, gatherPackedBMI2}

var avx512 = set{"avx512", ratios16, products16, multiply16, gather16, sweepAVX512, logSumAVX512, extrapolateAVX2, gatherLanesAVX512, sweepLanesAVX512, gatherPackedBMI2}

// ratios8 and ratios16 choose by the number of vectors that an item fills.
func ratios8(w []float32, index []int32, value, h, y, sum []float32) {
	switch len(h) {
	case 8:
		ratiosAVX2x1(w, index, value, h, y, sum)
	case 16:
		ratiosAVX2x2(w, index, value, h, y, sum)
	default:
		ratiosAVX2(w, index, value, h, y, sum)
	}
}

func ratios16(w []float32, index []int32, value, h, y, sum []float32) {
	switch len(h) {
	case 8:
		ratiosAVX2x1(w, index, value, h, y, sum)
	case 16:
		ratiosAVX512x1(w, index, value, h, y, sum)
	case 32:
		ratiosAVX512x2(w, index, value, h, y, sum)
	case 48:
		ratiosAVX512x3(w, index, value, h, y, sum)
	case 64:
		ratiosAVX512x4(w, index, value, h, y, sum)
	case 80:
		ratiosAVX512x5(w, index, value, h, y, sum)
	case 96:
		ratiosAVX512x6(w, index, value, h, y, sum)
	case 112:
		ratiosAVX512x7(w, index, value, h, y, sum)
	case 128:
		ratiosAVX512x8(w, index, value, h, y, sum)
	default:
		ratiosAVX512(w, index, value, h, y, sum)
	}
}

func products16(w []float32, index []int32, value, sum []float32) {
	if len(sum) == 8 {
		productsAVX2(w, index, value, sum)
		return
	}
	productsAVX512(w, index, value, sum)
}

func multiply16(h, sum, inverse []float32, faded, least float32) {
	if len(h) == 8 {
		multiplyAVX2(h, sum, inverse, faded, least)
		return
	}
	multiplyAVX512(h, sum, inverse, faded, least)
}

// fewGathered is the largest number of topics that the gather instruction is faster for:
// to turn 16 items costs the same for one topic as for four.
const fewGathered = 2

func gather16(w []float32, stride int, index, active []int32, h, block, y []float32) {
	switch {
	case stride == 16 && len(active) > fewGathered:
		gatherAVX512x1(w, stride, index, active, h, block, y)
	case stride == 32 && len(active) > fewGathered:
		gatherAVX512x2(w, stride, index, active, h, block, y)
	default:
		gatherAVX512(w, stride, index, active, h, block, y)
	}
}
