"""Signs beside an unknown name that it is a firm's: what it is called, what it owns and what it does."""

from collections import Counter

from functions.enrich.lexicon import load_words
from functions.enrich.names.capitals import is_first_name
from functions.enrich.names.lists import NameLists
from functions.enrich.names.spans import ARTICLES
from functions.enrich.names.tokens import Tokens

MIN_FIRM_LETTERS = 4  # shorter words are mostly abbreviations or openings of sentences; by judgement, not measured
MAX_WORDS_TO_ROLE = 3  # before a name, among which a role is looked for: `ministre de l' Écologie`
POSSESSIVES = frozenset({"'s", "’s", "'"})


def is_called_a_firm(tokens: Tokens, first: int, lists: NameLists) -> bool:
    """`the chipmaker Voltaris`: a noun for a kind of firm stands right before the name."""
    return first > 0 and tokens.words[first - 1].lower() in lists.firm_nouns


def has_what_firms_have(tokens: Tokens, end: int, lists: NameLists) -> bool:
    """`Voltaris shares`, `Voltaris's plant`: what firms have stands right after the name or its possessive."""
    following = tokens.words[end : end + 2]
    if following and following[0] in POSSESSIVES:
        following = following[1:]
    return bool(following) and following[0] in lists.firm_nouns_after


def does_what_firms_do(tokens: Tokens, end: int, lists: NameLists) -> bool:
    """`Voltaris recalls heaters`: a verb of firms stands right after the name."""
    return end < len(tokens.words) and tokens.words[end] in lists.firm_verbs


def is_organisation(tokens: Tokens, first: int, end: int, lists: NameLists) -> bool:
    """Whether a sign stands in or beside the name that it is an organisation's."""
    return (
        closes_as_organisation(tokens, first, end, lists)
        or is_office(tokens, first, lists)
        or is_firm_by_its_surroundings(tokens, first, end, lists)
    )


def is_firm_by_its_surroundings(tokens: Tokens, first: int, end: int, lists: NameLists) -> bool:
    """Whether one of the signs stands beside a name of one word that is on no list of places or people."""
    word = tokens.words[first]
    if end - first > 1 or word in lists.places or word in lists.names:
        return False
    return (
        is_called_a_firm(tokens, first, lists)
        or has_what_firms_have(tokens, end, lists)
        or does_what_firms_do(tokens, end, lists)
    )


def closes_as_organisation(tokens: Tokens, first: int, end: int, lists: NameLists) -> bool:
    """`St Mary's Hospital`, `Getty Images`, but not `Lucy Hall`: the last word closes organisations' names."""
    words = tokens.words[first:end]
    may_be_person = is_first_name(words[0], lists) and POSSESSIVES.isdisjoint(words)
    return len(words) > 1 and words[-1] in load_words("organisation_ends") and not may_be_person


def is_office(tokens: Tokens, first: int, lists: NameLists) -> bool:
    """`ministre des Transports`: an everyday word with a capital behind a role and "of" is what somebody heads."""
    word = tokens.words[first]
    if not lists.of_words or word in lists.places or word.lower() not in lists.everyday:
        return False
    before = [word for word in tokens.words[max(first - MAX_WORDS_TO_ROLE, 0) : first] if word not in ARTICLES]
    return len(before) > 1 and before[-1] in lists.of_words and "t" in lists.letters(before[-2])


def find_firms(tokens: Tokens, lists: NameLists) -> set[str]:
    """Words that are probably a firm's name.

    They stand twice or more in the text, always with a capital, once beside a sign of a firm. Everyday words are none.
    """
    if not lists.firm_nouns:
        return set()
    counts = Counter(tokens.words)
    return {
        word
        for i, word in enumerate(tokens.words)
        if counts[word] > 1
        and may_be_a_firm(word, lists)
        and word.lower() not in counts
        and is_firm_by_its_surroundings(tokens, i, i + 1, lists)
    }


def may_be_a_firm(word: str, lists: NameLists) -> bool:
    """Whether a word has a capital and small letters, and is on no list of words."""
    return (
        len(word) >= MIN_FIRM_LETTERS
        and word[0].isupper()
        and word[1:].islower()
        and word.lower() not in lists.everyday
        and word not in lists.no_names_alone
        and not lists.is_listed(word)
    )
