"""What a click or form in the widget asks for, as CloudWatch hands it to the function.

Everything in it may be forged: what is not understood is left out, so that no caller can ask for more than the views.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Literal, Self, get_args

from shared.domain.clean_text import clean_line
from shared.domain.documents import Frozen
from shared.domain.rules import name_problem
from shared.domain.topics import TOPIC_SLUGS

View = Literal["newest", "topic", "site", "rules", "rule", "story", "search", "record", "attention", "counts"]
VIEWS: tuple[View, ...] = get_args(View)
Mark = Mapping[str, str]

MAX_TEXT_LENGTH = 2_000  # characters of one value: the longest query that a rule may have (decision 0006)
MAX_MARK_ATTRIBUTES = 5  # an index key has three
MAX_OFFSET_MINUTES = 14 * 60  # the easternmost zone of the world
MAX_NUMBER = 4e12  # milliseconds since 1970: the year 2096
NARROW = 560  # pixels: half of a dashboard on a laptop, by judgement
DEFAULT_WIDTH = 800  # pixels, where the caller does not say
DOCUMENT_ID = re.compile(r"[0-9a-f]{32}")


class DeskRequest(Frozen):
    """One call. `after` is the mark that the list before ended with, as keys of its index.

    Empty strings where nothing is asked; `days` is the dashboard's time range, both ends included.
    """

    view: View = "newest"
    topic: str = ""
    site: str = ""
    rule: str = ""
    query: str = ""
    document_id: str = ""
    story_id: str = ""
    part: str = ""
    after: Mark | None = None
    theme: Literal["light", "dark"] = "light"
    width: int = DEFAULT_WIDTH
    offset_minutes: int = 0
    days: tuple[str, str] | None = None

    @classmethod
    def of(cls, event: Mapping[str, Any]) -> Self:
        """The request of a widget's event. Its forms count only where the click sends a form."""
        context = mapping(event.get("widgetContext"))
        forms = mapping(mapping(context.get("forms")).get("all")) if event.get("form") is True else {}
        said = {**forms, **event}
        view, topic, document_id = text(said, "view"), text(said, "topic"), text(said, "document_id")
        rule, story_id = text(said, "rule"), text(said, "story_id")
        return cls(
            view=next((known for known in VIEWS if known == view), "newest"),
            topic=topic if topic in TOPIC_SLUGS else "",
            document_id=document_id if DOCUMENT_ID.fullmatch(document_id) else "",
            story_id=story_id if DOCUMENT_ID.fullmatch(story_id) else "",
            rule="" if name_problem(rule) else rule,
            **{name: text(said, name) for name in ("site", "query", "part")},
            after=mark_of(said.get("after")),
            theme="dark" if context.get("theme") == "dark" else "light",
            width=whole_number(context.get("width")) or DEFAULT_WIDTH,
            offset_minutes=offset_of(mapping(context.get("timezone"))),
            days=days_of(mapping(context.get("timeRange"))),
        )

    @property
    def is_narrow(self) -> bool:
        return self.width < NARROW

    @property
    def zone(self) -> timezone:
        """The zone that the dashboard shows times in."""
        return timezone(timedelta(minutes=self.offset_minutes))


def mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    return clean_line(value[:MAX_TEXT_LENGTH]) if isinstance(value, str) else ""


def whole_number(value: object) -> int:
    return int(value) if isinstance(value, int | float) and abs(value) < MAX_NUMBER else 0


def mark_of(value: object) -> Mark | None:
    """An index key of a few short texts; the adapter compares its names with the index's."""
    if not isinstance(value, Mapping) or not 0 < len(value) <= MAX_MARK_ATTRIBUTES:
        return None
    pairs = {str(name): item for name, item in value.items() if isinstance(item, str) and len(item) <= MAX_TEXT_LENGTH}
    return pairs if len(pairs) == len(value) else None


def offset_of(zone: Mapping[str, Any]) -> int:
    minutes = whole_number(zone.get("offsetInMinutes"))
    return minutes if abs(minutes) <= MAX_OFFSET_MINUTES else 0


def days_of(time_range: Mapping[str, Any]) -> tuple[str, str] | None:
    """`{"start": 1764000000000, "end": 1764100000000}` → the first and the last day, in UTC."""
    shown = mapping(time_range.get("zoom")) or time_range
    start, end = whole_number(shown.get("start")), whole_number(shown.get("end"))
    if not 0 < start <= end:
        return None
    first, last = (datetime.fromtimestamp(moment / 1000, UTC) for moment in (start, end))
    return f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}"
