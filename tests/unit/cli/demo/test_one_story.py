"""What the demo says of two papers with one report, where something is missing or too much."""

import pytest

from infra.cli.demo.one_story import CORRECTED, FIRST, SECOND, OneStory

STORY = {"story_id": "5"}
TOLD = {FIRST: {"kind": "new"}, CORRECTED: {"kind": "corrected"}}
ALL = {FIRST, SECOND, CORRECTED}


@pytest.mark.parametrize(
    ("sent", "alerts", "second", "said"),
    [
        (ALL, TOLD, STORY, ""),
        (set(), {}, STORY, ""),
        (ALL, {CORRECTED: TOLD[CORRECTED]}, STORY, "No alert of the first"),
        (ALL, {**TOLD, SECOND: {"kind": "new"}}, STORY, "was alerted too"),
        (ALL, TOLD, {"story_id": "6"}, "did not join"),
        (ALL, TOLD, {}, "no records with a story"),
        (ALL, {FIRST: TOLD[FIRST]}, STORY, "No correction"),
        (ALL, {**TOLD, CORRECTED: {"kind": "updated"}}, STORY, "No correction"),
    ],
)
def test_each_thing_that_is_missing_or_too_much_is_a_problem(sent, alerts, second, said):
    problems = list(OneStory(sent, alerts, {FIRST: STORY, SECOND: second}).problems())
    assert len(problems) == bool(said)
    assert said in "".join(problems)
