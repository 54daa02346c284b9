import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.desk.evidence import Reason, mark_paragraphs


def marked(text, *reasons):
    return [
        (span.text, [reason.name for reason in span.reasons])
        for span in mark_paragraphs(text, reasons)[0]
        if span.reasons
    ]


@pytest.mark.parametrize(
    ("text", "term", "found"),
    [
        ("Oil, oil and OILS", "oil", ["Oil", "oil"]),
        ("The interest\u00a0rate", "interest rate", ["interest\u00a0rate"]),
        ("選挙の投票", "選挙", ["選挙"]),
        ("a.b (c", "(c", ["(c"]),
        ("C++ and c", "c++", ["C++"]),
    ],
)
def test_a_term_is_marked_as_a_whole_word(text, term, found):
    assert [part for part, _ in marked(text, Reason("topic", "t", term))] == found


def test_a_sentence_is_marked_though_it_was_cut_around_its_match():
    text = "First. The long  sentence goes on and on. Last."
    assert marked(text, Reason("rule", "r", "…long sentence goes on…")) == [("long  sentence goes on", ["r"])]


def test_what_overlaps_names_every_reason():
    reasons = [Reason("rule", "money", "The bank paid."), Reason("topic", "economy", "bank")]
    assert marked("The bank paid. It did.", *reasons) == [
        ("The ", ["money"]),
        ("bank", ["money", "economy"]),
        (" paid.", ["money"]),
    ]


@given(st.text(alphabet="ab \n", max_size=80), st.lists(st.text(alphabet="ab …", max_size=5), max_size=4))
def test_marking_loses_no_character(text, quotes):
    reasons = [Reason("rule", quote, quote) for quote in quotes] + [Reason("topic", quote, quote) for quote in quotes]
    paragraphs = ["".join(span.text for span in spans) for spans in mark_paragraphs(text, reasons)]
    assert paragraphs == [paragraph for paragraph in text.split("\n\n") if paragraph.strip()]


def test_a_text_made_to_be_marked_everywhere_costs_no_more_than_a_moment():
    begun = time.process_time()
    mark_paragraphs("ab " * 20_000, [Reason("topic", "t", "ab")] * 100)
    assert time.process_time() - begun < 2
