.PHONY: run test lint bench shots backup restore messages lock

PY = .venv/bin/python

run: ## everything from nothing to a running demo department
	@tools/bootstrap.sh
	@exec $(PY) manage.py up

test: ## the whole suite, from nothing
	@tools/bootstrap.sh --dev
	@$(PY) -m kam.ops.servers $(PY) tools/suite.py

lint:
	@tools/bootstrap.sh --dev
	@$(PY) tools/lint.py

bench: ## the table of figures, in about ten minutes on a machine that does nothing else; BENCH="--units 5000 --contacts 50000" for less
	@tools/bootstrap.sh --dev
	@$(PY) -m kam.ops.servers $(PY) -m bench --units 1000 --contacts 10000 --people 60 --database kam_bench_small
	@$(PY) -m kam.ops.servers $(PY) -m bench $(BENCH)

shots: ## pictures of the main pages into var/shots/
	@tools/bootstrap.sh --dev
	@$(PY) -m kam.ops.servers $(PY) tools/shots.py

backup:
	@$(PY) -m kam.ops.servers --keep $(PY) manage.py backup

restore: ## FILE=var/backups/….tar
	@$(PY) -m kam.ops.servers --keep $(PY) manage.py restore $(FILE)

lock: ## renew requirements.lock from pyproject.toml
	@uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 --group dev pyproject.toml -o requirements.lock

messages: ## bring the translations in step with the sources
	@$(PY) tools/messages.py
