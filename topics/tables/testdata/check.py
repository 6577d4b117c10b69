"""Opens what klew exports with programs that know nothing of klew, and compares.

    python check.py KLEW [FOLDER]

KLEW is the program. It fits a small model to texts with awkward ids and metadata (or to
FOLDER), exports it in every format, and each is opened by all readers that there are:
pandas, pyarrow, DuckDB, the sqlite3 of Python and of the command line, NumPy, openpyxl,
LibreOffice, pyLDAvis, little_mallet_wrapper. What is not installed is named, and left out.

The truth is what klew prints: proportions and weights with the digits of single precision,
ids and metadata as they were put in.
"""
import csv
import io
import json
import math
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

csv.field_size_limit(1 << 30)
klew = os.path.abspath(sys.argv[1])
MANUAL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../cmd/klew/README.md")
work = tempfile.mkdtemp(prefix="klew-check-")
TOLERANCE = 1e-6

LONG = ('A long title, "quoted"\n\U0001f41d and _x0041_ ' * 30_000)[:1_000_000]
AWKWARD = [
    "a,b", 'say "so"', "two\nlines", "CR\r\nLF", "tab\there", "bee \U0001f41d", "=1+1", "+2", "-2", "@x", "007", "1e5",
    "3/4", "TRUE", "null", "NaN", "", " blanks ", "back\\slash", "\\n", "'quote'", "caf\u00e9", "<&>]]>", "_x0041_",
    "\x01\x1b[31m", "\u2028", "日本", "%20#?", LONG,
]
WORDS = ["boat sail sea wind mast harbour water salt", "bread dough flour oven crust loaf water salt", "star moon night telescope sky planet"]


def run(*args):
    done = subprocess.run([klew, *args], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"klew {' '.join(args)}: {done.stderr}")
    return done.stdout


