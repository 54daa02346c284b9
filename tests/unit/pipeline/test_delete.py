"""A page that is deleted leaves no word of itself anywhere, at whatever stage of its way it was."""

import itertools
from collections.abc import Iterator
from dataclasses import replace

import pytest

from shared.domain.documents import Outcome
from shared.domain.rules import Rule
from tests.pipeline import TOMBSTONE_DAYS, Pipeline
from tests.unit.pipeline.scenarios import MOST_BYTES, instant_article, instant_enrichment

KEY = "incoming/a.html"
WORD = "quillfeather"  # stands in the page, and nowhere else
DAY = 86_400
STAGES = ("uploaded", "extracted", "recorded", "announced", "alerted")


@pytest.fixture
def line() -> Pipeline:
    line = Pipeline()
    line.rules.save(Rule(name="people", query=WORD))
    line.extract = replace(line.extract, article_of=instant_article, max_inline_bytes=MOST_BYTES)
    line.enrich = replace(line.enrich, enrichment_of=instant_enrichment, max_record_bytes=MOST_BYTES)
    return line


def traces(line: Pipeline) -> list[str]:
    """Where the word is found: every table, object and queue. What subscribers received is theirs."""
    places = {
        "records": line.ledger.records,
        "alerts table": line.alert_ledger.items,
        "matches": line.matches.matches,
        "stories": line.stories.rows,
        "keys of stories": line.stories.found_by,
        "texts and parked articles": line.pages.articles,
        "pages": line.pages.objects,
        "articles queue": line.handoff.articles,
        "announcements queue": line.handoff.announcements,
    }
    return [name for name, held in places.items() if WORD in repr(held)]


def on_its_way(line: Pipeline, stage: str, said: bytes) -> Iterator[tuple]:
    """Takes a page as far as this stage, and gives the deliveries that brought it there: each may come again."""
    steps = [(line.extract.handle, line.put(KEY, said))]
    if stage != "uploaded":
        yield from steps
        line.extract.handle(steps[0][1])
        steps = [(line.enrich.handle, line.handoff.articles.pop())]
    if stage not in ("uploaded", "extracted"):
        yield from steps
        line.enrich.handle(steps[0][1])
        steps = [(line.notify.handle, line.handoff.announcements.pop())]
    if stage == "alerted":
        line.notify.handle(steps[0][1])
    yield from steps


@pytest.mark.parametrize("said", [f"the {WORD}".encode(), f"long {WORD}".encode()], ids=["short", "long"])
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("forgotten", [False, True], ids=["remembered", "the tombstone expired"])
def test_no_word_of_a_deleted_page_is_left_whatever_comes_again_afterwards(line, stage, said, forgotten):
    deliveries = list(on_its_way(line, stage, said))
    assert traces(line)
    line.extract.handle(line.delete(KEY))
    line.drain()
    told = len(line.alerts.sent)
    if forgotten:
        line.clock.seconds += (TOMBSTONE_DAYS + 1) * DAY
        line.ledger.records.clear()
        line.alert_ledger.items.clear()
    for handle, message in deliveries:
        handle(message)
        line.drain()
    assert traces(line) == []
    assert line.record(KEY).outcome is not Outcome.PUBLISHED
    assert len(line.alerts.sent) == told


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_no_order_of_a_create_its_article_and_the_delete_leaves_a_word(line, order):
    created = line.put(KEY, f"long {WORD}".encode())
    line.extract.handle(created)
    article = line.handoff.articles.pop()
    deliveries = [
        (line.extract.handle, created),
        (line.enrich.handle, article),
        (line.extract.handle, line.delete(KEY)),
    ]
    for number in order:
        handle, message = deliveries[number]
        handle(message)
        line.drain()
    assert traces(line) == []


def test_a_page_that_was_replaced_while_its_article_waited_for_long_is_not_recorded_as_it_was(line):
    line.extract.handle(line.put(KEY, f"the {WORD}".encode()))
    late = line.handoff.articles.pop()
    line.run(line.put(KEY, b"another text"))
    line.clock.seconds += (TOMBSTONE_DAYS + 1) * DAY
    line.ledger.records.clear()
    line.enrich.handle(late)
    assert traces(line) == []
    assert line.record(KEY) is None
