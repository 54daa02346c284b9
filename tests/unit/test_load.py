"""The uploads of a load and its report. The load itself needs a stack."""

import itertools
from collections import Counter

import pytest

from functions.extract.page_text import extract_article
from shared.domain.documents import document_id
from shared.domain.errors import Rejected
from tests.chaos.ledger_audit import audit
from tests.chaos.load import differences
from tests.chaos.load_plan import Plan
from tests.chaos.load_report import Loaded, report, slope
from tests.chaos.load_watch import Said, Sample

PLAN = Plan(documents=400, seed=7)


def test_a_load_follows_from_its_seed():
    again = Plan(documents=400, seed=7)
    assert PLAN.uploads() == again.uploads()
    assert [PLAN.body(upload) for upload in PLAN.uploads()] == [again.body(upload) for upload in again.uploads()]
    assert Plan(documents=400, seed=8).uploads() != PLAN.uploads()


def test_another_order_uploads_the_same_with_no_edition_before_the_one_it_replaces():
    other = Plan(documents=400, seed=7, order=1)
    assert other.uploads() != PLAN.uploads()
    assert set(other.uploads()) == set(PLAN.uploads())
    for _, uploads in itertools.groupby(
        sorted(other.uploads(), key=lambda upload: upload.key), key=lambda upload: upload.key
    ):
        assert [upload.edition for upload in uploads] in ([1], [1, 2])


def test_about_one_in_twenty_is_rejected_and_as_many_come_twice():
    editions = Counter(upload.key for upload in PLAN.uploads())
    assert 8 <= sum(PLAN.rejected(number) for number in range(400)) <= 32
    assert 8 <= sum(count == 2 for count in editions.values()) <= 32


def test_a_page_is_an_article_with_the_title_that_is_expected():
    for upload in PLAN.uploads()[:60]:
        if PLAN.rejected(upload.number):
            with pytest.raises(Rejected):
                extract_article(PLAN.body(upload), None)
        elif upload.edition == PLAN.editions(upload.number):
            assert extract_article(PLAN.body(upload), None).title == PLAN.title(upload.number)


def test_all_pages_differ():
    published = [
        PLAN.body(upload) for upload in PLAN.uploads() if upload.edition == 1 and not PLAN.rejected(upload.number)
    ]
    assert len(set(published)) == len(published)


def test_a_slope_is_what_is_gained_a_second():
    assert slope([(10.0, 100.0), (20.0, 105.0), (30.0, 110.0)]) == pytest.approx(0.5)
    assert slope([(10.0, 100.0)]) == 0.0


def test_fields_that_differ_between_two_runs_are_named_but_for_those_that_every_run_gives_anew():
    one = {"a": {"title": "A", "sequencer": "1"}, "b": {"title": "B"}}
    other = {"a": {"title": "A", "sequencer": "2"}, "b": {"title": "C"}}
    assert differences(one, other) == ["b title: 'B' and 'C'"]


def test_a_report_names_a_document_without_a_record_and_the_run_is_not_sound():
    plan = Plan(documents=1, seed=1)
    run = Loaded(
        documents=1,
        uploads=1,
        upload_seconds=1.0,
        started=0.0,
        said=[Said(f"{document_id('b', plan.key(0))}:1", 2.0, "published", "written")],
        samples=[
            Sample(0.0, {"emulator": 0.0}, {("emulator", 1): 10.0}),
            Sample(4.0, {"emulator": 1.0}, {("emulator", 1): 12.0}),
        ],
        verdict=audit("b", plan.expected(), {}, []),
        alert_times=[],
        left={"pages": 0},
    )
    assert not run.sound
    assert f"! {plan.key(0)}" in report(1, run)
    assert "0.5" in report(1, run)
