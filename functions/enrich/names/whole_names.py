"""Names that the tagger ended too early, by what stands in and behind them."""

from functions.enrich.lexicon import load_words
from functions.enrich.names.features import View
from functions.enrich.names.lists import NameLists
from functions.enrich.names.model import LABELS

ORGANISATION_OPENS = LABELS.index("B-organisation")
ORGANISATION_GOES_ON = ORGANISATION_OPENS + 1


def keep_names_whole(view: View, words: list[str], labels: list[int], lists: NameLists) -> None:
    """Labels the words that complete a name."""
    keep_places_whole(view, words, labels)
    keep_founders(words, labels)
    if lists.of_words:
        keep_adjectives(words, labels)


def keep_places_whole(view: View, words: list[str], labels: list[int]) -> None:
    """Lets no name end inside a listed place, nor between `St` or before `Street`.

    `San` and `Diego` are one, whatever it names.
    """
    leads, ends = load_words("name_leads"), load_words("name_ends")
    for i in range(1, len(labels)):
        if labels[i - 1] and (view.goes_on(i) or (labels[i] and (words[i - 1] in leads or words[i] in ends))):
            labels[i] = labels[i - 1] + labels[i - 1] % 2


def keep_adjectives(words: list[str], labels: list[int]) -> None:
    """Lets no organisation's name end before an adjective of Romance languages: `Assemblée nationale`."""
    adjectives = load_words("organisation_adjectives")
    for i in range(1, len(labels)):
        if not labels[i] and words[i] in adjectives and labels[i - 1] in {ORGANISATION_OPENS, ORGANISATION_GOES_ON}:
            labels[i] = ORGANISATION_GOES_ON


def keep_founders(words: list[str], labels: list[int]) -> None:
    """Makes one organisation of a name and of what is called after it: `St Mary's Hospital`."""
    ends = load_words("organisation_ends")
    for i in range(1, len(words) - 1):
        if words[i] == "'s" and labels[i - 1] and not labels[i] and words[i + 1] in ends:
            first = i - 1
            while first and labels[first] % 2 == 0 and labels[first - 1]:
                first -= 1
            labels[first] = ORGANISATION_OPENS
            labels[first + 1 : i + 2] = [ORGANISATION_GOES_ON] * (i + 1 - first)
