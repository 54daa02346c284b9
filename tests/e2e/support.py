"""A deployed stack as the tests in this folder use it, and waits that poll to a deadline and say what they last saw."""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import chain, count
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from infra.errors import CliError
from infra.stack.readers.inbox import Inbox
from infra.stack.records.find import find_record
from infra.stack.records.told_documents import find_with_alerts
from infra.stack.target import Target
from shared.domain.documents import document_id

Seen = TypeVar("Seen")
WITHIN = 60.0
FIRST_WEEK = date(2020, 6, 1)  # of pages that tests make: the sample queries ask for what was published since then
WEEKS = count()
PAUSE = 0.2
_SHOWN = 600


def own_week() -> str:
    """A day, ISO, that no other page of this run was published within a week of: so each page is a story of its own."""
    return (FIRST_WEEK + timedelta(9 * next(WEEKS))).isoformat()


def eventually(
    look: Callable[[], Seen], until: Callable[[Seen], object] = bool, *, within: float = WITHIN, of: str = ""
) -> Seen:
    """What `look` gives once `until` holds for it; fails after `within` seconds with what was awaited and last seen.

    An assertion that fails inside `until` counts as not yet, and its message is part of the failure.
    """
    deadline = time.monotonic() + within
    while True:
        seen = look()
        complaint = ""
        try:
            if until(seen):
                return seen
        except AssertionError as error:
            complaint = f"\n{error}"
        if time.monotonic() >= deadline:
            raise AssertionError(
                f"not within {within:.0f} s: {of or 'what was awaited'}; last seen: {repr(seen)[:_SHOWN]}{complaint}"
            )
        time.sleep(PAUSE)


@dataclass(frozen=True)
class Stack:
    """The stack under test. `home` is the folder that its command line is pointed at by CLIPWIRE_HOME."""

    home: Path
    port: int
    certificate: Path

    @cached_property
    def target(self) -> Target:
        return Target(self.port)

    @cached_property
    def outputs(self) -> dict[str, str]:
        return self.target.outputs

    def client(self, service: str) -> Any:
        """A client with the rights of the account's root."""
        return self.target.client(service)

    def upload(self, name: str, body: bytes | str, **options: Any) -> str:
        """Puts a page under `incoming/` and gives its document id. `options` go to PutObject."""
        data = body.encode() if isinstance(body, str) else body
        self.client("s3").put_object(
            Bucket=self.outputs["PagesBucketName"], Key=f"incoming/{name}", Body=data, **options
        )
        return self.id_of(name)

    def id_of(self, name: str) -> str:
        return document_id(self.outputs["PagesBucketName"], f"incoming/{name}")

    def record(self, document: str) -> dict[str, Any]:
        """The item of a document; an empty one where there is none yet."""
        try:
            return find_record(self.target, document)
        except CliError:
            return {}

    def alerted(self, document: str) -> dict[str, Any]:
        """Of a document, what its readers were told and when; empty before there is a record."""
        return find_with_alerts(self.target, [document], ["outcome", "content_hash"]).get(document, {})

    def outcome(self, document: str, *, after: str = "", within: float = WITHIN) -> dict[str, Any]:
        """Waits for a document's record (of a version other than `after`) and gives it."""
        return eventually(
            lambda: self.record(document),
            lambda item: item and item["sequencer"] != after,
            within=within,
            of=f"an outcome of {document}",
        )

    def traces_of(self, word: str) -> list[str]:
        """Where a word stands in the stack: its tables, its objects, its queues, its logs."""
        held = chain(self._items(), self._objects(), self._messages(), self._log_lines())
        return [place for place, text in held if word in text]

    def _items(self) -> Iterator[tuple[str, str]]:
        for table in (value for name, value in self.outputs.items() if name.endswith("TableName")):
            for page in self.client("dynamodb").get_paginator("scan").paginate(TableName=table):
                yield from ((table, str(item)) for item in page["Items"])

    def _objects(self) -> Iterator[tuple[str, str]]:
        s3, bucket = self.client("s3"), self.outputs["PagesBucketName"]
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
            for key in (item["Key"] for item in page.get("Contents", [])):
                yield key, s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode(errors="replace")

    def _messages(self) -> Iterator[tuple[str, str]]:
        for url in (value for name, value in self.outputs.items() if name.endswith("QueueUrl")):
            answer = self.client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0)
            yield from ((url, message["Body"]) for message in answer.get("Messages", []))

    def _log_lines(self) -> Iterator[tuple[str, str]]:
        logs = self.client("logs")
        groups = logs.describe_log_groups(logGroupNamePrefix="/aws/lambda/")["logGroups"]
        for name in (group["logGroupName"] for group in groups):
            for page in logs.get_paginator("filter_log_events").paginate(logGroupName=name):
                yield from ((name, event["message"]) for event in page["events"])

    def depth(self, output: str) -> int:
        """How many messages a queue holds, in work or not; `output` names it, for example `PagesDeadLetterQueueUrl`."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        attributes = self.client("sqs").get_queue_attributes(QueueUrl=self.outputs[output], AttributeNames=names)[
            "Attributes"
        ]
        return sum(int(count) for count in attributes.values())

    def at_rest(self, within: float = WITHIN) -> None:
        """Waits until nothing is under way any more between upload and alert."""
        queues = ("PagesQueueUrl", "ArticlesQueueUrl", "AnnouncementsQueueUrl")
        eventually(
            lambda: {name: self.depth(name) for name in queues},
            lambda depths: not any(depths.values()),
            within=within,
            of="empty queues",
        )


def story(title: str, head: str = "") -> bytes:
    """A page that tells a story of its own: made-up words between the small words of English."""
    chance = random.Random(uuid4().hex)
    syllables = [first + second for first in "bdfgklmnprstvz" for second in "aeiou"]

    def sentence() -> str:
        word = ["".join(chance.choices(syllables, k=3)) for _ in range(6)]
        return (
            f"The {word[0]} of the {word[1]} has been with its {word[2]} in {word[3].title()} for a year, and "
            f"they said that it would be a {word[4]} to the {word[5]} that was there before."
        )

    paragraphs = "".join(f"<p>{' '.join(sentence() for _ in range(3))}</p>" for _ in range(4))
    body = f"<article><h1>{title}</h1>{paragraphs}</article>"
    return f'<html lang="en"><head><title>{title}</title>{head}</head><body>{body}</body></html>'.encode()


def alert_of(box: Inbox, document: str, within: float = WITHIN) -> Mapping[str, Any]:
    """The next alert about a document; alerts about others are passed over."""
    seen = []
    for alert in box.follow(count=None, timeout=within):
        if alert.get("document_id") == document:
            return alert
        seen.append(alert.get("document_id"))
    raise AssertionError(f"no alert about {document} within {within:.0f} s; alerts about {seen}")
