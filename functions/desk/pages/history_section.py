"""The history of a record: when each of its versions ended, how, and what changed."""

from collections.abc import Sequence

import htpy as h

from functions.desk.pages.elements import Frame
from shared.domain.history import HistoryLine, with_changes

MAX_LINES = 50  # the newest versions that are shown, by judgement


def history_section(frame: Frame, lines: Sequence[HistoryLine]) -> h.Node:
    """Nothing where the record has no line yet."""
    told = list(with_changes(lines))[-MAX_LINES:]
    if not told:
        return None
    return h.section(class_="cw-history", aria_label="History")[
        h.h3(class_="cw-part")["History"],
        h.ul[[history_item(frame, line, changed) for line, changed in reversed(told)]],
    ]


def history_item(frame: Frame, line: HistoryLine, changed: Sequence[str]) -> h.Node:
    what = f" ({line.reason})" if line.reason else ""
    named = ", ".join(name.replace("_", " ") for name in changed)
    return h.li[frame.time(line.ended_at), f" {line.outcome}{what}", f"; changed: {named}" if named else None]
