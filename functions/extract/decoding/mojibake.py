"""UTF-8 that was read as Windows-1252 and saved as UTF-8 once more: "thÃ©Ã¢tre"."""

import re

CONTINUATION_BYTES = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\ufffd"
DOUBLE_ENCODED = re.compile(
    f"[\xc2-\xdf][{CONTINUATION_BYTES}]|[\xe0-\xef][{CONTINUATION_BYTES}]{{2}}|[\xf0-\xf4][{CONTINUATION_BYTES}]{{3}}"
)
SUSPECT_PAIR = re.compile(f"[\xc2-\xf4][{CONTINUATION_BYTES}]")
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
MAX_SAMPLE = 60_000  # characters that are looked at
MIN_PAIRS = 8  # suspect pairs; fewer may be a page that writes about encodings
MAX_OTHERS = 0.1  # other letters beyond ASCII per suspect pair; a page is doubled as a whole


def undo_double_encoding(text: str) -> str:
    """The text as it was meant where nearly all of it beyond ASCII is doubled so, else as it is."""
    sample = text[:MAX_SAMPLE] if not text.isascii() else ""
    doubled = len(SUSPECT_PAIR.findall(sample))
    if doubled < MIN_PAIRS or len(BEYOND_ASCII.findall(DOUBLE_ENCODED.sub("", sample))) > MAX_OTHERS * doubled:
        return text
    return DOUBLE_ENCODED.sub(lambda match: encode_back(match[0]), text)


def encode_back(letters: str) -> str:
    """The one character that these letters are the bytes of; the letters where they are none."""
    if "\ufffd" in letters:
        return "\ufffd"
    octets = b"".join(bytes([ord(letter)]) if letter <= "\xff" else letter.encode("cp1252") for letter in letters)
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return letters
