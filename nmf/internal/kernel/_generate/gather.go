package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// gathering is the copying of the active topics, for AVX-512 alone: narrower gathers are
// no faster than plain loads. It goes by 16 non-zeros, in one of two ways. One takes them
// topic by topic, by the gather instruction: 26 cycles for each. The other suits items of
// one or two vectors, and takes them item by item: one permutation moves up to 16
// active topics to the front, and 16 items are then turned, in 48 shuffles at least and
// 64 at most.
type gathering struct {
	vectors
	count              int // vectors of an item, where they are taken item by item
	name               string
	w, stride, index   reg.Register
	active, topics, h  reg.Register
	block, y, size     reg.Register
	lanes              reg.Register // those that hold a non-zero
	to                 reg.Register
	total, ones, floor reg.VecVirtual
}

func gathers() {
	v := vectors{name: "AVX512", lanes: 16, make: ZMM}
	for count := range 3 {
		g := gathering{vectors: v, count: count, name: "gather" + v.name}
		if count > 0 {
			g.name += fmt.Sprintf("x%d", count)
		}
		g.emit()
	}
}

func (g *gathering) emit() {
	TEXT(g.name, NOSPLIT, "func(w []float32, stride int, index, active []int32, h, block, y []float32)")
	Pragma("noescape")
	g.w = Load(Param("w").Base(), GP64())
	g.index = Load(Param("index").Base(), GP64())
	left := Load(Param("index").Len(), GP64())
	g.active = Load(Param("active").Base(), GP64())
	g.topics = Load(Param("active").Len(), GP64())
	g.h = Load(Param("h").Base(), GP64())
	g.block = Load(Param("block").Base(), GP64())
	g.y = Load(Param("y").Base(), GP64())
	g.size = Load(Param("y").Len(), GP64())
	SHLQ(Imm(2), g.size)
	g.floor, g.ones, g.total = g.all("floor", 1e-30), g.all("unit", 1), g.make()
	g.lanes, g.to = K(), GP64()
	copies := g.byTopic()
	next, done := g.name+"next", g.name+"done"
	Label(next)
	TESTQ(left, left)
	JLE(LabelRef(done))
	g.first(left, g.lanes)
	unfilled := K()
	KNOTW(g.lanes, unfilled)
	VPXORD(g.total, g.total, g.total)
	VMOVAPS(g.ones, unfilled, g.total)
	MOVQ(g.block, g.to)
	copies()
	VMAXPS(g.floor, g.total, g.total)
	VMOVUPS(g.total, Mem{Base: g.y})
	for _, at := range []reg.Register{g.index, g.block, g.y} {
		ADDQ(Imm(64), at)
	}
	SUBQ(Imm(16), left)
	JMP(LabelRef(next))
	Label(done)
	VZEROUPPER()
	RET()
}

// first emits the mask of the first n lanes, of all if there are fewer.
func (g *gathering) first(n, mask reg.Register) {
	bits, most := GP64(), GP64()
	MOVQ(U64(16), most)
	CMPQ(n, most)
	CMOVQLT(n, most)
	MOVQ(U64(1), bits)
	MOVQ(most, reg.RCX)
	SHLQ(reg.CL, bits)
	DECQ(bits)
	KMOVW(bits.As32(), mask)
}

// take emits what is done with one topic of 16 items: it is stored, and added to y.
func (g *gathering) take(x reg.VecVirtual, h Mem) {
	VFMADD231PS_BCST(h, x, g.total)
	VMOVUPS(x, Mem{Base: g.to})
	ADDQ(g.size, g.to)
}

// byTopic returns what emits the copying, once what it needs beforehand is emitted.
func (g *gathering) byTopic() func() {
	if g.count > 0 {
		items := AllocLocal(64)
		return func() { g.turned(items) }
	}
	g.stride = g.make()
	VPBROADCASTD(NewParamAddr("stride", 24), g.stride)
	return g.gathered
}

// gathered emits the copying by the gather instruction.
func (g *gathering) gathered() {
	at := g.make()
	VMOVDQU32_Z(Mem{Base: g.index}, g.lanes, at)
	VPMULLD(g.stride, at, at)
	k, item := GP64(), GP64()
	XORQ(k, k)
	Label(g.name + "topic")
	MOVLQSX(Mem{Base: g.active, Index: k, Scale: 4}, item)
	LEAQ(Mem{Base: g.w, Index: item, Scale: 4}, item)
	x, mask := g.make(), K()
	VPXORD(x, x, x)
	KMOVW(g.lanes, mask)
	VGATHERDPS(Mem{Base: item, Index: at, Scale: 4}, mask, x)
	g.take(x, Mem{Base: g.h, Index: k, Scale: 4})
	INCQ(k)
	CMPQ(k, g.topics)
	JL(LabelRef(g.name + "topic"))
}

