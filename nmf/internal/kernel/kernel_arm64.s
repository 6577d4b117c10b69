//go:build !purego

#include "textflag.h"

// The kernels for arm64, written by hand: avo knows amd64 alone. What they compute is
// said by the reference in Go.
//
// Of the arithmetic on vectors of numbers Go's assembler has VFMLA only. These macros
// are the rest, on four lanes: they take the numbers of the registers, in Go's order,
// the result last, so that VFSUB(1, 2, 3) is V3 = V2 − V1.

// FADD Vd.4S, Vn.4S, Vm.4S
#define VFADD(m, n, d) WORD $(0x4e20d400 | m<<16 | n<<5 | d)

// FADDP Vd.4S, Vn.4S, Vm.4S: the sums of neighbours in Vn, then those in Vm
#define VFADDP(m, n, d) WORD $(0x6e20d400 | m<<16 | n<<5 | d)

// FSUB Vd.4S, Vn.4S, Vm.4S
#define VFSUB(m, n, d) WORD $(0x4ea0d400 | m<<16 | n<<5 | d)

// FMUL Vd.4S, Vn.4S, Vm.4S
#define VFMUL(m, n, d) WORD $(0x6e20dc00 | m<<16 | n<<5 | d)

// FDIV Vd.4S, Vn.4S, Vm.4S
#define VFDIV(m, n, d) WORD $(0x6e20fc00 | m<<16 | n<<5 | d)

// FMAX Vd.4S, Vn.4S, Vm.4S: of a NaN and a number the NaN, as max in Go
#define VFMAX(m, n, d) WORD $(0x4e20f400 | m<<16 | n<<5 | d)

// FMAXNM Vd.4S, Vn.4S, Vm.4S: of a NaN and a number the number
#define VFMAXNM(m, n, d) WORD $(0x4e20c400 | m<<16 | n<<5 | d)

// FMAXV Sd, Vn.4S: the maximum of the lanes
#define VFMAXV(n, d) WORD $(0x6e30f800 | n<<5 | d)

// FCMGE Vd.4S, Vn.4S, Vm.4S: all bits of a lane where Vn ≥ Vm, none for a NaN
#define VFCMGE(m, n, d) WORD $(0x6e20e400 | m<<16 | n<<5 | d)

// SCVTF Vd.4S, Vn.4S: integers to numbers
#define VSCVTF(n, d) WORD $(0x4e21d800 | n<<5 | d)

// SSHR Vd.4S, Vn.4S, #shift
#define VSSHR(shift, n, d) WORD $(0x4f000400 | (64-shift)<<16 | n<<5 | d)

#define CLEAR(v) VEOR v.B16, v.B16, v.B16

// ALL fills the register f, which is also v, with a number.
#define ALL(x, f, v) FMOVS $x, f; VDUP v.S[0], v.S4

// ROW is row = &w[index[0]·stride], and index moves on. w is R0, index R1 and the bytes
// of a stride R6.
#define ROW(row) MOVW.P 4(R1), row; MUL R6, row; ADD R0, row

// DOT adds eight weights of row times those of h, in V16 and V17, to a and b: two sums
// to a row, since each addition waits for the one before.
#define DOT(row, a, b) \
	VLD1.P 32(row), [V18.S4, V19.S4]; \
	VFMLA  V16.S4, V18.S4, a.S4;      \
	VFMLA  V17.S4, V19.S4, b.S4

// ADDROW adds eight weights of row times ratio to those of sum, in V16 and V17.
#define ADDROW(row, ratio) \
	VLD1.P 32(row), [V18.S4, V19.S4];  \
	VFMLA  ratio.S4, V18.S4, V16.S4;   \
	VFMLA  ratio.S4, V19.S4, V17.S4

// ADDROWS adds eight weights of each of the rows R8 to R11, times the ratios in V20 to
// V23, to sum, which R12 goes through.
#define ADDROWS \
	VLD1   (R12), [V16.S4, V17.S4]; \
	ADDROW(R8, V20);                \
	ADDROW(R9, V21);                \
	ADDROW(R10, V22);               \
	ADDROW(R11, V23);               \
	VST1.P [V16.S4, V17.S4], 32(R12)

