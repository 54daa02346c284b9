"""Whom alerts may go to."""

import pytest

from infra.errors import CliError
from infra.stack.readers.endpoints import checked_email, named_endpoint


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


@pytest.mark.parametrize(
    ("who", "endpoint"),
    [
        ("you@example.org", "you+night@example.org"),
        ("you+day@example.org", "you+night@example.org"),
        ("https://example.org/hook", "https://example.org/hook?subscription=night"),
        ("https://example.org/hook?a=1&subscription=day", "https://example.org/hook?a=1&subscription=night"),
    ],
)
def test_a_name_makes_an_endpoint_of_its_own(who, endpoint):
    assert named_endpoint(who, "night") == endpoint


@pytest.mark.parametrize(
    ("who", "name"), [("clipwire-inbox-desk", "night"), ("you@example.org", "Night shift"), ("you@example.org", "")]
)
def test_a_name_that_cannot_be_is_refused(who, name):
    with pytest.raises(CliError):
        named_endpoint(who, name)
