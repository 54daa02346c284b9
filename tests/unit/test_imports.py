"""Which modules a cold start loads."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("handler", ["extract", "enrich", "notify", "reconcile", "desk", "export"])
def test_a_handler_does_not_load_the_models_of_powertools_parser(handler):
    assert not loads(handler, "aws_lambda_powertools.utilities.parser.models")


@pytest.mark.parametrize("handler", ["enrich", "notify", "reconcile", "desk", "export"])
def test_only_extract_loads_trafilatura(handler):
    assert not loads(handler, "trafilatura")


def test_the_desk_loads_duckdb_only_when_a_search_needs_it():
    assert not loads("desk", "duckdb")


def loads(handler: str, module: str) -> bool:
    """Whether importing a handler in a new process imports a module too."""
    code = f"import sys, functions.{handler}.handler; print({module!r} in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return ran.stdout.strip() == "True"
