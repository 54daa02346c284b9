"""Labelled tokens as names: each name's mentions brought together, one kind a name, the main ones first."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from functions.enrich.lexicon import load_places, load_words
from functions.enrich.names.false_positives import common_openers, is_label
from functions.enrich.names.tagger import unpack
from functions.enrich.names.tokens import Tokens
from shared.domain.documents import Name, NameKind

_FULL_STOP = re.compile(r"(?<=[a-z]{2})\.$|(?<=\b(?:Co|Jr|Sr|SA|AG))\.$", re.IGNORECASE)
_KINDS: tuple[NameKind, ...] = ("person", "organisation", "place")
_OPENERS = (1, 3, 5)
_KIND_OF = (0, 1, 1, 2, 2, 3, 3)
_IN_BRACKETS = re.compile(r"\s*\((?:the )?([A-Z][A-Z.]+)\)")
_SPEAKS = frozenset({"said", "says", "told", "added", "argued", "insisted", "warned", "denied", "replied", "recalled"})
_LONGEST_INITIALS = 3
_LONGEST_ACRONYM = 5
_HARDLY = 1_000  # what keeps an unknown name that speaks from being taken for a place
_WEIGHED = 8
_SHOUTED_VOTE = 1
_VOTE = 3


@dataclass(slots=True)
class Mention:
    """One place where the text names something."""

    text: str
    scores: dict[NameKind, int]
    start: int
    shouted: bool
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


def mentions(text: str, tokens: Tokens, labels: list[int], totals: list[int]) -> Iterator[Mention]:
    """Every name that the labels mark, without a small word that they leave at its end (`Alliance of`)."""
    particles, calendar = load_words("name_particles"), load_words("calendar")
    for first, end in _spans(tokens, labels):
        last = end - 1
        while last > first and tokens.words[last] in particles:
            last -= 1
        name = _tidy(_calmed(text[tokens.starts[first] : tokens.ends[last]], tokens.words[first : last + 1]))
        if name and name not in calendar and not is_label(tokens, first, end):
            speaks = end < len(tokens.words) and tokens.words[end] in _SPEAKS
            scores = _kind_scores(totals[first : last + 1], maybe_place=not speaks or name in load_places())
            yield Mention(
                name, scores, tokens.starts[first], tokens.shouted[first], opening=tokens.opening[first] and not speaks
            )


def _spans(tokens: Tokens, labels: list[int]) -> Iterator[tuple[int, int]]:
    """Where names begin and end: odd labels open a name, the even ones after them go on; so does any name after a lone first name, and one
    of the same kind with nothing in between.
    """
    firsts, last, i = load_words("first_names"), len(labels), 0
    while i < last:
        first = i
        i += 1
        if not labels[first]:
            continue
        if (
            i < last
            and labels[i] % 2
            and tokens.words[first] in firsts
            and tokens.words[i] not in firsts
            and tokens.words[i].isalpha()
        ):
            i += 1
        while i < last and labels[i] and (labels[i] % 2 == 0 or _KIND_OF[labels[i]] == _KIND_OF[labels[i - 1]]):
            i += 1
        yield first, i


def overlooked(tokens: Tokens, labels: list[int], found: list[Mention]) -> Iterator[Mention]:
    """Surnames that the model passed over, of people whom the text names in full."""
    surnames = {mention.text.split(" ")[-1] for mention in found if " " in mention.text and _is_person(mention)}
    for i, word in enumerate(tokens.words):
        if not labels[i] and word in surnames:
            yield Mention(word, {"person": 0}, tokens.starts[i], tokens.shouted[i])


def without_everyday_words(found: list[Mention]) -> list[Mention]:
    words = common_openers((mention.text for mention in found if mention.opening), (mention.text for mention in found))
    return [mention for mention in found if mention.text not in words]


def with_acronyms_told(text: str, found: list[Mention]) -> list[Mention]:
    """The mentions, with an acronym that the text explains, `World Health Organization (WHO)`, by the name that it stands for."""
    meant: dict[str, str] = {}
    for mention in found:
        after = _IN_BRACKETS.match(text, mention.start + len(mention.text)) if " " in mention.text else None
        if after and _initials(mention.text) == after[1].replace(".", ""):
            meant.setdefault(after[1], mention.text)
    return [replace(mention, text=meant.get(mention.text, mention.text)) for mention in found] if meant else found


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper())


def _is_person(mention: Mention) -> bool:
    return mention.scores.get("person") == 0


def _kind_scores(totals: list[int], *, maybe_place: bool) -> dict[NameKind, int]:
    """How far each kind lies behind the best one, by the first word as an opening and the next few as what goes on."""
    head, rest = unpack(totals[0]), unpack(sum(totals[1:_WEIGHED]))
    scores = [head[opens] + rest[opens + 1] for opens in _OPENERS]
    if not maybe_place:
        scores[_KINDS.index("place")] -= _HARDLY
    best = max(scores)
    return {kind: score - best for kind, score in zip(_KINDS, scores, strict=True)}


def _calmed(written: str, words: list[str]) -> str:
    """`GOLD COVE` as `Gold Cove` and `OSLO` as `Oslo`, where the tokens have it so; `NATO` and `FC BAYERN` as they stand."""
    calm = " ".join(words)
    is_acronym = len(written) <= _LONGEST_ACRONYM and calm not in load_places()
    return (
        written
        if is_acronym or not written.isupper() or any(len(word) <= _LONGEST_INITIALS for word in words)
        else calm
    )


def _tidy(name: str) -> str:
    name = " ".join(name.split()).strip("-–—&")
    return _FULL_STOP.sub("", name) if name.endswith(".") else name


def gather(found: Iterable[Mention]) -> dict[str, Named]:
    """Names by their folded text. Capitals throughout are taken for the form only where the text has no other."""
    names: dict[str, Named] = {}
    for mention in found:
        named = names.setdefault(mention.text.casefold(), Named(first=mention.start))
        vote = _SHOUTED_VOTE if mention.shouted else _VOTE
        named.forms[mention.text] += vote
        for kind, score in mention.scores.items():
            named.votes[kind] += score * vote
        named.count += 1
    return names


def fold_short_forms(names: dict[str, Named]) -> dict[str, Named]:
    """Adds a lone first or last word to the person, or to the one organisation, whose name the text gives in full."""
    kept = dict(names)
    for word, full in _bearers(names, "person").items():
        if word in kept and (len(full) == 1 or kept[word].kind == "person"):
            _join(kept, word, min(full, key=lambda key: names[key].first))
    for word, full in _bearers(names, "organisation").items():
        if word in kept and len(full) == 1 and _may_be_short_for(kept[word], full[0]):
            _join(kept, word, full[0])
    return kept


def _may_be_short_for(lone: Named, firm: str) -> bool:
    """A lone word taken for a person is the firm that it opens, unless people are called so: `Clinton` is not the Clinton Foundation."""
    if lone.kind == "person":
        return firm.startswith(f"{lone.text.casefold()} ") and not any(
            lone.text in load_words(names) for names in ("first_names", "surnames")
        )
    return lone.kind == "organisation"


def _bearers(names: dict[str, Named], kind: NameKind) -> dict[str, list[str]]:
    """The full names of the kind by their first and last words."""
    bearers: dict[str, list[str]] = {}
    for key, named in names.items():
        words = key.split(" ")
        if len(words) > 1 and named.kind == kind:
            for word in dict.fromkeys((words[0], words[-1])):
                bearers.setdefault(word, []).append(key)
    return bearers


def _join(names: dict[str, Named], part: str, whole: str) -> None:
    """Unless the part is a name of another kind that the text speaks of more; but news that names Ann Clay means her by Clay, no firm."""
    lone, full = names[part], names[whole]
    surname = lone.kind == "organisation" and whole.endswith(f" {part}")
    if lone.kind == full.kind or surname or lone.count <= full.count:
        full.count += lone.count
        full.first = min(full.first, lone.first)
        del names[part]


def ranked(names: dict[str, Named]) -> list[Name]:
    """Most mentioned first; of those, whom the text names first."""
    order = sorted(names.values(), key=lambda named: (-named.count, named.first))
    return [Name(text=named.text, kind=named.kind, count=named.count) for named in order]
