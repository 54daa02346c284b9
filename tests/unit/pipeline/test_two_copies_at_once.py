"""Two copies of one report that are joined at once end in one story, wherever either worker stops."""

import itertools
from dataclasses import replace

import pytest

from shared.domain.documents import opened_story_id
from tests.pipeline import Pipeline
from tests.unit.pipeline.paused_workers import PausedWorker, Workers
from tests.unit.pipeline.scenarios import english_article, instant_enrichment

KEYS = ("incoming/a.html", "incoming/b.html")
MAX_CALLS = 11  # of enrich for a new article: more than it makes


class TwoCopies:
    """Two articles in the queue of enrich, each taken by a worker of its own."""

    def __init__(self) -> None:
        self.line = Pipeline()
        self.workers = Workers(self.line)
        self.line.extract = replace(self.line.extract, article_of=english_article)
        self.line.enrich = replace(self.line.enrich, enrichment_of=instant_enrichment)
        for key in KEYS:
            self.line.extract.handle(self.line.put(key, b"breakwater of Velden rebuilt"))

    def start(self) -> PausedWorker:
        return self.workers.start(self.line.enrich.handle, self.line.handoff.articles.pop(0))

    def stories(self) -> list[str | None]:
        return [self.line.record(key).story_id for key in KEYS]


@pytest.fixture
def copies() -> TwoCopies:
    return TwoCopies()


@pytest.mark.parametrize(("first", "second"), list(itertools.product(range(MAX_CALLS), repeat=2)))
def test_both_are_of_one_story_wherever_the_workers_stop(copies, first, second):
    one, other = copies.start(), copies.start()
    one.step(first)
    other.step(second)
    one.finish()
    other.finish()
    assert len(set(copies.stories())) == 1
    assert copies.stories()[0] in {opened_story_id(copies.line.record(key).document_id) for key in KEYS}
    assert [row.decision.story_id for row in copies.line.stories.rows.values()] == copies.stories()


@pytest.mark.parametrize("killed", range(MAX_CALLS))
def test_both_are_of_one_story_where_one_worker_is_killed_and_its_message_comes_again(copies, killed):
    one = copies.start()
    message = one.message
    one.step(killed)
    if not one.done:
        one.kill()
    copies.start().finish()
    copies.workers.start(copies.line.enrich.handle, message).finish()
    assert len(set(copies.stories())) == 1
