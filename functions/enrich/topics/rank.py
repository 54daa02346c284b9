"""What an article is about, in the news industry's own words: the 17 top-level IPTC Media Topics.

The model reads English. Other languages get no topic rather than a wrong one: `rank_topics` gives an empty list for them.
"""

from functools import cache

from functions.enrich.lexicon import load_words
from functions.enrich.text.stop_words import stop_words
from functions.enrich.topics.model import Present, TopicModel, load_model
from functions.enrich.topics.terms import Terms, fold, read_terms
from shared.domain.documents import TopicScore

EVIDENCE_TERMS = 5
EVIDENCE_FROM = 0.05
FIRST_APPLIES = 0.15
ALSO_APPLIES = 0.15
SECOND_APPLIES = 0.05
STANDS_OUT = 2.0
TOLD_BY_WORDS = 80
KNOWN_SHARE = 0.25
KNOWN_SHARE_WITH_FOREIGN_WORDS = 0.4
FOREIGN_SHARE = 0.12
LONG_ENOUGH = 25


def rank_topics(title: str, text: str) -> list[TopicScore]:
    """All topics, best first, each with its calibrated probability and the words that speak most for it.

    Empty when the text is not English or has no word that the model knows. Topics that hardly apply come without evidence.
    """
    model, terms = load_model(), read_terms(title, text)
    if not _is_english(terms.words, model):
        return []
    present = model.present(terms.weights)
    scores = model.probabilities(present)
    article = f"{title}\n{text}"
    order = sorted(range(len(scores)), key=lambda topic: -scores[topic])
    return [
        TopicScore(
            slug=model.slugs[topic],
            score=round(scores[topic], 4),
            evidence=[term for term, _ in _evidence(model.pulls(topic, present), present, terms, article)]
            if rank < 1 or scores[topic] >= EVIDENCE_FROM
            else [],
        )
        for rank, topic in enumerate(order)
    ]


def applicable_topics(ranked: list[TopicScore]) -> list[TopicScore]:
    """What a record lists and a subscription filters on: the first topic, any other that is likely too, and a second that stands out
    from all that follow; none where all is guesswork.
    """
    if not ranked or ranked[0].score < FIRST_APPLIES:
        return []
    others = [topic for topic in ranked[1:] if topic.score >= ALSO_APPLIES]
    return [ranked[0], *(others or _second_that_stands_out(ranked))]


def _second_that_stands_out(ranked: list[TopicScore]) -> list[TopicScore]:
    needed = max([SECOND_APPLIES, *(STANDS_OUT * third.score for third in ranked[2:3])])
    return [second for second in ranked[1:2] if second.score >= needed]


def _is_english(words: list[str], model: TopicModel) -> bool:
    """Told by function words, and by how many of the words were met in training: headlines may be names and no function word at all."""
    words = words[:TOLD_BY_WORDS]
    stops, foreign = stop_words(), foreign_words()
    english = sum(word in stops for word in words)
    strange = len(foreign.intersection(words))
    known = english + sum(word in model.columns for word in words if word not in stops)
    if not known or (len(words) >= LONG_ENOUGH and not english):
        return False
    if strange > max(1.0, FOREIGN_SHARE * len(words)) and strange >= english:
        return False
    return known >= (KNOWN_SHARE_WITH_FOREIGN_WORDS if strange else KNOWN_SHARE) * len(words)


@cache
def foreign_words() -> frozenset[str]:
    """The commonest function words of other languages that are no common English words, without accents; read on first use."""
    return load_words("foreign_words")


@cache
def no_evidence() -> frozenset[str]:
    """Words that may pull towards a topic and tell a reader nothing."""
    return frozenset(fold(word) for word in load_words("no_evidence"))


def topic_weights(title: str, text: str, slug: str) -> list[tuple[str, float]]:
    """The evidence for a topic with what each term adds to its log-odds, hardest pull first; empty where `rank_topics` is."""
    model, terms = load_model(), read_terms(title, text)
    present = model.present(terms.weights)
    if not _is_english(terms.words, model):
        return []
    return _evidence(model.pulls(model.slugs.index(slug), present), present, terms, f"{title}\n{text}")


def _evidence(pulls: list[float], present: Present, terms: Terms, article: str) -> list[tuple[str, float]]:
    """The words and pairs that pull hardest, as the text writes them, and how hard; a word that a chosen pair holds is not repeated."""
    chosen: list[tuple[str, float]] = []
    said: set[str] = set()
    for pull, term in sorted(zip(pulls, present.terms, strict=True), reverse=True):
        if pull <= 0 or len(chosen) == EVIDENCE_TERMS:
            break
        parts = term.split(" ")
        phrase = " ".join(terms.surfaces.get(part, "") for part in parts)
        if phrase and said.isdisjoint(parts) and not no_evidence().issuperset(parts) and phrase in article:
            chosen.append((phrase, pull))
            said.update(parts)
    return chosen
