"""Fits topics on a small cluster of this machine, and compares with one process that sees all.

    python check.py KLEW TEXTS [REMOTE]

KLEW is the program, TEXTS a folder of texts. There must be Java, and in this Python pyspark with
spark-submit beside it. Two executors of one core each make a fit, of which a worker and an executor
are killed in the midst of a pass. Then the fit is taken up after its first pass, without Arrow.
Both must lead to the bits of W to which a process comes that is given all blocks. The model must
open, and the table of documents must say what the model says. With REMOTE, such as local[2] or
sc://host, there is one fit, through Spark Connect, for which pyspark has to be 4.
"""

from __future__ import annotations

import csv
import glob
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

import pyarrow.parquet as parquet

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(FOLDER))
import klew_spark as driver  # noqa: E402

KLEW, TEXTS = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
REMOTE = sys.argv[3] if len(sys.argv) > 3 else None
PASSES = 3
SHARDS = 4
LIMITS = {"passes": PASSES, "tol": 0.0}

# Executors run this in the place of klew. Once a file "armed" is beside it, the first to come
# kills itself when it has read something, and the second the executor that it belongs to.
KILLER = """#!/bin/sh
here=%s
if [ -e $here/armed ] && mkdir $here/first 2>/dev/null; then
	head -c 100 >/dev/null
	kill -9 $$
elif [ -e $here/first ] && mkdir $here/killed 2>/dev/null; then
	process=$PPID
	while ! tr '\\0' ' ' </proc/$process/cmdline | grep -q CoarseGrainedExecutorBackend; do
		process=$(cut -d ' ' -f 4 /proc/$process/stat)
	done
	kill -9 $process
fi
exec %s "$@"
"""


def quick() -> list[str]:
    """Options for queries of a second: of what a JVM does to be fast later, most of their time is spent."""
    java = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    settings = {
        "spark.driver.extraJavaOptions": java, "spark.executor.extraJavaOptions": java, "spark.sql.codegen.wholeStage": "false",
        "spark.sql.adaptive.enabled": "false",
    }
    return [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]


def submit(output: str, *more: str, worker: str = KLEW, armed: str | None = None) -> str:
    """Runs a fit, and returns what it said. With armed, that file is made after the first pass."""
    began = time.monotonic()
    if REMOTE:
        command = [sys.executable]
        environment = {**os.environ, "SPARK_REMOTE": REMOTE}
    else:
        command = [
            os.path.join(os.path.dirname(sys.executable), "spark-submit"), "--master", "local-cluster[2,1,1024]",
            "--driver-memory", "512m", *quick(), "--conf", "spark.executor.memory=512m", "--conf", "spark.ui.enabled=false",
            "--conf", "spark.driver.host=127.0.0.1", "--conf", "spark.driver.bindAddress=127.0.0.1", "--conf", "spark.sql.shuffle.partitions=2",
        ]
        environment = dict(os.environ)
    environment |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable}
    command += [os.path.join(os.path.dirname(FOLDER), "klew_spark.py"), "fit", "--input", TEXTS, "--format", "files", "--output", output]
    command += ["--klew", KLEW, "-k", "8", "--shards", str(SHARDS), "--passes", str(PASSES), "--tol", "0", "--worker", worker, *more]
    said = []
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for line in process.stdout:
            said.append(line)
            if armed and line.startswith("klew: pass 1"):
                open(armed, "w").close()
    if process.returncode:
        sys.exit("".join(said[-60:]) + f"\nspark-submit ended with {process.returncode}")
    print(*(line.rstrip() for line in said if line.startswith("klew: ")), sep="\n")
    print(f"{output}: {time.monotonic() - began:.0f} s", flush=True)
    return "".join(said)


def kept(output: str, name: str, kind: str) -> list[driver.Frame]:
    """The frames of a kind that a fit has kept under a name."""
    frames = []
    for path in glob.glob(f"{output}/work/*/{name}/*.parquet"):
        rows = parquet.read_table(path).to_pylist()
        frames += [driver.Frame(**row) for row in rows if row["kind"] == kind.ljust(4)]
    return sorted(frames)


def w_of(output: str) -> bytes:
    """The bytes of the W that a fit has come to."""
    return b"".join(frame.data for frame in kept(output, f"pass-{PASSES:03}", "W"))


def alone(output: str) -> bytes:
    """The bytes of W to which one process comes that is given all blocks of a fit."""
    blocks = kept(output, "blocks", "BLCK")
    assert len(blocks) == SHARDS, f"{len(blocks)} blocks"

    def ask(task: str, frames: list[driver.Frame], **request: object) -> list[driver.Frame]:
        return list(driver.ask([KLEW, "worker"], {"task": task, **request}, [], frames))

    def only(kind: str) -> list[driver.Frame]:
        return [frame for frame in state if frame.kind == kind.ljust(4)]

    state = ask("start", blocks, topics=8, seed=1)
    for _ in range(PASSES):
        statistics = ask("expect", only("W") + blocks, steps=15)
        state = ask("advance", only("PASS") + statistics, **LIMITS)
    return b"".join(frame.data for frame in only("W"))


def klew(*arguments: str) -> str:
    return subprocess.run([KLEW, *arguments], check=True, capture_output=True, text=True).stdout


def check_model(output: str) -> None:
    """What klew prints of the model is what is in the table of documents."""
    model = f"{output}/model.klew"
    said = {row[0]: row[1] for row in csv.reader(io.StringIO(klew("info", model, "--format", "tsv")), delimiter="\t")}
    assert said["fitted on"].startswith("Spark "), said
    table = {row["id"]: row for row in parquet.read_table(f"{output}/documents").to_pylist()}
    documents = json.loads(klew("docs", model, "--format", "json"))
    assert len(documents) == len(table) == sum(len(files) for _, _, files in os.walk(TEXTS)), (len(documents), len(table))
    for document in documents:
        row = table[document["document"]]
        weights = row["weights"]
        assert row["tokens"] == document["tokens"] and json.loads(row["metadata"]).keys() >= {"folder"}, (row, document)
        for number, weight in enumerate(weights, 1):
            share = document[f"topic_{number}"]
            assert abs(weight / sum(weights) - share) < 1e-5, (row, document)


def forget(output: str, *names: str) -> None:
    """Takes away what a fit has kept under names, as if it had been stopped before."""
    for name in names:
        for path in glob.glob(f"{output}/work/*/{name}") + glob.glob(f"{output}/work/*/done/{name}"):
            shutil.rmtree(path)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="klew-check-") as folder:
        output, killer = f"{folder}/output", f"{folder}/killer"
        with open(killer, "w") as to:
            to.write(KILLER % (folder, KLEW))
        os.chmod(killer, 0o755)
        if REMOTE:
            submit(output)
        else:
            submit(output, worker=killer, armed=f"{folder}/armed")
            assert os.path.exists(f"{folder}/killed"), "no executor was killed"
        want = alone(output)
        assert w_of(output) == want, "the cluster's W is not that of one process"
        check_model(output)
        if REMOTE:
            print("the same bytes through Spark Connect")
            return
        forget(output, "pass-002", "pass-003", "weights")
        assert "goes on after pass 1" in submit(output, "--rdd")
        assert w_of(output) == want, "without Arrow, and taken up in the middle, W is another"
        check_model(output)
        print("the same bytes as of one process: with a worker and an executor killed, taken up in the middle, without Arrow")


if __name__ == "__main__":
    main()
