"""Reading the records table by its indexes, a page at a time, for every command that lists records."""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from infra.errors import CliError
from infra.stack.periods import Period
from infra.stack.target import Target
from shared.adapters.dynamodb_values import from_item, to_value

Item = dict[str, Any]
DAYS_BACK = 60  # days that a list without a question looks back, by judgement: one query each
_BATCH = 100  # records a call, the most that DynamoDB gives
# Records of an index a call, by judgement: a list of twenty needs one; parsing a whole megabyte takes half a second.
_A_CALL = {"PageSize": 100}
REJECTED, DOUBTFUL = "rejected", "doubtful"  # what the index of what needs attention is asked for
_ATTENTION_BATCH = 25  # records read at once for what an index does not keep, by judgement: one screen
NAMES = ("authors", "people", "organisations", "places")  # the lists of a record that hold names
ATTENTION_FACTS = ("title", "site", "url", "language", "extraction_confidence")


@dataclass(frozen=True)
class Question:
    """What a list asks for. An index answers its first part; what else it says is filtered from that.

    `date` is a day in UTC, as the index has it; `processed` is any stretch of time. `named` has, by a record's list,
    words of a name that stands in it.
    """

    topic: str | None = None
    site: str | None = None
    date: str | None = None
    attention: bool = False
    processed: Period | None = None
    language: str | None = None
    named: Mapping[str, str] = field(default_factory=dict)

    @property
    def index(self) -> tuple[str, str, str | None]:
        """Name and partition of the index that answers it; no partition where there are several."""
        if self.attention:
            return "needs-attention", "attention", None
        if self.topic:
            return "by-topic", "topic", self.topic
        if self.site:
            return "by-site", "site", self.site
        return "by-day", "processed_on", self.date

    def admits(self, item: Item) -> bool:
        """Whether what the index gave also answers the rest of the question."""
        if self.site and item.get("site") != self.site:
            return False
        if self.processed and not self.processed.holds(item.get("processed_at")):
            return False
        if self.language and item.get("language") != self.language:
            return False
        if not all(has_name(item.get(where), words) for where, words in self.named.items()):
            return False
        return not self.date or str(item.get("processed_at", "")).startswith(self.date)

    @property
    def unkept(self) -> tuple[str, ...]:
        """The attributes that the question asks for and its index does not keep."""
        if self.attention:
            return (*ATTENTION_FACTS, *self.named)
        return tuple(name for name in self.named if name == "authors" or self.index[0] != "by-day")


def has_name(names: Sequence[str] | None, words: str) -> bool:
    """Whether one of the names contains the words, in any case."""
    return any(words.casefold() in name.casefold() for name in names or ())


def page_of(
    target: Target, question: Question, limit: int, after: str | None, page: int = 1
) -> tuple[list[Item], str | None]:
    """Up to `limit` records, newest first, and the mark to go on from; None where there are no more.

    `page` counts from 1, and reads past the pages before it.
    """
    passed = (page - 1) * limit
    found = list(islice(matching_items(target, question, unpack_mark(after)), passed, passed + limit + 1))
    more = len(found) > limit
    return found[:limit], pack_mark(target, question, found[limit - 1]) if more and limit else None


def find_many(target: Target, document_ids: Sequence[str], attributes: Sequence[str]) -> dict[str, Item]:
    """The named attributes of the records that are there, by id, as they stand this moment."""
    return find_items(target, "RecordsTableName", "document_id", document_ids, attributes)


