"""Where the page stands in its site: the trail of sections above the article."""

from collections.abc import Mapping

from functions.extract.found import Found
from functions.extract.lexicon import load_lines
from functions.extract.page.declarations import Declared

MAX_NAME = 60  # characters; a longer entry is a headline, not a section (by judgement)
MAX_POSITION_DIGITS = 3  # digits of a JSON-LD position; no trail has a thousand steps


def find_breadcrumb(declared: Declared, title: str) -> Found[list[str]]:
    """Section names from the outermost in, without the front page and without the article itself."""
    trail = trail_in_json_ld(declared, title)
    if trail:
        return Found(trail, "json-ld")
    section = declared.json_ld.text(declared.article.get("articleSection"))
    if section and len(section) <= MAX_NAME:
        return Found([section], "json-ld")
    section = declared.first("article:section", "section", "parsely-section", "og:article:section")
    if section and len(section) <= MAX_NAME:
        return Found([section], "meta article:section")
    return Found([], "")


def trail_in_json_ld(declared: Declared, title: str) -> list[str]:
    """The names of the BreadcrumbList in the order of their positions, each once."""
    ld = declared.json_ld
    trail = ld.typed("BreadcrumbList").get("itemListElement") or []
    entries = [item for item in ld.items(trail) if isinstance(item, Mapping)]
    entries.sort(key=lambda entry: position_of(entry.get("position")))
    names = [ld.text(entry.get("name")) or ld.text(entry.get("item")) for entry in entries]
    return [name for name in dict.fromkeys(names) if is_section_name(name, title)]


def is_section_name(name: str, title: str) -> bool:
    """Whether an entry of the trail names a section: not the article, not the front page, not an address."""
    return bool(
        name
        and name != title
        and len(name) <= MAX_NAME
        and name.casefold() not in load_lines("html/front_page_names")
        and not name.startswith("http")
    )


def position_of(value: object) -> int:
    """The position of an entry, 0 where it is no small number."""
    is_number = isinstance(value, int | str) and str(value).isdecimal() and len(str(value)) <= MAX_POSITION_DIGITS
    return int(str(value)) if is_number else 0
