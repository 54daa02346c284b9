"""UTF-16, UTF-32 and EBCDIC by their tags: markup is ASCII in every language, so that its bytes stand out in each of them."""

import re

_SAMPLE = 100_000
_TAGS = {
    "utf-32-le": re.compile(rb"<\0\0\0[!/a-zA-Z]\0\0\0"),
    "utf-32-be": re.compile(rb"\0\0\0<\0\0\0[!/a-zA-Z]"),
    "utf-16-le": re.compile(rb"<\0[!/a-zA-Z]\0"),
    "utf-16-be": re.compile(rb"\0<\0[!/a-zA-Z]"),
}
_NARROW = re.compile(rb"<[!/a-zA-Z][a-zA-Z-]*+[\s>]")
_EDGES = re.compile(r"[<>\s]")
_EBCDIC = re.compile(rb"\x4c(?:\x88\xa3\x94\x93|\xc8\xe3\xd4\xd3)")


def wide_text(body: bytes) -> str:
    """The page's text if most of its tags are written so, whatever mark it begins with; else empty."""
    sample = body[:_SAMPLE]
    if _EBCDIC.search(sample[:2_000]) and b"<" not in sample[:200]:
        return body.decode("cp037")
    if b"\0" not in sample:
        return ""
    counts = {codec: len(tags.findall(sample)) for codec, tags in _TAGS.items()}
    most = max(counts.values())
    if most <= len(_NARROW.findall(sample)):
        return ""
    readings = {codec: _aligned(sample, codec) for codec, count in counts.items() if count == most}
    return _aligned(
        body, max(readings, key=lambda codec: (len(_EDGES.findall(readings[codec])), _begins_whole(body, codec)))
    )


def _begins_whole(body: bytes, codec: str) -> bool:
    tag = _TAGS[codec].search(body)
    return tag is not None and tag.start() % _unit(codec) == 0


def _unit(codec: str) -> int:
    return 4 if "32" in codec else 2


def has_narrow_tags(body: bytes) -> bool:
    """Whether tags are written with one byte a character."""
    return _NARROW.search(body[:_SAMPLE]) is not None


def _aligned(body: bytes, codec: str) -> str:
    """The text of the page where its tags stand; it may have lost a byte at its start or in its midst, which leaves what follows askew."""
    unit = _unit(codec)
    parts: list[str] = []
    begin = last = -1
    for tag in _TAGS[codec].finditer(body):
        if begin < 0:
            begin = tag.start() if has_narrow_tags(body[: tag.start()]) else tag.start() % unit
        elif (tag.start() - begin) % unit:
            parts.append(body[begin:last].decode(codec, "ignore"))
            begin = tag.start()
        last = tag.start()
    return "".join(parts) + body[max(begin, 0) :].decode(codec, "ignore")
