"""Copies: the same page under another key, and the same text in a language whose stories are not judged."""

from functions.enrich.stories.pair import Pair, agreement
from functions.enrich.stories.reading.terms import has_digit

MIN_ADDRESS_LIKENESS = 0.4  # of titles or texts at one address: a page that shows another article each day has less
MIN_SAME_PHRASES = 0.8  # of the smaller sample of word triples in the larger; as measured (decision 0023)
MIN_LENGTH_RATIO = 0.75  # of the shorter text to the longer; by judgement: more is another version of the report
MIN_SAME_TEXT = 0.9  # of the smaller sample, and of the lengths: one report under another headline (decision 0023)
MIN_ONE_HEADLINE = 0.95  # of the titles' likeness: the same words, but for one that says nothing; by judgement
MAX_SERIES_PHRASES = 0.35  # of the smaller sample: of labelled reports under one headline each has .8 (decision 0023)
MIN_FORM_PHRASES = 0.6  # of the smaller sample: of 19 pairs of filled forms each has .78 (decision 0023)
MIN_OTHER_WORDS = 2  # of each lead: an editor changes one, a form names another thing and its maker; by judgement
MIN_SAME_TITLE = 0.5  # of the titles' likeness (decision 0023)


def is_same_address_and_story(pair: Pair) -> bool:
    """Whether two pages at one address are one article: an address that shows the latest news is not one story.

    Neither is one that has a text of the day under one headline, such as a horoscope: on another day the title says
    nothing.
    """
    texts = max(pair.text_cosine, phrases_kept(pair))
    titles = pair.cosine(pair.new.title, pair.old.title) if pair.new.day == pair.old.day else 0.0
    return max(titles, texts) >= MIN_ADDRESS_LIKENESS


def is_near_identical(pair: Pair) -> bool:
    """Whether one text is a copy of the other with small edits.

    The fingerprint alone does not decide: bulletins of two days differ in a few numbers. So one text may lack numbers
    of the other, as where a paragraph was dropped, but not each of the other.
    """
    if phrases_kept(pair) < MIN_SAME_PHRASES or length_ratio(pair) < MIN_LENGTH_RATIO or has_other_numbers(pair):
        return False
    return pair.cosine(pair.new.title, pair.old.title) >= MIN_SAME_TITLE


def is_same_text(pair: Pair) -> bool:
    """Whether two papers print one report, whatever their headlines: the same phrases, numbers, people and places."""
    if phrases_kept(pair) < MIN_SAME_TEXT or length_ratio(pair) < MIN_SAME_TEXT or has_other_numbers(pair):
        return False
    others = pair.in_conflict(pair.new.persons, pair.old.persons) or pair.in_conflict(pair.new.places, pair.old.places)
    return not others


def is_series(pair: Pair) -> bool:
    """Whether two texts stand under one headline and share few phrases: `Letters to the editor`, `Match report`.

    The headline of a series says nothing, and the model takes it for the best sign that there is. Of a text without a
    fingerprint nobody can say which phrases it has.
    """
    one_headline = pair.cosine(pair.new.title, pair.old.title) >= MIN_ONE_HEADLINE
    known = bool(pair.new.shingles and pair.old.shingles)
    return one_headline and known and phrases_kept(pair) < MAX_SERIES_PHRASES


def is_form_filled_anew(pair: Pair) -> bool:
    """Whether two texts are one form with other words: `Burglary in Mill Lane` and the same words on Harrow Street.

    Offices and firms write appeals, recalls and results so. The lead of each has a name that the other text lacks, or
    several words: a bread, and a soup. An editor who shortens or adds does that to one side, and changes a word.
    """
    if phrases_kept(pair) < MIN_FORM_PHRASES:
        return False
    new, old = pair.new, pair.old
    names = new.lead_names - old.all_terms, old.lead_names - new.all_terms
    words = new.text_lead - old.all_terms, old.text_lead - new.all_terms
    return all(names) or min(map(len, words)) >= MIN_OTHER_WORDS


def length_ratio(pair: Pair) -> float:
    """Of the shorter text to the longer."""
    shorter, longer = sorted((pair.new.length, pair.old.length))
    return shorter / longer if longer else 0.0


def has_other_numbers(pair: Pair) -> bool:
    """Whether each text has numbers that the other lacks."""
    ours, theirs = (frozenset(filter(has_digit, sketch.all_terms)) for sketch in (pair.new, pair.old))
    return bool(ours - theirs and theirs - ours)


def phrases_kept(pair: Pair) -> float:
    """The share of the smaller sample of word triples that the other has."""
    return agreement(pair.new.shingles, pair.old.shingles)
