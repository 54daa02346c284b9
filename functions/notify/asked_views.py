"""The views that readers asked for: read from their table and kept for half a minute, as the rules are."""

import time
from collections.abc import Callable, Mapping

from shared.ports import AskedView, Views

MAX_CACHE_SECONDS = 30.0  # until a changed wish takes effect; by judgement: soon for a person, one read per process


class AskedViews:
    """One a process, so that the views are read once for many alerts."""

    def __init__(self, store: Views, now: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._now = now
        self._until = float("-inf")
        self._views: Mapping[str, AskedView] = {}

    def current(self) -> Mapping[str, AskedView]:
        """By name; raises `Transient` where they cannot be read."""
        if self._now() >= self._until:
            self._views = self._store.asked()
            self._until = self._now() + MAX_CACHE_SECONDS
        return self._views

    def muted(self, now: float) -> set[str]:
        """The views that nobody wants to hear of until later than `now`, in epoch seconds."""
        return {name for name, asked in self.current().items() if asked.muted_until > now}
