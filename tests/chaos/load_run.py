"""One load: everything is uploaded, every queue runs empty, and what is there then is compared with what should be."""

import sys
import threading
import time
from collections import deque
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from infra.local.home import Home
from infra.stack.readers.inbox import Inbox
from infra.stack.target import Target
from shared.adapters.dynamodb_values import from_item
from shared.domain.documents import document_id
from tests.chaos.ledger_audit import Verdict, audit
from tests.chaos.load_plan import Plan, Upload
from tests.chaos.load_report import Loaded
from tests.chaos.load_watch import Watch, outcomes
from tests.chaos.story_audit import audit_stories

UPLOADERS = 8
STAGES = ("Pages", "Articles", "Announcements")
_SAY_EVERY = 10.0
_STILL = 5.0
_LOOK_BACK = 12
_LOOK_AGAIN = 0.5
KEPT_OF_AN_ALERT = ("document_id", "alert_id", "title", "kind", "first_for", "story_id")
_DEPTHS = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"]


class Load:
    """`until` (epoch seconds) is when a run that is not through stops by itself, and says so.

    With `ahead` no more uploads than that wait for extract at once: what the emulator takes longer for, since it walks
    through a whole queue at every look, is left out.
    """

    def __init__(self, plan: Plan, home: Home, target: Target, until: float, ahead: int = 0) -> None:
        self.plan, self.home, self.target, self.until, self.ahead = plan, home, target, until, ahead
        self.bucket = target.output("PagesBucketName")
        self.alerts: list[tuple[float, dict[str, Any]]] = []
        self.complaints: list[str] = []
        self._over = threading.Event()
        self._seen: deque[tuple[float, int]] = deque(maxlen=_LOOK_BACK)

    def run(self, box: Inbox) -> Loaded:
        uploads = self.plan.uploads()
        watch = Watch(self.target.local_port or 0)
        reader = threading.Thread(target=self._collect, args=(box,), daemon=True)
        watch.start()
        reader.start()
        started = time.time()
        self._upload(uploads)
        uploaded = time.time() - started
        self._wait()
        self._over.set()
        reader.join()
        watch.stop()
        return self._loaded(len(uploads), started, uploaded, watch)

    def records(self) -> dict[str, dict[str, Any]]:
        pages = (
            self.target.client("dynamodb")
            .get_paginator("scan")
            .paginate(TableName=self.target.output("RecordsTableName"))
        )
        return {item["document_id"]["S"]: from_item(item) for page in pages for item in page["Items"]}

    def audit(self) -> Verdict:
        records, alerts = self.records(), [alert for _, alert in self.alerts]
        verdict = audit(self.bucket, self.plan.expected(), records, alerts)
        subjects = {document_id(self.bucket, key): subject for key, subject in self.plan.subjects().items()}
        verdict.stories = audit_stories(subjects, records, alerts)
        return verdict

    def _loaded(self, uploads: int, started: float, uploaded: float, watch: Watch) -> Loaded:
        said = list(outcomes(self.home.log))
        if (told := len({one.version for one in said})) != uploads:
            self.complaints.append(f"{uploads} uploads, but {told} versions with an outcome")
        return Loaded(
            documents=self.plan.documents,
            uploads=uploads,
            upload_seconds=uploaded,
            started=started,
            said=said,
            samples=watch.samples,
            verdict=self.audit(),
            alert_times=[at for at, _ in self.alerts],
            left=self._left(),
            complaints=self.complaints,
        )

    def _upload(self, uploads: list[Upload]) -> None:
        """A document's editions go through the same hand, so that the later one is the newest."""
        s3 = self.target.client("s3")
        hands = [[upload for upload in uploads if upload.number % UPLOADERS == hand] for hand in range(UPLOADERS)]

        def put_all(share: list[Upload]) -> None:
            for upload in share:
                while self.ahead and self._depth("PagesQueueUrl") > self.ahead:
                    time.sleep(_LOOK_AGAIN)
                s3.put_object(Bucket=self.bucket, Key=upload.key, Body=self.plan.body(upload))

        with ThreadPoolExecutor(UPLOADERS) as pool:
            waiting = [pool.submit(put_all, share) for share in hands]
            while not all(one.done() for one in waiting):
                self._say()
                self._over.wait(_SAY_EVERY)
            for one in waiting:
                one.result()

    def _wait(self) -> None:
        still_since: float | None = None
        said = 0.0
        while still_since is None or time.monotonic() - still_since < _STILL:
            if time.time() > self.until:
                self.complaints.append(f"stopped before its end, with {self._left()}")
                return
            still_since = None if any(self._waiting().values()) else (still_since or time.monotonic())
            if time.monotonic() - said > _SAY_EVERY:
                said = time.monotonic()
                self._say()
            time.sleep(1)

    def _say(self) -> None:
        """Done, left, a second and when it will be through, by the last two minutes."""
        waiting = self._waiting()
        recorded = self.target.client("dynamodb").describe_table(TableName=self.target.output("RecordsTableName"))[
            "Table"
        ]["ItemCount"]
        self._seen.append((time.time(), recorded))
        (then, before), (now, _) = self._seen[0], self._seen[-1]
        rate = (recorded - before) / (now - then) if now > then else 0.0
        left = waiting["Pages"] + waiting["Articles"]
        when = f"about {left / rate / 60:.0f} min left" if rate and left else "" if left else "only alerts are left"
        queues = " ".join(f"{stage.lower()} {count}" for stage, count in waiting.items())
        done = f"{recorded} of {self.plan.documents} recorded, {rate:.1f} a second, {len(self.alerts)} alerts; waiting: {queues}"
        sys.stderr.write(f"  {done}; {when}\n")

    def _waiting(self) -> dict[str, int]:
        return {stage: self._depth(f"{stage}QueueUrl") for stage in STAGES}

    def _left(self) -> Mapping[str, int]:
        queues = {f"{stage.lower()}": self._depth(f"{stage}QueueUrl") for stage in STAGES}
        return queues | {f"{stage.lower()}, parked": self._depth(f"{stage}DeadLetterQueueUrl") for stage in STAGES}

    def _depth(self, queue: str) -> int:
        answer = self.target.client("sqs").get_queue_attributes(
            QueueUrl=self.target.output(queue), AttributeNames=_DEPTHS
        )
        return sum(int(answer["Attributes"][name]) for name in _DEPTHS)

    def _collect(self, box: Inbox) -> None:
        """Goes on for one look after the end, so that what came last is counted."""
        last = False
        while not last:
            last = self._over.is_set()
            while alerts := box.receive(1):
                now = time.time()
                self.alerts += [
                    (now, {name: alert[name] for name in KEPT_OF_AN_ALERT if name in alert}) for alert in alerts
                ]
