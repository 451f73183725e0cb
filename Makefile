# The two commands a newcomer needs: `make demo` and `make test`. The rest is for developers.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# pip itself comes with the venv; everything else is named with its hash in a lock
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
STAMP := $(VENV)/.installed
STAMP_DEV := $(VENV)/.installed-dev

.PHONY: demo test quick check docs lock wheel clean

demo: $(STAMP)
	@exec $(BIN)/branchmap demo

# -ra (pyproject.toml) names every skipped test with its reason in the last lines
# three at a time: they wait for servers and browsers more than they calculate; those of the one Neo4j server stay together
test: $(STAMP_DEV)
	@$(BIN)/python -m pytest -n 3 $(ARGS)

# what needs no store, no browser and no program of its own
quick: $(STAMP_DEV)
	@$(BIN)/python -m pytest -n 2 -q -m "not store and not browser and not slow" $(ARGS)

check: $(STAMP_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m dev.check_rooms

docs: $(STAMP_DEV)
	$(BIN)/python -m dev.make_docs
	$(BIN)/python -m dev.make_readme

wheel: $(STAMP_DEV)
	$(BIN)/python -m build --wheel --no-isolation

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(STAMP): requirements.lock pyproject.toml | $(BIN)/python
	@echo "安装依赖 · installing (first time: a few minutes)"
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-build-isolation --no-deps -e .
	@touch $@

$(STAMP_DEV): requirements-dev.lock $(STAMP)
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# needs uv; every platform and Python from 3.11 on in one file
LOCK := uv pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --quiet
lock:
	$(LOCK) --group build -o requirements.lock
	$(LOCK) --group build --group dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) build dist
