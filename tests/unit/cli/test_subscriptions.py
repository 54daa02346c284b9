"""Whom alerts may go to."""

import pytest

from infra.cli.commands.subscriptions import checked_email
from infra.errors import CliError


@pytest.mark.parametrize("who", ["you@example.org", "first.last+clips@mail.example.co"])
def test_an_address_with_a_name_and_a_domain_is_taken(who):
    assert checked_email(who) == who


@pytest.mark.parametrize(
    "who", ["nonsense@", "@example.org", "a@b", "a@b@c.org", "a b@c.org", "a@example..org", "A <a@example.org>"]
)
def test_what_is_no_address_is_refused_with_an_example(who):
    with pytest.raises(CliError) as trouble:
        checked_email(who)
    assert "you@example.org" in trouble.value.todo
