"""The lead image with its caption and credit."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from lxml.etree import XPath, _Element

from functions.extract.found import Found
from functions.extract.lexicon import load_lines
from functions.extract.page.address import absolute_address
from functions.extract.page.declarations import Declared
from functions.extract.page.json_ld import Node
from functions.extract.page.lxml_queries import elements, inline_text

MAX_FIGURES = 12  # figures of a page that are looked at; the lead's is among the first (by judgement)
MAX_CAPTION = 1_000  # characters kept of a caption
MAX_CREDIT = 200  # characters kept of a credit
MIN_FILE_NAME = 6  # characters; shorter names of files ("1.jpg", "main.png") tell no two pictures apart
FIGURES_WITH_CAPTION = XPath(f"//figure[.//figcaption][position() <= {MAX_FIGURES}]")
MAX_IMAGES = 20  # pictures of an article that are looked at, a bound on the time
MAX_HOLDERS_ABOVE = 1  # elements around the article's own that may hold its picture: a head above the text
MAX_NAMES = 300  # characters of an image's class and address that are searched, likewise
MIN_WIDTH = 200  # pixels; narrower pictures are icons and portraits (by judgement)
LATE_ADDRESSES = ("data-original", "data-src", "data-lazy-src", "data-hi-res-src", "src")
SMALL_IMAGES = re.compile(r"avatar|logo|icon|author|portrait|emoji|badge|sprite|gravatar", re.IGNORECASE)
NO_PICTURE = re.compile(r"^data:|\.(?:gif|svg)(?:$|\?)|1x1|pixel|blank|spacer|placeholder", re.IGNORECASE)
SHARED_IMAGE_METAS = ("og:image", "og:image:url", "og:image:secure_url")
IMAGE_METAS = (*SHARED_IMAGE_METAS, "twitter:image", "twitter:image:src")
CREDIT_CLASSES = re.compile(
    r"credit|copyright|source|rights|urheber|fotograf|author|byline",
    re.IGNORECASE,
)
CREDIT_IN_BRACKETS = re.compile(
    r"""
    \s*[\[(](?P<credit>
        [^()\[\]]{2,80}
        (?:/|AP|AFP|Reuters|Getty|EPA|PA|dpa|ANP|TT|NTB|EFE|Photo|Images?)   # "(Bo Ek/AFP)", "[NCA Photo]"
        [^()\[\]]{0,60}
    )[\])]\s*\.?$
    """,
    re.VERBOSE,
)


class LeadImage(NamedTuple):
    """The picture's absolute address with the caption and the credit that the page shows or declares for it."""

    url: str
    caption: str
    credit: str


class DeclaredImage(NamedTuple):
    """An image's address as declared, where it was declared, and its JSON-LD node where it has one."""

    address: str
    source: str
    node: Node


def find_lead_image(declared: Declared, base: str, region: _Element | None = None) -> Found[LeadImage]:
    """The image that the page declares as its own, else the first in the `region` that holds the article.

    Its caption and credit are those of the figure that shows it, else as declared.
    """
    address, source, node = declared_image(declared)
    if not address and region is not None:
        address, source = image_in_region(region)
    address = absolute_address(address, base)
    figure = figure_of_image(declared, address)
    caption, credit = caption_and_credit(figure) if figure is not None else ("", "")
    ld = declared.json_ld
    caption = caption or ld.text(node.get("caption")) or ld.text(node.get("description"))
    credit = credit or next(
        (name for key in ("creditText", "copyrightHolder", "creator") if (name := ld.text(node.get(key)))), ""
    )
    if not credit:
        caption, credit = split_credit(caption)
    return Found(LeadImage(address, caption[:MAX_CAPTION], credit[:MAX_CREDIT]), source if address else "")


