"""An article made ready to be joined: its sketch, the words behind its terms, and the keys to look it up by."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from functions.enrich.stories.reading.facts import ages_in, clock_times_in, counts_in, days_in, streets_in
from functions.enrich.stories.reading.guides import is_guide
from functions.enrich.stories.reading.roundups import is_roundup
from functions.enrich.stories.reading.sketch import (
    LEAD,
    NAME,
    PERSON,
    PLACE,
    STREET,
    TITLE,
    StorySketch,
    frequency_mark,
    mark_terms,
)
from functions.enrich.stories.reading.term_counts import TermCounts
from functions.enrich.stories.reading.terms import headline_of, large_words_of, term_of, words_of
from functions.enrich.text.fact_words import fact_words
from functions.enrich.text.fingerprint import HASH_DIGITS, parse_hashes
from shared.domain.documents import Name, NameKind

MAX_CHARACTERS = 20_000  # of a text that are looked at: news reports are shorter, and joining has 3 ms
MAX_TITLE_CHARACTERS = 300  # of a title that are looked at: longer than any headline
MAX_FACT_CHARACTERS = 4_000  # of a text in which facts are looked for; beyond stand older stories; by judgement
MAX_LEAD_WORDS = 80  # of a text's beginning that says what is new; as measured (decision 0023)
MAX_TEXT_WORDS = 700  # of a text whose terms are compared; as measured (decision 0023)
MAX_TERMS = 110  # kept in a sketch: 440 of its bytes; 150 do no better (decision 0023)
MAX_SHINGLES = 32  # of a fingerprint, its smallest hashes: a third of a text is told from a half (decision 0023)
MAX_NAMES = 12  # persons and places of a text whose terms are marked: the main ones; by judgement
MAX_FACTS = 12  # of each kind in a sketch; by judgement, more is a list and no report
LARGE_NOUNS = frozenset({"de", "lb"})  # languages that write each noun large


@dataclass(frozen=True)
class StoryText:
    """What joining needs of an article. `names` and `fingerprint` are those that enrich found."""

    document_id: str
    title: str
    text: str
    published_on: date
    language: str
    names: Sequence[Name] = ()
    fingerprint: str = ""
    url: str = ""


@dataclass(frozen=True)
class StoryDocument:
    """A sketch, and the words as the article writes them by their terms, for the evidence that people read."""

    document_id: str
    sketch: StorySketch
    words: Mapping[int, str]
    url: str = ""


def prepare_document(text: StoryText, counts: TermCounts) -> StoryDocument:
    """The sketch of an article; which of its terms have room depends on how rare they are."""
    body = text.text[:MAX_CHARACTERS]
    title_words, text_words = words_of(headline_of(text.title[:MAX_TITLE_CHARACTERS])), words_of(body)[:MAX_TEXT_WORDS]
    streets = streets_in(body[:MAX_FACT_CHARACTERS], text.language)
    stem = fact_words(text.language).stem
    title_terms, text_terms = ([term_of(word, stem) for word in words] for words in (title_words, text_words))
    words = dict(zip(reversed([*title_terms, *text_terms]), reversed([*title_words, *text_words]), strict=True))
    frequency = Counter(text_terms)
    marks = mark_terms(
        [
            (TITLE, title_terms),
            (LEAD, text_terms[:MAX_LEAD_WORDS]),
            (PERSON, terms_of_names(text.names, "person", stem)),
            (PLACE, terms_of_names(text.names, "place", stem)),
            (STREET, [term_of(street, stem) for street in streets]),
        ]
    )
    kept = choose_terms({**dict.fromkeys(frequency, 0), **marks}, frequency, counts)
    named = names_in(text, body, stem)
    terms = {
        term: marks.get(term, 0) | frequency_mark(frequency[term]) | (NAME if term in named else 0)
        for term in kept
        if term in words
    }
    sketch = sketch_of(text, body, terms, len(text_words))
    title = text.title[:MAX_TITLE_CHARACTERS]
    timed = sketch.lead_days or sketch.clock_times
    alone = is_roundup(title, len(streets), len(sketch.clock_times), text.language) or (
        not timed and is_guide(title, text_words, text.language)
    )
    return StoryDocument(text.document_id, replace(sketch, stands_alone=alone), words, text.url)


def sketch_of(text: StoryText, body: str, terms: Mapping[int, int], length: int) -> StorySketch:
    """The sketch with the facts of the text's beginning."""
    facts = body[:MAX_FACT_CHARACTERS]
    lead = " ".join(body.split(maxsplit=MAX_LEAD_WORDS + 20)[: MAX_LEAD_WORDS + 20])
    counts = counts_in(f"{headline_of(text.title[:MAX_TITLE_CHARACTERS])}. {lead}", text.language)
    return StorySketch(
        language=text.language,
        day=text.published_on.toordinal(),
        length=length,
        terms=terms,
        ages=first(ages_in(facts, text.language)),
        clock_times=first(clock_times_in(facts, text.language)),
        lead_days=first(days_in(lead, text.published_on, text.language)),
        days=first(days_in(facts, text.published_on, text.language)),
        counts=counts_by_term(counts, fact_words(text.language).stem),
        shingles=frozenset(parse_hashes(text.fingerprint[: MAX_SHINGLES * HASH_DIGITS])),
    )


def counts_by_term(counts: Mapping[str, frozenset[int]], stem: int | None) -> Mapping[int, frozenset[int]]:
    """The first counts, as many as a sketch has room for, by the term of their noun."""
    return {term_of(noun, stem): values for noun, values in list(counts.items())[:MAX_FACTS]}


def terms_of_names(names: Sequence[Name], kind: NameKind, stem: int | None) -> list[int]:
    """The terms of the main names of a kind: `Julian Sims` → those of `julian` and `sims`."""
    main = [name.text for name in names if name.kind == kind][:MAX_NAMES]
    return [term_of(word, stem) for name in main for word in words_of(name)]


def names_in(text: StoryText, body: str, stem: int | None) -> Collection[int]:
    """The terms of all names: those that were found, and the words that a text only writes large."""
    found = [word for name in text.names for word in words_of(name.text)]
    large = [] if text.language in LARGE_NOUNS else large_words_of(body[:MAX_FACT_CHARACTERS])
    return {term_of(word, stem) for word in [*found, *large]}


def choose_terms(marks: Mapping[int, int], frequency: Mapping[int, int], counts: TermCounts) -> Collection[int]:
    """The terms with a mark, then the rarest and most repeated of the others, as many as there is room for."""
    rarity = counts.rarities(marks)

    def weight(term: int) -> tuple[bool, float, int]:
        return marks[term] > 0, rarity[term] * min(3, frequency[term]) ** 0.5, term

    return sorted(marks, key=weight, reverse=True)[:MAX_TERMS]


def first(facts: frozenset[int]) -> frozenset[int]:
    """The smallest of the facts, as many as a sketch has room for."""
    return frozenset(sorted(facts)[:MAX_FACTS])
