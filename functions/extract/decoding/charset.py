"""From bytes to text: byte order marks, declared and undeclared charsets, damaged UTF-8. What cannot be text is refused by name."""

import codecs
import re

from functions.extract.decoding.charset_detection import guess, readability
from functions.extract.decoding.file_type import refuse_binary, refuse_other_formats
from functions.extract.decoding.mojibake import unfolded
from functions.extract.decoding.wide_encodings import has_narrow_tags, wide_text
from shared.domain.errors import Reason, Rejected

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_ALIASES = {
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
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_ESCAPES = re.compile(rb"\x1b\$[B@]|\x1b\$\)C")
_BELIEVED = 0.6
_SAMPLE = 60_000
_MOST_CONTROLS = 0.05
_FEW_CONTROLS = 20


def decode(body: bytes) -> str:
    """The page's text without control characters; raises `Rejected` for what is no text or no page."""
    refuse_binary(body)
    text = _decoded(body)
    if _CONTROLS.search(text):
        damaged = len(_CONTROLS.findall(text[:_SAMPLE]))
        if damaged > max(_FEW_CONTROLS, _MOST_CONTROLS * len(text[:_SAMPLE])):
            raise Rejected(Reason.UNDECODABLE, "The bytes are no text in any charset that could be found.")
        text = _CONTROLS.sub("", text)
    refuse_other_formats(text)
    return text


def _decoded(body: bytes) -> str:
    wide = wide_text(body)
    if wide:
        return wide
    for bom, codec in _BOMS:
        if body.startswith(bom):
            body = body[len(bom) :]
            if codec == "utf-8" or not has_narrow_tags(body):
                return body.decode(codec, "replace")
    if _ESCAPES.search(body):
        return body.decode("iso-2022-kr" if b"\x1b$)C" in body else "iso-2022-jp", "replace")
    declared = declared_charset(body)
    try:
        return unfolded(body.decode("utf-8"))
    except UnicodeDecodeError:
        return _mended_utf8(body, declared) or _in_charset(body, declared) or body.decode(guess(body)[0], "replace")


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
    """Charsets decode anything: Western ones are believed where no other kind reads better, others unless one reads much better."""
    best, score = guess(body)
    if declared in {"cp1252", "latin-1", "iso8859-1", "iso8859-15"}:
        return best in {"cp1252", "cp1250", "cp1254", "cp1257", "cp1258"}
    return best == declared or readability(body, declared) > _BELIEVED * score
