# The commands of development; none is needed to use klew.

test:
	go test ./...

bench:
	go test -run '^$$' -bench . -benchtime 10x ./nmf ./vectorize

golden:
	go test ./cmd/klew -update

ci:
	.ci/run

.PHONY: test bench golden ci
