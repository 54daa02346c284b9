"""Who wrote the article: people or the agency, without roles, links and repeats, each name in its right capitals."""

import re
import unicodedata
from collections.abc import Iterable

from lxml.etree import XPath, _Element

from functions.extract.blocks import Block
from functions.extract.declared import Declared
from functions.extract.dom import elements
from functions.extract.headline import inline_text
from functions.extract.json_ld import clean
from functions.extract.wordlists import load_lines, load_words

_NAMED = XPath(
    "//*[@rel='author' or contains(@itemprop,'author') or contains(@class,'author') or contains(@class,'Author') or"
    " contains(@class,'byline') or contains(@class,'Byline') or contains(@data-testid,'author') or contains(@class,'writer') or"
    " contains(@class,'autor') or contains(@class,'reporter')]"
)
_NOT_AUTHORS = re.compile(
    r"comment|bio\b|biograph|related|share|social|follow|avatar|image|photo|more|list|disclaimer|title\b|job|role|position|twitter|email",
    re.IGNORECASE,
)
_LINKED = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+|(?<!\w)@\w+")
_BRACKETS = re.compile(r"\s*[(\[（][^()\[\]（）]{0,80}[)\]）]")
_JOINS = re.compile(r"\s*(?:;|\||·|•|、|，|،|(?<=\w{3})/(?=[A-ZÀ-ÞА-Я]\w+ )|\n|&(?![a-z]+;)|\+)\s*")
_LONGEST_NAME = 60
_LONGEST_BYLINE = 160


def byline_in_text(blocks: list[tuple[int, Block]]) -> tuple[list[str], set[int]]:
    """Names that stand alone as the text's first or last line, and which blocks those were."""
    for index, block in [*blocks[:1], *blocks[-1:]] if len(blocks) > 2 else []:
        line = block.text
        if block.kind == "paragraph" and len(line) <= _LONGEST_NAME and not line.endswith((".", "!", "?", "…", "。", ":", "”", '"')):
            names = split_names(line)
            if names and len(names) <= 3 and all(_reads_like_name(_in_capitals(name)) for name in names):
                return names, {index}
    return [], set()


def byline_above(lines: list[str]) -> list[str]:
    """The names in the first line that opens as a byline does."""
    for line in lines:
        opening = _opening().match(line)
        if opening and len(line) <= _LONGEST_BYLINE:
            names = [
                name for name in split_names(_DATES.split(line[opening.end() :])[0]) if _reads_like_name(name) or not _CASED.search(name)
            ]
            if names:
                return names
    return []


def find_authors(declared: Declared, sites: Iterable[str], in_text: list[str]) -> tuple[list[str], str]:
    """The names in the page's order and where they came from; `in_text` are those that stood alone beside the text."""
    known = {_folded(site) for site in sites}
    ld = declared.json_ld
    structured = [name for item in ld.items(declared.article.get("author")) for name in _structured(declared, item)]
    offers: list[tuple[str, list[str]]] = [
        ("json-ld", structured),
        *(
            (f"meta {name}", [part for value in declared.meta.get(name, []) for part in split_names(value)])
            for name in load_lines("author_metas")
        ),
    ]
    fallback: tuple[list[str], str] = ([], "")
    for source, names in offers:
        authors = _distinct(names)
        people = [name for name in authors if _folded(name) not in known]
        if people:
            return people, source
        fallback = fallback if fallback[0] else (authors, source if authors else "")
    people = [
        name
        for name in _distinct(_visible(declared))
        if _folded(name) not in known and (_reads_like_name(name) or (not name.isascii() and not _CASED.search(name)))
    ]
    if people:
        return people, "visible byline"
    if in_text:
        return _distinct(in_text), "line beside the text"
    creators = _distinct(
        [name for key in ("creator", "contributor") for item in ld.items(declared.article.get(key)) for name in _structured(declared, item)]
    )
    return (creators, "json-ld") if creators else fallback


def _structured(declared: Declared, item: object) -> list[str]:
    """The names in one author of JSON-LD: a node has one name, a bare string may list several."""
    if isinstance(item, str):
        return split_names(clean(item))
    if not isinstance(item, dict):
        return []
    name: object = item.get("name")
    if isinstance(name, list):
        return [part for entry in name if isinstance(entry, str) for part in split_names(clean(entry))]
    if isinstance(name, dict):
        return _structured(declared, name)
    text = clean(name) if isinstance(name, str) else ""
    if not text and isinstance(item.get("givenName"), str):
        text = f"{item['givenName']} {item.get('familyName') or ''}".strip()
    return _one_or_several(text)


def _one_or_several(text: str) -> list[str]:
    """The name of a node: whole, unless it is plainly a line of several names."""
    parts = split_names(text)
    if len(parts) > 1 and all(len(part.split()) > 1 for part in parts):
        return parts
    whole = _opening().sub("", _BRACKETS.sub("", _LINKED.sub("", text))).split(",")[0].strip(" .:;|-–")
    usable = whole and len(whole) <= _LONGEST_NAME and whole.casefold() not in _placeholders() and any(map(str.isalpha, whole))
    return [_in_capitals(whole)] if usable else parts


