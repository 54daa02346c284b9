"""What is done to any text of a page: spaces, entities and tags taken out, words alone for comparing.

Ranges of scripts are named here once, as parts of a character class.
"""

import html
import re

KANA = r"\u3040-\u30ff"
HAN = r"\u3400-\u9fff"
HAN_COMPATIBILITY = r"\uf900-\ufaff"
HANGUL = r"\uac00-\ud7af"
THAI = r"\u0e00-\u0e7f"
LAO = r"\u0e80-\u0eff"
KHMER = r"\u1780-\u17ff"
MYANMAR = r"\u1000-\u109f"
UNSPACED = KANA + HAN + HAN_COMPATIBILITY  # scripts without spaces in which each character counts as a word
WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")
PLAIN_WORD = re.compile(r"\w+")  # the same where no character is of those scripts, and a third faster
UNSPACED_CHARACTER = re.compile(f"[{UNSPACED}]")
MAX_PIECE = 50_000  # characters whose words are listed at once; a list of words takes some twenty times their memory
MAX_CLEAN_TEXT = 5_000  # characters of a declared value or a line; nothing that is shown as one is longer


def clean(text: str) -> str:
    """Entities decoded (twice: some encode them twice), tags dropped, spaces folded."""
    text = text[:MAX_CLEAN_TEXT]
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = re.sub(r"<[^<>]{0,200}>", "", text)
    return " ".join(text.split())


def one_line(text: str) -> str:
    """The text with single spaces; a long one piece by piece, since a list of its words takes many times its memory."""
    if len(text) <= MAX_PIECE:
        return " ".join(text.split())
    pieces: list[str] = []
    apart = False
    for start in range(0, len(text), MAX_PIECE):
        piece = text[start : start + MAX_PIECE]
        words = " ".join(piece.split())
        if words:
            pieces += [" ", words] if pieces and (apart or piece[0].isspace()) else [words]
            apart = False
        apart = apart or piece[-1].isspace()
    return "".join(pieces)


def words_of(text: str) -> list[str]:
    """Every word of the text, as `WORD` finds them."""
    has_unspaced = not text.isascii() and UNSPACED_CHARACTER.search(text)
    return (WORD if has_unspaced else PLAIN_WORD).findall(text)


def folded(text: str) -> str:
    """The text's words alone, in lower case."""
    return " ".join(words_of(text.casefold()))
