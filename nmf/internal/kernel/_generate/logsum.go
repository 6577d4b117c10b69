package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// logarithm is log(1+r) = r + r²·p(r) on [−¼, ½], p from the constant term up: a weighted
// least-squares fit, which is off by less than 5e-9 of the logarithm.
var logarithm = []float32{-0.5, 0.33333454, -0.25000054, 0.19990607, -0.16647768, 0.14482065, -0.13162227, 0.10448302, -0.044909328}

// logChunk is the number of vectors added up in single precision.
const logChunk = 32

// logSum emits Σ value · log y. y = 2ⁱ·m with m from [¾, 1½) is taken apart by its
// bits; the sum of the exponents and that of the logarithms of m are kept apart.
func (v vectors) logSum() {
	name := "logSum" + v.name
	TEXT(name, NOSPLIT, "func(value, y []float32) (sum float64)")
	Pragma("noescape")
	value := Load(Param("value").Base(), GP64())
	y := Load(Param("y").Base(), GP64())
	size := Load(Param("y").Len(), GP64())
	SHLQ(Imm(2), size)
	least := v.allBits("threeQuarters", 0x3f400000)
	one := v.all("unit", 1)
	exponents, logs := XMM(), XMM()
	VXORPD(exponents, exponents, exponents)
	VXORPD(logs, logs, logs)
	at, end := GP64(), GP64()
	XORQ(at, at)
	outer, inner, done := name+"outer", name+"inner", name+"done"
	Label(outer)
	CMPQ(at, size)
	JGE(LabelRef(done))
	LEAQ(Mem{Base: at, Disp: logChunk * v.bytes()}, end)
	CMPQ(end, size)
	CMOVQGT(size, end)
	e, l := v.zero(), v.zero()
	Label(inner)
	bits, i, m := v.make(), v.make(), v.make()
	if v.wide() {
		VMOVDQU32(Mem{Base: y, Index: at, Scale: 1}, bits)
	} else {
		VMOVDQU(Mem{Base: y, Index: at, Scale: 1}, bits)
	}
	VPSUBD(least, bits, i)
	VPSRAD(Imm(23), i, i)
	VPSLLD(Imm(23), i, m)
	VPSUBD(m, bits, m)
	VCVTDQ2PS(i, i)
	VSUBPS(one, m, m)
	p := v.make()
	VBROADCASTSS(constant(fmt.Sprintf("log%d", len(logarithm)-1), logarithm[len(logarithm)-1]), p)
	for n := len(logarithm) - 2; n >= 0; n-- {
		if v.wide() {
			VFMADD213PS_BCST(constant(fmt.Sprintf("log%d", n), logarithm[n]), m, p)
			continue
		}
		c := v.make()
		VBROADCASTSS(constant(fmt.Sprintf("log%d", n), logarithm[n]), c)
		VFMADD213PS(c, m, p)
	}
	VMULPS(m, p, p)
	VFMADD213PS(m, m, p) // m + m·(m·p)
	x := v.make()
	VMOVUPS(Mem{Base: value, Index: at, Scale: 1}, x)
	VFMADD231PS(i, x, e)
	VFMADD231PS(p, x, l)
	ADDQ(Imm(uint64(v.bytes())), at)
	CMPQ(at, end)
	JL(LabelRef(inner))
	addTo(exponents, v.foldAll(e, add))
	addTo(logs, v.foldAll(l, add))
	JMP(LabelRef(outer))
	Label(done)
	ln2 := GLOBL("ln2"+v.name, RODATA|NOPTR)
	DATA(0, U64(math.Float64bits(math.Ln2)))
	VMULSD(ln2, exponents, exponents)
	VADDSD(logs, exponents, exponents)
	Store(exponents, ReturnIndex(0))
	VZEROUPPER()
	RET()
}
