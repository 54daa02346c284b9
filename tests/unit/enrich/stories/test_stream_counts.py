"""A worker's counts of terms: read once, added to, written back now and then, and never lost to another worker's."""

from collections.abc import Callable

import pytest

from functions.enrich.stories.reading.term_counts import starting_counts
from functions.enrich.stories.stream_counts import MAX_WAITING, MAX_WAITING_SECONDS, StreamCounts
from shared.domain.errors import Transient
from tests.fakes import FakeStories
from tests.pipeline import Clock

RARE = 1_234_567


@pytest.fixture
def store() -> FakeStories:
    return FakeStories()


@pytest.fixture
def worker(store) -> Callable[[], StreamCounts]:
    return lambda: StreamCounts(store, Clock())


def count(counts: StreamCounts, times: int) -> None:
    counts.of("en")
    for _ in range(times):
        counts.add("en", {RARE})


def test_a_worker_knows_at_once_what_it_counted_and_writes_it_back_by_fifty(store, worker):
    counts = worker()
    count(counts, MAX_WAITING - 1)
    assert counts.of("en").rarity(RARE) < starting_counts("en").rarity(RARE)
    assert store.counts == {}
    count(counts, 1)
    assert store.counts["en"].revision == 1


def test_another_worker_starts_from_what_was_written(store, worker):
    count(worker(), MAX_WAITING)
    assert worker().of("en").rarity(RARE) < starting_counts("en").rarity(RARE)


def test_two_workers_add_to_each_other(store, worker):
    one, other = worker(), worker()
    count(one, MAX_WAITING)
    count(other, MAX_WAITING)
    assert store.counts["en"].revision == 2
    both = StreamCounts(store, Clock()).of("en")
    assert both.documents == starting_counts("en").documents + 2 * MAX_WAITING


def test_a_few_articles_are_written_back_after_an_hour(store):
    clock = Clock()
    counts = StreamCounts(store, clock)
    count(counts, 1)
    clock.seconds += MAX_WAITING_SECONDS
    count(counts, 1)
    assert store.counts["en"].revision == 1


def test_a_failure_to_write_back_is_made_up_for_the_next_time(store, worker, monkeypatch):
    def fail(*_: object) -> bool:
        raise Transient("the table does not answer")

    counts = worker()
    with monkeypatch.context() as broken:
        broken.setattr(store, "write_counts", fail)
        count(counts, MAX_WAITING)
    assert store.counts == {}
    count(counts, 1)
    assert worker().of("en").documents == starting_counts("en").documents + MAX_WAITING + 1


def test_a_language_whose_stories_are_not_judged_is_not_counted(store, worker):
    counts = worker()
    assert counts.of("da").documents == 0
    counts.add("da", {RARE})
    assert counts.of("da").rarity(RARE) == counts.of("da").rarity(RARE + 1)
