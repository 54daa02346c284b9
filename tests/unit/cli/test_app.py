import sys
from typing import Any

import pytest
import typer
from botocore.exceptions import ClientError, NoCredentialsError

from infra.cli import app
from infra.cli.commands.alerts import alert_line
from infra.cli.journey import Journey
from infra.errors import CliError


def ends(monkeypatch: pytest.MonkeyPatch, failure: BaseException) -> int:
    def build(_: object) -> Any:
        def run() -> None:
            raise failure

        return run

    monkeypatch.setattr(app, "build", build)
    with pytest.raises(SystemExit) as ended:
        app.main()
    return int(str(ended.value.code))


def refusal(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "PutObject")


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (CliError("It broke.", "Mend it."), "→ Mend it."),
        (NoCredentialsError(), "No AWS credentials"),
        (refusal("AccessDenied"), "Your role may not do this"),
        (refusal("ExpiredToken"), "sign in again"),
        (refusal("SlowDown"), "PutObject was refused: SlowDown"),
    ],
)
def test_an_expected_failure_ends_in_plain_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], failure: BaseException, said: str
) -> None:
    assert ends(monkeypatch, failure) == 1
    shown = capsys.readouterr().err
    assert said in shown
    assert "Traceback" not in shown


def test_ctrl_c_ends_quietly(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert ends(monkeypatch, KeyboardInterrupt()) == 130
    assert capsys.readouterr().err == ""


def test_every_module_registers_the_commands_that_the_list_says() -> None:
    whole = typer.main.get_command(app.build())
    named = {name for commands in app.MODULES.values() for name in commands}
    assert named == set(whole.commands)  # type: ignore[attr-defined]


def test_a_named_command_needs_its_own_module_only() -> None:
    assert set(typer.main.get_command(app.build(["records"])).commands) == {"records"}  # type: ignore[attr-defined]


def test_every_command_says_what_it_does() -> None:
    whole = typer.main.get_command(app.build())
    assert [name for name, command in whole.commands.items() if not command.help] == []  # type: ignore[attr-defined]


def test_words_that_are_wrong_end_with_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["clipwire", "records", "--limit", "none"])
    with pytest.raises(SystemExit) as ended:
        app.main()
    assert ended.value.code == 2


def test_an_alert_is_shown_without_what_its_page_could_do_to_a_terminal() -> None:
    line = alert_line(
        {
            "kind": "new",
            "title": "a\x1b[2J[bold]b",
            "rules": {"dams": "It \x07broke."},
            "topic_evidence": {"disaster": "dam"},
        }
    )
    assert line.plain.splitlines()[0].endswith("a[2J[bold]b")
    assert "rule dams: It broke." in line.plain


def test_a_journey_is_complete_once_every_published_page_was_alerted_or_is_unchanged() -> None:
    journey = Journey({"a": "incoming/a", "b": "incoming/b"}, {})
    assert not journey.complete
    journey.outcomes["a"] = {"outcome": "rejected"}
    journey.outcomes["b"] = {"outcome": "published", "content_hash": "1"}
    assert list(journey.due()) == ["b"]
    journey.outcomes["b"] |= {"alert_content": "1"}
    assert journey.unchanged("b")
    assert journey.complete
    journey.outcomes["b"] |= {"fresh_alert": True}
    assert not journey.complete
    journey.alerts["b"] = {}
    assert journey.complete
