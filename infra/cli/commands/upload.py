"""`upload`: pages into the bucket, and what became of them."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Annotated, Any

import typer
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import BotoCoreError, ClientError
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from infra.cli.command import CommandContext, add
from infra.cli.option_values import web_address
from infra.cli.output import err, one_line, out, outcome_word, table, words
from infra.errors import CliError
from infra.stack.documents import Item
from infra.stack.outcomes import as_document, versions, watch
from infra.stack.pages import Upload, uploads
from infra.stack.target import Target
from shared.domain.documents import document_id

_THREADS = 16  # uploads at once, by judgement: more gain nothing on a line of 100 Mbit/s
_ONE_CONNECTION = TransferConfig(use_threads=False)
_SENDING = (OSError, BotoCoreError, ClientError)
Failures = dict[Upload, str]


def register(app: typer.Typer) -> None:
    add(app, upload)


def upload(  # noqa: PLR0913  # each is one wish of an uploader
    context: CommandContext,
    paths: Annotated[
        list[Path], typer.Argument(help="Saved pages, or folders of them (.html, .htm, .xhtml at any depth).")
    ],
    *,
    prefix: Annotated[str, typer.Option(help="Folder under incoming/ to put them in.")] = "",
    url: Annotated[str | None, typer.Option(help="The address that the page was saved from (for one page).")] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Alert nobody of these pages. They get records and stories all the same.")
    ] = False,
    wait: Annotated[bool, typer.Option("--wait", help="Wait for each page's outcome and show it.")] = False,
    timeout: Annotated[float, typer.Option(min=0, help="Longest wait, in seconds.")] = 120,
) -> None:
    """Uploads saved web pages.

    Uploading a page again under its name makes a new version of the same document.

    Example: clipwire upload page.html --wait
    Example: clipwire upload saved-pages/ --prefix 2026/may
    """
    todo = uploads(paths, prefix)
    url = None if url is None else web_address(url)
    if url and len(todo) > 1:
        raise CliError("One address can't belong to several pages.", "Use `--url` with one page at a time.")
    target = context.target
    bucket = target.output("PagesBucketName")
    ids = {document_id(bucket, one.key): one for one in todo}
    before = versions(target, list(ids)) if wait else {}
    failures = send(target, bucket, todo, object_metadata(url, quiet=quiet), silent=context.as_json)
    sent = {name: before.get(name) for name, one in ids.items() if one not in failures}
    outcomes = wait_for(target, sent, timeout, silent=context.as_json) if wait and sent else {}
    context.answer(_document(ids, failures, outcomes), lambda: _show(todo, ids, failures, outcomes, wait=wait))
    if failures or (wait and len(outcomes) < len(sent)):
        raise typer.Exit(1)


def object_metadata(url: str | None, *, quiet: bool) -> dict[str, str]:
    """What the object says beside its bytes: the page's address, and `alerts: off`."""
    return {**({"url": url} if url else {}), **({"alerts": "off"} if quiet else {})}


def send(target: Target, bucket: str, todo: Sequence[Upload], metadata: dict[str, str], *, silent: bool) -> Failures:
    """Sends all, many at a time, and gives those that could not be sent with the reason."""
    client = target.client("s3")
    extra: dict[str, Any] = {"ContentType": "text/html", "Metadata": metadata}
    failures: Failures = {}

    def send_one(one: Upload) -> None:
        client.upload_file(str(one.file), bucket, one.key, ExtraArgs=extra, Config=_ONE_CONNECTION)

    with ThreadPoolExecutor(_THREADS) as pool, ProgressBar("uploading", len(todo), quiet=silent) as advance:
        futures = {pool.submit(send_one, one): one for one in todo}
        for future in as_completed(futures):
            error = future.exception()
            if isinstance(error, _SENDING):
                failures[futures[future]] = str(error)
            elif error:
                raise error
            advance(1)
    return failures


def wait_for(target: Target, before: dict[str, str | None], timeout: float, *, silent: bool) -> dict[str, Item]:
    seen: dict[str, Item] = {}
    with ProgressBar("processing", len(before), quiet=silent) as advance:
        for done in watch(target, before, timeout):
            advance(len(done) - len(seen))
            seen = done
    return seen


class ProgressBar:
    """A progress bar on a terminal; one line elsewhere."""

    def __init__(self, title: str, total: int, *, quiet: bool) -> None:
        self._shown = not quiet and err.is_terminal
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=err, transient=True
        )
        self._task = self._progress.add_task(title, total=total)
        if not quiet and not self._shown:
            err.print(f"· {title} {total} page{'' if total == 1 else 's'} …")

    def __enter__(self) -> Callable[[int], None]:
        if self._shown:
            self._progress.start()
        return lambda steps: self._progress.advance(self._task, steps)

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._progress.stop()


def _document(ids: dict[str, Upload], failures: Failures, outcomes: dict[str, Item]) -> dict[str, Any]:
    pages = [
        {
            "file": str(one.file),
            "key": one.key,
            "document_id": name,
            "error": failures.get(one),
            **as_document(outcomes.get(name, {})),
        }
        for name, one in ids.items()
    ]
    return {"uploaded": len(ids) - len(failures), "failed": len(failures), "pages": pages}


def _show(
    todo: Sequence[Upload], ids: dict[str, Upload], failures: Failures, outcomes: dict[str, Item], *, wait: bool
) -> None:
    if failures:
        err.print(table("Not uploaded", ("file", "why"), ((one.file, why) for one, why in failures.items())))
    if wait:
        rows = (
            [name[:8], *outcome_row(one.key, outcomes.get(name))] for name, one in ids.items() if one not in failures
        )
        out.print(table("", ("id", "page", "outcome", "about", "title"), rows))
        missing = len(todo) - len(failures) - len(outcomes)
        if missing:
            err.print(
                words(
                    f"{missing} have no outcome yet: `clipwire status` shows what waits, `clipwire records` what is "
                    "done."
                )
            )
    else:
        err.print(
            words(
                f"Uploaded {len(todo) - len(failures)} of {len(todo)} pages. `clipwire records` shows them once they "
                "are processed."
            )
        )


def outcome_row(key: str, item: Item | None) -> list[Any]:
    """A page's outcome as one row: key, outcome, topics or the reason, title or what is the matter."""
    if item is None:
        return [key, outcome_word("waiting"), "", ""]
    said = ", ".join(item.get("topics") or []) or item.get("reason") or ""
    return [key, outcome_word(item["outcome"]), said, one_line(item.get("title") or item.get("detail") or "")]
