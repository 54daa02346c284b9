"""Who wrote the article: the people that the page declares or shows as its authors, else the agency, else the site."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from functions.extract.body.article_region import ArticleRegion
from functions.extract.found import Found
from functions.extract.lexicon import load_words
from functions.extract.metadata.authors.byline_parser import (
    distinct_names,
    folded_agencies,
    folded_name,
    is_eastern_name,
    reads_like_name,
)
from functions.extract.metadata.authors.candidates import (
    AuthorCandidate,
    BylineReader,
    all_offers,
    author_candidates,
    name_before_bar,
    offers_in_head,
    offers_in_json_ld,
)
from functions.extract.metadata.authors.features import AuthorPage, author_features, look_of, starts_with_first_name
from functions.extract.metadata.ranker import load_weights, score_features
from functions.extract.page.declarations import Declared

# Scores are log odds that a name is an author's; the bounds were chosen on 807 development pages, see decision 0018.
MIN_FIRST_SCORE = -2.0  # score of the likeliest name of a page; most pages have an author
MIN_NEXT_SCORE = 0.8  # score of any further name
MIN_SCORE_IN_LINE = -1.2  # score of a further name in a line or list that already gave an author
MAX_GAP_IN_LINE = 0.5  # how much less likely than the first such a name may be where the first is itself in doubt
DECLARED_SOURCES = ("json-ld author", "meta author", "meta article:author")
SOURCE_NAMES = {
    "rel": "visible byline",
    "itemprop": "visible byline",
    "class": "visible byline",
    "link": "visible byline",
}

NOBODY: Found[list[str]] = Found([], "")


@dataclass
class AuthorEvidence:
    """What the rules for authors look at. `beside` are names in lines beside the text, best first."""

    declared: Declared
    sites: frozenset[str]
    region: ArticleRegion
    beside: Iterable[list[str]]

    @cached_property
    def page(self) -> AuthorPage:
        """The page's candidates with what is known of them together."""
        reader = BylineReader(self.sites)
        offers = all_offers(self.declared, self.region, self.beside, reader)
        return AuthorPage(self.declared, self.region, self.sites, author_candidates(offers))


def find_authors(
    declared: Declared, sites: Iterable[str], region: ArticleRegion, beside: Iterable[list[str]]
) -> Found[list[str]]:
    """The names in the page's order, as the first rule that finds some has them; empty where the page names nobody."""
    folded = frozenset(folded_name(site) for site in sites) - {""}
    evidence = AuthorEvidence(declared, folded, region, beside)
    found = (found for rule in AUTHOR_RULES if (found := rule(evidence)).value)
    return next(found, NOBODY)


def declared_people(evidence: AuthorEvidence) -> Found[list[str]]:
    """The authors in JSON-LD where each is made like a person's name: {"author": {"name": "Mina Osei"}}.

    Right on 313 of 329 development pages, and far quicker than comparing all names of the page.
    """
    offers = [offer for offer in offers_in_json_ld(evidence.declared) if offer.source.startswith("json-ld author")]
    names = distinct_names([offer.name for offer in offers])
    are_people = all(offer.source == "json-ld author" for offer in offers) and all(
        is_person(name, evidence.sites) for name in names
    )
    return Found(names if are_people else [], "json-ld")


def people_in_head(evidence: AuthorEvidence) -> Found[list[str]]:
    """The names in the first meta element for authors that has some, where all start with a known first name.

    Right on 120 of 125 development pages without authors in JSON-LD.
    """
    names: dict[str, list[str]] = {}
    for offer in offers_in_head(evidence.declared, BylineReader(evidence.sites)):
        names.setdefault(offer.source, []).append(offer.name)
    source, offered = next(iter(names.items()), ("", []))
    distinct = distinct_names(offered)
    are_people = all(is_person(name, evidence.sites) and starts_with_first_name(name) for name in distinct)
    return Found(distinct if are_people else [], "meta author" if source == "meta other" else source)


def is_person(name: str, sites: frozenset[str]) -> bool:
    """Whether a declared name is made like one of a person: no job, no agency, no name of the site."""
    folded = folded_name(name)
    words = (word.strip(".,") for word in name.casefold().split())
    return (
        (reads_like_name(name) or is_eastern_name(name))
        and load_words("authors/role_words").isdisjoint(words)
        and not names_outlet(name, sites)
        and not any(f" {folded} " in f" {site} " for site in sites)
    )


