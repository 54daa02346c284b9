import pytest

from functions.enrich.text.reading_time import count_words, reading_minutes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("The ferry sank at 3.15 off Brekke-on-Sea.", 7),
        ("It's the U.S.", 3),
        ("Не было дождя", 3),
        ("今天下雨了。", 5),
        ("Apple 发布了 iPhone", 5),
        ("東京タワー", 5),
        ("비가 왔다", 2),
        ("बारिश हुई", 2),
        ("ฝนตกหนัก", 3),
        ("ทุกเย็นเวลาห้าโมงครึ่ง เสียงของป้าละมัยจะดังไปทั่วตลาดโคมแดง", 15),  # of sixteen
    ],
)
def test_words_are_counted_as_readers_of_the_script_count_them(text: str, words: int) -> None:
    assert count_words(text) == words


def test_reading_takes_the_nearest_minute_and_at_least_one() -> None:
    assert reading_minutes("One word.") == 1
    assert reading_minutes("word " * 300) == 1
    assert reading_minutes("word " * 461) == 2


def test_chinese_is_read_letter_by_letter() -> None:
    assert reading_minutes("雨" * 900) == 2


def test_no_text_takes_no_time() -> None:
    assert reading_minutes(" \n") == 0
