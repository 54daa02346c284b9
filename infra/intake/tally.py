"""What became of the pages of one upload."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from infra.intake.found import LeftOut, Page

MAX_LISTED = 10_000  # pages whose outcomes are followed and listed, by judgement: 3 MB of memory, a minute of reading
MAX_PROBLEMS = 1_000  # kept with their reasons, by judgement: nobody reads more


class Sent(NamedTuple):
    """One page that is in. `before` is the version that the ledger knew, where that is followed."""

    key: str
    document_id: str
    is_new: bool
    before: str | None


@dataclass
class Tally:
    """What became of the pages so far; lists are bounded, counts are of all.

    `passed` pages from the start are dealt with for good, and `last_name` is the name of the last of them: a resumed
    upload goes on after it, as this one did after `skipped` of them. `unsent` pages failed on their way, and may pass
    another time. `sent` is by document id.
    """

    uploaded: int = 0
    unchanged: int = 0
    failed: int = 0
    unsent: int = 0
    skipped: int = 0
    passed: int = 0
    last_name: str = ""
    sent: dict[str, tuple[Page, Sent]] = field(default_factory=dict)
    problems: list[LeftOut] = field(default_factory=list)
    stopped: bool = False

    @property
    def is_resumable(self) -> bool:
        """Whether sending the rest again may do more than this time."""
        return self.stopped or self.unsent > 0

    def note_sent(self, page: Page, sent: Sent) -> None:
        self.uploaded += sent.is_new
        self.unchanged += not sent.is_new
        if len(self.sent) < MAX_LISTED:
            # The bytes of a page from an archive are not kept.
            self.sent[sent.document_id] = (replace(page, content=b""), sent)

    def note_problem(self, problem: LeftOut) -> None:
        self.failed += problem.is_page
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(problem)


Progress = Callable[[Tally], None]
