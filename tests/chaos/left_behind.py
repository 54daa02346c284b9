"""What a storm leaves behind that no record accounts for: texts, parked articles, rows of rules, claims of alerts."""

from collections.abc import Mapping
from typing import Any

from shared.adapters.dynamodb_told import told_of
from shared.adapters.dynamodb_values import from_item
from shared.adapters.s3_pages import KEPT, PARKED

Records = Mapping[str, Mapping[str, Any]]


def left_behind(
    clients: Any, outputs: Mapping[str, str], records: Records, rules: frozenset[str] | set[str]
) -> list[str]:
    """A line for each thing that contradicts the records; `clients` gives a client by its service."""
    published = {name: record for name, record in records.items() if record["outcome"] == "published"}
    texts = set(addresses(clients("s3"), outputs["PagesBucketName"], KEPT))
    pointed = {record["text_location"] for record in published.values() if "text_location" in record}
    parked = addresses(clients("s3"), outputs["PagesBucketName"], PARKED)
    due = {(rule, name) for name, record in published.items() for rule in record.get("rules", []) if rule in rules}
    rows = listed(clients("dynamodb"), outputs["MatchesTableName"])
    facts = {
        "a text that no record names": texts - pointed,
        "a record whose text is missing": pointed - texts,
        "a parked article": set(parked),
        "a row that no record has": rows - due,
        "a record that is not listed": due - rows,
        "an alert that is perhaps sent": perhaps_told(clients("dynamodb"), outputs["ToldTableName"]) & published.keys(),
    }
    return [f"{fact}: {found}" for fact, all_found in facts.items() for found in sorted(all_found)]


def addresses(s3: Any, bucket: str, prefix: str) -> list[str]:
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=f"{prefix}/")
    return [f"s3://{bucket}/{item['Key']}" for page in pages for item in page.get("Contents", [])]


def listed(dynamodb: Any, table: str) -> set[tuple[str, str]]:
    """Rule and document of every row but the manifests, whose rule begins with `#`."""
    rows = (item for item in items(dynamodb, table) if not item["rule"].startswith("#"))
    return {(item["rule"], item["document_id"]) for item in rows}


def perhaps_told(dynamodb: Any, table: str) -> set[str]:
    told = [told_of(item) for item in items(dynamodb, table)]
    return {name for story in told for name, document in story.documents.items() if document.claim}


def items(dynamodb: Any, table: str) -> list[dict[str, Any]]:
    pages = dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
    return [from_item(item) for page in pages for item in page["Items"]]
