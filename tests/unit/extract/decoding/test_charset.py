"""Bytes become text whatever charset they claim or hide."""

import gzip
import zlib

import brotli
import pytest

from functions.extract.decoding.charset import CONTROLS, decode, holds_controls
from functions.extract.decoding.compression import inflate
from shared.domain.errors import Reason, Rejected

RUSSIAN = "Утром первого сентября в городе открыли новую школу, которой жители ждали более двадцати лет. На празднике было много людей."
CHINESE = "这是一个关于渡口的故事，老船工把铜铃送给了小学，他说从这里出发的人都会回来。"
FRENCH = "Le théâtre était fermé depuis onze ans. La région a apporté de l’argent, et les habitants ont payé eux-mêmes les fauteuils."


def page(text: str, head: str = "") -> str:
    return f"<html><head>{head}<title>x</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (CHINESE, "gb18030"),
        (FRENCH, "cp1252"),
        ("서울의 아이들은 이 책을 다시 읽고 있다고 말했다.", "cp949"),
    ],
)
def test_an_undeclared_charset_is_found_by_how_the_words_read(text: str, codec: str) -> None:
    assert text in decode(page(text).encode(codec))


def test_a_declared_charset_is_believed() -> None:
    assert RUSSIAN in decode(page(RUSSIAN, '<meta charset="windows-1251">').encode("cp1251"))


def test_latin_1_means_windows_1252_as_browsers_read_it() -> None:
    assert "l’argent" in decode(page(FRENCH, '<meta charset="iso-8859-1">').encode("cp1252"))


def test_a_page_that_says_utf_8_but_is_not_is_read_as_what_it_is() -> None:
    assert FRENCH in decode(page(FRENCH, '<meta charset="utf-8">').encode("cp1252"))


def test_one_bad_byte_leaves_a_utf_8_page_utf_8() -> None:
    body = page(RUSSIAN).encode().replace("школу".encode(), "школу".encode() + b"\x92", 1)
    assert RUSSIAN.replace("школу", "школу’") in decode(body)


def test_a_windows_fragment_inside_a_utf_8_page_is_read_as_such() -> None:
    body = page(f"{FRENCH} {FRENCH} ").encode() + "déjà vu".encode("cp1252")
    assert "déjà vu" in decode(body)


def test_a_character_cut_off_at_the_end_is_dropped() -> None:
    body = page(RUSSIAN).encode()
    cut = body[: body.rindex("людей".encode()) + 3]
    assert decode(cut).endswith("много л")


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf_with_and_without_marks_is_read(codec: str) -> None:
    assert FRENCH in decode(page(FRENCH).encode(codec))


def test_control_characters_never_come_out() -> None:
    assert decode(b"<p>a\x00b\x08c\x1fd</p>") == "<p>abcd</p>"


def test_the_quick_look_for_control_characters_finds_all_that_are_removed() -> None:
    signs = [chr(code) for code in (*range(256), 0x2028, *range(0xD7F0, 0xE010), *range(0xFFF0, 0x10010))]
    assert [sign for sign in signs if holds_controls(f"a{sign}b")] == [sign for sign in signs if CONTROLS.match(sign)]


@pytest.mark.parametrize(
    "body",
    [
        b"\x89PNG\r\n\x1a\n....",
        b"%PDF-1.7 ...",
        b'{"a": 1}',
        b'<?xml version="1.0"?><rss version="2.0"></rss>',
        b"<svg xmlns='x'></svg>",
        b"PK\x03\x04abc",
    ],
)
def test_what_is_no_page_is_refused_by_its_form(body: bytes) -> None:
    with pytest.raises(Rejected) as refused:
        decode(body)
    assert refused.value.reason is Reason.NOT_HTML


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, brotli.compress])
def test_compressed_pages_are_opened(pack: type[bytes]) -> None:
    body = page(FRENCH).encode() * 20
    assert inflate(pack(body), 1_000_000) == body


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, brotli.compress])
def test_a_bomb_is_refused_at_the_bound(pack: type[bytes]) -> None:
    with pytest.raises(Rejected) as refused:
        inflate(pack(b"<p>" + b" " * 5_000_000), 1_000_000)
    assert refused.value.reason is Reason.TOO_LARGE


def test_a_cut_off_gzip_gives_what_it_holds() -> None:
    body = page(FRENCH * 200).encode()
    opened = inflate(gzip.compress(body)[:-12], 1_000_000)
    assert body.startswith(opened)
    assert opened


def test_members_of_a_gzip_stream_are_read_one_after_the_other() -> None:
    body = page(FRENCH * 40).encode()
    assert inflate(gzip.compress(body[:900]) + gzip.compress(body[900:]), 1_000_000) == body


@pytest.mark.timeout(60)  # it took minutes
def test_a_stream_of_very_many_empty_members_is_read_to_a_bound() -> None:
    body = page(FRENCH).encode()
    assert inflate(gzip.compress(body) + gzip.compress(b"") * 500_000, 1_000_000) == body


JAPANESE = "駅長だった猫のために、町の人たちが小さな像を建てた。毎日の記者が取材したところ、費用は募金で集まった。"


def test_japanese_that_says_it_is_chinese_is_read_as_japanese() -> None:
    assert JAPANESE in decode(page(JAPANESE, "<meta charset=gbk>").encode("euc-jp"))


def test_chinese_that_says_so_is_believed() -> None:
    assert CHINESE in decode(page(CHINESE, "<meta charset=gbk>").encode("gb18030"))
