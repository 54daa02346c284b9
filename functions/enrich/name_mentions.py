"""Labelled tokens as names: each name's mentions brought together, one kind a name, the main ones first."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from functions.enrich.name_model import unpack
from functions.enrich.name_tokens import Tokens
from functions.enrich.wordlists import load_words
from shared.domain.documents import Name, NameKind

_SPACES = re.compile(r"\s+")
_FULL_STOP = re.compile(r"(?<=[a-z]{2})\.$|(?<=\b(?:Co|Jr|Sr|SA|AG))\.$", re.IGNORECASE)
_OPENERS: dict[NameKind, int] = {"person": 1, "organisation": 3, "place": 5}
_SHOUTED_VOTE = 1
_VOTE = 3


@dataclass(slots=True)
class Mention:
    """One place where the text names something."""

    text: str
    scores: dict[NameKind, int]
    start: int
    shouted: bool


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
    """Runs of one label that a first word opens: odd labels open a name, the even ones after them go on."""
    i, last = 0, len(labels)
    while i < last:
        label, first = labels[i], i
        i += 1
        if not label:
            continue
        while i < last and labels[i] == label + 1:
            i += 1
        name = _tidy(text[tokens.starts[first] : tokens.ends[i - 1]])
        if name and name not in load_words("calendar"):
            yield Mention(name, _kind_scores(totals[first:i]), tokens.starts[first], tokens.shouted[first])


def overlooked(tokens: Tokens, labels: list[int], found: list[Mention]) -> Iterator[Mention]:
    """Surnames that the model passed over, of people whom the text names in full."""
    surnames = {mention.text.split(" ")[-1] for mention in found if " " in mention.text and _is_person(mention)}
    for i, word in enumerate(tokens.words):
        if not labels[i] and word in surnames:
            yield Mention(word, {"person": 0}, tokens.starts[i], tokens.shouted[i])


def _is_person(mention: Mention) -> bool:
    return mention.scores.get("person") == 0


def _kind_scores(totals: list[int]) -> dict[NameKind, int]:
    """How far each kind lies behind the best one, by the first word as an opening and the others as what goes on."""
    rows = [unpack(total) for total in totals]
    scores = {kind: rows[0][opens] + sum([row[opens + 1] for row in rows[1:]]) for kind, opens in _OPENERS.items()}
    best = max(scores.values())
    return {kind: score - best for kind, score in scores.items()}


def _tidy(name: str) -> str:
    return _FULL_STOP.sub("", _SPACES.sub(" ", name).strip("-–—&"))


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


def fold_surnames(names: dict[str, Named]) -> dict[str, Named]:
    """Adds a lone surname or first name to the person who bears it, where the text names one such person in full."""
    bearers: dict[str, list[str]] = {}
    for key, named in names.items():
        words = key.split(" ")
        if len(words) > 1 and named.kind == "person":
            for word in {words[0], words[-1]}:
                bearers.setdefault(word, []).append(key)
    kept = dict(names)
    for word, full in bearers.items():
        if word in kept and (len(full) == 1 or kept[word].kind == "person"):
            _join(kept, word, min(full, key=lambda key: names[key].first))
    return kept


def _join(names: dict[str, Named], part: str, whole: str) -> None:
    lone = names[part]
    if lone.kind == "person" or lone.count <= names[whole].count:
        names[whole].count += lone.count
        names[whole].first = min(names[whole].first, lone.first)
        del names[part]


def ranked(names: dict[str, Named]) -> list[Name]:
    """Most mentioned first; of those, whom the text names first."""
    order = sorted(names.values(), key=lambda named: (-named.count, named.first))
    return [Name(text=named.text, kind=named.kind, count=named.count) for named in order]
