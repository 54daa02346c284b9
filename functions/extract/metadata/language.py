"""The language of a text by its script and its small words; what the page declares decides only between close candidates."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from functions.extract.lexicon import load_lines

_WORD = re.compile(r"[^\W\d_]+(?:[’'‘][^\W\d_]+)?")
_SAMPLE = 5_000
_SCRIPT_SAMPLE = 800
_CLOSE = 0.72
_ENOUGH = 0.02
_ONE_SCRIPT = (
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
_SHARED_SCRIPTS = {
    "cyrillic": ("\u0400", "\u04ff"),
    "arabic": ("\u0600", "\u06ff"),
    "hebrew": ("\u0590", "\u05ff"),
    "devanagari": ("\u0900", "\u097f"),
    "bengali": ("\u0980", "\u09ff"),
    "ethiopic": ("\u1200", "\u137f"),
}
_SAME = {
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
_KANA_SHARE = 0.05


def find_language(text: str, declared: Iterable[str]) -> tuple[str, str]:
    """ISO 639-1 code of the text (639-3 where there is none) and where it came from; empty where nothing tells."""
    hints = [hint for value in declared if (hint := language_code(value))]
    sample = text[:_SAMPLE]
    spoken = _by_script(sample[:_SCRIPT_SAMPLE])
    if spoken in _SHARED_SCRIPTS or spoken == "latin":
        return _by_words(sample, hints, spoken)
    if spoken:
        return spoken, "text"
    return (hints[0], "declared") if hints else ("", "")


def language_code(value: str) -> str:
    """The language part of a tag such as "en-GB", "pt_BR" or "Deutsch (de)", in one spelling."""
    match = re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", value)
    code = match[1].lower() if match else ""
    return _SAME.get(code, code) if code not in {"und", "mul", "zxx"} else ""


def _by_script(sample: str) -> str:
    """A language that owns its script, the name of a script that several share, or "latin"."""
    letters = [character for character in sample if character.isalpha() or "\u0900" <= character <= "\u0dff"]
    if not letters:
        return ""
    counts = Counter(_script(character) for character in letters)
    if counts["ja"] > _KANA_SHARE * (counts["ja"] + counts["zh"]) and counts["ja"] + counts["zh"] > 0.2 * len(letters):
        return "ja"
    return counts.most_common(1)[0][0]


@cache
def _script(character: str) -> str:
    for code, first, last in _ONE_SCRIPT:
        if first <= character <= last:
            return code
    return next((name for name, (first, last) in _SHARED_SCRIPTS.items() if first <= character <= last), "latin")


def _by_words(sample: str, hints: list[str], script: str) -> tuple[str, str]:
    words = Counter(word.replace("’", "'") for word in _WORD.findall(sample.casefold()))
    total = words.total() or 1
    scores: Counter[str] = Counter()
    table = _languages_of_words()
    for word, count in words.items():
        for code in table.get(word, ()):
            scores[code] += min(count, 1 + total // 12) / len(table[word]) ** 0.5
    best = max(scores, key=scores.__getitem__, default="")
    for hint in hints:
        if scores[hint] >= _CLOSE * scores[best] > 0 or (
            best and scores[best] < _ENOUGH * total and _fits(hint, script)
        ):
            return hint, "declared, fits the text"
    if best and scores[best] >= _ENOUGH * total:
        return best, "text"
    return next(((hint, "declared") for hint in hints if _fits(hint, script)), (best, "text" if best else ""))


def _fits(code: str, script: str) -> bool:
    """Whether a language is written in the script, as far as the word table knows it."""
    return _scripts_of_languages().get(code, script) == script


@cache
def _languages_of_words() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for line in load_lines("charset/function_words"):
        code, *words = line.split()
        for word in dict.fromkeys(words):
            table.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in table.items()}


@cache
def _scripts_of_languages() -> dict[str, str]:
    known = {code: code for code, *_ in _ONE_SCRIPT}
    for line in load_lines("charset/function_words"):
        code, _, words = line.partition(" ")
        known[code] = Counter(_script(letter) for letter in words if letter.isalpha()).most_common(1)[0][0]
    return known
