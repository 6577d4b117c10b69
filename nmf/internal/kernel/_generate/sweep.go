package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// chunk is the number of vectors whose sums are taken in single precision.
const chunk = 256

// sweep emits the coordinate steps of one line, once for lines of one chunk and once for
// longer ones. In a short line what counts is not the number of operations but how long
// each topic waits for the one before, from the slopes to the shifted y: some 90 cycles.
func (v vectors) sweep() {
	name := "sweep" + v.name
	TEXT(name, NOSPLIT, "func(block, value, y, h []float32, cost []float64, l2 float64)")
	Pragma("noescape")
	s := sweep{vectors: v}
	s.w = Load(Param("block").Base(), GP64())
	s.value = Load(Param("value").Base(), GP64())
	s.y = Load(Param("y").Base(), GP64())
	s.h = Load(Param("h").Base(), GP64())
	s.cost = Load(Param("cost").Base(), GP64())
	s.size = Load(Param("y").Len(), GP64())
	SHLQ(Imm(2), s.size)
	s.left = Load(Param("h").Len(), GP64())
	s.l2 = Load(Param("l2"), XMM())
	CMPQ(s.size, U32(uint32(chunk*v.bytes())))
	JG(LabelRef(name + "long"))
	s.topics("short", s.slopes)
	Label(name + "long")
	s.topics("long", s.longSlopes)
}

type sweep struct {
	vectors
	w, value, y, size             reg.Register
	h, cost, left, l2             reg.Register
	part                          string
	gradient, curvature, steepest reg.VecVirtual // single numbers; the gradient is that of −D
	weight                        reg.VecVirtual
}

// topics emits the loop over the topics.
func (s *sweep) topics(part string, slopes func()) {
	s.part = part
	topic, done, same := s.label("topic"), s.label("done"), s.label("same")
	Label(topic)
	TESTQ(s.left, s.left)
	JE(LabelRef(done))
	slopes()
	s.shift(s.step(same))
	Label(same)
	ADDQ(s.size, s.w)
	ADDQ(Imm(4), s.h)
	ADDQ(Imm(8), s.cost)
	DECQ(s.left)
	JMP(LabelRef(topic))
	Label(done)
	VZEROUPPER()
	RET()
}

func (s *sweep) label(name string) string { return name + s.part + s.name }

// begin emits what the sums begin with: the first lanes hold minus what the weight costs,
// and the l2.
func (s *sweep) begin() (g, q reg.VecVirtual) {
	s.weight = XMM()
	VMOVSS(Mem{Base: s.h}, s.weight)
	positive, low := XMM(), XMM()
	VCVTSS2SD(s.weight, s.weight, positive)
	VMULSD(s.l2, positive, positive)
	VADDSD(Mem{Base: s.cost}, positive, positive)
	VXORPD(low, low, low)
	VSUBSD(positive, low, positive)
	g, q = s.make(), s.make()
	VCVTSD2SS(positive, low, g.AsX()) // clears the other lanes
	VCVTSD2SS(s.l2, low, q.AsX())
	return g, q
}

// slopes emits the sums over the non-zeros of a line of one chunk.
func (s *sweep) slopes() {
	g, q := s.begin()
	steepest := s.zero()
	at := GP64()
	XORQ(at, at)
	s.add(at, s.size, g, q, steepest)
	s.gradient, s.curvature, s.steepest = s.foldAll(g, add), s.foldAll(q, add), s.foldAll(steepest, most)
}

// longSlopes emits the sums over any line: in single precision over a chunk of vectors,
// in double precision over the chunks.
func (s *sweep) longSlopes() {
	g, q := s.begin()
	gradient, curvature := XMM(), XMM()
	VCVTSS2SD(g.AsX(), g.AsX(), gradient)
	VCVTSS2SD(q.AsX(), q.AsX(), curvature)
	steepest := s.zero()
	at, end := GP64(), GP64()
	XORQ(at, at)
	next := s.label("chunk")
	Label(next)
	LEAQ(Mem{Base: at, Disp: chunk * s.bytes()}, end)
	CMPQ(end, s.size)
	CMOVQGT(s.size, end)
	s.clear(g)
	s.clear(q)
	s.add(at, end, g, q, steepest)
	addTo(gradient, s.foldAll(g, add))
	addTo(curvature, s.foldAll(q, add))
	CMPQ(at, s.size)
	JL(LabelRef(next))
	s.gradient, s.curvature, s.steepest = XMM(), XMM(), s.foldAll(steepest, most)
	VCVTSD2SS(gradient, gradient, s.gradient)
	VCVTSD2SS(curvature, curvature, s.curvature)
}

// add emits the loop that adds up the slopes from at to end.
func (s *sweep) add(at, end reg.Register, g, q, steepest reg.VecVirtual) {
	two := s.all("two", 2)
	inner := s.label("slopes")
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
}

func addTo(total, x reg.VecVirtual) {
	VCVTSS2SD(x, x, x)
	VADDSD(x, total, total)
}

// step emits the choice of the step, a jump to same if it is none, and the change of h.
func (s *sweep) step(same string) reg.VecVirtual {
	step := s.gradient
	VDIVSS(s.curvature, step, step) // not a number where nothing holds the topic and it costs nothing
	zero, x := XMM(), XMM()
	VXORPS(zero, zero, zero)
	VSUBSS(step, zero, x)
	VMULSS(s.steepest, x, x)
	undamped := s.label("undamped")
	VUCOMISS(constant("whole", wholeStep), x)
	JBE(LabelRef(undamped))
	VADDSS(constant("unit", 1), x, x)
	VDIVSS(x, step, step)
	Label(undamped)
	after := XMM()
	VADDSS(s.weight, step, after)
	VMAXSS(zero, after, after)    // of a NaN and a number the second, which is zero
	VSUBSS(s.weight, after, step) // as far as the weight moves, rounded
	VMOVSS(after, Mem{Base: s.h})
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

// extrapolate emits the extrapolation. It waits for memory: wider vectors would gain nothing.
func extrapolate() {
	v := vectors{name: "AVX2", lanes: 8, make: YMM}
	TEXT("extrapolateAVX2", NOSPLIT, "func(x, before []float32, steps float32)")
	Pragma("noescape")
	x := Load(Param("x").Base(), GP64())
	before := Load(Param("before").Base(), GP64())
	size := Load(Param("x").Len(), GP64())
	SHLQ(Imm(2), size)
	steps, half := v.make(), v.all("half", 0.5)
	VBROADCASTSS(NewParamAddr("steps", 48), steps)
	at := GP64()
	XORQ(at, at)
	Label("extrapolatenext")
	CMPQ(at, size)
	JGE(LabelRef("extrapolatedone"))
	now, step := v.make(), v.make()
	VMOVUPS(Mem{Base: x, Index: at, Scale: 1}, now)
	VSUBPS(Mem{Base: before, Index: at, Scale: 1}, now, step)
	VFMADD213PS(now, steps, step)
	least := v.make()
	VMULPS(half, now, least)
	VMAXPS(least, step, step)
	VMOVUPS(step, Mem{Base: x, Index: at, Scale: 1})
	VMOVUPS(now, Mem{Base: before, Index: at, Scale: 1})
	ADDQ(Imm(32), at)
	JMP(LabelRef("extrapolatenext"))
	Label("extrapolatedone")
	VZEROUPPER()
	RET()
}
