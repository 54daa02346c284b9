"""What every command has in common: where it looks, and how it answers."""

import functools
import inspect
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

import typer
from typer.models import OptionInfo

from infra.cli.screen.output import emit, emit_lines, err, words
from infra.errors import CliError
from infra.local.stack import STACK
from infra.stack.target import Target, choose
from infra.stack.topics import topics_that_begin_with

EXAMPLE = "Example:"  # begins a line of a docstring that shows a command
_PANEL = "Which stack, and how it answers"
_LOCAL = Annotated[
    bool | None,
    typer.Option(
        "--local/--aws",
        help="The local stack of this clone, or your AWS account. Default: CLIPWIRE_ON, else local.",
        rich_help_panel=_PANEL,
    ),
]
_PROFILE = Annotated[
    str | None, typer.Option(help="Profile of your AWS settings (implies --aws).", rich_help_panel=_PANEL)
]
_REGION = Annotated[str | None, typer.Option(help="AWS region (implies --aws).", rich_help_panel=_PANEL)]
_STACK = Annotated[
    str | None, typer.Option(help="Name of the stack in your AWS account. [default: clipwire]", rich_help_panel=_PANEL)
]
_JSON = Annotated[bool, typer.Option("--json", help="Answer as JSON, for scripts.", rich_help_panel=_PANEL)]
_LINES = Annotated[
    bool,
    typer.Option("--nl", help="Answer as JSON, and a list as one document per line (NDJSON).", rich_help_panel=_PANEL),
]
_COMMON = {
    "local": (_LOCAL, None),
    "profile": (_PROFILE, None),
    "region": (_REGION, None),
    "stack": (_STACK, None),
    "as_json": (_JSON, False),
    "as_lines": (_LINES, False),
}


@dataclass(frozen=True)
class CommandContext:
    """Where this call of a command looks, and how it answers."""

    local: bool | None = None
    profile: str | None = None
    region: str | None = None
    stack: str | None = None
    as_json: bool = False
    as_lines: bool = False

    @cached_property
    def target(self) -> Target:
        found = choose(local=self.local, profile=self.profile, region=self.region, stack=self.stack)
        if not self.as_json:
            err.print(words(found.label, "dim"))
        return found

    @cached_property
    def aws_target(self) -> Target:
        """The stack in an AWS account, for the commands that have no local meaning."""
        return Target(None, self.profile, self.region, self.stack or os.environ.get("CLIPWIRE_STACK") or STACK)

    def answer(self, document: object, show: Callable[[], None]) -> None:
        """The document for scripts, or what `show` prints for people."""
        if self.as_lines:
            emit_lines(document)
        elif self.as_json:
            emit(document)
        else:
            show()


def add(app: typer.Typer, function: Callable[..., Any], name: str | None = None, *, takes_dashes: bool = False) -> None:
    """Makes a command of `function(context, …)`: its own options, and the ones that every command has.

    With `takes_dashes` an argument may begin with a hyphen, as a query does that takes something away first.
    """
    own = inspect.signature(function, eval_str=True)
    common = [
        inspect.Parameter(option, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for option, (annotation, default) in _COMMON.items()
    ]

    @functools.wraps(function)
    def run(**given: Any) -> None:  # noqa: ANN401  # the options of any command
        common = {option: given.pop(option) for option in _COMMON}
        context = CommandContext(**common | {"as_json": common["as_json"] or common["as_lines"]})
        refuse_empty_values(own, given)
        function(context, **given)

    let_shells_complete_topics(own)
    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [parameter.replace(kind=keyword) for parameter in list(own.parameters.values())[1:]]
    run.__signature__ = inspect.Signature([*parameters, *common])  # type: ignore[attr-defined]  # typer reads it
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in [*parameters, *common]}
    settings = {"ignore_unknown_options": True} if takes_dashes else None
    register_command(app, run, name or function.__name__.rstrip("_").replace("_", "-"), settings)


def refuse_empty_values(signature: inspect.Signature, given: Mapping[str, Any]) -> None:
    """Raises `CliError` for `--person ""`, which a script passes whose variable is not set: it would ask for all."""
    for name, value in given.items():
        parameter = signature.parameters[name]
        said = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        option = next(iter(getattr(parameter.annotation, "__metadata__", ())), None)
        if isinstance(option, OptionInfo) and value != parameter.default and any(not str(one).strip() for one in said):
            own = [one for one in (option.default, *(option.param_decls or ())) if str(one).startswith("--")]
            shown = next(iter(own), f"--{name.replace('_', '-')}")
            raise CliError(f"{shown} is empty.", f"Leave {shown} out, or say what it is.")


def let_shells_complete_topics(signature: inspect.Signature) -> None:
    """A shell that asks gets the topics for each command's option `--topic`."""
    if "topic" in signature.parameters:
        signature.parameters["topic"].annotation.__metadata__[0].autocompletion = topics_that_begin_with


def register_command(
    app: typer.Typer, run: Callable[..., Any], name: str, settings: dict[Any, Any] | None = None
) -> None:
    """Makes a command whose help ends with the examples that its docstring has, one a line: `Example: clipwire …`."""
    about, examples = split_examples(inspect.getdoc(run) or "")
    epilog = "\n".join(["Examples:\n", "```", *examples, "```"]) if examples else None
    app.command(name, help=about, epilog=epilog, context_settings=settings)(run)


def split_examples(docstring: str) -> tuple[str, list[str]]:
    """What a docstring says, and the commands of its lines `Example: …`."""
    lines = docstring.splitlines()
    examples = [line.removeprefix(EXAMPLE).strip() for line in lines if line.startswith(EXAMPLE)]
    return "\n".join(line for line in lines if not line.startswith(EXAMPLE)).strip(), examples
