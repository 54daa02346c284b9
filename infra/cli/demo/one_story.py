"""The demo's second part: two papers print one report, one alert goes out, and the first paper corrects itself."""

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.text import Text

from infra.cli.commands.alerts import alert_line
from infra.cli.screen.output import out, plain, words
from infra.intake.found import Page
from infra.intake.parallel import send_pages
from infra.intake.sending import PageSender, Terms, folder_of, key_under, md5_of
from infra.intake.tally import Tally
from infra.local.home import CLONE
from infra.stack.readers.inbox import Inbox, inbox
from infra.stack.records.documents import Item
from infra.stack.records.stories import told_item
from infra.stack.records.told_documents import find_with_alerts, is_told
from infra.stack.target import Target
from shared.adapters.dynamodb_told import told_in
from shared.domain.documents import document_id, opened_story_id
from shared.domain.told import NEVER_TOLD, ToldDocument
from shared.domain.views import View

COPIES = CLONE / "tests" / "corpus" / "copies"
FIRST, SECOND, CORRECTED = "mill-fire-ledger", "mill-fire-post", "mill-fire-ledger-corrected"
NAMES = {FIRST: FIRST, SECOND: SECOND, CORRECTED: FIRST}  # the page that each file is a version of
FIELDS = ("outcome", "title", "site", "story_id", "story_evidence")
EVERYTHING = View("everything").text
LATE_SECONDS = 2  # in which an alert that was sent reaches the queue; by judgement
STORY_COMMAND = f".venv/bin/clipwire story {SECOND}.html"


@dataclass
class OneStory:
    """What became of the three files: which were sent this time, the alert of each, and what is kept of the two pages.

    A file whose page was there before is not sent, and alerts nobody: then `told`, which notify keeps of each page,
    says what an earlier run told.
    """

    sent: set[str] = field(default_factory=set)
    alerts: dict[str, dict[str, Any]] = field(default_factory=dict)
    records: Mapping[str, Item] = field(default_factory=dict)
    told: Mapping[str, ToldDocument] = field(default_factory=dict)

    def problems(self) -> Iterator[str]:
        """What went otherwise than it should, a sentence each."""
        first, second = (self.records.get(name, {}) for name in (FIRST, SECOND))
        if FIRST in self.sent and FIRST not in self.alerts:
            yield "No alert of the first paper's report came in time."
        if FIRST not in self.sent and EVERYTHING not in self.told_of(FIRST).views:
            yield "Nobody was told of the first paper's report when it came."
        if not first.get("story_id") or not second.get("story_id"):
            yield "The two papers' pages have no records with a story."
        elif first["story_id"] != second["story_id"]:
            yield "The second paper's report did not join the story of the first."
        if SECOND in self.alerts or EVERYTHING in self.told_of(SECOND).views:
            yield "The second paper's report was alerted too."
        if CORRECTED in self.sent and self.alerts.get(CORRECTED, {}).get("kind") != "corrected":
            yield "No correction came in time."
        elif headline_of(CORRECTED) not in (after for _, after in self.headlines()):
            yield "The correction does not say how the headline changed."

    def told_of(self, name: str) -> ToldDocument:
        return self.told.get(name, NEVER_TOLD)

    def headlines(self) -> Iterator[tuple[str, str]]:
        """Headlines before and after, by the correction that came, or as readers were told by an earlier run."""
        if CORRECTED in self.sent:
            changes = self.alerts.get(CORRECTED, {}).get("changes") or []
            yield from ((one.get("before", ""), one["after"]) for one in changes if one["what"] == "headline")
        elif facts := self.told_of(FIRST).facts:
            yield headline_of(FIRST), facts.title

    def as_document(self) -> dict[str, Any]:
        """The same for scripts."""
        return {
            "sent": [f"{file}.html" for file in NAMES if file in self.sent],
            "records": [
                {**record, "told_views": sorted(self.told_of(name).views)} for name, record in self.records.items()
            ],
            "alerts": list(self.alerts.values()),
            "headlines": [{"before": before, "after": after} for before, after in self.headlines()],
            "problems": list(self.problems()),
        }


def tell_one_story(target: Target, timeout: float) -> OneStory:
    """Uploads the files that are not there yet, one after the other; waits `timeout` seconds at most for each."""
    found = OneStory()
    with inbox(target, {"first_for": [EVERYTHING]}) as box:
        for file in files_to_send(target):
            if send_file(target, file):
                found.sent.add(file)
                await_telling(target, box, found, file, timeout)
    ids = {name: id_of(target, name) for name in (FIRST, SECOND)}
    records = find_with_alerts(target, list(ids.values()), FIELDS)
    found.records = {name: records[document] for name, document in ids.items() if document in records}
    found.told = {name: told_of_record(target, record) for name, record in found.records.items()}
    return found


