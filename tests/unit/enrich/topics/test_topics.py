import time
from pathlib import Path

import pytest

from functions.enrich.topics.model import WEIGHTS_FILE, load_model
from functions.enrich.topics.rank import applicable_topics, rank_topics
from functions.enrich.topics.terms import fold, read_terms
from shared.domain.documents import TopicScore

TOPICS = 17
STRIKE = (
    "Dockers at the grain terminal have voted to strike from Monday over pay and night shifts, their union said. "
    "Employers offered a wage rise of two percent. Pickets will stand at both gates, and the conciliation service has invited the "
    "two sides to further talks. The last stoppage, nine years ago, cost exporters a week of sailings."
)

_BLOCKS = (Path(__file__).parent / "other_languages.txt").read_text(encoding="utf-8").strip().split("\n\n")
OTHER_LANGUAGES = {language: (title, text) for language, title, text in (block.split("\n") for block in _BLOCKS)}

HEADLINES = {
    "Striker's late penalty sends United into quarter-finals": "sport",
    "Hospital cancels operations as flu spreads": "health",
    "Snow and freezing rain expected overnight": "weather",
    "Bishops gather to elect new archbishop": "religion",
    "Union calls strike over wages": "labour",
    "Jury convicts man of murder": "crime",
    "Central bank cuts interest rates": "economy",
    "Earthquake kills dozens": "disaster",
    "Slow cooker recipes for autumn": "lifestyle",
}


@pytest.mark.parametrize(("headline", "topic"), HEADLINES.items())
def test_a_headline_alone_is_enough(headline: str, topic: str) -> None:
    assert rank_topics(headline, "")[0].slug == topic


def test_all_topics_come_best_first_with_probabilities_that_add_up_to_one() -> None:
    ranked = rank_topics("Dockers to strike", STRIKE)
    scores = [topic.score for topic in ranked]
    assert len(ranked) == TOPICS
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(1, abs=0.01)


def test_text_without_a_headline_is_enough() -> None:
    assert rank_topics("", STRIKE)[0].slug == "labour"


def test_capitals_do_not_matter_to_the_score() -> None:
    as_written, lower, upper = (
        rank_topics("Dockers to strike", text)[0] for text in (STRIKE, STRIKE.lower(), STRIKE.upper())
    )
    assert lower == as_written.model_copy(update={"evidence": lower.evidence})
    assert upper.score == as_written.score


def test_the_same_text_always_gets_the_same_answer() -> None:
    assert rank_topics("Dockers to strike", STRIKE) == rank_topics("Dockers to strike", STRIKE)


def test_evidence_is_in_the_words_of_the_text_without_stop_words() -> None:
    first = rank_topics("Dockers to strike", STRIKE)[0]
    assert first.evidence
    assert all(term in f"Dockers to strike {STRIKE}" for term in first.evidence)
    assert {"union", "strike", "wage rise", "wage", "Pickets"} & set(first.evidence)
    assert not {"the", "over", "from", "and"} & set(first.evidence)


def test_dates_numbers_and_plain_verbs_are_no_evidence() -> None:
    text = f"On Monday, 3 March, the two sides said that they would make a new start. {STRIKE}"
    evidence = {
        word.lower()
        for topic in rank_topics("John said five million", text)
        for term in topic.evidence
        for word in term.split()
    }
    assert not {"monday", "said", "make", "new", "john", "five", "million"} & evidence


def test_the_lead_of_a_five_thousand_word_article_decides() -> None:
    tail = "The committee then turned to other business and heard a report about the harbour and its history. " * 300
    assert rank_topics("Dockers to strike", f"{STRIKE} {tail}")[0].slug == "labour"


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_a_language_that_the_model_was_not_trained_on_gets_no_topic(language: str) -> None:
    title, text = OTHER_LANGUAGES[language]
    assert rank_topics(title, text) == []
    assert rank_topics("", text) == []


@pytest.mark.parametrize(("title", "text"), [("", ""), ("1234 5678", "…"), ("\x00", "\ud83d"), ("xqzv", "")])
def test_what_says_nothing_gets_no_topic(title: str, text: str) -> None:
    assert rank_topics(title, text) == []


def test_foreign_names_in_an_english_text_do_not_make_it_foreign() -> None:
    text = "The Partido de los Trabajadores and La Liga del Sur said they would vote against the bill in parliament on Thursday."
    assert rank_topics("Partido de los Trabajadores to oppose bill", text)[0].slug == "politics"


@pytest.mark.parametrize(
    ("scores", "applying"),
    [
        ((0.6, 0.3, 0.05), 2),
        ((0.5, 0.25, 0.2), 3),
        ((0.9, 0.06, 0.02), 2),
        ((0.8, 0.08, 0.07), 1),
        ((0.94, 0.04, 0.01), 1),
        ((0.9, 0.1), 2),
        ((1.0,), 1),
    ],
)
def test_the_first_topic_applies_and_others_that_are_likely_too_or_stand_out(
    scores: tuple[float, ...], applying: int
) -> None:
    ranked = [
        TopicScore(slug=slug, score=score) for slug, score in zip(("crime", "economy", "sport"), scores, strict=False)
    ]
    assert applicable_topics(ranked) == ranked[:applying]


def test_no_topic_applies_where_all_is_guesswork() -> None:
    assert applicable_topics([TopicScore(slug=slug, score=0.06) for slug in ("crime", "sport")]) == []
    assert applicable_topics([]) == []


def test_words_fold_to_one_form() -> None:
    assert {fold(word) for word in ("Nurses", "nurse's", "nurses’", "NURSE")} == {"nurse"}
    assert fold("São") == "sao"
    assert fold("parties") == "party"
    assert fold("congress") == "congress"


def test_the_headline_counts_more_than_the_lead_and_the_lead_more_than_the_tail() -> None:
    weights = read_terms("strike", "ferry " + "and " * 400 + "harbour").weights
    assert weights["strike"] > weights["ferry"] > weights["harbour"] > 0


def test_the_weights_stay_under_a_megabyte_and_load_quickly() -> None:
    assert WEIGHTS_FILE.stat().st_size < 1_000_000
    load_model.cache_clear()
    started = time.process_time()
    load_model()
    assert time.process_time() - started < 0.2, "loading took far longer than the 30 ms it is meant to"
