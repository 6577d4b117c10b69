// Package nnrank finds the non-negative rank of small matrices: the least k for which a
// non-negative M is W H with k columns of W and k rows of H, all non-negative. It lies
// between the rank and the smaller side of M, and is hard to find (Vavasis 2009): there is
// no method that is quick for every matrix.
//
// So this package gives bounds, each with what proves it:
//
//	r, err := nnrank.Find(nnrank.Polygon(6), nnrank.Options{})
//	// r.Rank 3, r.Lower 5 by nested polygons, r.Upper 5 with the factors r.W and r.H
//
// From below: the rank; a fooling set; the number of rectangles that cover what is not zero;
// and for matrices of rank 3 the polygon between two others that has fewest corners (see
// Nested). From above: factors, of that polygon or of a search (see Exact).
//
// Numbers are float64. A zero is what is at most 1e-9 of the largest entry, so that what
// is called a proof holds for the matrix as far as that goes. Matrices of up to some 20 rows
// and columns are meant; the search for proofs stops after a number of steps that is fixed,
// and what it has proved by then is returned.
//
// Sources: Gillis & Glineur, On the geometric interpretation of the nonnegative rank
// (2012); Fiorini, Kaibel, Pashkovich & Theis, Combinatorial bounds on nonnegative rank and
// extended formulations (2013); Aggarwal, Booth, O'Rourke, Suri & Yap, Finding minimal
// convex nested polygons (1989); Vandaele, Gillis, Glineur & Tuyttens, Heuristics for exact
// nonnegative matrix factorization (2016); Vandaele, Gillis & Glineur, On the linear extension
// complexity of regular n-gons (2017).
package nnrank
