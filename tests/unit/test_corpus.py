"""The corpus is well-formed, because a wrong truth is worse than no truth."""

import codecs
import gzip
import html
import json
import re
import unicodedata
from datetime import datetime
from urllib.parse import urlsplit

import pytest

from shared.domain.errors import Reason
from tests.corpus.truth import CORPUS as FOLDER
from tests.corpus.truth import CorpusPage, read_corpus, sample_names

CORPUS = read_corpus()
ARTICLES = [page for page in CORPUS if page.is_article]
REJECTED = [page for page in CORPUS if not page.is_article]
TOPICS = {
    *("arts", "crime", "disaster", "economy", "education", "environment", "health", "human-interest", "labour"),
    *("lifestyle", "politics", "religion", "science", "society", "sport", "conflict", "weather"),
}
FIELDS = {
    *("url", "outcome", "title", "standfirst", "authors", "site", "published_at", "published_at_source", "modified_at"),
    *("language", "text", "sections", "topic"),
}
MIXED = "legacy-byte"
ENCODINGS = ("utf-8-sig", "utf-16", "gb18030", "cp1251", "cp1252")
ARTICLE_BODY = re.compile(r'"articleBody": ?("(?:[^"\\]|\\.)*+")')
MARKUP = re.compile(rb"<(script|style)\b.*?</\1>|<!--.*?-->|<[^>]+>", re.DOTALL | re.IGNORECASE)


def by_name(pages: list[CorpusPage]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", pages, ids=lambda page: page.name)


def legacy_byte(error: UnicodeError) -> tuple[str, int]:
    """The letter of one stray Windows byte inside another encoding."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.start + 1].decode("cp1252", "ignore"), error.start + 1


codecs.register_error(MIXED, legacy_byte)


def decodings(body: bytes) -> list[str]:
    """The page in each encoding that the corpus uses. A byte that does not fit is read as a Windows byte."""
    if body.startswith(b"\x1f\x8b"):
        body = gzip.decompress(body)
    return [body.decode(encoding, MIXED) for encoding in ENCODINGS]


def visible(page: str) -> str:
    """The text that the page shows, without markup and white space, so that text of several elements still matches.

    What the page only declares as its `articleBody` counts as shown: a shell shows it once its scripts have run.
    """
    shown = MARKUP.sub(b"", page.encode("utf-8", "ignore")).decode("utf-8")
    declared = "".join(json.loads(body) for body in ARTICLE_BODY.findall(page))
    return squeeze(html.unescape(shown) + declared)


def squeeze(text: str) -> str:
    """A text without white space, bullets and the bars between the cells of a table; raised figures as plain ones."""
    return re.sub(r"^- |[\s|]", "", unicodedata.normalize("NFKC", text).replace("−", "-"))


def test_every_page_has_its_truth_and_every_truth_its_page() -> None:
    pages, expected = ({path.stem for path in (FOLDER / kind).iterdir()} for kind in ("pages", "expected"))
    assert pages == expected


def test_the_corpus_is_broad_enough_to_mean_something() -> None:
    assert len(ARTICLES) >= 40
    assert len(REJECTED) >= 12
    assert len({page.truth["language"] for page in ARTICLES}) >= 10
    assert {slug for page in ARTICLES for slug in page.truth["topic"]} == TOPICS
    assert {reason for page in REJECTED for reason in page.reasons} >= {"empty", "not-html", "no-article", "stub"}


def test_the_samples_are_a_varied_few_of_the_corpus() -> None:
    samples = [page for page in CORPUS if page.name in sample_names()]
    assert len(samples) == len(sample_names()) == 9
    assert {page.truth.get("reason") for page in samples} >= {None, "stub", "no-article"}
    assert len({page.truth["language"] for page in samples if page.is_article}) >= 3


@by_name(CORPUS)
def test_every_site_is_invented(page: CorpusPage) -> None:
    assert (urlsplit(page.truth["url"]).hostname or "").endswith(".example")


@by_name(ARTICLES)
def test_an_articles_truth_has_every_field_and_no_other(page: CorpusPage) -> None:
    assert set(page.truth) == FIELDS
    assert page.truth["title"]
    assert page.truth["text"]
    assert page.truth["text"] == unicodedata.normalize("NFC", page.truth["text"])
    assert set(page.truth["topic"]) <= TOPICS


@by_name(ARTICLES)
def test_an_articles_dates_are_iso_and_their_source_is_said(page: CorpusPage) -> None:
    published, source = page.truth["published_at"], page.truth["published_at_source"]
    assert (published is None) == (source == "none")
    assert source in {"declared", "inferred", "none"}
    for moment in filter(None, (published, page.truth["modified_at"])):
        datetime.fromisoformat(moment)


@by_name(ARTICLES)
def test_every_paragraph_and_heading_of_the_truth_stands_in_the_page(page: CorpusPage) -> None:
    shown = [visible(text) for text in decodings(page.body)]
    wanted = [page.truth["title"], *page.truth["sections"], *page.truth["text"].split("\n\n")]
    missing = min(([line for line in wanted if squeeze(line) not in text] for text in shown), key=len)
    assert missing == []


@by_name(ARTICLES)
def test_sections_are_lines_of_the_text(page: CorpusPage) -> None:
    assert set(page.truth["sections"]) <= set(page.truth["text"].split("\n\n"))


@by_name(REJECTED)
def test_a_rejected_pages_truth_is_a_known_reason_and_nothing_else(page: CorpusPage) -> None:
    assert set(page.truth) <= {"url", "outcome", "reason", "also_accepted"}
    assert page.reasons <= set(Reason)
