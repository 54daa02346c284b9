"""Every command that a guide, a help text, a hint or the demo prints is run, and does what it says."""

import io
import json
import re
import shutil
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from functions.reconcile.notification import notification
from functions.reconcile.record_states import Finding
from infra.cli import app
from infra.cli.answers import ANSWERS
from infra.intake.journal import Upload
from infra.local.home import CLONE, Home
from infra.operate.reprocess import Progress
from infra.operate.selection import Selection
from infra.stack.readers import queues
from shared.times import iso_utc
from tests.e2e.support import Stack, eventually
from tests.printed_commands import printed_commands, words_of

MIN_COMMANDS = 50  # that are found; less means that the search no longer sees them
README = (CLONE / "README.md").read_text()
SAMPLES = CLONE / "tests" / "corpus" / "pages"
# What a command's words stand for where they are no words of its own.
STAND_INS = {
    "ID": "flood-lowmarsh.html",
    "COMMAND": "upload",
    "TOPIC": "disaster",
    "KEY": "incoming/a",
    "PAGES": "page.html",
    "NAME": "harbour",
}
STAND_INS |= {"QUERY": "ferry", "topic:{}": "topic:disaster", "{}": "korea"}
# Commands that other tests run, since they would end or move this stack, or need an account.
ELSEWHERE = {
    "deploy": "tests/e2e/test_deploy.py",
    "remove": "tests/e2e/test_deploy.py",
    "down": "tests/e2e/conftest.py",
    "demo": "the fixture below",
    "--install-completion": "tests/unit/cli/test_streams.py, since it writes into a home",
    "upload tests/": "the walks below",
    "subscribe clipwire-inbox-desk --version-1": "nowhere: it takes a stack with AlertsInVersion1",
    "explain tests/": "the walks below",
    "up --port": "tests/e2e/conftest.py",
    "upload https://": "tests/integration/test_fetch.py, since tests reach no public web",
    "desk": "tests/e2e/test_desk.py",
}
# Names of commands in a sentence, which are no commands as they stand.
MENTIONS = {
    "rules",
    "subscribe",
    "unsubscribe",
    "reprocess",
    "redrive",
    "subscribe --create",
    "show",
    "explain",
    "upload",
}


def runnable(words: list[str]) -> tuple[str, ...]:
    """The words as they run on the local stack: without an account, with an end, placeholders filled in."""
    if " ".join(words) in MENTIONS:
        return (words[0], "--help")
    words = words[: words.index("<")] if "<" in words else words
    if words[0] in {"show", "story"}:  # what is filled in there is a document, and elsewhere a rule
        words = ["ID" if word == "{}" else word for word in words]
    filled = [STAND_INS.get(word, word) for word in words if word not in {"--aws", "…"}]
    for option in ("--region", "--timeout"):
        if option in filled:
            at = filled.index(option)
            del filled[at : at + 2]
    is_endless = filled[0] == "alerts" or "--watch" in filled
    return (*filled, "--timeout", "1") if is_endless else tuple(filled)


# Each command once, with the first place that prints it.
COMMANDS: dict[tuple[str, ...], str] = {}
for printed, printed_at in printed_commands().items():
    if not any(" ".join(words_of(printed)).startswith(name) for name in ELSEWHERE):
        COMMANDS.setdefault(runnable(words_of(printed)), printed_at)


@pytest.fixture(scope="module")
def _samples(stack: Stack, clipwire_once: Callable[..., Any]) -> None:
    clipwire_once("demo")


