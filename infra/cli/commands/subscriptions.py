"""`subscribe`, `unsubscribe`, `subscriptions`: who gets which alerts."""

import json
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from infra.cli.command import CommandContext, add
from infra.cli.option_values import checked_wishes
from infra.cli.output import err, out, table, words
from infra.errors import CliError
from infra.stack import subscription_filters as filters
from infra.stack.asked_views import ask_for_views, forget_views
from infra.stack.endpoints import named_endpoint, resolve_endpoint
from infra.stack.subscribers import PENDING, list_subscriptions, redrive_policy, subscription_attributes
from infra.stack.target import Target

_WHO = "An e-mail address, an https:// address, or the name, ARN or address of an SQS queue."


_Name = Annotated[
    str | None,
    typer.Option(
        help="One of several subscriptions of an address: mail goes to you+NAME@…, most servers deliver that."
    ),
]


def register(app: typer.Typer) -> None:
    add(app, subscribe)
    add(app, unsubscribe)
    add(app, subscriptions)


def subscribe(  # noqa: PLR0913  # each is one wish of a subscriber
    context: CommandContext,
    who: Annotated[str, typer.Argument(help=_WHO)],
    *,
    topic: filters.Topics = None,
    site: filters.Sites = None,
    language: filters.Languages = None,
    rule: filters.Rules = None,
    every_copy: filters.EveryCopy = False,
    most: Annotated[
        int | None,
        typer.Option(
            min=0,
            help="Alerts an hour, for all who asked for the same; the rest waits for the digest. 0: no limit. "
            "Otherwise the stack's MostAlertsAnHour holds.",
        ),
    ] = None,
    name: _Name = None,
    version_1: Annotated[
        bool,
        typer.Option("--version-1", help="JSON of version 1, every copy. The stack needs AlertsInVersion1=true."),
    ] = False,
    create: Annotated[
        bool,
        typer.Option("--create", help="Make the SQS queue if it is not there. Operators may make STACK-inbox-NAME."),
    ] = False,
) -> None:
    """Sends alerts to an e-mail address, a web address or a queue.

    Every story once, or those that you ask for, and each correction and withdrawal of what was told. Options of one
    kind add up (any of them); different kinds must all hold. Subscribing again replaces what was asked for, and says
    what that was.

    Example: clipwire subscribe you@example.org --topic disaster
    Example: clipwire subscribe you@example.org --rule korea --name korea
    Example: clipwire subscribe clipwire-inbox-desk --create
    """
    target = context.target
    who = who if name is None else named_endpoint(who, name)
    wanted = filters.policy(topic, *checked_wishes(target, site, language, rule), every_copy=every_copy or version_1)
    topic_arn = topic_of_version(target, first=version_1)
    if most is not None and not filters.asked_views(wanted):
        raise CliError("Every copy comes without a limit.", "Leave out `--most`, or `--every-copy`.")
    protocol, endpoint = resolve_endpoint(target, who, create=create)
    before = filter_before(target, protocol, endpoint, topic_arn)
    ask_for_views(target, filters.asked_views(wanted), most)
    arn = put_subscription(target, protocol, endpoint, wanted, topic_arn)
    forget_views(target, filters.asked_views(before or {}), filters_of_others(target, endpoint, wanted))
    document = {
        "subscription": arn, "protocol": protocol, "endpoint": endpoint, "filter": wanted, "filter_before": before,
    }  # fmt: skip
    context.answer(document, lambda: say_subscribed(target, document))


def unsubscribe(
    context: CommandContext,
    who: Annotated[str, typer.Argument(help=f"{_WHO} Or the subscription's ARN.")],
    *,
    name: _Name = None,
) -> None:
    """Ends a subscription.

    Example: clipwire unsubscribe clipwire-inbox-desk
    """
    target = context.target
    who = who if name is None else named_endpoint(who, name)
    found = [
        entry
        for entry in list_subscriptions(target)
        if who in (entry["Endpoint"], entry["SubscriptionArn"], entry["Endpoint"].rpartition(":")[2])
    ]
    if not found:
        raise CliError(f"{who} has no subscription here.", "`clipwire subscriptions` lists them.")
    pending = [entry for entry in found if entry["SubscriptionArn"] == PENDING]
    if len(pending) == len(found):
        raise CliError(
            f"{who} has not confirmed yet, and SNS ends only confirmed subscriptions.",
            "It goes by itself within three days.",
        )
    ended = [entry["SubscriptionArn"] for entry in found if entry not in pending]
    asked = [view for arn in ended for view in filters.asked_views(filter_of(target, arn))]
    for arn in ended:
        target.client("sns").unsubscribe(SubscriptionArn=arn)
    forget_views(target, asked, filters_of_others(target, who, {}) if asked else ())
    context.answer({"unsubscribed": ended}, lambda: err.print(words(f"{who} gets no more alerts.")))


