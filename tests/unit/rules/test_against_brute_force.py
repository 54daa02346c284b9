"""The index against brute force: every rule asked of every document by a slow evaluator that shares nothing with it but the parsed tree."""

import os
from collections import Counter
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.domain.documents import RuleMatch
from shared.domain.rules import BadQuery, Rule
from shared.rules.analysis import words
from shared.rules.document import SearchableDocument, field_words
from shared.rules.fragments import SentenceIndex
from shared.rules.matcher import RuleSet
from shared.rules.parser import parse
from shared.rules.query_tree import AllOf, Node, Not, QueryTerm
from shared.text.sentences import split_sentences

EXAMPLES = int(os.environ.get("RULES_EXAMPLES", "200"))
WORDS = [
    "red",
    "Reds",
    "redder",
    "blue",
    "bluebell",
    "house",
    "houses",
    "the",
    "of",
    "Jong-un",
    "un",
    "U.S.",
    "us",
    "北",
    "京",
    "北京",
    "Élan",
    "elan's",
    "news",
]
NAMES = ["Red House", "Jong-un Blue", "北京", "The News", "elan"]
TOPICS = ["conflict", "human-interest", "sport"]

word = st.sampled_from(WORDS)
sentence = st.lists(word, max_size=9).map(lambda found: " ".join(found).capitalize() + ".")
paragraph = st.lists(sentence, max_size=3).map(" ".join)
text = st.lists(paragraph, max_size=3).map("\n\n".join)
names = st.lists(st.sampled_from(NAMES), max_size=2, unique=True).map(tuple)
documents = st.builds(
    SearchableDocument,
    title=sentence,
    text=text,
    site=st.sampled_from(["", "Red House", "us"]),
    url=st.sampled_from(["", "https://www.red.example/1", "https://us.example"]),
    language=st.sampled_from(["", "en", "zh-Hans"]),
    topics=st.lists(st.sampled_from(TOPICS), max_size=2, unique=True).map(tuple),
    people=names,
    organisations=names,
    places=names,
)

prefix = st.builds(
    lambda found, length: found[:length] + "*",
    st.sampled_from(["redder", "bluebell", "house", "jong-un", "北京"]),
    st.integers(2, 8),
)
phrase = st.builds(
    lambda found, slop: f'"{" ".join(found)}"' + (f"~{slop}" if slop else ""),
    st.lists(word, min_size=1, max_size=4),
    st.sampled_from([0, 0, 1, 2, 5]),
)
term = st.one_of(word, word, phrase, prefix)
fielded = st.one_of(
    st.builds("{}:{}".format, st.sampled_from(["title", "text", "site", "person", "organisation", "place"]), term),
    st.builds("topic:{}".format, st.sampled_from([*TOPICS, "hum*", "interest"])),
    st.sampled_from(["language:en", "language:zh", "site:red.example", "site:example"]),
)
queries = st.recursive(
    st.one_of(term, term, fielded),
    lambda inner: st.one_of(
        st.builds("({} AND {})".format, inner, inner),
        st.builds("({} {})".format, inner, inner),
        st.builds("({} OR {})".format, inner, inner),
        st.builds("({} NOT {})".format, inner, inner),
        st.builds("({} OR NOT {})".format, inner, inner),
        st.builds("({} -{} {})".format, inner, inner, inner),
    ),
    max_leaves=6,
)


def holds(node: Node, document: SearchableDocument) -> bool:
    if isinstance(node, QueryTerm):
        fields = [node.field] if node.field else ["title", "text"]
        return any(occurs(node, field, value) for field in fields for value in document.values(field))
    if isinstance(node, Not):
        return not holds(node.part, document)
    results = [holds(part, document) for part in node.parts]
    return all(results) if isinstance(node, AllOf) else any(results)


def occurs(leaf: QueryTerm, field: str, value: str) -> bool:
    return any(occurs_at(leaf, field, value, start) for start in range(len(read(field, value)[0])))


