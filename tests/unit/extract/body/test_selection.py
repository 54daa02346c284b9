"""The text is the article and nothing that only stands beside it."""

import pytest

from functions.extract.page_text import extract_article

PARAGRAPHS = (
    "The harbour board voted on Tuesday to mend the eastern breakwater, which two winters of storms had loosened stone by stone.",
    "Engineers told the meeting that the work would take eighteen months, and that ferries would keep running all the while.",
    "Residents of the lower town asked for a footpath along the new wall, and the board promised to find out what it would cost.",
    "The oldest stones were laid in 1841 by a crew of forty men, whose names are cut into the sill of the lighthouse door.",
)


def text(between: str = "", after: str = "", above: str = "", first: str = "") -> list[str]:
    first_half = "".join(f"<p>{paragraph}</p>" for paragraph in (first or PARAGRAPHS[0], PARAGRAPHS[1]))
    second_half = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[2:])
    page = f"""<html><head><title>Breakwater to be mended - Portside</title></head><body>{above}<article>
        <h1>Breakwater to be mended</h1><div class="text">{first_half}{between}{second_half}</div>{after}</article></body></html>"""
    return extract_article(page.encode(), "https://www.portside.example/breakwater").text.split("\n\n")


@pytest.mark.parametrize(
    "beside",
    [
        '<div><img src="a.jpg"></div><div>The breakwater after the storm of January</div>',
        '<p><img src="a.jpg"> The breakwater after the storm of January</p>',
        '<h3><a href="/ferries">Ferries to keep running all winter</a></h3>',
        '<div class="promo-box"><p>Our harbour guide has the tides of every day, and costs less than a bag of mussels.</p></div>',
    ],
)
def test_what_stands_between_paragraphs_but_is_none_goes(beside: str) -> None:
    assert text(between=beside) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "notice",
    [
        "<h3>Subscribe to continue reading</h3>",
        "<h3>Log in now to keep reading</h3>",
        "<h3>Become a member to finish reading</h3>",
        "<p>You have read your two free articles of this month, and a third costs one crown.</p>",
        "<p>You’ve used up all of your free stories.</p>",
        "<p>You’ve reached the limit of what is free this month, dear reader.</p>",
    ],
)
def test_a_paywalls_notice_inside_a_whole_article_goes(notice: str) -> None:
    more = (
        "Stone will come by barge from the quarry at Rook Head, since the bridge on the coast road bears no more than ten tonnes.",
        "The board has set aside nine million crowns, and hopes that the county will add two for a shelter at the far end.",
    )
    assert text(between="".join(f"<p>{paragraph}</p>" for paragraph in more) + notice) == [
        *PARAGRAPHS[:2],
        *more,
        *PARAGRAPHS[2:],
    ]


CONSENT = (
    "We and our partners store and read information on your device, such as cookies, to count visits and to choose advertisements.",
    "With your agreement, we and our partners may learn where you are, to the nearest street, and for how long you stayed there.",
)


class SureTrees:
    """A block model that takes every block for article."""

    def probability(self, _row: object) -> float:
        return 0.99


def test_a_notice_of_consent_above_the_headline_is_no_text_whatever_the_model_says(monkeypatch) -> None:
    monkeypatch.setattr("functions.extract.body.selection.load_trees", lambda _name: SureTrees())
    notice = "".join(f"<p>{paragraph}</p>" for paragraph in CONSENT)
    assert set(CONSENT).isdisjoint(text(above=f"<div>{notice}</div>"))


def columns(left: str, right: str) -> list[str]:
    """The text of a page whose layout is a table of two cells."""
    page = f"""<html><head><title>Breakwater to be mended - Portside</title></head><body><table><tr>
        <td width="70%"><h1>Breakwater to be mended</h1>{left}</td><td>{right}</td></tr></table></body></html>"""
    return extract_article(page.encode(), "https://www.portside.example/breakwater").text.split("\n\n")


LOTTERY = "Results of the morning draw: 03 11 27 35. The evening draw is shown here from eight o’clock."


def test_what_stands_in_the_column_beside_the_articles_is_no_text() -> None:
    article = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    assert columns(article, f"<h3>Lucky draw</h3><p>{LOTTERY}</p>") == list(PARAGRAPHS)


def test_an_article_set_in_two_columns_is_read_from_both() -> None:
    left, right = ("".join(f"<p>{paragraph}</p>" for paragraph in part) for part in (PARAGRAPHS[:2], PARAGRAPHS[2:]))
    assert columns(left, right) == list(PARAGRAPHS)


