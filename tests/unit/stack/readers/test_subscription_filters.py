import pytest

from infra.errors import CliError
from infra.stack.readers.subscription_filters import asked_views, attributes, in_words, policy


def test_no_wish_is_every_story_once() -> None:
    assert policy(None, None, None, None) == {"first_for": ["everything"]}
    assert in_words(policy(None, None, None, None)) == "every story"


def test_wishes_become_the_views_that_alerts_are_first_for() -> None:
    made = policy(["Sport", "human interest", "sport"], ["The Courier"], ["EN"], None)
    assert made == {"first_for": ["topic:sport@The Courier", "topic:human-interest@The Courier"], "language": ["en"]}
    assert in_words(made) == "topic sport or human-interest, site The Courier, language en"
    assert in_words(policy(None, ["The Courier"], None, None)) == "site The Courier"


def test_who_asks_for_a_rule_gets_alerts_with_more_rules_than_are_kept_apart() -> None:
    made = policy(None, None, None, ["dams"])
    assert made == {"first_for": ["rule:dams", "rule:*"]}
    assert in_words(made) == "rule dams"
    assert asked_views(made) == ["rule:dams"]


def test_every_copy_is_asked_for_by_the_attributes_of_the_first_version() -> None:
    made = policy(["sport"], ["The Courier"], ["en"], None, every_copy=True)
    assert made == {"topics": ["sport"], "site": ["The Courier"], "language": ["en"]}
    assert in_words(made) == "every copy of topic sport, site The Courier, language en"
    assert policy(None, None, None, None, every_copy=True) == {}
    assert attributes({}) == {"FilterPolicyScope": "MessageAttributes", "FilterPolicy": "{}"}
    assert in_words({}) == "every copy of every story"


def test_topics_and_rules_together_are_no_view_and_so_every_copy() -> None:
    assert policy(["sport"], None, None, ["dams"]) == {"topics": ["sport"], "rules": ["dams", "*"]}


def test_a_filter_that_was_written_by_hand_is_shown_as_it_is() -> None:
    assert in_words({"first_for": [{"prefix": "topic:"}]}) == 'first for {"prefix": "topic:"}'
    assert asked_views({"first_for": [{"prefix": "topic:"}]}) == []  # type: ignore[list-item]


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
