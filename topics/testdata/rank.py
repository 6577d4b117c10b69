"""Writes rank.json: the rankings of a little model by their published formulas.

    python3 rank.py > rank.json

It is written from the formulas alone: Sievert & Shirley 2014 (relevance, equation 1),
Taddy 2012 (lift), Bischof & Airoldi 2012 (FREX), with the exclusiveness shrunk as
Hausser & Strimmer 2009 and R's stm do it. The model's words stand in rows, its topics in
columns; mass is what each topic has of the corpus.
"""
import json
import sys
from math import log

WORDS = ["bee", "bread", "hive", "honey", "loaf", "once", "oven", "people"]
COUNT = [40, 30, 25, 24, 12, 1, 16, 60]
W = [
    [0.30, 0.00, 0.02],
    [0.00, 0.40, 0.01],
    [0.25, 0.00, 0.00],
    [0.20, 0.05, 0.00],
    [0.00, 0.15, 0.02],
    [0.00, 0.00, 0.05],
    [0.01, 0.20, 0.00],
    [0.24, 0.20, 0.90],
]
MASS = [104, 70, 34]

K, N = len(MASS), len(WORDS)
share = [m / sum(MASS) for m in MASS]
marginal = [sum(s * x for s, x in zip(share, row)) for row in W]


def shrunk(w):
    p = [x / sum(W[w]) for x in W[w]]
    if COUNT[w] <= 1:
        return [1 / K] * K
    variance = sum(x * (1 - x) for x in p) / (COUNT[w] - 1)
    deviation = sum((x - 1 / K) ** 2 for x in p)
    lam = min(1, variance / deviation) if deviation else 0
    return [lam / K + (1 - lam) * x for x in p]


def ecdf(values, x):
    return sum(v <= x for v in values) / len(values)


def frex(k, w, omega):
    of = [v for v in range(N) if W[v][k] > 0]
    e = ecdf([shrunk(v)[k] for v in of], shrunk(w)[k])
    f = ecdf([W[v][k] for v in of], W[w][k])
    return 1 / (omega / e + (1 - omega) / f)


def relevance(k, w, lam):
    return lam * log(W[w][k]) + (1 - lam) * log(W[w][k] / marginal[w])


CASES = [
    ("divergence", 0, lambda k, w: W[w][k] * log(W[w][k] / marginal[w])),
    ("probability", 0, lambda k, w: W[w][k]),
    ("relevance", 0, lambda k, w: relevance(k, w, 0)),
    ("relevance", 0.6, lambda k, w: relevance(k, w, 0.6)),
    ("relevance", 1, lambda k, w: relevance(k, w, 1)),
    ("lift", 0, lambda k, w: W[w][k] / marginal[w]),
    ("frex", 0, lambda k, w: frex(k, w, 0)),
    ("frex", 0.5, lambda k, w: frex(k, w, 0.5)),
    ("frex", 0.7, lambda k, w: frex(k, w, 0.7)),
]

out = []
for name, weight, score in CASES:
    topics = []
    for k in range(K):
        rows = [w for w in range(N) if W[w][k] > 0]
        rows.sort(key=lambda w: (-round(score(k, w), 9), -W[w][k], w))
        topics.append([{"term": WORDS[w], "score": score(k, w)} for w in rows])
    out.append({"by": name, "weight": weight, "topics": topics})
json.dump({"words": WORDS, "counts": COUNT, "w": W, "mass": MASS, "marginals": marginal, "rankings": out}, sys.stdout, indent=1)
print()
