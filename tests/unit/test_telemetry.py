"""What is logged about a failure, because the message of a failure may quote a page."""

import json
from uuid import uuid4

import pytest

from shared.domain.errors import Reason, Rejected, Transient
from shared.telemetry import Telemetry

QUOTE = "Quorvex said in confidence"


def fresh() -> Telemetry:
    """Telemetry of a service of its own, because a logger keeps the output stream that it had first."""
    return Telemetry(uuid4().hex)


def logged(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_foreign_failure_is_told_by_kind_and_place_and_never_by_its_words(capsys):
    with pytest.raises(ValueError, match=QUOTE), fresh().document("d1:1"):
        raise ValueError(QUOTE)
    line, ended = logged(capsys)
    assert QUOTE not in json.dumps(ended)
    assert QUOTE not in json.dumps(line)
    assert (line["message"], line["error"], line["correlation_id"]) == ("unexpected failure", "ValueError", "d1:1")
    assert line["at"][-1].startswith("test_telemetry.py:")


def test_neither_is_what_caused_a_failure_of_our_own(capsys):
    with pytest.raises(Transient), fresh().document("d1:1"):
        raise Transient("could not read the page: SlowDown") from KeyError(QUOTE)
    line, ended = logged(capsys)
    assert QUOTE not in json.dumps(ended)
    assert QUOTE not in json.dumps(line)
    assert line["message"] == "could not read the page: SlowDown"


def test_a_rejection_that_nobody_caught_is_told_by_its_reason(capsys):
    with pytest.raises(Rejected), fresh().document("d1:1"):
        raise Rejected(Reason.TOO_LARGE, "the page has 30,000,000 bytes")
    line, ended = logged(capsys)
    assert QUOTE not in json.dumps(ended)
    assert line["message"].startswith("too-large: ")


def test_what_is_logged_of_one_document_is_not_said_of_the_next(capsys):
    telemetry = fresh()
    with telemetry.document("d1:1"):
        telemetry.log.info("first")
    telemetry.log.info("second")
    assert [line.get("correlation_id") for line in logged(capsys)] == ["d1:1", "d1:1", None]


def test_how_long_a_stage_worked_on_a_document_is_logged_in_milliseconds(capsys):
    with fresh().document("d1:1"):
        pass
    (line,) = logged(capsys)
    assert (line["message"], line["correlation_id"]) == ("stage ended", "d1:1")
    assert line["milliseconds"] >= 0
