"""Files that are no web page, whatever they are called, are refused; prose without markup is read."""

import base64
import random

import pytest

from functions.extract.decoding.charset import decode
from functions.extract.page_text import extract_article
from shared.domain.errors import Reason, Rejected
from tests.corpus.hostile import PARAGRAPHS

RUSSIAN = (
    "Директор сказала, что в первый день в классы вошли триста учеников, а в следующем году их будет пятьсот. Здание строили три года, и "
    "на это не жалели ни денег, ни сил: школу ждали все, кто живёт на этой улице."
)
BARE = {
    "script": "!function(e,t){var n={};function r(o){if(n[o]<t&&n>1)return n[o].exports;var i=n[o]={i:o,l:!1};return i.exports}r.m=e}"
    * 40,
    "style": "/* The main header. */\n.header > a { color: #fff; margin: 0 auto; }\n@media screen { .a { display: none; } }\n"
    * 40,
    "source": "def total(prices):\n    # Adds up what was paid; returns a number.\n    return sum(price for price in prices if price < 3)\n"
    * 40,
    "table": "name,place,amount\n" + "Ann Lee,Harbour Street 4,12.50\n" * 200,
    "log": "2024-05-01 12:00:00 INFO server started on port 8080. All fine context.\n" * 100,
    "base64": base64.encodebytes(" ".join(PARAGRAPHS).encode()).decode(),
    "mail": "From: a@b.example\nTo: c@d.example\nSubject: Boats\n\n" + "\n\n".join(PARAGRAPHS),
}


@pytest.mark.parametrize("kind", BARE)
def test_bare_text_that_is_no_prose_is_refused(kind: str) -> None:
    with pytest.raises(Rejected) as refused:
        decode(BARE[kind].encode())
    assert refused.value.reason is Reason.NOT_HTML


def test_prose_without_markup_is_read() -> None:
    text = "\n\n".join(PARAGRAPHS[:4])
    assert decode(text.encode()) == text


LOST = "".join(f"<p>{'Утром в городе открыли новую школу, которой ждали. ' * 6}</p>" for _ in range(4))
DOUBLED = "<html><body>" + "<p>駅長だった猫のために、町の人たちが像を建てた。</p>" * 9


def debris(seed: int) -> dict[str, bytes]:
    rng = random.Random(seed)
    high = [bytes(rng.randrange(128, 256) for _ in range(400)) for _ in range(20)]
    any_byte = bytes(rng.randrange(256) for _ in range(20_000)).replace(b"<", b"a")
    return {
        "any bytes": any_byte,
        "any bytes in markup": b"<html><body><p>" + any_byte + b".</p>",
        "high bytes in paragraphs": b"<html><body>"
        + b"".join(b"<p>" + part.replace(b"<", b"a") + b".</p>" for part in high),
        "every other byte": LOST.encode("utf-16-le")[::2],
        "encoded data in paragraphs": b"<html><body>"
        + b"".join(b"<p>" + base64.b64encode(part) + b"</p>" for part in high),
        "lossy double encoding": DOUBLED.encode().decode("cp1252", "replace").encode(),
    }


@pytest.mark.parametrize("kind", debris(0))
@pytest.mark.parametrize("seed", range(5))
def test_debris_is_never_published(kind: str, seed: int) -> None:
    with pytest.raises(Rejected) as refused:
        extract_article(debris(seed)[kind])
    assert refused.value.reason in {Reason.UNDECODABLE, Reason.NOT_HTML, Reason.NO_ARTICLE}


@pytest.mark.parametrize("misread", ["cp1252", "latin-1"])
def test_utf_8_that_was_encoded_twice_is_mended(misread: str) -> None:
    text = "Le théâtre était fermé depuis onze ans, et les habitants ont payé les fauteuils rénovés." * 2
    assert text in decode(f"<html><p>{text}</p></html>".encode().decode(misread).encode())


def test_letters_that_only_look_doubled_here_and_there_are_left() -> None:
    text = "<p>São Paulo, AÇÃO, NÃO, “MANHÔ, coração, são, é, à, ü, ção, irmã, pão, vão, mãe.</p>"
    assert decode(text.encode()) == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (RUSSIAN, "iso8859-5"),
        (RUSSIAN, "cp866"),
        ("افتتحت المدينة صباح اليوم مدرسة جديدة انتظرها السكان أكثر من عشرين عاما في هذا البلد.", "iso8859-6"),
        ("Le théâtre était fermé depuis onze ans, et les habitants ont payé les fauteuils à leur école.", "mac-roman"),
        ("駅長だった猫のために、町の人たちが小さな像を建てた。", "iso-2022-jp"),
        ("서울의 아이들은 이 책을 다시 읽고 있다고 말했다.", "iso-2022-kr"),
    ],
)
@pytest.mark.parametrize("declared", ["", "<meta charset=utf-8>", "<meta charset=iso-8859-1>"])
def test_rarer_charsets_are_found_too(text: str, codec: str, declared: str) -> None:
    assert text in decode(f"<html><head>{declared}</head><p>{text}</p></html>".encode(codec))
