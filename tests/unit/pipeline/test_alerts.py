"""Who is told what: once, under one id, and again where a reader may believe something else."""

from dataclasses import replace

import pytest

from functions.notify.usecase import MAX_YOUNG_SECONDS
from shared.after_write import announcement_of
from shared.domain.errors import Transient
from shared.domain.limits import CLAIM_SECONDS
from tests.pipeline import Pipeline
from tests.ports import gated, then_fails
from tests.unit.pipeline.paused_workers import Workers
from tests.unit.pipeline.scenarios import STORY, record_it, story_record
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


def fail_call(line: Pipeline, name: str, number: int = 1, *, after: bool) -> None:
    """Lets one call of a method fail, before or after its effect."""
    calls: list[str] = []

    def gate(called, call):
        calls.append(called)
        if called != name or calls.count(name) != number:
            return call()
        error = Transient(f"{called} failed")
        if after:
            return then_fails(call(), error)
        raise error

    line.connect(gated(gate))


def tell(line: Pipeline, key: str, said: str, **fields):
    """A version of a page in the story, told; gives the alert that was sent, or None."""
    line.clock.seconds += 1
    record, before = story_record(line, key, said, **fields), len(line.alerts.sent)
    record_it(line, record)
    line.notify.handle(announcement_of(record))
    return line.alerts.sent[-1] if len(line.alerts.sent) > before else None


CLAIM, NOTE = 1, 2  # the writes of one alert to the told table, in order


@pytest.mark.parametrize(
    ("method", "number", "after", "sent"),
    [
        ("AlertPublisher.publish", 1, False, 1),
        ("AlertPublisher.publish", 1, True, 2),
        ("AlertLedger.replace", CLAIM, False, 1),
        ("AlertLedger.replace", NOTE, False, 2),
        ("AlertLedger.replace", NOTE, True, 1),
    ],
)
def test_an_alert_whose_answer_was_lost_is_sent_again_under_the_same_id(line, method, number, after, sent):
    fail_call(line, method, number, after=after)
    announcement = announced(line, "Bridge open to all")
    with pytest.raises(Transient):
        line.notify.handle(announcement)
    line.notify.handle(announcement)
    assert len(line.alerts.sent) == sent
    assert len({alert.alert_id for alert in line.alerts.sent}) == 1


def test_two_workers_with_the_same_announcement_send_one_alert(line):
    announcement = announced(line, "Bridge open to all")
    line.notify.claim(line.record(KEY), finishing=False)
    with pytest.raises(Transient, match="another worker"):
        line.notify.handle(announcement)
    assert line.alerts.sent == []


def test_a_copy_that_comes_while_the_first_is_being_told_waits_for_a_moment_and_not_for_its_message(line):
    workers = Workers(line)
    first, copy = (story_record(line, key, f"bridge falls {key}") for key in ("first", "copy"))
    for record in (first, copy):
        record_it(line, record)
    telling = workers.start(line.notify.handle, announcement_of(first))
    telling.step(3)  # found, claimed
    line.notify = replace(line.notify, pause=lambda _seconds: telling.finish())
    line.notify.handle(announcement_of(copy))
    assert [alert.first_for[:1] for alert in line.alerts.sent] == [["everything"], ["everything@copy"]]


def test_a_worker_that_holds_an_older_version_is_silent_once_the_page_says_again_what_was_told(line):
    told, other, back = (story_record(line, "a", said) for said in ("bridge falls", "bridge, falls", "bridge falls"))
    workers = Workers(line)
    record_it(line, told)
    line.notify.handle(announcement_of(told))
    record_it(line, other)
    late = workers.start(line.notify.handle, announcement_of(other))
    late.step(1)  # found the other version
    record_it(line, back)
    line.notify.handle(announcement_of(back))
    late.finish()
    assert len(line.alerts.sent) == 1
    assert line.contradictions() == []


def test_a_copy_that_comes_late_in_a_claim_does_not_wait_for_its_worker(line):
    first, copy = (story_record(line, key, f"bridge falls {key}") for key in ("first", "copy"))
    for record in (first, copy):
        record_it(line, record)
    line.notify.claim(first, finishing=False)
    line.clock.seconds += MAX_YOUNG_SECONDS + 1
    before = line.clock.seconds
    with pytest.raises(Transient, match="another worker"):
        line.notify.handle(announcement_of(copy))
    assert line.clock.seconds == before


def test_a_page_that_goes_back_to_what_was_told_is_told_again_where_readers_may_have_heard_otherwise(line):
    line.run(line.put(KEY, page("Bridge open to all")))
    fail_call(line, "AlertPublisher.publish", after=True)
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
        if called == "AlertLedger.replace" and not later:
            line.connect()
            later.append(announced(line, "Bridge has collapsed"))
        return done

    later: list = []
    line.connect(gated(record_the_next))
    line.notify.handle(first)
    line.notify.handle(later.pop())
    assert line.alerts.sent[-1].title == "Bridge has collapsed"


