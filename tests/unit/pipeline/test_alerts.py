"""Who is told what: once, under one id, and again where a reader may believe something else."""

import pytest

from shared.domain.errors import Transient
from tests.pipeline import Pipeline
from tests.ports import gated, then_fails
from tests.unit.pipeline.test_ledger_flow import page

KEY = "incoming/a.html"


@pytest.fixture
def line() -> Pipeline:
    return Pipeline()


def announced(line: Pipeline, title: str):
    """A version as far as its announcement."""
    line.extract.handle(line.put(KEY, page(title)))
    line.enrich.handle(line.handoff.articles.pop())
    return line.handoff.announcements.pop()


def fail_once(line: Pipeline, name: str, *, after: bool) -> None:
    """The next call of this method fails, before or after its effect."""
    failing = [name]

    def gate(called, call):
        if called not in failing:
            return call()
        failing.clear()
        error = Transient(f"{called} failed")
        if after:
            return then_fails(call(), error)
        raise error

    line.connect(gated(gate))


@pytest.mark.parametrize(
    ("method", "after", "sent"),
    [
        ("AlertPublisher.publish", False, 1),
        ("AlertPublisher.publish", True, 2),
        ("AlertLedger.mark_sent", False, 2),
        ("AlertLedger.mark_sent", True, 1),
    ],
)
def test_an_alert_whose_answer_was_lost_is_sent_again_under_the_same_id(line, method, after, sent):
    fail_once(line, method, after=after)
    announcement = announced(line, "Bridge open to all")
    with pytest.raises(Transient):
        line.notify.handle(announcement)
    line.notify.handle(announcement)
    assert len(line.alerts.sent) == sent
    assert len({alert.alert_id for alert in line.alerts.sent}) == 1


def test_two_workers_with_the_same_announcement_send_one_alert(line):
    announcement = announced(line, "Bridge open to all")
    assert line.alert_ledger.claim(line.record(KEY)) is not None
    with pytest.raises(Transient, match="another worker"):
        line.notify.handle(announcement)
    assert line.alerts.sent == []


def test_a_page_that_goes_back_to_what_was_told_is_told_again_where_readers_may_have_heard_otherwise(line):
    line.run(line.put(KEY, page("Bridge open to all")))
    fail_once(line, "AlertPublisher.publish", after=True)
    collapse = announced(line, "Bridge has collapsed")
    with pytest.raises(Transient):
        line.notify.handle(collapse)
    line.run(line.put(KEY, page("Bridge open to all")))
    line.notify.handle(collapse)
    assert [alert.title for alert in line.alerts.sent] == [
        "Bridge open to all",
        "Bridge has collapsed",
        "Bridge open to all",
    ]
    assert len({alert.alert_id for alert in line.alerts.sent}) == 3


def test_a_version_recorded_while_the_older_one_is_claimed_does_not_wait_for_the_claim(line):
    first = announced(line, "Bridge open to all")

    def record_the_next(called, call):
        done = call()
        if called == "AlertLedger.claim":
            line.connect()
            later.append(announced(line, "Bridge has collapsed"))
        return done

    later: list = []
    line.connect(gated(record_the_next))
    line.notify.handle(first)
    line.notify.handle(later.pop())
    assert line.alerts.sent[-1].title == "Bridge has collapsed"
