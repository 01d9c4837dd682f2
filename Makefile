# Sổ Giao Ban CCHC. The two commands to know are `make run` and `make test`;
# `make help` lists the rest. Each target installs what it lacks, or says what
# to install (tools/need).

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# One fixed set of flags for each platform: a change of tags or of -trimpath
# compiles the toolkit's OpenGL bindings anew, which takes minutes.
GUI_FLAGS  := -trimpath -tags x11,gles,migrated_fynedo
TEST_TAGS  := -tags ci,migrated_fynedo
TEST_FLAGS := -trimpath $(TEST_TAGS)
export CGO_ENABLED := 1
export GOFLAGS := $(GOFLAGS) -buildvcs=false

# The packages with tests in which goroutines meet: those called TestAtOnce….
AT_ONCE = $(shell grep -rl --include='*_test.go' '^func TestAtOnce' . | xargs -n1 dirname | sort -u)

# Pinned like the other tools; it asks the database of Go's vulnerabilities.
GOVULNCHECK := go run golang.org/x/vuln/cmd/govulncheck@v1.1.4
VULN_DB := https://vuln.go.dev

STATICCHECK := go tool -modfile=tools/go.mod staticcheck

.PHONY: help build run test stores soak vuln vet lint fmt e2e bench dist clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build the program as out/giaoban
	@tools/need go build
	@mkdir -p out
	@echo "Building out/giaoban (the first build takes some minutes)"
	go build $(GUI_FLAGS) -o out/giaoban .

run: build ## open the window; ARGS="--file F" passes arguments
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
		tools/need run; \
		exec out/giaoban $(ARGS); \
	fi; \
	echo "There is no display here: writing the demonstration office and its reports to out/ instead."; \
	out/giaoban demo --out out; \
	ls out/*.pdf

test: vet ## formatting, vet, then every test that needs no display, in some minutes
	@tools/tests $(TEST_FLAGS) ./...
	@echo "Under the race detector: tests in which goroutines meet"
	@tools/tests -race -run '^TestAtOnce' $(TEST_FLAGS) $(AT_ONCE)

stores: ## the tests of the desk on a PostgreSQL server too, all of them
	@tools/need go test
	GIAOBAN_STORE=server tools/tests $(TEST_FLAGS) ./data/desk

soak: ## the same tests with long random and kill runs, in some minutes more
	@tools/need go test
	GIAOBAN_TESTS=full tools/tests -timeout 60m $(TEST_FLAGS) ./...
	GIAOBAN_TESTS=full tools/tests -timeout 60m -race -run '^TestAtOnce' $(TEST_FLAGS) $(AT_ONCE)

vuln: ## known vulnerabilities of the modules that are used, where their database can be reached
	@tools/need go
	@go mod verify
	@if curl -sSf -m 20 -o /dev/null $(VULN_DB)/index/db.json; then \
		$(GOVULNCHECK) -db $(VULN_DB) $(TEST_TAGS) ./...; \
	else \
		echo "NOT CHECKED: $(VULN_DB) cannot be reached from here. Run make vuln where it can." >&2; \
	fi

vet: ## formatting and vet alone
	@tools/need go test
	@unformatted=$$(gofmt -l .); \
	if [ -n "$$unformatted" ]; then \
		echo "Not formatted (make fmt does it):"; echo "$$unformatted"; exit 1; \
	fi
	@echo "Compiling and vetting (a minute or two when nothing is compiled yet)"
	go vet $(TEST_FLAGS) ./...

lint: vet ## vet for Windows and the real window too, and the linters
	go vet -tags e2e ./e2e
	CGO_ENABLED=0 GOOS=windows go vet $(TEST_FLAGS) ./...
	$(STATICCHECK) $(TEST_TAGS) ./...
	$(STATICCHECK) -tags e2e ./e2e

fmt: ## format the source
	@tools/need go
	gofmt -w .

e2e: ## drive the real window on a virtual display; pictures go to out/e2e/
	@tools/need go build e2e
	@mkdir -p out
	go build $(GUI_FLAGS),e2e -o out/giaoban-e2e .
	go test $(TEST_FLAGS),e2e ./app
	go test -tags e2e -count=1 -timeout 40m ./e2e

bench: ## measure the bars of speed and memory beside other engines
	@tools/need go test
	@mkdir -p out
	cd bench && go run $(TEST_FLAGS) . $(ARGS)

dist: ## Windows program and installer, Debian package, tarball, checksums in out/dist/
	@tools/need go build dist
	tools/dist

clean: ## remove what was built
	rm -rf out
