"""A note of how far an upload came, so that `clipwire upload --resume` goes on where it was stopped."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pydantic import ValidationError

from infra.errors import CliError
from infra.intake.found import LeftOut, Page
from infra.intake.listing import STANDARD_INPUT, Listing, read_sources
from infra.intake.tally import Tally
from infra.local.home import Home
from shared.domain.documents import Frozen

NOTED_EVERY = 500  # pages between two notes of how far it is, by judgement: a minute of a slow line


class Upload(Frozen):
    """The words of one upload, and how many pages from its start are dealt with.

    `stack` is the label of the deployment. Paths are saved as absolute ones, so that it is resumed from any folder.
    """

    stack: str
    sources: list[str]
    prefix: str = ""
    url: str | None = None
    quiet: bool = False
    skip_unchanged: bool = False
    passed: int = 0
    last_name: str = ""

    def save(self, home: Home) -> None:
        file = journal_file(home)
        file.parent.mkdir(parents=True, exist_ok=True)
        saved = self.model_copy(update={"sources": [absolute(source) for source in self.sources]})
        file.write_text(saved.model_dump_json(), encoding="utf-8")


class UploadNotes:
    """Notes how far an upload is: now and then while it runs, and at its end if something is left to send."""

    def __init__(self, home: Home, job: Upload) -> None:
        self._home = home
        self._job = job
        self._noted = job.passed

    def note(self, tally: Tally) -> None:
        if tally.passed - self._noted >= NOTED_EVERY:
            self._noted = tally.passed
            self.save(tally)

    def close(self, tally: Tally) -> None:
        """What was read from standard input cannot be read again, so that nothing is noted of it."""
        if not tally.is_resumable:
            forget(self._home)
        elif STANDARD_INPUT not in self._job.sources:
            self.save(tally)

    def save(self, tally: Tally) -> None:
        self._job.model_copy(update={"passed": tally.passed, "last_name": tally.last_name}).save(self._home)


def journal_file(home: Home) -> Path:
    return home.state / "operate" / "upload.json"


def forget(home: Home) -> None:
    journal_file(home).unlink(missing_ok=True)


def stopped_upload(home: Home, stack: str) -> Upload:
    """The upload that was stopped; raises `CliError` where there is none, or it was to another stack."""
    try:
        found = Upload.model_validate_json(journal_file(home).read_text(encoding="utf-8"))
    except (OSError, ValidationError):
        raise CliError("No upload was stopped here.", "`clipwire upload PAGES` begins one.") from None
    if found.stack != stack:
        raise CliError(f"The upload that was stopped went to the {found.stack}.", "Choose that stack, or begin anew.")
    return found


def absolute(source: str) -> str:
    """A path that holds in any folder; an address and `-` as they are."""
    return source if source == "-" or "://" in source else str(Path(source).resolve())


def where_to_go_on(listing: Listing, upload: Upload) -> int:
    """How many pages are skipped.

    None where the files are no longer those of then, since sending a page again does no harm.
    """
    if not upload.passed:
        return 0
    pages: Iterator[Page | LeftOut] = islice(read_sources(listing), upload.passed - 1, upload.passed)
    last = next(pages, None)
    name = last.name if isinstance(last, Page) else last.origin if last else ""
    return upload.passed if name == upload.last_name else 0
