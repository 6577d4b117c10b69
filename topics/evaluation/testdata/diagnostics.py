#!/usr/bin/env python3
"""Makes diagnostics.json: a small model, and MALLET's diagnostics of it.

    python3 diagnostics.py > diagnostics.json       # needs nothing but Python

Written from the definitions (mallet.cs.umass.edu/diagnostics.php; Dieng et al. 2020 for
diversity), with nothing in common with the Go code: sums are over whole distributions,
as the definitions have them. Topics come in order of falling size, as in a model.
"""
import json
import math
import random

TERMS, TOPICS, DOCUMENTS, TOP = 20, 3, 40, 5
r = random.Random(7)

w = [[r.choice([0, 1, 1]) * r.expovariate(1) for _ in range(TOPICS)] for _ in range(TERMS)]
sums = [sum(row[k] for row in w) for k in range(TOPICS)]
w = [[row[k] / sums[k] for k in range(TOPICS)] for row in w]
tokens = [r.randint(0, 60) for _ in range(DOCUMENTS)]
h = []
for n in tokens:
    weights = [r.choice([0, 1]) * r.expovariate(1) ** 3 for _ in range(TOPICS)]
    total = sum(weights) or 1
    h.append([n * x / total for x in weights])
tokens = [n if sum(x) > 0 else 0 for n, x in zip(tokens, h)]  # what has no topic has no token
order = sorted(range(TOPICS), key=lambda k: -sum(x[k] for x in h))
w = [[row[k] for k in order] for row in w]
h = [[x[k] for k in order] for x in h]

words = ["".join(r.choice("aeioünst") for _ in range(r.randint(2, 11))) for _ in range(TERMS)]
count = [r.randint(5, 90) for _ in range(TERMS)]
df = [r.randint(1, min(n, DOCUMENTS)) for n in count]


def kl(p, q):
    return sum(x * math.log(x / y) for x, y in zip(p, q) if x > 0)


def shares(xs):
    return [x / sum(xs) for x in xs]


topics = []
for k in range(TOPICS):
    phi = [row[k] for row in w]
    mine = [x[k] for x in h]
    top = sorted(range(TERMS), key=lambda i: -phi[i])[:TOP]
    p = shares(mine)
    with_topic = [j for j in range(DOCUMENTS) if mine[j] >= 0.5]
    share = [x[k] / sum(x) if sum(x) > 0 else 0 for x in h]
    by_tokens, by_documents = shares([phi[i] for i in top]), shares([df[i] for i in top])
    mean = [(a + b) / 2 for a, b in zip(by_tokens, by_documents)]
    topics.append({
        "Tokens": sum(mine),
        "DocumentEntropy": -sum(x * math.log(x) for x in p if x > 0),
        "WordLength": sum(len(words[i]) for i in top) / TOP,
        "UniformDist": kl(phi, [1 / TERMS] * TERMS),
        "CorpusDist": kl(phi, shares(count)),
        "EffNumWords": 1 / sum(x * x for x in phi),
        "TokenDocDiff": kl(by_tokens, mean) / 2 + kl(by_documents, mean) / 2,
        "Rank1Docs": sum(h[j][k] == max(h[j]) for j in with_topic) / len(with_topic),
        "AllocationRatio": sum(s >= 0.5 for s in share) / sum(s >= 0.02 for s in share),
        "AllocationCount": sum(s >= 0.3 for s in share) / len(with_topic),
        "Exclusivity": sum(w[i][k] / sum(w[i]) for i in top) / TOP,
    })

top_words = [i for k in range(TOPICS) for i in sorted(range(TERMS), key=lambda i: -w[i][k])[:4] if w[i][k] > 0]
print(json.dumps({
    "Top": TOP, "Words": words, "Count": count, "DF": df, "Tokens": tokens, "W": w, "H": h,
    "Topics": topics, "DiversityOf4": len(set(top_words)) / len(top_words),
}, indent=1, ensure_ascii=False))
