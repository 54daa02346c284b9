"""Views: what a reader can ask for, and so what is told and counted apart.

A view is everything, a topic or a rule, each with or without a site. Its name stands in tables, in subscriptions'
filters and in alerts: `everything`, `topic:sport`, `rule:ferries`, `topic:sport@The Harrowfield Courier`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from shared.domain.documents import Record
from shared.domain.rules import UNLISTED

ViewKind = Literal["everything", "topic", "rule"]

MAX_SITE_LENGTH = 80  # characters of a site in a view's name; by judgement: names of publishers are shorter

# Bytes of the names of one record's views. They stand twice in an alert (attribute and JSON) and several times in an
# item of what was told; by judgement: 150 rules of ordinary names.
MAX_VIEWS_BYTES = 10_000


@dataclass(frozen=True, slots=True)
class View:
    """A view by its parts: the kind, the topic's slug or the rule's name, and the site or an empty string."""

    kind: ViewKind
    name: str = ""
    site: str = ""

    @property
    def text(self) -> str:
        """The view's name. `parse_view` reads it."""
        subject = f"{self.kind}:{self.name}" if self.name else self.kind
        return f"{subject}@{self.site[:MAX_SITE_LENGTH]}" if self.site else subject


def parse_view(text: str) -> View:
    """The view of a name; raises `ValueError` where it is none. Topics and rules have neither `:` nor `@` in them."""
    subject, _, site = text.partition("@")
    kind, _, name = subject.partition(":")
    if kind not in ("everything", "topic", "rule") or (kind == "everything") != (name == ""):
        raise ValueError(f"no view: {text!r}")
    return View(kind, name, site)  # type: ignore[arg-type]


ANY_RULE = View("rule", UNLISTED)
"""Stands among the views of a record that more rules matched than are kept apart: who asks for a rule asks for this."""


def is_any_rule(view: str) -> bool:
    """Whether this stands for rules that are not kept apart, so that it counts as never told."""
    return view.startswith(ANY_RULE.text)


def views_of(record: Record) -> list[str]:
    """The names of the views that a published record belongs to; `ANY_RULE` where there is no room for every rule."""
    site = record.site or ""
    names = [*with_site(View("everything"), site)]
    for topic in record.topics or []:
        names += with_site(View("topic", topic), site)
    room = MAX_VIEWS_BYTES
    for rule in record.rules or []:
        found = [*with_site(View("rule", rule), site)]
        room -= sum(len(name.encode()) for name in found)
        if room < 0:
            return [*names, *with_site(ANY_RULE, site)]
        names += found
    return [*names, *with_site(ANY_RULE, site)] if record.rules_unlisted else names


def with_site(view: View, site: str) -> Iterator[str]:
    """The view's name, and its name with the site where there is one."""
    yield view.text
    if site:
        yield View(view.kind, view.name, site).text
