"""Words in capitals that the tagger passed over, beside a name.

In most languages a capital in the middle of a sentence is part of a name. German writes all nouns with one, English
headlines and tables nearly all words.
"""

from itertools import pairwise

from functions.enrich.names.lists import NameLists
from functions.enrich.names.spans import FIRST_NAME_LISTS, ORGANISATION_WORDS, PERSON_OPENS
from functions.enrich.names.tokens import Tokens

CAPITALS_SAY_LITTLE = frozenset({"de", "en"})  # languages with capitals for more than names
NOUNS_IN_CAPITALS = frozenset({"de"})  # languages that write every noun with a capital
MIN_NOUN_LETTERS = 4  # of a noun that a person's name may have been taken to begin with; shorter ones: `Abu`, `Van`
PLACE_OPENS = 5  # the label that opens a place's name
ROLE = "t"  # letter of the list of roles: `Minister`, `Frau`
NO_NAMES = frozenset("kdc")  # letters of the lists of days, months and peoples, which some languages write in capitals


def join_capitals(tokens: Tokens, labels: list[int], lists: NameLists, language: str) -> None:
    """Labels words in capitals beside a name as parts of it: `Carys Probert-Hughes`, `Real Sporting de Gijón`.

    On the development halves F1 rose from .709 to .716, and names found from .815 to .829 (decision 0021).
    """
    drop_roles(tokens, labels, lists)
    if language in NOUNS_IN_CAPITALS:
        drop_nouns(tokens, labels, lists)
    follows = follows_person if language in CAPITALS_SAY_LITTLE else follows_name
    loose = [not label and has_telling_capital(tokens, i, lists) for i, label in enumerate(labels)]
    for i in range(1, len(labels)):
        if loose[i] and follows(tokens, labels, i, lists):
            labels[i] = labels[i - 1] + labels[i - 1] % 2
    if language not in CAPITALS_SAY_LITTLE:
        for i in range(len(labels) - 2, -1, -1):
            if loose[i] and not labels[i] and opens_name(tokens, labels, i, lists):
                labels[i], labels[i + 1] = labels[i + 1], labels[i + 1] + 1


def drop_nouns(tokens: Tokens, labels: list[int], lists: NameLists) -> None:
    """Lets no person's name begin with a noun before the first name: `Bahnchef Martin Seiler`."""
    for i, (word, following) in enumerate(pairwise(tokens.words)):
        if labels[i] == PERSON_OPENS and is_noun(word, lists) and is_first_name(following, lists):
            labels[i], labels[i + 1] = 0, PERSON_OPENS


def is_noun(word: str, lists: NameLists) -> bool:
    """Whether a word may be no name: on no list of names, and no initial or abbreviation."""
    return len(word) >= MIN_NOUN_LETTERS and word.isalpha() and not lists.names.get(word)


def has_telling_capital(tokens: Tokens, i: int, lists: NameLists) -> bool:
    """Whether the word has a capital that neither the head of a sentence nor a line in capitals accounts for."""
    word = tokens.words[i]
    return (
        word[0].isupper()
        and not word.isupper()
        and not tokens.opening[i]
        and not tokens.all_caps[i]
        and NO_NAMES.isdisjoint(lists.names.get(word, ""))
    )


def follows_name(tokens: Tokens, labels: list[int], i: int, lists: NameLists) -> bool:
    """Whether a word in capitals stands behind a name, and does not open a sentence after a lost full stop."""
    return labels[i - 1] > 0 and tokens.words[i].lower() not in lists.stop_words


def follows_person(tokens: Tokens, labels: list[int], i: int, lists: NameLists) -> bool:
    """Whether a word in capitals goes on a person's name: behind a first name, or two names with a hyphen."""
    return is_person(labels[i - 1]) and (is_first_name(tokens.words[i - 1], lists) or is_double_name(tokens.words[i]))


def opens_name(tokens: Tokens, labels: list[int], i: int, lists: NameLists) -> bool:
    """Whether a word in capitals opens the name behind it.

    Before a person only a first name does, before another name no role (`Президент России`) and no article (`De`).
    """
    word = tokens.words[i]
    if labels[i + 1] == PERSON_OPENS:
        return is_first_name(word, lists)
    return labels[i + 1] % 2 == 1 and word.lower() not in lists.stop_words and ROLE not in lists.letters(word)


def drop_roles(tokens: Tokens, labels: list[int], lists: NameLists) -> None:
    """Lets no name begin with a role before a listed place: `Президент России`."""
    for i, (word, following) in enumerate(pairwise(tokens.words)):
        if labels[i] % 2 == 1 and labels[i + 1] and following in lists.places and is_role(word, lists):
            labels[i], labels[i + 1] = 0, PLACE_OPENS


def is_role(word: str, lists: NameLists) -> bool:
    """Whether the word is a role and neither a name nor a word of organisations: `Präsident`, but not `Rat`."""
    letters = lists.letters(word)
    return ROLE in letters and ORGANISATION_WORDS not in letters and not lists.names.get(word)


def is_person(label: int) -> bool:
    return label in {PERSON_OPENS, PERSON_OPENS + 1}


def is_first_name(word: str, lists: NameLists) -> bool:
    return not FIRST_NAME_LISTS.isdisjoint(lists.names.get(word, ""))


def is_double_name(word: str) -> bool:
    """`Probert-Hughes`: every part has a capital and small letters."""
    parts = word.split("-")
    return len(parts) > 1 and all(part.istitle() for part in parts)
