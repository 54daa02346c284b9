"""UTF-16, UTF-32 and EBCDIC by their tags: markup is ASCII in every language, so that its bytes stand out."""

import re

MAX_SAMPLE = 100_000  # bytes in which tags are counted
WIDE_TAGS = {
    "utf-32-le": re.compile(rb"<\0\0\0[!/a-zA-Z]\0\0\0"),
    "utf-32-be": re.compile(rb"\0\0\0<\0\0\0[!/a-zA-Z]"),
    "utf-16-le": re.compile(rb"<\0[!/a-zA-Z]\0"),
    "utf-16-be": re.compile(rb"\0<\0[!/a-zA-Z]"),
}
NARROW_TAG = re.compile(rb"<[!/a-zA-Z][a-zA-Z-]*+[\s>]")
WORD_EDGE = re.compile(r"[<>\s]")
EBCDIC_TAG = re.compile(rb"\x4c(?:\x88\xa3\x94\x93|\xc8\xe3\xd4\xd3)")


def decode_wide_text(body: bytes) -> str:
    """The page's text if most of its tags are written so, whatever mark it begins with; else empty."""
    sample = body[:MAX_SAMPLE]
    if EBCDIC_TAG.search(sample[:2_000]) and b"<" not in sample[:200]:
        return body.decode("cp037")
    if b"\0" not in sample:
        return ""
    counts = {codec: len(tags.findall(sample)) for codec, tags in WIDE_TAGS.items()}
    most = max(counts.values())
    if most <= len(NARROW_TAG.findall(sample)):
        return ""
    # The first tag may have lost a byte, so that the true codec has one tag less than another reading of the rest.
    readings = {codec: decode_aligned(sample, codec) for codec, count in counts.items() if count >= max(1, most - 1)}
    # A wrong reading has fewer edges of words, or as many and some letters that the page has not.
    return decode_aligned(
        body,
        max(
            readings,
            key=lambda codec: (
                len(WORD_EDGE.findall(readings[codec])),
                -len(set(readings[codec])),
                begins_whole(body, codec),
            ),
        ),
    )


def begins_whole(body: bytes, codec: str) -> bool:
    """Whether the first tag stands where it would if no byte was lost."""
    tag = WIDE_TAGS[codec].search(body)
    return tag is not None and tag.start() % bytes_per_unit(codec) == 0


def bytes_per_unit(codec: str) -> int:
    """Bytes of the smallest unit of a codec."""
    return 4 if "32" in codec else 2


def has_narrow_tags(body: bytes) -> bool:
    """Whether tags are written with one byte a character."""
    return NARROW_TAG.search(body[:MAX_SAMPLE]) is not None


def decode_aligned(body: bytes, codec: str) -> str:
    """The text of the page, counted from its tags.

    A page may have lost a byte at its start or in its midst, so that what follows stands one byte off.
    """
    unit = bytes_per_unit(codec)
    parts: list[str] = []
    begin = last = -1
    for tag in WIDE_TAGS[codec].finditer(body):
        if begin < 0:
            begin = tag.start() if has_narrow_tags(body[: tag.start()]) else tag.start() % unit
        elif (tag.start() - begin) % unit:
            parts.append(body[begin:last].decode(codec, "ignore"))
            begin = tag.start()
        last = tag.start()
    return "".join(parts) + body[max(begin, 0) :].decode(codec, "ignore")