def find_items(
    target: Target, output: str, key: str, wanted_keys: Sequence[str], attributes: Sequence[str]
) -> dict[str, Item]:
    """The named attributes of the items of one table, which an output of the stack names, by the table's key."""
    table, client = target.output(output), target.client("dynamodb")
    names = {f"#{name}": name for name in {*attributes, key}}
    found: dict[str, Item] = {}
    for start in range(0, len(wanted_keys), _BATCH):
        wanted: Any = {
            table: {
                "Keys": [{key: {"S": name}} for name in wanted_keys[start : start + _BATCH]],
                "ConsistentRead": True,
                "ProjectionExpression": ", ".join(names),
                "ExpressionAttributeNames": names,
            }
        }
        while wanted:
            answer = client.batch_get_item(RequestItems=wanted)
            found |= {item[key]: item for item in map(from_item, answer["Responses"].get(table, []))}
            wanted = answer.get("UnprocessedKeys")
    return found


def matching_items(target: Target, question: Question, after: Item | None) -> Iterator[Item]:
    index, attribute, partition = question.index
    for name in [partition] if partition else partitions_of(question, after):
        start = after if after and after.get(attribute) == name else None
        items = query_index(target, index, (attribute, name), start)
        if question.unkept:
            items = with_attributes(target, items, question.unkept)
        yield from (item for item in items if question.admits(item))


def with_attributes(target: Target, items: Iterable[Item], attributes: Sequence[str]) -> Iterator[Item]:
    """The entries of an index with what the index does not keep, in parts of one read each."""
    items = iter(items)
    while part := list(islice(items, _ATTENTION_BATCH)):
        known = find_many(target, [item["document_id"] for item in part], attributes)
        yield from ({**item, **known.get(item["document_id"], {})} for item in part)


def partitions_of(question: Question, after: Item | None) -> list[str]:
    """The partitions of an index that answers by several, in the order of the list; from the mark's one on."""
    if question.attention:
        return parts_in_need(after)
    if question.processed:
        days = question.processed.utc_days
        return [day for day in days if not after or day <= after["processed_on"]]
    return days_back_from(after)


def parts_in_need(after: Item | None) -> list[str]:
    """What was rejected, then what was published in doubt; from the mark's part on."""
    parts = [REJECTED, DOUBTFUL]
    return parts[parts.index(after["attention"]) :] if after and after.get("attention") in parts else parts


def days_back_from(after: Item | None) -> list[str]:
    newest = datetime.fromisoformat(after["processed_on"]).replace(tzinfo=UTC) if after else datetime.now(UTC)
    return [f"{newest - timedelta(days=back):%Y-%m-%d}" for back in range(DAYS_BACK)]


def query_index(target: Target, index: str, partition: tuple[str, str], start: Item | None) -> Iterator[Item]:
    attribute, name = partition
    asked: dict[str, Any] = {
        "TableName": target.output("RecordsTableName"),
        "IndexName": index,
        "KeyConditionExpression": "#partition = :partition",
        "ExpressionAttributeNames": {"#partition": attribute},
        "ExpressionAttributeValues": {":partition": {"S": name}},
        "ScanIndexForward": False,
    }
    if start:
        asked["ExclusiveStartKey"] = {key: to_value(value) for key, value in start.items()}
    pages = target.client("dynamodb").get_paginator("query").paginate(**asked, PaginationConfig=_A_CALL)
    for page in pages:
        yield from map(from_item, page["Items"])


def pack_mark(target: Target, question: Question, last: Item) -> str:
    index, attribute, _ = question.index
    sort = "processed_at" if index in {"by-day", "needs-attention"} else "timeline_at"
    if not {attribute, sort} <= last.keys():
        last = {**last, **find_many(target, [last["document_id"]], [attribute, sort])[last["document_id"]]}
    key = {name: last[name] for name in (attribute, sort, "document_id")}
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def is_day(text: object) -> bool:
    try:
        return bool(date.fromisoformat(str(text)))
    except ValueError:
        return False


def unpack_mark(mark: str | None) -> Item | None:
    if mark is None:
        return None
    try:
        read = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except (binascii.Error, ValueError):
        read = None
    if not isinstance(read, dict) or "document_id" not in read or not is_day(read.get("processed_on", "2025-05-01")):
        raise CliError("That is no mark to go on from.", "Give `--after` what the list before said.")
    return read
