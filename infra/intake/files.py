"""Which files of a folder are pages or archives of pages, by their names, and why the others are left out."""

import os
from collections.abc import Iterator
from pathlib import Path

from infra.errors import CliError
from infra.intake.found import TOO_LARGE, LeftOut, Page
from shared.domain.limits import MAX_PAGE_BYTES

_PAGE = (".htm", ".html", ".xhtml", ".mht", ".mhtml")
PAGE_ENDINGS = tuple(f"{ending}{packed}" for ending in _PAGE for packed in ("", ".gz", ".br"))
ARCHIVE_ENDINGS = (".warc", ".warc.gz", ".wacz", ".zip", ".eml")


def find_files(named: Path) -> Iterator[Page | LeftOut | Path]:
    """The pages, archives (as paths) and what is left out of a file or folder, in the order of their names.

    A file that is named itself is uploaded whatever it is called; in a folder its name decides. A folder's own name
    stays at the head of the keys. Raises `CliError` for a name that is not there.
    """
    if named.is_dir():
        head = named.resolve().name
        for file in files_within(named):
            yield sort_file(file, f"{head}/{file.relative_to(named).as_posix()}", is_named=False)
    elif named.exists() or named.is_symlink():
        yield sort_file(named, named.name, is_named=True)
    else:
        raise CliError(f"{named} is not there.", "Name a file or a folder; quote names with spaces.")


def files_within(folder: Path) -> Iterator[Path]:
    """Everything in a folder at any depth but the folders themselves; links to folders are not entered."""
    for path, folders, files in os.walk(folder):
        folders.sort()
        links = [name for name in folders if (Path(path) / name).is_symlink()]
        yield from (Path(path) / name for name in sorted([*files, *links]))


def sort_file(file: Path, name: str, *, is_named: bool) -> Page | LeftOut | Path:
    """The file as a page, as an archive, or as what is left out."""
    reason = reason_to_leave(file, is_named=is_named)
    if reason:
        return reason
    if file.name.lower().endswith(ARCHIVE_ENDINGS):
        return file
    return Page(name, str(file), file)


def reason_to_leave(file: Path, *, is_named: bool) -> LeftOut | None:
    if not file.exists():
        return LeftOut(str(file), "a link that leads nowhere", is_page=is_named)
    if not file.is_file():
        return LeftOut(str(file), "a link to a folder" if file.is_dir() else "no file", is_page=is_named)
    known = file.name.lower().endswith((*PAGE_ENDINGS, *ARCHIVE_ENDINGS))
    if not known and not is_named:
        return LeftOut(str(file), "no page by its name")
    if not os.access(file, os.R_OK):
        return LeftOut(str(file), "may not be read by you", is_page=True)
    if file.stat().st_size > MAX_PAGE_BYTES and not file.name.lower().endswith(ARCHIVE_ENDINGS):
        return LeftOut(str(file), TOO_LARGE, is_page=True)
    return None
