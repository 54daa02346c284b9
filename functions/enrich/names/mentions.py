"""Labelled tokens become names: mentions of a name are joined, each name gets one kind, main names come first."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from functions.enrich.lexicon import load_places, load_words
from functions.enrich.names.false_positives import everyday_openers, is_label, is_no_name, is_numeral_or_letter
from functions.enrich.names.firm_cues import find_firms, is_organisation
from functions.enrich.names.forms.inflection import Surnames, one_form_each, place_of_genitive
from functions.enrich.names.lists import NameLists
from functions.enrich.names.spans import find_spans
from functions.enrich.names.tagger import unpack_scores
from functions.enrich.names.tokens import Tokens
from shared.domain.documents import Name, NameKind

_FULL_STOP = re.compile(r"(?<=[a-z]{2})\.$|(?<=\b(?:Co|Jr|Sr|SA|AG))\.$", re.IGNORECASE)
SCORED_KINDS: tuple[NameKind, ...] = ("person", "organisation", "place")
OPENING_LABELS = (1, 3, 5)  # for each of these kinds its label that opens a name
_IN_BRACKETS = re.compile(r"\s*\((?:the )?([A-Z][A-Z.]+)\)")
MAX_INITIALS = 3  # letters of a word in capitals that may be initials: `FC BAYERN` stays as it is
MAX_ACRONYM_LETTERS = 5  # `NATO`, `UNSCR`; longer words in capitals are mostly shouted
NO_PLACE = 1_000  # weight that keeps an unknown name that speaks from being a place; more than labels ever differ
# Weight of a sign that a name is a firm's. It turns most names of one word, but not those that the tagger is sure of:
# F1 .806 to .808 on English development texts
FIRM_CUE = 600
MAX_WEIGHED_WORDS = 8  # words of a name whose scores are added; more would overflow the 16 bits of a score
# Votes of a mention for its way of writing: in a line of capitals, and elsewhere; by judgement, not measured
ALL_CAPS_VOTE = 1
PLAIN_VOTE = 3


@dataclass(slots=True)
class Mention:
    """One place where the text names something."""

    text: str
    scores: dict[NameKind, int]
    start: int
    all_caps: bool
    opening: bool = False


@dataclass(slots=True)
class Named:
    """All mentions of one name."""

    forms: Counter[str] = field(default_factory=Counter)
    votes: Counter[NameKind] = field(default_factory=Counter)
    count: int = 0
    first: int = 0

    @property
    def kind(self) -> NameKind:
        return max(self.votes, key=lambda kind: self.votes[kind])

    @property
    def text(self) -> str:
        return max(self.forms, key=lambda form: self.forms[form])


def read_mentions(
    text: str, tokens: Tokens, labels: list[int], totals: list[int], lists: NameLists, language: str
) -> Iterator[Mention]:
    """Every name that the labels mark, without a small word that they leave at its end (`Alliance of`)."""
    particles = lists.particles - load_words("organisation_adjectives")
    for first, end in find_spans(tokens, labels, lists):
        last = end - 1
        while last > first and tokens.words[last] in particles:
            last -= 1
        name = trim_name(as_shown(text[tokens.starts[first] : tokens.ends[last]], tokens.words[first : last + 1]))
        if (
            name
            and not is_no_name(name, lists)
            and not is_numeral_or_letter(name)
            and not is_label(tokens, first, end, lists)
        ):
            speaks = end < len(tokens.words) and tokens.words[end] in lists.speech_verbs
            scores = score_kinds(totals[first : last + 1], maybe_place=not speaks or name in lists.places)
            if is_organisation(tokens, first, last + 1, lists):
                scores["organisation"] += FIRM_CUE
            if place_of_genitive(name, lists.places, language):
                scores["place"] += FIRM_CUE
            yield Mention(
                name, scores, tokens.starts[first], tokens.all_caps[first], opening=tokens.opening[first] and not speaks
            )


def find_overlooked(
    tokens: Tokens, labels: list[int], found: list[Mention], lists: NameLists, language: str
) -> Iterator[Mention]:
    """Words that the model passed over: surnames of people whom the text names in full, and firms of one word."""
    votes: dict[str, dict[NameKind, int]] = {}
    votes |= {mention.text: {"organisation": 0} for mention in found if is_one_word_firm(mention)}
    votes |= {word: {"organisation": FIRM_CUE} for word in find_firms(tokens, lists)}
    surnames = {mention.text.split(" ")[-1] for mention in found if " " in mention.text and is_person(mention)}
    passed_over = {word for word, label in zip(tokens.words, labels, strict=True) if not label and word.istitle()}
    known = Surnames(surnames, language)
    forms = {word for word in passed_over if word.lower() not in lists.everyday and known.of_form(word)}
    votes |= {word: {"person": 0} for word in surnames | forms}
    votes |= {word: {"place": 0} for word in passed_over if is_sure_genitive(word, lists, language)}
    for i, word in enumerate(tokens.words):
        if not labels[i] and word in votes:
            yield Mention(word, votes[word], tokens.starts[i], tokens.all_caps[i])


def is_sure_genitive(word: str, lists: NameLists, language: str) -> bool:
    """Whether the word is a listed place's genitive and nothing else: `Deutschlands`, but not `Essens`."""
    place = place_of_genitive(word, lists.places, language)
    return bool(place) and lists.everyday.isdisjoint((word.lower(), place.lower()))


