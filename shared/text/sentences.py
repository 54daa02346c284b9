"""Where sentences end, in any script, without a model."""

import re

from shared.text.lexicon import load_lines, load_words

# Ends of Latin, Cyrillic, Greek, Armenian and Ge'ez sentences need white space after them. Ends of CJK, Devanagari,
# Khmer, Burmese and Arabic sentences do not.
# A run of ends is looked at once, from its first one: 60,000 full stops in a row took half a minute otherwise.
_SPACED_MARKS = r".!?…\u0589\u1362\u1367"
_SPACED_END = rf"(?<![{_SPACED_MARKS}])[{_SPACED_MARKS}]++[\"'”’»)\]]*+(?=\s)"
_BARE_END = r"[。！？｡．‼⁉।॥۔؟។၊။]+[”’」』）\"]*"
_ENDS = re.compile(rf"{_BARE_END}|{_SPACED_END}")
_LAST_WORD = re.compile(r"(?:^|[\s(\[\"'“‘«-])([^\s(\[\"'“‘«]*)\.$")
_OPENERS = tuple(f"{word} " for word in load_lines("sentence_openers"))
_WINDOW = 40  # characters looked at on either side of a full stop: the longest abbreviation and a quotation mark or two
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]")


def split_sentences(text: str) -> list[str]:
    """The text's sentences in order, trimmed and never empty.

    A line break always ends one, so paragraphs stay apart.
    """
    return [sentence for line in text.split("\n") for sentence in split_line(line.strip())]


def split_line(line: str) -> list[str]:
    sentences: list[str] = []
    start = 0
    for end in _ENDS.finditer(line):
        if is_sentence_end(line, start, end):
            sentences.append(line[start : end.end()].strip())
            start = end.end()
    return [sentence for sentence in [*sentences, line[start:].strip()] if sentence]


def is_sentence_end(line: str, start: int, end: re.Match[str]) -> bool:
    """False for the full stop of an abbreviation or an initial, and where the next word goes on in lower case."""
    mark = end.group()
    following = line[end.end() : end.end() + _WINDOW].lstrip().lstrip("\"'“‘«([¿¡—–-").lstrip()
    if following[:1].islower():
        return False
    return mark != "." or not ends_in_abbreviation(line[max(start, end.end() - _WINDOW) : end.end()], following)


def ends_in_abbreviation(head: str, following: str) -> bool:
    word = _LAST_WORD.search(head)
    if not word or not word.group(1):
        return False
    last = word.group(1)
    if _INITIALS.fullmatch(last):
        return len(last) == 1 or not following.startswith(_OPENERS)
    return last.lower() in load_words("abbreviations") and not (last.lower() == "no" and not following[:1].isdigit())
