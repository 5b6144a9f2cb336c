# The front door. `make` alone runs what CI runs; `make help` lists the rest.
#
# It needs make and Python 3.11 or newer. All else is installed into .venv and node_modules,
# once, and again when a lock file changes. `make PYTHON=python3.13` takes another Python.
# pip installs uv alone, which installs the rest: of a lock file, every pip reads that much.

PYTHON ?= python3
# What builds the site that is published: mkdocs or zensical. Its successor takes the place of
# Material for MkDocs by this one line.
BUILDER ?= mkdocs
SITE_DIR ?= site
ADDR ?= 127.0.0.1:8000
PYTEST_ARGS ?= --numprocesses=auto
LOCK_ARGS ?=
ROUNDS ?= 3
BENCH_ARGS ?=
FUZZ_EXAMPLES ?= 25000

BIN := .venv/bin
# Each of these files says by its date when a step of the set-up was last done.
UV_READY := .venv/.uv-ready
PYTHON_READY := .venv/.python-ready
NPM_READY := node_modules/.npm-ready

PIP := $(BIN)/python -m pip --disable-pip-version-check
# uv does not read the settings of pip, where organisations name a registry of their own.
UV_PIP = UV_SYSTEM_CERTS=true UV_PYTHON_DOWNLOADS=never \
	UV_DEFAULT_INDEX="$${UV_DEFAULT_INDEX:-$${PIP_INDEX_URL:-$$($(PIP) config get global.index-url 2>/dev/null)}}" \
	$(BIN)/uv --quiet pip
UV_COMPILE := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock" $(LOCK_ARGS)
# Node.js from 20.19 on, as Debian has it, is taken from the machine; else one comes into .venv.
NODE_HERE := $(shell node -e 'const [major, minor] = process.versions.node.split("."); \
	process.exit(major > 20 || (major == 20 && minor > 18) ? 0 : 1)' 2>/dev/null && npm --version 2>/dev/null)
NODE_LOCK := $(if $(NODE_HERE),,requirements-node.txt)

BUILDERS := mkdocs zensical
ifeq ($(filter $(BUILDER),$(BUILDERS)),)
$(error BUILDER is one of: $(BUILDERS))
endif
OTHER_BUILDER := $(filter-out $(BUILDER),$(BUILDERS))
SITES := $(BUILDERS:%=site-%)

# Where the machine has no Node.js, it is in .venv/bin.
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Material for MkDocs would print a page about MkDocs 2 at each build.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := check
.DELETE_ON_ERROR:
.PHONY: help setup serve preview build test content check lint types fresh bench fuzz mutants readability evaluate schema lock clean packages runtime partials assets chromium $(SITES)

help: ## List these targets
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

setup: packages chromium ## Install everything that the other targets need

serve: partials ## Serve the site on http://127.0.0.1:8000/ (ADDR=host:port for another place)
	@$(PORT_IS_FREE)
	@$(BIN)/python -m macros.assets --as-written
	@echo "Building the site; then open http://$(ADDR)/ (Ctrl+C ends it)"
	@OFFLINE=false SITE_URL=http://$(ADDR)/ $(BIN)/$(BUILDER) serve --dev-addr $(ADDR)

preview: export SITE_URL = http://$(ADDR)/
preview: build ## Build the site and serve it as it will be published, for browsers to keep
	@$(PORT_IS_FREE)
	@echo "Open http://$(ADDR)/ (Ctrl+C ends it)"
	@$(BIN)/python -m http.server --directory $(SITE_DIR) \
		--bind $(firstword $(subst :, ,$(ADDR))) $(lastword $(subst :, ,$(ADDR)))

build: assets ## Build the site into site/ (BUILDER=zensical for the other builder)
	$(call BUILD,$(BUILDER),$(SITE_DIR))