def subscriptions(context: CommandContext) -> None:
    """Lists who gets which alerts.

    Example: clipwire subscriptions
    """
    target = context.target
    found = [describe_subscription(target, entry) for entry in list_subscriptions(target)]
    context.answer({"subscriptions": found}, lambda: _show(found))


def topic_of_version(target: Target, *, first: bool) -> str:
    """The topic on which alerts are published in version 1, or in today's."""
    if first and "AlertsV1TopicArn" not in target.outputs:
        raise CliError("This stack does not publish version 1.", "Deploy it with `--parameter AlertsInVersion1=true`.")
    return target.output("AlertsV1TopicArn" if first else "AlertsTopicArn")


def put_subscription(target: Target, protocol: str, endpoint: str, wanted: filters.Policy, topic_arn: str) -> str:
    """Makes the subscription, or gives the one that is there the new filter."""
    client = target.client("sns")
    attributes = {**filters.attributes(wanted), "RedrivePolicy": redrive_policy(target)}
    there = existing_subscription(target, protocol, endpoint, topic_arn)
    if there is None or there["SubscriptionArn"] == PENDING:
        answer = client.subscribe(
            TopicArn=topic_arn,
            Protocol=protocol,
            Endpoint=endpoint,
            Attributes=attributes,
            ReturnSubscriptionArn=True,
        )
        return str(answer["SubscriptionArn"])
    arn = str(there["SubscriptionArn"])
    for name, value in attributes.items():
        client.set_subscription_attributes(SubscriptionArn=arn, AttributeName=name, AttributeValue=value)
    return arn


def existing_subscription(target: Target, protocol: str, endpoint: str, topic_arn: str) -> dict[str, Any] | None:
    """The subscription of an endpoint as SNS lists it: SNS keeps one for each endpoint of a topic."""
    wanted = {"Protocol": protocol, "Endpoint": endpoint, "TopicArn": topic_arn}
    return next((entry for entry in list_subscriptions(target) if wanted.items() <= entry.items()), None)


def filter_before(target: Target, protocol: str, endpoint: str, topic_arn: str) -> dict[str, Any] | None:
    """What the endpoint was subscribed to until now; None where it was not, or has not confirmed."""
    there = existing_subscription(target, protocol, endpoint, topic_arn)
    if there is None or there["SubscriptionArn"] == PENDING:
        return None
    written = subscription_attributes(target, there["SubscriptionArn"]).get("FilterPolicy")
    return dict(json.loads(written)) if written else {}


def filter_of(target: Target, arn: str) -> dict[str, Any]:
    return dict(json.loads(subscription_attributes(target, arn).get("FilterPolicy") or "{}"))


def filters_of_others(target: Target, endpoint: str, own: filters.Policy) -> Iterator[filters.Policy]:
    """What is asked for after a change: by this endpoint, and by every other that has confirmed."""
    yield own
    for entry in list_subscriptions(target):
        if entry["SubscriptionArn"] != PENDING and entry["Endpoint"] != endpoint:
            yield filter_of(target, entry["SubscriptionArn"])


def describe_subscription(target: Target, entry: dict[str, Any]) -> dict[str, Any]:
    found = {
        "subscription": entry["SubscriptionArn"],
        "protocol": entry["Protocol"],
        "endpoint": entry["Endpoint"],
        "filter": {},
        "confirmed": False,
    }
    if entry["SubscriptionArn"] == PENDING:
        return found
    read = subscription_attributes(target, entry["SubscriptionArn"])
    if not read:
        return found  # ended since it was listed
    return {
        **found,
        "filter": json.loads(read.get("FilterPolicy") or "{}"),
        "confirmed": read.get("PendingConfirmation") != "true",
    }


def _show(found: list[dict[str, Any]]) -> None:
    if not found:
        err.print(
            "Nobody is subscribed. `clipwire subscribe you@example.org --topic conflict` subscribes you.", markup=False
        )
        return
    rows = (
        (e["protocol"], e["endpoint"], filters.in_words(e["filter"]), "yes" if e["confirmed"] else "waiting")
        for e in found
    )
    out.print(table("", ("by", "endpoint", "gets", "confirmed"), rows))


def say_subscribed(target: Target, document: dict[str, Any]) -> None:
    err.print(words(f"{document['endpoint']} gets {filters.in_words(document['filter'])}."))
    if document["filter_before"] not in (None, document["filter"]):
        err.print(words(f"That replaces {filters.in_words(document['filter_before'])}.", "yellow"))
    if document["protocol"] == "email" and target.is_local:
        err.print("The emulator sends no e-mail, it only logs it: locally, subscribe a queue or a web address.")
    elif document["protocol"] in {"email", "https", "http"}:
        err.print("It has to confirm first: SNS sent it a link to follow. Until then it gets nothing.")
