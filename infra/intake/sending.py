"""Pages into the bucket, many at a time, from a list or from an archive without end."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import quote

from botocore.exceptions import BotoCoreError, ClientError

from infra.errors import CliError
from infra.intake.found import LeftOut, Page
from infra.stack.find import INCOMING
from infra.stack.outcomes import versions
from infra.stack.target import Target
from shared.domain.documents import document_id

THREADS = 16  # uploads at once, by judgement: more gain nothing on a line of 100 Mbit/s
MAX_WAITING = (
    THREADS + 4
)  # pages read and not sent yet, by judgement: a thread finds the next one, and 20 pages fit memory
MAX_LISTED = 10_000  # pages whose outcomes are followed and listed, by judgement: 3 MB of memory, a minute of reading
MAX_KEY_BYTES = 1024  # S3's limit
MAX_PROBLEMS = 1_000  # kept with their reasons, by judgement: nobody reads more
_SENDING = (OSError, BotoCoreError, ClientError, CliError)
_NOT_READABLE = frozenset({"403", "AccessDenied", "Forbidden"})
_SAFE = "%/:?#[]@!$&'()*+,;=~-._"  # letters of an address that stay as they are in an object's metadata


@dataclass(frozen=True)
class Terms:
    """How pages are sent. `notes` is said of every object; `follow`: note which version there was before."""

    under: PurePosixPath
    notes: Mapping[str, str] = field(default_factory=dict)
    skip_unchanged: bool = False
    follow: bool = False


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


class PageSender:
    """Sends pages under the terms of one upload."""

    def __init__(self, target: Target, terms: Terms) -> None:
        self._target = target
        self._terms = terms
        self._client = target.client("s3")
        self._bucket = target.output("PagesBucketName")

    def send_page(self, page: Page) -> Sent:
        """Puts one page into the bucket, unless the same bytes are there already and that is asked for."""
        key = key_under(self._terms.under, page)
        name, mark = document_id(self._bucket, key), md5_of(page.content)
        before = versions(self._target, [name]).get(name) if self._terms.follow else None
        if self._terms.skip_unchanged and self.is_there(key, mark):
            return Sent(key, name, is_new=False, before=before)
        with ExitStack() as until_sent:
            body: Any = page.content
            if isinstance(body, Path):
                body = until_sent.enter_context(body.open("rb"))
            notes = {**self._terms.notes, **notes_of(page), "md5": mark}
            self._client.put_object(Bucket=self._bucket, Key=key, Body=body, ContentType="text/html", Metadata=notes)
        return Sent(key, name, is_new=True, before=before)

    def is_there(self, key: str, mark: str) -> bool:
        """Whether the object has these bytes, by its ETag, or by our own note where a customer's key makes the ETag."""
        try:
            head = self._client.head_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if error.response["Error"]["Code"] in _NOT_READABLE:
                raise CliError(
                    "Your role may not look at uploaded pages, so that unchanged ones can't be skipped.",
                    "Upload without `--skip-unchanged`: an unchanged page alerts nobody.",
                ) from None
            return False
        return mark in {head["ETag"].strip('"'), head.get("Metadata", {}).get("md5")}


def key_under(folder: PurePosixPath, page: Page) -> str:
    key = str(folder / page.name)
    if len(key.encode()) > MAX_KEY_BYTES:
        raise CliError(f"The name of {page.origin} is too long for S3.", f"A key holds {MAX_KEY_BYTES} bytes.")
    return key


def checked_prefix(prefix: str) -> str:
    """The prefix without slashes around it; raises `CliError` for one that leads elsewhere."""
    parts = PurePosixPath(prefix.strip("/")).parts
    if ".." in parts:
        raise CliError(f"The prefix {prefix!r} leads out of {INCOMING}.", "Leave out the `..`.")
    return "/".join(parts)


def folder_of(prefix: str) -> PurePosixPath:
    """Where pages go: `incoming/` and the prefix."""
    return PurePosixPath(INCOMING, checked_prefix(prefix))


def notes_of(page: Page) -> dict[str, str]:
    """What the object says beside its bytes. S3 takes ASCII there, so that addresses are written with percents."""
    noted = {"url": page.url and quote(page.url, safe=_SAFE), "fetched-at": page.fetched_at}
    return {name: value for name, value in noted.items() if value}


def md5_of(content: Path | bytes) -> str:
    """S3's ETag of these bytes, where no customer's key is used."""
    if isinstance(content, bytes):
        return hashlib.md5(content, usedforsecurity=False).hexdigest()
    with content.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def send_pages(pages: Iterable[Page | LeftOut], sender: PageSender, skip: int, progress: Progress) -> Tally:
    """Sends all pages after the first `skip`, with a bounded number of them in memory.

    Ctrl-C ends it: what is on its way is waited for, and the tally says `stopped`. A page that fails is a problem of
    the tally, and the others go on.
    """
    with ThreadPoolExecutor(THREADS) as pool:
        work = PagesAtWork(pool, sender, Tally(passed=skip, skipped=skip), progress)
        try:
            for number, found in enumerate(islice(pages, skip, None), skip):
                work.take(number, found)
            work.finish()
        except KeyboardInterrupt:
            work.tally.stopped = True
            work.cancel()
            work.finish()
    return work.tally


class PagesAtWork:
    """The pages between reading and the bucket."""

    def __init__(self, pool: ThreadPoolExecutor, sender: PageSender, tally: Tally, progress: Progress) -> None:
        self.tally = tally
        self._pool = pool
        self._sender = sender
        self._progress = progress
        self._moving: dict[Future[Sent], tuple[int, Page]] = {}
        self._names: dict[int, str] = {}  # of pages that are not passed yet, by their number
        self._first_failed: int | None = None

    def take(self, number: int, found: Page | LeftOut) -> None:
        """Sends a page as soon as there is room; two versions of one page go one after the other."""
        if self._first_failed is None:
            self._names[number] = found.name if isinstance(found, Page) else found.origin
        if isinstance(found, LeftOut):
            self.tally.note_problem(found)
            self.move_on()
            return
        while len(self._moving) >= MAX_WAITING or any(page.name == found.name for _, page in self._moving.values()):
            self.collect(FIRST_COMPLETED)
        self._moving[self._pool.submit(self._sender.send_page, found)] = (number, found)

    def finish(self) -> None:
        self.collect(ALL_COMPLETED)

    def cancel(self) -> None:
        """Calls back what no thread has begun with."""
        for future in [future for future in self._moving if future.cancel()]:
            number, _ = self._moving.pop(future)
            self.fail_at(number)

    def collect(self, until: str) -> None:
        for future in wait(self._moving, return_when=until).done:
            number, page = self._moving.pop(future)
            error = future.exception()
            if isinstance(error, _SENDING):
                self.tally.note_problem(LeftOut(page.origin, str(error).partition("\n")[0], is_page=True))
                self.tally.unsent += 1
                self.fail_at(number)
            elif error:
                raise error
            else:
                self.tally.note_sent(page, future.result())
        self.move_on()

    def fail_at(self, number: int) -> None:
        self._first_failed = number if self._first_failed is None else min(number, self._first_failed)

    def move_on(self) -> None:
        """Counts what is passed: every page before the first that still moves or failed."""
        waiting = [number for number, _ in self._moving.values()]
        if self._first_failed is not None:
            waiting.append(self._first_failed)
        end = min(waiting, default=max(self._names, default=self.tally.passed - 1) + 1)
        if end > self.tally.passed:
            self.tally.last_name = self._names[end - 1]
            self.tally.passed = end
            self._names = {number: name for number, name in self._names.items() if number >= end}
        self._progress(self.tally)
