"""The features of a pair of articles: each a number, most from 0 to 1, by which the model tells one story from two.

Each is a small function with an example. To add one: write it, put it into `FEATURES`, and train the weights again
(`infra/training/stories`).
"""

import math
from collections.abc import Callable, Mapping

from functions.enrich.stories.pair import Pair, agreement, contradiction
from functions.enrich.stories.reading.terms import has_digit

# Scales that bring a sum of rarities near 1. A rare term has 7 or 8.
RARITY = 8.0
SEVERAL = 3.0
MAX_NEAR_MINUTES = 20  # between two times of one event as two reports round them; by judgement
DAYS_A_WEEK = 7.0  # of the window in which articles are compared


def title_likeness(pair: Pair) -> float:
    """`Three shot at club` and `Three people shot at club` → 0.8."""
    return pair.cosine(pair.new.title, pair.old.title)


def lead_likeness(pair: Pair) -> float:
    """The same of the titles and the first eighty words."""
    return pair.cosine(pair.new.lead, pair.old.lead)


def text_likeness(pair: Pair) -> float:
    """The same of the whole texts, where a term that is repeated weighs more."""
    return pair.text_cosine


def new_title_in_old(pair: Pair) -> float:
    """How much of the new title the older article says anywhere."""
    return pair.share(pair.new.title, pair.old.all_terms)


def old_title_in_new(pair: Pair) -> float:
    return pair.share(pair.old.title, pair.new.all_terms)


def both_titles_found(pair: Pair) -> float:
    """The smaller of the two shares above."""
    return min(new_title_in_old(pair), old_title_in_new(pair))


def new_lead_in_old(pair: Pair) -> float:
    return pair.share(pair.new.lead, pair.old.all_terms)


def old_lead_in_new(pair: Pair) -> float:
    return pair.share(pair.old.lead, pair.new.all_terms)


def either_lead_found(pair: Pair) -> float:
    """The larger of the two shares above: an update often holds the first report."""
    return max(new_lead_in_old(pair), old_lead_in_new(pair))


def rarest_shared_in_leads(pair: Pair) -> float:
    """The rarest term of both leads: `McKeesport` → 0.9, `police` → 0.1."""
    return pair.rarest(pair.shared_lead, 1) / RARITY


def three_rarest_shared_in_leads(pair: Pair) -> float:
    return pair.rarest(pair.shared_lead, 3) / (3 * RARITY)


def eight_rarest_shared_in_leads(pair: Pair) -> float:
    return pair.rarest(pair.shared_lead, 8) / (8 * RARITY)


def three_rarest_shared(pair: Pair) -> float:
    """The three rarest terms of both whole texts."""
    return pair.rarest(pair.shared, 3) / (3 * RARITY)


def ten_rarest_shared(pair: Pair) -> float:
    return pair.rarest(pair.shared, 10) / (10 * RARITY)


def rare_terms_of_new_lead_alone(pair: Pair) -> float:
    """The five rarest terms of the new lead that the older article never says."""
    return pair.rarest(pair.new.lead - pair.old.all_terms, 5) / (5 * RARITY)


def rare_terms_of_old_lead_alone(pair: Pair) -> float:
    return pair.rarest(pair.old.lead - pair.new.all_terms, 5) / (5 * RARITY)


def persons_shared(pair: Pair) -> float:
    """Both name Julian Sims → 1."""
    return min(1.0, pair.total(pair.new.persons & pair.old.persons) / (2 * RARITY))


def new_persons_in_old(pair: Pair) -> float:
    """How many of the people of the new article the older one names."""
    return pair.share(pair.new.persons, pair.old.all_terms)


def old_persons_in_new(pair: Pair) -> float:
    return pair.share(pair.old.persons, pair.new.all_terms)


def other_persons(pair: Pair) -> float:
    """Both name people, and none the same → 1."""
    return float(pair.in_conflict(pair.new.persons, pair.old.persons))


def lead_persons_shared(pair: Pair) -> float:
    return min(1.0, pair.total(pair.new.persons & pair.old.persons & pair.shared_lead) / (2 * RARITY))


def other_lead_persons(pair: Pair) -> float:
    """The people of both leads are others → 1."""
    return float(pair.in_conflict(pair.new.persons & pair.new.lead, pair.old.persons & pair.old.lead))


def places_shared(pair: Pair) -> float:
    return min(1.0, pair.total(pair.new.places & pair.old.places) / (2 * RARITY))


def other_places(pair: Pair) -> float:
    """One in Memphis, one in Mobile → 1."""
    return float(pair.in_conflict(pair.new.places, pair.old.places))


def other_lead_places(pair: Pair) -> float:
    return float(pair.in_conflict(pair.new.places & pair.new.lead, pair.old.places & pair.old.lead))


