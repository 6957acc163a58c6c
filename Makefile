# negsim. `make help` lists what there is to do.

PYTHON   ?= python3
SCENARIO ?= scenarios/geneva-2026.scenario.yaml
INPUTS   ?= 1000000
VENV     := .venv
PEERS    := .venv-peers
BIN      := $(VENV)/bin
PIP      := -m pip install --quiet --disable-pip-version-check

# Tests start the command many times; each start would compile everything anew where bytecode is not to be written.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run test lint docs site bench fuzz mutants clean
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile
	@echo "Variables: PYTHON=$(PYTHON)  SCENARIO=$(SCENARIO)  ARGS='--worlds 16384'  INPUTS=$(INPUTS) (fuzz)"

run: $(VENV)/run.stamp ## analyse SCENARIO: is there room for a deal, and for which?
	@$(BIN)/negsim run $(SCENARIO) $(ARGS)

test: $(VENV)/dev.stamp lint ## format, lint, types, layers, tests, coverage; with ARGS some tests, without the gate
	$(BIN)/pytest -n auto --dist loadfile --cov --cov-report= $(ARGS)
	$(if $(ARGS),,@$(COVERED))

COVERED = $(BIN)/coverage report --include='negsim/model/*,negsim/solutions/*,negsim/zone/*,negsim/bargaining/*,negsim/talks/*,negsim/study/*' --fail-under=100 >$(VENV)/coverage.txt \
    || { cat $(VENV)/coverage.txt; echo "negsim/model, solutions, zone, bargaining, talks and study must be covered in full"; exit 1; }

lint: $(VENV)/dev.stamp ## the checks of `make test` that run no test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

docs: $(VENV)/dev.stamp ## run the commands in README.md and docs/, write their output below them, and make the pages made from code
	$(BIN)/python -m tests.docs.refresh $(ARGS)

site: $(VENV)/dev.stamp ## build the documentation as a static site in build/site; warnings are errors
	@$(BIN)/python -m docs.site.build

bench: $(PEERS)/stamp ## measure speed, beside NegMAS
	$(PEERS)/bin/python -m benchmarks $(ARGS)

fuzz: $(VENV)/dev.stamp ## feed INPUTS mutated files and conditions to the reader
	$(BIN)/python -m tests.fuzz --inputs $(INPUTS) $(ARGS)

mutants: $(VENV)/dev.stamp ## plant faults in copies of the code, one by one, and see that a test notices each
	$(BIN)/python -m tests.mutants $(ARGS)

clean: ## remove the environments and every cache; results/ stays
	rm -rf $(VENV) $(PEERS) build dist *.egg-info .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache \
	    .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp stands for a finished installation. pyproject.toml is what it depends on: the code itself is installed
# in place. An older or half-made environment is thrown away, since pip never removes what is no longer asked for.
$(VENV)/run.stamp: pyproject.toml
	$(call new-environment,$(VENV))
	@$(BIN)/python $(PIP) --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp
	@echo "Installing the tools for tests"
	@$(BIN)/python $(PIP) --editable '.[dev]'
	@touch $@

# NegMAS brings many packages of its own, so it gets an environment of its own.
$(PEERS)/stamp: pyproject.toml
	$(call new-environment,$(PEERS))
	@$(PEERS)/bin/python $(PIP) --editable '.[bench]'
	@touch $@

define new-environment
@command -v $(PYTHON) >/dev/null || { echo "No $(PYTHON) here. Name one: make PYTHON=/path/to/python3" >&2; exit 2; }
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
    || { echo "negsim needs Python 3.11 or newer; this is $$($(PYTHON) --version). Name another: make PYTHON=python3.12" >&2; exit 2; }
@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
    || { echo "$(PYTHON) cannot make environments. On Debian: apt install python3-venv" >&2; exit 2; }
@echo "Setting up $(1) (once, up to a minute)"
@rm -rf $(1)
@$(PYTHON) -m venv $(1)
endef
