"""No regular expression of the functions is slow on a text that was made to make it slow."""

import re
import time

import pytest

from functions.extract.metadata.dates.candidates import publication_and_update_words
from functions.extract.metadata.dates.patterns import ISO_DATE
from tests.patterns import Named, all_patterns, attacks

SIZE = (
    10_000  # characters: a pattern that grows with the square of them takes a second or more, another one a millisecond
)
MAX_SECONDS = 0.2  # of a CPU, by the best of three: a hundred times what a linear pattern takes
MAX_INPUT = {
    "shared.text.sentences._LAST_WORD": 40,  # characters around a full stop
    "functions.extract.metadata.authors.byline_parser": 300,  # of a line that may be a byline
    "functions.extract.metadata.lead_image": 1_000,  # of a caption
    "functions.extract.metadata.site.RIGHTS_HOLDER": 300,  # of a line with a copyright sign
}
"""Patterns that see no more than so many characters."""
FOLDED = "functions.extract.metadata"  # declared values and lines come here with single spaces
PATTERNS = all_patterns()


def seconds(named: Named, text: str | bytes) -> float:
    begun = time.thread_time()
    named.run(text)
    return time.thread_time() - begun


def slow_attack(named: Named) -> str | bytes | None:
    """The first text on which the pattern is slow, three times out of three."""
    size = next((most for name, most in MAX_INPUT.items() if named.name.startswith(name)), SIZE)
    for attack in attacks(named.pattern, size):
        text = " ".join(attack.split()) if named.name.startswith(FOLDED) else attack
        if all(seconds(named, text) > MAX_SECONDS for _ in range(3)):
            return text
    return None


@pytest.mark.parametrize("named", PATTERNS, ids=[named.name for named in PATTERNS])
def test_a_pattern_is_fast_on_a_text_made_to_make_it_slow(named: Named) -> None:
    attack = slow_attack(named)
    assert attack is None, f"{named.name} takes over {MAX_SECONDS} s for {SIZE:,} characters of {attack[:60]!r}"


@pytest.mark.parametrize("careless", [r"\.+(?=\s)", r"[\s,]*[^\W\d]{2,9}[\s,]*$", r"(a+)+b"])
def test_a_careless_pattern_is_noticed(careless: str) -> None:
    named = Named("careless", re.compile(careless), frozenset({"search"}))
    size = 24 if careless == r"(a+)+b" else SIZE  # a pattern that doubles with each letter would not end otherwise
    assert any(seconds(named, attack) > MAX_SECONDS for attack in attacks(named.pattern, size))


def test_all_patterns_of_the_functions_are_found() -> None:
    patterns = {named.pattern for named in PATTERNS}
    assert len(patterns) > 150
    assert {ISO_DATE, publication_and_update_words()} <= patterns
