#!/usr/bin/env python3
"""Makes labels.json: labellings, and how far they agree by scikit-learn.

    pip install scikit-learn==1.2.2
    python3 labels.py > labels.json

NMI and ARI are sklearn.metrics'. Purity has no function there; it is taken from the
table of both labellings, as sklearn.metrics.cluster.contingency_matrix counts it.
"""
import json
import random

from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
from sklearn.metrics.cluster import contingency_matrix

r = random.Random(3)
cases = [
    ([0, 0, 1, 1], ["x", "x", "y", "y"]),
    ([0, 0, 1, 1], ["y", "y", "x", "x"]),
    ([0, 0, 1, 1], ["x", "y", "x", "y"]),
    ([0, 0, 1, 1, 2, 2], ["x", "x", "x", "y", "y", "y"]),
    ([0, 0, 0], ["x", "x", "x"]),
    ([0, 0, 0], ["x", "y", "z"]),
    ([0, 1, 2], ["x", "y", "z"]),
    ([4], ["x"]),
]
for n, a, b, noise in [(30, 3, 3, 0.2), (200, 5, 4, 0.1), (200, 8, 3, 0.5), (500, 20, 20, 0.3), (100, 2, 50, 0.9)]:
    first = [r.randrange(a) for _ in range(n)]
    second = ["l%d" % (r.randrange(b) if r.random() < noise else x % b) for x in first]
    cases.append((first, second))
print(json.dumps([{
    "A": a, "B": b,
    "NMI": normalized_mutual_info_score(a, b), "ARI": adjusted_rand_score(a, b),
    "Purity": float(contingency_matrix(a, b).max(axis=1).sum() / len(a)),
} for a, b in cases]))
