# `make site` builds the archive that comes with newsgen; `make test` runs all tests. Both install
# what they need, once, into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

SIZES ?= 1000 10000
RUNS ?= 3
REPORT ?=

.DEFAULT_GOAL := help
.PHONY: help site serve test check check-site lint types architecture expected messages bench
.PHONY: clean chromium checkers

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

site: $(VENV)/installed ## Install newsgen, and build the archive of seeds/ into dist/
	@$(BIN)/newsgen build
	@echo "To look at it: make serve"

serve: site ## Build the archive of seeds/, and show it at http://127.0.0.1:8000/
	@$(BIN)/newsgen serve

test: $(VENV)/installed-dev chromium checkers ## Install what tests need, and run them all
	$(BIN)/pytest -n auto --dist loadfile

check: lint types architecture ## Check style, types and the architecture

check-site: $(VENV)/installed-dev chromium checkers ## Check pages: HTML, accessibility, Lighthouse
	$(BIN)/pytest -q tests/browser/test_standards.py
	$(BIN)/newsgen build -q
	$(BIN)/python checks/lighthouse.py

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-dev
	$(BIN)/mypy

architecture: $(VENV)/installed-dev
	$(BIN)/lint-imports

expected: $(VENV)/installed-dev ## Write anew what the sites under tests/sites must look like
	$(BIN)/pytest -q tests/sites/test_sites.py --update-expected

messages: $(VENV)/installed-dev ## List the words of the templates that catalogues must translate
	$(BIN)/pybabel -q extract -F babel.cfg --no-location --omit-header --sort-output templates

bench: $(VENV)/installed-bench ## Measure newsgen beside Hugo and Pelican: SIZES="1000 10000" RUNS=3
	$(BIN)/python benchmarks/run.py $(SIZES) --runs $(RUNS) $(if $(REPORT),--report $(REPORT)) >/dev/null

clean: ## Remove what was built and installed here
	rm -rf dist .newsgen $(VENV)

# The tests read pages in a real browser.
chromium:
	@if command -v chromium chromium-browser google-chrome google-chrome-stable >/dev/null; then :; \
	elif command -v apt-get >/dev/null; then \
	    sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	    $$sudo apt-get update -qq && $$sudo apt-get install -y -qq chromium >/dev/null; \
	else \
	    echo "The tests need Chromium or Google Chrome: install one with your system's packages."; \
	    exit 1; \
	fi

# The checkers of HTML and of accessibility come from npm; the first needs Java.
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

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "newsgen needs Python 3.11 or later; name one with PYTHON=..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	    { echo "Python's venv is missing; on Debian: apt-get install python3-venv"; exit 1; }
	@touch $@

$(VENV)/installed: pyproject.toml | $(VENV)/python
	@echo "Installing newsgen into $(VENV)/ ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[ru,search]'
	@touch $@

$(VENV)/installed-dev: pyproject.toml | $(VENV)/python
	@echo "Installing newsgen and its tests into $(VENV)/ ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(VENV)/installed $@

$(VENV)/installed-bench: pyproject.toml | $(VENV)/python
	@echo "Installing newsgen and its peers into $(VENV)/ ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@
