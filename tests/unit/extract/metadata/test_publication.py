"""When a page was published and changed, as it declares it or shows it."""

import pytest
from lxml import html

from functions.extract.metadata.dates.publication import find_modified, find_published
from functions.extract.page.declarations import Declared, read_declared

ADDRESS = "https://www.portside.example/news/breakwater"


def page(head: str = "", above: str = "", before: str = "", lang: str = "en-GB") -> Declared:
    shown = (
        f"{before}<h1>Breakwater to be mended</h1>{above}<p>The board voted on Tuesday to mend it before winter.</p>"
    )
    return read_declared(
        html.document_fromstring(f'<html lang="{lang}"><head>{head}</head><body>{shown}</body></html>'), ADDRESS
    )


def published(declared: Declared) -> tuple[str, str]:
    found = find_published(declared, ADDRESS)
    return (found.moment.iso(), found.source) if found else ("", "")


def modified(declared: Declared) -> str:
    found = find_modified(declared)
    return found.moment.iso() if found else ""


@pytest.mark.parametrize(
    "line",
    [
        "Published 14 March 2024 10:22 Updated 15 March 2024 09:00",
        "Updated March 15, 2024 9:00 a.m. Published March 14, 2024 10:22 a.m.",
        "Mis à jour le 15/03/2024 à 08:00, publié le 14/03/2024 à 10:22",
        "Uppdaterad 2024-03-15 11:00 Publicerad 2024-03-14 10:22",
        "10:22 14.03.2024 (обновлено: 11:00 15.03.2024)",
        "آخر تحديث: 15 مارس 2024 11:00 نشر: 14 مارس 2024 10:22",
        "更新日時 2024/03/15 11:00 公開日時 2024/03/14 10:22",
        "수정 2024.03.15 11:00 입력 2024.03.14 10:22",
        "Giriş: 14.03.2024 10:22 Güncelleme: 15.03.2024 11:00",
    ],
)
def test_the_moment_of_publication_is_told_from_that_of_a_change(line: str) -> None:
    declared = page(above=f'<div class="date">{line}</div>')
    assert published(declared) == ("2024-03-14T10:22:00", "visible byline")
    assert modified(declared)[:10] == "2024-03-15"


def test_a_change_gives_no_time_to_the_day_of_publication() -> None:
    assert published(page(above="<p>14 March 2024 | Updated 14 March 2024 11:00</p>"))[0] == "2024-03-14"


def test_the_moment_of_a_change_is_taken_where_the_page_shows_no_other() -> None:
    found = published(page(above='<p class="date">Updated: 14 March 2024 10:22</p>'))
    assert found == ("2024-03-14T10:22:00", "visible byline, of a change")


def test_a_date_above_the_headline_is_read() -> None:
    assert published(page(before='<div class="date">14.03.2024 10:22</div>'))[0] == "2024-03-14T10:22:00"


@pytest.mark.parametrize(
    "shown",
    [
        '<time data-timestamp="1710411720000">2 days ago</time>',
        '<span class="date" data-published="2024-03-14T10:22:00Z">2 days ago</span>',
        '<time class="ago" title="2024-03-14T10:22:00Z">2 days ago</time>',
    ],
)
def test_moments_kept_beside_relative_times_are_read(shown: str) -> None:
    assert published(page(above=shown))[0] == "2024-03-14T10:22:00+00:00"


@pytest.mark.parametrize(
    "name", ["publish_time", "og:pubdate", "article:post_date", "dable:published_time", "og:release_date"]
)
def test_meta_tags_named_for_publication_are_read_whatever_their_prefix(name: str) -> None:
    assert published(page(head=f'<meta name="{name}" content="2024-03-14T10:22:00+01:00">')) == (
        "2024-03-14T10:22:00+01:00",
        f"meta {name}",
    )


def ld(moment: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": {moment}}}</script>'


@pytest.mark.parametrize("meta", ["2024-03-14T10:22:00+01:00", "2024-03-14T09:22:00Z"])
def test_a_wall_clock_gets_the_zone_in_which_a_meta_tag_repeats_it(meta: str) -> None:
    head = ld('"2024-03-14T10:22:00"') + f'<meta property="article:published_time" content="{meta}">'
    assert published(page(head=head)) == ("2024-03-14T10:22:00+01:00", "json-ld, zone from meta article:published_time")


def test_a_wall_clock_keeps_no_zone_where_the_meta_tag_tells_of_another_minute() -> None:
    head = ld('"2024-03-14T10:22:00"') + '<meta property="article:published_time" content="2024-03-14T09:20:00Z">'
    assert published(page(head=head)) == ("2024-03-14T10:22:00", "json-ld")


def test_seconds_since_1970_are_read_from_json_ld() -> None:
    assert published(page(head=ld("1710411720000")))[0] == "2024-03-14T10:22:00+00:00"


def test_days_in_figures_are_read_by_the_country_where_the_language_leaves_them_open() -> None:
    declared = page(above="<p class='date'>04/03/2024</p>", lang="en")
    assert published(declared)[0] == ""
    declared.address = "https://www.portside.example.uk/news"
    assert published(declared)[0] == "2024-03-04"
