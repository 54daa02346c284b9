"""Which pages are refused.

A page without running text is refused for that. Every other page gets a probability to be an article, and is refused
below a bound; the bound is higher where a rule in `SUSPICIONS` speaks against the page.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from lxml.etree import _Element

from functions.extract.article_likelihood import (
    Findings,
    article_chance,
    is_dated,
    is_mostly_text,
    linked_headlines,
    text_weight,
)
from functions.extract.lexicon import load_lines
from shared.domain.errors import Reason, Rejected

MIN_TEXT = 140  # characters a page must have to hold an article: two short sentences (by judgement)
MAX_SHORT = 600  # characters: only below it do words of errors, checks and walls tell what a page is (by judgement)
MAX_WALL = 2_000  # characters that a consent wall or a form may have (by judgement)
MAX_BLOCKS_SHOWN = 400  # blocks of a page that are looked at for notices, as in `Findings.visible`
MAX_STUB = 1_000  # characters that the opening before a paywall may have (by judgement)
MIN_CHANCE = 0.2  # of being an article; decision 0017 has what other bounds refuse and lose
MIN_CHANCE_SUSPECT = 0.5  # the same where a rule below speaks against the page
MAX_FIELDS = 50  # inputs of a form that are looked at (by judgement)
MAX_FORMS = 5  # forms of a page whose text is measured (by judgement)
MAX_SAMPLE = 6_000  # characters of a text that are searched for signs of no language (by judgement)
MAX_DEBRIS = 0.03  # share of characters that no language is written in (by judgement, not measured)
MAX_SIGNS = 0.2  # share of signs such as # and £ (by judgement, not measured)
# Lines and blocks are signs of a wrong charset beside a letter, "╨Ч╨░"; elsewhere they draw a table or a frame.
OF_NO_LANGUAGE = re.compile(
    r"[\x80-\x9f\ue000-\uf8ff\uff61-\uff9f\ufffd]|[\u2500-\u259f](?=[^\W\d_])|(?<=[^\W\d_])[\u2500-\u259f]"
)
SIGNS = re.compile(r"[#@<>=*^~`\\{}$%&+;?\xa1-\xbf\xd7\xf7\u02c6-\u02dd\u2020-\u2022\u2030-\u2044\u20a0-\u22ff]")
ENCODED = re.compile(r"[A-Za-z0-9+/=_-]{60,}")


BEHIND_A_PAYWALL = "Only the opening is there; the rest is behind a paywall or registration."


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A rule that may speak against a page: its sign among the model's features, and what a refusal says.

    One that is certain refuses whatever the probability is.
    """

    sign: str
    speaks: Callable[[Findings], bool]
    reason: Reason
    detail: str
    is_certain: bool = False


def judge_page(page: Findings) -> float:
    """The probability, 0 to 1, that the page is an article.

    Raises `Rejected`, with the probability in its detail, for a page that is likely none.
    """
    refuse_debris(page.text[:MAX_SAMPLE])
    spoken = [rule for rule in SUSPICIONS if rule.speaks(page)]
    refuse_empty_page(page, spoken)
    chance = article_chance(page, {rule.sign: True for rule in spoken})
    if spoken and (chance < MIN_CHANCE_SUSPECT or spoken[0].is_certain):
        raise Rejected(spoken[0].reason, f"{spoken[0].detail} Probability of an article: {chance:.2f}.")
    if chance < MIN_CHANCE and not is_mostly_text(page):
        if is_closed_article(page):
            raise Rejected(Reason.STUB, f"{BEHIND_A_PAYWALL} Probability of an article: {chance:.2f}.")
        kind = "lists stories or goods and tells no story itself" if linked_headlines(page) else "reads like no article"
        raise Rejected(Reason.NO_ARTICLE, f"The page {kind}. Probability of an article: {chance:.2f}.")
    return chance


def refuse_empty_page(page: Findings, spoken: Sequence[Suspicion]) -> None:
    """Raises `Rejected` for a page with next to no text, for the reason of a rule where one speaks.

    A page that declares an article may be shorter, as a news flash of one sentence.
    """
    declared = page.declared.article or is_dated(page.declared)
    if text_weight(page.text) >= MIN_TEXT or (page.text and declared and not spoken):
        return
    if spoken:
        raise Rejected(spoken[0].reason, spoken[0].detail)
    shown = text_weight(page.visible())
    if shown < MIN_TEXT and page.scripts:
        raise Rejected(Reason.STUB, "The page is a shell that scripts fill; the saved copy holds no article.")
    if shown == 0:
        raise Rejected(Reason.EMPTY, "The page shows no text.")
    raise Rejected(Reason.NO_ARTICLE, "No running text was found in the page.")


def refuse_debris(text: str) -> None:
    """Raises `Rejected` for a text in a wrong charset, as "╨Ч╨░╤Б", and for encoded data without words."""
    if len(OF_NO_LANGUAGE.findall(text)) > MAX_DEBRIS * len(text) or len(SIGNS.findall(text)) > MAX_SIGNS * len(text):
        raise Rejected(
            Reason.UNDECODABLE,
            "The text is made of signs that no language is written in: damaged, or in an unknown charset.",
        )
    if sum(map(len, ENCODED.findall(text))) > len(text) / 2:
        raise Rejected(Reason.NO_ARTICLE, "The text is encoded data without words.")


