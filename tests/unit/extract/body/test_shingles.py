"""The runs of words that texts are compared by."""

from functions.extract.body.shingles import ComparedTexts, shingles

LINES = [
    "The bridge was closed on Monday",
    "",
    "Cars wait",
    "– Ana",
    "The mayor spoke to the council, and left.",
    "東京で",
]


def test_runs_of_lines_are_those_of_the_whole_text_across_line_ends_too() -> None:
    runs = ComparedTexts().shingles_of_lines(LINES)
    assert {run for run in runs if len(run) == len(shingles(LINES[0])[0])} == set(shingles("\n".join(LINES)))


def test_a_text_asked_for_twice_has_the_same_words() -> None:
    texts = ComparedTexts()
    for _ in range(2):
        assert texts.shingles(LINES[0]) == shingles(LINES[0])
        assert texts.folded(LINES[3]) == "ana"
