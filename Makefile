# Everything a developer does, one word each. `make` alone lists the words.

VENV    := .venv
BIN     := $(VENV)/bin
PYTHON  ?= python3
STAMP   := $(VENV)/installed
SOURCES := gongjian tests conftest.py

.DEFAULT_GOAL := help
.PHONY: help setup run demo test check docs bench soak lock browser clean

help:  ## list these words
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(STAMP)  ## make .venv and install what the two lock files name

$(STAMP): requirements.txt requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' || \
	  { echo "Python 3.11, 3.12 or 3.13 is needed; $(PYTHON) is another version. Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "The standard library's venv is missing. On Debian: apt-get install python3-venv"; exit 1; }
	@bash tools/install $(BIN)
	@touch $(STAMP)

run: setup  ## serve the platform with the demo city on http://127.0.0.1:8000
	$(BIN)/gongjian serve --demo

demo: setup  ## fill the demo city again, a few cases in every state
	$(BIN)/gongjian demo

test: check browser  ## everything: check, then every test, the browser's too
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -q

browser: setup
	@bash tools/browser

check: setup  ## format, lint, types, import contracts, templates, missing migrations, links
	$(BIN)/ruff format --check --quiet $(SOURCES)
	$(BIN)/ruff check --quiet $(SOURCES)
	GONGJIAN_HOME=$(CURDIR)/$(VENV)/home $(BIN)/mypy $(SOURCES)
	$(BIN)/djlint gongjian --lint --quiet
	$(BIN)/pytest tests/house -q

docs: setup  ## write the generated pages of docs/ again
	$(BIN)/gongjian docs

bench: setup  ## measure, and write docs/benchmarks.md (long)
	$(BIN)/gongjian bench

soak: setup  ## the long versions of the tests that kill and repeat (long)
	GONGJIAN_SOAK=1 $(BIN)/pytest tests/soak -q

lock: setup  ## resolve pyproject.toml again into the two lock files; UPGRADE=--upgrade takes newer versions
	@bash tools/lock $(BIN) $(UPGRADE)

clean:  ## forget .venv and everything generated; the installation's data is not touched
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .import_linter_cache .hypothesis
