"""When a page was published and changed, as it declares it or shows it."""

import pytest
from lxml import html

from functions.extract.metadata.dates.candidates import DatedPage
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
    found = find_published(DatedPage(declared, ADDRESS))
    return (found.moment.iso(), found.source) if found else ("", "")


def modified(declared: Declared) -> str:
    found = find_modified(DatedPage(declared, ADDRESS))
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
    found = find_published(DatedPage(declared, ADDRESS))
    assert found is None or not found.declared
    declared.address = "https://www.portside.example.uk/news"
    assert published(declared)[0] == "2024-03-04"


def test_days_in_figures_are_read_by_the_region_in_the_address() -> None:
    declared = page(above="<p class='date'>04/03/2024</p>", lang="")
    declared.address = "https://www.portside.example/en-us/news/breakwater"
    assert published(declared)[0] == "2024-04-03"


def test_days_in_figures_are_read_by_the_language_of_the_text_where_none_is_declared() -> None:
    declared = page(above="<p class='date'>04/03/2024</p>", lang="")
    found = find_published(DatedPage(declared, ADDRESS, language="fr"))
    assert found is not None
    assert found.moment.iso() == "2024-03-04"


def test_days_in_figures_follow_another_day_of_the_page_that_can_mean_one_only() -> None:
    declared = page(above="<p class='date'>04/03/2024</p><p>Next meeting</p><p>12/25/2024</p>", lang="en")
    assert published(declared) == ("2024-04-03", "visible byline")


TICKER = '<div class="strip"><ul><li><time datetime="2024-06-10T10:05Z">10:05</time> <a href="/n">Storm closes the northern pass tonight</a></li></ul></div>'


def test_the_moment_of_a_teaser_is_not_the_articles() -> None:
    assert published(page(before=TICKER, above='<p class="info">Bo Ek, 9 May 2024</p>'))[0] == "2024-05-09"


def test_a_time_element_near_the_headline_comes_before_those_elsewhere() -> None:
    far = (
        "<div>"
        + "<p>x</p>" * 30
        + '</div><div class="box"><time datetime="2022-02-11">Old</time></div>'
        + "<p>y</p>" * 30
    )
    assert published(page(before=far, above='<time datetime="2024-03-14">14 March</time>'))[0] == "2024-03-14"


def test_the_moment_of_a_comment_is_not_the_articles() -> None:
    comment = '<div class="comment-metadata"><time datetime="2024-03-20T10:00Z">20 March 2024</time></div>'
    assert published(page(above=comment + "<p>Posted on 14 March 2024</p>"))[0] == "2024-03-14"


def test_the_headline_is_the_heading_that_shows_the_title() -> None:
    markup = (
        "<h1>Portside Courier</h1>"
        + "<p>x</p>" * 90
        + "<em>14.03.2024 10:22</em><h4>Breakwater to be mended</h4><p>The board voted.</p>"
    )
    declared = read_declared(html.document_fromstring(f'<html lang="de"><body>{markup}</body></html>'), ADDRESS)
    found = find_published(DatedPage(declared, ADDRESS, title="Breakwater to be mended"))
    assert found is not None
    assert found.moment.iso() == "2024-03-14T10:22:00"


@pytest.mark.parametrize(
    "shown",
    [
        "<h2>Sub</h2> 14 March 2024 <p>Text</p>",
        "<p>14 March 2024 - The board voted on Tuesday to mend the breakwater before winter, and to pay it itself.</p>",
    ],
)
def test_a_date_without_an_element_of_its_own_is_read(shown: str) -> None:
    assert published(page(above=shown))[0] == "2024-03-14"


def test_a_line_far_from_the_headline_counts_where_it_speaks_of_publication() -> None:
    declared = page(above="<p>x</p>" * 100 + "<div>This article was first published on 14 March 2024</div>")
    assert published(declared) == ("2024-03-14", "line about publication")


def test_what_a_page_shows_beside_another_day_in_its_address_is_not_believed() -> None:
    declared = page(above="<p>11 February 2022</p>")
    found = find_published(DatedPage(declared, "https://www.portside.example/2024/03/14/breakwater"))
    assert found is not None
    assert (found.moment.iso(), found.declared) == ("2024-03-14", False)


def test_a_day_in_an_address_may_stand_with_its_year_last() -> None:
    found = find_published(DatedPage(page(), "https://www.portside.example/news/14-03-2024"))
    assert found is not None
    assert found.moment.iso() == "2024-03-14"


def test_a_shown_date_comes_before_meta_tags_that_may_tell_of_a_change() -> None:
    declared = page(head='<meta name="date" content="2024-03-20">', above="<p>14 March 2024</p>")
    assert published(declared)[0] == "2024-03-14"
    assert published(page(head='<meta name="date" content="2024-03-20">'))[0] == "2024-03-20"


def test_an_instant_in_utc_is_told_in_the_zone_in_which_another_tag_repeats_it() -> None:
    head = ld('"2024-03-15T00:41:13Z"') + '<meta property="article:published_time" content="2024-03-14 19:41:13 -0500">'
    assert published(page(head=head))[0] == "2024-03-14T19:41:13-05:00"


def test_a_zone_of_several_meanings_is_settled_by_a_meta_tag() -> None:
    head = '<meta name="date" content="2024-03-14T08:00:00-04:00">'
    found = published(page(head=head, above="<p>Mar 14, 2024, 08:00 ET</p>"))
    assert found == ("2024-03-14T08:00:00-04:00", "visible byline, zone from meta date")


def test_a_time_marked_published_and_updated_at_once_is_that_of_publication() -> None:
    shown = '<time class="entry-date published updated" datetime="2024-03-14T10:22:00Z">14 March 2024</time>'
    assert published(page(above=shown))[0] == "2024-03-14T10:22:00+00:00"


def test_a_day_that_only_another_library_finds_is_inferred() -> None:
    declared = page(head='<meta property="og:image" content="https://site.example/pictures/2024/03/14/a.jpg">')
    found = find_published(DatedPage(declared, ADDRESS))
    assert found is not None
    assert (found.moment.iso(), found.source, found.declared) == ("2024-03-14", "htmldate", False)


def test_a_page_too_large_for_another_library_is_not_given_to_it() -> None:
    head = '<meta property="og:image" content="https://site.example/pictures/2024/03/14/a.jpg">'
    declared = page(head=head, above="<b>x</b>" * 9_000)
    assert find_published(DatedPage(declared, ADDRESS)) is None
