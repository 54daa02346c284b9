"""Everything that the words of one upload mean: listed first, then read page by page as it is sent."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from infra.errors import CliError
from infra.intake.files import ARCHIVE_ENDINGS, PAGE_ENDINGS, find_files
from infra.intake.found import TOO_LARGE, LeftOut, Page
from shared.domain.limits import MAX_PAGE_BYTES

STANDARD_INPUT = "-"
MAX_NAMED = 5  # files of one reason that are named, by judgement: a line or two of a terminal


@dataclass
class Listing:
    """What is taken, in its order, and what is left out so far. Archives are paths, addresses and `-` are text."""

    taken: list[Page | Path | str] = field(default_factory=list)
    left: list[LeftOut] = field(default_factory=list)

    @property
    def pages(self) -> list[Page]:
        return [one for one in self.taken if isinstance(one, Page)]

    @property
    def count(self) -> int | None:
        """How many pages there are; None where an archive holds more than can be known before it is read."""
        return None if any(isinstance(one, Path) for one in self.taken) else len(self.taken)


def list_sources(named: Iterable[str]) -> Listing:
    """Lists files, folders, archives, addresses and `-`.

    Raises `CliError` where no page is meant, or two files would get one key.
    """
    listing = Listing()
    for word in named:
        if word == STANDARD_INPUT or word.startswith(("https://", "http://")):
            listing.taken.append(word)
            continue
        for found in find_files(Path(word)):
            if isinstance(found, LeftOut):
                listing.left.append(found)
            else:
                listing.taken.append(found)
    check_names(listing)
    return listing


def check_names(listing: Listing) -> None:
    if not listing.taken and not any(one.is_page for one in listing.left):
        endings = ", ".join([*PAGE_ENDINGS[::3], *ARCHIVE_ENDINGS])
        raise CliError(
            "There is no page in there.",
            f"Folders are searched for {endings}; pages may be packed as .gz or .br. Another file is taken when named.",
        )
    same = [name for name, count in Counter(page.name for page in listing.pages).items() if count > 1]
    if same:
        raise CliError(
            f"Several files would become incoming/{same[0]}.", "Upload them apart, each with a `--prefix` of its own."
        )


def read_sources(listing: Listing) -> Iterator[Page | LeftOut]:
    """Every page, one after the other, so that no archive is in memory as a whole.

    A source that breaks is left out from there on, and the next one goes on.
    """
    for source in listing.taken:
        try:
            yield from read_source(source)
        except CliError as error:
            yield LeftOut(str(source), error.what, is_page=True)


def read_source(source: Page | Path | str) -> Iterator[Page | LeftOut]:
    if isinstance(source, Page):
        yield source
    elif isinstance(source, Path):
        yield from read_archive(source)
    elif source == STANDARD_INPUT:
        yield read_standard_input()
    else:
        yield fetch_address(source)


def fetch_address(address: str) -> Page:
    from infra.intake.fetch import Fetcher  # noqa: PLC0415  # its libraries take time, and few uploads fetch

    return Fetcher().fetch_page(address)


def read_standard_input() -> Page | LeftOut:
    body = sys.stdin.buffer.read(MAX_PAGE_BYTES + 1)
    if len(body) > MAX_PAGE_BYTES:
        return LeftOut("standard input", TOO_LARGE, is_page=True)
    return Page("standard-input.html", "standard input", body)


def read_archive(file: Path) -> Iterator[Page | LeftOut]:
    """The pages of an archive of any kind."""
    reader = next(reader for ending, reader in READERS.items() if file.name.lower().endswith(ending))
    return reader(file)


def open_warc(file: Path) -> Iterator[Page | LeftOut]:
    from infra.intake.warc import read_warc  # noqa: PLC0415  # only where there is such an archive

    with file.open("rb") as stream:
        yield from read_warc(stream, str(file))


def open_wacz(file: Path) -> Iterator[Page | LeftOut]:
    from infra.intake.zips import read_wacz  # noqa: PLC0415  # likewise

    return read_wacz(file)


def open_zip(file: Path) -> Iterator[Page | LeftOut]:
    from infra.intake.zips import read_zip  # noqa: PLC0415  # likewise

    return read_zip(file)


def open_mail(file: Path) -> Iterator[Page | LeftOut]:
    from infra.intake.mail import read_mail  # noqa: PLC0415  # likewise

    return read_mail(file)


READERS: Mapping[str, Callable[[Path], Iterator[Page | LeftOut]]] = {
    ".warc": open_warc,
    ".warc.gz": open_warc,
    ".wacz": open_wacz,
    ".zip": open_zip,
    ".eml": open_mail,
}


def describe_taken(listing: Listing) -> str:
    """What is taken, in words: `5 pages and 1 archive`."""
    files = Counter("archive" if isinstance(one, Path) else "page" for one in listing.taken)
    return " and ".join(counted(files[kind], kind) for kind in ("page", "archive") if files[kind])


def describe_left(left: Iterable[LeftOut]) -> Iterator[str]:
    """What is left out, a line per reason with the first names: `no page by its name: a.jpg, b.txt and 7 more`."""
    reasons: dict[str, list[str]] = {}
    for one in left:
        reasons.setdefault(one.why.rstrip("."), []).append(one.origin)
    for why, origins in reasons.items():
        more = f" and {len(origins) - MAX_NAMED} more" if len(origins) > MAX_NAMED else ""
        yield f"{why}: {', '.join(origins[:MAX_NAMED])}{more}"


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