def test_a_table_of_data_inside_the_text_keeps_all_its_cells() -> None:
    table = "<table><tr><th>Year</th><th>Stones</th></tr><tr><td>1841</td><td>4,100</td></tr></table>"
    assert text(between=table)[2:4] == ["Year | Stones", "1841 | 4,100"]


@pytest.mark.parametrize(
    "kept", ["<h2>What the work will cost</h2>", "<blockquote><p>We waited long enough.</p></blockquote>"]
)
def test_subheads_and_quotations_stay(kept: str) -> None:
    assert len(text(between=kept)) == len(PARAGRAPHS) + 1


@pytest.mark.parametrize(
    "closing",
    [
        "(dmk)",
        "End of Article",
        "Auch interessant",
        "Do you have a story to tell? Email: desk@portside.example",
        "Most read in Harbour",
    ],
)
def test_closing_lines_go(closing: str) -> None:
    assert text(after=f"<p>{closing}</p>") == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "unseen",
    [
        '<a href="/b">board<span class="sr-only"> of the harbour</span></a>',
        '<a href="/b">board<span style="position:absolute;clip:rect(0 0 0 0)">, read on</span></a>',
        '<a href="/b">board<span>, opens new tab</span></a>',
        '<a href="/b">board<span> (öffnet im neuen Fenster)</span></a>',
    ],
)
def test_words_for_screen_readers_alone_go(unseen: str) -> None:
    assert text(first=PARAGRAPHS[0].replace("board", unseen)) == list(PARAGRAPHS)


def test_furniture_above_the_headline_is_no_text() -> None:
    share = '<div class="share-modal"><p>Share this report: Breakwater to be mended before another winter comes to the lower town.</p></div>'
    assert text(above=share) == list(PARAGRAPHS)


def test_the_first_subhead_of_several_alike_stays_above_its_paragraph() -> None:
    stories = "".join(
        f"<h2>Story number {number}</h2><p>{paragraph}</p>" for number, paragraph in enumerate(PARAGRAPHS, start=1)
    )
    page = f"<html><head><title>Morning bulletin</title></head><body><h1>Morning bulletin</h1><div>{stories}</div></body></html>"
    sections = extract_article(page.encode(), "https://www.portside.example/bulletin").sections
    assert [section.heading for section in sections] == [f"Story number {number}" for number in range(1, 5)]


SLIDES = (
    "Every morning at six the harbour master walks the whole length of the wall with a lamp in one hand and a hammer in the other.",
    "Where the hammer sounds hollow he chalks a cross, and by the end of that winter there were two hundred and eleven crosses.",
    "The divers worked by touch, because the water in the basin is as dark as tea from the first storm of autumn until May.",
)


def gallery(slide: str, intro: str) -> list[str]:
    shown = "".join(slide.format(number, text) for number, text in enumerate(SLIDES))
    page = f"""<html><head><title>The wall in winter - Portside</title></head><body><article><h1>The wall in winter</h1>
        <div class="opening">{intro}</div><div class="slides">{shown}</div></article></body></html>"""
    text = extract_article(page.encode(), "https://www.portside.example/wall").text
    return [line.removeprefix("- ") for line in text.split("\n\n")]


@pytest.mark.parametrize(
    "slide",
    [
        '<figure><img src="{0}.jpg"><figcaption>{1}</figcaption></figure>',
        '<li class="slide"><figure><img src="{0}.jpg"></figure><p>{1}</p></li>',
        '<div class="photo"><img src="{0}.jpg"><div class="caption">{1}</div></div>',
    ],
)
def test_what_a_gallery_says_beside_its_pictures_is_its_text(slide: str) -> None:
    assert gallery(slide, f"<p>{PARAGRAPHS[0]}</p>") == [PARAGRAPHS[0], *SLIDES]


def test_captions_are_no_text_where_the_article_says_more() -> None:
    intro = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    assert gallery('<figure><img src="{0}.jpg"><figcaption>{1}</figcaption></figure>', intro) == list(PARAGRAPHS)


def test_teasers_with_pictures_are_no_gallery() -> None:
    teaser = (
        '<div class="card"><img src="{0}.jpg"><h3><a href="/{0}">Another story of the harbour</a></h3><p>{1}</p></div>'
    )
    assert gallery(teaser, f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>") == list(PARAGRAPHS[:2])


def test_paragraphs_that_are_marked_as_headings_are_article() -> None:
    headings = "".join(f"<h3>{paragraph}</h3>" for paragraph in PARAGRAPHS)
    page = f"<html><head><title>Breakwater to be mended</title></head><body><article><h1>Breakwater to be mended</h1>{headings}</article></body></html>"
    assert extract_article(page.encode()).text.split("\n\n")[-4:] == list(PARAGRAPHS)
