"""One page of its own through a live stack, each stage timed, and nothing left behind: `clipwire smoke`."""

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from infra.errors import CliError
from infra.operate.log_lines import stage_milliseconds
from infra.operate.stages import STAGES
from infra.stack.readers.inbox import Inbox, inbox
from infra.stack.records.documents import find_many
from infra.stack.target import Target
from shared.domain.documents import document_id

# A folder that the operator's policy lets one write to.
PREFIX = "incoming/clipwire-smoke/"
# The page's site, by which the queue of its own is filtered.
SITE = "Clipwire smoke test"
_READ = ("outcome", "reason", "detail", "title", "correlation_id")
# Half a second between looks, by judgement: the fastest stage takes about as long.
_PAUSE = 0.5
# Seconds within which CloudWatch shows a function's log lines, by judgement: mostly fewer than ten.
_LOG_DELAY = 30
_PAGE = """<html lang="en"><head><title>The harbour lighthouse is lit again</title>
<meta property="og:site_name" content="{site}"></head><body><article><h1>The harbour lighthouse is lit again</h1>
<p>Keepers lit the lighthouse of the harbour on Monday evening, for the first time since the storm of last winter
broke its lamp.</p>
<p>The council had paid for a new lamp in spring, and two glaziers worked on the lantern room through the whole of
the summer.</p>
<p>Fishing crews watched from the quay, and the harbour master said that boats may come in by night again from
Tuesday on.</p>
<p>This page is number {number} of its kind, and stands for nothing but itself.</p></article></body></html>"""


@dataclass
class SmokeTest:
    """Seconds by what was waited for, in order, milliseconds that each function worked on the page (those that its log
    told), and what went wrong; empty where nothing did.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    milliseconds: dict[str, int] = field(default_factory=dict)
    problem: str = ""
    todo: str = ""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begun = time.monotonic()
        yield
        self.seconds[name] = round(time.monotonic() - begun, 1)


def run_smoke_test(target: Target, timeout: float, say: Callable[[str], None]) -> SmokeTest:
    """Uploads a page, waits for its record and alert, deletes it, waits for its tombstone; `timeout` seconds each."""
    test, number, begun = SmokeTest(), uuid.uuid4().hex, time.time()
    key = f"{PREFIX}{number}.html"
    document = document_id(target.output("PagesBucketName"), key)
    with inbox(target, {"site": [SITE]}) as box:
        try:
            record = _follow(target, test, box, (key, document, number), timeout, say)
            say("Reading what the functions logged")
            test.milliseconds = _logged_times(target, record["correlation_id"], begun)
        except CliError as error:
            test.problem, test.todo = error.what, error.todo
        finally:
            _delete_page(target, test, (key, document), timeout, say)
    return test


def _follow(
    target: Target, test: SmokeTest, box: Inbox, page: tuple[str, str, str], timeout: float, say: Callable[[str], None]
) -> dict[str, Any]:
    """The page's record, once its alert is there."""
    key, document, number = page
    say("Uploading a page")
    with test.stage("upload"):
        body = _PAGE.format(site=SITE, number=number).encode()
        target.client("s3").put_object(
            Bucket=target.output("PagesBucketName"), Key=key, Body=body, ContentType="text/html"
        )
    say("Waiting for its record")
    with test.stage("extract and enrich"):
        record = _wait_for_outcome(target, document, timeout, "published")
    if record["outcome"] != "published":
        raise CliError(
            f"The page was {record['outcome']}: {record.get('reason')}.", "`clipwire check` looks at the stack."
        )
    say("Waiting for its alert")
    with test.stage("notify"):
        _wait_for_alert(box, document, timeout)
    return record


def _logged_times(target: Target, correlation_id: str, since: float) -> dict[str, int]:
    """Milliseconds of work by stage, of those stages whose log says so in time."""
    found: dict[str, int] = {}
    deadline = time.monotonic() + _LOG_DELAY
    while len(found) < len(STAGES) and time.monotonic() < deadline:
        for stage in STAGES:
            function = target.output(stage.function)
            worked = stage_milliseconds(target.client("logs"), function, since, correlation_id)
            found |= {} if worked is None else {stage.name: worked}
        time.sleep(0 if len(found) == len(STAGES) else _PAUSE)
    return {stage.name: found[stage.name] for stage in STAGES if stage.name in found}


def _wait_for_outcome(target: Target, document: str, timeout: float, wanted: str) -> dict[str, Any]:
    """The record once it has the wanted outcome, or has been rejected."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        record = find_many(target, [document], _READ).get(document, {})
        if record.get("outcome") in {wanted, "rejected"}:
            return record
        time.sleep(_PAUSE)
    raise CliError(
        f"The page has no record that says {wanted} after {timeout:.0f} s.",
        "`clipwire check` and `clipwire failures` say what is wrong.",
    )


def _wait_for_alert(box: Inbox, document: str, timeout: float) -> None:
    for alert in box.follow(count=None, timeout=timeout):
        if alert.get("document_id") == document:
            return
    raise CliError(f"No alert about the page came within {timeout:.0f} s.", "`clipwire failures notify` says why.")


def _delete_page(
    target: Target, test: SmokeTest, page: tuple[str, str], timeout: float, say: Callable[[str], None]
) -> None:
    """Deletes the page; its content goes with it, and a tombstone without content stays until it expires."""
    key, document = page
    say("Deleting the page")
    target.client("s3").delete_object(Bucket=target.output("PagesBucketName"), Key=key)
    if test.problem:
        return
    try:
        with test.stage("extract the deletion"):
            _wait_for_outcome(target, document, timeout, "deleted")
    except CliError as error:
        test.problem, test.todo = error.what, error.todo
