"""Makes peers.json: trees by SciPy's linkage, and least squares by statsmodels, of the
numbers that the test makes models of."""

import json
import numpy as np
import statsmodels.formula.api as smf
import pandas as pd
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import jensenshannon, squareform

rng = np.random.default_rng(7)
terms, k, n = 40, 9, 60
w = rng.gamma(0.3, size=(k, terms))
w[w < 0.2] = 0
w[4] = 0
w[4, 0] = 1
w = (w / w.sum(1, keepdims=True)).astype(np.float32).astype(float)
h = (rng.gamma(0.5, size=(n, k)) * 100).astype(np.float32).astype(float)
d = np.array([[jensenshannon(a, b, base=2) for b in w] for a in w])
np.fill_diagonal(d, 0)
out = {"w": w.tolist(), "h": h.tolist(), "distances": d.tolist()}
for method in ("average", "ward"):
    out[method] = linkage(squareform(d, checks=False), method).tolist()
p = h / h.sum(1, keepdims=True)
out["correlations"] = np.corrcoef(p.T).tolist()
data = pd.DataFrame({
    "party": rng.choice(["blue", "green", "red"], n),
    "year": rng.integers(1990, 2020, n),
})
out["party"], out["year"] = data.party.tolist(), [str(y) for y in data.year]
out["effects"] = []
for topic in range(k):
    data["share"] = p[:, topic]
    out["effects"].append(smf.ols("share ~ party + year", data).fit().params.tolist())
print(json.dumps(out))