// RATIOS fills V20 to V23 with the lanes of V1.
#define RATIOS \
	VDUP V1.S[0], V20.S4; \
	VDUP V1.S[1], V21.S4; \
	VDUP V1.S[2], V22.S4; \
	VDUP V1.S[3], V23.S4

// func ratiosNEON(w []float32, index []int32, value, h, y, sum []float32)
//
//	for e, i := range index { // by fours, then one by one
//		row := w[i*len(h):]
//		y[e] = 0
//		for k := range h {
//			y[e] += row[k] * h[k]
//		}
//		y[e] = max(y[e], Floor)
//		for k := range h {
//			sum[k] += value[e] / y[e] * row[k]
//		}
//	}
TEXT ·ratiosNEON(SB), NOSPLIT, $0-144
	MOVD w_base+0(FP), R0
	MOVD index_base+24(FP), R1
	MOVD index_len+32(FP), R7
	MOVD value_base+48(FP), R2
	MOVD h_base+72(FP), R3
	MOVD h_len+80(FP), R6
	MOVD y_base+96(FP), R4
	MOVD sum_base+120(FP), R5
	LSL  $2, R6
	ALL(1e-30, F31, V31)
	SUBS $4, R7
	BLT  rest

fours:
	ROW(R8)
	ROW(R9)
	ROW(R10)
	ROW(R11)
	CLEAR(V0)
	CLEAR(V1)
	CLEAR(V2)
	CLEAR(V3)
	CLEAR(V4)
	CLEAR(V5)
	CLEAR(V6)
	CLEAR(V7)
	MOVD R3, R12
	MOVD R6, R13

dots:
	VLD1.P 32(R12), [V16.S4, V17.S4]
	DOT(R8, V0, V1)
	DOT(R9, V2, V3)
	DOT(R10, V4, V5)
	DOT(R11, V6, V7)
	SUBS   $32, R13
	BGT    dots
	VFADD(1, 0, 0)
	VFADD(3, 2, 2)
	VFADD(5, 4, 4)
	VFADD(7, 6, 6)
	VFADDP(2, 0, 0)
	VFADDP(6, 4, 4)
	VFADDP(4, 0, 0)                 // a lane to a row
	VFMAX(31, 0, 0)
	VST1.P [V0.S4], 16(R4)
	VLD1.P 16(R2), [V1.S4]
	VFDIV(0, 1, 1)
	RATIOS
	SUB    R6, R8
	SUB    R6, R9
	SUB    R6, R10
	SUB    R6, R11
	MOVD   R5, R12
	MOVD   R6, R13

sums:
	ADDROWS
	SUBS $32, R13
	BGT  sums
	SUBS $4, R7
	BGE  fours

rest:
	ADDS $4, R7
	BEQ  done

one:
	ROW(R8)
	CLEAR(V0)
	CLEAR(V1)
	MOVD R3, R12
	MOVD R6, R13

dot:
	VLD1.P  32(R12), [V16.S4, V17.S4]
	DOT(R8, V0, V1)
	SUBS    $32, R13
	BGT     dot
	VFADD(1, 0, 0)
	VFADDP(0, 0, 0)
	VFADDP(0, 0, 0)
	FMAXS   F31, F0, F0
	FMOVS.P F0, 4(R4)
	FMOVS.P 4(R2), F1
	FDIVS   F0, F1, F1
	VDUP    V1.S[0], V20.S4
	SUB     R6, R8
	MOVD    R5, R12
	MOVD    R6, R13

sum:
	VLD1   (R12), [V16.S4, V17.S4]
	ADDROW(R8, V20)
	VST1.P [V16.S4, V17.S4], 32(R12)
	SUBS   $32, R13
	BGT    sum
	SUBS   $1, R7
	BNE    one

done:
	RET

// func productsNEON(w []float32, index []int32, value, sum []float32)
//
//	for e, i := range index { // by fours, then one by one
//		row := w[i*len(sum):]
//		for k := range sum {
//			sum[k] += value[e] * row[k]
//		}
//	}
TEXT ·productsNEON(SB), NOSPLIT, $0-96
	MOVD w_base+0(FP), R0
	MOVD index_base+24(FP), R1
	MOVD index_len+32(FP), R7
	MOVD value_base+48(FP), R2
	MOVD sum_base+72(FP), R5
	MOVD sum_len+80(FP), R6
	LSL  $2, R6
	SUBS $4, R7
	BLT  rest

