"""Hostile entities, addresses, metadata, content types and keys do no harm."""

import io
import json
import time
from pathlib import Path
from urllib.parse import quote_plus

import pytest

from functions.extract.page_text import extract_article
from functions.extract.s3_events import S3Notification
from shared.adapters.s3_pages import S3Pages
from shared.domain.documents import Source
from shared.domain.errors import Rejected
from tests.corpus.hostile import PARAGRAPHS, page

SECRET = "quorvex-of-the-disk"
SOURCE = Source(bucket="pages", key="incoming/a.html", etag="e1", sequencer="01")
ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/hostname",
    "ftp://victim.example/",
    "//[victim",
    "http://[::1",
    "https://victim.example/\r\nSet-Cookie: a=b",
    " \x00javascript:alert(1)",
    "x" * 100_000,
]
KEYS = [
    "../../etc/passwd",
    "a\r\nBcc: all@victim.example",
    "nul\x00byte.html",
    "\u202egnp.html",
    "'; DROP TABLE records; --",
    "${jndi:ldap://victim.example/a}",
    "{0.__class__}%s%n",
    "a" * 900,
    "%2e%2e%2f",
    "plus+and space.html",
]


def entity_pages(secret_file) -> dict[str, str]:
    """Pages that try to make a parser read a file, call a server or grow without end, by their trick."""
    uri = secret_file.as_uri()
    laughs = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(10))
    body = (
        page(article="<p>&x; &k;</p>" + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS))
        .decode()
        .split("\n", 1)[1]
    )
    return {
        "file": f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "{uri}">]>{body}',
        "parameter entity": f'<!DOCTYPE html [<!ENTITY % p SYSTEM "{uri}"> %p; <!ENTITY x "&p;">]>{body}',
        "server": f'<!DOCTYPE html [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>{body}',
        "outside type": f'<!DOCTYPE html SYSTEM "{uri}">{body}',
        "laughs": f"<!DOCTYPE html [{laughs}]>{body}",
        "xinclude": body.replace(
            "<p>", f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{uri}" parse="text"/><p>', 1
        ),
        "picture": body.replace(
            "<p>", f'<svg><image href="{uri}"/></svg><object data="{uri}"></object><iframe src="{uri}"></iframe><p>', 1
        ),
        "style sheet": f'<?xml version="1.0"?><?xml-stylesheet href="{uri}" type="text/xsl"?>{body}',
        "many references": body.replace("<p>", "<p>" + "&#x41;&amp;&#0;&#xFFFFFFFF;&#55555555555;" * 20_000, 1),
    }


@pytest.mark.parametrize("way", entity_pages(Path("/nowhere")))
def test_no_entity_reads_a_file_calls_a_server_or_grows(way, tmp_path):
    secret_file = tmp_path / "secret.txt"
    secret_file.write_text(SECRET, encoding="utf-8")
    begun = time.process_time()
    try:
        said = extract_article(entity_pages(secret_file)[way].encode()).model_dump_json()
    except Rejected as rejection:
        said = rejection.detail
    assert SECRET not in said
    assert len(said) < 1_000_000
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_of_a_page_is_anything_but_of_the_web(address):
    shown = address.replace('"', "&quot;")
    head = f'<link rel="canonical" href="{shown}"><meta property="og:url" content="{shown}">'
    head += f'<meta property="og:image" content="{shown}">'
    ld = json.dumps({"@type": "NewsArticle", "url": address, "mainEntityOfPage": address, "image": address})
    head += f'<script type="application/ld+json">{ld}</script><base href="{shown}">'
    article = extract_article(page(head=head))
    for told in (article.url, article.image_url):
        assert not told or told.startswith(("http://", "https://"))
        assert told.isprintable()
        assert " " not in told


class OneObject:
    """Answers GetObject with one page, under the given metadata and content type."""

    def __init__(self, **said: object) -> None:
        self.said = said

    def get_object(self, **_: object) -> dict[str, object]:
        body = page()
        return {"ContentLength": len(body), "ETag": '"e1"', "Metadata": {}, "Body": io.BytesIO(body), **self.said}


@pytest.mark.parametrize(
    "noted", [*ADDRESSES[:5], "x" * 100_000, "https://" + "x" * 5_000, "", "=?utf-8?q?javascript:?="]
)
def test_an_uploaders_note_of_an_address_counts_only_if_it_is_one(noted):
    assert S3Pages(OneObject(Metadata={"url": noted}), "pages").read_page(SOURCE).url is None


@pytest.mark.parametrize(
    "kind", ["application/x-sh", "text/html; charset=\r\nX: y", "text/html; charset=utf-7", "", "image/png", "\x00"]
)
def test_a_content_type_decides_nothing(kind):
    read = S3Pages(OneObject(ContentType=kind, ContentEncoding=kind), "pages").read_page(SOURCE)
    assert extract_article(read.body) == extract_article(page())


@pytest.mark.parametrize("key", KEYS)
def test_a_hostile_key_is_only_ever_a_name(key):
    """The key stays as it was written, and the correlation id that is logged contains nothing of it."""
    entity = {"bucket": {"name": "pages"}, "object": {"key": quote_plus(f"incoming/{key}"), "sequencer": "01"}}
    event = {"Records": [{"eventName": "ObjectCreated:Put", "s3": entity}]}
    (change,) = S3Notification.model_validate_json(json.dumps(event)).changes
    assert change.source.key == f"incoming/{key}"
    assert set(change.source.correlation_id) <= set("0123456789abcdefABCDEF:")
