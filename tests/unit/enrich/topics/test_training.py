import hashlib
import json
from pathlib import Path

import pytest

from functions.enrich.topics.model import languages_with_model, load_model, model_file
from infra.training.topics.sources import (
    LANGUAGES,
    SLUGS,
    WRITTEN,
    Example,
    lexicon_terms,
    pieces,
    read_blocks,
    read_language,
    read_lexicon,
    read_sections,
    read_several,
    read_written,
    thin,
)

MEASURES = json.loads((WRITTEN / "measures.json").read_text(encoding="utf-8"))
HELD_OUT = Path(__file__).parents[3] / "quality" / "topics"


OTHER_LANGUAGES = sorted(path.name for path in LANGUAGES.iterdir())
MIN_TERMS_PER_TOPIC = 40
MIN_HEADLINES_PER_TOPIC = 40


@pytest.mark.parametrize("language", ["en", *OTHER_LANGUAGES])
def test_the_weights_are_those_that_the_training_run_measured(language: str) -> None:
    assert hashlib.sha256(model_file(language).read_bytes()).hexdigest() == MEASURES[language]["sha256"]
    assert load_model(language).slugs == SLUGS


def test_every_language_with_texts_has_a_model_and_no_other() -> None:
    assert languages_with_model() == {"en", *OTHER_LANGUAGES}


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_every_topic_has_terms_and_headlines_in_every_language(language: str) -> None:
    terms = lexicon_terms(LANGUAGES / language / "lexicon.txt")
    headlines = read_sections(LANGUAGES / language / "headlines.txt")
    assert {topic for topic in SLUGS if len(terms[topic]) < MIN_TERMS_PER_TOPIC} == set()
    assert {topic for topic in SLUGS if len(list(filter(None, headlines[topic]))) < MIN_HEADLINES_PER_TOPIC} == set()


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_no_text_that_measures_a_language_trains_it(language: str) -> None:
    trained = {text for example in read_language(language) for text in (example.title, example.text) if text}
    measured = (HELD_OUT / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    assert not trained & set(filter(None, measured))


def test_terms_of_a_lexicon_form_no_pairs(tmp_path: Path) -> None:
    (tmp_path / "lexicon.txt").write_text("[sport]\ngoal, penalty kick\n[arts]\nfilm、舞台\n", encoding="utf-8")
    examples = {example.topics: example.text for example in read_lexicon(tmp_path / "lexicon.txt")}
    assert examples == {("sport",): "goal . penalty kick", ("arts",): "film . 舞台"}


@pytest.mark.parametrize("kind", ["written", "headlines", "lexicon"])
def test_every_topic_has_texts_of_our_own(kind: str) -> None:
    assert {path.stem for path in (WRITTEN / kind).glob("*.txt")} == set(SLUGS)


def test_no_text_that_measures_the_model_trains_it() -> None:
    trained = {text for example in read_written() for text in (example.title, example.text) if text}
    measured = {
        line for path in HELD_OUT.glob("*.txt") for line in path.read_text(encoding="utf-8").splitlines() if line
    }
    assert measured
    assert not trained & measured


def test_no_two_written_texts_are_the_same() -> None:
    paragraphs = [example for example in read_written() if example.source in {"paragraph", "headline"}]
    assert len({(example.title, example.text) for example in paragraphs}) == len(paragraphs)


def test_pieces_of_one_text_are_held_out_together() -> None:
    [example] = read_blocks("Headline\nOne sentence. Another.", "weather")
    assert {piece.fold for piece in pieces(example)} == {example.fold}
    assert [(piece.title, piece.text) for piece in pieces(example)][1:] == [("", example.text), (example.title, "")]


def test_articles_of_two_topics_are_apart_from_what_is_learned_from() -> None:
    [example] = read_several("[sport, crime]\nKeeper fined\nThe keeper was fined.")
    assert example.topics == ("sport", "crime")
    assert example.source == "several"
    several = {example.text for example in read_written() if example.source == "several"}
    assert len(several) >= 60
    assert not several & {example.text for example in read_written() if example.source != "several"}


def test_thinning_keeps_the_same_examples_in_any_order() -> None:
    many = [Example("", f"event {number}", ("crime",), "cep") for number in range(20)] + [
        Example("", "other", ("crime",), "huffpost")
    ]
    kept = thin(many, "cep", 5)
    assert len(kept) == 6
    assert {example.text for example in thin(many[::-1], "cep", 5)} == {example.text for example in kept}
