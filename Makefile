# Dateline. A new machine needs Python 3.11 or newer, git and make; the rest comes pinned, by hash.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
# Where a machine keeps no compiled modules (images often say so), each start of a command or a service compiles the project.
export PYTHONDONTWRITEBYTECODE :=

VENV := .venv
BIN := $(VENV)/bin
PINS := deploy/requirements
SERVICES := ingest attribution enrichment publish
# Every package of the project, each after those it needs.
PACKAGES := schemas $(addprefix services/,kernel $(SERVICES) operate)
STAMP := $(VENV)/.installed

# The first Python that is new enough; `make PYTHON=/path/to/python` decides otherwise.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
# Wheels only, so that no package runs code of its own to be installed. But for pycld2: it has none for two kinds of machine and
# for Python 3.14 and later, and is compiled there (needs a C++ compiler and the headers of Python).
COMPILED = $(shell '$(PYTHON)' -c 'import platform as p, sys; \
	print("pycld2" if sys.version_info >= (3, 14) or p.system() + p.machine() in ("Linuxaarch64", "Darwinx86_64") else "")')
ONLY_BINARY ?= --only-binary :all: $(addprefix --no-binary ,$(COMPILED))
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
# Tests on servers wait more than they compute: three take two cores three quarters of the time that two take.
WORKERS ?= 3
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal
# Where packages come from is the business of whoever installs: no registry and no machine is named in the project.
FOREIGN := py[p]i\.(org|io)|pythonhoste[d]\.org|registry\.np[m]js|registry\.yar[n]pkg|file:///(op[t]|hom[e]|roo[t])/|(^|[^a-z.])/wor[k]/

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: install
install: $(STAMP) ## everything for development, in .venv

$(STAMP): $(PINS)/build.txt $(PINS)/dev.txt $(addsuffix /pyproject.toml,$(PACKAGES))
	@test -n '$(PYTHON)' || { echo 'Dateline needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python' >&2; exit 1; }
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Dateline needs Python 3.11 or newer; $(PYTHON) is older or does not run' >&2; exit 1; }
	@test -z '$(COMPILED)' || command -v c++ >/dev/null || \
		{ echo '$(COMPILED) is compiled here: install a C++ compiler and the headers of Python, or name another Python (3.11 to 3.13) with: make PYTHON=/path/to/python' >&2; exit 1; }
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || '$(PYTHON)' -m venv --clear $(VENV)
	@$(BIN)/python -c 'import pip' 2>/dev/null || $(BIN)/python -m ensurepip
	@echo "$(VENV): build tools"
	@$(PIP) install --require-hashes --no-deps $(ONLY_BINARY) -r $(PINS)/build.txt
	@echo "$(VENV): $$(grep -c '^[a-z]' $(PINS)/dev.txt) pinned packages, half a minute to some minutes"
	@$(PIP) install --require-hashes --no-deps --no-build-isolation $(ONLY_BINARY) -r $(PINS)/dev.txt
	@echo "$(VENV): the project's own packages, editable"
	@$(PIP) install --no-deps --no-build-isolation $(foreach p,$(PACKAGES),-e ./$(p))
	@touch $@

.PHONY: demo
demo: $(STAMP) ## sample stories along the whole path, on this machine
	@$(BIN)/dateline demo

.PHONY: up
up: $(STAMP) ## all services and a message server, until Ctrl-C
	@$(BIN)/dateline up

.PHONY: test
test: $(STAMP) ## the tests that a change must pass
	@$(PYTEST) -m 'not slow and not chaos'

.PHONY: test-long
test-long: $(STAMP) ## all tests, also those that take minutes or kill servers
	@DATELINE_TEST_LONG=1 $(PYTEST) -o faulthandler_timeout=1800

