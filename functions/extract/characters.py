"""From bytes to text: byte order marks, declared and undeclared charsets, damaged UTF-8. What cannot be text is refused by name."""

import codecs
import re
from collections import Counter
from functools import cache

from functions.extract.wordlists import load_lines
from shared.domain.errors import Reason, Rejected

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = {
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
}
_DECLARED = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.IGNORECASE
)
_ALIASES = {
    **dict.fromkeys(
        ("iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "l1", "ascii", "us-ascii", "x-cp1252", "ansi", "8859-1"), "cp1252"
    ),
    **dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "x-gbk", "chinese", "csgb2312", "gb-2312", "gb18030-2000"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j", "shiftjis"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ksc5601", "korean", "ks_c_5601", "windows-949", "euckr"), "cp949"),
    **dict.fromkeys(("big5", "big-5", "x-x-big5", "big5-hkscs", "cn-big5"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-9", "latin5", "iso8859-9", "turkish"), "cp1254"),
    **dict.fromkeys(("iso-8859-11", "tis-620", "tis620", "windows-874"), "cp874"),
    **dict.fromkeys(
        ("utf8", "unicode-1-1-utf-8", "utf-8", "x-unicode20utf8", "unicode", "utf-16", "utf16", "utf-8mb4", "utf8mb4"), "utf-8"
    ),
    "iso-8859-8-i": "iso-8859-8",
    "x-euc-jp": "euc-jp",
    "x-mac-roman": "mac-roman",
    "koi8-ru": "koi8-u",
}
_GUESSES = (
    "cp1252",
    "cp1251",
    "cp1250",
    "koi8-r",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "cp874",
    "cp1258",
    "gb18030",
    "big5hkscs",
    "cp932",
    "euc-jp",
    "cp949",
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_DOCUMENT_STARTS = (
    ("a feed or sitemap", r"<(?:rss|feed|rdf:RDF|urlset|sitemapindex|opml)\b"),
    ("an SVG image", r"<svg\b"),
    ("an XML document", r"<(?!html|!doctype|head|body)[a-z][\w:.-]*[\s>](?!.{0,4000}<(?:html|body|p|div)\b)"),
)
_PROLOGUE = re.compile(
    r"\s*(?:<\?xml[^>]{0,400}\?>|<!--.{0,4000}?-->|<!DOCTYPE (?!html)[^>]{0,1000}>|<\?xml-stylesheet[^>]{0,400}\?>|\s)*",
    re.IGNORECASE | re.DOTALL,
)
_MULTIBYTE = frozenset({"gb18030", "big5hkscs", "cp932", "euc-jp", "cp949"})
_THAI_WORDS = ("การ", "และ", "ที่", "ของ", "ใน", "เป็น", "ให้", "ไม่", "มี", "ได้", "ว่า", "จะ")
_SAMPLE = 60_000


def decode(body: bytes) -> str:
    """The page's text without control characters; raises `Rejected` for what is no text or no page."""
    _refuse_binary(body)
    text = _decoded(body)
    if _CONTROLS.search(text):
        damaged = len(_CONTROLS.findall(text[:_SAMPLE]))
        if damaged > 0.1 * len(text[:_SAMPLE]) and "<" not in text[:_SAMPLE]:
            raise Rejected(Reason.UNDECODABLE, "The bytes are no text in any charset that could be found.")
        text = _CONTROLS.sub("", text)
    _refuse_other_formats(text)
    return text


def _refuse_binary(body: bytes) -> None:
    for magic, name in _MAGIC.items():
        if body.startswith(magic) and (len(magic) > 2 or b"<" not in body[:1000]):
            raise Rejected(Reason.NOT_HTML, f"The object is {name}, not a web page.")
    if body[4:8] == b"ftyp":
        raise Rejected(Reason.NOT_HTML, "The object is a media file, not a web page.")


def _refuse_other_formats(text: str) -> None:
    start = text[:_SAMPLE].lstrip("\ufeff \t\r\n")
    if start[:1] in {"{", "["} and not re.search(r"<(?:html|body|p|div)\b", start, re.IGNORECASE):
        raise Rejected(Reason.NOT_HTML, "The object is JSON, not a web page.")
    opening = _PROLOGUE.match(start)
    rest = start[opening.end() if opening else 0 :]
    for name, pattern in _DOCUMENT_STARTS:
        if re.match(pattern, rest, re.IGNORECASE | re.DOTALL) and (name != "an XML document" or start.startswith("<?xml")):
            raise Rejected(Reason.NOT_HTML, f"The object is {name}, not a web page.")


def _decoded(body: bytes) -> str:
    for bom, codec in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(codec, "replace")
    wide = _undeclared_utf16(body)
    if wide:
        return body.decode(wide, "replace")
    declared = declared_charset(body)
    if declared == "iso-2022-jp" or (declared == "" and b"\x1b$B" in body):
        return body.decode("iso-2022-jp", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _mended_utf8(body, declared) or _in_charset(body, declared) or _guessed(body)


def _undeclared_utf16(body: bytes) -> str:
    sample = body[:2000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half > 3 and odd > 0.4 * half > even * 4:
        return "utf-16-le"
    return "utf-16-be" if half > 3 and even > 0.4 * half > odd * 4 else ""


def declared_charset(body: bytes) -> str:
    """The codec that the page names in its head, under the name Python knows; empty for none or an unknown one."""
    for match in _DECLARED.finditer(body[:200_000]):
        name = (match[1] or match[2]).decode("ascii", "ignore").lower()
        name = _ALIASES.get(name, name)
        try:
            return codecs.lookup(name).name
        except LookupError:
            continue
    return ""


def _mended_utf8(body: bytes, declared: str) -> str:
    """A page that is UTF-8 but for some bytes; those are read as Windows-1252, and a character cut off at the end is dropped."""
    sound = body.decode("utf-8", "ignore")
    broken = len(body) - len(sound.encode())
    whole = len(sound) - len(sound.encode("ascii", "ignore"))
    if whole >= 3 * broken or (declared == "utf-8" and whole >= broken):
        text = body.decode("utf-8", "surrogateescape")
        text = _CUT_OFF.sub("", text)
        return _ESCAPED.sub(lambda match: bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace"), text)
    return ""


_ESCAPED = re.compile("[\udc80-\udcff]")
_CUT_OFF = re.compile("[\udc80-\udcff]{1,3}$")


def _in_charset(body: bytes, declared: str) -> str:
    """The page in its declared charset, unless that garbles it."""
    if not declared or declared == "utf-8":
        return ""
    try:
        text = body.decode(declared, "replace")
    except (LookupError, ValueError):
        return ""
    strange = text.count("\ufffd")
    return text if strange <= 0.01 * len(text) + 2 and _plausible(body, declared) else ""


def _plausible(body: bytes, declared: str) -> bool:
    """Declared single-byte Western charsets decode anything: believed where their small words appear or no other charset reads better."""
    if declared not in {"cp1252", "latin-1", "iso8859-1", "iso8859-15"}:
        return True
    return _guess(body)[0] in {"cp1252", "cp1250", "cp1254", "cp1257", "cp1258"}


def _guessed(body: bytes) -> str:
    return body.decode(_guess(body)[0], "replace")


def _guess(body: bytes) -> tuple[str, float]:
    """The charset in which the page's own words read best."""
    sample = _wordy(body)
    scores = {codec: _readable(sample, codec) for codec in _GUESSES}
    best = max(scores, key=scores.__getitem__)
    return best, scores[best]


def _wordy(body: bytes) -> bytes:
    """The parts of the page with bytes beyond ASCII, markup left out, whole around each."""
    text = re.sub(rb"<script.*?</script>|<style.*?</style>|<[^>]*>", b" ", body[:400_000], flags=re.DOTALL | re.IGNORECASE)
    runs = re.findall(rb"[^\n]{0,200}[\x80-\xff][^\n]{0,400}", text)
    return b"\n".join(runs)[:_SAMPLE]


def _readable(sample: bytes, codec: str) -> float:
    """How much of the sample's text beyond ASCII is made of known small words or of the commonest characters of its script."""
    text = sample.decode(codec, "replace").casefold()
    beyond = sum(1 for character in text if character > "\x7f") or 1
    strange = text.count("\ufffd") + sum(1 for character in text if "\x80" <= character <= "\x9f")
    words = Counter(re.findall(r"[^\W\d_]+", text))
    known = sum(len(word) * count for word, count in words.items() if word in _small_words() and any(letter > "\x7f" for letter in word))
    common = sum(1 for character in text if character in _common_characters()) if codec in _MULTIBYTE else 0
    common += sum(text.count(word) for word in _THAI_WORDS) if codec == "cp874" else 0
    kana = sum(1 for character in text if "\u3040" <= character <= "\u30ff")
    latin = sum(
        1
        for word, count in words.items()
        for _ in range(count)
        if any(letter > "\x7f" for letter in word) and any(letter <= "\x7f" for letter in word) and _LATIN.fullmatch(word)
    )
    return (known * 1.5 + common * 3 + kana * 2 + latin * 0.8 - strange * 4) / beyond


_LATIN = re.compile(r"[a-zà-öø-žșțươạ-ỹ]+")


@cache
def _small_words() -> frozenset[str]:
    return frozenset(word for line in load_lines("function_words") for word in line.split()[1:])


@cache
def _common_characters() -> frozenset[str]:
    return frozenset("".join(load_lines("common_characters")).replace(" ", ""))