def test_a_copy_is_silent_for_the_views_that_were_told_and_comes_to_the_others(line):
    assert tell(line, "first", "bridge falls").first_for == [
        "everything", "everything@first", "topic:disaster", "topic:disaster@first",
    ]  # fmt: skip
    copy = tell(line, "copy", "bridge falls", topics=["disaster", "crime"])
    assert copy.kind == "new"
    assert copy.first_for == ["everything@copy", "topic:disaster@copy", "topic:crime", "topic:crime@copy"]
    assert [mention.site for mention in copy.also_in] == ["first"]


def test_readers_of_a_language_are_not_told_by_an_alert_in_another(line):
    tell(line, "first", "bridge falls", language="en")
    assert "topic:disaster" in tell(line, "second", "die Brücke fällt", language="de").first_for


def test_a_copy_waits_while_another_document_is_about_to_tell_its_readers(line):
    first = story_record(line, "first", "bridge falls")
    record_it(line, first)
    line.notify.claim(first, finishing=False)
    with pytest.raises(Transient, match="another worker"):
        tell(line, "copy", "bridge falls")
    assert line.alerts.sent == []


def test_a_copy_finishes_the_alert_of_a_worker_that_stopped_under_its_own_id(line):
    first = story_record(line, "first", "bridge falls")
    record_it(line, first)
    claimed = line.notify.claim(first, finishing=False).claim.alert_id
    line.clock.seconds += CLAIM_SECONDS + 1
    tell(line, "copy", "bridge falls")
    assert [(alert.alert_id == claimed, "everything" in alert.first_for) for alert in line.alerts.sent] == [
        (True, True),
        (False, False),
    ]


def test_a_copy_is_told_where_the_page_that_was_to_tell_is_gone(line):
    first = story_record(line, "first", "bridge falls")
    record_it(line, first)
    line.notify.claim(first, finishing=False)
    line.extract.handle(line.delete("first"))
    line.clock.seconds += CLAIM_SECONDS + 1
    assert "everything" in tell(line, "copy", "bridge falls").first_for
    assert [alert.kind for alert in line.alerts.sent] == ["withdrawn", "new"]  # readers perhaps heard of the first
    line.drain()
    assert len(line.alerts.sent) == 2


def test_two_documents_that_wait_for_each_other_are_both_told(line):
    """Each has an expired claim, and a newer version that belongs to the other's view too."""
    for key, topic in (("first", "crime"), ("second", "sport")):
        record = story_record(line, key, "bridge falls", topics=[topic], site=None, language=key)
        record_it(line, record)
        line.notify.claim(record, finishing=False)
    line.clock.seconds += CLAIM_SECONDS + 1
    both = ["crime", "sport"]
    newer = story_record(line, "second", "bridge fell", topics=both, site=None)
    record_it(line, newer)
    assert tell(line, "first", "bridge fell", topics=both, site=None) is not None
    line.notify.handle(announcement_of(newer))
    assert line.contradictions() == []


def test_a_correction_goes_to_whoever_was_told_and_says_what_changed(line):
    first = tell(line, "first", "bridge falls", numbers=["12 wounded"])
    corrected = tell(line, "first", "bridge falls, again", numbers=["14 wounded"])
    assert (corrected.kind, corrected.first_for) == ("corrected", first.first_for)
    assert [(change.what, change.before, change.after) for change in corrected.changes] == [
        ("headline", "bridge falls", "bridge falls, again"),
        ("number", "12 wounded", "14 wounded"),
    ]


def test_a_comma_is_no_news_but_for_readers_of_every_copy(line):
    tell(line, "first", "bridge falls")
    comma = tell(line, "first", "bridge, falls")
    assert (comma.kind, comma.first_for, comma.changes) == ("updated", [], [])


def test_a_page_uploaded_again_unchanged_comes_only_to_readers_of_a_view_that_it_is_new_in(line):
    tell(line, "first", "bridge falls")
    assert tell(line, "first", "bridge falls") is None
    assert tell(line, "first", "bridge falls", rules=["bridges"]).first_for == ["rule:bridges", "rule:bridges@first"]


def test_another_paper_corrects_a_number_once_and_the_first_says_nothing_when_it_follows(line):
    tell(line, "first", "bridge falls", numbers=["12 wounded"])
    other = tell(line, "other", "a bridge fell", numbers=["14 wounded"])
    assert (other.kind, "everything" in other.first_for) == ("corrected", True)
    assert tell(line, "third", "bridge down", numbers=["14 wounded"]).kind == "new"
    assert tell(line, "fourth", "bridge down", numbers=["12 wounded"]).kind == "new"
    assert tell(line, "first", "bridge falls", numbers=["14 wounded"]) is None  # its text is the same
    assert tell(line, "first", "bridge, falls", numbers=["14 wounded"]).kind == "updated"


