#!/usr/bin/env python3
"""Faces: klew beside scikit-learn, in one run.

    pip install numpy scikit-learn
    images.py DATA       # from the folder of klew; DATA holds cbcl_u8.npy.gz, 361 pixels x 2,429 faces, a byte each

49 parts, squared errors: how far WH is from V, as a part of V, and the seconds of processor time it took. klew is its
benchmark BenchmarkFaces, one fit with the default options; reading is in neither time, compiling is done before.
"""
import gzip, os, resource, subprocess, sys, tempfile

import numpy as np
from sklearn.decomposition import NMF

DATA = os.path.abspath(sys.argv[1])


def seconds(who):
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


test = os.path.join(tempfile.mkdtemp(), "nmf.test")
subprocess.run(["go", "test", "-c", "-o", test, "./nmf"], check=True)
before = seconds(resource.RUSAGE_CHILDREN)
out = subprocess.run([test, "-test.run", "^$", "-test.bench", "Faces/frobenius", "-test.benchtime", "1x"], text=True, check=True, capture_output=True,
                     cwd="nmf", env={**os.environ, "SHARED": os.path.dirname(DATA)}).stdout
took = seconds(resource.RUSAGE_CHILDREN) - before
fields = next(line for line in out.splitlines() if line.startswith("BenchmarkFaces/")).split()
error = dict(zip(fields[3::2], fields[2::2]))["error"]
print(f"klew                       {float(error):.4f} {took:6.1f} s", flush=True)

v = np.load(gzip.open(f"{DATA}/cbcl_u8.npy.gz")).astype(np.float64) / 255
for most in (200, 1000):
    before = seconds(resource.RUSAGE_SELF)
    model = NMF(49, init="nndsvd", solver="cd", max_iter=most, tol=0, random_state=1)
    w = model.fit_transform(v)
    took = seconds(resource.RUSAGE_SELF) - before
    error = np.linalg.norm(v - w @ model.components_) / np.linalg.norm(v)
    print(f"scikit-learn cd, {most:4d} it.  {error:.4f} {took:6.1f} s", flush=True)
