"""Where the page stands in its site: the trail of sections above the article."""

from collections.abc import Mapping

from functions.extract.lexicon import load_lines
from functions.extract.page.declarations import Declared

_LONGEST = 60


def find_breadcrumb(declared: Declared, title: str) -> tuple[list[str], str]:
    """Section names from the outermost in, without the front page and the article itself, and where they came from."""
    ld = declared.json_ld
    trail = ld.typed("BreadcrumbList").get("itemListElement") or []
    entries = [item for item in ld.items(trail) if isinstance(item, Mapping)]
    entries.sort(key=lambda entry: _position(entry.get("position")))
    names = [ld.text(entry.get("name")) or ld.text(entry.get("item")) for entry in entries]
    kept = [
        name
        for name in dict.fromkeys(names)
        if name
        and name != title
        and len(name) <= _LONGEST
        and name.casefold() not in load_lines("html/front_page_names")
        and not name.startswith("http")
    ]
    if kept:
        return kept, "json-ld"
    section = ld.text(declared.article.get("articleSection"))
    if section and len(section) <= _LONGEST:
        return [section], "json-ld"
    section = declared.first("article:section", "section", "parsely-section", "og:article:section")
    return ([section], "meta article:section") if section and len(section) <= _LONGEST else ([], "")


def _position(value: object) -> int:
    return int(value) if isinstance(value, int | str) and str(value).isdecimal() and len(str(value)) < 4 else 0
