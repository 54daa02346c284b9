"""People, organisations and places that a text names."""

from collections.abc import Iterable

from functions.enrich.names.forms.inflection import place_of_genitive
from functions.enrich.names.forms.short_forms import fold_short_forms
from functions.enrich.names.listed.countries import listed_country
from functions.enrich.names.listed.gazetteer import find_listed_names
from functions.enrich.names.mentions import (
    Mention,
    drop_everyday_words,
    find_overlooked,
    group_mentions,
    in_one_form,
    join_acronyms,
    rank_names,
    read_mentions,
)
from functions.enrich.names.model import load_model, model_languages
from functions.enrich.names.tagger import label_text
from shared.domain.documents import Name


def find_names(text: str, language: str = "en") -> list[Name]:
    """The names in the text, main ones first; a lone surname counts for the person named in full.

    Languages with a file in `models` have a model (an unknown language is read as English); others have lists and rules
    that rather miss a name than invent one.
    """
    code = language.lower().replace("_", "-").split("-")[0] or "en"
    names = rank_names(fold_short_forms(group_mentions(find_mentions(text, code)), code))
    return [with_plain_form(name, code) if name.kind == "place" else name for name in names]


def with_plain_form(place: Name, language: str) -> Name:
    """The place, with the list's form where the text has it in another case: `Россия` for `России`."""
    listed = listed_country(place.text, language) if language == "ru" else ""
    if language in model_languages():
        listed = listed or place_of_genitive(place.text, load_model(language).lists.places, language)
    return place.model_copy(update={"listed": listed}) if listed else place


def find_mentions(text: str, language: str) -> Iterable[Mention]:
    """Every place where the text names something, by the language's model or by lists."""
    if language in model_languages():
        model = load_model(language)
        tokens, labels, totals = label_text(text, model)
        found = list(read_mentions(text, tokens, labels, totals, model.lists, language))
        overlooked = find_overlooked(tokens, labels, found, model.lists, language)
        found = drop_everyday_words([*found, *overlooked], model.lists)
        return join_acronyms(text, found if language == "en" else in_one_form(found))
    return [
        Mention(name, {kind: 0}, place, all_caps=False)
        for place, (name, kind) in enumerate(find_listed_names(text, language))
    ]