.PHONY: chaos
chaos: $(STAMP) ## kill, cut off and empty everything in turn, for some twenty minutes; DATELINE_CHAOS_SEED repeats a run
	@DATELINE_CHAOS_STORIES=$${DATELINE_CHAOS_STORIES:-20000} DATELINE_CHAOS_ROUNDS=$${DATELINE_CHAOS_ROUNDS:-10} \
		$(BIN)/python -m pytest -s -o faulthandler_timeout=3600 tests/chaos

.PHONY: bench
bench: $(STAMP) ## the figures in the documentation, measured on this machine
	@$(BIN)/dateline bench

.PHONY: bench-parse
bench-parse: $(STAMP) ## files a second and milliseconds a file of every wire format, beside bare parsers
	@$(BIN)/python tests/bench/bench_parse.py

.PHONY: bench-copy
bench-copy: $(STAMP) ## stories a second that are credited and analysed, on real copy where there is some
	@$(BIN)/python tests/bench/bench_copy.py

.PHONY: conformance
conformance: $(STAMP) ## what is right, wrong, absent in the stories read from real wire files
	@$(BIN)/python tests/conformance

.PHONY: eval-attribution
eval-attribution: $(STAMP) ## how right the credits are on labelled copy: precision, recall, F1, every mistake
	@$(BIN)/python tests/attribution_eval

.PHONY: plots
plots: $(STAMP) ## the pictures in the documentation, measured and drawn anew
	@$(BIN)/python tests/plots

.PHONY: eval-topics
eval-topics: $(STAMP) ## how right the topics are that words tell, in 28 languages: precision, recall, F1, every mistake
	@$(BIN)/python tests/topics_eval

.PHONY: eval-names
eval-names: $(STAMP) ## how right people, places and organisations are, in 26 languages: precision, recall, F1, every mistake
	@$(BIN)/python tests/names_eval

.PHONY: eval-origin
eval-origin: $(STAMP) ## how right origins are: edited copies of agency texts found, other texts left alone
	@$(BIN)/python tests/origin_eval

.PHONY: fuzz
fuzz: $(STAMP) ## 200,000 broken messages through every format; DATELINE_FUZZ_SEED repeats a run
	@$(BIN)/python tests/fuzz

.PHONY: variants
variants: $(STAMP) ## every message written anew in ways that mean the same: what is read of it stays the same
	@$(BIN)/python tests/variants

.PHONY: lint
lint: $(STAMP) ## style, types, borders between packages, generated files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@! git grep --no-index --exclude-standard -nIE '$(FOREIGN)' -- . || \
		{ echo 'lint: a package registry or a machine is named in the lines above' >&2; exit 1; }
	@$(BIN)/python -m dateline_schemas.generate --check

.PHONY: format
format: $(STAMP) ## put the code in order
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

UV = $(or $(shell command -v uv),$(BIN)/uv)
COMPILE = $(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 \
	$(foreach p,$(PACKAGES),--no-emit-package dateline-$(notdir $(p))) $(UPGRADE)

.PHONY: requirements
requirements: ## resolve the pins again; UPGRADE=--upgrade takes newer releases
	@command -v '$(UV)' >/dev/null || { $(MAKE) $(STAMP); $(PIP) install --require-hashes --no-deps -r $(PINS)/uv.txt; }
	@for each in dev uv; do echo "$(PINS)/$$each.txt"; $(COMPILE) $(PINS)/$$each.in -o $(PINS)/$$each.txt || exit 1; done
	@for each in build $(SERVICES) enrichment-model operate; do echo "$(PINS)/$$each.txt"; \
		$(COMPILE) --constraints $(PINS)/dev.txt $(PINS)/$$each.in -o $(PINS)/$$each.txt || exit 1; done

.PHONY: clean
clean: ## remove everything that can be made again, .venv too
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis bench-results
	@rm -rf $(foreach p,$(PACKAGES),$(p)/build $(p)/*.egg-info)
	@find schemas services tests -name __pycache__ -type d -prune -exec rm -rf {} +
