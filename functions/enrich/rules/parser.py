"""A query as a tree. luqum reads its grammar; since many queries have one shape, each shape is read once a process.

Bare terms beside each other are joined by AND, which binds less than a written OR; AND binds more than OR. `+` changes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from functions.enrich.rules.lexer import Token, tokenise
from functions.enrich.rules.query_tree import AllOf, AnyOf, Node, Not
from shared.domain.rules import BadQuery

if TYPE_CHECKING:
    from luqum.tree import Item

_SHAPES = 4096
_PARSER = Lock()
_PURE_NOT = "NOT only takes away: say what must be there as well (in each part of an OR)"


@dataclass(frozen=True, slots=True)
class _Branch:
    """A node of a shape: terms are numbers of tokens, `at` is the token where it begins."""

    build: Callable[[tuple[Node, ...]], Node]
    at: int
    parts: tuple["_Branch | int", ...]


class _Misshapen(Exception):
    """A shape with a fault; `at` is the number of its token, or None for the end."""

    def __init__(self, message: str, at: int | None) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


def parse(query: str) -> Node:
    """Raises `BadQuery` with the place of the fault."""
    tokens = tokenise(query)
    if not tokens:
        raise BadQuery("the query is empty", query, 0)
    try:
        return _filled(_shape(tuple(token.kind for token in tokens)), tokens)
    except _Misshapen as fault:
        raise BadQuery(fault.message, query, len(query) if fault.at is None else tokens[fault.at].position) from None


def _filled(shape: _Branch | int, tokens: Sequence[Token]) -> Node:
    """The shape with this query's terms in it."""
    if isinstance(shape, int):
        leaf = tokens[shape].leaf
        if leaf is None:
            raise _Misshapen("a field needs something to look for", shape)
        return leaf
    return shape.build(tuple(_filled(part, tokens) for part in shape.parts))


def _not(parts: tuple[Node, ...]) -> Node:
    return Not(parts[0])


@lru_cache(_SHAPES)
def _shape(symbols: tuple[str, ...]) -> _Branch | int:
    _check_order(symbols)
    shape = _branch(_read_grammar(symbols), symbols)
    negative = _negative(shape)
    if negative is not None:
        raise _Misshapen(_PURE_NOT, negative)
    return shape


def _check_order(symbols: tuple[str, ...]) -> None:
    for n, (symbol, following) in enumerate(zip(symbols, (*symbols[1:], None), strict=True)):
        if symbol in ("NOT", "+") and following in ("NOT", "+"):
            raise _Misshapen("two signs or NOTs stand in a row", n + 1)
        if symbol == "LPAREN" and following == "RPAREN":
            raise _Misshapen("there is nothing in these parentheses", n)


def _read_grammar(symbols: tuple[str, ...]) -> "Item":
    """The tree that luqum makes, in which each term is the number of its token."""
    from luqum.exceptions import ParseError  # noqa: PLC0415 - a tenth of a second that a stack without rules need not spend
    from luqum.parser import parser  # noqa: PLC0415

    feed = _Feed(symbols)
    try:
        with _PARSER:
            return parser.parse(lexer=feed, tokenfunc=feed.token)
    except ParseError:
        raise feed.fault() from None


class _Feed:
    """Hands the grammar its tokens, and knows which one it choked on."""

    def __init__(self, symbols: tuple[str, ...]) -> None:
        self._symbols = symbols
        self._next = 0

    def token(self) -> "_GrammarToken | None":
        self._next += 1
        return _GrammarToken(self._symbols, self._next - 1) if self._next <= len(self._symbols) else None

    def fault(self) -> _Misshapen:
        if self._next > len(self._symbols):
            return _Misshapen("something is missing at the end", None)
        names = {"AND_OP": "AND", "OR_OP": "OR", "RPAREN": "this parenthesis", "COLUMN": "this field"}
        symbol = self._symbols[self._next - 1]
        return _Misshapen(f"{names.get(symbol, symbol)} needs a term before it", self._next - 1)


class _GrammarToken:
    """A token as PLY wants it. `+` and `-` go as NOT, so that all three bind alike."""

    lineno = 1

    def __init__(self, symbols: tuple[str, ...], place: int) -> None:
        from luqum.head_tail import TokenValue  # noqa: PLC0415 - see above
        from luqum.tree import Word  # noqa: PLC0415

        symbol = symbols[place]
        self.type = "NOT" if symbol == "+" else symbol
        self.lexpos = place
        self.value = Word(str(place)) if symbol == "TERM" else TokenValue(symbol)
        self.value.pos, self.value.size = place, 1


def _branch(item: Any, symbols: tuple[str, ...]) -> _Branch | int:  # noqa: ANN401 - luqum's items are untyped
    name = type(item).__name__
    if name == "Word":
        return int(item.value)
    if name in ("Group", "FieldGroup", "SearchField"):
        return _branch(item.expr, symbols)
    if name == "OrOperation":
        _refuse_plus(item.children, symbols)
    parts = tuple(_branch(child, symbols) for child in item.children)
    if name == "Not":
        return parts[0] if symbols[item.pos] == "+" else _Branch(_not, item.pos, parts)
    return _Branch(AnyOf if name == "OrOperation" else AllOf, item.pos, parts)


def _refuse_plus(children: Any, symbols: tuple[str, ...]) -> None:  # noqa: ANN401 - see above
    for child in children:
        if symbols[child.pos] == "+" and type(child).__name__ == "Not":
            raise _Misshapen("+ has no meaning beside OR", child.pos)


def _negative(shape: _Branch | int) -> int | None:
    """The token of the NOT by which the shape asks for nothing, or None where it asks for something."""
    if isinstance(shape, int):
        return None
    if shape.build is _not:
        return shape.at
    faults = [_negative(part) for part in shape.parts]
    found = [fault for fault in faults if fault is not None]
    asks = not found if shape.build is AnyOf else len(found) < len(faults)
    return None if asks else found[0]
