"""Text of a hostile page as one line that a reader can see, and in ASCII for a mail's subject."""

import unicodedata

from anyascii import anyascii

INVISIBLE_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
LINE_ENDS = "\r\n\t\v\f\x85\u2028\u2029"
PICTURES = {"So", "Sk"}  # categories of emoji and the like, which have no letters to be written in
PLAIN_PUNCTUATION = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})


def plain(text: str) -> str:
    """One line without control, bidirectional or invisible characters."""
    seen = (" " if character in LINE_ENDS else character for character in text)
    shown = (c for c in seen if unicodedata.category(c) not in INVISIBLE_CATEGORIES)
    return " ".join("".join(shown).split())


def to_ascii(text: str) -> str:
    """One line of printable ASCII, every script in Latin letters: `Гавань голосует` → `Gavan' golosuet`.

    No part of it is an encoded word of mail, which a reader would see decoded: `=?` becomes `= ?`.
    """
    letters = "".join(c for c in plain(text) if unicodedata.category(c) not in PICTURES)
    written = anyascii(letters.translate(PLAIN_PUNCTUATION))
    shown = "".join(c if " " <= c <= "~" else " " for c in written)
    return " ".join(shown.replace("=?", "= ?").split())


def clip_at_word(text: str, length: int) -> str:
    """The text, cut after a word and with three dots where it is longer."""
    return text if len(text) <= length else text[: length - 3].rsplit(" ", 1)[0] + "..."
