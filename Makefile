# The commands of this project; each makes what it needs. PYTHON is any Python 3.11 to 3.13.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: help run setup test lint types check bench bench-growth bench-ui outlines gate clean
help:
	@echo "make run    install, ingest the demo documents when there is no index yet, open the chat page"
	@echo "make setup  install into $(VENV); then $(BIN)/kaderwijzer works"
	@echo "make test   install with the development extras, run all tests"
	@echo "make check  lint, types and tests"
	@echo "make bench  measure speed and memory against the budgets, beside simpler pipelines, up to 10,000 passages"
	@echo "make bench-growth  the same up to 100,000 passages"
	@echo "make bench-ui  measure the chat page: its first page, its answers, ten people at once, its memory"
	@echo "make gate   run the question sets and compare with the figures that were signed off"
	@echo "make outlines  compare the outlines of the real documents with those that people wrote by reading them"

$(VENV)/.made:
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml constraints.txt
	$(PIP) -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PIP) -e '.[dev]'
	@touch $@

setup: $(VENV)/.installed

run: setup
	$(BIN)/kaderwijzer ui --demo

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

lint: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

check: lint types test

bench: $(VENV)/.installed-dev
	$(BIN)/python -m evals.bench $(wildcard ../shared/corpus/frameworks) $(ARGS)

bench-growth: $(VENV)/.installed-dev
	$(BIN)/python -m evals.bench $(wildcard ../shared/corpus/frameworks) --upto 100000 $(ARGS)

bench-ui: $(VENV)/.installed-dev
	$(BIN)/python -m ui.bench $(wildcard ../shared/corpus/frameworks) $(ARGS)

outlines: $(VENV)/.installed-dev
	$(BIN)/python -m evals.outlines tests/outlines $(wildcard ../shared/corpus/frameworks ../shared/corpus/other) --verbose

gate: $(VENV)/.installed-dev
	$(BIN)/python -m evals.gate

clean:
	rm -rf $(VENV) *.egg-info build dist
