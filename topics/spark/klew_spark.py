#!/usr/bin/env python3
"""Finds topics with klew on Apache Spark, 3.5 or 4.

    spark-submit klew_spark.py fit --input reviews.parquet --text-column text -k 200 --output out

Nothing is calculated here. Processes of klew do the work, on the driver and in the tasks of
executors: each is given frames on its standard input, and answers with frames. A frame is a row
of a DataFrame, with the columns kind, key, part and data; this program sends them from one stage
to the next, and keeps what a stage has made as Parquet below the output, so that the same
command goes on where it was stopped. "klew spark" writes this file, and says more in its help.
"""

from __future__ import annotations

import argparse
import array
import hashlib
import itertools
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
import uuid
import zlib
from typing import Any, BinaryIO, Callable, Iterable, Iterator, NamedTuple

from pyspark import cloudpickle
from pyspark.sql import DataFrame, SparkSession, functions as F

PROTOCOL = 1
HEAD, HEAD_SIZE = "<4sqII", 20  # kind, key, part, length; then the checksum
SUM, SUM_SIZE = "<I", 4
LONG_PART = 8 << 20
SCHEMA = "kind string, key long, part long, data binary"

BUCKETS = 64  # that the terms of a shard are shared out among
# Options of counting, named and written as in klew's files.
COUNTING = ("language", "min_df", "max_df", "max_features", "ngram_range", "token_pattern")
SHARD_DOCUMENTS = 1 << 14
SAMPLE_EACH = 50_000  # non-zeros that the start sees for each topic


class Frame(NamedTuple):
    """A row: a piece of what tasks are given, or answer."""

    kind: str
    key: int
    part: int
    data: bytes


class KlewError(RuntimeError):
    """What a process of klew says went wrong."""


# Conversations with a process of klew


def packed(frame: Frame) -> bytes:
    head = struct.pack(HEAD, frame.kind.ljust(4).encode(), frame.key, frame.part, len(frame.data))
    return head + struct.pack(SUM, zlib.crc32(frame.data, zlib.crc32(head))) + frame.data


def long(kind: str, key: int, data: bytes) -> Iterator[Frame]:
    """The frames of a thing that may be too long for one."""
    for part, start in enumerate(range(0, max(len(data), 1), LONG_PART)):
        yield Frame(kind, key, part, data[start : start + LONG_PART])


def read_frames(stream: BinaryIO) -> Iterator[Frame]:
    """Reads frames to the end of the stream."""
    while head := stream.read(HEAD_SIZE):
        total = stream.read(SUM_SIZE)
        if len(head) + len(total) < HEAD_SIZE + SUM_SIZE:
            raise KlewError("a frame is cut off")
        kind, key, part, length = struct.unpack(HEAD, head)
        data = stream.read(length)
        if len(data) < length or struct.unpack(SUM, total)[0] != zlib.crc32(data, zlib.crc32(head)):
            raise KlewError("a frame is damaged, or cut off")
        yield Frame(kind.decode(), key, part, data)


def ask(program: list[str], request: dict[str, Any], files: list[str], rows: Iterable[Frame]) -> Iterator[Frame]:
    """Has one process do a task: gives it the frames of files, and rows, and yields its answers.

    The process answers while it reads, so that a thread of its own has to write to it.
    """
    process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    failed: list[BaseException] = []

    def feed() -> None:
        try:
            with process.stdin as to:
                to.write(packed(Frame("KLEW", 0, 0, json.dumps({"protocol": PROTOCOL, **request}).encode())))
                for path in files:
                    with open(path, "rb") as source:
                        shutil.copyfileobj(source, to, 1 << 20)
                for row in rows:
                    to.write(packed(Frame(*row)))
                to.write(packed(Frame("END", 0, 0, b"")))
        except BrokenPipeError:
            pass  # it has stopped, and says why
        except BaseException as error:  # of whoever makes the rows: theirs is to be raised
            failed.append(error)
            process.kill()

    feeding = threading.Thread(target=feed, daemon=True)
    feeding.start()
    try:
        ended = yield from answers(process.stdout)
    finally:
        process.kill()
        code = process.wait()
        feeding.join()
    if failed:
        raise failed[0]
    if not ended:
        raise KlewError(f"the process of klew for the task {request['task']} was stopped (exit code {code}; -9: by the system, mostly for want of memory)")


