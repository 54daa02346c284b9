"""A query as a tree. luqum reads its grammar; since many queries have one shape, each shape is read once a process.

Bare terms beside each other are joined by AND, which binds less than a written OR. A written AND binds more than OR.
`+` changes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from shared.domain.rules import BadQuery
from shared.rules.lexer import Token, tokenize_query
from shared.rules.query_tree import AllOf, AnyOf, Node, Not

if TYPE_CHECKING:
    from luqum.tree import Item

MAX_CACHED_SHAPES = 4096  # a shape takes about a kilobyte; ten thousand rules of the benchmark have some hundred shapes
_PARSER = Lock()
_PURE_NOT = "NOT only takes away: say what must be there as well (in each part of an OR)"


@dataclass(frozen=True, slots=True)
class ShapeNode:
    """A node of a shape: terms are numbers of tokens, `at` is the token where it begins."""

    build: Callable[[tuple[Node, ...]], Node]
    at: int
    parts: tuple["ShapeNode | int", ...]


class MalformedQuery(Exception):
    """A shape with a fault; `at` is the number of its token, or None for the end."""

    def __init__(self, message: str, at: int | None) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


def parse(query: str) -> Node:
    """Raises `BadQuery` with the place of the fault."""
    tokens = tokenize_query(query)
    if not tokens:
        raise BadQuery("the query is empty", query, 0)
    try:
        return fill_shape(parse_shape(tuple(token.kind for token in tokens)), tokens)
    except MalformedQuery as fault:
        raise BadQuery(fault.message, query, len(query) if fault.at is None else tokens[fault.at].position) from None


def fill_shape(shape: ShapeNode | int, tokens: Sequence[Token]) -> Node:
    """The shape with this query's terms in it."""
    if isinstance(shape, int):
        term = tokens[shape].term
        if term is None:
            raise MalformedQuery("a field needs something to look for", shape)
        return term
    return shape.build(tuple(fill_shape(part, tokens) for part in shape.parts))


def negate(parts: tuple[Node, ...]) -> Node:
    return Not(parts[0])


@lru_cache(MAX_CACHED_SHAPES)
def parse_shape(symbols: tuple[str, ...]) -> ShapeNode | int:
    check_operator_order(symbols)
    shape = build_shape(parse_grammar(symbols), symbols)
    negative = find_negative_part(shape)
    if negative is not None:
        raise MalformedQuery(_PURE_NOT, negative)
    return shape


def check_operator_order(symbols: tuple[str, ...]) -> None:
    for n, (symbol, following) in enumerate(zip(symbols, (*symbols[1:], None), strict=True)):
        if symbol in ("NOT", "+") and following in ("NOT", "+"):
            raise MalformedQuery("two signs or NOTs stand in a row", n + 1)
        if symbol == "LPAREN" and following == "RPAREN":
            raise MalformedQuery("there is nothing in these parentheses", n)


def parse_grammar(symbols: tuple[str, ...]) -> "Item":
    """The tree that luqum makes, in which each term is the number of its token."""
    from luqum.exceptions import ParseError  # noqa: PLC0415 - takes 0.1 s, which a stack without rules saves
    from luqum.parser import parser  # noqa: PLC0415

    feed = TokenFeed(symbols)
    try:
        with _PARSER:
            return parser.parse(lexer=feed, tokenfunc=feed.token)
    except ParseError:
        raise feed.fault() from None


class TokenFeed:
    """Hands the grammar its tokens, and knows which one it choked on."""

    def __init__(self, symbols: tuple[str, ...]) -> None:
        self._symbols = symbols
        self._next = 0

    def token(self) -> "GrammarToken | None":
        self._next += 1
        return GrammarToken(self._symbols, self._next - 1) if self._next <= len(self._symbols) else None

    def fault(self) -> MalformedQuery:
        if self._next > len(self._symbols):
            return MalformedQuery("something is missing at the end", None)
        names = {"AND_OP": "AND", "OR_OP": "OR", "RPAREN": "this parenthesis", "COLUMN": "this field"}
        symbol = self._symbols[self._next - 1]
        return MalformedQuery(f"{names.get(symbol, symbol)} needs a term before it", self._next - 1)


class GrammarToken:
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


def build_shape(item: Any, symbols: tuple[str, ...]) -> ShapeNode | int:  # noqa: ANN401 - luqum's items are untyped
    name = type(item).__name__
    if name == "Word":
        return int(item.value)
    if name in ("Group", "FieldGroup", "SearchField"):
        return build_shape(item.expr, symbols)
    if name == "OrOperation":
        refuse_plus_beside_or(item.children, symbols)
    parts = tuple(build_shape(child, symbols) for child in item.children)
    if name == "Not":
        return parts[0] if symbols[item.pos] == "+" else ShapeNode(negate, item.pos, parts)
    return ShapeNode(AnyOf if name == "OrOperation" else AllOf, item.pos, parts)


def refuse_plus_beside_or(children: Any, symbols: tuple[str, ...]) -> None:  # noqa: ANN401 - see above
    for child in children:
        if symbols[child.pos] == "+" and type(child).__name__ == "Not":
            raise MalformedQuery("+ has no meaning beside OR", child.pos)


def find_negative_part(shape: ShapeNode | int) -> int | None:
    """The token of the NOT by which the shape asks for nothing, or None where it asks for something."""
    if isinstance(shape, int):
        return None
    if shape.build is negate:
        return shape.at
    faults = [find_negative_part(part) for part in shape.parts]
    found = [fault for fault in faults if fault is not None]
    asks = not found if shape.build is AnyOf else len(found) < len(faults)
    return None if asks else found[0]
