"""A digest as an e-mail: one line a story, newest first, and no line that a page began."""

import re
import unicodedata
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.digests import DigestMessage, DigestStory, Source
from shared.domain.messages import Change
from shared.letters.digest_letter import OVER_THE_LIMIT, TO_CHANGE, digest_letter, digest_subject
from tests.unit.test_letters import SAID

SAMPLE = DigestMessage.model_validate_json((Path(__file__).parents[1] / "events" / "digest.v1.json").read_text())


def test_a_digest_says_its_window_in_words_and_each_story_with_its_sources():
    assert digest_letter(SAMPLE).split("\n\n") == [
        "1 story for topic:politics daily 07:00 Europe/Berlin",
        "From 1 May 2026, 07:00 to 2 May 2026, 07:00 Europe/Berlin",
        (
            "Breakwater to be rebuilt\n"
            "Port Cassel Courier, Harbour Post · 1 May 2026, 08:45 (UTC+02:00)\n"
            "The council voted 7 to 2.\n"
            "https://courier.example/breakwater\n"
            "https://harbour.example/1"
        ),
        TO_CHANGE,
        "Clipwire digest 5f0c1b7e9d3a4c2f8e6b0a1d2c3e4f50\n",
    ]


def test_its_subject_says_what_was_asked_for_how_many_stories_and_the_day():
    assert digest_subject(SAMPLE) == "topic:politics daily 07:00 Europe/Berlin: 1 story, 2 May 2026"
    second = SAMPLE.model_copy(update={"part": 2, "view": "rule:Häfen@" + "x" * 100})
    assert digest_subject(second) == "rule:Hafen@xxxxxxxx" + digest_subject(second)[19:]
    assert digest_subject(second).endswith("...: 1 story, 2 May 2026, part 2")
    assert len(digest_subject(second)) <= 100


def test_a_correction_says_what_changed_below_its_headline():
    changes = [Change(what="number", before="12 wounded", after="14 wounded")]
    corrected = SAMPLE.stories[0].model_copy(update={"kind": "corrected", "changes": changes})
    said = digest_letter(SAMPLE.model_copy(update={"stories": [corrected]}))
    assert "\n\nCorrection: Breakwater to be rebuilt\nNumber: 14 wounded (before: 12 wounded)\nPort Cassel" in said


def test_what_was_over_the_limit_says_so():
    assert OVER_THE_LIMIT in digest_letter(SAMPLE.model_copy(update={"view": "topic:politics", "digest": ""}))


@given(
    title=SAID, summary=SAID, site=SAID, url=SAID, view=SAID, kind=st.sampled_from(["new", "corrected", "withdrawn"])
)
def test_no_text_of_a_page_begins_a_line_of_the_letter_or_a_header(title, summary, site, url, view, kind):
    story = DigestStory(
        story_id="s", document_id="d", kind=kind, title=title, summary=summary, sources=[Source(site=site, url=url)],
        changes=[Change(what="name", before=title, after=summary)],
    )  # fmt: skip
    message = SAMPLE.model_copy(update={"stories": [story, story], "view": view})
    said = digest_letter(message)
    assert not any(
        unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for c in said.replace("\n", "")
    )
    assert len(said.strip("\n").split("\n\n")) <= 7
    assert max(block.count("\n") for block in said.split("\n\n")) <= 5
    assert re.fullmatch(r"[\x21-\x7e][\x20-\x7e]{0,99}", digest_subject(message))
