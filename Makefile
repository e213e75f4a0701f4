# One way to do each thing. `make` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SETUP := $(VENV)/.set-up
WORKERS ?= auto

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

.PHONY: setup
setup: $(SETUP) ## Make the virtual environment and install everything, at the pinned versions

$(SETUP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Tachograph needs Python 3.11 or newer; choose one with: make PYTHON=python3.13")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable . --group dev
	@touch $@

.PHONY: demo
demo: setup ## Collector and dashboard with eight weeks of sample data; Ctrl-C stops them
	$(BIN)/tachograph demo

.PHONY: test
test: check ## Everything that must hold: make check, then all tests
	$(BIN)/pytest -n $(WORKERS)
	@grep '^|' docs/frameworks.md

.PHONY: focus
focus: setup ## The environment of focus-validator, for the test that runs it over an export
	$(BIN)/python tests/focus/make_environment.py .venv-focus

# Apart: tracing doubles the processor time of what is Python.
.PHONY: coverage
coverage: setup ## All tests again, with the lines and branches that none of them reaches
	$(BIN)/pytest -n $(WORKERS) --cov --cov-report=term-missing:skip-covered

.PHONY: check
check: setup ## Style, types, import borders and SQL
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --disable-progress-bar queries

.PHONY: format
format: setup ## Put Python and SQL into the house format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/sqlfluff fix --disable-progress-bar queries

.PHONY: bench
bench: setup ## Measure speed, disk and memory (the table of the README)
	$(BIN)/python -m bench

.PHONY: fuzz
fuzz: setup ## Throw random bytes at the decoders for a bounded time
	$(BIN)/python -m bench.fuzz

.PHONY: crash
crash: setup ## Kill the collector 50 times under load and count what is left
	$(BIN)/python -m bench.crash

.PHONY: clean
clean: ## Remove everything that the other targets made
	rm -rf $(VENV) .venv-focus .demo build dist htmlcov .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
