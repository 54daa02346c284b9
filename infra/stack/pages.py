"""Which files an upload means, and what they are called in the bucket."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from infra.errors import CliError
from infra.stack.find import INCOMING

_PAGES = frozenset({".htm", ".html", ".xhtml"})
MAX_KEY_BYTES = 1024  # S3's limit


@dataclass(frozen=True, slots=True)
class Upload:
    file: Path
    key: str


def uploads(paths: Iterable[Path], prefix: str) -> list[Upload]:
    """Every file named, and every page in the folders named.

    Raises `CliError` before the first is sent, where one can't be.
    """
    under = PurePosixPath(INCOMING) / checked_prefix(prefix)
    found = [Upload(file, str(under / name)) for path in paths for file, name in page_files(path)]
    if not found:
        raise CliError(
            "There is no page in there.",
            f"Folders are searched for {', '.join(sorted(_PAGES))}; other files are uploaded when named.",
        )
    same = [key for key, count in Counter(upload.key for upload in found).items() if count > 1]
    if same:
        raise CliError(
            f"Several files would become {same[0]}.", "Upload them apart, each with a `--prefix` of its own."
        )
    long = next((upload for upload in found if len(upload.key.encode()) > MAX_KEY_BYTES), None)
    if long:
        raise CliError(f"The name of {long.file} is too long for S3.", f"A key holds {MAX_KEY_BYTES} bytes.")
    return found


def checked_prefix(prefix: str) -> str:
    parts = PurePosixPath(prefix.strip("/")).parts
    if ".." in parts:
        raise CliError(f"The prefix {prefix!r} leads out of {INCOMING}.", "Leave out the `..`.")
    return "/".join(parts)


def page_files(path: Path) -> Iterator[tuple[Path, str]]:
    """Files with the names they get; a folder's own name stays at their head."""
    if path.is_dir():
        head = path.resolve().name
        within = sorted(file for file in path.rglob("*") if file.suffix.lower() in _PAGES and file.is_file())
        yield from ((check_readable(file), f"{head}/{file.relative_to(path).as_posix()}") for file in within)
    elif path.is_file():
        yield check_readable(path), path.name
    else:
        raise CliError(f"{path} is not there.", "Name a file or a folder; quote names with spaces.")


def check_readable(file: Path) -> Path:
    if not os.access(file, os.R_OK):
        raise CliError(f"{file} may not be read.", "Give yourself the right to read it, or leave it out.")
    return file
