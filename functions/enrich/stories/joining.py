"""The decision: an article joins a story that is there, perhaps belongs to one, or opens its own. Pure.

The law: a story is never silenced unless its readers were truly told of it. So only a sure article joins.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from functions.enrich.stories.copies import (
    is_form_filled_anew,
    is_near_identical,
    is_same_address_and_story,
    is_same_text,
    is_series,
)
from functions.enrich.stories.evidence import describe
from functions.enrich.stories.lookup import LANGUAGES
from functions.enrich.stories.model import log_odds, probability_of
from functions.enrich.stories.pair import Pair
from functions.enrich.stories.reading.document import StoryDocument
from functions.enrich.stories.reading.sketch import StorySketch
from functions.enrich.stories.reading.term_counts import TermCounts

MAX_DAYS_APART = 7  # of two articles that are compared: what comes later is news again
MIN_SURE = 0.975  # of a probability: the article joins in silence (decision 0023 has the curve)
MIN_SURE_ELSEWHERE = 0.985  # the same in other languages than English, of which the weights learnt nothing (0023)
MIN_PERHAPS = 0.70  # of a probability: the article is told of, with the other story (0023); by judgement
BEST_SHARE = 0.7  # of the best member's log odds in a story's; the rest is the mean of all members (decision 0023)

SERIES_ODDS = 3.0  # at most, of two texts of a series: a probability of 0.95, so that the later one is told of
COPY_ODDS = 6.9  # the log odds of a copy, which the model does not judge: a probability of 0.999

Band = Literal["joined", "perhaps", "new"]


@dataclass(frozen=True)
class Candidate:
    """An earlier article that was found by a key. `story_id` is None while another worker still joins it."""

    document_id: str
    story_id: str | None
    sketch: StorySketch
    same_address: bool = False


@dataclass(frozen=True)
class Joined:
    """What became of an article: `story_id` is the story that it joins or perhaps belongs to, None for a new one.

    `members` are the compared articles of that story. `evidence` is one line that a person reads.
    """

    band: Band
    probability: float
    story_id: str | None = None
    members: Sequence[str] = ()
    evidence: str = ""


NEW = Joined("new", 0.0)


def join(document: StoryDocument, candidates: Iterable[Candidate], counts: TermCounts) -> Joined:
    """The likeliest story among the candidates', and whether it is sure enough.

    A candidate without a story counts as one that opens its own.
    """
    near = [candidate for candidate in candidates if is_comparable(document.sketch, candidate)]
    if not near:
        return NEW
    pairs = {candidate.document_id: Pair(document.sketch, candidate.sketch, counts) for candidate in near}
    odds = {candidate.document_id: odds_of(candidate, pairs[candidate.document_id]) for candidate in near}
    best = max(by_story(near).values(), key=lambda members: (story_odds(members, odds), members[0].document_id))
    probability = probability_of(story_odds(best, odds))
    likeliest = max(best, key=lambda member: odds[member.document_id])
    evidence = describe(document, pairs[likeliest.document_id], same_address=likeliest.same_address)
    ids = tuple(member.document_id for member in best)
    return Joined(band_of(probability, document.sketch.language), probability, best[0].story_id, ids, evidence)


def is_comparable(sketch: StorySketch, candidate: Candidate) -> bool:
    """Within a week, and of one language or at one address."""
    other = candidate.sketch
    same_language = sketch.language == other.language or candidate.same_address
    return same_language and abs(sketch.day - other.day) <= MAX_DAYS_APART


def is_judged(new: StorySketch, old: StorySketch) -> bool:
    """Whether the model judges the pair: in its languages, and no round-ups and guides. Of others only copies join."""
    return new.language == old.language in LANGUAGES and not (new.stands_alone or old.stands_alone)


def odds_of(candidate: Candidate, pair: Pair) -> float:
    """The log odds that the pair is of one story: of a copy, else the model's where it judges."""
    if candidate.same_address and is_same_address_and_story(pair):
        return COPY_ODDS
    is_form = is_form_filled_anew(pair)
    is_copy = not is_form and is_same_text(pair)
    if not is_judged(pair.new, pair.old):
        return COPY_ODDS if is_copy or (not is_form and is_near_identical(pair)) else -COPY_ODDS
    if is_form or is_series(pair):
        return min(SERIES_ODDS, log_odds(pair))
    return max(COPY_ODDS, log_odds(pair)) if is_copy else log_odds(pair)


def by_story(candidates: Iterable[Candidate]) -> Mapping[str, list[Candidate]]:
    """The candidates by their story; one that has none yet by itself."""
    stories: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        stories.setdefault(candidate.story_id or f"of {candidate.document_id}", []).append(candidate)
    return stories


def story_odds(members: Sequence[Candidate], odds: Mapping[str, float]) -> float:
    """The log odds of a story: mostly its best member's, and in part the mean of all."""
    each = [odds[member.document_id] for member in members]
    return BEST_SHARE * max(each) + (1 - BEST_SHARE) * sum(each) / len(each)


def band_of(probability: float, language: str) -> Band:
    if probability >= (MIN_SURE if language == "en" else MIN_SURE_ELSEWHERE):
        return "joined"
    return "perhaps" if probability >= MIN_PERHAPS else "new"
