"""A load as it runs: who uses what, sampled every few seconds, and what the functions said, read from the log when it
is over.
"""

import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import time

from tests.chaos.processes import usage

_EVERY = 5.0
_MARK = '"message":"outcome"'


@dataclass(frozen=True, slots=True)
class Sample:
    """CPU seconds used so far by each part, those that ended included, and megabytes of each process."""

    at: float
    cpu: Mapping[str, float]
    megabytes: Mapping[tuple[str, int], float]


@dataclass
class Watch(threading.Thread):
    port: int
    samples: list[Sample] = field(default_factory=list)
    _cpu: dict[tuple[str, int], float] = field(default_factory=dict)
    _over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        self._sample()
        while not self._over.wait(_EVERY):
            self._sample()
        self._sample()

    def stop(self) -> None:
        self._over.set()
        self.join()

    def _sample(self) -> None:
        found = usage(self.port)
        self._cpu |= {(one.part, one.pid): one.cpu for one in found}
        cpu: dict[str, float] = {}
        for (part, _), seconds in self._cpu.items():
            cpu[part] = cpu.get(part, 0.0) + seconds
        self.samples.append(Sample(time(), cpu, {(one.part, one.pid): one.megabytes for one in found}))


@dataclass(frozen=True, slots=True)
class Said:
    """An outcome line: which version, when, with which result."""

    version: str
    at: float
    outcome: str
    result: str


def outcomes(log: Path) -> Iterator[Said]:
    with log.open(errors="replace") as lines:
        for line in lines:
            if _MARK in line and line.startswith("{"):
                said = json.loads(line)
                at = datetime.strptime(said["timestamp"], "%Y-%m-%d %H:%M:%S,%f%z").timestamp()
                yield Said(said["correlation_id"], at, said["outcome"], said["result"])
