"""Key phrases: the words and pairs of words that an article keeps coming back to."""

import math
import re
from collections import Counter
from functools import cache

from functions.enrich.wordlists import load_words

AT_MOST = 8
_LONGEST = 3
_SHORTEST = 2
_SHORTEST_PLURAL = 5
_LEAD = 600
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|[.,;:!?()\"“”\n—–]")
_POSSESSIVE = re.compile(r"['’]s?$")
LANGUAGES = frozenset(["en", "de", "fr", "es", "it", "pt", "nl"])


def key_phrases(title: str, text: str, language: str = "en") -> list[str]:
    """Up to eight phrases of one to three words as the article writes them, weightiest first.

    None in a language whose small words are not known.
    """
    if language not in LANGUAGES:
        return []
    runs = _runs(f"{title}\n{title}\n{text}", load_words(f"stop_{language}"))
    counts = Counter(phrase for run in runs for phrase in _phrases(run))
    forms = _forms(runs)
    lead = _key(f"{title} {text[:_LEAD]}")
    scores = {phrase: _score(phrase, count, lead) for phrase, count in counts.items() if count > 1}
    ranked = sorted(scores, key=lambda phrase: (-scores[phrase], phrase))
    return [forms[phrase] for phrase in _apart(ranked)]


def _runs(text: str, stop: frozenset[str]) -> list[list[str]]:
    """Words that stand together without a small word or a mark between them."""
    runs: list[list[str]] = [[]]
    for word in _WORD.findall(text):
        plain = _POSSESSIVE.sub("", word)
        if len(plain) < _SHORTEST or plain.lower() in stop or not plain[0].isalpha():
            runs.append([])
        else:
            runs[-1].append(plain)
            if plain != word:
                runs.append([])
    return [run for run in runs if run]


def _key(words: str) -> str:
    return words.casefold()


def _phrases(run: list[str]) -> list[str]:
    keys = [_singular(word.casefold()) for word in run]
    return [" ".join(keys[i : i + length]) for length in range(1, _LONGEST + 1) for i in range(len(keys) - length + 1)]


@cache
def _singular(word: str) -> str:
    """Folds the English plural in -s, which most of the other languages share; `gas`, `class` and `crisis` stay."""
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word.endswith("s") and word[-2] not in "siu'" else word


def _forms(runs: list[list[str]]) -> dict[str, str]:
    """How the article most often writes each phrase; between two, the first in the alphabet."""
    seen: dict[str, Counter[str]] = {}
    for run in runs:
        for length in range(1, _LONGEST + 1):
            for i in range(len(run) - length + 1):
                words = run[i : i + length]
                key = " ".join(_singular(word.casefold()) for word in words)
                seen.setdefault(key, Counter())[" ".join(words)] += 1
    return {key: min(forms, key=lambda form: (-forms[form], form)) for key, forms in seen.items()}


def _score(phrase: str, count: int, lead: str) -> float:
    """Repetition counts, longer phrases and long words more, and what the lead says too most of all."""
    words = phrase.split(" ")
    weight = math.log1p(count) * (1 + 0.6 * (len(words) - 1)) * min(1.0, len(phrase) / (5 * len(words)))
    return weight * (1.5 if words[0] in lead and words[-1] in lead else 1.0)


def _apart(ranked: list[str]) -> list[str]:
    """The best phrases, none of which lies within another or shares most of its words with one."""
    kept: list[str] = []
    for phrase in ranked:
        words = set(phrase.split(" "))
        if not any(words <= set(other.split(" ")) or set(other.split(" ")) <= words for other in kept):
            kept.append(phrase)
        if len(kept) == AT_MOST:
            break
    return kept
