# Deux commandes suffisent : « make run » et « make test ».
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
NOTES := notes
export PYTHONUTF8 := 1

.PHONY: run test lint bench evaluate lock clean

run: $(VENV)/.run $(NOTES)/.made ## installe, charge la démonstration et la sert sur http://127.0.0.1:8000
	@exec $(BIN)/portevoix-site servir

$(NOTES)/.made: $(VENV)/.run ## la note de démonstration
	@$(BIN)/portevoix note "$$($(BIN)/portevoix demo path)" --network "Gendarmerie nationale" \
		--from 2025-01-01 --to 2025-12-31 --minimum 3 --format terminal,html,pdf,odt,json \
		--out $(NOTES)
	@touch $@

test: $(VENV)/.dev $(VENV)/.browser lint ## installe et vérifie tout
	@scripts/test-packages
	$(BIN)/pytest -n auto
	scripts/with-postgres $(BIN)/pytest -n auto tests/web

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	PORTEVOIX_MODE=test $(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet --extension=jinja src/portevoix
	$(BIN)/djlint --lint --quiet --profile=django --extension=html src/portevoix/web
	PORTEVOIX_MODE=test $(BIN)/python -m portevoix.web makemigrations --check --dry-run --verbosity 0

evaluate: $(VENV)/.dev ## scores par validation croisée, comparés à evals/*/baseline.json
	$(BIN)/portevoix evaluate

bench: $(VENV)/.dev ## vitesse et mémoire, avec les pairs installés à part dans .venv-bench
	benchmarks/run

lock: $(VENV)/.dev ## refait les listes de dépendances verrouillées
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra site --extra build --extra llm --generate-hashes --python-version 3.11 -q -o requirements/run.lock
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra site --extra build --generate-hashes --python-version 3.11 -q -c requirements/run.lock -o requirements/dev.lock

clean:
	rm -rf $(VENV) .venv-bench $(NOTES) var .pytest_cache .mypy_cache .ruff_cache

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 est nécessaire : installez-le, ou dites où il est avec « make PYTHON=/chemin/python3.11 »."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.system: scripts/system-packages
	@mkdir -p $(VENV) && scripts/system-packages && touch $@

$(VENV)/.run: requirements/run.lock pyproject.toml | $(BIN)/python $(VENV)/.system
	@echo "Installation des bibliothèques (une minute la première fois)…"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.browser: scripts/browser-for-tests tests/journeys/package-lock.json
	@mkdir -p $(VENV) && scripts/browser-for-tests && touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.run
	@echo "Installation des outils de développement…"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@