test: site-$(BUILDER) chromium ## Run every test (PYTEST_ARGS="-k word" for some)
	@found=$$(node --test --test-reporter=spec tests/javascript/*.test.mjs 2>&1) || { printf '%s\n' "$$found" >&2; exit 1; }
	@SITE_UNDER_TEST=$< $(BIN)/pytest $(PYTEST_ARGS)

content: $(PYTHON_READY) ## Run the tests of this model's content: whoever changes the model changes them
	@$(BIN)/pytest tests/content

check: lint types build test site-$(OTHER_BUILDER) ## Run what CI runs: lint, types and tests, for both builders
	@SITE_UNDER_TEST=site-$(OTHER_BUILDER) $(BIN)/pytest tests/site tests/browser --numprocesses=auto

lint: packages ## Check style and common mistakes
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/lint-imports --no-logo >/dev/null || $(BIN)/lint-imports --no-logo --verbose
	@$(BIN)/uv --quiet pip check
	@node_modules/.bin/eslint --max-warnings=0 .

types: packages ## Check types
	@$(BIN)/mypy
	@node_modules/.bin/tsc --project tsconfig.json
	@node_modules/.bin/tsc --project tsconfig.worker.json
	@node_modules/.bin/tsc --project macros/tsconfig.json
	@node_modules/.bin/tsc --project macros/tsconfig.workers.json

fresh: build ## Try the README's commands as on machines that have never seen this (minutes)
	@$(BIN)/pytest tests/fresh --numprocesses=2 --dist=loadfile

bench: assets chromium ## Measure speed beside the stock way, in about ten minutes (ROUNDS=1 for less)
	@$(BIN)/pytest tests/bench --benchmark-enable --benchmark-only --benchmark-group-by=group \
		--benchmark-columns=min,median,iqr,rounds --benchmark-sort=name
	@node tests/bench/pyodide_times.mjs docs/assets/quiz/runtime
	@$(BIN)/python -m tests.bench --rounds $(ROUNDS) $(BENCH_ARGS)

readability: build ## Show how easy each page is to read, the hardest first
	@$(BIN)/python -m tests.site.readability

evaluate: $(PYTHON_READY) ## Judge the model on the coded cases and write the figures (minutes)
	@$(BIN)/python -m tests.evaluation

fuzz: $(PYTHON_READY) ## Send links, files and stored states of any kind (ten minutes and more; FUZZ_EXAMPLES=1000 for fewer)
	@FUZZ_EXAMPLES=$(FUZZ_EXAMPLES) $(BIN)/pytest tests/fuzz --numprocesses=auto

mutants: $(PYTHON_READY) ## See whether the tests notice changed reasoning (twenty minutes)
	@$(UV_PIP) install --require-hashes --requirement requirements-mutants.txt
	@$(BIN)/mutmut run
	@$(BIN)/mutmut results
	@echo "tests/cxquiz/MUTANTS.md says why some survive."

schema: $(PYTHON_READY) ## Tell editors which pieces of wording a model needs now
	@$(BIN)/python -m cxquiz.authoring.schema

lock: $(PYTHON_READY) ## Write the lock files anew (LOCK_ARGS=--upgrade for newer Python packages)
	@$(UV_COMPILE) --group uv --output-file requirements-uv.txt
	@$(UV_COMPILE) pyproject.toml --group dev --output-file requirements.txt
	@$(UV_COMPILE) --group node --output-file requirements-node.txt
	@$(UV_COMPILE) pyproject.toml --group dev --group mutants --output-file requirements-mutants.txt
	@npm install --package-lock-only --loglevel=error >/dev/null

clean: ## Remove everything that make made
	@rm -rf .venv node_modules site $(SITES) \
		docs/assets/quiz/runtime docs/assets/bundled-* macros/theme/generated \
		mutants .mypy_cache .ruff_cache .pytest_cache .hypothesis .benchmarks .coverage test-results
	@find cxquiz macros tests -name __pycache__ -prune -exec rm -rf {} +

# The steps behind them

# Python's and npm's come at the same time, where none of them waits for the other.
packages:
	@$(MAKE) --no-print-directory --silent --jobs=2 $(PYTHON_READY) $(NPM_READY)

runtime: packages ## Build what the browser loads (CUTS="library bytecode" for these cuts alone)
	@$(BIN)/python -m macros.runtime $(if $(filter undefined,$(origin CUTS)),,--cuts "$(CUTS)")

partials: runtime ## Render the quiz for the theme
	@$(BIN)/python -m macros.pages.partials

assets: partials ## Bundle scripts and styles
	@$(BIN)/python -m macros.assets

# For the tests: the site below a path, as GitHub Pages serves a project's.
$(SITES): export SITE_URL = http://127.0.0.1:8000/playbook/
$(SITES): site-%: assets
	$(call BUILD,$*,$@)

define BUILD
@SITE_DIR=$(2) $(BIN)/$(1) build --clean --strict
@$(BIN)/python -m macros.release $(2)
endef

define PORT_IS_FREE
$(BIN)/python -c 'import socket; host, port = "$(ADDR)".rsplit(":", 1); \
		socket.create_server((host, int(port))).close()' 2>/dev/null || { \
	echo "Cannot serve on $(ADDR): another program uses it, or it is not host:port." >&2; \
	echo "Take another place: make $@ ADDR=127.0.0.1:8001" >&2; exit 1; }
endef

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { \
		echo "No Python: there is no command '$(PYTHON)' here." >&2; \
		echo "Install Python 3.11 or newer, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "'$(PYTHON)' is $$($(PYTHON) --version), but Python 3.11 or newer is needed." >&2; \
		echo "Install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "'$(PYTHON)' cannot make virtual environments: its modules venv and ensurepip are missing." >&2; \
		echo "On Debian and Ubuntu install them by: apt-get install python3-venv" >&2; exit 1; }
	@echo "Setting up: a virtual environment in .venv"
	@$(PYTHON) -m venv .venv

# No resolution and no building: uv is one file for this machine, or there is none.
$(UV_READY): requirements-uv.txt | $(BIN)/python
	@echo "Setting up: uv, which installs the rest"
	@$(PIP) install --quiet --no-deps --only-binary :all: --require-hashes --requirement $<
	@touch $@

$(PYTHON_READY): requirements.txt $(NODE_LOCK) pyproject.toml $(UV_READY)
	@echo "Setting up: Python packages$(if $(NODE_LOCK), and Node.js (there is none from 20.19 on))"
	@$(UV_PIP) sync --require-hashes requirements.txt $(NODE_LOCK)
	@$(UV_PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(NPM_READY): package.json package-lock.json .npmrc $(if $(NODE_LOCK),$(PYTHON_READY))
	@echo "Setting up: npm packages"
	@npm ci --loglevel=error >/dev/null
	@touch $@

# Ubuntu's Chromium is only a pointer to a snap, so Debian alone takes it from apt.
chromium: $(PYTHON_READY) ## Install Chromium for the tests where there is none
	@if { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null; then \
		:; \
	elif [ "$$(id -u)" = 0 ] && grep -q '^ID=debian' /etc/os-release; then \
		echo "Setting up: Chromium, from Debian"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y \
			--no-install-recommends chromium fonts-liberation >/dev/null; \
	else \
		echo "Setting up: Chromium, by Playwright"; \
		$(BIN)/playwright install chromium; \
	fi
