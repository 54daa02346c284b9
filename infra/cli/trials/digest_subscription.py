"""A subscription to a digest: what is asked for, and how it is said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from infra.cli.screen.output import err, words
from infra.errors import CliError
from infra.stack.readers import digests
from infra.stack.readers.subscribers import filter_before, put_subscription
from infra.stack.target import Target
from infra.stack.topics import one_of_the_topics
from shared.domain.digests import Digest, Rhythm
from shared.domain.views import is_any_rule

DEFAULT_AT = "07:00"
DEFAULT_ZONE = "UTC"
Answer = tuple[dict[str, Any], Callable[[], None]]
"""What a command says to scripts, and what shows it to people."""


@dataclass(frozen=True, slots=True)
class Clock:
    """When a digest comes: the time counts for a daily one alone."""

    rhythm: Rhythm
    at: str
    zone: str


def clock_of(rhythm: Rhythm | None, at: str | None, zone: str | None) -> Clock:
    """When letters come; raises `CliError` for a time or zone where no daily digest was asked for."""
    if rhythm != "daily" and (at is not None or zone is not None):
        raise CliError("`--at` and `--zone` say when a daily digest comes.", "Add `--digest daily`, or leave them out.")
    return Clock(rhythm or "daily", DEFAULT_AT if at is None else at, DEFAULT_ZONE if zone is None else zone)


def wished_digest(
    topics: Sequence[str], sites: Sequence[str], languages: Sequence[str], rules: Sequence[str], *, clock: Clock
) -> Digest:
    """The digest of these wishes; raises `CliError` for what there is not."""
    slugs = [one_of_the_topics(word) for word in topics]
    views = digests.views_asked_for(slugs, rules, sites)
    return digests.digest_of(views, list(languages), clock.rhythm, clock.at, clock.zone)


def subscribe_to_digest(target: Target, protocol: str, endpoint: str, digest: Digest) -> Answer:
    """Notes the digest first, so that what is told from now on waits for it; then who gets it."""
    wanted, topic_arn = {"digest": [digest.name]}, target.output(digests.TOPIC)
    before = filter_before(target, protocol, endpoint, topic_arn)
    digests.begin_digest(target, digest)
    arn = put_subscription(target, protocol, endpoint, wanted, topic_arn)
    digests.end_unasked_digests(target, kept=digest.name)
    who = {"subscription": arn, "protocol": protocol, "endpoint": endpoint}
    document = {**who, "filter": wanted, "filter_before": before, "digest": digest.model_dump()}
    return document, lambda: say_subscribed(document)


def say_subscribed(document: dict[str, Any]) -> None:
    err.print(words(f"{document['endpoint']} gets one letter for each {in_words(document['digest'])}."))
    if document["filter_before"] not in (None, document["filter"]):
        err.print(words("That replaces the digest that it got until now.", "yellow"))
    if document["protocol"] != "sqs":
        err.print("It has to confirm first: SNS sent it a link to follow. Until then it gets nothing.")


def in_words(digest: dict[str, Any]) -> str:
    """`day at 07:00 Europe/Berlin with news of topic:sport`."""
    when = "hour" if digest["rhythm"] == "hourly" else f"day at {digest['at']} {digest['zone']}"
    language = f" in {' or '.join(digest['languages'])}" if digest["languages"] else ""
    views = [view for view in digest["views"] if not is_any_rule(view)]
    return f"{when} with news of {' or '.join(views)}{language}"
