# Deux commandes suffisent : « make run » et « make test ».
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
NOTES := notes
export PYTHONUTF8 := 1

.PHONY: run test lint bench evaluate lock clean

run: $(VENV)/.run ## installe, rédige la note de démonstration et dit où elle se trouve
	@$(BIN)/portevoix note "$$($(BIN)/portevoix demo path)" --network "Gendarmerie nationale" \
		--from 2025-01-01 --to 2025-12-31 --minimum 3 --format terminal,html,pdf,odt,json \
		--out $(NOTES)

test: $(VENV)/.dev lint ## installe et vérifie tout
	@scripts/test-packages
	$(BIN)/pytest -n auto

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet --extension=jinja src/portevoix

evaluate: $(VENV)/.dev ## scores par validation croisée, comparés à evals/*/baseline.json
	$(BIN)/portevoix evaluate

bench: $(VENV)/.dev ## vitesse et mémoire, avec les pairs installés à part dans .venv-bench
	benchmarks/run

lock: $(VENV)/.dev ## refait les listes de dépendances verrouillées
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra build --generate-hashes --python-version 3.11 -q -o requirements/run.lock
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra build --generate-hashes --python-version 3.11 -q -c requirements/run.lock -o requirements/dev.lock

clean:
	rm -rf $(VENV) .venv-bench $(NOTES) .pytest_cache .mypy_cache .ruff_cache

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

$(VENV)/.dev: requirements/dev.lock $(VENV)/.run
	@echo "Installation des outils de développement…"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@
