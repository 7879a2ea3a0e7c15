# `make site` builds the example archive. `make test` runs all tests. Each target installs what it
# needs into .venv, once.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MODEL := packages/newsgen-ru-model/natasha.txt
PIP_INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check ./packages/newsgen-ru-model

SIZES ?= 1000 10000
RUNS ?= 3
REPORT ?=
TESTS ?=
FUZZ_SECONDS ?= 20
# Tests of every key of the configuration, of sources that vanish, and of damage in further ways.
TRUST_TESTS := tests/unit/build/test_fingerprint.py tests/unit/build/test_safeguards.py tests/properties/test_damage.py

.DEFAULT_GOAL := help
.PHONY: help site serve test test-fast coverage check check-site lint types architecture expected messages bench
.PHONY: check-trust clean chromium checkers

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

site: $(VENV)/installed ## Install newsgen and build the example archive into dist/
	@$(BIN)/newsgen build
	@echo "To look at it: make serve"

serve: site ## Build the example archive and serve it at http://127.0.0.1:8000/
	@$(BIN)/newsgen serve

test: $(VENV)/installed-dev chromium checkers ## Run all tests, or only those in TESTS="tests/unit/read"
	$(BIN)/pytest -n auto --dist loadfile $(TESTS)

# Hypothesis state machines, real processes, the wheel and the browser are left to `make test`.
test-fast: $(VENV)/installed-dev ## Run the fast tests, without a browser
	$(BIN)/pytest -q -n auto --dist worksteal -m "not slow" tests/unit tests/sites

# Separate from `make test`, because measuring makes the tests slower.
coverage: $(VENV)/installed-dev ## Measure branch coverage, without a browser
	$(BIN)/pytest -q -n auto --dist loadfile --cov --cov-report=term tests/unit tests/sites

check: lint types architecture ## Check style, types and the architecture

check-site: $(VENV)/installed-dev chromium checkers checks/lighthouse/node_modules/installed ## Check pages: HTML, accessibility, Lighthouse
	$(BIN)/pytest -q tests/browser/test_standards.py
	$(BIN)/newsgen build -q
	$(BIN)/python checks/lighthouse.py

check-trust: $(VENV)/installed-fuzz ## Kill builds, cut the power, fill the disk, damage caches, fuzz: ten minutes
	$(BIN)/python -m pytest -q -n auto --dist worksteal checks/trust $(TRUST_TESTS)
	@for target in plain-text markdown config tags; do \
	    $(BIN)/python checks/trust/fuzz.py $$target $(FUZZ_SECONDS) || exit 1; \
	done

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-dev
	$(BIN)/mypy

architecture: $(VENV)/installed-dev
	$(BIN)/lint-imports

expected: $(VENV)/installed-dev ## Refresh the expected sites under tests/sites
	$(BIN)/pytest -q tests/sites/test_sites.py --update-expected

messages: $(VENV)/installed-dev ## List the strings to translate
	$(BIN)/pybabel -q extract -F babel.cfg --no-location --omit-header --sort-output --output /dev/stdout templates src/newsgen/i18n

bench: $(VENV)/installed-bench ## Compare newsgen with Hugo and Pelican: SIZES="1000 10000" RUNS=3
	$(BIN)/python benchmarks/run.py $(SIZES) --runs $(RUNS) $(if $(REPORT),--report $(REPORT)) >/dev/null

clean: ## Remove build output and .venv
	rm -rf dist .newsgen $(VENV)

# The browser tests open pages in Chromium.
chromium:
	@if command -v chromium chromium-browser google-chrome google-chrome-stable >/dev/null; then :; \
	elif command -v apt-get >/dev/null; then \
	    sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	    $$sudo apt-get update -qq && $$sudo apt-get install -y -qq chromium >/dev/null; \
	else \
	    echo "The tests need Chromium or Google Chrome: install one with your system's packages."; \
	    exit 1; \
	fi

# The checkers of HTML and accessibility come from npm. The HTML checker needs Java.
checkers: checks/node_modules/installed
	@missing=""; command -v java >/dev/null || missing="default-jre-headless"; \
	if [ -n "$$missing" ] && command -v apt-get >/dev/null; then \
	    sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	    $$sudo apt-get update -qq && $$sudo apt-get install -y -qq $$missing >/dev/null; \
	fi

checks/node_modules/installed: checks/package.json checks/package-lock.json
	@if ! command -v npm >/dev/null && command -v apt-get >/dev/null; then \
	    sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	    $$sudo apt-get update -qq && $$sudo apt-get install -y -qq npm >/dev/null; \
	fi
	@cd checks && npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

# Lighthouse has some 200 dependencies, so only `make check-site` installs it.
checks/lighthouse/node_modules/installed: checks/lighthouse/package.json checks/lighthouse/package-lock.json
	@cd checks/lighthouse && npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "newsgen needs Python 3.11 or later; name one with PYTHON=..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	    { echo "Python's venv is missing; on Debian: apt-get install python3-venv"; exit 1; }
	@touch $@

$(VENV)/installed: pyproject.toml $(MODEL) | $(VENV)/python
	@echo "Installing newsgen into $(VENV)/ ..."
	@$(PIP_INSTALL) --editable '.[rst,ru,search]'
	@touch $@

$(VENV)/installed-dev: pyproject.toml $(MODEL) | $(VENV)/python
	@echo "Installing newsgen and its tests into $(VENV)/ ..."
	@$(PIP_INSTALL) --editable '.[dev]'
	@touch $(VENV)/installed $@

$(VENV)/installed-fuzz: $(VENV)/installed-dev
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[fuzz]'
	@touch $@

$(VENV)/installed-bench: pyproject.toml | $(VENV)/python
	@echo "Installing newsgen and its peers into $(VENV)/ ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@
