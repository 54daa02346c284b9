"""What a cold start loads."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("handler", ["extract", "enrich", "notify", "reconcile"])
def test_a_handler_does_not_load_the_models_of_powertools_parser(handler):
    code = f"import sys, functions.{handler}.handler; sys.exit('aws_lambda_powertools.utilities.parser.models' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("handler", ["enrich", "notify", "reconcile"])
def test_only_extract_loads_trafilatura(handler):
    code = f"import sys, functions.{handler}.handler; sys.exit('trafilatura' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
