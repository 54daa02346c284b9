"""From what a person has at hand (an id, its first letters, a key, a file name) to one record."""

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
_PAGES_LOOKED_THROUGH = 100  # of up to 1 MB of the index, by judgement: half a minute


def find_record(target: Target, named: str) -> dict[str, Any]:
    """The whole item; raises `CliError` where nothing or more than one thing is meant."""
    wanted = named.lower()
    if _ID.fullmatch(wanted) and (found := _item(target, wanted)):
        return found
    for key in _keys(target, named):
        if found := _item(target, document_id(target.output("PagesBucketName"), key)):
            return found
    if _PREFIX.fullmatch(wanted):
        return _by_prefix(target, wanted)
    raise CliError(
        f"There is no record of {named!r}.",
        "Give an id as `clipwire records` lists it, or a key such as incoming/folder/page.html.",
    )


def _keys(target: Target, named: str) -> list[str]:
    """What keys may be meant by a key, an `s3://` address or the path of an uploaded file."""
    key = named.removeprefix(f"s3://{target.output('PagesBucketName')}/")
    return list(dict.fromkeys([key, INCOMING + key.lstrip("./"), INCOMING + PurePosixPath(key).name]))


def _item(target: Target, name: str) -> dict[str, Any] | None:
    key = {"document_id": {"S": name}}
    answer = target.client("dynamodb").get_item(
        TableName=target.output("RecordsTableName"), Key=key, ConsistentRead=True
    )
    return from_item(answer["Item"]) if "Item" in answer else None


def _by_prefix(target: Target, prefix: str) -> dict[str, Any]:
    """A scan, since no index sorts by id; it gives up past so many pages of the table."""
    asked = {
        "TableName": target.output("RecordsTableName"),
        "IndexName": "by-day",
        "FilterExpression": "begins_with(document_id, :prefix)",
        "ProjectionExpression": "document_id",
        "ExpressionAttributeValues": {":prefix": {"S": prefix}},
    }
    found: set[str] = set()
    for number, page in enumerate(target.client("dynamodb").get_paginator("scan").paginate(**asked), 1):
        found |= {item["document_id"]["S"] for item in page["Items"]}
        if number == _PAGES_LOOKED_THROUGH:
            raise CliError(
                "The table is too large to look for the start of an id.",
                "Give the whole id: `clipwire records --json` has it.",
            )
    if len(found) > 1:
        raise CliError(f"{len(found)} ids start with {prefix}.", f"Give more of it: {', '.join(sorted(found)[:5])}.")
    item = _item(target, found.pop()) if found else None
    if item is None:
        raise CliError(f"No record's id starts with {prefix}.", "`clipwire records` lists the newest.")
    return item
