"""Word lists that stand beside the code: words apart by white space, lines that start with # are notes."""

from pathlib import Path


def read_words(folder: Path, name: str) -> frozenset[str]:
    """The words of `FOLDER/NAME.txt`."""
    return frozenset(word for line in read_lines(folder, name) for word in line.split())


def read_lines(folder: Path, name: str) -> tuple[str, ...]:
    """The lines of `FOLDER/NAME.txt`, for entries of several words."""
    lines = (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))
