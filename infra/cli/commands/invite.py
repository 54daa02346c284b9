"""`invite`: lets somebody without an account upload pages for a while, and nothing else."""

import shlex
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import typer

from infra.cli.command import CommandContext, add
from infra.cli.invite.invite_page import write_page
from infra.cli.screen.output import err, plain, when, words
from infra.errors import CliError
from infra.intake.sending import checked_prefix
from infra.stack.records.find import INCOMING
from shared.domain.limits import MAX_PAGE_BYTES

# Minutes that a form may be good for, by judgement: a day, after which whoever has it should be asked again.
_MINUTES_IN_A_DAY = 24 * 60
MAX_PREFIX_BYTES = 200  # by judgement: it leaves 800 bytes of S3's 1,024 to the page's own name
_HTML = "text/html"


def register(app: typer.Typer) -> None:
    add(app, invite)


def invite(
    context: CommandContext,
    *,
    prefix: Annotated[
        str, typer.Option(help="Folder under incoming/ that the pages go to. Default: one of its own.")
    ] = "",
    max_bytes: Annotated[int, typer.Option(min=1, max=MAX_PAGE_BYTES, help="Largest page, in bytes.")] = MAX_PAGE_BYTES,
    page: Annotated[
        Path | None, typer.Option(help="Write a web page with the form in it, to open and drop files on.")
    ] = None,
    minutes: Annotated[int, typer.Option(min=1, max=_MINUTES_IN_A_DAY, help="How long it is good for.")] = 60,
) -> None:
    """Signs an upload form for somebody without an account.

    Whoever has the form may put pages into one folder until it expires. It is signed with your own rights: you need an
    uploader's rights, and to look at the stack as an analyst or operator may. The form is good for any number of pages,
    which can be neither read, listed nor deleted with it. Give each guest a folder of their own: one can overwrite what
    lies in it. On AWS the form also ends when your own session does.

    Example: clipwire invite --minutes 30
    Example: clipwire invite --page send-pages.html --prefix press-office
    """
    end = datetime.now(UTC) + timedelta(minutes=minutes)
    folder = folder_of(prefix)
    form = signed_form(context, folder, max_bytes, minutes)
    answer = {**form, "folder": folder, "max_bytes": max_bytes, "expires_at": end.isoformat(timespec="seconds")}
    if page:
        write_page(page, answer)
        context.answer({**answer, "page": str(page)}, lambda: _say_page(page, answer))
    else:
        context.answer(answer, lambda: _show(form, answer))


def folder_of(prefix: str) -> str:
    """`incoming/<prefix>/`: the slash keeps a neighbour that begins alike out."""
    under = checked_prefix(prefix) or f"invited-{uuid4().hex[:12]}"
    if len(under.encode()) > MAX_PREFIX_BYTES or plain(under) != under or "$" in under:
        rule = f"A name has up to {MAX_PREFIX_BYTES} bytes, no control characters and no `$`."
        raise CliError(f"{plain(prefix)!r} can't be a folder's name here.", rule)
    return f"{INCOMING}{under}/"


def signed_form(context: CommandContext, folder: str, max_bytes: int, minutes: int) -> Any:  # noqa: ANN401  # boto3's own shape
    """A presigned POST. S3 refuses any field that its conditions do not name, metadata and access lists too."""
    conditions: list[Any] = [
        ["content-length-range", 1, max_bytes],
        {"Content-Type": _HTML},
    ]  # boto3 adds the folder, for the key's sake
    return context.target.client("s3").generate_presigned_post(
        Bucket=context.target.output("PagesBucketName"),
        Key=folder + "${filename}",
        Fields={"Content-Type": _HTML},
        Conditions=conditions,
        ExpiresIn=minutes * 60,
    )


def curl_of(form: Any) -> str:  # noqa: ANN401  # boto3's own shape
    """The command that uploads `page.html`; fields go before the file, as S3 demands."""
    fields = [f"--form-string {shlex.quote(f'{name}={value}')}" for name, value in form["fields"].items()]
    return " \\\n  ".join(["curl --fail-with-body", *fields, "--form file=@page.html", shlex.quote(form["url"])])


def _say_page(page: Path, answer: dict[str, Any]) -> None:
    err.print(words(f"{page} puts saved pages into {answer['folder']} until {when(answer['expires_at'])}."))
    err.print(words("Whoever has this file can use it. Send it as you would a password.", "dim"))


def _show(form: Any, answer: dict[str, Any]) -> None:  # noqa: ANN401  # boto3's own shape
    sys.stdout.write(curl_of(form) + "\n")
    err.print(
        words(
            f"Puts page.html into {answer['folder']}: up to {answer['max_bytes']:,} bytes a page, "
            f"until {when(answer['expires_at'])}."
        )
    )
    err.print(words("Whoever has this command can use it. Send it as you would a password.", "dim"))
