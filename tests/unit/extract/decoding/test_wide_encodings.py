"""Pages in UTF-16, UTF-32 and EBCDIC are read by their tags, whatever their mark says or lacks."""

import pytest

from functions.extract.decoding.charset import decode

TEXTS = {
    "ru": "Утром в городе открыли новую школу, которой жители ждали более двадцати лет.",
    "ja": "駅長だった猫のために、町の人たちが小さな像を建てた。",
    "ar": "افتتحت المدينة صباح اليوم مدرسة جديدة انتظرها السكان أكثر من عشرين عاما.",
    "fr": "L’été dernier, la mairie a décidé de rouvrir la salle où l’on jouait.",
}
MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff", "utf-32-le": b"\xff\xfe\0\0", "utf-32-be": b"\0\0\xfe\xff"}


def page(text: str) -> str:
    return "<!DOCTYPE html><html><head><title>x</title></head><body>" + f"<p>{text}</p>" * 3 + "</body></html>"


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("codec", MARKS)
def test_no_mark_is_needed_in_any_script(codec: str, language: str) -> None:
    assert decode(page(TEXTS[language]).encode(codec)).count(TEXTS[language]) == 3


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize(
    ("codec", "mark"), [("utf-16-le", b"\xfe\xff"), ("utf-16-be", b"\xff\xfe"), ("utf-8", b"\xff\xfe")]
)
def test_a_mark_that_contradicts_the_tags_is_not_believed(codec: str, mark: bytes, language: str) -> None:
    assert decode(mark + page(TEXTS[language]).encode(codec)).count(TEXTS[language]) == 3


@pytest.mark.parametrize("codec", MARKS)
def test_a_page_cut_off_inside_a_character_keeps_the_rest(codec: str) -> None:
    assert decode(MARKS[codec] + page(TEXTS["ru"]).encode(codec)[:-1]).count(TEXTS["ru"]) == 3


def test_what_follows_a_lost_byte_is_read_and_what_stood_around_it_is_left_out() -> None:
    body = page(TEXTS["ja"]).encode("utf-16-le")
    lost = body.index("小".encode("utf-16-le"))
    text = decode(body[:lost] + body[lost + 1 :])
    assert text.count(TEXTS["ja"]) == 2
    assert set(text) <= set(page(TEXTS["ja"]))


def test_a_head_in_another_charset_is_left_out() -> None:
    assert decode(b"<html><!-- saved -->\n" + page(TEXTS["ja"]).encode("utf-16-le")).startswith("<!DOCTYPE")


def test_a_page_from_a_mainframe_is_read() -> None:
    assert "The harbour office" in decode(page("The harbour office counted eleven boats.").encode("cp037"))


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_a_page_that_lost_its_first_byte_keeps_the_rest(codec: str, language: str) -> None:
    assert decode(page(TEXTS[language]).encode(codec)[1:]).count(TEXTS[language]) == 3
