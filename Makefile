# Thin names for what the launcher does.
.PHONY: demo test lint format requirements messages openapi

demo:
	./compliance demo

test:
	./compliance test

lint: export DJANGO_ENV = development
lint:
	.venv/bin/python -m ruff check .
	.venv/bin/python -m ruff format --check .
	.venv/bin/python -m mypy

format:
	.venv/bin/python -m ruff format .
	.venv/bin/python -m ruff check --fix .

requirements:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate requirements/base.in -o requirements/base.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate requirements/test.in -o requirements/test.txt

messages:
	for folder in backend/locale backend/*/locale; do .venv/bin/pybabel compile --directory $$folder --domain django; done

openapi: export DJANGO_ENV = development
openapi:
	.venv/bin/python backend/manage.py spectacular --lang en --format openapi-json --file docs/openapi.json --validate --fail-on-warn
