"""A stage that stops half-way is run again by its queue: nothing is lost, and nothing is sent twice without the same id."""

import pytest

from shared.domain.errors import Transient
from tests.pipeline import Pipeline
from tests.unit.pipeline.test_ledger_flow import page


class FailsOnce:
    """Calls through to a method, but fails before or after its first effect."""

    def __init__(self, method, *, after: bool) -> None:
        self._method, self._after, self.failed = method, after, False

    def __call__(self, *args):
        first, self.failed = not self.failed, True
        if first and not self._after:
            raise Transient("failed before the effect")
        result = self._method(*args)
        if first:
            raise Transient("failed after the effect")
        return result


def run_until_done(step, message, line):
    try:
        step(message)
    except Transient:
        step(message)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("method", ["ledger.write", "ledger.find", "handoff.send_article", "handoff.send_announcement"])
def test_a_failure_around_any_effect_loses_no_alert_and_repeats_none(method, after):
    line = Pipeline()
    target, name = method.split(".")
    setattr(getattr(line, target), name, FailsOnce(getattr(getattr(line, target), name), after=after))
    run_until_done(line.extract.handle, line.put("incoming/a.html", page()), line)
    while line.handoff.articles:
        run_until_done(line.enrich.handle, line.handoff.articles.pop(0), line)
    while line.handoff.announcements:
        run_until_done(line.notify.handle, line.handoff.announcements.pop(0), line)
    assert [alert.kind for alert in line.alerts.sent] == ["new"]


@pytest.mark.parametrize(
    ("method", "after", "sent"),
    [("publish", False, 1), ("publish", True, 2), ("mark_alerted", False, 2), ("mark_alerted", True, 1)],
)
def test_an_alert_whose_answer_was_lost_is_sent_again_under_the_same_id(method, after, sent):
    line = Pipeline()
    owner = line.alerts if method == "publish" else line.ledger
    setattr(owner, method, FailsOnce(getattr(owner, method), after=after))
    line.extract.handle(line.put("incoming/a.html", page()))
    line.enrich.handle(line.handoff.articles.pop())
    run_until_done(line.notify.handle, line.handoff.announcements.pop(), line)
    assert len(line.alerts.sent) == sent
    assert len({alert.alert_id for alert in line.alerts.sent}) == 1


def test_two_workers_with_the_same_announcement_send_one_alert():
    line = Pipeline()
    line.extract.handle(line.put("incoming/a.html", page()))
    line.enrich.handle(line.handoff.articles.pop())
    announcement = line.handoff.announcements.pop()
    assert line.ledger.claim_alert(announcement) is not None
    with pytest.raises(Transient, match="another worker"):
        line.notify.handle(announcement)
    assert line.alerts.sent == []
