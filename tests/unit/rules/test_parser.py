import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.rules import BadQuery
from shared.rules.parser import parse


@pytest.mark.parametrize(
    ("query", "reading"),
    [
        (
            '"North Korea" AND (troops OR missile*) AND NOT sport',
            '"North Korea" AND (troops OR missile*) AND NOT sport',
        ),
        ("oil gas", "oil AND gas"),
        ("+oil -gas", "oil AND NOT gas"),
        ("oil OR gas coal", "(oil OR gas) AND coal"),
        ("oil OR gas AND coal", "oil OR (gas AND coal)"),
        ("oil OR gas -coal", "(oil OR gas) AND NOT coal"),
        ("oil NOT (gas OR coal)", "oil AND NOT (gas OR coal)"),
        ("title:(budget OR 'tax') lang:en", "(title:budget OR title:'tax') AND language:en"),
        ("organization:nato PERSON:biden", "organisation:nato AND person:biden"),
        ("“Kim Jong-un” 北朝鮮", '"Kim Jong-un" AND 北朝鮮'),
        ("（石油　OR　天然ガス）", "石油 OR 天然ガス"),
        ('"a b"~5', '"a b"~5'),
        ("oil AND (gas OR NOT coal)", "oil AND (gas OR NOT coal)"),
        (r"10\:30", r"10\:30"),
    ],
)
def test_a_query_is_read_as(query: str, reading: str) -> None:
    assert str(parse(query)) == reading


@pytest.mark.parametrize(
    ("query", "column", "message"),
    [
        ("", 1, "empty"),
        ("   ", 1, "empty"),
        ("AND oil", 1, "needs a term before"),
        ("oil AND", 8, "missing at the end"),
        ("oil AND OR gas", 9, "needs a term before"),
        ("(oil", 1, "never closed"),
        ("oil)", 4, "never opened"),
        ("oil ()", 5, "nothing in these parentheses"),
        ('"oil', 1, "not closed"),
        ("oil~", 4, "fuzzy"),
        ('"oil gas"~0.5', 10, "fuzzy"),
        ('"oil gas"~51', 11, "up to 50"),
        ("oil^2", 4, "boosting"),
        ("[a TO b]", 1, "ranges"),
        ("oil {a TO b}", 5, "ranges"),
        (">5", 1, "comparisons"),
        ("/oi.l/", 1, "regular expressions"),
        ("*oil", 1, "cannot begin with *"),
        ("o*l", 2, "only at the end"),
        ("oi?", 3, "wildcard ?"),
        ("*", 1, "cannot begin with *"),
        ("o*", 1, "at least 2 letters"),
        ('"miss* oil"', 6, "cannot stand in a phrase"),
        ("titel:oil", 1, "did you mean title:"),
        ("http://oil.example", 1, "no field http"),
        ("10:30", 3, "no field stands before"),
        ("title:", 7, "missing at the end"),
        ("title:(site:oil)", 8, "cannot stand inside title:"),
        ("title:site:oil", 7, "cannot stand inside title:"),
        ("NOT oil", 1, "only takes away"),
        ("oil OR NOT gas", 8, "only takes away"),
        ("oil OR (-gas -coal)", 9, "only takes away"),
        ("oil OR +gas", 8, "no meaning beside OR"),
        ("NOT NOT oil", 5, "in a row"),
        ("oil and gas", 5, "write AND in capitals"),
        ("oil && gas", 5, "write AND"),
        ("oil || gas", 5, "write OR"),
        ("oil !gas", 5, "write NOT"),
        ("oil NEAR/5 gas", 5, "a number after a phrase"),
        ("oil W/5 gas", 5, "a number after a phrase"),
        ("oil &", 5, "no word"),
        ("oil 🛢️", 5, "no word"),
        ("1️⃣ ⃣", 5, "no word"),
        ("topic:sports", 7, "no topic sports"),
        ("topic:(sport OR football)", 17, "no topic football"),
        ("language:english", 10, "code of two letters"),
        ("oil \\", 5, "backslash"),
        ("(" * 21 + "oil" + ")" * 21, 21, "nested more than 20"),
        ("oil " * 201, 801, "more than 200 terms"),
        ("o" * 2001, 2001, "longer than 2000"),
    ],
)
def test_a_bad_query_is_refused_with_the_place(query: str, column: int, message: str) -> None:
    with pytest.raises(BadQuery, match=r"^column") as refused:
        parse(query)
    assert message in refused.value.message
    assert refused.value.position == column - 1


def test_the_place_is_shown_by_a_caret_below_wide_characters_too() -> None:
    with pytest.raises(BadQuery) as refused:
        parse("石油 AND~")
    assert refused.value.pointed().splitlines()[1] == " " * 8 + "^"


HOSTILE = st.text(
    alphabet=st.one_of(st.sampled_from('()"~*?\\:+-&|!^[]{}/<> ANDORNOTtitlesite\n\x00'), st.characters()), max_size=300
)


def refusal(text: str) -> BadQuery | None:
    try:
        parse(text)
    except BadQuery as refused:
        return refused
    return None


@given(HOSTILE)
def test_any_text_at_all_is_a_query_or_is_refused_at_a_place_inside_it(text: str) -> None:
    refused = refusal(text)
    if refused:
        assert 0 <= refused.position <= len(text)
        assert len(refused.pointed().splitlines()) >= 3


@given(HOSTILE)
def test_what_a_query_is_read_as_is_read_the_same_again(text: str) -> None:
    if not refusal(text):
        node = parse(text)
        assert parse(str(node)) == node


@pytest.mark.parametrize(
    "query",
    [
        "(" * 1000,
        "NOT " * 500,
        "a:" * 1000,
        "+-" * 1000,
        '"' * 1999,
        "\\" * 2000,
        "a OR " * 400,
        "(a " * 20 + "b) " * 20,
        "~" * 2000,
        "title:(" * 280,
    ],
)
def test_hostile_queries_end_at_once(query: str) -> None:
    began = time.process_time()
    with pytest.raises(BadQuery):
        parse(query + "\x01")
    assert time.process_time() - began < 0.5
