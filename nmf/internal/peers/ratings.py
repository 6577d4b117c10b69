#!/usr/bin/env python3
"""Predicted ratings: klew beside Surprise, on the same folds.

    pip install numpy pandas scikit-surprise
    ratings.py KLEW FILE [FOLDS [METHODS]]     # FILE: a row, a column and a rating a line, between commas, tabs, blanks or ::

FOLDS of five folds are held out, one after the other (default: all five). METHODS are some of klew, bias, nmf, svd, svdpp
(default: all). Printed are RMSE, with predictions between the least and the largest rating, and seconds a fold of the whole
work: for klew the processes that fit and predict with a file, for Surprise the fit and the predictions alone.
"""
import csv, os, random, re, subprocess, sys, tempfile, time

import numpy as np

KLEW, FILE = sys.argv[1:3]
FOLDS = int(sys.argv[3]) if len(sys.argv) > 3 else 5
METHODS = sys.argv[4].split(",") if len(sys.argv) > 4 else ["klew", "bias", "nmf", "svd", "svdpp"]
T = tempfile.mkdtemp()


def ratings():
    for line in open(FILE, encoding="utf-8"):
        row, column, value = (re.split(r"::|[\t,;| ]+", line.strip()) + ["", ""])[:3]
        try:
            yield row, column, float(value)
        except ValueError:
            continue  # a header


ALL = list(ratings())
LOW, HIGH = min(r[2] for r in ALL), max(r[2] for r in ALL)
FOLD = np.random.default_rng(0).permutation(len(ALL)) % 5


def klew(train, test):
    for name, cells in (("train", train), ("test", test)):
        with open(f"{T}/{name}.csv", "w", newline="") as f:
            csv.writer(f).writerows([("row", "column", "rating"), *cells])
    run = lambda *args: subprocess.run([KLEW, *args], check=True, text=True, capture_output=True)
    run("fit", f"{T}/train.csv", "--matrix-format", "triplets", "--observed", "-k", "10", "-o", f"{T}/m.klew", "--force")
    said = run("predict", f"{T}/m.klew", f"{T}/test.csv").stderr
    return float(re.search(r"RMSE ([0-9.]+)", said).group(1)) ** 2 * len(test)


def surprise(method, train, test):
    import pandas as pd
    from surprise import BaselineOnly, Dataset, NMF, Reader, SVD, SVDpp
    reader = Reader(rating_scale=(LOW, HIGH))
    data = Dataset.load_from_df(pd.DataFrame(train), reader).build_full_trainset()
    random.seed(0), np.random.seed(0)
    model = {"bias": lambda: BaselineOnly(verbose=False), "nmf": lambda: NMF(random_state=0), "svd": lambda: SVD(random_state=0),
             "svdpp": lambda: SVDpp(random_state=0)}[method]()
    return sum((p.est - p.r_ui) ** 2 for p in model.fit(data).test(test))


for method in METHODS:
    squares, begun = 0.0, time.time()
    for n in range(FOLDS):
        train, test = ([r for r, fold in zip(ALL, FOLD) if (fold == n) == held] for held in (False, True))
        squares += klew(train, test) if method == "klew" else surprise(method, train, test)
    count = sum(FOLD < FOLDS)
    print(f"{os.path.basename(FILE)} {method:6s} RMSE {(squares / count) ** 0.5:.4f}  {(time.time() - begun) / FOLDS:6.1f} s a fold", flush=True)
