"""A search passes over no document that its query matches."""

from hypothesis import given, settings

from shared.domain.rules import BadQuery
from shared.rules.document import SearchableDocument
from shared.rules.parser import parse
from shared.rules.search_terms import joined_terms, needed_terms
from tests.unit.rules.test_against_brute_force import documents, holds, queries


@settings(max_examples=200, deadline=None)
@given(document=documents, query=queries)
def test_a_document_that_matches_has_all_terms_of_an_alternative(document, query):
    try:
        parsed = parse(query)
    except BadQuery:
        return
    terms = joined_terms(document)
    if holds(parsed, document):
        assert any(all(text in terms for text in texts) for texts in needed_terms(parsed))


def test_terms_are_words_as_searches_compare_them_and_other_fields_words_behind_their_names():
    document = SearchableDocument(
        title="Missiles over Élan", text="The U.S. fired.", site="The Courier", topics=("sport",)
    )
    terms = joined_terms(document).split()
    assert {"missiles", "missile", "elan", "us", "site:courier", "topic:sport"} <= set(terms)
    assert terms == sorted(set(terms))


def test_an_alternative_is_a_list_of_texts_to_be_contained():
    assert needed_terms(parse("missiles AND (north OR site:cour*)")) == [
        [" missile ", " north "],
        [" missile ", " site:cour"],
    ]
    assert needed_terms(parse('"north korea"')) == [[" korea ", " north "]]
    assert needed_terms(parse("missil*")) == [[" missil"]]
