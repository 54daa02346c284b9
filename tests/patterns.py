"""Every regular expression of the functions, and strings that make a careless one slow.

A pattern such as `x+y` looks at each run of x again from each of its letters: a page of 60,000 of them takes minutes.
The attack strings of a pattern are made from its own parts: the shortest text that leads to each of its repeats, and
many turns of what is repeated, with an end on which it fails.
"""

import ast
import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from re import _constants as ops  # the parser of the standard library's own patterns: there is no public one
from re import _parser as parser
from types import FunctionType
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
PACKAGES = ("functions", "shared")
CALLS = {"sub", "subn", "search", "match", "fullmatch", "findall", "finditer", "split", "compile"}
LETTERS = (*"aA1.-_/<>=&;:,([\"'!…字ア한éßمא\t\n ", "\u0301")
PAIRS = [
    "a ",
    "A ",
    "Ab ",
    "1 ",
    "a.",
    "1.",
    ".a",
    "a-",
    "a\n",
    "\n ",
    " \n",
    "A. ",
    "a, ",
    "<a ",
    "a<",
    "字 ",
    "1,",
    "\u0301\u0323",
]
MIN_TURNS = 8  # turns of a repeat from which it is pumped; a shorter one cannot grow


class Named(NamedTuple):
    """A pattern, where it stands, and the methods that are called on it."""

    name: str
    pattern: re.Pattern[Any]
    used: frozenset[str]

    def run(self, text: Any) -> None:
        """Does what the functions do with the pattern, or more."""
        if "match" in self.used:
            self.pattern.match(text)
        if "fullmatch" in self.used:
            self.pattern.fullmatch(text)
        if self.used - {"match", "fullmatch"}:
            for _ in self.pattern.finditer(text):
                pass


def all_patterns() -> list[Named]:
    """Patterns of all modules: constants, what cached functions without arguments make, and literals in calls."""
    found: dict[tuple[Any, int], Named] = {}
    for module in modules():
        for named in (*constants_of(module), *literals_of(module)):
            found.setdefault((named.pattern.pattern, named.pattern.flags), named)
    return sorted(found.values(), key=lambda named: named.name)


def modules() -> Iterator[Any]:
    for package in PACKAGES:
        root = importlib.import_module(package)
        for info in pkgutil.walk_packages(root.__path__, f"{package}."):
            yield importlib.import_module(info.name)


def constants_of(module: Any) -> Iterator[Named]:
    for name, value in vars(module).items():
        if callable(value) and getattr(value, "__module__", "") != module.__name__:
            continue
        made = value() if makes_patterns(value) else value
        for pattern in patterns_in(made):
            yield Named(f"{module.__name__}.{name}", pattern, uses().get(name, frozenset({"handed on"})))


@cache
def uses() -> dict[str, frozenset[str]]:
    """What is called on each name, over all modules; a name that is handed on counts as searched."""
    found: dict[str, set[str]] = defaultdict(set)
    for module in modules():
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        called = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        functions = {id(node.func): id(node) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                use = called.get(id(node)) or called.get(functions.get(id(node), 0), "handed on")
                found[node.id].add(use)
    return {name: frozenset(used) for name, used in found.items()}


def makes_patterns(value: Any) -> bool:
    """Whether this is a cached function without arguments that says it returns patterns."""
    function = getattr(value, "__wrapped__", None)
    return (
        isinstance(function, FunctionType)
        and hasattr(value, "cache_info")
        and not function.__code__.co_argcount
        and "Pattern" in str(function.__annotations__.get("return"))
    )


def patterns_in(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (list, tuple, set, frozenset, dict)) and depth < 3:
        for part in value.values() if isinstance(value, dict) else value:
            yield from patterns_in(part, depth + 1)


def literals_of(module: Any) -> Iterator[Named]:
    path = Path(module.__file__)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in CALLS
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and node.func.attr != "compile"
        ):
            flags = re.IGNORECASE if "IGNORECASE" in ast.unparse(node) else 0
            name = f"{module.__name__}:{ast.unparse(node.args[0])[:60]}"
            yield Named(name, re.compile(node.args[0].value, flags), frozenset({node.func.attr}))