fours:
	ROW(R8)
	ROW(R9)
	ROW(R10)
	ROW(R11)
	VLD1.P 16(R2), [V1.S4]
	RATIOS
	MOVD   R5, R12
	MOVD   R6, R13

sums:
	ADDROWS
	SUBS $32, R13
	BGT  sums
	SUBS $4, R7
	BGE  fours

rest:
	ADDS $4, R7
	BEQ  done

one:
	ROW(R8)
	FMOVS.P 4(R2), F1
	VDUP    V1.S[0], V20.S4
	MOVD    R5, R12
	MOVD    R6, R13

sum:
	VLD1   (R12), [V16.S4, V17.S4]
	ADDROW(R8, V20)
	VST1.P [V16.S4, V17.S4], 32(R12)
	SUBS   $32, R13
	BGT    sum
	SUBS   $1, R7
	BNE    one

done:
	RET

// func multiplyNEON(h, sum, inverse []float32, faded, least float32)
//
//	largest := 0
//	for k := range h {
//		h[k] *= sum[k] * inverse[k]
//		largest = max(largest, h[k]) // unless it is a NaN
//	}
//	floor := max(faded*largest, least)
//	for k := range h {
//		if !(h[k] >= floor) {
//			h[k] = 0
//		}
//	}
TEXT ·multiplyNEON(SB), NOSPLIT, $0-80
	MOVD  h_base+0(FP), R0
	MOVD  h_len+8(FP), R3
	MOVD  sum_base+24(FP), R1
	MOVD  inverse_base+48(FP), R2
	FMOVS faded+72(FP), F20
	FMOVS least+76(FP), F21
	CLEAR(V16)
	CLEAR(V17)
	MOVD  R0, R4
	MOVD  R3, R5

product:
	VLD1   (R4), [V0.S4, V1.S4]
	VLD1.P 32(R1), [V2.S4, V3.S4]
	VLD1.P 32(R2), [V4.S4, V5.S4]
	VFMUL(4, 2, 2)
	VFMUL(5, 3, 3)
	VFMUL(2, 0, 0)
	VFMUL(3, 1, 1)
	VFMAXNM(0, 16, 16)
	VFMAXNM(1, 17, 17)
	VST1.P [V0.S4, V1.S4], 32(R4)
	SUBS   $8, R5
	BGT    product
	VFMAX(17, 16, 16)
	VFMAXV(16, 16)
	FMULS  F20, F16, F16
	FMAXS  F21, F16, F16
	VDUP   V16.S[0], V16.S4

fade:
	VLD1   (R0), [V0.S4, V1.S4]
	VFCMGE(16, 0, 2)
	VFCMGE(16, 1, 3)
	VAND   V2.B16, V0.B16, V0.B16
	VAND   V3.B16, V1.B16, V1.B16
	VST1.P [V0.S4, V1.S4], 32(R0)
	SUBS   $8, R3
	BGT    fade
	RET

// func sweepNEON(block, value, y, h []float32, cost []float64, l2 float64)
//
//	for a, was := range h {
//		w := block[a*len(y):]
//		g, q, steepest := 0, 0, 0
//		for e := range y {
//			r := w[e] / y[e]
//			g += value[e] * r
//			q += value[e] * r * r
//			steepest = max(steepest, r)
//		}
//		h[a] = max(0, was + newton(cost[a] + l2*was - g, q + l2, steepest))
//		if h[a] != was {
//			for e := range y {
//				y[e] = max(y[e] + (h[a]-was)*w[e], Floor)
//			}
//		}
//	}
//
// g and q are taken in single precision over 4096 non-zeros, 256 to each of sixteen
// lanes, and in double precision over these chunks.
TEXT ·sweepNEON(SB), NOSPLIT, $0-128
	MOVD  block_base+0(FP), R0
	MOVD  value_base+24(FP), R1
	MOVD  y_base+48(FP), R2
	MOVD  y_len+56(FP), R3
	MOVD  h_base+72(FP), R4
	MOVD  h_len+80(FP), R5
	MOVD  cost_base+96(FP), R6
	FMOVD l2+120(FP), F28
	FMOVD $0.683802, F29            // WholeStep
	FMOVD $1.0, F30
	ALL(1e-30, F31, V31)
	MOVD  $4096, R7
	CBZ   R5, done

