"""From bytes to text: byte order marks, declared and undeclared charsets, damaged UTF-8.

What cannot be text is refused by name.
"""

import codecs
import re

from functions.extract.decoding.charset_detection import detect_charset, readability
from functions.extract.decoding.file_type import refuse_binary, refuse_other_formats
from functions.extract.decoding.mojibake import undo_double_encoding
from functions.extract.decoding.wide_encodings import decode_wide_text, has_narrow_tags
from shared.domain.errors import Reason, Rejected

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CHARSET_DECLARATION = re.compile(
    rb"""
    <meta[^>]{0,300}?charset\s*+=\s*+["']?\s*+([\w.:-]{2,40})       # charset=utf-8, content="text/html; charset=big5"
    |<\?xml[^>]{0,200}?encoding\s*+=\s*+["']([\w.:-]{2,40})        # <?xml version="1.0" encoding="utf-8"?>
    """,
    re.IGNORECASE | re.VERBOSE,
)
CODECS_BY_ALIAS = {
    **dict.fromkeys(
        (
            "iso-8859-1",
            "iso8859-1",
            "iso_8859-1",
            "latin1",
            "latin-1",
            "l1",
            "ascii",
            "us-ascii",
            "x-cp1252",
            "ansi",
            "8859-1",
        ),
        "cp1252",
    ),
    **dict.fromkeys(
        ("gb2312", "gbk", "gb_2312-80", "x-gbk", "chinese", "csgb2312", "gb-2312", "gb18030-2000"), "gb18030"
    ),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j", "shiftjis"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ksc5601", "korean", "ks_c_5601", "windows-949", "euckr"), "cp949"),
    **dict.fromkeys(("big5", "big-5", "x-x-big5", "big5-hkscs", "cn-big5"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-9", "latin5", "iso8859-9", "turkish"), "cp1254"),
    **dict.fromkeys(("iso-8859-11", "tis-620", "tis620", "windows-874"), "cp874"),
    **dict.fromkeys(
        ("utf8", "unicode-1-1-utf-8", "utf-8", "x-unicode20utf8", "unicode", "utf-16", "utf16", "utf-8mb4", "utf8mb4"),
        "utf-8",
    ),
    "iso-8859-8-i": "iso-8859-8",
    "x-euc-jp": "euc-jp",
    "x-mac-roman": "mac-roman",
    "koi8-ru": "koi8-u",
}
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
CONTROL_BYTES = bytes((*range(9), 11, 12, *range(14, 32), 127))  # those of one byte in UTF-8
WIDE_CONTROLS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")  # U+FFFE and U+FFFF
ISO_2022_ESCAPE = re.compile(rb"\x1b\$[B@]|\x1b\$\)C")  # Japanese; Korean
MAX_HEAD = 200_000  # bytes in which a charset is declared; browsers read 1,024, but scripts often stand before it
MIN_READABILITY = 0.6  # share of the best charset's readability that a declared one needs; on the corpus' charsets
MAX_REPLACED = 0.01  # share of a text that its declared charset may leave unread; damage, not another charset
FEW_REPLACED = 2  # characters that may be unread in a text of any length
SOUND_PER_BROKEN = 3  # sound UTF-8 characters per broken byte that make a page UTF-8; chance makes far fewer
CONTROLS_SAMPLE = 60_000  # characters in which control characters are counted
MAX_CONTROLS = 0.05  # share of control characters; text in a wrong charset and binary data have more
FEW_CONTROLS = 20  # control characters that a short text may have, by judgement
ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
CUT_OFF_CHARACTER = re.compile("[\udc80-\udcff]{1,3}$")
WESTERN_CHARSETS = frozenset({"cp1252", "latin-1", "iso8859-1", "iso8859-15"})
LATIN_CHARSETS = frozenset({"cp1252", "cp1250", "cp1254", "cp1257", "cp1258"})


def decode(body: bytes, charset: str = "") -> str:
    """The page's text without control characters; raises `Rejected` for what is no text or no page.

    `charset` is what was said of the page where it was kept; it counts before what the page says of itself.
    """
    refuse_binary(body)
    text = decode_charset(body, charset)
    if holds_controls(text):
        damaged = len(CONTROLS.findall(text[:CONTROLS_SAMPLE]))
        if damaged > max(FEW_CONTROLS, MAX_CONTROLS * len(text[:CONTROLS_SAMPLE])):
            raise Rejected(Reason.UNDECODABLE, "The bytes are no text in any charset that could be found.")
        text = CONTROLS.sub("", text)
    refuse_other_formats(text)
    return text


def holds_controls(text: str) -> bool:
    """Whether any of `CONTROLS` stands in the text. Looking at its bytes takes a tenth of the pattern's time."""
    try:
        body = text.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate
        return True
    return len(body.translate(None, CONTROL_BYTES)) < len(body) or any(control in body for control in WIDE_CONTROLS)


def decode_charset(body: bytes, charset: str) -> str:
    """The text by its byte order mark, its escapes or tags, as UTF-8, in the declared charset or in the likeliest."""
    wide = decode_wide_text(body)
    if wide:
        return wide
    for bom, codec in BYTE_ORDER_MARKS:
        if body.startswith(bom):
            body = body[len(bom) :]
            if codec == "utf-8" or not has_narrow_tags(body):
                return body.decode(codec, "replace")
    if b"\x1b" in body and ISO_2022_ESCAPE.search(body):
        return body.decode("iso-2022-kr" if b"\x1b$)C" in body else "iso-2022-jp", "replace")
    declared = known_codec(charset) or declared_charset(body)
    try:
        return undo_double_encoding(body.decode("utf-8"))
    except UnicodeDecodeError:
        return (
            decode_damaged_utf8(body, declared)
            or decode_declared(body, declared)
            or body.decode(detect_charset(body)[0], "replace")
        )


def declared_charset(body: bytes) -> str:
    """The codec that the page names in its head, under the name Python knows; empty for none or an unknown one."""
    for match in CHARSET_DECLARATION.finditer(body[:MAX_HEAD]):
        codec = known_codec((match[1] or match[2]).decode("ascii", "ignore"))
        if codec:
            return codec
    return ""


def known_codec(name: str) -> str:
    """Python's name of a charset; empty for an unknown one."""
    try:
        return codecs.lookup(CODECS_BY_ALIAS.get(name.lower(), name.lower())).name if name else ""
    except LookupError:
        return ""


def decode_damaged_utf8(body: bytes, declared: str) -> str:
    """A page that is UTF-8 but for some bytes, else empty.

    Those are read as Windows-1252, and a character cut off at the end is dropped.
    """
    sound = body.decode("utf-8", "ignore")
    broken = len(body) - len(sound.encode())
    whole = len(sound) - len(sound.encode("ascii", "ignore"))
    if whole >= SOUND_PER_BROKEN * broken or (declared == "utf-8" and whole >= broken):
        text = body.decode("utf-8", "surrogateescape")
        text = CUT_OFF_CHARACTER.sub("", text)
        return ESCAPED_BYTE.sub(lambda match: bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace"), text)
    return ""


def decode_declared(body: bytes, declared: str) -> str:
    """The page in its declared charset, unless that garbles it."""
    if not declared or declared == "utf-8":
        return ""
    try:
        text = body.decode(declared, "replace")
    except (LookupError, ValueError):
        return ""
    strange = text.count("\ufffd")
    return text if strange <= MAX_REPLACED * len(text) + FEW_REPLACED and is_plausible_charset(body, declared) else ""


def is_plausible_charset(body: bytes, declared: str) -> bool:
    """Whether a page may be in its declared charset; any bytes can be decoded in most of them.

    Western ones are believed where no other kind reads better, others unless one reads much better.
    """
    best, score = detect_charset(body)
    if declared in WESTERN_CHARSETS:
        return best in LATIN_CHARSETS
    if declared == "gb18030" and best == "euc-jp":
        return False  # both write kana alike, and only Japanese has so many that its charset reads better
    return best == declared or readability(body, declared) > MIN_READABILITY * score
