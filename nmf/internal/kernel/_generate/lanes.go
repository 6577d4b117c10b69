package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// laneBytes is what a vector of kernel.Lanes numbers takes: the buffers of the kernels that
// have a line in each lane are laid out so, whatever the vectors of the processor.
const laneBytes = 64

// gatherLanes emits the copying of the active topics of 16 lines at once, for AVX-512 alone.
func gatherLanes() {
	v := vectors{name: "AVX512", lanes: 16, make: ZMM}
	TEXT("gatherLanesAVX512", NOSPLIT, "func(w []float32, index, active []int32, h, block, y []float32)")
	Pragma("noescape")
	w := Load(Param("w").Base(), GP64())
	index := Load(Param("index").Base(), GP64())
	active := Load(Param("active").Base(), GP64())
	topics := Load(Param("active").Len(), GP64())
	h := Load(Param("h").Base(), GP64())
	block := Load(Param("block").Base(), GP64())
	y := Load(Param("y").Base(), GP64())
	size := Load(Param("y").Len(), GP64())
	SHLQ(Imm(2), size)
	SHLQ(Imm(2), topics)
	floor, ones := v.all("floor", 1e-30), v.all("unit", 1)
	at := GP64()
	XORQ(at, at)
	Label("gatherlanesnext")
	items, empty, held := v.make(), K(), K()
	VMOVDQU32(Mem{Base: index, Index: at, Scale: 1}, items)
	VPMOVD2M(items, empty)
	KNOTW(empty, held)
	total := v.make()
	VMOVAPS_Z(ones, empty, total)
	to, k := GP64(), GP64()
	LEAQ(Mem{Base: block, Index: at, Scale: 1}, to)
	XORQ(k, k)
	Label("gatherlanestopic")
	named, none, mask, x := v.make(), K(), K(), v.make()
	VMOVDQU32(Mem{Base: active, Index: k, Scale: 1}, named)
	VPMOVD2M(named, none)
	KANDNW(held, none, mask)
	VPADDD(items, named, named)
	VPXORD(x, x, x)
	VGATHERDPS(Mem{Base: w, Index: named, Scale: 4}, mask, x)
	VMOVUPS(x, Mem{Base: to})
	VFMADD231PS(Mem{Base: h, Index: k, Scale: 1}, x, total)
	ADDQ(size, to)
	ADDQ(Imm(laneBytes), k)
	CMPQ(k, topics)
	JL(LabelRef("gatherlanestopic"))
	VMAXPS(floor, total, total)
	VMOVUPS(total, Mem{Base: y, Index: at, Scale: 1})
	ADDQ(Imm(laneBytes), at)
	CMPQ(at, size)
	JL(LabelRef("gatherlanesnext"))
	VZEROUPPER()
	RET()
}

// sweepLanes emits the coordinate steps of 16 lines, with as many vectors beside each other as
// that takes.
func (v vectors) sweepLanes() {
	name := "sweepLanes" + v.name
	TEXT(name, NOSPLIT, "func(block, value, y, h, cost []float32, l2 float32)")
	Pragma("noescape")
	for part := range laneBytes / v.bytes() {
		l := laneSweep{vectors: v, off: part * v.bytes(), label: name + string(rune('a'+part))}
		l.emit()
	}
	VZEROUPPER()
	RET()
}

// laneSweep is the part of the lanes that one vector holds.
type laneSweep struct {
	vectors
	off                     int
	label                   string
	block, value, y, h, end reg.Register
}

func (l *laneSweep) in(base, at reg.Register) Mem {
	return Mem{Base: base, Index: at, Scale: 1, Disp: l.off}
}

