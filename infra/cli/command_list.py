"""Every command in its group, with the sentence that `clipwire --help` shows.

The help is made from this list alone, so that it imports no command. A test holds each sentence against the first one
of the command's own help, and to one line of a terminal of 80 columns.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple


class CommandEntry(NamedTuple):
    """`module` is a module of `infra.cli.commands`."""

    name: str
    module: str
    about: str


GROUPS: Mapping[str, tuple[CommandEntry, ...]] = {
    "Pages": (
        CommandEntry("upload", "upload", "Uploads saved web pages."),
        CommandEntry("invite", "invite", "Signs an upload form for somebody without an account."),
        CommandEntry("explain", "explain", "Shows each field of a page or record, and where it is from."),
    ),
    "Records": (
        CommandEntry("records", "records", "Lists documents, newest first."),
        CommandEntry("show", "show", "Shows all that is known of one document."),
        CommandEntry("story", "story", "Shows the documents of one story, and who was told."),
        CommandEntry("search", "search", "Searches the texts of all records, newest first."),
        CommandEntry("stats", "stats", "Counts records by topic, site, day and so on."),
        CommandEntry("ask", "ask", "Answers a saved question by SQL over all records."),
        CommandEntry("feed", "feed", "Writes an Atom or JSON feed of a topic or a rule."),
        CommandEntry("desk", "desk", "Shows the desk in a browser: search, lists, records, counts."),
    ),
    "Alerts": (
        CommandEntry("subscribe", "subscriptions", "Sends alerts to an e-mail address, a web address or a queue."),
        CommandEntry("unsubscribe", "subscriptions", "Ends a subscription."),
        CommandEntry("subscriptions", "subscriptions", "Lists who gets which alerts."),
        CommandEntry("mute", "mute", "Alerts nobody of a view for a while."),
        CommandEntry("alerts", "alerts", "Shows alerts as they are sent, until Ctrl-C."),
    ),
    "Rules": (CommandEntry("rules", "rules", "Keeps what your team watches for: named queries."),),
    "Stack": (
        CommandEntry("up", "stack", "Starts the local stack."),
        CommandEntry("down", "stack", "Stops the local stack; what it holds is kept."),
        CommandEntry("demo", "demo", "Shows sample pages on their way to records and alerts."),
        CommandEntry("deploy", "deploy", "Deploys the stack into your AWS account."),
        CommandEntry("remove", "remove", "Removes the stack from your AWS account."),
    ),
    "Operation": (
        CommandEntry("status", "stack", "Shows what is deployed, what waits and which alarms ring."),
        CommandEntry("check", "check", "Looks at every part of a stack, and names what mends it."),
        CommandEntry("smoke", "check", "Sends one page through the stack, and times every stage."),
        CommandEntry("schema", "schema", "Shows the JSON Schema of a command's answer."),
        CommandEntry("failures", "failures", "Groups what is parked by what went wrong."),
        CommandEntry("redrive", "failures", "Sends parked messages back to their stage."),
        CommandEntry("reconcile", "reconcile", "Compares bucket and records, and sends again what was lost."),
        CommandEntry("reprocess", "reprocess", "Runs documents again by today's code; alerts nobody."),
    ),
}  # fmt: skip


def entries() -> Iterator[tuple[str, CommandEntry]]:
    """Each command with the name of its group, in the order of the help."""
    return ((group, entry) for group, found in GROUPS.items() for entry in found)
