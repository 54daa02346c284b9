"""How long work tells what it is doing."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

Note = Callable[[str], None]


class Progress(Protocol):
    def step(self, title: str) -> AbstractContextManager[Note]:
        """One piece of work; what is yielded takes a word on how far it got."""

    def say(self, line: str) -> None:
        """One line that stays."""
