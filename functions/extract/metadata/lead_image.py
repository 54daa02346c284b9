"""The lead image with its caption and credit."""

import re

from lxml.etree import XPath, _Element

from functions.extract.page.address import absolute
from functions.extract.page.declarations import Declared
from functions.extract.page.json_ld import Node
from functions.extract.page.lxml_queries import elements, inline_text

_FIGURES = XPath("//figure[.//figcaption][position() <= 12]")
_CREDIT = re.compile(
    r"\s*[\[(]?\s*(?:©|\(c\)|(?:photos?|photograph|image|picture|pic|credits?|foto|fotos|bild|bildquelle|bildrechte|quelle|crédits?|"
    r"crédit photo|"
    r"photographie|imagen|imagem|fotografía|fotografia|kuva|zdjęcie|fot|fotó|φωτογραφία|фото|照片|摄影|写真|撮影|사진|ảnh|صورة)"
    r"\s*(?:by|credit|von|de|:|/|—|-)+)\s*:?\s*(?P<credit>.{2,120}?)[\])]?\s*$",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"\s*[\[(](?P<credit>[^()\[\]]{2,80}(?:/|AP|AFP|Reuters|Getty|EPA|PA|dpa|ANP|TT|NTB|EFE|Photo|Images?)[^()\[\]]{0,60})[\])]\s*\.?$"
)
_CREDIT_NAMES = re.compile(r"credit|copyright|source|rights|urheber|fotograf|author|byline", re.IGNORECASE)


def find_lead_image(declared: Declared, base: str) -> tuple[str, str, str, str]:
    """URL, caption, credit and where the image came from."""
    address, source, node = _declared_image(declared)
    address = absolute(address, base)
    figure = _figure_of(declared, address)
    caption, credit = _caption(figure) if figure is not None else ("", "")
    if node and not caption:
        caption = declared.json_ld.text(node.get("caption")) or declared.json_ld.text(node.get("description"))
    if node and not credit:
        credit = (
            declared.json_ld.text(node.get("creditText"))
            or declared.json_ld.text(node.get("copyrightHolder"))
            or declared.json_ld.text(node.get("creator"))
        )
    if not credit:
        caption, credit = _parted(caption)
    return address, caption[:1_000], credit[:200], source if address else ""


def _declared_image(declared: Declared) -> tuple[str, str, Node]:
    for item in declared.json_ld.items(declared.article.get("image")):
        address = declared.json_ld.address(item)
        if address:
            shared = declared.first("og:image", "og:image:url", "og:image:secure_url")
            return (
                (shared, "meta og:image", item if isinstance(item, dict) else {})
                if shared
                else (address, "json-ld", item if isinstance(item, dict) else {})
            )
    for name in ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"):
        if declared.first(name):
            return declared.first(name), f"meta {name}", {}
    return next(iter(declared.links.get("image_src", [])), ""), "link image_src", {}


def _figure_of(declared: Declared, address: str) -> _Element | None:
    """The figure that shows the image, else the page's first figure with a caption."""
    figures = elements(_FIGURES, declared.body)
    name = re.sub(r"[?#].*$", "", address).rsplit("/", 1)[-1].rsplit(".", 1)[0]
    for figure in figures:
        if len(name) > 5 and any(
            name in (image.get("src") or "") + (image.get("srcset") or "") + (image.get("data-src") or "")
            for image in figure.iter("img", "source")
        ):
            return figure
    return figures[0] if figures else None


def _caption(figure: _Element) -> tuple[str, str]:
    caption = next(iter(figure.iter("figcaption")), None)
    if caption is None:
        return "", ""
    text = inline_text(caption)
    for part in caption.iterdescendants():
        if isinstance(part.tag, str) and _CREDIT_NAMES.search(
            f"{part.get('class') or ''} {part.get('itemprop') or ''}"
        ):
            credit = inline_text(part)
            if credit and credit != text:
                return text.replace(credit, "").strip(" |–-"), _bare(credit)
    return _parted(text)


def _parted(text: str) -> tuple[str, str]:
    """A caption's own words and the credit at its end."""
    match = _CREDIT.search(text) or _TRAILING.search(text)
    return (text[: match.start()].strip(" |–-"), _bare(match["credit"])) if match else (text, "")


def _bare(credit: str) -> str:
    match = _CREDIT.match(credit)
    return (match["credit"] if match else credit).strip(" ©|()[]:.–-")
