"""How rules, and what a rule caught, are shown to people."""

from shlex import quote
from typing import Any

from infra.cli.rules import rule_trial
from infra.cli.screen.output import err, out, table, when, words
from shared.domain.rules import MAX_NAME_LENGTH

# Characters of an owner and of a query that a list shows, by judgement.
_SHORT = 16
_LONG = 300


def show_rules(rules: list[dict[str, Any]]) -> None:
    if not rules:
        err.print(words("There are no rules yet: `clipwire rules add NAME QUERY` makes one."))
        return
    out.print(table("", ("rule", "", "owner", "changed", "query (note)"), map(rule_cells, rules)))
    for rule in rules:
        if rule["error"]:
            out.print(words(f"{rule['name']} is skipped: {rule['error']}", "red"))


def show_caught(name: str, found: list[dict[str, Any]], limit: int) -> None:
    for row in found:
        at = row["matched_at_document"].partition("#")[0]
        out.print(
            rule_trial.told(row["document_id"], at, row.get("site", ""), row.get("title", ""), row.get("sentence", ""))
        )
    if not found:
        err.print(
            words(f"{name} has caught nothing yet. `clipwire rules test --rule {quote(name)}` tries it on the records.")
        )
    elif len(found) == limit:
        err.print(words("There may be more: raise `--limit`.", "dim"))


def rule_cells(rule: dict[str, Any]) -> list[Any]:
    return [
        shown_name(rule["name"]),
        rule_state(rule),
        cut(rule["owner"], _SHORT),
        when(rule["updated_at"]),
        rule_document(rule),
    ]


def shown_name(name: str) -> str:
    """Whole, but for one that no command would have taken."""
    return name if len(name) <= MAX_NAME_LENGTH else cut(name, _SHORT)


def rule_document(rule: dict[str, Any]) -> str:
    """Rows that people wrote by hand may be of any length; `--json` has all of them."""
    return cut(rule["query"], _LONG) + (f" ({cut(rule['note'], _LONG)})" if rule["note"] else "")


def cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def rule_state(rule: dict[str, Any]) -> Any:  # noqa: ANN401  # a styled text
    if rule["error"]:
        return words("bad", "red")
    return words("on", "green") if rule["enabled"] else words("off", "dim")