def answers(stream: BinaryIO) -> Iterator[Frame]:
    """Yields the frames of an answer, and returns whether it was whole."""
    for frame in read_frames(stream):
        if frame.kind == "END ":
            return True
        if frame.kind == "ERR ":
            raise KlewError(frame.data.decode("utf-8", "replace"))
        if frame.kind != "KLEW":
            yield frame
    return False


# What runs in the tasks of executors


def executable(name: str) -> str:
    """The worker that came with the job, as a file that may be run."""
    from pyspark import SparkFiles

    path = SparkFiles.get(name)
    if not os.access(path, os.X_OK):
        try:
            os.chmod(path, 0o755)
        except OSError:
            path = shutil.copy(path, os.path.join(tempfile.mkdtemp(), name))
            os.chmod(path, 0o755)
    return path


def in_task(worker: str, request: dict[str, Any], names: list[str], rows: Iterable[Frame]) -> Iterator[Frame]:
    """Does a task on an executor; no process is begun for a partition without rows."""
    from pyspark import SparkFiles

    rows = iter(rows)
    for first in rows:
        files = [SparkFiles.get(name) for name in names]
        yield from ask([executable(worker), "worker"], request, files, itertools.chain([first], rows))


def to_frames(rows: Iterable[tuple]) -> Iterator[Frame]:
    return map(Frame._make, rows)


def texts(rows: Iterable[tuple]) -> Iterator[Frame]:
    """Rows of shard, id, text and metadata as frames of about a megabyte."""
    bundle: list[dict] = []
    size, current = 0, -1
    for shard, name, text, meta in rows:
        if bundle and (shard != current or size > 1 << 20):
            yield from long("TEXT", current, json.dumps(bundle).encode())
            bundle, size = [], 0
        text, current = text or "", shard
        bundle.append({"id": name, "text": text, "meta": [[k, str(v)] for k, v in json.loads(meta).items()]})
        size += len(text)
    if bundle:
        yield from long("TEXT", current, json.dumps(bundle).encode())


def files(rows: Iterable[tuple]) -> Iterator[Frame]:
    """Rows of shard, path and content as frames."""
    for shard, path, content in rows:
        yield from long("FILE", shard, path.encode() + b"\0" + bytes(content))


def weighed(topics: int, rows: Iterable[Frame]) -> Iterator[tuple]:
    """Frames DOCS and H, those of a block together, as columns: ids, metadata, tokens, weights."""
    about: list[dict] = []
    for (_, kind), parts in itertools.groupby(map(Frame._make, rows), lambda row: (row.key, row.kind)):
        if kind == "DOCS":
            about = json.loads(b"".join(part.data for part in parts))
            continue
        for part in parts:
            numbers = array.array("f", part.data)
            lists = [numbers[at : at + topics].tolist() for at in range(0, len(numbers), topics)]
            some, about = about[: len(lists)], about[len(lists) :]
            yield [d["id"] for d in some], [json.dumps(dict(d["meta"])) for d in some], [d["tokens"] for d in some], lists


# Spark


def has_arrow() -> bool:
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        return False
    return True


