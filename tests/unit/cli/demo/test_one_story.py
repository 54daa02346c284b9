"""What the demo says of two papers with one report, where something is missing or too much."""

import pytest

from infra.cli.demo import one_story
from infra.cli.demo.one_story import CORRECTED, FIRST, SECOND, OneStory, headline_of, show_one_story
from shared.domain.told import Facts, ToldDocument

STORY = {"story_id": "5", "title": "Mill fire"}
HEADLINE = {"what": "headline", "before": headline_of(FIRST), "after": headline_of(CORRECTED)}
CORRECTION = {"kind": "corrected", "title": headline_of(CORRECTED), "changes": [HEADLINE]}
ALERTS = {FIRST: {"kind": "new"}, CORRECTED: CORRECTION}
ALL = {FIRST, SECOND, CORRECTED}
KEPT = ToldDocument(views=["everything"], sent_at="2026-11-26T18:21:26Z", facts=Facts(title=headline_of(CORRECTED)))
UNCORRECTED = KEPT.model_copy(update={"facts": Facts(title=headline_of(FIRST))})
OF_ITS_SITE = ToldDocument(views=["everything@Calder Vale Post"])
TOLD = {FIRST: KEPT, SECOND: OF_ITS_SITE}


@pytest.mark.parametrize(
    ("sent", "alerts", "second", "told", "said"),
    [
        (ALL, ALERTS, STORY, TOLD, ""),
        (set(), {}, STORY, TOLD, ""),
        ({SECOND, CORRECTED}, {CORRECTED: CORRECTION}, STORY, TOLD, ""),
        (ALL, {CORRECTED: CORRECTION}, STORY, TOLD, "No alert of the first"),
        (ALL, {**ALERTS, SECOND: {"kind": "new"}}, STORY, TOLD, "was alerted too"),
        (ALL, ALERTS, STORY, {**TOLD, SECOND: KEPT}, "was alerted too"),
        (ALL, ALERTS, {"story_id": "6"}, TOLD, "did not join"),
        (ALL, ALERTS, {}, TOLD, "no records with a story"),
        (ALL, {FIRST: ALERTS[FIRST]}, STORY, TOLD, "No correction"),
        (ALL, {**ALERTS, CORRECTED: {"kind": "updated"}}, STORY, TOLD, "No correction"),
        (ALL, {**ALERTS, CORRECTED: {"kind": "corrected"}}, STORY, TOLD, "how the headline changed"),
        (set(), {}, STORY, {**TOLD, FIRST: UNCORRECTED}, "how the headline changed"),
        (set(), {}, STORY, {**TOLD, SECOND: KEPT}, "was alerted too"),
        (set(), {}, STORY, {FIRST: OF_ITS_SITE.model_copy(update={"facts": KEPT.facts})}, "Nobody was told"),
    ],
)
def test_each_thing_that_is_missing_or_too_much_is_a_problem(sent, alerts, second, told, said):
    problems = list(OneStory(sent, alerts, {FIRST: STORY, SECOND: second}, told).problems())
    assert len(problems) == bool(said)
    assert said in "".join(problems)


@pytest.mark.parametrize(("sent", "alerts"), [(ALL, ALERTS), (set(), {})])
def test_each_run_shows_the_headline_before_and_after(sent, alerts, monkeypatch):
    lines: list[str] = []
    monkeypatch.setattr(one_story.out, "print", lambda line, **_: lines.append(str(line)))
    found = OneStory(sent, alerts, {FIRST: STORY, SECOND: STORY}, TOLD)
    show_one_story(found)
    said = "\n".join(lines)
    assert f"{headline_of(FIRST)} → {headline_of(CORRECTED)}" in said
    assert "no second alert" in said
    assert found.as_document()["headlines"] == [{"before": headline_of(FIRST), "after": headline_of(CORRECTED)}]
