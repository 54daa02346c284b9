"""The document as rules see it: each field a stream of folded words, and the keys by which rules are found."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from urllib.parse import urlsplit

from functions.enrich.rules.fold import singular, words
from shared.domain.documents import Article, Enrichment, Record

BREAK = ""
READ_CHARACTERS = 200_000
ANYWHERE = ""
PROSE = ("title", "text")
NAMED = ("site", "topic", "language", "person", "organisation", "place")


@dataclass(frozen=True, slots=True)
class WatchedDocument:
    """What a rule can ask of. `site:` is met by the site's name and by the host of `url`."""

    title: str = ""
    text: str = ""
    site: str = ""
    url: str = ""
    language: str = ""
    topics: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @classmethod
    def of(cls, article: Article, enrichment: Enrichment) -> "WatchedDocument":
        """An article with the topics and names that enrichment found."""
        named = {kind: tuple(name.text for name in enrichment.names if name.kind == kind) for kind in ("person", "organisation", "place")}
        return cls(
            article.title,
            _prose(article.standfirst, article.text),
            article.site,
            article.url,
            article.language,
            tuple(topic.slug for topic in enrichment.topics),
            *named.values(),
        )

    @classmethod
    def of_record(cls, record: Record) -> "WatchedDocument":
        """A record as it stands in the table; one whose text is kept elsewhere has its summary read in place of it."""
        return cls(
            record.title or "",
            _prose(record.standfirst or "", record.text or record.summary or ""),
            record.site or "",
            record.url or "",
            record.language or "",
            tuple(record.topics or ()),
            tuple(record.people or ()),
            tuple(record.organisations or ()),
            tuple(record.places or ()),
        )

    def values(self, field: str) -> tuple[str, ...]:
        """What the field says, each value or paragraph apart."""
        if field in PROSE:
            return tuple((self.title if field == "title" else self.text)[:READ_CHARACTERS].split("\n\n"))
        named = {
            "site": (self.site, site_words(self.url)),
            "topic": self.topics,
            "language": (self.language,),
            "person": self.people,
            "organisation": self.organisations,
            "place": self.places,
        }
        return named[field]


def _prose(standfirst: str, text: str) -> str:
    """Standfirst and text, the standfirst only where the text does not open with it."""
    return text if not standfirst or text.startswith(standfirst) else f"{standfirst}\n\n{text}"


def site_words(address: str) -> str:
    """The host of an address, or of a bare host, without `www.`; empty where there is none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def words_in(field: str, text: str) -> list[str]:
    """The text's words as the field compares them: prose folds plurals, names and slugs keep theirs."""
    return [singular(word) for word in words(text)] if field in PROSE or field == ANYWHERE else words(text)


class Stream:
    """The words of one field in order, paragraphs and values parted by `BREAK`. `stems` folds plurals where the field does."""

    def __init__(self, field: str, values: Iterable[str]) -> None:
        self.plain = [word for value in values for word in (*words(value), BREAK)]
        self.stems = [singular(word) for word in self.plain] if field in PROSE else self.plain

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each stem stands."""
        return _places(self.stems)

    @cached_property
    def plain_places(self) -> dict[str, list[int]]:
        """Where each word stands as written but for case and accents."""
        return _places(self.plain)

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


def _places(tokens: list[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, token in enumerate(tokens):
        found.setdefault(token, []).append(place)
    return found


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The keys that a set of rules asks for, sorted by kind so that a document is only asked for those."""

    fields: frozenset[str]
    stems: frozenset[str]
    pairs: frozenset[str]
    heads: frozenset[str]
    prefixes: frozenset[str]
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, keys: Iterable[str]) -> "Vocabulary":
        """Keys are `field:word`, `field:two words` or `field:prefix*`; the field is empty where any prose will do."""
        bare = {key: key.partition(":")[2] for key in keys}
        prefixes = frozenset(key for key, word in bare.items() if word.endswith("*"))
        pairs = frozenset(key for key, word in bare.items() if " " in word)
        return cls(
            fields=frozenset(key.partition(":")[0] for key in bare),
            stems=frozenset(bare) - prefixes - pairs,
            pairs=pairs,
            heads=frozenset(bare[key].partition(" ")[0] for key in pairs),
            prefixes=prefixes,
            lengths=tuple(sorted({len(bare[key]) - 1 for key in prefixes})),
        )

    def keys(self, name: str, stream: Stream) -> set[str]:
        """Those of the vocabulary's keys of field `name` that the stream meets."""
        mark = f"{name}:"
        found = {mark + stem for stem in stream.places} & self.stems
        if self.pairs:
            found |= {f"{mark}{a} {b}" for a, b in pairwise(stream.stems) if a in self.heads} & self.pairs
        for length in self.lengths:
            found |= {f"{mark}{word[:length]}*" for word in stream.vocabulary if len(word) >= length} & self.prefixes
        return found


class Reading:
    """One document, tokenised once for all rules; `keys` are those of the vocabulary that it meets."""

    def __init__(self, document: WatchedDocument, vocabulary: Vocabulary) -> None:
        self.document = document
        self._streams: dict[str, Stream] = {}
        self.keys: set[str] = set()
        for field in vocabulary.fields:
            for stream in self.streams(field):
                self.keys |= vocabulary.keys(field, stream)

    def streams(self, field: str) -> list[Stream]:
        """The streams that a field's words may stand in: title and text where the query names no field."""
        return [self.stream(name) for name in (PROSE if field == ANYWHERE else (field,))]

    def stream(self, name: str) -> Stream:
        if name not in self._streams:
            self._streams[name] = Stream(name, self.document.values(name))
        return self._streams[name]
