"""Workers that stop before each call of a port until a test lets them go on, or kills them: one runs at a time."""

import threading
from collections.abc import Callable
from typing import Any

from shared.domain.errors import Transient
from tests.pipeline import Pipeline
from tests.ports import gated

CURRENT = threading.local()  # its `worker` is the one whose thread asks; the test's own thread has none
PATIENCE = 30.0  # seconds until a worker that neither stops nor ends is a fault of the test


class Killed(BaseException):
    """The process ends here: no handler of the stage's own runs."""


class PausedWorker:
    """One delivery of a message, handled in a thread of its own."""

    def __init__(self, handle: Callable[[Any], object], message: Any) -> None:
        self.message, self.calls = message, 0
        self.done = self.failed = self._killed = False
        self._may_go, self._has_stopped = threading.Semaphore(0), threading.Semaphore(0)
        self._thread = threading.Thread(target=self._work, args=(handle,), daemon=True)

    def start(self) -> None:
        """Runs to the first call."""
        self._thread.start()
        self._wait()

    def step(self, calls: int) -> None:
        """Goes on through so many calls, or to the end."""
        for _ in range(calls):
            if self.done:
                return
            self._may_go.release()
            self._wait()

    def finish(self) -> None:
        while not self.done:
            self.step(1)

    def kill(self) -> None:
        self._killed = True
        self.step(1)

    def pause(self) -> None:
        """Called in the worker's own thread, before each call of a port."""
        self.calls += 1
        self._has_stopped.release()
        self._may_go.acquire()
        if self._killed:
            raise Killed

    def _wait(self) -> None:
        assert self._has_stopped.acquire(timeout=PATIENCE)

    def _work(self, handle: Callable[[Any], object]) -> None:
        CURRENT.worker = self
        try:
            handle(self.message)
        except (Transient, Killed):
            self.failed = True
        finally:
            self.done = True
            self._has_stopped.release()


class Workers:
    """The workers of a pipeline that are under way."""

    def __init__(self, line: Pipeline) -> None:
        self._workers: list[PausedWorker] = []
        line.connect(gated(self._gate))

    def start(self, handle: Callable[[Any], object], message: Any) -> PausedWorker:
        worker = PausedWorker(handle, message)
        self._workers.append(worker)
        worker.start()
        return worker

    def under_way(self) -> list[PausedWorker]:
        self._workers = [worker for worker in self._workers if not worker.done]
        return self._workers

    def kill_all(self) -> int:
        """How many there were."""
        workers = self.under_way()
        for worker in workers:
            worker.kill()
        return len(workers)

    def _gate(self, _name: str, call: Callable[[], Any]) -> Any:
        worker = getattr(CURRENT, "worker", None)
        if worker:
            worker.pause()
        return call()
