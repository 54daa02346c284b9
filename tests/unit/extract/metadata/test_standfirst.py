"""The standfirst is the line that a reader sees under the headline, else the page's own description."""

from functions.extract.page_text import extract_article

TITLE = "Breakwater to be mended before winter"
LINE = "Two winters of storms have loosened the eastern wall stone by stone"
TEXT = "".join(
    f"<p>{text}</p>"
    for text in (
        "The harbour board voted on Tuesday to pay for the work, which engineers expect to take eighteen months.",
        "Ferries will keep running all the while, and residents of the lower town asked for a footpath on top.",
        "The board promised to find out what that would cost, and to answer before the first frost of the year.",
    )
)


def standfirst(under: str = "", head: str = "", first: str = "") -> str:
    page = f"<html><head><title>{TITLE}</title>{head}</head><body><article><h1>{TITLE}</h1>{under}{first}{TEXT}</article></body></html>"
    return extract_article(page.encode(), "https://www.portside.example/breakwater").standfirst


def test_a_smaller_heading_under_the_headline_is_the_standfirst() -> None:
    assert standfirst(f"<h2>{LINE}</h2>") == LINE


def test_a_line_whose_class_names_it_comes_before_the_description() -> None:
    head = '<meta name="description" content="What to know about the works at the harbour this winter.">'
    assert standfirst(f'<p class="article-summary">{LINE}</p>', head) == LINE


def test_a_first_paragraph_whose_class_names_it_is_the_standfirst() -> None:
    line = f"{LINE}, and the harbour board has had enough of counting them after every gale."
    assert standfirst(first=f'<p class="intro-text">{line}</p>') == line


def test_a_description_that_is_not_shown_is_the_standfirst_where_nothing_else_is() -> None:
    text = "What to know about the works at the harbour this winter."
    assert standfirst(head=f'<meta property="og:description" content="{text}">') == text


def test_a_description_that_repeats_the_text_is_no_standfirst() -> None:
    text = "The harbour board voted on Tuesday to pay for the work, which engineers expect"
    assert standfirst(head=f'<meta property="og:description" content="{text}…">') == ""


def test_a_short_heading_above_the_text_is_no_standfirst() -> None:
    assert standfirst("<h2>Harbour</h2>") == ""
