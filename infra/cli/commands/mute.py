"""`mute`: no alerts of a view for a while."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from infra.cli.command import CommandContext, add
from infra.cli.option_values import rule_names, site_names
from infra.cli.screen.output import err, when, words
from infra.errors import CliError
from infra.stack.readers.mutes import mute_view, view_named
from infra.stack.target import Target
from shared.domain.views import View

_SPAN = re.compile(r"(\d{1,4})([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def register(app: typer.Typer) -> None:
    add(app, mute)


def mute(
    context: CommandContext,
    view: Annotated[
        str, typer.Argument(help="everything, topic:sport or rule:NAME. Each also of one site: topic:sport@SITE.")
    ],
    *,
    until: Annotated[
        str | None,
        typer.Option(help="30m, 8h, 3d, or a day or time of this machine's zone: 2026-12-01, 2026-12-01T07:00."),
    ] = None,
    off: Annotated[bool, typer.Option("--off", help="Alert of it again from now on.")] = False,
) -> None:
    """Alerts nobody of a view for a while.

    What comes meanwhile is neither sent later nor put into a digest, and does not count as told: a later copy of the
    story is told as usual. Readers of every copy still get theirs. A change takes effect within a minute.

    Example: clipwire mute topic:sport --until 8h
    Example: clipwire mute topic:sport --off
    """
    if (until is None) == (not off):
        raise CliError("Give either `--until` or `--off`.", "`clipwire mute topic:sport --until 8h` mutes it.")
    named = with_known_site(context.target, view_named(view))
    if named.kind == "rule" and not off:
        rule_names(context.target, [named.name])
    end = None if until is None else moment_of(until, datetime.now(UTC))
    mute_view(context.target, named, end.timestamp() if end else None)
    iso = end.isoformat(timespec="seconds") if end else None
    said = f"Nobody is alerted of {named.text} until {when(iso)}." if iso else f"{named.text} is alerted of again."
    context.answer({"view": named.text, "muted_until": iso}, lambda: err.print(words(said)))


def with_known_site(target: Target, view: View) -> View:
    """The view with its site as records spell it; warns of a site that no record has."""
    return View(view.kind, view.name, site_names(target, [view.site])[0]) if view.site else view


def moment_of(typed: str, now: datetime) -> datetime:
    """The moment, later than `now`, that a span or a time of this machine's zone names; raises `CliError`."""
    span = _SPAN.fullmatch(typed)
    try:
        moment = now + timedelta(**{_UNITS[span[2]]: int(span[1])}) if span else datetime.fromisoformat(typed)
        zoned = moment.astimezone()  # the first and last days there are have no moment in some zones
    except (ValueError, OverflowError):
        raise CliError(f"{typed!r} is no time.", "Write 30m, 8h, 3d, 2026-12-01 or 2026-12-01T07:00.") from None
    if zoned <= now:
        raise CliError(f"{typed} is over.", "Name a time that is still to come.")
    return zoned
