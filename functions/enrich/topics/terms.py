"""How a text becomes the terms that the topic models know. Training and run time share this file.

Each language has a `TermScheme`. Where words are written apart, terms are folded words, pairs of neighbours and the
first letters of longer words. Japanese and Chinese have neighbouring characters instead.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise

from functions.enrich.lexicon import load_words
from functions.enrich.text.key_phrases import LANGUAGES as LANGUAGES_WITH_STOP_WORDS
from functions.enrich.text.language import function_words
from shared.text.stop_words import stop_words

MAX_READ_CHARACTERS = 2000  # of the text; 3,000 and 4,000 moved one page in 165 for a quarter more time (decision 0013)
MAX_READ_CHARACTERS_EASTERN = (
    800  # of a Japanese or Chinese text: it says in 800 what English says in 2,000; by judgement
)
LEAD_WORDS = 80  # of the text, from which each word weighs in full; by judgement: two or three paragraphs
BODY_WORDS = 400  # of the text, after which a word weighs as the tail does; by judgement
LEAD_CHARACTERS = 160  # of a Japanese or Chinese text that weigh in full; as long as `LEAD_WORDS`
TITLE_WEIGHT = 2.0  # per word, over the lead's; 3 and 4 lost half a part in a hundred on NYT blogs (decision 0013)
LEAD_WEIGHT = 1.0  # per word; the unit of these weights
BODY_WEIGHT = 0.6  # per word, under the lead's; by judgement
TAIL_WEIGHT = 0.4  # per word, under the body's; by judgement
PREFIX_MARK = "*"  # ends a term that is the beginning of a word
WHOLE_RUN_CHARACTERS = (
    1,
    4,
)  # of Japanese: runs of two and three are terms as pairs and triples; longer ones are seldom one word
MIN_PLURAL_LETTERS = 4  # `bus` and `gas` are no plurals; by judgement
MIN_IES_LETTERS = 5  # `dies` and `lies` are no plurals of `dy` and `ly`; by judgement

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Vowel signs of Hindi are no letters to `\w`: a word is a run of the whole block, save its two full stops and its
# digits.
_HINDI_WORD = re.compile(r"[\u0900-\u0963\u0970-\u097f]+|[^\W\d_]+")
_EASTERN_RUN = re.compile(r"[\u30a0-\u30ff]+|[\u3005\u3400-\u9fff]+|[a-z]+")
_ENDS_IN_S_WHEN_SINGULAR = ("ss", "us", "is", "as", "os")
# "l'économie", "dell'anno", "qu'une": the article before an apostrophe is no part of the word.
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|un|all|dell|nell|sull|dall|quest|quell)'(?=\w\w)")
_ARABIC_ARTICLES = ("وال", "فال", "بال", "كال", "لل", "ال")
_ARABIC_SPELLINGS = str.maketrans("أإآٱىة", "اااايه")
MIN_ARABIC_STEM_LETTERS = 3  # that an article must leave; by judgement: Arabic roots have three letters


@dataclass(frozen=True, slots=True)
class TermScheme:
    """What is a term in one language, and what each weighs beside its word.

    `prefix_letters` are lengths of beginnings: they carry a word over to its other endings, and a compound to its first
    part. `pairs` of neighbours help English only. Endings and parts inside words were tried for German and did not pay
    (decision 0020).
    """

    prefix_letters: tuple[int, ...] = (5, 7)
    prefix_weight: float = 1.0
    pairs: bool = False
    written_apart: bool = True


# Beginnings of 5 and 7 letters did best on five languages of news, 4 and 5 on Arabic and 3 and 5 on Hindi texts
# (decision 0020).
DEFAULT_SCHEME = TermScheme()
SCHEMES: Mapping[str, TermScheme] = {
    "en": TermScheme(prefix_letters=(5,), prefix_weight=0.5, pairs=True),
    "ar": TermScheme(prefix_letters=(4, 5)),
    "hi": TermScheme(prefix_letters=(3, 5)),
    "ja": TermScheme(prefix_letters=(), written_apart=False),
    "zh": TermScheme(prefix_letters=(), written_apart=False),
}


@dataclass(slots=True)
class Terms:
    """What there is to know a text by.

    `weights` says how much there is of each term. `surfaces` gives back each folded word as the text first writes it.
    `words` are all folded words in reading order; both are empty where words are not written apart.
    """

    weights: dict[str, float] = field(default_factory=dict)
    surfaces: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)


def scheme_of(language: str) -> TermScheme:
    return SCHEMES.get(language, DEFAULT_SCHEME)


def read_terms(title: str, text: str, language: str = "en") -> Terms:
    """The terms of a text.

    Headline and lead count most, the tail least; past the first three hundred words or so nothing does.
    """
    if not scheme_of(language).written_apart:
        return Terms(weights=read_eastern_terms(title, text, language))
    pattern = _HINDI_WORD if language == "hi" else _WORD
    in_text = pattern.findall(text[:MAX_READ_CHARACTERS])
    terms = Terms()
    for weight, part in (
        (TITLE_WEIGHT, pattern.findall(title[:MAX_READ_CHARACTERS])),
        (LEAD_WEIGHT, in_text[:LEAD_WORDS]),
        (BODY_WEIGHT, in_text[LEAD_WORDS:BODY_WORDS]),
        (TAIL_WEIGHT, in_text[BODY_WORDS:]),
    ):
        add_words(terms, weight, part, language)
    return terms


def add_words(terms: Terms, weight: float, part: list[str], language: str) -> None:
    """Adds the terms of one part of the text, each word of which has this weight."""
    scheme, stops, weights = scheme_of(language), small_words(language), terms.weights
    folded = [fold_word(word, language) for word in part]
    terms.words += folded
    terms.surfaces = dict(zip(folded, part, strict=True)) | terms.surfaces
    prefix_weight = weight * scheme.prefix_weight
    for word, count in Counter(folded).items():
        if word in stops:
            continue
        weights[word] = weights.get(word, 0.0) + weight * count
        for prefix in word_prefixes(word, scheme.prefix_letters):
            weights[prefix] = weights.get(prefix, 0.0) + prefix_weight * count
    if scheme.pairs:
        for first, second in pairwise(folded):
            if first not in stops and second not in stops:
                pair = f"{first} {second}"
                weights[pair] = weights.get(pair, 0.0) + weight


@lru_cache(maxsize=32768)
def word_prefixes(word: str, lengths: tuple[int, ...]) -> tuple[str, ...]:
    """The beginnings of a word that are terms: "elections" gives "elect*" and "electio*"."""
    return tuple([word[:length] + PREFIX_MARK for length in lengths if len(word) > length])


def small_words(language: str) -> frozenset[str]:
    """Words that are never terms.

    Outside English they may be: training gives them no weight, since all topics have them.
    """
    return stop_words() if language == "en" else frozenset()


@lru_cache(maxsize=65536)
def fold_word(word: str, language: str) -> str:
    """One form for the spellings of a word, by the habits of the language."""
    if language == "en":
        return fold(word)
    folded = fold_letters(word)
    if language == "tr":  # names take their endings after an apostrophe: "Ankara'da"
        return folded.partition("'")[0]
    if language == "ar":
        return cut_arabic_article(folded.translate(_ARABIC_SPELLINGS))
    if folded.endswith("'s"):
        return folded[:-2]
    return _ELIDED.sub("", folded) if "'" in folded else folded


def fold_letters(word: str) -> str:
    """Lower case without accents."""
    word = word.lower().replace("’", "'")
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def fold(word: str) -> str:
    """One form for "Nurses", "nurse's" and "nurse": lower case, no accents, no possessive, simple plurals singular."""
    word = fold_letters(word)
    if word.endswith(("'s", "s'")):
        word = word[:-2] if word.endswith("'s") else word[:-1]
    if len(word) >= MIN_IES_LETTERS and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) >= MIN_PLURAL_LETTERS and word.endswith("s") and not word.endswith(_ENDS_IN_S_WHEN_SINGULAR):
        return word[:-1]
    return word


def cut_arabic_article(word: str) -> str:
    """The word without "al-" and what is written together with it: والحكومة and الحكومة are both حكومة."""
    for article in _ARABIC_ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= MIN_ARABIC_STEM_LETTERS:
            return word[len(article) :]
    return word


def read_eastern_terms(title: str, text: str, language: str) -> dict[str, float]:
    """The terms of a Japanese or Chinese text with their weights."""
    title, text = fold_eastern(title), fold_eastern(text[:MAX_READ_CHARACTERS_EASTERN])
    if language == "zh":
        title, text = title.translate(simplified_characters()), text.translate(simplified_characters())
    weights: dict[str, float] = {}
    for weight, part in (
        (TITLE_WEIGHT, title[:MAX_READ_CHARACTERS_EASTERN]),
        (LEAD_WEIGHT, text[:LEAD_CHARACTERS]),
        (BODY_WEIGHT, text[LEAD_CHARACTERS:]),
    ):
        for run in _EASTERN_RUN.findall(part):
            for term in eastern_terms_of_run(run, language):
                weights[term] = weights.get(term, 0.0) + weight
    return weights


def fold_eastern(text: str) -> str:
    """Full-width Latin letters as plain ones, half-width kana as full, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


@cache
def simplified_characters() -> dict[int, str]:
    """The simplified form of each common traditional Chinese character: training texts are simplified."""
    return {ord(pair[0]): pair[1] for pair in load_words("traditional_chinese")}


def eastern_terms_of_run(run: str, language: str) -> list[str]:
    """Terms of letters of one script that stand together.

    A Latin or katakana run is a word. Of Chinese characters every two and three neighbours are terms. In Chinese single
    characters are too. In Japanese, where kana stand between the words, a run of one or four is a word.
    """
    if run.isascii():
        return [run]
    if "\u30a0" <= run[0] <= "\u30ff":
        return [run] if len(run) > 1 else []
    terms = [run[at : at + 2] for at in range(len(run) - 1)]
    terms += [run[at : at + 3] for at in range(len(run) - 2)]
    if language == "zh":
        return [*terms, *run]
    return [*terms, run] if len(run) in WHOLE_RUN_CHARACTERS else terms


def common_words(language: str) -> frozenset[str]:
    """Folded function words of a language, which are never shown as evidence."""
    words = function_words(language)
    if language in LANGUAGES_WITH_STOP_WORDS:
        words |= load_words(f"stop_{language}")
    return frozenset(fold_word(word, language) for word in words)
