"""`feed`: a topic's or a rule's stories for feed readers."""

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from infra.cli.command import CommandContext, add
from infra.cli.option_values import rule_names
from infra.cli.screen.output import err, words
from infra.errors import CliError
from infra.feeds.feed import Feed, feed_of
from infra.feeds.formats import FORMATS, Format
from infra.feeds.stored_records import newest_of
from infra.stack.target import Target
from infra.stack.topics import one_of_the_topics

MAX_ENTRIES = 200  # by judgement: a feed reader keeps what it saw
FOLDER = "feeds/"
NO_FILE_CHARACTER = re.compile(r"[^\w.-]+")


def register(app: typer.Typer) -> None:
    add(app, feed)


def feed(  # noqa: PLR0913  # each is one way to ask
    context: CommandContext,
    *,
    topic: Annotated[str | None, typer.Option(help="Stories whose records have this first topic.")] = None,
    rule: Annotated[str | None, typer.Option(help="Stories that this rule caught.")] = None,
    format_: Annotated[Format, typer.Option("--format", help="Atom, or JSON Feed.")] = "atom",
    out: Annotated[Path | None, typer.Option(help="Write it into this file. [default: standard output]")] = None,
    limit: Annotated[int, typer.Option(min=1, max=MAX_ENTRIES, help="How many stories, the newest first.")] = 50,
    publish: Annotated[
        bool, typer.Option("--publish", help="Put it into the stack's bucket under feeds/; it expires after a day.")
    ] = False,
) -> None:
    """Writes an Atom or JSON feed of a topic or a rule.

    One entry is one story, under an id that stays. Run it again to have it up to date, from cron for example.

    Example: clipwire feed --topic disaster --out disaster.atom
    Example: clipwire feed --rule korea --format json
    Example: clipwire feed --topic sport --publish
    """
    if (topic is None) == (rule is None):
        raise CliError("A feed is of one topic or one rule.", "Give `--topic` or `--rule`.")
    target = context.target
    slug = None if topic is None else one_of_the_topics(topic)
    named = next(iter(rule_names(target, [rule] if rule else [])), None)
    view = f"topic {slug}" if slug else f"rule {named}"
    made = feed_of(target.output("PagesBucketName"), view, newest_of(target, slug, named, limit), limit)
    place = write_feed(target, made, view, format_, out, publish=publish)
    if place:
        answer = {"feed": place, "format": format_, "entries": len(made.entries)}
        context.answer(answer, lambda: err.print(words(f"{len(made.entries)} stories are in {place}.")))


def write_feed(target: Target, made: Feed, view: str, format_: Format, out: Path | None, *, publish: bool) -> str:
    """Writes the feed where it was asked for, and gives the place; empty for standard output."""
    write, media_type = FORMATS[format_]
    text = write(made)
    if publish:
        return put_into_bucket(target, f"{FOLDER}{file_name(view)}.{format_}", text, media_type)
    if out is None:
        sys.stdout.write(text)
        return ""
    out.write_text(text, encoding="utf-8")
    return str(out)


def put_into_bucket(target: Target, key: str, text: str, media_type: str) -> str:
    bucket = target.output("PagesBucketName")
    target.client("s3").put_object(Bucket=bucket, Key=key, Body=text.encode(), ContentType=media_type)
    return f"s3://{bucket}/{key}"


def file_name(view: str) -> str:
    """`rule North Korea` → `rule-North-Korea`"""
    return NO_FILE_CHARACTER.sub("-", view)
