# make demo   a whole city on http://127.0.0.1:8000   (POPULATION=5000 PORT=8001 CHECK=1)
# make test   everything: lint, types, contracts, unit, laws, both databases, browser, docs
# make help   the rest

SHELL := /bin/sh
PORT ?= 8000
UV := .tools/bin/uv
PYTEST := .venv/bin/python -m pytest
JOBS ?= 2
# uv does not look into pyenv's folders, and python3 may be too old: take the first that fits
PY := $(shell for p in python3.13 python3.14 python3.12 python3 "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.13.*/bin/python "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.1[24].*/bin/python; do "$$p" -c 'import sys; sys.exit(not (3,12)<=sys.version_info[:2]<(3,15))' >/dev/null 2>&1 && { "$$p" -c 'import sys; print(sys.executable)'; break; }; done)

.PHONY: help demo test check setup lint types unit postgres browser docs messages lock clean

help: ## what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: .venv/.base static ## the demonstration: data, decisions on everyone, site and worker
	.venv/bin/yanzhen demo --port $(PORT) $(if $(POPULATION),--population $(POPULATION)) $(if $(CHECK),--check)

setup: .venv/.dev static ## environment of a developer

check: setup lint types ## the fast part, under two minutes
	$(PYTEST) -q -n $(JOBS) -m "not browser and not slow"

test: setup lint types unit postgres browser docs ## everything

lint: .venv/.dev ## style, templates, contracts
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --quiet src/yanzhen

types: .venv/.dev ## mypy, strict
	.venv/bin/mypy

unit: setup ## tests and doctests on SQLite
	$(PYTEST) -q -n $(JOBS) -m "not browser"

postgres: setup ## the tests of the apps on PostgreSQL; starts its own server
	scripts/when-here postgresql || exit $$(($$? - 75)); scripts/with-postgres $(PYTEST) -q -n $(JOBS) -m "not browser" tests/apps tests/engines/columnar/sql

browser: setup ## pages in a real browser at 390 and 1440 px, with axe and screenshots
	scripts/when-here chromium || exit $$(($$? - 75)); $(PYTEST) -q -m browser

docs: setup ## the manual, without warnings
	.venv/bin/sphinx-build -W -q -b html docs docs/_build/html

messages: .venv/.dev ## collect the texts of the interface (needs gettext)
	cd src/yanzhen && ../../.venv/bin/python -m django makemessages -l en --no-obsolete --no-location --settings yanzhen.config.settings

lock: $(UV) ## make requirements/*.txt anew
	$(UV) pip compile --python-version 3.12 --universal --no-header --generate-hashes --no-emit-index-url --no-annotate -o requirements/base.txt pyproject.toml requirements/build.in
	$(UV) pip compile --python-version 3.12 --universal --no-header --generate-hashes --no-emit-index-url --no-annotate -c requirements/base.txt -o requirements/dev.txt pyproject.toml requirements/build.in requirements/dev.in

clean: ## remove the demonstration's data; the environment stays
	rm -rf var

$(UV):
	python3 -m venv .tools && .tools/bin/pip install -q --disable-pip-version-check "uv>=0.13,<0.14"

.venv/bin/python: | $(UV)
	$(UV) venv -q $(if $(PY),--python $(PY)) --clear .venv

.venv/.base: requirements/base.txt pyproject.toml | .venv/bin/python
	test -e .venv/.dev || $(UV) pip sync -q requirements/base.txt
	$(UV) pip install -q --no-deps --no-build-isolation -e .
	touch $@

.venv/.dev: requirements/dev.txt pyproject.toml | .venv/bin/python
	$(UV) pip sync -q requirements/dev.txt
	$(UV) pip install -q --no-deps --no-build-isolation -e .
	touch .venv/.base $@

.PHONY: static
static: src/yanzhen/web/static/vendor/.ok locale

src/yanzhen/web/static/vendor/.ok: package-lock.json scripts/vendor.py | .venv/.base
	scripts/npm ci --silent --ignore-scripts --no-audit --no-fund
	.venv/bin/python scripts/vendor.py
	touch $@

.PHONY: locale
locale: src/yanzhen/locale/en/LC_MESSAGES/django.mo
src/yanzhen/locale/en/LC_MESSAGES/django.mo: src/yanzhen/locale/en/LC_MESSAGES/django.po | .venv/.base
	.venv/bin/pybabel -q compile -d src/yanzhen/locale -D django
