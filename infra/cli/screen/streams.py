"""Standard output and error that fail in one way, whatever becomes of their reader."""

import errno
import os
import sys
from collections.abc import Callable
from typing import Any, TextIO, TypeVar, cast

Answer = TypeVar("Answer")


class OutputFailedError(Exception):
    """The output could not be written. It is no `OSError`, so that no library takes it for one of its own."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.reason = error.strerror or str(error)
        self.is_closed = error.errno in {errno.EPIPE, errno.EIO, errno.EBADF}  # by its reader, or with its terminal


class WatchedStream:
    """A text stream whose every failure to write is an `OutputFailedError`."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._watch(lambda: self._stream.write(text))

    def flush(self) -> None:
        self._watch(self._stream.flush)

    def _watch(self, call: Callable[[], Answer]) -> Answer:
        try:
            return call()
        except OSError as error:
            raise OutputFailedError(error) from None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever the stream has
        return getattr(self._stream, name)


def watch_streams() -> None:
    """Puts watched streams in place of the program's own; one that was closed before the start swallows everything.

    A letter that the terminal's encoding lacks is shown as a question mark.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            stream = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # for as long as the program runs
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
        setattr(sys, name, cast("TextIO", WatchedStream(stream)))


def silence_streams() -> None:
    """Sends what is still unwritten nowhere, so that Python does not complain at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for number in (1, 2):
        os.dup2(nowhere, number)