def told_of_record(target: Target, record: Item) -> ToldDocument:
    """What notify keeps of the alerts of a page, in the item of its story."""
    story = record.get("story_id") or opened_story_id(record["document_id"])
    return told_in(story, told_item(target, story)).of(record["document_id"])


def files_to_send(target: Target) -> list[str]:
    """All three in order; without the first paper's older version where its correction is there."""
    corrected = PageSender(target, Terms(folder_of(""))).is_there(key_of(FIRST), md5_of(path_of(CORRECTED)))
    return [SECOND] if corrected else [FIRST, SECOND, CORRECTED]


def send_file(target: Target, file: str) -> bool:
    """Whether the page was sent; not where the bucket has just these bytes."""
    sender = PageSender(target, Terms(folder_of(""), skip_unchanged=True))
    tally: Tally = send_pages([page_of_file(file)], sender, 0, lambda _: None)
    return bool(tally.uploaded)


def await_telling(target: Target, box: Inbox, found: OneStory, file: str, timeout: float) -> None:
    """Notes the alert of a file's page. The second paper's page has none: its readers were told of the story.

    So for that one it waits until notify has dealt with it, and then for what is on its way.
    """
    document, deadline = id_of(target, NAMES[file]), time.monotonic() + timeout
    while file not in found.alerts and time.monotonic() < deadline:
        note_alert(box.receive(1), found, file, document)
        if file == SECOND and is_dealt_with(target, document):
            note_alert(box.receive(LATE_SECONDS), found, file, document)
            return


def note_alert(received: Iterable[dict[str, Any]], found: OneStory, file: str, document: str) -> None:
    for alert in received:
        if alert.get("document_id") == document:
            found.alerts[file] = alert


def is_dealt_with(target: Target, document: str) -> bool:
    """Whether the page has a record, and its readers were told of it as far as they had to be."""
    record = find_with_alerts(target, [document], FIELDS).get(document)
    return record is not None and is_told(record)


def show_one_story(found: OneStory) -> None:
    """What each file led to, in order."""
    if not found.sent:
        out.print(words("Its pages are as an earlier run left them, and unchanged pages alert nobody. It told then:"))
        out.print(earlier_line(found))
    if FIRST in found.alerts:
        out.print(alert_line(found.alerts[FIRST]))
    if not any(found.problems()):
        out.print(joining_line(found.records[SECOND]))
    if CORRECTED in found.alerts:
        out.print(alert_line(found.alerts[CORRECTED]))
    for problem in found.problems():
        out.print(words(f"{problem} `{STORY_COMMAND}` says what its readers were told.", "yellow"))


def earlier_line(found: OneStory) -> Text:
    """What an earlier run told of the first paper's page, which was corrected since."""
    told, record = found.told_of(FIRST), found.records.get(FIRST, {})
    changes = [{"what": "headline", "before": before, "after": after} for before, after in found.headlines()]
    title = record.get("title") or headline_of(CORRECTED)
    kind = "corrected" if told.sent_at else "not told"
    return alert_line({"processed_at": told.sent_at, "kind": kind, "title": title, "changes": changes})


def joining_line(record: Item) -> Text:
    """What became of the second paper's page: no second alert, and why."""
    who = f"{plain(record.get('site'))} prints it as {plain(record.get('title'))!r}: no second alert."
    why = f"\n    it joined the story: {plain(record.get('story_evidence'))}"
    return Text.assemble((who, "bold"), (why, "dim"), (f"\n    see {STORY_COMMAND}", "dim"))


def id_of(target: Target, name: str) -> str:
    return document_id(target.output("PagesBucketName"), key_of(name))


def key_of(name: str) -> str:
    return key_under(folder_of(""), page_of_file(name))


def path_of(file: str) -> Path:
    return COPIES / f"{file}.html"


def headline_of(file: str) -> str:
    """The headline that the page itself shows; these pages are ours, so that a tag is found by its letters."""
    return path_of(file).read_text(encoding="utf-8").partition("<h1>")[2].partition("</h1>")[0]


def page_of_file(file: str) -> Page:
    path = path_of(file)
    return Page(f"samples/{NAMES[file]}.html", str(path), path)
