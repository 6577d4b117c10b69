#!/usr/bin/env python3
"""Makes the reference values of this folder: coherence by gensim.

    pip install gensim==4.4.0
    python3 make.py             # in this folder; writes NAME.texts, .topics, .values

Texts are drawn, so that nothing is copied from anybody: a word is a number with a w
before it, frequent ones are frequent by Zipf's law, and words come in bursts, as in
texts. A line of NAME.texts is a document, one of NAME.topics a topic, one of
NAME.values the topic's u_mass, c_uci, c_npmi and c_v.
"""
import random

import numpy as np
from gensim.corpora import Dictionary
from gensim.models.coherencemodel import CoherenceModel

np.seterr(all="ignore")  # the mean of no pairs, for topics of one word


def text(r, length, words, burst):
    """A text whose tokens repeat an earlier one of the text with probability burst."""
    tokens = []
    while len(tokens) < length:
        if tokens and r.random() < burst:
            tokens.append(r.choice(tokens))
        else:
            tokens.append("w%d" % min(words - 1, int(r.paretovariate(0.6)) - 1))
    return tokens


def write(name, texts, topics):
    dictionary = Dictionary(texts)
    columns = []
    for measure in ["u_mass", "c_uci", "c_npmi", "c_v"]:
        model = CoherenceModel(topics=topics, texts=texts, dictionary=dictionary,
                               coherence=measure, processes=1)
        columns.append(model.get_coherence_per_topic())
    with open(name + ".texts", "w") as f:
        f.writelines(" ".join(t) + "\n" for t in texts)
    with open(name + ".topics", "w") as f:
        f.writelines(" ".join(t) + "\n" for t in topics)
    with open(name + ".values", "w") as f:
        f.writelines("\t".join("%.12f" % x for x in row) + "\n" for row in zip(*columns))


def drawn(r, words, count):
    """Topics of 2 to 15 words, most of them among the frequent ones."""
    return [["w%d" % i for i in r.sample(range(words), r.randint(2, 15))] for _ in range(count)]


# Lengths about the windows of 10 and 110 tokens, and none; topics with a word twice, with
# words that no text has, of one word, and of one word that is left.
EDGES = [0, 1, 2, 9, 10, 11, 12, 50, 109, 110, 111, 112, 119, 120, 121, 230]
for seed in [1, 2, 3]:
    r = random.Random(seed)
    texts = [text(r, n, 60, 0.3) for n in EDGES + [r.randint(0, 400) for _ in range(14)]]
    write("mixed%d" % seed, texts, drawn(r, 60, 6) + [
        ["w1", "w2", "w1"], ["w3", "w4", "w5", "w4", "w3"], ["w7", "w7"],
        ["w1", "missing", "w3"], ["gone", "w2", "w5", "lost"],
        ["w4"], ["missing", "w6"],
    ])

# Short texts: each is one window of 110 tokens, and most are one of 10.
r = random.Random(4)
write("short", [text(r, r.randint(0, 14), 30, 0.2) for _ in range(80)], drawn(r, 16, 6))

# Long texts in which words come in bursts: here gensim's windows show what they are.
r = random.Random(5)
write("bursts", [text(r, r.randint(150, 700), 80, 0.7) for _ in range(8)], drawn(r, 25, 8))

# A word that is everywhere, words that never meet, and a pair that always does.
write("extremes", [
    ["a", "b", "x", "y"], ["a", "c", "x", "y"], ["a", "b", "b"], ["a", "c"], ["a"] * 12,
    ["a", "d"] * 60,
], [["a", "b"], ["b", "c"], ["x", "y"], ["a", "x", "y"], ["a"], ["a", "d", "c"], ["d", "b", "x"]])
