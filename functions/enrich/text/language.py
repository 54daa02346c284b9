"""The language of a text that came without one, told by its script and its small words.

A page's record has a language already: extract reads the page's declarations too, which this module cannot see.
"""

from collections import Counter
from functools import cache

from functions.enrich.lexicon import load_lines

MAX_SAMPLE_CHARACTERS = 3000  # of the text; by judgement: five hundred words tell any language
MIN_WORD_SHARE = (
    0.04  # score per word that a text must have in a language; below, only names were counted; by judgement
)
MIN_SCORE = (
    1.2  # of a language: one small word alone may be a word of another language ("care" is Romanian); by judgement
)
MIN_LEAD = 1.25  # times the second language's score; close relatives (es and gl, cs and sk) are no answer; by judgement
MIN_KANA_SHARE = 0.05  # of kana among Japanese and Chinese letters, above which a text is Japanese; as in extract
MIN_SCRIPT_SHARE = 0.3  # of all letters, from which a script decides: Latin names stand in any text; by judgement
KANA = ("\u3040", "\u30ff")
HAN = ("\u3400", "\u9fff")
WORDLESS_SCRIPTS = {
    "th": ("\u0e00", "\u0e7f"),
    "lo": ("\u0e80", "\u0eff"),
    "km": ("\u1780", "\u17ff"),
    "ko": ("\uac00", "\ud7af"),
}


def detect_language(text: str) -> str:
    """ISO 639-1 code of the text, or nothing where no language stands out."""
    sample = text[:MAX_SAMPLE_CHARACTERS].lower().replace("’", "'")
    letters = [character for character in sample if character.isalpha()]
    return language_of_script(letters) or language_of_small_words(sample)


def language_of_script(letters: list[str]) -> str:
    """The language where the script alone tells it: Japanese, Chinese, Korean and those that write no spaces."""
    kana, han = count_between(letters, *KANA), count_between(letters, *HAN)
    if kana + han > MIN_SCRIPT_SHARE * len(letters):
        return "ja" if kana > MIN_KANA_SHARE * (kana + han) else "zh"
    for code, (first, last) in WORDLESS_SCRIPTS.items():
        if count_between(letters, first, last) > MIN_SCRIPT_SHARE * len(letters):
            return code
    return ""


def count_between(letters: list[str], first: str, last: str) -> int:
    return sum(first <= letter <= last for letter in letters)


def language_of_small_words(sample: str) -> str:
    """The language that most of the small words are of; a word that several languages share counts less."""
    words = [word.strip(".,;:!?\"“”„«»()'…。") for word in sample.split()]
    table = languages_by_word()
    scores: Counter[str] = Counter()
    for word in words:
        for code in table.get(word, ()):
            scores[code] += 1 / len(table[word]) ** 0.5
    ranked = [*scores.most_common(2), ("", 0.0), ("", 0.0)]
    (best, score), (_, second) = ranked[:2]
    enough = max(MIN_SCORE, MIN_WORD_SHARE * len(words), MIN_LEAD * second)
    return best if score >= enough else ""


@cache
def function_words(language: str) -> frozenset[str]:
    """The small words of one language; empty where none are known."""
    return frozenset(word for word, codes in languages_by_word().items() if language in codes)


@cache
def languages_by_word() -> dict[str, tuple[str, ...]]:
    """Each small word with the languages it is one of, read on first use."""
    table: dict[str, list[str]] = {}
    for line in load_lines("language_words"):
        code, *words = line.split()
        for word in dict.fromkeys(words):
            table.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in table.items()}
