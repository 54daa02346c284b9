"""What an article is about, in the news industry's own words: the 17 top-level IPTC Media Topics.

There is one model per language. A language without a model gets no topic rather than a wrong one: `rank_topics` gives
an empty list for it, and `topics_note` says why.
"""

from collections.abc import Iterator
from functools import cache

from functions.enrich.lexicon import load_words
from functions.enrich.text.language import detect_language
from functions.enrich.topics.model import Present, TopicModel, languages_with_model, load_model
from functions.enrich.topics.terms import (
    Terms,
    common_words,
    fold,
    read_terms,
    scheme_of,
    simplified_characters,
    word_prefixes,
)
from shared.domain.documents import TopicScore
from shared.text.stop_words import stop_words

MAX_EVIDENCE_TERMS = 5  # per topic; by judgement: one line of the record
MIN_EVIDENCE_SCORE = 0.05  # of a topic after the first, from which its words are shown; by judgement
# When a topic applies: from these two on; or a second from the third on that is twice as likely as what follows. They
# are the 0.15 of decision 0013, of which all topics share out a tenth (decision 0020).
MIN_FIRST_SCORE = 0.14
MIN_OTHER_SCORE = 0.14
MIN_SECOND_SCORE = 0.05
MIN_SECOND_LEAD = 2.0
# Whether a text without a language is English. By judgement on headlines, which may be names and no function word at
# all.
MAX_WORDS_TO_TELL = 80  # the words that are looked at
MIN_KNOWN_SHARE = 0.25  # of the words that the model or the stop words hold
MIN_KNOWN_SHARE_WITH_FOREIGN_WORDS = 0.4  # the same where a foreign function word stands in the text
MAX_FOREIGN_SHARE = 0.12  # of the words, above which more foreign than English function words decide
MIN_WORDS_WITH_STOP_WORD = 25  # a text of so many words without any English function word is not English


def rank_topics(title: str, text: str, language: str = "") -> list[TopicScore]:
    """All topics, best first, each with its calibrated probability and the words that speak most for it.

    Empty when the language has no model or the text no word that the model knows. An empty language is detected. Topics
    that hardly apply come without evidence.
    """
    code = language_of_topics(title, text, language)
    if not code:
        return []
    model, terms = load_model(code), read_terms(title, text, code)
    present = model.present(terms.weights)
    if not present.terms:
        return []
    scores = model.probabilities(present)
    order = sorted(range(len(scores)), key=lambda topic: -scores[topic])
    evidence = Evidence(model, terms, present, title, text, code)
    return [
        TopicScore(
            slug=model.slugs[topic],
            score=round(scores[topic], 4),
            evidence=[term for term, _ in evidence.of(topic)]
            if rank < 1 or scores[topic] >= MIN_EVIDENCE_SCORE
            else [],
        )
        for rank, topic in enumerate(order)
    ]


def applicable_topics(ranked: list[TopicScore]) -> list[TopicScore]:
    """What a record lists and subscriptions filter on: the first topic, other likely ones, or a second that stands out
    from all that follow; none where all is guesswork.
    """
    if not ranked or ranked[0].score < MIN_FIRST_SCORE:
        return []
    others = [topic for topic in ranked[1:] if topic.score >= MIN_OTHER_SCORE]
    return [ranked[0], *(others or second_that_stands_out(ranked))]


def second_that_stands_out(ranked: list[TopicScore]) -> list[TopicScore]:
    """The second topic, where it is far likelier than the third.

    A correct second topic scores far above the third; wrong ones score about as much as each other.
    """
    needed = max([MIN_SECOND_SCORE, *(MIN_SECOND_LEAD * third.score for third in ranked[2:3])])
    return [second for second in ranked[1:2] if second.score >= needed]


def topics_note(title: str, text: str, language: str, topics: list[TopicScore]) -> str:
    """Why an article has no topic, for its record; empty where it has one."""
    if topics:
        return ""
    code = primary_language(language)
    if code and code not in languages_with_model():
        return f"no topics: there is no model for the language {code}"
    if not language_of_topics(title, text, language):
        return "no topics: the language is unknown or has no model"
    return "no topics: no words stand out"


def topic_weights(title: str, text: str, slug: str, language: str = "") -> list[tuple[str, float]]:
    """The evidence for a topic with what each term adds to its log-odds, largest first. Empty without topics."""
    code = language_of_topics(title, text, language)
    if not code:
        return []
    model, terms = load_model(code), read_terms(title, text, code)
    return Evidence(model, terms, model.present(terms.weights), title, text, code).of(model.slugs.index(slug))


def primary_language(language: str) -> str:
    """The code without a region: "pt" of "pt-BR"."""
    return language.replace("_", "-").partition("-")[0].lower()


