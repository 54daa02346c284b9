"""The parts that all views are made of. htpy escapes every text; what is not in this room's own words is a text."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import htpy as h
from markupsafe import Markup

from functions.desk.request import DeskRequest

STYLE = (Path(__file__).parent / "desk.css").read_text(encoding="utf-8")
DAY_LENGTH = len("2025-05-01")
SHOWN_DAY_LENGTH = len("01 May 2025")
MAX_ADDRESS_LENGTH = 2_048  # characters: what browsers commonly take

# JSON that is read the same from the text of an element and from its markup.
ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "'": "\\u0027"})


@dataclass(frozen=True, slots=True)
class Frame:
    """What every part of a view needs: the function that clicks call, and what was asked."""

    endpoint: str
    asked: DeskRequest

    def action(self, label: h.Node, *, style: str = "link", hint: str = "", **params: object) -> h.Fragment:
        """A button, and the element behind it that tells the dashboard what to call when it is clicked."""
        button = h.button(class_=f"cw-{style}", type="button", title=hint or None)[label]
        call = h.cwdb_action(action="call", display="widget", endpoint=self.endpoint)
        return h.fragment[button, call[parameters(params)]]

    def time(self, iso: str | None) -> h.Node:
        """A moment in the dashboard's zone; a day or a wall clock without a zone as it stands."""
        return h.time(datetime=iso)[shown_time(iso, self.asked)] if iso else None

    def day(self, iso: str | None) -> h.Node:
        return h.time(datetime=iso)[shown_time(iso, self.asked)[:SHOWN_DAY_LENGTH]] if iso else None


def parameters(params: dict[str, object]) -> Markup:
    """Parameters of a call, without what is empty."""
    said = json.dumps({name: value for name, value in params.items() if value})
    return Markup(said.translate(ESCAPES))  # noqa: S704  # no character of markup is left in it


def shown_time(iso: str, asked: DeskRequest) -> str:
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    if len(iso) <= DAY_LENGTH:
        return f"{moment:%d %b %Y}"
    local = moment.astimezone(asked.zone) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return f"{local:%d %b %Y %H:%M}"


def outer_link(address: str | None, label: h.Node) -> h.Node:
    """A link to a page outside; nothing where its address is no http(s) address."""
    if not address or not is_web_address(address):
        return None
    return h.a(href=address, target="_blank", rel="noopener noreferrer nofollow")[label]


def is_web_address(address: str) -> bool:
    """`https://example.org/a` → True; `javascript:alert(1)`, `//example.org` → False."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and len(address) <= MAX_ADDRESS_LENGTH


def separated(parts: Iterable[h.Node]) -> Iterator[h.Node]:
    """The parts that are there, with dots between them."""
    shown = [part for part in parts if part]
    for number, part in enumerate(shown):
        yield [h.span(class_="cw-dot", aria_hidden="true")[" · "] if number else None, part]


def facts(pairs: Iterable[tuple[str, h.Node]]) -> h.Node:
    """A list of names and values, without those that are empty."""
    return h.dl(class_="cw-facts")[[h.div[h.dt[name], h.dd[value]] for name, value in pairs if value]]


def notice(*said: h.Node) -> h.Node:
    return h.p(class_="cw-notice", role="status")[said]
