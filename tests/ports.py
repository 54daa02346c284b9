"""The ports of the stages, found by looking at their Protocols, and a wrapper that lets a test act before and after
every call.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

import functions.digest.ports
import functions.export.ports
import functions.reconcile.ports
import shared.ports
from functions.digest.ports import Baskets, DigestPublisher, Members
from functions.export.ports import DayFiles, EnabledRules, HistoryByDay, RecordsByDay, ToldStories
from functions.reconcile.ports import Changes, Objects, RecordStates, Runs
from shared.ports import (
    AlertLedger,
    AlertPublisher,
    Handoff,
    History,
    Ledger,
    Matches,
    PageStore,
    Rules,
    Stories,
    Views,
)

Gate = Callable[[str, Callable[[], Any]], Any]
"""Makes the call that it is given, or not; its name is `Port.method`."""

# Which part of `tests.pipeline.Pipeline` stands for a port. `test_faults.py` fails where a Protocol is missing here.
PARTS: Mapping[type, str] = {
    PageStore: "pages",
    Handoff: "handoff",
    Ledger: "ledger",
    AlertLedger: "alert_ledger",
    History: "history",
    Views: "views",
    Rules: "rules",
    Matches: "matches",
    Stories: "stories",
    AlertPublisher: "alerts",
    Objects: "objects",
    RecordStates: "states",
    Changes: "changes",
    Runs: "runs",
    RecordsByDay: "records_by_day",
    HistoryByDay: "history",
    EnabledRules: "rules",
    ToldStories: "told_stories",
    DayFiles: "day_files",
    Baskets: "digests",
    Members: "members",
    DigestPublisher: "digest_topics",
}


def protocols() -> set[type]:
    """Every Protocol that a module of ports defines."""
    found = [
        part
        for module in (shared.ports, functions.reconcile.ports, functions.export.ports, functions.digest.ports)
        for _, part in inspect.getmembers(module, is_protocol)
    ]
    return set(found)


def is_protocol(part: object) -> bool:
    return inspect.isclass(part) and Protocol in part.__bases__


def methods_of(port: type) -> list[str]:
    return [name for name, member in vars(port).items() if inspect.isfunction(member) and not name.startswith("_")]


def every_method() -> set[str]:
    """`Port.method` for all of them."""
    return {f"{port.__name__}.{name}" for port in protocols() for name in methods_of(port)}


class GatedPort:
    """Whatever stands for a port, with each method of the port behind a gate. All else is handed through."""

    def __init__(self, port: type, real: object, gate: Gate) -> None:
        self._port, self._real, self._gate = port, real, gate

    def __getattr__(self, name: str) -> Any:
        member = getattr(self._real, name)
        if name not in methods_of(self._port):
            return member
        return lambda *args, **kwargs: self._gate(f"{self._port.__name__}.{name}", lambda: member(*args, **kwargs))


def gated(gate: Gate) -> Callable[[type, object], Any]:
    """For `Pipeline.connect`: puts every port behind the gate."""
    return lambda port, real: GatedPort(port, real, gate)


def then_fails(result: Any, error: BaseException) -> Any:
    """What a call gives that fails after its effect: of an iterator the first part, and then the error."""
    if not isinstance(result, Iterator):
        raise error
    return _first_part(result, error)


def _first_part(parts: Iterator[Any], error: BaseException) -> Iterator[Any]:
    for part in parts:
        yield part
        raise error
    raise error
