"""What becomes of uploads, whatever order their events come in."""

import itertools
import random
import re

import pytest

from functions.extract.page_text import extract_article
from shared.domain.documents import Outcome
from shared.domain.errors import Reason, Rejected
from shared.domain.rules import Rule
from tests.corpus.truth import read_page
from tests.pipeline import Pipeline

PARAGRAPH = (
    "The harbour council of Port Cassel voted on Tuesday to rebuild the northern breakwater, which winter storms had broken in three "
    "places. The work will cost nine million crowns and take two summers, the harbour master said, and fishing boats keep their berths."
)


def page(title: str = "Breakwater to be rebuilt", words: str = PARAGRAPH) -> bytes:
    paragraphs = "".join(f"<p>{words}</p>" for _ in range(3))
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>".encode()


@pytest.fixture
def line() -> Pipeline:
    return Pipeline()


def test_an_upload_becomes_a_record_and_one_alert(line):
    line.run(line.put("incoming/a.html", page()))
    record = line.record("incoming/a.html")
    assert record.outcome is Outcome.PUBLISHED
    assert record.title == "Breakwater to be rebuilt"
    assert [alert.kind for alert in line.alerts.sent] == ["new"]


def test_the_same_event_ten_times_has_one_effect(line):
    event = line.put("incoming/a.html", page())
    line.run(*[event] * 10)
    assert len(line.alerts.sent) == 1


def test_the_newer_of_two_versions_wins_in_either_order(line):
    old = line.put("incoming/a.html", page("The old headline of the breakwater"))
    line.extract.handle(old)
    new = line.put("incoming/a.html", page("The new headline of the breakwater"))
    line.extract.handle(new)
    line.handoff.articles.reverse()
    line.drain()
    assert line.record("incoming/a.html").title == "The new headline of the breakwater"
    assert [alert.title for alert in line.alerts.sent] == ["The new headline of the breakwater"]


def test_a_page_uploaded_again_unchanged_alerts_nobody(line):
    line.run(line.put("incoming/a.html", page()))
    line.run(line.put("incoming/a.html", page()))
    assert len(line.alerts.sent) == 1


def test_a_changed_headline_is_alerted_as_a_correction(line):
    line.run(line.put("incoming/a.html", page()))
    line.run(line.put("incoming/a.html", page("Breakwater will not be rebuilt")))
    assert [alert.kind for alert in line.alerts.sent] == ["new", "corrected"]
    assert len({alert.alert_id for alert in line.alerts.sent}) == 2


def test_a_page_changed_back_is_alerted_under_a_new_id(line):
    for title in ("Breakwater to be rebuilt", "Breakwater will not be rebuilt", "Breakwater to be rebuilt"):
        line.run(line.put("incoming/a.html", page(title)))
    assert [alert.kind for alert in line.alerts.sent] == ["new", "corrected", "corrected"]
    assert len({alert.alert_id for alert in line.alerts.sent}) == 3


def test_a_delete_leaves_a_tombstone_without_content_that_expires(line):
    line.run(line.put("incoming/a.html", page()))
    line.run(line.delete("incoming/a.html"))
    record = line.record("incoming/a.html")
    assert record.outcome is Outcome.DELETED
    assert (record.title, record.text, record.topic) == (None, None, None)
    assert record.expires_at == int(line.clock.seconds) + 30 * 86_400


def test_a_create_that_arrives_after_its_delete_does_not_bring_the_page_back(line):
    created = line.put("incoming/a.html", page())
    removed = line.delete("incoming/a.html")
    line.run(removed, created)
    assert line.record("incoming/a.html").outcome is Outcome.DELETED
    assert line.alerts.sent == []


def test_an_object_gone_before_it_is_read_is_recorded_as_gone(line):
    created = line.put("incoming/a.html", page())
    line.pages.objects.clear()
    line.run(created)
    assert line.record("incoming/a.html").reason == Reason.GONE


@pytest.mark.parametrize(
    "key", ["incoming/a b+c%20d.html", "incoming/Ελλάδα/日本語.html", "incoming/100%.html", "incoming/a&b=c?.html"]
)
def test_any_key_is_recorded_under_its_own_name(line, key):
    line.run(line.put(key, page()))
    assert line.record(key).source_key == key


def test_a_folder_marker_is_recorded_as_empty(line):
    line.run(line.put("incoming/folder/", b""))
    assert line.record("incoming/folder/").reason == Reason.EMPTY


