"""Every hostile page ends in an allowed way and in the promised time, without unseen characters in its text."""

import time
import unicodedata
from collections.abc import Iterator
from html import escape

import pytest

from functions.enrich.enrichment import enrich_article
from functions.enrich.record import published_record
from functions.extract.page_text import extract_article
from shared.domain.documents import Article, Source
from shared.domain.errors import Rejected
from tests.corpus.hostile import FORMULAS, MAKERS, PUBLISHED, HostilePage, mail_header_title, page

MAX_SECONDS = 5.0  # CPU time for one page, as decision 0014 promises
MAKERS_BY_NAME = {make.__name__: make for make in MAKERS}
SOURCE = Source(bucket="pages", key="incoming/a.html", etag="e1", sequencer="01")
INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def end_of(upload: HostilePage) -> tuple[str, Article | None]:
    try:
        return PUBLISHED, extract_article(upload.body)
    except Rejected as rejected:
        return str(rejected.reason), None


def every_string(value: object) -> Iterator[str]:
    """All strings of a model's plain form."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from every_string(part)


def unseen(text: str) -> set[str]:
    """The control and format characters of a text, other than the line breaks between paragraphs."""
    return {hex(ord(letter)) for letter in text if unicodedata.category(letter) in INVISIBLE and letter != "\n"}


@pytest.mark.parametrize("name", MAKERS_BY_NAME)
def test_a_hostile_page_ends_as_it_may_and_in_bounded_time(name: str) -> None:
    upload = MAKERS_BY_NAME[name]()
    started = time.process_time()
    end, article = end_of(upload)
    taken = time.process_time() - started
    assert end in upload.ends
    assert taken < MAX_SECONDS, f"{taken:.1f} s"
    assert article is None or not set().union(*map(unseen, every_string(article.model_dump())))


@pytest.mark.parametrize("name", MAKERS_BY_NAME)
def test_what_a_hostile_page_hands_on_is_enriched_and_recorded_in_bounded_time(name: str) -> None:
    _, article = end_of(MAKERS_BY_NAME[name]())
    if article is None:
        return
    received = Article.model_validate_json(article.model_dump_json())
    assert received == article
    started = time.process_time()
    record = published_record(SOURCE, received, enrich_article(received), "2024-04-06T10:00:00Z")
    taken = time.process_time() - started
    assert taken < MAX_SECONDS, f"{taken:.1f} s"
    assert not set().union(*map(unseen, every_string(record.model_dump(mode="json"))))


def test_a_title_aimed_at_an_e_mail_is_one_line_without_unseen_characters() -> None:
    title = extract_article(mail_header_title().body).title
    assert title.startswith("Harbour")
    assert not unseen(title)
    assert "\n" not in title


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_title_that_a_spreadsheet_would_run_is_kept_as_the_page_wrote_it(formula: str) -> None:
    assert extract_article(page(title=escape(formula))).title == formula