def texts():
    path = os.path.join(work, "texts.jsonl")
    with open(path, "w") as f:
        for n, title in enumerate(AWKWARD * 2):
            words = WORDS[n % 3].split() + WORDS[n // 3 % 3].split()[: n % 4]
            name = f"{n} {title}" if title != LONG else f"{n} long"
            f.write(json.dumps({"name": name, "title": title, "text": " ".join(words * (1 + n % 5))}) + "\n")
    return path


os.chdir(work)
model = os.path.join(work, "m.klew")
if len(sys.argv) > 2:
    run("fit", os.path.abspath(sys.argv[2]), "-k", "8", "-o", model, "-q")
else:
    run("fit", texts(), "--id-column", "name", "--text-column", "text", "-k", "3", "--min-df", "1", "--max-df", "1.0", "-o", model, "-q")
docs = json.loads(run("docs", model, "--format", "json"))
weights = json.loads(run("docs", model, "--weights", "--format", "json"))
shares = json.loads(run("topics", model, "--format", "json"))
K, N = len(shares), len(docs)
META = [name for name in docs[0] if name not in ("document", "tokens") and not re.fullmatch(r"topic_\d+", name)]
P = [[d[f"topic_{k + 1}"] for k in range(K)] for d in docs]
H = [[d[f"topic_{k + 1}"] for k in range(K)] for d in weights]
passed, missing = [], []


def near(a, b):
    return abs(a - b) <= TOLERANCE * max(1, abs(b))


def same(what, got, want):
    got, want = list(got), list(want)
    assert len(got) == len(want), f"{what}: {len(got)} values, not {len(want)}"
    for n, (a, b) in enumerate(zip(got, want)):
        if isinstance(b, str):
            a = "" if a is None or a != a else str(a)
            assert a == b, f"{what}, row {n}: {a[:80]!r} is not {b[:80]!r}"
        else:
            assert math.isfinite(float(a)) and near(float(a), b), f"{what}, row {n}: {a} is not {b}"


def documents(what, column, topics=True, exact=True, names=None):
    """Compares the table documents; column gives one by its name."""
    names = names or (lambda text: text)
    same(f"{what}: document", column("document"), [names(d["document"]) for d in docs])
    for name in META:
        same(f"{what}: {name}", column(name), [names(d[name]) for d in docs])
    same(f"{what}: tokens", column("tokens"), [d["tokens"] for d in docs])
    if topics:
        for k in range(K):
            same(f"{what}: topic_{k + 1}", column(f"topic_{k + 1}"), [p[k] for p in P])
    passed.append(what)


def long_form(what, rows):
    """Compares document_topics: rows of document, topic, proportion, weight."""
    got = {}
    at = -1
    last = None
    for document, topic, proportion, weight in rows:
        got.setdefault((document, int(topic)), []).append((float(proportion), float(weight)))
    for n, d in enumerate(docs):
        for k in range(K):
            p, w = got.get((d["document"], k + 1), [(0, 0)])[0]
            assert near(p, P[n][k]) and near(w, H[n][k]), f"{what}: {d['document']!r}, topic {k + 1}: {p}, {w} are not {P[n][k]}, {H[n][k]}"
    passed.append(what)


def topic_terms(what, rows):
    """Checks topic_terms: weights sum to 1, ranks rise as weights fall, counts sum to H."""
    weight, count, last = [0.0] * K, [0.0] * K, [math.inf] * K
    for topic, rank, term, stem, w, c in rows:
        k = int(topic) - 1
        assert float(w) <= last[k] * (1 + 1e-4), f"{what}: rank {rank} of topic {topic}"
        last[k] = float(w)
        weight[k] += float(w)
        count[k] += float(c)
    for k in range(K):
        total = sum(h[k] for h in H)
        assert abs(weight[k] - 1) < 1e-5 and abs(count[k] - total) < 1e-5 * total + 1e-4, f"{what}: topic {k + 1}: {weight[k]}, {count[k]}, {total}"
    passed.append(what)


def reader(name):
    try:
        return __import__(name)
    except ImportError:
        missing.append(name)


def export(to, *options):
    run("export", model, "-o", to, *options, "-q")
    return to


LONG_ROWS = ["document", "topic", "proportion", "weight"]
TERM_ROWS = ["topic", "rank", "term", "stem", "weight", "count"]
for name in ("csv", "tsv", "jsonl", "parquet"):
    export(name, "--to", name)
export("gz.csv.gz")
export("zst.jsonl.zst")
export("m.xlsx", "--all-tables")
for name in ("m.sqlite", "m.npz", "m.json"):
    export(name)
export("mallet", "--to", "mallet")

# Python's own readers.
with open("csv/documents.csv", newline="", encoding="utf-8") as f:
    rows = list(csv.DictReader(f))
documents("csv, Python's csv", lambda c: [r[c] for r in rows])
unescape = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
with open("tsv/documents.tsv", newline="", encoding="utf-8") as f:
    lines = [[re.sub(r"\\(.)", lambda m: unescape[m[1]], c) for c in row] for row in csv.reader(f, delimiter="\t", lineterminator="\n")]
documents("tsv, Python's csv", lambda c: [line[lines[0].index(c)] for line in lines[1:]])
with open("jsonl/documents.jsonl", newline="\n", encoding="utf-8") as f:
    objects = [json.loads(line) for line in f]
documents("jsonl, Python's json", lambda c: [o[c] for o in objects])

pandas = reader("pandas")
if pandas:
    text = {c: str for c in ["document", *META]}
    for what, frame in {
        "csv, pandas": pandas.read_csv("csv/documents.csv", dtype=text, keep_default_na=False),
        "csv.gz, pandas": pandas.read_csv("gz.csv.gz", dtype=text, keep_default_na=False),
        "jsonl, pandas": pandas.read_json("jsonl/documents.jsonl", lines=True, dtype=False),
        "parquet, pandas": pandas.read_parquet("parquet/documents.parquet"),
    }.items():
        if what == "jsonl, pandas":  # which reads null as the text None where it is told to read texts
            frame = frame.astype(object).where(frame.notna(), None)
        documents(what, lambda c: frame[c])
    for what, frame in {
        "csv document_topics, pandas": pandas.read_csv("csv/document_topics.csv", dtype={"document": str}, keep_default_na=False),
        "parquet document_topics, pandas": pandas.read_parquet("parquet/document_topics.parquet"),
    }.items():
        long_form(what, frame[LONG_ROWS].itertuples(index=False))
    topic_terms("csv topic_terms, pandas", pandas.read_csv("csv/topic_terms.csv", keep_default_na=False)[TERM_ROWS].itertuples(index=False))
    same("topics.csv", pandas.read_csv("csv/topics.csv")["share"], [t["share"] for t in shares])
    same("topics.csv", pandas.read_csv("csv/topics.csv")["keywords"], [" ".join(t["keywords"]) for t in shares])

if reader("pyarrow"):
    import pyarrow.parquet

    table = pyarrow.parquet.read_table("parquet/documents.parquet")
    documents("parquet, pyarrow", lambda c: table[c].to_pylist())
    topic_terms("parquet topic_terms, pyarrow", zip(*(pyarrow.parquet.read_table("parquet/topic_terms.parquet")[c].to_pylist() for c in TERM_ROWS)))

duckdb = reader("duckdb")
if duckdb:
    for what, source in {
        "parquet, DuckDB": "'parquet/documents.parquet'",
        "csv, DuckDB": "read_csv('csv/documents.csv', all_varchar = true, header = true, quote = '\"', escape = '\"', delim = ',', max_line_size = 10000000, strict_mode = false)",
        "jsonl, DuckDB": "read_json('jsonl/documents.jsonl', format = 'newline_delimited', maximum_object_size = 50000000, convert_strings_to_integers = false, dateformat = 'none', timestampformat = 'none')",
        "jsonl.zst, DuckDB": "read_json('zst.jsonl.zst', format = 'newline_delimited', maximum_object_size = 50000000, dateformat = 'none', timestampformat = 'none')",
    }.items():
        documents(what, lambda c: [r[0] for r in duckdb.sql(f'SELECT "{c}" FROM {source}').fetchall()])
    long_form("parquet document_topics, DuckDB", duckdb.sql("SELECT document, topic, proportion, weight FROM 'parquet/document_topics.parquet'").fetchall())

DATABASE = "SELECT d.document, x.topic, x.proportion, x.weight FROM document_topics x JOIN documents d ON d.id = x.document"
SEARCH = "SELECT count(*) FROM texts JOIN document_mix m ON m.id = texts.rowid WHERE texts MATCH 'harbour' AND m.proportion > 0.5"
db = sqlite3.connect("m.sqlite")
db.text_factory = lambda b: b.decode("utf-8")
documents("sqlite, Python's sqlite3", lambda c: [r[0] for r in db.execute(f'SELECT "{c}" FROM documents ORDER BY id')], topics=False)
long_form("sqlite document_topics, Python's sqlite3", db.execute(DATABASE))
topic_terms("sqlite topic_terms, Python's sqlite3", db.execute("SELECT x.topic, x.rank, t.term, t.stem, x.weight, x.count FROM topic_terms x JOIN terms t ON t.id = x.term ORDER BY 1, 2"))
assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
assert db.execute("INSERT INTO texts (texts) VALUES ('integrity-check')")
db.rollback()
print("documents with more than half of a topic that have the word harbour:", db.execute(SEARCH).fetchone()[0], "of", N)
db.close()
if shutil.which("sqlite3"):
    out = subprocess.run(["sqlite3", "-readonly", "-json", "m.sqlite", DATABASE], capture_output=True, text=True)
    long_form("sqlite document_topics, sqlite3", ([r[c] for c in LONG_ROWS] for r in json.loads(out.stdout, strict=False)))
    assert subprocess.run(["sqlite3", "m.sqlite", "PRAGMA foreign_key_check"], capture_output=True, text=True).stdout == ""
else:
    missing.append("sqlite3")

numpy = reader("numpy")
if numpy:
    z = numpy.load("m.npz")
    for n in range(N):
        same("npz: H", z["H"][:, n], H[n])
        same("npz: proportions", z["proportions"][n], P[n])
    assert z["H"].shape == (K, N) and abs(z["W"].astype(float).sum(0) - 1).max() < 1e-5
    assert all(isinstance(z[name], numpy.ndarray) for name in z.files)

    def column(name):
        if name in z:
            return z[name].tolist()
        text, at = bytes(z[name + "_utf8"]), z[name + "_offsets"]
        return [text[a:b].decode() for a, b in zip(at, at[1:])]

    documents("npz, NumPy", column, topics=False)
    same("npz: document", z["document"], [d["document"] for d in docs])
    same("npz: share", z["share"], [t["share"] for t in shares])


def unescaped(text):
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text or "")