def is_one_word_firm(mention: Mention) -> bool:
    best = max(mention.scores, key=lambda kind: mention.scores[kind])
    return best == "organisation" and " " not in mention.text and not mention.opening


def drop_everyday_words(found: list[Mention], lists: NameLists) -> list[Mention]:
    """The mentions but for everyday words that open a sentence."""
    openers = (mention.text for mention in found if mention.opening)
    words = everyday_openers(openers, (mention.text for mention in found), lists)
    return [mention for mention in found if mention.text not in words]


def in_one_form(found: list[Mention]) -> list[Mention]:
    """The mentions, with a person whom the text names in several grammatical cases in one of them."""
    forms = one_form_each(mention.text for mention in found if is_person(mention))
    return [replace(mention, text=forms.get(mention.text, mention.text)) for mention in found] if forms else found


def join_acronyms(text: str, found: list[Mention]) -> list[Mention]:
    """The mentions, with acronyms under the name that the text explains them by: `World Health Organization (WHO)`."""
    meant: dict[str, str] = {}
    for mention in found:
        after = _IN_BRACKETS.match(text, mention.start + len(mention.text)) if " " in mention.text else None
        if after and initials_of(mention.text) == after[1].replace(".", ""):
            meant.setdefault(after[1], mention.text)
    return [replace(mention, text=meant.get(mention.text, mention.text)) for mention in found] if meant else found


def initials_of(name: str) -> str:
    return "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper())


def is_person(mention: Mention) -> bool:
    return mention.scores.get("person") == 0


def score_kinds(totals: list[int], *, maybe_place: bool) -> dict[NameKind, int]:
    """How far each kind lies behind the best one, by the first word as an opening and the next few as what goes on."""
    head, rest = unpack_scores(totals[0]), unpack_scores(sum(totals[1:MAX_WEIGHED_WORDS]))
    scores = [head[opens] + rest[opens + 1] for opens in OPENING_LABELS]
    if not maybe_place:
        scores[SCORED_KINDS.index("place")] -= NO_PLACE
    best = max(scores)
    return {kind: score - best for kind, score in zip(SCORED_KINDS, scores, strict=True)}


def as_shown(written: str, words: list[str]) -> str:
    """`GOLD COVE` as `Gold Cove` and `OSLO` as `Oslo`, where the tokens have it so.

    `NATO` and `FC BAYERN` as they stand.
    """
    calm = " ".join(words)
    is_acronym = len(written) <= MAX_ACRONYM_LETTERS and calm not in load_places()
    return written if is_acronym or not written.isupper() or any(len(word) <= MAX_INITIALS for word in words) else calm


def trim_name(name: str) -> str:
    name = " ".join(name.split()).strip("-–—&")
    return _FULL_STOP.sub("", name) if name.endswith(".") else name


def group_mentions(found: Iterable[Mention]) -> dict[str, Named]:
    """Names by their folded text. Capitals throughout are taken for the form only where the text has no other."""
    names: dict[str, Named] = {}
    for mention in found:
        named = names.setdefault(mention.text.casefold(), Named(first=mention.start))
        vote = ALL_CAPS_VOTE if mention.all_caps else PLAIN_VOTE
        named.forms[mention.text] += vote
        for kind, score in mention.scores.items():
            named.votes[kind] += score * vote
        named.count += 1
    return names


def rank_names(names: dict[str, Named]) -> list[Name]:
    """Most mentioned first; of those, whom the text names first."""
    order = sorted(names.values(), key=lambda named: (-named.count, named.first))
    return [Name(text=named.text, kind=named.kind, count=named.count) for named in order]
