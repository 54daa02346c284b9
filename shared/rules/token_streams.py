"""A document as streams of folded words, and the keys by which rules are found."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import itemgetter

from shared.rules.analysis import fold_plural, words
from shared.rules.document import ANYWHERE, PROSE, SearchableDocument

BREAK = ""


class TokenStream:
    """The words of one field in order, with a `BREAK` after each paragraph or value.

    `stems` folds plurals where the field does.
    """

    def __init__(self, field: str, values: Iterable[str]) -> None:
        self.plain = [word for value in values for word in (*words(value), BREAK)]
        self.stems = list(map(fold_plural, self.plain)) if field in PROSE else self.plain

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each stem stands."""
        return positions_by_token(self.stems)

    @cached_property
    def plain_places(self) -> dict[str, list[int]]:
        """Where each word stands as written but for case and accents."""
        return positions_by_token(self.plain)

    @cached_property
    def vocabulary(self) -> list[str]:
        """Every plain word once, sorted."""
        return sorted(set(self.plain))

    def beginning(self, prefix: str) -> Iterator[str]:
        """The stream's words that begin with `prefix`."""
        for word in self.vocabulary[bisect_left(self.vocabulary, prefix) :]:
            if not word.startswith(prefix):
                return
            yield word


def positions_by_token(tokens: list[str]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, token in enumerate(tokens):
        found[token].append(place)
    return dict(found)


two_letters = itemgetter(slice(2))


@dataclass(frozen=True, slots=True)
class FieldKeys:
    """The keys that a set of rules asks of one field, sorted by kind so that a stream is only asked for those."""

    mark: str
    stems: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    prefixes: Mapping[str, tuple[str, ...]]  # by the two letters that each has at least

    @classmethod
    def of(cls, field: str, asked: Collection[str]) -> "FieldKeys":
        """`asked` are words, pairs of words and `prefix*`."""
        pairs = frozenset(pair for pair in asked if " " in pair)
        prefixes = frozenset(prefix for prefix in asked if prefix.endswith("*"))
        by_head: defaultdict[str, list[str]] = defaultdict(list)
        for prefix in sorted(prefixes):
            by_head[two_letters(prefix)].append(prefix[:-1])
        return cls(
            mark=f"{field}:",
            stems=frozenset(asked) - pairs - prefixes,
            pairs=frozenset((first, second) for first, _, second in (pair.partition(" ") for pair in pairs)),
            prefixes={head: tuple(found) for head, found in by_head.items()},
        )

    def met_by(self, stream: TokenStream) -> Iterator[str]:
        """Those of the keys that the stream meets."""
        mark = self.mark
        yield from [mark + stem for stem in self.stems.intersection(stream.places)]
        if self.pairs:
            yield from [f"{mark}{first} {second}" for first, second in self.pairs.intersection(pairwise(stream.stems))]
        if self.prefixes:
            yield from [f"{mark}{prefix}*" for prefix in self._prefixes_met_by(stream.vocabulary)]

    def _prefixes_met_by(self, vocabulary: list[str]) -> Iterator[str]:
        for head in set(map(two_letters, vocabulary)) & self.prefixes.keys():
            for prefix in self.prefixes[head]:
                place = bisect_left(vocabulary, prefix)
                if place < len(vocabulary) and vocabulary[place].startswith(prefix):
                    yield prefix


class RuleKeys:
    """All keys that a set of rules asks for: `field:word`, `field:two words` or `field:prefix*`.

    The field is empty where title and text are both searched.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        asked: dict[str, set[str]] = {}
        for key in keys:
            field, _, word = key.partition(":")
            asked.setdefault(field, set()).add(word)
        self.fields = {field: FieldKeys.of(field, found) for field, found in asked.items()}


class TokenizedDocument:
    """One document, tokenized once for all rules. `keys` are those of the rules' keys that the document has."""

    def __init__(self, document: SearchableDocument, rule_keys: RuleKeys) -> None:
        self.source = document
        self._streams: dict[str, TokenStream] = {}
        self.keys: set[str] = set()
        for field, asked in rule_keys.fields.items():
            for stream in self.streams(field):
                self.keys.update(asked.met_by(stream))

    def streams(self, field: str) -> list[TokenStream]:
        """The streams that a field's words may stand in: title and text where the query names no field."""
        return [self.stream(name) for name in (PROSE if field == ANYWHERE else (field,))]

    def stream(self, name: str) -> TokenStream:
        if name not in self._streams:
            self._streams[name] = TokenStream(name, self.source.values(name))
        return self._streams[name]
