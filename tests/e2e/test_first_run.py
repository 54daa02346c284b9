"""A newcomer's way through the stack, on the emulator and by the command line."""

import json
import re
from collections.abc import Callable
from subprocess import CompletedProcess
from uuid import uuid4

from infra.local.home import CLONE
from infra.stack.readers.inbox import Inbox
from tests.e2e.sink import Sink
from tests.e2e.support import Stack, alert_of, eventually, own_week

PAGES = CLONE / "tests" / "corpus" / "pages"
Clipwire = Callable[..., CompletedProcess[str]]


def page(name: str = "flood-lowmarsh") -> str:
    """A sample page made different from every other upload and of a week of its own, so that it is news."""
    text = (PAGES / f"{name}.html").read_text().replace("</p>", f" {uuid4().hex}.</p>", 1)
    return re.sub(r"20\d\d-\d\d-\d\d", own_week(), text)


def test_a_page_becomes_a_record_and_an_alert_to_a_queue(stack: Stack, subscriber: Callable[..., Inbox]) -> None:
    box = subscriber()
    document = stack.upload(f"first-{uuid4().hex}.html", page())
    record = stack.outcome(document)
    assert record["outcome"] == "published"
    assert record["title"].startswith("Lowmarsh families")
    assert alert_of(box, document)["title"] == record["title"]


def test_a_web_subscriber_confirms_by_itself_and_gets_the_alert(
    stack: Stack, https_sink: Sink, clipwire: Clipwire
) -> None:
    clipwire("subscribe", https_sink.url, "--every-copy")  # other tests told the story of the sample
    eventually(lambda: https_sink.confirmations, of="SNS's handshake")
    document = stack.upload(f"web-{uuid4().hex}.html", page())
    try:
        eventually(
            https_sink.alerts,
            lambda alerts: any(alert["document_id"] == document for alert in alerts),
            of="an alert by HTTPS",
        )
    finally:
        clipwire("unsubscribe", https_sink.url)


def test_a_subscriber_gets_only_the_topics_asked_for(stack: Stack, subscriber: Callable[..., Inbox]) -> None:
    everything, sport = subscriber(), subscriber(topics=["sport"])
    flood = stack.upload(f"flood-{uuid4().hex}.html", page())
    cricket = stack.upload(f"cricket-{uuid4().hex}.html", page("cricket-visible-date"))
    assert "sport" not in alert_of(everything, flood)["topics"]
    assert "sport" in alert_of(sport, cricket)["topics"]
    stack.at_rest()
    assert flood not in {alert["document_id"] for alert in sport.receive(1)}


def test_upload_waits_for_outcomes_and_says_them_to_scripts(
    stack: Stack, clipwire: Clipwire, tmp_path_factory: object
) -> None:
    folder = stack.home / f"pages-{uuid4().hex}"
    folder.mkdir()
    (folder / "flood.html").write_text(page())
    (folder / "empty.html").write_text("")
    (folder / "notes.txt").write_text("not a page")
    said = json.loads(clipwire("upload", str(folder), "--wait", "--json", code=3).stdout)
    assert said["uploaded"] == 2
    assert [one["file"].rpartition("/")[2] for one in said["left_out"]] == ["notes.txt"]
    assert {one["key"].rpartition("/")[2]: one["outcome"] for one in said["pages"]} == {
        "empty.html": "rejected",
        "flood.html": "published",
    }
    assert json.loads(clipwire("show", f"{folder.name}/empty.html", "--json").stdout)["reason"] == "empty"


def test_the_lists_find_what_was_uploaded(stack: Stack, clipwire: Clipwire) -> None:
    document = stack.upload(f"listed-{uuid4().hex}.html", page())
    record = stack.outcome(document)
    for asked in (["--topic", record["topic"]], ["--site", record["site"]], ["--date", "today"], []):
        found = json.loads(clipwire("records", *asked, "--limit", "200", "--json").stdout)["records"]
        assert document in [item["document_id"] for item in found], asked
    assert record["title"] in clipwire("show", document[:12]).stdout


def test_subscribing_again_replaces_what_was_asked_for(clipwire: Clipwire) -> None:
    name = f"watchers-{uuid4().hex[:8]}"
    clipwire("subscribe", name, "--create", "--topic", "sport")
    clipwire("subscribe", name, "--topic", "conflict", "--language", "en")
    listed = json.loads(clipwire("subscriptions", "--json").stdout)["subscriptions"]
    assert [one["filter"] for one in listed if one["endpoint"].endswith(name)] == [
        {"first_for": ["topic:conflict"], "language": ["en"]}
    ]
    clipwire("unsubscribe", name)
    assert name not in clipwire("subscriptions", "--json").stdout


def test_alerts_are_followed_and_nothing_is_left_behind(stack: Stack, clipwire: Clipwire) -> None:
    before = stack.client("sns").list_subscriptions()["Subscriptions"]
    clipwire("alerts", "--timeout", "1", "--json")
    assert stack.client("sns").list_subscriptions()["Subscriptions"] == before


def test_the_demo_shows_one_alert_for_two_papers_with_one_report_and_the_correction(clipwire: Clipwire) -> None:
    said = clipwire("demo").stdout.partition("One report in two papers")[2].partition("What next")[0]
    assert "no second alert" in said
    assert re.search(r"corrected\s+Fire at Ostwick paper mill leaves 14 workers hurt", said)
    assert "headline: Fire at Ostwick paper mill leaves 12 workers hurt → " in said
    command = re.search(r"see \.venv/bin/clipwire (story \S+)", said)
    assert command
    assert "The Ostwick Ledger" in clipwire(*command[1].split()).stdout


def test_a_second_demo_finds_all_as_it_was_and_alerts_nobody(clipwire: Clipwire) -> None:
    said = json.loads(clipwire("demo", "--json").stdout)
    assert all(one["outcome"] in {"published", "rejected"} for one in said["pages"])
    assert any(one["outcome"] == "published" for one in said["pages"])
    assert said["one_story"]["alerts"] == said["one_story"]["problems"] == []
    assert len({record["story_id"] for record in said["one_story"]["records"]}) == 1
    assert [headline["after"] for headline in said["one_story"]["headlines"]] == [
        "Fire at Ostwick paper mill leaves 14 workers hurt"
    ]


def test_a_second_start_finds_the_port_taken_by_the_first(
    stack: Stack, clipwire: Clipwire, monkeypatch: object
) -> None:
    said = clipwire("up", "--port", str(stack.port + 1 if stack.port < 65535 else stack.port - 1), code=1).stderr
    assert f"up on port {stack.port}" in said
