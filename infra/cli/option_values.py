"""What people type as a language, a site, a web address or a rule, checked before anything is asked with it."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

from infra.cli.screen.output import err, words
from infra.errors import CliError
from infra.stack.records.known import known_sites
from infra.stack.target import Target

MAX_SUGGESTIONS = 3  # of what may have been meant, by judgement: one line of a terminal
MIN_LIKENESS = 0.6  # of a name and what was typed, from 0 to 1; the default of `get_close_matches`


def web_address(typed: str) -> str:
    """An http or https address with a host; raises `CliError` for anything else."""
    try:
        parts = urlsplit(typed)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(letter.isspace() for letter in typed):
        raise CliError(f"{typed!r} is no web address.", "Write it as https://www.example.org/news/article.")
    return typed


def language_code(typed: str) -> str:
    """The code of a language as records have it (`en`, `pt`, `zh`); raises `CliError` with the code of its name."""
    from babel import Locale  # noqa: PLC0415  # its tables take time, and few commands name a language

    names = Locale("en").languages
    code = typed.strip().lower().partition("-")[0].partition("_")[0]
    if code in names:
        return code
    codes = {name.lower(): code for code, name in names.items() if "_" not in code}
    near = get_close_matches(typed.strip().lower(), codes, n=MAX_SUGGESTIONS, cutoff=MIN_LIKENESS)
    meant = " or ".join(f"{codes[name]} ({names[codes[name]]})" for name in near)
    hint = f"Did you mean {meant}?" if meant else "Give its code, such as en, de or ar."
    raise CliError(f"{typed!r} is no language's code.", hint)


def checked_query(typed: str, what: str = "a rule") -> Any:  # noqa: ANN401  # a tree of the rules' own
    """The query as a tree; raises `CliError` with a caret under what is wrong, on lines of their own."""
    from shared.domain.rules import BadQuery  # noqa: PLC0415  # likewise
    from shared.rules.parser import parse  # noqa: PLC0415  # its tables take time, and few commands read a query

    try:
        return parse(typed)
    except BadQuery as fault:
        said = f"this query cannot be {what}, because of its column {fault.position + 1}:\n{fault.pointed()}"
        raise CliError(said, "`clipwire rules --help` says what a query is made of.") from None


def checked_wishes(
    target: Target, sites: Sequence[str] | None, languages: Sequence[str] | None, rules: Sequence[str] | None
) -> tuple[list[str], list[str], list[str]]:
    """What a subscriber asks for, each name as records have it; raises `CliError` for what can never match."""
    codes = [language_code(typed) for typed in languages or ()]
    return site_names(target, sites or ()), codes, rule_names(target, rules or ())


def rule_names(target: Target, typed: Sequence[str]) -> list[str]:
    """The names of rules that are there; raises `CliError` with the nearest ones for one that is not."""
    from shared.adapters.dynamodb_rules import DynamoDbRules  # noqa: PLC0415  # its models take time, and few name rules

    rules = DynamoDbRules(target.client("dynamodb"), target.output("RulesTableName")) if typed else None
    for name in typed:
        if rules and rules.find(name) is None:
            near = get_close_matches(name, [rule.name for rule in rules.every()], n=MAX_SUGGESTIONS)
            hint = f"Did you mean {' or '.join(near)}? " if near else ""
            raise CliError(f"There is no rule called {name}.", f"{hint}`clipwire rules list` lists them.")
    return list(typed)


def site_names(target: Target, typed: Sequence[str]) -> list[str]:
    """Each site as its records spell it, whatever the case; warns of one that no record has yet."""
    return [site_name(typed_name, known_sites(target, typed_name)) for typed_name in typed]


def site_name(typed: str, known: Iterable[str]) -> str:
    """The known site of this name, or the name as typed after a warning on standard error."""
    if not typed.strip():
        raise CliError("A site's name cannot be empty.", "Leave `--site` out for every site.")
    by_case = {name.casefold(): name for name in known}
    if typed.casefold() in by_case:
        return by_case[typed.casefold()]
    near = get_close_matches(typed.casefold(), by_case, n=MAX_SUGGESTIONS, cutoff=MIN_LIKENESS)
    meant = " or ".join(repr(by_case[name]) for name in near)
    hint = f" Did you mean {meant}?" if meant else ""
    err.print(words(f"No record has the site {typed!r} yet.{hint}", "yellow"))
    return typed
