"""What a stack does just now, looked at again and again: its queues, its outcomes a minute, the newest of them."""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from infra.operate.queue_depths import queue_depths
from infra.stack.periods import Period
from infra.stack.records.documents import Item, Question, matching_items
from infra.stack.target import Target

WINDOW = 60.0  # seconds over which outcomes are counted; a minute, as they are told
OVERLAP = 5.0  # seconds that are read again; DynamoDB's indexes follow within one, by judgement
# Records read in one look, by judgement: what a large stack ends in two seconds. Of more, the newest are counted.
MAX_NEW = 500
MAX_SHOWN = 8  # of the newest outcomes, by judgement: with the queues they fit a terminal of 24 lines


@dataclass(frozen=True)
class Look:
    """One look. `rates` are outcomes in the last minute by their word, `newest` the last outcomes, newest first."""

    at: str
    queues: dict[str, dict[str, int]]
    rates: dict[str, int]
    newest: list[Item]

    @property
    def left(self) -> int:
        """Messages on their way through extract and enrich."""
        return sum(self.queues[name][kind] for name in ("pages", "articles") for kind in ("waiting", "in_work"))

    @property
    def parked(self) -> int:
        return sum(depths["parked"] for depths in self.queues.values())

    @property
    def minutes_left(self) -> float | None:
        """How long the queues take at this rate; None where nothing moves."""
        rate = sum(self.rates.values())
        return self.left / rate if rate else None

    def document(self) -> dict[str, Any]:
        newest = [
            {name: item.get(name) for name in ("document_id", "outcome", "reason", "title")} for item in self.newest
        ]
        return {"at": self.at, "queues": self.queues, "outcomes_a_minute": self.rates, "newest": newest}


class StackWatch:
    """Looks at a stack; each record is read once, by the first look after it was written."""

    def __init__(self, target: Target, now: Callable[[], float] = time.time) -> None:
        self._target = target
        self._now = now
        self._since = now() - WINDOW
        self._seen: deque[tuple[float, Item]] = deque()

    def look(self) -> Look:
        now = self._now()
        for item in sorted(self.new_records(now), key=lambda item: str(item["processed_at"])):
            self._seen.append((datetime.fromisoformat(item["processed_at"]).timestamp(), item))
        while self._seen and self._seen[0][0] < now - WINDOW and len(self._seen) > MAX_SHOWN:
            self._seen.popleft()
        rates = Counter(str(item.get("outcome")) for at, item in self._seen if at >= now - WINDOW)
        newest = [item for _, item in islice(reversed(self._seen), MAX_SHOWN)]
        at = datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
        return Look(at, queue_depths(self._target), dict(rates), newest)

    def new_records(self, now: float) -> Iterator[Item]:
        """Records of the time since the look before. Indexes lag a little, so that the last seconds are read again."""
        period = Period(
            datetime.fromtimestamp(self._since, UTC), datetime.fromtimestamp(now, UTC) + timedelta(seconds=1)
        )
        known = {(item["document_id"], item["processed_at"]) for _, item in self._seen}
        for item in islice(matching_items(self._target, Question(processed=period), None), MAX_NEW):
            if (item["document_id"], item["processed_at"]) not in known:
                yield item
        self._since = now - OVERLAP
