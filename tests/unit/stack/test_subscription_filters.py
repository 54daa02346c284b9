import pytest

from infra.errors import CliError
from infra.stack.subscription_filters import attributes, in_words, policy


def test_no_wish_is_every_alert() -> None:
    assert policy(None, None, None, None) == {}
    assert attributes({}) == {"FilterPolicyScope": "MessageAttributes", "FilterPolicy": "{}"}
    assert in_words({}) == "every alert"


def test_wishes_become_the_names_of_the_alerts_attributes() -> None:
    made = policy(["Sport", "human interest", "sport"], ["The Courier"], ["EN"], ["dams"])
    assert made == {
        "topics": ["sport", "human-interest"],
        "site": ["The Courier"],
        "language": ["en"],
        "rules": ["dams", "*"],
    }
    assert in_words(made) == "topic sport or human-interest, site The Courier, language en, rule dams"


def test_more_combinations_than_sns_takes_are_refused() -> None:
    sites = [f"site {number}" for number in range(76)]
    with pytest.raises(CliError, match="152 combinations"):
        policy(None, sites, ["en", "de"], None)


@pytest.mark.parametrize(
    ("typed", "meant"), [("sports", "sport"), ("polit", "politics"), ("war", "conflict"), ("tech", "science")]
)
def test_a_topic_that_is_none_gets_the_nearest_suggested(typed: str, meant: str) -> None:
    with pytest.raises(CliError) as caught:
        policy([typed], None, None, None)
    assert f"Did you mean {meant}" in caught.value.todo