def test_a_page_under_a_key_that_ends_in_a_slash_is_read(line):
    key = "incoming/www.example.com/2026/05/harbour-vote/"
    line.run(line.put(key, page()))
    assert line.record(key).title == "Breakwater to be rebuilt"


def test_an_empty_file_needs_attention(line):
    line.run(line.put("incoming/a.html", b""))
    assert (line.record("incoming/a.html").reason, line.record("incoming/a.html").attention) == (
        Reason.EMPTY,
        "rejected",
    )


def walled_page() -> bytes:
    head = """<title>Harbour vote | Portside News</title><meta property="og:site_name" content="Portside News">
        <link rel="canonical" href="https://portside.example/harbour-vote">"""
    opening = "The council of Port Cassel voted on Tuesday to rebuild the northern breakwater."
    return f"""<html lang="en"><head>{head}</head><body><article><h1>Harbour vote</h1><p>{opening}</p>
        <p>Subscribe to continue reading.</p></article></body></html>""".encode()


def test_a_rejected_page_keeps_what_it_told_of_itself_and_is_in_no_list_of_a_site(line):
    line.run(line.put("incoming/a.html", walled_page()))
    record = line.record("incoming/a.html")
    assert record.outcome is Outcome.REJECTED
    assert (record.title, record.site, record.language) == ("Harbour vote", "Portside News", "en")
    assert record.url == "https://portside.example/harbour-vote"
    assert (record.timeline_at, record.text, record.topic) == (None, None, None)


def test_what_a_rejected_page_told_goes_with_the_page(line):
    line.run(line.put("incoming/a.html", walled_page()))
    line.run(line.delete("incoming/a.html"))
    record = line.record("incoming/a.html")
    assert (record.outcome, record.title, record.site, record.url) == (Outcome.DELETED, None, None, None)


def test_a_page_that_cannot_be_read_keeps_the_address_that_its_uploader_noted():
    with pytest.raises(Rejected) as refused:
        extract_article(b"", "https://portside.example/harbour-vote")
    assert refused.value.known.url == "https://portside.example/harbour-vote"


def judge_as(monkeypatch, chance: float) -> None:
    """Makes the model of pages answer one probability, so that the tests hold whatever it is trained on."""
    monkeypatch.setattr("functions.extract.rejection.article_chance", lambda _page, _signs: chance)


def test_a_page_that_may_be_no_article_is_published_and_needs_attention(line, monkeypatch):
    judge_as(monkeypatch, 0.3)
    line.run(line.put("incoming/a.html", page()))
    record = line.record("incoming/a.html")
    assert (record.outcome, record.extraction_confidence, record.attention) == (Outcome.PUBLISHED, 0.3, "doubtful")
    assert [alert.kind for alert in line.alerts.sent] == ["new"]


def test_a_page_that_is_surely_an_article_needs_no_attention(line, monkeypatch):
    judge_as(monkeypatch, 0.97)
    line.run(line.put("incoming/a.html", page()))
    record = line.record("incoming/a.html")
    assert (record.outcome, record.extraction_confidence, record.attention) == (Outcome.PUBLISHED, 0.97, None)


def test_a_doubtful_page_mended_by_a_newer_version_needs_no_attention(line, monkeypatch):
    judge_as(monkeypatch, 0.3)
    line.run(line.put("incoming/a.html", page()))
    judge_as(monkeypatch, 0.97)
    line.run(line.put("incoming/a.html", page("Breakwater will not be rebuilt")))
    assert line.record("incoming/a.html").attention is None


def test_a_list_of_stories_is_rejected_with_the_probability_in_its_detail(line):
    line.run(line.put("incoming/front.html", read_page("index-front").body))
    record = line.record("incoming/front.html")
    assert (record.reason, record.attention) == (Reason.NO_ARTICLE, "rejected")
    assert re.search(r"Probability of an article: 0\.(0\d|1[0-7])\.$", record.detail)


def test_a_page_too_large_to_read_is_rejected(line):
    line.pages.max_page_bytes = 1_000
    line.run(line.put("incoming/a.html", page() * 10))
    assert line.record("incoming/a.html").reason == Reason.TOO_LARGE


def test_a_rejected_version_takes_the_older_content_away(line):
    line.run(line.put("incoming/a.html", page()))
    line.run(line.put("incoming/a.html", b""))
    record = line.record("incoming/a.html")
    assert (record.outcome, record.text, record.title) == (Outcome.REJECTED, None, None)