def declared_image(declared: Declared) -> DeclaredImage:
    """The shared image before that of JSON-LD, since sites put the uncropped one there; then the other declarations."""
    for address, node in images_in_json_ld(declared):
        shared = declared.first(*SHARED_IMAGE_METAS)
        return DeclaredImage(shared, "meta og:image", node) if shared else DeclaredImage(address, "json-ld", node)
    for name in IMAGE_METAS:
        if declared.first(name):
            return DeclaredImage(declared.first(name), f"meta {name}", {})
    return DeclaredImage(next(iter(declared.links.get("image_src", [])), ""), "link image_src", {})


def image_in_region(region: _Element) -> Found[str]:
    """The first picture of the article that is no icon, portrait or logo: its late address before its first one."""
    holders = (region, *islice(region.iterancestors("div", "article", "main", "section", "td"), MAX_HOLDERS_ABOVE))
    images = (image for holder in holders for image in islice(holder.iter("img"), MAX_IMAGES))
    for image in images:
        names = f"{image.get('class') or ''} {image.get('id') or ''} {image.get('src') or ''}"
        width = image.get("width") or ""
        if SMALL_IMAGES.search(names[:MAX_NAMES]) or (width.isdecimal() and int(width[:6]) < MIN_WIDTH):
            continue
        offers = (image.get(name) or "" for name in LATE_ADDRESSES)
        address = next((offer.strip() for offer in offers if offer and not NO_PICTURE.search(offer)), "")
        if address:
            return Found(address, "article image")
    return Found("", "")


def images_in_json_ld(declared: Declared) -> Iterator[tuple[str, Node]]:
    """Addresses of the article's images, each with its node, which is empty for a bare address."""
    for item in declared.json_ld.items(declared.article.get("image")):
        address = declared.json_ld.address(item)
        if address:
            yield address, item if isinstance(item, dict) else {}


def figure_of_image(declared: Declared, address: str) -> _Element | None:
    """The figure that shows the image, else the page's first figure with a caption."""
    figures = elements(FIGURES_WITH_CAPTION, declared.body)
    name = re.sub(r"[?#].*$", "", address).rsplit("/", 1)[-1].rsplit(".", 1)[0]
    for figure in figures:
        if len(name) >= MIN_FILE_NAME and any(
            name in (image.get("src") or "") + (image.get("srcset") or "") + (image.get("data-src") or "")
            for image in figure.iter("img", "source")
        ):
            return figure
    return figures[0] if figures else None


def caption_and_credit(figure: _Element) -> tuple[str, str]:
    """A figure's caption and credit: by the class of an element inside the caption, else by the caption's words."""
    caption = next(iter(figure.iter("figcaption")), None)
    if caption is None:
        return "", ""
    text = inline_text(caption)
    for part in caption.iterdescendants():
        if isinstance(part.tag, str) and CREDIT_CLASSES.search(
            f"{part.get('class') or ''} {part.get('itemprop') or ''}"
        ):
            credit = inline_text(part)
            if credit and credit != text:
                return text.replace(credit, "").strip(" |–-"), bare_credit(credit)
    return split_credit(text)


@cache
def labelled_credit() -> re.Pattern[str]:
    """A credit behind its label, to the end of the caption: "Photo by Bo Ek", "Foto: dpa", "Pic/AFP", "© Bo Ek"."""
    labels = "|".join(load_lines("html/credit_labels"))
    label = rf"(?:©|\(c\)|(?:{labels})\s*(?:by|credit|von|de|:|/|—|-)+)"
    return re.compile(rf"\s*[\[(]?\s*{label}\s*:?\s*(?P<credit>.{{2,120}}?)[\])]?\s*$", re.IGNORECASE)


def split_credit(caption: str) -> tuple[str, str]:
    """A caption's own words and the credit at its end."""
    match = labelled_credit().search(caption) or CREDIT_IN_BRACKETS.search(caption)
    return (caption[: match.start()].strip(" |–-"), bare_credit(match["credit"])) if match else (caption, "")


def bare_credit(credit: str) -> str:
    """A credit without its label: "Bo Ek" for "Photo: Bo Ek"."""
    match = labelled_credit().match(credit)
    return (match["credit"] if match else credit).strip(" ©|()[]:.–-")
