"""Corpus pages damaged at random: extraction ends in an article or in `Rejected`, quickly, and never in anything else.

The run in the ring is small. `CLIPWIRE_FUZZ_INPUTS=10000 pytest tests/unit/extract/test_page_fuzz.py` runs ten
thousand; `CLIPWIRE_FUZZ_SEED` repeats one.
"""

import os
import random
import resource
import time
import unicodedata

import pytest

from functions.enrich.enrichment import enrich_article
from functions.extract.page_text import extract_article
from shared.domain.documents import Article
from shared.domain.errors import Rejected
from tests.corpus.truth import read_corpus

INPUTS = int(os.environ.get("CLIPWIRE_FUZZ_INPUTS", "120"))
SEED = int(os.environ.get("CLIPWIRE_FUZZ_SEED", "20240501"))
MAX_SECONDS = 5.0
MAX_MEGABYTES = 300  # more than the process had before, over all pages of a run
FRAGMENTS = (
    b"<div>",
    b"</div>",
    b"<p>",
    b"</p>",
    b"<table><tr><td>",
    b"</table>",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<script>",
    b"</script>",
    b"&#0;",
    b"&#xD800;",
    b"&#1114112;",
    b"&nbsp;",
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\x1b$B",
    b"<svg>",
    b"<meta charset=utf-16>",
    b"<meta charset='no-such'>",
    b"<base href='http://['>",
    b"<template>",
    b"<plaintext>",
    b"<frameset>",
    b"<math><mi>",
    b'<script type="application/ld+json">{"@type":"NewsArticle","author":[[{"name":{"name":1}}]],"image":{"url":[1]}}</script>',
    b'<link rel="canonical" href="http://[::1">',
    b'<time datetime="0001-01-01T99:99">',
    b'<meta property="article:published_time" content="9999999999">',
    b"<a href='\x01'>",
    b"<h1></h1>",
    b"<body>",
    b"</body>",
    b"</html>",
    b"<li>",
    b"<br><br>",
    b"<figure><figcaption>",
    b"\xe2\x80\xae",
    b"%PDF",
    "\u0301\u0323".encode() * 4_000,
    b"." * 8_000,
    b" - " * 4_000,
    b'<script type="application/ld+json">{"@type":"NewsArticle","headline":"a \\ud83d b","url":"https://a.example/\\udfff"}</script>',
    b"<title>\xe2\x80\x8e\xef\xbf\xbf\x1b</title>",
)


def damaged(body: bytes, other: bytes, rng: random.Random) -> bytes:
    """One to eight cuts, swaps, repeats and insertions."""
    for _ in range(rng.randint(1, 8)):
        start = rng.randrange(len(body) + 1)
        end = min(len(body), start + rng.choice((1, 8, 200, 4000)))
        body = rng.choice(
            (
                lambda b, s, e: b[:s] + b[e:],
                lambda b, s, _e: b[:s] + rng.choice(FRAGMENTS) * rng.choice((1, 1, 3, 50)) + b[s:],
                lambda b, s, e: b[:s] + bytes(rng.randrange(256) for _ in range(min(64, e - s))) + b[e:],
                lambda b, s, e: b[:e] + b[s:e] + b[e:],
                lambda b, s, _e: b[:s] + other[: rng.randrange(len(other) + 1)],
                lambda b, s, _e: b[:s],
            )
        )(body, start, end)
    return body


@pytest.mark.timeout(7200)
def test_a_damaged_page_ends_in_an_article_or_a_reason() -> None:
    before = peak_megabytes()
    rng = random.Random(SEED)
    pages = [page.body for page in read_corpus() if page.body]
    for number in range(INPUTS):
        body = damaged(rng.choice(pages), rng.choice(pages), rng)
        url = rng.choice(
            (
                None,
                "https://www.site.example/2024/05/01/a-b",
                "http://[broken",
                "no address",
                "https://example.example/",
            )
        )
        started = time.process_time()
        article = article_of(body, url, number)
        assert time.process_time() - started < MAX_SECONDS, number
        if article:
            started = time.process_time()
            enrich_article(Article.model_validate_json(article.model_dump_json()))
            assert time.process_time() - started < MAX_SECONDS, number
    assert peak_megabytes() - before < MAX_MEGABYTES


def peak_megabytes() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def article_of(body: bytes, url: str | None, number: int) -> Article | None:
    """The sound article of a page; None where it was refused with a sound reason."""
    try:
        article = extract_article(body, url)
    except Rejected as rejected:
        assert_sound(f"[{rejected.reason}] {rejected.detail}", number)
        return None
    assert article.text.strip(), number
    for text in (article.title, article.standfirst, article.site, article.url, article.image_url, *article.authors):
        assert_sound(text, number)
    assert_sound(article.text, number)
    return article


def assert_sound(text: str, number: int) -> None:
    assert unicodedata.is_normalized("NFC", text), number
    assert not any(unicodedata.category(letter) in {"Cc", "Cs"} and letter != "\n" for letter in text), number
