"""Pages as browsers save them: web archives, and the address in a comment."""

import base64
import quopri

import pytest

from functions.extract.decoding.charset import decode
from functions.extract.decoding.saved_page import SavedPage, find_noted_address, open_web_archive
from functions.extract.page_text import extract_article
from shared.domain.errors import Reason, Rejected
from tests.corpus.hostile import PARAGRAPHS, page

ADDRESS = "https://www.ledger.example/2024/04/06/boats"


def archive(coding: str, body: bytes, kind: str = "text/html") -> bytes:
    head = f"""From: <Saved by Blink>
Snapshot-Content-Location: {ADDRESS}
Subject: =?utf-8?Q?Boats?=
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----MultipartBoundary--x1----"


------MultipartBoundary--x1----
Content-Type: {kind}
Content-ID: <frame-1@mhtml.blink>
Content-Transfer-Encoding: {coding}
Content-Location: {ADDRESS}

"""
    tail = "\n------MultipartBoundary--x1----\nContent-Type: image/png\n\nabc\n------MultipartBoundary--x1------\n"
    return (head.encode() + body + tail.encode()).replace(b"\n", b"\r\n")


@pytest.mark.parametrize(
    ("coding", "encode"), [("quoted-printable", quopri.encodestring), ("base64", base64.encodebytes), ("8bit", bytes)]
)
def test_a_web_archive_is_opened(coding, encode) -> None:
    article = extract_article(archive(coding, encode(page())))
    assert article.text == extract_article(page()).text
    assert article.url == ADDRESS


def test_a_web_archive_without_a_page_says_what_to_save() -> None:
    with pytest.raises(Rejected) as refused:
        open_web_archive(archive("base64", b"abc", "image/png"))
    assert refused.value.reason is Reason.NOT_HTML
    assert "Save the page as HTML" in refused.value.detail


def test_a_damaged_web_archive_is_refused() -> None:
    with pytest.raises(Rejected) as refused:
        open_web_archive(archive("base64", b"abcde"))
    assert refused.value.reason is Reason.UNDECODABLE


def test_anything_else_is_left_as_it_is() -> None:
    assert open_web_archive(page()) == SavedPage(page())


@pytest.mark.parametrize(
    "note",
    [
        f"<!-- saved from url=({len(ADDRESS):04}){ADDRESS} -->",
        f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Sat Apr 06 2024 10:00:00 GMT+0100\n-->",
    ],
)
def test_the_address_that_a_browser_notes_when_saving_is_the_pages(note: str) -> None:
    body = page().replace(b"<html", note.encode() + b"<html", 1)
    assert extract_article(body).url == ADDRESS
    assert extract_article(body, "https://elsewhere.example/a").url == "https://elsewhere.example/a"


def test_a_note_of_no_web_address_is_none() -> None:
    assert find_noted_address("<!-- saved from url=(0014)about:internet -->") == ""


def test_pictures_saved_inside_a_page_do_not_count_as_its_text() -> None:
    picture = b'<img src="data:image/png;base64,' + b"iVBORw0KGgo" * 800_000 + b'">'
    assert extract_article(page().replace(b"<p>", picture + b"<p>", 1)).text.startswith(PARAGRAPHS[0][:20])


HUNGARIAN = "A vízművek hétfőn közölte, hogy a völgy lakói tavaly nyáron harmadával kevesebb vizet használtak. " * 3


@pytest.mark.parametrize("charset", ["windows-1250", "iso-8859-2"])
def test_the_charset_of_a_part_is_that_of_its_page(charset: str) -> None:
    body = f"<html><title>x</title><p>{HUNGARIAN}</p></html>".encode(charset)
    saved = open_web_archive(archive("8bit", body, f'text/html;\n\tcharset="{charset}"'))
    assert saved.charset == charset
    assert HUNGARIAN in decode(saved.body, saved.charset)


@pytest.mark.timeout(60)  # it took minutes
def test_an_archive_of_very_many_parts_is_given_up() -> None:
    hostile = b'Content-Type: multipart/related; boundary="-"\n\n' + b"---\n" * 2_000_000
    with pytest.raises(Rejected):
        open_web_archive(hostile)
