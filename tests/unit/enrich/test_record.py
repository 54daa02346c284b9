"""A record fits an item, whatever its page, its rules and its names are made of."""

import pytest

from functions.enrich.record import MAX_AUTHORS, MAX_NAMES, fits_item, published_record, with_pointer
from shared.domain.documents import Article, Enrichment, Name, RuleMatch, Section, Source
from shared.domain.rules import count_listed_rules
from tests.fakes import FakeLedger

SOURCE = Source(bucket="pages", key=f"incoming/{'k' * 900}.html", etag="e" * 32, sequencer="0055AED6DCD90281E5")


def fullest_record(letter: str, rules: int):
    """Every field as long as a page or a team can make it."""
    line, names = letter * 5_000, [f"{number:04} {letter * 59}" for number in range(rules)]
    article = Article(
        title=line, standfirst=line, authors=[line] * MAX_AUTHORS, site=line, url=line, dateline=line, language="en",
        breadcrumb=[line] * MAX_AUTHORS, text=f"{letter * 900}\n\n" * 500, image_url=line, image_caption=line, image_credit=line,
        sections=[Section(heading=line, text=letter * 900) for _ in range(500)],
    )  # fmt: skip
    enrichment = Enrichment(
        names=[
            Name(text=line, kind=kind, count=1)
            for kind in ("person", "organisation", "place")
            for _ in range(MAX_NAMES)
        ],
        rules=[RuleMatch(rule=name, sentence=letter * 300) for name in names[: count_listed_rules(names)]],
        summary=line[:1_000],
        key_phrases=[letter * 40] * 10,
    )
    return published_record(SOURCE, article, enrichment, "2026-01-01T00:00:00Z")


@pytest.mark.parametrize("letter", ["a", '"', "é", "規", "\U0001f6e2", "\U00010400"])
@pytest.mark.parametrize("rules", [0, 2_000])
def test_the_fullest_record_fits_an_item_once_its_text_stands_in_the_bucket(letter, rules):
    record = fullest_record(letter, rules)
    assert not fits_item(record)
    cut = with_pointer(record, f"s3://pages/texts/{SOURCE.document_id}/{SOURCE.version}.json")
    assert fits_item(cut)
    assert FakeLedger().write(cut).status == "written"
    assert cut.rules == record.rules
    assert cut.text


def test_an_ordinary_long_text_keeps_its_headings_and_sentences():
    record = fullest_record("a", 20)
    cut = with_pointer(record, "s3://pages/texts/a/1.json")
    assert len(cut.sections) == 200
    assert cut.rule_sentences == record.rule_sentences


def record_of_confidence(confidence):
    article = Article(title="Breakwater to be rebuilt", text="The council voted.", extraction_confidence=confidence)
    return published_record(SOURCE, article, Enrichment(), "2026-01-01T00:00:00Z")


@pytest.mark.parametrize(
    ("confidence", "attention"), [(0.0, "doubtful"), (0.499, "doubtful"), (0.5, None), (1.0, None)]
)
def test_a_record_keeps_its_confidence_and_below_a_half_asks_for_attention(confidence, attention):
    record = record_of_confidence(confidence)
    assert (record.extraction_confidence, record.attention) == (confidence, attention)


def test_an_article_of_a_version_that_knew_no_confidence_is_no_doubtful_record():
    record = record_of_confidence(None)
    assert (record.extraction_confidence, record.attention) == (None, None)