def long_page(paragraphs: int, salt: str = "") -> bytes:
    """Every paragraph in other words, since an article says nothing twice."""
    chance, known = random.Random(salt), PARAGRAPH.split()
    words = "".join(f"<p>{' '.join(chance.choices(known, k=45))}.</p>" for _ in range(paragraphs))
    return f"<html><head><title>A long report on harbours</title></head><body><article>{words}</article></body></html>".encode()


def test_a_text_over_the_item_limit_is_kept_in_s3_with_its_lead_in_the_record(line):
    line.run(line.put("incoming/long.html", long_page(1_600)))
    record = line.record("incoming/long.html")
    kept = line.pages.articles[record.text_location]
    assert len(record.text) <= 20_000 < len(kept.text)
    assert kept.text.startswith(record.text)
    assert record.word_count > 50_000


def test_a_long_text_goes_when_its_page_is_deleted_or_replaced(line):
    line.run(line.put("incoming/long.html", long_page(1_600)))
    line.run(line.put("incoming/long.html", long_page(1_600, "Second edition.")))
    assert len([place for place in line.pages.articles if "/texts/" in place]) == 1
    line.run(line.delete("incoming/long.html"))
    assert not [place for place in line.pages.articles if "/texts/" in place]


def test_every_order_of_two_writes_and_a_delete_ends_alike():
    for order in itertools.permutations(range(3)):
        line = Pipeline()
        events = [
            line.put("incoming/a.html", page("First headline of the day")),
            line.put("incoming/a.html", page()),
            line.delete("incoming/a.html"),
        ]
        line.run(*[events[i] for i in order])
        assert line.record("incoming/a.html").outcome is Outcome.DELETED


def test_a_rule_that_matches_is_recorded_with_its_sentence_and_alerted(line):
    line.rules.save(Rule(name="breakwaters", query='breakwater AND "port cassel"'))
    line.rules.save(Rule(name="volcanoes", query="volcano"))
    line.run(line.put("incoming/a.html", page()))
    record = line.record("incoming/a.html")
    assert record.rules == ["breakwaters"]
    assert "breakwater" in record.rule_sentences["breakwaters"]
    assert line.alerts.sent[0].rules == dict(record.rule_sentences)
    assert [match.rule for match in line.matches.matches[record.document_id][1]] == ["breakwaters"]


def test_the_matches_of_a_deleted_page_go_with_it(line):
    line.rules.save(Rule(name="breakwaters", query="breakwater"))
    line.run(line.put("incoming/a.html", page()))
    line.run(line.delete("incoming/a.html"))
    assert line.matches.matches[line.record("incoming/a.html").document_id][1] == ()


def test_a_rule_removed_while_a_worker_still_knows_it_lists_nothing_any_more(line):
    line.rules.save(Rule(name="breakwaters", query="breakwater"))
    line.rules.save(Rule(name="harbours", query="harbour"))
    line.book.current()
    line.rules.remove("breakwaters")
    line.run(line.put("incoming/a.html", page()))
    assert line.listed_rules() == {line.record("incoming/a.html").document_id: {"harbours"}}


def test_a_duplicate_matched_by_other_rules_leaves_the_matches_as_they_are_recorded(line):
    line.rules.save(Rule(name="breakwaters", query="breakwater"))
    line.extract.handle(line.put("incoming/a.html", page()))
    message = line.handoff.articles.pop()
    line.enrich.handle(message)
    line.rules.save(Rule(name="harbours", query="harbour"))
    line.book.refresh()
    line.enrich.handle(message)
    record = line.record("incoming/a.html")
    assert record.rules == ["breakwaters"]
    assert line.listed_rules() == {record.document_id: {"breakwaters"}}


def test_a_page_found_gone_when_its_event_comes_again_keeps_its_matches(line):
    line.rules.save(Rule(name="breakwaters", query="breakwater"))
    event = line.put("incoming/a.html", page())
    line.run(event)
    line.pages.objects.clear()
    line.run(event)
    record = line.record("incoming/a.html")
    assert record.outcome is Outcome.PUBLISHED
    assert line.listed_rules() == {record.document_id: {"breakwaters"}}


def test_a_bad_rule_is_marked_and_stops_nothing(line):
    line.rules.save(Rule(name="broken", query="breakwater AND ("))
    line.run(line.put("incoming/a.html", page()))
    assert line.record("incoming/a.html").outcome is Outcome.PUBLISHED
    assert line.rules.find("broken").error
