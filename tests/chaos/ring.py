"""Thousands of documents through the deployed stack while everything around the functions fails.

.venv/bin/python -m tests.chaos.ring --documents 2000 --seed 7
"""

import argparse
import itertools
import json
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from functions.reconcile.ports import Position
from functions.reconcile.record_states import Finding
from infra.cli.commands.reconcile import reconciler
from infra.local.clients import client
from infra.stack.target import Target
from shared.adapters.dynamodb_values import from_item
from shared.domain.documents import document_id
from tests.chaos.faulty_proxy import FaultPlan
from tests.chaos.ledger_audit import Expected, Verdict, audit
from tests.chaos.left_behind import items, left_behind
from tests.chaos.load_watch import outcomes
from tests.chaos.meanwhile import People
from tests.chaos.pages import long_page, poison_messages, small_page
from tests.chaos.processes import age, worker_processes
from tests.chaos.storm import Outcome, Storm, report, stormy_stack
from tests.chaos.story_audit import audit_stories

# A claim of an alert outlives a killed worker by 90 seconds: its message must come back for longer than that.
VISIBILITY = {"PagesQueueUrl": "10", "ArticlesQueueUrl": "10", "AnnouncementsQueueUrl": "22"}
STAGES = ("Pages", "Articles", "Announcements")
GROWN_UP_SECONDS = 15.0
QUIET_SECONDS = 8
PAUSE_SECONDS = 6.0  # how long a worker is stopped and then goes on; its message comes back after ten and more
LONG_EVERY = 40  # one document in so many has a text that no item holds
COPY_EVERY = 10  # one document in so many is a copy of the one before it, under another key
COPY_AT = 6  # the place of the copy among so many: neither it nor the one before it has a long text


