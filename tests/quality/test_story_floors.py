"""Stories on reports that we wrote: those of one event are joined, and those that only look alike stay apart."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from functions.enrich.stories import in_memory_joiner

REPORTS = Path(__file__).parent / "stories/reports.txt"
HEADING = re.compile(r"\[(\w+)\] (\S+)\n(.+)\n(.+)")
MIN_REPEATS_JOINED = 4  # of the 6 further reports of a story


def reports() -> Iterator[tuple[str, dict[str, str]]]:
    for number, match in enumerate(HEADING.finditer(REPORTS.read_text(encoding="utf-8"))):
        story, day, title, text = match.groups()
        yield story, {"id": f"report {number}", "title": title, "text": text, "published_at": day, "lang": "en"}


@pytest.fixture(scope="module")
def joined() -> list[tuple[str, str]]:
    """Each report's true story, and the one that it was given."""
    join = in_memory_joiner()
    return [(story, join(report)) for story, report in reports()]


def test_no_report_of_another_event_is_silenced(joined):
    found: dict[str, set[str]] = {}
    for story, given in joined:
        found.setdefault(given, set()).add(story)
    assert [stories for stories in found.values() if len(stories) > 1] == []


def test_most_further_reports_of_an_event_join_its_story(joined):
    stories = {story for story, _ in joined}
    further = len(joined) - len(stories)
    assert further - (len({given for _, given in joined}) - len(stories)) >= MIN_REPEATS_JOINED, joined


def test_the_same_reports_get_the_same_stories_again(joined):
    join = in_memory_joiner()
    assert [(story, join(report)) for story, report in reports()] == joined
