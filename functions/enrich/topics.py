"""What an article is about, in the news industry's own words: the 17 top-level IPTC Media Topics."""

from functions.enrich.topic_model import TopicModel, load_model
from functions.enrich.topic_terms import weigh_terms
from shared.domain.documents import TopicScore

EVIDENCE_TERMS = 5


def rank_topics(title: str, text: str) -> list[TopicScore]:
    """All topics, best first, each with its calibrated probability and the terms that speak most for it."""
    model = load_model()
    present = model.present(weigh_terms(title, text))
    scores = model.probabilities(present)
    order = sorted(range(len(scores)), key=lambda topic: -scores[topic])
    return [TopicScore(slug=model.slugs[t], score=round(scores[t], 4), evidence=_evidence(model, t, present)) for t in order]


def _evidence(model: TopicModel, topic: int, present: list[tuple[str, int, float]]) -> list[str]:
    row = model.rows[topic]
    pulls = sorted(((row[column] * value, term) for term, column, value in present if row[column] > 0), reverse=True)
    return [term for _, term in pulls[:EVIDENCE_TERMS]]


APPLIES = 0.25


def applicable_topics(ranked: list[TopicScore]) -> list[TopicScore]:
    """The first topic and any other that is likely too: what a record lists and a subscription filters on."""
    return ranked[:1] + [topic for topic in ranked[1:] if topic.score >= APPLIES]
