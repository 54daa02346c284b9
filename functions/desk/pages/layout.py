"""The frame around every view: style, the ways to the other views, the heading."""

import htpy as h
from markupsafe import Markup

from functions.desk.pages.elements import STYLE, Frame
from shared.domain.topics import TOPIC_SLUGS

DESCRIPTION = """
## Clipwire desk

Searches and shows the records of this stack: newest, by topic, by rule, by site, one record with its evidence, what
needs attention, and counts. It reads only, and only from this stack.

### Widget parameters

Param | Description
---|---
**view** | `newest` (default), `topic`, `rule`, `rules`, `site`, `search`, `attention`, `counts`
**topic**, **rule**, **site**, **query** | What the view is about

### Example parameters

``` yaml
view: topic
topic: economy
```
"""


def whole_widget(frame: Frame, heading: h.Node, *content: h.Node) -> str:
    """The HTML of one answer."""
    asked = frame.asked
    classes = f"clipwire-desk cwdb-no-default-styles cw-{asked.theme}{' cw-narrow' if asked.is_narrow else ''}"
    shown = h.div(class_=classes)[
        h.style[Markup(STYLE)],  # noqa: S704  # our own file
        navigation(frame),
        h.section(aria_label="Answer")[h.h2(class_="cw-heading", tabindex="-1")[heading], content],
    ]
    return str(shown)


def navigation(frame: Frame) -> h.Node:
    tabs = [
        ("Newest", "newest"),
        ("Rules", "rules"),
        ("Needs attention", "attention"),
        ("Counts", "counts"),
    ]
    return h.header[
        h.nav(aria_label="Views of the desk")[[frame.action(label, style="tab", view=view) for label, view in tabs]],
        search_form(frame),
    ]


def search_form(frame: Frame) -> h.Node:
    """Its fields reach the function with every click, and count only for the button that says so."""
    asked = frame.asked
    topics = [h.option(value=slug, selected=slug == asked.topic)[slug] for slug in TOPIC_SLUGS]
    return h.form(class_="cw-search", role="search", aria_label="Search the records")[
        h.input(
            type="search",
            name="query",
            value=asked.query,
            aria_label="Words, or a query",
            placeholder='flood, "trade deal" AND site:courier, person:pryce',
            autocomplete="off",
            maxlength="2000",
        ),
        h.select(name="topic", aria_label="Topic")[h.option(value="")["any topic"], topics],
        frame.action("Search", style="primary", view="search", form=True),
    ]