def test_a_notice_in_another_paper_is_a_correction_once(line):
    tell(line, "first", "bridge falls")
    notice = "Correction: an earlier version of this article named the wrong bridge."
    told = tell(line, "second", "bridge falls", text=f"A bridge fell.\n\n{notice}")
    assert [(change.what, change.after) for change in told.changes] == [("notice", notice)]
    assert tell(line, "third", "bridge falls", text=f"It fell.\n\n{notice}").kind == "new"


def test_a_deleted_page_is_withdrawn_for_whoever_was_told_and_told_anew_when_it_is_back(line):
    first = tell(line, "first", "bridge falls")
    tell(line, "copy", "bridge falls", url="https://copy.example/bridge")
    line.run(line.delete("first"))
    withdrawn = line.alerts.sent[-1]
    assert (withdrawn.kind, withdrawn.title, withdrawn.site) == ("withdrawn", "bridge falls", "first")
    assert withdrawn.first_for == first.first_for
    assert [mention.url for mention in withdrawn.also_in] == ["https://copy.example/bridge"]
    again = tell(line, "first", "bridge falls")
    assert (again.kind, again.first_for) == ("new", first.first_for)
    assert again.alert_id != first.alert_id


def test_a_withdrawal_does_not_send_its_readers_to_the_same_page_under_another_key(line):
    page = {"url": "https://first.example/bridge"}
    tell(line, "first", "bridge falls", **page)
    tell(line, "second", "bridge falls", **page)
    line.run(line.delete("first"))
    assert (line.alerts.sent[-1].kind, line.alerts.sent[-1].also_in) == ("withdrawn", [])


def test_an_alert_of_what_may_be_an_earlier_story_links_to_that_one(line):
    tell(line, "first", "bridge falls", url="https://first.example/bridge")
    later = tell(line, "later", "bridge looked at", story_id="6" * 32, perhaps_same_story=STORY)
    assert [(page.site, page.url) for page in later.perhaps_in] == [("first", "https://first.example/bridge")]
    assert later.also_in == []


def test_a_page_that_is_rejected_after_it_was_told_is_withdrawn(line):
    line.run(line.put(KEY, page()))
    line.run(line.put(KEY, b""))
    assert [alert.kind for alert in line.alerts.sent] == ["new", "withdrawn"]


def test_a_page_that_nobody_heard_of_goes_silently(line):
    line.run(line.put(KEY, b""))
    line.run(line.delete(KEY))
    assert line.alerts.sent == []


def test_a_worker_that_still_holds_a_page_when_it_is_deleted_tells_nobody_of_it(line):
    record = story_record(line, "first", "bridge falls")
    record_it(line, record)
    line.run(line.delete("first"))
    assert line.notify.claim(record, finishing=False) is None


def test_what_is_over_a_views_limit_is_held_and_counts_as_not_told(line):
    line.views.ask("everything", most=1)
    tell(line, "first", "bridge falls", story_id="1" * 32)
    over = tell(line, "first", "ferry sinks", story_id="2" * 32)
    assert "everything" not in over.first_for
    assert "topic:disaster" in over.first_for
    assert [held.view for held in line.views.held.values()] == ["everything"]
    line.clock.seconds += 3_600
    assert "everything" in tell(line, "copy", "ferry sinks", story_id="2" * 32).first_for


def test_a_correction_passes_a_limit(line):
    line.views.ask("everything", most=1)
    tell(line, "first", "bridge falls")
    assert "everything" in tell(line, "first", "bridge stands").first_for


def test_a_view_that_nobody_asked_for_has_no_limit(line):
    assert all("everything" in tell(line, "first", f"bridge {n}", story_id=f"{n:032}").first_for for n in range(50))
    assert line.views.counts == {}


def test_a_muted_view_is_neither_told_nor_held_and_hears_of_the_story_later(line):
    line.views.ask("everything")
    line.views.mute("everything", until=int(line.clock.seconds) + 600)
    assert "everything" not in tell(line, "first", "bridge falls").first_for
    line.clock.seconds += 601
    assert "everything" in tell(line, "copy", "bridge falls").first_for
    assert line.views.held == {}


def test_what_was_told_names_its_story(line):
    assert tell(line, "first", "bridge falls").story_id == STORY
    assert list(line.alert_ledger.items) == [STORY]


def test_a_page_that_comes_into_another_story_is_forgotten_in_the_one_before_and_told_anew(line):
    tell(line, "first", "bridge falls")
    moved = story_record(line, "first", "bridge reopens", story_id="6" * 32)
    line.enrich.follow_up(moved, line.ledger.write(moved))
    line.drain()
    assert "bridge falls" not in repr(line.alert_ledger.items[STORY])
    assert (line.alerts.sent[-1].kind, line.alerts.sent[-1].story_id) == ("new", "6" * 32)
