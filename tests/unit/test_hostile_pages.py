"""The hostile uploads have the properties that their names claim."""

import gzip

from shared.domain.errors import Reason
from tests.corpus.hostile import (
    HOSTILE_NAMES,
    PUBLISHED,
    beyond_the_item_limit,
    entity_bomb,
    gzip_bomb,
    hostile_pages,
    mail_header_title,
)

MAX_ITEM_BYTES = 400 * 1024  # of an item in DynamoDB, by AWS's documentation


def test_every_hostile_page_has_its_own_name_and_a_known_end() -> None:
    pages = hostile_pages()
    assert len({page.name for page in pages}) == len(pages) >= 20
    assert {end for page in pages for end in page.ends} <= {PUBLISHED, *Reason}


def test_the_long_article_passes_what_an_item_holds_and_is_the_same_each_time() -> None:
    body = beyond_the_item_limit().body
    assert len(body) > 1.5 * MAX_ITEM_BYTES
    assert body == beyond_the_item_limit().body
    assert len(body.split()) >= 120_000


def test_the_gzip_bomb_is_small_until_it_unfolds() -> None:
    body = gzip_bomb().body
    assert len(body) * 500 < len(gzip.decompress(body))


def test_the_entity_bomb_asks_for_a_file_and_the_title_for_a_header() -> None:
    assert b"SYSTEM" in entity_bomb().body
    assert b"&#13;&#10;Bcc:" in mail_header_title().body


def test_hostile_names_are_within_what_a_key_may_hold() -> None:
    assert all(len(f"incoming/{name}".encode()) <= 1024 for name in HOSTILE_NAMES)