def shown(text, escape=lambda text: text):
    """What a cell of Excel shows of a text."""
    if len(text.encode("utf-16-le")) // 2 <= 32767:
        return text
    mark = ' … (whole in the sheet long texts)'
    return text.encode("utf-16-le")[: 2 * (32767 - len(mark))].decode("utf-16-le", "ignore") + mark


def header(column):
    """What a workbook calls a column: that of a topic by its label."""
    match = re.fullmatch(r"topic_(\d+)", column)
    return shares[int(match[1]) - 1]["label"] if match else column


openpyxl = reader("openpyxl")
if openpyxl:
    book = openpyxl.load_workbook("m.xlsx", read_only=True)
    rows = list(book["documents"].iter_rows(values_only=True))
    cells = {name: [unescaped(r[i]) if isinstance(r[i], str) else r[i] for r in rows[1:]] for i, name in enumerate(rows[0])}
    documents("xlsx, openpyxl", lambda c: cells[header(c)], names=shown)
    long_form("xlsx document_topics, openpyxl", ([unescaped(r[0]), r[1], *r[3:]] for r in list(book["document_topics"].iter_rows(values_only=True))[1:]))
    if "long texts" in book.sheetnames:
        whole = {}
        for sheet, row, column, part, piece in list(book["long texts"].iter_rows(values_only=True))[1:]:
            whole[row] = whole.get(row, "") + unescaped(piece)
        assert whole and all(w == docs[row - 2]["title"] for row, w in whole.items()), "xlsx: long texts"
        passed.append("xlsx long texts, openpyxl")

