"""The measurable rules of CONTRIBUTING's "How the code reads" and "Words" hold for the whole tree.

The models' training, `infra/training`, is left out. Files that do not keep a rule yet are listed below.
"""

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

TREE = Path(__file__).parents[2]
CODE = sorted(
    path.relative_to(TREE).as_posix()
    for room in ("functions", "shared", "infra")
    for path in (TREE / room).rglob("*.py")
    if "training" not in path.relative_to(TREE).parts
)
DECISIONS = sorted((TREE / "infra/decisions").glob("*.md"))
GUIDES = [
    *(TREE / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *(
        TREE / name
        for name in ("infra/operations.md", "infra/commands.md", "infra/reference.md", "tests/corpus/README.md")
    ),
]

FILES = [path.as_posix() for room in ("functions", "shared", "infra", "tests") for path in (TREE / room).rglob("*.*")]

MAX_PRIVATE_SHARE = 0.40  # of all functions and methods; other codebases of this kind have 11 to 23 %
MAX_MODULES_OF_A_ROOM = 13  # about a dozen names are taken in at one look; by judgement
MAX_REGEX_CHARACTERS = 120  # a longer pattern is not read at one look; the width of a line
MAX_COLUMNS = 120  # of prose in a guide; a row of a table cannot be folded

OLD_BOUND = re.compile(r"_?(MOST|LONGEST|DEEPEST|SHORTEST|WIDEST|LEAST)_")
CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*$")
IN_BACKTICKS = re.compile(r"`([\w./-]+)`")
IN_LINKS = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
DOTTED = re.compile(r"\b(?:functions|shared|infra|tests)(?:\.[a-z_]+)+")
FILE_NAME = re.compile(r"[\w./-]*\w\.(?:py|md|txt|json|sql|sh|svg|yaml|toml|bin|in)")
ROOM_PATH = re.compile(r"(?:functions|shared|infra|tests)/[a-z0-9_./-]*")
PLACEHOLDER = re.compile(r"\b(?:NAME|FOLDER|STACK)\b")

# Files that do not keep a rule yet. The lists only get shorter.
WITH_OLD_BOUNDS: set[str] = set()
WITH_BARE_CONSTANTS: set[str] = set()
WITH_LONG_REGEXES: set[str] = set()


@cache
def syntax_of(file: str) -> ast.Module:
    return ast.parse((TREE / file).read_text(encoding="utf-8"))


def assigned_names(module: ast.Module) -> Iterator[tuple[str, ast.Assign | ast.AnnAssign]]:
    """The names that a module's own statements assign, each with its statement."""
    for statement in module.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            for target in targets:
                yield from ((name.id, statement) for name in ast.walk(target) if isinstance(name, ast.Name))


def is_number(value: ast.expr | None) -> bool:
    """Whether an expression is a number, or arithmetic on numbers alone such as `20 * 1024`."""
    match value:
        case ast.Constant(value=number):
            return isinstance(number, int | float) and not isinstance(number, bool)
        case ast.UnaryOp(operand=operand):
            return is_number(operand)
        case ast.BinOp(left=left, right=right):
            return is_number(left) and is_number(right)
    return False


def old_bounds(file: str) -> list[str]:
    """The names of bounds that do not begin with `MAX_` or `MIN_`."""
    names = {node.id for node in ast.walk(syntax_of(file)) if isinstance(node, ast.Name)}
    return sorted(name for name in names if OLD_BOUND.match(name))


def bare_constants(file: str) -> list[str]:
    """The numeric constants of a module without a comment on their lines, or above the group that they stand in."""
    lines = (TREE / file).read_text(encoding="utf-8").splitlines()
    constants = [
        (name, at) for name, at in assigned_names(syntax_of(file)) if CONSTANT.match(name) and is_number(at.value)
    ]
    endings = {at.end_lineno: at.lineno for _, at in constants}
    return [name for name, at in constants if not has_comment(lines, endings, at)]


def has_comment(lines: list[str], endings: dict[int | None, int], statement: ast.stmt) -> bool:
    """Whether a comment stands on a statement's lines, or directly above it or above its neighbours.

    `endings` has the first line of each constant by its last line, so that a group of constants shares one comment.
    """
    if any("#" in line for line in lines[statement.lineno - 1 : statement.end_lineno]):
        return True
    above = statement.lineno - 1
    while above in endings:
        above = endings[above] - 1
    return above > 0 and lines[above - 1].lstrip().startswith("#")


def long_regexes(file: str) -> list[str]:
    """The patterns given to a function of `re` that are past the bound and not written with `re.VERBOSE`."""
    calls = [call for call in ast.walk(syntax_of(file)) if isinstance(call, ast.Call) and call.args]
    return [
        ast.unparse(call)[:60]
        for call in calls
        if ast.unparse(call.func).startswith("re.")
        and pattern_length(call.args[0]) > MAX_REGEX_CHARACTERS
        and "VERBOSE" not in ast.unparse(call)
    ]


def pattern_length(pattern: ast.expr) -> int:
    """The characters of a literal's fixed parts; what is put into an f-string does not count."""
    return sum(
        len(part.value) for part in ast.walk(pattern) if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )


def functions_of(file: str) -> list[str]:
    """The names of a module's functions and methods, without those that Python itself calls."""
    found = [
        node.name for node in ast.walk(syntax_of(file)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return [name for name in found if not name.startswith("__")]


def page_name(path: Path) -> str:
    return path.relative_to(TREE).as_posix()


def offenders(rule: Callable[[str], list[str]], exempt: set[str]) -> dict[str, list[str]]:
    """What does not keep a rule, by file."""
    return {file: found for file in CODE if file not in exempt and (found := rule(file))}


def test_a_bound_is_named_max_or_min() -> None:
    assert offenders(old_bounds, WITH_OLD_BOUNDS) == {}


def test_a_numeric_constant_has_a_comment_with_its_unit_and_reason() -> None:
    assert offenders(bare_constants, WITH_BARE_CONSTANTS) == {}


def test_a_long_pattern_is_written_verbosely() -> None:
    assert offenders(long_regexes, WITH_LONG_REGEXES) == {}


def test_few_functions_are_private() -> None:
    names = [name for file in CODE for name in functions_of(file)]
    private = [name for name in names if name.startswith("_")]
    assert len(private) / len(names) <= MAX_PRIVATE_SHARE, f"{len(private)} of {len(names)} functions are private"


def test_a_room_holds_about_a_dozen_modules() -> None:
    rooms = Counter(file.rpartition("/")[0] for file in CODE if not file.endswith("__init__.py"))
    counted = {
        room: count for room, count in rooms.items() if room.startswith(("functions/extract", "functions/enrich"))
    }
    assert counted
    assert not {room: count for room, count in counted.items() if count > MAX_MODULES_OF_A_ROOM}


def test_a_decisions_number_is_used_once() -> None:
    numbers = Counter(path.name[:4] for path in DECISIONS)
    assert not [number for number, count in numbers.items() if count > 1]
    assert all(re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name) for path in DECISIONS)


@pytest.mark.parametrize("path", GUIDES, ids=page_name)
def test_a_guide_is_folded_outside_its_tables(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if len(line) > MAX_COLUMNS and not line.startswith(("|", "!["))]


@pytest.mark.parametrize("path", [*GUIDES, *DECISIONS], ids=page_name)
def test_every_path_that_a_page_names_is_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = [name for name in IN_BACKTICKS.findall(text) if FILE_NAME.fullmatch(name) or ROOM_PATH.fullmatch(name)]
    linked = [target for target in IN_LINKS.findall(text) if not (path.parent / target).exists()]
    missing = [name for name in named if not (PLACEHOLDER.search(name) or is_in_tree(name))]
    assert [*missing, *linked, *(name for name in DOTTED.findall(text) if not is_module(name))] == []


def is_in_tree(name: str) -> bool:
    """Whether a file or folder of the tree has this path, or ends in it where the page names only the end."""
    return (TREE / name).exists() or any(path.endswith(f"/{name}") for path in FILES)


def is_module(name: str) -> bool:
    """Whether a dotted name is a module, a package, or something right inside a module."""
    path = TREE / name.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").is_file() or path.parent.with_suffix(".py").is_file()