topic:
	MOVD  R0, R8
	MOVD  R1, R9
	MOVD  R2, R10
	MOVD  R3, R11
	FMOVD ZR, F12                   // g
	FMOVD ZR, F13                   // q
	CLEAR(V24)
	CLEAR(V25)
	CLEAR(V26)
	CLEAR(V27)

chunk:
	CMP  R7, R11
	CSEL LT, R11, R7, R12
	SUB  R12, R11
	CLEAR(V16)
	CLEAR(V17)
	CLEAR(V18)
	CLEAR(V19)
	CLEAR(V20)
	CLEAR(V21)
	CLEAR(V22)
	CLEAR(V23)

slopes:
	VLD1.P 64(R8), [V0.S4, V1.S4, V2.S4, V3.S4]
	VLD1.P 64(R10), [V4.S4, V5.S4, V6.S4, V7.S4]
	VFDIV(4, 0, 0)                  // r
	VFDIV(5, 1, 1)
	VFDIV(6, 2, 2)
	VFDIV(7, 3, 3)
	VLD1.P 64(R9), [V4.S4, V5.S4, V6.S4, V7.S4]
	VFMAX(0, 24, 24)                // steepest
	VFMAX(1, 25, 25)
	VFMAX(2, 26, 26)
	VFMAX(3, 27, 27)
	VFMUL(0, 4, 4)                  // value · r
	VFMUL(1, 5, 5)
	VFMUL(2, 6, 6)
	VFMUL(3, 7, 7)
	VFADD(4, 16, 16)                // g
	VFADD(5, 17, 17)
	VFADD(6, 18, 18)
	VFADD(7, 19, 19)
	VFMLA  V0.S4, V4.S4, V20.S4     // q
	VFMLA  V1.S4, V5.S4, V21.S4
	VFMLA  V2.S4, V6.S4, V22.S4
	VFMLA  V3.S4, V7.S4, V23.S4
	SUBS   $16, R12
	BGT    slopes
	VFADD(17, 16, 16)
	VFADD(19, 18, 18)
	VFADD(18, 16, 16)
	VFADD(21, 20, 20)
	VFADD(23, 22, 22)
	VFADD(22, 20, 20)
	VFADDP(20, 16, 16)
	VFADDP(16, 16, 16)              // the sum of g, then that of q
	VDUP   V16.S[1], V20
	FCVTSD F16, F16
	FCVTSD F20, F20
	FADDD  F16, F12, F12
	FADDD  F20, F13, F13
	CBNZ   R11, chunk
	VFMAX(25, 24, 24)
	VFMAX(27, 26, 26)
	VFMAX(26, 24, 24)
	VFMAXV(24, 24)

	// The step is taken off: it is that of newton with the other sign.
	FMOVS  (R4), F0                 // was
	FMOVS  ZR, F1                   // the new weight
	FADDD  F28, F13, F13
	FCMPD  $(0.0), F13
	BEQ    move                     // nothing holds the topic
	FCVTSD F24, F24
	FCVTSD F0, F2
	FMOVD  (R6), F3
	FMADDD F2, F3, F28, F3          // cost + l2 · was
	FSUBD  F12, F3, F3
	FDIVD  F13, F3, F3
	FMULD  F24, F3, F4              // the part it takes
	FCMPD  F29, F4
	BLE    whole                    // or a NaN
	FADDD  F30, F4, F4
	FDIVD  F4, F3, F3

whole:
	FCVTDS F3, F3
	FSUBS  F3, F0, F3
	FMAXS  F3, F1, F1

move:
	FMOVS F1, (R4)
	FCMPS F0, F1
	BEQ   next
	FSUBS F0, F1, F1                // as far as the weight moved, rounded
	VDUP  V1.S[0], V16.S4
	MOVD  R0, R8
	MOVD  R2, R10
	MOVD  R3, R11

shift:
	VLD1.P 64(R8), [V0.S4, V1.S4, V2.S4, V3.S4]
	VLD1   (R10), [V4.S4, V5.S4, V6.S4, V7.S4]
	VFMLA  V0.S4, V16.S4, V4.S4
	VFMLA  V1.S4, V16.S4, V5.S4
	VFMLA  V2.S4, V16.S4, V6.S4
	VFMLA  V3.S4, V16.S4, V7.S4
	VFMAX(31, 4, 4)
	VFMAX(31, 5, 5)
	VFMAX(31, 6, 6)
	VFMAX(31, 7, 7)
	VST1.P [V4.S4, V5.S4, V6.S4, V7.S4], 64(R10)
	SUBS   $16, R11
	BGT    shift

