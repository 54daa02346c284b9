"""`upload`: pages into the bucket, and what became of them."""

from typing import Annotated

import typer

from infra.cli import exit_codes
from infra.cli.command import CommandContext, add
from infra.cli.option_values import web_address
from infra.cli.screen import upload_report
from infra.cli.screen.output import err, words
from infra.cli.screen.upload_report import CountBar, UploadReport
from infra.errors import CliError
from infra.intake.journal import Upload, UploadNotes, stopped_upload, where_to_go_on
from infra.intake.listing import Listing, describe_left, describe_taken, list_sources, read_sources
from infra.intake.parallel import send_pages
from infra.intake.sending import PageSender, Terms, folder_of
from infra.intake.tally import MAX_LISTED, Tally
from infra.local.home import Home
from infra.stack.records.outcomes import watch
from infra.stack.target import Target

_SOURCES = (
    "Saved pages, folders of them, archives (.warc, .warc.gz, .wacz, .zip, .eml), https:// addresses, or - for "
    "standard input."
)


def register(app: typer.Typer) -> None:
    add(app, upload)


def upload(  # noqa: PLR0913  # each is one wish of an uploader
    context: CommandContext,
    sources: Annotated[list[str] | None, typer.Argument(help=_SOURCES)] = None,
    *,
    prefix: Annotated[str, typer.Option(help="Folder under incoming/ to put them in.")] = "",
    url: Annotated[str | None, typer.Option(help="The address that the page was saved from (for one page).")] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Alert nobody of these pages. They get records and stories all the same.")
    ] = False,
    skip_unchanged: Annotated[
        bool, typer.Option("--skip-unchanged", help="Do not send what the bucket has with the same bytes.")
    ] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the upload that was stopped.")] = False,
    wait: Annotated[bool, typer.Option("--wait", help="Wait for each page's outcome and show it.")] = False,
    timeout: Annotated[float, typer.Option(min=0, help="Longest wait, in seconds.")] = 120,
) -> None:
    """Uploads saved web pages.

    Uploading a page again under its name makes a new version of the same document. Of an archive, the HTML pages are
    taken, with their addresses and the times when they were fetched. An address is fetched from the public web only.

    Ctrl-C says what is in and what is not; `--resume` goes on. With `--wait` the exit code is 3 where a page was
    rejected, and 4 where one had no outcome in time.

    Example: clipwire upload page.html --wait
    Example: clipwire upload saved-pages/ --prefix 2026/may
    Example: clipwire upload crawl.warc.gz --quiet
    """
    job = begin(context, sources or [], resume=resume)
    if not resume:
        address = None if url is None else web_address(url)
        job = job.model_copy(
            update={"prefix": prefix, "url": address, "quiet": quiet, "skip_unchanged": skip_unchanged}
        )
    folder_of(job.prefix)  # a prefix that cannot be is told before anything else
    listing = list_sources(job.sources)
    if job.url and listing.count != 1:
        raise CliError("One address can't belong to several pages.", "Use `--url` with one page at a time.")
    report = UploadReport(listing, send(context, job, listing, follow=wait))
    if wait and not report.tally.stopped:
        follow(context.target, report, timeout, silent=context.as_json)
    context.answer(report.document(), lambda: upload_report.show(report, wait=wait))
    end_with(report, wait=wait)


def begin(context: CommandContext, sources: list[str], *, resume: bool) -> Upload:
    """What is to be uploaded, from its beginning or from where it was stopped."""
    if resume and sources:
        raise CliError("`--resume` knows what was to be uploaded.", "Leave the pages out.")
    if resume:
        return stopped_upload(Home.of_this_clone(), context.target.label)
    if not sources:
        raise CliError("Say what to upload.", "Name pages, folders or archives: `clipwire upload page.html`.", 2)
    return Upload(stack=context.target.label, sources=sources)


def send(context: CommandContext, job: Upload, listing: Listing, *, follow: bool) -> Tally:
    """Sends the pages, and notes how far it is for `--resume`."""
    say_what_is_taken(listing, silent=context.as_json)
    terms = Terms(folder_of(job.prefix), object_metadata(job.url, quiet=job.quiet), job.skip_unchanged, follow)
    sender, notes = PageSender(context.target, terms), UploadNotes(Home.of_this_clone(), job)
    with CountBar("uploading", listing.count, silent=context.as_json) as show_count:

        def progress(tally: Tally) -> None:
            show_count(tally.uploaded + tally.unchanged)
            notes.note(tally)

        tally = send_pages(read_sources(listing), sender, where_to_go_on(listing, job), progress)
    notes.close(tally)
    return tally


def say_what_is_taken(listing: Listing, *, silent: bool) -> None:
    if silent:
        return
    err.print(words(f"Taking {describe_taken(listing) or 'nothing'}."))
    for line in describe_left(listing.left):
        err.print(words(f"Left out, {line}", "yellow"))


def object_metadata(url: str | None, *, quiet: bool) -> dict[str, str]:
    """What every object says beside its bytes: the page's address, and `alerts: off`."""
    return {**({"url": url} if url else {}), **({"alerts": "off"} if quiet else {})}


def follow(target: Target, report: UploadReport, timeout: float, *, silent: bool) -> None:
    """Waits for the outcome of every page that is new; of very many, for the first ones. Ctrl-C ends the wait."""
    before = {name: sent.before for name, (_, sent) in report.tally.sent.items() if sent.is_new}
    if report.tally.uploaded > MAX_LISTED and not silent:
        err.print(words(f"Only the first {MAX_LISTED:,} pages are followed.", "yellow"))
    if not before:
        return
    try:
        with CountBar("processing", len(before), silent=silent) as shown:
            for done in watch(target, before, timeout):
                report.outcomes = done
                shown(len(done))
    except KeyboardInterrupt:
        report.stopped_waiting = True


def end_with(report: UploadReport, *, wait: bool) -> None:
    """Ends with the code of the worst that happened; not at all where all is well."""
    if report.tally.stopped or report.stopped_waiting:
        raise typer.Exit(exit_codes.INTERRUPTED)
    if report.failed or report.is_empty:
        raise typer.Exit(exit_codes.NOT_DONE)
    if wait and report.waiting:
        raise typer.Exit(exit_codes.NO_OUTCOME_YET)
    if wait and report.rejected:
        raise typer.Exit(exit_codes.REJECTED)
