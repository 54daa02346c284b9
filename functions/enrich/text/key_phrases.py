"""Key phrases: the words and pairs of words that an article keeps coming back to."""

import math
import re
from collections import Counter
from functools import cache
from itertools import pairwise

from functions.enrich.lexicon import load_words

MAX_PHRASES = 8  # per article; by judgement: one line of the record
MIN_WORD_LETTERS = 2  # a single letter is an initial or a mark of a list; by judgement
MIN_PLURAL_LETTERS = 5  # `bus` and `news` are no plurals; by judgement
LEAD_CHARACTERS = 600  # of the text's beginning, whose phrases weigh more; by judgement
PHRASE_LENGTH_BONUS = 0.6  # per further word of a phrase, over a single word; by judgement
FULL_WEIGHT_LETTERS = 5  # per word, from which a phrase weighs in full: short words say little; by judgement
LEAD_BONUS = 1.5  # times the weight of a phrase of title or lead; by judgement
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|[.,;:!?()\"“”\n—–]")
_HISSES = ("ches", "shes", "xes", "sses")
_ELIDES = frozenset(["fr", "it"])
_ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu|un|dell|nell|all|sull|dall|quell)['’](?=\w)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
Run = tuple[list[str], list[str]]  # the words as written, and what they are counted as

LANGUAGES = frozenset(["en", "de", "fr", "es", "it", "pt", "nl"])


def key_phrases(title: str, text: str, language: str = "en") -> list[str]:
    """Up to eight phrases of one to three words as the article writes them, weightiest first.

    None in a language whose small words are not known.
    """
    if language not in LANGUAGES:
        return []
    if language in _ELIDES:
        title, text = _ELIDED.sub(" ", title), _ELIDED.sub(" ", text)
    runs = [
        (run, [fold_plural(word.casefold()) for word in run])
        for run in split_runs(f"{title}\n{text}", load_words(f"stop_{language}"))
    ]
    counts = Counter([phrase for _, keys in runs for phrase in neighbour_phrases(keys)])
    lead = f"{title} {text[:LEAD_CHARACTERS]}".casefold()
    scores = {phrase: score_phrase(phrase, count, lead) for phrase, count in counts.items() if count > 1}
    ranked = sorted(scores, key=lambda phrase: (-scores[phrase], phrase))
    return [commonest_form(phrase, runs) for phrase in without_overlaps(ranked)]


def split_runs(text: str, stop: frozenset[str]) -> list[list[str]]:
    """Words that stand together without a small word or a mark between them."""
    runs: list[list[str]] = [[]]
    for word in _WORD.findall(text):
        plain = _POSSESSIVE.sub("", word)
        if len(plain) < MIN_WORD_LETTERS or plain.lower().replace("’", "'") in stop or not plain[0].isalpha():
            runs.append([])
        else:
            runs[-1].append(plain)
            if plain != word:
                runs.append([])
    return [run for run in runs if run]


def neighbour_phrases(keys: list[str]) -> list[str]:
    """Every one, two or three neighbours of a run."""
    return [*keys, *map(" ".join, pairwise(keys)), *map(" ".join, zip(keys, keys[1:], keys[2:], strict=False))]


@cache
def fold_plural(word: str) -> str:
    """Without the plural in -s, which most of these languages share, or in -es after a hiss.

    `gas`, `class`, `crisis` stay.
    """
    if word.endswith(_HISSES):
        return word[:-2]
    is_plural = len(word) >= MIN_PLURAL_LETTERS and word.endswith("s") and word[-2] not in "siu'"
    return word[:-1] if is_plural else word


def commonest_form(phrase: str, runs: list[Run]) -> str:
    """How the article most often writes the phrase; of two, the first in the alphabet."""
    wanted = phrase.split(" ")
    length = len(wanted)
    forms = Counter(
        " ".join(words[i : i + length])
        for words, keys in runs
        if wanted[0] in keys
        for i in range(len(keys) - length + 1)
        if keys[i : i + length] == wanted
    )
    return min(forms, key=lambda form: (-forms[form], form))


def score_phrase(phrase: str, count: int, lead: str) -> float:
    """Repetition counts, longer phrases and long words more, and what the lead says too most of all."""
    words = phrase.split(" ")
    weight = math.log1p(count) * (1 + PHRASE_LENGTH_BONUS * (len(words) - 1))
    weight *= min(1.0, len(phrase) / (FULL_WEIGHT_LETTERS * len(words)))
    return weight * (LEAD_BONUS if words[0] in lead and words[-1] in lead else 1.0)


def without_overlaps(ranked: list[str]) -> list[str]:
    """The best phrases, none of which lies within another or shares most of its words with one."""
    kept: list[str] = []
    for phrase in ranked:
        words = set(phrase.split(" "))
        if not any(share_most_words(words, set(other.split(" "))) for other in kept):
            kept.append(phrase)
        if len(kept) == MAX_PHRASES:
            break
    return kept


def share_most_words(some: set[str], others: set[str]) -> bool:
    return 2 * len(some & others) > min(len(some), len(others))
