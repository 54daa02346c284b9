"""What is no web page by its form: pictures, documents, feeds, data, code."""

import re

from shared.domain.errors import Reason, Rejected

NAMES_BY_MAGIC = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"RIFF": "a media file",
    b"BM": "a bitmap image",
    b"II*\x00": "a TIFF image",
    b"MM\x00*": "a TIFF image",
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a ZIP archive or office document",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"\x00\x00\x01\x00": "an icon",
    b"wOFF": "a font",
    b"wOF2": "a font",
    b"ID3": "an audio file",
    b"OggS": "an audio file",
    b"fLaC": "an audio file",
    b"\x1aE\xdf\xa3": "a video file",
    b"SQLite format 3": "a database",
    b"7z\xbc\xaf": "an archive",
    b"Rar!": "an archive",
    b"{\\rtf": "an RTF document",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
    b"\xfd7zXZ": "an XZ archive",
    b"BZh": "a bzip2 archive",
    b"bplist00": "a Safari web archive or property list",
}
DOCUMENT_STARTS = (
    ("a feed or sitemap", r"<(?:rss|feed|rdf:RDF|urlset|sitemapindex|opml)\b"),
    ("an SVG image", r"<svg\b"),
    ("an XML document", r"<(?!html|!doctype|head|body)[a-z][\w:.-]*[\s>](?!.{0,4000}<(?:html|body|p|div)\b)"),
)
PROLOGUE = re.compile(
    r"""
    \s*(?:
        <\?xml[^>]{0,400}\?>                    # <?xml version="1.0"?>, <?xml-stylesheet …?>
        |<!--.{0,4000}?-->                      # <!-- saved from … -->
        |<!DOCTYPE[ ](?!html)[^>]{0,1000}>      # <!DOCTYPE rss …>
        |\s
    )*
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
MARKUP = re.compile(
    r"""
    <(?:
        html|head|body|title|meta|frameset|plaintext        # the page
        |p|div|span|br|h[1-6]|article|section|main|table|td|li|pre|font|center
    )[\s/>]
    """,
    re.IGNORECASE | re.VERBOSE,
)
MAIL_HEADER = re.compile(r"(?:from|received|return-path|mime-version|delivered-to|message-id):\s", re.IGNORECASE)
MAX_SHORT_MAGIC = 2  # bytes; a text may begin with so few by chance, so a page with a tag is read (by judgement)
MAX_SAMPLE = 60_000  # characters in which markup is looked for
MAX_BARE_SAMPLE = 20_000  # characters of a text without markup that are weighed
MIN_WORDED = 0.9  # share of letters and spaces; prose has .95, tables, logs and code less; on the corpus' bare files
CODE_MARKS = "{}()[];=<>_"
MAX_CODE_MARKS = 0.03  # share of the text, by judgement
MAX_WORD = 70  # letters; encoded data comes in lines of 76


def refuse_binary(body: bytes) -> None:
    """Raises `Rejected` for what begins as files of other kinds do."""
    for magic, name in NAMES_BY_MAGIC.items():
        if body.startswith(magic) and (len(magic) > MAX_SHORT_MAGIC or b"<" not in body[:1000]):
            raise Rejected(Reason.NOT_HTML, f"The object is {name}, not a web page.")
    if body[4:8] == b"ftyp":
        raise Rejected(Reason.NOT_HTML, "The object is a media file, not a web page.")


def refuse_other_formats(text: str) -> None:
    """Raises `Rejected` for feeds, data and bare text that is no prose."""
    start = text[:MAX_SAMPLE].lstrip("\ufeff \t\r\n")
    if start[:1] in {"{", "["} and not re.search(r"<(?:html|body|p|div)\b", start, re.IGNORECASE):
        raise Rejected(Reason.NOT_HTML, "The object is JSON, not a web page.")
    opening = PROLOGUE.match(start)
    rest = start[opening.end() if opening else 0 :]
    for name, pattern in DOCUMENT_STARTS:
        if re.match(pattern, rest, re.IGNORECASE | re.DOTALL) and (
            name != "an XML document" or start.startswith("<?xml")
        ):
            raise Rejected(Reason.NOT_HTML, f"The object is {name}, not a web page.")
    if not MARKUP.search(start) and not reads_like_prose(start[:MAX_BARE_SAMPLE]):
        raise Rejected(
            Reason.NOT_HTML,
            "The object is bare text that does not read like an article: code, a table, a log or encoded data.",
        )


def reads_like_prose(text: str) -> bool:
    """Whether nearly all of a text without markup is words and spaces, in words of a readable length."""
    worded = sum(1 for letter in text if letter.isalpha() or letter.isspace() or letter > "\u02ff")
    longest = max(map(len, text.split()), default=0) if text.isascii() else 0
    code = sum(map(text.count, CODE_MARKS))
    return (
        worded >= MIN_WORDED * len(text)
        and code <= MAX_CODE_MARKS * len(text)
        and longest < MAX_WORD
        and not MAIL_HEADER.match(text)
    )