@cache
def read(field: str, value: str) -> tuple[list[str], list[str]]:
    return field_words(field, value), words(value)


def occurs_at(leaf: QueryTerm, field: str, value: str, start: int) -> bool:
    stems, plain = (found[start:] for found in read(field, value))
    run = stems[: len(leaf.words)]
    if leaf.slop:
        return stems[0] in leaf.words and Counter(leaf.words) <= Counter(stems[: len(leaf.words) + leaf.slop])
    if leaf.prefix:
        return (
            len(run) == len(leaf.words)
            and run[:-1] == list(leaf.words[:-1])
            and plain[len(run) - 1].startswith(leaf.words[-1])
        )
    return run == list(leaf.words)


def sound(found: list[str]) -> dict[str, Node]:
    parsed = {}
    for query in found:
        try:
            parsed[query] = parse(query)
        except BadQuery:
            continue
    return parsed


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(queries, min_size=1, max_size=40, unique=True), st.lists(documents, min_size=1, max_size=5))
def test_the_index_finds_what_brute_force_finds(found: list[str], articles: list[SearchableDocument]) -> None:
    parsed = sound(found)
    ruleset = RuleSet([Rule(name=f"r{n}", query=query) for n, query in enumerate(parsed)])
    for article in articles:
        expected = [f"r{n}" for n, node in enumerate(parsed.values()) if holds(node, article)]
        matches = ruleset.match(article)
        assert [match.rule for match in matches] == expected
        for match in matches:
            check_evidence(
                match, [leaf for leaf in parsed_by_name(parsed)[match.rule].terms() if holds(leaf, article)], article
            )


def parsed_by_name(parsed: dict[str, Node]) -> dict[str, Node]:
    return {f"r{n}": node for n, node in enumerate(parsed.values())}


def check_evidence(match: RuleMatch, leaves: list[QueryTerm], article: SearchableDocument) -> None:
    """The sentence is the article's own, and a term that the article satisfies begins in it; or a field's value, and it satisfies one."""
    told = [leaf for leaf in leaves if leaf.field in ("", "text") and begins_in(leaf, match.sentence, article)]
    told += [
        leaf
        for leaf in leaves
        if leaf.field in ("", "title") and match.sentence == article.title and occurs(leaf, "title", article.title)
    ]
    told += [
        leaf for leaf in leaves if leaf.field not in ("", "title", "text") and value_told(leaf, match.sentence, article)
    ]
    assert told, (match, leaves)


def begins_in(leaf: QueryTerm, sentence: str, article: SearchableDocument) -> bool:
    """Whether some sentence of the text that reads so holds the beginning of what the leaf asks for."""
    for paragraph in article.values("text"):
        sentences = split_sentences(paragraph)
        for n, own in enumerate(sentences):
            rest = " ".join(sentences[n:])
            if own == sentence and any(
                occurs_at(leaf, "text", rest, start) for start in range(len(read("text", own)[0]))
            ):
                return True
    return False


def value_told(leaf: QueryTerm, sentence: str, article: SearchableDocument) -> bool:
    return any(
        f"{leaf.field}: {value}" in sentence and occurs(leaf, leaf.field, value) for value in article.values(leaf.field)
    )


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text(alphabet=st.one_of(st.sampled_from(".!?。'’ \n北aZé"), st.characters()), max_size=200))
def test_sentences_hold_the_words_of_their_paragraphs_in_order(text: str) -> None:
    paragraphs = text.split("\n\n")
    numbers = SentenceIndex(paragraphs, []).owners
    assert len(numbers) == sum(len(words(paragraph)) + 1 for paragraph in paragraphs)


@settings(max_examples=EXAMPLES, deadline=None)
@given(documents)
def test_cjk_and_any_other_text_matches_itself_as_a_phrase(article: SearchableDocument) -> None:
    for paragraph in article.values("text"):
        if words(paragraph):
            quoted = '"' + paragraph.replace('"', " ").replace("\\", " ").replace("*", " ") + '"'
            assert RuleSet([Rule(name="r", query=quoted)]).match(article)