class Ring:
    def __init__(self, storm: Storm, port: int, outputs: dict[str, str], plan: FaultPlan, log: Path) -> None:
        self.storm, self.outputs, self.plan, self.port, self.log = storm, outputs, plan, port, log
        self.chance = random.Random(storm.seed)
        self.s3, self.sqs, self.sns = client("s3", port), client("sqs", port), client("sns", port)
        self.dynamodb, self.functions = client("dynamodb", port), client("lambda", port)
        self.bucket = outputs["PagesBucketName"]
        self.injected: Counter[str] = Counter()
        self.expected: dict[str, Expected] = {}
        self.alerts: list[dict[str, Any]] = []
        self.stop = threading.Event()
        self.people = People(port, self.bucket, random.Random(f"{storm.seed}/people"), self._count)

    def run(self) -> Outcome:
        started = time.monotonic()
        for queue, seconds in VISIBILITY.items():
            self.sqs.set_queue_attributes(QueueUrl=self.outputs[queue], Attributes={"VisibilityTimeout": seconds})
        inbox = self._subscribe()
        helpers = [
            threading.Thread(target=self._collect, args=(inbox,)),
            threading.Thread(target=self._trouble_workers),
        ]
        for helper in helpers:
            helper.start()
        try:
            self.people.change_rules()
            self._pour()
            self._poison()
            self._wait_until_quiet(started)
            self.people.reprocess(items(self.dynamodb, self.outputs["RecordsTableName"]))
            self.people.change_rules()
            self._wait_until_quiet(started)
            with self._events_lost():
                self._change_unheard()
            self._reconcile()
            self._redrive()
            self._wait_until_quiet(started)
        finally:
            self.stop.set()
            for helper in helpers:
                helper.join()
        self._drain(inbox)
        self.injected.update(self.plan.injected)
        parked = {stage: self._depth(self.outputs[f"{stage}DeadLetterQueueUrl"]) for stage in STAGES}
        return Outcome(
            self.injected,
            self._audit(),
            time.monotonic() - started,
            self._executions(),
            parked,
            len(self._compared(dry=True)),
        )

    def _pour(self) -> None:
        """Uploads, overwrites and deletes race; notify is down for the middle third.

        One upload in a hundred has no event.
        """
        with self._events_lost():
            for number in range(self.storm.documents, self.storm.documents + self._unheard):
                self._write(number, "never heard of")
        third = self.storm.documents // 3
        with ThreadPoolExecutor(8) as pool:
            for start in range(0, self.storm.documents, max(1, third)):
                if start == third:
                    self._notify(enabled=False)
                    self.injected["notify down"] += 1
                if start:
                    self.people.change_rules()
                    self.people.reprocess(items(self.dynamodb, self.outputs["RecordsTableName"]))
                list(pool.map(self._live, range(start, min(start + third, self.storm.documents))))
        self._notify(enabled=True)

    def _live(self, number: int) -> None:
        """One document's life: written, perhaps overwritten or deleted at once, its events repeated late."""
        chance = random.Random(f"{self.storm.seed}/{number}")
        key = self._key(number)
        publishes = chance.random() > 0.1
        title = f"Harbour report {number} edition 1"
        self._put(key, title, publishes=publishes)
        self.expected[key] = Expected(title, publishes)
        fate = chance.random()
        if fate < 0.2:
            title = f"Harbour report {number} edition 2"
            self._put(key, title, publishes=True)
            self.expected[key] = Expected(title)
            self._count("overwritten")
        elif fate < 0.3:
            self.s3.delete_object(Bucket=self.bucket, Key=key)
            self.expected[key] = Expected(None)
            self._count("deleted")
        if chance.random() < 0.15:
            self._repeat_events(key, chance)

    def _put(self, key: str, title: str, *, publishes: bool) -> None:
        body = self._page(key, title) if publishes else b""
        self.s3.put_object(Bucket=self.bucket, Key=key, Body=body)

    def _page(self, key: str, title: str) -> bytes:
        """A long one for some documents, whatever their edition but the second: a short text then takes a long one's
        place.
        """
        number = number_in(key)
        if number % LONG_EVERY or title.endswith("edition 2"):
            return small_page(title, subject_of(number))
        self._count("long text")
        return long_page(title, f"{self.storm.seed}/{key}/{title}", subject_of(number))

    @property
    def _unheard(self) -> int:
        """One document in a hundred, and one at least, each of those without a record, with an old one, and with one
        too many.
        """
        return max(1, self.storm.documents // 300)

    @contextmanager
    def _events_lost(self) -> Iterator[None]:
        """The bucket tells nobody of what happens in it meanwhile."""
        told = self.s3.get_bucket_notification_configuration(Bucket=self.bucket)
        told.pop("ResponseMetadata", None)
        self.s3.put_bucket_notification_configuration(Bucket=self.bucket, NotificationConfiguration={})
        yield
        self.s3.put_bucket_notification_configuration(Bucket=self.bucket, NotificationConfiguration=told)

    def _change_unheard(self) -> None:
        for number in self.chance.sample(range(self.storm.documents), 2 * self._unheard):
            if number % 2:
                self._write(number, "changed unheard")
            else:
                self.s3.delete_object(Bucket=self.bucket, Key=self._key(number))
                self.expected[self._key(number)] = Expected(None)
                self._count("event dropped")

    def _write(self, number: int, edition: str) -> None:
        title = f"Harbour report {number} {edition}"
        self._put(self._key(number), title, publishes=True)
        self.expected[self._key(number)] = Expected(title)
        self._count("event dropped")

    def _reconcile(self) -> None:
        """What events lost comes back, with what is parked: it has no record either."""
        for finding in self._compared(dry=False):
            self._count(f"reconciled: {finding.kind}")

    def _compared(self, *, dry: bool) -> list[Finding]:
        steps = reconciler(Target(self.port), f"incoming/{self.storm.seed}/", 0, dry_run=dry).steps(Position())
        return [finding for step in steps for finding in step.findings]

    def _key(self, number: int) -> str:
        return f"incoming/{self.storm.seed}/{number:06d} ü+%.html"

    def _repeat_events(self, key: str, chance: random.Random) -> None:
        """An event of long ago comes again, late and out of order, as a create and as a delete."""
        for name in chance.sample(["ObjectCreated:Put", "ObjectRemoved:Delete", "ObjectCreated:Copy"], 2):
            entity = {
                "bucket": {"name": self.bucket},
                "object": {"key": quote_plus(key, safe="/"), "sequencer": "0" * 17 + "1"},
            }
            body = json.dumps({"Records": [{"eventName": name, "s3": entity}]})
            self.sqs.send_message(
                QueueUrl=self.outputs["PagesQueueUrl"], MessageBody=body, DelaySeconds=chance.randrange(3, 10)
            )
            self._count("late event")

    def _poison(self) -> None:
        for stage, body in poison_messages():
            self.sqs.send_message(QueueUrl=self.outputs[f"{stage}QueueUrl"], MessageBody=body)
            self._count("poison message")

    def _redrive(self) -> None:
        """The operator's day after: the faults are over, and what is parked goes back, but for the poison."""
        self.plan.rate = 0.0
        for stage in STAGES:
            parked, queue = self.outputs[f"{stage}DeadLetterQueueUrl"], self.outputs[f"{stage}QueueUrl"]
            for message in self._take(parked, self._depth(parked)):
                self.sqs.send_message(QueueUrl=queue, MessageBody=message)
                self._count("redriven")

    def _take(self, queue: str, count: int) -> Iterator[str]:
        poison = {body for _, body in poison_messages()}
        while count > 0 and (
            messages := self.sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
        ):
            for message in messages:
                count -= 1
                if message["Body"] not in poison:
                    yield message["Body"]
                    self.sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])

    def _notify(self, *, enabled: bool) -> None:
        mapping = self.functions.list_event_source_mappings(FunctionName=self.outputs["NotifyFunctionName"])[
            "EventSourceMappings"
        ][0]
        self.functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=enabled)

    def _trouble_workers(self) -> None:
        """Kills a function's process, mid-flight or not, or stops it and lets it go on, once in some twenty documents
        each.

        Only children of this ring's own emulator are looked at, and only those that had the time to start.
        """
        for number in itertools.count():
            if self.stop.wait(self.storm.kill_every):
                return
            workers = [pid for pid in worker_processes(self.port) if age(pid) > GROWN_UP_SECONDS]
            what = "function paused" if number % 2 else "function killed"
            if workers and self.injected[what] < max(2, self.storm.documents // 20):
                self._count(what)
                self._pause(self.chance.choice(workers)) if number % 2 else kill(self.chance.choice(workers))

    def _pause(self, pid: int) -> None:
        """Stops a process for some seconds: others take its message meanwhile, and then it goes on."""
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
            try:
                self.stop.wait(PAUSE_SECONDS)
            finally:
                os.kill(pid, signal.SIGCONT)

    def _subscribe(self) -> str:
        inbox = self.sqs.create_queue(QueueName="chaos-subscriber")["QueueUrl"]
        arn = self.sqs.get_queue_attributes(QueueUrl=inbox, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        topic = self.outputs["AlertsTopicArn"]
        statement = {
            "Effect": "Allow",
            "Principal": {"Service": "sns.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": arn,
        }
        policy = {
            "Version": "2012-10-17",
            "Statement": [{**statement, "Condition": {"ArnEquals": {"aws:SourceArn": topic}}}],
        }
        self.sqs.set_queue_attributes(QueueUrl=inbox, Attributes={"Policy": json.dumps(policy)})
        self.sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"})
        return inbox

    def _collect(self, inbox: str) -> None:
        while not self.stop.is_set():
            self._drain(inbox)
            self.stop.wait(0.5)

    def _drain(self, inbox: str) -> None:
        while messages := self.sqs.receive_message(QueueUrl=inbox, MaxNumberOfMessages=10).get("Messages", []):
            for message in messages:
                self.alerts.append(json.loads(message["Body"]))
                self.sqs.delete_message(QueueUrl=inbox, ReceiptHandle=message["ReceiptHandle"])

    def _wait_until_quiet(self, started: float) -> None:
        """Until the stages' queues have been empty, in flight too, for a while; says what is left where that takes too
        long.
        """
        quiet_since: float | None = None
        while quiet_since is None or time.monotonic() - quiet_since < QUIET_SECONDS:
            left = {queue: self._depth(self.outputs[queue]) for queue in VISIBILITY}
            quiet_since = None if any(left.values()) else (quiet_since or time.monotonic())
            if time.monotonic() - started > self.storm.deadline:
                raise TimeoutError(f"still in the queues: {left}")
            time.sleep(1)

    def _depth(self, queue: str) -> int:
        names = [
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed",
        ]
        attributes = self.sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=names)["Attributes"]
        return sum(int(attributes[name]) for name in names)

    def _audit(self) -> Verdict:
        pages = self.dynamodb.get_paginator("scan").paginate(TableName=self.outputs["RecordsTableName"])
        records = {item["document_id"]["S"]: from_item(item) for page in pages for item in page["Items"]}
        verdict = audit(self.bucket, self.expected, records, self.alerts)
        subjects = {document_id(self.bucket, key): subject_of(number_in(key)) for key in self.expected}
        verdict.stories = audit_stories(subjects, records, self.alerts)
        verdict.left_behind = left_behind(self._client, self.outputs, records, self.people.rules)
        return verdict

    def _client(self, service: str) -> Any:
        return {"s3": self.s3, "dynamodb": self.dynamodb}[service]

    def _executions(self) -> Counter[str]:
        """Versions whose outcome was written, and how often; one that was written, and lost its answer, counts where it
        is found.
        """
        said = list(outcomes(self.log))
        written = Counter(one.version for one in said if one.result == "written")
        versions = {one.version for one in said if one.result != "stale"}
        twice = sum(count - 1 for count in written.values())
        return Counter(
            documents=len(self.expected), runs=len(said), versions=len(versions), effects=len(versions) + twice
        )

    def _count(self, what: str) -> None:
        self.injected[what] += 1


def number_in(key: str) -> int:
    return int(key.rsplit("/", 1)[1].split(maxsplit=1)[0])


def subject_of(number: int) -> int:
    """What a document reports of: a copy of what the one before it does."""
    return number - 1 if number % COPY_EVERY == COPY_AT else number


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def run(storm: Storm) -> Outcome:
    with stormy_stack(storm) as stack:
        return Ring(storm, *stack).run()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    given = parser.parse_args()
    storm = Storm(documents=given.documents, seed=given.seed)
    outcome = run(storm)
    sys.stdout.write(report(storm, outcome) + "\n")
    return 0 if outcome.verdict.clean else 1


if __name__ == "__main__":
    sys.exit(main())
