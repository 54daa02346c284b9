"""The grammatical cases of names in Polish and Russian, and the genitive in German, by rules of endings.

The forms fill lists and vary sentences: a wrong form among the right ones does little harm, so that the rules leave out
what is rare.
"""

from collections.abc import Callable

Forms = Callable[[str, str], list[str]]

HARD_RU = "бвгджзклмнпрстфхцчшщ"
VELAR_RU = "гкхжшчщ"
# Ending of the nominative → endings of the other cases; the first row that fits counts
RUSSIAN = (
    (("ский", "цкий"), 2, ("ого", "ому", "им", "ом")),
    (("ская", "цкая"), 2, ("ой", "ую")),
    (("ый", "ой"), 2, ("ого", "ому", "ым", "ом")),
    (("ая",), 2, ("ой", "ую")),
    (("яя",), 2, ("ей", "юю")),
    (("ий",), 1, ("я", "ю", "ем", "и")),
    (("ея",), 1, ("и", "ю", "ей", "е")),
    (("ия",), 1, ("и", "ю", "ей")),
    (("я",), 1, ("и", "е", "ю", "ей")),
    (("га", "ка", "ха", "жа", "ша", "ча"), 1, ("и", "е", "у", "ой", "ей")),
    (("а",), 1, ("ы", "е", "у", "ой")),
    (("й",), 1, ("я", "ю", "ем", "е")),
    (("ь",), 1, ("я", "ю", "ем", "е", "и", "ью")),
    (("о", "е", "и", "у", "ю", "э", "ы", "ё"), 0, ()),
)
RUSSIAN_SURNAME = (
    (("ов", "ев", "ёв", "ин", "ын"), 0, ("а", "у", "ым", "е", "ой", "ы", "ых", "ыми")),
    *RUSSIAN,
)
RUSSIAN_CONSONANT = ("а", "у", "ом", "е")
POLISH = (
    (("ski", "cki", "dzki"), 0, ("ego", "emu", "m", "ch", "mi")),
    (("ska", "cka", "dzka"), 1, ("iej", "ą")),
    (("ia",), 1, ("i", "ę", "ą")),
    (("ka", "ga"), 1, ("i", "ę", "ą")),
    (("la", "ja"), 1, ("i", "ę", "ą", "")),
    (("a",), 1, ("y", "ę", "ą", "ie", "o")),
    (("ek",), 2, ("ka", "kowi", "kiem", "ku")),
    (("ec",), 2, ("ca", "cowi", "cem", "cu")),
    (("eń",), 2, ("nia", "niowi", "niem", "niu")),
    (("ów",), 2, ("owa", "owie", "owem", "owu")),
    (("k", "g"), 0, ("a", "owi", "iem", "u")),
    (("ł",), 1, ("ła", "łowi", "łem", "le", "łu")),
    (("ń",), 1, ("nia", "niowi", "niem", "niu")),
    (("y", "i"), 1, ("ego", "emu", "ym", "im")),
    (("o",), 1, ("a", "u", "em", "ie")),
    (("e",), 0, ()),
)
POLISH_CONSONANT = ("a", "owi", "em", "ie", "u", "owie", "ów")


def inflected_forms(language: str) -> Forms:
    """What makes the forms of a name; the kind is `first`, `last`, `place` or `organisation`.

    The nominative comes first.
    """
    return {"ru": russian_forms, "pl": polish_forms, "de": german_forms}.get(language, plain_form)


def plain_form(name: str, _kind: str) -> list[str]:
    return [name]


def german_forms(name: str, kind: str) -> list[str]:
    """`Berlin`, `Berlins`: places and surnames of one word take the ending."""
    return [name, f"{name}s"] if kind in {"place", "last"} and " " not in name and name[-1] not in "sßxz" else [name]


def russian_forms(name: str, kind: str) -> list[str]:
    words = name.split(" ")
    if len(words) > 1:
        return [name] if kind == "organisation" else joined_forms(words, lambda word: russian_forms(word, kind))
    if kind == "organisation" and not name.islower() and name.isupper():
        return [name]
    found = by_rule(name, RUSSIAN_SURNAME if kind == "last" else RUSSIAN, RUSSIAN_CONSONANT)
    if kind == "last" and name.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return [*found, f"{name}а", f"{name}ой", f"{name}у"]
    if kind == "last" and name.endswith(("ский", "цкий")):
        return [*found, f"{name[:-2]}ая", f"{name[:-2]}ой", f"{name[:-2]}ую"]
    return found


def polish_forms(name: str, kind: str) -> list[str]:
    words = name.split(" ")
    if len(words) > 1:
        return [name] if kind == "organisation" else joined_forms(words, lambda word: polish_forms(word, kind))
    if name.isupper():
        return [name]
    found = by_rule(name, POLISH, POLISH_CONSONANT)
    if kind == "last" and name.endswith(("ski", "cki", "dzki")):
        return [*found, f"{name[:-1]}a", f"{name[:-1]}iej", f"{name[:-1]}ą"]
    return found


def by_rule(
    name: str, rules: tuple[tuple[tuple[str, ...], int, tuple[str, ...]], ...], otherwise: tuple[str, ...]
) -> list[str]:
    """The name, and its stem with the endings of the first rule that fits."""
    for endings, cut, cases in rules:
        if name.endswith(endings):
            stem = name[: len(name) - cut]
            return list(dict.fromkeys([name, *(stem + case for case in cases)]))
    return [name, *(name + case for case in otherwise)]


def joined_forms(words: list[str], forms: Callable[[str], list[str]]) -> list[str]:
    """`Нижний Новгород`, `Нижнего Новгорода`, …: the words' forms side by side, as far as both go."""
    columns = [forms(word) for word in words]
    rows = zip(*(column + [column[0]] * (max(map(len, columns)) - len(column)) for column in columns), strict=True)
    return list(dict.fromkeys(" ".join(row) for row in rows))
