# The commands a day needs. `make` alone lists them.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test test-reliability check format messages coverage lock clean

help:
	@sed -n 's/^\([a-z-]*\):.*## */make \1\t/p' Makefile | expand -t 24

run:  ## set up what is missing, then serve the demo site (PORT, DATA_DIR)
	@.ci/setup run
	@exec .venv/bin/python .ci/serve.py

test:  ## set up what is missing, then run every test (ARGS="tests/courses -x" for some)
	@.ci/setup test
	@.ci/test $(ARGS)

test-reliability:  ## servers killed, disks full, mail servers silent: two hours (SOAK_MINUTES, ARGS)
	@.ci/setup test
	RELIABILITY=full .venv/bin/python -m pytest tests/reliability $(ARGS)
	RELIABILITY=full EVERY_CASE=yes .ci/with-postgres .venv/bin/python -m pytest tests/reliability $(ARGS)

check:  ## everything CI checks: formatting, linting, imports, types, migrations, tests
	@.ci/run

format:  ## put Python and templates in order
	@.ci/setup test
	.venv/bin/ruff check --fix --exit-zero .
	.venv/bin/ruff format .
	find lms courses certificates content -path '*/templates/*' -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} + || true

messages:  ## bring the translators' files (*/locale) up to date with the sentences in the code (needs gettext)
	.venv/bin/python .ci/collect_messages.py

coverage:  ## which lines no test reaches (SQLite, without a browser)
	@.ci/setup test
	.venv/bin/coverage run -m pytest -q -m "not browser"
	.venv/bin/coverage report

# Versions already locked stay unless asked for otherwise:  make lock UPGRADE=--upgrade
UV := $(shell command -v uv || echo .venv/bin/uv)
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock" $(UPGRADE)

lock:  ## pin again what pyproject.toml and package.json ask for (needs uv and npm)
	@$(UV) --version >/dev/null 2>&1 || { echo "make lock needs uv:  .venv/bin/python -m pip install uv"; exit 1; }
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) --constraint requirements.txt --group test pyproject.toml -o requirements-test.txt
	$(COMPILE) --python-version 3.11 .ci/requirements-node.in -o .ci/requirements-node.txt
	npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund

clean:  ## remove what was installed, not the data (var/)
	rm -rf .venv node_modules .coverage htmlcov .{pytest,ruff,mypy,import_linter}_cache .hypothesis
