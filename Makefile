# make run: set up, build the library, serve the page.   make test: set up, then lint, types and tests.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test check docs format bench lock clean

run: .venv/ready
	$(BIN)/zyqa serve

test: check
	$(BIN)/python -m pytest

check: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: .venv/ready
	ZYQA_WRITE_DOCS=1 $(BIN)/python -m pytest tests/test_docs.py

format: .venv/ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/ready
	$(BIN)/python -m eval.bench

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet torch==2.13.0
	$(BIN)/python -m pip install --quiet -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

lock: .venv/ready
	$(BIN)/python -m pip freeze --exclude-editable | grep -v '[@#]' | sed 's/+cpu$$//' > requirements.lock

clean:
	rm -rf .venv build dist *.egg-info
