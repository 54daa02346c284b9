"""Stories on reports that we wrote: those of one event are joined, and those that only look alike stay apart."""

import re
import tomllib
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from functions.enrich.stories import in_memory_joiner
from functions.enrich.stories.lookup import LANGUAGES

REPORTS = Path(__file__).parent / "stories"
HEADING = re.compile(r"\[(\w+)\] (\S+)\n(.+)\n(.+)")
# Further reports of a story that join it, of 11 in English and of 8 in every other language.
MIN_REPEATS_JOINED = {"de": 4, "en": 10, "es": 5, "fr": 6, "it": 5, "nl": 5, "pl": 5, "pt": 5, "ru": 3}
FORMS = tomllib.loads((REPORTS / "forms.toml").read_text(encoding="utf-8"))["form"]


def reports(language: str) -> Iterator[tuple[str, dict[str, str]]]:
    text = (REPORTS / f"{language}.txt").read_text(encoding="utf-8")
    for number, match in enumerate(HEADING.finditer(text)):
        story, day, title, text = match.groups()
        yield story, {"id": f"report {number}", "title": title, "text": text, "published_at": day, "lang": language}


@pytest.fixture(scope="module", params=sorted(LANGUAGES))
def language(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def joined(language) -> list[tuple[str, str]]:
    """Each report's true story, and the one that it was given."""
    join = in_memory_joiner()
    return [(story, join(report)) for story, report in reports(language)]


def test_no_report_of_another_event_is_silenced(joined):
    found: dict[str, set[str]] = {}
    for story, given in joined:
        found.setdefault(given, set()).add(story)
    assert [stories for stories in found.values() if len(stories) > 1] == []


def test_most_further_reports_of_an_event_join_its_story(joined, language):
    stories = {story for story, _ in joined}
    further = len(joined) - len(stories)
    repeats_joined = further - (len({given for _, given in joined}) - len(stories))
    assert repeats_joined >= MIN_REPEATS_JOINED[language], joined


def test_the_same_reports_get_the_same_stories_again(joined, language):
    join = in_memory_joiner()
    assert [(story, join(report)) for story, report in reports(language)] == joined


@pytest.mark.parametrize("form", FORMS, ids=[form["kind"] for form in FORMS])
@pytest.mark.parametrize("language", ["en", "sv"])
def test_each_filling_of_a_form_is_told_and_its_copy_under_another_headline_is_not(form, language):
    filled = [
        {"title": facts["title"], "text": form["text"].format(**facts), "published_at": facts["on"], "lang": language}
        for facts in form["filled"]
    ]
    for first, second in permutations(filled, 2):
        join = in_memory_joiner()
        told = join({**first, "id": "first"})
        assert join({**first, "id": "copy", "title": "What readers should know"}) == told
        assert join({**second, "id": "second"}) != told, second
