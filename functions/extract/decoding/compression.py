"""Pages stored compressed: gzip, zlib and brotli, opened only as far as the bound."""

import re
import zlib

from shared.domain.errors import Reason, Rejected
from shared.domain.limits import MAX_PAGE_BYTES

GZIP_MAGIC = b"\x1f\x8b\x08"
ZLIB_MAGICS = (b"x\x01", b"x\x5e", b"x\x9c", b"x\xda")
ZLIB_STEP = 65_536  # bytes opened at a time; what follows a member is copied, so that a step is short
MAX_MEMBERS = 1_000  # parts of a gzip stream; one of 20 MB in parts of 64 KB, as programs write them, has 300
BROTLI_STEP = 65_536  # bytes opened at a time, so that the bound holds
BROTLI_SAMPLE = 512  # bytes of the stream and of what it opens to that are looked at
MAX_NULS = 16  # NULs among the first 64 bytes; a page in UTF-16 has 32
EMBEDDED_DATA = re.compile(rb";base64,[A-Za-z0-9+/=%_-]{100,}+")
TEXT_BYTES = frozenset(range(0x20, 0x100)) | {0x09, 0x0A, 0x0D, 0x1B}


def inflate(body: bytes, most: int) -> bytes:
    """The page's own bytes; raises `Rejected` where they are damaged or more than `most`."""
    if body.startswith(GZIP_MAGIC):
        return inflate_zlib(body, zlib.MAX_WBITS | 16, most)
    if body.startswith(ZLIB_MAGICS) and int.from_bytes(body[:2], "big") % 31 == 0:
        return inflate_zlib(body, zlib.MAX_WBITS, most)
    return inflate_brotli(body, most) if may_be_brotli(body) else body


def inflate_zlib(body: bytes, window: int, most: int) -> bytes:
    """Every member of the stream; what was read before a damaged part or a cut-off end counts."""
    opened = bytearray()
    place = 0
    for _ in range(MAX_MEMBERS):
        stream = zlib.decompressobj(window)
        try:
            while place < len(body) and not stream.eof:
                step = body[place : place + ZLIB_STEP]
                opened += stream.decompress(step, most + 1 - len(opened))
                place += len(step) - len(stream.unused_data)
                if len(opened) > most:
                    raise too_large()
        except zlib.error as error:
            if opened:
                break
            raise Rejected(Reason.UNDECODABLE, "The object is compressed and cannot be opened.") from error
        if place >= len(body):
            break
    return bytes(opened)


def inflate_brotli(body: bytes, most: int) -> bytes:
    """The opened stream, or the bytes as they are where they are no brotli."""
    import brotli  # type: ignore[import-untyped]  # noqa: PLC0415 - few pages need it, and a start-up is dear

    opened = bytearray()
    stream = brotli.Decompressor()
    try:
        step = stream.process(body, output_buffer_limit=BROTLI_STEP)
        while step and len(opened) <= most:
            opened += step
            step = b"" if stream.is_finished() else stream.process(b"", output_buffer_limit=BROTLI_STEP)
    except brotli.error:
        return bytes(opened) if is_text(bytes(opened[:BROTLI_SAMPLE])) else body
    if len(opened) > most:
        raise too_large()
    return bytes(opened) if opened and is_text(bytes(opened[:BROTLI_SAMPLE])) else body


def may_be_brotli(body: bytes) -> bool:
    """Brotli has no mark: bytes that open with no markup are worth a try."""
    marked = body.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    return not marked and body[:64].count(0) < MAX_NULS and body[:BROTLI_SAMPLE].lstrip()[:1] not in {b"<", b"{", b"["}


def is_text(sample: bytes) -> bool:
    """Whether all bytes may stand in a text of any charset of one or more bytes per letter."""
    return bool(sample) and all(byte in TEXT_BYTES for byte in sample)


def too_large() -> Rejected:
    """The refusal of a page past the bound of bytes, with what its owner can do."""
    most = f"{MAX_PAGE_BYTES // 1_000_000} MB"
    return Rejected(
        Reason.TOO_LARGE, f"The page is larger than {most}, stored or opened. Save it without its pictures and scripts."
    )


def remove_embedded_data(body: bytes) -> bytes:
    """The page without the data of pictures and fonts that were saved inside it."""
    return EMBEDDED_DATA.sub(b";base64,", body) if b";base64," in body else body