def language_of_topics(title: str, text: str, language: str) -> str:
    """The language whose model reads the article, or nothing where there is none."""
    if code := primary_language(language):
        return code if code in languages_with_model() else ""
    code = detect_language(f"{title}\n{text}")
    if code not in {"", "en"}:
        return code if code in languages_with_model() else ""
    return "en" if is_english(read_terms(title, text, "en").words, load_model("en")) else ""


def is_english(words: list[str], model: TopicModel) -> bool:
    """Whether a text is English, by its function words and by the share of its words that training met.

    A headline may have names and no function word at all.
    """
    words = words[:MAX_WORDS_TO_TELL]
    stops, foreign = stop_words(), foreign_words()
    english = sum(word in stops for word in words)
    strange = len(foreign.intersection(words))
    known = english + sum(word in model.columns for word in words if word not in stops)
    if not known or (len(words) >= MIN_WORDS_WITH_STOP_WORD and not english):
        return False
    if strange > max(1.0, MAX_FOREIGN_SHARE * len(words)) and strange >= english:
        return False
    return known >= (MIN_KNOWN_SHARE_WITH_FOREIGN_WORDS if strange else MIN_KNOWN_SHARE) * len(words)


@cache
def foreign_words() -> frozenset[str]:
    """The commonest function words of other languages, without accents and without common English words."""
    return load_words("foreign_words")


@cache
def no_evidence(language: str) -> frozenset[str]:
    """Words that may pull towards a topic and tell a reader nothing."""
    if language == "en":
        return frozenset(fold(word) for word in load_words("no_evidence"))
    return common_words(language)


class Evidence:
    """The words of one text that speak for a topic, as the text writes them."""

    def __init__(self, model: TopicModel, terms: Terms, present: Present, title: str, text: str, language: str) -> None:
        self._model = model
        self._terms = terms
        self._present = present
        self._article = f"{title}\n{text}"
        self._language = language

    def of(self, topic: int) -> list[tuple[str, float]]:
        """The words and pairs that pull hardest, and how hard; a word that a chosen pair holds is not repeated."""
        pulls = dict(zip(self._present.terms, self._model.pulls(topic, self._present), strict=True))
        scheme = scheme_of(self._language)
        found = [*self.words(pulls)] if scheme.written_apart else [*self.eastern_words(pulls)]
        if scheme.pairs:
            found += self.pairs(pulls)
        chosen: list[tuple[str, float]] = []
        said: set[str] = set()
        for pull, phrase, parts in sorted(found, reverse=True):
            if pull <= 0 or len(chosen) == MAX_EVIDENCE_TERMS:
                break
            if said.isdisjoint(parts):
                chosen.append((phrase, pull))
                said.update(parts)
        return chosen

    def words(self, pulls: dict[str, float]) -> Iterator[tuple[float, str, tuple[str, ...]]]:
        """Words with the pull of their beginnings added; beginnings of English words weigh little and are left out."""
        hidden, added = no_evidence(self._language), pulls.get
        lengths = scheme_of(self._language).prefix_letters if self._language != "en" else ()
        for word, surface in self._terms.surfaces.items():
            pull = added(word, 0.0)
            for prefix in word_prefixes(word, lengths):
                pull += added(prefix, 0.0)
            if pull > 0 and word not in hidden:
                yield pull, surface, (word,)

    def pairs(self, pulls: dict[str, float]) -> Iterator[tuple[float, str, tuple[str, ...]]]:
        """Pairs of neighbours, where the language has them as terms."""
        surfaces, hidden = self._terms.surfaces, no_evidence(self._language)
        for term, pull in pulls.items():
            first, _, second = term.partition(" ")
            if second and pull > 0 and not hidden.issuperset((first, second)):
                phrase = f"{surfaces[first]} {surfaces[second]}"
                if phrase in self._article:
                    yield pull, phrase, (first, second)

    def eastern_words(self, pulls: dict[str, float]) -> Iterator[tuple[float, str, tuple[str, ...]]]:
        """Known words of the field that stand in the text, with the pull of all neighbouring characters in them.

        Terms are pairs and triples of characters, which may be cut out of two words; only whole words of the lexicon
        are shown.
        """
        openings, article = self._model.words_by_opening, self._article.lower()
        if self._language == "zh":
            article = article.translate(simplified_characters())
        for word in dict.fromkeys(word for term in pulls for word in openings.get(term, ())):
            start = article.find(word)
            parts = {word[at : at + length] for length in (2, 3) for at in range(len(word) - length + 1)} | {word}
            pull = sum(pulls.get(part, 0.0) for part in parts)
            if start >= 0 and pull > 0:
                yield pull, self._article[start : start + len(word)], tuple(sorted(parts))
