"""Documents run again by today's code: first what would change, then for real, with a note of how far it came."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from functions.enrich.rule_cache import RuleCache
from functions.reconcile.record_states import Finding
from functions.reconcile.sqs_changes import SqsChanges
from infra.errors import CliError
from infra.operate.rehearsal import Change, changes, rehearse
from infra.operate.selection import Selection, selected
from infra.stack.records.documents import Item
from infra.stack.records.told_documents import find_with_alerts, is_told
from infra.stack.target import Target
from shared.adapters.dynamodb_records import DynamoDbRecords
from shared.adapters.dynamodb_rules import DynamoDbRules
from shared.adapters.s3_pages import S3Pages
from shared.domain.documents import Frozen

VERSION_ATTRIBUTES = ("sequencer", "etag", "outcome", "content_hash", "source_key")


class Progress(Frozen):
    """A reprocessing and how far it came; `before` is when it was begun, `start` the key of the index to go on from."""

    stack: str
    selection: Selection
    before: str
    start: dict[str, Any] | None = None
    sent: int = 0
    alert_due: int = 0
    through: bool = False

    @classmethod
    def load(cls, file: Path) -> "Progress":
        if not file.exists():
            raise CliError(
                "There is nothing to go on with.", "`clipwire reprocess` with what to run again begins anew."
            )
        return cls.model_validate_json(file.read_text())

    def save(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self.model_dump_json())


@dataclass
class Rehearsal:
    """What running so many documents again would change: how many each field, with a sample of it."""

    documents: int = 0
    changed: int = 0
    unavailable: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    samples: dict[str, tuple[str, Change]] = field(default_factory=dict)

    @property
    def seen(self) -> int:
        return self.documents + self.unavailable

    def note(self, key: str, differences: Mapping[str, Change]) -> None:
        self.documents += 1
        self.changed += bool(differences)
        self.fields.update(differences.keys())
        for name, change in differences.items():
            self.samples.setdefault(name, (key, change))


def rehearsed(target: Target, progress: Progress, limit: int) -> Iterator[Rehearsal]:
    """The tally after each of the first `limit` documents."""
    pages = S3Pages(target.client("s3"), target.output("PagesBucketName"))
    ledger = DynamoDbRecords(target.client("dynamodb"), target.output("RecordsTableName"))
    rules = RuleCache(DynamoDbRules(target.client("dynamodb"), target.output("RulesTableName")))
    tally = Rehearsal()
    found = (item for page, _ in selected(target, progress.selection, progress.before, progress.start) for item in page)
    for item in islice(found, limit):
        record = ledger.find(item["document_id"])
        today = rehearse(pages, rules, record) if record else None
        if record and today:
            tally.note(record.source_key, changes(record, today))
        else:
            tally.unavailable += 1
        yield tally


def reprocess(target: Target, progress: Progress, queue: SqsChanges) -> Iterator[Progress]:
    """Puts each selected document back in the pages queue, a page of the index at a time, and says how far it came."""
    for page, start in selected(target, progress.selection, progress.before, progress.start):
        sent, alert_due = send_again(target, [item["document_id"] for item in page], queue)
        progress = progress.model_copy(
            update={
                "start": start,
                "sent": progress.sent + sent,
                "alert_due": progress.alert_due + alert_due,
                "through": start is None,
            }
        )
        yield progress


def send_again(target: Target, document_ids: Sequence[str], queue: SqsChanges) -> tuple[int, int]:
    """Puts documents back in the pages queue; how many, and how many not, since their first alert is on its way."""
    found = find_with_alerts(target, document_ids, VERSION_ATTRIBUTES)
    items = [item for item in found.values() if item.get("outcome") != "deleted"]
    # A version whose alert is on its way is told first. Once it is told, it stays so.
    ready = [item for item in items if is_told(item)]
    queue.send([finding_of_version(item) for item in ready])
    return len(ready), len(items) - len(ready)


def finding_of_version(item: Item) -> Finding:
    """The very version that the ledger holds; extract knows by the queue's message that it is to run once more."""
    return Finding(kind="stale", key=item["source_key"], sequencer=item["sequencer"], etag=item.get("etag", ""))
