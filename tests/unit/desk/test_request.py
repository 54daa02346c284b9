"""What a caller may send is not trusted: only what the views know gets through."""

import pytest

from functions.desk.request import DeskRequest


def asked(context=None, **event) -> DeskRequest:
    return DeskRequest.of({**event, "widgetContext": context or {}})


def test_nothing_at_all_asks_for_the_newest():
    assert DeskRequest.of({}) == DeskRequest()


def test_a_form_counts_only_where_the_click_sends_it():
    typed = {"forms": {"all": {"query": "flood", "topic": "disaster"}}}
    assert asked(typed, view="search", form=True).query == "flood"
    assert asked(typed, view="newest").query == ""
    assert asked(typed, view="search", form=True, query="clicked").query == "clicked"


@pytest.mark.parametrize(
    ("name", "value", "taken"),
    [
        ("view", "delete", "newest"),
        ("view", ["record"], "newest"),
        ("topic", "no-topic", ""),
        ("document_id", "../../etc/passwd", ""),
        ("document_id", "A" * 32, ""),
        ("rule", "#0123", ""),
        ("site", {"S": "x"}, ""),
        ("query", "a\u202eb\x00\nc", "ab c"),
        ("query", "x" * 5_000, "x" * 2_000),
        ("after", {"processed_on": 1}, None),
        ("after", {str(number): "x" for number in range(9)}, None),
        ("after", {"processed_on": "x" * 3_000}, None),
    ],
)
def test_what_no_view_knows_is_left_out(name, value, taken):
    assert getattr(asked(**{name: value}), name) == taken


@pytest.mark.parametrize("context", [{}, None, "text", {"width": "wide"}, {"width": 1e400}, {"timezone": 5}])
def test_a_context_that_is_not_the_consoles_gives_the_defaults(context):
    read = DeskRequest.of({"widgetContext": context})
    assert (read.theme, read.width, read.offset_minutes, read.days) == ("light", 800, 0, None)


def test_theme_width_zone_and_days_come_from_the_dashboard():
    read = asked(
        {
            "theme": "dark",
            "width": 400,
            "timezone": {"offsetInMinutes": -330},
            "timeRange": {"start": 1_764_000_000_000, "end": 1_764_140_400_000},
        }
    )
    assert (read.theme, read.is_narrow, read.offset_minutes) == ("dark", True, -330)
    assert read.days == ("2025-11-24", "2025-11-26")
    assert asked({"timeRange": {"start": 5, "end": 1}}).days is None
    assert asked({"timeRange": {"start": 1e14, "end": 9e14}}).days is None
