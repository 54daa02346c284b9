"""What is done to any text of a page: spaces, entities and tags taken out, words alone for comparing."""

import html
import re

WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_PIECE = 50_000
_LONGEST_TEXT = 5_000


def clean(text: str) -> str:
    """Entities decoded (twice: some encode them twice), tags dropped, spaces folded."""
    text = text[:_LONGEST_TEXT]
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = re.sub(r"<[^<>]{0,200}>", "", text)
    return " ".join(text.split())


def one_line(text: str) -> str:
    """The text with single spaces; a long one piece by piece, since a list of its words takes many times its memory."""
    if len(text) <= _PIECE:
        return " ".join(text.split())
    pieces: list[str] = []
    apart = False
    for start in range(0, len(text), _PIECE):
        piece = text[start : start + _PIECE]
        words = " ".join(piece.split())
        if words:
            pieces += [" ", words] if pieces and (apart or piece[0].isspace()) else [words]
            apart = False
        apart = apart or piece[-1].isspace()
    return "".join(pieces)


def folded(text: str) -> str:
    """The text's words alone, in lower case."""
    return " ".join(WORD.findall(text.casefold()))
