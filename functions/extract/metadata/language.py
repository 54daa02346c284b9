"""The language of a text by its script and its small words; the page's declaration decides between close candidates."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from functions.extract.found import Found
from functions.extract.lexicon import load_lines

WORD = re.compile(
    r"""
    [^\W\d_\u0900-\u0dff]+(?:[’'‘][^\W\d_]+)?           # "council", "l'eau", "рада"
    |[\u0900-\u0963\u0971-\u09e5\u09f0-\u0a65\u0a70-\u0ae5\u0af0-\u0dff]+  # "में": letters with vowel signs
    """,
    re.VERBOSE,
)
MAX_SAMPLE = 5_000  # characters of the text whose words are counted; more change no answer (by judgement)
MAX_SCRIPT_SAMPLE = 800  # characters of the text whose script is told
MIN_DECLARED_SHARE = 0.72  # a declared language is believed whose score is this share of the best (by judgement)
MIN_WORD_SHARE = 0.02  # score a word that a text must have in a language; below, only names were counted (by judgement)
MIN_KANA_SHARE = 0.05  # share of kana among Japanese and Chinese letters above which a text is Japanese
MIN_EASTERN_SHARE = 0.2  # share of those letters in the sample that lets kana decide
MIN_SIBLING_SHARE = 0.8  # share of the best score that makes a language close to the best (measured on SIB-200)
WORDS_PER_REPEAT = 12  # words of a text per further count of one word: a name that looks like a small word must not win
LANGUAGES_OF_ONE_SCRIPT = (
    ("ja", "\u3040", "\u30ff"),
    ("ko", "\uac00", "\ud7af"),
    ("zh", "\u3400", "\u9fff"),
    ("th", "\u0e00", "\u0e7f"),
    ("lo", "\u0e80", "\u0eff"),
    ("el", "\u0370", "\u03ff"),
    ("hy", "\u0530", "\u058f"),
    ("ka", "\u10a0", "\u10ff"),
    ("pa", "\u0a00", "\u0a7f"),
    ("gu", "\u0a80", "\u0aff"),
    ("or", "\u0b00", "\u0b7f"),
    ("ta", "\u0b80", "\u0bff"),
    ("te", "\u0c00", "\u0c7f"),
    ("kn", "\u0c80", "\u0cff"),
    ("ml", "\u0d00", "\u0d7f"),
    ("si", "\u0d80", "\u0dff"),
    ("my", "\u1000", "\u109f"),
    ("km", "\u1780", "\u17ff"),
    ("bo", "\u0f00", "\u0fff"),
)
SHARED_SCRIPTS = {
    "cyrillic": ("\u0400", "\u04ff"),
    "arabic": ("\u0600", "\u06ff"),
    "hebrew": ("\u0590", "\u05ff"),
    "devanagari": ("\u0900", "\u097f"),
    "bengali": ("\u0980", "\u09ff"),
    "ethiopic": ("\u1200", "\u137f"),
}
SAME_LANGUAGE = {
    "nb": "no",
    "iw": "he",
    "in": "id",
    "fil": "tl",
    "cn": "zh",
    "jp": "ja",
    "kr": "ko",
    "gr": "el",
    "cz": "cs",
    "ua": "uk",
    "dk": "da",
    "se": "sv",
}


def find_language(text: str, declared: Iterable[str]) -> Found[str]:
    """ISO 639-1 code of the text (639-3 where there is none); empty where nothing tells."""
    hints = [hint for value in declared if (hint := language_code(value))]
    sample = text[:MAX_SAMPLE]
    spoken = language_or_script(sample[:MAX_SCRIPT_SAMPLE])
    if spoken in SHARED_SCRIPTS or spoken == "latin":
        return language_of_words(sample, hints, spoken)
    if spoken:
        return Found(spoken, "text")
    return Found(hints[0], "declared") if hints else Found("", "")


def language_code(value: str) -> str:
    """The language part of a tag such as "en-GB", "pt_BR" or "Deutsch (de)", in one spelling."""
    match = re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", value)
    code = match[1].lower() if match else ""
    return SAME_LANGUAGE.get(code, code) if code not in {"und", "mul", "zxx"} else ""


def language_or_script(sample: str) -> str:
    """A language that owns its script, the name of a script that several share, or "latin"."""
    if sample.isascii():
        return "latin" if any(map(str.isalpha, sample)) else ""
    letters = [character for character in sample if character.isalpha() or "\u0900" <= character <= "\u0dff"]
    if not letters:
        return ""
    counts = Counter(script_of_letter(character) for character in letters)
    if counts["ja"] > MIN_KANA_SHARE * (counts["ja"] + counts["zh"]) and counts["ja"] + counts[
        "zh"
    ] > MIN_EASTERN_SHARE * len(letters):
        return "ja"
    return counts.most_common(1)[0][0]


@cache
def script_of_letter(character: str) -> str:
    for code, first, last in LANGUAGES_OF_ONE_SCRIPT:
        if first <= character <= last:
            return code
    return next((name for name, (first, last) in SHARED_SCRIPTS.items() if first <= character <= last), "latin")


def language_of_words(sample: str, hints: list[str], script: str) -> Found[str]:
    """The language whose small words the text has; a declared one where it comes close."""
    words = Counter(WORD.findall(sample.casefold().replace("’", "'")))
    total = words.total() or 1
    most = 1 + total // WORDS_PER_REPEAT
    counts = {word: min(count, most) for word, count in words.items()}
    scores = scores_of_words(counts)
    best = best_of_siblings(scores, counts)
    for hint in hints:
        if scores[hint] >= MIN_DECLARED_SHARE * scores[best] > 0 or (
            best and scores[best] < MIN_WORD_SHARE * total and is_written_in(hint, script)
        ):
            return Found(hint, "declared, fits the text")
    if best and scores[best] >= MIN_WORD_SHARE * total:
        return Found(best, "text")
    fitting = (Found(hint, "declared") for hint in hints if is_written_in(hint, script))
    return next(fitting, Found(best, "text" if best else ""))


def scores_of_words(counts: dict[str, int]) -> Counter[str]:
    """A figure for each language that has some of the words: a word of several languages counts less for each."""
    table = languages_by_word()
    scores: Counter[str] = Counter()
    for word, count in counts.items():
        codes = table.get(word, ())
        for code in codes:
            scores[code] += count / len(codes) ** 0.5
    return scores


def best_of_siblings(scores: Counter[str], counts: dict[str, int]) -> str:
    """The language with the best score; among close ones the one with most of the words that they do not share.

    Indonesian and Malay, or Danish and Norwegian, share nearly all small words: only the others tell them apart.
    """
    best = max(scores, key=scores.__getitem__, default="")
    close = {code for code, score in scores.items() if score >= MIN_SIBLING_SHARE * scores[best]}
    if close <= {best}:
        return best
    table = languages_by_word()
    own = Counter({best: 0})
    for word, count in counts.items():
        having = close.intersection(table.get(word, ()))
        if len(having) < len(close):
            for code in having:  # Counter.update takes ten times as long
                own[code] += count
    return max(sorted(close), key=lambda code: (own[code], scores[code], code == best), default="")


def is_written_in(code: str, script: str) -> bool:
    """Whether a language is written in the script, as far as the word table knows it."""
    return scripts_by_language().get(code, script) == script


@cache
def languages_by_word() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for line in load_lines("charset/function_words"):
        code, *words = line.split()
        for word in dict.fromkeys(words):
            table.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in table.items()}


@cache
def scripts_by_language() -> dict[str, str]:
    known = {code: code for code, *_ in LANGUAGES_OF_ONE_SCRIPT}
    for line in load_lines("charset/function_words"):
        code, _, words = line.partition(" ")
        known[code] = Counter(script_of_letter(letter) for letter in words if letter.isalpha()).most_common(1)[0][0]
    return known
