# Everything runs in .venv, made from the pinned versions in constraints.txt; nothing global, no root.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
MODEL := .venv/.recognition
# Half as many again as there are cores: a good part of the tests waits for processes, servers and the browser.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 2) * 3 // 2)')
EXAMPLES := $(wildcard knowledge/content/*/utterances/*/*.txt knowledge/recognition/*.py)

.PHONY: run test check bench soak clean

run: $(READY) $(MODEL)
	$(BIN)/python run_bot.py

# Each worker takes its own part of the suite and then of what others have left; numpy's threads would only be in the
# workers' way.
test: $(READY) $(MODEL)
	OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -n $(WORKERS) --dist worksteal

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY) $(MODEL)
	$(BIN)/python -m tests.bench

# Kills while sellers work, and every property with twenty times as many examples as `make test` takes.
soak: $(READY) $(MODEL)
	$(BIN)/python -m tests.soak
	OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -n $(WORKERS) --dist worksteal -m hypothesis --hypothesis-profile=thorough

clean:
	rm -rf .venv build *.egg-info knowledge/recognition/built .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .grimp_cache .coverage

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.11 …" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $(READY)

# What recognition learns from the examples: made once, about a minute and a half of one core, and again when the examples change.
$(MODEL): $(READY) $(EXAMPLES)
	$(BIN)/python -m knowledge.recognition data/models
	touch $(MODEL)