def agency_before_bar(evidence: AuthorEvidence) -> Found[list[str]]:
    """The agency that stands alone above the text with a bar behind it: "NCA |"."""
    name = name_before_bar(evidence.region, BylineReader(evidence.sites))
    return Found([name] if name else [], "line beside the text")


def likely_names(evidence: AuthorEvidence) -> Found[list[str]]:
    """The likeliest name of the page, further ones that are likely too, and those in a line with them."""
    page, weights = evidence.page, load_weights("authors")
    scores = [
        weights["bias"] + score_features(set(author_features(candidate, page)), weights)
        for candidate in page.candidates
    ]
    ranked = sorted(range(len(scores)), key=lambda index: -scores[index])
    kept: list[int] = []
    lines: set[object] = set()
    for index in ranked:
        candidate = page.candidates[index]
        shares_line = not lines.isdisjoint(lines_of(candidate))
        bound = bound_of_score(scores[kept[0]] if kept else None, shares_line=shares_line)
        if scores[index] >= bound and not any(overlaps(candidate, page.candidates[other]) for other in kept):
            kept.append(index)
            lines |= lines_of(candidate)
    return people_first([page.candidates[index] for index in sorted(kept)], evidence.sites)


def declared_name(evidence: AuthorEvidence) -> Found[list[str]]:
    """The first name that the page declares as its author, whatever it is: the site, an agency, an account."""
    declared = (
        Found([candidate.name], source_of(candidate))
        for candidate in evidence.page.candidates
        if any(offer.source.startswith(DECLARED_SOURCES) for offer in candidate.offers)
    )
    return next(declared, NOBODY)


AUTHOR_RULES: tuple[Callable[[AuthorEvidence], Found[list[str]]], ...] = (
    declared_people,
    people_in_head,
    agency_before_bar,
    likely_names,
    declared_name,
)
"""How authors are found. The first rule that finds some wins."""


def bound_of_score(best: float | None, *, shares_line: bool) -> float:
    """The score that a name needs, given that of the likeliest, None for the likeliest itself."""
    if best is None:
        return MIN_FIRST_SCORE
    return min(MIN_SCORE_IN_LINE, best - MAX_GAP_IN_LINE) if shares_line else MIN_NEXT_SCORE


def people_first(candidates: list[AuthorCandidate], sites: frozenset[str]) -> Found[list[str]]:
    """The names without agencies, accounts and the site where people are among them."""
    people = [
        candidate
        for candidate in candidates
        if not names_outlet(candidate.name, sites)
        and not any(offer.source.endswith("account") for offer in candidate.offers)
    ]
    chosen = people or candidates
    return Found([candidate.name for candidate in chosen], source_of(chosen[0]) if chosen else "")


def names_outlet(name: str, sites: frozenset[str]) -> bool:
    """Whether a name is that of an agency, a paper or a firm, or holds the site's."""
    folded = folded_name(name)
    return (
        name.casefold() in folded_agencies()
        or not load_words("authors/outlet_words").isdisjoint(name.casefold().split())
        or any(f" {site} " in f" {folded} " for site in sites)
    )


def lines_of(candidate: AuthorCandidate) -> set[object]:
    """What authors of one article stand in together: lines, declared lists, elements of one look side by side."""
    together: set[object] = set()
    for offer in candidate.offers:
        together.add(offer.line or offer.source)
        parent = offer.element.getparent() if offer.element is not None else None
        if offer.element is not None and parent is not None and offer.source in SOURCE_NAMES:
            together.add((look_of(offer.element), parent.getparent() if len(parent) == 1 else parent))
    return together


def overlaps(candidate: AuthorCandidate, other: AuthorCandidate) -> bool:
    """Whether one of two names is a part of the other."""
    first, second = f" {candidate.key} ", f" {other.key} "
    return first in second or second in first


def source_of(candidate: AuthorCandidate) -> str:
    """Where a name was first met, as `Article.sources` says it."""
    source = candidate.offers[0].source
    if source.startswith("json-ld"):
        return "json-ld"
    if source.startswith("meta"):
        return "meta author" if source == "meta other" else source
    return SOURCE_NAMES.get(source.split(maxsplit=1)[0], "line beside the text")
