"""What people are told of a value that an option does not take."""

import json

import pytest

from infra.cli import app, exit_codes


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["subscribe", "you@example.org", "--digest", "weekly"], "'weekly' is not one of"),
        (["records", "--limit", "abc"], "a whole number is needed"),
        (["records", "--limit", "1.5"], "a whole number is needed"),
        (["alerts", "--timeout", "soon"], "a number is needed"),
        (["search", "a", "--limit", "0"], "the least is 1"),
        (["subscribe", "you@example.org", "--most", "-3"], "the least is 0"),
    ],
)
def test_a_wrong_value_is_named_in_plain_words(command, said, capsys):
    assert app.run([*command, "--json"]) == exit_codes.WRONG_WORDS
    what = json.loads(capsys.readouterr().err)["error"]["what"]
    assert said in what
    assert "Value error" not in what
    assert "Input should" not in what