func (l *laneSweep) emit() {
	l.block = Load(Param("block").Base(), GP64())
	l.value = Load(Param("value").Base(), GP64())
	l.y = Load(Param("y").Base(), GP64())
	l.h = Load(Param("h").Base(), GP64())
	cost := Load(Param("cost").Base(), GP64())
	l.end = Load(Param("y").Len(), GP64())
	SHLQ(Imm(2), l.end)
	left := Load(Param("h").Len(), GP64())
	l2 := l.make()
	VBROADCASTSS(NewParamAddr("l2", 120), l2)
	topic, done := l.label+"topic", l.label+"done"
	Label(topic)
	TESTQ(left, left)
	JLE(LabelRef(done))
	weight, g, q, steepest := l.make(), l.make(), l.make(), l.zero()
	VMOVUPS(Mem{Base: l.h, Disp: l.off}, weight)
	VMULPS(l2, weight, g)
	VADDPS(Mem{Base: cost, Disp: l.off}, g, g)
	VSUBPS(g, steepest, g)
	VMOVAPS(l2, q)
	l.slopes(g, q, steepest)
	l.shift(l.step(weight, g, q, steepest))
	ADDQ(l.end, l.block)
	ADDQ(Imm(laneBytes), l.h)
	ADDQ(Imm(laneBytes), cost)
	SUBQ(Imm(16), left)
	JMP(LabelRef(topic))
	Label(done)
}

// slopes emits the sums of each lane.
func (l *laneSweep) slopes(g, q, steepest reg.VecVirtual) {
	two := l.all("two", 2)
	at := GP64()
	XORQ(at, at)
	Label(l.label + "slopes")
	r, v := l.make(), l.make()
	if l.wide() {
		y := l.make()
		VMOVUPS(l.in(l.y, at), y)
		VRCP14PS(y, r) // with one step of Newton's, as good as a division
		VFNMADD213PS(two, r, y)
		VMULPS(y, r, r)
		VMULPS(l.in(l.block, at), r, r)
	} else {
		VMOVUPS(l.in(l.block, at), r)
		VDIVPS(l.in(l.y, at), r, r)
	}
	VMAXPS(r, steepest, steepest)
	VMULPS(l.in(l.value, at), r, v)
	VADDPS(v, g, g)
	VFMADD231PS(v, r, q)
	ADDQ(Imm(laneBytes), at)
	CMPQ(at, l.end)
	JL(LabelRef(l.label + "slopes"))
}

// step emits the choice of each lane's step, and the change of its weight.
func (l *laneSweep) step(weight, g, q, steepest reg.VecVirtual) reg.VecVirtual {
	step, zero, x, divisor := g, l.zero(), l.make(), l.all("unit", 1)
	VDIVPS(q, step, step) // not a number where nothing holds the topic and it costs nothing
	VSUBPS(step, zero, x)
	VMULPS(steepest, x, x)
	const above = 0x1e // false for what is no number
	longer := l.make()
	VADDPS(divisor, x, longer)
	if l.wide() {
		far := K()
		VCMPPS(Imm(above), l.all("whole", wholeStep), x, far)
		VMOVAPS(longer, far, divisor)
	} else {
		far := l.make()
		VCMPPS(Imm(above), l.all("whole", wholeStep), x, far)
		VBLENDVPS(far, longer, divisor, divisor)
	}
	VDIVPS(divisor, step, step)
	VADDPS(weight, step, step)
	VMAXPS(zero, step, step) // of what is no number and a number the second, which is zero
	VMOVUPS(step, Mem{Base: l.h, Disp: l.off})
	VSUBPS(weight, step, step) // as far as the weight moves, rounded
	return step
}

// shift emits y ← max(y + step · w, floor).
func (l *laneSweep) shift(step reg.VecVirtual) {
	floor, at := l.all("floor", 1e-30), GP64()
	XORQ(at, at)
	Label(l.label + "shift")
	y := l.make()
	VMOVUPS(l.in(l.y, at), y)
	VFMADD231PS(l.in(l.block, at), step, y)
	VMAXPS(floor, y, y)
	VMOVUPS(y, l.in(l.y, at))
	ADDQ(Imm(laneBytes), at)
	CMPQ(at, l.end)
	JL(LabelRef(l.label + "shift"))
}
