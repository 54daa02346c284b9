"""Why two articles are of one story, as one line that a person reads."""

from functions.enrich.stories.pair import Pair
from functions.enrich.stories.reading.document import StoryDocument

MAX_WORDS_SHOWN = 5  # of those that both articles share; by judgement: one line of a table
MAX_EVIDENCE = 80  # characters: the row of a document stays one write unit
MIN_RARITY_SHOWN = 2.5  # of a word: one in twelve articles has it; a commoner one says nothing; by judgement


def describe(document: StoryDocument, pair: Pair, *, same_address: bool) -> str:
    """`the same day; the same time of day; both say Versailles, McKeesport, Sims`."""
    rare = sorted(pair.shared_lead or pair.shared, key=lambda term: (-pair.rarity[term], term))
    words = [document.words[term] for term in rare if pair.rarity[term] >= MIN_RARITY_SHOWN and term in document.words]
    said = {
        "the same address": same_address,
        days_apart(pair): True,
        "the same time of day": bool(pair.new.clock_times & pair.old.clock_times),
        "the same ages": bool(pair.new.ages & pair.old.ages),
        f"both say {', '.join(words[:MAX_WORDS_SHOWN])}": bool(words),
    }
    return "; ".join(part for part, holds in said.items() if holds)[:MAX_EVIDENCE]


def days_apart(pair: Pair) -> str:
    days = abs(pair.new.day - pair.old.day)
    return {0: "the same day", 1: "a day apart"}.get(days, f"{days} days apart")