def attacks(pattern: re.Pattern[Any], size: int) -> Iterator[Any]:
    """Strings of about `size` characters on which the pattern would be slow if it were careless."""
    is_bytes = isinstance(pattern.pattern, bytes)
    source = pattern.pattern.decode("latin-1") if is_bytes else pattern.pattern
    flags = pattern.flags & ~re.UNICODE if is_bytes else pattern.flags
    seen: set[str] = set()
    for lead, pump in (
        *leads(parser.parse(source, flags & ~re.LOCALE), ""),
        *(("", pump) for pump in (*LETTERS, *PAIRS)),
    ):
        for text in (lead + pump * (size // max(1, len(pump))), (lead + pump) * (size // max(1, len(lead + pump)))):
            attack = f"{text}\x00"[: size + 1]
            if attack not in seen:
                seen.add(attack)
                yield attack.encode("latin-1", "ignore") if is_bytes else attack


def leads(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """The text that leads to each repeat of a parsed pattern, and one turn of it."""
    for op, value in tree:
        if op in {ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT}:
            low, high, body = value
            if high >= MIN_TURNS:
                yield from ((before, turn) for turn in turns(body))
            yield from leads(body, before)
            before += sample(body) * min(low, MIN_TURNS)
            continue
        for part in parts_of(op, value):
            yield from leads(part, before)
        before += sample([(op, value)])


def parts_of(op: Any, value: Any) -> list[Any]:
    """The patterns inside one node."""
    if op is ops.SUBPATTERN:
        return [value[-1]]
    if op is ops.BRANCH:
        return list(value[1])
    if op in {ops.ASSERT, ops.ASSERT_NOT}:
        return [value[1]]
    if op is ops.ATOMIC_GROUP:
        return [value]
    return []


def turns(body: Any) -> list[str]:
    """A few texts that one turn of a repeat takes."""
    whole = sample(body)
    if len(body) == 1:
        op, value = body[0]
        if op in {ops.IN, ops.NOT_LITERAL, ops.ANY}:
            return [letter for letter in LETTERS if takes(op, value, letter)][:6]
        if op is ops.BRANCH:
            return [sample(branch) for branch in value[1]][:6]
        if op is ops.SUBPATTERN:
            return turns(value[-1])
    return [whole] if whole else []


def sample(nodes: Any) -> str:
    """A short text that the nodes match, as near as is easily made."""
    text = ""
    for op, value in nodes:
        if op is ops.LITERAL:
            text += chr(value)
        elif op in {ops.IN, ops.NOT_LITERAL, ops.ANY}:
            text += next((letter for letter in LETTERS if takes(op, value, letter)), "")
        elif op in {ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT}:
            text += sample(value[2]) * min(value[0], 300)
        elif op is ops.SUBPATTERN:
            text += sample(value[-1])
        elif op is ops.ATOMIC_GROUP:
            text += sample(value)
        elif op is ops.BRANCH:
            text += sample(value[1][0])
    return text


def takes(op: Any, value: Any, letter: str) -> bool:
    """Whether one node takes one letter."""
    if op is ops.ANY:
        return letter != "\n"
    if op is ops.NOT_LITERAL:
        return letter != chr(value)
    negated = bool(value) and value[0][0] is ops.NEGATE
    return any(has(kind, what, letter) for kind, what in value) is not negated


def has(kind: Any, what: Any, letter: str) -> bool:
    """Whether one entry of a class holds a letter."""
    if kind is ops.LITERAL:
        return ord(letter) == what
    if kind is ops.RANGE:
        return what[0] <= ord(letter) <= what[1]
    if kind is ops.CATEGORY:
        classes = {
            ops.CATEGORY_DIGIT: r"\d",
            ops.CATEGORY_NOT_DIGIT: r"\D",
            ops.CATEGORY_SPACE: r"\s",
            ops.CATEGORY_NOT_SPACE: r"\S",
            ops.CATEGORY_WORD: r"\w",
            ops.CATEGORY_NOT_WORD: r"\W",
        }
        return re.match(classes[what], letter) is not None
    return False
