"""Pages of a zip archive, and of a WACZ, which is a zip archive of web archives.

https://specs.webrecorder.net/wacz/1.1.1/
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from infra.errors import CliError
from infra.intake.files import PAGE_ENDINGS
from infra.intake.found import TOO_LARGE, LeftOut, Page
from infra.intake.warc import read_warc
from shared.domain.limits import MAX_PAGE_BYTES

_WARC_ENDINGS = (".warc", ".warc.gz")
_ENCRYPTED = 0x1  # a bit of an entry's flags


def read_zip(file: Path) -> Iterator[Page | LeftOut]:
    """The pages of a zip archive by their names, under the archive's own name; raises `CliError` for a broken one."""
    with opened(file) as archive:
        for entry in archive.infolist():
            if not entry.is_dir():
                yield page_of_entry(archive, entry, file)


def read_wacz(file: Path) -> Iterator[Page | LeftOut]:
    """The pages of all web archives within; raises `CliError` for a broken one."""
    with opened(file) as archive:
        for entry in archive.infolist():
            if entry.filename.startswith("archive/") and entry.filename.endswith(_WARC_ENDINGS):
                with archive.open(entry) as stream:
                    yield from read_warc(stream, f"{file}/{entry.filename}")


def opened(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError) as error:
        raise CliError(f"{file} is no zip archive: {error}", "Name it as what it is, or make it anew.") from None


def page_of_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file: Path) -> Page | LeftOut:
    """An entry as a page. What it unfolds to is read up to a bound, whatever its head says."""
    origin, path = f"{file}/{entry.filename}", PurePosixPath(entry.filename)
    if not entry.filename.lower().endswith(PAGE_ENDINGS):
        return LeftOut(origin, "no page by its name")
    if entry.flag_bits & _ENCRYPTED:
        return LeftOut(origin, "locked by a password", is_page=True)
    try:
        with archive.open(entry) as stream:
            body = stream.read(MAX_PAGE_BYTES + 1)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        return LeftOut(origin, f"broken: {error}", is_page=True)
    if len(body) > MAX_PAGE_BYTES:
        return LeftOut(origin, TOO_LARGE, is_page=True)
    inner = "/".join(part for part in path.parts if part not in {"..", "/"})
    return Page(f"{file.stem}/{inner}", origin, body)
