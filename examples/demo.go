// Package examples holds the sample texts of "klew demo". The folders beside it are
// small programs that use klew as a library:
//
//	folder     fits the texts of a folder and prints their topics
//	factorise  factorises a matrix of one's own, without any text
//	infer      finds the topics of a new text with a saved model
//	parts      images as sums of parts, beside the signed wholes of SVD
//	unmix      materials and their shares in an image of spectra
//	ratings    a table with holes, and what the holes may be
//	rank       matrices that need more non-negative columns than their rank
//	starts     what a fit ends in depends on its start, and what helps
//
// README.md has a paragraph on each, and exercises_test.go answers the exercises of a course.
package examples

import "embed"

// Demo holds 136 little texts on eight themes, below "demo", a folder a theme. They
// were written for this project. A few mix two themes.
//
//go:embed demo
var Demo embed.FS
