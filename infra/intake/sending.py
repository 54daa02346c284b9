"""One page into the bucket: its key, what is noted of it, and whether it is there already."""

import hashlib
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from botocore.exceptions import ClientError

from infra.errors import CliError
from infra.intake.found import Page
from infra.intake.tally import Sent
from infra.stack.records.find import INCOMING
from infra.stack.records.outcomes import versions
from infra.stack.target import Target
from shared.domain.documents import document_id

MAX_KEY_BYTES = 1024  # S3's limit
_NOT_READABLE = frozenset({"403", "AccessDenied", "Forbidden"})
_SAFE = "%/:?#[]@!$&'()*+,;=~-._"  # letters of an address that stay as they are in an object's metadata


@dataclass(frozen=True)
class Terms:
    """How pages are sent. `notes` is said of every object; `follow`: note which version there was before."""

    under: PurePosixPath
    notes: Mapping[str, str] = field(default_factory=dict)
    skip_unchanged: bool = False
    follow: bool = False


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
            notes = {**ascii_notes(self._terms.notes), **notes_of(page), "md5": mark}
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
    """What the object says beside its bytes."""
    noted = {"url": page.url, "fetched-at": page.fetched_at}
    return ascii_notes({name: value for name, value in noted.items() if value})


def ascii_notes(notes: Mapping[str, str]) -> dict[str, str]:
    """S3 takes ASCII in an object's metadata, so that an address of another script is written with percents."""
    return {name: quote(value, safe=_SAFE) for name, value in notes.items()}


def md5_of(content: Path | bytes) -> str:
    """S3's ETag of these bytes, where no customer's key is used."""
    if isinstance(content, bytes):
        return hashlib.md5(content, usedforsecurity=False).hexdigest()
    with content.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
