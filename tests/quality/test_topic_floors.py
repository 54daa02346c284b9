"""Topics of articles that were written for these tests stay above the floors in `topics/floors.json`.

The model is never trained on these articles. A floor is lowered only on purpose, and the commit says why.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from functions.enrich.topics.model import languages_with_model
from functions.enrich.topics.rank import applicable_topics, rank_topics

ARTICLES_FILE = Path(__file__).parent / "topics" / "articles.txt"
SEVERAL_FILE = Path(__file__).parent / "topics" / "several.txt"
FLOORS: dict[str, float] = json.loads((Path(__file__).parent / "topics" / "floors.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Labelled:
    topics: frozenset[str]
    title: str
    text: str


def read_articles(path: Path) -> list[Labelled]:
    """The articles of a file. Each is a block: a line with topics in brackets, the headline, one line per paragraph."""
    blocks = [block.split("\n", 2) for block in path.read_text(encoding="utf-8").strip().split("\n\n")]
    return [
        Labelled(frozenset(topics.strip("[]").split(", ")), title, text.replace("\n", "\n\n"))
        for topics, title, text in blocks
    ]


ARTICLES = read_articles(ARTICLES_FILE)
SEVERAL = read_articles(SEVERAL_FILE)


def top(article: Labelled, count: int) -> set[str]:
    return {topic.slug for topic in rank_topics(article.title, article.text)[:count]}


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def headline_alone(article: Labelled) -> Labelled:
    return Labelled(article.topics, article.title, "")


def text_alone(article: Labelled) -> Labelled:
    return Labelled(article.topics, "", article.text)


def lower_case(article: Labelled) -> Labelled:
    return Labelled(article.topics, article.title.lower(), article.text.lower())


def five_thousand_words(article: Labelled) -> Labelled:
    """The article, followed by the others of its topics again and again, up to 5,000 words more."""
    others = " ".join(other.text for other in ARTICLES if other.topics == article.topics and other is not article)
    return Labelled(article.topics, article.title, f"{article.text}\n\n{' '.join((others.split() * 30)[:5000])}")


FORMS: dict[str, Callable[[Labelled], Labelled]] = {
    "whole": lambda article: article,
    "headline alone": headline_alone,
    "text alone": text_alone,
    "lower case": lower_case,
    "five thousand words": five_thousand_words,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("count", [1, 3])
def test_topics_do_not_fall_below_their_floor(form: str, count: int) -> None:
    missed = [article.title for article in ARTICLES if not top(FORMS[form](article), count) & article.topics]
    name = f"{form}, top {count}"
    assert 1 - len(missed) / len(ARTICLES) >= FLOORS[name], f"{name} fell below its floor; missed: {missed}"


def test_articles_of_two_topics_list_both_more_often_than_the_floor() -> None:
    listed = [
        {topic.slug for topic in applicable_topics(rank_topics(article.title, article.text))} for article in SEVERAL
    ]
    assert (
        share([article.topics <= slugs for article, slugs in zip(SEVERAL, listed, strict=True)])
        >= FLOORS["both of two topics"]
    )
    assert (
        share([bool(article.topics & slugs) for article, slugs in zip(SEVERAL, listed, strict=True)])
        >= FLOORS["one of two topics"]
    )


def test_articles_of_one_topic_seldom_list_another() -> None:
    listed = [len(applicable_topics(rank_topics(article.title, article.text))) for article in ARTICLES]
    assert share([count == 1 for count in listed]) >= FLOORS["one topic only"]


def test_claimed_probabilities_are_near_what_is_so_on_headlines() -> None:
    first = [(rank_topics(article.title, "")[0], article.topics) for article in ARTICLES]
    claimed = sum(topic.score for topic, _ in first) / len(first)
    right = share([topic.slug in topics for topic, topics in first])
    assert abs(claimed - right) <= FLOORS["headline probability off by"]


LANGUAGE_FLOORS: dict[str, dict[str, float]] = json.loads(
    (Path(__file__).parent / "topics" / "language_floors.json").read_text(encoding="utf-8")
)


def read_sections(path: Path) -> list[Labelled]:
    """Under each `[topic]`, blocks between blank lines: the headline, then the text."""
    articles: list[Labelled] = []
    for section in path.read_text(encoding="utf-8").strip().removeprefix("[").split("\n["):
        topic, _, body = section.partition("]\n")
        for block in body.strip().split("\n\n"):
            title, _, text = block.strip().partition("\n")
            articles.append(Labelled(frozenset([topic]), title, text))
    return articles


@pytest.mark.parametrize("language", LANGUAGE_FLOORS)
def test_topics_of_a_language_do_not_fall_below_their_floor(language: str) -> None:
    articles = read_sections(Path(__file__).parent / "topics" / f"{language}.txt")
    ranked = [
        ([topic.slug for topic in rank_topics(article.title, article.text, language)], article) for article in articles
    ]
    for count, name in ((1, "top 1"), (3, "top 3")):
        missed = [article.title for slugs, article in ranked if not set(slugs[:count]) & article.topics]
        assert 1 - len(missed) / len(articles) >= LANGUAGE_FLOORS[language][name], f"{language}, {name}: {missed}"
    headlines = [bool(rank_topics(article.title, "", language)) for article in articles]
    assert share(headlines) >= LANGUAGE_FLOORS[language]["headlines with a topic"]


def test_every_language_with_a_model_has_a_floor() -> None:
    assert set(LANGUAGE_FLOORS) == languages_with_model() - {"en"}
