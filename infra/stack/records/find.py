"""From what a person has at hand (an id, a key, a file name, a URL, words of a title) to one record."""

import re
from pathlib import PurePosixPath
from typing import Any

from infra.errors import CliError
from infra.stack.target import Target
from shared.adapters.dynamodb_values import from_item
from shared.domain.documents import document_id

INCOMING = "incoming/"
_ID = re.compile(r"[0-9a-f]{32}")
_PREFIX = re.compile(r"[0-9a-f]{4,31}")
_PART = "contains(source_key, :said) OR contains(title, :said) OR contains(#url, :said)"
MAX_INDEX_PAGES = 100  # of up to 1 MB of the index, by judgement: half a minute
MAX_CANDIDATES = 5  # named where several are meant, by judgement: a screen holds them


def find_record(target: Target, named: str) -> dict[str, Any]:
    """The whole item; raises `CliError` where nothing or more than one thing is meant."""
    if not named.strip():
        raise CliError(
            "Say which document.", "Give an id as `clipwire records` lists it, or a part of a key or a title."
        )
    wanted = named.lower()
    if _ID.fullmatch(wanted) and (found := item_of(target, wanted)):
        return found
    for key in possible_keys(target, named):
        if found := item_of(target, document_id(target.output("PagesBucketName"), key)):
            return found
    if _PREFIX.fullmatch(wanted) and (matches := matching_records(target, "begins_with(document_id, :said)", wanted)):
        return the_only_record(target, named, matches)
    return the_only_record(target, named, matching_records(target, _PART, named.removeprefix("./")))


def possible_keys(target: Target, named: str) -> list[str]:
    """What keys may be meant by a key, an `s3://` address or the path of an uploaded file."""
    key = named.removeprefix(f"s3://{target.output('PagesBucketName')}/")
    return list(dict.fromkeys([key, INCOMING + key.lstrip("./"), INCOMING + PurePosixPath(key).name]))


def item_of(target: Target, name: str) -> dict[str, Any] | None:
    """The record of a document id, if there is one."""
    key = {"document_id": {"S": name}}
    answer = target.client("dynamodb").get_item(
        TableName=target.output("RecordsTableName"), Key=key, ConsistentRead=True
    )
    return from_item(answer["Item"]) if "Item" in answer else None


def matching_records(target: Target, condition: str, said: str) -> dict[str, str]:
    """The key of each record that a condition on `:said` holds for, by id. A scan, since no index sorts by these.

    Where a record has just this address, those that only begin with it are left out.
    """
    asked: dict[str, Any] = {
        "TableName": target.output("RecordsTableName"),
        "IndexName": "by-day",
        "FilterExpression": condition,
        "ProjectionExpression": "document_id, source_key, #url",
        "ExpressionAttributeNames": {"#url": "url"},
        "ExpressionAttributeValues": {":said": {"S": said}},
    }
    found: dict[str, str] = {}
    exact: dict[str, str] = {}
    for number, page in enumerate(target.client("dynamodb").get_paginator("scan").paginate(**asked), 1):
        items = [from_item(item) for item in page["Items"]]
        found |= {item["document_id"]: item["source_key"] for item in items}
        exact |= {item["document_id"]: item["source_key"] for item in items if item.get("url") == said}
        if number == MAX_INDEX_PAGES:
            raise CliError(
                "The table is too large to look for a part of an id, a key or a title.",
                "Give the whole id: `clipwire records --json` has it.",
            )
    return exact or found


def the_only_record(target: Target, named: str, found: dict[str, str]) -> dict[str, Any]:
    """The record that was meant; raises `CliError` where there is none, or more than one."""
    if len(found) > 1:
        candidates = [f"{name[:8]} ({key})" for name, key in sorted(found.items())[:MAX_CANDIDATES]]
        raise CliError(f"{named!r} may mean {len(found)} records.", f"Give more of it: {', '.join(candidates)}.")
    item = item_of(target, next(iter(found))) if found else None
    if item is None:
        raise CliError(
            f"There is no record of {named!r}.",
            "Give an id as `clipwire records` lists it, or a part of a key, a URL or a title.",
        )
    return item
