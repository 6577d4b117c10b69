package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// unrolled lists how many vectors may hold the topics of one item while h and the sums
// still fit the registers, beside four rows of w or at least their products.
func (v vectors) unrolled() []int {
	if v.wide() {
		return []int{1, 2, 3, 4, 5, 6, 7, 8}
	}
	return []int{1, 2}
}

// mostHeld is the largest number of vectors of which four rows fit the registers too.
// Longer rows are loaded twice: the second time from the first-level cache.
const mostHeld = 4

// pass is a kernel that visits the rows of w named by index.
type pass struct {
	vectors
	count           int // vectors of an item; 0: as many as stride says
	w, index, value reg.Register
	h, y, sum       reg.Register
	size            reg.Register // bytes of an item
	hs, sums        []reg.VecVirtual
	ratio           Mem // four ratios v/y
	floor           Mem
}

// ratios emits the pass of the Kullback-Leibler loss.
func (v vectors) ratios(count int) {
	name := "ratios" + v.name
	if count > 0 {
		name += fmt.Sprintf("x%d", count)
	}
	TEXT(name, NOSPLIT, "func(w []float32, index []int32, value, h, y, sum []float32)")
	Pragma("noescape")
	p := pass{vectors: v, count: count, floor: constant("floor", 1e-30)}
	p.w = Load(Param("w").Base(), GP64())
	p.index = Load(Param("index").Base(), GP64())
	p.value = Load(Param("value").Base(), GP64())
	p.h = Load(Param("h").Base(), GP64())
	p.y = Load(Param("y").Base(), GP64())
	p.sum = Load(Param("sum").Base(), GP64())
	p.size = Load(Param("h").Len(), GP64())
	SHLQ(Imm(2), p.size)
	left := Load(Param("index").Len(), GP64())
	p.ratio = AllocLocal(16)
	for i := range count {
		h, s := v.make(), v.make()
		VMOVUPS(Mem{Base: p.h, Disp: i * v.bytes()}, h)
		VMOVUPS(Mem{Base: p.sum, Disp: i * v.bytes()}, s)
		p.hs, p.sums = append(p.hs, h), append(p.sums, s)
	}
	fours, ones, done := name+"fours", name+"ones", name+"done"
	Label(fours)
	CMPQ(left, Imm(4))
	JL(LabelRef(ones))
	p.visit(4, left)
	SUBQ(Imm(4), left)
	JMP(LabelRef(fours))
	Label(ones)
	TESTQ(left, left)
	JE(LabelRef(done))
	p.visit(1, left)
	DECQ(left)
	JMP(LabelRef(ones))
	Label(done)
	for i, s := range p.sums {
		VMOVUPS(s, Mem{Base: p.sum, Disp: i * v.bytes()})
	}
	VZEROUPPER()
	RET()
}

// visit emits what is done for n non-zeros, 4 or 1.
func (p *pass) visit(n int, left reg.Register) {
	rows := make([]reg.Register, n)
	for e := range rows {
		row := GP64()
		MOVLQSX(Mem{Base: p.index, Disp: 4 * e}, row)
		IMULQ(p.size, row)
		ADDQ(p.w, row)
		rows[e] = row
	}
	if n == 4 && p.count > mostHeld {
		p.prefetch(left)
	}
	dots, held := p.dots(rows)
	if n == 4 {
		y := p.fold4(dots)
		VMAXPS(p.allFour(), y, y)
		VMOVUPS(y, Mem{Base: p.y})
		v := XMM()
		VMOVUPS(Mem{Base: p.value}, v)
		VDIVPS(y, v, v)
		VMOVUPS(v, p.ratio)
	} else {
		y := p.foldAll(dots[0], add)
		VMAXSS(p.floor, y, y)
		VMOVSS(y, Mem{Base: p.y})
		v := XMM()
		VMOVSS(Mem{Base: p.value}, v)
		VDIVSS(y, v, v)
		VMOVSS(v, p.ratio)
	}
	p.accumulate(rows, held)
	for _, at := range []reg.Register{p.index, p.value, p.y} {
		ADDQ(Imm(uint64(4*n)), at)
	}
}

// prefetch emits the fetching of the four rows that come next, or of the last ones anew.
func (p *pass) prefetch(left reg.Register) {
	next := GP64()
	LEAQ(Mem{Base: p.index, Disp: 16}, next)
	CMPQ(left, Imm(8))
	CMOVQLT(p.index, next)
	for e := range 4 {
		row := GP64()
		MOVLQSX(Mem{Base: next, Disp: 4 * e}, row)
		IMULQ(p.size, row)
		ADDQ(p.w, row)
		for i := range p.count {
			PREFETCHT0(Mem{Base: row, Disp: i * p.bytes()})
		}
	}
}

func (p *pass) allFour() Op {
	f := XMM()
	VBROADCASTSS(p.floor, f)
	return f
}

// dots emits the products of rows with h. The rows are kept in registers where they
// fit.
func (p *pass) dots(rows []reg.Register) (dots []reg.VecVirtual, held [][]reg.VecVirtual) {
	if p.count == 0 {
		return p.dotsInTurn(rows), nil
	}
	for _, row := range rows {
		var vs []reg.VecVirtual
		d := p.make()
		for i, h := range p.hs {
			var w Op = Mem{Base: row, Disp: i * p.bytes()}
			if p.count <= mostHeld {
				r := p.make()
				VMOVUPS(w, r)
				vs, w = append(vs, r), r
			}
			if i == 0 {
				VMULPS(w, h, d)
			} else {
				VFMADD231PS(w, h, d)
			}
		}
		dots, held = append(dots, d), append(held, vs)
	}
	return dots, held
}

