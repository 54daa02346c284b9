import os
import re
from pathlib import Path

import pytest

from infra.errors import CliError
from infra.stack.target import Target, choose

NOTHING = {"local": None, "profile": None, "region": None, "stack": None}


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith(("AWS_", "CLIPWIRE_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CLIPWIRE_HOME", str(tmp_path))


def test_without_a_word_about_it_aws_is_not_reached_even_with_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
    with pytest.raises(CliError, match="No local stack"):
        choose(**NOTHING)


@pytest.mark.parametrize("said", [{"local": False}, {"profile": "news"}, {"region": "eu-west-1"}])
def test_the_option_a_profile_or_a_region_choose_aws(said: dict[str, object]) -> None:
    assert not choose(**{**NOTHING, **said}).is_local  # type: ignore[arg-type]


def test_the_environment_chooses_too_and_an_option_overrules_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIPWIRE_ON", "aws")
    assert not choose(**NOTHING).is_local
    with pytest.raises(CliError, match="No local stack"):
        choose(**{**NOTHING, "local": True})  # type: ignore[arg-type]


def test_a_word_that_is_neither_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIPWIRE_ON", "cloud")
    with pytest.raises(CliError, match="cloud"):
        choose(**NOTHING)


def test_every_answer_says_where_it_came_from() -> None:
    assert Target(4566).label == "local stack on port 4566"
    assert re.fullmatch(r"AWS, stack desk \(.*eu-west-1\)", Target(None, None, "eu-west-1", "desk").label)


def test_local_clients_know_no_other_address_and_no_other_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "https://elsewhere.example")
    client = Target(4566).client("sqs")
    assert client.meta.endpoint_url == "http://127.0.0.1:4566"
    assert client._request_signer._credentials.access_key == "clipwire-local"  # noqa: SLF001  # no public way to ask
