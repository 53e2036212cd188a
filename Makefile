# `make demo` opens the application with invented people; `make test` proves that it works.
# The one thing needed is Python 3.11 or later: the libraries, PostgreSQL too, come from requirements.lock.

PYTHON ?= python3
BIN := .venv/bin
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard kotoutus_tui/locale/*.po))
SOURCES := kotoutus_tui screens models

# make demo AS=aino CLIENTS=2000 LANGUAGE=sv
DEMO := $(if $(AS),--as $(AS)) $(if $(CLIENTS),--clients $(CLIENTS))
export KOTOUTUS_LANGUAGE ?= $(LANGUAGE)
ifeq ($(strip $(KOTOUTUS_LANGUAGE)),)
unexport KOTOUTUS_LANGUAGE
endif

.PHONY: demo venv test check bench messages readme lock clean
.DELETE_ON_ERROR:

demo: venv
	@$(BIN)/kotoutus demo $(DEMO)

venv: .venv/installed $(CATALOGUES)

# The stamp is written last, so that an interrupted installation is done again.
.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo 'Python 3.11 or later is needed. Another one is chosen with: make PYTHON=python3.12 …' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo 'Python has no module venv. On Debian and Ubuntu install the package python3-venv.' >&2; exit 1; }
	@echo 'Installing the libraries into .venv (once) …'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q $(SOURCES)
	@touch $@

kotoutus_tui/locale/%.mo: kotoutus_tui/locale/%.po | .venv/installed
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale $*

test: check
	$(BIN)/pytest -n 2 -q

check: venv
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/basedpyright
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -q tests/test_architecture.py tests/test_translations.py

bench: venv
	$(BIN)/python -m benchmarks

# New texts into the catalogues of both languages, where they wait for their translation.
messages: venv
	@$(BIN)/pybabel --quiet extract --keywords 'N_' --no-location --sort-output --no-wrap \
	  --project kotoutus-tui --output-file .venv/messages.pot kotoutus_tui screens
	@for language in fi sv; do $(BIN)/pybabel --quiet update --no-fuzzy-matching --no-wrap --ignore-obsolete \
	  --ignore-pot-creation-date --input-file .venv/messages.pot --locale $$language \
	  --output-file kotoutus_tui/locale/$$language.po; done

# The table of keys in the README, from screens/keys.py.
readme: venv
	@$(BIN)/kotoutus --language en keys > .venv/keys.md
	@sed -i -e '/<!-- keys/,/<!-- end of keys/{//!d}' -e '/<!-- keys/r .venv/keys.md' README.md

# After a change of the dependencies; needs uv (pip install uv).
lock:
	uv pip compile pyproject.toml --extra demo --group dev --universal --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file requirements.lock

clean:
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis .import_linter_cache build dist *.egg-info $(CATALOGUES)
	find $(SOURCES) tests benchmarks -name __pycache__ -prune -exec rm -rf {} +
