#!/usr/bin/env python3
"""Held-out perplexity by document completion: klew with and without the refinement, and LDA by Gibbs sampling.

    pip install numpy scipy tomotopy
    completion.py KLEW DATA [NAME:K ...]     # DATA holds bbc/ and 20_newsgroups/; names are those of texts() below

A fifth of the documents is held out; all programs get the counts that klew makes, and the same halves of the
documents held out. Half of a document's tokens tell its topics, the others are predicted. Two columns each:

    plain   topics by the problem of klew infer (no pseudo-counts), with 1 % of the corpus as a whole mixed in
    own     topics with the pseudo-counts that the program itself has found, nothing mixed in
"""
import glob, json, os, random, re, subprocess, sys, tempfile

import numpy as np
import scipy.io
import scipy.sparse as sp
import tomotopy

KLEW, DATA = sys.argv[1:3]
ASKED = sys.argv[3:] or ["titles:5", "subjects:20", "first:5", "sentence:5", "posts:20", "bbc:5"]
T = tempfile.mkdtemp()


def texts(name):
    sentences = lambda t: re.split(r"(?<=[.!?])\s+", t)
    paragraphs = lambda t: [p for p in t.split("\n") if p.strip()]
    if name in ("subjects", "posts"):
        for f in sorted(glob.glob(f"{DATA}/20_newsgroups/*/*")):
            t = open(f, encoding="latin-1").read()
            if name == "subjects":
                m = re.search(r"^Subject:\s*(.*)$", t, re.M)
                yield re.sub(r"^(re|fwd?)\s*:\s*", "", m.group(1).strip() if m else "", flags=re.I)
            else:  # the first two lines that are the author's
                lines = [x for x in t.split("\n\n", 1)[-1].split("\n") if x.strip() and not re.match(r"^\s*[>|:}]|.*(writes|wrote):?$|^In article", x)]
                yield " ".join(lines[:2])
        return
    r = random.Random(5)
    for f in sorted(glob.glob(f"{DATA}/bbc/*/*.txt")):
        t = open(f, encoding="cp1252").read()
        p = paragraphs(t)
        yield {"titles": lambda: p[0], "first": lambda: sentences(p[1])[0], "last": lambda: p[-1], "bbc": lambda: t,
               "sentence": lambda: r.choice(sentences(" ".join(p[1:])))}[name]()


def run(*args):
    r = subprocess.run([KLEW, *args], capture_output=True, text=True)
    if r.returncode:
        sys.exit(r.stderr)
    return r.stdout


def counts(name):
    with open(f"{T}/{name}.jsonl", "w") as f:
        for t in texts(name):
            f.write(json.dumps({"text": t}) + "\n")
    run("import", f"{T}/{name}.jsonl", "--text-column", "text", "-q", "-o", f"{T}/c.kcorpus")
    run("matrix", f"{T}/c.kcorpus", "-q", "-o", f"{T}/v.mtx")
    return sp.csr_matrix(scipy.io.mmread(f"{T}/v.mtx"))


def halves(X, r):
    parts = [[], []]
    for i in range(X.shape[0]):
        s = slice(X.indptr[i], X.indptr[i + 1])
        tokens = r.permutation(np.repeat(X.indices[s], X.data[s].astype(int)))
        if len(tokens) >= 2:
            parts[0] += [(i, t) for t in tokens[: len(tokens) // 2]]
            parts[1] += [(i, t) for t in tokens[len(tokens) // 2 :]]
    return [sp.csr_matrix((np.ones(len(p)), tuple(np.array(p).T)), shape=X.shape) for p in parts]


def perplexity(W, first, second, alpha, mix, background):
    """exp of minus the mean log probability; W has columns that sum to 1."""
    c = first.tocoo()
    H = np.ones((first.shape[0], W.shape[1])) * np.asarray(first.sum(1)) / W.shape[1]
    for _ in range(100):
        y = np.maximum((W[c.col] * (H + alpha)[c.row]).sum(1), 1e-30)
        H = (H + alpha) * (sp.csr_matrix((c.data / y, (c.row, c.col)), shape=first.shape) @ W)
    H = H + alpha
    H /= np.maximum(H.sum(1, keepdims=True), 1e-30)
    c = second.tocoo()
    p = np.where(H.sum(1)[c.row] > 0, (1 - mix) * (W[c.col] * H[c.row]).sum(1) + mix * background[c.col], background[c.col])
    return np.exp(-(c.data * np.log(p)).sum() / c.data.sum())


def klew(k, refine):
    run("fit", f"{T}/train.mtx", "-k", str(k), "--refine", refine, "-q", "-o", f"{T}/m.klew")
    run("export", f"{T}/m.klew", "-q", "-o", f"{T}/m.npz")
    info = json.loads(run("info", f"{T}/m.klew", "--format", "json"))
    alpha = np.array([x["alpha"] for x in info["pseudo_counts"]]) if info["pseudo_counts"] else None
    return np.load(f"{T}/m.npz")["W"].astype(float), alpha


def gibbs(X, k):
    m = tomotopy.LDAModel(k=k, seed=1, alpha=0.1, eta=0.01)
    m.optim_interval, m.burn_in = 10, 100
    for i in range(X.shape[0]):
        s = slice(X.indptr[i], X.indptr[i + 1])
        tokens = [str(t) for t, n in zip(X.indices[s], X.data[s]) for _ in range(int(n))]
        if tokens:
            m.add_doc(tokens)
    m.train(1000, workers=1)
    W = np.full((X.shape[1], k), 1e-12)
    for t in range(k):
        W[[int(v) for v in m.used_vocabs], t] = m.get_topic_word_dist(t)
    return W / W.sum(0), np.asarray(m.alpha)


for asked in ASKED:
    name, k = asked.split(":")
    X, k, r = counts(name), int(k), np.random.default_rng(1)
    out = np.zeros(X.shape[0], bool)
    out[r.permutation(X.shape[0])[: X.shape[0] // 5]] = True
    X = X[:, np.asarray(X[~out].sum(0)).ravel() > 0]  # what no training document has nobody predicts
    train, (first, second) = X[~out], halves(X[out], r)
    background = np.asarray(train.sum(0)).ravel() + 1
    background = background / background.sum()
    scipy.io.mmwrite(f"{T}/train.mtx", train.astype(int), field="integer")
    row = [f"{name}, {k}", f"{train.sum() / max(1, (train.sum(1) > 0).sum()):.1f}"]
    row.append(f"{perplexity(background[:, None], first, second, 0, 0, background):.0f}")
    for W, alpha in (klew(k, "off"), klew(k, "on"), gibbs(train, k)):
        row.append(f"{perplexity(W, first, second, 0, 0.01, background):.0f}")
        if alpha is not None:
            row.append(f"{perplexity(W, first, second, alpha, 0, background):.0f}")
    print("| " + " | ".join(row) + " |", flush=True)