class Cluster:
    """A Spark session whose tasks are done by klew."""

    def __init__(self, spark: SparkSession, klew: str, worker: str, arrow: bool) -> None:
        self.spark = spark
        self.klew = klew
        self.arrow = arrow
        self.threads = int(spark.conf.get("spark.task.cpus", "1"))
        self.folder = tempfile.mkdtemp(prefix="klew-")
        self.prefix = uuid.uuid4().hex[:8]
        self.worker = self.publish(worker)
        # A row has some megabytes, and few may be in memory at once.
        self.rows_at_once(4)
        spark.conf.set("spark.sql.parquet.enableVectorizedReader", "false")

    def rows_at_once(self, rows: int) -> None:
        self.spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(rows))

    def publish(self, path: str) -> str:
        """Gives a file to all executors, under a name that is returned."""
        if not path.startswith(self.folder):
            path = shutil.copy(path, os.path.join(self.folder, f"{self.prefix}-{os.path.basename(path)}"))
        if hasattr(self.spark, "_jsc"):
            self.spark.sparkContext.addFile(path)
        else:  # Spark Connect
            self.spark.addArtifacts(path, file=True)
        return os.path.basename(path)

    def local(self, task: str, files: list[str], rows: Iterable[Frame] = (), **request: Any) -> Iterator[Frame]:
        """Does a task on the driver."""
        return ask([self.klew, "worker"], {"task": task, **request}, files, rows)

    def stage(self, rows: DataFrame, task: str, files: list[str], source: Callable = to_frames, **request: Any) -> DataFrame:
        """Does a task on the executors: for the rows of each partition, after the published files."""
        worker, asked = self.worker, {"task": task, "threads": self.threads, **request}

        def do(part: Iterable[tuple]) -> Iterator[tuple]:
            for frame in in_task(worker, asked, files, source(part)):
                yield [frame.kind], [frame.key], [frame.part], [frame.data]

        return self.mapped(rows, do, SCHEMA)

    def mapped(self, rows: DataFrame, do: Callable[[Iterable[tuple]], Iterator[tuple]], schema: str) -> DataFrame:
        """The rows that do makes of those of each partition: it yields some at a time, by column."""
        if not self.arrow:
            return rows.rdd.mapPartitions(lambda part: (row for some in do(map(tuple, part)) for row in zip(*some))).toDF(schema)
        columns = [column.split() for column in schema.split(", ")]

        def batches(part: Iterable) -> Iterator:
            import pyarrow as pa

            types = {"string": pa.string(), "long": pa.int64(), "binary": pa.binary(), "array<float>": pa.list_(pa.float32())}
            for some in do(row for batch in part for row in zip(*(column.to_pylist() for column in batch.columns))):
                arrays = [pa.array(values, types[kind]) for values, (_, kind) in zip(some, columns)]
                yield pa.RecordBatch.from_arrays(arrays, [name for name, _ in columns])

        return rows.mapInArrow(batches, schema)

    def rows_of(self, *names: str) -> DataFrame:
        """The frames of published files, read on an executor: no plan has to carry them."""

        def do(part: Iterable[tuple]) -> Iterator[tuple]:
            from pyspark import SparkFiles

            for _, name in itertools.product(part, names):
                with open(SparkFiles.get(name), "rb") as stream:
                    for frame in read_frames(stream):
                        yield [frame.kind], [frame.key], [frame.part], [frame.data]

        return self.mapped(self.spark.range(0, 1, 1, 1), do, SCHEMA)

    def file(self, name: str, frames: Iterable[Frame]) -> str:
        """Keeps frames in a file of the driver."""
        path = os.path.join(self.folder, f"{self.prefix}-{name}")
        with open(path, "wb") as to:
            for frame in frames:
                to.write(packed(Frame(*frame)))
        return path

    def files(self, name: str, frames: Iterable[Frame]) -> dict[str, str]:
        """Keeps frames in files of the driver, one for each kind."""
        paths: dict[str, str] = {}
        for kind, some in itertools.groupby(frames, lambda frame: frame.kind.strip()):
            paths[kind] = self.file(f"{name}-{kind}", some)
        return paths


# The run


def say(text: str) -> None:
    print(f"klew: {text}", flush=True)


def read_input(spark: SparkSession, o: argparse.Namespace) -> DataFrame:
    """The texts as columns id, text and meta, or for files id and content."""
    kind = o.format or ("table" if o.table else guess_format(o.input[0]))
    if kind == "files":
        found = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(o.input)
        return found.select(F.col("path").alias("id"), "content")
    if kind == "table":
        rows = spark.table(o.table)
    elif kind == "csv":
        rows = spark.read.csv(o.input, header=True, multiLine=True, quote='"', escape='"')
    elif kind == "lines":
        rows = spark.read.text(o.input).withColumnRenamed("value", "text")
    else:
        rows = spark.read.format(kind).load(o.input)
    return as_texts(rows, o)


def guess_format(path: str) -> str:
    endings = {"csv": "csv", "jsonl": "json", "json": "json", "ndjson": "json", "txt": "lines"}
    name = path.rstrip("/")
    if name.endswith(".gz"):
        name = name[:-3]
    return endings.get(name.rsplit(".", 1)[-1].lower(), "parquet")


