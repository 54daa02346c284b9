"""Where alerts go: an e-mail address, a web address or a queue, from what a person typed.

SNS keeps one subscription for each endpoint of a topic, so that a second one of an address needs another endpoint.
"""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from infra.errors import CliError
from infra.stack.readers import queues
from infra.stack.target import Target

_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;.]+(\.[^@\s<>,;.]+)+")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_PARAMETER = "subscription"


def named_endpoint(who: str, name: str) -> str:
    """The endpoint of this name: `you+night@example.org`, or a web address with `?subscription=night`.

    Most mail servers deliver the first to `you@example.org`. Raises `CliError` for a queue, which needs no second
    subscription since queues are made by name, and for a name that is none.
    """
    if not _NAME.fullmatch(name):
        raise CliError(
            f"{name!r} is no name for a subscription.", "Use up to 32 small letters, digits and hyphens, such as night."
        )
    if who.startswith(("https://", "http://")):
        parts = urlsplit(who)
        query = [pair for pair in parse_qsl(parts.query) if pair[0] != _PARAMETER]
        return parts._replace(query=urlencode([*query, (_PARAMETER, name)])).geturl()
    if "@" in who:
        local, _, domain = who.rpartition("@")
        return f"{local.partition('+')[0]}+{name}@{domain}"
    raise CliError("A queue has one subscription.", "Make a queue for each: `--create` with another queue's name.")


def resolve_endpoint(target: Target, who: str, *, create: bool) -> tuple[str, str]:
    if not who.strip():
        raise CliError("Say who gets the alerts.", "Name an address or a queue: `clipwire subscribe you@example.org`.")
    if who.startswith("https://") and urlsplit(who).hostname and not is_queue_address(target, who):
        return "https", who
    if who.startswith("http://") and not is_queue_address(target, who):
        if target.is_local and urlsplit(who).hostname in {"127.0.0.1", "localhost"}:
            return "http", who
        raise CliError("Alerts go to web addresses by HTTPS only.", "Give an address that starts with https://.")
    if "@" in who:
        return "email", checked_email(who)
    if create:
        queues.create(target, who.rpartition(":")[2])
    address = queues.address_of(target, who)
    queues.open_to_alerts(target, address)
    return "sqs", queues.arn_of(target, address)


def checked_email(who: str) -> str:
    """An address with a name and a domain; whether anybody reads there is for SNS's confirmation to show."""
    if not _EMAIL.fullmatch(who):
        raise CliError(f"{who!r} is no e-mail address.", "Give one such as you@example.org.")
    return who


def is_queue_address(target: Target, who: str) -> bool:
    """An SQS address has the service's own host (the emulator's, locally) and `/account/name` as its path."""
    parts, own = urlsplit(who), urlsplit(target.output("PagesQueueUrl"))
    account = own.path.split("/")[1]
    on_service = parts.hostname == own.hostname or (target.is_local and parts.port == own.port)
    return on_service and parts.path.startswith(f"/{account}/")
