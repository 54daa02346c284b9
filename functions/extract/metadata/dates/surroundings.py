"""The part of a page around its headline, in which the article's own date stands; dates of teasers stand elsewhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.etree import _Element

from functions.extract.page.block_roles import NOISE, marks_of_names
from functions.extract.page.declarations import Declared
from functions.extract.page.lxml_queries import inline_text, texts
from functions.extract.text import WORD, folded

MAX_FOLLOWERS = 80  # elements after the headline that are looked at, by judgement: a byline and its icons
MAX_BEFORE = 24  # elements before the headline that are looked at, by judgement: a kicker, a date, a picture
MAX_INSIDE_SIBLING = 40  # elements of one block before the headline; a longer one is a menu
MAX_LEVELS_UP = 4  # elements around the headline whose earlier siblings are looked at
MAX_HEADINGS = 60  # headings that are compared with the title, a bound on the time
MAX_HEADING = 300  # characters of a heading that are compared
MIN_TITLE_SHARE = 0.5  # of the longer one's letters that a heading and a title inside one another share, by judgement
MAX_TEASER_LINKS = 20  # links of one element that are looked at, a bound on the time
MAX_TEASER_TEXT = 300  # characters; what holds more is no teaser, by judgement
MIN_TEASER_WORDS = 5  # words of a link, or Han characters; an author's name has fewer, a headline has more
FURNITURE_TAGS = frozenset({"aside", "nav", "footer"})
ITEM_TAGS = frozenset({"li", "a", "article", "tr", "td"})
COMMENT_NAME = re.compile(r"comment[_-]?(?:meta|author|body|list|item|content|text)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HeadlineSurroundings:
    """The headline's element (None where the page shows none) and the elements near it, the nearest ones first."""

    heading: _Element | None
    titles: frozenset[str]
    after: list[_Element]
    before: list[_Element]
    around: frozenset[_Element]
    near: frozenset[_Element]

    def is_in_teaser(self, element: _Element) -> bool:
        """Whether the element belongs to another article or to a comment, by what is around it below the headline.

        `<li><time>10:05</time> <a href="/n/1">Storm closes the northern pass tonight</a></li>`
        """
        is_near = element in self.near
        current: _Element | None = element
        while current is not None and current not in self.around:
            if is_furniture(current, is_near):
                return True
            if (not is_near or current.tag in ITEM_TAGS) and self.is_teaser_of(current, element):
                return True
            current = current.getparent()
        return False

    def is_teaser_of(self, container: _Element, element: _Element) -> bool:
        """Whether a small part of the page has, beside the date, a link as long as a headline that is not this one."""
        if container is element or text_size(container) > MAX_TEASER_TEXT:
            return False
        own = folded(inline_text(element, MAX_HEADING))
        for link in islice(container.iter("a"), MAX_TEASER_LINKS):
            shown = folded(inline_text(link, MAX_HEADING))
            words = len(WORD.findall(shown)) - (len(WORD.findall(own)) if own in shown else 0)
            if words >= MIN_TEASER_WORDS and not self.shows_title(shown):
                return True
        return False

    def shows_title(self, shown: str) -> bool:
        """Whether a folded text is the page's title."""
        return any(is_same_title(shown, title) for title in self.titles)


def is_furniture(element: _Element, is_near: bool) -> bool:
    """Whether the markup names the element as comments, or, far from the headline, as any furniture.

    Near the headline, footers and asides hold bylines, and noise names stand for their parts.
    """
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if is_near:
        return COMMENT_NAME.search(names) is not None
    return element.tag in FURNITURE_TAGS or bool(marks_of_names(names) & NOISE)


def text_size(element: _Element) -> int:
    """The characters of the element's text, counted no further than a teaser's bound."""
    size = 0
    for text in texts(element):
        size += len(text.strip())
        if size > MAX_TEASER_TEXT:
            break
    return size


def headline_surroundings(declared: Declared, title: str) -> HeadlineSurroundings:
    """What stands just before and after the headline; without one, what the page begins with."""
    titles = frozenset({folded(one) for one in (title, declared.first("og:title"), declared.title)} - {""})
    heading = headline_element(declared, titles)
    after = followers_of(heading if heading is not None else declared.body)
    before = [] if heading is None else elements_before(heading)
    around = frozenset(heading.iterancestors()) if heading is not None else frozenset([declared.body])
    return HeadlineSurroundings(heading, titles, after, before, around, frozenset([*after, *before]))


def headline_element(declared: Declared, titles: frozenset[str]) -> _Element | None:
    """The first h1 that shows the title, else another heading that does, else the first h1."""
    others = islice(declared.body.iter("h2", "h3", "h4"), MAX_HEADINGS)
    for heading in (*declared.headings, *others):
        shown = folded(inline_text(heading, MAX_HEADING))
        if shown and any(is_same_title(shown, one) for one in titles):
            return heading
    return declared.headings[0] if declared.headings else None


def is_same_title(shown: str, title: str) -> bool:
    """Whether the one is the other, but for a site's name or a kicker: "Boats counted" and "Boats counted - Ledger"."""
    shorter, longer = sorted((shown, title), key=len)
    return shorter in longer and len(shorter) >= MIN_TITLE_SHARE * len(longer)


def followers_of(element: _Element) -> list[_Element]:
    """The elements that follow in reading order, inside or after `element`."""
    return [
        follower
        for follower in islice(inside_and_after(element), MAX_FOLLOWERS * 2)
        if isinstance(follower.tag, str) and follower.tag not in {"script", "style"}
    ][:MAX_FOLLOWERS]


def inside_and_after(element: _Element) -> Iterator[_Element]:
    """All elements of the tree from `element` on, without it and without those around it."""
    yield from element.iterdescendants()
    current: _Element | None = element
    while current is not None:
        for sibling in current.itersiblings():
            yield from sibling.iter()
        current = current.getparent()


def elements_before(heading: _Element) -> list[_Element]:
    """The elements before the heading, the nearest ones first."""
    found: list[_Element] = []
    current: _Element | None = heading
    for _ in range(MAX_LEVELS_UP):
        if current is None or len(found) >= MAX_BEFORE:
            break
        for sibling in current.itersiblings(preceding=True):
            found += reversed([*islice(sibling.iter(), MAX_INSIDE_SIBLING)])
            if len(found) >= MAX_BEFORE:
                break
        current = current.getparent()
    return [element for element in found if isinstance(element.tag, str)][:MAX_BEFORE]
