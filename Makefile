# make run   – the site with a filled demonstration on http://127.0.0.1:8000
# make setup – a real site: tables, the first administrator, the course
# make test  – everything that must be true, on SQLite, PostgreSQL and in a browser;
#              all of it on every core, what ARGS names on one
# make bench – what pages cost; SCALE=district in minutes, or SCALE=country with a
#              FOLDER that has 20 GB, at the size of a country

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8000
export PORT

.PHONY: run setup test lint audit format bench screenshots

run: $(VENV)/.site
	@LMS_DEMO=1 $(BIN)/python -m lms.demo
	@LMS_DEMO=1 $(BIN)/python app.py

setup: $(VENV)/.site
	@$(BIN)/python -m flask --app app setup

test: $(VENV)/.test
	@sh tests/system_packages.sh
	$(BIN)/python -m pytest $(or $(ARGS),--numprocesses=auto --dist=loadfile)

bench: $(VENV)/.test
	@$(BIN)/python -m $(if $(SCALE),tests.scale $(SCALE) $(FOLDER),tests.bench) 2>/dev/null

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint templates --lint --quiet

audit: $(VENV)/.test
	@$(BIN)/python -m tests.audit

format: $(VENV)/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

screenshots: $(VENV)/.test
	@sh tests/system_packages.sh
	$(BIN)/python -m tests.browser.pictures

$(VENV)/.site: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m flask --app app assets font
	@touch $@

$(VENV)/.test: $(VENV)/.site requirements-test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@
