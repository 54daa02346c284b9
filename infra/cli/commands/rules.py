"""`rules`: what your team watches for.

The same rows can be written in the console, in the table that the stack's outputs name.
"""

import time
from shlex import quote
from typing import Annotated

import typer

from infra.cli.command import CommandContext, add
from infra.cli.option_values import checked_query
from infra.cli.rules import rule_fill, rule_rows, rule_trial
from infra.cli.rules.rule_list import show_caught, show_rules
from infra.cli.screen.output import err, out, words
from infra.errors import CliError
from shared.adapters.dynamodb_rules import DynamoDbRules
from shared.domain.rules import Rule, name_problem
from shared.rules.matcher import RuleSet
from shared.times import iso_utc

_ABOUT = """
Keeps what your team watches for: named queries.

New documents are held against each of them. A change takes effect within a minute.

**A query** is made of words and "phrases in quotes". Words beside each other must all be there, as with `AND`. `OR`,
`NOT`, `+`, `-` and parentheses work as in Lucene. `missile*` is a beginning of a word. `"oil price"~5` are words near
each other: in any order, with up to five words between.

`title:` `text:` `site:` `topic:` `language:` `person:` `organisation:` `place:` look in one field, the rest in title
and text. A phrase stays within a paragraph.

Capitals, accents and simple plurals make no difference; Chinese, Japanese, Korean and Thai words are found without
spaces. There are no ranges, boosts, fuzzy words or regular expressions.
"""
_EXAMPLES = """
Examples:

    clipwire rules test '"North Korea" AND (troops OR missile*)' --days 30
    clipwire rules add korea '"North Korea" AND troops' --owner "Asia desk"
    clipwire subscribe desk@example.org --rule korea
"""

_KEEP = "Leave the rows of what a rule of this name caught before."
_Name = Annotated[str, typer.Argument(help="The rule's name, as alerts and subscriptions call it.")]


def register(app: typer.Typer) -> None:
    rules = typer.Typer(help=_ABOUT, epilog=_EXAMPLES, no_args_is_help=True, rich_markup_mode="markdown")
    add(rules, add_, "add", takes_dashes=True)
    add(rules, list_, "list")
    add(rules, try_out, "test", takes_dashes=True)
    add(rules, caught)
    add(rules, fill)
    add(rules, remove)
    add(rules, enable)
    add(rules, disable)
    app.add_typer(rules, name="rules")


def add_(  # noqa: PLR0913  # each is one attribute of a rule
    context: CommandContext,
    name: _Name,
    query: Annotated[
        str, typer.Argument(help="What to watch for; in single quotes, so that the shell leaves it alone.")
    ],
    *,
    owner: Annotated[str, typer.Option(help="Whose rule this is.")] = "",
    note: Annotated[str, typer.Option(help="What it is for.")] = "",
    disabled: Annotated[bool, typer.Option("--disabled", help="Keep it, but do not watch yet.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Write over the rule of this name.")] = False,
    keep_matches: Annotated[bool, typer.Option("--keep-matches", help=_KEEP)] = False,
) -> None:
    """Adds a rule, once its query is found to be sound.

    Rows that an earlier rule of this name left in the matches table are removed.

    Example: clipwire rules add korea '"North Korea" AND troops'
    """
    if problem := name_problem(name):
        raise CliError(f"{name!r} cannot be a name: {problem}.", "")
    read_as = str(checked_query(query))
    store = store_of(context)
    known = store.find(name)
    if known and not replace:
        raise CliError(
            f"There is a rule {name} already.", "`--replace` writes over it; `clipwire rules list` shows it."
        )
    if known is None and not keep_matches and rule_rows.are_left(context.target, name):
        rule_rows.remove(context.target, name)
    rule = Rule(name=name, query=query, enabled=not disabled, owner=owner, note=note, updated_at=iso_utc(time.time()))
    store.save(rule)
    context.answer({**rule.model_dump(), "read_as": read_as}, lambda: _say_added(rule, read_as))


def list_(context: CommandContext) -> None:
    """Lists the rules, and what is wrong with those that are skipped.

    Example: clipwire rules list
    """
    found = sorted(store_of(context).every(), key=lambda rule: rule.name)
    errors = RuleSet(found).errors
    rules = [{**rule.model_dump(), "error": errors.get(rule.name)} for rule in found]
    context.answer({"rules": rules}, lambda: show_rules(rules))


