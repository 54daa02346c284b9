"""Pages that hold no article: shells, walls, stubs, index and error pages. Full texts beside a wall's words are let through."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.etree import _Element

from functions.extract.lexicon import load_lines, load_words
from functions.extract.page.blocks import Block
from functions.extract.page.declarations import Declared
from functions.extract.page.json_ld import types
from shared.domain.errors import Reason, Rejected

_NO_TEXT = 140
_SHORT = 600
_WALL = 2_000
_WEIGHED = 6_000
_SENTENCES = re.compile(r"\w[.!?。]")
_STUB = 1_000
_MOSTLY = 0.8
_NEAR = 3
_MOST_FIELDS = 50
_MOST_FORMS = 5
_LONGER_THAN_A_LABEL = 15
_OF_NO_LANGUAGE = re.compile(r"[\x80-\x9f\u2500-\u259f\ue000-\uf8ff\uff61-\uff9f\ufffd]")
_SIGNS = re.compile(r"[#@<>=*^~`\\{}$%&+;?\xa1-\xbf\xd7\xf7\u02c6-\u02dd\u2020-\u2022\u2030-\u2044\u20a0-\u22ff]")
_ENCODED = re.compile(r"[A-Za-z0-9+/=_-]{60,}")
_DEBRIS_SAMPLE = 6_000
_MOST_DEBRIS = 0.03
_MOST_SIGNS = 0.2


@dataclass(frozen=True, slots=True)
class Findings:
    """What is known of a page when it is judged: its blocks, and the text taken for its article."""

    declared: Declared
    blocks: list[Block]
    text: str
    title: str
    scripts: int
    kept: Sequence[int] = ()


def refuse_other_pages(page: Findings) -> None:
    """Raises `Rejected` where what was found is no article."""
    _refuse_debris(page.text[:_DEBRIS_SAMPLE])
    visible = " ".join(block.text for block in page.blocks[:400])[:20_000]
    length = _weight(page.text)
    if length < _SHORT:
        _refuse_short(page, visible, length)
    if (
        length < _WALL
        and not _is_dated(page)
        and len(_SENTENCES.findall(page.text))
        and _count("refusals/consent_phrases", page.text) > 0
        and _asks_for_consent(page)
    ):
        raise Rejected(Reason.STUB, "The page asks for consent to cookies in place of an article.")
    if length < _STUB and _walled(page, visible):
        raise Rejected(Reason.STUB, "Only the opening is there; the rest is behind a paywall or registration.")
    if not _is_declared(page):
        _refuse_other_kinds(page)
    if _is_index(page):
        raise Rejected(Reason.NO_ARTICLE, "The page lists stories and tells none itself: an index or section page.")


def _refuse_debris(text: str) -> None:
    """Raises `Rejected` for what came of bytes in no known charset, and for encoded data."""
    if len(_OF_NO_LANGUAGE.findall(text)) > _MOST_DEBRIS * len(text) or len(_SIGNS.findall(text)) > _MOST_SIGNS * len(
        text
    ):
        raise Rejected(
            Reason.UNDECODABLE,
            "The text is made of signs that no language is written in: damaged, or in an unknown charset.",
        )
    if sum(map(len, _ENCODED.findall(text))) > len(text) / 2:
        raise Rejected(Reason.NO_ARTICLE, "The text is encoded data without words.")


def _refuse_short(page: Findings, visible: str, length: int) -> None:
    shown = _weight(visible)
    if _says("refusals/error_phrases", f"{page.title} {page.declared.title} {page.text[:300]}"):
        raise Rejected(Reason.NO_ARTICLE, "The page reports an error, such as a missing page.")
    if _says("refusals/challenge_phrases", f"{page.declared.title} {visible[:3_000]}"):
        raise Rejected(Reason.STUB, "The page asks for scripts or a check of the browser in place of an article.")
    if _says("refusals/consent_phrases", page.text or visible[:2_000]) and shown < 6_000:
        raise Rejected(Reason.STUB, "The page asks for consent to cookies in place of an article.")
    if shown < _NO_TEXT and page.scripts:
        raise Rejected(Reason.STUB, "The page is a shell that scripts fill; the saved copy holds no article.")
    if shown == 0:
        raise Rejected(Reason.EMPTY, "The page shows no text.")
    if length < _NO_TEXT and not page.declared.article:
        raise Rejected(Reason.NO_ARTICLE, "No running text was found in the page.")


def _refuse_other_kinds(page: Findings) -> None:
    """Raises `Rejected` for what a page that declares no article is by its declared kind, its headline or its form."""
    if _kinds(page.declared) & load_words("refusals/other_kinds"):
        raise Rejected(
            Reason.NO_ARTICLE,
            "The page declares itself to be something else: a product, an event, a profile, a recording.",
        )
    if re.fullmatch("|".join(load_lines("refusals/page_titles")), page.title.strip(" .!?"), re.IGNORECASE):
        raise Rejected(
            Reason.NO_ARTICLE, "The page is one that sites have beside their articles: terms, contact, sign-up."
        )
    if _is_form(page):
        raise Rejected(Reason.NO_ARTICLE, "The text is that of a form to fill in.")


def _kinds(declared: Declared) -> set[str]:
    return {
        declared.first("og:type").lower(),
        *(kind.lower() for node in declared.json_ld.nodes for kind in types(node)),
    }


def _is_form(page: Findings) -> bool:
    """Whether most of the text stands in a form that asks for an address or a password."""
    asking = [
        form
        for form in page.declared.body.iter("form")
        if any(_asks(field) for field in islice(form.iter("input"), _MOST_FIELDS))
    ]
    inside = {element for form in asking[:_MOST_FORMS] for element in form.iter()}
    kept = [page.blocks[index] for index in page.kept]
    asked = sum(len(block.text) for block in kept if block.element in inside)
    return asked > sum(len(block.text) for block in kept) / 2 and _weight(page.text) < _WALL


def _asks(field: _Element) -> bool:
    return field.get("type") in {"email", "password"} or "mail" in (field.get("name") or "").lower()


def _is_declared(page: Findings) -> bool:
    """Whether the page says that it is an article."""
    return bool(page.declared.article) or _is_dated(page) or page.declared.first("og:type").lower() == "article"


def _walled(page: Findings, visible: str) -> bool:
    """Whether the page says that the rest is for subscribers and what is there is no whole article."""
    return _says("refusals/paywall_phrases", visible) and (_declared_closed(page) or _weight(page.text) < _SHORT)


def _declared_closed(page: Findings) -> bool:
    value = page.declared.article.get("isAccessibleForFree")
    return str(value).strip().lower() in {"false", "0", "no"} or page.declared.first(
        "article:content_tier"
    ).lower() in {
        "locked",
        "metered",
    }


def _is_index(page: Findings) -> bool:
    """Whether nearly every paragraph stands under a headline that is a link, as teasers and search results do, and not all under one."""
    if _is_dated(page) or page.declared.first("og:type").lower() == "article":
        return False
    prose = [index for index in page.kept if page.blocks[index].prose]
    above = {
        index: [near for near in range(max(0, index - _NEAR), index) if _is_linked_headline(page.blocks[near])]
        for index in prose
    }
    headlines = {near for places in above.values() for near in places}
    return bool(prose) and sum(map(bool, above.values())) >= _MOSTLY * len(prose) and len(headlines) * 2 >= len(prose)


def _is_linked_headline(block: Block) -> bool:
    return len(block.text) > _LONGER_THAN_A_LABEL and block.linked > _MOSTLY * len(block.text)


def _is_dated(page: Findings) -> bool:
    """Whether the page declares an article with a date."""
    dated = any(
        "datePublished" in node and ("Article" in "".join(types(node)) or "Posting" in "".join(types(node)))
        for node in page.declared.json_ld.nodes
    )
    return dated or "article:published_time" in page.declared.meta


def _count(phrases: str, text: str) -> int:
    return sum(1 for phrase in load_lines(phrases) for _ in re.finditer(phrase, text, re.IGNORECASE))


def _asks_for_consent(page: Findings) -> bool:
    """Whether the title or the address speaks of consent, or most of the page's paragraphs do."""
    paragraphs = page.text.split("\n\n")
    asking = sum(1 for paragraph in paragraphs if _says("refusals/consent_words", paragraph))
    return asking * 2 >= len(paragraphs)


def _says(phrases: str, text: str) -> bool:
    return re.search("|".join(load_lines(phrases)), text, re.IGNORECASE) is not None


def _weight(text: str) -> int:
    """Characters, those of scripts without spaces counting for what they say."""
    dense = len(re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", text[:_WEIGHED]))
    return len(text) + 2 * dense
