"""Short forms of a name as the name in full: `Merkel`, `Van der Meulen`, `Musks` and `Миллера`."""

from collections.abc import Iterator

from functions.enrich.lexicon import load_words
from functions.enrich.names.forms.inflection import Surnames
from functions.enrich.names.mentions import Named

MAX_NAME_WORDS = 8  # of a name whose parts are looked for: `María del Carmen García de la Torre` has seven


def fold_short_forms(names: dict[str, Named], language: str = "en") -> dict[str, Named]:
    """Adds a part of a name to the person, or a lone word to the one organisation, that the text names in full."""
    kept = dict(names)
    for part, full in people_by_part(names).items():
        if part in kept and (len(full) == 1 or kept[part].kind == "person"):
            merge_short_form(kept, part, min(full, key=lambda key: names[key].first))
    for form, full in people_by_form(kept, language).items():
        merge_short_form(kept, form, min(full, key=lambda key: names[key].first))
    for word, full in organisations_by_word(names).items():
        if word in kept and len(full) == 1 and may_be_short_for(kept[word], full[0]):
            merge_short_form(kept, word, full[0])
    return kept


def people_by_part(names: dict[str, Named]) -> dict[str, list[str]]:
    """The full names of people by the parts that they may be called by: `Merkel`, `van der Meulen`, `Vaz Pinto`."""
    bearers: dict[str, list[str]] = {}
    for key, named in names.items():
        for part in parts_of(key.split(" ")) if named.kind == "person" else ():
            if part in names:
                bearers.setdefault(part, []).append(key)
    return bearers


def parts_of(words: list[str]) -> Iterator[str]:
    """Each run of a name's words but the whole: the first word, the last, then longer ones and those between.

    Of a run of words too long for a name only the first and the last.
    """
    count = len(words)
    spans = [(0, 1), (count - 1, count)]
    if count <= MAX_NAME_WORDS:
        spans += [(first, end) for first in range(count) for end in range(first + 1, count + 1)]
    return iter(dict.fromkeys(" ".join(words[first:end]) for first, end in spans if end - first < count))


def people_by_form(names: dict[str, Named], language: str) -> dict[str, list[str]]:
    """The full names of people by lone words that are another form of the last: `Musks`, `Миллера`."""
    bearers: dict[str, list[str]] = {}
    for key, named in names.items():
        if named.kind == "person" and " " in key:
            bearers.setdefault(key.rsplit(" ", 1)[-1], []).append(key)
    surnames = Surnames(bearers, language)
    forms = {lone: surnames.of_form(lone) for lone in names if " " not in lone}
    return {lone: [key for surname in found for key in bearers[surname]] for lone, found in forms.items() if found}


def may_be_short_for(lone: Named, firm: str) -> bool:
    """A lone word taken for a person is the firm that it opens, unless people are called so.

    `Clinton` is not the Clinton Foundation.
    """
    if lone.kind == "person":
        return firm.startswith(f"{lone.text.casefold()} ") and not any(
            lone.text in load_words(names) for names in ("first_names", "surnames")
        )
    return lone.kind == "organisation"


def organisations_by_word(names: dict[str, Named]) -> dict[str, list[str]]:
    """The full names of organisations by their first and last words."""
    bearers: dict[str, list[str]] = {}
    for key, named in names.items():
        words = key.split(" ")
        if len(words) > 1 and named.kind == "organisation":
            for word in dict.fromkeys((words[0], words[-1])):
                bearers.setdefault(word, []).append(key)
    return bearers


def merge_short_form(names: dict[str, Named], part: str, whole: str) -> None:
    """Merges a short name into the full one that holds it.

    It stays apart where it is a name of another kind that the text mentions more often. There is one exception: a
    surname that was labelled as an organisation is merged into the person (news that names Ann Clay means her by
    `Clay`).
    """
    lone, full = names[part], names[whole]
    surname = lone.kind == "organisation" and whole.endswith(f" {part}")
    if lone.kind == full.kind or surname or lone.count <= full.count:
        full.count += lone.count
        full.first = min(full.first, lone.first)
        del names[part]
