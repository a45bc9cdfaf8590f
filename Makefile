# 邵知融. `make help` lists everything; `make run` and `make test` do their own set-up.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
export GOFLAGS := -buildvcs=false

BIN := bin/ippledge
UI_DEPS := frontend/node_modules/.installed
UI_SOURCES := $(shell find frontend/src frontend/public frontend/index.html frontend/vite.config.ts frontend/scripts -type f 2>/dev/null)
# The newest staticcheck that this Go version takes; the choice is in internal/decisions.
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

##@ The two commands

.PHONY: run
run: build ## front end, binary, private PostgreSQL in .data, demo story; prints the address and the sign-ins
	DEMO=$${DEMO:-true} $(BIN) serve

# Checkers of the front end use one processor each, so two steps run at a time; the browser
# has the machine to itself.
.PHONY: test
test: test/setup ## everything CI runs
	@$(MAKE) --no-print-directory -j2 --output-sync=target checks
	@$(MAKE) --no-print-directory test/e2e
	@echo "all checks passed"

.PHONY: checks
checks: lint/ui lint/go test/ui test/go verify

##@ Daily

.PHONY: dev
dev: $(UI_DEPS) ## Vite with reload, proxying to a server built from the sources as they are
	@trap 'kill 0' EXIT; (DEMO=true go run -tags nofrontend ./cmd/ippledge serve) & (cd frontend && npm run dev)

.PHONY: seed
seed: build/go ## reset the private database and load the demo story again
	rm -rf .data && $(BIN) seed --demo

.PHONY: fmt
fmt: $(UI_DEPS) ## format Go and TypeScript
	gofmt -w cmd internal migrations seeds frontend/*.go
	cd frontend && npm run --silent format

.PHONY: lint
lint: lint/go lint/ui ## gofmt, go vet, staticcheck, tsc, ESLint, Prettier

.PHONY: lint/go
lint/go:
	@unformatted=$$(gofmt -l cmd internal migrations seeds frontend/*.go); [ -z "$$unformatted" ] || { echo "gofmt: $$unformatted"; exit 1; }
	go vet ./...
	go run $(STATICCHECK) ./...

.PHONY: lint/ui
lint/ui: $(UI_DEPS)
	cd frontend && npm run --silent typecheck && npm run --silent lint && npm run --silent format:check

##@ Tests

.PHONY: test/setup
test/setup: $(UI_DEPS) ## a browser, where one may be installed
	@command -v "$${CHROMIUM:-chromium}" >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk; \
	else echo "needs Chromium and a Chinese font: set CHROMIUM=/path, or install the packages chromium and fonts-noto-cjk" >&2; exit 1; fi

.PHONY: test/go
test/go: $(UI_DEPS) bin/testpg ## Go tests with the race detector on a PostgreSQL of their own
	bin/testpg run -- go test -race -timeout 20m ./...

.PHONY: test/ui
test/ui: $(UI_DEPS) ## front-end unit tests
	cd frontend && npm run --silent test

.PHONY: test/e2e
test/e2e: build test/setup ## the story in a real browser, at 1440 and 390 px, with axe
	cd frontend && node scripts/e2e.mjs ../$(BIN)

.PHONY: test/claim
test/claim: build test/setup ## one claim from filing to settlement in a browser, with pictures (SCREENS=folder); needs psql
	cd frontend && SCREENS=$${SCREENS:-test-results/claim} node scripts/e2e.mjs ../$(BIN) claim-walk --project=desktop --workers=1

.PHONY: test/crash
test/crash: build/go ## kill -9 of the server and of PostgreSQL under load, 20 times
	go run ./cmd/ledgercrash

.PHONY: bench/ledger
bench/ledger: ## the ledger under load beside bare SQL and a one-row commit
	go run ./cmd/ledgerbench

.PHONY: fuzz
fuzz: ## every fuzz target for 20 s
	@for pkg in $$(grep -rl --include='*_test.go' '^func Fuzz' internal | xargs -n1 dirname | sort -u); do \
	  for target in $$(grep -ho '^func Fuzz[A-Za-z0-9]*' $$pkg/*_test.go | cut -d' ' -f2); do \
	    echo "== $$pkg $$target"; go test ./$$pkg -run '^$$' -fuzz "^$$target$$" -fuzztime 20s; done; done

##@ Generated

.PHONY: generate
generate: generate/openapi generate/client generate/docs ## all generated files

.PHONY: generate/openapi
generate/openapi: ## internal/openapi.yaml from the Go types
	go run -tags nofrontend ./cmd/ippledge openapi > internal/openapi.yaml.new && mv internal/openapi.yaml.new internal/openapi.yaml

.PHONY: generate/client
generate/client: $(UI_DEPS) ## frontend/src/api/schema.d.ts from the document
	cd frontend && npm run --silent generate

.PHONY: generate/docs
generate/docs: ## the permission catalogue and the state diagrams
	go run -tags nofrontend ./cmd/ippledge permissions > internal/permissions.md
	go run -tags nofrontend ./cmd/ippledge states > internal/states.md

.PHONY: verify
verify: $(UI_DEPS) ## regenerate and fail on any difference
	go mod tidy -diff
	@tmp=$$(mktemp -d); trap 'rm -rf $$tmp' EXIT; \
	go build -tags nofrontend -o $$tmp/ippledge ./cmd/ippledge; \
	$$tmp/ippledge openapi > $$tmp/openapi.yaml; diff -u internal/openapi.yaml $$tmp/openapi.yaml | head -60 || true; cmp internal/openapi.yaml $$tmp/openapi.yaml; \
	$$tmp/ippledge permissions | cmp - internal/permissions.md; \
	$$tmp/ippledge states | cmp - internal/states.md; \
	cd frontend; npx openapi-typescript ../internal/openapi.yaml -o $$tmp/schema.d.ts >/dev/null; cmp src/api/schema.d.ts $$tmp/schema.d.ts
	@echo "generated files are fresh"

##@ Build

.PHONY: build
build: frontend/dist/index.html ## the front end, then the binary with it inside
	go build -o $(BIN) ./cmd/ippledge

.PHONY: build/go
build/go: ## the binary alone; needs no Node
	go build -tags nofrontend -o $(BIN) ./cmd/ippledge

bin/testpg: $(wildcard cmd/testpg/*.go internal/platform/embeddedpg/*.go)
	go build -o $@ ./cmd/testpg

$(UI_DEPS): frontend/package.json frontend/package-lock.json
	cd frontend && npm ci --no-audit --no-fund --loglevel=error
	touch $@

frontend/dist/index.html: $(UI_DEPS) $(UI_SOURCES)
	cd frontend && npm run --silent build

##@ Database

.PHONY: db/reset
db/reset: ## throw the private database away
	rm -rf .data

.PHONY: db/new
db/new: ## a new migration: make db/new name=add_something
	@next=$$(printf '%05d' $$(( 10#$$(ls migrations/*.sql | tail -1 | xargs basename | cut -c1-5) + 10 ))); \
	printf -- '-- +goose Up\n\n-- +goose Down\n' > migrations/$${next}_$(name).sql; echo migrations/$${next}_$(name).sql

.PHONY: help
help: ## this list
	@awk 'BEGIN {FS = ":.*##"} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-zA-Z\/_-]+:.*##/ {printf "  %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
