# Two commands are enough: `make run` and `make test`. Each does its own set-up, once, in .venv and frontend/node_modules.

unexport PYTHONDONTWRITEBYTECODE # or each of our many processes compiles all its modules anew, for two seconds

PYTHON ?= python3
BIN := .venv/bin
NPM := $(BIN)/python hatch_build.py npm -s
PYTEST := $(BIN)/pytest
COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --no-config
SOURCES := $(shell find frontend service-worker \( -name node_modules -o -name 'dist*' \) -prune -o -type f -print)
CHAOS = $(if $(SEED),--seed $(SEED)) $(if $(EMBEDDED),--embedded) $(if $(KILLS),--kills $(KILLS)) $(if $(PHONES),--phones $(PHONES)) $(if $(OPERATIONS),--operations $(OPERATIONS))
LOAD = $(if $(KILLS),--kills $(KILLS)) $(if $(SEED),--seed $(SEED)) $(if $(PHONES),--phones $(PHONES)) $(if $(DURATION),--seconds $(DURATION))

.PHONY: help run test check lint types contracts scripts templates quick journey roles screens load prod chaos bench contract lighthouse mirror catalogues format locks clean

help:          ## this list
	@sed -n 's/^\([a-z]*\):.*## /make \1	/p' Makefile

run: .venv/.run frontend/dist/manifest.json   ## set up, migrate, load demo data, serve (PORT=…, SAMBAT_…=…)
	@exec $(BIN)/sambat run

test: .venv/.dev frontend/dist/manifest.json  ## everything; PostgreSQL, Redis and Chromium where the machine has them
	@$(NPM) test
	@$(PYTEST) -n 2 --dist loadfile -m "not browser"
	@$(PYTEST) -m browser

check: .venv/.dev frontend/dist/manifest.json  ## the quick round before each commit: two at a time, every fault is told
	@$(MAKE) --no-print-directory -k -j2 -Otarget quick lint types contracts scripts templates

lint: .venv/.dev                              ## ruff: rules and format
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet

types: .venv/.dev                             ## mypy
	@$(BIN)/mypy --no-error-summary

contracts: .venv/.dev                         ## import-linter: who may import whom
	@$(BIN)/lint-imports --config importlinter.toml

scripts: .venv/.dev                           ## TypeScript: types, rules, format
	@$(NPM) run types
	@$(NPM) run lint

templates: .venv/.dev                         ## djlint's rules; its format is not used, as it puts space where people see it
	@$(BIN)/djlint frontend/pages --lint --quiet

quick: .venv/.dev frontend/dist/manifest.json # tests that need no browser and no server
	@$(NPM) test
	@$(PYTEST) -q -m "not browser and not postgresql and not redis and not slow"

journey: .venv/.dev frontend/dist/manifest.json  ## a whole complaint in a real browser, pictures in build/journey
	@$(PYTEST) tests/journeys

roles: .venv/.dev frontend/dist/manifest.json ## everybody's first five minutes in a real browser, pictures in build/roles
	@$(PYTEST) tests/roles

screens: .venv/.dev frontend/dist/manifest.json  ## every page with no data, a crowd, long words, large text; pictures in build/screens
	@$(BIN)/python -m benchmarks.screens

load: .venv/.dev frontend/dist/manifest.json  ## many phones at once; KILLS=20 also kills the server that often (PHONES=…, DURATION=…)
	@$(BIN)/python -m benchmarks.load $(LOAD)

prod: .venv/.dev frontend/dist/manifest.json  ## docker-compose.yml without containers, on https://127.0.0.1:8443 (DEMO=1, HOST=…, PORT=…); JOURNEY=1 walks through it
	@$(if $(JOURNEY),HOUSE=installed $(PYTEST) tests/journeys/test_walk.py,exec $(BIN)/python -m benchmarks.prod $(if $(DEMO),--demo) $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT)))

chaos: .venv/.dev frontend/dist/manifest.json ## the same under -9 for each of its parts, on lines that lose answers (SEED=…, EMBEDDED=1: the one process of make run)
	@$(BIN)/python -m benchmarks.chaos $(CHAOS)

bench: .venv/.dev frontend/dist/manifest.json ## ours, the limit, the ratio: operations, lists, photos, memory, starts, on both databases
	@$(BIN)/python -m benchmarks.bench

contract: .venv/.dev frontend/dist/manifest.json  ## schemathesis on the OpenAPI document, as two roles
	@$(BIN)/python -m benchmarks.contract

lighthouse: .venv/.dev frontend/dist/manifest.json  ## what Lighthouse says of the first pages, reports in build/lighthouse
	@$(BIN)/python -m benchmarks.lighthouse

mirror: .venv/.dev                            ## write frontend/scripts/generated anew
	@$(BIN)/python -m backend.sync.typegen

catalogues: .venv/.dev                        ## write frontend/catalogues anew from the sentences in code and pages
	@$(BIN)/python -m backend.catalogues

format: .venv/.dev                            ## put code into shape
	@$(BIN)/ruff check --quiet --fix-only
	@$(BIN)/ruff format --quiet
	@$(NPM) run format

locks: .venv/.dev                             ## take the newest releases that pyproject.toml and package.json allow
	$(COMPILE) --upgrade --extra build pyproject.toml -o requirements.lock
	$(COMPILE) --upgrade --extra build --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	rm -rf frontend/node_modules frontend/package-lock.json # npm leaves out other systems' packages when it starts from either
	$(BIN)/python hatch_build.py lock

clean:                                        ## remove all that set-up and builds have made; data stays
	rm -rf .venv build frontend/dist frontend/node_modules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# Set-up. pip comes second where uv does not get through: it may know a mirror or a certificate that uv does not.
$(BIN)/uv: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed (PYTHON=…)" if sys.version_info < (3, 11) else 0)'
	@echo "· Python environment"
	@$(PYTHON) -m venv .venv
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > .venv/uv.lock
	@$(BIN)/pip install -qq --require-hashes -r .venv/uv.lock
	@touch $@

.venv/.run: requirements.lock pyproject.toml hatch_build.py $(BIN)/uv
	@echo "· Python packages"
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r $< || $(BIN)/pip install -q --require-hashes -r $<
	@echo "· the house itself, and its frontend"
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.run
	@echo "· developer's packages"
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r $< || $(BIN)/pip install -q --require-hashes -r $<
	@touch $@

frontend/dist/manifest.json: $(SOURCES) hatch_build.py | .venv/.run
	@$(BIN)/python hatch_build.py build
	@touch $@
