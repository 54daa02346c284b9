"""A query as tokens, each with its position.

What the language does not have is refused here, where the position is known.
"""

import difflib
import re
from collections.abc import Callable
from typing import NamedTuple

from shared.domain.rules import BadQuery
from shared.rules.document import ANYWHERE, NAMED, PROSE
from shared.rules.query_term import QueryTerm
from shared.rules.term_parser import MalformedTerm, parse_phrase_term, parse_word_term

# Bounds of one query, by judgement: ten times the longest that we could think of, and cheap to parse (decision 0006).
MAX_QUERY_CHARACTERS = 2_000
MAX_QUERY_TERMS = 200
MAX_NESTING = 20  # parentheses within parentheses
FIELDS = (*PROSE, *NAMED)
_ALIASES = {"organization": "organisation", "lang": "language"}

# Typographic and full-width forms of the language's own marks, one character for one, so that places stay.
_MARKS = str.maketrans("“”„‟«»＂（）：＊　", '"""""""():* ')
_TOKEN = re.compile(
    r"""\s+
    |(?P<phrase>"(?P<quoted>(?:[^"\\]|\\.)*)"(?:~(?P<slop>\d{1,9})(?![\w.]))?)
    |(?P<open>\()|(?P<close>\))
    |(?P<sign>[+-])
    |(?P<field>[^\W\d]\w*:)
    |(?P<word>(?:[^\s()":~^\[\]{}<>\\+/-]|\\.)(?:[^\s()":~^\[\]{}\\]|\\.)*)
    |(?P<unknown>.)""",
    re.VERBOSE | re.DOTALL,
)
_OPERATORS = {"AND": "AND_OP", "OR": "OR_OP", "NOT": "NOT"}
_UNKNOWN = {
    "~": 'fuzzy search (word~) is not supported; nearness is a number after a phrase: "two words"~5',
    "^": "boosting (^) is not supported: a rule matches or does not",
    "[": "ranges are not supported",
    "]": "ranges are not supported",
    "{": "ranges are not supported",
    "}": "ranges are not supported",
    "<": "comparisons are not supported",
    ">": "comparisons are not supported",
    "/": "regular expressions are not supported; put a text with slashes in quotes",
    '"': "this quotation mark is not closed",
    ":": "no field stands before this colon; put a text with a colon in quotes or write \\:",
    "\\": "nothing follows this backslash",
}


class Token(NamedTuple):
    """A token of a query. `kind` is its name in the grammar, or `+`.

    A `TERM` has its query term, or is the name of a field, which a `COLUMN` follows.
    """

    kind: str
    position: int
    term: QueryTerm | None = None


def tokenize_query(query: str) -> list[Token]:
    """Raises `BadQuery` for what is too long, too deep, or not in the language."""
    if len(query) > MAX_QUERY_CHARACTERS:
        raise BadQuery(f"the query is longer than {MAX_QUERY_CHARACTERS} characters", query, MAX_QUERY_CHARACTERS)
    return QueryLexer(query).read()


class QueryLexer:
    """Reads one query from left to right, knowing which field and which parentheses it is in."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._tokens: list[Token] = []
        self._opened: list[int] = []
        self._fields = [ANYWHERE]
        self._pending = ANYWHERE
        self._terms = 0

    def read(self) -> list[Token]:
        query = self._query if self._query.isascii() else self._query.translate(_MARKS)
        for found in _TOKEN.finditer(query):
            if kind := found.lastgroup:
                _READERS[kind](self, found)
        if self._opened:
            self._refuse("this parenthesis is never closed", self._opened[-1])
        return self._tokens

    def unknown(self, found: re.Match[str]) -> None:
        self._refuse(_UNKNOWN[found.group()], found.start())

    def open(self, found: re.Match[str]) -> None:
        self._add("LPAREN", found)
        self._opened.append(found.start())
        self._fields.append(self._field())
        if len(self._opened) > MAX_NESTING:
            self._refuse(f"parentheses are nested more than {MAX_NESTING} deep", found.start())

    def close(self, found: re.Match[str]) -> None:
        if not self._opened:
            self._refuse("this parenthesis was never opened", found.start())
        self._add("RPAREN", found)
        self._opened.pop()
        self._fields.pop()

    def sign(self, found: re.Match[str]) -> None:
        self._add("+" if found.group() == "+" else "NOT", found)

    def field(self, found: re.Match[str]) -> None:
        outer = self._pending or self._fields[-1]
        if outer:
            self._refuse(f"a field cannot stand inside {outer}:", found.start())
        self._add("TERM", found)
        self._add("COLUMN", found)
        self._pending = self._known_field(found.group()[:-1], found.start())

    def word(self, found: re.Match[str]) -> None:
        if found.group() in _OPERATORS:
            self._add(_OPERATORS[found.group()], found)
        else:
            self._term(found, lambda field: parse_word_term(field, found.group()))

    def phrase(self, found: re.Match[str]) -> None:
        slop = int(found.group("slop") or 0)
        self._term(found, lambda field: parse_phrase_term(field, str(found.group("quoted")), slop, found.group()))

    def _term(self, found: re.Match[str], term: Callable[[str], QueryTerm]) -> None:
        self._terms += 1
        if self._terms > MAX_QUERY_TERMS:
            self._refuse(f"the query has more than {MAX_QUERY_TERMS} terms", found.start())
        try:
            self._tokens.append(Token("TERM", found.start(), term(self._field())))
        except MalformedTerm as fault:
            self._refuse(fault.message, found.start() + fault.offset)

    def _field(self) -> str:
        """The field that the next thing stands in."""
        field, self._pending = self._pending or self._fields[-1], ANYWHERE
        return field

    def _known_field(self, name: str, at: int) -> str:
        name = _ALIASES.get(name.casefold(), name.casefold())
        if name not in FIELDS:
            close = difflib.get_close_matches(name, FIELDS, n=1)
            hint = f"did you mean {close[0]}:?" if close else f"fields are {', '.join(f'{field}:' for field in FIELDS)}"
            self._refuse(f"there is no field {name}: ({hint}; put a text with a colon in quotes)", at)
        return name

    def _add(self, kind: str, found: re.Match[str]) -> None:
        self._tokens.append(Token(kind, found.start()))

    def _refuse(self, message: str, at: int) -> None:
        raise BadQuery(message, self._query, at)


_READERS: dict[str, Callable[[QueryLexer, re.Match[str]], None]] = {
    kind: getattr(QueryLexer, kind) for kind in ("phrase", "open", "close", "sign", "field", "word", "unknown")
}
