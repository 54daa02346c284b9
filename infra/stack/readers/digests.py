"""Digests that people asked for: noted in the views table, and delivered on a topic of their own."""

import json
import time
from collections.abc import Sequence

from infra.errors import CliError
from infra.stack.readers.subscribers import PENDING, list_subscriptions, subscription_attributes
from infra.stack.readers.subscription_filters import view_names
from infra.stack.target import Target
from shared.adapters.dynamodb_digests import DynamoDbDigests
from shared.domain.digests import Digest, Rhythm, name_of_digest
from shared.domain.views import is_any_rule
from shared.times import iso_utc

TOPIC = "DigestsTopicArn"
MAX_VIEWS = 100  # of one digest; by judgement: notify writes one row for a digest, however many of its views it tells


def digest_store(target: Target) -> DynamoDbDigests:
    return DynamoDbDigests(target.client("dynamodb"), target.output("ViewsTableName"))


def views_asked_for(topics: Sequence[str], rules: Sequence[str], sites: Sequence[str]) -> list[str]:
    """Each topic and each rule, or everything, of each site. Raises `CliError` for more than a digest has."""
    found = view_names(topics, sites or [""], rules)
    if len(found) > MAX_VIEWS:
        raise CliError(f"That are {len(found)} views, and a digest has up to {MAX_VIEWS}.", "Ask for less.")
    return found


def digest_of(views: list[str], languages: list[str], rhythm: Rhythm, at: str, zone: str) -> Digest:
    """What is asked for; raises `CliError` for a time or zone that there is not."""
    try:
        return Digest(
            name=name_of_digest([view for view in views if not is_any_rule(view)], languages, rhythm, at, zone),
            views=views,
            languages=languages,
            rhythm=rhythm,
            at=at,
            zone=zone,
            begun_at=iso_utc(time.time()),
        )
    except ValueError:
        raise CliError(
            f"{at} {zone} is no time of day in a zone.", "Give them as `--at 07:00 --zone Europe/Berlin`."
        ) from None


def begin_digest(target: Target, digest: Digest) -> None:
    """Notes the digest, unless somebody asked for the same before: its window has begun then."""
    store = digest_store(target)
    known = {other.name: other for other in store.digests()}
    store.save(known.get(digest.name, digest))


def end_unasked_digests(target: Target, kept: str = "") -> list[str]:
    """Ends the digests that no subscription asks for any more, but for `kept`.

    A subscription that is not confirmed yet, or has no filter, may ask for any; then none is ended.
    """
    asked = [digests_of(target, entry["SubscriptionArn"]) for entry in list_subscriptions(target, TOPIC)]
    if None in asked:
        return []
    store, named = digest_store(target), {kept, *(name for names in asked for name in names or ())}
    ended = [digest for digest in store.digests() if digest.name not in named]
    for digest in ended:
        store.drop(digest)
    return [digest.name for digest in ended]


def digests_of(target: Target, arn: str) -> list[str] | None:
    """The names of the digests that a subscription asks for; None where it may ask for any."""
    if arn == PENDING:
        return None
    read = subscription_attributes(target, arn)
    if not read:
        return []  # it ended since it was listed
    named = json.loads(read.get("FilterPolicy") or "{}").get("digest")
    return None if named is None else list(named)