def as_texts(rows: DataFrame, o: argparse.Namespace) -> DataFrame:
    """The columns id, text and meta: all other columns, by name, in JSON."""
    for name in [*o.text_column, *([o.id_column] if o.id_column else [])]:
        if name not in rows.columns:
            raise SystemExit(f"klew: there is no column {name!r}, but {', '.join(rows.columns)}")
    key = F.col(f"`{o.id_column}`").cast("string") if o.id_column else F.monotonically_increasing_id().cast("string")
    text = F.concat_ws("\n\n", *(F.col(f"`{name}`").cast("string") for name in o.text_column))
    rest = [name for name, kind in rows.dtypes if name not in o.text_column and name != o.id_column and kind != "binary"]
    meta = F.to_json(F.struct(*(F.col(f"`{name}`").cast("string").alias(name) for name in rest))) if rest else F.lit("{}")
    return rows.select(F.coalesce(key, F.lit("")).alias("id"), text.alias("text"), meta.alias("meta"))


class Store:
    """What stages have made, as Parquet in a folder: a stage that was finished is not made again."""

    def __init__(self, cluster: Cluster, output: str, settings: dict[str, Any]) -> None:
        self.spark = cluster.spark
        # Other settings have another folder, so that nothing of theirs is taken for this.
        self.folder = f"{output}/work/{hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()[:12]}"

    def rows(self, name: str) -> DataFrame:
        return self.spark.read.schema(SCHEMA).parquet(f"{self.folder}/{name}")  # a schema saves a job

    def saved(self, name: str) -> DataFrame | None:
        try:
            self.rows(f"done/{name}").columns  # asked, so that Spark Connect looks, too
        except Exception as error:  # of another class in each kind of session
            if "PATH_NOT_FOUND" in str(error):
                return None
            raise
        return self.rows(name)

    def save(self, name: str, rows: DataFrame) -> DataFrame:
        rows.write.mode("overwrite").parquet(f"{self.folder}/{name}")
        # Of a write that was stopped there may be a part: only this says that all is there.
        self.spark.range(0, 1, 1, 1).write.mode("overwrite").parquet(f"{self.folder}/done/{name}")
        return self.rows(name)

    def keep(self, name: str, make: Callable[[], DataFrame]) -> DataFrame:
        """What is kept under a name; it is made if it is not there."""
        rows = self.saved(name)
        if rows is not None:
            say(f"{name}: as kept in {self.folder}")
            return rows
        began = time.monotonic()
        rows = self.save(name, make())
        say(f"{name}: {time.monotonic() - began:.1f} s")
        return rows


def of_kind(rows: DataFrame, kind: str) -> DataFrame:
    return rows.filter(F.col("kind") == kind.ljust(4))


def frames_of(rows: DataFrame) -> Iterator[Frame]:
    """Rows in the order of keys and parts, one after another: the driver need not hold all."""
    return to_frames(map(tuple, rows.coalesce(1).sortWithinPartitions("key", "kind", "part").toLocalIterator()))


def infos(rows: DataFrame) -> list[dict]:
    return [json.loads(row.data) for row in of_kind(rows, "INFO").collect()]


