# Bare `make` lists the targets. Needs python3 (3.11 or newer) and make, nothing else.
PYTHON ?= python3
PORT ?= 8000
BROWSER ?= yes
WORKERS ?= auto
TESTS ?=

PY := .venv/bin/python

.PHONY: help run dev down test check bench shell messages migration screenshots pins

help: ## List the targets
	@$(PYTHON) -c "import re; [print(f'  make {n:<12} {w}') for n, w in re.findall(r'^([a-z]+):[^#\n]*## (.*)$$', open('Makefile').read(), re.M)]"

run: ## The portal with its sample school, as in production (PORT=8000); Ctrl-C stops it
	@$(PYTHON) tools/venv.py base.txt && exec $(PY) manage.py up --port $(PORT)

dev: ## The same, with reloading and the debug toolbar (PORT=8000)
	@$(PYTHON) tools/venv.py dev.txt && exec $(PY) manage.py dev --port $(PORT)

down: ## Stop a running `make run` or `make dev` of this folder
	@$(PYTHON) tools/venv.py base.txt && exec $(PY) manage.py down

test: ## All tests on throw-away servers (BROWSER=no leaves out the browser, TESTS=tests/visits only those)
	@$(PYTHON) tools/venv.py dev.txt && BROWSER=$(BROWSER) exec $(PY) -m pytest -n $(WORKERS) $(TESTS)

check: ## Style, types, import rules, templates, migrations, translations, deployment settings
	@$(PYTHON) tools/venv.py dev.txt && exec $(PY) -m tools.check

bench: ## How fast 100,000 enterprises and 200,000 postings are searched, 20,000 rows imported, 200,000 reminders stored, 100,000 enterprises exported and a report of 200 pages built; takes many minutes
	@$(PYTHON) tools/venv.py dev.txt && $(PY) -m tests.benchmarks && $(PY) -m pytest tests/benchmarks/import_of_20000_rows.py tests/benchmarks/reminders_of_200000.py tests/benchmarks/exports_of_100000.py tests/benchmarks/report_of_200_pages.py -q -s && KILLED_REMINDERS=10000 exec $(PY) -m pytest tests/journeys/test_killed_at_random.py -q -s

shell: ## Django's shell on the sample school
	@$(PYTHON) tools/venv.py base.txt && exec $(PY) manage.py shell

messages: ## Collect new strings into locale/zh_Hans
	@$(PYTHON) tools/venv.py dev.txt && exec $(PY) -m tools.check_translations --collect

migration: ## Write a migration (APP=visits NAME=visit_postponed)
	@$(PYTHON) tools/venv.py dev.txt && exec $(PY) manage.py makemigrations $(APP) --name $(NAME)

screenshots: ## Take the pictures of the README from the sample school
	@$(PYTHON) tools/venv.py dev.txt && exec $(PY) -m tools.screenshots

pins: ## Compile requirements/*.txt from pyproject.toml (needs uv)
	@uv pip compile pyproject.toml --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --python-version 3.11 -o requirements/base.txt
	@uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --python-version 3.11 -o requirements/dev.txt
