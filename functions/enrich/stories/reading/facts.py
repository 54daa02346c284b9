"""What a report says in numbers: ages, clock times, days, addresses, and how many of what.

Two reports of one event agree in such facts, and reports of two similar events do not. English has patterns of its own;
other languages have theirs made of their words.
"""

from collections.abc import Mapping
from datetime import date

from functions.enrich.stories.reading import english_facts, world_facts
from functions.enrich.text.fact_words import fact_words

ENGLISH = "en"


def ages_in(text: str, language: str = ENGLISH) -> frozenset[int]:
    """Ages of people, in years."""
    return english_facts.ages_in(text) if language == ENGLISH else world_facts.ages_in(text, fact_words(language))


def clock_times_in(text: str, language: str = ENGLISH) -> frozenset[int]:
    """Minutes since midnight."""
    if language == ENGLISH:
        return english_facts.clock_times_in(text)
    return world_facts.clock_times_in(text, fact_words(language))


def days_in(text: str, published: date, language: str = ENGLISH) -> frozenset[int]:
    """Days that a text names, as ordinals. A weekday is the last one until the day of publication."""
    if language == ENGLISH:
        return english_facts.days_in(text, published)
    return world_facts.days_in(text, published, fact_words(language))


def streets_in(text: str, language: str = ENGLISH) -> frozenset[str]:
    """The telling word of each street's name, folded."""
    return english_facts.streets_in(text) if language == ENGLISH else world_facts.streets_in(text, fact_words(language))


def counts_in(text: str, language: str = ENGLISH) -> Mapping[str, frozenset[int]]:
    """How many thousandths of what, by the folded noun."""
    return english_facts.counts_in(text) if language == ENGLISH else world_facts.counts_in(text, fact_words(language))
