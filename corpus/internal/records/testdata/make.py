#!/usr/bin/env python3
"""Makes the files beside it, by programs that are not klew, and says what must be read
from them in .want files, one record a line as the tests show it:

    number: id|date|text name=value ...

Needs Python 3.11 and pyarrow 26:

    python3 -m venv venv && venv/bin/pip install pyarrow==26.0.1 && venv/bin/python make.py
"""
import csv
import datetime
import decimal
import json
import os

import pyarrow as pa
import pyarrow.parquet as pq

here = os.path.dirname(os.path.abspath(__file__))


def path(name):
    room = "../../parquet/testdata" if ".parquet" in name else ""
    return os.path.join(here, room, name)


texts = [
    "The kettle sang, and the cat listened.",
    'She said "no", twice,\nand then left.',
    "Über den Bergen; 東京 — ½ kg\t😀",
    "",
    "A last line, with a trailing space ",
]
rows = [
    {"id": f"d{i}", "text": t, "date": f"2021-03-{i + 1:02d}", "shelf": "abc"[i % 3], "stars": i / 2}
    for i, t in enumerate(texts)
]


def quoted(text):  # as Go shows it with %q, for the characters used here
    return json.dumps(text, ensure_ascii=False)


def want(name, lines):
    with open(path(name + ".want"), "w", encoding="utf-8", newline="\n") as f:
        f.writelines(line + "\n" for line in lines)


def lines_of(rows, number=str):
    return [f"{n}: {r['id']}|{r['date']}|{quoted(r['text'])} shelf={r['shelf']} stars={number(r['stars'])}" for n, r in enumerate(rows, 1)]


def tables():
    for name, dialect in [("excel.csv", "excel"), ("excel.tsv", "excel-tab"), ("unix.csv", "unix")]:
        with open(path(name), "w", encoding="utf-8", newline="") as f:
            w = csv.DictWriter(f, list(rows[0]), dialect=dialect)
            w.writeheader()
            w.writerows(rows)
        want(name, lines_of(rows))
    with open(path("semicolon.csv"), "w", encoding="utf-8", newline="") as f:
        w = csv.DictWriter(f, list(rows[0]), delimiter=";", quoting=csv.QUOTE_ALL)
        w.writeheader()
        w.writerows(rows)
    want("semicolon.csv", lines_of(rows))


def jsons():
    with open(path("lines.jsonl"), "w", encoding="utf-8", newline="\n") as f:
        for i, r in enumerate(rows):
            f.write(json.dumps(r, ensure_ascii=i % 2 == 0) + "\n")
    want("lines.jsonl", [line.replace(f"{n}:", "0:", 1) for n, line in enumerate(lines_of(rows), 1)])
    with open(path("array.json"), "w", encoding="utf-8", newline="\n") as f:
        json.dump(rows, f, ensure_ascii=False, indent=1)
    want("array.json", lines_of(rows))


def parquets():
    # The same rows under every compression, in several row groups and kinds of pages.
    table = pa.Table.from_pylist(rows)
    for compression in ["none", "snappy", "gzip", "zstd", "brotli", "lz4"]:
        name = f"{compression}.parquet"
        pq.write_table(table, path(name), compression=compression, row_group_size=2, store_schema=False,
                       data_page_version="2.0" if compression == "zstd" else "1.0", use_dictionary=compression != "gzip")
        if compression != "lz4":  # which is refused
            want(name, lines_of(rows, "{:g}".format))

    utc = datetime.timezone.utc
    moment = datetime.datetime(2020, 2, 29, 12, 30, 15, 250000)
    columns = {
        "text": pa.array(["one", None, "three"]),
        "b": pa.array([True, False, None]),
        "i8": pa.array([-8, None, 8], pa.int8()),
        "u32": pa.array([4294967295, 0, None], pa.uint32()),
        "u64": pa.array([18446744073709551615, 0, None], pa.uint64()),
        "f": pa.array([0.1, None, -1e30], pa.float32()),
        "d": pa.array([0.1, None, 1e300]),
        "day": pa.array([datetime.date(1969, 12, 31), None, datetime.date(2020, 2, 29)]),
        "ms": pa.array([moment, None, datetime.datetime(1969, 12, 31, 23, 59, 59, 500000)], pa.timestamp("ms")),
        "us": pa.array([moment.replace(tzinfo=utc), None, None], pa.timestamp("us", tz="UTC")),
        "ns": pa.array([moment, None, None], pa.timestamp("ns")),
        "clock": pa.array([datetime.time(7, 5), None, None], pa.time32("ms")),
        "price": pa.array([decimal.Decimal("12.30"), decimal.Decimal("-0.05"), None], pa.decimal128(20, 2)),
        "bytes": pa.array([b"plain", b"\xff\xfe", None], pa.binary()),
        "tags": pa.array([["x", "y"], [], None], pa.list_(pa.string())),
        "user": pa.array([{"name": "Ada", "at": {"town": "Bonn"}}, None, {"name": None, "at": {"town": "Rome"}}],
                         pa.struct([("name", pa.string()), ("at", pa.struct([("town", pa.string())]))])),
        "hidden": pa.array([[{"a": 1, "b": 2}], [], None], pa.list_(pa.struct([("a", pa.int64()), ("b", pa.int64())]))),
        "map": pa.array([[("k", "v")], [], None], pa.map_(pa.string(), pa.string())),
        "deep": pa.array([[[1], [2]], [], None], pa.list_(pa.list_(pa.int32()))),
        "last": pa.array([1, 2, 3]),
    }
    pq.write_table(pa.table(columns), path("kinds.parquet"), store_schema=False)
    want("kinds.parquet", [
        '1: ||"one" b=true i8=-8 u32=4294967295 u64=18446744073709551615 f=0.1 d=0.1 day=1969-12-31 '
        "ms=2020-02-29T12:30:15.25 us=2020-02-29T12:30:15.25Z ns=2020-02-29T12:30:15.25 clock=07:05:00 price=12.30 "
        "bytes=plain tags=x, y user.name=Ada user.at.town=Bonn last=1",
        '2: ||"" b=false i8= u32=0 u64=0 f= d= day= ms= us= ns= clock= price=-0.05 bytes= tags= user.name= user.at.town= last=2',
        '3: ||"three" b= i8=8 u32= u64= f=-1e+30 d=1e+300 day=2020-02-29 ms=1969-12-31T23:59:59.5 us= ns= clock= price= '
        "bytes= tags= user.name= user.at.town=Rome last=3",
    ])

    table = pa.table({"n": [1, 2], "story": ["it went on and on", "and on"], "title": ["a", "b"],
                      "when": pa.array([moment, moment], pa.timestamp("ns"))})
    pq.write_table(table, path("int96.parquet"), use_deprecated_int96_timestamps=True, store_schema=False)
    want("int96.parquet", [
        '1: ||"it went on and on" n=1 title=a when=2020-02-29T12:30:15.25',
        '2: ||"and on" n=2 title=b when=2020-02-29T12:30:15.25',
    ])


tables()
jsons()
parquets()
