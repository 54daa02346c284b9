"""Digests: each story once, in one letter a window, whatever stops in between."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from functions.digest import usecase
from functions.digest.composition import MAX_SOURCES
from shared.domain.digests import Digest
from shared.domain.errors import Transient
from shared.times import iso_utc
from tests.pipeline import Pipeline
from tests.ports import Gate, gated, then_fails
from tests.unit.pipeline.scenarios import Life

VIEW = "topic:disaster"
HOUR, DAY = 3_600, 86_400
FULL_HOUR = 1_750_003_200.0  # 2025-06-15T16:00:00Z


class Desk(Life):
    """A pipeline whose messages are handled at once, with the digests that were asked for."""

    def __init__(self, *digests: Digest) -> None:
        line = Pipeline()
        super().__init__(self.handle_once, line)
        line.clock.seconds = FULL_HOUR
        for digest in digests:
            line.digests.save(digest.model_copy(update={"begun_at": iso_utc(FULL_HOUR)}))

    def handle_once(self, stage: str, message: Any) -> None:
        if stage == "digest":
            self.line.digest.handle(lambda: 900.0)
        else:
            getattr(self.line, stage).handle(message)

    def story(self, number: int, said: str = "bridge falls", key: str = "", **fields: Any) -> None:
        self.tell(key or f"page {number}", f"{said} {number}", story_id=f"{number:032}", **fields)

    @property
    def letters(self) -> list[list[str]]:
        """The headlines of each letter that was sent."""
        return [[f"{story.kind}: {story.title}" for story in sent.stories] for sent in self.line.digest_topics.sent]


def daily(name: str = "daily", **wishes: Any) -> Digest:
    return Digest(name=name, views=[VIEW], **wishes)


def hourly(name: str = "hourly", **wishes: Any) -> Digest:
    return daily(name, rhythm="hourly", **wishes)


def test_a_window_has_one_letter_with_one_line_a_story_newest_first():
    desk = Desk(hourly())
    desk.story(1, published_at="2025-06-15T10:00:00Z", timeline_at="2025-06-15T10:00:00Z")
    desk.story(2, published_at="2025-06-15T12:00:00Z", timeline_at="2025-06-15T12:00:00Z")
    desk.tick(HOUR + 100)
    assert desk.letters == [["new: bridge falls 2", "new: bridge falls 1"]]
    [sent] = desk.line.digest_topics.sent
    assert (sent.digest, sent.view, sent.since, sent.until) == (
        "hourly", "", "2025-06-15T16:00:00Z", "2025-06-15T17:00:00Z",
    )  # fmt: skip


def test_a_story_has_the_sites_of_all_its_pages():
    desk = Desk(hourly())
    for number in range(MAX_SOURCES + 2):
        desk.story(1, key=f"page {number}")
    desk.tick(HOUR + 100)
    [[story]] = [sent.stories for sent in desk.line.digest_topics.sent]
    assert len({source.site for source in story.sources}) == MAX_SOURCES
    assert story.more_sources == 2


def test_there_is_no_letter_where_nothing_happened_and_none_before_its_window_ends():
    desk = Desk(hourly())
    desk.story(1)
    desk.tick(HOUR - 1)
    assert desk.letters == []
    desk.tick(200)
    desk.tick(HOUR)
    desk.tick(DAY)
    assert len(desk.letters) == 1


def test_each_digest_of_a_view_tells_the_story_in_its_own_window():
    desk = Desk(hourly(), daily(at="07:00", zone="Europe/Berlin"))
    desk.story(1)
    desk.tick(HOUR + 100)
    assert [sent.digest for sent in desk.line.digest_topics.sent] == ["hourly"]
    desk.tick(DAY)
    assert [sent.digest for sent in desk.line.digest_topics.sent] == ["hourly", "daily"]
    assert desk.line.digest_topics.sent[-1].until == "2025-06-16T05:00:00Z"


def test_a_digest_tells_of_its_views_alone_and_of_its_languages():
    desk = Desk(hourly(languages=["en"]))
    desk.story(1, topics=["sport"])
    desk.story(2, language="de")
    desk.story(3, language="en")
    desk.tick(HOUR + 100)
    assert desk.letters == [["new: bridge falls 3"]]
    assert not desk.line.views.held


def test_a_page_that_is_gone_before_its_letter_is_left_out_and_one_that_was_told_is_withdrawn():
    desk = Desk(hourly())
    desk.story(1)
    desk.story(2)
    desk.remove("page 1")
    desk.tick(HOUR + 100)
    desk.remove("page 2")
    desk.tick(HOUR)
    assert desk.letters == [["new: bridge falls 2"], ["withdrawn: the page 'page 2'"]]


@pytest.mark.parametrize(
    ("copy", "letters"),
    [
        ({}, [["new: bridge falls 1"]]),
        ({"topics": ["sport"]}, []),
        ({"language": "de"}, []),
    ],
)
def test_a_story_whose_first_page_is_gone_is_told_by_a_copy_that_stands_if_it_is_of_the_digests_views(copy, letters):
    desk = Desk(hourly(languages=["en"]))
    desk.story(1, key="first", language="en")
    desk.story(1, key="copy", **{"language": "en", **copy})
    desk.remove("first")
    desk.tick(HOUR + 100)
    assert desk.letters == letters
    desk.tick(HOUR)
    assert desk.letters == letters


def test_a_copy_tells_no_story_again_that_an_earlier_letter_told():
    desk = Desk(hourly())
    desk.story(1, key="first")
    desk.story(1, key="copy")
    desk.tick(HOUR + 100)
    desk.remove("first")
    desk.tick(HOUR)
    assert desk.letters == [["new: bridge falls 1"], ["withdrawn: the page 'first'"]]


def test_a_correction_stands_in_the_next_letter():
    desk = Desk(hourly())
    desk.story(1, numbers=["12 wounded"])
    desk.tick(HOUR + 100)
    desk.story(1, said="bridge has fallen", numbers=["14 wounded"])
    desk.story(1, said="bridge, has fallen", numbers=["14 wounded"])  # no news, and it does not hide the correction
    desk.tick(HOUR)
    assert desk.letters == [["new: bridge falls 1"], ["corrected: bridge, has fallen 1"]]
    first, second = (sent.stories[0] for sent in desk.line.digest_topics.sent)
    assert first.changes == []
    assert [(change.what, change.before, change.after) for change in second.changes] == [
        ("headline", "bridge falls 1", "bridge has fallen 1"),
        ("number", "12 wounded", "14 wounded"),
    ]


@pytest.mark.parametrize(
    ("what_happens", "said"),
    [
        (lambda desk: desk.remove("page 1"), "withdrawn: the page 'page 1'"),
        (
            lambda desk: desk.story(1, said="bridge has fallen", numbers=["14 wounded"]),
            "corrected: bridge has fallen 1",
        ),
    ],
)
def test_what_happens_to_a_page_while_its_letter_goes_out_stands_in_the_next_letter(what_happens, said):
    desk = Desk(hourly())
    desk.story(1, numbers=["12 wounded"])
    desk.line.connect(gated(once_published(lambda: what_happens(desk))))
    desk.tick(HOUR + 100)
    desk.tick(HOUR)
    assert desk.letters == [["new: bridge falls 1"], [said]]


def test_what_was_over_the_limit_and_is_gone_while_its_letter_goes_out_is_withdrawn_and_told_anew():
    desk = Desk()
    desk.line.views.ask(VIEW, most=1)
    desk.story(1)
    desk.story(2)
    desk.line.connect(gated(once_published(lambda: desk.remove("page 2"))))
    desk.tick(HOUR + 100)
    desk.tick(HOUR)
    assert desk.letters == [["new: bridge falls 2"], ["withdrawn: the page 'page 2'"]]
    desk.story(2, key="copy")
    assert VIEW in desk.line.alerts.sent[-1].first_for


def once_published(happens: Callable[[], None]) -> Gate:
    """Something that happens as soon as the first letter is sent, and before it is noted."""
    waiting = [happens]

    def gate(name, call):
        result = call()
        if name == "DigestPublisher.publish" and waiting:
            waiting.pop()()
        return result

    return gate


def test_a_digest_of_one_language_says_nothing_of_a_page_in_another_that_is_gone():
    desk = Desk(hourly(languages=["en"]))
    desk.story(1, language="fr")
    desk.story(2, language="en")
    desk.tick(HOUR + 100)
    desk.remove("page 1")
    desk.remove("page 2")
    desk.tick(HOUR)
    assert desk.letters == [["new: bridge falls 2"], ["withdrawn: the page 'page 2'"]]


def test_a_quiet_page_is_in_no_digest():
    desk = Desk(hourly())
    desk.story(1, alerts_off=True)
    desk.tick(HOUR + 100)
    assert desk.letters == []


def test_a_muted_view_is_neither_told_nor_held_and_its_story_is_told_afterwards():
    desk = Desk(hourly())
    wishes = desk.line.views.wishes
    wishes[VIEW] = replace(wishes[VIEW], muted_until=int(FULL_HOUR) + HOUR)
    desk.story(1)
    assert not desk.line.views.held
    desk.line.clock.seconds += HOUR + 100
    desk.story(1, key="copy")
    desk.tick(HOUR)
    assert desk.letters == [["new: bridge falls 1"]]


def test_what_is_over_the_hours_limit_comes_in_one_letter_to_the_view_and_counts_as_told():
    desk = Desk()
    desk.line.views.ask(VIEW, most=1)
    for number in range(3):
        desk.story(number)
    assert [alert.first_for.count(VIEW) for alert in desk.line.alerts.sent] == [1, 0, 0]
    desk.tick(HOUR + 100)
    [sent] = desk.line.digest_topics.sent
    assert (sent.digest, sent.view, len(sent.stories)) == ("", VIEW, 2)
    desk.story(2, key="copy")
    assert VIEW not in desk.line.alerts.sent[-1].first_for


@pytest.mark.parametrize("digests", [[], [hourly()]], ids=["over the limit", "asked for"])
def test_a_letter_waits_while_its_view_is_muted(digests):
    desk = Desk(*digests)
    if not digests:
        desk.line.views.ask(VIEW, most=1)
        desk.story(1)
    desk.story(2)
    desk.line.views.mute(VIEW, int(FULL_HOUR) + 2 * HOUR)
    desk.tick(HOUR + 100)
    assert desk.letters == []
    desk.tick(HOUR)
    assert desk.letters == [["new: bridge falls 2"]]


def test_what_came_singly_meanwhile_is_left_out_of_the_rest_of_its_hour():
    desk = Desk()
    desk.line.views.ask(VIEW, most=1)
    desk.story(1)
    desk.story(2)
    desk.line.clock.seconds += HOUR
    desk.story(2, key="copy")
    assert VIEW in desk.line.alerts.sent[-1].first_for
    desk.tick(100)
    assert desk.letters == []
    assert not desk.line.views.held


def test_a_story_whose_pages_are_all_gone_does_not_count_as_told():
    desk = Desk()
    desk.line.views.ask(VIEW, most=1)
    desk.story(1)
    desk.story(2)
    desk.remove("page 2")
    desk.tick(HOUR + 100)
    assert desk.letters == []
    desk.story(2, key="copy")
    assert VIEW in desk.line.alerts.sent[-1].first_for


def test_what_one_message_has_no_room_for_comes_in_further_ones(monkeypatch):
    monkeypatch.setattr(usecase, "MAX_STORIES_BYTES", 700)
    desk = Desk(hourly())
    for number in range(5):
        desk.story(number)
    desk.tick(HOUR + 100)
    sent = desk.line.digest_topics.sent
    assert sorted(s.title for message in sent for s in message.stories) == [f"bridge falls {n}" for n in range(5)]
    assert [message.part for message in sent] == list(range(1, len(sent) + 1))
    assert len({message.alert_id for message in sent}) == len(sent) > 1


@pytest.mark.parametrize("after", [False, True])
def test_one_digest_that_fails_holds_up_no_other_and_is_sent_at_a_later_tick_under_the_same_id(after):
    desk = Desk(hourly("a"), hourly("b"))
    desk.story(1)
    failing = ["DigestPublisher.publish"]

    def gate(name, call):
        if name not in failing:
            return call()
        failing.clear()
        error = Transient(f"{name} failed")
        if after:
            return then_fails(call(), error)
        raise error

    desk.line.connect(gated(gate))
    with pytest.raises(Transient, match="1 digests"):
        desk.tick(HOUR + 100)
    desk.tick(usecase.CLAIM_SECONDS + 1)
    names = [sent.digest for sent in desk.line.digest_topics.sent]
    assert names == (["a", "b", "a"] if after else ["b", "a"])
    assert len({sent.alert_id for sent in desk.line.digest_topics.sent}) == 2


def test_two_workers_at_once_send_one_letter():
    desk = Desk(hourly())
    desk.story(1)
    desk.line.clock.seconds += HOUR + 100
    second = []

    def gate(name, call):
        if name == "DigestPublisher.publish" and not second:
            second.append(name)
            desk.line.digest.handle(lambda: 900.0)
        return call()

    desk.line.connect(gated(gate))
    desk.line.digest.handle(lambda: 900.0)
    assert second
    assert len(desk.letters) == 1


def test_a_tick_stops_before_its_time_is_up_and_the_next_one_goes_on():
    desk = Desk(hourly())
    desk.story(1)
    desk.line.clock.seconds += HOUR + 100
    desk.line.digest.handle(lambda: 10.0)
    assert desk.letters == []
    desk.tick(300)
    assert len(desk.letters) == 1


def test_a_digest_that_nobody_asks_for_any_more_leaves_nothing_behind():
    desk = Desk(hourly())
    desk.story(1)
    desk.line.digests.drop(desk.line.digests.wanted["hourly"])
    assert not desk.line.views.held
    desk.story(2)
    desk.tick(HOUR + 100)
    assert desk.letters == []