next:
	ADD  R3<<2, R0
	ADD  $4, R4
	ADD  $8, R6
	SUBS $1, R5
	BNE  topic

done:
	RET

// func logSumNEON(value, y []float32) (sum float64)
//
//	exponents, logs := 0, 0
//	for e := range y {
//		i := int32(bits(y[e]) - bits(¾)) >> 23
//		m := number(bits(y[e]) - i<<23) - 1 // y = 2ⁱ·(1+m), m from [−¼, ½)
//		exponents += value[e] * i
//		logs += value[e] * (m + m²·p(m))
//	}
//	return exponents*Ln2 + logs
//
// The sums are taken in single precision over 128 non-zeros, 32 to a lane, and in
// double precision over these chunks. p is the polynomial of amd64, whose terms are
// taken by twos: a chain of four steps where Horner's has eight, and half the copies,
// for VFMLA writes over what it adds to.
TEXT ·logSumNEON(SB), NOSPLIT, $0-56
	MOVD value_base+0(FP), R0
	MOVD y_base+24(FP), R1
	MOVD y_len+32(FP), R2
	ALL(-0.5, F16, V16)             // p, from the constant term up
	ALL(0.33333454, F17, V17)
	ALL(-0.25000054, F18, V18)
	ALL(0.19990607, F19, V19)
	ALL(-0.16647768, F20, V20)
	ALL(0.14482065, F21, V21)
	ALL(-0.13162227, F22, V22)
	ALL(0.10448302, F23, V23)
	ALL(-0.044909328, F24, V24)
	ALL(0.75, F25, V25)
	ALL(1.0, F26, V26)
	FMOVD ZR, F28                   // exponents
	FMOVD ZR, F29                   // logs
	MOVD  $128, R3
	CBZ   R2, done

chunk:
	CMP  R3, R2
	CSEL LT, R2, R3, R4
	SUB  R4, R2
	CLEAR(V30)
	CLEAR(V31)

four:
	VLD1.P 16(R1), [V0.S4]
	VLD1.P 16(R0), [V7.S4]
	VSUB   V25.S4, V0.S4, V1.S4
	VSSHR(23, 1, 1)                 // i
	VSHL   $23, V1.S4, V2.S4
	VSUB   V2.S4, V0.S4, V0.S4
	VSCVTF(1, 1)
	VFMLA  V1.S4, V7.S4, V30.S4
	VFSUB(26, 0, 0)                 // m
	VFMUL(0, 0, 1)                  // m²
	VFMUL(1, 1, 2)                  // m⁴
	VMOV   V16.B16, V3.B16
	VMOV   V18.B16, V4.B16
	VMOV   V20.B16, V5.B16
	VMOV   V22.B16, V6.B16
	VFMLA  V0.S4, V17.S4, V3.S4     // p₀ + p₁m
	VFMLA  V0.S4, V19.S4, V4.S4     // p₂ + p₃m
	VFMLA  V0.S4, V21.S4, V5.S4     // p₄ + p₅m
	VFMLA  V0.S4, V23.S4, V6.S4     // p₆ + p₇m
	VFMLA  V1.S4, V24.S4, V6.S4     // … + p₈m²
	VFMLA  V1.S4, V4.S4, V3.S4
	VFMLA  V1.S4, V6.S4, V5.S4
	VFMLA  V2.S4, V5.S4, V3.S4      // p
	VFMLA  V1.S4, V3.S4, V0.S4      // m + m²·p
	VFMLA  V0.S4, V7.S4, V31.S4
	SUBS   $4, R4
	BGT    four
	VFADDP(31, 30, 30)
	VFADDP(30, 30, 30)              // the sum of the exponents, then that of the logarithms
	VDUP   V30.S[1], V31
	FCVTSD F30, F30
	FCVTSD F31, F31
	FADDD  F30, F28, F28
	FADDD  F31, F29, F29
	CBNZ   R2, chunk

done:
	FMOVD  $0.69314718055994530942, F0
	FMADDD F0, F29, F28, F0         // logs + exponents · Ln2
	FMOVD  F0, sum+48(FP)
	RET
