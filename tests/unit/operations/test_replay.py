"""A replay of stored records sends just what was sent when they came."""

from dataclasses import replace

import pytest

from infra.operate.replay import Replay
from shared.domain.digests import Digest
from shared.ports import AskedView
from tests.pipeline import MOST_ALERTS
from tests.unit.digest.test_send_digests import HOUR, VIEW, Desk, daily, hourly

DIGESTS = [hourly(), daily(at="07:00", zone="Europe/Berlin")]


def what_happened(*digests: Digest, most: int | None = None) -> Desk:
    """Copies, a correction by another paper, a flood and a quiet page, over some hours."""
    desk = Desk(*digests)
    desk.line.views.wishes[VIEW] = replace(desk.line.views.wishes.get(VIEW, AskedView(VIEW)), most=most)
    for number in range(4):
        desk.story(number)
        desk.line.clock.seconds += 60
    desk.story(1, key="a copy")
    desk.story(0, key="a correction", numbers=["14 wounded"])
    desk.story(5, key="quiet", alerts_off=True)
    desk.tick(HOUR)
    desk.story(6, topics=["sport"])
    desk.story(3, key="another copy", topics=["disaster", "sport"])
    for _ in range(26):
        desk.tick(HOUR)
    return desk


def replayed(desk: Desk, *digests: Digest):
    asked = dict(desk.line.views.wishes)
    begun = [digest.model_copy(update={"begun_at": "2025-06-15T16:00:00Z"}) for digest in digests]
    return Replay(asked, begun, most=MOST_ALERTS).run(desk.line.ledger.records.values())


@pytest.mark.parametrize("most", [None, 0, 1])
def test_replaying_what_happened_gives_just_what_was_sent(most):
    desk = what_happened(*DIGESTS, most=most)
    again = replayed(desk, *DIGESTS)
    assert [alert.model_dump() for alert in again.alerts] == [alert.model_dump() for alert in desk.line.alerts.sent]
    assert [sent.model_dump() for sent in again.letters] == [sent.model_dump() for sent in desk.line.digest_topics.sent]
    assert {sent.digest for sent in again.letters} >= {"hourly", "daily"}
    assert any(sent.view for sent in again.letters) == (most != 0)


def test_what_is_asked_otherwise_is_told_otherwise():
    desk = what_happened()
    for limit in (1, 3):
        again = Replay({VIEW: AskedView(VIEW, most=limit)}).run(desk.line.ledger.records.values())
        in_first_hour = [alert for alert in again.alerts if VIEW in alert.first_for][:limit]
        assert len(in_first_hour) == limit
        assert again.letters


def test_a_replay_begins_where_its_records_do():
    desk = Desk()
    desk.story(1)
    again = Replay({VIEW: AskedView(VIEW)}).run(desk.line.ledger.records.values())
    assert [alert.kind for alert in again.alerts] == ["new"]
