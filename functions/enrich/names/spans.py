"""Where names begin and end among labelled tokens."""

from collections.abc import Iterator

from functions.enrich.names.lists import NameLists
from functions.enrich.names.tokens import Tokens

PERSON_OPENS = 1  # the label that opens a person's name, as a place in `LABELS` of the model
PERSON_GOES_ON = 2  # the label of its further words
KIND_NUMBERS = (0, 1, 1, 2, 2, 3, 3)  # for each label its kind: none, person, organisation, place
PERSON, ORGANISATION = 1, 2  # two of those numbers by name
FIRST_NAME_LISTS = frozenset("fa")  # letters of the lists of first names: of the language, of the world
ORGANISATION_WORDS = "o"  # letter of the list of words that organisations begin with: `Ministerio`, `Banca`
ARTICLES = frozenset({"la", "las", "los", "l'", "le", "les"})  # that may follow "of"
MAX_JOINING_WORDS = 2  # between two parts of a name: `de la`, `de los`


def find_spans(tokens: Tokens, labels: list[int], lists: NameLists) -> Iterator[tuple[int, int]]:
    """The names as token positions, first and one past the last, with parts that "of" joins as one name."""
    held: tuple[int, int] | None = None
    for span in find_runs(tokens, labels, lists):
        if held and is_one_name(tokens, labels, held, span, lists):
            held = (held[0], span[1])
            continue
        if held:
            yield held
        held = span
    if held:
        yield held


def find_runs(tokens: Tokens, labels: list[int], lists: NameLists) -> Iterator[tuple[int, int]]:
    """Every run of labelled words.

    Names rarely stand side by side with nothing in between. Where the labels say so, they mostly took one long name for
    two: `Comisión de Valores` and `Mobiliarios` (decision 0021). Only a person's first name may follow another name.
    """
    last, i = len(labels), 0
    while i < last:
        first = i
        while i < last and labels[i] and not (i > first and begins_person(tokens, labels, i, lists)):
            i += 1
        if i > first:
            yield first, i
        else:
            i += 1


def begins_person(tokens: Tokens, labels: list[int], i: int, lists: NameLists) -> bool:
    """Whether a person's name begins right behind a name of another kind: `prezydent Gdańska Anna Nowak`.

    It has a first name of the lists, or two words behind a lone place of the lists: `премьер Армении Никол Пашинян`.
    """
    if labels[i] != PERSON_OPENS or KIND_NUMBERS[labels[i - 1]] == PERSON:
        return False
    is_first_name = not FIRST_NAME_LISTS.isdisjoint(lists.names.get(tokens.words[i], ""))
    return is_first_name or (follows_lone_place(tokens, labels, i, lists) and labels[i + 1 : i + 2] == [PERSON_GOES_ON])


def follows_lone_place(tokens: Tokens, labels: list[int], i: int, lists: NameLists) -> bool:
    return tokens.words[i - 1] in lists.places and (i == 1 or not labels[i - 2])


def is_one_name(
    tokens: Tokens, labels: list[int], part: tuple[int, int], other: tuple[int, int], lists: NameLists
) -> bool:
    """Whether "of" joins two names to one.

    Two places (`Alter` do `Chão`), two organisations, or an organisation by its first word (`Ministerio`) and any name.
    """
    between = tokens.words[part[1] : other[0]]
    if not is_of(between, lists):
        return False
    kind, follows = KIND_NUMBERS[labels[part[0]]], KIND_NUMBERS[labels[other[0]]]
    if kind == ORGANISATION and ORGANISATION_WORDS in lists.letters(tokens.words[part[0]]):
        return True
    return kind == follows != PERSON


def is_of(words: list[str], lists: NameLists) -> bool:
    """Whether the words between two names are "of", with or without an article."""
    return 0 < len(words) <= MAX_JOINING_WORDS and words[0] in lists.of_words and ARTICLES.issuperset(words[1:])
