# The commands of development; none is needed to use klew.

# The folder with data and peers to measure on and beside. It is not part of klew: what
# needs it is left out, or says so, where it is missing.
SHARED ?= ../shared
# A Python that has scikit-learn.
PEERS_PYTHON ?= python3
# The benchmarks to run, and the largest synthetic matrix among them, in non-zeros. With
# LARGEST=1e8 they take more than half an hour longer, and some 5 GB.
BENCH ?= .
LARGEST ?= 1e7

benchstat = golang.org/x/perf/cmd/benchstat@v0.0.0-20260908200009-22c9c6c9d4da

test:
	go test ./...

# The results go to bench.out, for benchstat to compare with those of another version,
# and as a table to bench.txt. Six runs of an iteration give a spread, and of five
# iterations CCD looks at all slopes in one. A fit has its spread from the seeds.
bench: SHELL = /bin/bash
bench: .SHELLFLAGS = -o pipefail -c
bench:
	@ls $(SHARED)/data/{newsgroups,nips}.mtx.gz >/dev/null || \
		echo "no fits of newsgroups and nips: SHARED names the folder with data in it" >&2
	go test -run '^$$' -bench '$(BENCH)' -benchtime 5x -count 6 -timeout 6h ./nmf -largest $(LARGEST) | tee bench.out
	SHARED=$(abspath $(SHARED)) go test -run '^$$' -bench '$(BENCH)' -benchtime 1x -timeout 6h ./cmd/klew | tee -a bench.out
	go test -run '^$$' -bench '$(BENCH)' ./vectorize ./nmf/internal/... | tee -a bench.out
	go run $(benchstat) -ignore /seed bench.out >bench.txt

bench-peers:
	go run ./nmf/internal/peers -shared $(SHARED) -python $(PEERS_PYTHON)

# Opens exports with pandas, pyarrow, DuckDB, sqlite3, NumPy, openpyxl, LibreOffice and
# pyLDAvis, as far as they are installed.
exports:
	go build -o klew ./cmd/klew
	$(PEERS_PYTHON) topics/tables/testdata/check.py ./klew

# Fits topics through Spark Connect, with Spark 4 in a virtual environment in dist. SPARK may be
# a server that is there, such as sc://host. What .ci/run does with Spark 3.5 is more.
SPARK ?= local[2]
spark:
	go build -o klew ./cmd/klew
	python3 -m venv dist/spark
	dist/spark/bin/pip install --quiet 'pyspark[connect]>=4,<5' pyarrow 'pandas<3'
	dist/spark/bin/python topics/spark/testdata/check.py ./klew examples/demo '$(SPARK)'

# Static binaries for Linux, macOS and Windows on two processors, with checksums, in dist.
release:
	go run ./cmd/klew/internal/release -o dist

# The same, and wheels of them for pip. The one for this machine is tried in a fresh
# virtual environment.
wheel:
	rm -rf dist
	go run ./cmd/klew/internal/release -o dist -wheels
	python3 -m venv dist/venv
	dist/venv/bin/pip install --quiet --no-index --find-links dist klew
	dist/venv/bin/klew demo >/dev/null
	rm -rf dist/venv

# Man pages of all commands, in dist/man.
man:
	go run ./cmd/klew man dist/man

golden:
	go test ./cmd/klew -update

ci:
	.ci/run

.PHONY: test bench bench-peers exports spark release wheel man golden ci
