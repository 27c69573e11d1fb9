PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --progress-bar on

.PHONY: up test check bench

up: .venv/ready
	@$(BIN)/cinema up

test: .venv/ready-for-tests
	@$(BIN)/pytest -n auto

check: .venv/ready-for-tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q -n auto --ignore tests/e2e --ignore tests/browser

bench: .venv/ready-for-tests
	@for script in benchmarks/*.py; do $(BIN)/python $$script || exit 1; done

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/ready: .venv/bin/python requirements.lock pyproject.toml
	@echo "Installing (once, a minute or two) …"
	@$(INSTALL) --quiet --require-hashes -r requirements.lock
	@$(INSTALL) --quiet --no-deps --editable .
	@touch $@

.venv/ready-for-tests: .venv/ready requirements-dev.lock
	@echo "Installing what the tests need (once) …"
	@$(INSTALL) --quiet --require-hashes -r requirements-dev.lock
	@touch $@