def split_names(line: str) -> list[str]:
    """The names in a byline such as "By ANN LEE and Bo Ek, Staff Writers"."""
    line = _LINKED.sub(" ", _BRACKETS.sub("", unicodedata.normalize("NFC", line)))
    line = _opening().sub("", " ".join(line.split()))
    parts = [part for chunk in _JOINS.split(line) for part in _joined_words().split(chunk)]
    names = [name for part in parts for name in _comma_names(part)]
    return [name for name in map(_tidied, names) if name]


def _comma_names(part: str) -> list[str]:
    """Commas part names from each other, or a name from a role or place: what follows is kept where it reads like a name."""
    first, *rest = [piece.strip() for piece in part.split(",")]
    return [first, *(piece for piece in rest if _reads_like_name(piece) and _reads_like_name(first))]


def _reads_like_name(text: str) -> bool:
    words = text.split()
    return (
        2 <= len(words) <= 4
        and all(word[:1].isupper() or word.casefold() in load_words("name_particles") for word in words)
        and not _role(text)
    )


def _tidied(name: str) -> str:
    name = _opening().sub("", name.strip(" \t\n.,:;–—-_*\"'|")).strip()
    name = _TITLES_AFTER.sub("", name)
    role = re.search(r"\s+(?:-|–|—|in|für|for|à|en)\s+", name)
    if role and _role(name[role.end() :]):
        name = name[: role.start()]
    if (
        not name
        or len(name) > _LONGEST_NAME
        or not any(map(str.isalpha, name))
        or _role(name)
        or (any(map(str.isdigit, name)) and len(name.split()) > 3)
    ):
        return ""
    return _in_capitals(name)


def _role(text: str) -> bool:
    """Whether the text is a job, a desk or a place holder instead of a name."""
    words = re.findall(r"\w+", text.casefold())
    return bool(words) and (text.casefold() in _placeholders() or sum(word in load_words("role_words") for word in words) * 2 >= len(words))


def _in_capitals(name: str) -> str:
    """Names shouted or whispered get their capitals; short all-capitals (AFP, DPA) stay."""
    letters = [character for character in name if character.isalpha()]
    if len(name.split()) > 1 and len(letters) > 5 and all(map(str.isupper, letters)):
        return " ".join(_capitalised(word) for word in name.split())
    if len(name.split()) > 1 and all(map(str.islower, letters)) and name.isascii():
        return " ".join(_capitalised(word) for word in name.split())
    return name


def _capitalised(word: str) -> str:
    if word.casefold() in load_words("name_particles"):
        return word.lower()
    parts = re.split(r"([-'’])", word.lower())
    text = "".join(part[:1].upper() + part[1:] for part in parts)
    return re.sub(r"^(Mc)(\w)", lambda match: match[1] + match[2].upper(), text)


def _visible(declared: Declared) -> list[str]:
    """Names from the first elements that say they hold the author."""
    found: list[str] = []
    for element in elements(_NAMED, declared.body)[:12]:
        exact = element.get("rel") == "author" or "author" in (element.get("itemprop") or "")
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _NOT_AUTHORS.search(names) or _inside_comment(element):
            continue
        text = inline_text(element)
        if 2 < len(text) < 200 and (exact or _CASED.search(text) or _opening().match(text)):
            found += [name for name in split_names(_DATES.split(text)[0]) if " " in name or len(name) > 3]
        if found:
            break
    return found


_TITLES_AFTER = re.compile(r"\s*(?:기자|記者|记者|特派員|특파원|통신원)$")
_CASED = re.compile(r"[A-ZÀ-ÞΑ-ΩА-Я]")
_DATES = re.compile(
    r"\d{1,4}[./:-]\d|\b(?:19|20)\d{2}\b|\s[|•·]\s|\bpublished\b|\bupdated\b|\bposted\b|\bveröffentlicht\b|\bpublié\b|\bpublicado\b",
    re.IGNORECASE,
)


def _inside_comment(element: _Element) -> bool:
    return any("comment" in (ancestor.get("class") or "").lower() for ancestor in element.iterancestors())


def _distinct(names: list[str]) -> list[str]:
    """Names once each; a part of a longer name in the list goes."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(_folded(name), name)
    return [name for key, name in kept.items() if not any(key != other and f" {key} " in f" {other} " for other in kept)]


def _folded(name: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", name).casefold()))


def _opening() -> re.Pattern[str]:
    return _compiled("byline_openings", r"^\W{{0,3}}(?:(?:{})(?:\s*[:：.]\s*|\s+))+")


def _joined_words() -> re.Pattern[str]:
    return _compiled("name_joints", r"\s+(?:{})\s+")


def _placeholders() -> frozenset[str]:
    return frozenset(load_lines("author_placeholders"))


_PATTERNS: dict[str, re.Pattern[str]] = {}


def _compiled(words: str, shape: str) -> re.Pattern[str]:
    if words not in _PATTERNS:
        _PATTERNS[words] = re.compile(shape.format("|".join(map(re.escape, load_lines(words)))), re.IGNORECASE)
    return _PATTERNS[words]