def streets_shared(pair: Pair) -> float:
    """Both on Versailles Avenue → 1."""
    return agreement(pair.new.streets, pair.old.streets)


def other_streets(pair: Pair) -> float:
    return contradiction(pair.new.streets, pair.old.streets)


def times_shared(pair: Pair) -> float:
    """Both at 3:15 a.m. → 1."""
    return agreement(pair.new.clock_times, pair.old.clock_times)


def other_times(pair: Pair) -> float:
    return contradiction(pair.new.clock_times, pair.old.clock_times)


def times_near(pair: Pair) -> float:
    """`3:10 a.m.` and `about 3:15 a.m.` → 1."""
    theirs = pair.old.clock_times
    return float(any(abs(ours - other) <= MAX_NEAR_MINUTES for ours in pair.new.clock_times for other in theirs))


def ages_shared(pair: Pair) -> float:
    """Both tell of somebody aged 20 → 1."""
    return agreement(pair.new.ages, pair.old.ages)


def several_ages_shared(pair: Pair) -> float:
    """Three ages or more in both → 1."""
    return min(1.0, len(pair.new.ages & pair.old.ages) / SEVERAL)


def other_ages(pair: Pair) -> float:
    return contradiction(pair.new.ages, pair.old.ages)


def lead_days_shared(pair: Pair) -> float:
    """One says `Saturday`, the other, a day later, `Saturday night` → 1."""
    return agreement(pair.new.lead_days, pair.old.lead_days)


def other_lead_days(pair: Pair) -> float:
    """One says `Saturday`, the other `Sunday` → 1."""
    return contradiction(pair.new.lead_days, pair.old.lead_days)


def days_shared(pair: Pair) -> float:
    return agreement(pair.new.days, pair.old.days)


def other_days(pair: Pair) -> float:
    return contradiction(pair.new.days, pair.old.days)


def numbers_shared(pair: Pair) -> float:
    """Words with digits, such as `2403`, `AR-15` and `$400m`, by rarity: three rare ones → 1."""
    return min(1.0, pair.total([term for term in pair.shared if has_digit(term)]) / (SEVERAL * RARITY))


def counts_shared(pair: Pair) -> float:
    """Both tell of four victims → 0.5; of five injured, too → 1."""
    same = [noun for noun in common_nouns(pair) if pair.new.counts[noun] & pair.old.counts[noun]]
    return min(1.0, len(same) / 2)


def other_counts(pair: Pair) -> float:
    """One tells of four victims, the other of three → 0.5."""
    other = [noun for noun in common_nouns(pair) if not pair.new.counts[noun] & pair.old.counts[noun]]
    return min(1.0, len(other) / 2)


def common_nouns(pair: Pair) -> list[int]:
    """The nouns that both articles count."""
    return [noun for noun in pair.new.counts if noun in pair.old.counts]


def days_between(pair: Pair) -> float:
    return abs(pair.new.day - pair.old.day) / DAYS_A_WEEK


def same_day(pair: Pair) -> float:
    return float(pair.new.day == pair.old.day)


def lengths_apart(pair: Pair) -> float:
    """The logarithm of the lengths' ratio: twice as long → 0.7."""
    return abs(math.log((pair.new.length + 5) / (pair.old.length + 5)))


def shorter_length(pair: Pair) -> float:
    """A note of ten words → 0.45, a report of four hundred → 1."""
    return math.log(min(pair.new.length, pair.old.length) + 5) / 6


def phrases_shared(pair: Pair) -> float:
    """The share of the smaller sample of word triples: a copy → 1."""
    return agreement(pair.new.shingles, pair.old.shingles)


FEATURES: tuple[Callable[[Pair], float], ...] = (
    title_likeness,
    lead_likeness,
    text_likeness,
    new_title_in_old,
    old_title_in_new,
    both_titles_found,
    new_lead_in_old,
    old_lead_in_new,
    either_lead_found,
    rarest_shared_in_leads,
    three_rarest_shared_in_leads,
    eight_rarest_shared_in_leads,
    three_rarest_shared,
    ten_rarest_shared,
    rare_terms_of_new_lead_alone,
    rare_terms_of_old_lead_alone,
    persons_shared,
    new_persons_in_old,
    old_persons_in_new,
    other_persons,
    lead_persons_shared,
    other_lead_persons,
    places_shared,
    other_places,
    other_lead_places,
    streets_shared,
    other_streets,
    times_shared,
    other_times,
    times_near,
    ages_shared,
    several_ages_shared,
    other_ages,
    lead_days_shared,
    other_lead_days,
    days_shared,
    other_days,
    numbers_shared,
    counts_shared,
    other_counts,
    days_between,
    same_day,
    lengths_apart,
    shorter_length,
    phrases_shared,
)


def features_of(pair: Pair) -> Mapping[str, float]:
    """Each feature by its name."""
    return {feature.__name__: feature(pair) for feature in FEATURES}
