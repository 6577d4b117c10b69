package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// chunk is the number of vectors whose sums are taken in single precision.
const chunk = 256

// sweep emits the coordinate steps of one line.
func (v vectors) sweep() {
	name := "sweep" + v.name
	TEXT(name, NOSPLIT, "func(block, value, y, h []float32, cost []float64, curb float64)")
	Pragma("noescape")
	s := sweep{vectors: v}
	s.w = Load(Param("block").Base(), GP64())
	s.value = Load(Param("value").Base(), GP64())
	s.y = Load(Param("y").Base(), GP64())
	h := Load(Param("h").Base(), GP64())
	cost := Load(Param("cost").Base(), GP64())
	s.size = Load(Param("y").Len(), GP64())
	SHLQ(Imm(2), s.size)
	left := Load(Param("h").Len(), GP64())
	curb := Load(Param("curb"), XMM())
	topic, done, same := name+"topic", name+"done", name+"same"
	Label(topic)
	TESTQ(left, left)
	JE(LabelRef(done))
	s.slopes()
	step := s.step(h, cost, curb, same)
	s.shift(step)
	Label(same)
	ADDQ(s.size, s.w)
	ADDQ(Imm(4), h)
	ADDQ(Imm(8), cost)
	DECQ(left)
	JMP(LabelRef(topic))
	Label(done)
	VZEROUPPER()
	RET()
}

type sweep struct {
	vectors
	w, value, y, size             reg.Register
	gradient, curvature, steepest reg.VecVirtual // scalars
}

// slopes emits the sums over the line's non-zeros: in single precision over a chunk of
// vectors, in double precision over the chunks.
func (s *sweep) slopes() {
	s.gradient, s.curvature = XMM(), XMM()
	VXORPD(s.gradient, s.gradient, s.gradient)
	VXORPD(s.curvature, s.curvature, s.curvature)
	steepest := s.zero()
	two := s.all("two", 2)
	at, end := GP64(), GP64()
	XORQ(at, at)
	outer, inner := s.label("slopes"), s.label("chunk")
	Label(outer)
	LEAQ(Mem{Base: at, Disp: chunk * s.bytes()}, end)
	CMPQ(end, s.size)
	CMOVQGT(s.size, end)
	g, q := s.zero(), s.zero()
	Label(inner)
	y, r := s.make(), s.make()
	VMOVUPS(Mem{Base: s.y, Index: at, Scale: 1}, y)
	if s.wide() {
		VRCP14PS(y, r) // with one step of Newton's, as good as a division
		VFNMADD213PS(two, r, y)
		VMULPS(y, r, r)
		VMULPS(Mem{Base: s.w, Index: at, Scale: 1}, r, r)
	} else {
		VMOVUPS(Mem{Base: s.w, Index: at, Scale: 1}, r)
		VDIVPS(y, r, r)
	}
	VMAXPS(r, steepest, steepest)
	v := s.make()
	VMULPS(Mem{Base: s.value, Index: at, Scale: 1}, r, v)
	VADDPS(v, g, g)
	VFMADD231PS(v, r, q)
	ADDQ(Imm(uint64(s.bytes())), at)
	CMPQ(at, end)
	JL(LabelRef(inner))
	addTo(s.gradient, s.foldAll(g, add))
	addTo(s.curvature, s.foldAll(q, add))
	CMPQ(at, s.size)
	JL(LabelRef(outer))
	s.steepest = s.foldAll(steepest, most)
	VCVTSS2SD(s.steepest, s.steepest, s.steepest)
}

func addTo(total, x reg.VecVirtual) {
	VCVTSS2SD(x, x, x)
	VADDSD(x, total, total)
}

func (s *sweep) label(name string) string {
	return name + s.name
}

// step emits the choice of the step, a jump to same if it is none, and the change of h.
// It returns the step in single precision.
func (s *sweep) step(h, cost reg.Register, curb reg.Register, same string) reg.VecVirtual {
	g, q := s.gradient, s.curvature
	weight, minus, zero, x := XMM(), XMM(), XMM(), XMM()
	VXORPS(zero, zero, zero)
	VCVTSS2SD(Mem{Base: h}, zero, weight)
	VMULSD(curb, weight, x)
	VSUBSD(Mem{Base: cost}, g, g)
	VSUBSD(x, g, g)
	VADDSD(curb, q, q)
	VDIVSD(q, g, g) // the step; not a number where nothing holds the topic and it costs nothing
	VSUBSD(weight, zero, minus)
	VXORPD(x, x, x)
	VSUBSD(g, x, x)
	VMULSD(s.steepest, x, x)
	whole := GLOBL("whole"+s.name, RODATA|NOPTR)
	DATA(0, U64(math.Float64bits(wholeStep)))
	one := GLOBL("one"+s.name, RODATA|NOPTR)
	DATA(0, U64(math.Float64bits(1)))
	undamped := s.label("undamped")
	VUCOMISD(whole, x)
	JBE(LabelRef(undamped))
	VADDSD(one, x, x)
	VDIVSD(x, g, g)
	Label(undamped)
	VMAXSD(minus, g, g) // of a NaN and a number the second, which is minus
	step, after := XMM(), XMM()
	VCVTSD2SS(g, g, step)
	VADDSS(Mem{Base: h}, step, after)
	VSUBSS(Mem{Base: h}, after, step) // as far as the weight moves, rounded
	VMOVSS(after, Mem{Base: h})
	VUCOMISS(zero, step)
	JE(LabelRef(same))
	return step
}

