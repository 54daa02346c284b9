"""The lead image is the one that the page declares, else the first picture of the article, with its caption and credit."""

import pytest
from lxml import html

from functions.extract.metadata.lead_image import LeadImage, find_lead_image, split_credit
from functions.extract.page.declarations import read_declared

BASE = "https://www.portside.example/breakwater"


def lead_image(body: str, head: str = "") -> LeadImage:
    page = html.document_fromstring(f"<html><head>{head}</head><body><article>{body}</article></body></html>")
    return find_lead_image(read_declared(page, BASE), BASE, page.find(".//article")).value


def test_the_shared_image_comes_first() -> None:
    head = '<meta property="og:image" content="/i/wall.jpg">'
    assert lead_image('<img src="/i/other.jpg">', head).url == "https://www.portside.example/i/wall.jpg"


def test_a_picture_of_the_article_is_taken_where_none_is_declared() -> None:
    assert lead_image('<img src="/i/wall.jpg" width="800">').url == "https://www.portside.example/i/wall.jpg"


def test_the_address_of_a_late_picture_comes_before_its_placeholder() -> None:
    image = '<img src="data:image/gif;base64,AA" data-src="/i/wall.jpg">'
    assert lead_image(image).url == "https://www.portside.example/i/wall.jpg"


@pytest.mark.parametrize(
    "image", ['<img src="/i/face.jpg" class="avatar">', '<img src="/i/dot.jpg" width="16">', '<img src="/i/a.svg">']
)
def test_portraits_icons_and_drawings_are_no_lead_image(image: str) -> None:
    assert lead_image(image).url == ""


@pytest.mark.parametrize(
    ("caption", "parts"),
    [
        ("The wall at noon. Pic/NCA", ("The wall at noon.", "NCA")),
        ("The wall. Photo by Bo Ek", ("The wall.", "Bo Ek")),
        ("Die Mauer. Foto: Bo Ek", ("Die Mauer.", "Bo Ek")),
        ("The wall. © Bo Ek", ("The wall.", "Bo Ek")),
        ("The wall (Bo Ek/AFP)", ("The wall", "Bo Ek/AFP")),
        ("The wall", ("The wall", "")),
    ],
)
def test_a_credit_at_the_end_of_a_caption_is_no_part_of_it(caption: str, parts: tuple[str, str]) -> None:
    assert split_credit(caption) == parts
