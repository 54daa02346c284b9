"""Counts as bars: SVG where the console draws it, and the same numbers as text."""

from collections import Counter

import htpy as h

from functions.desk.counts import MAX_COUNTED, Counts
from functions.desk.pages.elements import Frame, notice

MAX_ROWS = 12  # of one table, by judgement: the rest is added up
BAR = 200  # units of the drawing that the longest bar has
HEIGHT = 100  # units of the drawing that the tallest column has
COLUMN = 24  # units that a column takes with its gap


def counts_content(frame: Frame, counts: Counts) -> h.Node:
    if not counts.records:
        return notice(f"Nothing was processed from {counts.days[-1]} to {counts.days[0]}.")
    return [
        notice(
            h.b[f"{counts.records:,}"],
            f" records, processed from {counts.days[-1]} to {counts.days[0]} (UTC)",
            "." if counts.is_whole else f"; counting stopped at {MAX_COUNTED:,}.",
        ),
        day_columns(counts),
        h.div(class_="cw-tables")[
            [bar_table(frame, heading, counter) for heading, counter in counts.tables().items() if counter]
        ],
    ]


def day_columns(counts: Counts) -> h.Node:
    """One column a day, oldest first."""
    days = list(reversed(counts.days))
    most = max(counts.by_day.values(), default=1)
    said = ", ".join(f"{day}: {counts.by_day[day]}" for day in days)
    width = COLUMN * len(days)
    return h.figure(class_="cw-days")[
        h.figcaption["Records by day"],
        h.svg(
            viewBox=f"0 0 {width} {HEIGHT}",
            role="img",
            aria_label=f"Records by day. {said}",
            class_="cw-chart",
            preserveAspectRatio="none",
        )[[column(number, day, counts.by_day[day], most) for number, day in enumerate(days)]],
        h.p(class_="cw-axis", aria_hidden="true")[h.span[days[0]], h.span[days[-1]]],
    ]


def column(number: int, day: str, count: int, most: int) -> h.Node:
    height = max(HEIGHT * count // most, 1 if count else 0)
    place = {"x": str(number * COLUMN + 2), "y": str(HEIGHT - height), "width": str(COLUMN - 4), "height": str(height)}
    return h.rect(place, class_="cw-bar")[h.title[f"{day}: {count}"]]


def bar_table(frame: Frame, heading: str, counter: Counter[str]) -> h.Node:
    rows = counter.most_common(MAX_ROWS)
    rest = sum(counter.values()) - sum(count for _, count in rows)
    most = rows[0][1]
    shown = [*rows, *([("others", rest)] if rest else [])]
    return h.table(class_="cw-bars")[
        h.caption[heading],
        h.thead[h.tr[h.th(scope="col")["of"], h.th(scope="col")["records"], h.th(scope="col")["share"]]],
        h.tbody[[bar_row(frame, heading, name, count, most) for name, count in shown]],
    ]


def bar_row(frame: Frame, heading: str, name: str, count: int, most: int) -> h.Node:
    length = min(BAR, max(BAR * count // most, 1))
    bar = h.svg(viewBox=f"0 0 {BAR} 12", aria_hidden="true", class_="cw-chart", preserveAspectRatio="none")[
        h.rect(x="0", y="1", width=str(length), height="10", class_="cw-bar")
    ]
    return h.tr[h.th(scope="row")[linked(frame, heading, name)], h.td(class_="cw-number")[f"{count:,}"], h.td[bar]]


def linked(frame: Frame, heading: str, name: str) -> h.Node:
    """The list behind a bar, where there is one."""
    if name == "others" or heading not in {"Topics", "Sites"}:
        return h.span(dir="auto")[name]
    return (
        frame.action(name, view="topic", topic=name)
        if heading == "Topics"
        else frame.action(name, view="site", site=name)
    )
