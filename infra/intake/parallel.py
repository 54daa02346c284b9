"""Pages on their way into the bucket, many at a time, from a list or from an archive without end."""

from collections.abc import Iterable
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice

from botocore.exceptions import BotoCoreError, ClientError

from infra.errors import CliError
from infra.intake.found import LeftOut, Page
from infra.intake.sending import PageSender
from infra.intake.tally import Progress, Sent, Tally

THREADS = 16  # uploads at once, by judgement: more gain nothing on a line of 100 Mbit/s
MAX_WAITING = (
    THREADS + 4
)  # pages read and not sent yet, by judgement: a thread finds the next one, and 20 pages fit memory
_SENDING = (OSError, BotoCoreError, ClientError)


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
            if isinstance(error, CliError):  # it will be so another time, too
                self.tally.note_problem(LeftOut(page.origin, error.what, is_page=True))
            elif isinstance(error, _SENDING):
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
