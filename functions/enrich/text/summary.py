"""A few sentences that say what an article is about, in its own words."""

import re
import unicodedata

from functions.enrich.text.sentences import split_sentences

LONGEST = 320
SHORTEST = 40
_WIDE = re.compile(r"[\u1100-\u11ff\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]")
_WIDE_FACTOR = 2
_VOWELS_WRITTEN_FIRST = "เแโใไເແໂໃໄ"
_NOISE = re.compile(
    r"^(?:by |photo|image|picture|read more|related|advertisement|sign up|subscribe|follow us|share this|updated|published|watch:|listen:|"
    r"file photo|getty images|copyright|©|\(?reporting by|this article|this story|[-–—•*]\s)",
    re.IGNORECASE,
)
_SENTENCE_ENDS = tuple(".!?…。！？।॥۔؟។።")
_CLOSING = "\"'”’»)]』」）"


def summarise(standfirst: str, text: str) -> str:
    """The standfirst, else the lead's whole sentences, within some 320 columns, of which a CJK letter takes two.

    What is longer is cut at a word's end, with an ellipsis.
    """
    given = " ".join(standfirst.split())
    if _width(given) >= SHORTEST or (given and not text.strip()):
        return _fit(split_sentences(given) or [given])
    return _fit(_lead(text)) or _fit([given])


def _lead(text: str) -> list[str]:
    """Sentences from the start that are prose: no credits, bylines, list items or bare headings while anything better follows."""
    sentences = split_sentences(text)
    prose = [
        sentence
        for sentence in sentences
        if not _NOISE.match(sentence) and sentence.rstrip(_CLOSING).endswith(_SENTENCE_ENDS)
    ]
    return prose or [sentence for sentence in sentences if not _NOISE.match(sentence)] or sentences


def _fit(sentences: list[str]) -> str:
    """As many leading sentences as have room, at least one, cut if it must be."""
    if not sentences:
        return ""
    summary = sentences[0]
    if _width(summary) > LONGEST:
        return _cut(summary)
    for sentence in sentences[1:]:
        joined = summary + _gap(summary) + sentence
        if _width(joined) > LONGEST:
            break
        summary = joined
    return summary


def _gap(before: str) -> str:
    return "" if _WIDE.match(before[-1]) else " "


def _width(text: str) -> int:
    return len(text) + len(_WIDE.findall(text)) * (_WIDE_FACTOR - 1)


def _cut(sentence: str) -> str:
    """The sentence's start up to a word's end; scripts without spaces are cut between letters, at a comma if there is one."""
    head = sentence
    while _width(head) > LONGEST - 1:
        head = head[: len(head) - max(1, (_width(head) - LONGEST) // _WIDE_FACTOR)]
    if _WIDE.match(head[-1]) or _WIDE.match(sentence[len(head)]):
        stop = max(head.rfind(mark) for mark in "，、；：")
        return head[: stop if stop > len(head) // 2 else len(head)] + "…"
    if not sentence[len(head)].isspace():
        head = head.rpartition(" ")[0] or _between_letters(head, sentence)
    return head.rstrip(" ,;:–—-(\"“'‘") + "…"


def _between_letters(head: str, sentence: str) -> str:
    """Where a script writes no spaces: not before a vowel or tone mark that belongs to the last letter, nor after a vowel written first."""
    while head and (unicodedata.category(sentence[len(head)])[0] == "M" or head[-1] in _VOWELS_WRITTEN_FIRST):
        head = head[:-1]
    return head