const wholeStep = 0.683802

// shift emits y ← max(y + step · w, floor).
func (s *sweep) shift(step reg.VecVirtual) {
	d := s.make()
	VBROADCASTSS(step, d)
	floor := s.all("floor", 1e-30)
	at := GP64()
	XORQ(at, at)
	loop := s.label("shift")
	Label(loop)
	y := s.make()
	VMOVUPS(Mem{Base: s.y, Index: at, Scale: 1}, y)
	VFMADD231PS(Mem{Base: s.w, Index: at, Scale: 1}, d, y)
	VMAXPS(floor, y, y)
	VMOVUPS(y, Mem{Base: s.y, Index: at, Scale: 1})
	ADDQ(Imm(uint64(s.bytes())), at)
	CMPQ(at, s.size)
	JL(LabelRef(loop))
}

// gather emits the copying of the active topics, for AVX-512 alone: narrower gathers
// are no faster than plain loads.
func gather() {
	v := vectors{name: "AVX512", lanes: 16, make: ZMM}
	name := "gatherAVX512"
	TEXT(name, NOSPLIT, "func(w []float32, stride int, index, active []int32, h, block, y []float32)")
	Pragma("noescape")
	w := Load(Param("w").Base(), GP64())
	index := Load(Param("index").Base(), GP64())
	left := Load(Param("index").Len(), GP64())
	active := Load(Param("active").Base(), GP64())
	count := Load(Param("active").Len(), GP64())
	h := Load(Param("h").Base(), GP64())
	block := Load(Param("block").Base(), GP64())
	y := Load(Param("y").Base(), GP64())
	size := Load(Param("y").Len(), GP64())
	SHLQ(Imm(2), size)
	stride := v.make()
	VPBROADCASTD(NewParamAddr("stride", 24), stride)
	floor := v.all("floor", 1e-30)
	ones := v.make()
	VBROADCASTSS(constant("unit", 1), ones)

	lanes, bits, full := K(), GP64(), GP64()
	MOVQ(U32(0xffff), full)
	next, last, topic, done := name+"next", name+"last", name+"topic", name+"done"
	Label(next)
	TESTQ(left, left)
	JLE(LabelRef(done))
	MOVQ(full, bits)
	CMPQ(left, Imm(16))
	JGE(LabelRef(last))
	// The last vector: as many lanes as there are non-zeros left.
	MOVQ(U32(1), bits)
	MOVQ(left, reg.RCX)
	SHLQ(reg.CL, bits)
	DECQ(bits)
	Label(last)
	KMOVW(bits.As32(), lanes)
	at := v.make()
	VMOVDQU32_Z(Mem{Base: index}, lanes, at)
	VPMULLD(stride, at, at)
	total := v.make()
	VXORPS(total, total, total)
	unfilled := K()
	KNOTW(lanes, unfilled)
	VMOVAPS(ones, unfilled, total)
	to, k, item := GP64(), GP64(), GP64()
	MOVQ(block, to)
	XORQ(k, k)
	Label(topic)
	MOVLQSX(Mem{Base: active, Index: k, Scale: 4}, item)
	LEAQ(Mem{Base: w, Index: item, Scale: 4}, item)
	x, take := v.make(), K()
	VPXORD(x, x, x)
	KMOVW(lanes, take)
	VGATHERDPS(Mem{Base: item, Index: at, Scale: 4}, take, x)
	VFMADD231PS_BCST(Mem{Base: h, Index: k, Scale: 4}, x, total)
	VMOVUPS(x, Mem{Base: to})
	ADDQ(size, to)
	INCQ(k)
	CMPQ(k, count)
	JL(LabelRef(topic))
	VMAXPS(floor, total, total)
	VMOVUPS(total, Mem{Base: y})
	ADDQ(Imm(64), index)
	ADDQ(Imm(64), block)
	ADDQ(Imm(64), y)
	SUBQ(Imm(16), left)
	JMP(LabelRef(next))
	Label(done)
	VZEROUPPER()
	RET()
}
