import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from infra.errors import CliError
from infra.local import emulator, processes
from infra.local.emulator import Running
from infra.local.environment import emulator_environment, local_parameters, sam_environment
from infra.local.home import Home
from infra.local.moving import move_to, note_port
from infra.local.sources import source_hash


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "clone", tmp_path / "state")
    made.data.mkdir(parents=True)
    made.objects.mkdir()
    return made


@pytest.fixture
def sleeper():
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    yield process
    process.kill()
    process.wait()


def note(home: Home, pid: int, known_as: str, started_at: float = 0.0) -> None:
    home.running_file.write_text(json.dumps({"pid": pid, "known_as": known_as, "port": 4566, "started_at": started_at}))


def save(home: Home) -> None:
    for service in ("cloudformation", "dynamodb", "lambda", "s3", "sqs"):
        (home.data / f"{service}.json").write_text("{}")


def test_an_emulator_is_found_again_by_who_it_is(home: Home, sleeper) -> None:
    note(home, sleeper.pid, processes.identity(sleeper.pid) or "")
    found = emulator.find(home)
    assert found is not None
    assert found.pid == sleeper.pid


def test_another_process_with_the_same_number_is_neither_found_nor_ended(home: Home, sleeper) -> None:
    note(home, sleeper.pid, "an earlier one")
    assert emulator.find(home) is None
    assert emulator.stop(home)
    assert sleeper.poll() is None


def test_stopping_ends_the_process_that_is_ours(home: Home, sleeper) -> None:
    note(home, sleeper.pid, processes.identity(sleeper.pid) or "", time.time())
    assert emulator.stop(home)
    assert emulator.find(home) is None


def test_a_note_that_cannot_be_read_is_no_emulator(home: Home) -> None:
    home.running_file.write_text("{broken")
    assert emulator.find(home) is None


def test_one_that_saved_before_it_ended_did_not_crash(home: Home) -> None:
    note(home, 1, "gone", time.time() - 60)
    save(home)
    assert not emulator.crashed(home)
    emulator.forget_after_crash(home)
    assert (home.data / "sqs.json").exists()


def test_a_snapshot_older_than_the_crash_is_dropped_and_the_objects_are_kept(home: Home) -> None:
    save(home)
    (home.objects / "page").write_text("kept")
    note(home, 1, "gone", time.time() + 60)
    assert emulator.crashed(home)
    emulator.forget_after_crash(home)
    assert not home.data.exists()
    assert (home.objects / "page").exists()
    assert not emulator.crashed(home)


def test_a_missing_tool_says_what_installs_it(home: Home) -> None:
    with pytest.raises(CliError) as caught:
        emulator.start(home, 4566)
    assert "make tools" in caught.value.todo


def test_the_functions_see_none_of_the_users_settings(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "real")
    monkeypatch.setenv("SECRET_TOKEN", "x")
    seen = emulator_environment(home, 4566, {})
    assert not {"AWS_PROFILE", "SECRET_TOKEN"} & seen.keys()
    assert seen["BIND_HOST"] == "127.0.0.1"
    assert seen["AUTH"] == "true"


def test_a_local_sam_cannot_reach_a_real_account(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "real")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "real")
    seen = sam_environment(home, port=4566)
    assert "AWS_PROFILE" not in seen
    assert seen["AWS_SECRET_ACCESS_KEY"] != "real"
    assert seen["AWS_ENDPOINT_URL"] == "http://127.0.0.1:4566"
    assert seen["AWS_CONFIG_FILE"] == os.devnull
    assert "AWS_ENDPOINT_URL" not in {name for name in sam_environment(home) if name not in os.environ}


def test_local_artifacts_are_for_the_interpreter_that_runs_them() -> None:
    assert local_parameters()["PythonRuntime"] == f"python{sys.version_info.major}.{sys.version_info.minor}"


def test_kept_state_follows_to_another_port(home: Home) -> None:
    note_port(home, 4566)
    (home.data / "sqs.json").write_text('{"u": "http://localhost:4566/000000000000/clipwire-pages"}')
    move_to(home, 4600)
    assert "localhost:4600/" in (home.data / "sqs.json").read_text()


def test_the_hash_of_the_sources_changes_with_them_and_with_the_parameters(home: Home) -> None:
    source = home.root / "functions" / "extract" / "handler.py"
    source.parent.mkdir(parents=True)
    source.write_text("a")
    before = source_hash(home.root, {"x": "1"})
    assert before == source_hash(home.root, {"x": "1"})
    assert before != source_hash(home.root, {"x": "2"})
    source.write_text("b")
    assert before != source_hash(home.root, {"x": "1"})


def test_byte_code_is_no_source(home: Home) -> None:
    cache = home.root / "functions" / "__pycache__"
    cache.mkdir(parents=True)
    before = source_hash(home.root, {})
    (cache / "handler.pyc").write_text("x")
    assert before == source_hash(home.root, {})


def test_running_knows_when_it_is_gone() -> None:
    assert not Running(2**22 + 1, "nobody", 1).alive
