"""`subscribe`, `unsubscribe`, `subscriptions`: who gets which alerts."""

import json
from typing import Annotated, Any

import typer

from infra.cli.command import CommandContext, add
from infra.cli.option_values import checked_wishes
from infra.cli.screen.output import err, out, table, when, words
from infra.cli.trials.digest_subscription import clock_of, subscribe_to_digest, wished_digest
from infra.errors import CliError
from infra.stack.readers import digests
from infra.stack.readers import subscription_filters as filters
from infra.stack.readers.asked_views import ask_for_views, forget_views
from infra.stack.readers.endpoints import named_endpoint, resolve_endpoint
from infra.stack.readers.mutes import muted_views
from infra.stack.readers.subscribers import (
    PENDING,
    filter_before,
    filter_of,
    filters_of_others,
    list_subscriptions,
    put_subscription,
    subscription_attributes,
)
from infra.stack.target import Target
from shared.domain.digests import Digest, Rhythm
from shared.times import iso_utc

MAX_MOST = 100_000  # alerts an hour; by judgement: more than a stack sends, and a number that the table can hold
DAYS_TRIED = 30  # by a dry run, unless asked otherwise; by judgement: a month shows busy days and quiet ones
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
            max=MAX_MOST,
            help="Alerts an hour, for all who asked for the same; the rest comes in one letter after it. 0: no limit. "
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
    digest: Annotated[
        Rhythm | None, typer.Option(help="In one letter a day or an hour, in place of one alert for each story.")
    ] = None,
    at: Annotated[str | None, typer.Option(help="When a daily digest comes. [default: 07:00]")] = None,
    zone: Annotated[
        str | None, typer.Option(help="The time zone of --at, such as Europe/Berlin. [default: UTC]")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Subscribe nobody; show what the last days would have brought.")
    ] = False,
    days: Annotated[
        int | None, typer.Option(min=1, max=366, help="How many days back --dry-run looks. [default: 30]")
    ] = None,
) -> None:
    """Sends alerts to an e-mail address, a web address or a queue.

    Every story once, or those that you ask for, and each correction and withdrawal of what was told. Options of one
    kind add up (any of them); different kinds must all hold. Subscribing again replaces what was asked for, and says
    what that was.

    Example: clipwire subscribe you@example.org --topic disaster
    Example: clipwire subscribe you@example.org --rule korea --name korea
    Example: clipwire subscribe clipwire-inbox-desk --create
    Example: clipwire subscribe you@example.org --topic sport --digest daily
    Example: clipwire subscribe you@example.org --topic sport --dry-run
    """
    clock = clock_of(digest, at, zone)
    if days is not None and not dry_run:
        raise CliError("`--days` is for `--dry-run` alone.", "Add `--dry-run`, or leave out `--days`.")
    if (digest or dry_run) and (every_copy or version_1 or (digest and most is not None)):
        raise CliError("A digest or a dry run has each story once.", "Leave out what asks for single alerts.")
    target = context.target
    who = who if name is None else named_endpoint(who, name)
    checked = checked_wishes(target, site, language, rule)
    if digest or dry_run:
        wished = wished_digest(topic or [], *checked, clock=clock)
        if dry_run:
            try_wishes(context, wished, days or DAYS_TRIED, as_digest=bool(digest), most=most)
        else:
            context.answer(*subscribe_to_digest(target, *resolve_endpoint(target, who, create=create), wished))
        return
    wanted = filters.policy(topic, *checked, every_copy=every_copy or version_1)
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
    context.answer(document, lambda: say_subscribed(target, document, most))


def try_wishes(context: CommandContext, wished: Digest, days: int, *, as_digest: bool, most: int | None) -> None:
    from infra.cli.trials.backtest import show  # noqa: PLC0415  # models and rules, which no other use of this command needs
    from infra.cli.trials.dry_run import dry_run_of  # noqa: PLC0415

    found = dry_run_of(context.target, wished, days, as_digest=as_digest, most=most)
    context.answer(found.document(), lambda: show(found, days))


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
    digests.end_unasked_digests(target)
    context.answer({"unsubscribed": ended}, lambda: err.print(words(f"{who} gets no more alerts.")))


def subscriptions(context: CommandContext) -> None:
    """Lists who gets which alerts.

    Above them it names the views that are muted.

    Example: clipwire subscriptions
    """
    target = context.target
    found = [describe_subscription(target, entry) for entry in list_subscriptions(target)]
    muted = {view: iso_utc(until) for view, until in muted_views(target).items()}
    context.answer({"subscriptions": found, "muted": muted}, lambda: _show(found, muted))


def topic_of_version(target: Target, *, first: bool) -> str:
    """The topic on which alerts are published in version 1, or in today's."""
    if first and "AlertsV1TopicArn" not in target.outputs:
        raise CliError("This stack does not publish version 1.", "Deploy it with `--parameter AlertsInVersion1=true`.")
    return target.output("AlertsV1TopicArn" if first else "AlertsTopicArn")


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


def _show(found: list[dict[str, Any]], muted: dict[str, str]) -> None:
    for view, until in muted.items():
        err.print(words(f"Nobody is alerted of {view} until {when(until)}.", "yellow"))
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


def say_subscribed(target: Target, document: dict[str, Any], most: int | None) -> None:
    err.print(words(f"{document['endpoint']} gets {filters.in_words(document['filter'])}."))
    if most:
        err.print(words(f"Whoever asked for the same gets {most} an hour singly, and the rest in one letter after it."))
    if document["filter_before"] not in (None, document["filter"]):
        err.print(words(f"That replaces {filters.in_words(document['filter_before'])}.", "yellow"))
    if document["protocol"] == "email" and target.is_local:
        err.print("The emulator sends no e-mail, it only logs it: locally, subscribe a queue or a web address.")
    elif document["protocol"] in {"email", "https", "http"}:
        err.print("It has to confirm first: SNS sent it a link to follow. Until then it gets nothing.")
