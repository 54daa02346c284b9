"""The measures of the quality ring, on cases with an obvious score."""

import pytest

from tests.quality.scoring import best_body_score, body_score, same_day, same_minute, same_names, same_text, same_zone

TEXT = "One two three four five six seven eight."
ZONED = "2025-05-01T08:45:00+05:30"


def test_an_equal_body_scores_one_whatever_its_punctuation() -> None:
    score = body_score(TEXT, "One, two three four\n\nfive six seven eight")
    assert (score.f1, score.exact) == (1.0, True)


def test_a_line_too_many_costs_precision_and_a_line_too_few_recall() -> None:
    more, fewer = body_score(TEXT, f"{TEXT} Share this story now."), body_score(TEXT, "One two three four five six.")
    assert (more.recall, fewer.precision) == (1.0, 1.0)
    assert 0 < more.precision < 1
    assert 0 < fewer.recall < 1


def test_another_article_scores_nothing() -> None:
    assert body_score(TEXT, "Nothing of this stands in the other text.").f1 == 0.0


def test_an_empty_body_scores_nothing() -> None:
    assert body_score(TEXT, "").f1 == 0.0


def test_letters_of_a_script_without_spaces_count_as_words() -> None:
    assert 0.3 < body_score("渡口停航前一天老船工把铜铃送给了小学", "渡口停航前一天老船工把铜铃").f1 < 1


def test_a_standfirst_at_the_head_of_the_body_is_neither_asked_nor_punished() -> None:
    truth = {"text": TEXT, "standfirst": "What it is about"}
    assert best_body_score(truth, TEXT).exact
    assert best_body_score(truth, f"What it is about. {TEXT}").exact


@pytest.mark.parametrize("got", ["“Hush” – she said", '"Hush" - she said.', "'hush' — she  SAID"])
def test_quotation_marks_dashes_case_and_space_do_not_count(got: str) -> None:
    assert same_text("‘Hush’ – she said", got) == 1.0


def test_names_score_by_how_many_are_right() -> None:
    assert same_names(["Ines Halloran", "Piotr Wend"], ["INES HALLORAN", "Staff"]) == 0.5
    assert same_names([], []) == 1.0


def test_a_day_is_compared_in_the_truths_own_zone() -> None:
    assert same_day("2025-05-01T01:00:00+05:30", "2025-04-30T19:30:00+00:00") == 1.0
    assert same_day("2025-05-01", "2025-04-30") == 0.0
    assert same_day(None, None) == 1.0


@pytest.mark.parametrize(
    ("got", "right"),
    [("2025-05-01T03:15:00Z", 1.0), ("2025-05-01T08:45:00", 1.0), ("2025-05-01T08:47:00", 0.0), ("2025-05-01", 0.0)],
)
def test_a_time_is_the_same_instant_or_the_same_wall_clock(got: str, right: float) -> None:
    assert same_minute(ZONED, got) == right


def test_a_zone_is_neither_dropped_nor_guessed() -> None:
    assert same_zone(ZONED, "2025-05-01T03:15:00+00:00") == 1.0
    assert same_zone(ZONED, "2025-05-01T08:45:00") == 0.0
    assert same_zone("2025-05-01T08:45:00", ZONED) == 0.0