@pytest.fixture(scope="module")
def clipwire_once(stack: Stack) -> Iterator[Callable[..., Any]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLIPWIRE_HOME", str(stack.home))

        def run(*words: str) -> int:
            return app.run(words)

        yield run


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the commands name."""
    monkeypatch.chdir(tmp_path)
    for name in ("page.html", "saved-pages/a.html", "archive/b.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(SAMPLES / "strike-tram-depots.html", tmp_path / name)
    page = (SAMPLES / "strike-tram-depots.html").read_bytes()
    sent = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n"
    (tmp_path / "crawl.warc.gz").write_bytes(
        head + b"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(sent), sent)
    )
    with zipfile.ZipFile(tmp_path / "letters.zip", "w") as archive:
        archive.writestr("letter.html", page)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.usefixtures("_samples", "desk")
def test_a_printed_command_succeeds(
    command: tuple[str, ...],
    stack: Stack,
    clipwire_once: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: Any,
) -> None:
    words = list(command)
    prepare(stack, words)
    words = [park(stack) if word == "FINGERPRINT" else word for word in words]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"y\n")))
    answered = answer_model(words)
    code = clipwire_once(*words, *(["--json"] if answered else []))
    shown = capsys.readouterr()
    said = f"clipwire {' '.join(words)} ({COMMANDS[command]}) ended with {code}:\n{shown.out}\n{shown.err}"
    assert code == 0, said
    if answered:
        TypeAdapter(answered).validate_json(shown.out)


def answer_model(words: list[str]) -> Any:
    """The model of a command's JSON, where its answer has one and the words leave it to us."""
    asked_otherwise = {"--help", "--json", "--csv", "--nl", "--watch"} & set(words)
    return None if asked_otherwise else ANSWERS.get(" ".join(words[:2])) or ANSWERS.get(words[0])


def prepare(stack: Stack, words: list[str]) -> None:
    """Puts in place what a command takes for granted: a rule, a queue, something that was stopped."""
    rules = stack.client("dynamodb")
    named = [words[2]] if words[:1] == ["rules"] and len(words) > 2 else []
    named += [words[at + 1] for at, word in enumerate(words[:-1]) if word == "--rule"]
    for name in named:
        if words[:2] == ["rules", "add"]:
            rules.delete_item(TableName=stack.outputs["RulesTableName"], Key={"name": {"S": name}})
        elif words[:2] != ["rules", "test"] or "--rule" in words:
            row = {"name": {"S": name}, "query": {"S": "ferry"}, "enabled": {"BOOL": True}}
            rules.put_item(TableName=stack.outputs["RulesTableName"], Item=row)
    if words[0] in {"subscribe", "unsubscribe"} and len(words) > 1 and words[1].startswith("clipwire-"):
        address = queues.create(stack.target, words[1])
        if words[0] == "unsubscribe":
            arn = queues.arn_of(stack.target, address)
            topic = stack.outputs["AlertsTopicArn"]
            stack.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    home, label = Home(CLONE, stack.home), stack.target.label
    if words == ["upload", "--resume"]:
        Upload(stack=label, sources=["page.html"]).save(home)
    if words == ["reprocess", "--resume"]:
        stopped = Progress(stack=label, selection=Selection(prefix="incoming/samples/"), before=iso_utc(time.time()))
        stopped.save(home.state / "operate" / "reprocess.json")


def park(stack: Stack) -> str:
    """Parks the message of a page that is sound by now, and gives the fingerprint of its group."""
    bucket, key = stack.outputs["PagesBucketName"], "incoming/parked.html"
    stack.client("s3").upload_file(str(SAMPLES / "strike-tram-depots.html"), bucket, key)
    stack.outcome(stack.id_of("parked.html"))
    sequencer, etag = "FFFFFFFFFFFFFFFF", stack.client("s3").head_object(Bucket=bucket, Key=key)["ETag"].strip('"')
    message = notification(bucket, Finding(kind="missing", key=key, sequencer=sequencer, etag=etag), time.time())
    stack.client("sqs").send_message(QueueUrl=stack.outputs["PagesDeadLetterQueueUrl"], MessageBody=message)

    def groups() -> list[dict[str, Any]]:
        with pytest.MonkeyPatch.context() as patch:
            said = io.StringIO()
            patch.setattr(sys, "stdout", said)
            app.run(["failures", "extract", "--json"])
        return list(json.loads(said.getvalue()))

    return str(eventually(groups, of="a parked message")[0]["group"])


WALKS = re.findall(
    r"^```\n(.*?)^```", README.partition("## Three short walks")[2].partition("\n## ")[0], re.MULTILINE | re.DOTALL
)


@pytest.mark.parametrize("walk", WALKS, ids=["upload", "alerts", "ask"])
@pytest.mark.usefixtures("_samples")
def test_a_walk_of_the_readme_works_when_it_is_pasted_whole(
    walk: str, clipwire_once: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.chdir(CLONE)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    for line in walk.splitlines():
        assert clipwire_once(*words_of(line)) == 0, f"{line}\n{capsys.readouterr().err}"


def test_the_guides_and_helps_and_hints_are_looked_through() -> None:
    assert len(COMMANDS) > MIN_COMMANDS
    assert {"README.md", "infra/operations.md", "infra/stack/records/find.py", "clipwire rules --help"} <= set(
        COMMANDS.values()
    )
