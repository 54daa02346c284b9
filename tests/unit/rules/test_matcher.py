import pytest

from shared.domain.documents import Article, Enrichment, Name, Outcome, Record, TopicScore
from shared.domain.rules import Rule
from shared.rules.document import SearchableDocument
from shared.rules.matcher import RuleSet

DOCUMENT = SearchableDocument(
    title="Two missiles cross the strait",
    text=(
        "Northland fired two missiles on Monday. Its army's troops moved to the southern border.\n\n"
        "“Companies must wait,” said Kim Jong-un. The U.S. delegation stayed. 北朝鮮がミサイルを発射した。 Les réfugiés partent.\n\n"
        "Goods wait in the harbour news office."
    ),
    site="The Daily Harbour",
    url="https://www.harbour.example/world/1",
    language="en",
    topics=("conflict", "human-interest"),
    people=("Kim Jong-un", "Ana Jones"),
    organisations=("United Nations",),
    places=("Northland", "South Korea"),
)


def matches(query: str, document: SearchableDocument = DOCUMENT) -> bool:
    ruleset = RuleSet([Rule(name="watch", query=query)])
    assert not ruleset.errors
    return [match.rule for match in ruleset.match(document)] == ["watch"]


@pytest.mark.parametrize(
    "query",
    [
        "missile", "MISSILES", "title:missile", "text:army", "troop", "company", "refugie", '"two missiles"',
        '"fired two missiles on monday"',
        "northland AND border", "northland border", "zeppelin OR border", "northland NOT zeppelin", "northland -zeppelin", "miss*",
        "title:miss*",
        "Jong-un", '"kim jong un"', "u.s.", "US", '"northland missiles"~2', '"missiles northland"~2', "北朝鮮", "ミサイル", "北朝*",
        "anti OR (army troops)",
        'site:"daily harbour"', "site:harbour.example", "site:www.harbour.example", "site:https\\://harbour.example/world",
        "topic:conflict",
        "topic:human-interest", "topic:human*", "language:en", 'person:"jong un"', "person:kim", "person:jones",
        "organisation:nations", "place:korea",
        "place:(zeppelin OR northland)", "topic:conflict -person:smith", "southern bor*", "army-troop*", '"company must wait"',
    ],
)  # fmt: skip
def test_a_document_satisfies(query: str) -> None:
    assert matches(query)


@pytest.mark.parametrize(
    "query",
    [
        "missil", "title:army", "text:strait", '"missiles two"', '"two missiles on monday fired"', "northland AND zeppelin",
        "northland -border",
        "issile*", '"northland missiles"~1', '"border companies"', '"border companies"~50', '"strait northland"~9', "朝北",
        "site:example.harbour",
        "topic:politics", "language:de", "person:jone", "person:northland", "place:kim", "good", "new", "u", '"missiles missiles"~5',
        "boots",
    ],
)  # fmt: skip
def test_a_document_does_not_satisfy(query: str) -> None:
    assert not matches(query)


def test_a_rule_is_told_with_the_sentence_that_did_it() -> None:
    [match] = RuleSet([Rule(name="army", query="(northland OR zeppelin) AND troops AND border")]).match(DOCUMENT)
    assert match.sentence == "Its army's troops moved to the southern border."


def test_the_sentence_is_the_titles_where_only_the_title_has_it() -> None:
    assert RuleSet([Rule(name="r", query="strait")]).match(DOCUMENT)[0].sentence == DOCUMENT.title


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("topic:conflict", "topic: conflict"),
        ("site:harbour.example language:en", "site: harbour.example; language: en"),
        ("person:(jones OR smith)", "person: Ana Jones"),
        ("place:korea AND troops", "Its army's troops moved to the southern border."),
    ],
)
def test_a_rule_of_fields_alone_is_told_with_the_fields_value(query: str, sentence: str) -> None:
    assert RuleSet([Rule(name="r", query=query)]).match(DOCUMENT)[0].sentence == sentence


def test_a_part_of_a_query_that_does_not_hold_is_no_evidence() -> None:
    document = SearchableDocument(text="Oil rose sharply. Then gas fell.")
    assert RuleSet([Rule(name="r", query="(oil AND zeppelin) OR gas")]).match(document)[0].sentence == "Then gas fell."


@pytest.mark.parametrize("filler", ["word ", "石油", "長い、", "Ümläut-heavy "])
def test_a_long_sentence_is_cut_around_the_term_and_between_words(filler: str) -> None:
    document = SearchableDocument(text=filler * 200 + " zeppelin " + filler * 200)
    [match] = RuleSet([Rule(name="r", query="zeppelin")]).match(document)
    assert "zeppelin" in match.sentence
    assert len(match.sentence) <= 300
    assert match.sentence.startswith("…")
    assert match.sentence.endswith("…")
    if filler.endswith(" "):
        assert {word.strip("…") for word in match.sentence.split()} <= set(document.text.split())


def test_a_word_longer_than_an_excerpt_is_cut_all_the_same() -> None:
    [match] = RuleSet([Rule(name="r", query="zeppelin")]).match(
        SearchableDocument(text="x" * 500 + " zeppelin " + "y" * 500)
    )
    assert len(match.sentence) <= 300


def test_a_bad_rule_is_skipped_and_said_and_the_others_work() -> None:
    ruleset = RuleSet([Rule(name="bad", query="oil AND"), Rule(name="good", query="missile")])
    assert [match.rule for match in ruleset.match(DOCUMENT)] == ["good"]
    assert ruleset.errors == {"bad": "column 8: something is missing at the end"}


def test_no_rules_match_nothing() -> None:
    assert RuleSet([]).match(DOCUMENT) == []
    assert RuleSet([Rule(name="r", query="oil")]).match(SearchableDocument()) == []


def test_trees_of_an_earlier_set_are_used_again() -> None:
    first = RuleSet([Rule(name="a", query="missile")])
    second = RuleSet([Rule(name="b", query="missile"), Rule(name="c", query="strait")], first.parsed)
    assert second.parsed["missile"] is first.parsed["missile"]
    assert [match.rule for match in second.match(DOCUMENT)] == ["b", "c"]


def test_an_article_is_watched_with_its_standfirst_topics_and_names() -> None:
    article = Article(
        title="A strike",
        standfirst="Dockers walk out.",
        text="Ships wait.",
        site="Harbour",
        url="https://h.example/1",
        language="en",
    )
    enrichment = Enrichment(
        topics=[TopicScore(slug="labour", score=0.9)],
        names=[
            Name(text="Ana Jones", kind="person", count=2),
            Name(text="Oslo", kind="place", count=1),
            Name(text="ILO", kind="organisation", count=1),
        ],
    )
    document = SearchableDocument.of(article, enrichment)
    for query in ("dockers", "topic:labour", "person:jones", "place:oslo", "organisation:ilo", "site:h.example"):
        assert matches(query, document)


def test_a_record_is_watched_as_its_article_was() -> None:
    record = Record(
        document_id="d", outcome=Outcome.PUBLISHED, sequencer="1", source_bucket="b", source_key="k", processed_at="t",
        pipeline_version="1",
        title="A strike", text="Ships wait.", topics=["labour"], people=["Ana Jones"], site="Harbour", url="https://h.example/1",
        language="en",
    )  # fmt: skip
    for query in ("ship", "topic:labour", "person:jones", "site:harbour", "language:en", "title:strike"):
        assert matches(query, SearchableDocument.of_record(record))
