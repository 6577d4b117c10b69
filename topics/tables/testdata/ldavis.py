"""Makes ldavis.json: a small model, and what pyLDAvis 3.4.1 prepares of it.

    python ldavis.py > ldavis.json

All weights are above 0, since pyLDAvis has no terms without.
"""
import json

import numpy as np
import pyLDAvis

TERMS, TOPICS, DOCUMENTS = 60, 5, 40

r = np.random.default_rng(5)
w = np.round(r.gamma(0.2, 1, (TERMS, TOPICS)) + 0.001, 3)
h = np.round(r.gamma(0.3, 40, (TOPICS, DOCUMENTS)) + 0.01, 2)
h = h[np.argsort(-(w.sum(0) * h.sum(1)))]
order = np.argsort(-(w.sum(0) * h.sum(1)), kind="stable")  # klew numbers topics by share
w, h = w[:, order], h[order]

phi = w / w.sum(0)
mass = h * w.sum(0)[:, None]
words = [f"word{i:02}" for i in range(TERMS)]
p = pyLDAvis.prepare(
    topic_term_dists=phi.T, doc_topic_dists=(mass / mass.sum(0)).T, doc_lengths=mass.sum(0),
    vocab=words, term_frequency=np.ones(TERMS), sort_topics=False, n_jobs=1,
)
want = json.loads(p.to_json())
print(json.dumps({"w": w.tolist(), "h": h.tolist(), "words": words, "want": want}))
