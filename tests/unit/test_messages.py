"""Messages are promises: today's models can read every sample that was ever committed."""

import json
from pathlib import Path

import pytest

from shared.queue_batch import parse
from functions.extract.s3_events import S3Notification
from shared.domain.digests import DigestMessage
from shared.domain.errors import Malformed
from shared.domain.messages import Alert, Announcement, ArticleMessage
from shared.letters.chat import ChatMessage

EVENTS = Path(__file__).parents[1] / "events"
MODELS = {
    "s3": S3Notification,
    "article": ArticleMessage,
    "article-parked": ArticleMessage,
    "announcement": Announcement,
    "alert": Alert,
    "chat": ChatMessage,
    "digest": DigestMessage,
}


@pytest.mark.parametrize("path", sorted(EVENTS.glob("*.json")), ids=lambda path: path.stem)
def test_todays_models_parse_every_committed_sample(path):
    assert parse(path.read_text(), MODELS[path.name.split(".")[0]])


def test_a_key_is_read_as_s3_encodes_it():
    change = parse((EVENTS / "s3.put.json").read_text(), S3Notification).changes[0]
    assert (change.source.key, change.removed) == ("incoming/harbour news/étang.html", False)


def test_a_removal_is_told_from_a_creation():
    assert parse((EVENTS / "s3.delete.json").read_text(), S3Notification).changes[0].removed


def test_the_test_event_of_s3_holds_no_change():
    assert parse((EVENTS / "s3.test.json").read_text(), S3Notification).changes == []


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{}",
        "null",
        "[1]",
        '{"Records": []}',
        '{"Records": [{"s3": {}}]}',
        "\x00",
        '{"Records": "' + "x" * 9_000 + '"}',
    ],
)
def test_a_message_that_is_not_ours_is_malformed_and_not_quoted(body):
    with pytest.raises(Malformed) as malformed:
        parse(body, S3Notification)
    assert "xxx" not in str(malformed.value)


def test_an_unknown_version_is_malformed():
    sample = {**json.loads((EVENTS / "announcement.v1.json").read_text()), "version": 2}
    with pytest.raises(Malformed, match="version"):
        parse(json.dumps(sample), Announcement)
