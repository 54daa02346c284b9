import pytest

from shared.text.sentences import split_sentences


def test_sentences_end_at_full_stops_questions_and_exclamations() -> None:
    assert split_sentences("The ferry sank. Who knew? Nobody! It was late.") == [
        "The ferry sank.",
        "Who knew?",
        "Nobody!",
        "It was late.",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Dr. Anna Weiss met Mr. Okafor on Jan. 5 in St. Gallen.",
        "J. R. Tolliver and George W. Harmon signed it.",
        "The U.S. Treasury and the U.N. Security Council agreed.",
        "Prices rose by 3.5 per cent at Brandt & Co. Ltd. in March.",
        "It arrived at 5 p.m. on the dot.",
        "She asked “why now?” and left.",
        "Item No. 7 was dropped.",
    ],
)
def test_abbreviations_initials_and_decimals_do_not_end_a_sentence(sentence: str) -> None:
    assert split_sentences(sentence) == [sentence]


def test_a_sentence_may_end_in_an_abbreviation_when_a_new_one_clearly_opens() -> None:
    assert split_sentences("They moved to the U.S. The court agreed.") == [
        "They moved to the U.S.",
        "The court agreed.",
    ]


def test_no_ends_a_sentence_unless_a_number_follows() -> None:
    assert split_sentences("The answer was no. Then they left.") == ["The answer was no.", "Then they left."]


def test_closing_quotes_stay_with_their_sentence() -> None:
    assert split_sentences("“We lost.” The captain sat down.") == ["“We lost.”", "The captain sat down."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天下雨了。比赛取消了！谁知道？", ["今天下雨了。", "比赛取消了！", "谁知道？"]),
        ("「行くよ。」彼は言った。", ["「行くよ。」", "彼は言った。"]),
        ("बारिश हुई। मैच रद्द हुआ।", ["बारिश हुई।", "मैच रद्द हुआ।"]),
        ("هل وصل القطار؟ نعم وصل.", ["هل وصل القطار؟", "نعم وصل."]),
        ("بارش ہوئی۔ میچ منسوخ ہوا۔", ["بارش ہوئی۔", "میچ منسوخ ہوا۔"]),
        ("Пошёл дождь. Матч отменили.", ["Пошёл дождь.", "Матч отменили."]),
        ("비가 왔다. 경기가 취소됐다.", ["비가 왔다.", "경기가 취소됐다."]),
    ],
)
def test_sentences_end_as_their_script_ends_them(text: str, expected: list[str]) -> None:
    assert split_sentences(text) == expected


def test_a_line_break_ends_a_sentence_without_punctuation() -> None:
    assert split_sentences("Ferry sinks off coast\n\nThe crew was saved") == [
        "Ferry sinks off coast",
        "The crew was saved",
    ]


def test_blank_text_has_no_sentences() -> None:
    assert split_sentences(" \n \n") == []


def test_long_blanks_take_no_time() -> None:
    assert split_sentences("Rain." + " " * 300_000 + "Sun.") == ["Rain.", "Sun."]
