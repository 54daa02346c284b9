import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.enrich.text.summary import MAX_SUMMARY_COLUMNS, summarise

LEAD = "The harbour town of Brekke will lose its ferry in May. The council voted 9-4 after a long night. Islanders plan to appeal."


def test_the_standfirst_is_the_summary_where_there_is_one() -> None:
    standfirst = "After forty years the last ferry stops, and the island wonders what comes next."
    assert summarise(standfirst, LEAD) == standfirst


def test_a_standfirst_too_short_to_say_anything_gives_way_to_the_lead() -> None:
    assert summarise("Analysis", LEAD).startswith("The harbour town")


def test_without_a_standfirst_the_lead_sentences_are_taken_whole() -> None:
    assert summarise("", LEAD) == LEAD


def test_credits_bylines_and_headings_are_passed_over() -> None:
    text = f"By Ane Holt\n\nPhoto: Jon Dale\n\nWhat happened\n\n{LEAD}"
    assert summarise("", text) == LEAD


def test_an_overlong_sentence_is_cut_between_words() -> None:
    sentence = "word " * 200 + "end."
    summary = summarise("", sentence)
    assert summary.endswith("word…")
    assert len(summary) <= MAX_SUMMARY_COLUMNS


def test_chinese_is_cut_between_letters_and_joined_without_spaces() -> None:
    assert summarise("", "今天下雨了。比赛取消了。") == "今天下雨了。比赛取消了。"
    long = summarise("", "港口城市的渡轮将于五月停运" * 30 + "。")
    assert long.endswith("…")
    assert len(long) * 2 <= MAX_SUMMARY_COLUMNS + 2


@pytest.mark.parametrize("text", ["เสียงของป้าละมัยจะดังไปทั่วตลาดโคมแดงที่นี่" * 20, "ກິນເຂົ້າແລ້ວບໍ່" * 40, "ភាសាខ្មែរ" * 60])
def test_a_script_without_spaces_keeps_its_vowels_with_their_letters(text: str) -> None:
    for begun in range(12):
        cut = summarise("", text[begun:] + ".").removesuffix("…")
        following = text[begun + len(cut)]
        assert unicodedata.category(following)[0] != "M"
        assert cut[-1] not in "เแโใไເແໂໃໄ"


def test_a_long_unbroken_string_still_gives_something() -> None:
    assert summarise("", "x" * 1000).endswith("…")


def test_no_text_has_no_summary() -> None:
    assert not summarise("", "")


@pytest.mark.parametrize("text", ["one two three " * 100, "Кот сидел на окне и смотрел. " * 40, "雨が降った、" * 100])
def test_no_summary_is_longer_than_allowed(text: str) -> None:
    assert len(summarise("", text)) <= MAX_SUMMARY_COLUMNS


@given(st.text(alphabet=st.sampled_from("abc .,!?中文\n"), max_size=1500))
def test_words_of_a_summary_are_words_of_the_text(text: str) -> None:
    words = set(text.split())
    summary = summarise("", text).removesuffix("…")
    spaced = [word for word in summary.split() if word.isascii()]
    assert set(spaced) <= words
