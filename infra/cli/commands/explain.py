"""`explain`: every field of a document beside where it came from."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from functions.enrich.enrichment import enrich_article
from functions.enrich.record import DOUBTFUL, published_record
from functions.enrich.rule_cache import RuleCache
from functions.enrich.text.key_phrases import LANGUAGES as PHRASED
from functions.enrich.topics.rank import topic_weights
from functions.extract.page_text import extract_article
from infra.cli.advice import ADVICE
from infra.cli.command import CommandContext, add
from infra.cli.commands.rules import store_of
from infra.cli.screen.output import out, outcome_word, plain, table, words
from infra.errors import CliError
from infra.stack.records.find import find_record
from shared.domain.documents import Article, Enrichment, Source
from shared.domain.errors import ClipwireError, Rejected
from shared.domain.limits import MAX_PAGE_BYTES
from shared.outcome_records import rejected_record

# Characters of a value that are shown, by judgement: three lines of a terminal; of a hash, enough to tell two apart.
_SHOWN = 240
_SHOWN_OF_A_HASH = 18
# What follows from the rest, and from what.
_DERIVED: Mapping[str, str] = {
    "topics": "the words below, by the model in functions/enrich",
    "people": "names in the text, most spoken of first",
    "organisations": "names in the text, most spoken of first",
    "places": "names in the text, most spoken of first",
    "rules": "the sentences below",
    "summary": "the standfirst, else the lead's first sentences",
    "key_phrases": "phrases that the text repeats",
    "word_count": "the text",
    "reading_minutes": "the text",
    "fingerprint": "the text, without the title",
    "timeline_at": "published_at in UTC, else processed_at",
    "text": "the page's body",
    "extraction_confidence": "the page's form, by the model in functions/extract",
}
_FROM_THE_PAGE = (
    "title", "standfirst", "authors", "site", "url", "published_at", "modified_at", "dateline", "language",
    "breadcrumb", "image_url",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    add(app, explain)


def explain(
    context: CommandContext,
    page: Annotated[
        str,
        typer.Argument(help="A saved page on this machine, or a record: an id, a key, the name of an uploaded file."),
    ],
    rules: Annotated[
        bool, typer.Option("--rules", help="Hold a local page against your team's rules too; needs the stack.")
    ] = False,
) -> None:
    """Shows each field of a page or record, and where it is from.

    That is: the terms and weights of topics, the sentences of rules, the sources of dates.

    A page on this machine is run by the functions' own code; nothing is uploaded or written.

    Example: clipwire explain page.html
    Example: clipwire explain flood-lowmarsh.html
    """
    file = Path(page)
    item = (
        run_page_locally(file, RuleCache(store_of(context)) if rules else None)
        if file.is_file()
        else find_record(context.target, page)
    )
    document = {**item, "topic_weights": weights_of_topics(item), **advice_for_rejected(item)}
    context.answer(document, lambda: out.print(Group(*_parts(document))))


def run_page_locally(file: Path, rules: RuleCache | None) -> dict[str, Any]:
    if file.stat().st_size > MAX_PAGE_BYTES:
        raise CliError(f"{file} is larger than a page may be.", f"Up to {MAX_PAGE_BYTES:,} bytes are read.")
    try:
        article = extract_article(file.read_bytes())
    except Rejected as rejection:
        source = Source(bucket="on-this-machine", key=str(file))
        return rejected_record(source, rejection, 0, 0).model_dump(mode="json", exclude_none=True)
    enrichment = _watched(article, enrich_article(article), rules)
    source = Source(bucket="on-this-machine", key=str(file))
    return published_record(source, article, enrichment, "1970-01-01T00:00:00Z").model_dump(
        mode="json", exclude_none=True
    )


def _watched(article: Article, enrichment: Enrichment, rules: RuleCache | None) -> Enrichment:
    if rules is None:
        return enrichment
    try:
        return rules.add_matches(article, enrichment)
    except ClipwireError as error:
        raise CliError(f"The rules could not be read: {error}", "`clipwire status` says how the stack is.") from error


def advice_for_rejected(item: Mapping[str, Any]) -> dict[str, str]:
    reason = item.get("reason") or ""
    return {"advice": ADVICE[reason]} if reason in ADVICE else {}


def weights_of_topics(item: Mapping[str, Any]) -> dict[str, list[tuple[str, float]]]:
    title, text, language = item.get("title", ""), item.get("text", ""), item.get("language", "")
    return {
        slug: [(term, round(weight, 3)) for term, weight in topic_weights(title, text, slug, language)]
        for slug in item.get("topics", [])
    }


def _parts(item: Mapping[str, Any]) -> Iterator[RenderableType]:
    yield Text.assemble(
        outcome_word(item["outcome"]),
        f" {item['reason']}: {plain(item.get('detail', ''))}" if item.get("reason") else "",
    )
    if item.get("attention") == DOUBTFUL:
        chance = f"{item['extraction_confidence']:.2f}"
        yield words(f"Published in doubt: the probability that the page is an article is {chance}.", "yellow")
    if advice := ADVICE.get(item.get("reason") or ""):
        yield words(f"What would help: {advice}")
    if rows := list(_rows(item)):
        yield Padding(table("", ("field", "value  ← where from"), rows), (1, 0))
    for slug, terms in item["topic_weights"].items():
        pulls = [(term, f"{weight:+.2f}") for term, weight in terms] or [("(no word stands out)", "")]
        yield words(f"Topic {slug}, probability {item['topic_scores'][slug]:.2f}", "bold")
        yield Padding(table("", ("term", "adds to its log-odds"), pulls), (0, 0, 1, 2))
    yield from _rule_lines(item)


def _rule_lines(item: Mapping[str, Any]) -> Iterator[RenderableType]:
    sentences = item.get("rule_sentences") or {}
    for rule in item.get("rules") or []:
        yield Text.assemble(
            (f"Rule {plain(rule)}", "bold"), f"  because of: {plain(sentences.get(rule, '(no room for its sentence)'))}"
        )
    if item.get("rules_unlisted"):
        yield words(f"{item['rules_unlisted']} rules more matched than a record has room to name.", "yellow")


def _rows(item: Mapping[str, Any]) -> Iterator[tuple[Text, Text]]:
    sources = item.get("sources") or {}
    for name in (*_FROM_THE_PAGE, *_DERIVED):
        value = item.get(name)
        if value not in (None, "", []):
            told = Text.assemble(_shown(name, value), (f"  ← {plain(field_origin(name, item, sources))}", "dim"))
            yield words(name.replace("_", " "), "bold"), told
    if item.get("topics_note"):
        yield words("topics", "bold"), words(plain(item["topics_note"]), "dim")
    if item.get("text") and not item.get("key_phrases") and item.get("language") not in PHRASED:
        yield (
            words("key phrases", "bold"),
            words(f"none: they are looked for in {', '.join(sorted(PHRASED))} only", "dim"),
        )


def _shown(name: str, value: Any) -> str:  # noqa: ANN401  # any field of a record
    """The value in a few lines: cut between words, and a fingerprint to what a person would compare."""
    said = plain(", ".join(map(str, value)) if isinstance(value, list) else value)
    most = _SHOWN_OF_A_HASH if name == "fingerprint" else _SHOWN
    if len(said) <= most:
        return said
    return said[:most] + "…" if " " not in said[:most] else said[:most].rpartition(" ")[0] + " …"


def field_origin(name: str, item: Mapping[str, Any], sources: Mapping[str, str]) -> str:
    where = sources.get(name) or _DERIVED.get(name, "the page")
    return (
        f"{where} ({item['published_at_source']})"
        if name == "published_at" and item.get("published_at_source")
        else where
    )
