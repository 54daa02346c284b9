"""`ask`: the saved questions, answered by Athena over the files of the days."""

from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from infra.cli.command import CommandContext, add
from infra.cli.screen.output import err, out, table, words
from infra.errors import CliError
from infra.stack.questions.athena import Answer
from infra.stack.questions.athena import ask as ask_athena
from infra.stack.questions.day_files import run_export
from infra.stack.questions.saved_questions import Question, saved_questions


def register(app: typer.Typer) -> None:
    add(app, ask)


def ask(
    context: CommandContext,
    question: Annotated[
        str | None, typer.Argument(help="The name of a saved question, or a file with one. Without it: their list.")
    ] = None,
    replacing: Annotated[
        str | None, typer.Option("--about", help="The name or word to ask about, in place of the question's own.")
    ] = None,
) -> None:
    """Answers a saved question by SQL over all records.

    Without a question it lists them. On AWS, answers are at most an hour behind the records.

    Example: clipwire ask
    Example: clipwire ask topics_by_day
    Example: clipwire ask name_over_time --about "North Shore"
    """
    if question is None:
        saved = saved_questions()
        context.answer(
            {"questions": [{"name": one.name, "about": one.about, "sql": one.sql} for one in saved]},
            lambda: out.print(table("", ("question", "what it answers"), ((one.name, one.about) for one in saved))),
        )
        return
    found = question_called(question)
    if context.target.is_local:
        run_export(context.target)
    answer = ask_athena(context.target, found.about_name(replacing) if replacing else found.sql)
    if found.own_name and not replacing:
        err.print(words(f"Asked about {found.own_name!r}; `--about NAME` asks about another.", "dim"))
    context.answer({"rows": answer.records, "scanned_bytes": answer.scanned_bytes}, lambda: show_answer(answer))


def question_called(name: str) -> Question:
    """The saved question, or the file; raises `CliError` with the nearest names for one that is not there."""
    path = Path(name)
    if path.suffix == ".sql" and path.is_file():
        return Question(path)
    saved = {one.name: one for one in saved_questions()}
    wanted = name.removesuffix(".sql").replace("-", "_").replace(" ", "_").lower()
    if wanted in saved:
        return saved[wanted]
    near = get_close_matches(wanted, saved)
    hint = f"Did you mean {' or '.join(near)}? " if near else ""
    raise CliError(f"There is no question called {name!r}.", f"{hint}`clipwire ask` lists them.")


def show_answer(answer: Answer) -> None:
    if answer.rows:
        out.print(table("", answer.columns, answer.rows))
    else:
        err.print("No rows answer that.")
    count = "1 row" if len(answer.rows) == 1 else f"{len(answer.rows)} rows"
    err.print(words(f"{count}, {answer.seconds:.1f} s", "dim"))
