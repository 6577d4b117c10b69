package latex

import (
	"strings"
	"testing"
	"unicode/utf8"
)

const paper = `% a remark
\documentclass[12pt]{article}
\usepackage[utf8]{inputenc}
\newcommand{\foo}[1]{bar #1}
\title{On \emph{Kilns} \& Glazes}
\begin{document}
\maketitle
\section{Introduction} % to be done
The kiln \emph{was} hot~\cite[p.~3]{key1,key2}, see Figure~\ref{fig:kiln} -- by 50\,\% more.
M\"uller, na\"{\i}ve, caf\'e, stra\ss e, \v{S}koda, fa\c{c}ade, Erd\H{o}s, {\L}\'od\'z.
\begin{equation}
 E = mc^2 \label{eq:x}
\end{equation}
Let $x_i \in \mathbb{R}$ be a ` + "``glaze''" + ` for \$5. \(y\) and \[ z \] go.

\begin{figure}[htbp]\includegraphics[width=\textwidth]{kiln.pdf}\caption{The kiln.}\end{figure}
\begin{itemize}\item One \item Two\end{itemize}
\href{https://x.org}{A link}. \textbf{\textit{Bold}}
\begin{thebibliography}{9}\bibitem{a} Ada.\end{thebibliography}
\end{document}
after`

// What readers see stays, and what the program is told goes.
func TestText(t *testing.T) {
	body, title := Text(paper)
	want := `Introduction The kiln was hot , see Figure – by 50 % more. Müller, naïve, café, straße, Škoda, façade, Erdős, Łódź.

Let be a "glaze" for $5. and go.

The kiln.

One

Two

A link. Bold`
	if body != want || title != "On Kilns & Glazes" {
		t.Errorf("%q\n%s", title, body)
	}
}

// What is broken off is read as far as it goes, and nothing takes long.
func TestBroken(t *testing.T) {
	for _, text := range []string{`\`, `\emph{`, `\"`, `$x`, `\begin{equation} kelp`, `\cite[`, `\v`, "{}}}{", `\begin{`, `\c{1}`} {
		if body, _ := Text(text); strings.Contains(body, "{") {
			t.Errorf("%q is %q", text, body)
		}
	}
	for _, unit := range []string{`\emph{`, "$", `\begin{equation}`, `\cite[`, `\[`, "{", `\title{`} {
		Text(strings.Repeat(unit, 20000))
	}
}

func TestPlain(t *testing.T) {
	for text, want := range map[string]string{`M{\"u}ller, J{\"o}rg`: "Müller, Jörg", `On {K}ilns \& {Glazes}`: "On Kilns & Glazes", `{\'E}tude`: "Étude", `a\_b`: "a_b"} {
		if got := Plain(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestIs(t *testing.T) {
	for text, want := range map[string]bool{paper: true, `\documentstyle{book}`: true, `\n is a line end`: false, "": false, "% 5 per cent\nof it": false} {
		if Is([]byte(text)) != want {
			t.Errorf("%.30q", text)
		}
	}
}

// Nothing makes the reader panic.
func FuzzText(f *testing.F) {
	f.Add(paper)
	f.Fuzz(func(t *testing.T, text string) {
		body, title := Text(text)
		if utf8.ValidString(text) && !utf8.ValidString(body+title+Plain(text)) {
			t.Errorf("%q, %q", title, body)
		}
	})
}
