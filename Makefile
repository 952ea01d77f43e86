# make packages   set everything up and build every package into packages/
# make test       set everything up and run all tests
# make preview    set everything up and open the courses in the browser
# make quick      the fast tests alone, under a minute
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: packages preview test quick lint bench clean

packages: $(VENV)/.installed
	$(BIN)/sclt build source_modules --out packages --jobs 2 --catalogue

preview: $(VENV)/.preview-ready
	$(BIN)/sclt preview source_modules --watch

test: $(VENV)/.test-ready lint
	$(BIN)/python -m pytest -n 2 --dist loadgroup

quick: $(VENV)/.test-ready
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not slow"

lint: $(VENV)/.test-ready
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/.test-ready
	$(BIN)/python -m benchmarks

clean:
	rm -rf packages/*.zip packages/.sclt-cache build *.egg-info $(VENV)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: setup.cfg pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --editable .
	touch $@

$(VENV)/.preview-ready: $(VENV)/.installed sclt/preview/package.json
	$(BIN)/pip install --quiet --editable '.[preview]'
	cd sclt/preview && npm install --no-audit --no-fund --no-package-lock --loglevel=error
	touch $@

$(VENV)/.test-ready: $(VENV)/.preview-ready setup.cfg pyproject.toml tests/node/package.json tests/system-packages tests/ralph-requirements.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --editable '.[test]'
	cd tests/node && npm install --no-audit --no-fund --loglevel=error
	sh tests/install-system-packages
	$(PYTHON) -m venv $(VENV)/ralph
	$(VENV)/ralph/bin/pip install --quiet --requirement tests/ralph-requirements.txt
	touch $(VENV)/.installed $@