office = shutil.which("soffice") or shutil.which("libreoffice")
if office:
    # Filter options: comma, quotes, UTF-8, numbers as they are and not as shown, sheet 2.
    subprocess.run([office, f"-env:UserInstallation=file://{work}/office", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,2", "--outdir", "office-csv", "m.xlsx"], capture_output=True, timeout=300)
    with open("office-csv/m-documents.csv", newline="", encoding="utf-8") as f:
        rows = list(csv.DictReader(f))
    # Its cells have LF for any end of a line, and no control characters but those.
    plain = lambda text: re.sub("[\x00-\x08\x0b-\x1f]", "", shown(text).replace("\r\n", "\n"))
    number = lambda text: float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
    documents("xlsx, LibreOffice", lambda c: [plain(r[c]) if c in ("document", *META) else number(r[header(c)]) for r in rows], names=plain)
else:
    missing.append("LibreOffice")

with open("mallet/doc-topics.txt", newline="\n", encoding="utf-8") as f:
    lines = [line.rstrip("\n").split("\t") for line in f]
for n, line in enumerate(lines):
    assert int(line[0]) == n
    same("mallet doc-topics", line[2:], P[n])
passed.append("mallet doc-topics, split at tabs")
ids = [t.attrib for t in xml.parse("mallet/diagnostics.xml").getroot()]
assert [int(a["id"]) for a in ids] == list(range(K)) and all("coherence" in a for a in ids)
passed.append("mallet diagnostics, Python's xml")
wrapper = reader("little_mallet_wrapper")
if wrapper:
    keys = wrapper.load_topic_keys("mallet/topic-keys.txt")
    for k in range(K):
        same("mallet topic-keys", keys[k][:10], shares[k]["keywords"])
    distributions = wrapper.load_topic_distributions("mallet/doc-topics.txt")
    for n in range(N):
        same("mallet doc-topics, little_mallet_wrapper", distributions[n], P[n])
    passed.append("mallet topic-keys and doc-topics, little_mallet_wrapper")

if reader("pyLDAvis") and numpy:
    import pandas as pd
    import pyLDAvis

    with open("m.json") as f:
        data = json.load(f)
    prepared = pyLDAvis.PreparedData(pd.DataFrame(data["mdsDat"]), pd.DataFrame(data["tinfo"]), pd.DataFrame(data["token.table"]), data["R"], data["lambda.step"], data["plot.opts"], data["topic.order"])
    page = pyLDAvis.prepared_data_to_html(prepared)
    assert all(json.dumps(t) in page for t in data["tinfo"]["Term"])
    assert json.loads(prepared.to_json()) == {name: value for name, value in data.items() if name != "klew"}
    # What pyLDAvis would have prepared, but for terms without weight, of which it takes logarithms.
    w, h = z["W"].astype(float), z["H"].astype(float)
    used = h.sum(0) > 0
    with numpy.errstate(all="ignore"):
        own = pyLDAvis.prepare((w / w.sum(0)).T, (h[:, used] / h[:, used].sum(0)).T, h[:, used].sum(0), list(z["term"]), numpy.ones(len(w)), sort_topics=False, n_jobs=1)
    # Axes of equal extent may be turned: how far topics lie apart is what must agree.
    apart = lambda m: numpy.hypot(*(numpy.subtract.outer(a, a) for a in (numpy.array(m["x"], float), numpy.array(m["y"], float))))
    assert abs(apart(data["mdsDat"]) - apart(own.topic_coordinates)).max() < TOLERANCE, "ldavis: the map"
    same("ldavis: Freq", numpy.array(data["mdsDat"]["Freq"]) / 100, own.topic_coordinates["Freq"] / 100)
    mine, theirs = pd.DataFrame(data["tinfo"]), own.topic_info[numpy.isfinite(own.topic_info.logprob.astype(float))]
    both = mine.merge(theirs, on=["Term", "Category"], suffixes=("", "_own"))
    # Terms that only one topic has are equally lifted: which of them are shown is anyone's choice.
    assert len(both) >= 0.8 * len(mine), f"ldavis: only {len(both)} of {len(mine)} bars are pyLDAvis's, too"
    for column, tolerance in {"Freq": 1e-4, "Total": 1e-4, "logprob": 1.01e-4, "loglift": 1.01e-4}.items():
        bars = both[both.Category != "Default"]
        assert (abs(bars[column] - bars[column + "_own"]) <= tolerance * bars["Total"].clip(lower=1)).all(), f"ldavis: {column}"
    passed.append("ldavis, pyLDAvis")

# The lines of Python that the manual shows, as they stand there.
shown_lines = re.search("```python\n(.*?)```", open(MANUAL, encoding="utf-8").read(), re.S)[1].splitlines()
export("docs.parquet")
for name in ("sqlite", "npz"):
    export("notes." + name)
for line in shown_lines:
    libraries = {name: reader(name) for name in re.findall(r"\b(pandas|polars|sqlite3|numpy)\b", line)}
    if all(libraries.values()):
        exec(line, dict(libraries))
        passed.append(line)

print(f"{N} documents, {K} topics. Opened, and equal to {TOLERANCE}:")
for what in passed:
    print("  " + what)
if missing:
    print("Not installed:", ", ".join(missing))
shutil.rmtree(work)
