"""The live view of a stack: rates over the last minute, the newest outcomes, what is left."""

from datetime import UTC, datetime
from typing import Any

import pytest

from infra.cli.screen import output
from infra.cli.screen.status_screen import line_of, screen
from infra.operate import watching
from infra.operate.watching import Look, StackWatch

DEPTHS = {name: {"waiting": 90, "in_work": 10, "parked": 0} for name in ("pages", "articles", "announcements")}
START = 1_800_000_000.0


def item(number: int, at: float, outcome: str = "published") -> dict[str, Any]:
    when = datetime.fromtimestamp(at, UTC).isoformat()
    return {"document_id": f"{number:032x}", "outcome": outcome, "processed_at": when, "title": f"Report {number}"}


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    monkeypatch.setattr(watching, "queue_depths", lambda _: DEPTHS)
    monkeypatch.setattr(
        watching,
        "matching_items",
        lambda _target, question, _after: (one for one in kept if question.processed.holds(one["processed_at"])),
    )
    return kept


def test_outcomes_of_the_last_minute_are_counted_once_each(clock, records):
    target: Any = None
    watch = StackWatch(target, clock)
    records += [item(1, START - 30), item(2, START - 1, "rejected"), item(3, START - 90)]
    assert watch.look().rates == {"published": 1, "rejected": 1}
    clock.now += 2
    records.append(item(4, START + 1))
    assert watch.look().rates == {"published": 2, "rejected": 1}
    clock.now += 40
    assert watch.look().rates == {"published": 1, "rejected": 1}


def test_the_newest_stay_on_the_screen_when_nothing_more_comes(clock, records):
    target: Any = None
    watch = StackWatch(target, clock)
    records += [item(number, START - 20 + number) for number in range(12)]
    assert [one["title"] for one in watch.look().newest][:2] == ["Report 11", "Report 10"]
    clock.now += 600
    assert len(watch.look().newest) == watching.MAX_SHOWN


LOOK = Look("2026-11-26T07:02:00+00:00", DEPTHS, {"published": 100}, [item(1, START)])


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_the_screen_fits_its_terminal_and_tells_what_is_left(width):
    console = output.Console(width=width, force_terminal=False)
    with console.capture() as captured:
        console.print(screen(LOOK))
    shown = captured.get()
    assert "200 left, about 2 minutes" in shown
    assert all(len(line) <= width for line in shown.splitlines())
    assert len(shown.splitlines()) < 24


def test_a_file_gets_a_line_per_look_and_a_script_a_document():
    assert "waiting 90/90/90" in line_of(LOOK).plain
    assert LOOK.document().keys() == {"at", "queues", "outcomes_a_minute", "newest"}


def test_what_is_parked_names_the_command_that_says_why():
    parked = Look(LOOK.at, {"pages": {"waiting": 0, "in_work": 0, "parked": 3}, "articles": DEPTHS["articles"]}, {}, [])
    console = output.Console(width=80, force_terminal=False)
    with console.capture() as captured:
        console.print(screen(parked))
    assert "3 parked: `clipwire failures` says why" in captured.get()
