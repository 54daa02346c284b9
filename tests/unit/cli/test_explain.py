"""What `clipwire explain` says of a page on this machine, without any stack."""

import json
import re

import pytest

from functions.extract.rejection import MIN_CHANCE
from infra.cli.advice import ADVICE
from infra.cli.app import build
from infra.local.home import CLONE
from shared.domain.errors import Reason

PAGES = CLONE / "tests" / "corpus" / "pages"


@pytest.fixture
def explained(capsys):
    def run(*arguments: str) -> str:
        with pytest.raises(SystemExit) as end:
            build(["explain"])(["explain", *arguments])
        assert end.value.code == 0
        return capsys.readouterr().out

    return run


def test_each_field_of_a_page_names_its_source_and_each_topic_its_weights(explained):
    document = json.loads(explained(str(PAGES / "flood-lowmarsh.html"), "--json"))
    assert document["sources"]["title"]
    assert document["published_at_source"] == "declared"
    terms = document["topic_weights"][document["topic"]]
    assert terms
    assert all(weight > 0 for _, weight in terms)


def test_a_rejected_page_is_explained_by_its_reason(explained):
    document = json.loads(explained(str(PAGES / "paywall-stub.html"), "--json"))
    assert (document["outcome"], document["reason"]) == ("rejected", "stub")
    assert document["detail"]
    assert document["advice"] == ADVICE["stub"]


def test_a_page_refused_by_its_form_is_explained_by_the_probability_that_it_is_an_article(explained):
    document = json.loads(explained(str(PAGES / "index-front.html"), "--json"))
    said = re.search(r"Probability of an article: (0\.\d\d)\.", document["detail"])
    assert said
    assert float(said[1]) < MIN_CHANCE


def test_a_page_published_in_doubt_is_explained_with_its_probability(explained, monkeypatch):
    monkeypatch.setattr("functions.extract.rejection.article_chance", lambda _page, _signs: 0.31)
    document = json.loads(explained(str(PAGES / "flood-lowmarsh.html"), "--json"))
    assert (document["attention"], document["extraction_confidence"]) == ("doubtful", 0.31)
    shown = explained(str(PAGES / "flood-lowmarsh.html"))
    assert "Published in doubt: the probability that the page is an article is 0.31" in shown
    assert "0.31 ← the page's form, by the model in functions/extract" in " ".join(shown.split())


def test_a_page_that_is_surely_an_article_is_explained_without_doubt(explained):
    document = json.loads(explained(str(PAGES / "flood-lowmarsh.html"), "--json"))
    assert document["extraction_confidence"] > 0.9
    assert "attention" not in document
    assert "in doubt" not in explained(str(PAGES / "flood-lowmarsh.html"))


def test_every_reason_comes_with_what_would_help():
    assert set(ADVICE) == set(Reason)


def test_a_person_reads_the_same_in_a_table(explained):
    assert "adds to its log-odds" in explained(str(PAGES / "flood-lowmarsh.html"))


def test_a_field_stands_beside_its_source_and_a_fingerprint_is_cut(explained):
    shown = explained(str(PAGES / "flood-lowmarsh.html"))
    assert "The Harrowfield Courier  ← meta og:site_name" in shown
    assert "Topic disaster, probability" in shown
    assert not any(len(word) > 80 for word in shown.split() if set(word) <= set("0123456789abcdef…"))


def test_what_is_not_looked_for_in_a_language_is_said(explained):
    assert "none: they are looked for in de, en" in explained(str(PAGES / "ar-desalination.html"))
    assert "none: they are looked for" not in explained(str(PAGES / "flood-lowmarsh.html"))


def test_topics_are_explained_by_terms_in_the_language_of_the_page(explained):
    for page, topic, term in (
        ("de-gemeinderat-wahl", "politics", "Stichwahl"),
        ("es-microdata-vendimia", "economy", "cosecha"),
    ):
        document = json.loads(explained(str(PAGES / f"{page}.html"), "--json"))
        assert document["topic"] == topic
        assert term in dict(document["topic_weights"][topic])


def test_a_page_whose_language_has_no_topic_model_says_so(explained):
    assert "no topics: there is no model for the language el" in explained(str(PAGES / "el-lighthouse-keepers.html"))
