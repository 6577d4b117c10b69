// The generator of the assembly for amd64: go generate ./nmf/internal/kernel writes
// the files *_amd64.s anew. It is a module of its own, so that klew does not depend
// on what it needs.
//
// Each kernel is written once, for vectors of any length, and emitted twice: with the
// 8 lanes of AVX2 and FMA, and with the 16 of AVX-512. What it computes is said by
// the reference in Go, in the file of the same name beside this folder.
package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func main() {
	ConstraintExpr("!purego")
	for _, v := range []vectors{{name: "AVX2", lanes: 8, make: YMM}, {name: "AVX512", lanes: 16, make: ZMM}} {
		for _, count := range v.unrolled() {
			v.ratios(count)
		}
		v.ratios(0)
		v.products()
		v.multiply()
		v.sweep()
		v.sweepLanes()
		v.logSum()
	}
	gathers()
	gatherLanes()
	gatherPacked()
	extrapolate()
	Generate()
}

// vectors is an instruction set, by the length of its vectors.
type vectors struct {
	name  string
	lanes int
	make  func() reg.VecVirtual
}

func (v vectors) wide() bool { return v.lanes == 16 }
func (v vectors) bytes() int { return 4 * v.lanes }

// zero returns a vector of zeros.
func (v vectors) zero() reg.VecVirtual {
	z := v.make()
	v.clear(z)
	return z
}

func (v vectors) clear(z reg.VecVirtual) {
	if v.wide() {
		VPXORD(z, z, z)
	} else {
		VXORPS(z, z, z)
	}
}

// all returns a vector with the number in every lane.
func (v vectors) all(name string, x float32) reg.VecVirtual {
	r := v.make()
	VBROADCASTSS(constant(name, x), r)
	return r
}

func (v vectors) allBits(name string, x uint32) reg.VecVirtual {
	r := v.make()
	m := GLOBL(name+v.name, RODATA|NOPTR)
	DATA(0, U32(x))
	VPBROADCASTD(m, r)
	return r
}

var constants = map[float32]Mem{}

func constant(name string, x float32) Mem {
	if m, ok := constants[x]; ok {
		return m
	}
	m := GLOBL(name, RODATA|NOPTR)
	DATA(0, U32(math.Float32bits(x))) // a whole number would be taken for an integer
	constants[x] = m
	return m
}

// fold adds (or takes the maximum of) the two halves of a vector until four lanes are
// left.
func (v vectors) fold(x reg.VecVirtual, combine func(...Op)) reg.VecVirtual {
	if v.wide() {
		high := YMM()
		VEXTRACTF64X4(Imm(1), x, high)
		combine(x.AsY(), high, high)
		low := XMM()
		VEXTRACTF32X4(Imm(1), high, low)
		combine(high.AsX(), low, low)
		return low
	}
	low := XMM()
	VEXTRACTF128(Imm(1), x, low)
	combine(x.AsX(), low, low)
	return low
}

func add(ops ...Op)  { VADDPS(ops...) }
func most(ops ...Op) { VMAXPS(ops...) }

// foldAll leaves the sum, or the maximum, of all lanes in the first.
func (v vectors) foldAll(x reg.VecVirtual, combine func(...Op)) reg.VecVirtual {
	f := v.fold(x, combine)
	t := XMM()
	VPERMILPS(Imm(0b1110), f, t)
	combine(t, f, f)
	VPERMILPS(Imm(1), f, t)
	combine(t, f, f)
	return f
}

// fold4 sums the lanes of four vectors, each to one lane of the result.
func (v vectors) fold4(d []reg.VecVirtual) reg.VecVirtual {
	pair := func(a, b reg.VecVirtual) reg.VecVirtual {
		low, high := v.make(), v.make()
		VUNPCKLPS(b, a, low)
		VUNPCKHPS(b, a, high)
		VADDPS(low, high, high)
		return high
	}
	a, b := pair(d[0], d[1]), pair(d[2], d[3])
	low, high := v.make(), v.make()
	VUNPCKLPD(b, a, low)
	VUNPCKHPD(b, a, high)
	VADDPS(low, high, high)
	return v.fold(high, add)
}
