# `make demo` and `make test` do all the set-up. `make help` lists the rest.
# PYTHON chooses the interpreter: make demo PYTHON=/opt/python3.13/bin/python3

PYTHON ?=
UV ?= uv
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CASE := demo-case

# One line a step; a failing step shows what it printed and ends the run.
define step
	@printf '%-14s' '$(1)'; \
	if printed=$$($(2) 2>&1); then echo ok; else echo FAILED; printf '%s\n' "$$printed"; exit 1; fi
endef

.PHONY: help demo test test-postgres format quality bench docs lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 15

$(READY): requirements.lock pyproject.toml scripts/make-venv src/sayso/web/npm/package-lock.json
	@scripts/make-venv '$(VENV)' '$(PYTHON)'
	@touch $(READY)

demo: $(READY)  ## build a case from the bundled documents, show what is in it, write demo-case/report.html
	@test ! -e '$(CASE)' || test -f '$(CASE)/case.toml' || \
		{ echo '$(CASE) is no case of make demo, so it stays; name another: make demo CASE=FOLDER'; exit 1; }
	@rm -rf '$(CASE)'
	@$(BIN)/sayso demo $(CASE)

test: $(READY)  ## format, lint, types, layers and every test, those of a ledger on SQLite and on PostgreSQL
	$(call step,format,$(BIN)/ruff format --check .)
	$(call step,lint,$(BIN)/ruff check .)
	$(call step,types,$(BIN)/mypy)
	$(call step,layers,$(BIN)/lint-imports)
	@$(BIN)/pytest -q -n auto
	@$(BIN)/pytest -q -n auto --database postgresql

test-postgres: $(READY)  ## only the tests of a ledger, on a PostgreSQL server that is started for them
	@$(BIN)/pytest -q -n auto --database postgresql

format: $(READY)  ## format the code and mend what the linter can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

quality: $(READY)  ## print the scores and hold them against their floors
	@$(BIN)/python -m quality

bench: $(READY)  ## print speed and memory, each as a figure of this run
	@$(BIN)/python -m bench

docs: $(READY)  ## write docs/reference/ from the code
	@$(BIN)/python scripts/reference.py

lock:  ## pin every dependency with its hashes in requirements.lock (needs uv)
	@command -v $(UV) >/dev/null || { echo 'make lock needs uv: pip install uv'; exit 1; }
	@$(UV) pip compile pyproject.toml --extra dev --universal --generate-hashes --python-version 3.11 \
		--upgrade --quiet --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
		-o requirements.lock
	@! grep -nE '://|^-|file:|@ ' requirements.lock || { echo 'requirements.lock names a place'; exit 1; }

clean:  ## remove what the other targets made
	@test ! -f '$(CASE)/case.toml' || rm -rf '$(CASE)'
	@rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
