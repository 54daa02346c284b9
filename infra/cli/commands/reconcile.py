"""`reconcile`: what events lost, found by comparing the bucket with the records."""

from collections import Counter
from typing import Annotated

import typer

from functions.reconcile.dynamodb_record_states import DynamoDbRecordStates
from functions.reconcile.ports import Position
from functions.reconcile.record_states import KINDS, Finding
from functions.reconcile.resumable_run import MAX_WAITING
from functions.reconcile.s3_objects import S3Objects
from functions.reconcile.sqs_changes import SqsChanges
from functions.reconcile.usecase import INCOMING, ReconcileBucket, ReconcileTerms
from infra.cli.command import CommandContext, add
from infra.cli.screen.output import ConsoleProgress, out, table, words
from infra.errors import CliError
from infra.stack.target import Target

_SHOWN = 20  # findings shown as samples, by judgement: a screen of them
_MEANS = {
    "missing": "uploads without a record",
    "stale": "records of older bytes than the bucket has",
    "orphaned": "records of pages that were deleted",
}


def register(app: typer.Typer) -> None:
    add(app, reconcile)


def reconcile(
    context: CommandContext,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be put back in the queue.")] = False,
    prefix: Annotated[str, typer.Option(help="Only uploads whose key starts so.")] = INCOMING,
    grace: Annotated[
        int,
        typer.Option(
            min=0, help="Leave uploads alone that are younger than so many seconds: their events may be on the way."
        ),
    ] = 900,
    start_after: Annotated[str | None, typer.Option(help="Go on after this key, in the order of the keys.")] = None,
    busy: Annotated[
        bool, typer.Option("--busy", help="Compare though pages wait in the queues, which then are sent twice.")
    ] = False,
) -> None:
    """Compares bucket and records, and sends again what was lost.

    The stack does so itself once a day. It waits while a stage is behind: what waits in a queue is not lost.

    Example: clipwire reconcile --dry-run
    """
    found: Counter[str] = Counter()
    samples: list[Finding] = []
    seen, last = 0, start_after
    with ConsoleProgress().step("Comparing the bucket with the records") as note:
        run = reconciler(context.target, prefix, grace, dry_run=dry_run)
        if not busy and not dry_run:
            check_nothing_waits(run)
        for step in run.steps(Position(after=start_after)):
            found.update(finding.kind for finding in step.findings)
            samples += step.findings[: _SHOWN - len(samples)]
            seen += step.seen
            last = step.position.after if step.position and not step.position.records else last
            note(f"{seen} looked at, {found.total()} found, last key {last}")
    document = {
        "seen": seen,
        "dry_run": dry_run,
        "found": {kind: found[kind] for kind in KINDS},
        "samples": [finding.model_dump(include={"kind", "key"}) for finding in samples],
    }
    context.answer(document, lambda: _show(found, samples, dry_run=dry_run))


def reconciler(target: Target, prefix: str, grace: float, *, dry_run: bool) -> ReconcileBucket:
    """On the terms that the stack was deployed with."""
    bucket = target.output("PagesBucketName")
    parameters: dict[str, str] = {
        entry["ParameterKey"]: entry["ParameterValue"] for entry in target.description.get("Parameters", [])
    }
    terms = ReconcileTerms(
        prefix=prefix,
        grace_seconds=grace,
        pages_expire=int(parameters.get("PagesRetentionDays", 0)) > 0,
        record_days=int(parameters.get("RecordRetentionDays", 0)),
        dry_run=dry_run,
    )
    return ReconcileBucket(
        bucket,
        S3Objects(target.client("s3"), bucket),
        DynamoDbRecordStates(target.client("dynamodb"), target.output("RecordsTableName")),
        SqsChanges(
            target.client("sqs"),
            target.output("PagesQueueUrl"),
            bucket,
            later_queue_urls=[target.output("ArticlesQueueUrl")],
        ),
        terms,
    )


def check_nothing_waits(run: ReconcileBucket) -> None:
    """Raises `CliError` while a stage is behind: pages that wait for it have no record yet, and would be sent twice."""
    waiting = run.changes.waiting()
    if waiting > MAX_WAITING:
        raise CliError(
            f"{waiting} messages wait for extract or enrich, and their pages would count as lost.",
            "Try again when `clipwire status` shows that none waits; `--busy` compares all the same.",
        )


def _show(found: Counter[str], samples: list[Finding], *, dry_run: bool) -> None:
    if not found:
        out.print("Every upload has its record, and every record its upload.")
        return
    out.print(
        table("", ("found", "", "what that is"), ((kind, found[kind], _MEANS[kind]) for kind in KINDS if found[kind]))
    )
    out.print(table("", ("found", "key"), ((finding.kind, finding.key) for finding in samples)))
    out.print(words("Nothing was changed (--dry-run)." if dry_run else "All are back in the queue.", "dim"))
