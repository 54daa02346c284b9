"""The demo's second part: two papers print one report, one alert goes out, and the first paper corrects itself."""

from pathlib import Path
from typing import Any

from rich.text import Text

from infra.cli.commands.alerts import alert_line
from infra.cli.output import out, plain, words
from infra.intake.found import Page
from infra.intake.parallel import send_pages
from infra.intake.sending import PageSender, Terms, folder_of, key_under
from infra.local.home import CLONE
from infra.stack.documents import find_many
from infra.stack.inbox import Inbox, inbox
from infra.stack.outcomes import versions, watch
from infra.stack.target import Target
from shared.domain.documents import document_id
from shared.domain.views import View

COPIES = CLONE / "tests" / "corpus" / "copies"
FIRST, SECOND, CORRECTED = "mill-fire-ledger", "mill-fire-post", "mill-fire-ledger-corrected"
FIELDS = ("outcome", "title", "site", "story_id", "story_evidence")


def show_one_story(target: Target, timeout: float) -> None:
    """Uploads the three pages one after the other, and prints what each led to; `timeout` seconds for each."""
    out.print(Text("\nOne report in two papers", "bold"))
    with inbox(target, {"first_for": [View("everything").text]}) as box:
        told = send_and_await_alert(target, box, FIRST, FIRST, timeout)
        out.print(alert_line(told) if told else words("No alert has come yet.", "yellow"))
        out.print(joining_line(send_and_await_record(target, SECOND, SECOND, timeout)))
        told = send_and_await_alert(target, box, CORRECTED, FIRST, timeout)
        out.print(alert_line(told) if told else words("No correction has come yet.", "yellow"))


def joining_line(record: dict[str, Any]) -> Text:
    """What became of the second paper's page: no second alert, and why."""
    if not record.get("story_id"):
        return words("The second paper's page has no record yet.", "yellow")
    who = f"{plain(record.get('site'))} prints it as {plain(record.get('title'))!r}: no second alert."
    why = f"\n    it joined the story: {plain(record.get('story_evidence'))}"
    command = f"\n    see .venv/bin/clipwire story {SECOND}.html"
    return Text.assemble((who, "bold"), (why, "dim"), (command, "dim"))


def send_and_await_alert(target: Target, box: Inbox, file: str, name: str, timeout: float) -> dict[str, Any] | None:
    """The alert that a page leads to where it is news; None where none comes in time."""
    document = send_page(target, file, name)
    for alert in box.follow(count=None, timeout=timeout):
        if alert.get("document_id") == document:
            return alert
    return None


def send_and_await_record(target: Target, file: str, name: str, timeout: float) -> dict[str, Any]:
    """The record of the page's new version; empty where it is not there in time."""
    document = id_of(target, name)
    before = {document: versions(target, [document]).get(document)}
    send_page(target, file, name)
    for _ in watch(target, before, timeout):
        continue
    return find_many(target, [document], FIELDS).get(document, {})


def send_page(target: Target, file: str, name: str) -> str:
    """Uploads a file under the page's name; gives the document's id."""
    path = COPIES / f"{file}.html"
    send_pages([page_named(name, path)], PageSender(target, Terms(folder_of(""))), 0, lambda _: None)
    return id_of(target, name)


def id_of(target: Target, name: str) -> str:
    key = key_under(folder_of(""), page_named(name, COPIES / f"{name}.html"))
    return document_id(target.output("PagesBucketName"), key)


def page_named(name: str, path: Path) -> Page:
    return Page(f"samples/{name}.html", str(path), path)
