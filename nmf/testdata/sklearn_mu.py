#!/usr/bin/env python3
"""Makes sklearn_mu.json: what scikit-learn's multiplicative updates do to a small matrix.

    pip install scikit-learn
    sklearn_mu.py > sklearn_mu.json

The numbers in the repository come from scikit-learn 1.2.1. X is documents × terms,
the transpose of our V; its W is the transpose of our H and its H of our W. An iteration
of scikit-learn updates its W first, as ours updates H first.
"""
import json
import warnings

import numpy as np
import sklearn
from sklearn.decomposition import NMF

warnings.filterwarnings("ignore")  # that it did not converge, which is not asked
random = np.random.RandomState(7)
documents, terms, topics = 12, 9, 3
X = random.poisson(random.gamma(0.5, 1, (documents, topics)) @ random.gamma(0.5, 2, (topics, terms))).astype(float)
W = random.uniform(0.1, 1, (documents, topics))
H = random.uniform(0.1, 1, (topics, terms))
runs = []
for loss in ["kullback-leibler", "frobenius"]:
    for iterations in [1, 10, 50]:
        model = NMF(topics, init="custom", solver="mu", beta_loss=loss, max_iter=iterations, tol=0)
        w = model.fit_transform(X, W=W.copy(), H=H.copy())
        runs.append({
            "loss": loss,
            "iterations": iterations,
            "divergence": model.reconstruction_err_**2 / 2,
            "w": w.tolist(),
            "h": model.components_.tolist(),
        })
print(json.dumps({"sklearn": sklearn.__version__, "x": X.tolist(), "w": W.tolist(), "h": H.tolist(), "runs": runs}))