def try_out(
    context: CommandContext,
    query: Annotated[str | None, typer.Argument(help="A query to try.")] = None,
    *,
    rule: Annotated[str | None, typer.Option("--rule", help="Try the query of this rule instead.")] = None,
    days: Annotated[int, typer.Option(min=1, max=366, help="How many days back, today among them.")] = 7,
    limit: Annotated[int, typer.Option(min=0, max=10_000, help="How many of the matches to show.")] = 20,
) -> None:
    """Tries a query on the records already there.

    It shows what the query would have alerted, and which sentences did it.

    Example: clipwire rules test 'flood* AND title:river' --days 30
    Example: clipwire rules test --rule korea
    """
    if (query is None) == (rule is None):
        raise CliError("Give either a query or `--rule NAME`.", "")
    wanted = query if query is not None else find_rule(context, str(rule)).query
    node = checked_query(wanted)
    trial = rule_trial.run(context.target, wanted, days)
    context.answer(trial.document(wanted, str(node)), lambda: rule_trial.show(trial, str(node), limit))


def caught(
    context: CommandContext,
    name: _Name,
    *,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many to show.")] = 20,
) -> None:
    """Lists what a rule caught, newest first.

    Each is shown with the sentence that did it. A rule that was removed has nothing more to show.

    Example: clipwire rules caught korea
    """
    found = rule_rows.newest(context.target, name, limit)
    if not found:
        find_rule(context, name)
    context.answer({"rule": name, "caught": found}, lambda: show_caught(name, found, limit))


def fill(
    context: CommandContext,
    name: _Name,
    *,
    days: Annotated[int, typer.Option(min=1, max=366, help="How many days back, today among them.")] = rule_fill.DAYS,
) -> None:
    """Lists under a rule what it would have caught before it was there.

    The documents that match are run again by today's code, and their records name the rule. Nobody is alerted.

    Example: clipwire rules fill korea --days 30
    """
    filled = rule_fill.fill_rule(context.target, find_rule(context, name), days)
    context.answer(rule_fill.document(filled), lambda: rule_fill.show(filled))


def remove(
    context: CommandContext,
    name: _Name,
    *,
    keep_matches: Annotated[bool, typer.Option("--keep-matches", help=_KEEP)] = False,
) -> None:
    """Removes a rule, and its rows in the matches table.

    The records go on saying that it matched them then.

    A page that is being processed may still add a row within the minute; adding a rule of this name, or this command
    again, removes it.

    Example: clipwire rules remove korea
    """
    was_there = store_of(context).remove(name)
    gone = (
        rule_rows.remove(context.target, name) if not keep_matches and rule_rows.are_left(context.target, name) else 0
    )
    if not was_there and not gone:
        raise unknown_rule_error(name)
    said = f"{name} is no longer watched for{f'; {gone} rows of what it caught are gone' if gone else ''}."
    context.answer({"removed": name, "rows_removed": gone}, lambda: err.print(words(said)))


def enable(context: CommandContext, name: _Name) -> None:
    """Switches a rule on.

    Example: clipwire rules enable korea
    """
    switch_rule(context, name, on=True)


def disable(context: CommandContext, name: _Name) -> None:
    """Switches a rule off, and keeps it with all that it caught.

    Example: clipwire rules disable korea
    """
    switch_rule(context, name, on=False)


def store_of(context: CommandContext) -> DynamoDbRules:
    return DynamoDbRules(context.target.client("dynamodb"), context.target.output("RulesTableName"))


def switch_rule(context: CommandContext, name: str, *, on: bool) -> None:
    rule = find_rule(context, name).model_copy(update={"enabled": on, "updated_at": iso_utc(time.time())})
    if on:
        checked_query(rule.query)
    store_of(context).save(rule)
    context.answer(rule.model_dump(), lambda: err.print(words(f"{name} is {'on' if on else 'off'}, within a minute.")))


def find_rule(context: CommandContext, name: str) -> Rule:
    rule = store_of(context).find(name) if name else None
    if rule is None:
        raise unknown_rule_error(name)
    return rule


def unknown_rule_error(name: str) -> CliError:
    return CliError(f"There is no rule called {name}.", "`clipwire rules list` lists them.")


def _say_added(rule: Rule, read_as: str) -> None:
    out.print(words(f"{rule.name} is {'watched for within a minute' if rule.enabled else 'kept, and off'}: {read_as}"))
    err.print(
        words(f"`clipwire rules fill {quote(rule.name)}` lists under it what it would have caught before.", "dim")
    )
