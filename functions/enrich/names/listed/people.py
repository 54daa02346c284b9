"""People by a first name of the lists, by a title, or by two capitals in mid-sentence."""

import re
from collections import Counter
from functools import cache

from functions.enrich.lexicon import load_lines, load_places, load_words
from functions.enrich.names.forms.inflection import Surnames
from functions.enrich.names.listed.countries import ListedName

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CYRILLIC_OR_GREEK = re.compile(r"[\u0370-\u03ff\u0400-\u04ff]")
_ADJECTIVE = re.compile(r"(?:ая|яя|ой|ый|ий|ое|ее|ого|его|ому|ой|ую|ых|их|ым|им|ις|ης|ική|ικό|ικός|ικής)$")
SURNAME_FIRST = frozenset(["hu"])  # languages in which the first name comes last
MAX_RUN_WORDS = 4  # words of a name; longer runs of capitals are headings
# First names that are as often a common word, a coin, a month, a city or the head of a club's or saint's name
_AMBIGUOUS_FIRST = frozenset(
    ["Mark", "Rose", "Wolf", "Ernst", "Will", "August", "Mars", "Santa", "San", "Don", "Real", "Sol", "Paris"]
)


def read_person(run: list[str], before: str, code: str, opening: bool) -> ListedName | None:
    """From a first name or after a title on; words before a first name are let go where they may be no names.

    In Hungarian the first name comes last: `Orbán Viktor`.
    """
    firsts = first_names(code)
    known = next((i for i, word in enumerate(run) if firsts.issuperset(word.split("-"))), None)
    titled = is_title(run[0]) or is_title(run[known - 1] if known else before)
    titles = next((i for i, word in enumerate(run) if not is_title(word)), len(run))
    if known and code in SURNAME_FIRST and len(run) == known + 1:
        known = max(known - 1, titles)
    elif known and not (opening or titled):
        return None
    bearer = run[titles if known is None else known :]
    sure = titled or (bearer[:1] and bearer[0] in own_first_names(code))
    if not may_be_person(bearer) or (bearer[-1] in load_places() and not sure):
        return None
    clear = titled or known is not None or are_two_capitals(bearer, code, opening)
    return ListedName(" ".join(bearer), "person") if clear else None


def may_be_person(bearer: list[str]) -> bool:
    """Two words or a few more, not all initials, and as a whole no place of the list."""
    return (
        1 < len(bearer) <= MAX_RUN_WORDS
        and not all(word.endswith(".") for word in bearer)
        and " ".join(bearer) not in load_places()
    )


def is_title(word: str) -> bool:
    titles = load_words("person_titles_world")
    return word in titles or word.lower() in titles


@cache
def first_names(code: str) -> frozenset[str]:
    """The first names of the world and those of the language that are not as often something else."""
    return (load_words("first_names") | own_first_names(code)) - _AMBIGUOUS_FIRST


@cache
def own_first_names(code: str) -> frozenset[str]:
    """The first names of the language that are rare elsewhere."""
    rows = (line.partition(": ") for line in load_lines("first_names_by_language"))
    return frozenset(next((names for language, _, names in rows if language == code), "").split())


def are_two_capitals(run: list[str], code: str, opening: bool) -> bool:
    """Two capitalised words side by side in mid-sentence, in Cyrillic or Greek: nearly always a person.

    They are none where the first is an adjective.
    """
    pair = len(run) == len(("first", "last")) and not opening and code != "bg"
    return pair and bool(_CYRILLIC_OR_GREEK.match(run[0])) and not _ADJECTIVE.search(run[0])


def find_lone_surnames(text: str, people: list[str], code: str) -> list[ListedName]:
    """Further mentions of people by the last name alone, as the text writes it; in another case too.

    `people` has the full name of every mention.
    """
    surnames = {name.split()[0 if code in SURNAME_FIRST else -1] for name in people}
    if not surnames:
        return []
    alone = Counter(_WORD.findall(text))
    alone.subtract(word for name in people for word in _WORD.findall(name))
    known = Surnames(surnames, code)
    forms = [word for word in sorted(alone) if word in surnames or (word.istitle() and known.of_form(word))]
    return [ListedName(word, "person") for word in forms for _ in range(alone[word])]