class Counts:
    """The counts of texts, in blocks."""

    def __init__(self, cluster: Cluster, o: argparse.Namespace) -> None:
        self.on = cluster
        self.o = o
        self.texts = read_input(cluster.spark, o)
        self.files = "content" in self.texts.columns
        shards = o.shards or max(1, -(-self.texts.count() // SHARD_DOCUMENTS))
        names = ("input", "table", "format", "text_column", "id_column", *COUNTING, "stem", "stop_words", "no_stop_words")
        self.store = Store(cluster, o.output, {"shards": shards, **{name: getattr(o, name) for name in names}})
        self.shards = shards

    def make(self) -> None:
        counting = self.store.keep("counting", self.settle)
        self.counted = self.store.keep("counted", lambda: self.count(counting))
        self.about = infos(self.counted)
        self.documents = sum(shard["documents"] for shard in self.about)
        skipped = sum(len(shard.get("ledger", [])) for shard in self.about)
        say(f"{self.documents} documents in {self.shards} shards" + (f", and {skipped} files were skipped or repaired" if skipped else ""))
        terms = self.store.keep("terms", self.terms)
        self.vocabulary = self.store.keep("vocabulary", lambda: self.choose(terms))
        self.vocabulary_file = self.on.file("words", frames_of(of_kind(self.vocabulary, "VOCA")))
        say(f"{infos(self.vocabulary)[0]['terms']} terms are kept")
        self.blocks = self.store.keep("blocks", self.cut)

    def in_shards(self) -> DataFrame:
        """The texts with the numbers of their shards, which their names tell."""
        return self.texts.select(F.pmod(F.xxhash64("id"), F.lit(self.shards)).alias("shard"), "*")

    def settle(self) -> DataFrame:
        """The options of counting, with the language of some documents."""
        some = self.in_shards().orderBy("shard", "id").limit(64).collect()
        source = files if self.files else texts
        asked = {name: getattr(self.o, name) for name in (*COUNTING, "stem") if getattr(self.o, name) is not None}
        words = open(self.o.stop_words, encoding="utf-8").read().split() if self.o.stop_words else []
        answer = self.on.local("settle", [], source(map(tuple, some)), counting=asked, stop_words=words, no_stop_words=self.o.no_stop_words)
        return self.on.rows_of(self.on.publish(self.on.file("counting", answer)))

    def published(self, name: str, rows: DataFrame) -> str:
        return self.on.publish(self.on.file(name, frames_of(rows)))

    def count(self, counting: DataFrame) -> DataFrame:
        rows = self.in_shards().repartition(self.shards, "shard").sortWithinPartitions("shard", "id")
        self.on.rows_at_once(1 if self.files else 100)
        return self.on.stage(rows, "count", [self.published("counting", of_kind(counting, "COUN"))], files if self.files else texts)

    def sorted_counts(self) -> DataFrame:
        """The counts with the parts of a shard together: reading may have split them."""
        rows = of_kind(self.counted, "CNTD")
        return rows.repartition(self.shards, "key").sortWithinPartitions("key", "part")

    def terms(self) -> DataFrame:
        self.on.rows_at_once(4)
        shared = self.on.stage(self.sorted_counts(), "terms", [], buckets=BUCKETS)
        together = shared.repartition(min(BUCKETS, self.shards), "key").sortWithinPartitions("key")
        return self.on.stage(together, "merge", [], documents=self.documents)

    def choose(self, terms: DataFrame) -> DataFrame:
        answer = self.on.local("vocabulary", [], frames_of(terms), documents=self.documents)
        return self.on.rows_of(self.on.publish(self.on.file("vocabulary", answer)))

    def cut(self) -> DataFrame:
        return self.on.stage(self.sorted_counts(), "blocks", [self.on.publish(self.vocabulary_file)])


class Fit:
    """A fit to blocks, in passes over all of them."""

    def __init__(self, cluster: Cluster, counts: Counts, o: argparse.Namespace) -> None:
        self.on = cluster
        self.counts = counts
        self.o = o
        self.blocks = of_kind(counts.blocks, "BLCK")
        settings = {name: getattr(o, name) for name in ("topics", "seed", "sample", "steps", "passes", "tol")}
        self.store = Store(cluster, o.output, {"counts": counts.store.folder, **settings})

    def make(self) -> None:
        """Makes the passes; it goes on from the last one that is kept."""
        number, rows = 0, self.store.saved("pass-000")
        if rows is None:
            began = time.monotonic()
            self.take(0, self.start())
            self.save()
            say(f"start: {time.monotonic() - began:.1f} s")
        else:
            while (later := self.store.saved(f"pass-{number + 1:03}")) is not None:
                number, rows = number + 1, later
            self.take(number, frames_of(rows))
            say(f"goes on after pass {number}")
        while not self.about["done"]:
            self.one_pass()

    def take(self, number: int, frames: Iterable[Frame]) -> None:
        """Takes frames PASS, W and INFO as where the fit has come to, and gives W to all executors."""
        self.state = self.on.files(f"pass-{number:03}", frames)
        with open(self.state["INFO"], "rb") as stream:
            self.about = json.loads(next(read_frames(stream)).data)
        self.w = self.on.publish(self.state["W"])

    def save(self) -> None:
        names = [self.on.publish(path) for kind, path in self.state.items() if kind != "W"]
        self.store.save(f"pass-{self.about['pass']:03}", self.on.rows_of(self.w, *names))

    def start(self) -> Iterator[Frame]:
        """Topics of the first blocks, found on the driver. It is chance which documents these have."""
        sizes = sorted(tuple(row) for row in self.blocks.select("key", F.length("data")).collect())
        keys, room = [], 2 * (self.o.sample or SAMPLE_EACH * self.o.topics)  # a non-zero takes two bytes
        for key, size in sizes:
            if room > 0:
                keys.append(key)
                room -= size
        say(f"begins with the topics of {len(keys)} of {len(sizes)} blocks")
        sample = frames_of(self.blocks.filter(F.col("key").isin(keys)))
        return self.on.local("start", [], sample, topics=self.o.topics, seed=self.o.seed)

    def one_pass(self) -> None:
        began, number = time.monotonic(), self.about["pass"] + 1
        statistics = self.on.stage(self.blocks, "expect", [self.w], steps=self.o.steps)
        size = 8 * self.about["terms"] * self.about["topics"]
        if size > 1 << 20:  # and as much from each task: what is large is added up on the executors
            together = statistics.repartition(min(64, 1 + (size >> 22)), "key").sortWithinPartitions("key")
            statistics = self.on.stage(together, "add", [])
        answer = self.on.local("advance", [self.state["PASS"]], to_frames(map(tuple, statistics.collect())), passes=self.o.passes, tol=self.o.tol)
        self.take(number, answer)
        calculated = time.monotonic()
        self.save()
        say(f"pass {number}: D {self.about['divergence']:.6e}, {calculated - began:.1f} s, {time.monotonic() - calculated:.1f} s to keep it")

    def documents(self) -> DataFrame:
        """The frames DOCS and H of each block."""
        weights = self.store.keep("weights", lambda: self.on.stage(self.blocks, "solve", [self.w], steps=0))
        return of_kind(self.counts.blocks, "DOCS").union(weights)

    def write(self, paths: list[str], model: str) -> None:
        """Writes the table of documents, and the model."""
        both, topics = self.documents(), self.about["topics"]
        together = both.repartition(self.counts.shards, "key").sortWithinPartitions("key", "kind", "part")
        table = self.on.mapped(together, lambda rows: weighed(topics, rows), "id string, metadata string, tokens long, weights array<float>")
        table.write.mode("overwrite").parquet(f"{self.o.output}/documents")
        say(f"wrote {self.o.output}/documents")
        rows = itertools.chain(frames_of(of_kind(self.counts.counted, "INFO")), frames_of(both))
        engine = f"Spark {self.on.spark.version}: {self.counts.shards} shards, passes over all documents from the topics of a sample"
        answer = self.on.local(
            "model", [self.counts.vocabulary_file, self.state["W"]], rows, paths=paths, cluster=engine, seed=self.o.seed,
            passes=self.o.passes, tol=self.o.tol, divergence=self.about["divergences"],
        )
        with open(model + ".part", "wb") as to:
            for frame in answer:
                to.write(frame.data)
        os.replace(model + ".part", model)
        say(f"saved the model to {model}")


# The command line


def arguments(argv: list[str]) -> argparse.Namespace:
    p = argparse.ArgumentParser(prog="klew_spark.py", description=__doc__.split("\n")[0])
    fit = p.add_subparsers(dest="command", required=True).add_parser("fit", help="count texts, and find their topics")
    fit.add_argument("--input", nargs="+", default=[], metavar="PATH", help="texts, at any address that Spark reads")
    fit.add_argument("--table", help="a table of the catalog, in place of --input")
    fit.add_argument("--format", choices=["parquet", "csv", "json", "lines", "files", "orc", "delta"], help="what the input is, if its ending does not tell; files: a document each, or what klew finds in it")
    fit.add_argument("--text-column", nargs="+", default=["text"], metavar="NAME", help="the columns with the text (text)")
    fit.add_argument("--id-column", metavar="NAME", help="the column that names a document")
    fit.add_argument("--output", required=True, help="the folder for all that is made; the same command goes on from what is there")
    fit.add_argument("--model", help="the file for the model, on the driver (OUTPUT/model.klew, or for an address its last part with .klew)")
    fit.add_argument("-k", "--topics", type=int, default=10, help="number of topics (10)")
    fit.add_argument("--passes", type=int, default=20, help="the most passes over all documents (20)")
    fit.add_argument("--tol", type=float, default=1e-4, help="end when D falls by less than this share in a pass (1e-4)")
    fit.add_argument("--steps", type=int, default=15, help="steps for each document in a pass (15)")
    fit.add_argument("--sample", type=int, help="non-zeros from which to begin (50,000 for each topic)")
    fit.add_argument("--seed", type=int, default=1, help="seed of the start (1)")
    fit.add_argument("--shards", type=int, help="parts of the corpus; the result depends on it (one for 16,384 documents)")
    for name in COUNTING:
        fit.add_argument("--" + name.replace("_", "-"), type=int if name == "max_features" else str, help="as with klew fit")
    fit.add_argument("--no-stem", dest="stem", action="store_false", default=None, help="leave words as they are")
    fit.add_argument("--stop-words", metavar="FILE", help="a file of words to leave out, beside the language's own")
    fit.add_argument("--no-stop-words", action="store_true", help="without the language's own")
    fit.add_argument("--klew", help="klew for the driver (beside this file, or in the folder at hand)")
    fit.add_argument("--worker", help="klew for the executors (klew-worker beside this file, else --klew)")
    fit.add_argument("--rdd", action="store_true", help="without Arrow, as where pyarrow is missing")
    o = fit_defaults(p.parse_args(argv))
    if bool(o.input) == bool(o.table):
        p.error("name the texts, by --input or by --table")
    for path in o.input:
        if path.rstrip("/").endswith(".kcorpus"):
            p.error(f"--input {path}: counts of klew import are for klew fit --memory, on one machine: name the texts that they were made of")
    if ":/" in o.model:  # said now, and not when all is done
        p.error(f"--model {o.model}: the model becomes a file of the driver: name one there, and copy it")
    if not o.model.startswith(o.output + "/") and not os.path.isdir(os.path.dirname(o.model) or "."):
        p.error(f"--model {o.model}: there is no folder {os.path.dirname(o.model)} on the driver")
    return o


def fit_defaults(o: argparse.Namespace) -> argparse.Namespace:
    o.output = o.output.rstrip("/")
    o.klew = o.klew or beside("klew")
    o.worker = o.worker or beside("klew-worker", o.klew)
    if not runs(o.klew) and runs(o.worker):  # the driver is where the executors are
        o.klew = o.worker
    if o.model is None:
        local = ":/" not in o.output
        o.model = os.path.join(o.output, "model.klew") if local else o.output.rsplit("/", 1)[-1] + ".klew"
    return o


def beside(name: str, otherwise: str | None = None) -> str:
    """A program that came with this one."""
    for folder in (os.path.dirname(os.path.abspath(__file__)), os.getcwd()):
        if os.path.exists(os.path.join(folder, name)):
            return os.path.join(folder, name)
    if otherwise is None:
        raise SystemExit(f"klew: the program {name} is not beside klew_spark.py: name it with --{name}")
    return otherwise


def runs(program: str) -> bool:
    """Whether a program is one for this machine."""
    try:
        subprocess.run([program, "--version"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError:
        return False
    return True


def main(argv: list[str]) -> None:
    o = arguments(argv)
    ours = SparkSession.getActiveSession() is None
    spark = SparkSession.builder.appName("klew").getOrCreate()
    if __name__ != "__main__":  # imported, as by a notebook: executors do not have this module
        cloudpickle.register_pickle_by_value(sys.modules[__name__])
    arrow = has_arrow() and not o.rdd
    say(f"Spark {spark.version}, {'with' if arrow else 'without'} Arrow")
    cluster = Cluster(spark, o.klew, o.worker, arrow)
    try:
        counts = Counts(cluster, o)
        counts.make()
        fit = Fit(cluster, counts, o)
        fit.make()
        fit.write(o.input or [o.table], o.model)
    except Exception as error:  # from an executor it comes as the text of an error of Spark's
        if "No module named 'pyarrow'" in str(error):
            raise SystemExit("klew: the driver has pyarrow, and executors have not: call it with --rdd") from None
        if "PATH_NOT_FOUND" in str(error):
            raise SystemExit(f"klew: {str(error).splitlines()[0]}") from None
        _, found, said = str(error).rpartition("KlewError: ")
        if not found and not isinstance(error, KlewError):
            raise
        raise SystemExit(f"klew: {said.splitlines()[0]}") from None
    finally:
        if ours:  # a session that goes on gives files to executors for as long as it lives
            spark.stop()
            shutil.rmtree(cluster.folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1:])
