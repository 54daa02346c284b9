"""Word lists kept as data files beside the code, one entry a line; `#` starts a comment."""

from functools import cache
from importlib.resources import files


@cache
def load_lines(name: str) -> tuple[str, ...]:
    """The entries of `words/NAME.txt` in their order, folded for comparing without regard to case."""
    text = (files("functions.notify") / "words" / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line.strip().casefold() for line in text.splitlines() if line.strip() and not line.startswith("#"))
