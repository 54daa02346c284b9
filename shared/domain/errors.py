"""Every failure Clipwire knows, in one tree.

ClipwireError
├── Rejected        this page can never work: recorded with its reason, never retried
└── Transient       this may work later: raised, retried by the queue, then parked with an alarm
    ├── Misconfigured   nothing works until a person mends the deployment: parked, so nothing is lost meanwhile
    └── Malformed       a message that is not ours or not whole: parked, for a person to look at
"""

from enum import StrEnum
from typing import Self

from shared.domain.documents import PageFacts


class Reason(StrEnum):
    """Why a page was rejected: the same slug in the table, the metrics and the logs."""

    EMPTY = "empty"
    NOT_HTML = "not-html"
    UNDECODABLE = "undecodable"
    TOO_LARGE = "too-large"
    TOO_COMPLEX = "too-complex"
    NO_ARTICLE = "no-article"
    STUB = "stub"
    GONE = "gone"


class ClipwireError(Exception):
    """Base of all errors that Clipwire raises on purpose."""


class Rejected(ClipwireError):
    """A page that can never become a record, with the reason a person reads in the console.

    `detail` is one plain sentence about the page's form. It never quotes the page. `known` is what the page told of
    itself; logs never have it.
    """

    def __init__(self, reason: Reason, detail: str, known: PageFacts | None = None) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.known = known or PageFacts()

    def knowing(self, known: PageFacts) -> Self:
        """The same rejection with what the page told of itself."""
        return type(self)(self.reason, self.detail, known)

    def __reduce__(self) -> tuple[type["Rejected"], tuple[Reason, str, PageFacts]]:
        return type(self), (self.reason, self.detail, self.known)


class Transient(ClipwireError):
    """A failure outside the page (throttling, time-out, service error): try again later."""


class Misconfigured(Transient):
    """A setting, permission or resource is missing: retrying helps only once a person has mended it."""


class Malformed(Transient):
    """A queue message that does not parse.

    It names no document that could be recorded, so it is parked for a person to see.
    """