def reports_error(page: Findings) -> bool:
    """A short text under the title of an error, such as "404 Not Found"."""
    return text_weight(page.text) < MAX_SHORT and contains_phrase(
        "refusals/error_phrases", f"{page.title} {page.declared.title} {page.text[:300]}"
    )


def asks_for_scripts(page: Findings) -> bool:
    """A short text that checks the browser, such as "Enable JavaScript to continue"."""
    return text_weight(page.text) < MAX_SHORT and contains_phrase(
        "refusals/challenge_phrases", f"{page.declared.title} {page.visible()[:3_000]}"
    )


def asks_for_consent(page: Findings) -> bool:
    """A text that is mostly about cookies, such as "We and our partners store…": a wall in place of the article."""
    if not page.text:
        return contains_phrase("refusals/consent_phrases", page.visible()[:2_000])
    if text_weight(page.text) >= MAX_WALL or not contains_phrase("refusals/consent_phrases", page.text):
        return False
    paragraphs = page.text.split("\n\n")
    asking = sum(1 for paragraph in paragraphs if contains_phrase("refusals/consent_words", paragraph))
    return asking * 2 >= len(paragraphs)


def is_walled(page: Findings) -> bool:
    """The opening of an article alone, such as two sentences above "Subscribe to read on"."""
    length = text_weight(page.text)
    closed = is_declared_closed(page) or length < MAX_SHORT
    return (
        length < MAX_STUB
        and closed
        and contains_phrase("refusals/paywall_phrases", page.visible())
        and not goes_on_below_wall(page)
    )


def goes_on_below_wall(page: Findings) -> bool:
    """Whether every paywall notice stands between paragraphs of the text, so that the text was not cut off there."""
    prose = [index for index in page.kept if page.blocks[index].prose]
    notices = [
        index
        for index, block in enumerate(page.blocks[:MAX_BLOCKS_SHOWN])
        if contains_phrase("refusals/paywall_phrases", block.text[:MAX_WALL])
    ]
    return bool(notices and prose) and prose[0] < notices[0] and notices[-1] < prose[-1]


def is_closed_article(page: Findings) -> bool:
    """An article by its declarations that names a paywall, whatever its length; a list names one beside its stories."""
    declared = bool(page.declared.article) or is_dated(page.declared)
    walled = is_declared_closed(page) or contains_phrase("refusals/paywall_phrases", page.visible())
    return declared and walled and not linked_headlines(page)


def is_service_page(page: Findings) -> bool:
    """A headline of a page that sites have beside their articles, such as "Terms of use".

    A page that declares an article or a date is none.
    """
    if page.declared.article or is_dated(page.declared):
        return False
    return (
        re.fullmatch("|".join(load_lines("refusals/page_titles")), page.title.strip(" .!?"), re.IGNORECASE) is not None
    )


def is_form(page: Findings) -> bool:
    """A text that stands mostly in a form which asks for an address or a password, such as a newsletter's sign-up."""
    asking = [
        form
        for form in page.declared.body.iter("form")
        if any(asks_for_account(field) for field in islice(form.iter("input"), MAX_FIELDS))
    ]
    inside = {element for form in asking[:MAX_FORMS] for element in form.iter()}
    kept = [page.blocks[index] for index in page.kept]
    asked = sum(len(block.text) for block in kept if block.element in inside)
    return asked > sum(len(block.text) for block in kept) / 2 and text_weight(page.text) < MAX_WALL


# A page that one of these speaks against needs a higher probability; the first one gives the reason of a refusal.
SUSPICIONS: tuple[Suspicion, ...] = (
    Suspicion(
        "error", reports_error, Reason.NO_ARTICLE, "The page reports an error, such as a missing page.", is_certain=True
    ),
    Suspicion(
        "challenge",
        asks_for_scripts,
        Reason.STUB,
        "The page asks for scripts or a check of the browser in place of an article.",
        is_certain=True,
    ),
    Suspicion("consent", asks_for_consent, Reason.STUB, "The page asks for consent to cookies in place of an article."),
    Suspicion("paywall", is_walled, Reason.STUB, BEHIND_A_PAYWALL),
    Suspicion(
        "service_title",
        is_service_page,
        Reason.NO_ARTICLE,
        "The page is one that sites have beside their articles: terms, contact, sign-up.",
    ),
    Suspicion("form", is_form, Reason.NO_ARTICLE, "The text is that of a form to fill in."),
)


def asks_for_account(field: _Element) -> bool:
    """Whether a form's input is for an e-mail address or a password."""
    return field.get("type") in {"email", "password"} or "mail" in (field.get("name") or "").lower()


def is_declared_closed(page: Findings) -> bool:
    """Whether the page declares that its article is not free to read."""
    value = page.declared.article.get("isAccessibleForFree")
    tier = page.declared.first("article:content_tier").lower()
    return str(value).strip().lower() in {"false", "0", "no"} or tier in {"locked", "metered"}


def contains_phrase(phrases: str, text: str) -> bool:
    """Whether one of the phrases of `words/PHRASES.txt` stands in a text."""
    return phrase_pattern(phrases).search(text) is not None


@cache
def phrase_pattern(phrases: str) -> re.Pattern[str]:
    """Any line of a list of phrases, in any case."""
    return re.compile("|".join(load_lines(phrases)), re.IGNORECASE)
