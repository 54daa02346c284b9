"""A few sentences that say what an article is about, in its own words."""

import re
import unicodedata

from shared.text.sentences import split_sentences

MAX_SUMMARY_COLUMNS = 320  # about four lines of 80; a CJK letter takes two columns
MIN_STANDFIRST_COLUMNS = 40  # a shorter standfirst is a label; by judgement
_WIDE = re.compile(r"[\u1100-\u11ff\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]")
_WIDE_FACTOR = 2  # columns of a CJK letter
_VOWELS_WRITTEN_FIRST = "เแโใไເແໂໃໄ"
_NOISE = re.compile(
    r"""^(?: by\ | \(?reporting\ by                                   # By Ann Low
    | photo | image | picture | file\ photo | getty\ images | copyright | ©  # Photo: Getty Images
    | read\ more | related | watch: | listen: | this\ article | this\ story   # Read more: why the dam broke
    | advertisement | sign\ up | subscribe | follow\ us | share\ this        # Sign up to our newsletter
    | updated | published                                              # Updated 4 May, 9 am
    | [-–—•*]\s )                                                       # • A list item
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SENTENCE_ENDS = tuple(".!?…。！？।॥۔؟។።")
_CLOSING = "\"'”’»)]』」）"


def summarise(standfirst: str, text: str) -> str:
    """The standfirst, else the lead's whole sentences, within some 320 columns, of which a CJK letter takes two.

    What is longer is cut at a word's end, with an ellipsis.
    """
    given = " ".join(standfirst.split())
    if columns(given) >= MIN_STANDFIRST_COLUMNS or (given and not text.strip()):
        return join_to_length(split_sentences(given) or [given])
    return join_to_length(lead_sentences(text)) or join_to_length([given])


def lead_sentences(text: str) -> list[str]:
    """Prose sentences from the start: no credits, bylines, list items or headings while there is anything else."""
    sentences = split_sentences(text)
    prose = [
        sentence
        for sentence in sentences
        if not _NOISE.match(sentence) and sentence.rstrip(_CLOSING).endswith(_SENTENCE_ENDS)
    ]
    return prose or [sentence for sentence in sentences if not _NOISE.match(sentence)] or sentences


def join_to_length(sentences: list[str]) -> str:
    """As many leading sentences as have room, at least one, cut if it must be."""
    if not sentences:
        return ""
    summary = sentences[0]
    if columns(summary) > MAX_SUMMARY_COLUMNS:
        return cut_sentence(summary)
    for sentence in sentences[1:]:
        joined = summary + space_after(summary) + sentence
        if columns(joined) > MAX_SUMMARY_COLUMNS:
            break
        summary = joined
    return summary


def space_after(before: str) -> str:
    return "" if _WIDE.match(before[-1]) else " "


def columns(text: str) -> int:
    return len(text) + len(_WIDE.findall(text)) * (_WIDE_FACTOR - 1)


def cut_sentence(sentence: str) -> str:
    """The start of the sentence up to the end of a word.

    Scripts without spaces are cut between letters, if possible at a comma.
    """
    head = sentence
    while columns(head) > MAX_SUMMARY_COLUMNS - 1:
        head = head[: len(head) - max(1, (columns(head) - MAX_SUMMARY_COLUMNS) // _WIDE_FACTOR)]
    if _WIDE.match(head[-1]) or _WIDE.match(sentence[len(head)]):
        stop = max(head.rfind(mark) for mark in "，、；：")
        return head[: stop if stop > len(head) // 2 else len(head)] + "…"
    if not sentence[len(head)].isspace():
        head = head.rpartition(" ")[0] or cut_between_letters(head, sentence)
    return head.rstrip(" ,;:–—-(\"“'‘") + "…"


def cut_between_letters(head: str, sentence: str) -> str:
    """The head of a sentence in a script without spaces, so that a letter keeps its vowel and tone marks."""
    while head and (unicodedata.category(sentence[len(head)])[0] == "M" or head[-1] in _VOWELS_WRITTEN_FIRST):
        head = head[:-1]
    return head
