# The first of these that is new enough; or name one: make up PYTHON=/path/to/python
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$each && exit; done; echo python3)
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --no-input

.PHONY: up test check bench

up: .venv/ready
	@$(BIN)/python -m infra.cli up

test: .venv/ready-for-tests
	@$(BIN)/python -m pytest -n auto --dist loadgroup

check: .venv/ready-for-tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -n auto --ignore tests/e2e --ignore tests/browser

bench: .venv/ready-for-tests
	@$(BIN)/python -m benchmarks

# A stamp says that an installation is complete; one that was cut short is begun anew.
define install
	@if [ -e .venv/unfinished ] || ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
		echo "Making .venv with $(PYTHON) …"; $(PYTHON) -m venv --clear .venv; fi
	@touch .venv/unfinished
	@$(INSTALL) --require-hashes -r $(1)
	@$(INSTALL) --no-deps --editable .
	@rm .venv/unfinished
	@touch $@
endef

.venv/ready: $(BIN)/python requirements.lock pyproject.toml
	@echo "Installing what the cinema needs (once, a minute or two) …"
	$(call install,requirements.lock)

.venv/ready-for-tests: $(BIN)/python requirements-dev.lock pyproject.toml
	@echo "Installing what the tests need (once, a minute or two) …"
	$(call install,requirements-dev.lock)
	@touch .venv/ready

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "The cinema needs Python 3.11 or newer; $(PYTHON) is" \
		"$$($(PYTHON) --version 2>&1). Try: make up PYTHON=/path/to/python3.11" >&2; \
		exit 1; }
	@echo "Making .venv with $(PYTHON) …"
	@$(PYTHON) -m venv --clear .venv
