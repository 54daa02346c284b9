"""The terms of a stored document, by which a search passes over documents that cannot match its query.

The terms stand in one text, each once and between spaces: ` harbour hous house site:courier `. A document that
satisfies a query has the terms of at least one of the query's alternatives; the matcher decides about the rest.
"""

from collections.abc import Iterator, Sequence

from shared.rules.document import NAMED, PROSE, SearchableDocument
from shared.rules.query_tree import Node
from shared.rules.token_streams import BREAK, TokenStream


def joined_terms(document: SearchableDocument) -> str:
    """All terms of a document, sorted, with a space before the first and after the last."""
    return f" {' '.join(sorted(terms_of_document(document)))} "


def terms_of_document(document: SearchableDocument) -> set[str]:
    """The words of title and text, as written but for case and accents, and with plurals folded; those of other fields
    behind the field's name.
    """
    streams = [TokenStream(name, document.values(name)) for name in PROSE]
    prose = {word for stream in streams for word in (*stream.plain, *stream.stems)}
    named = {f"{name}:{word}" for name in NAMED for word in TokenStream(name, document.values(name)).plain if word}
    return (prose | named) - {BREAK}


def needed_terms(query: Node) -> list[list[str]]:
    """What a matching document's terms contain: all texts of at least one of the lists.

    ` war ` for a word, ` missil` for a prefix. An empty list leaves every document to the matcher.
    """
    return [sorted(texts_of_keys(sorted(keys))) for keys in query.plan.alternatives]


def texts_of_keys(keys: Sequence[str]) -> Iterator[str]:
    """`text:north korea` → ` north `, ` korea `; `site:cour*` → ` site:cour`."""
    for key in keys:
        field, _, asked = key.partition(":")
        mark = f"{field}:" if field in NAMED else ""
        for word in asked.split(" "):
            yield f" {mark}{word.removesuffix('*')}" if word.endswith("*") else f" {mark}{word} "
