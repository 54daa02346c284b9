"""People whom a text names in several grammatical cases, as one: `Владимира Путина` and `Владимир Путин`, `Petra Redla` and `Petr Redl`."""

from collections import Counter
from collections.abc import Iterable

_SHORTEST_STEM = 3
_LONGEST_ENDING = 3
_LOST_LETTERS = 2


def one_form_each(names: Iterable[str]) -> dict[str, str]:
    """For each name of several words the form to call it by: the one met most, of equals the shortest, which mostly is the plain one."""
    counts = Counter(name for name in names if " " in name)
    forms: dict[str, str] = {}
    for name in sorted(counts, key=lambda name: (-counts[name], len(name), name)):
        forms[name] = next((form for form in dict.fromkeys(forms.values()) if _are_one(name, form)), name)
    return forms


def _are_one(name: str, other: str) -> bool:
    ours, theirs = name.split(" "), other.split(" ")
    return len(ours) == len(theirs) and all(map(_differ_in_ending, ours, theirs))


def _differ_in_ending(word: str, other: str) -> bool:
    """Whether the words are the same but for an ending of up to three letters, of which the shorter one has two at most of its own."""
    stem = next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    shorter, longer = sorted((len(word), len(other)))
    return word == other or (stem >= max(_SHORTEST_STEM, shorter - _LOST_LETTERS) and longer - stem <= _LONGEST_ENDING)
