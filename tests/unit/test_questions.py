"""Every question of `infra/queries/athena` has its answer on the demo's records."""

import json
from pathlib import Path

import pytest

from functions.export.parquet_tables import write_tables
from shared.domain.documents import Article, Enrichment, Name, Outcome, PageFacts, TopicScore, opened_story_id
from shared.domain.errors import Reason, Rejected
from shared.domain.rules import Rule
from tests.corpus.truth import read_page
from tests.pipeline import Clock, Pipeline
from tests.sql import QUESTIONS, answer, database_of
from tests.template.cfn import ROOT

SAMPLES = json.loads((ROOT / "tests/corpus/samples.json").read_text())
EXPECTED = json.loads(Path(__file__).with_name("answers.json").read_text(encoding="utf-8"))
FIRST_DAY = 1_767_434_400.0  # 2026-01-03T10:00:00Z, a Saturday
TODAY = "2026-01-05"
DAY = 86_400


# What an editor would name in the samples: the answers do not change with the models.
NAMES = {
    "flood-lowmarsh": [("Lowmarsh", "place"), ("Ember", "place"), ("Ines Halloran", "person")],
    "de-gemeinderat-wahl": [("Gerlinde Rauch", "person"), ("Weißenach", "place")],
    "cricket-visible-date": [("Farhan Oberoi", "person"), ("Coastal Kings", "organisation")],
}
FIELDS = (
    "title", "standfirst", "authors", "site", "url", "published_at", "published_at_source", "modified_at", "language",
    "text",
)  # fmt: skip


def true_article(body: bytes, _url: str | None) -> Article:
    """The article as the sample's truth has it; a changed page has another title."""
    name, _, change = body.decode().partition(" ")
    truth = read_page(name).truth
    if "reason" in truth:
        raise Rejected(Reason(truth["reason"]), "It is no article.", PageFacts(url=truth["url"], site="Kestrel Ledger"))
    article = Article.model_validate({field: truth[field] for field in FIELDS})
    return article.model_copy(update={"title": change}) if change else article


def true_enrichment(article: Article) -> Enrichment:
    name = next(name for name in SAMPLES if read_page(name).truth.get("url") == article.url)
    topics = [TopicScore(slug=slug, score=0.5) for slug in read_page(name).truth["topic"]]
    names = [Name(text=text, kind=kind, count=1) for text, kind in NAMES.get(name, [])]
    return Enrichment(topics=topics, names=names, word_count=len(article.text.split()))


def told_as_stories(line: Pipeline) -> None:
    """The flood and the bulletin, which tells of it too, are one story; every other article is its own."""
    flood = line.record("incoming/samples/flood-lowmarsh").document_id
    bulletin = line.record("incoming/samples/wire-morning-bulletin").document_id
    for name, record in line.ledger.records.items():
        if record.outcome is Outcome.PUBLISHED:
            story = {"story_id": opened_story_id(flood if name == bulletin else name)}
            line.ledger.records[name] = record.model_copy(update=story)


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """The demo's pages on a Saturday; one of them changed and one deleted on Monday."""
    line = Pipeline(clock=Clock(FIRST_DAY))
    object.__setattr__(line.export, "tables", write_tables)
    object.__setattr__(line.extract, "article_of", true_article)
    object.__setattr__(line.enrich, "enrichment_of", true_enrichment)
    line.rules.save(Rule(name="floods", query="flood* OR sandbags", owner="Home desk"))
    line.rules.save(Rule(name="volcanoes", query="volcano*", owner="Science desk"))
    for name in SAMPLES:
        line.run(line.put(f"incoming/samples/{name}", name.encode()))
        line.clock.seconds += 60
    line.clock.seconds += 2 * DAY
    line.run(line.put("incoming/samples/flood-lowmarsh", b"flood-lowmarsh Families of Lowmarsh carry homes out"))
    line.run(line.delete("incoming/samples/strike-tram-depots"))
    told_as_stories(line)
    line.export.run(lambda: 900.0)
    return database_of(line.day_files.files, tmp_path_factory.mktemp("days"))


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_has_its_answer_on_the_demos_records(database, name):
    assert answer(database, name, TODAY) == EXPECTED[name]


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_names_itself_and_keeps_to_some_days_since_all_days_cost_more(name):
    text = QUESTIONS[name].read_text(encoding="utf-8")
    assert text.startswith("-- ")
    assert "day >= " in text
    assert max(map(len, text.splitlines())) <= 120


def test_there_are_fifteen_questions_at_least():
    assert len(QUESTIONS) >= 15
