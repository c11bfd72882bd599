# Three commands: `make vlog` makes a film, `make studio` opens the studio, `make test` passes the tests. Each does its own set-up from bare Python 3.11+ and pip (uv is used where it is there).
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)

PHOTO ?=
THEME ?=
STYLE ?=
ARGS ?=
AS_ROOT := $(if $(filter 0,$(shell id -u)),,sudo -n)
# Text goes to the program through the environment, never through the shell's or make's syntax.
override export PHOTO := $(value PHOTO)
override export THEME := $(value THEME)
override export STYLE := $(value STYLE)

.PHONY: vlog studio test test-core test-local test-browser test-language parity lint language lock benchmarks clean

vlog: $(VENV)/.runtime
	@$(BIN)/personavlog make $${PHOTO:+--photo "$$PHOTO"} $${THEME:+--theme "$$THEME"} $${STYLE:+--style "$$STYLE"} $(if $(PHOTO),,--example) $(ARGS)

studio: $(VENV)/.studio
	@$(BIN)/personavlog studio $(ARGS)

# First the core as if nothing else were installed, then the rest with everything. Two workers take half the time of one; a file's tests share a worker.
PYTEST := PERSONAVLOG_NO_SKIPS=1 $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

test: lint test-core test-local
	@$(BIN)/personavlog weights fetch embedded measures raft-things subtitles
	@$(PYTEST) tests/end_to_end tests/embedded
	@$(MAKE) --no-print-directory test-browser

test-core: $(VENV)/.metrics
	@PERSONAVLOG_HIDE_EMBEDDED=1 $(PYTEST) tests/core tests/studio

# Local models by the real libraries with tiny random networks: no weights, no GPU.
test-local: $(VENV)/.local
	@PERSONAVLOG_HIDE_EMBEDDED=1 $(PYTEST) tests/local

# The studio's pages in a real browser, in a process of its own: Playwright keeps an event loop running. Last, so that a missing browser is the last line.
test-browser: $(VENV)/.dev
	@command -v chromium > /dev/null || { $(AS_ROOT) apt-get -qq update && $(AS_ROOT) apt-get -qq install --yes --no-install-recommends chromium; } > /dev/null || true
	@if command -v chromium > /dev/null; then PERSONAVLOG_HIDE_EMBEDDED=1 $(PYTEST) tests/browser; \
	else echo "NOT RUN: tests/browser, the studio in a browser: there is no chromium, and apt-get could not install it."; fi

test-language: language $(VENV)/.dev
	@PERSONAVLOG_NO_SKIPS=1 $(BIN)/pytest -m language tests/embedded

parity: $(VENV)/.metrics
	@OMP_WAIT_POLICY=PASSIVE $(BIN)/pytest -m parity_full tests/core/test_published_parity_full.py

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@# Nobody runs the tests on Windows: at least no function is called that Python does not have there.
	@$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python tools/draw_house.py --check

language: $(VENV)/.runtime requirements/language.txt
	@$(call install,requirements/language.txt)
	@$(BIN)/personavlog weights fetch language

benchmarks: $(VENV)/.local
	@for file in benchmarks/*.py; do echo "== $$file"; $(BIN)/python "$$file" || exit 1; done

lock:
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 pyproject.toml -o requirements/runtime.txt
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 pyproject.toml --group dev -c requirements/runtime.txt -o requirements/dev.txt
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 pyproject.toml --extra language -c requirements/runtime.txt -o requirements/language.txt
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 pyproject.toml --extra studio -c requirements/runtime.txt -c requirements/dev.txt -o requirements/studio.txt
	printf 'av\nfsspec\nnetworkx\nsetuptools>=77.0.3\nsympy\n' | uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 -c requirements/runtime.txt -c requirements/dev.txt - -o requirements/metrics.txt
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 pyproject.toml --extra local --overrides <(echo "torch ; sys_platform == 'none'") --no-emit-package torch -c requirements/runtime.txt -c requirements/dev.txt -c requirements/metrics.txt -o requirements/local.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

define install
if [ -n "$(UV)" ]; then VIRTUAL_ENV="$(VENV)" "$(UV)" pip install --quiet --require-hashes -r $(1); \
else $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1); fi
endef

define install_self
if [ -n "$(UV)" ]; then VIRTUAL_ENV="$(VENV)" "$(UV)" pip install --quiet --no-deps -e .; \
else $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .; fi
endef

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "PersonaVlog needs Python 3.11 or newer; set PYTHON=/path/to/python3.11")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(VENV)/bin/python
	@echo "Setting up $(VENV) ..."
	@$(call install,requirements/runtime.txt)
	@$(install_self)
	@touch $@

$(VENV)/.studio: requirements/studio.txt $(VENV)/.runtime
	@$(call install,requirements/studio.txt)
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	@$(call install,requirements/dev.txt)
	@touch $@

$(VENV)/.metrics: requirements/metrics.txt $(VENV)/.dev
	@$(call install,requirements/metrics.txt)
	@# torch has one version and many builds (CPU, several CUDA), which pip's own settings choose from: a hash would forbid all but one. Always pip, never uv, for that reason.
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'torch==2.13.0'
	@touch $@

$(VENV)/.local: requirements/local.txt $(VENV)/.metrics
	@# Without dependencies: the list is whole but for torch, which is there already.
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/local.txt
	@touch $@
