# make packages      set everything up and build every package and book into packages/
# make test          set everything up and run all tests
# make preview       set everything up and open the courses in the browser
# make quick         the fast tests alone
# make test-full     all tests, with the plays in Firefox and WebKit, which it installs, and the whole matrix of LMSs
# make test-oldest   the fast tests with the lowest versions that setup.cfg allows, on Python 3.11
# make test-newest   the fast tests with the newest releases, on the newest Python at hand
# make dist          put a wheel and an sdist into dist/
# make docs          make the guides a site in build/site
# make lock          put what setup.cfg and requirements/**/*.in ask for into the locks, other versions as they are
# make upgrade       renew every lock: Python's and npm's
#
# What is installed is locked, with hashes: requirements/packages.txt, preview.txt and test.txt go into .venv, each
# requirements/envs/NAME.txt (locked from NAME.in) into an environment of its own, .venv/envs/NAME, for programs of
# others that clash with ours. To add one: write NAME.in, `make lock`, commit both.
PYTHON ?= python3
OLDEST ?= python3.11
NEWEST ?= $(shell sh tests/newest-python)
VENV   := .venv
BIN    := $(VENV)/bin
ENVS   := $(patsubst requirements/envs/%.txt,$(VENV)/envs/%/.ready,$(wildcard requirements/envs/*.txt))
LOCKED := -m pip install --quiet --require-hashes --requirement
SELF   := -m pip install --quiet --no-deps --no-build-isolation --editable .
NPM_CI := npm ci --no-audit --no-fund --loglevel=error
TWO    := -m pytest -n 2 --dist loadfile
FAST   := $(TWO) -m "not slow"

.PHONY: packages preview test test-full quick test-oldest test-newest lint bench dist docs lean lock upgrade clean
.DELETE_ON_ERROR:

# Tests start hundreds of processes: each would compile what they import again where Python may not keep it.
export PYTHONDONTWRITEBYTECODE :=

packages: $(VENV)/.packages-ready
	$(BIN)/sclt build source_modules --out packages --jobs 2 --standard html
	$(BIN)/sclt build source_modules --out packages --jobs 2 --catalogue --books

preview: $(VENV)/.preview-ready
	$(BIN)/sclt preview source_modules --watch

test: $(VENV)/.test-ready lint
	$(BIN)/python $(TWO) --no-loadscope-reorder

test-full: $(VENV)/.test-ready lint
	sh tests/install-system-packages system-packages-full
	$(BIN)/python $(LOCKED) requirements/full.txt
	$(BIN)/python $(TWO) --full

quick: $(VENV)/.test-ready
	$(BIN)/python $(FAST)

test-oldest: $(VENV)/oldest/.ready
	$(VENV)/oldest/bin/python $(FAST)

test-newest: $(VENV)/.test-ready
	$(NEWEST) -m venv --clear $(VENV)/newest
	$(VENV)/newest/bin/python -m pip install --quiet --upgrade --editable '.[test]'
	$(VENV)/newest/bin/python $(FAST)

lint: $(VENV)/.test-ready
	$(BIN)/ruff check .
	$(BIN)/mypy
	tests/node/node_modules/.bin/tsc --project .
	tests/node/node_modules/.bin/biome lint --error-on-warnings

bench: $(VENV)/.test-ready
	$(BIN)/python -m benchmarks

dist: $(VENV)/.preview-ready
	sh packaging/make-dist $(abspath $(BIN)/python)

lean: $(VENV)/.test-ready
	node tests/node/lean.mjs

docs: $(VENV)/envs/docs/.ready
	sh packaging/make-docs $(abspath $(VENV)/envs/docs/bin/mkdocs)

clean:
	rm -rf packages/*.zip packages/*.epub packages/*.pdf packages/*.html packages/manifest.json packages/.sclt-cache build dist *.egg-info $(VENV)

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.packages-ready: requirements/packages.txt setup.cfg pyproject.toml | $(BIN)/python
	$(BIN)/python $(LOCKED) $<
	$(BIN)/python $(SELF)
	touch $@

$(VENV)/.preview-ready: requirements/preview.txt sclt/preview/package-lock.json $(VENV)/.packages-ready
	$(BIN)/python $(LOCKED) $<
	cd sclt/preview && $(NPM_CI)
	touch $@

$(VENV)/.test-ready: requirements/test.txt tests/node/package-lock.json tests/system-packages $(VENV)/.preview-ready $(ENVS)
	sh tests/install-system-packages
	$(BIN)/python $(LOCKED) $<
	cd tests/node && $(NPM_CI)
	touch $@

$(ENVS): $(VENV)/envs/%/.ready: requirements/envs/%.txt | $(BIN)/python
	$(PYTHON) -m venv --clear $(@D)
	$(@D)/bin/python $(LOCKED) $<
	touch $@

$(VENV)/upgrade/.ready: requirements/upgrade.txt | $(BIN)/python
	$(PYTHON) -m venv --clear $(@D)
	$(@D)/bin/python $(LOCKED) $<
	touch $@

$(VENV)/oldest/.ready: requirements/oldest.txt setup.cfg pyproject.toml $(VENV)/.test-ready
	$(OLDEST) -m venv --clear $(@D)
	$(@D)/bin/python $(LOCKED) $<
	$(@D)/bin/python $(SELF)
	touch $@

# Locks: the tests' first, since it holds all; the others take their versions from it.
COMPILE = $(VENV)/upgrade/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command 'make upgrade' $(RENEW)
OURS    = $(COMPILE) setup.cfg requirements/build.in

lock: $(VENV)/upgrade/.ready
	$(OURS) --extra test --output-file requirements/test.txt
	$(OURS) --extra preview --constraints requirements/test.txt --output-file requirements/preview.txt
	$(OURS) --extra exchange --constraints requirements/test.txt --output-file requirements/packages.txt
	$(OURS) --extra test --resolution lowest-direct --output-file requirements/oldest.txt
	set -e; for each in requirements/upgrade.in requirements/envs/*.in; do $(COMPILE) $$each --output-file $${each%.in}.txt; done

# what package.json has under another name is an old release that is wanted
upgrade:
	$(MAKE) lock RENEW=--upgrade
	set -e; for folder in sclt/preview tests/node; do (cd $$folder && npm install --package-lock-only --save-exact \
		$$(node -p "Object.entries(require('./package.json').dependencies).flatMap(([name, version]) => /^\\d/.test(version) ? name + '@latest' : []).join(' ')")); done