// turned emits the copying of 16 topics at a time. Lanes beyond the line's end take the
// weights of the first item, which are then left out.
func (g *gathering) turned(items Mem) {
	numbers := g.make()
	VMOVDQU32_Z(Mem{Base: g.index}, g.lanes, numbers)
	VMOVDQU32(numbers, items)
	active, h, left := GP64(), GP64(), GP64()
	MOVQ(g.active, active)
	MOVQ(g.h, h)
	MOVQ(g.topics, left)
	Label(g.name + "group")
	named, pick := K(), g.make()
	g.first(left, named)
	VMOVDQU32_Z(Mem{Base: active}, named, pick)
	var rows [16]reg.VecVirtual
	for e := range rows {
		rows[e] = g.picked(items.Offset(4*e), pick)
	}
	quarters(&rows)
	g.store(&rows, h, left)
	Label(g.name + "taken")
	ADDQ(Imm(64), active)
	ADDQ(Imm(64), h)
	SUBQ(Imm(16), left)
	JG(LabelRef(g.name + "group"))
}

// picked emits the weights of the picked topics in an item.
func (g *gathering) picked(item Mem, pick reg.VecVirtual) reg.VecVirtual {
	row, x := GP64(), g.make()
	MOVLQSX(item, row)
	SHLQ(Imm(uint64(5+g.count)), row)
	ADDQ(g.w, row)
	if g.count == 1 {
		VPERMPS(Mem{Base: row}, pick, x)
		return x
	}
	VMOVUPS(Mem{Base: row}, x)
	VPERMT2PS(Mem{Base: row, Disp: 64}, pick, x)
	return x
}

// quarters emits the turning within quarters of vectors: row 4i+j then has, in quarter q,
// topic 4q+j of items 4i to 4i+3.
func quarters(rows *[16]reg.VecVirtual) {
	pairs := func(i, j int, low, high func(...Op)) {
		l, h := ZMM(), ZMM()
		low(rows[j], rows[i], l)
		high(rows[j], rows[i], h)
		rows[i], rows[j] = l, h
	}
	for i := 0; i < 16; i += 2 {
		pairs(i, i+1, VUNPCKLPS, VUNPCKHPS)
	}
	for i := 0; i < 16; i += 4 {
		pairs(i, i+2, VUNPCKLPD, VUNPCKHPD)
		pairs(i+1, i+3, VUNPCKLPD, VUNPCKHPD)
		// Topics 0 and 2, 1 and 3 have come together where 0 to 3 are wanted.
		rows[i+1], rows[i+2] = rows[i+2], rows[i+1]
	}
}

// store emits the putting together of quarters, and the storing of as many topics as
// there are left.
func (g *gathering) store(rows *[16]reg.VecVirtual, h, left reg.Register) {
	const even, odd = 0x88, 0xdd // the quarters 0 and 2, 1 and 3, of two vectors
	halves := func(which uint64) (both [8]reg.VecVirtual) {
		for j := range 4 {
			both[j], both[4+j] = ZMM(), ZMM()
			VSHUFF32X4(Imm(which), rows[4+j], rows[j], both[j])
			VSHUFF32X4(Imm(which), rows[12+j], rows[8+j], both[4+j])
		}
		return both
	}
	evens := halves(even)
	var odds [8]reg.VecVirtual
	for q := range 4 {
		if q == 1 {
			odds = halves(odd)
		}
		from, which := &evens, uint64(even)
		if q%2 == 1 {
			from = &odds
		}
		if q > 1 {
			which = odd
		}
		for j := range 4 {
			topic := 4*q + j
			if topic > 0 {
				CMPQ(left, Imm(uint64(topic)))
				JLE(LabelRef(g.name + "taken"))
			}
			x := ZMM()
			VSHUFF32X4_Z(Imm(which), from[4+j], from[j], g.lanes, x)
			g.take(x, Mem{Base: h, Disp: 4 * topic})
		}
	}
}