var loops int

// inTurn emits a loop over the vectors of an item.
func (p *pass) inTurn(body func(at reg.Register)) {
	loops++
	label := fmt.Sprintf("turn%d", loops)
	at := GP64()
	XORQ(at, at)
	Label(label)
	body(at)
	ADDQ(Imm(uint64(p.bytes())), at)
	CMPQ(at, p.size)
	JL(LabelRef(label))
}

func (p *pass) dotsInTurn(rows []reg.Register) []reg.VecVirtual {
	dots := make([]reg.VecVirtual, len(rows))
	for e := range dots {
		dots[e] = p.zero()
	}
	p.inTurn(func(at reg.Register) {
		h := p.make()
		VMOVUPS(Mem{Base: p.h, Index: at, Scale: 1}, h)
		for e, row := range rows {
			VFMADD231PS(Mem{Base: row, Index: at, Scale: 1}, h, dots[e])
		}
	})
	return dots
}

// accumulate emits sum += Σ ratio · row.
func (p *pass) accumulate(rows []reg.Register, held [][]reg.VecVirtual) {
	ratios := make([]reg.VecVirtual, len(rows))
	for e := range rows {
		ratios[e] = p.make()
		VBROADCASTSS(p.ratio.Offset(4*e), ratios[e])
	}
	if p.count > 0 {
		for e, row := range rows {
			for i, s := range p.sums {
				var w Op = Mem{Base: row, Disp: i * p.bytes()}
				if p.count <= mostHeld {
					w = held[e][i]
				}
				VFMADD231PS(w, ratios[e], s)
			}
		}
		return
	}
	p.inTurn(func(at reg.Register) {
		s := p.make()
		VMOVUPS(Mem{Base: p.sum, Index: at, Scale: 1}, s)
		for e, row := range rows {
			VFMADD231PS(Mem{Base: row, Index: at, Scale: 1}, ratios[e], s)
		}
		VMOVUPS(s, Mem{Base: p.sum, Index: at, Scale: 1})
	})
}

// products emits the pass of the Frobenius loss.
func (v vectors) products() {
	name := "products" + v.name
	TEXT(name, NOSPLIT, "func(w []float32, index []int32, value, sum []float32)")
	Pragma("noescape")
	p := pass{vectors: v}
	p.w = Load(Param("w").Base(), GP64())
	p.index = Load(Param("index").Base(), GP64())
	p.value = Load(Param("value").Base(), GP64())
	p.sum = Load(Param("sum").Base(), GP64())
	p.size = Load(Param("sum").Len(), GP64())
	SHLQ(Imm(2), p.size)
	left := Load(Param("index").Len(), GP64())
	loop, done := name+"loop", name+"done"
	Label(loop)
	TESTQ(left, left)
	JE(LabelRef(done))
	row := GP64()
	MOVLQSX(Mem{Base: p.index}, row)
	IMULQ(p.size, row)
	ADDQ(p.w, row)
	p.ratio = Mem{Base: p.value}
	p.accumulate([]reg.Register{row}, nil)
	ADDQ(Imm(4), p.index)
	ADDQ(Imm(4), p.value)
	DECQ(left)
	JMP(LabelRef(loop))
	Label(done)
	VZEROUPPER()
	RET()
}

// multiply emits the multiplicative update of one line.
func (v vectors) multiply() {
	name := "multiply" + v.name
	TEXT(name, NOSPLIT, "func(h, sum, inverse []float32, faded, least float32)")
	Pragma("noescape")
	p := pass{vectors: v}
	p.h = Load(Param("h").Base(), GP64())
	p.sum = Load(Param("sum").Base(), GP64())
	p.w = Load(Param("inverse").Base(), GP64())
	p.size = Load(Param("h").Len(), GP64())
	SHLQ(Imm(2), p.size)
	largest := v.zero()
	p.inTurn(func(at reg.Register) {
		h := v.make()
		VMOVUPS(Mem{Base: p.h, Index: at, Scale: 1}, h)
		VMULPS(Mem{Base: p.sum, Index: at, Scale: 1}, h, h)
		VMULPS(Mem{Base: p.w, Index: at, Scale: 1}, h, h)
		VMOVUPS(h, Mem{Base: p.h, Index: at, Scale: 1})
		VMAXPS(largest, h, largest) // of a NaN and a number the number
	})
	f := v.foldAll(largest, most)
	faded := XMM()
	VMOVSS(NewParamAddr("faded", 72), faded)
	VMULSS(faded, f, f)
	VMAXSS(NewParamAddr("least", 76), f, f)
	floor := v.make()
	VBROADCASTSS(f, floor)
	p.inTurn(func(at reg.Register) {
		h := v.make()
		VMOVUPS(Mem{Base: p.h, Index: at, Scale: 1}, h)
		if v.wide() {
			kept := K()
			VCMPPS(Imm(0x0d), floor, h, kept) // h ≥ floor, false for a NaN
			VMOVAPS_Z(h, kept, h)
		} else {
			kept := v.make()
			VCMPPS(Imm(0x0d), floor, h, kept)
			VANDPS(kept, h, h)
		}
		VMOVUPS(h, Mem{Base: p.h, Index: at, Scale: 1})
	})
	VZEROUPPER()
	RET()
}
